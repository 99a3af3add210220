"""Task: work over 100 ms, off the GUI thread, on values of its own, with progress and cancel."""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from models.errors import PlanError


class Cancelled(Exception):  # noqa: N818 - an order of the officer, not an error
    """The officer pressed Batal; raised by `progress` inside the work."""


SWITCH = 0.0005
"""Seconds after which a worker hands Python over to the window. A painting asks for it a thousand times, and would wait
for five milliseconds each time."""
sys.setswitchinterval(SWITCH)

Progress = Callable[[int, int, str], None]
"""progress(done, total, text)"""


class Task(QObject):
    """One piece of work. `finished` brings its result, `failed` a sentence; both arrive on the GUI thread."""

    finished = Signal(object)
    failed = Signal(str)
    crashed = Signal(object)
    cancelled = Signal()
    progressed = Signal(int, int, str)

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = False
        self.running = False
        self.crashed.connect(self._on_crashed)

    def start(self) -> "Task":
        """Run in the pool; the task keeps itself alive until it has reported."""
        self.running = True
        _alive.add(self)
        QThreadPool.globalInstance().start(_Runner(self))
        return self

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self._stop = True

    def run(self) -> None:
        """Do the work and report how it ended. Called in the pool's thread."""
        signal, value = self._outcome()
        self.running = False
        _report(signal, value)
        _alive.discard(self)

    def _outcome(self) -> tuple[Any, tuple[Any, ...]]:
        try:
            return self.finished, (self._work(self._progress),)
        except Cancelled:
            return self.cancelled, ()
        except PlanError as error:
            return self.failed, (str(error),)
        except Exception as error:  # noqa: BLE001 - the one border between a worker thread and the excepthook
            return self.crashed, (error,)

    def _progress(self, done: int, total: int, text: str) -> None:
        if self._stop:
            raise Cancelled
        _report(self.progressed, (done, total, text))

    @Slot(object)
    def _on_crashed(self, error: Exception) -> None:
        """Hand a bug of the work to sys.excepthook, on the GUI thread."""
        raise error


_alive: set[Task] = set()


def _report(signal: Any, value: tuple[Any, ...]) -> None:
    """Emit, unless the program is already taking its objects down."""
    try:
        signal.emit(*value)
    except RuntimeError:
        return


class _Runner(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.run()


def wait_for_tasks(milliseconds: int = 30_000) -> bool:
    """Let all running work end, for closing the program."""
    return bool(QThreadPool.globalInstance().waitForDone(milliseconds))

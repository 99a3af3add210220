"""Newest: work of which only the last asked for counts, such as a preview that follows the typing."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import Task

Step = Callable[[int, int], None]
"""step(done, of how many); raises Cancelled where the work is not wanted any more."""
Work = Callable[[Step], Any]
BUG = "Formulir tidak dapat disusun karena kesalahan program. Isian Anda aman di komputer ini."


class Newest(QObject):
    """One piece of work runs at a time; of those asked for meanwhile only the newest runs after it.

    Work that reports its steps ends early when something newer is asked for. `finished` brings the result of each that
    ran to its end, `failed` a sentence. A bug in the work goes to sys.excepthook and comes out here as `failed` too,
    so that nobody waits for ever.
    """

    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: Task | None = None
        self._waiting: Work | None = None

    @property
    def busy(self) -> bool:
        """True from `start` until the last result."""
        return self._running is not None

    def start(self, work: Work) -> None:
        """Run it as soon as what runs has ended or stopped, unless something newer is asked for until then."""
        if self._running is not None:
            self._waiting = work
            self._running.cancel()
            return
        # Without a parent: a task must outlive the widget that asked for it.
        task = self._running = Task(lambda progress: work(lambda done, total: progress(done, total, "")))
        task.finished.connect(self._on_finished)
        task.cancelled.connect(self._next)
        task.failed.connect(self._on_failed)
        task.crashed.connect(self._on_crashed)
        task.start()

    def stop(self) -> None:
        """Nothing is wanted any more; what cannot be stopped still reports."""
        self._waiting = None
        if self._running is not None:
            self._running.cancel()

    def _next(self) -> None:
        self._running = None
        work, self._waiting = self._waiting, None
        if work is not None:
            self.start(work)

    def _on_finished(self, result: object) -> None:
        self._next()
        self.finished.emit(result)

    def _on_failed(self, sentence: str) -> None:
        self._next()
        self.failed.emit(sentence)

    def _on_crashed(self) -> None:
        self._on_failed(BUG)

"""Work on the open plan in slices between two events: the plan and its connection stay with the GUI thread."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

BUDGET = 0.012
"""Seconds of a slice; one step more may be begun in it."""


class Slices(QObject):
    """Calls a step again and again until it says False, then `ended`; the window stays alive between the slices."""

    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._step: Callable[[], bool] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_time)

    @property
    def running(self) -> bool:
        """Whether there is more to do."""
        return self._step is not None

    def start(self, step: Callable[[], bool]) -> None:
        """Begin; what was being done is given up."""
        self._step = step
        self._timer.start()

    def stop(self) -> None:
        """Give up what is being done, without `ended`."""
        self._step = None
        self._timer.stop()

    def _on_time(self) -> None:
        until = perf_counter() + BUDGET
        step = self._step
        while step is not None and step is self._step:
            if not step():
                if step is self._step:
                    self.stop()
                    self.ended.emit()
                return
            if perf_counter() > until:
                return

"""A process with the real window on a plan: what is done to it is timed until all that changed is painted."""

import gc
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from bench.first_paint import prepare
from ui.application import make_application
from ui.collector import Collector
from ui.main_window import MainWindow
from ui.session import Session
from ui.work_page import WorkPage


class Paints(QObject):
    """Counts the paintings of one widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def new_window() -> MainWindow:
    """An empty window, shown."""
    prepare()
    Collector(make_application())
    window = MainWindow()
    window.resize(1366, 738)
    window.show()
    QApplication.processEvents()
    return window


def opened(window: MainWindow, path: Path) -> tuple[Session, WorkPage]:
    """The session and the Susun page of a plan that is opened in the window.

    Raises:
        RuntimeError: it cannot be opened.
    """
    if not window.open_plan(path) or window.session is None or window.work is None:
        raise RuntimeError(f"{path} cannot be opened")
    QApplication.processEvents()
    return window.session, window.work


def checked(work: WorkPage) -> None:
    """Let all findings of a plan that has been opened come."""
    while not work.findings.model.ready:
        QApplication.processEvents()
    QApplication.processEvents()


def timed(action: Callable[[], object], painted: Paints) -> float:
    """Milliseconds of an action until it is painted.

    Raises:
        RuntimeError: it painted nothing.
    """
    before = painted.count
    gc.collect()
    begun = perf_counter()
    action()
    QCoreApplication.sendPostedEvents()
    took = (perf_counter() - begun) * 1000
    if painted.count == before:
        raise RuntimeError("nothing has been painted")
    return took

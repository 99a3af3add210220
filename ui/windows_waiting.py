"""Waiting for work of a file without holding the window up: it goes on painting, and takes no input meanwhile."""

import gc
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication

from ui.tasks import Task

T = TypeVar("T")


def in_background(work: Callable[[], T]) -> T:
    """Do it in a worker and return its result here; what it raises is raised here.

    Keys and clicks are kept until it has ended, so nothing can be changed that the work is about.
    """
    results: list[T] = []
    errors: list[Exception] = []
    loop = QEventLoop()

    def kept(_progress: object) -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 - raised again on the other side
            errors.append(error)

    task = Task(kept)
    task.finished.connect(loop.quit)
    # A collection in the worker could take Qt objects down in the wrong thread.
    collects = gc.isenabled()
    gc.disable()
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        task.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    finally:
        QGuiApplication.restoreOverrideCursor()
        if collects:
            gc.enable()
    if errors:
        raise errors[0]
    return results[0]

"""Waiting for work of a file without holding the window up: it goes on painting, and takes no input meanwhile."""

import gc
from collections.abc import Callable
from time import sleep
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication

from ui.tasks import Task, wait_for_tasks

T = TypeVar("T")
_LOOK_AGAIN = 0.005
"""Seconds."""


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
        while task.running:
            # The program is being ended, and no loop runs any more.
            wait_for_tasks(50)
    finally:
        QGuiApplication.restoreOverrideCursor()
        if collects:
            gc.enable()
    if errors:
        raise errors[0]
    return results[0]


def until_ended(task: Task) -> None:
    """Let a task that runs come to its end, in the same way; what it says meanwhile arrives."""

    def ended() -> None:
        while task.running:
            sleep(_LOOK_AGAIN)

    if task.running:
        in_background(ended)

"""Python's garbage collector, on the GUI thread only.

Qt objects must be destroyed in the thread that they live in, and Python collects cycles in whichever thread happens to
allocate: a worker could take a window's timer away under Qt's hands (seen: a crash in QTimerInfoList).

What stands in a cycle and was let go soon after it was made goes within seconds. To look through all that a large plan
and its undo stack hold takes 40 to 110 ms at 2,500 sub kegiatan, and more after each large step; that waits until the
officer turns to another program, or closes the plan.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

EVERY = 10_000
"""Milliseconds between two looks at what is new."""
IDLE = 3_000
"""Milliseconds in another program after which the rest is looked through."""
_NEW = 1
"""The generation whose survivors are not looked at again, until everything is."""


class Collector(QObject):
    """`young` collects what is new, in an idle moment of the event loop; `idle` everything, while nobody works."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.young = QTimer(self, interval=EVERY)
        self.young.timeout.connect(lambda: gc.collect(_NEW))
        self.young.start()
        self.idle = QTimer(self, singleShot=True, interval=IDLE)
        self.idle.timeout.connect(lambda: gc.collect())
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.idle.stop()
        else:
            self.idle.start()


def set_aside() -> None:
    """Leave what is there now out of the collections, until `collect_all`.

    Looking through the rows of a large plan would hold the window up for a tenth of a second, again and again.
    """
    if not gc.isenabled():
        gc.freeze()


def collect_all() -> None:
    """After a plan has been closed: look through everything."""
    if not gc.isenabled():
        gc.unfreeze()
        gc.collect()
        gc.freeze()

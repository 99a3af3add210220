"""Python's garbage collector, on the GUI thread only.

Qt objects must be destroyed in the thread that they live in, and Python collects cycles in whichever thread happens to
allocate: a worker could take a window's timer away under Qt's hands (seen: a crash in QTimerInfoList).
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 10_000


class Collector(QObject):
    """Collects every ten seconds, in an idle moment of the event loop."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=EVERY)
        timer.timeout.connect(gc.collect)
        timer.start()


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

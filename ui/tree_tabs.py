"""The tabs of the two trees: held over a tab, a dragged row turns to its tree."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtWidgets import QTabBar, QWidget

from services.branch_text import MIME

HOLD = 350
"""Milliseconds over a tab until it turns."""


class TreeTabs(QTabBar):
    """Takes nothing itself; only shows the tree in which to let go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._over = -1
        self._hold = QTimer(self, singleShot=True, interval=HOLD)
        self._hold.timeout.connect(self._turn)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        over = self.tabAt(event.position().toPoint())
        if over != self._over:
            self._over = over
            self._hold.start()
        event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hold.stop()
        self._over = -1

    def _turn(self) -> None:
        if self._over >= 0:
            self.setCurrentIndex(self._over)

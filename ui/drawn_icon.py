"""An icon that is drawn when it is shown: sharp at every size and pixel ratio, and in the colours of the moment."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache

from ui.colours import colours

Draw = Callable[[QPainter, QRectF, QIcon.Mode], None]


def drawn_icon(key: str, draw: Draw) -> QIcon:
    """An icon whose pixmaps come from draw(painter, rect, mode) and are kept by key, size and theme."""
    return QIcon(_DrawnEngine(key, draw))


class _DrawnEngine(QIconEngine):
    def __init__(self, key: str, draw: Draw) -> None:
        super().__init__()
        self._key = key
        self._draw = draw

    def clone(self) -> QIconEngine:
        return _DrawnEngine(self._key, self._draw)

    def isNull(self) -> bool:
        return False

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._draw(painter, _square(rect.size()).translated(rect.topLeft()), mode)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        pixels = QSize(round(size.width() * scale), round(size.height() * scale))
        kept_as = f"renaksi-{self._key}-{mode.name}-{pixels.width()}x{pixels.height()}@{scale}-{colours().dark}"
        pixmap = QPixmap(pixels)
        if QPixmapCache.find(kept_as, pixmap):
            return pixmap
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._draw(painter, _square(size), mode)
        painter.end()
        QPixmapCache.insert(kept_as, pixmap)
        return pixmap


def _square(room: QSize) -> QRectF:
    """The largest square in the middle of the room, as none of our icons may be stretched."""
    side = min(room.width(), room.height())
    return QRectF((room.width() - side) / 2, (room.height() - side) / 2, side, side)

"""The marks of the three levels: galat a filled disc with "!", peringatan a hollow triangle, catatan a short dash.

Shape tells the level as well as colour does, so that nobody has to see red.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPolygonF

from ui.colours import colours
from ui.drawn_icon import drawn_icon

SMALLEST = 8
LARGEST = 12


def paint_mark(painter: QPainter, rect: QRect | QRectF, level: str) -> None:
    """Paint the mark of a level in the middle of rect, 8 to 12 px high as rect allows.

    Args:
        level: "galat", "peringatan" or "catatan".
    """
    room = QRectF(rect)
    size = max(SMALLEST, min(LARGEST, room.width(), room.height()))
    # Whole pixels, as half a pixel would blur the straight edges.
    left = round(room.x() + (room.width() - size) / 2)
    top = round(room.y() + (room.height() - size) / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(left, top)
    _PAINTERS[level](painter, size)
    painter.restore()


def mark_icon(level: str) -> QIcon:
    """The mark as an icon for buttons and lists; follows the theme."""
    return drawn_icon(f"mark-{level}", lambda painter, rect, _mode: paint_mark(painter, rect, level))


def _paint_disc(painter: QPainter, size: float) -> None:
    unit = size / LARGEST
    painter.scale(unit, unit)
    disc = QPainterPath()
    disc.addEllipse(QRectF(1, 1, 10, 10))
    painter.fillPath(disc, colours().galat)
    sign = QPainterPath()
    sign.addRoundedRect(QRectF(5.2, 3, 1.6, 3.9), 0.7, 0.7)
    sign.addEllipse(QRectF(5.1, 7.5, 1.8, 1.8))
    painter.fillPath(sign, colours().on_accent)


def _paint_triangle(painter: QPainter, size: float) -> None:
    unit = size / LARGEST
    corners = [QPointF(6, 1.9) * unit, QPointF(10.9, 10.25) * unit, QPointF(1.1, 10.25) * unit]
    triangle = QPainterPath()
    triangle.addPolygon(QPolygonF(corners))
    triangle.closeSubpath()
    # A thinner line would pale on the amber ground of a cell.
    pen = QPen(colours().peringatan, max(1.2, 1.5 * unit))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(triangle, pen)


def _paint_dash(painter: QPainter, size: float) -> None:
    length = round(size * 2 / 3)
    dash = QPainterPath()
    dash.addRect(QRectF(round((size - length) / 2), round(size / 2) - 1, length, 2))
    painter.fillPath(dash, colours().catatan)


_PAINTERS = {"galat": _paint_disc, "peringatan": _paint_triangle, "catatan": _paint_dash}

"""The small parts of widgets, painted in the palette: frames, ticks, radio marks, chevrons.

The style uses them for widgets, delegates for what only looks like a widget.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ui.colours import colours

RADIUS = 2.0
BOX = 14


def paint_frame(
    painter: QPainter, rect: QRect, ground: QColor | None, edge: QColor | None, width: int = 1, radius: float = RADIUS
) -> None:
    """Fill rect with ground and draw an edge of so many pixels just inside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, width) if edge else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(ground if ground else Qt.BrushStyle.NoBrush)
    inset = width / 2 if edge else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def paint_check_box(
    painter: QPainter, rect: QRect, state: Qt.CheckState, *, enabled: bool = True, hover: bool = False
) -> None:
    """Paint the 14 px box of a check box in the middle of rect."""
    c = colours()
    box = _centred(rect)
    if state is Qt.CheckState.Unchecked:
        paint_frame(painter, box, c.base if enabled else c.window, _edge(enabled, hover))
        return
    paint_frame(painter, box, c.accent if enabled else c.disabled, None)
    sign = c.on_accent if enabled else c.window
    x, y = box.x(), box.y()
    if state is Qt.CheckState.PartiallyChecked:
        painter.fillRect(QRect(x + 3, y + 6, 8, 2), sign)
        return
    _stroke(painter, sign, 1.5, [QPointF(x + 3.4, y + 7.2), QPointF(x + 6, y + 9.8), QPointF(x + 10.8, y + 4.6)])


def paint_radio(painter: QPainter, rect: QRect, on: bool, *, enabled: bool = True, hover: bool = False) -> None:
    """Paint the 14 px mark of a radio button in the middle of rect."""
    c = colours()
    box = _centred(rect)
    if not on:
        paint_frame(painter, box, c.base if enabled else c.window, _edge(enabled, hover), radius=BOX / 2)
        return
    paint_frame(painter, box, c.accent if enabled else c.disabled, None, radius=BOX / 2)
    paint_frame(painter, box.adjusted(4, 4, -4, -4), c.on_accent, None, radius=BOX / 2 - 4)


def paint_chevron(painter: QPainter, rect: QRect, arrow: Qt.ArrowType, colour: QColor) -> None:
    """Paint a chevron of at most 8 x 4 px in the middle of rect."""
    long = min(4.0, rect.width() / 2, rect.height() / 2)
    short = long / 2
    middle = QRectF(rect).center()
    vertical = arrow in (Qt.ArrowType.UpArrow, Qt.ArrowType.DownArrow)
    tip = short if arrow in (Qt.ArrowType.DownArrow, Qt.ArrowType.RightArrow) else -short
    if vertical:
        points = [QPointF(-long, -tip), QPointF(0, tip), QPointF(long, -tip)]
    else:
        points = [QPointF(-tip, -long), QPointF(tip, 0), QPointF(-tip, long)]
    _stroke(painter, colour, 1.2, [middle + point for point in points])


def _centred(rect: QRect) -> QRect:
    box = QRect(rect.topLeft(), QSize(BOX, BOX))
    box.moveCenter(rect.center())
    return box


def _edge(enabled: bool, hover: bool) -> QColor:
    c = colours()
    if not enabled:
        return c.pane_edge
    return c.accent if hover else c.field_edge


def _stroke(painter: QPainter, colour: QColor, width: float, points: list[QPointF]) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))
    painter.restore()

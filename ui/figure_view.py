"""A chart on the screen: the figure that is printed, in the colours of the window."""

from functools import cache

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.forms.parts import Figure, Shade
from services.render.figures import drawing_of
from services.render.fonts import Face, font_file
from services.render.sheets import MM, Curve, Placed
from ui.colours import colours

_PADDING = 8
_LIGHTEST = 0.9
"""How far a colour of the paper is turned about its middle on a dark ground."""


class FigureView(QWidget):
    """Shows one figure as large as there is room, in its own proportions; a screen reader reads its words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def show_figure(self, figure: Figure | None) -> None:
        """Another figure; None for an empty ground."""
        self._figure = figure
        self.setAccessibleDescription(figure.words if figure is not None else "")
        self.setToolTip(figure.words if figure is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours().base)
        if self._figure is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_figure(painter, self._figure, self.width(), self.height())


def paint_figure(painter: QPainter, figure: Figure, width: float, height: float) -> None:
    """Paint a figure into the middle of a ground of that size (device-independent pixels)."""
    wide, high = figure.width * MM, figure.height * MM
    # A mere sentence is not blown up.
    most = 2.2 if figure.shapes else 1.8
    scale = min((width - 2 * _PADDING) / wide, (height - 2 * _PADDING) / high, most)
    if scale <= 0:
        return
    drawing = drawing_of(figure, (width - wide * scale) / 2, (height - high * scale) / 2, scale)
    for curve in drawing.curves:
        _paint_curve(painter, curve)
    painter.setPen(colours().text)
    for text in drawing.texts:
        painter.setFont(_font(text))
        painter.drawText(QPointF(text.x, text.y), text.text)


def _paint_curve(painter: QPainter, curve: Curve) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in curve.points])
    if curve.line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(_colour(curve.line), max(curve.width, 0.8))
        pen.setStyle(Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
    if curve.fill is None:
        painter.drawPolyline(points)
    else:
        painter.setBrush(_colour(curve.fill))
        painter.drawPolygon(points)


def _colour(shade: Shade) -> QColor:
    """A colour of the paper; on a dark ground a light one becomes as dark, and a dark one as light, in its own hue."""
    paper = QColor(shade) if isinstance(shade, str) else QColor.fromRgbF(shade, shade, shade)
    c = colours()
    if paper == QColor("#FFFFFF"):
        return c.base
    if not c.dark:
        return paper
    hue, saturation, lightness = paper.hslHueF(), paper.hslSaturationF(), paper.lightnessF()
    return QColor.fromHslF(max(hue, 0.0), saturation, 1 - _LIGHTEST * lightness)


def _font(text: Placed) -> QFont:
    font = QFont(_family(text.font.face))
    font.setPixelSize(max(round(text.font.size), 1))
    font.setBold("Bold" in text.font.face.name)
    font.setItalic("Italic" in text.font.face.name)
    return font


@cache
def _family(face: Face) -> str:
    """The family of a bundled font, loaded once."""
    loaded = QFontDatabase.addApplicationFont(str(font_file(face.name)))
    return QFontDatabase.applicationFontFamilies(loaded)[0]

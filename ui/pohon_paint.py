"""The picture of one box: whole where its text can be read, else its level and first words. Pictures are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen, QPixmap, QTransform

from services.bagan import SCREEN, Spot
from services.kekosongan import Mark
from services.pohon.scene import Box
from services.resources import resource
from services.terms import LEVEL_NAMES
from ui.colours import colours
from ui.fonts import ui_font
from ui.marks import paint_mark
from ui.pohon_colours import SHORT, band_colour

PX: Final = 96 / 72
"""Pixels of a point at 100 %."""
READABLE: Final = 6.4
"""Pixels of text below which a box shows its level and first words only."""
_WORDS, _LINE = 10, 13
"""Pixels of the letters, and of a line, in a box that is not shown whole; they do not shrink."""
_LARGE = 96
_MARK = "\u25b2 "
_KEPT: Final = 96 * 1024 * 1024
"""Bytes of pictures."""


@dataclass(frozen=True, slots=True)
class Look:
    """What all pictures depend on: pixels of a point, device pixels of a pixel, palette."""

    scale: float
    ratio: float
    dark: bool

    @property
    def whole(self) -> bool:
        """Whether the text can be read."""
        return SCREEN.size * self.scale >= READABLE


class Pictures:
    """Of the boxes in one look; another look empties it."""

    def __init__(self) -> None:
        self._look: Look | None = None
        self._kept: dict[int, tuple[Box, tuple[Mark, ...], QPixmap]] = {}
        self._bytes = 0

    def of(self, spot: Spot, marks: tuple[Mark, ...], look: Look) -> QPixmap:
        """The picture of a box, drawn when it is first asked for."""
        if look != self._look or self._bytes > _KEPT:
            self._look, self._bytes = look, 0
            self._kept.clear()
        box = spot.box
        there = self._kept.get(id(box))
        if there is not None and there[0] is box and there[1] == marks:
            return there[2]
        width, height = box.width * look.scale, box.height * look.scale
        picture = QPixmap(max(round(width * look.ratio), 1), max(round(height * look.ratio), 1))
        picture.setDevicePixelRatio(look.ratio)
        picture.fill(colours().base)
        painter = QPainter(picture)
        if look.whole:
            _paint_whole(painter, box, marks, look.scale)
        else:
            _paint_short(painter, box, marks, QRectF(0, 0, width, height))
        painter.end()
        self._kept[id(box)] = box, marks, picture
        self._bytes += picture.width() * picture.height() * 4
        return picture


def _paint_whole(painter: QPainter, box: Box, marks: Sequence[Mark], scale: float) -> None:
    c = colours()
    rect = QRectF(0, 0, box.width * scale, box.height * scale)
    painter.fillRect(QRectF(0, 0, rect.width(), box.band * scale), band_colour(box.node.level))
    painter.setPen(QPen(c.field_edge, 1))
    painter.drawLine(QPointF(0, box.band * scale), QPointF(rect.width(), box.band * scale))
    number = -1
    for text in box.texts:
        words, x = text.text, text.x * scale
        if words.startswith(_MARK):
            number += 1
            words = words[len(_MARK) :]
            size = text.font.size * scale
            if number < len(marks):
                paint_mark(painter, QRectF(x - 1, text.y * scale - size * 0.9, size, size), marks[number].tingkat)
            x += text.font.width(_MARK) * scale
        marked = 0 <= number < len(marks)
        painter.setPen(c.level(marks[number].tingkat) if marked else c.text)
        painter.setFont(_letters(text.font.face.name))
        shrink = text.font.size * scale / _LARGE
        painter.setTransform(QTransform(shrink, 0, 0, shrink, x, text.y * scale))
        painter.drawText(QPointF(), words)
        painter.resetTransform()
    _edge(painter, rect)


def _paint_short(painter: QPainter, box: Box, marks: Sequence[Mark], rect: QRectF) -> None:
    """The band with the level, and as many of the first words as there is room for."""
    level, c = box.node.level, colours()
    band = min(float(_LINE), rect.height())
    roomy = rect.width() >= 4 * _WORDS and rect.height() >= 2 * _LINE
    painter.fillRect(QRectF(0, 0, rect.width(), band if roomy else rect.height()), band_colour(level))
    font = ui_font(_WORDS)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(c.text)
    right = rect.width() - 3 - (_LINE if marks else 0)
    name = LEVEL_NAMES.get(level, box.node.text)
    if metrics.horizontalAdvance(name) > right - 3:
        name = SHORT.get(level, "")
    if metrics.horizontalAdvance(name) <= right - 3 and rect.height() >= _WORDS:
        painter.drawText(QPointF(3, min(band, rect.height()) - 3), name)
    if roomy:
        lines = _first_words(
            box.node.text or "Belum ada uraian", metrics, rect.width() - 6, int((rect.height() - band) // _LINE)
        )
        for number, line in enumerate(lines):
            painter.drawText(QPointF(3, band + (number + 1) * _LINE - 3), line)
    if marks and rect.width() >= _LINE:
        paint_mark(painter, QRectF(rect.width() - _LINE, 1, _LINE - 2, _LINE - 2), marks[0].tingkat)
    _edge(painter, rect)


def _first_words(text: str, metrics: QFontMetricsF, width: float, most: int) -> list[str]:
    """At most so many lines; the last ends in an ellipsis where more would follow."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line, count = "", 0
        for word in words:
            longer = f"{line} {word}".strip()
            if line and metrics.horizontalAdvance(longer) > width:
                break
            line, count = longer, count + 1
        rest = words[count:]
        if len(lines) == most - 1 and rest:
            line = " ".join(words)
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width))
        words = rest
    return lines


def _edge(painter: QPainter, rect: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours().field_edge, 1))
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


@cache
def _family() -> str:
    """The typeface in which the chart is measured and printed."""
    faces = ("Regular", "Bold", "Italic", "BoldItalic")
    loaded = [QFontDatabase.addApplicationFont(str(resource("fonts", f"LiberationSans-{face}.ttf"))) for face in faces]
    return QFontDatabase.applicationFontFamilies(loaded[0])[0]


@cache
def _letters(face: str) -> QFont:
    """A large font that is drawn smaller: small ones have widths in whole pixels, and lines would run out of a box."""
    font = QFont(_family())
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(_LARGE)
    font.setBold("Bold" in face)
    font.setItalic("Italic" in face)
    return font


def line_pen(colour: QColor, *, dashed: bool = False, width: float = 1.0) -> QPen:
    """Of connectors; dashed for what serves a second node."""
    return QPen(colour, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)

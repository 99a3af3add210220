"""The icons: Lucide's drawings in the palette's colours, and the program's own."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtSvg import QSvgRenderer

from services.resources import resource
from ui.colours import colours
from ui.drawn_icon import drawn_icon

LARGE = QSize(20, 20)


@cache
def icon(name: str, *, accent: bool = False, role: str = "text") -> QIcon:
    """The icon resources/icons/NAME.svg in the text's colour; greyed when disabled; follows the theme.

    Args:
        accent: in the accent colour instead.
        role: or in the colour of this name in Colours, such as "muted", "in_order".
    Raises:
        FileNotFoundError: there is no such icon.
    """
    drawing = _drawing(name)
    chosen = "accent" if accent else role

    def draw(painter: QPainter, rect: QRectF, mode: QIcon.Mode) -> None:
        _renderer(drawing, _colour(chosen, mode).name()).render(painter, rect)

    return drawn_icon(f"{name}-{chosen}", draw)


@cache
def program_icon() -> QIcon:
    """The program's own icon, the same in both palettes."""
    renderer = QSvgRenderer(QByteArray(resource("icons", "renaksi.svg").read_bytes()))
    return drawn_icon("renaksi", lambda painter, rect, _mode: renderer.render(painter, rect))


def _colour(role: str, mode: QIcon.Mode) -> QColor:
    if mode is QIcon.Mode.Disabled:
        return colours().disabled
    colour: QColor = getattr(colours(), role)
    return colour


@cache
def _drawing(name: str) -> str:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')


@cache
def _renderer(drawing: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))

"""A figure on a page: scaled down where it would not fit, shapes and texts in points."""

from typing import Final

from services.forms.parts import Figure
from services.render.fonts import Font, face
from services.render.pages import NEAR, Pages
from services.render.sheets import MM, SHARE, Curve, Drawing, Placed

_BELOW: Final = 3 * MM
_SMALLER: Final = 0.9
"""A figure is made so much smaller rather than put on a new page."""
_LEAST: Final = 0.5
"""And so much smaller rather than torn from the caption above it."""
_MOST: Final = 0.75
"""Of a page, that a caption asks for below itself."""
_EDGE: Final = 0.5
"""A line on the very edge is drawn whole."""


def put_figure(pages: Pages, figure: Figure, keep: float = 0.0, *, captioned: bool = False) -> None:
    """Draw a figure in the middle of the width, on a new page if it does not nearly fit on the rest of this one.

    Args:
        keep: height of what stays with it, such as a signature.
        captioned: a heading above has kept `start_height` free for it, so it stays on this page.
    """
    height = max(figure.height * MM, NEAR)
    below = _BELOW + keep if keep else 0.0
    scale = _scale(pages, figure, below)
    if not pages.is_fresh and not pages.fits(height * scale + below):
        rest = (pages.bottom - pages.y - below) / height
        if rest >= scale * (_LEAST if captioned else _SMALLER):
            scale = rest
        else:
            pages.turn()
    width = figure.width * MM * scale
    pages.put(drawing_of(figure, pages.left + (pages.width - width) / 2, pages.y, scale))
    pages.y += height * scale + _BELOW


def start_height(pages: Pages, figure: Figure, keep: float = 0.0) -> float:
    """Of what a figure needs below its caption, with the `keep` that stays with it."""
    below = _BELOW + keep if keep else 0.0
    height = max(figure.height * MM, NEAR) * _scale(pages, figure, below)
    return min(height * _SMALLER, pages.height * _MOST) + below


def _scale(pages: Pages, figure: Figure, below: float) -> float:
    width, height = max(figure.width * MM, NEAR), max(figure.height * MM, NEAR)
    return min(1.0, pages.width / width, max(pages.height - below, pages.height / 2) / height)


def drawing_of(figure: Figure, x: float, y: float, scale: float = 1.0) -> Drawing:
    """The figure with its upper left corner at (x, y) points, times `scale`."""
    factor = MM * scale
    left, top = x - figure.origin[0] * factor, y - figure.origin[1] * factor
    drawing = Drawing()
    drawing.clip = (x - _EDGE, y - _EDGE, figure.width * factor + 2 * _EDGE, figure.height * factor + 2 * _EDGE)
    for shape in figure.shapes:
        points = tuple((left + px * factor, top + py * factor) for px, py in shape.points)
        drawing.curves.append(Curve(points, shape.fill, shape.line, shape.width * scale, shape.dashed))
    for label in figure.labels:
        font = Font(face(label.bold, label.italic), label.size * scale)
        at = left + label.x * factor - SHARE[label.align] * font.width(label.text)
        drawing.texts.append(Placed(at, top + label.y * factor, label.text, font))
    return drawing

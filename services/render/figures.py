"""A figure on a page: scaled down where it would not fit, shapes and texts in points."""

from typing import Final

from services.forms.parts import Figure
from services.render.fonts import Font, face
from services.render.pages import NEAR, Pages
from services.render.sheets import MM, SHARE, Curve, Drawing, Placed

_BELOW: Final = 3 * MM
_SMALLER: Final = 0.9
"""A figure is made so much smaller rather than put on a new page."""
_EDGE: Final = 0.5
"""A line on the very edge is drawn whole."""


def put_figure(pages: Pages, figure: Figure, keep: float = 0.0) -> None:
    """Draw a figure in the middle of the width, on a new page if it does not nearly fit on the rest of this one.

    Args:
        keep: height of what stays with it, such as a signature.
    """
    width, height = max(figure.width * MM, NEAR), max(figure.height * MM, NEAR)
    scale = min(1.0, pages.width / width, max(pages.height - keep, pages.height / 2) / height)
    if not pages.is_fresh and not pages.fits(height * scale + keep):
        rest = (pages.bottom - pages.y - keep) / height
        if rest >= scale * _SMALLER:
            scale = rest
        else:
            pages.turn()
    pages.put(drawing_of(figure, pages.left + (pages.width - width * scale) / 2, pages.y, scale))
    pages.y += height * scale + _BELOW


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

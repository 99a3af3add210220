"""The chart of a cascade as a figure of a form: with its title above, and the signature in a corner of it."""

from collections.abc import Sequence
from typing import Final

from services.forms.parts import Figure, Label, Shape, Signature, Table, Text
from services.pohon.nodes import Node
from services.pohon.paper import Fitted
from services.pohon.scene import Box
from services.render.fonts import Font, face
from services.render.sheets import MM, Placed
from services.render.signing import Signing
from services.render.wrapping import wrap

_EDGE: Final = "#56606B"
_LINE: Final = "#3C4650"
_LEADING: Final = 1.25
_BELOW_TITLE: Final = 3.0
"""mm."""


class Title:
    """Lines in the middle above the chart, over `width` points."""

    def __init__(self, lines: Sequence[Text], width: float) -> None:
        self._set: list[tuple[str, Font]] = []
        for line in lines:
            font = Font(face(line.bold, line.italic), line.size)
            self._set += [(each, font) for each in wrap(line.plain, font, width)]
        self.height = sum(font.size * _LEADING for _, font in self._set) + (_BELOW_TITLE * MM if self._set else 0.0)

    def labels(self, width: float) -> list[Label]:
        """Its lines over the middle of so many points."""
        found, y = [], 0.0
        for text, font in self._set:
            y += font.size * _LEADING
            bold = "Bold" in font.face.name
            found.append(Label(width / 2 / MM, (y - font.size * 0.3) / MM, text, font.size, bold, align="center"))
        return found


def signature_size(block: Signature) -> tuple[float, float]:
    """Width and height of a signature block, pt."""
    width = block.width * MM
    return width, Signing(block, width, 10_000.0).height


def figure_of(
    fitted: Fitted, words: str, title: Title | None = None, block: Signature | None = None, table: Table | None = None
) -> Figure:
    """The fitted chart in mm, as it is printed: lines first, boxes above them, texts on top."""
    top = title.height if title is not None else 0.0
    scale = fitted.scale

    def at(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
        return tuple(((fitted.x + x * scale) / MM, (top + y * scale) / MM) for x, y in points)

    thin = 0.6 * min(scale, 1.0)
    shapes = [Shape(at(line), None, _LINE, thin) for line in fitted.scene.lines]
    shapes += [Shape(at(line), None, _LINE, thin, dashed=True) for line in fitted.scene.side]
    labels = title.labels(fitted.width) if title is not None else []
    for box in fitted.scene.boxes:
        shapes += [Shape(at(points), fill, _EDGE, thin) for points, fill in _rectangles(box)]
        labels += (_label(text, fitted.x, top, scale, _key(box.node)) for text in box.texts)
    if block is not None and fitted.spot is not None:
        x, y = fitted.spot
        drawing = Signing(block, block.width * MM, 10_000.0).draw(x, top + y)
        labels += (_label(text, 0.0, 0.0, 1.0) for text in drawing.texts)
        for f in drawing.fills:
            corners = ((f.x, f.y), (f.x + f.width, f.y), (f.x + f.width, f.y + f.height), (f.x, f.y + f.height))
            shapes.append(Shape(tuple((px / MM, py / MM) for px, py in corners), f.shade, None))
    return Figure(fitted.width / MM, (top + fitted.height) / MM, tuple(shapes), tuple(labels), words, table)


def _key(node: Node) -> str:
    """What the box shows; "" of a root over what hangs nowhere."""
    column = "uraian" if node.table == "kinerja" else "nama"
    return f"{node.table}/{node.row_id}/{column}" if node.row_id else ""


def _label(text: Placed, x: float, y: float, scale: float, key: str = "") -> Label:
    name = text.font.face.name
    return Label(
        (x + text.x * scale) / MM,
        (y + text.y * scale) / MM,
        text.text,
        text.font.size * scale,
        "Bold" in name,
        "Italic" in name,
        key=key,
    )


def _rectangles(box: Box) -> tuple[tuple[tuple[tuple[float, float], ...], str], ...]:
    x0, y0, x1, y1 = box.x, box.y, box.x + box.width, box.y + box.height
    band = min(box.y + box.band, y1)
    return (
        (((x0, y0), (x1, y0), (x1, y1), (x0, y1)), "#FFFFFF"),
        (((x0, y0), (x1, y0), (x1, band), (x0, band)), box.fill),
    )

"""The chart of a cascade as a figure of a form, arranged for the paper that it is printed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.forms.parts import Figure, Label, Shape, Table
from services.pohon.nodes import Cascade
from services.pohon.scene import Box, Scene, Style, draw
from services.render.sheets import MM

WIDTHS: Final = (26, 30, 34, 38, 44, 50, 58)
"""Widths of a box (mm) that are tried for a paper."""

_EDGE: Final = "#56606B"
_LINE: Final = "#3C4650"


@dataclass(frozen=True, slots=True)
class Arranged:
    """A scene, and how much smaller it is drawn to fit the room (1: as it is)."""

    scene: Scene
    style: Style
    scale: float

    @property
    def size(self) -> float:
        """Of the text as it is printed, points."""
        return self.style.size * min(1.0, self.scale)


def arranged(
    tree: Cascade,
    room: tuple[float, float],
    style: Style,
    marks: Mapping[str, Sequence[str]] | None = None,
) -> Arranged:
    """The scene whose text is largest in a room of so many mm (width, height); of equal ones the widest boxes."""
    found: list[Arranged] = []
    for width in WIDTHS:
        for deep in (False, True):
            each = replace(style, width=width, deep_lists=deep)
            scene = draw(tree, each, marks)
            scale = min(room[0] * MM / max(scene.width, 1.0), room[1] * MM / max(scene.height, 1.0))
            found.append(Arranged(scene, each, scale))
    return max(found, key=lambda each: (round(min(each.scale, 1.0), 3), not each.style.deep_lists, each.style.width))


def figure_of(scene: Scene, words: str, table: Table | None = None) -> Figure:
    """The scene in mm, at its own size: lines first, boxes above them, texts on top."""
    shapes = [Shape(_mm(line), None, _LINE, 0.6) for line in scene.lines]
    shapes += [Shape(_mm(line), None, _LINE, 0.6, dashed=True) for line in scene.side]
    labels: list[Label] = []
    for box in scene.boxes:
        shapes += _box(box)
        labels += (
            Label(t.x / MM, t.y / MM, t.text, t.font.size, "Bold" in t.font.face.name, "Italic" in t.font.face.name)
            for t in box.texts
        )
    return Figure(scene.width / MM, scene.height / MM, tuple(shapes), tuple(labels), words, table)


def _box(box: Box) -> list[Shape]:
    x0, y0, x1, y1 = box.x, box.y, box.x + box.width, box.y + box.height
    band = min(box.y + box.band, y1)
    return [
        Shape(_mm(((x0, y0), (x1, y0), (x1, y1), (x0, y1))), "#FFFFFF", _EDGE, 0.6),
        Shape(_mm(((x0, y0), (x1, y0), (x1, band), (x0, band))), box.fill, _EDGE, 0.6),
    ]


def _mm(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((x / MM, y / MM) for x, y in points)

"""A figure larger than the paper, cut into sheets that overlap and are glued together; lengths are mm."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from services.forms.parts import Figure, Label, Shape
from services.render.fonts import Font, face
from services.render.sheets import MM, SHARE

OVERLAP: Final = 10.0
"""What a sheet and the next one both show."""
_MARK: Final = 7.0
"""Length of a cutting mark."""
_GREY: Final = 0.35


@dataclass(frozen=True, slots=True)
class Tile:
    """A sheet, `number` of `count`; `row` and `column` count from 1. Its figure is as large as the room on paper."""

    figure: Figure
    number: int
    count: int
    row: int
    column: int

    @property
    def caption(self) -> str:
        """Which sheet it is, such as "Lembar 2 dari 6 (baris 1, kolom 2)"."""
        return f"Lembar {self.number} dari {self.count} (baris {self.row}, kolom {self.column})"


def sheets_for(size: tuple[float, float], room: tuple[float, float]) -> tuple[int, int]:
    """How many (rows, columns) of sheets show a drawing of a size."""
    wide, high = (max(1, math.ceil((size[at] - OVERLAP) / (room[at] - OVERLAP) - 1e-9)) for at in (0, 1))
    return high, wide


def tiles(figure: Figure, room: tuple[float, float]) -> Iterator[Tile]:
    """The sheets of a figure, row after row; what is cut is in the middle of the overlap."""
    rows, columns = sheets_for((figure.width, figure.height), room)
    step = room[0] - OVERLAP, room[1] - OVERLAP
    for number in range(rows * columns):
        row, column = divmod(number, columns)
        x, y = column * step[0], row * step[1]
        upright = [x + OVERLAP / 2] * (column > 0) + [x + step[0] + OVERLAP / 2] * (column < columns - 1)
        level = [y + OVERLAP / 2] * (row > 0) + [y + step[1] + OVERLAP / 2] * (row < rows - 1)
        bounds = x, y, x + room[0], y + room[1]
        shown = replace(
            figure,
            width=room[0],
            height=room[1],
            shapes=(
                *(shape for shape in figure.shapes if _meets(_extent(shape), bounds)),
                *_marks(upright, level, bounds),
            ),
            labels=tuple(label for label in figure.labels if _meets(_of_label(label), bounds)),
            table=figure.table if not number else None,
            origin=(x, y),
        )
        yield Tile(shown, number + 1, rows * columns, row + 1, column + 1)


_Bounds = tuple[float, float, float, float]


def _marks(upright: list[float], level: list[float], bounds: _Bounds) -> Iterator[Shape]:
    """Where to cut: a short line at either end of each cut."""
    left, upper, right, lower = bounds
    for x in upright:
        for y0, y1 in ((upper, upper + _MARK), (lower - _MARK, lower)):
            yield Shape(((x, y0), (x, y1)), None, _GREY, 0.6, dashed=True)
    for y in level:
        for x0, x1 in ((left, left + _MARK), (right - _MARK, right)):
            yield Shape(((x0, y), (x1, y)), None, _GREY, 0.6, dashed=True)


def _extent(shape: Shape) -> _Bounds:
    across, down = [x for x, _ in shape.points], [y for _, y in shape.points]
    return min(across), min(down), max(across), max(down)


def _of_label(label: Label) -> _Bounds:
    width = Font(face(label.bold, label.italic), label.size).width(label.text) / MM
    left, tall = label.x - SHARE[label.align] * width, label.size / MM
    return left, label.y - tall, left + width, label.y + tall / 3


def _meets(one: _Bounds, other: _Bounds) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]

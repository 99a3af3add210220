"""Where the printed pages of a sheet end: blocks stay whole where they can, as on the paper.

Rows count from 1 as in Excel; a page break is named by the row below it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, NamedTuple

_SCREEN = 0.75
"""Excel draws rows in whole pixels of 96 dpi; points."""
_NEAR = 0.01
_MOST = 1_000
"""Excel keeps 1,026 breaks made by hand in a sheet."""

Kind = Literal["text", "head", "block", "signature"]


@dataclass(slots=True)
class Unit:
    """Rows from `first` up to `end` that stay together; `keep`: with the next unit too.

    Where a block must be split, that is above one of the rows `lines`; its last `totals` of them then stay with one
    above them.
    """

    first: int
    end: int
    kind: Kind
    keep: bool = False
    lines: Sequence[int] = ()
    totals: int = 0


class Head(NamedTuple):
    """The first and last row that are printed again on every page below them."""

    first: int
    last: int


def page_breaks(
    heights: Sequence[float], units: Sequence[Unit], forced: set[int], room: float, head: Head | None = None
) -> list[int]:
    """The rows that begin a page, ascending, the first one left out.

    Args:
        heights: of all rows, points.
        units: all rows, in order.
        forced: rows that begin a page in any case.
        room: height of a page between its margins, points.
    """
    pager = _Pager(heights, forced, room, head)
    for group in _groups(units, forced):
        pager.place(group)
    return pager.breaks[:_MOST]


def _groups(units: Sequence[Unit], forced: set[int]) -> Iterator[list[Unit]]:
    group: list[Unit] = []
    for unit in units:
        if group and (not group[-1].keep or unit.first in forced):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


class _Pager:
    def __init__(self, heights: Sequence[float], forced: set[int], room: float, head: Head | None) -> None:
        screen = (max(height, round(height / _SCREEN) * _SCREEN) for height in heights)
        self._sums = [0.0, *accumulate(screen)]
        self._forced = forced
        self._whole = room
        self._head = head
        self._y = 0.0
        self._room = room
        self.breaks: list[int] = []

    def _height(self, first: int, end: int) -> float:
        return self._sums[end - 1] - self._sums[first - 1]

    def _room_from(self, row: int) -> float:
        """Of a page that begins with a row."""
        if self._head is None or row <= self._head.last:
            return self._whole
        return self._whole - self._height(self._head.first, self._head.last + 1)

    def _turn(self, row: int) -> None:
        if row > 1:
            self.breaks.append(row)
        self._room = self._room_from(row)
        self._y = 0.0

    def place(self, group: Sequence[Unit]) -> None:
        """Place units that stay together, on a new page where the rest of this one is too low for them."""
        first, end = group[0].first, group[-1].end
        if first in self._forced and self._y:
            self._turn(first)
        if self._fit(first, end):
            return
        atoms = [atom for number, unit in enumerate(group) for atom in self._split(unit, group[number + 1 :])]
        if len(atoms) == len(group):
            atoms = [Unit(unit.first, unit.end, unit.kind) for unit in group]
        for chain in _groups(atoms, set()):
            if not self._fit(chain[0].first, chain[-1].end):
                for unit in chain:
                    self._force(unit)

    def _fit(self, first: int, end: int) -> bool:
        """Place rows on this page or whole on the next; False where they are higher than a page."""
        need = self._height(first, end)
        if self._y + need > self._room + _NEAR:
            if not self._y or need > self._room_from(first) + _NEAR:
                return False
            self._turn(first)
        self._y += need
        return True

    def _force(self, unit: Unit) -> None:
        """Place a unit that may be higher than a page."""
        if not self._fit(unit.first, unit.end):
            for row in range(unit.first, unit.end):
                if not self._fit(row, row + 1):
                    if self._y:
                        self._turn(row)
                    self._y = min(self._height(row, row + 1), self._room)

    def _split(self, unit: Unit, after: Sequence[Unit]) -> Iterator[Unit]:
        """A block as single rows; the last of them, up to half of the block, stay with totals and with what follows."""
        if unit.kind != "block":
            yield unit
            return
        tail = self._height(after[0].first, after[-1].end) if after else 0.0
        lines = [*unit.lines, unit.end]
        hold = len(lines) - 1
        if after or unit.totals:
            room = self._room_from(unit.first + 1)
            hold = max(hold - unit.totals - 1, 0)
            while 2 * (hold - 1) > len(lines) and self._height(lines[hold - 1], unit.end) + tail <= room:
                hold -= 1
        for line in range(hold):
            yield Unit(lines[line], lines[line + 1], "block")
        if lines[hold] < unit.end:
            yield Unit(lines[hold], unit.end, "block", keep=bool(after))

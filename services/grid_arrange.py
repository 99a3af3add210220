"""Which lines of a grid are seen, and in what order: folded, sorted within siblings, filtered. No edit of the plan."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from services.angka import Style
from services.grid_numbers import read_number
from services.month_grid import SATUAN, URAIAN, Line, Shown

Show = Callable[[Line], Shown]
Name = Callable[[Line], str]
ConditionKind = Literal["berisi", "kosong", "terisi", "temuan"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a column must say: contain `text` (in small or capital letters), be empty, be filled, have a finding."""

    column: int
    kind: ConditionKind
    text: str = ""

    def met(self, line: Line, show: Show, name: Name) -> bool:
        """Whether a line meets it."""
        if self.kind == "temuan":
            return show(line).marks[self.column] is not None
        says = name(line) if self.column == URAIAN else show(line).texts[self.column].strip()
        if self.kind == "berisi":
            return self.text.casefold() in says.casefold()
        return bool(says) == (self.kind == "terisi")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a grid is looked at. `folded`: lines whose lines below are not shown; `sort`: column and whether downwards.

    Where conditions are set nothing is folded, grey sums are left out, and a line above one that meets them stays.
    """

    folded: frozenset[str] = frozenset()
    sort: tuple[int, bool] | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Arranged:
    """The lines to show; and of how many lines (without sums) how many meet the conditions."""

    lines: list[Line]
    met: int
    of: int


def arranged(lines: Sequence[Line], how: Arrangement, show: Show, name: Name) -> Arranged:
    """The lines as they are to be shown. `name` is the text of the first column, without the cost of the others."""
    own = [line for line in lines if line.kind != "jumlah"]
    seen = list(lines)
    met = len(own)
    if how.conditions:
        found = {line: None for line in own if all(c.met(line, show, name) for c in how.conditions)}
        above = {row_id for line in found for row_id in line.above}
        seen = [line for line in own if line in found or (line.kind == "kas" and line.row_id in above)]
        met = len(found)
    elif how.folded:
        seen = [line for line in seen if how.folded.isdisjoint(line.above)]
    if how.sort is not None:
        column, down = how.sort
        seen = list(_sorted(seen, column, down, show))
    return Arranged(seen, met, len(own))


def _sorted(lines: Sequence[Line], column: int, down: bool, show: Show) -> Iterator[Line]:
    """Each line with what stands below it, in order among the neighbours of its kind and owner."""
    for (kind, _), group in groupby(_blocks(lines), key=lambda block: (block[0].kind, block[0].owner)):
        blocks = list(group)
        if kind != "jumlah":
            keyed = [(_value(show(block[0]).texts[column], column), block) for block in blocks]
            filled = sorted((k for k in keyed if k[0] is not None), key=lambda k: k[0] or (0, Decimal(), ""))
            blocks = [b for _, b in (reversed(filled) if down else filled)] + [b for k, b in keyed if k is None]
        for block in blocks:
            yield block[0]
            yield from _sorted(block[1:], column, down, show)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and len(line.above) > len(block[0].above):
            block.append(line)
            continue
        if block:
            yield block
        block = [line]
    if block:
        yield block


def _value(text: str, column: int) -> tuple[int, Decimal, str] | None:
    """What a cell is sorted by: numbers before words; None for an empty cell."""
    if not text.strip():
        return None
    number = None if column <= SATUAN else read_number(text, Style.INDONESIAN)
    return (1, Decimal(), text.casefold()) if number is None else (0, number, "")

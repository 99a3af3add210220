"""Which lines of a grid are seen, and in what order: folded, sorted, filtered. No edit of the plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
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
    Where it is sorted the lines stand one below the other whatever they belong to; sums, and lines above others that
    are shown, stand aside.
    """

    folded: frozenset[str] = frozenset()
    sort: tuple[int, bool] | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Arranged:
    """The lines to show; of how many lines (without sums) how many meet the conditions; how many stand aside.

    `context`: the rows of lines that stay only because one below them meets the conditions.
    """

    lines: list[Line]
    met: int
    of: int
    aside: int = 0
    context: frozenset[str] = frozenset()


def arranged(lines: Sequence[Line], how: Arrangement, show: Show, name: Name) -> Arranged:
    """The lines as they are to be shown. `name` is the text of the first column, without the cost of the others."""
    own = [line for line in lines if line.kind != "jumlah"]
    seen = list(lines)
    met = len(own)
    found: dict[Line, None] = {}
    if how.conditions:
        found = {line: None for line in own if all(c.met(line, show, name) for c in how.conditions)}
        above = {row_id for line in found for row_id in line.above}
        seen = [line for line in own if line in found or (line.kind == "kas" and line.row_id in above)]
        met = len(found)
    elif how.folded:
        seen = [line for line in seen if how.folded.isdisjoint(line.above)]
    if how.sort is None:
        context = frozenset(line.row_id for line in seen if line not in found) if how.conditions else frozenset[str]()
        return Arranged(seen, met, len(own), context=context)
    above = set() if how.conditions else {row_id for line in seen if line.kind == "kas" for row_id in line.above}
    flat = list(found) if how.conditions else [x for x in seen if x.kind != "jumlah" and x.row_id not in above]
    column, down = how.sort
    return Arranged(_sorted(flat, column, down, show), met, len(own), len(seen) - len(flat))


def _sorted(lines: Sequence[Line], column: int, down: bool, show: Show) -> list[Line]:
    """All lines by one column, empty cells last; equal ones in the plan's order."""
    keyed = [(_value(show(line).texts[column], column), line) for line in lines]
    filled = [(key, line) for key, line in keyed if key is not None]
    filled.sort(key=lambda pair: pair[0], reverse=down)
    ordered = [line for _, line in filled] + [line for key, line in keyed if key is None]
    return [replace(line, depth=-1, above=(), folds=False) for line in ordered]


def _value(text: str, column: int) -> tuple[int, Decimal, str] | None:
    """What a cell is sorted by: numbers before words; None for an empty cell."""
    if not text.strip():
        return None
    number = None if column <= SATUAN else read_number(text, Style.INDONESIAN)
    return (1, Decimal(), text.casefold()) if number is None else (0, number, "")

"""Which cell of a form lies where on its pages, and what of the plan it shows.

The layout itself is asked: each cell of a table's body gets a colour of its own, laid out and never drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.plan import Plan
from models.rows import (
    TABLES,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Indikator,
    Row,
    TahunAnggaran,
    TahunIndikator,
)
from services.forms.parts import Form, Table
from services.forms.parts import Row as FormRow
from services.render.layout import lay_out

_OF_LINE: dict[str, type[Anggaran] | type[Indikator]] = {
    DeretAnggaran.TABLE: Anggaran,
    TahunAnggaran.TABLE: Anggaran,
    DeretIndikator.TABLE: Indikator,
    TahunIndikator.TABLE: Indikator,
}
"""Tables whose keys name the line that a value belongs to."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell on one page, in points from its upper left corner; `key` as in `Cell.key`, "" for a cell without one."""

    x: float
    y: float
    width: float
    height: float
    key: str


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """The cells of one page of `width` by `height` points."""

    width: float
    height: float
    cells: tuple[CellPlace, ...]

    def key_at(self, across: float, down: float) -> str:
        """The key of the cell at a point given in shares of the page's width and height; "" outside the tables.

        A cell that shows nothing stored, such as a sum, has that of the nearest cell beside it, of two the lower one.
        """
        x, y = across * self.width, down * self.height
        here = next((c for c in self.cells if c.x <= x < c.x + c.width and c.y <= y < c.y + c.height), None)
        if here is None or here.key:
            return here.key if here is not None else ""
        beside = [cell for cell in self.cells if cell.key and cell.y <= y < cell.y + cell.height]
        left, right = here.x, here.x + here.width
        near = min(beside, key=lambda c: (round(max(c.x - right, left - c.x - c.width)), c.height), default=None)
        return near.key if near is not None else ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the plan: a row, the column of that row or "", and the period (0..11) of a series or None."""

    row: Row
    column: str = ""
    month: int | None = None


def cell_places(form: Form, turned: Callable[[int], None] | None = None) -> list[PagePlaces]:
    """The cells of all pages; linear in the form.

    Args:
        turned: as in `lay_out`.
    """
    keys: list[str] = []
    marked = replace(form, parts=tuple(_marked(p, keys) if isinstance(p, Table) else p for p in form.parts))
    pages = []
    for sheet in lay_out(marked, turned):
        cells = (
            CellPlace(fill.x, fill.y, fill.width, fill.height, keys[int(fill.shade[1:], 16)])
            for fill in sheet.fills
            if isinstance(fill.shade, str)
        )
        pages.append(PagePlaces(sheet.width, sheet.height, tuple(cells)))
    return pages


def spot_of(plan: Plan, key: str) -> Spot | None:
    """Where the value of a key stands in the plan as it is now; None for a row that is gone."""
    table, _, rest = key.partition("/")
    row_id, _, column = rest.partition("/")
    line = _OF_LINE.get(table)
    cls: type[Row] | None = line or TABLES.get(table)
    row = plan.find(cls, row_id) if cls is not None else None
    if row is None:
        return None
    jenis, _, period = column.partition(".")
    if table in (DeretAnggaran.TABLE, DeretIndikator.TABLE) and jenis in ("kas", "target"):
        return Spot(row, jenis, int(period[1:]) - 1)
    return Spot(row, "" if line is not None else column)


def _marked(table: Table, keys: list[str]) -> Table:
    """The table with a colour in each cell of its body and totals: the number of its key."""
    blocks = tuple(_coloured(block, keys) for block in table.body)
    return replace(table, header=_plain(table.header), body=blocks, total=_coloured(table.total, keys))


def _coloured(rows: Sequence[FormRow], keys: list[str]) -> tuple[FormRow, ...]:
    found = []
    for row in rows:
        cells = []
        for cell in row.cells:
            cells.append(replace(cell, fill=f"#{len(keys):06X}"))
            keys.append(cell.key)
        found.append(replace(row, cells=tuple(cells)))
    return tuple(found)


def _plain(rows: Sequence[FormRow]) -> tuple[FormRow, ...]:
    return tuple(replace(row, cells=tuple(replace(cell, fill=None) for cell in row.cells)) for row in rows)

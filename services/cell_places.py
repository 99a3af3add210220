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
from services.forms.parts import Figure, Form, Part, Shape, Table
from services.forms.parts import Row as FormRow
from services.render.fonts import Font, face
from services.render.layout import lay_out
from services.render.sheets import MM, SHARE, Curve

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
    marked = replace(form, parts=tuple(_with_colours(part, keys) for part in form.parts))
    pages = []
    for sheet in lay_out(marked, turned):
        cells = [
            CellPlace(fill.x, fill.y, fill.width, fill.height, keys[int(fill.shade[1:], 16)])
            for fill in sheet.fills
            if isinstance(fill.shade, str)
        ]
        curves = (curve for drawing in sheet.drawings for curve in drawing.curves)
        cells += (_place(curve, keys) for curve in curves if isinstance(curve.fill, str))
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


def _with_colours(part: Part, keys: list[str]) -> Part:
    if isinstance(part, Figure):
        return _boxed(part, keys)
    return _marked(part, keys) if isinstance(part, Table) else part


def _boxed(figure: Figure, keys: list[str]) -> Figure:
    """The figure with nothing but an area around the texts of each key, in the colour of its number."""
    around: dict[str, tuple[float, float, float, float]] = {}
    for label in figure.labels:
        if label.key:
            width = Font(face(label.bold, label.italic), label.size).width(label.text) / MM
            left, size = label.x - SHARE[label.align] * width, label.size / MM
            edges = (left - size / 2, label.y - size * 1.2, left + width + size / 2, label.y + size / 2)
            other = around.get(label.key, edges)
            x0, y0, x1, y1 = other
            around[label.key] = min(edges[0], x0), min(edges[1], y0), max(edges[2], x1), max(edges[3], y1)
    shapes = []
    for key, (x0, y0, x1, y1) in around.items():
        shapes.append(Shape(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), f"#{len(keys):06X}", None))
        keys.append(key)
    return replace(figure, shapes=tuple(shapes))


def _place(curve: Curve, keys: Sequence[str]) -> CellPlace:
    (x0, y0), (x1, y1) = curve.points[0], curve.points[2]
    return CellPlace(x0, y0, x1 - x0, y1 - y0, keys[int(str(curve.fill)[1:], 16)])


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

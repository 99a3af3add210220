"""Cells of a page that shows semula and menjadi side by side: both texts, the mark of what differs, its remark."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.forms.cells import header
from services.forms.parts import Cell, Row

MARK: Final = "#FDE9A9"
"""Soft yellow; what it marks is bold too, so that it shows in black and white."""

SIZE: Final = 6.5
PADDING: Final = 0.8
LINE: Final = 4.4
EMPTY: Final = "(kosong)"

WIDTHS: Final = (11.0, 10.0, 33.0, 25.4, 19.2, 19.2, 18.2, 15.6, *[16.8] * 8, 24.0)
"""One grid for both tables, so that a workbook needs no other columns; cells go over one or two of the first five."""

TRIWULAN: Final = 8
KETERANGAN: Final = 16


def marked(cell: Cell, changed: bool) -> Cell:
    """The cell, marked where it is changed."""
    return replace(cell, bold=True, fill=MARK) if changed else cell


def both(col: int, before: str | None, after: str | None, *, cols: int = 1, prefix: str = "", key: str = "") -> Cell:
    """A text that stands once where it is the same, else with "Semula: ..." below it; None: not in that stage.

    `prefix` is set before both; `key` is kept only where the cell shows nothing but the text of today.
    """
    was, now = (before or "").strip(), (after or "").strip()
    there, is_changed = before is not None and after is not None, is_other(before, after)
    text = was if after is None else now
    if there and is_changed:
        text = f"{now or EMPTY}\n{prefix}Semula: {was or EMPTY}"
    cell = Cell(col, prefix + text, cols, key="" if is_changed and there else key)
    return marked(cell, is_changed)


def is_other(before: str | None, after: str | None) -> bool:
    """Whether two texts differ in print; one that is not there differs from an empty one."""
    return (before is None) != (after is None) or (before or "").strip() != (after or "").strip()


def remark(remarks: Sequence[str]) -> Cell:
    """The last column: "Nama berubah, pindah", marked where it says something."""
    text = ", ".join(remarks)
    return marked(Cell(KETERANGAN, text[:1].upper() + text[1:]), bool(text))


def header_rows(left: Sequence[Cell], below: Sequence[Cell], triwulan: str) -> tuple[Row, ...]:
    """Three rows, semula and menjadi under each quarter, and the row of column numbers.

    `left`: the cells of the first row before the quarters, over three rows, or over two where `below` has cells for the
    third row under them. `triwulan`: what is said of the quarters.
    """
    quarters = [header(TRIWULAN + 2 * i, f"TW {name}", cols=2) for i, name in enumerate(("I", "II", "III", "IV"))]
    sides = [header(TRIWULAN + i, ("Semula", "Menjadi")[i % 2]) for i in range(8)]
    first = (*left, header(TRIWULAN, triwulan, cols=8), header(KETERANGAN, "Keterangan", rows=3))
    named = sorted((*(c for c in first if c.rows == 3), *below, *sides), key=lambda cell: cell.col)
    numbers = [header(cell.col, str(n), cols=cell.cols, size=6) for n, cell in enumerate(named, 1)]
    return Row(first, 5), Row(tuple(quarters), LINE), Row((*below, *sides), LINE), Row(tuple(numbers), 4)

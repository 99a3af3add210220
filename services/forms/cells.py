"""Cells that many forms need: header cells, numbers as money, targets as typed."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from models.rows import Row as PlanRow
from services.angka import Style, parse_angka
from services.forms.parts import Align, Cell, Row
from services.rupiah import print_rupiah

HEADER_FILL = 0.88
BAND_FILL = 0.95
"""Group headings and total rows (design/img/README.md)."""

_LOCALE = "[$-421]"
"""Indonesian: LibreOffice then prints 1.234,50 whatever the language of the PC; Excel keeps to the system's signs."""

RUPIAH = f'{_LOCALE}#,##0;{_LOCALE}-#,##0;"-"'
"""Zero prints "-", as on the papers; the separators follow the language of Excel."""


_PLAIN = re.compile(r"(?P<sign>-?)(?P<whole>0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,(?P<decimals>[0-9]+))?")
"""A number as a workbook in Indonesian prints it: no leading zeros, groups of three."""


def header(col: int, text: str, *, cols: int = 1, rows: int = 1, size: float | None = None) -> Cell:
    """A header cell: centred both ways, bold, shaded."""
    return Cell(col, text, cols, rows, "center", bold=True, middle=True, fill=HEADER_FILL, size=size)


def numbers(labels: list[str], height: float, size: float = 6.5) -> Row:
    """The row of column numbers under a header."""
    return Row(tuple(header(col, label, size=size) for col, label in enumerate(labels)), height)


def band(text: str, cols: int, height: float) -> Row:
    """A heading over the full width, such as "BIDANG KOPERASI"."""
    return Row((Cell(0, text, cols, bold=True, fill=BAND_FILL, middle=True),), height)


def rupiah(
    col: int, value: int | None, *, rows: int = 1, bold: bool = False, repeat: bool = False, key: str = ""
) -> Cell:
    """An amount: 0 prints "-", None an empty cell; a number in a workbook."""
    text = print_rupiah(value)
    return Cell(col, text, rows=rows, align="right", bold=bold, value=value, format=RUPIAH, repeat=repeat, key=key)


def target(
    col: int,
    text: str | None,
    style: Style,
    *,
    rows: int = 1,
    align: Align = "right",
    repeat: bool = False,
    key: str = "",
) -> Cell:
    """A target as typed; a number in a workbook only where it reads back as the very text."""
    text = text or ""
    value, form = _number(text, style)
    return Cell(col, text, rows=rows, align=align, value=value, format=form, repeat=repeat, key=key)


def key(row: PlanRow, column: str) -> str:
    """`Cell.key` of a cell that shows one column of a row as it is stored: "anggaran/<id>/pagu"."""
    return f"{row.TABLE}/{row.id}/{column}"


def month_key(owner: PlanRow, jenis: str, place: int) -> str:
    """`Cell.key` of one period of a series as it is stored: "deret_anggaran/<id of the line>/kas.b03" for place 2.

    `owner`: the indicator or budget line, which may not have the series yet.
    """
    return f"deret_{owner.TABLE}/{owner.id}/{jenis}.b{place + 1:02}"


def tied(cell: Cell, parts: Iterable[Cell], rows: tuple[int, ...], columns: tuple[int, ...]) -> Cell:
    """A cell as the live sum of others, which stand in these rows of the body and columns, where it is their sum."""
    values = [part.value for part in parts if part.value is not None]
    if cell.value is None or not values or sum(values) != cell.value:
        return cell
    return replace(cell, sum_of=rows, sum_from=columns)


def _number(text: str, style: Style) -> tuple[int | Decimal | None, str]:
    """(value, number format) where a workbook would print the very text; (None, "General") for all others."""
    found = _PLAIN.fullmatch(text)
    read = parse_angka(text, style) if found else None
    if found is None or read is None or read.value is None:
        return None, "General"
    whole, decimals = found["whole"], found["decimals"] or ""
    shown = Decimal(f"{found['sign']}{whole.replace('.', '')}.{decimals or '0'}")
    if shown != read.value or (found["sign"] and not shown):
        return None, "General"
    form = _LOCALE + ("#,##0" if "." in whole else "0") + ("." + "0" * len(decimals) if decimals else "")
    return (shown if decimals else int(shown)), form

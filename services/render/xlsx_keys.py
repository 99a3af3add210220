"""The hidden sheet that says what the cells of a workbook show, for programs that read it back."""

from collections.abc import Sequence
from typing import Any

from services.forms.parts import Form
from services.render.xlsx_sheet import SheetRows
from services.render.xlsx_table import Key

NAME = "_renaksi"
FORMAT, VERSION = "renaksi-xlsx", 1
HEADERS = ("lembar", "sel", "kunci", "nilai")


def write_keys(workbook: Any, form: Form, keys: Sequence[tuple[str, Key]]) -> SheetRows:
    """Add the sheet; it is hidden and never printed.

    Rows 1 to 4 are a name and its value each (format, versi, formulir, kode), row 5 the headers, and below them stands
    one row for each cell that has a key, with its text as the paper shows it.
    Args:
        keys: name of the sheet and key, in the order of the form.
    """
    sheet = workbook.create_sheet(NAME)
    sheet.sheet_state = "veryHidden"
    rows = SheetRows(len(HEADERS))
    start = [("format", FORMAT), ("versi", str(VERSION)), ("formulir", form.name), ("kode", form.code)]
    lines = [*start, HEADERS, *((name, key.cell, key.key, key.text) for name, key in keys)]
    for line in lines:
        rows.plain(line)
    return rows

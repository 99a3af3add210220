"""Our workbook read back and written again by XlsxWriter: the same cells, merges, formats, heights and page set-up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

import openpyxl
import xlsxwriter

_SHEET = "xl/worksheets/sheet1.xml"
_ROW = re.compile(r'<row r="(\d+)" ht="([\d.]+)"')
_MERGED = re.compile(r'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/>')
_COLUMN = re.compile(r'<col width="([\d.]+)"|<col [^>]*?width="([\d.]+)"')
_CACHED = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*><f>[^<]*</f><v>([^<]*)</v>')


class Written(NamedTuple):
    """A cell with its place from 0; `style` is a key of `Sheet.formats`, `cached` a formula's number."""

    row: int
    column: int
    value: str | int | float | None
    style: int
    cached: int = 0


class Area(NamedTuple):
    """A merged area, both ends within, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What XlsxWriter is told. `cells` are those that no merged area covers; `corners` the style of each area."""

    cells: tuple[Written, ...]
    areas: tuple[tuple[Area, int], ...]
    formats: dict[int, dict[str, Any]]
    heights: tuple[tuple[int, float], ...]
    widths: tuple[float, ...]


def read_sheet(data: bytes) -> Sheet:
    """All that a workbook of one sheet holds."""
    with ZipFile(BytesIO(data)) as package:
        xml = package.read(_SHEET).decode()
    merged = [Area(int(t) - 1, _column(lo), int(b) - 1, _column(hi)) for lo, t, hi, b in _MERGED.findall(xml)]
    covered = {place for area in merged for place in _places(area)}
    corners = {(area.top, area.left) for area in merged}
    cached = {(int(row) - 1, _column(letters)): int(value) for letters, row, value in _CACHED.findall(xml)}
    formats: dict[int, dict[str, Any]] = {}
    cells = []
    styles: dict[tuple[int, int], int] = {}
    for cell in _cells(data):
        row, column, style = cell.row - 1, cell.column - 1, cell._style_id
        if style not in formats:
            formats[style] = _format(cell)
        if (row, column) in corners:
            styles[row, column] = style
        if (row, column) not in covered or ((row, column) in corners and cell.value is not None):
            cells.append(Written(row, column, _value(cell.value), style, cached.get((row, column), 0)))
    return Sheet(
        tuple(cells),
        tuple((area, styles[area.top, area.left]) for area in merged),
        formats,
        tuple((int(row) - 1, float(height)) for row, height in _ROW.findall(xml)),
        tuple(float(a or b) for a, b in _COLUMN.findall(xml)),
    )


def _cells(data: bytes) -> Iterator[Any]:
    """All cells with a style; read-only, because openpyxl's merging is quadratic."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    for row in book.worksheets[0].iter_rows():
        yield from (cell for cell in row if getattr(cell, "has_style", False))
    book.close()


def _value(value: object) -> str | int | float | None:
    """What XlsxWriter stores; it knows numbers as float only, and no form writes one that float does not hold."""
    return float(value) if isinstance(value, Decimal) else value if isinstance(value, str | int | float) else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _places(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _format(cell: Any) -> dict[str, Any]:
    font, align, fill = cell.font, cell.alignment, cell.fill
    look: dict[str, Any] = {
        "font_name": font.name,
        "font_size": font.sz,
        "bold": bool(font.b),
        "underline": 1 if font.u else 0,
        "align": align.horizontal or "",
        "valign": {"center": "vcenter", "top": "top"}.get(align.vertical or "", "bottom"),
        "text_wrap": bool(align.wrap_text),
        "shrink": bool(align.shrink_to_fit),
        "num_format": cell.number_format,
        "border": 1 if cell.border.left.style else 0,
    }
    if fill.fill_type == "solid":
        look["bg_color"] = f"#{fill.fgColor.rgb[2:]}"
    return look


def write_sheet(sheet: Sheet) -> bytes:
    """The workbook by XlsxWriter, in memory and by its fastest documented calls."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Formulir")
    formats = {style: book.add_format(look) for style, look in sheet.formats.items()}
    _set_up(page, sheet)
    for row, height in sheet.heights:
        page.set_row(row, height)
    for (top, left, bottom, right), style in sheet.areas:
        page.merge_range(top, left, bottom, right, "", formats[style])
    for row, column, value, style, cached in sheet.cells:
        look = formats[style]
        if value is None:
            page.write_blank(row, column, None, look)
        elif not isinstance(value, str):
            page.write_number(row, column, value, look)
        elif value.startswith("=SUM("):
            page.write_formula(row, column, value, look, cached)
        else:
            page.write_string(row, column, value, look)
    book.close()
    return out.getvalue()


def _set_up(page: Any, sheet: Sheet) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.set_landscape()
    page.set_paper(14)
    page.set_margins(0.39, 0.39, 0.39, 0.47)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_footer("&C&7Halaman &P dari &N")
    page.print_area(0, 0, len(sheet.heights) - 1, len(sheet.widths) - 1)
    page.repeat_rows(4, 6)
    page.freeze_panes(7, 0)
    page.ignore_errors({"number_stored_as_text": f"A1:L{len(sheet.heights)}"})

"""Our workbook read back: cells, merged areas, formats, heights and page set-up of each sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import openpyxl

_ROW = re.compile(r'<row r="(\d+)" ht="([\d.]+)"')
_MERGED = re.compile(r'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/>')
_COLUMN = re.compile(r"<col ([^>]*)/>")
_WIDTH = re.compile(r'width="([\d.]+)"')
_CACHED = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*><f>[^<]*</f><v>([^<]*)</v>')
_RICH = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*><is>(<r>.*?)</is>', re.DOTALL)
_PIECE = re.compile(r"<r>(?:<rPr>(.*?)</rPr>)?<t[^>]*>([^<]*)</t></r>", re.DOTALL)
_BREAK = re.compile(r'<brk id="(\d+)"')
_PAPER = re.compile(r'<pageSetup [^>]*?paperSize="(\d+)"')
_FROZEN = re.compile(r'<pane [^>]*?ySplit="(\d+)"')
_TITLES = re.compile(r'name="_xlnm.Print_Titles" localSheetId="(\d+)"[^>]*>[^<]*\$(\d+):\$(\d+)<')

Piece = tuple[str, bool, bool]
"""Text, bold, italic."""


class Written(NamedTuple):
    """A cell with its place from 0; `style` is a key of `Book.formats`, `cached` a formula's number."""

    row: int
    column: int
    value: str | int | float | tuple[Piece, ...] | None
    style: int
    cached: float = 0


class Area(NamedTuple):
    """A merged area, both ends within, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `cells` are those that no merged area covers; `corners` the style of each area.

    `titles`: first and last row that each page repeats; `frozen`: rows; `breaks`: rows that end a page, from 1.
    """

    name: str
    hidden: bool
    cells: tuple[Written, ...]
    areas: tuple[tuple[Area, int], ...]
    heights: tuple[tuple[int, float], ...]
    widths: tuple[float, ...]
    landscape: bool
    paper: int
    titles: tuple[int, int] | None
    frozen: int
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """What XlsxWriter is told; `formats` are those of all sheets."""

    sheets: tuple[Sheet, ...]
    formats: dict[int, dict[str, Any]]


def read_book(data: bytes) -> Book:
    """All that a workbook holds; openpyxl reads it in read-only mode, because its merging is quadratic."""
    with ZipFile(BytesIO(data)) as package:
        names = package.read("xl/workbook.xml").decode()
        titles = {int(sheet): (int(a) - 1, int(b) - 1) for sheet, a, b in _TITLES.findall(names)}
        count = sum(name.startswith("xl/worksheets/sheet") for name in package.namelist())
        texts = [package.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, count + 1)]
    formats: dict[int, dict[str, Any]] = {}
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    sheets = [
        _sheet(each, text, titles.get(i), formats) for i, (each, text) in enumerate(zip(book, texts, strict=True))
    ]
    book.close()
    return Book(tuple(sheets), formats)


def _sheet(sheet: Any, xml: str, titles: tuple[int, int] | None, formats: dict[int, dict[str, Any]]) -> Sheet:
    merged = [Area(int(t) - 1, _column(lo), int(b) - 1, _column(hi)) for lo, t, hi, b in _MERGED.findall(xml)]
    covered = {place for area in merged for place in _places(area)}
    corners = {(area.top, area.left) for area in merged}
    cached = {(int(row) - 1, _column(letters)): float(value) for letters, row, value in _CACHED.findall(xml)}
    rich = {(int(row) - 1, _column(letters)): _pieces(text) for letters, row, text in _RICH.findall(xml)}
    cells = []
    styles: dict[tuple[int, int], int] = {}
    for cell in _cells(sheet):
        row, column, style = cell.row - 1, cell.column - 1, cell._style_id
        if style not in formats:
            formats[style] = _format(cell)
        if (row, column) in corners:
            styles[row, column] = style
        if (row, column) not in covered or ((row, column) in corners and cell.value is not None):
            pieces = rich.get((row, column), ())
            value = pieces if len(pieces) > 1 else _value(cell.value)
            cells.append(Written(row, column, value, style, cached.get((row, column), 0)))
    paper, frozen = _PAPER.search(xml), _FROZEN.search(xml)
    return Sheet(
        sheet.title,
        sheet.sheet_state != "visible",
        tuple(cells),
        tuple((area, styles[area.top, area.left]) for area in merged),
        tuple((int(row) - 1, float(height)) for row, height in _ROW.findall(xml)),
        tuple(float(width[1]) for found in _COLUMN.findall(xml) if (width := _WIDTH.search(found))),
        'orientation="landscape"' in xml,
        int(paper[1]) if paper else 0,
        titles,
        int(frozen[1]) if frozen else 0,
        tuple(int(row) for row in _BREAK.findall(xml)),
    )


def _cells(sheet: Any) -> Iterator[Any]:
    """All cells with a style or a value."""
    for row in sheet.iter_rows():
        yield from (cell for cell in row if cell.value is not None or getattr(cell, "has_style", False))


def _value(value: object) -> str | int | float | None:
    """What XlsxWriter stores; it knows numbers as float only, and no form writes one that float does not hold."""
    return float(value) if isinstance(value, Decimal) else value if isinstance(value, str | int | float) else None


def _pieces(runs: str) -> tuple[Piece, ...]:
    """The runs of a text in several styles, which openpyxl's read-only mode does not tell apart."""
    return tuple((unescape(text), "<b" in look, "<i" in look) for look, text in _PIECE.findall(runs))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _places(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


_VERTICAL = {"center": "vcenter", "top": "top", "justify": "vjustify"}
_RULES = {None: 0, "thin": 1, "double": 6}


def _format(cell: Any) -> dict[str, Any]:
    font, align, fill, border = cell.font, cell.alignment, cell.fill, cell.border
    look: dict[str, Any] = {
        "font_name": font.name,
        "font_size": font.sz,
        "bold": bool(font.b),
        "italic": bool(font.i),
        "underline": 1 if font.u else 0,
        "align": align.horizontal or "",
        "valign": _VERTICAL.get(align.vertical or "", "bottom"),
        "indent": int(align.indent or 0),
        "rotation": int(align.textRotation or 0),
        "text_wrap": bool(align.wrap_text),
        "shrink": bool(align.shrink_to_fit),
        "num_format": cell.number_format,
    }
    for side in ("left", "right", "top", "bottom"):
        rule = getattr(border, side)
        look[side] = _RULES[rule.style if rule is not None else None]
    if fill.fill_type == "solid":
        look["bg_color"] = f"#{fill.fgColor.rgb[2:]}"
    return look

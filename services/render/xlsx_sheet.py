"""One sheet of a workbook as rows of XML, and the workbook around it as openpyxl makes it.

openpyxl writes a cell at a time through ElementTree and needs a cell object for each; a form of 630 blocks has 90,000.
The rows and merged areas are therefore written here and put into the empty sheet that openpyxl wrote; styles, page
set-up, names and the package are openpyxl's.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.writer.excel import ExcelWriter

from services.render.xlsx_text import clean, inline_string

FONT = "Arial"
TALLEST = 409.0
"""Points; Excel knows no taller row."""
_EMPTY_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_SAVED = datetime(2000, 1, 1)
_PACKED = (1980, 1, 1, 0, 0, 0)
_LINE = Side("thin", color="FF000000")
_GRID = Border(_LINE, _LINE, _LINE, _LINE)


class Look(NamedTuple):
    """What a cell looks like; `fit` makes a number smaller where its column is too narrow, texts are wrapped."""

    size: float
    bold: bool = False
    align: str = "left"
    vertical: str = "top"
    grid: bool = False
    fill: float | None = None
    underline: bool = False
    fit: bool = False
    format: str = "General"


def new_workbook(title: str) -> Any:
    """An empty workbook whose usual font has digits 7 pixels wide in Excel and 1.87 mm in LibreOffice.

    Column widths are multiples of that digit, so both programs show the same widths; with Calibri 11 they do not.
    """
    workbook = Workbook(write_only=True)
    font = Font(name=FONT, size=9.5, family=2)
    workbook._fonts = IndexedList([font])
    workbook._named_styles["Normal"].font = font
    workbook.calculation.fullCalcOnLoad = True
    properties = workbook.properties
    properties.title, properties.creator = clean(title), "Renaksi"
    properties.created = properties.modified = _SAVED
    return workbook


class Styles:
    """The numbers of the looks in a workbook; each look is made once."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._ids: dict[Look, int] = {}

    def __getitem__(self, look: Look) -> int:
        found = self._ids.get(look)
        if found is None:
            found = self._ids[look] = self._add(look)
        return found

    def _add(self, look: Look) -> int:
        cell = WriteOnlyCell(self._sheet)
        cell.font = Font(
            name=FONT, size=look.size, family=2, bold=look.bold, underline="single" if look.underline else None
        )
        cell.alignment = Alignment(look.align, look.vertical, wrap_text=not look.fit, shrink_to_fit=look.fit)
        if look.grid:
            cell.border = _GRID
        if look.fill is not None:
            cell.fill = PatternFill("solid", fgColor="FF" + f"{round(look.fill * 255):02X}" * 3)
        cell.number_format = look.format
        return int(cell.style_id)


class SheetRows:
    """The rows of a sheet, top down, and its merged areas. Columns count from 0, rows from 1 as in Excel."""

    def __init__(self, columns: int) -> None:
        self.letters = tuple(get_column_letter(column + 1) for column in range(columns))
        self.heights: list[float] = []
        self._rows: list[str] = []
        self._merged: list[str] = []
        self._strings: dict[str, str] = {}

    @property
    def next(self) -> int:
        """The number of the next row."""
        return len(self._rows) + 1

    def add(self, height: float, cells: Iterable[str] = ()) -> None:
        """A row, its height in points and its cells from left to right."""
        height = min(round(height, 2), TALLEST)
        self._rows.append(f'<row r="{self.next}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>')
        self.heights.append(height)

    def merge(self, column: int, columns: int, rows: int = 1) -> None:
        """Make one cell of an area that begins in the next row; an area of one cell is left as it is."""
        if columns > 1 or rows > 1:
            first, last = self.letters[column], self.letters[column + columns - 1]
            self._merged.append(f'<mergeCell ref="{first}{self.next}:{last}{self.next + rows - 1}"/>')

    def text(self, column: int, style: int, text: str) -> str:
        """A cell with a text, never a formula; an empty text gives an empty cell."""
        content = self._strings.get(text)
        if content is None:
            cleaned = clean(text)
            content = self._strings[text] = f' t="inlineStr">{inline_string(cleaned)}</c>' if cleaned else "/>"
        return f'<c r="{self.letters[column]}{self.next}" s="{style}"{content}'

    def number(self, column: int, style: int, value: int | Decimal | None, formula: str = "") -> str:
        """A cell with a number, and the formula that gives it; without cached numbers a preview would show nothing."""
        shown = "" if value is None else f"<v>{value:f}</v>" if isinstance(value, Decimal) else f"<v>{value}</v>"
        live = f"<f>{formula}</f>" if formula else ""
        return f'<c r="{self.letters[column]}{self.next}" s="{style}">{live}{shown}</c>'

    def area(self) -> str:
        """All rows and columns, such as A1:L120."""
        return f"A1:{self.letters[-1]}{max(len(self._rows), 1)}"

    def xml(self) -> bytes:
        """What stands in the place of the empty sheetData."""
        merged = f'<mergeCells count="{len(self._merged)}">{"".join(self._merged)}</mergeCells>' if self._merged else ""
        return f"<sheetData>{''.join(self._rows)}</sheetData>{merged}".encode()


class _Package(ZipFile):
    """The zip that openpyxl fills, with one time for all entries, and our rows in the sheet."""

    rows: SheetRows

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *args: Any, **kwargs: Any) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        entry = ZipInfo(name, _PACKED)
        entry.create_system = 0
        super().writestr(entry, data, ZIP_DEFLATED, 6)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        """Only sheets come this way."""
        with open(filename, "rb") as file:
            empty = file.read()
        sheet, found = _EMPTY_ROWS.subn(lambda _: self.rows.xml(), empty)
        if found != 1:
            raise ValueError("openpyxl wrote a sheet without the one empty sheetData that our rows replace")
        quiet = f'<ignoredErrors><ignoredError sqref="{self.rows.area()}" numberStoredAsText="1" formulaRange="1"/>'
        self.writestr(arcname, sheet.replace(b"</worksheet>", quiet.encode() + b"</ignoredErrors></worksheet>"))


def save(workbook: Any, rows: SheetRows, out: BinaryIO) -> None:
    """Write a workbook of one sheet, the same bytes for the same content."""
    with _Package(out, "w") as package:
        package.rows = rows
        ExcelWriter(workbook, package).save()

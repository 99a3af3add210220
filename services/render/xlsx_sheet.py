"""Sheets of a workbook as rows of XML, and the workbook around them as openpyxl makes it.

openpyxl writes a cell at a time through ElementTree and needs a cell object for each; a form of 630 blocks has 90,000.
The rows and merged areas are therefore written here and put into the empty sheets that openpyxl wrote; styles, page
set-up, page breaks, pictures, names and the package are openpyxl's.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from services.forms.parts import Run
from services.render.xlsx_style import FONT
from services.render.xlsx_text import clean, inline_runs, inline_string

TALLEST = 409.0
"""Points; Excel knows no taller row."""
_EMPTY_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_SHEET_END = re.compile(rb"(<drawing [^>]*/>)?</worksheet>$")
_SAVED = datetime(2000, 1, 1)
_PACKED = (1980, 1, 1, 0, 0, 0)


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

    def plain(self, texts: Iterable[str]) -> None:
        """A row of texts as high and in the style that Excel gives to all cells."""
        number = self.next
        cells = [
            f'<c r="{letter}{number}" t="inlineStr">{inline_string(clean(text))}</c>' if text else ""
            for letter, text in zip(self.letters, texts, strict=False)
        ]
        self._rows.append(f'<row r="{number}">{"".join(cells)}</row>')
        self.heights.append(0)

    def space(self, height: float) -> None:
        """Empty rows, as many as the height in points takes."""
        while height > TALLEST:
            self.add(TALLEST)
            height -= TALLEST
        if height > 0:
            self.add(height)

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

    def runs(self, column: int, style: int, runs: Sequence[Run], size: float) -> str:
        """A cell with a text in several styles; `size` in points."""
        if not any(clean(run.text) for run in runs):
            return self.text(column, style, "")
        content = inline_runs(runs, FONT, size)
        return f'<c r="{self.letters[column]}{self.next}" s="{style}" t="inlineStr">{content}</c>'

    def number(self, column: int, style: int, value: int | Decimal, formula: str = "") -> str:
        """A cell with a number, and the formula that gives it; without cached numbers a preview would show nothing."""
        shown = f"{value:f}" if isinstance(value, Decimal) else f"{value}"
        live = f"<f>{formula}</f>" if formula else ""
        return f'<c r="{self.letters[column]}{self.next}" s="{style}">{live}<v>{shown}</v></c>'

    def area(self) -> str:
        """All rows and columns, such as A1:L120."""
        return f"A1:{self.letters[-1]}{max(len(self._rows), 1)}"

    def xml(self) -> bytes:
        """What stands in the place of the empty sheetData."""
        merged = f'<mergeCells count="{len(self._merged)}">{"".join(self._merged)}</mergeCells>' if self._merged else ""
        return f"<sheetData>{''.join(self._rows)}</sheetData>{merged}".encode()


class _Package(ZipFile):
    """The zip that openpyxl fills, with one time for all entries."""

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *args: Any, **kwargs: Any) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        entry = ZipInfo(name, _PACKED)
        entry.create_system = 0
        super().writestr(entry, data, ZIP_DEFLATED, 6)


class _Writer(ExcelWriter):  # type: ignore[misc]
    """openpyxl's writer, with our rows in the sheets and no temporary file for each of them."""

    def __init__(self, workbook: Any, package: ZipFile, rows: Sequence[SheetRows]) -> None:
        super().__init__(workbook, package)
        self._rows = iter(rows)

    def write_worksheet(self, ws: Any) -> None:
        """The next sheet, as openpyxl's own method of this name writes it."""
        rows = next(self._rows)
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.images = ws._images
        out = BytesIO()
        writer = WorksheetWriter(ws, out)
        writer.write_top()
        with writer.xf.send(True).element("sheetData"):
            pass
        writer.xf.send(None)
        writer.write_tail()
        writer.close()
        ws._rels = writer._rels
        quiet = f'<ignoredErrors><ignoredError sqref="{rows.area()}" numberStoredAsText="1" formulaRange="1"/>'
        empty, ended = _SHEET_END.subn(quiet.encode() + rb"</ignoredErrors>\g<0>", out.getvalue())
        before, *after = _EMPTY_ROWS.split(empty)
        if (len(after), ended) != (1, 1):
            raise ValueError("openpyxl wrote a sheet without the one empty sheetData that our rows replace")
        self._archive.writestr(ws.path[1:], b"".join((before, rows.xml(), after[0])))
        self.manifest.append(ws)


def save(workbook: Any, sheets: Sequence[SheetRows], out: BinaryIO) -> None:
    """Write a workbook, the same bytes for the same content; the rows of its sheets come in their order."""
    with _Package(out, "w") as package:
        _Writer(workbook, package, sheets).save()

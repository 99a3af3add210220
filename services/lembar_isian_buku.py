"""The workbook of a sheet to fill in: what can be seen is locked but for the yellow cells, the keys cannot be seen."""

from textwrap import wrap
from typing import IO, Any

from models.cleaning import TEXT_MAX
from models.plan import Plan
from models.rows import NILAI_MAKS, Dokumen
from services.forms.heading import agency
from services.lembar_isian_baris import FIRST, KEYS, MARK, SHEET, TITLES, UANG, VERSION, FillIn, months_of
from services.periods import Sampai
from services.realisasi import NOTES
from services.render.xlsx_text import clean
from services.tanggal import MONTHS

_WIDTHS = (7, 44, 11, 15, 18)
_LINE = 12
"""Points of a line of text; a row has to be told its height where no program sets it from the texts."""
_LIST_MAX = 240
"""Characters of a list to choose from, as Excel takes them."""
_CELL_WIDTH, _NOTE_WIDTH = 14, 22
_YELLOW, _GREY, _BAND = "FFFFF8D6", "FFEDEDED", "FFDCE6F1"
_HOW = "Isi sel kuning saja. Sel kosong berarti belum dilaporkan. Tulis 0 bila nol, dan - bila memang tidak ada."


class Book:
    """The workbook as it grows."""

    def __init__(self, plan: Plan, dokumen: Dokumen, sampai: Sampai, untuk: str, closed: frozenset[int]) -> None:
        # Half a second that only a sheet pays.
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        self._sampai, self._closed = sampai, closed
        self._book = Workbook()
        self._sheet: Any = self._book.active
        self._sheet.title = SHEET
        self._keys: Any = self._book.create_sheet(KEYS)
        self._keys.sheet_state = "veryHidden"
        thin = Side(style="thin", color="FFB0B0B0")
        self._border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._fills = {color: PatternFill("solid", fgColor=color) for color in (_YELLOW, _GREY, _BAND)}
        self._open, self._bold = Protection(locked=False), Font(name="Arial", size=9, bold=True)
        self._plain = Font(name="Arial", size=9)
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._right = Alignment(horizontal="right", vertical="top")
        self._validated: dict[tuple[str, ...], list[str]] = {}
        self._columns = [*TITLES, *(MONTHS[place] for place in months_of(sampai)), *NOTES.values()]
        self._head(plan, dokumen, untuk)

    def _head(self, plan: Plan, dokumen: Dokumen, untuk: str) -> None:
        from openpyxl.styles import Font

        sheet = self._sheet
        until = f"{self._sampai.nama} {dokumen.tahun}"
        titles = ("LEMBAR ISIAN REALISASI", agency(plan, dokumen), f"{untuk}, {until}" if untuk else until, _HOW)
        for number, text in enumerate(titles, 1):
            self._text(sheet, number, 1, text)
            sheet.cell(number, 1).font = Font(name="Arial", size=12 if number == 1 else 9, bold=number < 4)
        for column, title in enumerate(self._columns, 1):
            self._text(sheet, FIRST - 1, column, title)
            cell = sheet.cell(FIRST - 1, column)
            cell.font, cell.fill, cell.border, cell.alignment = (
                self._bold,
                self._fills[_BAND],
                self._border,
                self._wrapped,
            )
            months = len(months_of(self._sampai))
            width = (*_WIDTHS, *(_CELL_WIDTH,) * months, *(_NOTE_WIDTH,) * len(NOTES))[column - 1]
            sheet.column_dimensions[cell.column_letter].width = width
        sheet.freeze_panes = sheet.cell(FIRST, 3)
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{FIRST - 1}:{FIRST - 1}"
        facts = (MARK, VERSION, dokumen.id, dokumen.tahun, self._sampai.bulan, int(self._sampai.triwulan), untuk)
        for column, fact in enumerate(facts, 1):
            self._text(self._keys, 1, column, str(fact))

    def add(self, number: int, row: FillIn) -> None:
        """A row of both sheets."""
        texts = (row.kode, row.nama, row.satuan, row.target, row.cara)
        for column, text in enumerate(texts, 1):
            self._text(self._sheet, number, column, text)
            cell = self._sheet.cell(number, column)
            cell.font, cell.border, cell.alignment = self._plain, self._border, self._wrapped
        wrapped = (len(wrap(text, width * 5 // 4)) for text, width in zip(texts, _WIDTHS, strict=True))
        self._sheet.row_dimensions[number].height = _LINE * max(1, *wrapped) + 3
        column = len(TITLES)
        for place in months_of(self._sampai):
            column += 1
            is_open = place in row.nilai and place + 1 not in self._closed
            self._value(number, column, row, row.nilai.get(place, ""), is_open=is_open)
        for name in NOTES:
            column += 1
            text = "" if row.catatan is None else row.catatan[name]
            is_open = row.catatan is not None and self._sampai.bulan not in self._closed
            self._cell(number, column, text, is_open=is_open, alignment=self._wrapped)
        base = [row.nilai.get(place, "") for place in months_of(self._sampai)]
        base += ["" if row.catatan is None else row.catatan[name] for name in NOTES]
        for at, text in enumerate((row.kode, row.kind, row.row.id, str(int(row.kumulatif)), *base), 1):
            self._text(self._keys, number, at, text)

    def _value(self, number: int, column: int, row: FillIn, text: str, *, is_open: bool) -> None:
        cell = self._cell(number, column, text, is_open=is_open, alignment=self._right)
        if row.kind == UANG:
            cell.number_format = "#,##0"
            if text:
                cell.value = int(text)
        if is_open:
            self._validated.setdefault((UANG,) if row.kind == UANG else row.pilihan, []).append(cell.coordinate)

    def _cell(self, number: int, column: int, text: str, *, is_open: bool, alignment: Any) -> Any:
        self._text(self._sheet, number, column, text)
        cell = self._sheet.cell(number, column)
        cell.font, cell.border, cell.alignment = self._plain, self._border, alignment
        cell.fill = self._fills[_YELLOW if is_open else _GREY]
        # As text, so that 17,30 stays 17,30 and is not made a date or another number.
        cell.number_format = "@"
        if is_open:
            cell.protection = self._open
        return cell

    def _validation(self, kind: tuple[str, ...], cells: list[str]) -> Any:
        """What may be typed into cells of a kind: `(UANG,)`, the grades to choose from, or () for a target as typed."""
        from openpyxl.worksheet.cell_range import MultiCellRange
        from openpyxl.worksheet.datavalidation import DataValidation

        if kind == (UANG,):
            rule = {"type": "whole", "operator": "between", "formula1": "0", "formula2": str(NILAI_MAKS)}
            said = "Isi dengan rupiah bulat, 0 atau lebih, tanpa desimal."
        elif kind and len(",".join(kind)) < _LIST_MAX and not any(sign in grade for grade in kind for sign in ',"'):
            rule = {"type": "list", "formula1": f'"{",".join((*kind, "-"))}"', "errorStyle": "warning"}
            said = "Pilih salah satu predikat dari daftar."
        else:
            rule = {"type": "textLength", "operator": "lessThanOrEqual", "formula1": "200"}
            said = "Isi dengan angka dan satuannya, paling banyak 200 karakter."
        shown = {"errorTitle": "Lembar isian", "error": said, "showErrorMessage": True, "allow_blank": True}
        # All cells at once: adding them one by one looks each of them up among all before it.
        return DataValidation(**rule, **shown, sqref=MultiCellRange(" ".join(cells)))

    def _text(self, sheet: Any, number: int, column: int, text: str) -> None:
        """A text that is never a formula, whatever it begins with (file-safety.md)."""
        if text:
            cell = sheet.cell(number, column)
            cell.value = clean(text)[:TEXT_MAX]
            cell.data_type = "s"

    def save(self, out: IO[bytes]) -> None:
        """Write the workbook."""
        for kind, cells in self._validated.items():
            self._sheet.add_data_validation(self._validation(kind, cells))
        self._book.save(out)

"""A Form as a workbook of one sheet that looks like the paper and goes on calculating.

Knows parts and nothing of Rencana Aksi. Numbers are numbers, sums are formulas, texts are never formulas.
Not kept from the paper: blocks that stay together, and "(lanjutan)" where a page ends inside a cell.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, chain, pairwise
from typing import Any, BinaryIO

from openpyxl.worksheet.properties import PageSetupProperties

from services.forms.parts import Cell, Form, Page, Row, Signature, Table, Text
from services.render.xlsx_sheet import TALLEST, Look, SheetRows, Styles, new_workbook, save
from services.render.xlsx_text import clean, count_lines, is_squeezed, line_height, sheet_name, text_width

MM = 72 / 25.4
"""Points of a millimetre."""
_SAME_EDGE = 0.5
_CELL_MARGIN = 1.5
"""Between the text and the edges of its cell, left and right together, mm; Excel's own."""
_SPARE = 0.96
_AFTER_TABLE = 6.0
_STAMP_ROW = 5.5
_DOTS = "." * 60
_MOST_FROZEN = 90 * MM
_MOST_ARGUMENTS = 200
_LONGEST_FORMULA = 8_000
_PIXELS = 96 / 25.4
_DIGIT = 7


def render_xlsx(form: Form, out: BinaryIO) -> None:
    """Write the form as an XLSX file; the same form gives the same bytes.

    Args:
        out: open for writing in binary.
    Raises:
        ValueError: the cells of a table overlap or leave it.
    """
    workbook = new_workbook(form.title)
    sheet = workbook.create_sheet(sheet_name(form.title))
    grid = _Grid(form)
    writer = _FormWriter(grid, Styles(sheet))
    for index, part in enumerate(form.parts):
        if index and isinstance(form.parts[index - 1], Table):
            writer.rows.add(_AFTER_TABLE * MM)
        writer.add(part)
    _set_up_page(sheet, form.page)
    _set_up_view(sheet, writer)
    for letter, width in zip(writer.rows.letters, grid.column_widths(), strict=True):
        sheet.column_dimensions[letter].width = width
    save(workbook, writer.rows, out)


def _set_up_page(sheet: Any, page: Page) -> None:
    setup, margins = sheet.page_setup, sheet.page_margins
    if page.paper.excel is not None:
        setup.paperSize = page.paper.excel
    setup.orientation = "landscape" if page.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right", "top", "bottom"):
        setattr(margins, side, round(getattr(page, side) / 25.4, 4))
    margins.header = margins.footer = round(min(5, page.bottom / 2) / 25.4, 4)
    footer = sheet.oddFooter.center
    footer.text, footer.size, footer.font = "Halaman &P dari &N", 7, "Arial,Regular"


def _set_up_view(sheet: Any, writer: "_FormWriter") -> None:
    sheet.print_area = writer.rows.area()
    if writer.repeated is not None:
        first, last = writer.repeated
        sheet.print_title_rows = f"{first}:{last}"
        if sum(writer.rows.heights[:last]) <= _MOST_FROZEN:
            sheet.freeze_panes = f"A{last + 1}"


class _Grid:
    """The columns of the sheet: all edges of all tables, in mm from the left.

    Tables with the same number of columns share the widths of the first of them, so that a sheet of such tables has
    exactly their columns.
    """

    def __init__(self, form: Form) -> None:
        shapes: dict[int, tuple[float, ...]] = {}
        for part in form.parts:
            if isinstance(part, Table):
                shapes.setdefault(len(part.widths), (0.0, *accumulate(part.widths)))
        page = form.page
        edges = sorted(chain.from_iterable(shapes.values())) or [0.0, page.width - page.left - page.right]
        self.edges = [edge for edge, before in zip(edges, [-1.0, *edges], strict=False) if edge - before > _SAME_EDGE]
        self._shapes = {
            columns: [bisect_right(self.edges, edge + 1e-6) - 1 for edge in shape] for columns, shape in shapes.items()
        }

    @property
    def columns(self) -> int:
        return len(self.edges) - 1

    def of(self, table: Table) -> list[int]:
        """For each edge of the table's columns, the sheet's column that begins there."""
        return self._shapes[len(table.widths)]

    def width(self, first: int, last: int) -> float:
        """From the edge `first` to the edge `last`, points, as far as text may go."""
        return (self.edges[last] - self.edges[first] - _CELL_MARGIN) * MM * _SPARE

    def column_widths(self) -> Iterator[float]:
        """In digits of the usual font; rounded so that the whole sheet is never wider than the page."""
        pixels = [int(edge * _PIXELS) for edge in self.edges]
        return (round((right - left) / _DIGIT, 4) for left, right in pairwise(pixels))


class _FormWriter:
    """Puts part after part under one another; `repeated` are the first and last row that every page prints."""

    def __init__(self, grid: _Grid, styles: Styles) -> None:
        self.grid = grid
        self.styles = styles
        self.rows = SheetRows(grid.columns)
        self.repeated: tuple[int, int] | None = None

    def add(self, part: Text | Table | Signature) -> None:
        if isinstance(part, Text):
            self.line(part.text, Look(part.size, part.bold, part.align), after=part.after)
        elif isinstance(part, Table):
            self._table(part)
        else:
            self._signature(part)

    def line(self, text: str, look: Look, column: int = 0, after: float = 0) -> None:
        """A row with one text without rules, from a column to the right edge; `after`: space below, mm."""
        lines = count_lines(clean(text), look.size, look.bold, self.grid.width(column, self.grid.columns))
        self.rows.merge(column, self.grid.columns - column)
        height = lines * line_height(look.size) + after * MM
        self.rows.add(height, (self.rows.text(column, self.styles[look], text),))

    def _table(self, table: Table) -> None:
        first = self.rows.next
        for title in table.title:
            self.add(title)
        header = self.rows.next
        _TableWriter(self, table).write()
        if self.repeated is None and table.header:
            self.repeated = (first if table.repeat_title else header, header + len(table.header) - 1)

    def _signature(self, part: Signature) -> None:
        nip = f"NIP. {part.nip or _DOTS[:44]}" if part.nip or part.minta_nip else ""
        above, below = (part.tempat_tanggal, *part.jabatan), (part.pangkat, nip)
        column = self._signature_column(part, [part.nama, *above, *below])
        plain = Look(part.size)
        for text in filter(None, above):
            self.line(text, plain, column)
        stamp = max(1, round(part.gap / _STAMP_ROW))
        for _ in range(stamp):
            self.rows.add(part.gap / stamp * MM)
        self.line(part.nama or _DOTS, Look(part.size, bold=bool(part.nama), underline=bool(part.nama)), column)
        for text in filter(None, below):
            self.line(text, plain, column)

    def _signature_column(self, part: Signature, texts: list[str]) -> int:
        """The column nearest to where the paper has the block, of those that leave its lines as much room as there."""
        need = max(text_width(text, part.size, bold=index == 0) for index, text in enumerate(texts))
        need = min(need, (part.width - _CELL_MARGIN) * MM * _SPARE)
        right = self.grid.columns
        start = self.grid.edges[-1] - part.width
        wide = [column for column in range(right) if self.grid.width(column, right) >= need]
        return min(wide, key=lambda column: abs(self.grid.edges[column] - start), default=0)


class _TableWriter:
    """Writes one table; its rows count from 0 in `heights`, from 1 as in Excel everywhere else."""

    def __init__(self, form: _FormWriter, table: Table) -> None:
        self.table = table
        self.grid = form.grid
        self.styles = form.styles
        self.rows = form.rows
        self.edges = form.grid.of(table)
        self.body = list(chain.from_iterable(table.body))
        self.first_body = self.rows.next + len(table.header)
        self.end = self.first_body + len(self.body) + len(table.total)
        self.numbers: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self.body, self.first_body):
            for cell in row.cells:
                if cell.value is not None or cell.sum_of:
                    self.numbers[cell.col].append(number)

    def write(self) -> None:
        table = self.table
        lines = [*table.header, *self.body, *table.total]
        left, right = self.edges[0], self.edges[-1]
        letters = self.rows.letters[left:right]
        blank = self.styles[Look(table.size, grid=True)]
        until, behind = [0] * right, [blank] * right
        for index, (row, height) in enumerate(zip(lines, self._heights(lines), strict=True)):
            started = self._start_cells(row, index < len(table.header), until, behind)
            number = self.rows.next
            cells = []
            for column, letter in enumerate(letters, left):
                style = behind[column] if until[column] > number else blank
                cells.append(started.get(column) or f'<c r="{letter}{number}" s="{style}"/>')
            self.rows.add(height, cells)

    def _start_cells(self, row: Row, header: bool, until: list[int], behind: list[int]) -> dict[int, str]:
        """The cells that begin in the next row, by column; `until` and `behind` say what an area still covers."""
        number = self.rows.next
        started = {}
        for cell in row.cells:
            left, right, end = self.edges[cell.col], self.edges[cell.col + cell.cols], number + cell.rows
            if max(until[left:right]) > number or end > self.end:
                raise ValueError(f"cell {cell.text!r} overlaps another or leaves its table: row {number}, {cell}")
            style = self.styles[self._look(cell, header)]
            until[left:right] = [end] * (right - left)
            behind[left:right] = [style] * (right - left)
            self.rows.merge(left, right - left, cell.rows)
            started[left] = self._cell(cell, left, style)
        return started

    def _look(self, cell: Cell, header: bool) -> Look:
        vertical = "center" if header or cell.middle else "top"
        size = cell.size or self.table.size
        fit = self._is_fitted(cell, size, self._room(cell))
        return Look(size, cell.bold, cell.align, vertical, True, cell.fill, fit=fit, format=cell.format)

    def _room(self, cell: Cell) -> float:
        return self.grid.width(self.edges[cell.col], self.edges[cell.col + cell.cols])

    def _is_fitted(self, cell: Cell, size: float, room: float) -> bool:
        """Whether the cell stays on one line: a number too wide would be shown as ####, a word would be broken."""
        return cell.value is not None or bool(cell.sum_of) or is_squeezed(cell.text, size, cell.bold, room)

    def _cell(self, cell: Cell, column: int, style: int) -> str:
        if cell.sum_of:
            wanted = [self.first_body + row for row in cell.sum_of]
            formula = sum_formula(self.rows.letters[column], wanted, self.numbers[cell.col])
            if formula or cell.value is not None:
                return self.rows.number(column, style, cell.value, formula)
        if cell.value is not None:
            return self.rows.number(column, style, cell.value)
        return self.rows.text(column, style, cell.text)

    def _heights(self, lines: list[Row]) -> list[float]:
        """Of the table's rows, points: at least those of the form, and enough for the text of every cell."""
        heights = [row.height * MM for row in lines]
        areas = []
        for index, row in enumerate(lines):
            for cell in row.cells:
                need = self._text_height(cell) if cell.text else 0
                if need > heights[index]:
                    if cell.rows == 1:
                        heights[index] = need
                    else:
                        areas.append((cell.rows, index, need))
        for rows, index, need in sorted(areas):
            missing = need - sum(heights[index : index + rows])
            if missing > 0:
                heights[index : index + rows] = [height + missing / rows for height in heights[index : index + rows]]
        return [min(height, TALLEST) for height in heights]

    def _text_height(self, cell: Cell) -> float:
        size = cell.size or self.table.size
        line = max(line_height(size), size * self.table.leading)
        room = self._room(cell)
        if self._is_fitted(cell, size, room):
            return line
        return count_lines(clean(cell.text), size, cell.bold, room) * line


def sum_formula(letter: str, wanted: list[int], numbers: list[int]) -> str:
    """SUM over the wanted rows of a column, as few ranges as leave out its other numbers; "" if it would be too long.

    Args:
        numbers: all rows of the column that hold a number, ascending.
    Source: Excel takes 8,192 characters in a formula and 255 arguments in a function.
    """
    ranges: list[list[int]] = []
    for row in sorted(set(wanted)):
        if ranges and bisect_left(numbers, row) == bisect_right(numbers, ranges[-1][1]):
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    terms = [f"{letter}{first}" if first == last else f"{letter}{first}:{letter}{last}" for first, last in ranges]
    if len(terms) > _MOST_ARGUMENTS:
        chunks = (terms[start : start + _MOST_ARGUMENTS] for start in range(0, len(terms), _MOST_ARGUMENTS))
        terms = [f"SUM({','.join(chunk)})" for chunk in chunks]
    formula = f"SUM({','.join(terms)})"
    return formula if len(formula) <= _LONGEST_FORMULA else ""

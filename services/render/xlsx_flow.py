"""Parts of a form put under one another in a sheet, and which of its rows stay together on a page."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from services.forms.parts import Break, Letterhead, Part, Run, Signature, Signatures, Table, Text
from services.render.xlsx_breaks import Head, Unit
from services.render.xlsx_grid import MM, Grid
from services.render.xlsx_measure import WHOLE
from services.render.xlsx_picture import Picture, picture
from services.render.xlsx_sheet import TALLEST, SheetRows
from services.render.xlsx_signature import signatures
from services.render.xlsx_style import Look, Styles
from services.render.xlsx_table import Key, TableWriter
from services.render.xlsx_text import clean, count_lines, cut_lines, cut_runs, line_height

_BELOW_TABLE = 4.0
_ABOVE_SIGNATURE = 8.0
_SHORT_RUN = 1 / 3
"""Paragraphs above a table that take no more of a page than this are its heading and stay with it."""
_INDENT = 2.8
"""One step of Excel's indents in the usual font, mm."""
_SPACE = 0.278
"""Width of a space in sizes."""
_PIECE = 160.0
"""Height of the pieces of a paragraph that is too high for one row; points."""
_LOGO = 22.0
_BELOW_LETTERHEAD = 3.0


@dataclass(slots=True)
class Placed:
    """A table that has been written; all are row numbers, `begin` of its title, `end` is the first one below it."""

    table: Table
    head: Head | None
    begin: int
    end: int


class Flow:
    """Writes part after part. `room`: height of a page between its margins, points."""

    def __init__(self, grid: Grid, styles: Styles, room: float, progress: Callable[[int], None]) -> None:
        self.grid = grid
        self.styles = styles
        self.rows = SheetRows(grid.columns)
        self.units: list[Unit] = []
        self.forced: set[int] = set()
        self.tables: list[Placed] = []
        self.pictures: list[Picture] = []
        self.keys: list[Key] = []
        self._room = room
        self._progress = progress
        self._before: Part | None = None

    def add(self, part: Part) -> None:
        """Write one part below the others; a list of contents is left out."""
        begin = self.rows.next
        if isinstance(part, Signature | Signatures):
            self._space(_ABOVE_SIGNATURE)
        elif isinstance(self._before, Table) and self._before.ruled and not isinstance(part, Break):
            self._space(_BELOW_TABLE)
        if isinstance(part, Text):
            self._text(part, begin)
        elif isinstance(part, Table):
            self._table(part, begin)
        elif isinstance(part, Signature | Signatures):
            self._sign(part, begin)
        elif isinstance(part, Letterhead):
            self._letterhead(part, begin)
        elif isinstance(part, Break):
            self.forced.add(begin)
        self._before = part

    def _unit(self, unit: Unit) -> None:
        if unit.end > unit.first:
            self.units.append(unit)

    def _space(self, height: float) -> None:
        """White of so many mm, unless nothing is above it."""
        if self.rows.heights:
            self.rows.space(height * MM)

    def _text(self, text: Text, begin: int) -> None:
        self._space(text.before)
        for first in self.paragraph(text):
            self._unit(Unit(begin, first, "text"))
            begin = first
        self._unit(Unit(begin, self.rows.next, "text", keep=text.level > 0))

    def paragraph(self, text: Text) -> list[int]:
        """Write a paragraph. One too high for a row goes into several; returns the rows at which it goes on."""
        grid, columns = self.grid, self.grid.columns
        column = min(grid.nearest(text.indent * grid.mm), columns - 1)
        if not grid.is_edge(text.indent * grid.mm):
            column = 0
        steps = 0 if column else round(min(text.indent, grid.width / 2) / _INDENT)
        look = Look(text.size, text.bold, text.align, italic=text.italic, indent=steps)
        label, cells = text.label, []
        place = grid.nearest(max(text.indent - text.hang, 0.0) * grid.mm)
        if label and place < column:
            self.rows.merge(place, column - place)
            cells.append(self.rows.text(place, self.styles[look._replace(align="left")], label))
            label = ""
        lead = " " * round(min(text.first, grid.width / 2) * MM / (_SPACE * text.size)) + (f"{label} " if label else "")
        runs = (Run(text.text),) if isinstance(text.text, str) else text.text
        runs = tuple(
            Run(clean(run.text), run.bold or text.bold, run.italic or text.italic) for run in (Run(lead), *runs)
        )
        bold = any(run.bold for run in runs if run.text)
        plain = "".join(run.text for run in runs)
        line = line_height(text.size)
        most = max(1, int(_PIECE / line))
        width = grid.room(column, columns) - steps * _INDENT * MM
        lines = count_lines(plain, text.size, bold, width)
        cuts = cut_lines(plain, text.size, bold, width, most) if lines * line > TALLEST else [(0, len(plain))]
        if len(cuts) > 1:
            look = look._replace(vertical="justify")
        style = self.styles[look]
        begins = []
        for begin, end in cuts:
            piece = plain[begin:end]
            begins.append(self.rows.next)
            self.rows.merge(column, columns - column)
            if isinstance(text.text, str):
                cells.append(self.rows.text(column, style, piece))
            else:
                cells.append(self.rows.runs(column, style, cut_runs(runs, begin, end), text.size))
            height = count_lines(piece, text.size, bold, width) * line
            below = text.after * MM if end == len(plain) else 0.0
            together = len(cuts) == 1 and height + below <= TALLEST
            self.rows.add(height + below * together, cells)
            self.rows.space(below * (not together))
            cells = []
        return begins[1:]

    def _table(self, table: Table, begin: int) -> None:
        if isinstance(self._before, Signature | Signatures):
            self.forced.add(begin)
        self._keep_heading()
        first = self.rows.next
        for title in table.title:
            self._space(title.before)
            self.paragraph(title)
        header = self.rows.next
        writer = TableWriter(table, self.grid, self.styles, self.rows, self.keys, self._room)
        starts = writer.starts
        writer.write(self._progress)
        below = starts[len(table.header)]
        self._unit(Unit(begin, below, "head", keep=True))
        self._blocks(table, starts)
        head = Head(first if table.repeat_title else header, below - 1) if table.header else None
        self.tables.append(Placed(table, head, first, self.rows.next))

    def _blocks(self, table: Table, starts: list[int]) -> None:
        """A heading over the full width stays with the block below it, the totals with the last block."""
        line = len(table.header)
        for number, block in enumerate(table.body):
            end = line + len(block)
            totals = len(table.total) if number == len(table.body) - 1 else 0
            heading = len(block) == 1 and [cell.cols for cell in block[0].cells] == [len(table.widths)] != [1]
            lines = [start for line in range(line, end + totals) for start in self._splits(starts, line)]
            self._unit(Unit(starts[line], starts[end + totals], "block", heading and not totals, lines, totals))
            line = end
        if table.total and not table.body:
            self._unit(Unit(starts[line], starts[-1], "block", lines=starts[line:-1]))

    def _splits(self, starts: list[int], line: int) -> range:
        """Where a page may end in a line of a table: above it, and inside it only where it is higher than a page."""
        rows = range(starts[line], starts[line + 1])
        height = sum(self.rows.heights[rows.start - 1 : rows.stop - 1]) if len(rows) > 1 else 0.0
        return rows if height > WHOLE * self._room else rows[:1]

    def _keep_heading(self) -> None:
        """A short run of paragraphs above a table stays with it, of a long one the last."""
        run = []
        for unit in reversed(self.units):
            if unit.kind != "text":
                break
            run.append(unit)
        short = sum(map(self._height, run)) <= _SHORT_RUN * self._room
        for unit in run if short else run[:1]:
            unit.keep = True

    def _height(self, unit: Unit) -> float:
        return sum(self.rows.heights[unit.first - 1 : unit.end - 1])

    def _sign(self, part: Signature | Signatures, begin: int) -> None:
        """Write what is signed; it stays with the last block above it and what lies between, or the last paragraph."""
        signatures(part, self.grid, self.styles, self.rows)
        height = sum(self.rows.heights[begin - 1 :])
        run: list[Unit] = []
        for unit in reversed(self.units):
            height += self._height(unit)
            run.append(unit)
            if unit.kind != "text":
                break
        torn = height - self._height(run[-1]) > self._room if run else True
        if torn or run[-1].kind in ("head", "signature"):
            run = [unit for unit in run[:1] if unit.kind != "signature"]
        if run and run[-1].kind == "text":
            run = run[:1]
        for unit in run:
            unit.keep = True
        self._unit(Unit(begin, self.rows.next, "signature"))

    def _letterhead(self, part: Letterhead, begin: int) -> None:
        """The lines in the middle, the logo on the left, a double rule below."""
        columns = self.grid.columns
        top = self.rows.next
        for text in part.lines:
            self.paragraph(replace(text, align="center", label="", indent=0))
        missing = _LOGO * MM - sum(self.rows.heights[top - 1 :]) if part.logo else 0.0
        double = self.styles[Look(8, rules="B")]
        line = self.rows.next
        self.rows.add(max(missing, 4.0), [f'<c r="{letter}{line}" s="{double}"/>' for letter in self.rows.letters])
        if part.logo and columns:
            height = min(sum(self.rows.heights[top - 1 :]) - 4, _LOGO * MM)
            logo = picture(part.logo, height, column=0, row=top)
            self.pictures += [logo] if logo else []
        self.rows.add(_BELOW_LETTERHEAD * MM)
        self._unit(Unit(begin, self.rows.next, "head", keep=True))

"""A table of a form as rows of a sheet."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import accumulate, chain, groupby
from typing import NamedTuple

from services.forms.parts import Cell, Row, Table
from services.render.xlsx_formula import sum_formula, sum_terms
from services.render.xlsx_grid import Grid
from services.render.xlsx_measure import Measure
from services.render.xlsx_sheet import SheetRows
from services.render.xlsx_style import RULED, Look, Styles

_EVERY = 256


class Key(NamedTuple):
    """What a cell of the workbook shows; `text` as the paper has it."""

    cell: str
    key: str
    text: str


class _Later(NamedTuple):
    """What stands in a later row of a cell: its amount, or a piece of its text."""

    cell: Cell
    left: int
    right: int
    style: int
    piece: str | None = None


class TableWriter:
    """Writes one table; its rows count from 0 in the form, from 1 as in Excel everywhere else.

    A line may take several rows (`Measure.rows`), over which its cells are merged. `room`: height of a page, points.
    """

    def __init__(self, table: Table, grid: Grid, styles: Styles, rows: SheetRows, keys: list[Key], room: float) -> None:
        self.table = table
        self.grid = grid
        self.styles = styles
        self.rows = rows
        self.keys = keys
        self.edges = grid.of(table)
        self.rules = RULED if table.ruled else ""
        self.body = list(chain.from_iterable(table.body))
        self.lines = [*table.header, *self.body, *table.total]
        self.measure = Measure(table, grid)
        heights = self.measure.lines(self.lines)
        taken = [self.measure.rows(line, height, room) for line, height in zip(self.lines, heights, strict=True)]
        self.torn = {index for index, (_, torn) in enumerate(taken) if torn}
        self.heights = [height for rows, _ in taken for height in rows]
        self.starts = list(accumulate((len(rows) for rows, _ in taken), initial=self.rows.next))
        """Where each of the lines begins, and the end of the table."""
        self.later: dict[int, list[_Later]] = defaultdict(list)
        self._number_cells()

    def _number_cells(self) -> None:
        """Find the numbers of the body: their values, and their rows in each column."""
        self.values: dict[tuple[int, int], int | Decimal] = {}
        self.numbers: dict[int, list[int]] = defaultdict(list)
        self.together: dict[tuple[int, ...], list[int]] = {}
        self.footed: dict[tuple[int, int], int] = {}
        header = len(self.table.header)
        for index, row in enumerate(self.body):
            for cell in row.cells:
                if cell.value is not None:
                    self.values[index, cell.col] = cell.value
                    at = self.starts[header + index]
                    if cell.foot:
                        below = min(header + index + cell.rows, len(self.lines))
                        at = self.footed[index, cell.col] = self.starts[below] - 1
                    self.numbers[cell.col].append(at)

    def write(self, progress: Callable[[int], None]) -> None:
        """Write all rows; `progress` gets the number of rows written since it was last called."""
        table = self.table
        left, right = self.edges[0], self.edges[-1]
        letters = self.rows.letters[left:right]
        looks = [Look(table.size, rules=self._sides(sides)) for sides in ("lrtb", "lrt", "lrb", "lr")]
        whole, upper, lower, inner = (self.styles[look] for look in looks)
        until, behind = [0] * right, [whole] * right
        done = 0
        for index, row in enumerate(self.lines):
            started = self._start_cells(row, index, until, behind)
            first, last = self.starts[index], self.starts[index + 1] - 1
            for number in range(first, last + 1):
                blank = (whole if number == last else upper) if number == first else lower if number == last else inner
                for later in self.later.pop(number, ()):
                    started[later.left] = self._later_cell(later)
                    behind[later.left : later.right] = [later.style] * (later.right - later.left)
                cells = []
                for column, letter in enumerate(letters, left):
                    style = behind[column] if until[column] > number else blank
                    cells.append(started.get(column) or f'<c r="{letter}{number}" s="{style}"/>')
                self.rows.add(self.heights[number - self.starts[0]], cells)
                started = {}
            done += 1
            if done == _EVERY:
                progress(done)
                done = 0
        progress(done)

    def _start_cells(self, row: Row, index: int, until: list[int], behind: list[int]) -> dict[int, str]:
        """The cells that begin in the next row, by column; `until` and `behind` say what an area still covers."""
        number = self.starts[index]
        header = index < len(self.table.header)
        started = {}
        for cell in row.cells:
            left, right = self.edges[cell.col], self.edges[cell.col + cell.cols]
            if max(until[left:right]) > number or index + cell.rows >= len(self.starts):
                raise ValueError(f"cell {cell.text!r} overlaps another or leaves its table: row {number}, {cell}")
            end = self.starts[index + cell.rows]
            look = self._look(cell, header)
            footed = bool(cell.foot)
            pieces = self.measure.pieces(cell) if index in self.torn else []
            rows = end - number - footed
            if footed:
                foot = Look(look.size, look.bold, "right", "bottom", self._sides("lrb"), look.fill, fit=True)
                style = self.styles[foot._replace(format=cell.format, italic=cell.italic)]
                self.later[end - 1].append(_Later(cell, left, right, style))
                look = look._replace(rules=self._sides("lrt"), format="General")
            if len(pieces) > 1:
                look = self._write_later(cell, pieces, (left, right), (number, end), look)
                rows = 1
            style = self.styles[look]
            until[left:right] = [end] * (right - left)
            behind[left:right] = [style] * (right - left)
            self.rows.merge(left, right - left, rows)
            started[left] = self._cell(cell, left, style, index, footed, pieces)
        return started

    def _write_later(
        self, cell: Cell, pieces: list[str], columns: tuple[int, int], rows: tuple[int, int], look: Look
    ) -> Look:
        """Leave all pieces of a text but the first to the rows below; returns the look of the first."""
        first, end = rows
        spread = look._replace(vertical="justify", rules=self._sides("lrt"))
        for number in range(first + 1, end):
            piece = pieces[number - first] if number - first < len(pieces) else ""
            inner = look._replace(rules=self._sides("lr" if number < end - 1 else "lrb"))
            if number - first < len(pieces) - 1:
                inner = inner._replace(vertical="justify")
            self.later[number].append(_Later(cell, *columns, self.styles[inner], piece))
        return spread

    def _sides(self, sides: str) -> str:
        return sides if self.rules else ""

    def _look(self, cell: Cell, header: bool) -> Look:
        vertical = "center" if header or cell.middle else "top"
        size = self.measure.size(cell)
        fit = self.measure.is_fitted(cell, size, self.measure.room(cell))
        return Look(
            size,
            cell.bold,
            cell.align,
            vertical,
            self.rules,
            cell.fill,
            False,
            fit,
            cell.format,
            cell.italic,
            cell.turned,
        )

    def _cell(self, cell: Cell, column: int, style: int, index: int, footed: bool, pieces: list[str]) -> str:
        if cell.key and not (footed and cell.value is not None):
            self.keys.append(Key(f"{self.rows.letters[column]}{self.rows.next}", cell.key, cell.text))
        if cell.value is not None and not footed:
            return self.rows.number(column, style, cell.value, self._formula(cell, self.starts[index]))
        return self.rows.text(column, style, pieces[0] if pieces else cell.text)

    def _later_cell(self, later: _Later) -> str:
        """The cell with the amount, in the last row of its area, or with a piece of a text."""
        cell, column = later.cell, later.left
        self.rows.merge(column, later.right - column)
        if later.piece is not None:
            return self.rows.text(column, later.style, later.piece)
        if cell.value is None:
            return self.rows.text(column, later.style, cell.foot)
        if cell.key:
            self.keys.append(Key(f"{self.rows.letters[column]}{self.rows.next}", cell.key, cell.foot))
        return self.rows.number(column, later.style, cell.value, self._formula(cell, self.rows.next))

    def _formula(self, cell: Cell, own: int) -> str:
        """The live sum of a cell in the row `own`; "" where its cells do not add up to what the paper shows."""
        if not cell.sum_of:
            return ""
        lines = set(cell.sum_of)
        columns = sorted(set(cell.sum_from)) or [cell.col]
        values = self.values
        if sum(values.get((line, column), 0) for line in lines for column in columns) != cell.value:
            return ""
        header = len(self.table.header)
        wanted = [
            tuple(sorted(self.footed.get((line, column)) or self.starts[header + line] for line in lines))
            for column in columns
        ]
        if any(own in rows for column, rows in zip(columns, wanted, strict=True) if column == cell.col):
            return ""
        return sum_formula(self._terms(columns, wanted))

    def _terms(self, columns: Sequence[int], wanted: Sequence[tuple[int, ...]]) -> list[str]:
        """The ranges of a sum; columns side by side with the same rows go into one."""
        terms: list[str] = []
        numbered = list(enumerate(zip(columns, wanted, strict=True)))
        for (_, rows), run in groupby(numbered, key=lambda item: (item[1][0] - item[0], item[1][1])):
            group = tuple(column for _, (column, _) in run)
            first, last = self.edges[group[0]], self.edges[group[-1]]
            terms += sum_terms(self.rows.letters[first], self.rows.letters[last], rows, self._numbers_of(group))
        return terms

    def _numbers_of(self, columns: tuple[int, ...]) -> list[int]:
        """The rows that hold a number in one of the columns, ascending."""
        found = self.together.get(columns)
        if found is None:
            found = self.together[columns] = sorted({row for column in columns for row in self.numbers[column]})
        return found

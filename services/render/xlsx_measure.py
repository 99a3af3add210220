"""How high the lines of a table are in a workbook, and how its texts fit their cells."""

from collections.abc import Sequence
from math import ceil

from services.forms.parts import Cell, Row, Table
from services.render.xlsx_grid import MM, Grid
from services.render.xlsx_sheet import TALLEST
from services.render.xlsx_text import clean, count_lines, cut_lines, is_squeezed, line_height, longest_word, text_width

_PIECE = 120.0
"""Height of the rows that share a line too high for one; points."""
WHOLE = 0.8
"""Lines of a table no higher than this share of a page are never torn."""
_NARROW = 14
"""Columns of so many sizes may be too narrow for a long word."""
_LEAST_SIZE = 0.6
_TURNED_ONE_LINE = 30 * MM
"""Rows are made so high, at most, that a turned text need not be broken."""
_TURNED_MARGIN = 4.0
"""Points between a turned text and the rules above and below it."""


class Measure:
    """Sizes and heights of the cells of a table, points."""

    def __init__(self, table: Table, grid: Grid) -> None:
        self._table = table
        self._grid = grid
        self._edges = grid.of(table)
        self._sizes: dict[tuple[str, float, bool, float], float] = {}

    def room(self, cell: Cell) -> float:
        """Width for the text."""
        return self._grid.room(self._edges[cell.col], self._edges[cell.col + cell.cols])

    def size(self, cell: Cell) -> float:
        """Of the letters: smaller than wanted where the column would break one of several words."""
        size = cell.size or self._table.size
        room = self.room(cell)
        if room >= _NARROW * size or cell.turned or " " not in cell.text:
            return size
        asked = cell.text, size, cell.bold, room
        found = self._sizes.get(asked)
        if found is None:
            need = longest_word(clean(cell.text), size, cell.bold)
            share = room / need if need > room > 0 else 1.0
            found = self._sizes[asked] = int(size * share * 10) / 10 if _LEAST_SIZE <= share < 1 else size
        return found

    def is_fitted(self, cell: Cell, size: float, room: float) -> bool:
        """Whether the cell stays on one line: a number too wide would be shown as ####, a word would be broken."""
        if cell.turned:
            return False
        if cell.value is not None and not cell.foot:
            return True
        return is_squeezed(cell.text, size, cell.bold, room)

    def line(self, size: float) -> float:
        """Of one line of a text."""
        return max(line_height(size), size * self._table.leading)

    def lines(self, rows: Sequence[Row]) -> list[float]:
        """Of the table's lines: at least the heights of the form, and enough for the text of every cell."""
        heights = [row.height * MM for row in rows]
        areas = []
        for index, row in enumerate(rows):
            for cell in row.cells:
                need = self._text(cell) if cell.text else 0
                if cell.foot:
                    foot = self.line(self.size(cell))
                    if cell.rows > 1:
                        areas.append((cell.rows - 1, index, need))
                        areas.append((1, min(index + cell.rows, len(rows)) - 1, foot))
                    need += foot
                if need > heights[index]:
                    if cell.rows == 1:
                        heights[index] = need
                    else:
                        areas.append((cell.rows, index, need))
        for count, index, need in sorted(areas):
            missing = need - sum(heights[index : index + count])
            if missing > 0:
                heights[index : index + count] = [height + missing / count for height in heights[index : index + count]]
        return heights

    def rows(self, row: Row, height: float, room: float) -> tuple[list[float], bool]:
        """(heights of the rows that a line takes in the sheet, whether long texts are cut into a piece for each).

        A line too high for one row takes several; so does one with a cell of its own that has an amount at its foot.
        Texts are cut in lines too high for a page (`room`, points), so that no line of letters lies across two pages.
        """
        if height <= TALLEST:
            foot = max((self.line(self.size(cell)) for cell in row.cells if cell.foot and cell.rows == 1), default=0.0)
            return ([height - foot, foot], False) if foot else ([height], False)
        count = ceil(height / _PIECE)
        if height <= WHOLE * room:
            return [height / count] * count, False
        return [_PIECE] * max([count, *(len(self.pieces(cell)) for cell in row.cells)]), True

    def pieces(self, cell: Cell) -> list[str]:
        """The text of a cell in pieces of a row's height; in one where it must stay whole."""
        text = clean(cell.text)
        if cell.rows > 1 or cell.turned or cell.key or cell.foot or cell.value is not None:
            return [text]
        size = self.size(cell)
        most = max(1, int(_PIECE / self.line(size)))
        return [text[begin:end] for begin, end in cut_lines(text, size, cell.bold, self.room(cell), most)]

    def _text(self, cell: Cell) -> float:
        size = self.size(cell)
        line = self.line(size)
        room = self.room(cell)
        if cell.turned:
            return _turned_height(clean(cell.text), size, cell.bold, max(1, int(room / line)))
        if self.is_fitted(cell, size, room):
            return line
        return count_lines(clean(cell.text), size, cell.bold, room) * line


def _turned_height(text: str, size: float, bold: bool, most: int) -> float:
    """The height of one line that runs upwards, or of a long text in at most so many lines."""
    height = max(text_width(line, size, bold) for line in text.split("\n")) + _TURNED_MARGIN
    if height <= _TURNED_ONE_LINE and text.count("\n") < most:
        return height
    words = [text_width(word, size, bold) for word in text.split()]
    height = max(words, default=0.0)
    while count_lines(text, size, bold, height) > most and height < sum(words) * 2:
        height *= 1.1
    return height + _TURNED_MARGIN

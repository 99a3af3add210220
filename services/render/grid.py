"""The grid of a table: how high its rows must be, and the drawing of any stretch of them.

Lengths are points. A *box* is a cell with its lines; a stretch of rows is what one page shows. A box through which a
page ends is *open*: its remaining lines go on, or its text is printed again, at the top of the next stretch.
"""

from collections.abc import Sequence
from typing import Final

from services.forms.parts import Cell, Row, Table
from services.render.fonts import Font, face
from services.render.sheets import MM, Drawing, Fill, Placed, Rule
from services.render.slots import Line, Slot

_NEAR: Final = 0.01

Span = tuple[int, int]
"""A range of columns."""


class Box:
    """A cell in its grid: rows `row` to `end`, and how many of its lines have been printed."""

    __slots__ = ("cell", "done", "end", "font", "is_plain", "leading", "lines", "row", "slot")

    def __init__(self, cell: Cell, slot: Slot, row: int, end: int, table: Table) -> None:
        self.cell = cell
        self.slot = slot
        self.row = row
        self.end = end
        self.done = 0
        self.lines, self.font = slot.lines(cell.text)
        self.leading = table.leading * self.font.size
        self.is_plain = self.font.size == table.size and not cell.middle


class Grid:
    """Rows with their boxes and heights.

    `heights` are those that the rows still need: they change when a stretch ends inside a row, or when what is left of
    an open box needs more than the rows that are left to it.
    """

    def __init__(self, table: Table, rows: Sequence[Row], edges: Sequence[float], tallest: float) -> None:
        self._table = table
        self._edges = edges
        self._font = Font(face(), table.size)
        self._leading = table.size * table.leading
        self._open: list[Box] = []
        self._begun = -1
        self._joined: dict[tuple[Span, ...], list[Span]] = {}
        self._least = [min(row.height * MM, tallest) for row in rows]
        first = self._first_line
        self._baselines = [(first(self._leading, row) + self._font.cap) / 2 for row in range(len(rows))]
        self.boxes = self._boxes(rows)
        self.heights = self._heights()

    def _boxes(self, rows: Sequence[Row]) -> list[list[Box]]:
        slots: dict[tuple[int, int, bool, str, float | None], Slot] = {}
        count = len(rows)
        boxes = []
        for number, row in enumerate(rows):
            line = []
            for cell in row.cells:
                key = (cell.col, cell.cols, cell.bold, cell.align, cell.size)
                slot = slots.get(key)
                if slot is None:
                    slot = slots[key] = Slot(self._edges, cell, self._table)
                line.append(Box(cell, slot, number, min(number + max(cell.rows, 1), count), self._table))
            boxes.append(line)
        return boxes

    def _heights(self) -> list[float]:
        heights = []
        wide = []
        for number, boxes in enumerate(self.boxes):
            height = self._least[number]
            for box in boxes:
                if not box.lines:
                    continue
                if box.end > number + 1:
                    wide.append(box)
                elif len(box.lines) > 1 or box.leading > height:
                    height = max(height, self._need(box, number))
            heights.append(height)
        wide.sort(key=lambda box: box.end - box.row)
        for box in wide:
            _stretch(heights, box.row, box.end, self._need(box, box.row))
        return heights

    def _first_line(self, leading: float, row: int) -> float:
        """Height of the place of a box's first line: the row's least height, from one line to two."""
        return min(max(self._least[row], leading), 2 * leading)

    def _need(self, box: Box, row: int) -> float:
        """Height that the remaining lines of a box need from that row on."""
        count = len(box.lines) - box.done
        if count <= 0:
            return 0.0
        if box.cell.middle:
            return count * box.leading
        return self._first_line(box.leading, row) + (count - 1) * box.leading

    def height(self, start: int, end: int) -> float:
        """Of the rows from `start` up to `end`."""
        return sum(self.heights[start:end])

    def resume(self, row: int) -> None:
        """Make the rows from `row` high enough for what is left of the open boxes."""
        for box in self._open:
            if box.done < len(box.lines):
                _stretch(self.heights, row, box.end, self._need(box, row))

    def can_tear(self, row: int, part: float) -> bool:
        """Whether a page may end `part` below the top of this row, with lines above and lines below."""
        boxes = [box for box in self._open if box.end > row] + ([] if self._begun == row else self.boxes[row])
        return any(
            len(box.lines) - box.done > 1 and self._first_line(box.leading, row) <= part + _NEAR for box in boxes
        )

    def least_part(self, row: int) -> float:
        """The least part of this row that shows a line of each box."""
        return max((self._first_line(box.leading, row) for box in self.boxes[row]), default=self._leading)

    def draw(
        self, start: int, end: int, top: float, part: float | None = None, below_header: bool = False
    ) -> tuple[Drawing, float]:
        """Draw the rows from `start` up to `end`, and leave open what goes on below them.

        Args:
            part: the page ends so far below the top of the last row, which goes on; None: it ends below that row.
            below_header: the rule above the first row is there already.
        Returns:
            The drawing, and the height that the last row still needs: 0 unless it was torn with lines left to print.
        """
        tops = [top]
        for height in self.heights[start:end]:
            top += height
            tops.append(top)
        if part is not None:
            tops[-1] = tops[-2] + part
        pen = _Pen(self._edges, tops, self._joined)
        carried = []
        for row in range(start, end):
            boxes = self.boxes[row]
            if row == start:
                boxes = sorted(self._open + ([] if self._begun == row else boxes), key=lambda box: box.slot.col)
            y0 = tops[row - start]
            for box in boxes:
                stop = min(box.end, end)
                goes_on = box.end > end or (part is not None and box.end == end)
                pen.frame(box, row - start, stop - start)
                if box.lines:
                    self._write(pen.drawing, box, row, y0, tops[stop - start], goes_on)
                if goes_on:
                    carried.append(box)
        pen.finish(below_header)
        return pen.drawing, self._close(carried, end, part)

    def _close(self, carried: list[Box], end: int, part: float | None) -> float:
        """Note which boxes are open; how much of the last row, if torn, is left."""
        self._open = carried
        self._begun = -1
        if part is None:
            return 0.0
        left = [box for box in carried if box.done < len(box.lines)]
        need = max((self._need(box, end - 1) for box in left if box.end == end), default=0.0)
        if left:
            rest = self.heights[end - 1] - part
            need = max(need, rest, self._leading)
            self._begun = end - 1
        else:
            self._open = [box for box in carried if box.end > end]
        self.heights[end - 1] = need
        return need

    def _write(self, drawing: Drawing, box: Box, row: int, y0: float, y1: float, goes_on: bool) -> None:
        """Print the lines of a box, or as many as this page has room for."""
        font = box.font
        if box.is_plain and not goes_on and not box.done:
            _print(drawing, box.lines, y0 + self._baselines[row], font, box.leading)
            return
        lines = box.lines[box.done :]
        first = self._first_line(box.leading, row)
        if goes_on or not lines:
            room = int((y1 - y0 - first + _NEAR) / box.leading) + 1 if y1 - y0 > first - _NEAR else 0
            if lines:
                lines = lines[:room]
            elif box.cell.repeat:
                lines = box.slot.again(box.cell.text, room)
            else:
                return
        if goes_on and box.done < len(box.lines):
            box.done += len(lines)
        if box.cell.middle:
            y = y0 + (y1 - y0 - font.cap - (len(lines) - 1) * box.leading) / 2 + font.cap
        else:
            y = y0 + (first + max(font.cap, self._font.cap)) / 2
        _print(drawing, lines, y, font, box.leading)


def _print(drawing: Drawing, lines: tuple[Line, ...], y: float, font: Font, leading: float) -> None:
    """Place lines one below the other, the first one's baseline at `y`."""
    for x, text in lines:
        drawing.texts.append(Placed(x, y, text, font))
        y += leading


def _stretch(heights: list[float], start: int, end: int, need: float) -> None:
    """Make the rows from `start` up to `end` at least `need` high together, each by an equal share."""
    for height in heights[start:end]:
        need -= height
        if need <= _NEAR:
            return
    share = need / (end - start)
    for row in range(start, end):
        heights[row] += share


class _Pen:
    """Draws fills and frames of the boxes of a stretch; frames that touch become one rule."""

    def __init__(self, edges: Sequence[float], tops: list[float], joined: dict[tuple[Span, ...], list[Span]]) -> None:
        self.drawing = Drawing()
        self._edges = edges
        self._tops = tops
        self._joined = joined
        self._level: list[list[Span]] = [[] for _ in tops]
        columns = len(edges) - 1
        self._level[0].append((0, columns))
        self._level[-1].append((0, columns))
        self._from = [tops[0]] * len(edges)
        self._to = [tops[0]] * len(edges)
        self._to[0] = self._to[-1] = tops[-1]

    def frame(self, box: Box, first: int, last: int) -> None:
        """Frame and fill a box that shows in the rows from `first` up to `last` of the stretch."""
        slot = box.slot
        span = (slot.col, slot.end)
        self._level[first].append(span)
        self._level[last].append(span)
        y0 = self._tops[first]
        y1 = self._tops[last]
        if box.cell.fill is not None:
            self.drawing.fills.append(Fill(slot.x0, y0, slot.x1 - slot.x0, y1 - y0, box.cell.fill))
        to = self._to
        for edge in span:
            if y0 > to[edge]:
                self._upright(edge)
                self._from[edge] = y0
            if y1 > to[edge]:
                to[edge] = y1

    def _upright(self, edge: int) -> None:
        if self._to[edge] > self._from[edge]:
            x = self._edges[edge]
            self.drawing.rules.append(Rule(x, self._from[edge], x, self._to[edge]))

    def finish(self, below_header: bool) -> None:
        """Draw the rules that are left."""
        for edge in range(len(self._edges)):
            self._upright(edge)
        if below_header:
            self._level[0].clear()
        for y, spans in zip(self._tops, self._level, strict=True):
            key = tuple(spans)
            joined = self._joined.get(key)
            if joined is None:
                joined = self._joined[key] = _join(spans)
            for left, right in joined:
                self.drawing.rules.append(Rule(self._edges[left], y, self._edges[right], y))


def _join(spans: list[Span]) -> list[Span]:
    """Column ranges with those that touch or overlap made one, from the left."""
    joined: list[Span] = []
    for left, right in sorted(spans):
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined

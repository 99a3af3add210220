"""The grid of a table: how high its rows must be, and the drawing of any stretch of them.

Lengths are points. A *box* is a cell with its lines; a stretch of rows is what one page shows. A box through which a
page ends is *open*: its remaining lines go on, or its text is printed again, at the top of the next stretch.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.forms.parts import Align, Cell, Row, Table
from services.render import turned
from services.render.boxes import Box, FootedBox
from services.render.fonts import Font, face
from services.render.frames import Pen, Span
from services.render.sheets import MM, Drawing, Placed
from services.render.slots import Line, Slot

_NEAR: Final = 0.01
_DESCENDER: Final = 0.212
_AIR: Final = 0.5 * MM
"""Above the capitals and below the descenders of a cell, at least."""
_MOST_AGAIN: Final = 1 / 3
"""Rows grow to so much of a page for a text that is printed again; a longer one is shortened."""
_MOST_FOOT: Final = 4
"""A foot of more lines than this is no amount: it follows the text as a paragraph."""


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
        self._clear = (self._font.face.cap + 2 * _DESCENDER) / table.leading
        self._lowest = self._one_line(self._leading)
        self._open: list[Box] = []
        self._begun = -1
        self._joined: dict[tuple[Span, ...], list[Span]] = {}
        self._most_again = _MOST_AGAIN * tallest
        self._least = [min(row.height * MM, tallest) for row in rows]
        first = self._first_line
        self._baselines = [(first(self._leading, row) + self._font.cap) / 2 for row in range(len(rows))]
        self.boxes = self._boxes(rows)
        self.heights = self._heights()

    def _boxes(self, rows: Sequence[Row]) -> list[list[Box]]:
        slots: dict[tuple[object, ...], Slot] = {}
        count = len(rows)
        boxes = []
        for number, row in enumerate(rows):
            line = []
            for cell in row.cells:
                key = (cell.col, cell.cols, cell.bold, cell.align, cell.size, cell.italic, cell.hang)
                slot = slots.get(key) or self._slot(cell, cell.align, slots)
                end = min(number + max(cell.rows, 1), count)
                if cell.foot:
                    line.append(self._footed(cell, number, end, slots))
                else:
                    line.append(Box(cell, slot, number, end, self._table))
            boxes.append(line)
        return boxes

    def _footed(self, cell: Cell, row: int, end: int, slots: dict[tuple[object, ...], Slot]) -> Box:
        foot = self._slot(replace(cell, hang=0) if cell.hang else cell, "right", slots)
        slot = self._slot(cell, cell.align, slots)
        if cell.turned or len(foot.lines(cell.foot)[0]) > _MOST_FOOT:
            cell = replace(cell, text=f"{cell.text}\n{cell.foot}", foot="")
            return Box(cell, slot, row, end, self._table)
        return FootedBox(cell, slot, row, end, self._table, foot)

    def _slot(self, cell: Cell, align: Align, slots: dict[tuple[object, ...], Slot]) -> Slot:
        key = (cell.col, cell.cols, cell.bold, align, cell.size, cell.italic, cell.hang)
        slot = slots.get(key)
        if slot is None:
            slot = slots[key] = Slot(self._edges, cell, self._table, align)
        return slot

    def _heights(self) -> list[float]:
        heights = []
        wide = []
        for number, boxes in enumerate(self.boxes):
            height = self._least[number]
            for box in boxes:
                if box.is_empty:
                    continue
                if box.end > number + 1:
                    wide.append(box)
                elif len(box.lines) > 1 or height < self._lowest or not box.is_plain:
                    height = max(height, self._need(box, number))
            heights.append(height)
        wide.sort(key=lambda box: box.end - box.row)
        for box in wide:
            _stretch(heights, box.row, box.end, self._need(box, box.row))
        return heights

    def _first_line(self, leading: float, row: int) -> float:
        """Height of the place of a box's first line: the row's least height, from one line to two.

        The last line stands as far above the lower rule as the first one's capitals below the upper one, so one line
        is high enough that its descenders stay clear of that rule.
        """
        return max(min(max(self._least[row], self._one_line(leading)), 2 * leading), self._lowest)

    def _one_line(self, leading: float) -> float:
        """Least height of a row with a line of so much leading."""
        return max(leading, leading * self._clear + 2 * _AIR)

    def _need(self, box: Box, row: int) -> float:
        """Height that the remaining lines of a box need from that row on."""
        if box.cell.turned:
            return 0.0 if box.done else turned.height(box.cell.text, box.font, box.slot.x1 - box.slot.x0, box.leading)
        count = len(box.lines) - box.done
        foot = self._foot_height(box) if box.cell.repeat or not box.footed else 0.0
        if count <= 0:
            if not foot:
                return 0.0
            count = 1 if box.lines and box.cell.repeat else 0
        if box.cell.middle and not foot:
            return self._one_line(box.leading) + (count - 1) * box.leading
        return self._first_line(box.tallest, row) + (count - 1) * box.leading + foot

    def _foot_height(self, box: Box) -> float:
        if not isinstance(box, FootedBox):
            return 0.0
        return len(box.foot) * self._table.leading * box.foot_font.size

    def height(self, start: int, end: int) -> float:
        """Of the rows from `start` up to `end`."""
        return sum(self.heights[start:end])

    def resume(self, row: int) -> None:
        """Make the rows from `row` high enough for what is left of the open boxes, or for what they print again."""
        for box in self._open:
            if box.left or box.foot:
                _stretch(self.heights, row, box.end, self._need(box, row))
            if box.cell.repeat and box.done == len(box.lines) > 0 and not box.cell.turned:
                count = len(box.slot.again(box.cell.text, len(box.cell.text) + 1))
                again = self._first_line(box.tallest, row) + (count - 1) * box.leading + self._foot_height(box)
                if again <= self._most_again:
                    _stretch(self.heights, row, box.end, again)

    def can_tear(self, row: int, part: float) -> bool:
        """Whether a page may end `part` below the top of this row, with lines above and something below."""
        boxes = [box for box in self._open if box.end > row] + ([] if self._begun == row else self.boxes[row])
        return any(
            box.left > 1
            and len(box.lines) > box.done
            and not box.cell.turned
            and self._first_line(box.tallest, row) <= part + _NEAR
            for box in boxes
        )

    def lines_left(self, start: int, row: int) -> int:
        """How many lines are still to be printed of the boxes through this row, on pages from the row `start` on."""
        boxes = self._open + [box for line in self.boxes[start + (self._begun == start) : row + 1] for box in line]
        return sum(max(len(box.lines) - box.done, 0) for box in boxes if box.end > row)

    def least_part(self, row: int) -> float:
        """The least part of this row that shows a line of each box."""
        return max((self._first_line(box.tallest, row) for box in self.boxes[row]), default=self._leading)

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
        pen = Pen(self._edges, tops, self._joined)
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
                if not box.is_empty:
                    self._write(pen.drawing, box, row, y0, tops[stop - start], goes_on)
                if goes_on:
                    carried.append(box)
        if self._table.ruled:
            pen.finish(below_header)
        else:
            pen.drawing.rules.clear()
        return pen.drawing, self._close(carried, end, part)

    def _close(self, carried: list[Box], end: int, part: float | None) -> float:
        """Note which boxes are open; how much of the last row, if torn, is left."""
        self._open = carried
        self._begun = -1
        if part is None:
            return 0.0
        left = [box for box in carried if box.left]
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
        if box.cell.turned:
            self._write_turned(drawing, box, y0, y1, goes_on=goes_on)
            return
        lines = box.lines[box.done :]
        first = self._first_line(box.tallest, row)
        cap = max(font.cap, self._font.cap)
        if isinstance(box, FootedBox) and box.foot:
            y1 = self._write_foot(drawing, box, y1, first, room=y1 - y0, goes_on=goes_on)
        if goes_on or not lines:
            room = int((y1 - y0 - first + _NEAR) / box.leading) + 1 if y1 - y0 > first - _NEAR else 0
            if lines:
                lines = lines[:room]
            elif box.cell.repeat and box.lines:
                lines = box.slot.again(box.cell.text, room)
            else:
                return
        if goes_on and box.done < len(box.lines):
            box.done += len(lines)
        if box.cell.middle:
            y = y0 + (y1 - y0 - font.cap - (len(lines) - 1) * box.leading) / 2 + font.cap
        else:
            y = y0 + (first + cap) / 2
        _print(drawing, lines, y, font, box.leading)

    def _write_turned(self, drawing: Drawing, box: Box, y0: float, y1: float, *, goes_on: bool) -> None:
        """Print a text that runs upwards, on the first page that has room for it, and on all where it is repeated."""
        if (box.done and not box.cell.repeat) or (goes_on and y1 - y0 < self._need(box, box.row) / 2):
            return
        slot = box.slot
        across = (slot.x0, slot.x1)
        drawing.texts.extend(turned.texts(box.cell.text, box.font, across, (y0, y1), self._table.leading))
        if goes_on:
            box.done = len(box.lines)

    def _write_foot(
        self, drawing: Drawing, box: FootedBox, y1: float, first: float, *, room: float, goes_on: bool
    ) -> float:
        """Print the foot of a box: at its end, and where its text is printed again on each page with room for both.

        Returns:
            How far down the text above may reach.
        """
        height = self._foot_height(box)
        if goes_on and not (box.cell.repeat and room >= first + height - _NEAR):
            return y1
        box.footed = True
        font = box.foot_font
        leading = self._table.leading * font.size
        cap = max(font.cap, box.font.cap, self._font.cap)
        y = y1 - (first - cap) / 2 - (len(box.foot) - 1) * leading
        _print(drawing, box.foot, y, font, leading)
        return y1 - height


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

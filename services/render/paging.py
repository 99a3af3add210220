"""Tables on their way over the pages: blocks stay whole where they can."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from services.forms.parts import Row, Table
from services.render.grid import Grid
from services.render.narrowing import narrowed
from services.render.pages import NEAR, Pages
from services.render.paragraphs import one_line
from services.render.sheets import Drawing

_TALLEST_HEAD: Final = 0.5
"""Title and header are repeated on each page as long as they leave this share of it to the rows."""
_MOST_HELD: Final = 0.2
"""Of a page: rows of a block that stay with the totals and the signature below them."""
_HEADER_LEADING: Final = 1.1
_LONGEST_MARK: Final = 160


class TableFlow:
    """One table on its way over the pages."""

    def __init__(self, pages: Pages, table: Table, scale: float) -> None:
        """Measure the table; `scale` turns its millimetres of width into points."""
        self._pages = pages
        edges = [pages.left]
        for width in table.widths:
            edges.append(edges[-1] + width * scale)
        self._table = table = narrowed(table, edges)
        dense = replace(table, leading=min(table.leading, _HEADER_LEADING))
        self._header = Grid(dense, table.header, edges, pages.height)
        header = self._header.height(0, len(table.header))
        title = pages.heights(table.title)
        most = _TALLEST_HEAD * pages.height
        self._has_header = 0 < header <= most
        self._repeats = self._has_header and pages.page.repeat_header
        self._shows_title = table.repeat_title and self._repeats and header + title <= most
        self._head_height = (header if self._repeats else 0.0) + (title if self._shows_title else 0.0)
        self._first_head = title + (header if self._has_header else 0.0)
        self._head: list[Drawing] = []
        self._below_header = False
        rows, self._blocks = _rows(table, with_header=not self._has_header)
        self._bands = _bands(table, rows)
        self._band = next(self._bands, None)
        self._level = 1
        self._room = pages.height - self._head_height
        self._grid = Grid(table, rows, edges, self._room)
        self._begin = 0
        self._top = 0.0

    def start_height(self, tail: float) -> float:
        """What of the table must be together where it starts: title, header and the first block, or some rows of it."""
        start, end = self._blocks[0] if self._blocks else (0, 0)
        block = self._grid.height(start, end) + (tail if len(self._blocks) < 2 else 0.0)
        if self._first_head + block > self._pages.height:
            block = min(self._grid.height(start, min(start + 3, end)), self._pages.height / 4)
        return min(self._first_head + block, self._pages.height)

    def run(self, tail: float, level: int = 1) -> None:
        """Print the table.

        Args:
            tail: so much of height follows that must not stand on a page without a row of it.
            level: of the bookmarks of its rows that run over the full width.
        """
        self._level = level
        if tail > self._room - 2 * self._table.size:
            tail = 0.0
        if not self._pages.is_fresh and not self._pages.fits(self.start_height(tail)):
            self._pages.turn()
        self._start()
        for start, end in self._blocks:
            self._place(start, end, tail if end == self._blocks[-1][1] else 0.0)
        self._draw(self._blocks[-1][1] if self._blocks else 0, None)

    def _start(self) -> None:
        """Print title and header for the first time."""
        pages, table = self._pages, self._table
        fresh = pages.is_fresh
        sheet = pages.sheets[-1]
        begin = len(sheet.drawings)
        for text in table.title:
            pages.paragraph(text)
        if self._has_header:
            height = self._header.height(0, len(table.header))
            row = min(sum(self._grid.heights[:1]), pages.height / 4)
            if not pages.fits(height + row) and not pages.is_fresh:
                pages.turn()
            self._draw_header()
        if fresh and sheet is pages.sheets[-1] and (self._shows_title or not table.title) and self._repeats:
            self._head = sheet.drawings[begin:]
        self._below_header = self._has_header
        self._top = pages.y

    def _repeat_head(self) -> None:
        """Print title and header at the top of a page: drawn once, shown on all."""
        pages = self._pages
        self._below_header = self._repeats
        if not self._repeats:
            return
        if self._head:
            pages.sheets[-1].drawings.extend(self._head)
            pages.y = pages.top + self._head_height
            return
        if self._shows_title:
            for text in self._table.title:
                pages.paragraph(replace(text, level=0))
        self._draw_header()
        self._head = pages.sheets[-1].drawings[:]

    def _draw_header(self) -> None:
        rows = len(self._table.header)
        self._pages.put(self._header.draw(0, rows, self._pages.y)[0])
        self._pages.y += self._header.height(0, rows)

    def _draw(self, end: int, part: float | None) -> float:
        """Draw the rows of this page; returns what is left of the last one, see `Grid.draw`."""
        if end <= self._begin:
            return 0.0
        self._mark_bands(end)
        drawing, rest = self._grid.draw(self._begin, end, self._top, part, below_header=self._below_header)
        self._pages.put(drawing)
        return rest

    def _mark_bands(self, end: int) -> None:
        """Name the rows over the full width that this page shows in the bookmarks."""
        while self._band is not None and self._band[0] < end:
            row, title = self._band
            y = self._top + self._grid.height(self._begin, row)
            self._pages.mark(title, self._level, y, listed=False)
            self._band = next(self._bands, None)

    def _turn(self, row: int, part: float | None = None) -> None:
        """End the page above a row, or `part` below its top."""
        rest = self._draw(row if part is None else row + 1, part)
        self._pages.turn()
        self._repeat_head()
        self._begin = row if part is None or rest else row + 1
        self._top = self._pages.y
        self._grid.resume(self._begin)

    def _place(self, start: int, end: int, tail: float) -> None:
        """Place a block, whole where it fits on a page."""
        need = self._grid.height(start, end) + tail
        if not self._pages.fits(need) and self._begin < start and need <= self._room + NEAR:
            self._turn(start)
            need = self._grid.height(start, end) + tail
        if self._pages.fits(need):
            self._pages.y += need - tail
        else:
            self._split(start, end, tail)

    def _split(self, start: int, end: int, tail: float) -> None:
        """Place a block that does not fit on a page: row by row, the last ones together with what follows."""
        hold = self._hold(start, end, tail)
        for row in range(start, hold):
            self._place_row(row, 0.0)
        if hold == end:
            return
        need = self._grid.height(hold, end) + tail
        if not self._pages.fits(need) and self._begin < hold and need <= self._room + NEAR:
            self._turn(hold)
            need = self._grid.height(hold, end) + tail
        if self._pages.fits(need):
            self._pages.y += need - tail
            return
        for row in range(hold, end):
            keep = self._grid.height(row + 1, end) + tail
            self._place_row(row, keep if keep + 2 * self._table.size <= self._room else 0.0)

    def _hold(self, start: int, end: int, tail: float) -> int:
        """The first of the rows that stay with the totals and with what follows.

        Up to half of the block, and to a share of the page: where they turn it, no more of it stays empty.
        """
        totals = len(self._table.total) if end == self._blocks[-1][1] else 0
        if not totals and not tail:
            return end
        hold = max(end - totals - 1, start)
        need = self._grid.height(hold, end) + tail
        held = self._grid.height(hold, end - totals)
        while 2 * hold > start + end and need + self._grid.heights[hold - 1] <= self._room:
            held += self._grid.heights[hold - 1]
            if held > _MOST_HELD * self._room:
                break
            hold -= 1
            need += self._grid.heights[hold]
        return hold

    def _place_row(self, row: int, keep: float) -> None:
        """Place one row, torn between its lines if it must be; `keep` is the height that has to follow on its page.

        This ends: a page is begun with the row at its top once, and each page after that takes at least one more of
        its lines, which `Grid.lines_left` counts. What cannot be torn is placed as it is, on all of its page at most:
        a share of a merged cell that has been printed meanwhile is not needed any more.
        """
        pages, grid = self._pages, self._grid
        turns = 0 if pages.fits(grid.heights[row] + keep) else grid.lines_left(self._begin, row) + 2
        for _ in range(turns):
            height = grid.heights[row]
            if pages.fits(height + keep):
                break
            room = pages.bottom - pages.y
            few = min(room, height / 2) < grid.least_part(row) + 2 * self._table.size
            if self._begin < row and (height + keep <= self._room + NEAR or few):
                self._turn(row)
                continue
            part = room
            if pages.fits(height):
                part = min(room, max(height / 2, height + keep - self._room, grid.least_part(row)))
            if part < height - NEAR and grid.can_tear(row, part):
                self._turn(row, part)
                if self._begin > row:
                    return
            elif self._begin < row or self._top > pages.top + self._head_height + NEAR:
                self._turn(row)
            else:
                break
        if not pages.fits(grid.heights[row]):
            grid.heights[row] = pages.bottom - pages.y
        pages.y += grid.heights[row]


def _rows(table: Table, with_header: bool) -> tuple[list[Row], list[tuple[int, int]]]:
    """All rows below the header, and which of them stay together.

    A block of nothing but a line over the full width is a heading and stays with the block below it; the totals stay
    with the last block.
    """
    rows: list[Row] = []
    blocks: list[tuple[int, int]] = []
    start = 0
    for block in (table.header if with_header else (), *table.body):
        rows.extend(block)
        if len(rows) > start and not _is_heading(block, len(table.widths)):
            blocks.append((start, len(rows)))
            start = len(rows)
    rows.extend(table.total)
    if len(rows) > start:
        if blocks:
            start = blocks.pop()[0]
        blocks.append((start, len(rows)))
    return rows, blocks


def _is_heading(block: Sequence[Row], columns: int) -> bool:
    return columns > 1 and len(block) == 1 and [cell.cols for cell in block[0].cells] == [columns]


def _bands(table: Table, rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """The rows of the body that are one cell over the full width, and what they say."""
    columns = len(table.widths)
    for number, row in enumerate(rows[: len(rows) - len(table.total)] if columns > 1 else ()):
        if len(row.cells) == 1 and row.cells[0].cols == columns and row.cells[0].rows == 1:
            title = one_line(row.cells[0].text)
            yield number, title if len(title) <= _LONGEST_MARK else f"{title[: _LONGEST_MARK - 1]}…"

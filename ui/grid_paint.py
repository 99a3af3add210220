"""How the cells of a grid's half are painted: only those in sight, fills and text, their lines, the frame on top.

One call paints all cells; one call of a delegate for each cell takes four times as long.
"""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygon

from services.month_grid import FIRST_MONTH, FIRST_QUARTER, JUMLAH, SATUAN, SELISIH, SETAHUN, URAIAN, Line, Shown
from ui.colours import Colours, colours
from ui.fonts import SMALL, ui_font
from ui.grid_cursor import Block
from ui.icons import icon
from ui.marks import paint_mark
from ui.tree_delegate import LINE, ROW, two_lines

if TYPE_CHECKING:
    from ui.grid_table import GridTable

PADDING, INDENT = 6, 16
WIDEST = 8
"""Pixels that a digit or letter of a cell takes at most; a text that is shorter by this count is not measured."""
BADGE = 28
"""Pixels behind a name for the mark and the number of what has been found."""
HANDLE = 7
CORNER = 7
_THIN = 0.28
"""How much of a soft colour is left on a dark ground."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine)


class _Column(NamedTuple):
    column: int
    left: int
    width: int


def is_bold(line: Line) -> bool:
    """Sums, and the cash lines at the top."""
    return line.kind == "jumlah" or (line.kind == "kas" and not line.depth)


def soft(colour: str) -> QColor:
    """The ground of a predicate: its soft colour, on dark a shade of it that leaves the text bright."""
    c, full = colours(), QColor(colour)
    if not c.dark:
        return full
    over = QColor(full)
    over.setAlphaF(_THIN)
    return over


def name_left(line: Line) -> int:
    """Pixels before a name: its depth, and room for the arrow that folds."""
    return PADDING + INDENT * (line.depth + 1)


class GridPainter:
    """`branch`: the row id that the tree has chosen; its line is tinted in the frozen columns."""

    def __init__(self) -> None:
        self._plain, self._bold, self._small = ui_font(), ui_font(semibold=True), ui_font(SMALL)
        self._metrics = {False: QFontMetrics(self._plain), True: QFontMetrics(self._bold)}
        self._names: dict[tuple[str, int, bool], list[str]] = {}
        self._elided: dict[tuple[str, int], str] = {}
        self.branch: str | None = None

    def name_lines(self, text: str, width: int, *, bold: bool) -> list[str]:
        """A name in one or two lines of so many pixels."""
        key = text, width, bold
        lines = self._names.get(key)
        if lines is None:
            lines = self._names[key] = two_lines(text, self._metrics[bold], width)
        return lines

    def paint(self, painter: QPainter, table: "GridTable", area: QRect) -> None:
        """The cells of a half that lie in an area of its viewport."""
        c, model, view = colours(), table.grid_model, table.pane
        painter.fillRect(area, c.base)
        columns = [
            _Column(column, left, width)
            for column in table.shown_columns()
            if (left := table.columnViewportPosition(column)) <= area.right()
            and left + (width := table.columnWidth(column)) > area.left()
        ]
        first, last = table.rowAt(max(area.top(), 0)), table.rowAt(area.bottom())
        last = model.rowCount() - 1 if last < 0 else last
        if first >= 0 and columns:
            block, caret = view.grid_cursor.block, view.grid_cursor.caret
            bottom = 0
            for row in range(first, last + 1):
                box = QRect(0, table.rowViewportPosition(row), 0, table.rowHeight(row))
                self._paint_row(painter, table, row, box, columns, c, block, caret)
                bottom = box.bottom()
            painter.setPen(c.grid_line)
            for column in columns:
                right = column.left + column.width - 1
                painter.drawLine(right, area.top(), right, min(bottom, area.bottom()))
        self._paint_frame(painter, table, c)

    def _paint_row(
        self,
        painter: QPainter,
        table: "GridTable",
        row: int,
        box: QRect,
        columns: list[_Column],
        c: Colours,
        block: Block | None,
        caret: tuple[int, int] | None,
    ) -> None:
        line, shown = table.grid_model.line(row), table.grid_model.shown(row)
        top, height = box.top(), box.height()
        sums, context = line.kind == "jumlah", table.grid_model.is_context(row)
        locked, aside = table.grid_model.locked, line.face == "realisasi"
        year = JUMLAH if aside and line.kind == "target" else None
        tinted = line.row_id == self.branch and not sums
        in_rows = block is not None and block.top <= row <= block.bottom and not block.single
        for column, left, width in columns:
            level = shown.marks[column]
            if in_rows and block is not None and block.left <= column <= block.right and (row, column) != caret:
                ground: QColor = c.selected_cells
            elif level in ("galat", "peringatan") and column != URAIAN:
                ground = c.level_ground(level)
            elif column in shown.beside.grounds:
                ground = soft(shown.beside.grounds[column])
            elif sums or column in locked or column in shown.beside.shut:
                ground = c.rollup
            elif tinted and column <= SETAHUN:
                ground = c.selection_inactive
            else:
                ground = c.alternate if column >= FIRST_QUARTER and column != year else c.base
            if ground is not c.base:
                painter.fillRect(left, top, width, height, ground)
        painter.setPen(c.grid_line)
        painter.drawLine(columns[0].left, top + height - 1, columns[-1].left + columns[-1].width, top + height - 1)
        for column, left, width in columns:
            level, text = shown.marks[column], shown.texts[column]
            if column == URAIAN:
                self._paint_name(painter, table, QRect(left, top, width, height), row, line, shown)
                continue
            if level is not None:
                paint_mark(painter, QRect(left + 2, top + 3, 8, 8), level)
            if column in shown.beside.noted:
                self._paint_corner(painter, left + width - 1, top, c.accent)
            if text:
                grey = aside and column in (SATUAN, SETAHUN, SELISIH)
                painter.setPen(c.muted if grey else c.rollup_text if (sums and column > SATUAN) or context else c.text)
                painter.setFont(self._bold if sums and column == SATUAN else self._plain)
                room = width - 2 * PADDING
                if len(text) * WIDEST > room:
                    text = self._fitted(text, room + 4)
                flags = _LEFT if column == SATUAN else _RIGHT
                painter.drawText(left + PADDING, top + 4, room, LINE, flags, text)

    def _paint_corner(self, painter: QPainter, right: int, top: int, colour: QColor) -> None:
        """The mark of a note, as in a spreadsheet: a triangle in the upper right corner of the cell."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygon([QPoint(right - CORNER, top), QPoint(right, top), QPoint(right, top + CORNER)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _fitted(self, text: str, width: int) -> str:
        key = text, width
        short = self._elided.get(key)
        if short is None:
            short = self._metrics[False].elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided[key] = short
        return short

    def _paint_name(
        self, painter: QPainter, table: "GridTable", box: QRect, row: int, line: Line, shown: Shown
    ) -> None:
        c, bold = colours(), is_bold(line)
        folded = table.grid_model.folded(row)
        left = box.left() + name_left(line)
        if folded is not None:
            picture = icon("chevron-right" if folded else "chevron-down", role="muted")
            picture.paint(painter, QRect(QPoint(left - INDENT, box.top() + 5), QSize(14, 14)))
        away = table.pane.out_of_sight(shown)
        width = box.right() - PADDING - left - (BADGE if away or table.pane.rows.has_findings(line) else 0)
        painter.setFont(self._bold if bold else self._plain)
        painter.setPen(c.rollup_text if table.grid_model.is_context(row) else c.text)
        lines = self.name_lines(shown.texts[URAIAN], width, bold=bold)
        if len(lines) > 1 and box.height() < ROW + LINE:
            lines = [self._metrics[bold].elidedText(shown.texts[URAIAN], Qt.TextElideMode.ElideRight, width)]
        for i, part in enumerate(lines):
            painter.drawText(left, box.top() + 4 + i * LINE, width + 4, LINE, _LEFT, part)
        if away:
            level, count = away
            painter.setFont(self._small)
            painter.setPen(c.level(level))
            painter.drawText(box.right() - 14, box.top() + 4, 10, LINE, _RIGHT, str(count))
            paint_mark(painter, QRect(box.right() - BADGE, box.top() + 6, 12, 12), level)

    def _paint_frame(self, painter: QPainter, table: "GridTable", c: Colours) -> None:
        """The frame of the selection with its handle, and what the handle is being dragged over."""
        view = table.pane
        block = view.grid_cursor.block
        if block is None or not table.grid_model.rowCount():
            return
        rect = table.block_rect(block)
        if rect is not None:
            left, right = table.holds(block.left), table.holds(block.right)
            painter.fillRect(rect.left(), rect.top(), rect.width(), 2, c.accent)
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, c.accent)
            if left:
                painter.fillRect(rect.left(), rect.top(), 2, rect.height(), c.accent)
            if right:
                painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), c.accent)
                handle = table.handle_rect()
                if handle is not None:
                    painter.fillRect(handle.adjusted(-1, -1, 0, 0), c.base)
                    painter.fillRect(handle, c.accent)
        over = table.block_rect(view.filling) if view.filling is not None else None
        if over is not None:
            painter.setPen(QPen(c.accent, 1, Qt.PenStyle.DashLine))
            painter.drawRect(over.adjusted(0, 0, -1, -1))


def out_of_sight(shown: Shown, seen: frozenset[int]) -> tuple[str, int] | None:
    """(worst level, number of rules) of what was found in months that are not in sight, or at the name itself."""
    away = [
        level
        for level, columns in shown.rules
        if any(column == URAIAN or (column >= FIRST_MONTH and column not in seen) for column in columns)
    ]
    return (away[0], len(away)) if away else None

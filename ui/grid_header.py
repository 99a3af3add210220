"""The head of a half of the grid: a click selects the column, the arrow sorts, the right button filters."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView

from services.month_grid import SATUAN
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.grid_paint import PADDING
from ui.icons import icon
from ui.tree_delegate import ROW

if TYPE_CHECKING:
    from ui.grid_table import GridTable

GRIP = 4
_GONE = (QEvent.Type.Leave, QEvent.Type.HoverLeave, QEvent.Type.Hide)
ARROW = 12


class GridHeader(QHeaderView):
    """Sorting and filtering are asked of the grid."""

    def __init__(self, table: "GridTable") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._over = -1
        self._from: int | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(32)
        self.setFixedHeight(ROW)
        self.setMouseTracking(True)

    def arrow_rect(self, column: int) -> QRect:
        """Where the little arrow of a column stands: across from its words."""
        left, width = self.sectionViewportPosition(column), self.sectionSize(column)
        at = left + width - ARROW - 6 if column <= SATUAN else left + 4
        return QRect(at, (self.height() - ARROW) // 2, ARROW, ARROW)

    def funnel_rect(self, column: int) -> QRect:
        """Where the funnel of a filtered column stands, beside the arrow."""
        return self.arrow_rect(column).translated(-ARROW - 2 if column <= SATUAN else ARROW + 2, 0)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        """By ourselves: Qt asks for the flags of every row to know whether a whole column is selected."""
        c, block, how = colours(), self._table.pane.grid_cursor.block, self._table.grid_model.arrangement
        chosen = block is not None and block.left <= column <= block.right
        painter.fillRect(rect, c.selection if chosen else c.window)
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), c.grid_line)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), c.pane_edge)
        painter.setFont(ui_font(SMALL, semibold=chosen))
        painter.setPen(c.text if chosen else c.muted)
        words = str(self._table.grid_model.headerData(column, Qt.Orientation.Horizontal))
        side = Qt.AlignmentFlag.AlignLeft if column <= SATUAN else Qt.AlignmentFlag.AlignRight
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 4)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, words)
        if column in self._table.grid_model.locked:
            width = painter.fontMetrics().horizontalAdvance(words)
            at = QPoint(rect.right() - PADDING - width - ARROW - 4, rect.top() + (rect.height() - ARROW) // 2)
            icon("lock", role="muted").paint(painter, QRect(at, QSize(ARROW, ARROW)))
        sorted_here = how.sort is not None and how.sort[0] == column
        if sorted_here or column == self._over:
            down = not sorted_here or bool(how.sort and how.sort[1])
            picture = icon("chevron-down" if down else "chevron-up", accent=sorted_here, role="muted")
            picture.paint(painter, self.arrow_rect(column))
        if self._is_filtered(column):
            icon("filter", accent=True).paint(painter, self.funnel_rect(column))

    def sectionSizeFromContents(self, column: int) -> QSize:
        return QSize(48, ROW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        column = self.logicalIndexAt(position)
        if event.button() != Qt.MouseButton.LeftButton or column < 0 or self._on_grip(position):
            super().mousePressEvent(event)
        elif self.arrow_rect(column).adjusted(-3, -6, 3, 6).contains(position):
            self._table.pane.cycle_sort(column)
        elif self._is_filtered(column) and self.funnel_rect(column).contains(position):
            self._table.pane.show_filter(column)
        else:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._from = self._table.pane.select_column(column, extend=extend)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        if self._from is not None:
            cell = self._table.pane.cell_at(self.mapToGlobal(position))
            if cell is not None:
                self._table.pane.select_column(cell[1], since=self._from)
            return
        self._hover(self.logicalIndexAt(position))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            super().mouseReleaseEvent(event)
            self._table.pane.columns.remember()
        self._from = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.logicalIndexAt(event.pos())
        if column >= 0:
            self._table.pane.show_filter(column)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The mouse is gone also where a menu or another window has taken it without a word to the header."""
        if event.type() in _GONE:
            self._hover(-1)
        return bool(super().viewportEvent(event))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            self._hover(-1)
        return bool(super().event(event))

    def _hover(self, column: int) -> None:
        if column != self._over:
            self._over = column
            self.viewport().update()

    def _is_filtered(self, column: int) -> bool:
        return any(condition.column == column for condition in self._table.grid_model.arrangement.conditions)

    def _on_grip(self, position: QPoint) -> bool:
        """Whether a position is at an edge that can be dragged."""
        column = self.logicalIndexAt(position)
        left = self.sectionViewportPosition(column)
        columns = self._table.shown_columns()
        first = bool(columns) and column == columns[0]
        return left + self.sectionSize(column) - position.x() <= GRIP or (position.x() - left < GRIP and not first)

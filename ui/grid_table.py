"""One half of the grid: a table view that paints itself, and hands keys and mouse to the grid as a whole."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from services.month_grid import URAIAN
from ui.grid_cursor import Block
from ui.grid_delegate import CellEditor, GridDelegate, Index
from ui.grid_header import GridHeader
from ui.grid_model import Cell, GridModel
from ui.grid_paint import HANDLE, INDENT, name_left
from ui.proxy_style import plain_fusion
from ui.tree_delegate import ROW

if TYPE_CHECKING:
    from ui.grid_view import GridView

_Standard = QKeySequence.StandardKey
_SEQUENCES = (_Standard.Copy, _Standard.Cut, _Standard.Paste, _Standard.SelectAll, _Standard.Delete)
_CONTROL_KEYS = frozenset({Qt.Key.Key_D, Qt.Key.Key_R, Qt.Key.Key_H, Qt.Key.Key_B})


class GridTable(QTableView):
    """`frozen`: the half on the left."""

    def __init__(self, pane: "GridView", model: GridModel, *, frozen: bool, name: str) -> None:
        super().__init__(pane)
        self.pane = pane
        self.grid_model = model
        self._frozen = frozen
        self.setAccessibleName(name)
        self.setStyle(plain_fusion())
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self.setMinimumHeight(2 * ROW)
        self.setMouseTracking(True)
        self.setHorizontalHeader(GridHeader(self))
        self.setModel(model)
        self.setSelectionModel(pane.grid_cursor.selection)
        self.delegate = GridDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def holds(self, column: int) -> bool:
        """Whether a column belongs to this half."""
        return self.pane.table_of(column) is self

    def shown_columns(self) -> list[int]:
        """The columns of this half that are not hidden."""
        return [column for column in self.pane.grid_cursor.columns if self.holds(column)]

    def block_rect(self, block: Block) -> QRect | None:
        """The part of a block that lies in this half, in its viewport."""
        columns = [column for column in self.shown_columns() if block.left <= column <= block.right]
        if not columns:
            return None
        left = self.columnViewportPosition(columns[0])
        right = self.columnViewportPosition(columns[-1]) + self.columnWidth(columns[-1])
        top = self.rowViewportPosition(block.top)
        bottom = self.rowViewportPosition(block.bottom) + self.rowHeight(block.bottom)
        return QRect(left, top, right - left, bottom - top)

    def handle_rect(self) -> QRect | None:
        """The square at the corner of the selection, in the half that has its right edge."""
        block = self.pane.grid_cursor.block
        if block is None or not self.holds(block.right) or self.grid_model.session.read_only:
            return None
        rect = self.block_rect(block)
        return (
            None if rect is None else QRect(rect.right() - HANDLE // 2 - 2, rect.bottom() - HANDLE // 2, HANDLE, HANDLE)
        )

    def open_editor(self, cell: Cell, text: str | None) -> None:
        """Edit a cell: its text with the caret behind it, or `text` in its place."""
        index = self.grid_model.index(*cell)
        self.edit(index)
        editor = self.indexWidget(index)
        if isinstance(editor, CellEditor):
            editor.entering = text is not None
            editor.setText(editor.text() if text is None else text)
            editor.deselect()
            editor.end(False)
            if text:
                # setText says nothing to the completer, typing does.
                editor.setModified(True)

    def editor(self) -> CellEditor | None:
        """The open editor."""
        if self.state() != QAbstractItemView.State.EditingState:
            return None
        found = self.indexWidget(self.currentIndex())
        return found if isinstance(found, CellEditor) else None

    def sizeHintForColumn(self, column: int) -> int:
        return self.pane.rows.width_of(column)

    def event(self, event: QEvent) -> bool:
        """The grid's own keys come here even where a menu has the same one."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.editor() is None:
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if any(event.matches(s) for s in _SEQUENCES) or (control and Qt.Key(event.key()) in _CONTROL_KEYS):
                event.accept()
                return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editor() is not None or self.pane.keys.press(event):
            event.accept()
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        held = editor.hasFocus()
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if held:
            self.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pane.mouse.press(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pane.mouse.move(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pane.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pane.mouse.double_click(self, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.pane.show_menu(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self.pane.painter.paint(painter, self, event.rect())
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self.pane.rows.fit()
        return bool(super().viewportEvent(event))

    def fold_at(self, position: QPoint) -> int | None:
        """The row whose arrow lies at a position of the viewport."""
        row, column = self.rowAt(position.y()), self.columnAt(position.x())
        if row < 0 or column != URAIAN or self.grid_model.folded(row) is None:
            return None
        right = self.columnViewportPosition(URAIAN) + name_left(self.grid_model.line(row))
        return row if right - INDENT - 2 <= position.x() <= right else None

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Only the rows in sight are painted anew; an open editor keeps what is being typed."""
        top = self.rowViewportPosition(first.row())
        bottom = self.rowViewportPosition(last.row()) + self.rowHeight(last.row())
        self.viewport().update(QRect(0, top, self.viewport().width(), bottom - top))

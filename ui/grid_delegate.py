"""The editor of a cell: typing goes in, arrows and Enter take it out; what a cell cannot take stays in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from models.errors import PlanError
from services.grid_units import units
from services.month_grid import SATUAN
from ui.fonts import ui_font
from ui.grid_shortcuts import holds_back
from ui.tree_delegate import ROW

if TYPE_CHECKING:
    from ui.grid_table import GridTable

Index = QModelIndex | QPersistentModelIndex
_Key = Qt.Key
_ARROWS = {_Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1), _Key.Key_Up: (-1, 0), _Key.Key_Down: (1, 0)}
_WHERE_PAINTED = (2, 1, 0, 0)
"""Margins with which the text being typed stands where the cell paints it."""
_ENTERS = (_Key.Key_Return, _Key.Key_Enter)


class CellEditor(QLineEdit):
    """`entering`: typing began it, so that arrows leave the cell; after F2 they move in the text."""

    entering = False


class GridDelegate(QStyledItemDelegate):
    """Editors of one half of the grid."""

    def __init__(self, table: "GridTable") -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CellEditor(parent)
        editor.setFrame(False)
        editor.setFont(ui_font())
        editor.setMaxLength(8000)
        editor.setAccessibleName(str(self._table.grid_model.headerData(index.column(), Qt.Orientation.Horizontal)))
        left = index.column() <= SATUAN
        editor.setAlignment(
            (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignTop
        )
        editor.setTextMargins(*_WHERE_PAINTED)
        if index.column() == SATUAN:
            session = self._table.grid_model.session
            completer = QCompleter(units(session.plan, session.dokumen_id), editor)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            editor.setCompleter(completer)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The whole cell within its frame, so that nothing of the old text looks out below."""
        editor.setGeometry(option.rect.adjusted(2, 2, -2, -2))  # type: ignore[attr-defined]

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, CellEditor):
            if holds_back(editor, event, lambda: self.commit(editor), self._table.grid_model.remark):
                return True
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._on_key(editor, event) or super().eventFilter(editor, event)
            if event.type() == QEvent.Type.FocusOut and self.refused(editor):
                return False
        return super().eventFilter(editor, event)

    def commit(self, editor: CellEditor, after: Callable[[], object] | None = None) -> bool:
        """Take the text over and close the editor; False where the cell refuses it, and the editor stays."""
        if self.refused(editor):
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if after is not None:
            after()
        return True

    def refused(self, editor: CellEditor) -> bool:
        """Whether the cell cannot take the text; why is said beside it and in the status line."""
        model, index = self._table.grid_model, self._table.currentIndex()
        if not index.isValid() or editor.text() == index.data():
            return False
        try:
            model.typed(index.row(), index.column(), editor.text())
        except PlanError as error:
            QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), str(error), editor)
            model.remark(str(error))
            return True
        return False

    def _on_key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        key, pane = Qt.Key(event.key()), self._table.pane
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _ENTERS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._fill_selection(editor)
        elif key in _ENTERS:
            self.commit(editor, lambda: pane.step(-1 if back else 1, 0))
        elif key in (_Key.Key_Tab, _Key.Key_Backtab):
            self.commit(editor, lambda: pane.step(0, -1 if key == _Key.Key_Backtab or back else 1))
        elif key in _ARROWS and plain and editor.entering:
            self.commit(editor, lambda: pane.advance(*_ARROWS[key]))
        elif key == _Key.Key_F2:
            editor.entering = not editor.entering
        else:
            return False
        return True

    def _fill_selection(self, editor: CellEditor) -> None:
        """Ctrl+Enter: the text goes into all selected cells."""
        if not self.refused(editor):
            text = editor.text()
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self._table.pane.commands.type_all(text)

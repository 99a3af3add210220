"""A cell of a table that is filled from a list, or typed where that is allowed."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex


class ChoicesDelegate(QStyledItemDelegate):
    """`choices(row)` are the entries; `free`: any other text may be typed."""

    def __init__(self, choices: Callable[[int], list[str]], *, free: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._choices, self._free = choices, free

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QComboBox(parent)
        box.setEditable(self._free)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        if self._free:
            box.setCompleter(None)  # type: ignore[arg-type]
        box.addItems(self._choices(index.row()))
        box.activated.connect(lambda: self._store(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        if self._free:
            editor.setEditText(index.data() or "")
        else:
            editor.setCurrentText(index.data() or editor.itemText(0))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentText())

    def _store(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

"""What differs between two states of a plan, as a tree: branches, and below each its rows with old value and new."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeView

from services.differences import ADDED, Group, Line
from ui.backups_rows import PAD, RowDelegate
from ui.colours import colours
from ui.fonts import ui_font
from ui.list_rows import LEFT, Index, paint_ground, write
from ui.proxy_style import plain_fusion

PLACE, WHAT, OLD, NEW = range(4)
INDENT = 16
LEAST, SHARE = 104, 5
"""Pixels of a column of values, and which part of the width it gets."""
FEW = 12
"""So many branches are shown unfolded when they come."""
_TOP = 0


class DifferencesModel(QAbstractItemModel):
    """Branches and their lines; nothing is made of them before it is shown."""

    def __init__(self, old: str, new: str, parent: QObject | None = None) -> None:
        """`old`, `new`: what the two states are called."""
        super().__init__(parent)
        self._headers: tuple[str, ...] = ("Tempat", "Isian", old, new)
        self._groups: Sequence[Group] = ()

    def set_names(self, old: str, new: str) -> None:
        """Call the two states something else."""
        self._headers = (*self._headers[:OLD], old, new)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, OLD, NEW)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show other differences."""
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()

    def line(self, index: Index) -> Line | None:
        """The line of a row below a branch."""
        above = index.internalId()
        return self._groups[above - 1].lines[index.row()] if index.isValid() and above else None

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own default
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override] # noqa: B008
        above = index.internalId() if index.isValid() else _TOP
        return self.createIndex(above - 1, 0, _TOP) if above else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != _TOP or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()].lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        texts = _texts(line) if line is not None else _head(self._groups[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if index.column() == PLACE and self._is_repeated(index) else texts[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(text for text in texts if text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if line is not None:
                where, what, old, new = texts
                return f"{where}, {what}, {self._headers[OLD]} {old}, {self._headers[NEW]} {new}"
            return f"{texts[PLACE]}, {texts[WHAT]}"
        return None

    def _is_repeated(self, index: Index) -> bool:
        """Whether the row above is about the same place."""
        above = self.line(index.sibling(index.row() - 1, PLACE)) if index.row() else None
        line = self.line(index)
        return line is not None and above is not None and line.where == above.where


class DifferencesView(QTreeView):
    """Column widths follow the width of the view; the values share what the names leave."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__()
        self.differences = DifferencesModel(old, new, self)
        self.setModel(self.differences)
        self.setStyle(plain_fusion())
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("Perbedaan")
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setDefaultAlignment(LEFT)
        for column, mode in ((PLACE, "Stretch"), (WHAT, "Interactive"), (OLD, "Interactive"), (NEW, "Interactive")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in (WHAT, OLD, NEW):
            self.setColumnWidth(column, max(LEAST, self.viewport().width() // SHARE))

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show other differences; where there are few, unfolded."""
        self.differences.show_groups(groups)
        if len(groups) <= FEW:
            self.expandAll()
        if groups:
            self.setCurrentIndex(self.differences.index(0, 0))


def _head(group: Group) -> tuple[str, str, str, str]:
    return group.name, group.counts, "", ""


def _texts(line: Line) -> tuple[str, str, str, str]:
    if line.old or line.new:
        return line.where, line.what, line.old, line.new
    there, gone = "ada", "tidak ada"
    old, new = (gone, there) if line.how == ADDED else (there, gone)
    return line.where, line.what, old, new


class _Delegate(RowDelegate):
    """Branches semibold, their counts over the width of the values; the old value muted."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        c, column, top = colours(), index.column(), not index.parent().isValid()
        paint_ground(painter, option, 0 if column == PLACE else rect.left())
        if top and column > WHAT:
            return
        if top and column == WHAT:
            view: Any = option.widget  # type: ignore[attr-defined]
            rect = QRect(rect)
            rect.setRight(view.viewport().width() if view is not None else rect.right())
            painter.setClipping(False)
        colour = c.muted if (top and column == WHAT) or column == OLD else c.text
        font = ui_font(semibold=top and column == PLACE)
        write(painter, rect.adjusted(PAD, 0, -PAD, 0), index.data() or "", colour, font)

"""The tree of sections: bab, subbab and below; keys that change the plan go out as requests."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from services.narasi.sections import Section
from ui import roles
from ui.colours import colours
from ui.indicators import paint_chevron
from ui.proxy_style import plain_fusion
from ui.tree_delegate import TreeDelegate

UNTITLED = "Tanpa judul"
LEVEL_NAMES = ("Bab", "Subbab", "Anak subbab")
Index = QModelIndex | QPersistentModelIndex


class SectionModel(QStandardItemModel):
    """`renamed(id, title)`: what was typed in place; the item follows when the plan has changed."""

    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QStandardItem] = {}
        self._shape: list[tuple[str, int]] = []

    def show_sections(self, sections: Sequence[Section]) -> bool:
        """Take over the sections; True where the tree had to be built anew."""
        shape = [(section.row.id, section.level) for section in sections]
        anew = shape != self._shape
        if anew:
            self.clear()
            self._items.clear()
            self._shape = shape
            self._build(sections)
        for section in sections:
            item = self._items[section.row.id]
            text = section.title or UNTITLED
            if item.text() != text or anew:
                name = LEVEL_NAMES[section.level - 1]
                item.setText(text)
                item.setData(section.title, Qt.ItemDataRole.UserRole)
                item.setToolTip(f"{name}: {text}")
                item.setData(f"{name} {text}", Qt.ItemDataRole.AccessibleTextRole)
                item.setData("narasi" if section.title else None, roles.KIND)
        return anew

    def index_of(self, section_id: str) -> QModelIndex:
        """Where a section stands; invalid if it does not."""
        item = self._items.get(section_id)
        return item.index() if item is not None else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole:
            return super().data(index, Qt.ItemDataRole.UserRole)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return super().setData(index, value, role)
        self.renamed.emit(index.data(roles.ROW_ID), str(value))
        return True

    def _build(self, sections: Sequence[Section]) -> None:
        above: list[tuple[int, QStandardItem]] = []
        for section in sections:
            item = QStandardItem()
            item.setData(section.row.id, roles.ROW_ID)
            while above and above[-1][0] >= section.level:
                above.pop()
            (above[-1][1] if above else self.invisibleRootItem()).appendRow(item)
            above.append((section.level, item))
            self._items[section.row.id] = item


class NarasiTree(QTreeView):
    """`chosen(id)` says which section is current; it stays so when the sections change around it."""

    chosen = Signal(str)
    insert_requested = Signal()
    delete_requested = Signal()
    move_requested = Signal(int)
    shift_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Bagian naskah")
        self.setStyle(plain_fusion())
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setItemDelegate(TreeDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections = SectionModel(self)
        self.setModel(self.sections)
        self._closed: set[str] = set()
        self._current, self._building = "", False
        self._order: list[str] = []
        self.expanded.connect(lambda index: self._remember(index, closed=False))
        self.collapsed.connect(lambda index: self._remember(index, closed=True))

    def current_id(self) -> str:
        """The section that the caret is on, or ""."""
        return str(self.currentIndex().data(roles.ROW_ID) or "")

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Take over the sections; the caret stays on its section, or goes to the one that stands in its place."""
        row = next((i for i, there in enumerate(self._order) if there == self._current), 0)
        self._order = [section.row.id for section in sections]
        self._building = True
        anew = self.sections.show_sections(sections)
        if anew:
            self.expandAll()
            for section_id in self._closed:
                self.setExpanded(self.sections.index_of(section_id), False)
        self._building = False
        if anew and not self.select(self._current):
            self.select(self._order[min(row, len(self._order) - 1)] if self._order else "")
        if not self._order and self._current:
            self._current = ""
            self.chosen.emit("")

    def select(self, section_id: str) -> bool:
        """Make a section current and show it; False where the tree does not hold it."""
        index = self.sections.index_of(section_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        section_id = str(current.data(roles.ROW_ID) or "")
        if section_id and not self._building and section_id != self._current:
            self._current = section_id
            self.chosen.emit(section_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_requested.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif alt and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.shift_requested.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() == Qt.Key.Key_Insert:
            self.insert_requested.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        c = colours()
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, c.selection if self.hasFocus() else c.selection_inactive)
            painter.fillRect(QRect(0, rect.top(), 3, rect.height()), c.accent)
        if self.sections.rowCount(index):
            place = QRect(rect.right() - 15, rect.top() + 4, 16, 16)
            arrow = Qt.ArrowType.DownArrow if self.isExpanded(index) else Qt.ArrowType.RightArrow
            paint_chevron(painter, place, arrow, c.muted)

    def _remember(self, index: QModelIndex, *, closed: bool) -> None:
        section_id = str(index.data(roles.ROW_ID))
        if self._building:
            return
        (self._closed.add if closed else self._closed.discard)(section_id)

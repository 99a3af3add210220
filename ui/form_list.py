"""The list of forms: in their groups, each with its pages and the worst mark among what it prints."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from services.forms import FORMS
from services.terms import Level
from ui import roles
from ui.colours import colours
from ui.fonts import ui_font
from ui.marks import LARGEST, paint_mark
from ui.proxy_style import plain_fusion

NO_CONTENT = "belum ada isi"

_ROW = 28
_GROUP = 32
_PAGES = Qt.ItemDataRole.UserRole + 100
_EMPTY = _PAGES + 1
_MARK_ROOM = 36
_Index = QModelIndex | QPersistentModelIndex


class FormList(QTreeView):
    """`chosen(name)` says which form the officer wants to see."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Formulir")
        self.setStyle(plain_fusion())
        self.setItemDelegate(_FormDelegate(self))
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: dict[str, QStandardItem] = {}
        self._fill()

    def name(self) -> str:
        """The form that the row stands on."""
        return str(self.currentIndex().data(roles.ROW_ID) or "")

    def select(self, name: str) -> None:
        """Stand on a form's row."""
        self.setCurrentIndex(self._items[name].index())

    def set_pages(self, name: str, count: int, *, empty: bool) -> None:
        """Say how many pages a form has, or that it has nothing to print yet."""
        item = self._items[name]
        item.setData(NO_CONTENT if empty else f"{count} hlm.", _PAGES)
        item.setData(empty, _EMPTY)
        self._describe(item)

    def pages_text(self, name: str) -> str:
        """What stands on the right of a form's row."""
        return str(self._items[name].data(_PAGES) or "")

    def set_level(self, name: str, level: Level | None) -> None:
        """Show the worst mark of what a form prints."""
        self._items[name].setData(level, roles.LEVEL)
        self._describe(self._items[name])

    def level(self, name: str) -> Level | None:
        """The mark of a form's row."""
        level: Level | None = self._items[name].data(roles.LEVEL)
        return level

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        name = current.data(roles.ROW_ID)
        if name:
            self.chosen.emit(name)

    def _fill(self) -> None:
        model = QStandardItemModel(self)
        groups: dict[str, QStandardItem] = {}
        for entry in FORMS.values():
            group = groups.get(entry.group)
            if group is None:
                group = groups[entry.group] = QStandardItem(entry.group)
                group.setFlags(Qt.ItemFlag.NoItemFlags)
                model.appendRow(group)
            item = QStandardItem(entry.title)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren)
            item.setData(entry.name, roles.ROW_ID)
            group.appendRow(item)
            self._items[entry.name] = item
        self.setModel(model)
        self.expandAll()

    def _describe(self, item: QStandardItem) -> None:
        words = (item.text(), str(item.data(_PAGES) or "").replace("hlm.", "halaman"), item.data(roles.LEVEL) or "")
        item.setData(", ".join(word for word in words if word), Qt.ItemDataRole.AccessibleTextRole)


class _FormDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(160, _ROW if index.parent().isValid() else _GROUP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        c = colours()
        if not index.parent().isValid():
            painter.setFont(ui_font(semibold=True))
            painter.setPen(c.muted)
            painter.drawText(rect.adjusted(12, 4, -12, 0), middle, index.data())
            return
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, c.selection if state & QStyle.StateFlag.State_Active else c.selection_inactive)
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), c.accent)
        level = index.data(roles.LEVEL)
        if level:
            place = QRect(rect.right() - _MARK_ROOM + 12, rect.top(), LARGEST, rect.height())
            paint_mark(painter, place, level)
        painter.setFont(ui_font())
        painter.setPen(c.muted if index.data(_EMPTY) else c.text)
        painter.drawText(rect.adjusted(20, 0, 0, 0), middle, index.data())
        painter.setPen(c.muted)
        pages = index.data(_PAGES) or ""
        painter.drawText(rect.adjusted(0, 0, -_MARK_ROOM, 0), middle | Qt.AlignmentFlag.AlignRight, pages)

"""The list of forms: in their groups, each with a box to tick, its pages and the worst mark among what it prints."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from services.forms import FORMS
from services.terms import Level
from ui import roles
from ui.colours import colours
from ui.fonts import ui_font
from ui.indicators import paint_check_box
from ui.marks import LARGEST, paint_mark
from ui.proxy_style import plain_fusion

NO_CONTENT = "belum ada isi"

_ROW = 28
_GROUP = 32
_BOX_ROOM = 34
"""From the left edge to the name."""
_PAGES = Qt.ItemDataRole.UserRole + 100
_COUNT = _PAGES + 1
_EMPTY = _PAGES + 2
_MARK_ROOM = 34
_BARE = 12
"""Right of a form without content, which has no mark."""
_Index = QModelIndex | QPersistentModelIndex
_CHECK = Qt.ItemDataRole.CheckStateRole


class FormList(QTreeView):
    """`chosen(name)` says which form the officer wants to see, `ticks_changed()` that others are ticked.

    The row chooses what is shown, the box what goes out together.
    """

    chosen = Signal(str)
    ticks_changed = Signal()

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
        for text, ticks in (("Pilih semua", FORMS), ("Kosongkan pilihan", ())):
            action = QAction(text, self)
            action.triggered.connect(lambda _=False, ticks=ticks: self.tick(ticks))
            self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def name(self) -> str:
        """The form that the row stands on."""
        return str(self.currentIndex().data(roles.ROW_ID) or "")

    def select(self, name: str) -> None:
        """Stand on a form's row."""
        self.setCurrentIndex(self._items[name].index())

    def ticked(self) -> tuple[str, ...]:
        """The forms whose box is ticked, in the order of the list."""
        return tuple(name for name, item in self._items.items() if item.checkState() is Qt.CheckState.Checked)

    def tick(self, names: Iterable[str]) -> None:
        """Tick these forms and no others; those without content stay as they are."""
        before, wanted = self.ticked(), set(names)
        for name, item in self._items.items():
            self._set_tick(item, name in wanted)
        if self.ticked() != before:
            self.ticks_changed.emit()

    def toggle(self, name: str) -> None:
        """Tick a form, or take its tick away."""
        ticked = set(self.ticked())
        self.tick(ticked ^ {name})

    def summary(self) -> str:
        """ "4 dipilih, 46 hlm.", without the pages while some are not counted yet; "" where nothing is ticked."""
        ticked = self.ticked()
        counts = [self._items[name].data(_COUNT) for name in ticked]
        if not ticked:
            return ""
        pages = f", {sum(counts)} hlm." if all(count is not None for count in counts) else ""
        return f"{len(ticked)} dipilih{pages}"

    def set_pages(self, name: str, count: int, *, empty: bool) -> None:
        """Say how many pages a form has, or that it has nothing to print yet."""
        item = self._items[name]
        item.setData(NO_CONTENT if empty else f"{count} hlm.", _PAGES)
        item.setData(0 if empty else count, _COUNT)
        item.setData(empty, _EMPTY)
        ticked = item.checkState() is Qt.CheckState.Checked
        self._set_tick(item, ticked)
        self._describe(item)
        if ticked:
            self.ticks_changed.emit()

    def pages_text(self, name: str) -> str:
        """What stands on the right of a form's row."""
        return str(self._items[name].data(_PAGES) or "")

    def is_empty(self, name: str) -> bool:
        """Whether a form is known to have nothing to print."""
        return bool(self._items[name].data(_EMPTY))

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
        if current.data(roles.ROW_ID):
            self.chosen.emit(self.name())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.name():
            self.toggle(self.name())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._click(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._click(event):
            super().mouseDoubleClickEvent(event)

    def _click(self, event: QMouseEvent) -> bool:
        """A click on a box ticks and leaves the row that is shown; True where it was one."""
        point = event.position().toPoint()
        name = self.indexAt(point).data(roles.ROW_ID)
        if name and event.button() == Qt.MouseButton.LeftButton and point.x() < _BOX_ROOM:
            self.toggle(name)
            return True
        return False

    def _set_tick(self, item: QStandardItem, on: bool) -> None:
        state = Qt.CheckState.Checked if on and not item.data(_EMPTY) else Qt.CheckState.Unchecked
        if item.checkState() is not state:
            item.setCheckState(state)
            self._describe(item)

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
            item.setCheckable(True)
            item.setData(entry.name, roles.ROW_ID)
            item.setToolTip(f"{entry.group}, {entry.title}")
            group.appendRow(item)
            self._items[entry.name] = item
        self.setModel(model)
        self.expandAll()

    def _describe(self, item: QStandardItem) -> None:
        ticked = "dipilih" if item.checkState() is Qt.CheckState.Checked else ""
        pages = str(item.data(_PAGES) or "").replace("hlm.", "halaman")
        words = (item.text(), pages, item.data(roles.LEVEL) or "", ticked)
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
        empty = bool(index.data(_EMPTY))
        box = QRect(rect.left() + 12, rect.top(), 14, rect.height())
        paint_check_box(painter, box, Qt.CheckState(index.data(_CHECK)), enabled=not empty)
        level = index.data(roles.LEVEL)
        if level and not empty:
            place = QRect(rect.right() - _MARK_ROOM + 12, rect.top(), LARGEST, rect.height())
            paint_mark(painter, place, level)
        painter.setFont(ui_font())
        pages = index.data(_PAGES) or ""
        metrics = painter.fontMetrics()
        beside = _BARE if empty else _MARK_ROOM
        room = rect.width() - _BOX_ROOM - beside - metrics.horizontalAdvance(pages) - 8
        if not empty and metrics.horizontalAdvance(index.data()) > room:
            # In a narrow list the name counts for more.
            pages, room = "", rect.width() - _BOX_ROOM - beside
        painter.setPen(c.muted if empty else c.text)
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect.adjusted(_BOX_ROOM, 0, 0, 0), middle, name)
        painter.setPen(c.muted)
        painter.drawText(rect.adjusted(0, 0, -beside, 0), middle | Qt.AlignmentFlag.AlignRight, pages)

"""The organisation as a tree: the superior of the head first, then the positions; keys and drags that move them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from models.plan import Plan
from models.rows import Dokumen
from services.pejabat import Official, head, head_position, official_below, superior
from services.positions_remarks import LEVELS, NO_OFFICIAL, Remark
from services.positions_tree import tree
from ui.colours import colours
from ui.indicators import paint_chevron
from ui.list_rows import HEAD, MUTED, Index, RowDelegate
from ui.marks import mark_icon
from ui.proxy_style import plain_fusion

ROW = 26
SUPERIOR = ""
"""The id of the row of the head's superior, who has no position here."""
HEADERS = ("Jabatan", "Pejabat", "Eselon", "Catatan")
JABATAN, PEJABAT, ESELON, CATATAN = range(4)
NOBODY = "belum diisi"
_WIDTHS = {PEJABAT: 176, ESELON: 76, CATATAN: 132}
_NARROW = 580
"""Pixels below which the eselon has no column, and the official a narrower one."""
_ID = Qt.ItemDataRole.UserRole
_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_COMMANDS = {
    (_Mod.NoModifier, _Key.Key_Insert): ("add", 0),
    (_Mod.ShiftModifier, _Key.Key_Insert): ("add_below", 0),
    (_Mod.NoModifier, _Key.Key_Delete): ("remove", 0),
    (_Mod.NoModifier, _Key.Key_F2): ("rename", 0),
    (_Mod.NoModifier, _Key.Key_Return): ("rename", 0),
    (_Mod.NoModifier, _Key.Key_Enter): ("rename", 0),
    (_Mod.AltModifier, _Key.Key_Up): ("step", -1),
    (_Mod.AltModifier, _Key.Key_Down): ("step", 1),
    (_Mod.AltModifier, _Key.Key_Left): ("shift", -1),
    (_Mod.AltModifier, _Key.Key_Right): ("shift", 1),
}


@dataclass(frozen=True, slots=True)
class Drop:
    """Where a carried position would go: below `above_id` (None: the top), before another or last; `line` to draw."""

    above_id: str | None
    before_id: str | None
    at: QTreeWidgetItem
    line: Literal["atas", "bawah"] | None


class PositionsTree(QTreeWidget):
    """`chosen()`: another row is current. `command(name, number)`: a key. `dropped(id, above_id, before_id)`."""

    chosen = Signal()
    command = Signal(str, int)
    dropped = Signal(str, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._closed: set[str] = set()
        self._shape: list[tuple[str, int]] = []
        self._drop: Drop | None = None
        self.setStyle(plain_fusion())
        self.setItemDelegate(RowDelegate(self, ROW))
        self.setAccessibleName("Organisasi")
        self.setHeaderLabels(list(HEADERS))
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(JABATAN, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(56)
        header.setFixedHeight(ROW)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.itemSelectionChanged.connect(self.chosen)
        self.currentItemChanged.connect(lambda item, before: self.chosen.emit())
        self.itemCollapsed.connect(lambda item: self._closed.add(item.data(0, _ID)))
        self.itemExpanded.connect(lambda item: self._closed.discard(item.data(0, _ID)))
        self.itemDoubleClicked.connect(lambda item, column: self.command.emit("rename", 0))

    def fill(self, plan: Plan, dokumen: Dokumen, remarks: Sequence[Remark]) -> None:
        """Show the positions of today; current and selected rows, closed branches and the scroll bar stay."""
        said: dict[str, list[Remark]] = defaultdict(list)
        for remark in remarks:
            said[remark.jabatan_id or SUPERIOR].append(remark)
        over, position, places = superior(plan, dokumen), head_position(plan, dokumen), tree(plan, dokumen.id)
        blocked = self.blockSignals(True)
        shape = [(SUPERIOR, 0), *((place.jabatan.id, place.depth) for place in places)]
        if shape != self._shape:
            # Only a move may take items away: a field stores while another row is being chosen.
            self._rebuild(shape)
        items = self._items()
        self._write(items[0], over.jabatan, over, "", said[SUPERIOR], "pihak kedua")
        for item, place in zip(items[1:], places, strict=True):
            jabatan = place.jabatan
            is_head = position is not None and position.id == jabatan.id
            who = head(plan, dokumen) if is_head else official_below(plan, jabatan)
            role = "penanda tangan" if is_head else ""
            self._write(item, jabatan.nama, who, jabatan.eselon or "", said[jabatan.id], role)
            item.setData(JABATAN, HEAD, is_head)
        self.blockSignals(blocked)
        self.viewport().update()

    def current_id(self) -> str | None:
        """The position that the caret is on, SUPERIOR for the head's superior; None where there is no row."""
        item = self.currentItem()
        return str(item.data(0, _ID)) if item is not None else None

    def selected_ids(self) -> list[str]:
        """The selected rows, from top to bottom."""
        return [item.data(0, _ID) for item in self._items() if item.isSelected()]

    def ids(self) -> list[str]:
        """All rows from top to bottom."""
        return [item.data(0, _ID) for item in self._items()]

    def item_of(self, row_id: str | None) -> QTreeWidgetItem | None:
        """The row of a position."""
        return next((item for item in self._items() if item.data(0, _ID) == row_id), None)

    def choose(self, row_id: str | None) -> None:
        """Make a row the current one, the only selected one and seen; the first one where it is gone."""
        item = self.item_of(row_id) or self.topLevelItem(0)
        if item is not None:
            self.setCurrentItem(item, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROWS)
            self.scrollToItem(item)

    def drop_at(self, position: QPoint) -> Drop | None:
        """Where the current position would go if it were let go there; None where it may not stand."""
        item, carried = self.itemAt(position), self.currentItem()
        if carried is None or carried.data(0, _ID) == SUPERIOR or item is None or self._is_below(item, carried):
            return None
        rect, row_id = self.visualItemRect(item), item.data(0, _ID)
        first = self.topLevelItem(1)
        if row_id == SUPERIOR:
            return Drop(None, first.data(0, _ID) if first is not None else None, item, "bawah")
        parent = item.parent()
        above_id = parent.data(0, _ID) if parent is not None else None
        if position.y() < rect.top() + rect.height() // 4:
            return Drop(above_id, row_id, item, "atas")
        if position.y() <= rect.bottom() - rect.height() // 4:
            return Drop(row_id, None, item, None)
        if item.childCount() and item.isExpanded():
            return Drop(row_id, item.child(0).data(0, _ID), item, "bawah")
        after = self._after(item)
        return Drop(above_id, after.data(0, _ID) if after is not None else None, item, "bawah")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = _COMMANDS.get((event.modifiers() & ~_Mod.KeypadModifier, _Key(event.key())))
        if command is None:
            super().keyPressEvent(event)
        else:
            self.command.emit(*command)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self.setColumnHidden(ESELON, narrow)
        self.setColumnWidth(PEJABAT, _WIDTHS[PEJABAT] - (48 if narrow else 0))

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803
        """The drop is an edit of the plan; nothing is removed here."""
        if self.current_id() != SUPERIOR:
            self.choose(self.current_id())
            super().startDrag(Qt.DropAction.CopyAction)
        self._show(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self:
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._show(self.drop_at(event.position().toPoint()))
        if self._drop is None:
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show(None)

    def dropEvent(self, event: QDropEvent) -> None:
        drop, carried = self.drop_at(event.position().toPoint()), self.current_id()
        self._show(None)
        self.setState(QAbstractItemView.State.NoState)
        self.stopAutoScroll()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if drop is not None:
            self.dropped.emit(carried, drop.above_id, drop.before_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop is None:
            return
        rect = self.visualItemRect(self._drop.at)
        right = self.viewport().width() - 2
        painter = QPainter(self.viewport())
        painter.setPen(QPen(colours().accent, 2))
        if self._drop.line is None:
            painter.drawRect(QRect(QPoint(rect.left(), rect.top() + 1), QPoint(right - 1, rect.bottom() - 1)))
            return
        y = rect.top() if self._drop.line == "atas" else rect.bottom() + 1
        painter.drawLine(rect.left(), y, right, y)
        painter.drawEllipse(QPoint(rect.left(), y), 2, 2)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        c = colours()
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, c.selection if self.hasFocus() else c.selection_inactive)
        painter.setPen(c.grid_line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index == self.currentIndex().siblingAtColumn(0):
            painter.fillRect(QRect(0, rect.top(), 3, rect.height()), c.accent)
        if self.model().hasChildren(index):
            place = QRect(rect.right() - 15, rect.top() + (rect.height() - 16) // 2, 16, 16)
            arrow = Qt.ArrowType.DownArrow if self.isExpanded(index) else Qt.ArrowType.RightArrow
            paint_chevron(painter, place, arrow, c.muted)

    def _rebuild(self, shape: list[tuple[str, int]]) -> None:
        current, selected, top = self.current_id(), self.selected_ids(), self.verticalScrollBar().value()
        self._shape = shape
        self.clear()
        parents: list[QTreeWidgetItem] = []
        for row_id, depth in shape:
            item = QTreeWidgetItem(parents[depth - 1] if depth else self.invisibleRootItem())
            item.setData(JABATAN, _ID, row_id)
            if row_id == SUPERIOR:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
            parents[depth:] = [item]
        for item in self._items():
            item.setExpanded(item.data(0, _ID) not in self._closed)
        self.choose(current)
        for row_id in selected:
            if (there := self.item_of(row_id)) is not None:
                there.setSelected(True)
        self.verticalScrollBar().setValue(top)

    def _write(
        self, item: QTreeWidgetItem, nama: str, who: Official, eselon: str, remarks: Sequence[Remark], role: str
    ) -> None:
        acting = "Plt." if who.plt else "Plh." if who.plh else ""
        said = [remark for remark in remarks if (remark.level, remark.short) != ("catatan", NO_OFFICIAL)]
        gravest = min(said, key=lambda r: LEVELS.index(r.level)) if said else None
        official = f"({acting}) {who.nama}" if who.nama and acting else who.nama or NOBODY
        note = gravest.short if gravest is not None else role
        for column, text in enumerate((nama, official, eselon, note)):
            item.setText(column, text)
            item.setToolTip(column, text)
        item.setToolTip(CATATAN, "\n".join(remark.text for remark in remarks))
        item.setIcon(CATATAN, mark_icon(gravest.level) if gravest is not None else QIcon())
        item.setData(PEJABAT, MUTED, not who.nama)
        item.setData(CATATAN, MUTED, gravest is None)
        item.setData(CATATAN, Qt.ItemDataRole.AccessibleTextRole, f"{gravest.level}: {note}" if gravest else note)

    def _items(self) -> list[QTreeWidgetItem]:
        found, stack = [], [self.topLevelItem(i) for i in reversed(range(self.topLevelItemCount()))]
        while stack:
            item = stack.pop()
            assert item is not None
            found.append(item)
            stack += [item.child(i) for i in reversed(range(item.childCount()))]
        return found

    def _after(self, item: QTreeWidgetItem) -> QTreeWidgetItem | None:
        parent = item.parent() or self.invisibleRootItem()
        return parent.child(parent.indexOfChild(item) + 1)

    def _is_below(self, item: QTreeWidgetItem, above: QTreeWidgetItem) -> bool:
        if item.data(0, _ID) == above.data(0, _ID):
            return True
        return item.parent() is not None and self._is_below(item.parent(), above)

    def _show(self, drop: Drop | None) -> None:
        if drop != self._drop:
            self._drop = drop
            self.viewport().update()


_ROWS = QItemSelectionModel.SelectionFlag.Rows

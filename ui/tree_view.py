"""One tree: keys, open branches that survive a change, and the current row by id."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from models.rows import Row
from ui.colours import colours
from ui.indicators import paint_chevron
from ui.proxy_style import plain_fusion
from ui.session import Session
from ui.tree_delegate import TreeDelegate
from ui.tree_drag import DraggingTree
from ui.tree_keys import command_of
from ui.tree_model import HEADERS, PAGU, ROW, SELISIH, TEMUAN, Index, TreeModel

_WIDTHS = {PAGU: 88, SELISIH: 84, TEMUAN: 56}
_HIDDEN = {"kinerja": {PAGU, SELISIH}, "anggaran": {SELISIH}}
AT_ONCE = 200
"""Rows that are opened before the view is painted; the others follow right after."""


class TreeView(DraggingTree):
    """`chosen(node)` says which node is current; keys that change the plan go out as commands (see tree_keys)."""

    chosen = Signal(str)
    command = Signal(str, int)

    def __init__(self, model: TreeModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setAccessibleName(name)
        self.setStyle(plain_fusion())
        self.setFrameShape(self.Shape.NoFrame)
        self._drawing = TreeDelegate(self)
        self.setItemDelegate(self._drawing)
        self.setIndentation(16)
        self.setUniformRowHeights(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        # By pixel, the height of every open row would have to be known: seconds on a large plan.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._open: set[str] = set()
        self._current: str | None = None
        self._selected: list[str] = []
        self._lost: list[str] = []
        self._top = 0
        self._restoring = False
        self._waiting: list[str] = []
        self._later = QTimer(self, singleShot=True, interval=250)
        self._later.timeout.connect(self._open_waiting)
        self._pause = QTimer(self, singleShot=True, interval=200)
        self._pause.timeout.connect(self._say_current)
        self.setModel(model)
        self._set_up_header(self.header())
        self.expanded.connect(lambda index: self._remember(index, True))
        self.collapsed.connect(lambda index: self._remember(index, False))
        model.restructuring.connect(self._before_restructuring)
        model.restructured.connect(self._restore)
        self.select_first()

    def complete_from(self, session: Session) -> None:
        """Offer names of the nomenclature while a budget line is named in place."""
        self._drawing.session = session

    def current_node(self) -> str | None:
        """The node that the caret is on."""
        return self._tree.node(self.currentIndex())

    def selected_rows(self) -> list[Row]:
        """The selected rows, from top to bottom; the current one where none is selected."""
        indexes = self.selectionModel().selectedRows() or [self.currentIndex()]
        nodes = {self._tree.node(index) for index in indexes}
        if len(nodes) > 1:
            ordered = [node for node in self._tree.outline.nodes() if node in nodes]
        else:
            ordered = [node for node in nodes if node is not None]
        rows = (self._tree.outline.row(node) for node in ordered)
        return [row for row in rows if row is not None]

    def select(self, node: str | None) -> bool:
        """Make a node current and show it; False where the tree does not hold it."""
        index = self._tree.index_of(node)
        if index.isValid():
            self._stand_on(index)
            if not self.viewport().rect().contains(self.visualRect(index)):
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return index.isValid()

    def select_all_of(self, nodes: Iterable[str]) -> None:
        """Select these rows; the first becomes current."""
        indexes = [index for node in nodes if (index := self._tree.index_of(node)).isValid()]
        if indexes:
            self.select(self._tree.node(indexes[0]))
        flags = self.selectionModel().SelectionFlag
        for index in indexes[1:]:
            self.selectionModel().select(index, flags.Select | flags.Rows)

    def select_first(self) -> None:
        """The first row, so that there is always a current one."""
        if not self.currentIndex().isValid():
            self._stand_on(self._tree.index(0, 0))

    def expand_matches(self) -> None:
        """Open everything that the filter has left, the first screens at once."""
        self._open_nodes([node for node in self._tree.outline.nodes() if self._tree.outline.children(node)])

    def expand_only(self, nodes: list[str]) -> None:
        """Open these nodes, given from top to bottom, and close all others; the caret goes up to what is in sight."""
        self._waiting.clear()
        self._restoring = True
        current = self.currentIndex()
        self.collapseAll()
        self._restoring = False
        self._open = set(nodes)
        above, at = [], current.parent()
        while at.isValid():
            above.append(at)
            at = at.parent()
        for index in reversed(above):
            if self._tree.node(index) not in self._open:
                current = index
                break
        self._open_nodes(nodes)
        self._stand_on(current)
        self.executeDelayedItemsLayout()
        self.scrollTo(current)

    def menu(self) -> QMenu:
        """The columns that can be shown or hidden."""
        menu = QMenu(self)
        for column in (PAGU, SELISIH, TEMUAN):
            action = menu.addAction(f"Kolom {HEADERS[column].removesuffix(' (Rp)')}")
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(lambda on, column=column: self.show_column(column, on))
        return menu

    def show_column(self, column: int, on: bool) -> None:
        """Show or hide PAGU, SELISIH or TEMUAN; remembered."""
        self.setColumnHidden(column, not on)
        hidden = [str(c) for c in (PAGU, SELISIH, TEMUAN) if self.isColumnHidden(c)]
        QSettings().setValue(self._columns_key(), ",".join(hidden))
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        node = self._tree.node(current)
        if node is not None and not self._restoring and node != self._current:
            self._current = node
            self.chosen.emit(node)

    def event(self, event: QEvent) -> bool:
        """The tree's keys are its own, whatever a menu does with them elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and command_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = command_of(event)
        if found is not None:
            self.command.emit(*found)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.command.emit("menu", 0)

    def menu_place(self) -> QPoint:
        """Where a menu for the current row opens, on the screen."""
        rect = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(24, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        c = colours()
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, c.selection if self.hasFocus() else c.selection_inactive)
        if index == self.currentIndex().siblingAtColumn(0):
            painter.fillRect(QRect(0, rect.top(), 3, rect.height()), c.accent)
        if self._tree.hasChildren(index):
            place = QRect(rect.right() - 15, rect.top() + 4, 16, 16)
            arrow = Qt.ArrowType.DownArrow if self.isExpanded(index) else Qt.ArrowType.RightArrow
            paint_chevron(painter, place, arrow, c.muted)

    def _set_up_header(self, header: QHeaderView) -> None:
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        header.setFixedHeight(ROW)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda place: self.menu().popup(header.mapToGlobal(place)))
        stored = QSettings().value(self._columns_key())
        hidden = _HIDDEN[self._tree.tree] if stored is None else {int(c) for c in str(stored).split(",") if c.isdigit()}
        for column in _WIDTHS:
            self.setColumnHidden(column, column in hidden)

    def _columns_key(self) -> str:
        return f"pohon/kolom-tersembunyi-{self._tree.tree}"

    def _remember(self, index: QModelIndex, is_open: bool) -> None:
        node = self._tree.node(index)
        if node is None or self._restoring:
            return
        if is_open:
            self._open.add(node)
        else:
            self._open.discard(node)

    def _open_nodes(self, nodes: list[str]) -> None:
        """Open nodes, given from top to bottom: as many as fill some screens now, the others a moment later."""
        rows, at = 0, 0
        while at < len(nodes) and rows < AT_ONCE:
            rows += len(self._tree.outline.children(nodes[at]))
            at += 1
        self._set_open(nodes[:at])
        self._waiting = nodes[at:]
        if self._waiting:
            self._later.start()

    def _open_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        top = self.verticalScrollBar().value()
        self._set_open(waiting)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(top)

    def _set_open(self, nodes: Iterable[str]) -> None:
        self._restoring, was = True, self._restoring
        self.scheduleDelayedItemsLayout()
        for node in nodes:
            index = self._tree.index_of(node)
            if index.isValid():
                self.setExpanded(index, True)
        self._restoring = was

    def _before_restructuring(self) -> None:
        self._restoring = True
        self._later.stop()
        self._waiting.clear()
        self._top = self.verticalScrollBar().value()
        nodes = (self._tree.node(index) for index in self.selectionModel().selectedRows())
        self._selected = [node for node in nodes if node is not None]

    def _restore(self, fresh: list[str] | None) -> None:
        """After a change of what stands where: open what was open, and stand where the caret was, or near it.

        A row that had the caret when it went gets it again when it comes back.
        """
        outline = self._tree.outline
        closed = [node for node in (self._open if fresh is None else fresh) if node in self._open and node in outline]
        if closed:
            self._set_open(closed)
        if self._tree.filtering:
            self._restoring = False
            self._stand_after_filter()
            return
        self.executeDelayedItemsLayout()
        came = outline if fresh is None else set(fresh)
        back = next((node for node in reversed(self._lost) if node in came), None)
        gone = self._current if self._current is not None and self._current not in outline else None
        if gone is not None:
            self._lost = [*self._lost[-99:], gone]
        if back is not None:
            self._lost.remove(back)
            self._restoring = False
            self.select(back)
            return
        self._stand(None if gone else self._current)
        self.verticalScrollBar().setValue(self._top)
        self._restoring = False
        self.select_first()
        self._say_current()

    def _stand(self, node: str | None) -> None:
        """Put the caret and the selection back; where the caret's row is gone, Qt has chosen its neighbour."""
        if node is None:
            return
        rest = [n for n in self._selected if n != node and n in self._tree.outline]
        if rest:
            self.select_all_of([node, *rest])
        else:
            self._stand_on(self._tree.index_of(node))

    def _stand_on(self, index: QModelIndex) -> None:
        """The one current and selected row. QTreeView.setCurrentIndex would heed a Ctrl or Shift that is held."""
        flags = self.selectionModel().SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _stand_after_filter(self) -> None:
        """Stay on the row, or go to the first match; the rest of the window follows when typing pauses."""
        self._lost = [node for node in self._lost if node not in self._tree.outline]
        if not self.select(self._current):
            self._restoring = True
            self.select_first()
            self._restoring = False
            self._pause.start()

    def _say_current(self) -> None:
        node = self.current_node()
        if node is not None and node != self._current:
            self._current = node
            self.chosen.emit(node)

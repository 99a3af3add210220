"""One tree: keys, open branches that survive a change, and the current row by id."""

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from ui.colours import colours
from ui.indicators import paint_chevron
from ui.proxy_style import plain_fusion
from ui.tree_delegate import ROW, TreeDelegate
from ui.tree_model import Index, TreeModel

_WIDTHS = {"kinerja": (56,), "anggaran": (88, 56)}


class TreeView(QTreeView):
    """`chosen(node)` says which node is current; keys that change the plan go out as requests."""

    chosen = Signal(str)
    insert_requested = Signal()
    delete_requested = Signal()
    move_requested = Signal(int)
    shift_requested = Signal(int)

    def __init__(self, model: TreeModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setStyle(plain_fusion())
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setItemDelegate(TreeDelegate(self))
        self.setIndentation(16)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._open: set[str] = set()
        self._current: str | None = None
        self._restoring = False
        self._tree = model
        self.setModel(model)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(_WIDTHS[model.tree], 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        header.setFixedHeight(ROW)
        self.expanded.connect(lambda index: self._remember(index, True))
        self.collapsed.connect(lambda index: self._remember(index, False))
        model.modelReset.connect(self._restore)
        self.select_first()

    def current_node(self) -> str | None:
        """The node that the caret is on."""
        return self._tree.node(self.currentIndex())

    def select(self, node: str | None) -> bool:
        """Make a node current and show it; False where the tree does not hold it."""
        index = self._tree.index_of(node)
        if index.isValid():
            self.setCurrentIndex(index)
            if not self.viewport().rect().contains(self.visualRect(index)):
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return index.isValid()

    def select_first(self) -> None:
        """The first row, so that there is always a current one."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._tree.index(0, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        node = self._tree.node(current)
        if node is not None and not self._restoring and node != self._current:
            self._current = node
            self.chosen.emit(node)

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
        if self._tree.rowCount(index):
            place = QRect(rect.right() - 15, rect.top() + 4, 16, 16)
            arrow = Qt.ArrowType.DownArrow if self.isExpanded(index) else Qt.ArrowType.RightArrow
            paint_chevron(painter, place, arrow, c.muted)

    def _remember(self, index: QModelIndex, is_open: bool) -> None:
        node = self._tree.node(index)
        if node is None or self._restoring:
            return
        if is_open:
            self._open.add(node)
        else:
            self._open.discard(node)

    def _restore(self) -> None:
        """After a reset: open what was open, and stand where the caret was, or near it."""
        self._restoring = True
        for node in self._open:
            index = self._tree.index_of(node)
            if index.isValid():
                self.setExpanded(index, True)
        self._restoring = False
        wanted = self._current
        if not self.select(wanted):
            self._current = None
            self.select_first()

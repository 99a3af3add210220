"""Dragging in the trees: where rows may be dropped, shown while they are carried."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from ui.colours import colours
from ui.fonts import ui_font
from ui.tree_drop import Carried, Drop
from ui.tree_model import TreeModel

HOVER = 600
"""Milliseconds over a closed branch until it opens."""


class DraggingTree(QTreeView):
    """A tree that rows are dragged from and to. What is carried, and what a drop does, its panel says.

    `asked(drop_request)` is emitted for each place that is passed; whoever listens fills in `drop`.
    """

    drag_begun = Signal(object)
    asked = Signal(object)
    dropped = Signal(object)

    def __init__(self, model: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = model
        self._drop: Drop | None = None
        self._over: str | None = None
        self._hover = QTimer(self, singleShot=True, interval=HOVER)
        self._hover.timeout.connect(self._open_hovered)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry the selected branches. The drop itself is an edit of the plan; nothing is removed here."""
        carried = Carried(self)
        self.drag_begun.emit(carried)
        if carried.mime is None:
            return
        drag = QDrag(self)
        drag.setMimeData(carried.mime)
        drag.setPixmap(self._label(carried.label))
        drag.setHotSpot(QPoint(-12, -4))
        kinds = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction
        drag.exec(kinds, Qt.DropAction.MoveAction)
        self._show_drop(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            # Files are the window's.
            event.ignore()
            return
        self._consider(event)
        # Taken even over a forbidden place: the next one may be a good one.
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._consider(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._hover.stop()
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover.stop()
        drop = self._ask(event)
        self._show_drop(None)
        self.setState(QAbstractItemView.State.NoState)
        self.stopAutoScroll()
        if drop is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(replace(drop, carried=Carried(self, event)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop is not None:
            self._paint_drop(self._drop)

    def _consider(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint()).siblingAtColumn(0)
        over = self._tree.node(index)
        if over != self._over:
            self._over = over
            self._hover.stop()
            if over is not None and self._tree.hasChildren(index) and not self.isExpanded(index):
                self._hover.start()
        drop = self._ask(event)
        self._show_drop(drop)
        if drop is None:
            event.ignore()
        else:
            event.setDropAction(drop.action)
            event.accept()

    def _ask(self, event: QDropEvent) -> Drop | None:
        request = Carried(self, event)
        self.asked.emit(request)
        return request.drop

    def _open_hovered(self) -> None:
        index = self._tree.index_of(self._over)
        if index.isValid():
            self.setExpanded(index, True)

    def _show_drop(self, drop: Drop | None) -> None:
        if drop is None:
            self._over = None
        if drop != self._drop:
            self._drop = drop
            self.viewport().update()

    def _paint_drop(self, drop: Drop) -> None:
        """A frame around the row that is dropped on; a line where rows come between."""
        rect = self.visualRect(self._tree.index_of(drop.node))
        right = self.viewport().width() - 2
        painter = QPainter(self.viewport())
        painter.setPen(QPen(colours().accent, 2))
        if drop.line is None:
            painter.drawRect(QRect(QPoint(rect.left() - 1, rect.top() + 1), QPoint(right - 1, rect.bottom() - 1)))
            return
        y = self.viewport().height() - 2
        if rect.isValid():
            y = rect.top() if drop.line == "atas" else rect.bottom() + 1
        left = max(rect.left(), 4) if rect.isValid() else 4
        painter.drawLine(left, y, right, y)
        painter.drawEllipse(QPoint(left, y), 2, 2)

    def _label(self, text: str) -> QPixmap:
        """What is carried, beside the pointer."""
        metrics = QFontMetrics(ui_font())
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, 280)
        size = metrics.size(Qt.TextFlag.TextSingleLine, text)
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round((size.width() + 16) * ratio), round(24 * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(colours().selection)
        painter = QPainter(picture)
        painter.setFont(ui_font())
        painter.setPen(colours().text)
        painter.drawText(QRect(8, 0, size.width() + 8, 24), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
        return picture

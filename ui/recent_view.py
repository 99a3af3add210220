"""The list of recent plans: Enter opens, Delete takes off the list, and one row is always the current one."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTreeView, QVBoxLayout, QWidget

from ui.colours import colours
from ui.list_rows import NamesHeader, plain_list
from ui.recent_delegate import PAD, ROW, RecentDelegate
from ui.recent_model import AGENCY, FINDINGS, OPENED, STAGE, YEAR, Index, RecentModel

HEADER = 24
NO_MATCH = "Tidak ada rencana yang cocok. Esc mengosongkan pencarian."

_WIDTHS = {YEAR: 60, STAGE: 92, FINDINGS: 116, OPENED: 188}
_NARROW = 112
_WIDE_VIEW = 840
"""Below this width the last column gives up the room for date and link side by side."""


class RecentView(QTreeView):
    """opened(RecentPlan): its file shall be opened; sought(RecentPlan): it is missing and shall be looked for."""

    opened = Signal(object)
    sought = Signal(object)
    removed = Signal(object)

    def __init__(self, model: RecentModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plain_list(self, "Rencana terakhir")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._model = model
        self._path: Path | None = None
        self._row = 0
        self._delegate = RecentDelegate(model, self)
        self._delegate.sought.connect(self._act)
        self.setItemDelegate(self._delegate)
        header = NamesHeader(self, HEADER)
        self.setHeader(header)
        self.setModel(model)
        header.share(AGENCY, _WIDTHS)
        self.activated.connect(self._act)
        model.modelReset.connect(self._restore)
        self._restore()

    def sizeHint(self) -> QSize:
        return QSize(600, HEADER + ROW * max(1, self._model.rowCount()))

    def minimumSizeHint(self) -> QSize:
        return QSize(400, HEADER + ROW)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        plan = self._model.plan(current)
        if plan is not None:
            self._path, self._row = plan.path, current.row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plan = self._model.plan(self.currentIndex())
        if event.key() == Qt.Key.Key_Delete and plan is not None:
            self.removed.emit(plan)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.seek_rect(self.indexAt(event.position().toPoint())).contains(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(OPENED, _WIDTHS[OPENED] if self.width() >= _WIDE_VIEW else _NARROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(colours().muted)
            room = self.viewport().rect().adjusted(PAD, 0, -PAD, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, NO_MATCH)

    def seek_rect(self, index: Index) -> QRect:
        """Where the words "Cari berkas..." of a row stand in the viewport, or nowhere."""
        return self._delegate.seek_rect(index, self.visualRect(index))

    def _act(self, index: Index) -> None:
        plan = self._model.plan(index)
        if plan is not None:
            (self.sought if self._model.is_missing(index) else self.opened).emit(plan)

    def _restore(self) -> None:
        """After a change: the same plan, else the one that took its place, is current; the list is as high as it is."""
        row = self._model.row_of(self._path)
        if row is None:
            row = min(self._row, self._model.rowCount() - 1)
        self.setCurrentIndex(self._model.index(max(row, 0), AGENCY))
        self.updateGeometry()


class FramedView(QWidget):
    """The list with one line around it."""

    def __init__(self, view: RecentView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(view)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colours().pane_edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

"""The table of a merge: Alt+2 and Alt+3 choose ours and theirs and go down, Delete takes a choice back."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from services.merge_conflicts import Side
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.merge_delegate import PAD, ROW, MergeDelegate
from ui.merge_model import DASAR, KITA, MARK, MEREKA, TEMPAT, MergeModel
from ui.proxy_style import plain_fusion

HEADER = 24
KEYS: dict[int, Side] = {Qt.Key.Key_1: "keduanya", Qt.Key.Key_2: "kita", Qt.Key.Key_3: "mereka"}
NOTHING = "Tidak ada yang cocok dengan saringan ini."

_MARK_WIDTH = 32
_SHARES = {DASAR: (164, 100), KITA: (224, 150), MEREKA: (224, 150)}
"""Width of a column in a wide and in a narrow table."""
_WIDE = 900


class MergeTable(QTableView):
    """`unfit()`: the current line does not let itself be chosen so."""

    unfit = Signal()

    def __init__(self, model: MergeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setStyle(plain_fusion())
        self.setAccessibleName("Perubahan")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(MergeDelegate(model, self))
        self.setHorizontalHeader(_Header(self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        self.setModel(model)
        self.verticalScrollBar().setSingleStep(ROW // 2)
        model.modelReset.connect(self._begin)
        self._begin()

    def choose(self, side: Side) -> None:
        """Choose for the current line, and go down."""
        row = self.currentIndex().row()
        if row < 0:
            return
        if not self._model.choose(row, side):
            self.unfit.emit()
            return
        if row + 1 < self._model.rowCount():
            self.setCurrentIndex(self._model.index(row + 1, TEMPAT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        side = KEYS.get(event.key()) if event.modifiers() & Qt.KeyboardModifier.AltModifier else None
        if side is not None:
            self.choose(side)
        elif event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self._model.reopen(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        sides: dict[int, Side] = {KITA: "kita", MEREKA: "mereka"}
        side = sides.get(index.column())
        if side is None or event.button() != Qt.MouseButton.LeftButton or index.row() != self.currentIndex().row():
            return
        line = self._model.lines[index.row()]
        if line.konflik is not None and self._model.preview.side(line) == side:
            self._model.reopen(index.row())
        elif not self._model.choose(index.row(), side):
            self.unfit.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= _WIDE
        for column, widths in _SHARES.items():
            self.setColumnWidth(column, widths[0 if wide else 1])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(colours().muted)
            room = self.viewport().rect().adjusted(PAD, PAD, -PAD, -PAD)
            painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, NOTHING)

    def _begin(self) -> None:
        """On the first line, from the top."""
        self.setCurrentIndex(self._model.index(0, TEMPAT))
        self.scrollToTop()


class _Header(QHeaderView):
    """Names over the cells' own left edge; nothing to press."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setFixedHeight(HEADER)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_MARK_WIDTH)

    def setModel(self, model: object) -> None:
        super().setModel(model)  # type: ignore[arg-type]
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionResizeMode(TEMPAT, QHeaderView.ResizeMode.Stretch)
        self.resizeSection(MARK, _MARK_WIDTH)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        c = colours()
        painter.fillRect(rect, c.window)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), c.pane_edge)
        painter.setPen(c.muted)
        painter.setFont(ui_font(SMALL))
        words = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)

"""The table of a merge: Alt+2 and Alt+3 choose ours and theirs and go down, Delete takes a choice back.

Alt+1 leaves both rows of a code that is there twice, or chooses the value of before where it may be chosen.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from services.merge_conflicts import Side
from ui.colours import colours
from ui.list_rows import NamesHeader, plain_table
from ui.merge_delegate import PAD, ROW, MergeDelegate
from ui.merge_model import DASAR, KITA, MARK, MEREKA, TEMPAT, MergeModel

HEADER = 24
KEYS: dict[int, Side] = {Qt.Key.Key_1: "keduanya", Qt.Key.Key_2: "kita", Qt.Key.Key_3: "mereka"}
NOTHING = "Tidak ada yang cocok dengan saringan ini."

_MARK_WIDTH = 32
_SHARES = {DASAR: (164, 100), KITA: (224, 150), MEREKA: (224, 150)}
"""Width of a column in a wide and in a narrow table."""
_DASAR_CHOSEN = 136
"""Width of the base in a narrow table, with room for a radio mark before an amount of milliards."""
_WIDE = 900


class MergeTable(QTableView):
    """`unfit(side)`: the current line does not let itself be chosen so; "" where a choice cannot be taken back."""

    unfit = Signal(str)

    def __init__(self, model: MergeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        plain_table(self, "Perubahan", MergeDelegate(model, self), ROW)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = NamesHeader(self, HEADER)
        header.setMinimumSectionSize(_MARK_WIDTH)
        self.setHorizontalHeader(header)
        self.setModel(model)
        header.share(TEMPAT, {MARK: _MARK_WIDTH})
        self.verticalScrollBar().setSingleStep(ROW // 2)
        model.modelReset.connect(self._begin)
        self._begin()

    def choose(self, side: Side) -> None:
        """Choose for the current line, and go down."""
        row = self.currentIndex().row()
        if row < 0:
            return
        if side == "keduanya" and self._model.lines[row].may_go_back:
            side = "dasar"
        if not self._model.choose(row, side):
            self.unfit.emit(side)
            return
        if row + 1 < self._model.rowCount():
            self.setCurrentIndex(self._model.index(row + 1, TEMPAT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        side = KEYS.get(event.key()) if event.modifiers() & Qt.KeyboardModifier.AltModifier else None
        if side is not None:
            self.choose(side)
        elif event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self._reopen(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        sides: dict[int, Side] = {DASAR: "dasar", KITA: "kita", MEREKA: "mereka"}
        side = sides.get(index.column())
        if side is None or event.button() != Qt.MouseButton.LeftButton or index.row() != self.currentIndex().row():
            return
        line = self._model.lines[index.row()]
        if side == "dasar" and not line.may_go_back:
            return
        if line.konflik is not None and self._model.preview.side(line) == side:
            self._reopen(index.row())
        elif not self._model.choose(index.row(), side):
            self.unfit.emit(side)

    def _reopen(self, row: int) -> None:
        if self._model.tied(row):
            self.unfit.emit("")
        else:
            self._model.reopen(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= _WIDE
        for column, widths in _SHARES.items():
            self.setColumnWidth(column, widths[0 if wide else 1])
        if self._model.goes_back and not wide:
            self.setColumnWidth(DASAR, _DASAR_CHOSEN)

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

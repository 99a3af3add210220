"""How a cell of the grid is drawn and edited: fills and text only, its own lines, marks of the findings."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from models.errors import PlanError
from services.month_grid import FIRST_QUARTER, SATUAN, SETAHUN, URAIAN, Line
from services.terms import Level
from ui import roles
from ui.colours import colours
from ui.fonts import ui_font
from ui.grid_model import GridModel
from ui.marks import paint_mark
from ui.tree_delegate import LINE, ROW, two_lines

Index = QModelIndex | QPersistentModelIndex
PADDING, INDENT = 6, 16
WIDEST = 8
"""Pixels that a digit or letter of a cell takes at most; a text that is shorter by this count is not measured."""

_SELECTED, _FOCUS = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextDontClip


def first_width(index: Index, column_width: int) -> int:
    """Pixels for the text of the first column."""
    return column_width - PADDING * 2 - INDENT * int(index.data(roles.DEPTH) or 0)


class GridDelegate(QStyledItemDelegate):
    """`branch`: the row id that the tree has chosen; its line is tinted in the frozen columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._plain, self._bold = ui_font(), ui_font(semibold=True)
        self.branch: str | None = None
        self.frame: QRect | None = None
        """Rows and columns of the selection, so that each cell knows its part of the frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Asks the model for the whole line at once: one call of `data` a role and cell would take twice the time."""
        model = index.model()
        assert isinstance(model, GridModel)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        column, line, shown = index.column(), model.line(index.row()), model.shown(index.row())
        level, chosen = shown.marks[column], bool(state & _SELECTED) and not state & _FOCUS
        c = colours()
        painter.fillRect(rect, self._ground(line, column, level, chosen))
        painter.setPen(c.grid_line)
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        sums = line.kind == "jumlah"
        if level is not None and column != URAIAN:
            paint_mark(painter, QRect(rect.left() + 2, rect.top() + 3, 8, 8), level)
        painter.setPen(c.rollup_text if sums and column > SATUAN else c.text)
        if column == URAIAN:
            self._paint_first(painter, rect, line, shown.texts[column], level)
        else:
            self._paint_text(painter, rect, column, shown.texts[column], bold=sums and column == SATUAN)
        self._paint_frame(painter, rect, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setFont(ui_font())
        editor.setMaxLength(8000)
        left = index.column() <= SATUAN
        editor.setAlignment(Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(1, 1, -1, -1))  # type: ignore[attr-defined]

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """A text that the cell cannot take keeps the editor open and says why, beside it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QLineEdit):
            enters = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if event.key() in enters and self._refused(editor):
                return True
        return super().eventFilter(editor, event)

    def _refused(self, editor: QLineEdit) -> bool:
        view = self.parent()
        model = view.model()  # type: ignore[attr-defined]
        index = view.currentIndex()  # type: ignore[attr-defined]
        assert isinstance(model, GridModel)
        if editor.text() == index.data():
            return False
        try:
            model.typed(index, editor.text())
        except PlanError as error:
            QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), str(error), editor)
            return True
        return False

    def _ground(self, line: Line, column: int, level: Level | None, chosen: bool) -> QColor:
        c = colours()
        if chosen:
            return c.selected_cells
        if level in ("galat", "peringatan") and column != URAIAN:
            return c.level_ground(level)
        if line.kind == "jumlah":
            return c.rollup
        if column <= SETAHUN and self.branch is not None and line.row_id == self.branch:
            return c.selection_inactive
        return c.alternate if column >= FIRST_QUARTER else c.base

    def _paint_text(self, painter: QPainter, rect: QRect, column: int, text: str, *, bold: bool) -> None:
        if not text:
            return
        painter.setFont(self._bold if bold else self._plain)
        box = QRect(rect.left() + PADDING, rect.top() + 4, rect.width() - 2 * PADDING, LINE)
        if len(text) * WIDEST > box.width():
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 4)
        painter.drawText(box, _LEFT if column == SATUAN else _RIGHT, text)

    def _paint_first(self, painter: QPainter, rect: QRect, line: Line, text: str, level: Level | None) -> None:
        font = self._bold if line.kind == "jumlah" or (line.kind == "kas" and not line.depth) else self._plain
        painter.setFont(font)
        left = rect.left() + PADDING + INDENT * line.depth
        width = rect.right() - PADDING - left - (16 if level else 0)
        for i, part in enumerate(two_lines(text, QFontMetrics(font), width)):
            painter.drawText(QRect(left, rect.top() + 4 + i * LINE, width + 4, LINE), Qt.AlignmentFlag.AlignLeft, part)
        if level:
            paint_mark(painter, QRect(rect.right() - 16, rect.top() + 6, 12, 12), level)

    def _paint_frame(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The edges of the selection's frame that run along this cell, 2 px."""
        if self.frame is None or not self.frame.contains(index.column(), index.row()):
            return
        accent, box = colours().accent, self.frame
        if index.row() == box.top():
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), accent)
        if index.row() == box.bottom():
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), accent)
        if index.column() == box.left():
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), accent)
        if index.column() == box.right():
            painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), accent)

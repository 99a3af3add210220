"""How a cell of the grid is drawn and edited: fills and text only, its own lines, marks of the findings."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from models.errors import PlanError
from services.month_grid import FIRST_QUARTER, SATUAN, URAIAN
from ui import roles
from ui.colours import colours
from ui.fonts import ui_font
from ui.grid_model import GridModel
from ui.marks import paint_mark
from ui.tree_delegate import LINE, ROW, two_lines

Index = QModelIndex | QPersistentModelIndex
PADDING, INDENT = 6, 16


def first_width(index: Index, column_width: int) -> int:
    """Pixels for the text of the first column."""
    return column_width - PADDING * 2 - INDENT * int(index.data(roles.DEPTH) or 0)


class GridDelegate(QStyledItemDelegate):
    """`branch`: the row id that the tree has chosen; its line is tinted in the frozen columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.branch: str | None = None
        self.frame: QRect | None = None
        """Rows and columns of the selection, so that each cell knows its part of the frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.fillRect(rect, self._ground(index, chosen and not current))
        self._paint_lines(painter, rect)
        level = index.data(roles.LEVEL)
        if level is not None and index.column() != URAIAN:
            paint_mark(painter, QRect(rect.left() + 2, rect.top() + 3, 8, 8), level)
        painter.setPen(self._pen(index))
        if index.column() == URAIAN:
            self._paint_first(painter, rect, index, level)
        else:
            painter.setFont(ui_font(semibold=bool(index.data(roles.ROLLUP)) and index.column() == SATUAN))
            align = Qt.AlignmentFlag.AlignLeft if index.column() == SATUAN else Qt.AlignmentFlag.AlignRight
            box = QRect(rect.left() + PADDING, rect.top() + 4, rect.width() - 2 * PADDING, LINE)
            text = QFontMetrics(painter.font()).elidedText(index.data(), Qt.TextElideMode.ElideRight, box.width() + 4)
            painter.drawText(box, align | Qt.TextFlag.TextDontClip, text)
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

    def _ground(self, index: Index, chosen: bool) -> object:
        c = colours()
        if chosen:
            return c.selected_cells
        level = index.data(roles.LEVEL)
        if level in ("galat", "peringatan") and index.column() != URAIAN:
            return c.level_ground(level)
        if index.data(roles.ROLLUP):
            return c.rollup
        if index.column() < 3 and self.branch is not None and index.data(roles.ROW_ID) == self.branch:
            return c.selection_inactive
        return c.alternate if index.column() >= FIRST_QUARTER else c.base

    def _pen(self, index: Index) -> object:
        c = colours()
        if index.data(roles.ROLLUP):
            return c.text if index.column() <= SATUAN else c.rollup_text
        return c.text

    def _paint_lines(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(colours().grid_line)
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_first(self, painter: QPainter, rect: QRect, index: Index, level: str | None) -> None:
        bold = bool(index.data(roles.ROLLUP)) or (index.data(roles.KIND) == "kas" and not index.data(roles.DEPTH))
        font = ui_font(semibold=bold)
        painter.setFont(font)
        left = rect.left() + PADDING + INDENT * int(index.data(roles.DEPTH) or 0)
        width = rect.right() - PADDING - left - (16 if level else 0)
        for i, line in enumerate(two_lines(index.data(), QFontMetrics(font), width)):
            painter.drawText(QRect(left, rect.top() + 4 + i * LINE, width + 4, LINE), Qt.AlignmentFlag.AlignLeft, line)
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

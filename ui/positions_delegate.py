"""How a row of the organisation is drawn: the head semibold, what is missing muted, remarks with their mark."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.colours import colours
from ui.fonts import ui_font

Index = QModelIndex | QPersistentModelIndex
HEAD = Qt.ItemDataRole.UserRole + 1
MUTED = Qt.ItemDataRole.UserRole + 2
ROW = 26
_PAD, _MARK = 6, 12


class PositionsDelegate(QStyledItemDelegate):
    """Draws text only; the rows are edited beside the tree."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        c = colours()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            focused = option.widget is None or option.widget.hasFocus()  # type: ignore[attr-defined]
            painter.fillRect(rect, c.selection if focused else c.selection_inactive)
        painter.setPen(c.grid_line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = rect.adjusted(_PAD, 0, -_PAD, 0)
        mark = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(mark, QIcon) and not mark.isNull():
            mark.paint(painter, QRect(box.left(), rect.top() + (rect.height() - _MARK) // 2, _MARK, _MARK))
            box.adjust(_MARK + _PAD, 0, 0, 0)
        painter.setFont(ui_font(semibold=bool(index.data(HEAD))))
        painter.setPen(c.muted if index.data(MUTED) else c.text)
        text = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

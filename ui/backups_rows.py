"""How a row of a plain list is painted: flat selection, a line below, text in its own colour."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.colours import colours
from ui.fonts import ui_font

Index = QModelIndex | QPersistentModelIndex
ROW = 24


class RowDelegate(QStyledItemDelegate):
    """One line per row; what does not fit ends in an ellipsis."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 8, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        self.paint_ground(painter, option, rect.left() if index.column() else 0)
        brush = index.data(Qt.ItemDataRole.ForegroundRole)
        side = (
            index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.paint_text(painter, rect, index.data() or "", brush.color() if brush else colours().text, side)

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, left: int) -> None:
        """The selection, and the line below from `left` on."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        c = colours()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            focused = option.widget is None or option.widget.hasFocus()  # type: ignore[attr-defined]
            painter.fillRect(rect, c.selection if focused else c.selection_inactive)
        painter.setFont(ui_font())
        painter.setPen(c.grid_line)
        painter.drawLine(left, rect.bottom(), rect.right(), rect.bottom())

    def paint_text(self, painter: QPainter, rect: QRect, text: str, colour: QColor, side: Any) -> None:
        """One line of text."""
        box = rect.adjusted(4, 0, -4, 0)
        painter.setPen(colour)
        painter.drawText(box, side, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width()))

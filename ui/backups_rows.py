"""How a row of a plain list is painted: flat selection, a line below, text in its own colour."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.colours import colours
from ui.list_rows import LEFT, ROW, Index, paint_ground, write

PAD = 4


class RowDelegate(QStyledItemDelegate):
    """One line per row; what does not fit ends in an ellipsis."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 8, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        paint_ground(painter, option, rect.left() if index.column() else 0)
        brush = index.data(Qt.ItemDataRole.ForegroundRole)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole) or LEFT
        colour = brush.color() if brush else colours().text
        write(painter, rect.adjusted(PAD, 0, -PAD, 0), index.data() or "", colour, side=side)

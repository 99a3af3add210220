"""How the tables of a compilation are painted: text with its mark, a line below each row, in both palettes."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableWidget

from ui.colours import colours
from ui.fonts import ui_font
from ui.proxy_style import plain_fusion

Index = QModelIndex | QPersistentModelIndex
ROW = 24
_PAD, _MARK = 6, 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QStyledItemDelegate):
    """Fills and draws text only."""

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
            mark.paint(painter, QRect(box.left(), rect.top() + (ROW - _MARK) // 2, _MARK, _MARK))
            box.adjust(_MARK + _PAD, 0, 0, 0)
        painter.setFont(ui_font())
        painter.setPen(c.text)
        text = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole) or _LEFT, text)


def make_plain(table: QTableWidget, name: str) -> None:
    """Whole rows, read only, 24 px high."""
    table.setStyle(plain_fusion())
    table.setItemDelegate(RowDelegate(table))
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(ROW)
    table.verticalHeader().setDefaultSectionSize(ROW)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(_LEFT)
    header.setFixedHeight(ROW)

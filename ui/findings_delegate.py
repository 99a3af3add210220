"""How a line of the findings dock is painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import roles
from ui.colours import colours
from ui.findings_model import ACTION, DITERIMA, KODE, MARK, PLACE, TEMUAN
from ui.fonts import SMALL, ui_font
from ui.marks import paint_mark

Index = QModelIndex | QPersistentModelIndex
ROW, INDENT = 24, 16
_GAP = 8


class FindingsDelegate(QStyledItemDelegate):
    """The mark of the level, the sentence with the count of what is folded, muted places and codes, a link."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        c, column = colours(), index.column()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            focused = option.widget is None or option.widget.hasFocus()  # type: ignore[attr-defined]
            painter.fillRect(rect, c.selection if focused else c.selection_inactive)
        painter.setPen(c.grid_line)
        # The room of the arrow is not the item's own, and the line goes on below it.
        left = rect.left() - (INDENT * (2 if index.parent().isValid() else 1) if column == TEMUAN else 0)
        painter.drawLine(left, rect.bottom(), rect.right(), rect.bottom())
        if column == MARK:
            paint_mark(painter, QRect(rect.left() + 10, rect.top() + 6, 12, 12), index.data(roles.LEVEL))
            return
        painter.setFont(ui_font(SMALL) if column == KODE else ui_font())
        box = rect.adjusted(4, 0, -4, 0)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        folded = index.data(roles.COUNT) if column == TEMUAN else 0
        more = f"+ {folded} lanjutan" if folded else ""
        room = painter.fontMetrics().horizontalAdvance(more) + _GAP if more else 0
        width = box.width() - room
        text = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, width)
        muted = column in (PLACE, KODE, DITERIMA)
        painter.setPen(c.accent if column == ACTION else c.muted if muted else c.text)
        painter.drawText(box, side, text)
        if more:
            painter.setPen(c.muted)
            painter.drawText(box.adjusted(painter.fontMetrics().horizontalAdvance(text) + _GAP, 0, 0, 0), side, more)

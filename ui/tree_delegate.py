"""How a row of a tree is drawn: number, two lines of text at most, and the findings of its branch."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from ui import roles
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.icons import icon
from ui.marks import paint_mark

Index = QModelIndex | QPersistentModelIndex
ROW, LINE = 24, 16
NUMBER_WIDTH = 24


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text in at most two lines of `width` pixels; the second ends in an ellipsis where more would follow."""
    text = " ".join(text.split())
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    layout = QTextLayout(text, ui_font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(width, 1))
    layout.endLayout()
    cut = line.textStart() + line.textLength()
    first, rest = text[:cut].strip(), text[cut:].strip()
    if not rest:
        return [first]
    return [first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


class TreeDelegate(QStyledItemDelegate):
    """Fills and draws text only: Fusion's own painting of items is not used."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.column() != 0:
            return QSize(40, ROW)
        width = self._text_width(option, index)
        lines = two_lines(index.data() or "", QFontMetrics(ui_font()), width)
        return QSize(120, ROW + LINE * (len(lines) - 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        c = colours()
        if chosen:
            focused = option.widget is None or option.widget.hasFocus()  # type: ignore[attr-defined]
            painter.fillRect(rect, c.selection if focused else c.selection_inactive)
        if index.column() == 0:
            self._paint_text(painter, rect, index)
        elif index.data(roles.LEVEL) is not None and index.column() == index.model().columnCount() - 1:
            self._paint_badge(painter, rect, index)
        else:
            painter.setPen(c.muted if index.data(roles.KIND) is None else c.text)
            painter.setFont(ui_font())
            painter.drawText(_line(rect.adjusted(0, 0, -4, 0), 0), Qt.AlignmentFlag.AlignRight, index.data() or "")

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(
            rect.left() + self._indent(index) - 4, rect.top(), rect.width() - self._indent(index) + 4, ROW
        )

    def _paint_text(self, painter: QPainter, rect: QRect, index: Index) -> None:
        c = colours()
        left = rect.left() + self._indent(index)
        if index.data(roles.KIND) == "indikator":
            icon("gauge", role="muted").paint(painter, QRect(QPoint(rect.left() + 2, rect.top() + 4), QSize(16, 16)))
        painter.setFont(ui_font())
        number = index.data(roles.NUMBER)
        if number:
            painter.setPen(c.muted)
            box = QRect(rect.left(), rect.top() + 4, NUMBER_WIDTH - 4, LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine, number)
        painter.setPen(c.muted if index.data(roles.KIND) is None else c.text)
        width = rect.right() - left - 4
        for i, line in enumerate(two_lines(index.data() or "", QFontMetrics(ui_font()), width)):
            painter.drawText(
                _line(QRect(left, rect.top(), width + 4, rect.height()), i), Qt.AlignmentFlag.AlignLeft, line
            )

    def _paint_badge(self, painter: QPainter, rect: QRect, index: Index) -> None:
        level = index.data(roles.LEVEL)
        count = str(index.data(roles.COUNT))
        painter.setFont(ui_font(SMALL))
        painter.setPen(colours().level(level))
        box = _line(rect.adjusted(0, 0, -8, 0), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        width = QFontMetrics(ui_font(SMALL)).horizontalAdvance(count)
        paint_mark(painter, QRect(box.right() - width - 16, box.top() + 2, 12, 12), level)

    def _indent(self, index: Index) -> int:
        if index.data(roles.KIND) == "indikator":
            return 24
        return NUMBER_WIDTH if index.data(roles.NUMBER) else 0

    def _text_width(self, option: QStyleOptionViewItem, index: Index) -> int:
        view = option.widget  # type: ignore[attr-defined]
        if not isinstance(view, QTreeView):
            return 200
        depth, at = 1, index.parent()
        while at.isValid():
            depth, at = depth + 1, at.parent()
        return view.columnWidth(0) - depth * view.indentation() - self._indent(index) - 4


def _line(rect: QRect, number: int) -> QRect:
    """The place of a line of text in a row."""
    return QRect(rect.left(), rect.top() + 4 + number * LINE, rect.width(), LINE)

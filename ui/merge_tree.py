"""The branches that a merge touches, each with what comes in and what is disputed; one of them filters the table."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from services.merge_branches import Node
from ui import roles
from ui.colours import colours
from ui.fonts import ui_font
from ui.indicators import paint_chevron
from ui.list_rows import Index, NamesHeader, paint_selection, plain_list
from ui.marks import paint_mark
from ui.tree_delegate import fitted, two_lines

ROW, LINE, HEADER = 24, 16, 28
WIDTH = 344
NAME, MASUK, BERTENTANGAN = range(3)
_WIDTHS = {MASUK: 60, BERTENTANGAN: 96}
_INDENT = 16
_BOLD = roles.KIND
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MergeTree(QTreeView):
    """`chosen(id)`: show this branch; "" for the whole plan."""

    chosen = Signal(str)

    def __init__(self, whole: Node, parent: QWidget | None = None, *, incoming: bool = True) -> None:
        """`incoming`: with what comes in, not only with what is disputed."""
        super().__init__(parent)
        plain_list(self, "Cabang")
        self.setIndentation(_INDENT)
        self.setItemDelegate(_Delegate(self))
        self._items = QStandardItemModel(self)
        self._items.setHorizontalHeaderLabels(["Cabang", "Masuk", "Bertentangan"])
        for column in _WIDTHS:
            self._items.horizontalHeaderItem(column).setTextAlignment(_RIGHT)
        header = NamesHeader(self, HEADER)
        self.setHeader(header)
        self.setModel(self._items)
        header.share(NAME, _WIDTHS)
        self._incoming = incoming
        self.set_narrow(False)
        self._fill(whole)

    def current_id(self) -> str:
        """The branch that is shown."""
        return str(self.currentIndex().siblingAtColumn(NAME).data(roles.ROW_ID) or "")

    def set_narrow(self, narrow: bool) -> None:
        """Leave more room for the names; what comes in stands in the tooltip then."""
        self.setColumnHidden(MASUK, narrow or not self._incoming)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and (current.row(), current.parent()) != (previous.row(), previous.parent()):
            self.chosen.emit(self.current_id())

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        c = colours()
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, c.selection if self.hasFocus() else c.selection_inactive)
            painter.fillRect(QRect(0, rect.top(), 3, rect.height()), c.accent)
        if self._items.hasChildren(index):
            place = QRect(rect.right() - 15, rect.top() + 4, 16, 16)
            arrow = Qt.ArrowType.DownArrow if self.isExpanded(index) else Qt.ArrowType.RightArrow
            paint_chevron(painter, place, arrow, c.muted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _fill(self, whole: Node) -> None:
        top = _items(whole, bold=True)
        self._items.appendRow(top)
        for node in whole.below.values():
            line = _items(node, bold=True)
            self._items.appendRow(line)
            _fill(line[0], node)
            self.setExpanded(line[0].index(), True)
            # Of the objectives one level more is shown than of the programs, of which there are many.
            if node.id.startswith("kinerja"):
                for row in range(line[0].rowCount()):
                    self.setExpanded(line[0].child(row).index(), True)
        self.setCurrentIndex(top[0].index())


def _fill(item: QStandardItem, node: Node) -> None:
    for below in node.below.values():
        line = _items(below)
        item.appendRow(line)
        _fill(line[0], below)


def _items(node: Node, *, bold: bool = False) -> list[QStandardItem]:
    line = [QStandardItem(node.text), QStandardItem(str(node.masuk)), QStandardItem(str(node.bertentangan))]
    line[0].setData(node.id, roles.ROW_ID)
    line[0].setData(bold, _BOLD)
    words = f"{node.text}, {node.masuk} masuk, {node.bertentangan} bertentangan"
    line[0].setToolTip(words)
    line[0].setData(words, Qt.ItemDataRole.AccessibleTextRole)
    return line


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget  # type: ignore[attr-defined]
        if index.column() != NAME or not isinstance(view, QTreeView):
            return QSize(40, ROW)
        depth, at = 1, index.parent()
        while at.isValid():
            depth, at = depth + 1, at.parent()
        lines = _lines(index, view.columnWidth(NAME) - depth * _INDENT - 4)
        return QSize(120, ROW + LINE * (len(lines) - 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        c = colours()
        paint_selection(painter, option)
        if index.column() == NAME:
            painter.setPen(c.text)
            painter.setFont(ui_font(semibold=bool(index.data(_BOLD))))
            for i, text in enumerate(_lines(index, rect.width() - 4)):
                painter.drawText(_line(rect, i), Qt.AlignmentFlag.AlignLeft, text)
            return
        count = int(index.data() or 0)
        disputed = index.column() == BERTENTANGAN and count > 0
        painter.setFont(ui_font())
        painter.setPen(c.peringatan if disputed else c.text if count else c.muted)
        box = _line(rect.adjusted(0, 0, -12, 0), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(count))
        if disputed:
            left = box.right() - painter.fontMetrics().horizontalAdvance(str(count)) - 16
            paint_mark(painter, QRect(left, box.top() + 2, 12, 12), "peringatan")


def _lines(index: Index, width: int) -> list[str]:
    if index.data(_BOLD):
        return two_lines(index.data() or "", QFontMetrics(ui_font(semibold=True)), width)
    return fitted(index.data() or "", width)


def _line(rect: QRect, number: int) -> QRect:
    return QRect(rect.left(), rect.top() + 4 + number * LINE, rect.width(), LINE)

"""What the lists share: how they are set up, the ground of a row, one line of text, and a header of plain names."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.proxy_style import plain_fusion

Index = QModelIndex | QPersistentModelIndex
ROW = 24
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
HEAD = Qt.ItemDataRole.UserRole + 1
MUTED = Qt.ItemDataRole.UserRole + 2
"""Of a cell that RowDelegate draws: whether its text is semibold, and whether it is grey."""
_PAD, _MARK, _HEADER_PAD = 6, 12, 12


def paint_selection(painter: QPainter, option: QStyleOptionViewItem) -> bool:
    """Fill a selected row, paler where its view has not the focus; whether it is selected."""
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
    if chosen:
        focused = option.widget is None or option.widget.hasFocus()  # type: ignore[attr-defined]
        c = colours()
        painter.fillRect(option.rect, c.selection if focused else c.selection_inactive)  # type: ignore[attr-defined]
    return chosen


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, left: int | None = None) -> None:
    """The selection, and the line below the row, from `left` on where that is not the edge of the cell."""
    rect: QRect = option.rect  # type: ignore[attr-defined]
    paint_selection(painter, option)
    painter.setPen(colours().grid_line)
    painter.drawLine(rect.left() if left is None else left, rect.bottom(), rect.right(), rect.bottom())


def write(
    painter: QPainter,
    room: QRect,
    text: str,
    colour: QColor,
    font: QFont | None = None,
    side: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """One line, cut where it does not fit; returns the width of the whole of it."""
    painter.setFont(font or ui_font())
    painter.setPen(colour)
    metrics = painter.fontMetrics()
    painter.drawText(room, side | Qt.TextFlag.TextSingleLine, metrics.elidedText(text, elide, room.width()))
    return metrics.horizontalAdvance(text)


class RowDelegate(QStyledItemDelegate):
    """Fills and draws text only: the mark of a cell, and one line of text."""

    def __init__(self, view: QAbstractItemView, height: int = ROW) -> None:
        super().__init__(view)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        paint_ground(painter, option)
        box = rect.adjusted(_PAD, 0, -_PAD, 0)
        mark = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(mark, QIcon) and not mark.isNull():
            mark.paint(painter, QRect(box.left(), rect.top() + (rect.height() - _MARK) // 2, _MARK, _MARK))
            box.adjust(_MARK + _PAD, 0, 0, 0)
        colour = colours().muted if index.data(MUTED) else colours().text
        side = index.data(Qt.ItemDataRole.TextAlignmentRole) or LEFT
        write(painter, box, index.data() or "", colour, ui_font(semibold=bool(index.data(HEAD))), side)


class NamesHeader(QHeaderView):
    """Names over the cells' own edge; nothing to press."""

    def __init__(self, view: QAbstractItemView, height: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setFixedHeight(height)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def share(self, stretched: int, widths: Mapping[int, int]) -> None:
        """Give the columns their widths, and one of them what is left; the view has its model by then."""
        self.setStretchLastSection(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        for column, width in widths.items():
            self.resizeSection(column, width)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        c = colours()
        painter.fillRect(rect, c.window)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), c.pane_edge)
        words, side = (
            self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, role)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole)
        )
        room = rect.adjusted(0 if side else _HEADER_PAD, 0, -_HEADER_PAD, 0)
        write(painter, room, words, c.muted, ui_font(SMALL), side or LEFT)


def plain_list(view: QAbstractItemView, name: str) -> None:
    """A view without a frame, read only, that scrolls up and down by pixels. `name`: what a screen reader calls it."""
    view.setStyle(plain_fusion())
    view.setAccessibleName(name)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def plain_table(table: QTableView, name: str, delegate: QStyledItemDelegate, row: int = ROW) -> None:
    """Whole rows, read only and `row` pixels high, under a header as high as a row of text."""
    table.setStyle(plain_fusion())
    table.setAccessibleName(name)
    table.setItemDelegate(delegate)
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(row)
    table.verticalHeader().setDefaultSectionSize(row)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(LEFT)
    header.setFixedHeight(ROW)

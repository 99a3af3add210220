"""The result of Bagi as a table: month by month what stands there, what will, and what it runs up to."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui.colours import colours
from ui.fonts import ui_font
from ui.proxy_style import plain_fusion

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
BULAN, SEKARANG, MENJADI, KUMULATIF = range(4)
HEADS = ("Bulan", "Sekarang", "Menjadi", "Kumulatif")
HEADER, NAME_WIDTH, WIDTH = 24, 96, 104
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ResultModel(QAbstractTableModel):
    """One row a period, and the last one the sum where there is one; four columns of texts."""

    def __init__(
        self, names: Sequence[str], now: Sequence[str], now_total: str | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._names = tuple(names) if now_total is None else (*names, "Jumlah")
        self._periods = len(names)
        self._now = (*now, now_total or "")
        self._next: tuple[str, ...] = ("",) * len(self._names)
        self._running = self._next
        self._empty = True

    def show(self, menjadi: Sequence[str], kumulatif: Sequence[str], jumlah: str) -> None:
        """The columns Menjadi and Kumulatif; nothing at all where all are empty."""
        self._next, self._running = (*menjadi, jumlah), (*kumulatif, "")
        self._empty = not any(self._next)
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(HEADS) - 1))

    def is_changed(self, row: int) -> bool:
        """Whether the period will say something else."""
        return not self._empty and row < self._periods and self._now[row] != self._next[row]

    def is_sum(self, row: int) -> bool:
        """Whether the row is the sum."""
        return row == self._periods

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        return (self._names, self._now, self._next, self._running)[column][row]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section == BULAN else _RIGHT
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self.text(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() == BULAN else _RIGHT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            changed = ", berubah" if index.column() == MENJADI and self.is_changed(index.row()) else ""
            return f"{self._names[index.row()]}, {HEADS[index.column()]}: {text or 'kosong'}{changed}"
        return None


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ResultModel)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        row, column, c = index.row(), index.column(), colours()
        total = model.is_sum(row)
        changed = column == MENJADI and model.is_changed(row)
        painter.fillRect(rect, c.rollup if total else c.selected_cells if changed else c.base)
        painter.setPen(c.grid_line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if column < KUMULATIF:
            painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(ui_font(semibold=changed or (total and column in (BULAN, MENJADI))))
        painter.setPen(c.muted if column == SEKARANG else c.text)
        box = rect.adjusted(8, 0, -8, 0)
        text = painter.fontMetrics().elidedText(model.text(row, column), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT if column == BULAN else _RIGHT, text)


class ResultTable(QTableView):
    """Read only, all rows in sight."""

    def __init__(self, model: ResultModel, row_height: int, *, running: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName("Hasil per bulan")
        self.setStyle(plain_fusion())
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.Box)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setFixedHeight(HEADER)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in enumerate((NAME_WIDTH, WIDTH, WIDTH, WIDTH)):
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(KUMULATIF if running else MENJADI, QHeaderView.ResizeMode.Stretch)
        self.setColumnHidden(KUMULATIF, not running)
        edge = 2 * self.frameWidth()
        self.setFixedSize(NAME_WIDTH + 3 * WIDTH + edge, HEADER + row_height * model.rowCount() + edge)

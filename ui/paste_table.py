"""The block of the paste dialog as a table: the texts as pasted, marked where they cannot be read or are doubtful."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from services.paste import Problem, Question, Target
from services.paste_cells import is_missing
from services.tanggal import MONTHS, MONTHS_SHORT
from ui.colours import colours
from ui.fonts import ui_font
from ui.indicators import paint_frame
from ui.marks import mark_icon, paint_mark
from ui.proxy_style import plain_fusion
from ui.tree_delegate import ROW

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int]
NAMES_WIDTH = 278
_NARROWEST, _WIDEST, _DIGIT, _MARK = 56, 160, 7, 12
_NO_INDEX = QModelIndex()
_SHORT = dict(zip(MONTHS, MONTHS_SHORT, strict=True))


def row_name(targets: Sequence[Sequence[Target | None]], row: int) -> str:
    """What the row is called that a pasted one goes to; "" outside."""
    return next((target.row_name for target in targets[row] if target), "") if row < len(targets) else ""


def column_name(targets: Sequence[Sequence[Target | None]], column: int) -> str:
    """What the column is called that a pasted one goes to; "" outside."""
    into = (row[column] for row in targets if len(row) > column)
    return next((target.column_name for target in into if target), "")


class PasteModel(QAbstractTableModel):
    """The cells as pasted; `fixes` what the user has typed in place of those that cannot be read."""

    def __init__(
        self,
        cells: Sequence[Sequence[str]],
        targets: Sequence[Sequence[Target | None]],
        problems: Sequence[Problem],
        questions: Sequence[Question],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells = cells
        self._targets = targets
        self.problems: Mapping[Place, Problem] = {(p.row, p.column): p for p in problems}
        self._asked = {question.column for question in questions}
        self.fixes: dict[Place, str] = {}
        self._columns = max((len(row) for row in cells), default=0)
        self._names = [column_name(targets, column) for column in range(self._columns)]

    def fix(self, place: Place, text: str | None) -> None:
        """Show what is typed in place of a cell; None: as pasted."""
        if text is None:
            self.fixes.pop(place, None)
        else:
            self.fixes[place] = text
        self.dataChanged.emit(self.index(*place), self.index(*place))

    def target(self, row: int, column: int) -> Target | None:
        """Where a cell goes to; None also for one that the pasted row is too short for."""
        if row >= len(self._targets) or column >= len(self._targets[row]) or self.is_lacking(row, column):
            return None
        return self._targets[row][column]

    def is_lacking(self, row: int, column: int) -> bool:
        """Whether the pasted row is too short for a cell."""
        return column >= len(self._cells[row]) or is_missing(self._cells[row][column])

    def text(self, row: int, column: int) -> str:
        """What the table shows in a cell."""
        fixed = self.fixes.get((row, column))
        if fixed is not None:
            return fixed
        return str(self._cells[row][column]) if column < len(self._cells[row]) else ""

    def level(self, row: int, column: int) -> str | None:
        """The mark of a cell: galat while it cannot be read, peringatan in a doubtful column."""
        if (row, column) in self.problems and (row, column) not in self.fixes:
            return "galat"
        return "peringatan" if column in self._asked and self.target(row, column) else None

    def widest(self, column: int) -> int:
        """Characters of the longest text of a column."""
        return max((len(row[column]) for row in self._cells if len(row) > column), default=0)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            if across:
                name = self._names[section] or "di luar kisi"
                return _SHORT.get(name, name)
            return f"{section + 1}  {row_name(self._targets, section) or 'di luar kisi'}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._names[section] if across else row_name(self._targets, section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (
                Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            ) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and across and section in self._asked:
            return mark_icon("peringatan")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        problem = self.problems.get((row, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            target = self.target(row, column)
            if self.is_lacking(row, column):
                return "Baris yang ditempel lebih pendek; isi lama tetap."
            if target is None:
                return "Di luar sel yang dapat diisi; tidak ditempel."
            old = f"Isi lama: {target.old or 'kosong'}"
            return f"{problem.reason}\n{old}" if problem else old
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = "isi lama tetap" if self.is_lacking(row, column) else self.text(row, column) or "kosong"
            words = [row_name(self._targets, row), self._names[column], text]
            level = self.level(row, column)
            meaning = {"galat": "tidak terbaca", "peringatan": "perlu dipastikan"}
            return ", ".join([*filter(None, words), *([meaning[level]] if level else [])])
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.current: Place | None = None
        self._font = ui_font()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_NARROWEST, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PasteModel)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        row, column = index.row(), index.column()
        target, level = model.target(row, column), model.level(row, column)
        c = colours()
        painter.fillRect(rect, c.level_ground(level) if level else c.base if target else c.rollup)
        painter.setPen(c.grid_line)
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if level == "galat":
            paint_mark(painter, QRect(rect.left() + 2, rect.top() + 2, 8, 8), level)
        painter.setFont(self._font)
        painter.setPen(c.text if target else c.muted)
        box = rect.adjusted(6, 0, -7, 0)
        text = " ".join(model.text(row, column).split())
        if len(text) * _DIGIT > box.width():
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 3)
        left = target is not None and target.kind == "text"
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)
        if self.current == (row, column):
            paint_frame(painter, rect.adjusted(0, 0, -1, -1), None, c.accent, 2, 0)


class _Names(QHeaderView):
    """The names of the rows, on the ground of the cells."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        c = colours()
        painter.fillRect(rect, c.base)
        painter.setPen(c.grid_line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), c.pane_edge)
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Vertical))
        box = rect.adjusted(6, 0, -8, 0)
        painter.setPen(c.text)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class PasteTable(QTableView):
    """The names of the rows stay in sight; `set_current` frames a cell."""

    def __init__(self, model: PasteModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyle(plain_fusion())
        self.setAccessibleName("Isi yang akan ditempel")
        self.setVerticalHeader(_Names(self))
        self.setModel(model)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for mode in (self.setVerticalScrollMode, self.setHorizontalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        names, across = self.verticalHeader(), self.horizontalHeader()
        for header in (names, across):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setFont(ui_font())
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setMinimumSectionSize(ROW)
        names.setDefaultSectionSize(ROW)
        names.setFixedWidth(NAMES_WIDTH)
        across.setFixedHeight(ROW)
        corner = QLabel("Masuk ke baris", self)
        corner.setIndent(6)
        corner.setForegroundRole(corner.palette().ColorRole.PlaceholderText)
        corner.setGeometry(1, 1, NAMES_WIDTH - 2, ROW - 1)
        self._wanted = [self._width(model, column) for column in range(model.columnCount())]

    def set_current(self, place: Place | None) -> None:
        """Frame a cell and bring it into sight."""
        self._delegate.current = place
        if place is not None:
            self.scrollTo(self.model().index(*place))
        self.viewport().update()

    def height_for(self, rows: int) -> int:
        """The height that shows so many rows."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._needs_bar() else 0
        return ROW * (rows + 1) + bar + 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room, wanted = self.viewport().width(), sum(self._wanted)
        count = len(self._wanted)
        more, rest = divmod(max(0, room - wanted), count) if count else (0, 0)
        for column, width in enumerate(self._wanted):
            self.setColumnWidth(column, width + more + (1 if column < rest else 0))

    def _needs_bar(self) -> bool:
        return sum(self._wanted) > 960 - NAMES_WIDTH

    def _width(self, model: PasteModel, column: int) -> int:
        name = str(model.headerData(column, Qt.Orientation.Horizontal))
        head = self.fontMetrics().horizontalAdvance(name) + 16
        return max(_NARROWEST, min(_WIDEST, max(head, model.widest(column) * _DIGIT + _MARK)))

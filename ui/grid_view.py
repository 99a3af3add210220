"""The grid as two table views on one model and one selection: the left one holds the frozen columns."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from services.month_grid import FIRST_MONTH, FIRST_QUARTER, SATUAN, SETAHUN, URAIAN
from ui.colours import colours
from ui.fonts import ui_font
from ui.grid_delegate import GridDelegate, first_width
from ui.grid_model import GridModel
from ui.proxy_style import plain_fusion
from ui.tree_delegate import LINE, ROW, two_lines

WIDTHS = {URAIAN: 248, SATUAN: 48, SETAHUN: 100}
MONTH_WIDTH, QUARTER_WIDTH = 96, 88


class _Table(QTableView):
    """One half: spreadsheet keys that QTableView does not have, written once."""

    def __init__(self, pane: "GridView", columns: range, name: str) -> None:
        super().__init__(pane)
        self._pane = pane
        self._columns = columns
        self.setAccessibleName(name)
        self.setStyle(plain_fusion())
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setFixedHeight(ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = (
            event.key(),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._pane.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._pane.paste()
        elif key == Qt.Key.Key_Delete and plain:
            self._pane.empty_selection()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._pane.step(1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._pane.step(0, 1 if key == Qt.Key.Key_Tab else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and plain and self._at_seam(key):
            self._pane.step(0, -1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False

    def keyboardSearch(self, search: str) -> None:
        """Typing never looks for a row: a figure typed into a cell that takes none must not move the caret."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes down and Tab to the next cell, as in a spreadsheet."""
        hints = QAbstractItemDelegate.EndEditHint
        steps = {hints.SubmitModelCache: (1, 0), hints.EditNextItem: (0, 1), hints.EditPreviousItem: (0, -1)}
        super().closeEditor(editor, hints.NoHint)
        self.setFocus()
        if hint in steps:
            self._pane.step(*steps[hint])

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self._pane.fit_rows()
        return bool(super().viewportEvent(event))

    def _at_seam(self, key: int) -> bool:
        column = self.currentIndex().column()
        return column == (self._columns[0] if key == Qt.Key.Key_Left else self._columns[-1])


class _Seam(QWidget):
    """The edge between the frozen columns and the months."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(2)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colours().pane_edge)


class GridView(QWidget):
    """Both halves as one grid. `selection_changed` after every move of the selection."""

    selection_changed = Signal()

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.frozen = _Table(self, range(FIRST_MONTH), "Baris kisi")
        self.months = _Table(self, range(FIRST_MONTH, model.columnCount()), "Kisi dua belas bulan")
        self._delegates = []
        self._fitted: list[str] = []
        self._tab_from: int | None = None
        for table in (self.frozen, self.months):
            table.setModel(model)
            delegate = GridDelegate(table)
            table.setItemDelegate(delegate)
            self._delegates.append(delegate)
        self.months.setSelectionModel(self.frozen.selectionModel())
        self._arrange()
        self._under_frozen = QWidget()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.frozen, 1)
        left.addWidget(self._under_frozen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left)
        layout.addWidget(_Seam())
        layout.addWidget(self.months, 1)
        self.months.horizontalScrollBar().installEventFilter(self)
        self.frozen.verticalScrollBar().valueChanged.connect(self.months.verticalScrollBar().setValue)
        self.months.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.horizontalHeader().sectionResized.connect(self._on_frozen_resized)
        self.frozen.selectionModel().selectionChanged.connect(self._on_selection)
        self.frozen.selectionModel().currentChanged.connect(self._on_selection)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_data_changed)
        self.setFocusProxy(self.months)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Both halves end at the same height: under the left one is as much room as the other's scroll bar takes."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            bar = self.months.horizontalScrollBar()
            self._under_frozen.setFixedHeight(bar.height() if bar.isVisible() else 0)
        return super().eventFilter(watched, event)

    def set_branch(self, row_id: str | None) -> None:
        """The row that the tree has chosen."""
        for delegate in self._delegates:
            delegate.branch = row_id

    def current(self) -> QModelIndex:
        """The cell that the caret is on."""
        return self.frozen.currentIndex()

    def go_to(self, row: int, column: int) -> None:
        """Make a cell current and show it."""
        index = self.model.index(row, column)
        table = self._table(column)
        table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        table.scrollTo(index)
        table.setFocus()

    def step(self, down: int, right: int) -> None:
        """Enter goes down, to the column where Tab began; Tab goes to the next cell that takes typing."""
        index = self.current()
        column, begun = index.column(), self._tab_from
        if right:
            begun = column if begun is None else begun
            target = self._next_cell(index.row(), column, right)
        else:
            row = index.row() + down
            target = (row, column if begun is None else begun) if 0 <= row < self.model.rowCount() else None
            begun = None
        if target is not None:
            self.go_to(*target)
        self._tab_from = begun

    def _next_cell(self, row: int, column: int, right: int) -> tuple[int, int] | None:
        """The next cell to the right or left that takes typing; behind December comes the next line's January."""
        while 0 <= row < self.model.rowCount():
            column += right
            if column >= FIRST_QUARTER:
                row, column = row + 1, FIRST_MONTH - 1
            elif column < 0:
                row, column = row - 1, FIRST_QUARTER
            elif self.model.flags(self.model.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                return row, column
        return None

    def selected(self) -> list[QModelIndex]:
        """The selected cells, row by row."""
        return sorted(self.frozen.selectionModel().selectedIndexes(), key=lambda i: (i.row(), i.column()))

    def copy(self) -> None:
        """Put the selected block on the clipboard as tab-separated text."""
        cells = self.selected()
        if not cells:
            return
        columns = sorted({cell.column() for cell in cells})
        rows = sorted({cell.row() for cell in cells})
        lines = ["\t".join(self.model.text(row, column) for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Type the clipboard's block from the current cell on, as one action; one value fills the selection."""
        text = QGuiApplication.clipboard().text().rstrip("\n")
        block = [line.split("\t") for line in text.replace("\r\n", "\n").split("\n")]
        start = min(self.selected() or [self.current()], key=lambda i: (i.row(), i.column()))
        if not text or not start.isValid():
            return
        if len(block) == 1 and len(block[0]) == 1:
            cells = [(index, block[0][0]) for index in self.selected()]
        else:
            places = [
                (start.row() + r, start.column() + c, cell)
                for r, line in enumerate(block)
                for c, cell in enumerate(line)
            ]
            cells = [(self.model.index(r, c), cell) for r, c, cell in places if self.model.hasIndex(r, c)]
            cells = [(i, cell) for i, cell in cells if i.flags() & Qt.ItemFlag.ItemIsEditable]
            if len(places) > len(cells):
                left_out = len(places) - len(cells)
                self.model.remark(f"{len(cells)} sel ditempel; {left_out} tidak, karena di luar kisi yang diisi.")
        self.model.type_block("tempel", cells)

    def empty_selection(self) -> None:
        """Delete: empty the selected cells, as one action."""
        self.model.type_block("kosongkan sel", [(i, "") for i in self.selected() if i.column() >= SETAHUN])

    def fit_rows(self) -> None:
        """Rows of one or two lines, the same in both halves."""
        width = self.frozen.columnWidth(URAIAN)
        metrics = QFontMetrics(ui_font(semibold=True))
        self._fitted = [self.model.text(row, URAIAN) for row in range(self.model.rowCount())]
        for row, text in enumerate(self._fitted):
            index = self.model.index(row, URAIAN)
            lines = two_lines(text, metrics, first_width(index, width) - 16)
            for table in (self.frozen, self.months):
                table.setRowHeight(row, ROW + LINE * (len(lines) - 1))

    def _arrange(self) -> None:
        for column in range(self.model.columnCount()):
            frozen = column < FIRST_MONTH
            self.frozen.setColumnHidden(column, not frozen)
            self.months.setColumnHidden(column, frozen)
            default = MONTH_WIDTH if column < FIRST_QUARTER else QUARTER_WIDTH
            self._table(column).setColumnWidth(column, WIDTHS.get(column, default))
        self.frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_frozen()

    def _fit_frozen(self) -> None:
        self.frozen.setFixedWidth(sum(self.frozen.columnWidth(column) for column in range(FIRST_MONTH)))

    def _table(self, column: int) -> _Table:
        return self.frozen if column < FIRST_MONTH else self.months

    def _on_frozen_resized(self) -> None:
        self._fit_frozen()
        self.fit_rows()

    def _on_reset(self) -> None:
        self.fit_rows()
        if self.model.rowCount():
            first = next((r for r in range(self.model.rowCount()) if self.model.line(r).kind != "jumlah"), 0)
            self.frozen.selectionModel().setCurrentIndex(
                self.model.index(first, FIRST_MONTH), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self._on_selection()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        rows = range(first.row(), last.row() + 1)
        if any(self._fitted[row] != self.model.text(row, URAIAN) for row in rows):
            self.fit_rows()
        self.selection_changed.emit()

    def _on_selection(self) -> None:
        self._tab_from = None
        cells = self.selected()
        frame = None
        if cells:
            columns = {cell.column() for cell in cells}
            left, top = min(columns), cells[0].row()
            frame = QRect(left, top, max(columns) - left + 1, cells[-1].row() - top + 1)
        for delegate in self._delegates:
            delegate.frame = frame
        self.frozen.viewport().update()
        self.months.viewport().update()
        self.selection_changed.emit()

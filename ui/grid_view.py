"""The grid as two table views on one model and one cursor: the left one holds the frozen columns."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from services.month_grid import FIRST_MONTH, SATUAN, URAIAN, Shown
from ui.colours import colours
from ui.grid_columns import GridColumns
from ui.grid_commands import GridCommands
from ui.grid_cursor import Block, GridCursor
from ui.grid_keys import GridKeys
from ui.grid_model import Cell, GridModel
from ui.grid_mouse import GridMouse
from ui.grid_paint import GridPainter, out_of_sight
from ui.grid_place import GridPlace
from ui.grid_rows import GridRows
from ui.grid_table import GridTable
from ui.read_only import settle_menu
from ui.tree_delegate import ROW

_CHANGING = ("Ctrl+B", "Shift+F2")
"""Keys of commands of the menu that another widget does, and that change the plan."""


class _Seam(QWidget):
    """The edge between the frozen columns and the months."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(2)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colours().pane_edge)


class GridView(QWidget):
    """Both halves as one grid.

    `selection_changed` after every move of the selection; `find_wanted`, `bagi_wanted` and `notes_wanted` when a
    key asks for them.
    `filling`: what the fill handle is being pulled over.
    """

    selection_changed = Signal()
    find_wanted = Signal()
    bagi_wanted = Signal()
    notes_wanted = Signal()

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.grid_cursor: GridCursor = GridCursor(model, self)
        self.painter = GridPainter()
        self.filling: Block | None = None
        self.keys, self.mouse, self.commands = GridKeys(self), GridMouse(self), GridCommands(self)
        self.frozen = GridTable(self, model, frozen=True, name="Baris kisi")
        self.months = GridTable(self, model, frozen=False, name="Kisi dua belas bulan")
        self.columns, self.rows, self._place = GridColumns(self), GridRows(self), GridPlace(self)
        self._tab_from: int | None = None
        self._seen: frozenset[int] = frozenset()
        self._lay_out()
        self.months.horizontalScrollBar().installEventFilter(self)
        self.months.horizontalScrollBar().valueChanged.connect(self._on_scrolled_aside)
        self.frozen.verticalScrollBar().valueChanged.connect(self.months.verticalScrollBar().setValue)
        self.months.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.grid_cursor.moved.connect(self._on_moved)
        model.modelAboutToBeReset.connect(self._place.remember)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self.rows.refit)
        model.dataChanged.connect(lambda: self.selection_changed.emit())
        self.columns.restore()
        self.frozen.horizontalHeader().sectionResized.connect(self._on_frozen_resized)
        self.setFocusProxy(self.months)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Both halves end at the same height: under the left one is as much room as the other's scroll bar takes."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            bar = self.months.horizontalScrollBar()
            self._under_frozen.setFixedHeight(bar.height() if bar.isVisible() else 0)
            self._on_scrolled_aside()
        return super().eventFilter(watched, event)

    def set_branch(self, row_id: str | None) -> None:
        """The row that the tree has chosen."""
        self.painter.branch = row_id

    def table_of(self, column: int) -> GridTable:
        """The half that holds a column."""
        return self.frozen if column < FIRST_MONTH else self.months

    def current(self) -> QModelIndex:
        """The cell that the caret is on."""
        return self.grid_cursor.selection.currentIndex()

    def go_to(self, row: int, column: int) -> None:
        """Make a cell current and show it, in a column that may have been hidden until now."""
        self.columns.show(column)
        self.go((row, column))
        self.table_of(column).setFocus()

    def go(self, cell: Cell, *, extend: bool = False) -> None:
        """Move the caret, or the other end of the selection, and show the cell."""
        if not extend:
            self.grid_cursor.put(cell)
        else:
            self.grid_cursor.extend(cell)
        self.reveal(cell)
        if self.hasFocus() or self.frozen.hasFocus() or self.months.hasFocus():
            self.table_of((self.grid_cursor.caret or cell)[1]).setFocus()

    def advance(self, down: int, right: int) -> None:
        """One cell further."""
        if self.grid_cursor.caret is not None:
            self.go(self.grid_cursor.beside(self.grid_cursor.caret, down, right))

    def reveal(self, cell: Cell) -> None:
        """Scroll to a cell."""
        index = self.model.index(*cell)
        if cell[1] < FIRST_MONTH:
            self.frozen.scrollTo(index)
        else:
            self.months.scrollTo(index)

    def step(self, down: int, right: int) -> None:
        """Enter goes down, to the column where Tab began; Tab goes to the next cell that takes typing.

        Where several cells are selected both go round within them.
        """
        caret, block = self.grid_cursor.caret, self.grid_cursor.block
        if caret is None or block is None:
            return
        if not block.single:
            self._step_within(down, right)
            return
        begun = self._tab_from
        target: Cell | None
        if right:
            begun = caret[1] if begun is None else begun
            takes = not self.model.session.read_only
            target = self.grid_cursor.next_to_type(caret, right) if takes else self.grid_cursor.beside(caret, 0, right)
        else:
            target = self.grid_cursor.beside((caret[0], caret[1] if begun is None else begun), down, 0)
            begun = None
        if target is not None:
            self.go(target)
        self._tab_from = begun

    def extend_to(self, cell: Cell, *, down: bool) -> None:
        """Shift and a key: the other end of the selection goes to a cell.

        Whole lines stay whole when they grow up or down (`down`), whole columns when they grow aside.
        """
        block, shown = self.grid_cursor.block, self.grid_cursor.columns
        last = self.model.rowCount() - 1
        lines = block is not None and not block.single and (block.left, block.right) == (shown[0], shown[-1])
        columns = block is not None and not block.single and (block.top, block.bottom) == (0, last)
        caret = self.grid_cursor.caret or cell
        whole = (lines and down, columns and not down)
        # In sight stays what the caret can see of them.
        self.go((cell[0], caret[1]) if whole[0] else (caret[0], cell[1]) if whole[1] else cell, extend=True)
        block = self.grid_cursor.block
        if block is not None and whole[0]:
            self.grid_cursor.select_around(block._replace(left=shown[0], right=shown[-1]))
        elif block is not None and whole[1]:
            self.grid_cursor.select_around(block._replace(top=0, bottom=last))

    def select_column(self, column: int, *, extend: bool = False, since: int | None = None) -> int:
        """Select a column, or all from another one to it; returns the one that the selection begins with."""
        caret = self.grid_cursor.caret
        begun = since if since is not None else caret[1] if extend and caret is not None else column
        if self.commit() and self.model.rowCount():
            self.grid_cursor.put((0, begun), (self.model.rowCount() - 1, column))
            self.table_of(column).setFocus()
        return begun

    def page(self, row: int, *, down: bool) -> int:
        """The row one page further."""
        height = self.months.viewport().height() - ROW
        top = self.months.rowViewportPosition(row) + (height if down else -height)
        rows = self.months.verticalHeader()
        at = rows.logicalIndexAt(top)
        if at < 0:
            return self.model.rowCount() - 1 if down else 0
        return min(max(at, row + 1), self.model.rowCount() - 1) if down else max(min(at, row - 1), 0)

    def cell_at(self, at: QPoint, *, strict: bool = False) -> Cell | None:
        """The cell under a point of the screen; the nearest one in sight, unless `strict`."""
        here = self.mapFromGlobal(at)
        table = self.frozen if here.x() < self.frozen.width() and not (self.mouse_in_months(at)) else self.months
        view = table.viewport()
        point = view.mapFromGlobal(at)
        if strict and not view.rect().contains(point):
            return None
        x = min(max(point.x(), 0), view.width() - 1)
        y = min(max(point.y(), 0), view.height() - 1)
        row, column = table.rowAt(y), table.columnAt(x)
        if strict and (row < 0 or column < 0):
            return None
        shown = table.shown_columns()
        if not self.model.rowCount() or not shown:
            return None
        return (row if row >= 0 else self.model.rowCount() - 1), (column if column >= 0 else shown[-1])

    def mouse_in_months(self, at: QPoint) -> bool:
        """Whether a point of the screen lies over the months."""
        return self.months.viewport().mapFromGlobal(at).x() >= 0

    def edit_current(self, text: str | None = None) -> None:
        """Edit the caret's cell: F2, or typing (`text` takes the place of what is there)."""
        caret = self.grid_cursor.caret
        if caret is None:
            return
        if not self.model.takes_typing(*caret):
            self.model.remark(self.model.why_not(*caret))
            return
        self.reveal(caret)
        self.table_of(caret[1]).setFocus()
        self.table_of(caret[1]).open_editor(caret, text)

    def commit(self) -> bool:
        """Take over what is being typed; False where the cell refuses it, and the editor stays."""
        for table in (self.frozen, self.months):
            editor = table.editor()
            if editor is not None:
                return table.delegate.commit(editor)
        return True

    def return_to_editor(self) -> None:
        """Give the focus back to a text that was refused, so that it can be mended or left by Esc."""
        for table in (self.frozen, self.months):
            editor = table.editor()
            if editor is not None:
                editor.setFocus()

    def fold(self, row: int) -> None:
        """Hide or show the lines below a line; the caret goes to it where its own line goes away."""
        line = self.model.line(row)
        self.model.fold(line.row_id)
        self.go((self.model.row_of(line.row_id) or 0, (self.grid_cursor.caret or (0, URAIAN))[1]))

    def cycle_sort(self, column: int) -> None:
        """A click on the arrow of a head: upwards, downwards, the plan's order."""
        sort = self.model.arrangement.sort
        if self.commit():
            down = None if sort == (column, True) else sort == (column, False)
            self.model.sort_by(column, down)

    def plain_order(self) -> bool:
        """Esc: all lines again where a filter leaves some out, else the plan's order; False where it is plain."""
        how = self.model.arrangement
        if how.conditions:
            self.model.show_all()
        elif how.sort is not None:
            self.model.sort_by(how.sort[0], None)
        else:
            return False
        return True

    def show_filter(self, column: int) -> None:
        """The menu of a column head."""
        from ui.grid_filter import FilterMenu

        if self.commit():
            header = self.table_of(column).horizontalHeader()
            at = header.mapToGlobal(QPoint(header.sectionViewportPosition(column), header.height()))
            FilterMenu(self, column).popup(at)

    def show_columns(self) -> None:
        """The menu of the columns, at the caret."""
        menu = self.columns.menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        index = self.current()
        table = self.table_of(index.column()) if index.isValid() else self.months
        menu.popup(table.viewport().mapToGlobal(table.visualRect(index).bottomLeft()))

    def show_units(self) -> None:
        """Alt+Down: the list of units below the caret's cell; elsewhere, why there is none."""
        from ui.grid_units_list import UnitsList

        caret = self.grid_cursor.caret
        if caret is None or caret[1] != SATUAN:
            self.model.remark("Daftar pilihan ada di kolom Satuan; menu kolom dibuka dengan Ctrl+Shift+L.")
        elif not self.model.takes_typing(*caret):
            self.model.remark(self.model.why_not(*caret))
        else:
            UnitsList(self).drop_down()

    def show_menu(self, at: QPoint) -> None:
        """What can be done with the selection."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, keys, do in self.commands.offered():
            if not text:
                menu.addSeparator()
                continue
            action = menu.addAction(f"{text}\t{keys}" if keys else text)
            action.triggered.connect(do)
            settle_menu(self.model.session, action, do, changes=keys in _CHANGING)
        menu.popup(at)

    def out_of_sight(self, shown: Shown) -> tuple[str, int] | None:
        """Level and number of what was found in months that are scrolled away."""
        return out_of_sight(shown, self._seen) if shown.rules else None

    def columns_changed(self) -> None:
        """Other columns are shown now; the selection keeps to those."""
        self.fit_frozen()
        caret = self.grid_cursor.caret
        if caret is not None and caret[1] not in self.grid_cursor.columns:
            self.grid_cursor.put(self.grid_cursor.beside(caret, 0, 0))
        self._on_scrolled_aside()
        self.repaint_cells()

    def repaint_cells(self) -> None:
        """Everything in sight."""
        for table in (self.frozen, self.months):
            table.viewport().update()
            table.horizontalHeader().viewport().update()

    def _step_within(self, down: int, right: int) -> None:
        cells = self.grid_cursor.cells()
        if down:
            cells.sort(key=lambda cell: (cell[1], cell[0]))
        caret = self.grid_cursor.caret
        at = cells.index(caret) if caret in cells else 0
        target = cells[(at + down + right) % len(cells)]
        self.grid_cursor.walk(target)
        self.reveal(target)

    def _lay_out(self) -> None:
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
        self.frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _on_frozen_resized(self) -> None:
        self.fit_frozen()
        self.rows.fit()

    def fit_frozen(self) -> None:
        """The left half is as wide as its columns."""
        self.frozen.setFixedWidth(sum(self.frozen.columnWidth(column) for column in range(FIRST_MONTH)))

    def _on_scrolled_aside(self) -> None:
        """Which months are in sight; the marks of the others stand behind the names."""
        width = self.months.viewport().width()
        seen = frozenset(
            column
            for column in self.grid_cursor.columns
            if column >= FIRST_MONTH
            and self.months.columnViewportPosition(column) + ROW <= width
            and self.months.columnViewportPosition(column) + self.months.columnWidth(column) > ROW
        )
        if seen != self._seen:
            self._seen = seen
            self.frozen.viewport().update()

    def _on_reset(self) -> None:
        self.rows.fit()
        if self.model.rowCount() and not self._place.go_back():
            first = next((r for r in range(self.model.rowCount()) if self.model.line(r).kind != "jumlah"), 0)
            self.grid_cursor.put((first, FIRST_MONTH if FIRST_MONTH in self.grid_cursor.columns else URAIAN))
            self.months.verticalScrollBar().setValue(0)
        self._on_moved()

    def _on_moved(self) -> None:
        self._tab_from = None
        self.repaint_cells()
        self.selection_changed.emit()

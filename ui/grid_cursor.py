"""The caret and the selected block of a grid: one rectangle, moved by keys and mouse as in a spreadsheet.

The caret is the selection model's current cell and stays where a selection was begun; its other end, the corner, moves.
"""

from typing import NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from services.month_grid import FIRST_MONTH, FIRST_QUARTER
from ui.grid_model import Cell, GridModel

_Flag = QItemSelectionModel.SelectionFlag


class Block(NamedTuple):
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def single(self) -> bool:
        """One cell only."""
        return self.top == self.bottom and self.left == self.right


def block_of(one: Cell, other: Cell) -> Block:
    """The rectangle between two cells."""
    return Block(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


class GridCursor(QObject):
    """`moved` once after every move of caret or selection. `columns`: those that are shown, from the left."""

    moved = Signal()

    def __init__(self, model: GridModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._moving = False
        self.columns: list[int] = list(range(model.columnCount()))
        self.selection = QItemSelectionModel(model, self)
        self.selection.currentChanged.connect(self._on_moved)
        self.selection.selectionChanged.connect(self._on_moved)

    @property
    def caret(self) -> Cell | None:
        """The cell that typing goes to."""
        index = self.selection.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    @property
    def block(self) -> Block | None:
        """The selection, or the caret's cell."""
        chosen = self.selection.selection()
        ranges = [chosen.at(i) for i in range(chosen.count())]
        caret = self.caret
        if not ranges:
            return None if caret is None else block_of(caret, caret)
        return Block(
            min(r.top() for r in ranges),
            min(r.left() for r in ranges),
            max(r.bottom() for r in ranges),
            max(r.right() for r in ranges),
        )

    @property
    def corner(self) -> Cell | None:
        """The end of the selection that lies across from the caret."""
        caret, block = self.caret, self.block
        if caret is None or block is None:
            return caret
        row = block.bottom if caret[0] != block.bottom else block.top
        return row, block.right if caret[1] != block.right else block.left

    def put(self, caret: Cell, corner: Cell | None = None) -> None:
        """Set the caret, and select from there to a corner."""
        block = block_of(caret, corner or caret)
        index = self._model.index
        self._moving = True
        self.selection.setCurrentIndex(index(*caret), _Flag.NoUpdate)
        chosen = QItemSelection(index(block.top, block.left), index(block.bottom, block.right))
        self.selection.select(chosen, _Flag.ClearAndSelect)
        self._moving = False
        self.moved.emit()

    def extend(self, corner: Cell) -> None:
        """Select from the caret to another corner."""
        self.put(self.caret or corner, corner)

    def select_all(self) -> None:
        """Everything; the caret stays."""
        if self._model.rowCount():
            self.select_around(Block(0, self.columns[0], self._model.rowCount() - 1, self.columns[-1]))

    def select_lines(self, *, columns: bool) -> None:
        """The whole columns of the selection, or its whole lines; the caret stays."""
        block = self.block
        if block is not None and columns:
            self.select_around(block._replace(top=0, bottom=self._model.rowCount() - 1))
        elif block is not None:
            self.select_around(block._replace(left=self.columns[0], right=self.columns[-1]))

    def select_around(self, block: Block) -> None:
        """A block; the caret stays where it lies in it."""
        caret = self.caret
        self.put((block.top, block.left), (block.bottom, block.right))
        if caret is not None and block.has(*caret):
            self.walk(caret)

    def walk(self, cell: Cell) -> None:
        """Move the caret within the selection, which stays."""
        self.selection.setCurrentIndex(self._model.index(*cell), _Flag.NoUpdate)

    def cells(self) -> list[Cell]:
        """The selected cells of columns that are shown, row by row; of several rows those that a filter has found."""
        block = self.block
        if block is None:
            return []
        columns = [column for column in self.columns if block.left <= column <= block.right]
        return [(row, column) for row in self._model.counted(block.top, block.bottom) for column in columns]

    def beside(self, cell: Cell, down: int, right: int) -> Cell:
        """The cell so many rows down and shown columns to the right, or the last one before the edge."""
        row = min(max(cell[0] + down, 0), self._model.rowCount() - 1)
        at = self._place(cell[1]) + right
        return row, self.columns[min(max(at, 0), len(self.columns) - 1)]

    def edge(self, cell: Cell, down: int, right: int) -> Cell:
        """Where Ctrl and an arrow lead: the last filled cell of the run, or the first one behind the empty ones."""
        following = self.beside(cell, down, right)
        if following == cell:
            return cell
        run = self._filled(cell) and self._filled(following)
        while True:
            at, following = following, self.beside(following, down, right)
            if following == at or (run and not self._filled(following)) or (not run and self._filled(at)):
                return at

    def home(self, cell: Cell) -> Cell:
        """Januari of the row; the first column, where the caret stands in Januari or before."""
        months = [column for column in self.columns if column >= FIRST_MONTH]
        first = months[0] if months and cell[1] > months[0] else self.columns[0]
        return cell[0], first

    def next_to_type(self, cell: Cell, right: int) -> Cell | None:
        """The next cell that takes typing; behind December comes the next line's January."""
        row, at = cell[0], self._place(cell[1])
        first = next((i for i, column in enumerate(self.columns) if column >= FIRST_MONTH), 0)
        end = next((i for i, column in enumerate(self.columns) if column >= FIRST_QUARTER), len(self.columns))
        while 0 <= row < self._model.rowCount():
            at += right
            if at >= end:
                row, at = row + 1, (first if first < end else 0) - 1
            elif at < 0:
                row, at = row - 1, end
            elif self._model.takes_typing(row, self.columns[at]):
                return row, self.columns[at]
        return None

    def _place(self, column: int) -> int:
        """Where a column stands among those that are shown."""
        return next((i for i, shown in enumerate(self.columns) if shown >= column), len(self.columns) - 1)

    def _filled(self, cell: Cell) -> bool:
        return bool(self._model.text(*cell))

    def _on_moved(self) -> None:
        if not self._moving:
            self.moved.emit()

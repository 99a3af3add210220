"""Where the officer is in the grid, by ids, found again after its lines have been made anew."""

from typing import TYPE_CHECKING, NamedTuple

from services.month_grid import Kind
from ui.grid_model import Cell

if TYPE_CHECKING:
    from ui.grid_view import GridView


class _End(NamedTuple):
    """One end of the selection: the line by its row and kind, and where it stood."""

    row_id: str
    kind: Kind
    row: int
    column: int


class _Place(NamedTuple):
    branch: str | None
    ends: tuple[_End, _End]
    down: int
    right: int


class GridPlace:
    """Caret, selection and scroll position of one grid, from one reset of its model to the next."""

    def __init__(self, view: "GridView") -> None:
        self._view = view
        self._kept: _Place | None = None

    def remember(self) -> None:
        """Before the lines go."""
        view, cursor = self._view, self._view.grid_cursor
        caret, corner = cursor.caret, cursor.corner
        if caret is None or corner is None:
            self._kept = None
            return
        bars = view.months.verticalScrollBar().value(), view.months.horizontalScrollBar().value()
        self._kept = _Place(view.model.branch_id, (self._end(caret), self._end(corner)), *bars)

    def go_back(self) -> bool:
        """When the new lines are there; False where another branch is shown now.

        A line that is gone leaves the caret in the row where it was.
        """
        view, kept, self._kept = self._view, self._kept, None
        if kept is None or kept.branch != view.model.branch_id:
            return False
        caret, corner = (self._found(end) for end in kept.ends)
        view.grid_cursor.put(caret, corner)
        view.months.verticalScrollBar().setValue(kept.down)
        view.months.horizontalScrollBar().setValue(kept.right)
        return True

    def _end(self, cell: Cell) -> _End:
        line = self._view.model.line(cell[0])
        return _End(line.row_id, line.kind, *cell)

    def _found(self, end: _End) -> Cell:
        row = self._view.model.row_of(end.row_id, sums=end.kind == "jumlah", kind=end.kind)
        return min(end.row, self._view.model.rowCount() - 1) if row is None else row, end.column

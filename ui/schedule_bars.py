"""Bars under the mouse: which part of a bar is held, and what months a drag would leave."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTableView

from models.rows import BULAN
from services.aksi import Months, run_at, shifted, stretched
from ui.schedule_model import FIRST, ScheduleModel, month_at

Part = Literal["awal", "akhir", "tengah"]
Kind = Literal["tandai", "hapus", "awal", "akhir", "tengah"]
GRIP = 7
"""Pixels at either end of a bar by which it is stretched; a third of a short bar."""

CURSORS = {"awal": Qt.CursorShape.SizeHorCursor, "akhir": Qt.CursorShape.SizeHorCursor}


@dataclass(frozen=True, slots=True)
class Drag:
    """A drag that began on a month of a row: what it does, and the months that were marked then."""

    row: int
    month: int
    kind: Kind
    before: Months

    def months(self, to: int) -> Months:
        """What is marked when the mouse is over the month `to`."""
        if self.kind == "tengah":
            return shifted(self.before, self.month, to - self.month)
        if self.kind in ("awal", "akhir"):
            return stretched(self.before, self.month, "awal" if self.kind == "awal" else "akhir", to)
        span = frozenset(range(min(self.month, to), max(self.month, to) + 1))
        return self.before | span if self.kind == "tandai" else self.before - span

    @property
    def holds(self) -> bool:
        """Whether a bar is held, so that letting go where it was taken is a click."""
        return self.kind in ("awal", "akhir", "tengah")


def month_under(view: QTableView, x: int) -> int:
    """The month under a place of the viewport; the nearest one beside the months."""
    for month in range(1, BULAN):
        column = FIRST + month - 1
        if x < view.columnViewportPosition(column) + view.columnWidth(column):
            return month
    return BULAN


def part_under(view: QTableView, model: ScheduleModel, pos: QPoint) -> Part | None:
    """The part of a bar under a place of the viewport, None where no bar of an action is."""
    index = view.indexAt(pos)
    month = month_at(index.column()) if index.isValid() else None
    if month is None or model.action(index.row()) is None:
        return None
    run = run_at(model.months(index.row()), month)
    if run is None:
        return None
    left = view.columnViewportPosition(FIRST + run[0] - 1)
    last = FIRST + run[1] - 1
    right = view.columnViewportPosition(last) + view.columnWidth(last)
    grip = min(GRIP, (right - left) // 3)
    if pos.x() < left + grip:
        return "awal"
    return "akhir" if pos.x() >= right - grip else "tengah"


def begun(view: QTableView, model: ScheduleModel, pos: QPoint, *, erase: bool) -> Drag | None:
    """The drag that a press begins, None beside the months of an action.

    An empty month begins to mark; a bar is moved by its middle and stretched by its ends. `erase` (Ctrl): from a marked
    month on the months passed over are unmarked.
    """
    index = view.indexAt(pos)
    month = month_at(index.column()) if index.isValid() else None
    if month is None or model.action(index.row()) is None:
        return None
    part = part_under(view, model, pos)
    kind: Kind = "tandai" if part is None else "hapus" if erase else part
    return Drag(index.row(), month, kind, model.months(index.row()))

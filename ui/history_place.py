"""Where the officer was when a step was done, and going back there when it is undone or done again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Aksi,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Indikator,
    Kinerja,
    Narasi,
    Row,
    TahunAnggaran,
    TahunIndikator,
)
from services.branches import Node, topmost
from services.document import Edit
from services.month_grid import FIRST_MONTH, SATUAN, SETAHUN
from services.search import place_of

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.work_page import WorkPage


@dataclass(frozen=True, slots=True)
class Place:
    """The view, the document and the row that the tree stood on ("" for none)."""

    view: int
    dokumen_id: str
    table: type[Row] | None = None
    row_id: str = ""


def place_now(window: "MainWindow") -> Place | None:
    """Where the officer is; None on the start page."""
    if window.session is None or window.work is None:
        return None
    row = window.work.tree.current_row()
    of_row = (type(row), row.id) if row is not None else (None, "")
    return Place(window.bar.view(), window.session.dokumen_id, *of_row)


def show_step(window: "MainWindow", edit: Edit) -> None:
    """Show what a step has changed: its view and document, and the row, unless that can be seen already."""
    place, session = edit.place, window.session
    if not isinstance(place, Place) or session is None:
        return
    if place.dokumen_id != session.dokumen_id and session.plan.find(Dokumen, place.dokumen_id) is not None:
        session.show_document(place.dokumen_id)
        window.bar.set_documents(session)
    if window.bar.view() != place.view:
        window.show_view(place.view)
    if window.naskah is not None and window.naskah.isVisible():
        section = next((r for r in _rows(edit) if session.plan.find(Narasi, r.id)), None)
        if section is not None:
            window.naskah.show_section(section.id)
    elif window.work is not None and window.work.isVisible():
        _show_row(window, edit, place)


def _show_row(window: "MainWindow", edit: Edit, place: Place) -> None:
    session, work = window.session, window.work
    if session is None or work is None:
        return
    changed = list(dict.fromkeys(_places(session.plan, edit)))
    if not changed:
        return
    if not any(_is_seen(window, row) for row in changed):
        before = session.plan.find(place.table, place.row_id) if place.table is not None else None
        if before is not None and work.tree.current_row() != before:
            work.show_row(before)
        if not any(_is_seen(window, row) for row in changed):
            work.show_row(changed[0])
    back = topmost(session.plan, _come_back(session.plan, edit))
    if len(back) > 1:
        work.show_row(back[0])
        work.tree.view.select_all_of([row.id for row in back])
    _scroll(work, session.plan, edit, changed)


def _come_back(plan: Plan, edit: Edit) -> list[Node]:
    """The rows of the trees that were not there before the step was undone or done again."""
    there = (plan.find(type(c.row), c.row.id) for c in edit.changes if c.before is None or c.after is None)
    return [row for row in there if isinstance(row, Kinerja | Anggaran | Indikator)]


def _scroll(work: "WorkPage", plan: Plan, edit: Edit, changed: list[Row]) -> None:
    """Bring what has changed in sight: the row of the tree, and the cell of the grid or the action of the schedule."""
    view = work.tree.view
    current = work.tree.current_row()
    if current is not None and any(current.id == row.id for row in changed):
        view.scrollTo(view.currentIndex())
    face = _face(edit)
    if face is not None:
        work.grid.face.set_index(face)
    if work.grid.view.isVisible():
        cells = [cell for change in edit.changes if (cell := _cell(work, plan, change)) is not None]
        if cells and not any(_in_sight(work, cell) for cell in cells):
            work.grid.view.go(cells[0])
    from ui.schedule_view import ScheduleView

    schedule = work.grid.findChild(ScheduleView)
    if schedule is not None and schedule.isVisible():
        schedule.show_actions([row.id for row in _rows(edit) if isinstance(row, Aksi)])


def _face(edit: Edit) -> int | None:
    """The face of the grid that shows the step; None where it is about more than figures or actions."""
    from ui.faces import AKSI, REALISASI, RENCANA

    rows = list(_rows(edit))
    if all(isinstance(row, Aksi) for row in rows):
        return AKSI
    if not all(isinstance(row, DeretAnggaran | DeretIndikator) for row in rows):
        return None
    return REALISASI if all(getattr(row, "jenis", "") == "realisasi" for row in rows) else RENCANA


def _cell(work: "WorkPage", plan: Plan, change: Change) -> tuple[int, int] | None:
    """The cell of the grid that a change is seen in; None where there is none."""
    place = place_of(plan, change.row)
    row = work.grid.model.row_of(place.id) if place is not None else None
    column = _column(change)
    return (row, column) if row is not None and column in work.grid.view.grid_cursor.columns else None


def _column(change: Change) -> int | None:
    row, before, after = change.row, change.before, change.after
    if isinstance(row, DeretAnggaran | DeretIndikator):
        # A series that comes or goes is seen where it has its first value.
        empty = (None,) * len(row.nilai)
        old, new = (each.nilai if isinstance(each, type(row)) else empty for each in (before, after))
        other = (i for i, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1])
        return FIRST_MONTH + next(other, 0)
    if isinstance(row, TahunAnggaran | TahunIndikator):
        return SETAHUN
    for field, column in (("pagu", SETAHUN), ("target", SETAHUN), ("satuan", SATUAN)):
        if before is not None and after is not None and getattr(before, field, "") != getattr(after, field, ""):
            return column
    return None


def _in_sight(work: "WorkPage", cell: tuple[int, int]) -> bool:
    table = work.grid.view.table_of(cell[1])
    rect = table.visualRect(work.grid.model.index(*cell))
    return rect.isValid() and table.viewport().rect().contains(rect.center())


def _is_seen(window: "MainWindow", row: Row) -> bool:
    """Whether details or grid show a row."""
    if window.work is None:
        return False
    current = window.work.tree.current_row()
    return (current is not None and current.id == row.id) or window.work.grid.model.row_of(row.id) is not None


def _places(plan: Plan, edit: Edit) -> Iterator[Row]:
    """The rows of the trees that a step has changed, as they are today."""
    for row in _rows(edit):
        place = place_of(plan, row)
        if place is not None:
            yield place


def _rows(edit: Edit) -> Iterator[Row]:
    return (change.row for change in edit.changes)

"""Where the officer was when a step was done, and going back there when it is undone or done again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Aksi,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Gabung,
    Indikator,
    Kinerja,
    Konflik,
    Narasi,
    Row,
    TahunAnggaran,
    TahunIndikator,
)
from services.branches import Node, topmost
from services.document import Edit
from services.month_grid import FIRST_MONTH, JUMLAH, SATUAN, SETAHUN, Kind

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.work_page import WorkPage

_LOOKED_AT = 500
"""Changes of one step that are looked for on the window."""


@dataclass(frozen=True, slots=True)
class Place:
    """The view, the document and the row that the tree stood on ("" for none).

    `face`: of the grid; `cell`: the row, the kind of line and the column of its caret; `form`: that of Formulir.
    """

    view: int
    dokumen_id: str
    table: type[Row] | None = None
    row_id: str = ""
    face: int = 0
    cell: tuple[str, Kind, int] | None = None
    form: str = ""


def place_now(window: "MainWindow") -> Place | None:
    """Where the officer is; None on the start page."""
    if window.session is None or window.work is None:
        return None
    row, grid = window.work.tree.current_row(), window.work.grid
    caret = grid.view.grid_cursor.caret
    cell: tuple[str, Kind, int] | None = None
    if caret is not None and caret[0] < grid.model.rowCount():
        line = grid.model.line(caret[0])
        cell = line.row_id, line.kind, caret[1]
    form = window.forms.name if window.forms is not None else ""
    return Place(
        window.bar.view(),
        window.session.dokumen_id,
        type(row) if row is not None else None,
        row.id if row is not None else "",
        grid.face.index(),
        cell,
        form,
    )


def show_step(window: "MainWindow", edit: Edit) -> None:
    """Show what a step has changed: its view and document, and the row, unless that can be seen already."""
    session = window.session
    if session is None:
        return
    edit = _few(edit)
    place = edit.place if isinstance(edit.place, Place) else _place_of(window, edit)
    if place.dokumen_id != session.dokumen_id and session.plan.find(Dokumen, place.dokumen_id) is not None:
        session.show_document(place.dokumen_id)
        window.bar.set_documents(session)
    if window.bar.view() != place.view:
        window.show_view(place.view)
    if window.forms is not None and window.forms.isVisible():
        if place.form and window.forms.name != place.form:
            window.forms.show_form(place.form)
    elif window.naskah is not None and window.naskah.isVisible():
        section = next((r for r in _rows(edit) if session.plan.find(Narasi, r.id)), None)
        if section is not None:
            window.naskah.show_section(section.id)
    elif window.pohon is not None and window.pohon.isVisible():
        back = topmost(session.plan, _come_back(session.plan, edit))
        boxes = [row for row in (*back, *_places(session.plan, edit)) if window.pohon.has(row)]
        if boxes:
            window.pohon.show_row(boxes[0])
    elif window.work is not None and window.work.isVisible():
        _show_row(window, edit, place)


def _few(edit: Edit) -> Edit:
    """Of a large step the changes that stand somewhere, as many as could be in sight."""
    if len(edit.changes) <= _LOOKED_AT:
        return edit
    there = (change for change in edit.changes if not isinstance(change.row, Konflik | Gabung))
    return replace(edit, changes=tuple(islice(there, _LOOKED_AT)))


def _place_of(window: "MainWindow", edit: Edit) -> Place:
    """Where a step of an earlier day is to be seen: nobody knows where the officer was then."""
    session = window.session
    assert session is not None
    documents = [getattr(row, "dokumen_id", "") for row in _rows(edit)]
    there = next((one for one in documents if session.plan.find(Dokumen, one) is not None), session.dokumen_id)
    face = window.work.grid.face.index() if window.work is not None else 0
    return Place(window.bar.view(), there, face=face)


def _show_row(window: "MainWindow", edit: Edit, place: Place) -> None:
    session, work = window.session, window.work
    if session is None or work is None:
        return
    face = _face(edit)
    work.grid.face.set_index(place.face if face is None else face)
    changed = list(dict.fromkeys(_places(session.plan, edit)))
    if not changed:
        # A period that was closed, a setting: what the officer had in hand.
        before = session.plan.find(place.table, place.row_id) if place.table is not None else None
        if before is not None and work.tree.current_row() != before:
            work.show_row(before)
        _go_to_cell(work, place)
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
    _scroll(work, session.plan, edit, changed, place)


def _come_back(plan: Plan, edit: Edit) -> list[Node]:
    """The rows of the trees that were not there before the step was undone or done again."""
    there = (plan.find(type(c.row), c.row.id) for c in edit.changes if c.before is None or c.after is None)
    return [row for row in there if isinstance(row, Kinerja | Anggaran | Indikator)]


def _scroll(work: "WorkPage", plan: Plan, edit: Edit, changed: list[Row], place: Place) -> None:
    """Bring what has changed in sight: the row of the tree, and the cell of the grid or the action of the schedule."""
    view = work.tree.view
    current = work.tree.current_row()
    if current is not None and any(current.id == row.id for row in changed):
        view.scrollTo(view.currentIndex())
    if work.grid.view.isVisible():
        cells = [cell for change in edit.changes if (cell := _cell(work, plan, change)) is not None]
        if cells and not any(_in_sight(work, cell) for cell in cells):
            work.grid.view.go(cells[0])
        elif not cells and any(isinstance(row, CatatanPeriode) for row in _rows(edit)):
            _go_to_note(work, plan, edit) if place.cell is None else _go_to_cell(work, place)
    from ui.schedule_view import ScheduleView

    schedule = work.grid.findChild(ScheduleView)
    if schedule is not None and schedule.isVisible():
        schedule.show_actions([row.id for row in _rows(edit) if isinstance(row, Aksi)])


def _go_to_cell(work: "WorkPage", place: Place) -> None:
    """Put the caret of the grid where it was."""
    if place.cell is None or not work.grid.view.isVisible():
        return
    row_id, kind, column = place.cell
    row = work.grid.model.row_of(row_id, kind=kind)
    if row is not None and column in work.grid.view.grid_cursor.columns:
        work.grid.view.go((row, column))


def _go_to_note(work: "WorkPage", plan: Plan, edit: Edit) -> None:
    """Put the caret where the first note of a step belongs: a step of an earlier day does not tell where it was."""
    from services.grid_places import grid_place

    note = next(row for row in _rows(edit) if isinstance(row, CatatanPeriode))
    place = grid_place(plan, note)
    row = work.grid.model.row_of(note.indikator_id or note.anggaran_id or "")
    if row is not None and place is not None and place.column in work.grid.view.grid_cursor.columns:
        work.grid.view.go((row, place.column))


def _face(edit: Edit) -> int | None:
    """The face of the grid that shows the step; None where it is that in which the step was done."""
    from ui.faces import AKSI, REALISASI, RENCANA

    rows = list(_rows(edit))
    if all(isinstance(row, Aksi) for row in rows):
        return AKSI
    if all(_is_result(change) for change in edit.changes):
        return REALISASI
    if not all(isinstance(row, DeretAnggaran | DeretIndikator) for row in rows):
        return None
    return RENCANA


def _is_result(change: Change) -> bool:
    """Whether it is about what was reached or spent."""
    row, before, after = change.row, change.before, change.after
    if isinstance(row, Indikator):
        return (
            isinstance(before, Indikator)
            and isinstance(after, Indikator)
            and replace(before, realisasi=after.realisasi) == after
        )
    if isinstance(row, DeretAnggaran | DeretIndikator | TahunAnggaran | TahunIndikator):
        return row.jenis == "realisasi"
    return isinstance(row, DeretRasio | CatatanPeriode)


def _cell(work: "WorkPage", plan: Plan, change: Change) -> tuple[int, int] | None:
    """The cell of the grid that a change is seen in; None where there is none."""
    from services.search import place_of

    place = place_of(plan, change.row)
    kind: Kind | None = _counted(change.row)
    row = work.grid.model.row_of(place.id, kind=kind) if place is not None else None
    column = _column(change)
    return (row, column) if row is not None and column in work.grid.view.grid_cursor.columns else None


def _counted(row: Row) -> Kind | None:
    """The kind of line that shows a count of a ratio; None for any other row."""
    if not isinstance(row, DeretRasio):
        return None
    return "pembilang" if row.jenis == "pembilang" else "penyebut"


def _column(change: Change) -> int | None:
    row, before, after = change.row, change.before, change.after
    if isinstance(row, DeretAnggaran | DeretIndikator | DeretRasio):
        # A series that comes or goes is seen where it has its first value.
        empty = (None,) * len(row.nilai)
        old, new = (each.nilai if isinstance(each, type(row)) else empty for each in (before, after))
        other = (i for i, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1])
        return FIRST_MONTH + next(other, 0)
    if isinstance(row, TahunAnggaran | TahunIndikator):
        return JUMLAH if row.jenis == "realisasi" else SETAHUN
    for field, column in (("realisasi", JUMLAH), ("pagu", SETAHUN), ("target", SETAHUN), ("satuan", SATUAN)):
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
    from services.search import place_of

    for row in _rows(edit):
        place = place_of(plan, row)
        if place is not None:
            yield place


def _rows(edit: Edit) -> Iterator[Row]:
    return (change.row for change in edit.changes)

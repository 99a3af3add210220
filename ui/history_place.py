"""Where the officer was when a step was done, and going back there when it is undone or done again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.plan import Plan
from models.rows import Dokumen, Narasi, Row
from services.document import Edit
from services.search import place_of

if TYPE_CHECKING:
    from ui.main_window import MainWindow


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
    if not changed or any(_is_seen(window, row) for row in changed):
        return
    before = session.plan.find(place.table, place.row_id) if place.table is not None else None
    if before is not None and work.tree.current_row() != before:
        work.show_row(before)
    if not any(_is_seen(window, row) for row in changed):
        work.show_row(changed[0])


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

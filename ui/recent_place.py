"""What was shown of a plan when it was closed: kept in the list of recent plans, and shown again."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.errors import PlanError
from models.rows import Anggaran, Dokumen, Indikator, Kinerja
from ui.history_place import place_now
from ui.recent import NOT_KEPT, RecentPlan, RecentPlans, entry_of
from ui.toolbar import SUSUN

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session


def last_seen(session: "Session") -> RecentPlan | None:
    """What the list knows about the plan that has been opened."""
    return RecentPlans().find(session.document.file.path)


def remember(window: "MainWindow", last: RecentPlan | None = None) -> None:
    """Put the plan at the top of the list, with what is shown of it.

    `last`: its line from before, for a plan that has just been opened; counting its findings anew would take longer
    than the rest of opening a large one, and is done when it is closed.
    """
    session = window.session
    if session is None or not session.dokumen_id:
        return
    place = place_now(window)
    if place is None and last is not None:
        entry = replace(last, path=session.document.file.path, opened=datetime.now())
    else:
        entry = entry_of(session, counted=place is not None or session.checks.complete)
    if place is not None:
        entry = replace(entry, view=place.view, dokumen_id=place.dokumen_id, row_id=place.row_id)
    if window.start is not None:
        window.start.remember(entry)
    else:
        try:
            RecentPlans().note(entry)
        except PlanError:
            # Said beside the work, never in its way.
            window.status.showMessage(NOT_KEPT, 12000)


def go_on(window: "MainWindow", last: RecentPlan | None) -> None:
    """Show the document, the row and the view that were there when the plan was closed."""
    session, work = window.session, window.work
    if last is None or session is None or work is None:
        return
    if session.plan.find(Dokumen, last.dokumen_id) is not None:
        session.show_document(last.dokumen_id)
    row = next((r for cls in (Kinerja, Anggaran, Indikator) if (r := session.plan.find(cls, last.row_id))), None)
    if row is not None and row.dokumen_id == session.dokumen_id:
        work.show_row(row)
    if last.view != SUSUN:
        window.show_view(last.view)

"""From a change of the history to its place in the plan as it is now."""

from typing import TYPE_CHECKING

from models.rows import DeretAnggaran, DeretIndikator, DeretRasio, Formulir, Kop, Pejabat, PlanRow, Row, Terima
from services.history_view import Happened, row_now
from services.search import Hit, place_of
from services.search_cells import SEARCHED
from ui.find_go import show_hit
from ui.toolbar import FORMULIR

if TYPE_CHECKING:
    from ui.main_window import MainWindow

GONE = "Baris ini sudah dihapus. Dengan Kembalikan, baris itu dapat diadakan lagi."
NOWHERE = "Perubahan ini tidak punya tempat yang dapat ditampilkan."


def go_to(window: "MainWindow", happened: Happened) -> str:
    """Show the place of a change, in its document; a sentence where that cannot be done."""
    session = window.session
    row = row_now(session.plan, happened) if session is not None else None
    if session is None or row is None:
        return GONE
    if isinstance(row, PlanRow) and row.dokumen_id != session.dokumen_id:
        window.commit()
        session.show_document(row.dokumen_id)
        window.bar.set_documents(session)
    if isinstance(row, Formulir):
        window.show_form(row.nama)
    elif isinstance(row, Terima):
        window.show_findings()
    elif isinstance(row, Kop | Pejabat):
        window.show_view(FORMULIR)
    elif type(row) in SEARCHED or place_of(session.plan, row) is not None:
        show_hit(window, _hit(happened, row), "")
    else:
        return NOWHERE
    return ""


def _hit(happened: Happened, row: Row) -> Hit:
    column = happened.column or ""
    month = int(column[1:]) - 1 if column[:1] == "b" and column[1:].isdigit() else None
    if month is None and not column and isinstance(row, DeretAnggaran | DeretIndikator | DeretRasio):
        # A series that came: where its first value stands.
        month = next((at for at, value in enumerate(row.nilai) if value is not None), None)
    kumulatif = bool(row.kumulatif) if isinstance(row, DeretAnggaran) and month is not None else None
    return Hit("", type(row), row.id, "", column, month=month, kumulatif=kumulatif)

"""Which cell, field or row "Riwayat sel ini" is about: the grid's, else the details', else the tree's or section's."""

from typing import TYPE_CHECKING

from models.rows import Anggaran, Indikator, Narasi, Row
from services.history_search import Wanted
from services.month_grid import FIRST_MONTH, FIRST_QUARTER, JUMLAH, SATUAN, SETAHUN, URAIAN
from services.series import QUARTER_ENDS
from ui.fields import ChoiceField, LineField, TickField

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.work_page import WorkPage


def cell_in_hand(window: "MainWindow") -> Wanted | None:
    """What is in hand; None where nothing is."""
    session, work, focus = window.session, window.work, window.focusWidget()
    if session is None or work is None:
        return None
    if window.naskah is not None and window.naskah.isVisible():
        section = session.plan.find(Narasi, window.naskah.tree.current_id())
        return Wanted(row=section) if section is not None else None
    if focus is not None and work.grid.isAncestorOf(focus):
        found = _of_grid(work)
        if found is not None:
            return found
    row = work.tree.current_row()
    if isinstance(focus, LineField | ChoiceField | TickField) and row is not None:
        return Wanted(row=row, column=focus._field)
    return Wanted(row=row) if row is not None else None


def _of_grid(work: "WorkPage") -> Wanted | None:
    caret = work.grid.view.grid_cursor.caret
    if caret is None or not work.grid.view.isVisible():
        return None
    line, plan = work.grid.model.line(caret[0]), work.grid.model.session.plan
    row: Row | None = plan.find(Anggaran, line.row_id) or plan.find(Indikator, line.row_id)
    if line.kind == "jumlah" or row is None:
        return None
    jenis = "kas" if isinstance(row, Anggaran) else "target"
    if line.kind in ("pembilang", "penyebut"):
        jenis = line.kind
    elif line.face != "rencana":
        jenis = "realisasi"
    column = _column(caret[1], row)
    return Wanted(row=row, column=column, jenis=jenis if column and column[1:].isdigit() else None)


def _column(column: int, row: Row) -> str | None:
    if FIRST_MONTH <= column < FIRST_QUARTER:
        return f"b{column - FIRST_MONTH + 1:02}"
    if FIRST_QUARTER <= column < JUMLAH:
        return f"b{QUARTER_ENDS[column - FIRST_QUARTER] + 1:02}"
    if isinstance(row, Anggaran):
        return {URAIAN: "nama", SETAHUN: "pagu"}.get(column)
    return {URAIAN: "uraian", SATUAN: "satuan", SETAHUN: "target"}.get(column)

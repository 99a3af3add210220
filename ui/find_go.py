"""Going to a place that was found: a row of a tree, a cell of the grid, a section of the narrative, a dialog."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from models.rows import (
    Aksi,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Indikator,
    Narasi,
    Opd,
    Pejabat,
    Row,
    TahunAnggaran,
    TahunIndikator,
)
from services.month_grid import FIRST_MONTH, SATUAN, SETAHUN
from services.search import Hit, place_of
from ui.toolbar import FORMULIR, NASKAH, SUSUN

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session

NOT_USED = "Jabatan ini belum menjadi penanggung jawab baris mana pun."


def show_hit(window: "MainWindow", hit: Hit, words: str) -> None:
    """Show the place of a hit and give it the focus. `words`: what was looked for, marked in a long text."""
    session = window.session
    row = session.plan.find(hit.table, hit.row_id) if session is not None else None
    if session is None or row is None:
        return
    if isinstance(row, Narasi):
        _show_section(window, row, words)
    elif isinstance(row, Opd) or (isinstance(row, Dokumen) and not hit.label):
        window.edit_identity()
    elif isinstance(row, Pejabat | Dokumen):
        window.show_view(FORMULIR)
        if window.forms is not None:
            window.forms.settings.officials_wanted.emit()
    else:
        _show_row(window, session, row, hit)


def _show_section(window: "MainWindow", row: Narasi, words: str) -> None:
    window.show_view(NASKAH)
    if window.naskah is None:
        return
    window.naskah.show_section(row.id)
    text: QTextEdit = window.naskah.editor.text
    text.moveCursor(QTextCursor.MoveOperation.Start)
    if words.split() and (text.find(words.strip()) or text.find(words.split()[0])):
        text.setFocus()
    else:
        window.naskah.tree.setFocus()


def _show_row(window: "MainWindow", session: "Session", row: Row, hit: Hit) -> None:
    place = place_of(session.plan, row)
    if place is None:
        window.status.showMessage(NOT_USED, 8000)
        return
    window.show_view(SUSUN)
    work = window.work
    if work is None:
        return
    work.show_row(place)
    column = _column(row, hit)
    if isinstance(row, Aksi):
        work.grid.face.set_index(1)
        work.grid.setFocus()
    elif column is None:
        work.tree.view.setFocus()
    else:
        if hit.kumulatif is not None and hit.month is not None:
            work.grid.mode.set_index(0 if hit.kumulatif else 1)
        work.grid.go_to(place.id, column)


def _column(row: Row, hit: Hit) -> int | None:
    """The column of the grid that shows the value; None where no cell does."""
    if isinstance(row, DeretAnggaran | DeretIndikator):
        return FIRST_MONTH + hit.month if hit.month is not None else None
    if isinstance(row, Indikator | Anggaran):
        return {"Target": SETAHUN, "Pagu": SETAHUN, "Satuan": SATUAN}.get(hit.label)
    return SETAHUN if isinstance(row, TahunAnggaran | TahunIndikator) else None

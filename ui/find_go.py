"""Going to a place that was found: a row of a tree, a cell of the grid, a section of the narrative, a dialog."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QScrollArea, QTextEdit, QWidget

from models.rows import Aksi, Dokumen, Narasi, Opd, Pejabat, Row
from services.grid_places import grid_place
from services.search import Hit, place_of
from ui.faces import AKSI, REALISASI, RENCANA
from ui.toolbar import FORMULIR, NASKAH, SUSUN

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session

_SIGNATORY = {"Jabatan": "ttd_jabatan", "NIP": "ttd_nip", "Tempat": "tempat"}
NOT_USED = "Jabatan ini belum menjadi penanggung jawab baris mana pun."


def show_hit(window: "MainWindow", hit: Hit, words: str) -> None:
    """Show the place of a hit and give it the focus. `words`: what was looked for, marked in a long text."""
    session = window.session
    row = session.plan.find(hit.table, hit.row_id) if session is not None else None
    if session is None or row is None:
        return
    if isinstance(row, Narasi):
        show_section(window, row, words)
    elif isinstance(row, Opd) or (isinstance(row, Dokumen) and not hit.label):
        window.edit_identity()
    elif isinstance(row, Pejabat) and row.jabatan_id:
        show_organisation(window, row.jabatan_id, "pejabat")
    elif isinstance(row, Pejabat):
        window.show_view(FORMULIR)
        if window.forms is not None:
            window.forms.settings.officials_wanted.emit()
    elif isinstance(row, Dokumen):
        show_signatory(window, _SIGNATORY.get(hit.label, "ttd_nama"))
    else:
        _show_row(window, session, row, hit)


def show_organisation(window: "MainWindow", jabatan_id: str | None, field: str) -> None:
    """Organisasi at a position, at the head's superior where that is None, with a field of its panel in hand."""
    from ui.positions_dialog import PositionsDialog
    from ui.positions_tree import SUPERIOR

    window.commit()
    if window.session is None or not window.session.dokumen_id:
        return
    dialog = PositionsDialog(window.session, window)
    dialog.finished.connect(dialog.deleteLater)
    dialog.tree.choose(jabatan_id or SUPERIOR)
    # Not waited for: F8 has come by here on its way through the findings.
    dialog.open()
    _take_in_hand(dialog.panel.fields[field])


def show_signatory(window: "MainWindow", field: str) -> None:
    """Formulir with a field of Tanda tangan in hand: a column of Dokumen."""
    window.show_view(FORMULIR)
    if window.forms is not None:
        _take_in_hand(window.forms.settings.signatory.fields[field])


def show_section(window: "MainWindow", row: Narasi, words: str) -> None:
    """Naskah with a section, and in it the words where they are found."""
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


def _take_in_hand(field: QWidget) -> None:
    """The focus, in sight; its text is selected, to be typed anew."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(field, QLineEdit):
        field.selectAll()
    at = field.parentWidget()
    while at is not None and not isinstance(at, QScrollArea):
        at = at.parentWidget()
    if isinstance(at, QScrollArea):
        at.ensureWidgetVisible(field)


def _show_row(window: "MainWindow", session: "Session", row: Row, hit: Hit) -> None:
    at = place_of(session.plan, row)
    if at is None:
        window.status.showMessage(NOT_USED, 8000)
        return
    window.show_view(SUSUN)
    work = window.work
    if work is None:
        return
    work.show_row(at)
    place = grid_place(session.plan, row, hit.label, hit.month)
    if isinstance(row, Aksi):
        work.grid.face.set_index(AKSI)
        work.grid.setFocus()
    elif place is None:
        work.tree.view.setFocus()
    else:
        face = REALISASI if place.face == "realisasi" else RENCANA
        if hit.kumulatif is not None and hit.month is not None:
            work.grid.mode.set_index(0 if hit.kumulatif else 1)
        if not work.grid.go_to(at.id, place.column, face, place.kind):
            work.tree.view.setFocus()

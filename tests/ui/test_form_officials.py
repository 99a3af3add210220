"""Pihak kedua: the superior and the officials of the positions, stored as one action."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.rows import Jabatan, Pejabat
from services.pejabat import head_position, official, superior
from tests.ui.forms import in_dialog, shown_forms, text_of
from ui.officials_dialog import NIP, PLT, OfficialsDialog
from ui.session import Session


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> Iterator[OfficialsDialog]:
    dialog = OfficialsDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def row_of(dialog: OfficialsDialog, jabatan: Jabatan) -> int:
    return [position.id for position in dialog._positions].index(jabatan.id)


def below_head(session: Session) -> Jabatan:
    """A position that is not the head's."""
    head = head_position(session.plan, session.dokumen)
    return next(j for j in session.plan.where(Jabatan, "dokumen_id", session.dokumen_id) if j != head)


def test_nothing_typed_is_no_step(dialog: OfficialsDialog, session: Session) -> None:
    before = session.document.undo_label
    dialog.accept()
    assert not dialog.isVisible()
    assert session.document.undo_label == before
    assert session.plan.all(Pejabat) == ()


def test_superior_and_officials_are_one_step(dialog: OfficialsDialog, session: Session) -> None:
    assert dialog.fields["Jabatan"].text() == "Bupati Buleleng"
    dialog.fields["Nama"].setText("Putu Agus Suradnyana")
    jabatan = below_head(session)
    row = row_of(dialog, jabatan)
    for column, text in enumerate(("Ni Made Rai, S.E.", "Pembina", "197410141993111001"), 1):
        dialog.table.item(row, column).setText(text)
    assert dialog.table.item(row, NIP).text() == "19741014 199311 1 001"
    dialog.table.item(row, PLT).setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    assert superior(session.plan, session.dokumen).nama == "Putu Agus Suradnyana"
    who = official(session.plan, session.dokumen, jabatan)
    assert (who.nama, who.pangkat, who.plt) == ("Ni Made Rai, S.E.", "Pembina", True)
    assert who.signed == f"Plt. {jabatan.nama}"
    assert session.document.undo_label == "ubah pejabat penanda tangan"
    session.undo()
    assert session.plan.all(Pejabat) == ()


def test_the_position_as_signed_is_kept_only_where_it_differs(
    dialog: OfficialsDialog, session: Session, qtbot: QtBot
) -> None:
    jabatan = below_head(session)
    dialog.table.item(row_of(dialog, jabatan), 1).setText("Ni Made Rai")
    dialog.fields["Jabatan"].setText("Penjabat Bupati Buleleng")
    dialog.accept()
    rows = {row.jabatan_id: row for row in session.plan.all(Pejabat)}
    assert rows[jabatan.id].jabatan is None
    assert rows[None].jabatan == "Penjabat Bupati Buleleng"
    again = OfficialsDialog(session)
    qtbot.addWidget(again)
    again.fields["Jabatan"].clear()
    again.table.item(row_of(again, jabatan), 1).setText("")
    again.accept()
    assert session.plan.all(Pejabat) == ()


def test_a_strange_nip_is_remarked_upon_and_stored(dialog: OfficialsDialog, session: Session) -> None:
    jabatan = below_head(session)
    dialog.table.item(row_of(dialog, jabatan), NIP).setText("1974101419931110")
    assert dialog.note.text() == f"{jabatan.nama}: NIP harus 18 angka; yang tertulis 16 angka."
    dialog.accept()
    assert official(session.plan, session.dokumen, jabatan).nip == "1974101419931110"


def test_the_agreement_prints_the_superior(session: Session, qtbot: QtBot) -> None:
    def fill(dialog: OfficialsDialog) -> None:
        dialog.fields["Nama"].setText("Putu Agus Suradnyana")
        dialog.accept()

    with shown_forms(session, qtbot) as view:
        view.show_form("perjanjian-kinerja")
        in_dialog(fill)
        view.settings.officials.click()
        qtbot.waitUntil(lambda: "Putu Agus Suradnyana" in text_of(view.preview.pdf), timeout=3000)

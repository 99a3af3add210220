"""Pihak kedua and who signs: from the forms into the one window of the organisation, and back onto the paper."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.rows import Jabatan, Pejabat
from services.pejabat import head, official, superior
from tests.ui.forms import in_dialog, shown_forms, text_of
from ui.officials_dialog import OfficialsDialog
from ui.positions_panel import DEFINITIF, PLH, PLT
from ui.positions_tree import SUPERIOR
from ui.session import Session
from ui.signatory import SignatoryFields


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> Iterator[OfficialsDialog]:
    dialog = OfficialsDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.done(0)


def fill(dialog: OfficialsDialog, name: str, text: str) -> None:
    field = dialog.panel.fields[name]
    assert isinstance(field, QLineEdit)
    field.setText(text)


def test_it_opens_at_the_superior_and_nothing_typed_is_no_step(dialog: OfficialsDialog, session: Session) -> None:
    before = session.document.undo_label
    assert dialog.tree.current_id() == SUPERIOR
    field = dialog.panel.fields["sebagai"]
    assert isinstance(field, QLineEdit)
    assert (field.text(), field.placeholderText()) == ("", "Bupati Buleleng")
    dialog.reject()
    assert not dialog.isVisible()
    assert session.document.undo_label == before
    assert session.plan.all(Pejabat) == ()


def test_the_superior_is_named_and_signs_as_written(dialog: OfficialsDialog, session: Session) -> None:
    fill(dialog, "pejabat", "Putu Agus Suradnyana")
    fill(dialog, "sebagai", "Penjabat Bupati Buleleng")
    dialog.panel.commit()
    over = superior(session.plan, session.dokumen)
    assert (over.nama, over.signed) == ("Putu Agus Suradnyana", "Penjabat Bupati Buleleng")
    fill(dialog, "sebagai", "")
    dialog.panel.commit()
    (row,) = session.plan.all(Pejabat)
    assert (row.jabatan, row.jabatan_id) == (None, None)
    fill(dialog, "pejabat", "")
    dialog.panel.commit()
    assert session.plan.all(Pejabat) == ()


def test_a_strange_nip_is_remarked_upon_and_stored(dialog: OfficialsDialog, session: Session) -> None:
    jabatan = session.plan.all(Jabatan)[1]
    dialog.tree.choose(jabatan.id)
    fill(dialog, "nip", "1974101419931110")
    dialog.panel.commit()
    assert dialog.panel.notes[0].text() == "NIP harus 18 angka; yang tertulis 16 angka."
    assert official(session.plan, session.dokumen, jabatan).nip == "1974101419931110"


def test_the_agreement_prints_the_superior(session: Session, qtbot: QtBot) -> None:
    def name(dialog: OfficialsDialog) -> None:
        fill(dialog, "pejabat", "Putu Agus Suradnyana")
        dialog.reject()

    with shown_forms(session, qtbot) as view:
        view.show_form("perjanjian-kinerja")
        in_dialog(name)
        view.settings.officials.click()
        qtbot.waitUntil(lambda: "Putu Agus Suradnyana" in text_of(view.preview.pdf), timeout=3000)


def test_the_signatory_acts_as_the_organisation_says(session: Session, qtbot: QtBot) -> None:
    fields = SignatoryFields(session)
    qtbot.addWidget(fields)
    session.changed.connect(fields.follow)
    assert fields.standing.currentText() == DEFINITIF
    for chosen, signed in ((PLH, "Plh. "), (PLT, "Plt. "), (DEFINITIF, "Kepala")):
        at = fields.standing.findText(chosen)
        fields.standing.setCurrentIndex(at)
        fields.standing.activated.emit(at)
        assert head(session.plan, session.dokumen).signed.startswith(signed)
        assert fields.standing.currentText() == chosen
    session.undo()
    assert fields.standing.currentText() == PLT
    assert session.document.undo_label == "ubah kedudukan penanda tangan"

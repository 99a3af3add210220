"""The "Dokumen perubahan" dialog: what it proposes, what it returns, and the document that is made of it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, Dokumen, Indikator
from services.tahap import new_stage
from ui.new_stage_dialog import NewStageDialog, StageChoice
from ui.session import Session


def opened(qtbot: QtBot, plan: Plan) -> NewStageDialog:
    """The dialog over a plan, shown."""
    made = NewStageDialog(plan)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> Iterator[NewStageDialog]:
    """Over the Buleleng plan, a perubahan without a number, and a copy of it."""
    changes, _ = new_stage(session.plan, session.dokumen_id)
    assert session.edit("buat", changes)
    yield opened(qtbot, session.plan)
    QApplication.processEvents()


def test_the_newest_document_is_chosen_and_the_next_stage_shown(dialog: NewStageDialog, session: Session) -> None:
    first, second = session.plan.all(Dokumen)
    assert [dialog.origin.itemText(i) for i in range(2)] == ["2022 Perubahan", "2022 Perubahan 2"]
    assert [dialog.origin.itemData(i) for i in range(2)] == [first.id, second.id]
    assert dialog.choice == StageChoice(second.id, True)
    assert dialog.stage.text() == "2022 Perubahan 3"


def test_another_origin_and_no_results_can_be_chosen_with_the_keyboard(
    qtbot: QtBot, dialog: NewStageDialog, session: Session
) -> None:
    first = session.plan.all(Dokumen)[0]
    assert dialog.origin.hasFocus()
    qtbot.keyClick(dialog.origin, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.origin, Qt.Key.Key_Tab)
    assert dialog.realisasi.hasFocus()
    qtbot.keyClick(dialog.realisasi, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.realisasi, Qt.Key.Key_Return)
    assert dialog.choice == StageChoice(first.id, False)


def test_the_stage_follows_the_year_of_the_origin(qtbot: QtBot, session: Session) -> None:
    first = session.dokumen
    murni = replace(first, id="m", urutan=first.urutan + 1, tahun=2023, tahap="murni", nomor_perubahan=0)
    session.edit("buat", [Change(None, murni)])
    dialog = opened(qtbot, session.plan)
    assert dialog.origin.currentText() == "2023 Murni"
    assert dialog.stage.text() == "2023 Perubahan 1"
    qtbot.keyClick(dialog.origin, Qt.Key.Key_Up)
    assert dialog.stage.text() == "2022 Perubahan 2"


def test_documents_of_one_name_are_told_apart_by_their_titles(qtbot: QtBot, session: Session) -> None:
    first = session.dokumen
    session.edit("buat", [Change(None, replace(first, id="b", urutan=first.urutan + 1, judul="KEDUA"))])
    dialog = opened(qtbot, session.plan)
    assert dialog.origin.currentText() == "2022 Perubahan, KEDUA"
    assert dialog.origin.toolTip() == dialog.origin.currentText()
    assert dialog.origin.itemText(0).startswith("2022 Perubahan, RENCANA AKSI")


def test_the_choice_makes_the_document_in_one_step(qtbot: QtBot, dialog: NewStageDialog, session: Session) -> None:
    plan = session.plan
    before = set(plan.rows())
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    choice = dialog.choice
    changes, fresh_id = new_stage(plan, choice.dokumen_id, realisasi=choice.realisasi)
    assert session.edit("buat dokumen perubahan", changes)
    session.show_document(fresh_id)
    assert (session.dokumen.tahap, session.dokumen.nomor_perubahan) == ("perubahan", 3)
    for cls in (Anggaran, Indikator, DeretAnggaran):
        assert len(plan.where(cls, "dokumen_id", fresh_id)) == len(plan.where(cls, "dokumen_id", choice.dokumen_id)) > 0
    assert session.undo()
    assert set(plan.rows()) == before
    assert session.dokumen_id == choice.dokumen_id


def test_escape_and_batal_accept_nothing(qtbot: QtBot, dialog: NewStageDialog) -> None:
    with qtbot.assertNotEmitted(dialog.accepted):
        with qtbot.waitSignal(dialog.rejected):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.open()
        with qtbot.waitSignal(dialog.rejected):
            qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)


def test_every_field_has_a_name_and_every_key_is_one_of_a_kind(dialog: NewStageDialog) -> None:
    words = [label.text() for label in dialog.findChildren(QLabel)]
    words += [button.text() for button in dialog.findChildren(QAbstractButton)]
    keys = [key.lower() for text in words for key in re.findall("&(.)", text)]
    assert len(keys) == len(set(keys)) == 4
    assert dialog.origin.accessibleName() == "Disalin dari"
    assert dialog.stage.accessibleName() == "Tahap baru"
    assert dialog.create_button.isDefault()


def test_nothing_is_cut_off(dialog: NewStageDialog) -> None:
    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()) or not label.wordWrap()
        assert label.wordWrap() or label.width() >= label.sizeHint().width()
    assert dialog.realisasi.width() >= dialog.realisasi.sizeHint().width()

"""How each form is printed is kept in the plan: set in fields, one undo step each, followed when it is undone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Formulir, new_id
from services.edits import set_field
from tests.ui.forms import shown_forms, text_of
from ui.form_source import dressed
from ui.forms_view import FormsView
from ui.session import Session

FIRST, SECOND = "bulanan-eselon-ii", "bulanan-eselon-iii"


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[FormsView]:
    with shown_forms(session, qtbot) as view:
        yield view


def stored(session: Session, name: str = FIRST) -> Formulir | None:
    return next((row for row in session.plan.all(Formulir) if row.nama == name), None)


def test_what_is_set_is_kept_in_the_plan_and_can_be_undone(view: FormsView, session: Session, qtbot: QtBot) -> None:
    page = view.settings.page
    page.letters.setCurrentIndex(page.letters.findData(6.5))
    row = stored(session)
    assert row is not None
    assert (row.huruf, row.kertas, row.mendatar) == (65, None, None)
    assert session.document.undo_label == "ubah halaman Bulanan, Eselon II"
    assert dressed(session, FIRST).form.page.size == 6.5
    session.undo()
    qtbot.waitUntil(lambda: page.letters.currentIndex() == 0)
    assert stored(session) is None
    assert page.letters.currentText() == "bawaan (8 pt)"


@pytest.mark.parametrize(
    ("tick", "field", "value"),
    [("fit", "muat_lebar", 0), ("repeat", "judul_kolom", 0), ("kop", "kop", 1), ("code", "kode", 0)],
)
def test_each_tick_is_kept(view: FormsView, session: Session, qtbot: QtBot, tick: str, field: str, value: int) -> None:
    getattr(view.settings.page, tick).click()
    row = stored(session)
    assert row is not None
    assert getattr(row, field) == value
    getattr(view.settings.page, tick).click()
    row = stored(session)
    assert row is None or getattr(row, field) is None


def test_each_form_has_its_own(view: FormsView, session: Session) -> None:
    page = view.settings.page
    page.repeat.click()
    view.show_form(SECOND)
    assert page.repeat.isChecked()
    view.show_form(FIRST)
    assert not page.repeat.isChecked()
    assert stored(session, SECOND) is None


def test_stepping_a_margin_is_one_undo_step(view: FormsView, session: Session, qtbot: QtBot) -> None:
    top, before = view.settings.page.margins["top"], session.document.undo_label
    top.setFocus()
    for _ in range(5):
        qtbot.keyClick(top, Qt.Key.Key_Up)
    assert stored(session) is None
    qtbot.waitUntil(lambda: stored(session) is not None)
    assert stored(session).tepi_atas == 15
    session.undo()
    qtbot.waitUntil(lambda: top.value() == 10)
    assert session.document.undo_label == before


def test_a_margin_in_the_making_is_stored_before_the_export(view: FormsView, session: Session, qtbot: QtBot) -> None:
    left = view.settings.page.margins["left"]
    left.setFocus()
    left.selectAll()
    qtbot.keyClicks(left, "23")
    assert view.commit() == ""
    assert stored(session).tepi_kiri == 23


def test_a_margin_in_the_making_goes_to_the_form_that_it_was_set_for(
    view: FormsView, session: Session, qtbot: QtBot
) -> None:
    left = view.settings.page.margins["left"]
    left.setFocus()
    qtbot.keyClick(left, Qt.Key.Key_Up)
    view.show_form(SECOND)
    assert stored(session, FIRST).tepi_kiri == 11
    assert stored(session, SECOND) is None
    assert left.value() == 10


def test_another_edit_meanwhile_takes_nothing_away(view: FormsView, session: Session, qtbot: QtBot) -> None:
    bottom = view.settings.page.margins["bottom"]
    bottom.setFocus()
    qtbot.keyClick(bottom, Qt.Key.Key_Up)
    session.edit("ubah tempat", set_field(session.dokumen, "tempat", "Seririt"))
    view.refresh()
    assert stored(session).tepi_bawah == 13


def test_a_size_between_the_steps_is_shown_and_stays(view: FormsView, session: Session, qtbot: QtBot) -> None:
    row = Formulir(id=new_id(), dokumen_id=session.dokumen_id, nama=FIRST, huruf=73)
    session.edit("dari salinan", [Change(None, row)])
    letters = view.settings.page.letters
    qtbot.waitUntil(lambda: letters.currentText() == "7,3 pt")
    view.settings.page.code.click()
    assert stored(session) == replace(row, kode=0)


def test_the_stamp_stands_on_the_pages_and_in_the_notice(view: FormsView, session: Session, qtbot: QtBot) -> None:
    stamp, notice = view.settings.page.stamp, view.settings.export.notice
    view.show_form(SECOND)
    assert notice.text().startswith("Eselon III masih memuat 2 galat. ")
    stamp.setCurrentIndex(stamp.findData("galat"))
    assert notice.text().startswith("Eselon III masih memuat 2 galat, jadi diberi cap DRAF. ")
    assert dressed(session, SECOND).form.draft
    view.show_form(FIRST)
    stamp.setCurrentIndex(stamp.findData("galat"))
    assert not dressed(session, FIRST).form.draft
    stamp.setCurrentIndex(stamp.findData("selalu"))
    assert dressed(session, FIRST).form.draft


def test_the_code_of_the_revision_is_in_the_foot(view: FormsView, session: Session, qtbot: QtBot) -> None:
    assert session.document.file.revision in text_of(view.preview.pdf)
    view.settings.page.code.click()
    qtbot.waitUntil(lambda: "Kode cetakan" not in text_of(view.preview.pdf))


def test_characters_without_a_glyph_are_said_beside_the_preview(
    view: FormsView, session: Session, qtbot: QtBot
) -> None:
    assert not view.remark.isVisible()
    session.edit("ubah tempat", set_field(session.dokumen, "tempat", "Singaraja \u6c34"))
    qtbot.waitUntil(view.remark.isVisible)
    assert view.remark.text() == "1 karakter tidak ada dalam huruf cetak dan tercetak sebagai kotak: \u6c34"
    session.undo()
    qtbot.waitUntil(lambda: not view.remark.isVisible())

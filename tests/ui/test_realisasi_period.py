"""The period that capaian is as of: picked in the grid, beside a form and in Ringkasan, one setting of the plan."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator
from services.forms.realisasi_sampai import as_of, picked
from services.month_grid import JUMLAH, SELISIH
from services.periods import Sampai
from services.realisasi import set_result, set_results, set_spending
from tests.ui.grid import JUN, MAR, new_panel
from ui.faces import CAPAIAN, REALISASI, RENCANA
from ui.main_window import FORMULIR, MainWindow
from ui.realisasi_period import NONE_YET, PeriodField
from ui.ringkasan_dialog import SummaryDialog, show_summary
from ui.session import Session

Key = Qt.Key
ACROSS = Qt.Orientation.Horizontal


def entries(field: PeriodField) -> list[str]:
    return [field.itemText(at) for at in range(field.count()) if field.itemText(at)]


@pytest.fixture
def target(session: Session, by_id: Callable) -> Indikator:
    return by_id(Indikator, "k2-02-i1")


def report(session: Session, line: Anggaran, months: int) -> None:
    changes = set_spending(session.plan, line, {at: 100 * (at + 1) for at in range(months)}, kumulatif=True)
    assert session.edit("isi", changes)


def test_it_stands_beside_capaian_only_and_is_picked_by_key(session: Session, qtbot: QtBot, by_id: Callable) -> None:
    line = by_id(Anggaran, "a3-03")
    report(session, line, 6)
    panel = new_panel(session, qtbot)
    panel.show_branch(line)
    assert panel.period is None
    panel.face.set_index(CAPAIAN)
    field = panel.period
    assert field is not None
    assert field.isVisible()
    assert field.currentText() == "Triwulan II 2022 (terakhir)"
    assert entries(field)[1:6] == [*(f"Triwulan {roman} 2022" for roman in ("I", "II", "III", "IV")), "Januari 2022"]
    assert "Maret 2022" not in entries(field)
    assert panel.model.headerData(JUMLAH, ACROSS) == "s.d. TW II"
    row = panel.model.row_of(line.id)
    assert row is not None
    assert panel.model.text(row, JUMLAH) == panel.model.text(row, JUN)
    field.setFocus()
    QTest.keyClick(field, Key.Key_Down)
    assert session.document.undo_label == "ubah periode capaian ke Triwulan I 2022"
    assert as_of(session.plan, session.dokumen) == Sampai(3, triwulan=True)
    assert (
        panel.model.headerData(JUMLAH, ACROSS, Qt.ItemDataRole.ToolTipRole) == "Capaian sampai dengan Triwulan I 2022"
    )
    assert panel.model.headerData(SELISIH, ACROSS) == "Predikat"
    assert panel.model.text(row, JUMLAH) == panel.model.text(row, MAR)
    session.undo()
    assert field.currentText() == "Triwulan II 2022 (terakhir)"
    panel.face.set_index(REALISASI)
    assert not field.isVisible()


def test_a_period_of_its_own_can_be_given_back(session: Session, qtbot: QtBot, by_id: Callable) -> None:
    report(session, by_id(Anggaran, "a3-03"), 2)
    field = PeriodField(session)
    qtbot.addWidget(field)
    field.show()
    assert field.currentText() == "Februari 2022 (terakhir)"
    QTest.keyClick(field, Key.Key_End)
    assert field.currentText() == "November 2022"
    assert picked(session.plan, session.dokumen) == Sampai(11)
    QTest.keyClick(field, Key.Key_Home)
    assert picked(session.plan, session.dokumen) is None
    assert session.document.undo_label == "ubah periode capaian ke yang terakhir diisi"


def test_where_nothing_is_reported_it_says_so_and_no_date_is_taken(session: Session, qtbot: QtBot) -> None:
    field = PeriodField(session)
    qtbot.addWidget(field)
    field.show()
    assert field.currentText() == NONE_YET
    assert as_of(session.plan, session.dokumen) is None


def test_forms_that_depend_on_it_have_it_and_follow(window: MainWindow, line_of: Callable, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    report(session, line_of("a3-03"), 6)
    window.show_form("iku")
    assert window.forms is not None
    field = window.forms.settings.period
    assert not field.isVisible()
    window.show_form("pagu-realisasi")
    assert field.isVisible()
    field.setFocus()
    QTest.keyClick(field, Key.Key_Down)
    assert as_of(session.plan, session.dokumen) == Sampai(3, triwulan=True)
    assert session.document.undo_label == "ubah periode capaian ke Triwulan I 2022"
    window.show_form("iku")
    window.actions_.undo_steps(1)
    assert (window.bar.view(), window.forms.name) == (FORMULIR, "pagu-realisasi")
    assert picked(session.plan, session.dokumen) is None


def test_ringkasan_has_it_too(window: MainWindow, line_of: Callable, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    report(session, line_of("a3-03"), 6)
    show_summary(window)
    (dialog,) = window.findChildren(SummaryDialog)
    qtbot.waitUntil(lambda: not dialog.busy and dialog.list.count() > 0)
    QTest.keyClick(dialog.period, Key.Key_Down)
    qtbot.waitUntil(lambda: not dialog.busy)
    words = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert "Capaian terendah (sampai dengan Triwulan I)" in words


def test_undo_goes_back_to_the_face_and_the_cell(window: MainWindow, line_of: Callable) -> None:
    session, work = window.session, window.work
    assert session is not None
    assert work is not None
    line = line_of("a3-03")
    work.show_row(line)
    work.grid.face.set_index(CAPAIAN)
    row = work.grid.model.row_of(line.id)
    assert row is not None
    work.grid.view.go((row, JUN))
    field = work.grid.period
    assert field is not None
    QTest.keyClick(field, Key.Key_Down)
    work.grid.face.set_index(RENCANA)
    other = session.plan.where(Anggaran, "induk_id", None)[-1]
    work.show_row(other)
    window.actions_.undo_steps(1)
    assert work.grid.face.index() == CAPAIAN
    assert work.tree.current_row() == line
    assert work.grid.view.grid_cursor.caret == (row, JUN)


def test_undoing_the_result_of_a_year_shows_its_cell(window: MainWindow) -> None:
    session, work = window.session, window.work
    assert session is not None
    assert work is not None
    indikator = next(one for one in session.plan.all(Indikator) if one.asal_id == "k2-02-i1")
    work.show_row(indikator)
    assert session.edit("ubah realisasi setahun", set_result(session.plan, indikator, None, "27"))
    assert session.edit(
        "ubah realisasi", set_results(session.plan, session.plan.get(Indikator, indikator.id), {2: "3"})
    )
    work.grid.face.set_index(RENCANA)
    window.actions_.undo_steps(2)
    assert work.grid.face.index() == REALISASI
    caret = work.grid.view.grid_cursor.caret
    assert caret is not None
    assert caret[1] == JUMLAH

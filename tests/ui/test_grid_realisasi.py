"""The faces Realisasi and Capaian of the grid under the keys: typing, pasting, filling, undo, locks, notes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, DeretIndikator, DeretRasio, Indikator
from services.edits import set_field
from services.month_grid import FIRST_QUARTER, JUMLAH, SELISIH, SETAHUN, URAIAN
from services.realisasi import note_of, set_note, set_results, set_spending, spending
from services.realisasi_tutup import close_period, reopen_period
from tests.ui.grid import CTRL, DES, FEB, JAN, JUN, MAR, MEI, SHIFT, kas, new_panel, press, texts, type_in
from ui.faces import AKSI, CAPAIAN, REALISASI, RENCANA
from ui.grid_panel import GridPanel
from ui.isian_notes import CLOSED, NotesDialog
from ui.session import Session

Key = Qt.Key
Alt = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def panel(session: Session, qtbot: QtBot, by_id: Callable) -> GridPanel:
    panel = new_panel(session, qtbot)
    panel.show_branch(by_id(Anggaran, "a3-03"))
    panel.face.set_index(REALISASI)
    panel.view.go_to(3, JAN)
    return panel


@pytest.fixture
def goals(session: Session, qtbot: QtBot, by_id: Callable) -> GridPanel:
    """A branch that begins with an indicator."""
    panel = new_panel(session, qtbot)
    panel.show_branch(by_id(Indikator, "k2-02-i1"))
    panel.face.set_index(REALISASI)
    panel.view.go_to(0, JAN)
    return panel


@pytest.fixture
def said(session: Session) -> list[str]:
    heard: list[str] = []
    session.failed.connect(heard.append)
    return heard


def line_at(panel: GridPanel, row: int) -> Anggaran:
    return panel.model.session.plan.get(Anggaran, panel.model.line(row).row_id)


def spent(panel: GridPanel, row: int) -> tuple[int | None, ...]:
    series = spending(panel.model.session.plan, line_at(panel, row))
    return series.nilai if series is not None else (None,) * 12


def in_dialog(do: Callable[[NotesDialog], object]) -> None:
    """Do something with the notes that open next."""

    def found() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NotesDialog)
        try:
            do(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, found)


def test_control_j_goes_round_four_faces(panel: GridPanel) -> None:
    seen = []
    for _ in range(4):
        seen.append(panel.face.index())
        panel.turn_face.trigger()
    assert seen == [REALISASI, CAPAIAN, AKSI, RENCANA]
    assert panel.face.index() == REALISASI


def test_typing_goes_into_the_results_and_leaves_the_plan_alone(session: Session, panel: GridPanel) -> None:
    line, plan_before = line_at(panel, 3), kas(session, line_at(panel, 3))
    assert texts(panel, 3) == [""] * 12
    QTest.keyClick(type_in(panel, "1500"), Key.Key_Return)
    assert spent(panel, 3)[0] == 1500
    assert texts(panel, 3)[:2] == ["1.500", ""]
    assert kas(session, line) == plan_before
    assert str(session.document.undo_label).startswith("ubah realisasi Januari")
    session.undo()
    assert spending(session.plan, line) is None
    assert texts(panel, 3)[0] == ""


def test_a_block_is_pasted_filled_and_emptied_as_one_step_each(session: Session, panel: GridPanel) -> None:
    QGuiApplication.clipboard().setText("100\t0\t300")
    press(panel, Key.Key_V, CTRL)
    assert spent(panel, 3)[:3] == (100, 0, 300)
    panel.view.grid_cursor.put((3, JAN), (4, MAR))
    press(panel, Key.Key_D, CTRL)
    assert spent(panel, 4)[:3] == (100, 0, 300)
    panel.view.grid_cursor.put((3, JAN), (3, FEB))
    press(panel, Key.Key_Delete)
    assert spent(panel, 3)[:3] == (None, None, 300)
    session.undo(2)
    assert (spent(panel, 3)[:3], spent(panel, 4)[:3]) == ((100, 0, 300), (None, None, None))


def test_an_amount_that_is_none_stays_in_its_cell(panel: GridPanel, said: list[str]) -> None:
    editor = type_in(panel, "abc")
    QTest.keyClick(editor, Key.Key_Return)
    assert editor.isVisible()
    assert "bukan angka rupiah" in said[-1]
    panel.face.set_index(CAPAIAN)
    assert panel.face.index() == REALISASI
    QTest.keyClick(editor, Key.Key_Escape)
    panel.face.set_index(CAPAIAN)
    assert panel.model.face == "capaian"


def test_single_months_are_turned_into_what_is_stored(session: Session, panel: GridPanel) -> None:
    QTest.keyClick(type_in(panel, "100"), Key.Key_Tab)
    panel.turn_mode.trigger()
    QTest.keyClick(type_in(panel, "50"), Key.Key_Return)
    assert spent(panel, 3)[:2] == (100, 150)
    assert texts(panel, 3)[:2] == ["100", "50"]


def test_the_plan_stands_beside_each_month(session: Session, goals: GridPanel) -> None:
    indikator = session.plan.get(Indikator, goals.model.line(0).row_id)
    goals.face.set_index(RENCANA)
    planned = texts(goals, 0)
    goals.face.set_index(REALISASI)
    index = goals.model.index(0, DES)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == f"Rencana Desember: {planned[11]}. Belum dilaporkan."
    assert index.data(Alt) == f"Realisasi Desember, kosong, {index.data(Qt.ItemDataRole.ToolTipRole)}"
    session.edit("isi", set_results(session.plan, indikator, dict(enumerate(planned))))
    assert goals.model.text(0, SELISIH).strip("0,") == ""
    assert goals.model.text(0, JUMLAH) == planned[11]


def test_what_is_no_month_takes_no_typing_and_says_why(panel: GridPanel, said: list[str]) -> None:
    for column, why in ((URAIAN, "sisi Rencana"), (SETAHUN, "sisi Rencana"), (FIRST_QUARTER, "dihitung")):
        panel.view.go_to(3, column)
        press(panel, Key.Key_F2)
        assert why in said[-1]
    press(panel, Key.Key_B, CTRL)
    assert said[-1].startswith("Bagi mengisi rencana")


def test_closed_months_carry_a_lock_and_refuse(session: Session, panel: GridPanel, said: list[str]) -> None:
    plain = panel.view.months.horizontalHeader().grab().toImage()
    session.edit("tutup", close_period(session.plan, session.dokumen_id, 3))
    assert panel.model.locked == {JAN, FEB, MAR, FIRST_QUARTER}
    assert panel.view.months.horizontalHeader().grab().toImage() != plain
    QTest.keyClick(panel.view.months, Key.Key_7)
    assert said[-1].startswith("Januari sudah ditutup. Buka lagi")
    assert "Periode sudah ditutup." in panel.model.index(3, JAN).data(Alt)
    panel.view.grid_cursor.put((3, MAR), (3, MEI))
    panel.view.commands.type_all("9")
    assert spent(panel, 3)[:5] == (None, None, None, 9, 9)
    assert said[-1] == "1 sel dilewati: periodenya sudah ditutup."
    session.edit("buka", reopen_period(session.plan, session.dokumen_id, 3, "salah ketik"))
    assert panel.model.locked == frozenset()
    assert panel.model.takes_typing(3, JAN)


def test_the_counts_of_a_ratio_come_as_lines_of_their_own(session: Session, goals: GridPanel) -> None:
    indikator = session.plan.get(Indikator, goals.model.line(0).row_id)
    session.edit("rasio", set_field(indikator, "pembilang", "koperasi aktif"))
    assert [goals.model.line(row).kind for row in range(3)] == ["target", "pembilang", "penyebut"]
    goals.view.go_to(1, JAN)
    QTest.keyClick(type_in(goals, "30"), Key.Key_Return)
    assert [(row.jenis, row.nilai[0]) for row in session.plan.all(DeretRasio)] == [("pembilang", "30")]
    assert goals.view.current().row() == 2
    QGuiApplication.clipboard().setText("75")
    goals.view.go_to(2, JAN)
    press(goals, Key.Key_V, CTRL)
    assert goals.model.text(2, JAN) == "75"


def test_capaian_shows_percent_colour_and_word_and_takes_nothing(
    session: Session, panel: GridPanel, said: list[str]
) -> None:
    line = line_at(panel, 3)
    place, cash = next((at, value) for at, value in enumerate(kas(session, line)) if value)
    session.edit("isi", set_spending(session.plan, line, {place: cash}, kumulatif=True))
    panel.face.set_index(CAPAIAN)
    cell = panel.model.index(3, JAN + place)
    assert cell.data() == "100 %"
    assert cell.data(Alt).startswith(f"Capaian {panel.model.headerData(JAN + place, Qt.Orientation.Horizontal, 3)}")
    assert "Sangat Tinggi:" in cell.data(Alt)
    assert "= 100 % dari rencana kas" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert panel.model.text(3, SELISIH) == "Sangat Tinggi"
    assert panel.model.headerData(SELISIH, Qt.Orientation.Horizontal) == "Predikat"
    table = panel.view.months
    table.scrollTo(cell)
    box = table.visualRect(cell)
    assert table.viewport().grab().toImage().pixelColor(box.left() + 3, box.bottom() - 4).name() == "#c3e6cb"
    panel.view.go_to(3, JAN)
    press(panel, Key.Key_F2)
    assert "ubah realisasinya" in said[-1]
    assert not panel.mode.isVisible()


def test_notes_are_written_from_the_cell_and_mark_it(session: Session, panel: GridPanel) -> None:
    line = line_at(panel, 3)
    panel.view.go_to(3, JUN)

    def write(dialog: NotesDialog) -> None:
        QTest.keyClicks(dialog.texts["kendala"], "Hujan lebat")
        QTest.keyClick(dialog.texts["kendala"], Key.Key_Tab)
        QTest.keyClicks(dialog.texts["solusi"], "Dijadwalkan ulang")
        dialog.file.setText("/home/sri/bukti.pdf")
        QTest.keyClick(dialog.texts["solusi"], Key.Key_Return, CTRL)

    in_dialog(write)
    press(panel, Key.Key_F2, SHIFT)
    note = note_of(session.plan, line, 6)
    assert note is not None
    assert (note.kendala, note.solusi, note.bukti, note.berkas) == (
        *("Hujan lebat", "Dijadwalkan ulang", None, "bukti.pdf"),
    )
    assert panel.model.shown(3).beside.noted == {JUN, FIRST_QUARTER + 1}
    assert "Ada catatan periode" in panel.model.index(3, JUN).data(Alt)
    session.undo()
    assert note_of(session.plan, line, 6) is None
    assert panel.model.shown(3).beside.noted == frozenset()


def test_notes_of_a_closed_period_can_only_be_read(session: Session, panel: GridPanel) -> None:
    line = line_at(panel, 3)
    session.edit("catat", set_note(session.plan, line, 3, {"kendala": "Hujan"}))
    session.edit("tutup", close_period(session.plan, session.dokumen_id, 3))
    panel.view.go_to(3, FIRST_QUARTER)

    def look(dialog: NotesDialog) -> None:
        assert dialog.note.text() == CLOSED
        assert dialog.texts["kendala"].toPlainText() == "Hujan"
        QTest.keyClicks(dialog.texts["kendala"], "x")
        assert not dialog.save.isEnabled()
        QTest.keyClick(dialog, Key.Key_Escape)

    in_dialog(look)
    press(panel, Key.Key_F2, SHIFT)
    assert note_of(session.plan, line, 3).kendala == "Hujan"  # type: ignore[union-attr]


def test_where_there_is_no_period_notes_say_so(panel: GridPanel, said: list[str]) -> None:
    panel.view.go_to(3, URAIAN)
    press(panel, Key.Key_F2, SHIFT)
    assert "pilih sel itu" in said[-1]
    panel.face.set_index(RENCANA)
    press(panel, Key.Key_F2, SHIFT)
    assert "sisi Realisasi" in said[-1]


def test_the_caret_keeps_its_cell_from_face_to_face(goals: GridPanel) -> None:
    goals.view.go_to(0, MEI)
    goals.turn_face.trigger()
    assert (goals.model.face, goals.view.current().row(), goals.view.current().column()) == ("capaian", 0, MEI)


def test_a_finding_may_lead_to_the_results(session: Session, goals: GridPanel) -> None:
    goals.face.set_index(RENCANA)
    row_id = goals.model.line(0).row_id
    assert goals.go_to(row_id, MAR, REALISASI)
    assert goals.model.face == "realisasi"
    assert goals.view.current().column() == MAR
    QTest.keyClick(type_in(goals, "3"), Key.Key_Return)
    series = session.plan.one(DeretIndikator, "indikator_id", row_id, "realisasi")
    assert series is not None
    assert series.nilai[2] == "3"

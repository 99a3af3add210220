"""Copy, cut and paste in the grid."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator
from services.grid_arrange import Condition
from services.month_grid import SATUAN, SELISIH, SETAHUN, URAIAN
from tests.ui.grid import APR, CTRL, DES, FEB, JAN, MAR, MEI, NOV, block, kas, new_panel, press, targets, texts
from ui.grid_panel import GridPanel
from ui.paste_dialog import PasteDialog
from ui.session import Session

Key = Qt.Key


@pytest.fixture
def panel(session: Session, qtbot: QtBot, by_id: Callable) -> GridPanel:
    panel = new_panel(session, qtbot)
    panel.show_branch(by_id(Anggaran, "a3-03"))
    panel.view.go_to(3, JAN)
    return panel


def put(text: str) -> None:
    """What another program copied, as text."""
    QGuiApplication.clipboard().setText(text)


def in_dialog(do: Callable[[QDialog], object]) -> None:
    """Do something with the dialog that opens next."""

    def found() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        do(dialog)

    QTimer.singleShot(0, found)


def test_copy_and_paste_move_a_block_as_one_undo_step(session: Session, panel: GridPanel) -> None:
    before = texts(panel, 5)
    panel.view.grid_cursor.put((3, JAN), (4, MAR))
    press(panel, Key.Key_C, CTRL)
    panel.view.go_to(5, FEB)
    press(panel, Key.Key_V, CTRL)
    assert texts(panel, 5, FEB, APR) == texts(panel, 3, JAN, MAR)
    assert texts(panel, 6, FEB, APR) == texts(panel, 4, JAN, MAR)
    assert block(panel) == (5, FEB, 6, APR)
    assert session.document.undo_label == "tempel, 2 baris"
    session.undo()
    assert texts(panel, 5) == before


def test_cut_empties_what_it_copied_in_one_step(session: Session, panel: GridPanel) -> None:
    before = texts(panel, 3)
    panel.view.grid_cursor.put((3, JAN), (3, FEB))
    press(panel, Key.Key_X, CTRL)
    assert texts(panel, 3, JAN, FEB) == ["", ""]
    panel.view.go_to(4, JAN)
    press(panel, Key.Key_V, CTRL)
    assert texts(panel, 4, JAN, FEB) == before[:2]
    session.undo()
    assert session.document.undo_label == "potong sel, Penyediaan Peralatan dan Pe..."
    session.undo()
    assert texts(panel, 3) == before


def test_other_programs_get_numbers_and_text(panel: GridPanel) -> None:
    panel.view.grid_cursor.put((3, SATUAN), (3, JAN))
    press(panel, Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().split("\t")[0] == "Rp"
    assert mime.hasHtml()


def test_hidden_columns_are_neither_copied_nor_emptied_nor_pasted_into(panel: GridPanel, session: Session) -> None:
    line = session.plan.get(Anggaran, panel.model.line(3).row_id)
    before = kas(session, line)
    panel.view.columns.set_shown([JAN, DES])
    panel.view.grid_cursor.put((3, JAN), (3, DES))
    press(panel, Key.Key_Delete)
    assert kas(session, line) == (None, *before[1:11], None)
    put("1.000\t53.000.000")
    panel.view.go_to(3, JAN)
    press(panel, Key.Key_V, CTRL)
    assert kas(session, line) == (1000, *before[1:11], 53_000_000)


def test_one_copied_cell_fills_the_selection(panel: GridPanel) -> None:
    put("7.000")
    panel.view.grid_cursor.put((3, JAN), (5, FEB))
    press(panel, Key.Key_V, CTRL)
    assert [texts(panel, row, JAN, FEB) for row in (3, 4, 5)] == [["7.000"] * 2] * 3


def test_a_block_is_repeated_where_the_selection_is_a_multiple(panel: GridPanel) -> None:
    put("1.000\t2.000\n3.000\t4.000\n")
    panel.view.grid_cursor.put((3, JAN), (6, APR))
    press(panel, Key.Key_V, CTRL)
    assert [texts(panel, row, JAN, APR) for row in (3, 4, 5)] == [
        ["1.000", "2.000"] * 2,
        ["3.000", "4.000"] * 2,
        ["1.000", "2.000"] * 2,
    ]
    put("9.000\t8.000")
    panel.view.grid_cursor.put((3, JAN), (3, MAR))
    press(panel, Key.Key_V, CTRL)
    assert texts(panel, 3, JAN, MAR) == ["9.000", "8.000", "1.000"]


def test_a_row_goes_into_every_selected_line_of_one_column(panel: GridPanel) -> None:
    panel.view.grid_cursor.put((3, JAN), (5, JAN))
    put("1\t2\t3")
    press(panel, Key.Key_V, CTRL)
    assert [texts(panel, row, JAN, MAR) for row in (3, 4, 5)] == [["1", "2", "3"]] * 3
    assert block(panel) == (3, JAN, 5, MAR)
    panel.view.grid_cursor.put((3, JAN), (5, JAN))
    put("7\n8")
    press(panel, Key.Key_V, CTRL)
    assert [panel.model.text(row, JAN) for row in (3, 4, 5)] == ["7", "8", "1"]


def test_a_block_that_cannot_be_read_is_asked_about_and_may_be_called_off(session: Session, panel: GridPanel) -> None:
    before = texts(panel, 3)
    put("1000\t####\t3000")
    in_dialog(lambda dialog: dialog.reject())
    press(panel, Key.Key_V, CTRL)
    assert texts(panel, 3) == before
    assert not (session.document.undo_label or "").startswith("tempel")
    in_dialog(lambda dialog: dialog.accept())
    press(panel, Key.Key_V, CTRL)
    assert texts(panel, 3, JAN, MAR) == ["1.000", before[1], "3.000"]


def test_what_does_not_fit_the_grid_is_said_after_a_paste(session: Session, panel: GridPanel) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    panel.view.go_to(panel.model.rowCount() - 1, DES)
    put("1\n2\n3")
    press(panel, Key.Key_V, CTRL)
    assert said == ["1 sel ditempel; 2 tidak, karena di luar kisi yang diisi."]


def test_names_units_targets_and_months_are_pasted_in_one_go(
    session: Session, panel: GridPanel, by_id: Callable
) -> None:
    indikator = by_id(Indikator, "k2-02-i1")
    panel.show_branch(indikator)
    panel.view.go_to(0, URAIAN)
    put("UMKM naik kelas\tUnit\t40\t10\t-\t20")
    press(panel, Key.Key_V, CTRL)
    now = by_id(Indikator, "k2-02-i1")
    assert (now.uraian, now.satuan, now.target) == ("UMKM naik kelas", "Unit", "40")
    assert targets(session, now)[:3] == ("10", "-", "20")


def test_empty_dash_and_zero_are_pasted_as_three_things(session: Session, panel: GridPanel, by_id: Callable) -> None:
    indikator = by_id(Indikator, "k2-02-i1")
    panel.show_branch(indikator)
    panel.view.go_to(0, JAN)
    put("\t-\t0")
    press(panel, Key.Key_V, CTRL)
    assert targets(session, indikator)[:3] == (None, "-", "0")


def test_everything_may_be_copied_at_once(panel: GridPanel) -> None:
    press(panel, Key.Key_A, CTRL)
    press(panel, Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().rstrip("\n").split("\n")
    assert len(lines) == panel.model.rowCount()
    assert {line.count("\t") for line in lines} == {SELISIH}


def test_nothing_on_the_clipboard_changes_nothing(session: Session, panel: GridPanel) -> None:
    before = session.document.undo_label
    QGuiApplication.clipboard().setMimeData(QMimeData())
    press(panel, Key.Key_V, CTRL)
    assert session.document.undo_label == before


def test_all_lines_and_months_are_pasted_in_one_step(session: Session, panel: GridPanel, by_id: Callable) -> None:
    """The lines of the plan that hang together, twelve months each."""
    panel.show_branch(by_id(Indikator, "k2-02-i1"))
    rows = panel.model.rowCount()
    put("\n".join("\t".join(str(1000 * (month + 1) + row) for month in range(12)) for row in range(rows)))
    panel.view.go_to(0, JAN)
    before = panel.model.text(0, MEI)
    press(panel, Key.Key_V, CTRL)
    assert panel.model.text(0, MEI) == "5000"
    session.undo()
    assert panel.model.text(0, MEI) == before


def test_the_caret_stays_at_the_first_pasted_cell(panel: GridPanel) -> None:
    put("1.000\t2.000")
    panel.view.go_to(3, NOV)
    press(panel, Key.Key_V, CTRL)
    assert (panel.view.grid_cursor.caret, block(panel)) == ((3, NOV), (3, NOV, 3, DES))
    QTest.keyClick(panel.view.months, Key.Key_Left)
    assert block(panel) == (3, NOV - 1, 3, NOV - 1)
    assert panel.model.text(3, SETAHUN) == "53.000.000"


def test_cells_that_a_shorter_row_lacks_stay_and_are_said(session: Session, panel: GridPanel) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    before = texts(panel, 4)
    panel.view.go_to(3, JAN)
    put("1\t2\t3\n4\n\n7\t\t9\n")
    press(panel, Key.Key_V, CTRL)
    assert texts(panel, 3, JAN, MAR) == ["1", "2", "3"]
    assert texts(panel, 4) == ["4", *before[1:]]
    assert texts(panel, 6, JAN, MAR) == ["7", "", "9"]
    assert said == ["7 sel ditempel; 5 tetap, karena barisnya lebih pendek."]
    assert session.document.undo_label == "tempel, 3 baris"


def test_the_preview_says_what_a_shorter_row_lacks(session: Session, panel: GridPanel) -> None:
    panel.view.go_to(3, JAN)
    before = texts(panel, 3, FEB, MAR)
    put("####\n4\t5\t6\n")

    def look(dialog: PasteDialog) -> None:
        words = [label.text() for label in dialog.findChildren(QLabel)]
        assert "2 tetap, barisnya lebih pendek" in words
        assert "3 sel terbaca" in words
        model = dialog.table.model()
        spoken = model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.endswith("isi lama tetap")
        dialog.accept()

    in_dialog(look)
    press(panel, Key.Key_V, CTRL)
    assert texts(panel, 3, FEB, MAR) == before
    assert texts(panel, 4, JAN, MAR) == ["4", "5", "6"]


def test_sums_and_amounts_in_words_are_pasted_as_they_are_typed(
    session: Session, panel: GridPanel, by_id: Callable
) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    panel.view.go_to(3, JAN)
    put("=1200000*12\t1,5 juta\t500 rb")
    press(panel, Key.Key_V, CTRL)
    assert texts(panel, 3, JAN, MAR) == ["14.400.000", "1.500.000", "500.000"]
    assert said == ["3 sel ditempel; 3 di antaranya dihitung."]
    asked: list[str] = []

    def look(dialog: PasteDialog) -> None:
        asked.append(dialog.lines.lines[0].words.text())
        dialog.reject()

    put("=A1*2\t7")
    in_dialog(look)
    press(panel, Key.Key_V, CTRL)
    assert "alamat sel dan fungsi tidak dikenal" in asked[0]


def test_a_paste_goes_into_the_lines_that_are_shown_in_the_order_that_they_are_shown(
    session: Session, panel: GridPanel
) -> None:
    panel.model.filter_column(URAIAN, Condition(URAIAN, "berisi", "bahan"))
    panel.model.sort_by(SETAHUN, True)
    shown = [panel.model.line(row).row_id for row in range(panel.model.rowCount())]
    assert len(shown) == 2
    panel.view.go_to(0, JAN)
    put("1\n2\n3")
    press(panel, Key.Key_V, CTRL)
    stored = {line.id: kas(session, line)[0] for line in session.plan.all(Anggaran)}
    assert [stored[row_id] for row_id in shown] == [1, 2]
    assert 3 not in stored.values()


def test_lines_that_stay_only_for_those_below_them_are_left_alone(
    session: Session, panel: GridPanel, by_id: Callable
) -> None:
    """A filtered branch of programs with their kegiatan: the programs are there to be seen."""
    panel.show_branch(by_id(Indikator, "k2-02-i1"))
    panel.model.filter_column(URAIAN, Condition(URAIAN, "berisi", "dilakukan"))
    rows = range(panel.model.rowCount())
    assert [panel.model.is_context(row) for row in rows] == [True, False, True, False]
    before = [texts(panel, row) for row in (0, 2)]
    panel.view.grid_cursor.put((1, JAN), (3, JAN))
    put("1\n2")
    press(panel, Key.Key_V, CTRL)
    assert [panel.model.text(row, JAN) for row in (1, 3)] == ["1", "2"]
    press(panel, Key.Key_A, CTRL)
    press(panel, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().count("\n") == 2
    panel.view.grid_cursor.put((0, JAN), (3, FEB))
    press(panel, Key.Key_Delete)
    assert [texts(panel, row, JAN, FEB) for row in (1, 3)] == [["", ""]] * 2
    assert [texts(panel, row) for row in (0, 2)] == before
    panel.view.go_to(0, JAN)
    put("5")
    press(panel, Key.Key_V, CTRL)
    assert panel.model.text(0, JAN) == "5"


def test_a_paste_where_nothing_can_be_typed_and_an_empty_clipboard_say_why(session: Session, panel: GridPanel) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    panel.view.go_to(1, JAN)
    put("5")
    press(panel, Key.Key_V, CTRL)
    QGuiApplication.clipboard().setMimeData(QMimeData())
    press(panel, Key.Key_V, CTRL)
    assert [sentence.split()[0] for sentence in said] == ["Baris", "Papan"]

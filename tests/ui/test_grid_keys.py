"""The keys of the grid: moving, selecting, typing, emptying and filling."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator
from services.month_grid import FIRST_MONTH, FIRST_QUARTER, SATUAN, SELISIH, SETAHUN, URAIAN
from tests.ui.grid import (
    ALT,
    APR,
    CTRL,
    DES,
    FEB,
    JAN,
    JUN,
    MAR,
    NOV,
    SHIFT,
    at,
    block,
    is_editing,
    kas,
    new_panel,
    open_editor,
    press,
    targets,
    texts,
    type_in,
)
from ui.grid_panel import GridPanel
from ui.grid_units_list import UnitsList
from ui.session import Session

Key = Qt.Key


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> GridPanel:
    return new_panel(session, qtbot)


@pytest.fixture
def cash(panel: GridPanel, by_id: Callable) -> GridPanel:
    """Administrasi Umum with its sum and its six sub kegiatan; the caret in January of the second sub kegiatan."""
    panel.show_branch(by_id(Anggaran, "a3-03"))
    panel.view.go_to(3, JAN)
    return panel


@pytest.fixture
def mixed(panel: GridPanel, by_id: Callable) -> GridPanel:
    """Two indicators, and the programs that support them."""
    panel.show_branch(by_id(Indikator, "k2-02-i1"))
    panel.view.go_to(0, JAN)
    return panel


def test_arrows_go_over_the_seam_and_stop_at_the_edges(cash: GridPanel) -> None:
    press(cash, Key.Key_Left, times=5)
    assert at(cash) == (3, URAIAN)
    press(cash, Key.Key_Up, times=5)
    assert at(cash) == (0, URAIAN)
    press(cash, Key.Key_Right, times=40)
    assert at(cash) == (0, SELISIH)
    press(cash, Key.Key_Down, times=40)
    assert at(cash) == (7, SELISIH)


def test_tabs_then_enter_goes_back_below_where_the_run_began(cash: GridPanel) -> None:
    press(cash, Key.Key_Tab, times=3)
    assert at(cash) == (3, APR)
    press(cash, Key.Key_Return)
    assert at(cash) == (4, JAN)
    press(cash, Key.Key_Return, SHIFT)
    assert at(cash) == (3, JAN)
    press(cash, Key.Key_Backtab, SHIFT)
    assert at(cash) == (3, SETAHUN)


def test_typing_with_tabs_and_enter_fills_lines_as_in_a_spreadsheet(session: Session, cash: GridPanel) -> None:
    """Three months of two lines: no other key than digits, Tab and Enter."""
    lines = [session.plan.get(Anggaran, cash.model.line(row).row_id) for row in (3, 4)]
    for row in (1, 2):
        for month, end in ((1, Key.Key_Tab), (2, Key.Key_Tab), (3, Key.Key_Return)):
            QTest.keyClick(type_in(cash, f"{row}{month}00"), end)
    assert [kas(session, line)[:3] for line in lines] == [(1100, 1200, 1300), (2100, 2200, 2300)]
    assert at(cash) == (5, JAN)


def test_home_end_and_their_control_forms(cash: GridPanel) -> None:
    cash.view.go_to(3, JUN)
    press(cash, Key.Key_Home)
    assert at(cash) == (3, JAN)
    press(cash, Key.Key_Home)
    assert at(cash) == (3, URAIAN)
    press(cash, Key.Key_End)
    assert at(cash) == (3, SELISIH)
    press(cash, Key.Key_Home, CTRL)
    assert at(cash) == (0, JAN)
    press(cash, Key.Key_End, CTRL)
    assert at(cash) == (7, SELISIH)


def test_control_and_an_arrow_go_to_the_edge_of_what_is_filled(cash: GridPanel) -> None:
    """The first sub kegiatan has nothing from August on."""
    cash.view.go_to(2, JAN)
    press(cash, Key.Key_Right, CTRL)
    assert at(cash) == (2, FIRST_MONTH + 6)
    press(cash, Key.Key_Right, CTRL)
    assert at(cash) == (2, FIRST_QUARTER)
    cash.view.go_to(7, DES)
    press(cash, Key.Key_Up, CTRL)
    assert at(cash) == (3, DES)
    press(cash, Key.Key_Up, CTRL)
    assert at(cash) == (1, DES)


def test_pages_go_as_far_as_can_be_seen(cash: GridPanel) -> None:
    cash.resize(1030, 150)
    cash.view.go_to(0, JAN)
    press(cash, Key.Key_PageDown)
    assert 0 < at(cash)[0] < 7
    press(cash, Key.Key_PageDown, times=9)
    assert at(cash) == (7, JAN)
    press(cash, Key.Key_PageUp, times=10)
    assert at(cash) == (0, JAN)


def test_shift_extends_from_the_caret_which_stays(cash: GridPanel) -> None:
    press(cash, Key.Key_Right, SHIFT, times=2)
    press(cash, Key.Key_Down, SHIFT)
    assert (at(cash), block(cash)) == ((3, JAN), (3, JAN, 4, MAR))
    press(cash, Key.Key_Left, SHIFT, times=3)
    assert block(cash) == (3, SETAHUN, 4, JAN)
    press(cash, Key.Key_End, SHIFT)
    assert block(cash) == (3, JAN, 4, SELISIH)
    press(cash, Key.Key_Home, CTRL | SHIFT)
    assert block(cash) == (0, JAN, 3, JAN)
    press(cash, Key.Key_PageDown, SHIFT)
    assert block(cash) == (3, JAN, 7, JAN)
    press(cash, Key.Key_Right)
    assert block(cash) == (3, FEB, 3, FEB)


def test_control_a_selects_all_of_both_halves(cash: GridPanel) -> None:
    press(cash, Key.Key_A, CTRL)
    assert block(cash) == (0, URAIAN, 7, SELISIH)


def test_space_selects_whole_columns_and_lines(cash: GridPanel) -> None:
    press(cash, Key.Key_Space, CTRL)
    assert block(cash) == (0, JAN, 7, JAN)
    cash.view.go_to(3, JAN)
    press(cash, Key.Key_Space, SHIFT)
    assert block(cash) == (3, URAIAN, 3, SELISIH)


def test_the_caret_stays_when_lines_columns_or_all_are_selected_and_they_grow_whole(cash: GridPanel) -> None:
    press(cash, Key.Key_Space, SHIFT)
    assert (at(cash), block(cash)) == ((3, JAN), (3, URAIAN, 3, SELISIH))
    press(cash, Key.Key_Down, SHIFT, times=2)
    assert (at(cash), block(cash)) == ((3, JAN), (3, URAIAN, 5, SELISIH))
    press(cash, Key.Key_Up, SHIFT, times=3)
    assert block(cash) == (2, URAIAN, 3, SELISIH)
    cash.view.go_to(3, FEB)
    press(cash, Key.Key_Space, CTRL)
    press(cash, Key.Key_Right, SHIFT)
    assert (at(cash), block(cash)) == ((3, FEB), (0, FEB, 7, MAR))
    press(cash, Key.Key_A, CTRL)
    assert (at(cash), block(cash)) == ((3, FEB), (0, URAIAN, 7, SELISIH))
    press(cash, Key.Key_Down)
    assert block(cash) == (4, FEB, 4, FEB)


def test_enter_and_tab_go_round_in_a_selection(cash: GridPanel) -> None:
    press(cash, Key.Key_Right, SHIFT)
    press(cash, Key.Key_Down, SHIFT)
    seen = []
    for _ in range(4):
        press(cash, Key.Key_Return)
        seen.append(at(cash))
    assert seen == [(4, JAN), (3, FEB), (4, FEB), (3, JAN)]
    press(cash, Key.Key_Tab)
    assert at(cash) == (3, FEB)
    assert block(cash) == (3, JAN, 4, FEB)


def test_f2_edits_what_is_there_with_the_caret_behind_it(cash: GridPanel) -> None:
    press(cash, Key.Key_F2)
    editor = open_editor(cash)
    assert editor.text() == cash.model.text(3, JAN)
    assert (editor.cursorPosition(), editor.hasSelectedText()) == (len(editor.text()), False)
    QTest.keyClick(editor, Key.Key_Left)
    assert is_editing(cash)
    QTest.keyClick(editor, Key.Key_Escape)
    assert not is_editing(cash)


def test_typing_replaces_and_an_arrow_takes_it_over(session: Session, cash: GridPanel) -> None:
    line = session.plan.get(Anggaran, cash.model.line(3).row_id)
    QTest.keyClick(type_in(cash, "75144905"), Key.Key_Right)
    assert kas(session, line)[0] == 75_144_905
    assert at(cash) == (3, FEB)
    assert session.document.undo_label == "ubah kas Januari, Penyediaan Peralatan dan Pe..."


def test_escape_leaves_the_old_value(session: Session, cash: GridPanel) -> None:
    before = texts(cash, 3)
    QTest.keyClick(type_in(cash, "99"), Key.Key_Escape)
    assert texts(cash, 3) == before
    assert at(cash) == (3, JAN)
    assert cash.view.months.hasFocus()


def test_a_refused_text_stays_with_the_reason(session: Session, cash: GridPanel) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    editor = type_in(cash, "19,5")
    for key in (Key.Key_Return, Key.Key_Tab, Key.Key_Right):
        QTest.keyClick(editor, key)
        assert editor.isVisible()
    assert "'19,5'" in said[0]
    assert "'19,5'" in QToolTip.text()
    cash.kolom.setFocus()
    assert editor.isVisible()
    assert not cash.commit()
    editor.setText("19.500")
    assert cash.commit()
    assert cash.model.text(3, JAN) == "19.500"


def test_delete_and_backspace_empty_the_selection_in_one_step(session: Session, cash: GridPanel) -> None:
    before = texts(cash, 3), texts(cash, 4)
    press(cash, Key.Key_Right, SHIFT, times=11)
    press(cash, Key.Key_Down, SHIFT)
    for key in (Key.Key_Delete, Key.Key_Backspace):
        press(cash, key)
        assert texts(cash, 3) == texts(cash, 4) == [""] * 12
        session.undo()
        assert (texts(cash, 3), texts(cash, 4)) == before


def test_names_are_not_emptied_with_the_numbers_beside_them(cash: GridPanel) -> None:
    name = cash.model.text(3, URAIAN)
    cash.view.grid_cursor.put((3, URAIAN), (3, JAN))
    press(cash, Key.Key_Delete)
    assert (cash.model.text(3, URAIAN), cash.model.text(3, SETAHUN), cash.model.text(3, JAN)) == (name, "", "")


def test_control_d_fills_down_and_leaves_sums_alone(session: Session, cash: GridPanel) -> None:
    cash.view.grid_cursor.put((0, JAN), (3, FEB))
    sums = cash.model.text(1, SETAHUN)
    first = texts(cash, 0, JAN, FEB)
    press(cash, Key.Key_D, CTRL)
    assert texts(cash, 2, JAN, FEB) == texts(cash, 3, JAN, FEB) == first
    assert cash.model.text(1, SETAHUN) == sums
    assert session.document.undo_label == "isi ke bawah, 2 baris"
    session.undo()
    cash.view.go_to(3, MAR)
    press(cash, Key.Key_D, CTRL)
    assert cash.model.text(3, MAR) == cash.model.text(2, MAR)


def test_control_r_fills_right(session: Session, cash: GridPanel) -> None:
    press(cash, Key.Key_Right, SHIFT, times=3)
    press(cash, Key.Key_R, CTRL)
    assert texts(cash, 3, JAN, APR) == [cash.model.text(3, JAN)] * 4
    assert session.document.undo_label == "isi ke kanan, Penyediaan Peralatan dan Pe..."


def test_control_enter_types_into_all_selected_cells(session: Session, cash: GridPanel) -> None:
    press(cash, Key.Key_Right, SHIFT, times=2)
    press(cash, Key.Key_Down, SHIFT)
    QTest.keyClick(type_in(cash, "5000"), Key.Key_Return, CTRL)
    assert texts(cash, 3, JAN, MAR) == texts(cash, 4, JAN, MAR) == ["5.000"] * 3
    assert not is_editing(cash)
    session.undo()
    assert texts(cash, 3, JAN, MAR) != ["5.000"] * 3


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_alt_down_opens_the_units_of_the_plan_and_takes_one(
    session: Session, mixed: GridPanel, by_id: Callable, qtbot: QtBot
) -> None:
    mixed.view.go_to(0, SATUAN)
    press(mixed, Key.Key_Down, ALT)
    units = mixed.view.findChild(UnitsList)
    assert units is not None
    assert units.currentItem().text() == "%"
    QTest.keyClick(units, Key.Key_Up)
    chosen = units.currentItem().text()
    QTest.keyClick(units, Key.Key_Return)
    assert by_id(Indikator, "k2-02-i1").satuan == chosen
    assert session.document.undo_label == "ubah satuan, Persentase UMKM yang Formal"
    QTest.keyClick(type_in(mixed, "rumpun"), Key.Key_Return)
    assert by_id(Indikator, "k2-02-i1").satuan == "rumpun"


def test_a_unit_is_completed_as_it_is_typed(mixed: GridPanel, by_id: Callable) -> None:
    mixed.view.go_to(0, SATUAN)
    editor = type_in(mixed, "Kope")
    assert editor.text() == "Koperasi"
    QTest.keyClick(editor, Key.Key_Tab)
    assert by_id(Indikator, "k2-02-i1").satuan == "Koperasi"


def test_a_running_target_is_typed_by_single_months_too(session: Session, mixed: GridPanel, by_id: Callable) -> None:
    mixed.mode.set_index(1)
    before = texts(mixed, 0)
    mixed.view.go_to(0, MAR)
    QTest.keyClick(type_in(mixed, "7,25"), Key.Key_Return)
    assert texts(mixed, 0) == [*before[:2], "7,25", *before[3:]]
    stored = targets(session, by_id(Indikator, "k2-02-i1"))
    assert (stored[2], stored[5], stored[11]) == ("7,25", "14,00", "27,50")


def test_a_cell_that_takes_no_typing_says_why(session: Session, cash: GridPanel) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    for cell in ((1, JAN), (3, SATUAN), (3, FIRST_QUARTER)):
        cash.view.go_to(*cell)
        press(cash, Key.Key_7)
        assert not is_editing(cash)
    assert [sentence.split()[0] for sentence in said] == ["Baris", "Satuan", "Kolom"]


def test_arrows_fold_and_unfold_as_an_outline(cash: GridPanel) -> None:
    cash.view.go_to(0, NOV)
    press(cash, Key.Key_Left, ALT | SHIFT)
    assert cash.model.rowCount() == 1
    assert at(cash) == (0, NOV)
    press(cash, Key.Key_Right, ALT | SHIFT)
    assert cash.model.rowCount() == 8


def test_a_finding_in_a_folded_branch_unfolds_it(cash: GridPanel) -> None:
    hidden = cash.model.line(4).row_id
    cash.view.fold(0)
    assert cash.go_to(hidden, DES)
    assert at(cash) == (4, DES)

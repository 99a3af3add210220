"""A cell while something is being typed in it: keys of the window, sums, its place; and keys that can do nothing."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.rows import Aksi, Anggaran, Indikator
from services.grid_arrange import Condition
from services.month_grid import FIRST_QUARTER, SATUAN, SETAHUN, URAIAN
from tests.ui.grid import (
    ALT,
    APR,
    CTRL,
    FEB,
    JAN,
    MAR,
    SHIFT,
    is_editing,
    kas,
    new_panel,
    press,
    targets,
    texts,
    type_in,
)
from ui.faces import AKSI, CAPAIAN, REALISASI, RENCANA
from ui.grid_panel import GridPanel
from ui.main_window import MainWindow
from ui.schedule_view import ScheduleView
from ui.session import Session

Key = Qt.Key


@pytest.fixture
def panel(session: Session, qtbot: QtBot, by_id: Callable) -> GridPanel:
    panel = new_panel(session, qtbot)
    panel.show_branch(by_id(Anggaran, "a3-03"))
    panel.view.go_to(3, JAN)
    return panel


@pytest.fixture
def said(session: Session) -> list[str]:
    heard: list[str] = []
    session.failed.connect(heard.append)
    return heard


@pytest.fixture
def in_window(window: MainWindow, line_of: Callable, qtbot: QtBot) -> GridPanel:
    """The grid in the window, where other parts have keys too; the caret in January of the second sub kegiatan."""
    assert window.work is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.work.show_row(line_of("a3-03"))
    window.work.grid.view.go_to(3, JAN)
    window.work.grid.view.months.setFocus()
    return window.work.grid


def key(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier) -> None:
    """A key as the system sends it: to the window, which asks its shortcuts first."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, keys)


def test_a_key_that_changes_another_row_does_not_act_while_typing(window: MainWindow, in_window: GridPanel) -> None:
    assert window.session is not None
    rows, step = window.session.plan.all(Anggaran), window.session.document.undo_label
    editor = type_in(in_window, "123")
    key(window, Key.Key_D, CTRL | SHIFT)
    key(window, Key.Key_I, CTRL)
    assert is_editing(in_window)
    assert editor.text() == "123"
    assert window.session.document.undo_label == step
    assert window.session.plan.all(Anggaran) == rows
    assert window.status.currentMessage() == "Selesaikan dahulu isian sel ini (Enter atau Esc)."


def test_a_command_of_the_window_takes_over_first_what_is_being_typed(window: MainWindow, in_window: GridPanel) -> None:
    type_in(in_window, "123")
    key(window, Key.Key_K, CTRL)
    assert not is_editing(in_window)
    assert in_window.mode.index() == 1
    assert in_window.model.text(3, JAN) == "123"


def test_a_refused_text_holds_the_commands_back(window: MainWindow, in_window: GridPanel) -> None:
    editor = type_in(in_window, "abc")
    key(window, Key.Key_K, CTRL)
    assert (is_editing(in_window), editor.text(), in_window.mode.index()) == (True, "abc", 0)


def test_keys_of_the_text_stay_with_the_editor(window: MainWindow, in_window: GridPanel) -> None:
    editor = type_in(in_window, "123")
    for name in (Key.Key_A, Key.Key_C, Key.Key_X):
        key(window, name, CTRL)
    assert (is_editing(in_window), editor.text()) == (True, "")
    key(window, Key.Key_V, CTRL)
    key(window, Key.Key_Z, CTRL)
    assert (is_editing(in_window), editor.text()) == (True, "")


def test_control_j_and_k_turn_face_and_view_and_take_the_keys_along(window: MainWindow, in_window: GridPanel) -> None:
    key(window, Key.Key_K, CTRL)
    assert in_window.mode.index() == 1
    for face in (REALISASI, CAPAIAN, AKSI):
        key(window, Key.Key_J, CTRL)
        assert in_window.face.index() == face
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Jadwal aksi"
    key(window, Key.Key_K, CTRL)
    assert in_window.mode.index() == 1
    key(window, Key.Key_J, CTRL)
    assert in_window.face.index() == RENCANA
    assert in_window.view.months.hasFocus()


def test_the_schedule_holds_keys_of_the_window_back_in_the_same_way(
    window: MainWindow, in_window: GridPanel, qtbot: QtBot
) -> None:
    assert window.session is not None
    in_window.face.set_index(AKSI)
    in_window.setFocus()
    table = QApplication.focusWidget()
    assert isinstance(table, ScheduleView)
    QTest.keyClick(table, Key.Key_Insert)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "Rapat")
    rows = window.session.plan.all(Anggaran)
    key(window, Key.Key_D, CTRL | SHIFT)
    assert QApplication.focusWidget() is editor
    assert window.session.plan.all(Anggaran) == rows
    key(window, Key.Key_J, CTRL)
    assert in_window.face.index() == RENCANA
    assert "Rapat" in [aksi.uraian for aksi in window.session.plan.all(Aksi)]


def test_the_text_being_typed_covers_the_old_one_and_stands_where_it_stood(panel: GridPanel) -> None:
    for column in (URAIAN, JAN):
        panel.view.go_to(2, column)
        table = panel.view.table_of(column)
        cell = table.visualRect(panel.model.index(2, column))
        assert cell.height() == 40
        press(panel, Key.Key_F2)
        editor = table.editor()
        assert editor is not None
        assert editor.geometry() == cell.adjusted(2, 2, -2, -2)
        middle = editor.mapToParent(editor.cursorRect().center()).y() - cell.top()
        assert abs(middle - 12) <= 2
        QTest.keyClick(editor, Key.Key_Escape)


def test_a_sum_and_an_amount_in_words_are_worked_out_and_told(
    session: Session, panel: GridPanel, said: list[str]
) -> None:
    line = session.plan.get(Anggaran, panel.model.line(3).row_id)
    for column, text in ((JAN, "=1+2"), (FEB, "=1200000*12"), (MAR, "1,5 juta"), (APR, "=100000000/12")):
        panel.view.go_to(3, column)
        QTest.keyClick(type_in(panel, text), Key.Key_Return)
    assert kas(session, line)[:4] == (3, 14_400_000, 1_500_000, 8_333_333)
    assert said == [
        "=1+2 dibaca 3.",
        "=1200000*12 dibaca 14.400.000.",
        "1,5 juta dibaca 1.500.000.",
        "=100000000/12 dibaca 8.333.333, dibulatkan.",
    ]
    panel.view.go_to(3, SETAHUN)
    QTest.keyClick(type_in(panel, "2 miliar"), Key.Key_Return)
    assert session.plan.get(Anggaran, line.id).pagu == 2_000_000_000


def test_a_wrong_sum_stays_in_its_cell_with_the_reason(panel: GridPanel, said: list[str]) -> None:
    editor = type_in(panel, "=A1*2")
    QTest.keyClick(editor, Key.Key_Return)
    assert is_editing(panel)
    assert said[-1].startswith("'=A1*2' tidak dapat dihitung: alamat sel")


def test_a_target_is_worked_out_too(session: Session, panel: GridPanel, by_id: Callable) -> None:
    indikator = by_id(Indikator, "k2-02-i1")
    panel.show_branch(indikator)
    panel.view.go_to(0, JAN)
    QTest.keyClick(type_in(panel, "=27/4"), Key.Key_Return)
    assert targets(session, indikator)[0] == "6,75"


def test_the_arrow_of_a_head_goes_with_the_mouse(panel: GridPanel) -> None:
    header = panel.view.months.horizontalHeader()
    at = QPointF(header.sectionViewportPosition(FEB) + 20, 10)
    plain = header.grab().toImage()
    for gone in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            QPointF(header.mapToGlobal(at.toPoint())),
            *[Qt.MouseButton.NoButton] * 2,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(header.viewport(), move)
        assert header.grab().toImage() != plain
        QApplication.sendEvent(header.viewport(), QEvent(gone))
        assert header.grab().toImage() == plain


def test_a_key_that_can_do_nothing_says_why(panel: GridPanel, said: list[str]) -> None:
    steps = (
        ((1, JAN), Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "Baris ini jumlah"),
        ((3, FIRST_QUARTER), Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "Kolom TW I dihitung"),
        ((3, SATUAN), Key.Key_Down, ALT, "Satuan anggaran"),
        ((3, JAN), Key.Key_Down, ALT, "Daftar pilihan ada di kolom Satuan"),
        ((0, JAN), Key.Key_D, CTRL, "Tidak ada baris di atasnya"),
        ((3, URAIAN), Key.Key_R, CTRL, "Tidak ada kolom di kirinya"),
        ((3, JAN), Key.Key_Left, ALT | SHIFT, "Tidak ada baris di bawah"),
        ((1, JAN), Key.Key_D, CTRL, "Baris ini jumlah"),
    )
    for cell, name, keys, _ in steps:
        panel.view.go_to(*cell)
        press(panel, name, keys)
    assert [sentence[: len(start)] for sentence, (*_, start) in zip(said, steps, strict=True)] == [s[3] for s in steps]


def test_escape_takes_back_the_filter_first_and_then_the_order(panel: GridPanel) -> None:
    plan = [panel.model.line(row) for row in range(8)]
    panel.view.cycle_sort(SETAHUN)
    assert panel.note.isVisible()
    assert (
        panel.note.order.text() == "Diurutkan menurut Pagu, terkecil dahulu; 2 baris kelompok dan jumlah disembunyikan"
    )
    panel.model.filter_column(URAIAN, Condition(URAIAN, "berisi", "bahan"))
    assert panel.model.rowCount() == 2
    press(panel, Key.Key_Escape)
    assert panel.model.rowCount() == 6
    press(panel, Key.Key_Escape)
    assert [panel.model.line(row) for row in range(8)] == plan
    assert not panel.note.isVisible()
    panel.view.cycle_sort(SETAHUN)
    QTest.mouseClick(panel.note.unsort, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert panel.model.arrangement.sort is None


def test_a_group_that_stands_aside_comes_back_when_it_is_gone_to(panel: GridPanel) -> None:
    group = panel.model.line(0).row_id
    panel.view.cycle_sort(SETAHUN)
    assert panel.model.row_of(group) is None
    assert panel.go_to(group, JAN)
    assert panel.model.arrangement.sort is None
    assert texts(panel, 0)


def test_where_a_filter_leaves_nothing_typing_says_so_and_escape_brings_all_back(
    panel: GridPanel, said: list[str]
) -> None:
    panel.model.filter_column(URAIAN, Condition(URAIAN, "berisi", "tidak ada ini"))
    assert panel.model.rowCount() == 0
    QTest.keyClick(panel.view.months, Key.Key_5)
    assert said == ["Tidak ada baris yang tampil; Esc menghapus saringan."]
    for name in (Key.Key_V, Key.Key_B, Key.Key_A):
        QTest.keyClick(panel.view.months, name, CTRL)
    QTest.keyClick(panel.view.months, Key.Key_Escape)
    assert panel.model.rowCount() == 8


def test_a_sum_goes_into_all_selected_cells_and_is_told_once(panel: GridPanel, said: list[str]) -> None:
    panel.view.grid_cursor.put((3, JAN), (4, FEB))
    QTest.keyClick(type_in(panel, "=2*3"), Key.Key_Return, CTRL)
    assert texts(panel, 3, JAN, FEB) == texts(panel, 4, JAN, FEB) == ["6", "6"]
    assert said == ["=2*3 dibaca 6."]

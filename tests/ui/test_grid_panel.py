"""Around the grid: columns, sorting and filtering, find and replace, the bar, and what survives an undo."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator
from services import edits
from services.month_grid import COLUMN_NAMES, FIRST_QUARTER, JUMLAH, SELISIH, SETAHUN, URAIAN
from tests.ui.grid import APR, CTRL, DES, FEB, JAN, LEFT, MAR, NOV, PLAIN, SHIFT, at, block, new_panel, press, texts
from ui.grid_filter import FilterMenu
from ui.grid_panel import AKSI, GridPanel
from ui.session import Session

Key = Qt.Key
NO_GRAB = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


@pytest.fixture
def panel(session: Session, qtbot: QtBot, by_id: Callable) -> GridPanel:
    panel = new_panel(session, qtbot)
    panel.show_branch(by_id(Anggaran, "a3-03"))
    panel.view.go_to(3, JAN)
    return panel


def shown(panel: GridPanel) -> list[int]:
    return [c for c in range(SELISIH + 1) if not panel.view.table_of(c).isColumnHidden(c)]


@NO_GRAB
def test_the_column_menu_stays_open_while_boxes_are_ticked(panel: GridPanel) -> None:
    QTest.mouseClick(panel.kolom, LEFT)
    menu = panel.columns_menu
    assert [a.text() for a in menu.actions() if a.text()] == [*COLUMN_NAMES[JAN:], "Hanya triwulan", "Semua"]
    for column in (JAN, FEB):
        action = next(a for a in menu.actions() if a.text() == COLUMN_NAMES[column])
        QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(action).center())
        assert menu.isVisible()
        assert not action.isChecked()
    assert shown(panel) == [0, 1, 2, *range(MAR, SELISIH + 1)]
    assert at(panel) == (3, MAR)
    menu.close()


def test_only_quarters_and_all_again(panel: GridPanel) -> None:
    actions = {action.text(): action for action in panel.columns_menu.actions()}
    actions["Hanya triwulan"].trigger()
    assert shown(panel) == [0, 1, 2, *range(FIRST_QUARTER, JUMLAH)]
    assert panel.go_to(panel.model.line(3).row_id, DES)
    assert DES in shown(panel)
    actions["Semua"].trigger()
    assert shown(panel) == list(range(SELISIH + 1))


def test_widths_and_hidden_columns_are_remembered(session: Session, panel: GridPanel, qtbot: QtBot) -> None:
    panel.view.columns.set_shown(range(MAR, SELISIH + 1))
    header = panel.view.months.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(MAR) + header.sectionSize(MAR) - 1, 12)
    QTest.mousePress(header.viewport(), LEFT, PLAIN, edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(40, 0))
    QTest.mouseRelease(header.viewport(), LEFT, PLAIN, edge + QPoint(40, 0))
    width = panel.view.months.columnWidth(MAR)
    again = new_panel(session, qtbot)
    assert again.view.months.columnWidth(MAR) == width > 120
    assert shown(again) == shown(panel) == [0, 1, 2, *range(MAR, SELISIH + 1)]


def test_a_double_click_on_an_edge_fits_the_column(panel: GridPanel) -> None:
    header = panel.view.frozen.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(URAIAN) + header.sectionSize(URAIAN) - 1, 12)
    QTest.mouseDClick(header.viewport(), LEFT, PLAIN, edge)
    assert panel.view.frozen.columnWidth(URAIAN) == 400
    assert all(panel.view.frozen.rowHeight(r) == panel.view.months.rowHeight(r) for r in range(8))


@NO_GRAB
def test_the_menu_of_the_cells_has_a_letter_for_each_command_and_opens_the_columns(panel: GridPanel) -> None:
    panel.model.sort_by(SETAHUN, True)
    panel.view.go_to(1, JAN)
    panel.view.show_menu(panel.mapToGlobal(QPoint(400, 100)))
    menu = next(m for m in panel.view.findChildren(QMenu) if m.isVisible())
    words = [action.text() for action in menu.actions() if action.text()]
    letters = [text[text.index("&") + 1].casefold() for text in words]
    assert len(letters) == len(set(letters)) == 12
    assert words[-1] == "U&rutan rencana\tEsc"
    QTest.keyClick(menu, Key.Key_K)
    columns = next(m for m in panel.view.findChildren(QMenu) if m.isVisible())
    assert [action.text() for action in columns.actions()][:2] == ["Januari", "Februari"]
    columns.close()


@NO_GRAB
def test_a_filter_typed_in_the_menu_of_a_head_says_what_it_leaves(panel: GridPanel) -> None:
    panel.view.go_to(3, URAIAN)
    press(panel, Key.Key_L, CTRL | SHIFT)
    menu = panel.view.findChild(FilterMenu)
    QTest.keyClicks(menu.field, "bahan")
    QTest.keyClick(menu.field, Key.Key_Return)
    assert panel.note.label.text() == "Disaring: 2 dari 7 baris"
    assert panel.note.isVisible()
    assert panel.model.rowCount() == 3
    assert not menu.isVisible()
    QTest.mouseClick(panel.note.clear, LEFT)
    assert (panel.model.rowCount(), panel.note.isVisible()) == (8, False)
    panel.view.show_filter(URAIAN)
    menu = next(m for m in panel.view.findChildren(FilterMenu) if m.isVisible())
    menu.apply_text("logistik")
    assert panel.model.rowCount() == 2
    press(panel, Key.Key_Escape)
    assert panel.model.rowCount() == 8


@NO_GRAB
def test_empty_filled_and_findings_are_boxes_of_the_menu(panel: GridPanel) -> None:
    for words, rows in (("Hanya yang kosong", 2), ("Hanya yang terisi", 6), ("Hanya yang bertemuan", 2)):
        panel.view.show_filter(DES)
        menu = next(m for m in panel.view.findChildren(FilterMenu) if m.isVisible())
        next(a for a in menu.actions() if a.text() == words).trigger()
        menu.close()
        assert panel.model.rowCount() == rows
    panel.view.show_filter(DES)
    menu = next(m for m in panel.view.findChildren(FilterMenu) if m.isVisible())
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["Hanya yang bertemuan"]
    menu.close()


def test_the_order_of_the_plan_stays_when_the_grid_is_sorted(
    session: Session, panel: GridPanel, by_id: Callable
) -> None:
    before = [row.urutan for row in session.plan.all(Anggaran)]
    panel.model.sort_by(SETAHUN, True)
    press(panel, Key.Key_Down)
    assert [row.urutan for row in session.plan.all(Anggaran)] == before
    panel.show_branch(by_id(Anggaran, "a3-02"))
    panel.show_branch(by_id(Anggaran, "a3-03"))
    assert panel.model.arrangement.sort is None


def test_typing_goes_to_the_line_that_is_shown_when_sorted(session: Session, panel: GridPanel) -> None:
    panel.model.sort_by(SETAHUN, True)
    line = session.plan.get(Anggaran, panel.model.line(0).row_id)
    assert line.pagu == 95_231_000
    panel.view.go_to(0, SETAHUN)
    QTest.keyClick(panel.view.frozen, Key.Key_5)
    QTest.keyClick(panel.view.frozen.editor(), Key.Key_Return)
    assert session.plan.get(Anggaran, line.id).pagu == 5


def test_replace_all_is_one_step(session: Session, panel: GridPanel) -> None:
    press(panel, Key.Key_H, CTRL)
    assert panel.find_bar.what.hasFocus()
    before = [panel.model.text(row, URAIAN) for row in range(8)]
    QTest.keyClicks(panel.find_bar.what, "penyediaan")
    QTest.keyClicks(panel.find_bar.new, "Pengadaan")
    QTest.mouseClick(panel.find_bar.all, LEFT)
    after = [panel.model.text(row, URAIAN) for row in range(8)]
    assert after == [text.replace("Penyediaan", "Pengadaan") for text in before]
    assert panel.find_bar.note.text() == "4 sel diganti."
    session.undo()
    assert [panel.model.text(row, URAIAN) for row in range(8)] == before
    QTest.keyClick(panel.find_bar.what, Key.Key_Escape)
    assert not panel.find_bar.isVisible()


def test_whole_cells_in_the_selection_only(panel: GridPanel) -> None:
    for row in (3, 4):
        for column in (JAN, FEB):
            panel.model.setData(panel.model.index(row, column), "5000" if column == JAN else "15000")
    panel.view.grid_cursor.put((3, JAN), (3, FEB))
    press(panel, Key.Key_H, CTRL)
    assert panel.find_bar.selected.isChecked()
    QTest.mouseClick(panel.find_bar.whole, LEFT, PLAIN, QPoint(8, panel.find_bar.whole.height() // 2))
    panel.find_bar.what.setText("5.000")
    panel.find_bar.new.setText("6.000")
    QTest.mouseClick(panel.find_bar.all, LEFT)
    assert texts(panel, 3, JAN, FEB) == ["6.000", "15.000"]
    assert texts(panel, 4, JAN, FEB) == ["5.000", "15.000"]


def test_find_goes_from_cell_to_cell_and_round(panel: GridPanel) -> None:
    press(panel, Key.Key_H, CTRL)
    QTest.keyClicks(panel.find_bar.what, "bahan")
    seen = []
    for _ in range(3):
        QTest.keyClick(panel.find_bar.what, Key.Key_Return)
        seen.append(at(panel))
    assert seen == [(4, URAIAN), (5, URAIAN), (4, URAIAN)]
    assert panel.find_bar.note.text() == "1 dari 2"
    panel.find_bar.what.setText("tidak ada ini")
    QTest.keyClick(panel.find_bar.what, Key.Key_Return)
    assert panel.find_bar.note.text() == "Tidak ditemukan."


def test_one_by_one_replaces_and_goes_on(panel: GridPanel) -> None:
    press(panel, Key.Key_H, CTRL)
    panel.find_bar.what.setText("bahan")
    panel.find_bar.new.setText("barang")
    panel.find_bar.find_next()
    QTest.mouseClick(panel.find_bar.one, LEFT)
    assert panel.model.text(4, URAIAN) == "Penyediaan barang Logistik Kantor"
    assert at(panel) == (5, URAIAN)


def test_caret_selection_and_scroll_survive_undo_redo_and_new_lines(
    session: Session, panel: GridPanel, by_id: Callable
) -> None:
    panel.resize(700, 180)
    QApplication.processEvents()
    panel.view.go_to(5, NOV)
    panel.view.grid_cursor.put((5, NOV), (6, DES))
    bars = panel.view.months.verticalScrollBar(), panel.view.months.horizontalScrollBar()
    places = [bar.value() for bar in bars]
    ids = panel.model.line(5).row_id, panel.model.line(6).row_id
    assert all(places)

    def is_there() -> bool:
        chosen = panel.view.grid_cursor.block
        assert chosen is not None
        here = panel.model.line(chosen.top).row_id, panel.model.line(chosen.bottom).row_id
        return here == ids and (chosen.left, chosen.right) == (NOV, DES) and at(panel)[0] == chosen.top

    kegiatan = by_id(Anggaran, "a3-03")
    session.edit("kas", edits.set_cash(session.plan, kegiatan, 3, 7, kumulatif=True))
    assert is_there()
    session.edit("tambah", edits.add_anggaran(session.plan, session.dokumen_id, "sub_kegiatan", kegiatan))
    assert is_there()
    assert [bar.value() for bar in bars] == places
    session.undo()
    session.undo()
    session.redo()
    assert is_there()
    first = session.plan.get(Anggaran, panel.model.line(2).row_id)
    session.edit("hapus", edits.remove(session.plan, first))
    assert (block(panel)[0], is_there()) == (4, True)
    session.undo()
    assert (block(panel)[0], is_there()) == (5, True)


def test_the_status_says_the_rise_of_totals_and_the_sum_of_single_months(panel: GridPanel) -> None:
    said: list[str] = []
    panel.selection_text.connect(said.append)
    panel.view.grid_cursor.put((3, JAN), (4, MAR))
    assert said[-1] == "6 sel dipilih   Baris 4, Jan ke Mar  +13.250.000"
    panel.mode.set_index(1)
    panel.view.grid_cursor.put((3, JAN), (3, MAR))
    assert said[-1] == "3 sel dipilih   Jumlah  13.250.000"
    panel.view.grid_cursor.put((3, JAN))
    assert said[-1] == ""


def test_control_b_spreads_the_line_of_the_caret(session: Session, panel: GridPanel) -> None:
    from ui.bagi_dialog import BagiDialog

    seen: list[str] = []

    def found() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BagiDialog)
        seen.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(0, found)
    press(panel, Key.Key_B, CTRL)
    QTimer.singleShot(0, found)
    QTest.mouseClick(panel.bagi, LEFT)
    assert len(seen) == 2
    said: list[str] = []
    session.failed.connect(said.append)
    panel.view.go_to(1, JAN)
    press(panel, Key.Key_B, CTRL)
    assert len(said) == 1


def test_aksi_takes_the_place_of_the_grid_and_follows_the_tree(panel: GridPanel, by_id: Callable) -> None:
    from ui.schedule_panel import SchedulePanel

    QTest.mouseClick(panel.face.button(AKSI), LEFT)
    schedule = panel.findChild(SchedulePanel)
    assert schedule.isVisible()
    assert not panel.view.isVisible()
    assert not panel.bagi.isVisible()
    panel.show_branch(by_id(Indikator, "k2-02-i1"))
    assert panel.go_to(by_id(Indikator, "k2-02-i1").id, APR)
    assert panel.view.isVisible()
    assert at(panel) == (0, APR)

"""The mouse over the grid: selecting, heads, folding, the fill handle."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.rows import Anggaran
from services.month_grid import SELISIH, SETAHUN, URAIAN
from tests.ui.grid import (
    APR,
    DES,
    FEB,
    JAN,
    LEFT,
    MAR,
    MEI,
    PLAIN,
    SHIFT,
    at,
    block,
    click,
    drag,
    drag_to,
    is_editing,
    middle,
    new_panel,
    open_editor,
    texts,
    type_in,
)
from ui.grid_panel import GridPanel
from ui.grid_table import GridTable
from ui.session import Session


@pytest.fixture
def panel(session: Session, qtbot: QtBot, by_id: Callable) -> GridPanel:
    panel = new_panel(session, qtbot)
    panel.show_branch(by_id(Anggaran, "a3-03"))
    return panel


def head(panel: GridPanel, column: int) -> tuple[GridTable, QPoint]:
    table = panel.view.table_of(column)
    header = table.horizontalHeader()
    return table, QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, 12)


def press_head(panel: GridPanel, column: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    table, point = head(panel, column)
    QTest.mouseClick(table.horizontalHeader().viewport(), LEFT, keys, point)


def pull_handle(panel: GridPanel, row: int, column: int) -> None:
    """Pull the handle of the selection to a cell."""
    chosen = panel.view.grid_cursor.block
    assert chosen is not None
    table = panel.view.table_of(chosen.right)
    handle = table.handle_rect()
    assert handle is not None
    other, point = middle(panel, row, column)
    drag(table.viewport(), handle.center(), table.viewport().mapFromGlobal(other.mapToGlobal(point)))


def test_a_click_sets_the_caret_and_shift_extends(panel: GridPanel) -> None:
    click(panel, 3, FEB)
    assert (at(panel), block(panel)) == ((3, FEB), (3, FEB, 3, FEB))
    click(panel, 5, APR, SHIFT)
    assert (at(panel), block(panel)) == ((3, FEB), (3, FEB, 5, APR))


def test_a_drag_selects_over_the_seam(panel: GridPanel) -> None:
    drag_to(panel, (2, SETAHUN), (4, MAR))
    assert (at(panel), block(panel)) == ((2, SETAHUN), (2, SETAHUN, 4, MAR))
    drag_to(panel, (4, MAR), (0, URAIAN))
    assert block(panel) == (0, URAIAN, 4, MAR)


def test_a_drag_beyond_the_edge_scrolls(panel: GridPanel, qtbot: QtBot) -> None:
    view, start = middle(panel, 3, JAN)
    QTest.mousePress(view, LEFT, PLAIN, start)
    QTest.mouseMove(view, QPoint(view.width() + 60, start.y()))
    bar = panel.view.months.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert block(panel) == (3, JAN, 3, SELISIH)
    QTest.mouseRelease(view, LEFT, PLAIN, start)


def test_a_double_click_edits_what_is_there(panel: GridPanel) -> None:
    view, point = middle(panel, 3, FEB)
    QTest.mouseClick(view, LEFT, PLAIN, point)
    QTest.mouseDClick(view, LEFT, PLAIN, point)
    assert open_editor(panel).text() == panel.model.text(3, FEB)


def test_a_click_elsewhere_takes_over_what_is_typed_unless_it_is_refused(panel: GridPanel) -> None:
    click(panel, 3, FEB)
    type_in(panel, "12000")
    click(panel, 4, FEB)
    assert panel.model.text(3, FEB) == "12.000"
    assert at(panel) == (4, FEB)
    editor = type_in(panel, "abc")
    click(panel, 5, FEB)
    assert is_editing(panel)
    assert (at(panel), editor.text()) == ((4, FEB), "abc")


def test_a_click_on_a_head_selects_the_column_and_a_drag_several(panel: GridPanel) -> None:
    press_head(panel, FEB)
    assert block(panel) == (0, FEB, 7, FEB)
    press_head(panel, APR, SHIFT)
    assert block(panel) == (0, FEB, 7, APR)
    table, start = head(panel, JAN)
    drag(table.horizontalHeader().viewport(), start, head(panel, MAR)[1])
    assert block(panel) == (0, JAN, 7, MAR)


def test_the_arrow_of_a_head_sorts_both_ways_and_then_not_at_all(session: Session, panel: GridPanel) -> None:
    header = panel.view.frozen.horizontalHeader()
    plan = [panel.model.line(row) for row in range(8)]
    step = session.document.undo_label
    seen = []
    for _ in range(3):
        QTest.mouseClick(header.viewport(), LEFT, PLAIN, header.arrow_rect(SETAHUN).center())
        seen.append([panel.model.line(row) for row in range(panel.model.rowCount())])
    assert seen[2] == plan
    assert seen[0] == seen[1][::-1]
    assert {line.row_id for line in seen[0]} == {line.row_id for line in plan[2:]}
    assert session.document.undo_label == step


def test_the_arrow_before_a_name_folds_and_unfolds(panel: GridPanel) -> None:
    view = panel.view.frozen.viewport()
    for rows in (1, 8):
        QTest.mouseClick(view, LEFT, PLAIN, QPoint(12, 12))
        assert panel.model.rowCount() == rows


def test_the_handle_copies_one_value(session: Session, panel: GridPanel) -> None:
    click(panel, 3, JAN)
    value = panel.model.text(3, JAN)
    pull_handle(panel, 3, APR)
    assert texts(panel, 3, JAN, APR) == [value] * 4
    assert block(panel) == (3, JAN, 3, APR)
    assert session.document.undo_label == "isi dengan menarik, Penyediaan Peralatan dan Pe..."


def test_the_handle_continues_a_series(session: Session, panel: GridPanel) -> None:
    for column, text in ((JAN, "1000"), (FEB, "1500")):
        panel.model.setData(panel.model.index(3, column), text)
    panel.view.grid_cursor.put((3, JAN), (3, FEB))
    pull_handle(panel, 3, MEI)
    assert texts(panel, 3, JAN, MEI) == ["1.000", "1.500", "2.000", "2.500", "3.000"]
    session.undo()
    assert texts(panel, 3, JAN, FEB) == ["1.000", "1.500"]
    assert panel.model.text(3, MAR) != "2.000"


def test_the_handle_fills_down_and_up(panel: GridPanel) -> None:
    click(panel, 4, JAN)
    value = panel.model.text(4, JAN)
    pull_handle(panel, 6, JAN)
    pull_handle(panel, 2, JAN)
    assert [panel.model.text(row, JAN) for row in range(2, 7)] == [value] * 5


def test_a_double_click_on_the_handle_fills_down_to_the_end_of_the_neighbour(panel: GridPanel) -> None:
    click(panel, 3, JAN)
    handle = panel.view.months.handle_rect()
    assert handle is not None
    QTest.mouseDClick(panel.view.months.viewport(), LEFT, PLAIN, handle.center())
    value = panel.model.text(3, JAN)
    assert [panel.model.text(row, JAN) for row in range(3, 8)] == [value] * 5


def test_the_handle_is_a_square_of_seven_pixels_at_the_corner(panel: GridPanel) -> None:
    drag_to(panel, (3, JAN), (4, FEB))
    handle, rect = panel.view.months.handle_rect(), panel.view.months.visualRect(panel.model.index(4, FEB))
    assert handle is not None
    assert (handle.width(), handle.height()) == (7, 7)
    assert handle.intersects(rect)
    assert panel.view.frozen.handle_rect() is None


def test_a_month_scrolled_away_leaves_its_mark_behind_the_name(panel: GridPanel) -> None:
    shown = panel.model.shown(0)
    away = panel.view.out_of_sight(shown)
    assert away is not None
    assert away[0] == "peringatan"
    panel.view.columns.set_shown([JAN, DES])
    panel.view.go_to(0, JAN)
    panel.model.set_kumulatif(False)
    assert panel.view.out_of_sight(panel.model.shown(5)) is None


def test_a_refused_text_keeps_the_focus_when_another_cell_is_clicked(panel: GridPanel, qtbot: QtBot) -> None:
    row = next(r for r in range(panel.model.rowCount()) if panel.model.line(r).kind == "kas")
    before = panel.model.text(row, MAR)
    click(panel, row, MAR)
    type_in(panel, "abc")
    click(panel, row, MEI)
    editor = panel.view.months.editor()
    assert editor is not None
    assert editor.hasFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert panel.view.months.editor() is None
    assert panel.model.text(row, MAR) == before

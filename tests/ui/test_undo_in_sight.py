"""What undo has changed is brought in sight, however far the place was scrolled away."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, Kinerja
from services import aksi, edits
from ui.faces import AKSI, RENCANA
from ui.main_window import MainWindow
from ui.work_page import WorkPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def work(window: MainWindow) -> WorkPage:
    window.resize(1100, 520)
    window.activateWindow()
    QApplication.processEvents()
    assert window.work is not None
    return window.work


def in_sight(view: QAbstractItemView, index: QModelIndex) -> bool:
    return view.viewport().rect().contains(view.visualRect(index).center())


def test_a_cell_at_the_foot_of_the_grid(window: MainWindow, work: WorkPage, qtbot: QtBot) -> None:
    assert window.session is not None
    work.show_row(window.session.plan.all(Kinerja)[0])
    grid = work.grid.view
    grid.months.setFocus()
    qtbot.keyClick(grid.months, Key.Key_End, Mod.ControlModifier)
    caret = grid.grid_cursor.caret
    assert caret is not None
    while not work.grid.model.takes_typing(*caret):
        qtbot.keyClick(grid.months, Key.Key_Left)
        caret = grid.grid_cursor.caret
        assert caret is not None
    before = work.grid.model.text(*caret)
    qtbot.keyClicks(grid.months, "7")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert work.grid.model.text(*caret) != before
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Home, Mod.ControlModifier)
    index = work.grid.model.index(*caret)
    assert not in_sight(grid.months, index)
    qtbot.keyClick(window, Key.Key_Z, Mod.ControlModifier)
    assert work.grid.model.text(*caret) == before
    assert in_sight(grid.months, index)
    assert grid.grid_cursor.caret == caret
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Home, Mod.ControlModifier)
    qtbot.keyClick(window, Key.Key_Y, Mod.ControlModifier)
    assert in_sight(grid.months, index)


def test_a_branch_that_goes_back_up_the_tree(window: MainWindow, work: WorkPage, qtbot: QtBot) -> None:
    session, view = window.session, work.tree.view
    assert session is not None
    work.tree.expand_to(9)
    inner = [row for row in session.plan.all(Kinerja) if row.induk_id]
    for row in (inner[5], inner[len(inner) // 2]):
        work.show_row(row)
        view.setFocus()
        qtbot.keyClick(view, Key.Key_Left, Mod.AltModifier)
        assert session.plan.get(Kinerja, row.id).induk_id != row.induk_id
        QApplication.processEvents()
        qtbot.keyClick(window, Key.Key_Z, Mod.ControlModifier)
        assert session.plan.get(Kinerja, row.id) == row
        QApplication.processEvents()
        assert in_sight(view, view.currentIndex())


def test_all_rows_that_come_back_are_selected(window: MainWindow, work: WorkPage) -> None:
    session, tree = window.session, work.tree
    assert session is not None
    groups = [session.plan.where(Anggaran, "induk_id", line.id) for line in session.plan.all(Anggaran)]
    children = next(group[:3] for group in groups if len(group) > 2)
    work.show_row(children[-1])
    session.edit("hapus", edits.remove(session.plan, *children))
    window.actions_.undo_steps(1)
    assert [row.id for row in tree.selected_nodes()] == [row.id for row in children]
    window.actions_.redo_steps(1)
    assert session.plan.find(Anggaran, children[0].id) is None


def test_the_face_of_the_grid_is_that_of_the_step(window: MainWindow, work: WorkPage) -> None:
    session = window.session
    assert session is not None
    line = next(row for row in session.plan.all(Anggaran) if row.jenis == "sub_kegiatan")
    work.show_row(line)
    work.grid.face.set_index(AKSI)
    session.edit("tambah aksi", aksi.add(session.plan, line, None, [aksi.PastedLine("Rapat")]))
    series = next(row for row in session.plan.all(DeretAnggaran) if row.jenis == "kas")
    session.edit("ubah kas", [Change(series, replace(series, nilai=(7, *series.nilai[1:])))])
    window.actions_.undo_steps(1)
    assert work.grid.face.index() == RENCANA
    window.actions_.undo_steps(1)
    assert work.grid.face.index() == AKSI

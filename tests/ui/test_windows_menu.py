"""The commands of the menus reach the tree, the grid and the views, by key where they have one."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Kinerja
from services.month_grid import FIRST_MONTH
from ui.bagi_dialog import BagiDialog
from ui.main_window import FORMULIR, NASKAH, POHON, SUSUN, MainWindow
from ui.recent import RecentPlans
from ui.work_page import WorkPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> Iterator[WorkPage]:
    """The Susun page of the active window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.work is not None
    return window.work


def action(window: MainWindow, text: str) -> QAction:
    """A command by its words."""
    return next(a for a in window.findChildren(QAction) if a.text().partition("\t")[0].replace("&", "") == text)


def submenu(window: MainWindow, text: str) -> QMenu:
    """A menu by its words, filled as when it opens."""
    menu = next(m for m in window.findChildren(QMenu) if m.title().replace("&", "") == text)
    menu.aboutToShow.emit()
    return menu


def test_gandakan_by_key_and_nomori_ulang_are_steps(
    window: MainWindow, page: WorkPage, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    count = len(session.plan.all(Anggaran))
    page.show_row(line_of("a2-01"))
    page.tree.view.setFocus()
    qtbot.keyClick(page.tree.view, Qt.Key.Key_D, CTRL | SHIFT)
    assert len(session.plan.all(Anggaran)) > count
    session.undo()
    assert len(session.plan.all(Anggaran)) == count


def test_a_branch_is_copied_and_pasted_from_the_menu(
    window: MainWindow, page: WorkPage, line_of: Callable[[str], Anggaran]
) -> None:
    session = window.session
    assert session is not None
    count = len(session.plan.all(Anggaran))
    page.show_row(line_of("a2-01"))
    action(window, "Salin cabang").trigger()
    action(window, "Tempel cabang").trigger()
    assert len(session.plan.all(Anggaran)) > count


def test_tambah_anak_adds_a_row_under_the_current_one(window: MainWindow, page: WorkPage) -> None:
    session = window.session
    assert session is not None
    page.tree.view.select_first()
    parent = page.tree.current_row()
    assert isinstance(parent, Kinerja)
    before = {k.id for k in session.plan.where(Kinerja, "induk_id", parent.id)}
    action(window, "Tambah anak").trigger()
    fresh = [k for k in session.plan.where(Kinerja, "induk_id", parent.id) if k.id not in before]
    assert len(fresh) == 1


def test_bentangkan_sampai_lists_the_levels_of_the_shown_tree(window: MainWindow, page: WorkPage) -> None:
    levels = [a.text()[3:] for a in submenu(window, "Bentangkan sampai").actions()]
    assert levels == [name for _, name in page.tree.levels()]
    page.tree.view.collapseAll()
    submenu(window, "Bentangkan sampai").actions()[-1].trigger()
    assert page.tree.view.isExpanded(page.tree.view.model().index(0, 0))


@pytest.mark.parametrize("in_grid", [True, False])
def test_ctrl_b_asks_how_to_spread_and_ctrl_h_opens_find_and_replace(
    page: WorkPage, line_of: Callable[[str], Anggaran], qtbot: QtBot, in_grid: bool
) -> None:
    page.show_row(line_of("a2-01"))
    page.grid.view.go_to(0, FIRST_MONTH)
    place = page.grid.view.months if in_grid else page.tree.view
    place.setFocus()
    opened = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        opened.append(type(dialog))
        if dialog is not None:
            dialog.close()

    QTimer.singleShot(0, close)
    qtbot.keyClick(place, Qt.Key.Key_B, CTRL)
    assert opened == [BagiDialog]
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(place, Qt.Key.Key_H, CTRL)
    assert page.grid.find_bar.isVisible()


def test_ctrl_b_in_the_narrative_is_bold_and_opens_nothing(window: MainWindow, page: WorkPage, qtbot: QtBot) -> None:
    window.show_view(NASKAH)
    assert window.naskah is not None
    window.naskah.begin_from_template()
    text = window.naskah.editor.text
    text.setFocus()
    text.selectAll()
    qtbot.keyClick(text, Qt.Key.Key_B, CTRL)
    assert QApplication.activeModalWidget() is None
    assert window.bar.view() == NASKAH


def test_ctrl_page_down_turns_the_views_as_the_sheets_of_a_spreadsheet(
    window: MainWindow, page: WorkPage, qtbot: QtBot
) -> None:
    seen = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_PageDown, CTRL)
        seen.append(window.bar.view())
    assert seen == [POHON, NASKAH, FORMULIR, SUSUN]
    qtbot.keyClick(window, Qt.Key.Key_PageUp, CTRL)
    assert window.bar.view() == FORMULIR


def test_the_schedule_of_actions_is_in_the_menu(window: MainWindow, page: WorkPage) -> None:
    window.show_view(FORMULIR)
    action(window, "Aksi dan jadwal").trigger()
    assert window.bar.view() == SUSUN
    assert page.grid.face.index() == 1


def test_recent_plans_and_samples_are_in_the_menu(window: MainWindow, page: WorkPage) -> None:
    listed = [a.text() for a in submenu(window, "Buka terakhir").actions()]
    assert listed[0].startswith("&1 buleleng, Dinas Perdagangan")
    assert len(listed) == len(RecentPlans().all())
    samples = submenu(window, "Buka contoh").actions()
    assert len(samples) == 5
    samples[1].trigger()
    assert len(window.windows.all()) == 2
    other = window.windows.all()[1]
    assert other.session is not None
    assert other.session.document.file.path.stem == "bekasi-2024"
    other.close()


def test_keys_of_the_trees_stand_beside_their_commands(window: MainWindow) -> None:
    texts = {a.text().replace("&", "") for menu in window.menuBar().findChildren(QMenu) for a in menu.actions()}
    for words in ("Ganti nama\tF2", "Hapus baris...\tDel", "Tambah baris setingkat\tIns", "Pindah ke atas\tAlt+↑"):
        assert words in texts

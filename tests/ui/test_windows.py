"""Several plans in one program: each in its window, found again, left alone when another closes, laid out as before."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from models.rows import Anggaran, Dokumen, Indikator
from services import edits
from services.new_year import LABEL
from ui.main_window import FORMULIR, NASKAH, SUSUN, TITLE_BAR, MainWindow
from ui.new_year_dialog import NewYearDialog
from ui.recent import RecentPlans
from ui.tasks import Task
from ui.windows import CASCADE, Windows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")


@pytest.fixture
def paths(tmp_path: Path, published: Callable[[str], Path]) -> list[Path]:
    """Three plans to be opened."""
    made = []
    for name in ("bone-2023", "lombok-tengah-2022", "lampung-2019"):
        made.append(tmp_path / f"{name}.db")
        shutil.copyfile(published(name), made[-1])
    return made


@pytest.fixture
def first(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on its start page; all windows are closed afterwards."""
    windows = Windows()
    window = MainWindow(windows)
    window.resize(1200, 700)
    window.show()
    window.show_start()
    yield window
    for each in (*windows.all(), window):
        if isValid(each):
            each.close()
            each.deleteLater()


def names(window: MainWindow) -> list[str]:
    """The files that are open, window by window."""
    return [w.session.document.file.path.stem if w.session else "" for w in window.windows.all()]


def test_the_start_page_gives_way_and_a_second_plan_gets_a_window_of_its_own(
    first: MainWindow, paths: list[Path]
) -> None:
    assert first.open_plan(paths[0])
    assert names(first) == ["bone-2023"]
    assert first.open_plan(paths[1])
    assert names(first) == ["bone-2023", "lombok-tengah-2022"]
    second = first.windows.all()[1]
    assert second.isVisible()
    assert second.size() == first.size()
    assert first.session is not None
    assert first.session.document.file.path == paths[0]


def test_opening_the_same_file_brings_its_window_forward(first: MainWindow, paths: list[Path], qtbot: QtBot) -> None:
    first.open_plan(paths[0])
    first.open_plan(paths[1])
    second = first.windows.all()[1]
    first.windows.forward(second)
    qtbot.waitUntil(second.isActiveWindow)
    assert second.open_plan(paths[0])
    qtbot.waitUntil(first.isActiveWindow)
    assert len(first.windows.all()) == 2


def test_a_window_on_its_start_page_is_used_before_a_new_one(first: MainWindow, paths: list[Path]) -> None:
    first.open_plan(paths[0])
    second = first.windows.fresh(first)
    second.show_start()
    first.open_plan(paths[1])
    assert names(first) == ["bone-2023", "lombok-tengah-2022"]
    assert second.session is not None


def test_closing_one_window_leaves_the_others_and_their_edits(first: MainWindow, paths: list[Path]) -> None:
    first.open_plan(paths[0])
    first.open_plan(paths[1])
    second = first.windows.all()[1]
    assert second.session is not None
    line = second.session.plan.all(Anggaran)[0]
    second.session.edit("ubah nama", edits.set_field(line, "nama", "X"))
    first.close()
    assert [w.session for w in second.windows.all()] == [second.session]
    assert second.session.document.undo_label == "ubah nama"
    assert second.session.undo()


def test_ctrl_w_closes_a_window_among_several_and_leaves_the_last_on_the_start_page(
    first: MainWindow, paths: list[Path], qtbot: QtBot
) -> None:
    first.open_plan(paths[0])
    first.open_plan(paths[1])
    second = first.windows.all()[1]
    first.windows.forward(second)
    qtbot.waitUntil(second.isActiveWindow)
    qtbot.keyClick(second, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert names(first) == ["bone-2023"]
    first.windows.forward(first)
    qtbot.waitUntil(first.isActiveWindow)
    qtbot.keyClick(first, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert first.isVisible()
    assert first.start is not None


def test_the_menu_lists_the_windows_and_goes_to_them(first: MainWindow, paths: list[Path], qtbot: QtBot) -> None:
    first.open_plan(paths[0])
    first.open_plan(paths[1])
    second = first.windows.all()[1]
    listed = second.actions_.window_list
    listed.fill()
    listed.fill()
    actions = [a for a in menus(second)["Jendela"].actions() if a.isCheckable()]
    assert [re.sub(" · .*", "", a.text()) for a in actions] == ["&1 bone-2023", "&2 lombok-tengah-2022"]
    assert [a.isChecked() for a in actions] == [False, True]
    actions[0].trigger()
    qtbot.waitUntil(first.isActiveWindow)
    qtbot.keyClick(first, Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(second.isActiveWindow)


def test_several_files_dropped_on_a_window_open_all(first: MainWindow, paths: list[Path]) -> None:
    first.open_plan(paths[0])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths[1:]])
    both, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), both, mime, left, none)
    QApplication.sendEvent(first, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(first, QDropEvent(QPointF(9, 9), both, mime, left, none))
    assert names(first) == ["bone-2023", "lombok-tengah-2022", "lampung-2019"]


def test_a_plan_goes_on_in_the_view_and_at_the_row_where_it_was_closed(first: MainWindow, paths: list[Path]) -> None:
    first.open_plan(paths[2])
    assert first.work is not None
    assert first.session is not None
    row = first.session.plan.all(Anggaran)[5]
    first.work.show_row(row)
    first.show_view(NASKAH)
    first.show_start()
    first.open_plan(paths[2])
    assert first.bar.view() == NASKAH
    first.show_view(SUSUN)
    current = first.work.tree.current_row()
    assert current is not None
    assert current.id == row.id
    entry = RecentPlans().find(paths[2])
    assert entry is not None
    assert (entry.view, entry.row_id) == (NASKAH, row.id)


def test_panes_stay_as_the_officer_has_drawn_them(first: MainWindow, paths: list[Path], qtbot: QtBot) -> None:
    first.open_plan(paths[0])

    def splitter() -> QSplitter:
        assert first.work is not None
        return next(s for s in first.work.findChildren(QSplitter) if s.orientation() == Qt.Orientation.Horizontal)

    before = splitter().sizes()
    handle = splitter().handle(1)
    start = handle.rect().center()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(handle, start + QPoint(90, 0))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + QPoint(90, 0))
    drawn = splitter().sizes()
    assert drawn[0] > before[0] + 40
    first.show_start()
    first.open_plan(paths[1])
    assert splitter().sizes() == drawn


def test_the_window_opens_where_it_was_closed(first: MainWindow) -> None:
    first.resize(first.minimumSizeHint().width(), 533)
    first.close()
    again = MainWindow()
    assert again.height() == 533
    again.close()


def test_every_key_of_a_menu_is_one_of_a_kind(window: MainWindow) -> None:
    for title, menu in menus(window).items():
        keys = [k.lower() for a in menu.actions() for k in re.findall("&([^& ])", a.text())]
        assert len(keys) == len(set(keys)), f"{title}: {sorted(keys)}"
    bar = [k.lower() for a in window.menuBar().actions() for k in re.findall("&(.)", a.text())]
    assert len(bar) == len(set(bar)) == 7


def test_no_shortcut_of_the_window_takes_the_keys_of_grid_and_fields(window: MainWindow) -> None:
    wide = {
        key.toString()
        for action in window.findChildren(type(window.actions_.undo))
        for key in action.shortcuts()
        if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
    }
    assert not wide & {
        "Ctrl+C",
        "Ctrl+V",
        "Ctrl+X",
        "Ctrl+A",
        "Ctrl+D",
        "Ctrl+R",
        "Del",
        "F2",
        "Ins",
        "Ctrl+B",
        "Ctrl+H",
    }


def test_the_next_year_is_added_to_the_file_as_one_step_and_shown(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewYearDialog)
        qtbot.mouseClick(dialog.same_file, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)

    later(choose)
    window.dialogs.new_year()
    assert session.document.undo_label == LABEL
    assert session.dokumen.tahun == 2023
    assert len(session.plan.all(Dokumen)) == 2
    assert "2023 Murni" in window.windowTitle()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.dokumen.tahun == 2022


def test_the_next_year_in_a_new_file_opens_in_another_window(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewYearDialog)
        assert dialog.target.text().endswith("buleleng 2023.db")
        dialog.target.setText(str(tmp_path / "buleleng.db"))
        qtbot.keyClick(dialog.target, Qt.Key.Key_Return)
        assert "sudah ada" in dialog.note.text()
        dialog.target.setText(str(tmp_path / "tahun depan"))
        qtbot.keyClick(dialog.target, Qt.Key.Key_Return)

    later(choose)
    window.dialogs.new_year()
    other = window.windows.of(tmp_path / "tahun depan.db")
    assert other is not None
    assert other is not window
    assert other.session is not None
    assert other.session.dokumen.tahun == 2023
    starts = [i.kondisi_awal for i in other.session.plan.all(Indikator)]
    assert "78,00" in starts
    other.close()


@pytest.mark.parametrize("view", [SUSUN, FORMULIR])
def test_the_status_line_says_what_belongs_to_the_view(window: MainWindow, qtbot: QtBot, view: int) -> None:
    window.show_view(view)
    status = window.status
    figures = [figure.text() for figure in status.totals if figure.isVisible()]
    if view == SUSUN:
        assert figures == ["Pagu program 14.601.238.524", "Kas Desember 14.601.238.524", "Selisih 0"]
        assert not status.pages.isVisible()
        assert window.work is not None
        assert status.saved.text().startswith("Tersimpan")
    else:
        assert figures == []
        qtbot.waitUntil(lambda: status.pages.isVisible() and status.pages.text() == "8 halaman", timeout=15_000)
        assert window.forms is not None
        window.forms.list.tick(["bulanan-eselon-ii"])
        assert status.pages.text().startswith("1 dipilih, 8 halaman")


@pytest.mark.parametrize("width", [910, 1000, 1100, 1366])
def test_the_whole_bar_is_seen_at_every_width(window: MainWindow, qtbot: QtBot, width: int) -> None:
    window.resize(width, 490)
    more = window.bar.findChild(QToolButton, "qt_toolbar_ext_button")
    qtbot.waitUntil(lambda: window.bar.width() == width and not more.isVisible())
    assert window.bar.finder.width() >= 148


def test_closing_a_window_does_not_wait_for_the_work_of_another(window: MainWindow) -> None:
    session = window.session
    assert session is not None
    go_on = Event()
    other = Task(lambda progress: go_on.wait(20))
    other.start()
    line = session.plan.all(Anggaran)[0]
    session.edit("ubah nama", edits.set_field(line, "nama", "X"))
    session.publish()
    window.show_start()
    assert other.running
    go_on.set()


def menus(window: MainWindow) -> dict[str, QMenu]:
    """The menus of the bar by their title."""
    return {
        m.title().replace("&", ""): m for m in window.menuBar().findChildren(QMenu) if m.parent() is window.menuBar()
    }


def later(do: Callable[[], None]) -> None:
    """Do something in the dialog that is about to open."""
    QTimer.singleShot(0, do)


@pytest.mark.parametrize("height", [500, 768, 790, 2000])
def test_a_further_window_lies_inside_of_the_screen_with_its_frame(first: MainWindow, height: int) -> None:
    room = first.screen().availableGeometry()
    first.resize(700, height)
    first.move(room.left() + 6, room.top() + 6)
    QApplication.processEvents()
    frame = first.frameGeometry().size() - first.size()
    before = first
    for _ in range(3):
        before = first.windows.fresh(before)
        place = before.pos()
        # The frame may be known only once the window system has put it round.
        assert place.y() + before.height() + max(frame.height(), TITLE_BAR) <= room.top() + room.height()
        assert room.contains(place)
    if height == 500:
        assert first.windows.all()[1].pos().y() == first.pos().y() + CASCADE.y()

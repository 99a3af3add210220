"""The start page, by keyboard and by mouse: opening, looking for, forgetting, searching, and going on after a crash."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models import workspace
from models.changes import Change
from models.rows import Opd, new_id
from services.document import Document
from services.samples import sample_path
from ui.colours import DARK, LIGHT
from ui.recent import RecentPlan, RecentPlans
from ui.recent_model import AGENCY, FINDINGS, OPENED, STAGE
from ui.start_page import EMPTY, StartPage
from ui.tasks import wait_for_tasks
from ui.theme import apply_theme

NAMES = ("Buleleng 2022", "Bone 2023", "Lampung 2019")
MISSING = 2
COPY_OR_MOVE = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


@pytest.fixture
def plans(tmp_path: Path) -> list[Path]:
    """Three plans, newest first; the file of the last is not there."""
    paths = [tmp_path / f"{name}.db" for name in NAMES]
    recent, now = RecentPlans(), datetime.now()
    for days, path in reversed(list(enumerate(paths))):
        recent.note(
            RecentPlan(
                path=path,
                agency=f"Dinas Koperasi {path.stem.split()[0]}",
                pemda=f"Kabupaten {path.stem.split()[0]}",
                year=int(path.stem.split()[1]),
                stage="Murni",
                galat=3 if days == 0 else 0,
                peringatan=24 if days == 0 else 0,
                opened=now - timedelta(days=days),
            )
        )
    for path in paths[:MISSING]:
        path.write_bytes(b"x")
    return paths


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[], StartPage]]:
    """A page that is seen, active and has looked for its files."""

    def shown() -> StartPage:
        page = StartPage("0.1")
        qtbot.addWidget(page)
        page.resize(1366, 712)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        qtbot.waitUntil(lambda: page.view.hasFocus() or not page.model.plans)
        return page

    yield shown
    assert wait_for_tasks()
    QApplication.processEvents()


def looked(qtbot: QtBot, page: StartPage) -> None:
    """Wait until the page knows which file is missing."""
    qtbot.waitUntil(lambda: page.model.is_missing(page.model.index(MISSING, AGENCY)))


def leave_over(path: Path) -> None:
    """What a crash leaves: a working copy with an edit that was never published."""
    document = Document.create(path)
    document.edit("uji", [Change(None, Opd(id=new_id(), urutan=1, nama="Dinas"))])
    document.file.close()
    workspace.note_target(workspace.work_path(path), path)


def test_enter_opens_the_current_plan(qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert opened.args == [plans[1]]


def test_a_double_click_opens(qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    where = page.view.visualRect(page.model.index(1, OPENED)).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened.args == [plans[1]]


def test_the_list_has_the_focus_and_a_current_row_at_once(plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    assert page.view.hasFocus()
    assert page.model.plan(page.view.currentIndex()) == RecentPlans().all()[0]


def test_tab_goes_list_buttons_search_notice(
    qtbot: QtBot, plans: list[Path], tmp_path: Path, show: Callable[[], StartPage]
) -> None:
    leave_over(tmp_path / "Bone 2023 x.db")
    page = show()
    seen: list[QWidget | None] = [page.focusWidget()]
    for _ in range(5):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    left = page.left
    assert seen == [page.view, left.open, left.new, left.sample, page.search, page.notice.button]


@pytest.mark.parametrize("by_key", [True, False])
def test_a_button_asks_by_key_and_by_mouse(qtbot: QtBot, show: Callable[[], StartPage], by_key: bool) -> None:
    page = show()
    with qtbot.waitSignal(page.new_requested):
        if by_key:
            qtbot.keyClick(page.left.new, Qt.Key.Key_Space)
        else:
            qtbot.mouseClick(page.left.new, Qt.MouseButton.LeftButton)


@pytest.mark.qt_log_ignore("grabbing the keyboard|propagateSizeHints|raise")
def test_every_sample_that_ships_is_offered(qtbot: QtBot, show: Callable[[], StartPage]) -> None:
    page = show()
    qtbot.keyClick(page.left.sample, Qt.Key.Key_Space)
    menu = page.left.samples
    qtbot.waitUntil(menu.isVisible)
    names = [action.text() for action in menu.actions()]
    assert len(names) == len(list(sample_path().parent.glob("*.renaksi.json"))) == 5
    assert names[0].startswith("&1 Buleleng 2022")
    with qtbot.waitSignal(page.sample_requested) as asked:
        qtbot.keyClick(menu, Qt.Key.Key_2)
    assert asked.args == ["bekasi-2024"]


def test_in_a_small_window_the_name_of_the_agency_has_room(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page = show()
    page.resize(910, 464)
    qtbot.waitUntil(lambda: page.view.columnWidth(AGENCY) >= 220)
    assert page.view.isColumnHidden(STAGE)
    page.resize(1366, 712)
    qtbot.waitUntil(lambda: not page.view.isColumnHidden(STAGE))


def test_several_files_dragged_to_the_page_are_all_opened(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page, opened = show(), []
    page.open_requested.connect(opened.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in plans[:2]])
    enter = QDragEnterEvent(QPoint(9, 9), COPY_OR_MOVE, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    drop = QDropEvent(QPointF(9, 9), COPY_OR_MOVE, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, drop)
    assert opened == plans[:2]


def test_open_file_asks_for_a_file(qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    qtbot.mouseClick(page.left.open, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == plans[0].parent
    with qtbot.waitSignal(page.open_requested) as opened:
        pick(qtbot, dialog, plans[1])
    assert opened.args == [plans[1]]


def test_a_second_press_while_the_file_dialog_is_open_does_nothing(qtbot: QtBot, show: Callable[[], StartPage]) -> None:
    page = show()
    page.browse()
    page.browse()
    (dialog,) = page.findChildren(QFileDialog)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    page.browse()
    (dialog,) = [d for d in page.findChildren(QFileDialog) if d.isVisible()]
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()


def pick(qtbot: QtBot, dialog: QFileDialog, path: Path) -> None:
    """Choose a file in a file dialog and confirm it. Typing its name would open a popup, which takes the Enter."""
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    field.setText(str(path))
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_missing_file_is_said_and_enter_looks_for_it(
    qtbot: QtBot, plans: list[Path], tmp_path: Path, show: Callable[[], StartPage]
) -> None:
    page = show()
    looked(qtbot, page)
    assert page.model.index(MISSING, FINDINGS).data() == "tidak ditemukan"
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    found = tmp_path / "pindah" / "Lampung 2019.db"
    found.parent.mkdir()
    found.write_bytes(b"x")
    with qtbot.waitSignal(page.open_requested) as opened:
        pick(qtbot, page.findChild(QFileDialog), found)
    assert opened.args == [found]
    page.remember(RecentPlan(path=found, agency="Dinas", opened=datetime.now()))
    assert [p.path for p in RecentPlans().all()] == [found, *plans[:MISSING]]


def test_a_missing_file_stays_listed_when_another_plan_is_opened(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page = show()
    looked(qtbot, page)
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.open_requested):
        pick(qtbot, page.findChild(QFileDialog), plans[0])
    page.remember(RecentPlan(path=plans[1], agency="Dinas", opened=datetime.now()))
    assert {p.path for p in RecentPlans().all()} == set(plans)


def test_a_click_on_the_link_looks_for_the_file(qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    looked(qtbot, page)
    link = page.view.seek_rect(page.model.index(MISSING, OPENED))
    assert page.view.viewport().rect().contains(link)
    with qtbot.assertNotEmitted(page.view.sought):
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=link.topLeft() - QPoint(8, 0))
    with qtbot.waitSignal(page.view.sought) as sought:
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
    assert sought.args[0].path == plans[MISSING]
    page.findChild(QFileDialog).reject()


@pytest.mark.parametrize("row", [0, 1])
def test_there_is_no_link_where_the_file_is_there(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage], row: int
) -> None:
    page = show()
    looked(qtbot, page)
    assert page.view.seek_rect(page.model.index(row, OPENED)).isEmpty()


def test_the_link_takes_the_place_of_the_date_where_room_is_short(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page = show()
    looked(qtbot, page)
    page.resize(1093, 540)
    qtbot.waitUntil(lambda: page.view.columnWidth(OPENED) < 120)
    index = page.model.index(MISSING, OPENED)
    assert page.view.visualRect(index).contains(page.view.seek_rect(index))


def test_delete_takes_off_the_list_and_leaves_the_file(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page = show()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert [p.path for p in page.model.plans] == plans[1:]
    assert [p.path for p in RecentPlans().all()] == plans[1:]
    assert plans[0].exists()
    assert page.model.plan(page.view.currentIndex()) == RecentPlans().all()[0]


def test_deleting_the_last_row_makes_the_row_before_it_current(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page = show()
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert page.view.currentIndex().row() == 1


def test_when_all_are_gone_a_line_says_how_to_begin(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page = show()
    for _ in plans:
        qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert EMPTY in visible_words(page)
    assert not page.view.isVisible()
    assert page.left.open.hasFocus()


def visible_words(page: StartPage) -> list[str]:
    """The texts of the labels that are seen."""
    return [child.text() for child in page.findChildren(QWidget) if child.isVisible() and hasattr(child, "text")]


def test_an_empty_list_begins_on_the_first_button(show: Callable[[], StartPage]) -> None:
    page = show()
    assert EMPTY in visible_words(page)
    assert page.focusWidget() is page.left.open
    assert not page.search.isVisible()


def test_search_keeps_what_holds_every_word(qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    qtbot.keyClick(page.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "BONE kabupaten")
    assert page.model.rowCount() == 1
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.view.hasFocus()
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert opened.args == [plans[1]]


def test_escape_ends_the_search_and_keeps_the_row(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page = show()
    qtbot.keyClicks(page.search, "2023")
    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert page.model.rowCount() == len(plans)
    assert page.view.currentIndex().row() == 1
    assert page.view.hasFocus()


def test_a_search_without_a_hit_has_nothing_to_open(
    qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]
) -> None:
    page = show()
    qtbot.keyClicks(page.search, "tidak akan ada")
    assert page.model.rowCount() == 0
    with qtbot.assertNotEmitted(page.open_requested):
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
        qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert page.view.isVisible()
    page.search.clear()
    assert page.view.currentIndex().isValid()


def test_a_plan_closed_by_a_crash_is_offered(qtbot: QtBot, tmp_path: Path, show: Callable[[], StartPage]) -> None:
    path = tmp_path / "Bone 2023.db"
    leave_over(path)
    yesterday = (datetime.now() - timedelta(days=1)).replace(hour=15, minute=12)
    os.utime(workspace.work_path(path), (yesterday.timestamp(), yesterday.timestamp()))
    page = show()
    assert "Bone 2023 tertutup mendadak kemarin pukul 15.12. Semua isian sampai 15.12 masih ada." in visible_words(page)
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    assert opened.args == [path]


def test_of_several_left_overs_the_newest_is_offered_and_the_others_counted(
    tmp_path: Path, show: Callable[[], StartPage]
) -> None:
    for name in ("Lama", "Baru"):
        leave_over(tmp_path / f"{name}.db")
    old = (datetime.now() - timedelta(days=3)).timestamp()
    os.utime(workspace.work_path(tmp_path / "Lama.db"), (old, old))
    (words,) = [text for text in visible_words(show()) if "mendadak" in text]
    assert words.startswith("Baru tertutup mendadak hari ini")
    assert words.endswith("Masih ada 1 rencana lain seperti ini.")


def test_without_left_overs_there_is_no_notice(plans: list[Path], show: Callable[[], StartPage]) -> None:
    assert not show().notice.isVisible()


def test_a_plan_that_is_open_is_no_left_over(tmp_path: Path, show: Callable[[], StartPage]) -> None:
    with Document.create(tmp_path / "a.db") as document:
        document.edit("uji", [Change(None, Opd(id=new_id(), urutan=1, nama="Dinas"))])
        assert not show().notice.isVisible()
        document.file.publish()


@pytest.mark.parametrize("note", ["{", "[]", "{}", '{"tujuan": 3}'])
def test_a_broken_note_of_a_left_over_does_not_stop_the_program(
    tmp_path: Path, show: Callable[[], StartPage], note: str
) -> None:
    leave_over(tmp_path / "a.db")
    workspace.work_path(tmp_path / "a.db").with_suffix(".json").write_text(note, encoding="utf-8")
    assert not show().notice.isVisible()


def test_showing_the_page_again_reads_the_list_again(
    plans: list[Path], tmp_path: Path, show: Callable[[], StartPage]
) -> None:
    page = show()
    page.hide()
    RecentPlans().note(RecentPlan(path=tmp_path / "baru.db", agency="Dinas", opened=datetime.now()))
    page.show()
    assert page.model.plans[0].path == tmp_path / "baru.db"


def test_a_list_that_cannot_be_written_is_said_at_the_foot(
    qtbot: QtBot,
    plans: list[Path],
    full_disk: Callable[[], AbstractContextManager[None]],
    show: Callable[[], StartPage],
) -> None:
    page = show()
    with full_disk():
        qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert any(words.startswith("Daftar rencana terakhir tidak dapat disimpan") for words in visible_words(page))
    assert [p.path for p in page.model.plans] == plans


def test_a_file_dragged_to_the_page_is_opened(qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(plans[0]))])
    enter = QDragEnterEvent(QPoint(9, 9), COPY_OR_MOVE, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(9, 9), COPY_OR_MOVE, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    drop.setDropAction(Qt.DropAction.MoveAction)
    with qtbot.waitSignal(page.open_requested) as opened:
        QApplication.sendEvent(page, drop)
    assert opened.args == [plans[0]]
    assert drop.dropAction() == Qt.DropAction.CopyAction


def test_focus_given_to_the_page_goes_to_the_list(plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    page.search.setFocus()
    page.setFocus()
    assert page.view.hasFocus()


def test_the_page_may_go_while_it_looks_for_files(qtbot: QtBot, plans: list[Path]) -> None:
    page = StartPage("0.1")
    page.show()
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    assert wait_for_tasks()
    QApplication.processEvents()


def test_what_is_no_file_cannot_be_dropped(show: Callable[[], StartPage]) -> None:
    mime = QMimeData()
    mime.setText("Dinas")
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(show(), enter)
    assert not enter.isAccepted()


def test_a_row_is_read_out_whole(qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    looked(qtbot, page)
    read = [page.model.index(row, AGENCY).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert read[0].startswith("Dinas Koperasi Buleleng, Kabupaten Buleleng, 2022, Murni, 3 galat, 24 peringatan, Hari")
    assert "tidak ada temuan, Kemarin" in read[1]
    assert "berkas tidak ditemukan" in read[2]


def test_everything_that_takes_the_focus_has_a_name(plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
            assert widget.accessibleName() or isinstance(widget, QPushButton), widget


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_chosen_row_is_drawn_in_the_palette(
    qtbot: QtBot, qapp: QApplication, plans: list[Path], show: Callable[[], StartPage], colours: object
) -> None:
    apply_theme(qapp, colours is DARK)
    try:
        page = show()
        chosen = DARK if colours is DARK else LIGHT
        row = page.view.visualRect(page.model.index(0, OPENED))
        image: QImage = page.view.viewport().grab().toImage()
        assert image.pixelColor(row.right() - 2, row.top() + 2) == chosen.selection
        assert image.pixelColor(0, row.center().y()) == chosen.accent
        page.left.open.setFocus()
        image = page.view.viewport().grab().toImage()
        assert image.pixelColor(row.right() - 2, row.top() + 2) == chosen.selection_inactive
    finally:
        apply_theme(qapp, False)


def test_the_list_is_as_high_as_its_plans(plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    assert page.view.height() == 24 + 48 * len(plans)


def test_hover_over_the_link_shows_a_hand(qtbot: QtBot, plans: list[Path], show: Callable[[], StartPage]) -> None:
    page = show()
    looked(qtbot, page)
    link = page.view.seek_rect(page.model.index(MISSING, OPENED))
    qtbot.mouseMove(page.view.viewport(), link.center() - QPoint(80, 0))
    qtbot.mouseMove(page.view.viewport(), link.center())
    qtbot.waitUntil(lambda: page.view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor)
    QApplication.sendEvent(page.view.viewport(), QEvent(QEvent.Type.Leave))

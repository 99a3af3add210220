"""Undo and redo by name: the list of steps, many at once, and seeing what a step has changed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Kinerja, Narasi
from services import edits
from services.narasi.template import template_changes
from ui.history_menu import MOST, HistoryMenu
from ui.main_window import FORMULIR, NASKAH, SUSUN, MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
CTRL = Qt.KeyboardModifier.ControlModifier


def rename(window: MainWindow, row: Anggaran | Kinerja, name: str) -> None:
    """A step called after the name."""
    assert window.session is not None
    field = "nama" if isinstance(row, Anggaran) else "uraian"
    today = window.session.plan.get(type(row), row.id)
    assert window.session.edit(f"ubah {name}", edits.set_field(today, field, name))


def steps(menu: HistoryMenu) -> list[str]:
    """What the list offers, without its foot."""
    return [action.text() for action in menu.actions() if action.isEnabled() and not action.isSeparator()]


def test_the_list_names_the_steps_and_choosing_one_goes_back_to_it(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    line = line_of("a2-01")
    for name in ("A", "B", "C"):
        rename(window, line, name)
    button = next(
        b for b in window.bar.findChildren(QToolButton) if b.defaultAction() is window.actions_.undo and b.menu()
    )
    menu = window.actions_.undo_list
    assert button.menu() is menu
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(5, 10))
    assert line_of("a2-01").nama == "B"
    menu.popup(window.mapToGlobal(QPoint(50, 50)))
    assert steps(menu) == ["Ubah B", "Ubah A"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.actions()[-1].text() == "Urungkan 2 langkah"
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert line_of("a2-01").nama == line.nama
    forward = window.actions_.redo_list
    forward.fill()
    assert steps(forward) == ["Ubah A", "Ubah B", "Ubah C"]
    forward.actions()[2].trigger()
    assert line_of("a2-01").nama == "C"
    assert not window.actions_.redo.isEnabled()


def test_the_list_holds_the_last_thirty(window: MainWindow, line_of: Callable[[str], Anggaran]) -> None:
    line = line_of("a2-01")
    for number in range(MOST + 3):
        rename(window, line, f"nama {number}")
    menu = window.actions_.undo_list
    menu.fill()
    assert len(steps(menu)) == MOST
    assert steps(menu)[0] == f"Ubah nama {MOST + 2}"


def test_an_empty_list_says_so(window: MainWindow) -> None:
    menu = window.actions_.redo_list
    menu.fill()
    assert steps(menu) == []
    assert menu.actions()[-1].text() == "Belum ada langkah"


def test_after_undo_the_row_is_shown_where_the_step_was_done(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    work, session = window.work, window.session
    assert work is not None
    assert session is not None
    line = line_of("a2-01")
    work.show_row(line)
    rename(window, line, "X")
    node = next(k for k in session.plan.all(Kinerja) if k.asal_id == "k3-11")
    work.show_row(node)
    window.show_view(FORMULIR)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.bar.view() == SUSUN
    current = work.tree.current_row()
    assert isinstance(current, Anggaran)
    assert current.id == line.id
    work.show_row(node)
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    current = work.tree.current_row()
    assert isinstance(current, Anggaran)
    assert current.nama == "X"


def test_undo_leaves_the_row_alone_where_the_change_can_be_seen(
    window: MainWindow, line_of: Callable[[str], Anggaran]
) -> None:
    work, session = window.work, window.session
    assert work is not None
    assert session is not None
    program = line_of("a2-01")
    child = session.plan.where(Anggaran, "induk_id", program.id)[0]
    work.show_row(child)
    rename(window, child, "X")
    work.show_row(program)
    window.actions_.undo_steps(1)
    current = work.tree.current_row()
    assert current is not None
    assert current.id == program.id


def test_a_deleted_branch_is_shown_when_it_comes_back(window: MainWindow, line_of: Callable[[str], Anggaran]) -> None:
    work, session = window.work, window.session
    assert work is not None
    assert session is not None
    line = line_of("a3-03")
    work.show_row(line)
    session.edit("hapus kegiatan", edits.remove(session.plan, line))
    work.show_row(session.plan.all(Kinerja)[3])
    window.actions_.undo_steps(1)
    current = work.tree.current_row()
    assert current is not None
    assert current.id == line.id


def test_a_step_of_the_narrative_is_undone_in_the_narrative(window: MainWindow) -> None:
    session = window.session
    assert session is not None
    window.show_view(NASKAH)
    session.edit("mulai naskah", template_changes(session.plan, session.dokumen_id))
    sections = session.plan.all(Narasi)
    session.edit("ubah judul", edits.set_field(sections[2], "judul", "BAB LAIN"))
    window.show_view(SUSUN)
    window.actions_.undo_steps(1)
    assert window.bar.view() == NASKAH
    assert window.naskah is not None
    assert window.naskah.tree.current_id() == sections[2].id


def test_a_step_that_cannot_be_written_stops_the_rest(
    window: MainWindow, line_of: Callable[[str], Anggaran], full_disk: Callable[[], object]
) -> None:
    session = window.session
    assert session is not None
    line, said = line_of("a2-01"), []
    session.not_written.disconnect()
    session.not_written.connect(said.append)
    for name in ("A", "B", "C"):
        rename(window, line, name)
    with full_disk():  # type: ignore[attr-defined]
        window.actions_.undo_steps(3)
    assert len(said) == 1
    assert line_of("a2-01").nama == "C"
    assert len(session.document.done) == 3

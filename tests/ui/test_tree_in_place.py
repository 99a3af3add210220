"""While a name is edited in place the keys are the text's; the window's commands store it first."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Dokumen, Kinerja
from services import edits
from services.paste_html import read_html
from services.tahap import new_stage
from ui.main_window import MainWindow
from ui.session import Session
from ui.tree_commands import INTO_ITSELF
from ui.tree_model import PAGU, SELISIH
from ui.tree_panel import NARROW, TreePanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT, NONE = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier, Mod.NoModifier
LineOf = Callable[[str], Anggaran]


@pytest.fixture
def tree(window: MainWindow) -> TreePanel:
    assert window.work is not None
    return window.work.tree


@pytest.fixture
def plan_session(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def begin(tree: TreePanel, line: Anggaran, qtbot: QtBot, text: str) -> QLineEdit:
    """The editor of a line's name with a text typed over it."""
    # What another test left there would be pasted by Shift+Insert.
    QGuiApplication.clipboard().clear()
    tree.show_row(line)
    tree.view.setFocus()
    qtbot.keyClick(tree.view, Key.Key_F2)
    editor = tree.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, text)
    return editor


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Key.Key_D, CTRL | SHIFT),
        (Key.Key_Insert, NONE),
        (Key.Key_Insert, SHIFT),
        (Key.Key_Up, ALT),
        (Key.Key_Down, ALT),
        (Key.Key_1, CTRL),
    ],
)
def test_keys_of_rows_do_nothing_to_the_row_whose_name_is_typed(
    tree: TreePanel, plan_session: Session, line_of: LineOf, qtbot: QtBot, key: Qt.Key, modifiers: Any
) -> None:
    editor = begin(tree, line_of("a2-06"), qtbot, "NAMA BARU")
    qtbot.keyClick(editor, key, modifiers)
    assert tree.view.findChild(QLineEdit) is editor
    assert plan_session.document.undo_label is None
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: line_of("a2-06").nama == "NAMA BARU")


def test_ctrl_i_and_ctrl_s_store_the_name_first(
    window: MainWindow, tree: TreePanel, plan_session: Session, line_of: LineOf, qtbot: QtBot
) -> None:
    editor = begin(tree, line_of("a2-06"), qtbot, "SATU")
    qtbot.keyClick(editor, Key.Key_S, CTRL)
    assert line_of("a2-06").nama == "SATU"
    qtbot.waitUntil(lambda: tree.view.findChild(QLineEdit) is None)
    editor = begin(tree, line_of("a2-06"), qtbot, "DUA")
    qtbot.keyClick(editor, Key.Key_I, CTRL)
    assert line_of("a2-06").nama == "DUA"
    assert plan_session.document.undo_label == "tambah indikator"


def test_a_branch_cut_and_pasted_into_itself_is_refused_and_still_waits(
    tree: TreePanel, plan_session: Session, line_of: LineOf, qtbot: QtBot
) -> None:
    program = line_of("a2-06")
    tree.show_row(program)
    qtbot.keyClick(tree.view, Key.Key_X, CTRL)
    tree.show_row(plan_session.plan.where(Anggaran, "induk_id", program.id)[0])
    with qtbot.waitSignal(plan_session.failed) as failed:
        qtbot.keyClick(tree.view, Key.Key_V, CTRL)
    assert failed.args == [INTO_ITSELF]
    assert [row.id for row in tree.cut_rows()] == [program.id]
    assert plan_session.document.undo_label is None
    QGuiApplication.clipboard().clear()


def test_steps_of_the_tree_name_their_row(tree: TreePanel, plan_session: Session, line_of: LineOf) -> None:
    line = line_of("a2-06")
    tree.show_row(line)
    tree.duplicate_current()
    assert plan_session.document.undo_label == "gandakan program PEMBERDAYAAN USAHA MENENGAH..."
    tree.move_current(-1)
    assert plan_session.document.undo_label == "pindah program PEMBERDAYAAN USAHA MENENGAH..."


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Return])
def test_from_the_filter_an_arrow_leads_into_the_tree(
    window: MainWindow, tree: TreePanel, plan_session: Session, qtbot: QtBot, key: Qt.Key
) -> None:
    field = tree.filters[tree.tree][0]
    field.setFocus()
    qtbot.keyClicks(field, "umkm")
    qtbot.keyClick(field, key)
    assert tree.view.hasFocus()
    row = tree.current_row()
    assert isinstance(row, Kinerja)
    assert field.text() == "umkm"
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Escape)
    assert (field.text(), field.hasFocus()) == ("", True)
    qtbot.keyClick(field, Key.Key_Escape)
    assert tree.view.hasFocus()


def test_a_copied_branch_is_a_block_for_a_spreadsheet(
    tree: TreePanel, plan_session: Session, line_of: LineOf, qtbot: QtBot
) -> None:
    line = line_of("a2-06")
    plan_session.edit("x", edits.set_field(line, "kode", "2.17.03"))
    tree.show_row(line)
    qtbot.keyClick(tree.view, Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().split("\n")[0].split("\t")[:2] == ["Program", "2.17.03"]
    cells = read_html(mime.html())
    assert cells is not None
    assert (cells[0][1], cells[0][1].number) == ("2.17.03", None)
    assert cells[0][4].number == line.pagu
    QGuiApplication.clipboard().clear()


def test_in_a_narrow_pane_the_names_take_the_room_of_the_amounts(session: Session, qtbot: QtBot) -> None:
    panel = TreePanel(session)
    qtbot.addWidget(panel)
    panel.resize(328, 500)
    panel.show()
    view = panel.views["anggaran"]
    assert not view.isColumnHidden(PAGU)
    panel.resize(NARROW - 1, 500)
    assert view.isColumnHidden(PAGU)
    panel.resize(328, 500)
    assert not view.isColumnHidden(PAGU)
    assert view.isColumnHidden(SELISIH)


def test_files_over_the_tree_are_left_to_the_window(session: Session, qtbot: QtBot) -> None:
    panel = TreePanel(session)
    qtbot.addWidget(panel)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/x/rencana.db")])
    event = QDragEnterEvent(
        QPoint(20, 40), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(panel.view.viewport(), event)
    assert not event.isAccepted()


def test_the_bar_names_the_new_document_after_a_change_of_stage(window: MainWindow, plan_session: Session) -> None:
    changes, fresh_id = new_stage(plan_session.plan, plan_session.dokumen_id)
    plan_session.edit("buat dokumen perubahan", changes)
    plan_session.show_document(fresh_id)
    shown = next(box for box in window.bar.findChildren(QComboBox) if box.accessibleName() == "Dokumen rencana")
    assert shown.currentData() == fresh_id
    number = plan_session.plan.get(Dokumen, fresh_id).nomor_perubahan
    assert shown.currentText().startswith(f"2022 Perubahan {number}")


def test_what_cannot_be_moved_is_said(tree: TreePanel, plan_session: Session, line_of: LineOf, qtbot: QtBot) -> None:
    tree.show_row(line_of("a2-06"))
    with qtbot.waitSignal(plan_session.failed) as failed:
        qtbot.keyClick(tree.view, Key.Key_Left, ALT)
    assert failed.args == ["Program ini sudah di tempat paling atas."]
    with qtbot.waitSignal(plan_session.failed) as failed:
        qtbot.keyClick(tree.view, Key.Key_Right, ALT)
    assert failed.args == ["Tidak ada baris di atasnya yang dapat menaungi program ini."]
    child = plan_session.plan.where(Anggaran, "induk_id", line_of("a2-06").id)[0]
    tree.view.select_all_of([line_of("a2-07").id, child.id])
    with qtbot.waitSignal(plan_session.failed) as failed:
        tree.duplicate_current()
    assert failed.args is not None
    assert failed.args[0].startswith("Yang digandakan bersama harus seinduk.")
    assert plan_session.document.undo_label is None

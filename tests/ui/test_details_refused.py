"""What a field cannot take stays in it and is said there, until it is mended or given up."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator, Kinerja
from services import edits
from services.rupiah import format_rupiah
from ui.details_more import OTHERS, MoreDialog
from ui.fields import LineField
from ui.main_window import MainWindow
from ui.note_line import NoteLine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard")
Key, Mod = Qt.Key, Qt.KeyboardModifier
LineOf = Callable[[str], Anggaran]


def field(window: MainWindow, name: str) -> Any:
    """The visible field of this name in the details."""
    assert window.work is not None
    widgets = window.work.details.findChildren(QWidget)
    return next(w for w in widgets if w.accessibleName() == name and w.isVisible())


def said(window: MainWindow) -> NoteLine:
    """The last line of the details."""
    assert window.work is not None
    return next(note for note in window.work.details.findChildren(NoteLine) if note.isVisible())


@pytest.fixture
def pagu(window: MainWindow, line_of: LineOf, qtbot: QtBot) -> LineField:
    """The pagu of a program with "12x" typed into it, and the field left by Tab."""
    assert window.work is not None
    window.work.show_row(line_of("a2-06"))
    pagu = field(window, "Pagu (Rp)")
    pagu.setFocus()
    pagu.selectAll()
    qtbot.keyClicks(pagu, "12x")
    qtbot.keyClick(pagu, Key.Key_Tab)
    assert isinstance(pagu, LineField)
    return pagu


def test_it_stays_with_a_mark_and_the_sentence_though_the_next_field_has_help_of_its_own(
    window: MainWindow, pagu: LineField
) -> None:
    assert not pagu.hasFocus()
    assert pagu.text() == "12x"
    assert pagu.refusal == pagu.accessibleDescription() == pagu.actions()[0].toolTip()
    assert pagu.actions()[0].isVisible()
    assert said(window).text() == f"Pagu (Rp): {pagu.refusal}"
    assert said(window).level == "galat"


def test_it_waits_for_its_row_and_is_no_text_of_another(window: MainWindow, pagu: LineField, line_of: LineOf) -> None:
    assert window.work is not None
    window.work.show_row(line_of("a2-07"))
    assert pagu.text() == format_rupiah(line_of("a2-07").pagu or 0)
    assert not pagu.refusal
    assert not pagu.actions()[0].isVisible()
    window.commit()
    window.work.show_row(line_of("a2-06"))
    assert pagu.text() == "12x"
    assert said(window).text() == f"Pagu (Rp): {pagu.refusal}"


def test_another_edit_leaves_it_alone(window: MainWindow, pagu: LineField, line_of: LineOf) -> None:
    assert window.session is not None
    window.session.edit("x", edits.set_field(line_of("a2-06"), "pagu", 5))
    assert pagu.text() == "12x"
    assert pagu.refusal


def test_it_is_never_read_into_a_row_of_another_kind(
    window: MainWindow, line_of: LineOf, qtbot: QtBot, pagu: LineField
) -> None:
    assert window.work is not None
    assert window.session is not None
    node = window.session.plan.all(Kinerja)[0]
    pagu.setFocus()
    window.work.show_row(node)
    window.work.tree.view.setFocus()
    assert window.session.document.undo_label is None
    window.work.show_row(line_of("a2-07"))
    window.work.show_row(line_of("a2-06"))
    assert pagu.text() == "12x"


@pytest.mark.parametrize("way", ["Esc", "mended"])
def test_it_goes_by_esc_or_by_a_number(
    window: MainWindow, pagu: LineField, line_of: LineOf, qtbot: QtBot, way: str
) -> None:
    before = line_of("a2-06").pagu
    pagu.setFocus()
    if way == "Esc":
        qtbot.keyClick(pagu, Key.Key_Escape)
    else:
        pagu.selectAll()
        qtbot.keyClicks(pagu, "1.500.000")
        qtbot.keyClick(pagu, Key.Key_Return)
    assert line_of("a2-06").pagu == (before if way == "Esc" else 1_500_000)
    assert pagu.text() == format_rupiah(line_of("a2-06").pagu or 0)
    assert not pagu.refusal
    assert not pagu.actions()[0].isVisible()
    assert said(window).text().startswith("Pagu setahun sesuai DPA")
    assert said(window).level == ""


def test_tutup_keeps_the_dialog_open_while_a_field_holds_what_cannot_be_stored(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.session is not None
    session = window.session
    row = session.plan.all(Indikator)[0]
    dialog = MoreDialog(session, lambda: session.plan.find(Indikator, row.id), OTHERS[Indikator], "Lainnya", window)
    dialog.show()
    formula = dialog.fields["formula"]
    formula.setText("x" * 4001)
    formula.setModified(True)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.focusWidget() is formula
    assert dialog.note.text() == formula.refusal
    formula.setText("x" * 40)
    formula.setModified(True)
    dialog.accept()
    assert not dialog.isVisible()
    assert session.plan.get(Indikator, row.id).formula == "x" * 40
    dialog.deleteLater()


@pytest.mark.parametrize("key", [Key.Key_D, Key.Key_I])
def test_keys_for_rows_are_nobodys_while_a_text_is_being_typed(
    window: MainWindow, line_of: LineOf, qtbot: QtBot, key: Qt.Key
) -> None:
    assert window.work is not None
    assert window.session is not None
    window.work.show_row(line_of("a2-06"))
    nama = field(window, "Nama")
    nama.setFocus()
    qtbot.keyClicks(nama, "x")
    modifiers = Mod.ControlModifier | Mod.ShiftModifier if key == Key.Key_D else Mod.ControlModifier
    qtbot.keyClick(nama, key, modifiers)
    assert nama.isModified()
    assert window.session.document.undo_label is None
    qtbot.keyClick(nama, Key.Key_Return)
    label = window.session.document.undo_label
    assert label is not None
    assert label.startswith("ubah nama program ")


def test_one_tab_leads_to_the_first_link_of_the_line(window: MainWindow, line_of: LineOf, qtbot: QtBot) -> None:
    assert window.work is not None
    window.work.show_row(line_of("a2-06"))
    line = field(window, "Mendukung")
    assert isinstance(line, QLabel)
    people = field(window, "Penanggung jawab")
    people.setFocus()
    qtbot.keyClick(people, Key.Key_Tab)
    assert line.hasFocus()
    first = line.selectedText()
    assert first
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.selectedText() == "Kaitkan..."
    qtbot.keyClick(line, Key.Key_Backtab)
    assert line.selectedText() == first


def test_lists_are_as_wide_as_their_names_in_a_narrow_window(window: MainWindow, line_of: LineOf, qtbot: QtBot) -> None:
    assert window.work is not None
    window.resize(1024, 560)
    window.work.show_row(line_of("a2-06"))
    people = field(window, "Penanggung jawab")
    people.showPopup()
    assert people.view().viewport().width() >= people.view().sizeHintForColumn(0)
    assert people.view().width() > people.width()
    people.hidePopup()


def test_taken_back_by_ctrl_z_it_is_no_refusal_any_more(
    window: MainWindow, pagu: LineField, line_of: LineOf, qtbot: QtBot
) -> None:
    pagu.setFocus()
    while pagu.isUndoAvailable():
        qtbot.keyClick(pagu, Key.Key_Z, Mod.ControlModifier)
    assert pagu.text() == format_rupiah(line_of("a2-06").pagu or 0)
    assert not pagu.refusal
    assert not pagu.actions()[0].isVisible()
    assert not pagu.being_typed()
    assert said(window).level == ""


def test_mended_by_typing_the_mark_goes_before_it_is_stored(window: MainWindow, pagu: LineField, qtbot: QtBot) -> None:
    pagu.setFocus()
    pagu.end(False)
    qtbot.keyClick(pagu, Key.Key_Backspace)
    assert pagu.text() == "12"
    assert not pagu.refusal
    assert pagu.being_typed()


def test_the_status_line_says_it_once_and_of_which_row(window: MainWindow, pagu: LineField, line_of: LineOf) -> None:
    assert window.session is not None
    assert window.work is not None
    failed: list[str] = []
    window.session.failed.connect(failed.append)
    message = window.status.currentMessage()
    line = line_of("a2-06")
    assert message.startswith("Pagu (Rp) pada program “")
    assert line.nama.split()[0] in message
    assert pagu.refusal in message
    window.work.show_row(line_of("a2-07"))
    window.work.show_row(line)
    assert pagu.text() == "12x"
    window.work.show_row(line_of("a2-07"))
    window.commit()
    assert failed == []

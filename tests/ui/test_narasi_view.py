"""The narrative in the window: sections in their tree, texts that are stored while they are typed, undo."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from random import Random

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Dokumen, Narasi
from services.edits import set_field
from services.narasi.markup import parse, write
from services.narasi.placeholders import INSERTS
from services.narasi.sections import LKIP, RENCANA, add_section, sections, set_text, title_of
from ui import narasi_editor, roles
from ui.narasi_editor import REST
from ui.narasi_foot import WITH_TABLE, count_words
from ui.narasi_view import NarasiView
from ui.session import Session

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[QMainWindow]:
    """A window with the view in it, and with Ctrl+Z, Ctrl+Y and Ctrl+I as the main window has them."""
    window = QMainWindow()
    view = NarasiView(session, window)
    window.setCentralWidget(view)
    window.resize(1366, 678)

    def undo() -> None:
        view.commit()
        session.undo()

    for key, do in (
        ("Ctrl+Z", undo),
        ("Ctrl+Y", lambda: session.redo()),
        ("Ctrl+I", lambda: pytest.fail("the window took it")),
    ):
        action = QAction(window)
        action.setShortcut(key)
        action.triggered.connect(do)
        window.addAction(action)
    window.show()
    qtbot.waitActive(window)
    yield window
    shiboken6.delete(window)


@pytest.fixture
def empty(window: QMainWindow) -> NarasiView:
    view = window.centralWidget()
    assert isinstance(view, NarasiView)
    return view


@pytest.fixture
def view(empty: NarasiView, session: Session) -> NarasiView:
    """The view with two bab, of which the first has two subbab; the caret is in the first bab's text."""
    changes: list[Change] = []
    for urutan, (level, title) in enumerate(((1, "BAB I"), (2, "1.1 Latar"), (2, "1.2 Maksud"), (1, "BAB II"))):
        row = Narasi(id=f"n{urutan}", dokumen_id=session.dokumen_id, urutan=urutan * 100, judul=title, tingkat=level)
        changes.append(Change(None, row))
    session.edit("siapkan", changes)
    empty.editor.text.setFocus()
    return empty


def isi(session: Session, section_id: str = "n0") -> str:
    return session.plan.get(Narasi, section_id).isi or ""


def titles(session: Session) -> list[tuple[int, str]]:
    return [(s.level, s.title) for s in sections(session.plan, session.dokumen_id)]


def press_in_dialog(button: str) -> list[str]:
    """Press a button of the message box that is about to be opened; the list takes up what it asked."""
    asked: list[str] = []
    timer = QTimer(QApplication.instance())

    def click() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            timer.deleteLater()
            asked.append(box.text())
            next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == button).click()

    timer.timeout.connect(click)
    timer.start(10)
    return asked


def test_an_empty_narrative_begins_from_the_template_in_one_step(
    empty: NarasiView, session: Session, qtbot: QtBot
) -> None:
    assert empty.from_template.isVisible()
    assert not empty.tree.isVisible()
    assert empty.panes() == (empty.from_template,)
    qtbot.mouseClick(empty.from_template, Qt.MouseButton.LeftButton)
    assert empty.tree.isVisible()
    assert len(titles(session)) > 5
    assert empty.editor.title.text() == titles(session)[0][1]
    assert "{opd}" in empty.editor.text.toPlainText()
    session.undo()
    assert empty.from_template.isVisible()
    assert titles(session) == []
    session.redo()
    assert empty.editor.text.isVisible()


def test_the_first_section_is_a_bab_ready_to_be_named(empty: NarasiView, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(empty.add_first, Qt.MouseButton.LeftButton)
    field = empty.tree.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "BAB I PENDAHULUAN")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: titles(session) == [(1, "BAB I PENDAHULUAN")])
    assert empty.editor.title.text() == "BAB I PENDAHULUAN"


def test_without_a_document_there_is_nothing_to_begin(empty: NarasiView, session: Session) -> None:
    session.dokumen_id = ""
    session.switched.emit()
    assert not empty.from_template.isEnabled()
    assert empty.commit() == ""


def test_typing_is_stored_after_a_rest_as_one_step(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.changed, timeout=2 * REST):
        qtbot.keyClicks(view.editor.text, "Halo dunia")
    assert isi(session) == "Halo dunia"
    assert session.document.undo_label == "ketik teks bagian"
    session.undo()
    assert isi(session) == ""
    assert session.document.undo_label == "siapkan"
    assert REST < 1000


def test_showing_a_section_is_no_typing(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    session.edit("isi", set_text(session.plan, "n1", "1. teks   impor\n{opd}\n\n\n**x **"))
    before = session.document.undo_label
    view.show_section("n1")
    qtbot.waitUntil(lambda: bool(view.editor.text.document().firstBlock().layout().formats()))
    assert view.commit() == ""
    view.show_section("n0")
    assert session.document.undo_label == before


def test_who_types_without_a_rest_is_stored_all_the_same(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narasi_editor, "LONGEST", 200)
    session.edit("siapkan", [Change(None, Narasi(id="n0", dokumen_id=session.dokumen_id, urutan=1))])
    view = NarasiView(session)
    qtbot.addWidget(view)
    view.show()
    qtbot.keyClicks(view.editor.text, "x" * 20, delay=20)
    assert 5 < len(isi(session)) <= 20
    assert view.editor.text.toPlainText() == "x" * 20


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_typed_is_stored_as_shown_and_undone_as_it_was(
    view: NarasiView, session: Session, qtbot: QtBot, seed: int
) -> None:
    chance, text = Random(seed), view.editor.text
    special = (
        Key.Key_Return,
        Key.Key_Tab,
        Key.Key_Backtab,
        Key.Key_Backspace,
        Key.Key_Delete,
        Key.Key_Up,
        Key.Key_Left,
    )
    shown = [""]
    for _ in range(12):
        for _ in range(12):
            if chance.random() < 0.5:
                qtbot.keyClicks(text, chance.choice(("1. ", "- ", "a) ", "*", "{opd}", "kata ", " ")))
            elif chance.random() < 0.2:
                qtbot.keyClick(text, chance.choice((Key.Key_B, Key.Key_I)), Modifier.ControlModifier)
            else:
                qtbot.keyClick(text, chance.choice(special))
        before = isi(session)
        assert view.commit() == ""
        assert isi(session) == write(text.paragraphs())
        assert write(parse(isi(session))) == isi(session)
        if isi(session) != before:
            shown.append(isi(session))
    for state in reversed(shown[:-1]):
        session.undo()
        assert isi(session) == state
        assert write(text.paragraphs()) == state
    for state in shown[1:]:
        session.redo()
        assert write(text.paragraphs()) == state


def test_leaving_the_text_stores_it_at_once(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(view.editor.text, "a")
    view.tree.setFocus()
    assert isi(session) == "a"


def test_another_section_hiding_and_commit_store_at_once(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(view.editor.text, "a")
    view.show_section("n1")
    assert isi(session) == "a"
    assert view.editor.text.toPlainText() == ""
    qtbot.keyClicks(view.editor.text, "b")
    assert view.commit() == ""
    assert isi(session, "n1") == "b"
    qtbot.keyClicks(view.editor.text, "c")
    view.hide()
    assert isi(session, "n1") == "bc"


def test_another_document_does_not_lose_what_is_typed(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    first = session.dokumen_id
    session.edit(
        "dokumen", [Change(None, Dokumen(id="d", opd_id=session.dokumen.opd_id, urutan=9, tahun=2023, judul=""))]
    )
    qtbot.keyClicks(view.editor.text, "a")
    session.show_document("d")
    assert isi(session) == "a"
    assert view.from_template.isVisible()
    session.show_document(first)
    assert view.editor.text.toPlainText() == "a"


def test_the_caret_stays_when_what_is_typed_is_stored(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    text = view.editor.text
    qtbot.keyClicks(text, "satu tiga")
    view.commit()
    for _ in "tiga":
        qtbot.keyClick(text, Key.Key_Left)
    qtbot.keyClicks(text, "dua ")
    view.commit()
    assert text.textCursor().position() == 9
    qtbot.keyClicks(text, "- ")
    view.commit()
    assert isi(session) == "satu dua - tiga"


def test_ctrl_z_is_the_text_s_until_it_is_stored_and_then_the_session_s(
    view: NarasiView, session: Session, qtbot: QtBot
) -> None:
    text = view.editor.text
    qtbot.keyClicks(text, "satu")
    view.commit()
    qtbot.keyClicks(text, " dua")
    qtbot.keyClick(text, Key.Key_Z, Modifier.ControlModifier)
    assert text.toPlainText() == "satu"
    assert view.commit() == ""
    assert (session.document.undo_label, session.document.redo_label) == ("ketik teks bagian", None)
    qtbot.keyClick(text, Key.Key_Y, Modifier.ControlModifier)
    assert text.toPlainText() == "satu dua"
    view.commit()
    qtbot.keyClick(text, Key.Key_Z, Modifier.ControlModifier)
    assert (text.toPlainText(), isi(session)) == ("satu", "satu")
    qtbot.keyClick(text, Key.Key_Z, Modifier.ControlModifier)
    assert (text.toPlainText(), isi(session)) == ("", "")
    qtbot.keyClick(text, Key.Key_Y, Modifier.ControlModifier)
    qtbot.keyClick(text, Key.Key_Y, Modifier.ControlModifier)
    assert (text.toPlainText(), isi(session)) == ("satu dua", "satu dua")
    assert text.textCursor().position() == 8


def test_undo_shows_the_caret_where_the_text_differs(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    session.edit("isi", set_text(session.plan, "n0", "satu tiga\n\nempat"))
    text = view.editor.text
    cursor = text.textCursor()
    cursor.setPosition(5)
    text.setTextCursor(cursor)
    qtbot.keyClicks(text, "dua ")
    view.commit()
    cursor.setPosition(0)
    text.setTextCursor(cursor)
    session.undo()
    assert text.toPlainText() == "satu tiga\nempat"
    assert text.textCursor().position() == 5
    session.redo()
    assert text.textCursor().position() == 9


def test_ctrl_i_in_the_text_is_the_text_s(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClick(view.editor.text, Key.Key_I, Modifier.ControlModifier)
    qtbot.keyClicks(view.editor.text, "miring")
    view.commit()
    assert isi(session) == "*miring*"


def test_what_cannot_be_stored_stays_and_is_stored_later(
    view: NarasiView, session: Session, qtbot: QtBot, full_disk: Callable[[], AbstractContextManager[None]]
) -> None:
    said: list[str] = []
    session.not_written.connect(said.append)
    long = "kata " * 4000
    view.editor.text.insertPlainText(long)
    with full_disk():
        assert view.commit() != ""
        view.show_section("n1")
        qtbot.waitUntil(lambda: view.tree.current_id() == "n0")
    assert said
    assert view.editor.text.toPlainText() == long
    assert isi(session) == ""
    assert view.commit() == ""
    assert isi(session) == long.strip()


def test_the_title_is_stored_too_and_keeps_its_caret(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    title = view.editor.title
    title.setFocus()
    title.setCursorPosition(5)
    with qtbot.waitSignal(session.changed, timeout=2 * REST):
        qtbot.keyClicks(title, " PENDAHULUAN ")
    assert titles(session)[0] == (1, "BAB I PENDAHULUAN")
    assert (title.text(), title.cursorPosition()) == ("BAB I PENDAHULUAN ", 18)
    assert view.tree.currentIndex().data() == "BAB I PENDAHULUAN"
    qtbot.keyClick(title, Key.Key_Z, Modifier.ControlModifier)
    assert (title.text(), titles(session)[0][1]) == ("BAB I", "BAB I")


def test_keys_of_the_tree(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    tree = view.tree
    tree.setFocus()
    view.show_section("n1")
    for key, expected in (
        (Key.Key_Down, ["BAB I", "1.2 Maksud", "1.1 Latar", "BAB II"]),
        (Key.Key_Up, ["BAB I", "1.1 Latar", "1.2 Maksud", "BAB II"]),
    ):
        qtbot.keyClick(tree, key, Modifier.AltModifier)
        assert [title for _, title in titles(session)] == expected
        assert tree.current_id() == "n1"
    qtbot.keyClick(tree, Key.Key_Right, Modifier.AltModifier)
    assert titles(session)[1] == (3, "1.1 Latar")
    qtbot.keyClick(tree, Key.Key_Left, Modifier.AltModifier)
    qtbot.keyClick(tree, Key.Key_Left, Modifier.AltModifier)
    assert titles(session)[1] == (1, "1.1 Latar")
    assert tree.sections.rowCount() == 3
    assert tree.current_id() == view.editor.section_id == "n1"


def test_ins_adds_below_on_the_same_level_and_f2_renames(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    tree = view.tree
    tree.setFocus()
    view.show_section("n0")
    for key, name in ((Key.Key_Insert, "BAB Baru"), (Key.Key_F2, "BAB Lain")):
        qtbot.keyClick(tree, key)
        field = tree.findChild(QLineEdit)
        assert field is not None
        qtbot.keyClicks(field, name)
        qtbot.keyClick(field, Key.Key_Return)
        qtbot.waitUntil(lambda wanted=name: titles(session)[3] == (1, wanted))
        qtbot.waitUntil(lambda: tree.findChild(QLineEdit) is None)
    assert [title for _, title in titles(session)] == ["BAB I", "1.1 Latar", "1.2 Maksud", "BAB Lain", "BAB II"]
    assert view.editor.title.text() == "BAB Lain"
    assert view.editor.text.toPlainText() == ""


def test_after_naming_a_new_section_its_text_is_typed_and_esc_goes_back(
    view: NarasiView, session: Session, qtbot: QtBot
) -> None:
    tree, text = view.tree, view.editor.text
    tree.setFocus()
    view.show_section("n0")
    qtbot.keyClick(tree, Key.Key_Insert)
    field = tree.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "BAB Baru")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClicks(text, "isi bab")
    assert view.commit() == ""
    assert [s.row.isi for s in sections(session.plan, session.dokumen_id) if s.title == "BAB Baru"] == ["isi bab"]
    qtbot.keyClick(text, Key.Key_Escape)
    assert tree.hasFocus()


def test_a_text_that_is_emptied_begins_anew_without_list_and_bold(view: NarasiView, qtbot: QtBot) -> None:
    text = view.editor.text
    qtbot.keyClicks(text, "1. satu")
    qtbot.keyClick(text, Key.Key_B, Modifier.ControlModifier)
    qtbot.keyClicks(text, "tebal")
    qtbot.keyClick(text, Key.Key_A, Modifier.ControlModifier)
    qtbot.keyClick(text, Key.Key_Delete)
    assert (text.list_kind(), text.is_bold()) == ("", False)
    qtbot.keyClicks(text, "biasa")
    assert write(text.paragraphs()) == "biasa"


def test_del_asks_and_takes_the_branch_in_one_step(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    view.tree.setFocus()
    asked = press_in_dialog("Batal")
    qtbot.keyClick(view.tree, Key.Key_Delete)
    assert asked == ["Hapus bab “BAB I” beserta 2 bagian di bawahnya?"]
    assert len(titles(session)) == 4
    press_in_dialog("Hapus")
    qtbot.keyClick(view.tree, Key.Key_Delete)
    assert titles(session) == [(1, "BAB II")]
    assert view.tree.current_id() == view.editor.section_id == "n3"
    session.undo()
    assert len(titles(session)) == 4
    assert view.tree.current_id() == "n3"


def test_the_buttons_of_the_tree_store_what_is_typed_first(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(view.editor.text, "teks")
    qtbot.mouseClick(view.sections.buttons["down"], Qt.MouseButton.LeftButton)
    assert [title for _, title in titles(session)] == ["BAB II", "BAB I", "1.1 Latar", "1.2 Maksud"]
    session.undo()
    assert titles(session)[0] == (1, "BAB I")
    assert isi(session) == "teks"
    assert view.editor.text.toPlainText() == "teks"


def test_closed_branches_stay_closed(view: NarasiView, session: Session) -> None:
    tree = view.tree
    index = tree.sections.index_of("n0")
    assert tree.isExpanded(index)
    tree.setExpanded(index, False)
    session.edit("tambah", add_section(session.plan, session.dokumen_id, None, 1, "BAB III")[0])
    assert not tree.isExpanded(tree.sections.index_of("n0"))
    assert tree.sections.index_of("n0").data(Qt.ItemDataRole.AccessibleTextRole) == "Bab BAB I"
    assert tree.sections.index_of("n1").data(roles.ROW_ID) == "n1"


def test_a_section_that_undo_takes_away_is_left(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    changes, new = add_section(session.plan, session.dokumen_id, "n0", 1, "Sementara")
    session.edit("tambah", changes)
    view.show_section(new)
    qtbot.keyClicks(view.editor.text, "x")
    session.undo()
    assert view.editor.section_id == view.tree.current_id() != new
    assert view.commit() == ""
    assert len(titles(session)) == 4


def test_lihat_hasil_shows_the_plan_s_words(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    editor = view.editor
    qtbot.keyClicks(editor.text, "- Tahun {tahun}, {salah}")
    qtbot.mouseClick(editor.bar.result, Qt.MouseButton.LeftButton)
    assert isi(session) == "- Tahun {tahun}, {salah}"
    assert editor.result.isVisible()
    assert editor.result.toPlainText() == "Tahun 2022, {salah}"
    assert editor.result.labels() == ["-"]
    assert not editor.bar.bold.isEnabled()
    assert view.panes()[2] is editor.result
    session.edit("isi", set_text(session.plan, "n0", "{pemda}"))
    assert editor.result.toPlainText() == "Kabupaten Buleleng"
    view.show_section("n1")
    assert editor.result.toPlainText() == ""
    qtbot.mouseClick(editor.bar.result, Qt.MouseButton.LeftButton)
    assert editor.text.hasFocus()


def test_the_result_stays_where_it_was_scrolled_when_the_plan_changes(
    view: NarasiView, session: Session, qtbot: QtBot
) -> None:
    session.edit("isi", set_text(session.plan, "n0", "Tahun {tahun}\n\n" * 80))
    qtbot.mouseClick(view.editor.bar.result, Qt.MouseButton.LeftButton)
    bar = view.editor.result.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 500)
    bar.setValue(400)
    session.edit("tahun", set_field(session.dokumen, "tahun", 2031))
    assert view.editor.result.toPlainText().startswith("Tahun 2031")
    assert bar.value() == 400


def test_the_menu_offers_placeholders_with_their_values(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    bar = view.editor.bar
    qtbot.keyClicks(view.editor.text, "Tahun ")
    bar.menu.aboutToShow.emit()
    offered = {action.data(): action for action in bar.menu.actions()}
    assert offered["tahun"].text() == "Tahun rencana\t2022"
    assert offered["kepala.nama"].text().endswith("\tbelum diisi")
    offered["tahun"].trigger()
    view.commit()
    assert isi(session) == "Tahun {tahun}"


def test_tables_and_charts_have_a_menu_of_their_own_that_says_where_they_are(
    view: NarasiView, session: Session, qtbot: QtBot
) -> None:
    bar, title = view.editor.bar, title_of(session.plan.get(Narasi, "n0"))
    qtbot.keyClicks(view.editor.text, "Sebelum")
    bar.menu.aboutToShow.emit()
    assert not any(":" in (action.data() or "") for action in bar.menu.actions())
    for _ in range(2):
        bar.inserts.aboutToShow.emit()
        offered = {action.data(): action for action in bar.inserts.actions() if action.data()}
        assert set(offered) == set(INSERTS)
        before = offered["bagan:kurva-s"].text()
        offered["bagan:kurva-s"].trigger()
        view.commit()
    assert before == f"{INSERTS['bagan:kurva-s']}\tsudah di {title}"
    assert isi(session) == "Sebelum\n\n{bagan:kurva-s}\n\n{bagan:kurva-s}"
    assert offered["tabel:iku"].text() == INSERTS["tabel:iku"]


def test_the_result_says_which_table_is_printed_where(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    session.edit("isi", set_text(session.plan, "n0", "Tahun {tahun}\n{tabel:iku}\nlalu\n\n{bagan:kurva-s}"))
    qtbot.mouseClick(view.editor.bar.result, Qt.MouseButton.LeftButton)
    shown = view.editor.result.toPlainText().replace("\u2028", "\n")
    assert shown == f"Tahun 2022\n[{INSERTS['tabel:iku']}]\nlalu\n[{INSERTS['bagan:kurva-s']}]"
    assert not view.editor.bar.place.isEnabled()


def test_the_foot_counts_words(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    session.edit("isi", set_text(session.plan, "n3", "kata " * 1200))
    qtbot.keyClicks(view.editor.text, "1. satu dua")
    qtbot.waitUntil(lambda: view.editor.foot.text().startswith("2 kata, sekitar 1 halaman"))
    assert view.editor.foot.text().endswith("seluruh naskah 1.202 kata, sekitar 3 halaman")
    assert count_words("a. **dua** - kata, 2022") == 3


def test_the_foot_says_where_the_plan_puts_a_table(view: NarasiView, session: Session, qtbot: QtBot) -> None:
    session.edit(
        "kunci", [Change(row := session.plan.get(Narasi, "n1"), replace(row, judul="2.3 Program dan Anggaran"))]
    )
    assert WITH_TABLE not in view.editor.foot.text()
    view.show_section("n1")
    assert view.editor.foot.text().endswith(WITH_TABLE)
    view.editor.title.setFocus()
    view.editor.title.selectAll()
    qtbot.keyClicks(view.editor.title, "2.3 Lain")
    view.commit()
    assert WITH_TABLE not in view.editor.foot.text()


def test_f6_goes_round_tree_title_and_text(view: NarasiView) -> None:
    assert view.panes() == (view.tree, view.editor.title, view.editor.text)
    assert all(pane.isVisible() for pane in view.panes())


def test_the_report_is_written_beside_the_narrative_of_the_plan(
    empty: NarasiView, session: Session, qtbot: QtBot
) -> None:
    empty.begin_from_template()
    first = empty.tree.current_id()
    empty.sections.which.setFocus()
    qtbot.keyClick(empty.sections.which, Key.Key_Down)
    assert empty.from_template.isVisible()
    qtbot.mouseClick(empty.from_template, Qt.MouseButton.LeftButton)
    report = sections(session.plan, session.dokumen_id, LKIP)
    assert report[0].row.id == empty.tree.current_id()
    empty.sections.add()
    assert len(sections(session.plan, session.dokumen_id, LKIP)) == len(report) + 1
    empty.show_section(first)
    assert empty.sections.naskah == RENCANA
    assert empty.tree.current_id() == first


def test_a_table_is_put_on_a_line_of_its_own(empty: NarasiView, session: Session, qtbot: QtBot) -> None:
    empty.begin_from_template()
    text = empty.editor.text
    text.setPlainText("Capaian adalah sebagai berikut.")
    text.moveCursor(QTextCursor.MoveOperation.Start)
    empty.editor.bar.chosen.emit("tabel:capaian-iku")
    qtbot.keyClicks(text, "Lanjutannya.")
    assert not empty.commit()
    row = session.plan.get(Narasi, empty.tree.current_id())
    assert row.isi == "Capaian adalah sebagai berikut.\n\n{tabel:capaian-iku}\n\nLanjutannya."
    assert "tabel capaian" in text.tip("tabel:capaian-iku", True).lower()

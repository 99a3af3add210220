"""The trees by keyboard: each key is one action, one undo step, and the caret stays with the row."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator, Jabatan, Kinerja
from services import branches, edits
from services.branch_text import MIME
from services.outline import NO_PROGRAM
from services.terms import JENIS
from ui.session import Session
from ui.tasks import wait_for_tasks
from ui.tree_model import PAGU, SELISIH, TEMUAN
from ui.tree_panel import TreePanel

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[TreePanel]:
    panel = TreePanel(session)
    panel.resize(360, 640)
    panel.show()
    panel.view.setFocus()
    yield panel
    panel.setParent(None)
    panel.deleteLater()


@pytest.fixture
def at(panel: TreePanel, by_id: Callable[..., Any]) -> Callable[[type, str], Any]:
    """Put the caret on a row by its interchange id."""

    def go(cls: type, asal_id: str) -> Any:
        row = by_id(cls, asal_id)
        panel.show_row(row)
        panel.view.setFocus()
        return row

    return go


def key(qtbot: QtBot, panel: TreePanel, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    qtbot.keyClick(panel.view, key, modifiers)


def named(qtbot: QtBot, panel: TreePanel, text: str) -> None:
    """Type a name into the editor that has opened."""
    editor = panel.view.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.view.findChild(QLineEdit) is None)


def press(button: str) -> list[str]:
    """Press a button of the message that is about to open; what it says is put into the list."""
    said: list[str] = []
    timer = QTimer(QApplication.instance())

    def click() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            timer.deleteLater()
            said.extend([box.text(), box.informativeText()])
            next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == button).click()

    timer.timeout.connect(click)
    timer.start(10)
    return said


def below(session: Session, row: Any) -> list[str]:
    return [child.id for child in branches.below(session.plan, session.plan.get(type(row), row.id))]


def test_ins_adds_a_row_of_the_level_right_below(panel: TreePanel, at: Any, session: Session, qtbot: QtBot) -> None:
    row = at(Anggaran, "a4-02")
    before = [line.id for line in edits.siblings(session.plan, row)]
    key(qtbot, panel, Key.Key_Insert)
    named(qtbot, panel, "Penyediaan Tenda")
    after = [line.id for line in edits.siblings(session.plan, row)]
    fresh = panel.current_row()
    assert isinstance(fresh, Anggaran)
    assert (fresh.nama, fresh.jenis) == ("Penyediaan Tenda", row.jenis)
    place = before.index(row.id) + 1
    assert after == [*before[:place], fresh.id, *before[place:]]


@pytest.mark.parametrize(("press_key", "modifier"), [(Key.Key_Insert, SHIFT), (Key.Key_Return, CTRL)])
def test_shift_ins_and_ctrl_enter_add_a_child_of_the_next_level(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot, press_key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    row = at(Kinerja, "k2-01")
    key(qtbot, panel, press_key, modifier)
    named(qtbot, panel, "Sasaran baru")
    fresh = panel.current_row()
    assert isinstance(fresh, Kinerja)
    assert (fresh.uraian, fresh.tingkat, fresh.induk_id) == ("Sasaran baru", "sasaran_kegiatan", row.id)


def test_whole_branches_are_typed_without_the_mouse(panel: TreePanel, session: Session, qtbot: QtBot) -> None:
    panel.tabs.setCurrentIndex(1)
    panel.add("program")
    named(qtbot, panel, "Program A")
    for name in ("Kegiatan B", "Sub kegiatan C"):
        key(qtbot, panel, Key.Key_Return, CTRL)
        named(qtbot, panel, name)
    key(qtbot, panel, Key.Key_Insert)
    named(qtbot, panel, "Sub kegiatan D")
    program = next(line for line in session.plan.all(Anggaran) if line.nama == "Program A")
    rows = list(branches.walk(session.plan, [program]))
    assert [(row.jenis, row.nama) for row in rows] == [
        (JENIS[0], "Program A"),
        (JENIS[1], "Kegiatan B"),
        (JENIS[2], "Sub kegiatan C"),
        (JENIS[2], "Sub kegiatan D"),
    ]


def test_delete_says_what_goes_with_the_rows_and_undo_brings_the_caret_back(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    row = at(Anggaran, "a3-03")
    rows = {r.id for r in session.plan.rows()}
    said = press("Hapus")
    key(qtbot, panel, Key.Key_Delete)
    assert "beserta 6 baris di bawahnya" in said[0]
    assert "deret kas" in said[1]
    assert "Ctrl+Z" in said[1]
    assert session.plan.find(Anggaran, row.id) is None
    assert panel.current_row() is not None
    session.undo()
    assert {r.id for r in session.plan.rows()} == rows
    assert panel.view.current_node() == row.id
    session.redo()
    assert panel.view.current_node() != row.id
    session.undo()
    assert panel.view.current_node() == row.id


def test_several_rows_are_deleted_as_one_step(panel: TreePanel, at: Any, session: Session, qtbot: QtBot) -> None:
    first = at(Anggaran, "a4-01")
    key(qtbot, panel, Key.Key_Down, SHIFT)
    rows = panel.selected_nodes()
    assert len(rows) == 2
    count = len(session.plan.all(Anggaran))
    said = press("Hapus")
    key(qtbot, panel, Key.Key_Delete)
    assert "2 baris yang dipilih" in said[0]
    assert len(session.plan.all(Anggaran)) == count - 2
    assert session.document.undo_label == "hapus 2 sub kegiatan"
    session.undo()
    assert session.plan.get(Anggaran, first.id) == first


def test_alt_arrows_move_the_selected_siblings_and_undo_keeps_them_selected(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    at(Anggaran, "a4-06")
    key(qtbot, panel, Key.Key_Down, SHIFT)
    rows = [row.id for row in panel.selected_nodes()]
    before = [line.id for line in edits.siblings(session.plan, panel.selected_nodes()[0])]
    key(qtbot, panel, Key.Key_Down, ALT)
    after = [line.id for line in edits.siblings(session.plan, panel.selected_nodes()[0])]
    assert after == [before[2], *rows, *before[3:]]
    assert [row.id for row in panel.selected_nodes()] == rows
    session.undo()
    assert [line.id for line in edits.siblings(session.plan, panel.selected_nodes()[0])] == before
    assert [row.id for row in panel.selected_nodes()] == rows


def test_a_copied_branch_is_pasted_beside_a_row_of_its_level_and_under_a_row_of_the_level_above(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    row = at(Anggaran, "a3-03")
    children = len(below(session, row))
    key(qtbot, panel, Key.Key_C, CTRL)
    key(qtbot, panel, Key.Key_V, CTRL)
    fresh = panel.current_row()
    assert isinstance(fresh, Anggaran)
    assert (fresh.nama, fresh.induk_id) == (row.nama, row.induk_id)
    assert fresh.id != row.id
    assert len(below(session, fresh)) == children
    assert session.document.undo_label.startswith("tempel kegiatan ")
    program = at(Anggaran, "a2-01")
    key(qtbot, panel, Key.Key_V, CTRL)
    assert panel.current_row().induk_id == program.id  # type: ignore[union-attr]
    text = QGuiApplication.clipboard().text().split("\n")
    assert text[0].startswith("Kegiatan\t")
    assert len(text) >= children + 1


def test_a_cut_branch_is_shown_so_moves_when_it_is_pasted_and_keeps_its_ids(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    row = at(Kinerja, "k3-06")
    ids = {r.id for r in session.plan.rows()}
    key(qtbot, panel, Key.Key_X, CTRL)
    assert row.id in panel.model.cut
    target = at(Kinerja, "k2-02")
    key(qtbot, panel, Key.Key_V, CTRL)
    assert session.plan.get(Kinerja, row.id).induk_id == target.id
    assert {r.id for r in session.plan.rows()} == ids
    assert panel.view.current_node() == row.id
    assert not panel.model.cut
    key(qtbot, panel, Key.Key_V, CTRL)
    assert len({r.id for r in session.plan.rows()}) > len(ids)


def test_esc_lets_go_of_what_was_cut(panel: TreePanel, at: Any, qtbot: QtBot) -> None:
    at(Kinerja, "k3-06")
    key(qtbot, panel, Key.Key_X, CTRL)
    key(qtbot, panel, Key.Key_Escape)
    assert not panel.model.cut


def test_a_branch_goes_to_another_open_plan(
    panel: TreePanel, at: Any, open_copy: Any, qtbot: QtBot, qapp: QApplication
) -> None:
    row = at(Anggaran, "a2-03")
    key(qtbot, panel, Key.Key_X, CTRL)
    with open_copy("bone-2023") as document:
        other = Session(document, qapp)
        theirs = TreePanel(other)
        theirs.tabs.setCurrentIndex(1)
        theirs.view.select_first()
        count = len(other.plan.all(Anggaran))
        key(qtbot, theirs, Key.Key_V, CTRL)
        fresh = theirs.current_row()
        assert isinstance(fresh, Anggaran)
        assert fresh.nama == row.nama
        assert len(other.plan.all(Anggaran)) > count
        assert panel.session.plan.find(Anggaran, row.id) == row
        wait_for_tasks()
        other._timer.stop()
        theirs.deleteLater()
        other.setParent(None)
        other.deleteLater()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b'{"renaksi": "cabang", "versi": 9}', b"[]"])
def test_a_bad_clipboard_is_refused_with_a_sentence(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot, data: bytes
) -> None:
    at(Anggaran, "a2-03")
    rows = {r.id for r in session.plan.rows()}
    mime = QMimeData()
    mime.setText("teks")
    if data:
        mime.setData(MIME, data)
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.waitSignal(session.failed) as failed:
        key(qtbot, panel, Key.Key_V, CTRL)
    assert "alin" in failed.args[0] or "lebih baru" in failed.args[0]
    assert {r.id for r in session.plan.rows()} == rows


def test_a_branch_that_fits_nowhere_is_refused_with_a_sentence(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    at(Anggaran, "a4-02")
    key(qtbot, panel, Key.Key_C, CTRL)
    at(Anggaran, "a2-01")
    with qtbot.waitSignal(session.failed) as failed:
        key(qtbot, panel, Key.Key_V, CTRL)
    assert failed.args[0] == "Sub kegiatan tidak dapat diletakkan di bawah program; tempatnya di bawah kegiatan."


def test_ctrl_shift_d_doubles_the_branch(panel: TreePanel, at: Any, session: Session, qtbot: QtBot) -> None:
    row = at(Kinerja, "k2-01")
    indicators = len(session.plan.where(Indikator, "kinerja_id", row.id))
    key(qtbot, panel, Key.Key_D, CTRL | SHIFT)
    fresh = panel.current_row()
    assert isinstance(fresh, Kinerja)
    assert fresh.id != row.id
    assert len(session.plan.where(Indikator, "kinerja_id", fresh.id)) == indicators
    assert session.document.undo_label == "gandakan sasaran strategis Meningkatnya Koperasi yang..."


@pytest.mark.parametrize(("button", "numbers"), [("Yang seinduk", ["1", "2", "3"]), ("Batal", ["6", "7", "8"])])
def test_renumbering_asks_which_rows(
    panel: TreePanel, at: Any, session: Session, button: str, numbers: list[str]
) -> None:
    at(Kinerja, "k3-07")
    press(button)
    panel.renumber()
    parent = panel.current_row().induk_id  # type: ignore[union-attr]
    assert [k.nomor for k in session.plan.where(Kinerja, "induk_id", parent)] == numbers


def test_ctrl_digits_open_the_tree_down_to_a_level(panel: TreePanel, at: Any, qtbot: QtBot) -> None:
    def shown() -> set[str]:
        found, index = set(), panel.model.index(0, 0)
        while index.isValid():
            row = panel.model.row_of(index)
            found.add("" if row is None else getattr(row, "jenis", "indikator"))
            index = panel.view.indexBelow(index)
        return found

    at(Anggaran, "a4-02")
    key(qtbot, panel, Key.Key_1, CTRL)
    assert shown() == {"program", ""}
    assert panel.current_row() is None
    key(qtbot, panel, Key.Key_2, CTRL)
    assert shown() == {"program", "kegiatan", ""}
    key(qtbot, panel, Key.Key_3, CTRL)
    assert shown() >= {"program", "kegiatan", "sub_kegiatan"}
    panel.tabs.setCurrentIndex(0)
    assert [name for _, name in panel.levels()] == [
        "Sasaran strategis",
        "Sasaran kegiatan",
        "Sasaran sub kegiatan",
        "Sasaran individu",
        "Indikator",
    ]


def test_scroll_position_and_open_branches_survive_a_change_far_away(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    panel.expand_to(6)
    at(Kinerja, "k2-01")
    bar = panel.view.verticalScrollBar()
    bar.setValue(5)
    open_rows = set(panel.view._open)
    other = session.plan.all(Kinerja)[-1]
    session.edit("hapus", edits.remove(session.plan, other))
    assert bar.value() == 5
    session.undo()
    assert bar.value() == 5
    assert panel.view._open == open_rows
    assert panel.view.current_node() == at(Kinerja, "k2-01").id


def test_the_filter_marks_matches_and_gives_the_tree_back_as_it_was(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    text, _ = panel.filters["kinerja"]
    order = [panel.model.index(i, 0).data() for i in range(panel.model.rowCount())]
    chosen: list[Any] = []
    panel.chosen.connect(chosen.append)
    qtbot.keyClicks(text, "umkm formal")
    assert panel.model.words == ("umkm", "formal")
    shown = list(panel.model.outline.nodes())
    rows = [panel.model.outline.row(node) for node in shown]
    assert any("UMKM yang Formal" in (getattr(row, "uraian", "") or "") for row in rows)
    assert all(panel.view.isExpanded(panel.model.index_of(n)) for n in shown if panel.model.outline.children(n))
    qtbot.waitUntil(lambda: bool(chosen))
    qtbot.keyClick(text, Key.Key_A, CTRL)
    qtbot.keyClick(text, Key.Key_Delete)
    assert [panel.model.index(i, 0).data() for i in range(panel.model.rowCount())] == order
    assert panel.view._open == set()
    qtbot.keyClicks(text, "xyzxyz")
    assert panel.model.rowCount() == 0
    assert "tidak ada baris yang cocok" in panel._empty["kinerja"].text().lower()


def test_a_renamed_row_is_found_by_its_new_name(panel: TreePanel, at: Any, session: Session, qtbot: QtBot) -> None:
    row = at(Anggaran, "a4-02")
    text, _ = panel.filters["anggaran"]
    qtbot.keyClicks(text, "tenda")
    assert panel.model.rowCount() == 0
    text.clear()
    session.edit("nama", edits.set_field(row, "nama", "Sewa Tenda"))
    qtbot.keyClicks(text, "tenda")
    assert row.id in panel.model.outline


def test_columns_are_shown_hidden_and_remembered(panel: TreePanel, session: Session, qtbot: QtBot) -> None:
    view = panel.views["kinerja"]
    assert [view.isColumnHidden(c) for c in (PAGU, SELISIH, TEMUAN)] == [True, True, False]
    action = next(a for a in view.menu().actions() if a.text() == "Kolom Selisih")
    action.trigger()
    assert not view.isColumnHidden(SELISIH)
    QSettings().sync()
    again = TreePanel(session)
    assert not again.views["kinerja"].isColumnHidden(SELISIH)
    assert again.views["kinerja"].isColumnHidden(PAGU)
    again.deleteLater()


def test_pagu_and_difference_stand_beside_the_rows(panel: TreePanel, at: Any, session: Session) -> None:
    program = at(Anggaran, "a2-03")
    total = session.rollup.children(program.id).pagu
    assert program.pagu == total
    assert panel.model.index_of(program.id, SELISIH).data() == "0"
    session.edit("pagu", edits.set_field(program, "pagu", total + 5))
    assert panel.model.index_of(program.id, SELISIH).data() == "5"
    assert "dikurangi jumlah" in panel.model.index_of(program.id, SELISIH).data(Qt.ItemDataRole.ToolTipRole)
    node = at(Kinerja, "k2-02")
    assert panel.model.index_of(node.id, PAGU).data().count(".") == 3
    panel.tabs.setCurrentIndex(1)
    assert panel.model.index_of(NO_PROGRAM, SELISIH).data() == "0"


def test_the_menu_of_a_row_names_every_command_with_its_key(panel: TreePanel, at: Any, qtbot: QtBot) -> None:
    from ui.tree_menu import tree_menu

    at(Kinerja, "k2-01")
    menu = tree_menu(panel)
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert "Tambah sasaran strategis di bawahnya\tIns" in texts
    assert "Tambah anak: sasaran kegiatan\tShift+Ins" in texts
    assert "Nomori ulang..." in texts
    expand = next(action for action in menu.actions() if action.text().replace("&", "") == "Bentangkan sampai")
    entries = [action.text() for action in expand.menu().actions()]
    assert entries[1] == "Sasaran kegiatan\tCtrl+2"
    expand.menu().actions()[1].trigger()
    assert panel.view.isExpanded(panel.model.index(0, 0))
    menu.deleteLater()


def test_a_row_that_the_filter_hid_does_not_call_the_caret_back_later(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    hidden, other = at(Kinerja, "k2-01"), session.plan.all(Kinerja)[-1]
    text, _ = panel.filters["kinerja"]
    qtbot.keyClicks(text, "umkm")
    assert hidden.id not in panel.model.outline
    session.edit("hapus", edits.remove(session.plan, other))
    qtbot.waitUntil(lambda: panel.view.current_node() == panel.view._current)
    text.clear()
    chosen = panel.view.current_node()
    assert chosen != hidden.id
    session.undo()
    assert panel.view.current_node() in (chosen, other.id)


def test_ctrl_held_while_pasting_leaves_one_row_selected(
    panel: TreePanel, at: Any, session: Session, qtbot: QtBot
) -> None:
    at(Anggaran, "a4-06")
    key(qtbot, panel, Key.Key_C, CTRL)
    for _ in range(2):
        key(qtbot, panel, Key.Key_V, CTRL)
        assert [row.id for row in panel.selected_nodes()] == [panel.view.current_node()]


def test_of_a_pasted_branch_it_is_said_whose_position_is_not_there(
    panel: TreePanel, at: Any, session: Session, open_copy: Any, qtbot: QtBot, qapp: QApplication
) -> None:
    row = next(r for r in session.plan.all(Anggaran) if r.penanggung_jawab_id and r.jenis == "program")
    at(Anggaran, row.asal_id)
    person = session.plan.get(Jabatan, row.penanggung_jawab_id or "")
    said: list[str] = []
    session.failed.connect(said.append)
    key(qtbot, panel, Key.Key_C, CTRL)
    key(qtbot, panel, Key.Key_V, CTRL)
    assert said == []
    with open_copy("bone-2023") as document:
        other = Session(document, qapp)
        theirs = TreePanel(other)
        other.failed.connect(said.append)
        theirs.tabs.setCurrentIndex(1)
        theirs.view.select_first()
        key(qtbot, theirs, Key.Key_V, CTRL)
        fresh = theirs.current_row()
        assert isinstance(fresh, Anggaran)
        assert fresh.penanggung_jawab_id is None
        assert len(said) == 1
        assert said[0].startswith("Penanggung jawab ")
        assert f"“{person.nama}”" in said[0]
        wait_for_tasks()
        other._timer.stop()
        theirs.deleteLater()
        other.setParent(None)
        other.deleteLater()

"""Merging in the window: from the copies to one step, what waits afterwards, and what a copy says of itself."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from plan_window import plan_window
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, Indikator, Kinerja, Konflik, Row
from services import edits
from services.copies import send_copy
from services.document import Document
from ui.main_window import SUSUN, MainWindow
from ui.merge_control import MergeControl
from ui.merge_delegate import RADIO
from ui.merge_model import KITA, MEREKA, TEMPAT
from ui.merge_start import merge_copies, merge_from_start
from ui.merge_view import MergeView
from ui.tasks import wait_for_tasks
from ui.windows import Windows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(tmp_path: Path, published: Callable[[str], Path], qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a small plan open, shown."""
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("bone-2023"), path)
    with plan_window(path) as window:
        yield window


def control(window: MainWindow) -> MergeControl:
    assert window.merging is not None
    return window.merging


def view(window: MainWindow) -> MergeView:
    shown = control(window).view
    assert shown is not None
    return shown


def put(document: Document, row: Row, field: str, value: object) -> None:
    today = document.plan.get(type(row), row.id)
    document.edit("isi", [Change(today, replace(today, **{field: value}))])


@pytest.fixture
def lines(window: MainWindow) -> list[Anggaran]:
    """Three sub kegiatan of the open plan."""
    assert window.session is not None
    return [row for row in window.session.plan.all(Anggaran) if row.jenis == "sub_kegiatan"][:3]


@pytest.fixture
def copy(window: MainWindow, lines: list[Anggaran], tmp_path: Path) -> Path:
    """A copy that comes back: two disputed amounts, two names that only they changed, one of them not theirs."""
    assert window.session is not None
    document, path = window.session.document, tmp_path / "Salinan Bidang.db"
    send_copy(document, "Bidang Koperasi", path, [lines[0].id, lines[1].id])
    with Document.open(path) as theirs:
        for number, line in enumerate(lines):
            put(theirs, line, "nama", f"Nama {number}")
            if number < 2:
                put(theirs, line, "pagu", 2_000 + number)
        theirs.file.publish()
    for number, line in enumerate(lines[:2]):
        put(document, line, "pagu", 1_000 + number)
    return path


@pytest.fixture
def merging(window: MainWindow, copy: Path, qtbot: QtBot) -> MergeView:
    """The preview of that merge."""
    control(window).start([copy])
    qtbot.waitUntil(lambda: control(window).view is not None, timeout=20_000)
    return view(window)


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not control(window).running, timeout=20_000)


def press(button: str, said: list[str] | None = None) -> None:
    """Press a button of the dialog that is about to open, whenever that is."""
    timer = QTimer(QApplication.instance())

    def click() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            timer.deleteLater()
            if said is not None:
                said.append(box.text())
            next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "").startswith(button)).click()

    timer.timeout.connect(click)
    timer.start(10)


def pagu(window: MainWindow, line: Anggaran) -> int | None:
    assert window.session is not None
    return window.session.plan.get(Anggaran, line.id).pagu


def test_the_head_tells_what_comes_in_and_what_is_disputed(merging: MergeView, window: MainWindow) -> None:
    counts = [count.text() for count in merging.head.findChildren(type(merging.undecided))]
    assert counts == ["3 masuk dari mereka", "0 tetap milik kita", "2 bertentangan", "2 belum dipilih"]
    assert merging.head.title.text() == "Gabung salinan Bidang Koperasi"
    assert "Salinan Bidang.db" in merging.head.about.text()
    assert not window.bar.isVisible()
    assert window.focusWidget() is merging.table
    assert [merging.model.headerData(at, Qt.Orientation.Horizontal) for at in (KITA, MEREKA)] == [
        "Kita",
        "Mereka (Bidang Koperasi)",
    ]


def test_alt_2_and_alt_3_choose_and_go_down_and_delete_takes_it_back(merging: MergeView, qtbot: QtBot) -> None:
    first, second = merging.model.lines[:2]
    qtbot.keyClick(merging.table, Qt.Key.Key_3, ALT)
    assert (merging.preview.side(first), merging.table.currentIndex().row()) == ("mereka", 1)
    qtbot.keyClick(merging.table, Qt.Key.Key_2, ALT)
    assert merging.preview.side(second) == "kita"
    assert merging.undecided.text() == "0 belum dipilih"
    assert "Semua sudah dipilih" in merging.foot_note.text()
    qtbot.keyClick(merging.table, Qt.Key.Key_Delete)
    assert merging.preview.side(second) is None
    assert merging.foot_note.text().startswith("1 belum dipilih. Sementara nilai kita yang dipakai")


def test_a_click_on_a_value_chooses_it_and_a_second_one_takes_it_back(merging: MergeView, qtbot: QtBot) -> None:
    line = merging.model.lines[0]
    place = merging.table.visualRect(merging.model.index(0, MEREKA)).topLeft() + QPoint(RADIO // 2, 20)
    for side in ("mereka", None):
        qtbot.mouseClick(merging.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert merging.preview.side(line) == side
    inert = merging.table.visualRect(merging.model.index(1, TEMPAT)).center()
    qtbot.mouseClick(merging.table.viewport(), Qt.MouseButton.LeftButton, pos=inert)
    assert merging.table.currentIndex().row() == 1
    assert merging.preview.side(merging.model.lines[1]) is None


def test_bulk_buttons_act_on_the_rows_shown_and_say_how_many(merging: MergeView, lines: list[Anggaran]) -> None:
    assert merging.shown.text() == "2 yang tampil:"
    merging.tree.chosen.emit(merging.model.lines[0].path[-1])
    assert merging.shown.text() == "1 yang tampil:"
    chosen = merging.model.lines[0]
    merging.keep_theirs.click()
    merging.tree.chosen.emit("")
    assert [merging.preview.side(line) for line in merging.model.lines] == [None, "mereka"], "not chosen ones first"
    assert merging.model.lines[1] is chosen


def test_all_changes_are_shown_with_those_outside_the_part_and_one_can_be_left_out(
    merging: MergeView, window: MainWindow, lines: list[Anggaran], qtbot: QtBot
) -> None:
    merging.which.set_index(1)
    assert len(merging.model.lines) == 5
    kind = merging.kinds.findText("Di luar bagian (1)")
    merging.kinds.setCurrentIndex(kind)
    merging.kinds.activated.emit(kind)
    (line,) = merging.model.lines
    assert line.key == ("anggaran", lines[2].id)
    assert "di luar bagiannya" in merging.model.data(merging.model.index(0, TEMPAT), Qt.ItemDataRole.ToolTipRole)
    qtbot.keyClick(merging.table, Qt.Key.Key_2, ALT)
    merging.merge_button.click()
    settled(window, qtbot)
    assert window.session is not None
    names = [window.session.plan.get(Anggaran, each.id).nama for each in lines]
    assert names == ["Nama 0", "Nama 1", lines[2].nama]


def test_a_merge_with_open_conflicts_is_one_step_and_they_wait_in_the_window(
    merging: MergeView, window: MainWindow, lines: list[Anggaran], qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    qtbot.keyClick(merging.table, Qt.Key.Key_3, ALT)
    chosen = merging.model.lines[0].key[1]
    merging.merge_button.click()
    settled(window, qtbot)
    assert window.bar.view() == SUSUN
    assert window.bar.isVisible()
    assert [pagu(window, each) for each in lines[:2]] == [
        2_000 + at if each.id == chosen else 1_000 + at for at, each in enumerate(lines[:2])
    ]
    assert session.document.undo_label == "gabung Salinan Bidang.db"
    notice = control(window).notice
    assert notice.isVisible()
    assert notice.words.text().startswith("1 pertentangan menunggu keputusan")
    window.actions_.undo_steps(1)
    assert [pagu(window, each) for each in lines[:2]] == [1_000, 1_001]
    assert not notice.isVisible()
    window.actions_.redo_steps(1)
    assert len(session.plan.all(Konflik)) == 1


def test_what_waits_is_decided_later(
    merging: MergeView, window: MainWindow, lines: list[Anggaran], qtbot: QtBot
) -> None:
    merging.merge_button.click()
    settled(window, qtbot)
    control(window).notice.button.click()
    qtbot.waitUntil(lambda: control(window).view is not None, timeout=20_000)
    waiting = view(window)
    assert waiting.head.title.text() == "Pertentangan yang belum diputuskan"
    assert not waiting.merge_button.isEnabled(), "nothing is chosen yet"
    waiting.table.choose("mereka")
    waiting.merge_button.click()
    settled(window, qtbot)
    assert window.session is not None
    assert window.session.document.undo_label == "putuskan 1 pertentangan"
    assert len(window.session.plan.all(Konflik)) == 1
    assert sorted(pagu(window, each) or 0 for each in lines[:2])[1] in (2_000, 2_001)
    control(window).show_conflicts()
    settled(window, qtbot)
    view(window).keep_ours.click()
    view(window).merge_button.click()
    settled(window, qtbot)
    assert not window.session.plan.all(Konflik)
    assert not control(window).notice.isVisible()


def test_the_preview_stays_while_one_looks_at_the_plan_and_follows_what_is_typed(
    merging: MergeView, window: MainWindow, lines: list[Anggaran], qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    qtbot.keyClick(merging.table, Qt.Key.Key_3, ALT)
    chosen = merging.model.lines[0].key
    qtbot.keyClick(merging.table, Qt.Key.Key_Escape)
    notice = control(window).notice
    assert window.bar.view() == SUSUN
    assert notice.words.text() == "Gabung salinan Bidang Koperasi: belum digabungkan."
    assert session.edit("isi", edits.set_field(session.plan.get(Anggaran, lines[2].id), "nama", "Diketik sekarang"))
    merge_copies(window)
    qtbot.waitUntil(lambda: control(window).view not in (None, merging), timeout=20_000)
    again = view(window)
    disputed = {line.key: again.preview.side(line) for line in again.preview.lines if line.konflik}
    assert len(disputed) == 3, "the name is disputed now"
    assert disputed[chosen] == "mereka"
    again.cancel_button.click()
    assert control(window).view is None
    assert not notice.isVisible()
    assert pagu(window, lines[0]) == 1_000


def test_f6_goes_round_table_bulk_buttons_branches_and_the_main_button(merging: MergeView, window: MainWindow) -> None:
    seen = []
    for _ in range(4):
        window.cycle_focus(1)
        seen.append(window.focusWidget())
    assert seen == [merging.keep_ours, merging.tree, merging.merge_button, merging.table]


def test_every_control_says_what_it_is(merging: MergeView) -> None:
    assert merging.keep_theirs.accessibleName() == "Pakai mereka untuk 2 baris yang tampil"
    assert merging.tree.accessibleName() == "Cabang"
    for widget in (merging.table, merging.tree, merging.kinds):
        assert widget.accessibleName()
    spoken = merging.model.data(merging.model.index(0, TEMPAT), Qt.ItemDataRole.AccessibleTextRole)
    assert "Pagu, belum dipilih" in spoken
    top = merging.tree.model().index(0, 0)
    assert top.data(Qt.ItemDataRole.AccessibleTextRole) == "Seluruh rencana, 3 masuk, 2 bertentangan"


def test_a_merge_that_deletes_much_asks_first(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    path = tmp_path / "kosong.db"
    send_copy(session.document, "Bidang", path)
    with Document.open(path) as theirs:
        for row in [row for row in theirs.plan.all(Anggaran) if row.induk_id is None]:
            theirs.edit("hapus", edits.remove(theirs.plan, row))
        theirs.file.publish()
    count = len(session.plan.all(Anggaran))
    control(window).start([path])
    qtbot.waitUntil(lambda: control(window).view is not None, timeout=20_000)
    said: list[str] = []
    press("Batal", said)
    view(window).merge_button.click()
    assert "akan menghapus" in said[0]
    assert len(session.plan.all(Anggaran)) == count
    press("Hapus")
    view(window).merge_button.click()
    settled(window, qtbot)
    assert not session.plan.all(Anggaran)


def test_files_that_do_not_fit_are_told_in_sentences(
    window: MainWindow, published: Callable[[str], Path], tmp_path: Path, qtbot: QtBot
) -> None:
    said: list[str] = []
    press("Tutup", said)
    control(window).start([published("lampung-2019")])
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "bukan salinan dari rencana ini" in said[0]
    assert control(window).view is None


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    both, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), both, mime, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), both, mime, left, none))


def test_a_copy_that_is_dropped_is_merged_and_another_plan_is_opened(
    window: MainWindow, copy: Path, published: Callable[[str], Path], tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "lain.db"
    shutil.copyfile(published("lampung-2019"), other)
    drop(window, copy, other)
    qtbot.waitUntil(lambda: control(window).view is not None, timeout=20_000)
    assert view(window).head.title.text() == "Gabung salinan Bidang Koperasi"
    names = [w.session.document.file.path.stem for w in window.windows.all() if w.session]
    assert names == ["rencana", "lain"]
    fresh = window.windows.all()[-1]
    fresh.close()


def test_the_plan_may_be_closed_while_copies_are_read(window: MainWindow, copy: Path) -> None:
    control(window).start([copy])
    window.show_start()
    wait_for_tasks()
    assert window.merging is None
    assert window.start is not None


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on its start page."""
    window = MainWindow(Windows())
    window.show()
    window.show_start()
    yield window
    for each in (*window.windows.all(), window):
        each.close()
        each.deleteLater()


def test_the_start_page_asks_for_the_plan_and_its_copies(
    start: MainWindow, published: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path, copy = tmp_path / "rencana.db", tmp_path / "salinan.db"
    shutil.copyfile(published("bone-2023"), path)
    with Document.open(path) as document:
        send_copy(document, "Bidang", copy)
    with Document.open(copy) as theirs:
        put(theirs, theirs.plan.all(Kinerja)[0], "uraian", "Dari Bidang")
        theirs.file.publish()
    assert start.start is not None
    button = start.start.left.merge
    assert button.text() == "Gabung salinan..."
    assert start.start.left.new.nextInFocusChain() is button
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(copy)], ""))
    merge_from_start(start)
    qtbot.waitUntil(lambda: start.merging is not None and start.merging.view is not None, timeout=20_000)
    assert [line.mereka for line in view(start).preview.lines] == ["Dari Bidang"]
    view(start).merge_button.click()
    settled(start, qtbot)
    assert start.session is not None
    assert start.session.plan.all(Kinerja)[0].uraian == "Dari Bidang"


def test_a_copy_says_whose_it_is_and_warns_of_an_edit_outside_its_part(
    window: MainWindow, copy: Path, lines: list[Anggaran]
) -> None:
    assert window.open_plan(copy)
    theirs = window.windows.all()[-1]
    assert theirs.session is not None
    (label,) = [w for w in theirs.status.children() if getattr(w, "text", str)().startswith("Salinan untuk")]
    assert label.text() == "Salinan untuk Bidang Koperasi, 2 bagian"
    assert "Nama 0" in label.toolTip()
    plan, notice = theirs.session.plan, control(theirs).notice
    theirs.session.edit("isi", edits.set_field(plan.get(Anggaran, lines[0].id), "nama", "Boleh"))
    assert not notice.isVisible()
    theirs.session.edit("isi", edits.set_field(plan.get(Anggaran, lines[2].id), "nama", "Bukan bagiannya"))
    assert notice.isVisible()
    assert "di luar bagian Bidang Koperasi" in notice.words.text()
    notice.button.click()
    assert plan.get(Anggaran, lines[2].id).nama == "Nama 2"
    assert not notice.isVisible()
    theirs.close()


def test_ten_thousand_conflicts_are_one_list_that_is_chosen_in_bulk(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    document, path, first = session.document, tmp_path / "b.db", session.plan.all(Anggaran)[0]
    made = [replace(first, id=f"n{at}", kode=None, induk_id=None, jenis="sub_kegiatan", pagu=0) for at in range(833)]
    kas = {"dokumen_id": first.dokumen_id, "jenis": "kas", "periode": "bulan", "kumulatif": 1, "nilai": (0,) * 12}
    series = [DeretAnggaran(id=f"k{at}", anggaran_id=f"n{at}", **kas) for at in range(833)]
    document.edit("isi", [Change(None, row) for row in (*made, *series)])
    send_copy(document, "Bidang", path)
    with Document.open(path) as theirs:
        theirs.edit("isi", [Change(row, replace(row, nilai=(2,) * 12)) for row in series])
        put(theirs, made[0], "nama", "Nama lain")
        put(theirs, made[1], "nama", "Nama lain")
        for row in made[2:6]:
            put(theirs, row, "pagu", 2)
        theirs.file.publish()
    document.edit("isi", [Change(row, replace(row, nilai=(1,) * 12)) for row in series])
    for row in made[2:6]:
        put(document, row, "pagu", 1)
    control(window).start([path])
    qtbot.waitUntil(lambda: control(window).view is not None, timeout=60_000)
    merging = view(window)
    assert merging.model.rowCount() == 10_000
    merging.table.scrollToBottom()
    assert merging.table.indexAt(QPoint(60, merging.table.viewport().height() - 5)).row() == 9_999
    merging.keep_theirs.click()
    assert merging.open_count() == 0
    merging.merge_button.click()
    settled(window, qtbot)
    assert session.plan.get(DeretAnggaran, "k832").nilai == (2,) * 12
    assert not session.plan.all(Konflik)


@pytest.fixture
def two_copies(window: MainWindow, lines: list[Anggaran], tmp_path: Path, qtbot: QtBot) -> MergeView:
    """The first copy changes an amount, the second one does too, and deletes a line whose name the first changed."""
    assert window.session is not None
    document, paths = window.session.document, []
    for number, name in enumerate(("Bidang Koperasi", "Bidang UMKM")):
        path = tmp_path / f"rencana {name}.db"
        send_copy(document, name, path)
        with Document.open(path) as theirs:
            put(theirs, lines[0], "pagu", 41 + number)
            if number:
                theirs.edit("hapus", edits.remove(theirs.plan, theirs.plan.get(Anggaran, lines[1].id)))
            else:
                put(theirs, lines[1], "nama", "Nama baru")
                indikator = theirs.plan.where(Indikator, "anggaran_id", lines[1].id)[0]
                put(theirs, indikator, "uraian", "Ukuran baru")
            theirs.file.publish()
        paths.append(path)
    control(window).start(paths)
    qtbot.waitUntil(lambda: control(window).view is not None, timeout=20_000)
    return view(window)


def at(merging: MergeView, table: str, row_id: str = "") -> int:
    keys = [line.key for line in merging.model.lines]
    return next(n for n, key in enumerate(keys) if key[0] == table and row_id in ("", key[1]))


def test_of_two_copies_each_value_says_whose_it_is_and_the_one_of_before_may_be_chosen(
    two_copies: MergeView, window: MainWindow, lines: list[Anggaran], qtbot: QtBot
) -> None:
    model, table = two_copies.model, two_copies.table
    row = at(two_copies, "anggaran", lines[0].id)
    line = model.lines[row]
    assert [model.source(line, column) for column in (KITA, MEREKA)] == ["Bidang Koperasi", "Bidang UMKM"]
    assert "Bidang UMKM" in model.data(model.index(row, MEREKA), Qt.ItemDataRole.AccessibleTextRole)
    assert "nilai salinan yang lebih dahulu digabung yang dipakai" in two_copies.foot_note.text()
    table.setCurrentIndex(model.index(row, TEMPAT))
    qtbot.keyClick(table, Qt.Key.Key_1, ALT)
    assert two_copies.preview.side(line) == "dasar"
    assert not table.grab().isNull()
    two_copies.merge_button.click()
    settled(window, qtbot)
    assert pagu(window, lines[0]) == lines[0].pagu


def test_a_deletion_settles_what_hangs_under_it_and_the_row_says_so(
    two_copies: MergeView, window: MainWindow, lines: list[Anggaran], qtbot: QtBot
) -> None:
    model = two_copies.model
    above, below = at(two_copies, "anggaran", lines[1].id), at(two_copies, "indikator")
    model.choose(below, "kita")
    model.choose(above, "mereka")
    assert two_copies.preview.side(model.lines[below]) == "mereka"
    tip = model.data(model.index(below, TEMPAT), Qt.ItemDataRole.ToolTipRole)
    assert "Ikut dihapus bersama sub kegiatan Nama baru" in tip
    two_copies.table.setCurrentIndex(model.index(below, TEMPAT))
    qtbot.keyClick(two_copies.table, Qt.Key.Key_Delete)
    assert two_copies.preview.side(model.lines[below]) == "mereka", "it is settled by the row above"
    model.choose(at(two_copies, "anggaran", lines[0].id), "kita")
    assert "Semua sudah dipilih" in two_copies.foot_note.text()
    two_copies.merge_button.click()
    settled(window, qtbot)
    assert window.session is not None
    assert window.session.plan.find(Anggaran, lines[1].id) is None
    assert not window.session.plan.all(Konflik)
    assert not control(window).notice.isVisible()


def test_what_waits_is_said_again_after_one_has_looked_at_it(
    merging: MergeView, window: MainWindow, qtbot: QtBot
) -> None:
    merging.merge_button.click()
    settled(window, qtbot)
    control(window).show_conflicts()
    settled(window, qtbot)
    view(window).cancel_button.click()
    assert control(window).notice.isVisible()
    assert control(window).notice.words.text().startswith("2 pertentangan menunggu")

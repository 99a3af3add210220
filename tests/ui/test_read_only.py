"""A plan that is open only to be read: nothing begins to change it, each try is answered, all else can be done."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QDragMoveEvent, QDropEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Indikator, Kinerja, Row
from services.document import Document
from services.forms import FORMS
from ui.details_more import OTHERS, MoreDialog
from ui.faces import AKSI, CAPAIAN, REALISASI, RENCANA
from ui.main_window import FORMULIR, NASKAH, POHON, SUSUN, MainWindow
from ui.read_only import REASON
from ui.schedule_model import FIRST
from ui.schedule_view import ScheduleView
from ui.windows import Windows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard|[Pp]rint|CUPS|cups")
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CHANGES = {
    "Simpan sekarang",
    "Identitas rencana...",
    "Dokumen perubahan...",
    "Tahun berikut...",
    "Impor dokumen...",
    "Kirim salinan...",
    "Gabung salinan...",
    "Bagi...",
    "Ganti nama",
    "Hapus baris...",
    "Gandakan",
    "Potong cabang",
    "Tempel cabang",
    "Tambah baris setingkat",
    "Tambah anak",
    "Tambah indikator",
    "Tambah dari nomenklatur...",
    "Pindah ke atas",
    "Pindah ke bawah",
    "Gantungkan pada baris di atasnya",
    "Lepaskan dari induknya",
    "Nomori ulang",
    "Organisasi dan pejabat...",
    "Catatan periode...",
    "Tutup periode...",
    "Buka lagi periode...",
    "Baca lembar isian...",
    "Setelan capaian...",
}
STAYS = {
    "Buka...",
    "Simpan sebagai...",
    "Ekspor data (renaksi-json)...",
    "Cadangan...",
    "Cari...",
    "Cari dan ganti...",
    "Salin cabang",
    "Riwayat...",
    "Riwayat sel ini...",
    "Daftar temuan",
    "Cetak...",
    "Ekspor PDF...",
    "Ringkasan...",
    "Cocokkan cetakan...",
    "Lembar isian untuk Bidang (XLSX)...",
}
ENDS = {"Tutup rencana", "Keluar", "Jendela baru", "Jendela berikut", "Jendela sebelumnya", "Panduan"}
"""Not tried: they close the window, or open another."""


class Closer(QObject):
    """Closes each dialog that opens, and keeps what they were."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._close)
        self._timer.start()

    def _close(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QDialog):
            self.seen.append(type(box).__name__)
            box.reject()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()


@pytest.fixture
def closer(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Closer]:
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        none: object = ([], "") if name == "getOpenFileNames" else ("", "")
        monkeypatch.setattr(QFileDialog, name, lambda *given, none=none: none)
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: 0)
    closer = Closer()
    yield closer
    closer._timer.stop()


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("buleleng-2022"), path)
    return path


@pytest.fixture
def window(plan: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The Buleleng plan, open to be read."""
    window = MainWindow(Windows())
    window.resize(1366, 738)
    window.show()
    window.show_plan(Document.open(plan, read_only=True))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()


def rows(window: MainWindow) -> list[Row]:
    assert window.session is not None
    return list(window.session.plan.rows())


def said(window: MainWindow) -> bool:
    """Whether the status line gives the reason; it is empty afterwards."""
    text = window.status.currentMessage()
    window.status.clearMessage()
    return text.startswith(REASON)


def commands(window: MainWindow) -> dict[str, QAction]:
    """The commands of the menu bar by their words, those of the forms and of what was open lately aside."""
    found: dict[str, QAction] = {}

    def collect(menu: QMenu) -> None:
        for action in menu.actions():
            below = action.menu()
            if isinstance(below, QMenu):
                collect(below)
            elif action.text():
                found.setdefault(action.text().split("\t")[0].replace("&", ""), action)

    for top in window.menuBar().actions():
        menu = top.menu()
        assert isinstance(menu, QMenu)
        collect(menu)
    return found


def test_each_command_that_changes_the_plan_is_put_out_with_the_reason(window: MainWindow) -> None:
    there = commands(window)
    assert there.keys() >= CHANGES | STAYS
    assert [name for name in sorted(CHANGES) if there[name].isEnabled()] == []
    assert [name for name in sorted(CHANGES) if there[name].toolTip() != REASON] == []
    assert [name for name in sorted(STAYS) if not there[name].isEnabled()] == []
    for level in ("Tujuan", "Sub Kegiatan", "Sasaran Strategis"):
        name = next(name for name in there if name.casefold() == level.casefold())
        assert not there[name].isEnabled(), name


def test_in_a_plan_that_may_be_changed_they_can_be_done(plan: Path, qtbot: QtBot) -> None:
    window = MainWindow(Windows())
    window.show()
    assert window.open_plan(plan)
    there = commands(window)
    assert [name for name in sorted(CHANGES | STAYS) if not there[name].isEnabled()] == []
    assert [name for name, action in there.items() if action.toolTip() == REASON] == []
    window.close()
    window.deleteLater()


def test_what_can_still_be_done_changes_nothing(window: MainWindow, closer: Closer, qtbot: QtBot) -> None:
    assert window.session is not None
    path = window.session.document.file.path
    before, written = rows(window), path.read_bytes()
    tried, forms = 0, [form.title for form in FORMS.values()]
    for name, action in commands(window).items():
        if action.isEnabled() and name not in (*ENDS, *forms[2:]):
            action.trigger()
            QApplication.processEvents()
            tried += 1
            assert rows(window) == before, name
    assert tried > 30
    assert path.read_bytes() == written


KEYS = (
    (Qt.Key.Key_X, NONE),
    (Qt.Key.Key_7, NONE),
    (Qt.Key.Key_F2, NONE),
    (Qt.Key.Key_Delete, NONE),
    (Qt.Key.Key_Insert, NONE),
    (Qt.Key.Key_Insert, SHIFT),
    (Qt.Key.Key_Return, CTRL),
    (Qt.Key.Key_Backspace, NONE),
    (Qt.Key.Key_X, CTRL),
    (Qt.Key.Key_V, CTRL),
    (Qt.Key.Key_D, CTRL),
    (Qt.Key.Key_R, CTRL),
    (Qt.Key.Key_B, CTRL),
    (Qt.Key.Key_I, CTRL),
    (Qt.Key.Key_D, CTRL | SHIFT),
    (Qt.Key.Key_F2, SHIFT),
    (Qt.Key.Key_Up, ALT),
    (Qt.Key.Key_Right, ALT),
    (Qt.Key.Key_Down, ALT),
    (Qt.Key.Key_F4, NONE),
    (Qt.Key.Key_Space, NONE),
    (Qt.Key.Key_Delete, CTRL),
)
ANSWERED = {
    "tree": ("F2", "Delete", "Insert", "Shift+Insert", "Ctrl+X", "Ctrl+V", "Alt+Up", "Ctrl+I", "Ctrl+Shift+D"),
    "grid": ("X", "7", "F2", "Delete", "Ctrl+X", "Ctrl+V", "Ctrl+D", "Ctrl+R", "Ctrl+B", "Shift+F2"),
    "realisasi": ("7", "F2", "Delete", "Ctrl+V", "Shift+F2"),
    "capaian": ("7", "Delete"),
    "aksi": ("X", "F2", "Delete", "Insert", "Ctrl+X", "Ctrl+V", "Space", "Ctrl+D"),
    "field": ("X", "Delete", "Ctrl+V", "F4", "Ctrl+I"),
    "pohon": ("F2", "Delete", "Insert", "Shift+Insert", "Ctrl+X", "Ctrl+V", "Ctrl+I", "Alt+Up"),
    "naskah": ("X", "Delete", "Backspace", "Ctrl+V"),
    "sections": ("F2", "Delete", "Insert", "Alt+Up", "Alt+Right"),
}


def name_of(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
    from PySide6.QtCore import QKeyCombination
    from PySide6.QtGui import QKeySequence

    return QKeySequence(QKeyCombination(held, key)).toString().replace("Del", "Delete").replace("Ins", "Insert")


def place(window: MainWindow, where: str) -> QWidget:
    """Turn to a part of the window; what has the keys there."""
    assert window.work is not None
    work = window.work
    faces = {"grid": RENCANA, "realisasi": REALISASI, "capaian": CAPAIAN, "aksi": AKSI}
    if where in faces:
        line = next(line for line in window.session.plan.all(Anggaran) if line.jenis == "sub_kegiatan")  # type: ignore[union-attr]
        work.show_row(line)
        work.grid.face.set_index(faces[where])
        work.grid.setFocus()
        if where == "aksi":
            view = work.grid.findChild(ScheduleView)
            assert view is not None
            view.go_to(view.model().rowCount() - 1, FIRST)
    elif where == "field":
        work.details.first_field().setFocus()
    elif where == "pohon":
        window.show_view(POHON)
        assert window.pohon is not None
        window.pohon.canvas.setFocus()
    elif where in ("naskah", "sections"):
        window.show_view(NASKAH)
        assert window.naskah is not None
        (window.naskah.tree if where == "sections" else window.naskah.editor.text).setFocus()
    else:
        work.tree.view.setFocus()
    widget = window.focusWidget()
    assert widget is not None
    return widget


def is_being_edited(window: MainWindow) -> bool:
    """Whether anything is open that takes text for the plan."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit) and not focus.isReadOnly():
        return True
    views = window.findChildren(QAbstractItemView)
    return any(view.state() == QAbstractItemView.State.EditingState for view in views)


@pytest.mark.parametrize("where", ANSWERED)
def test_no_key_edits_and_each_that_would_is_answered(
    window: MainWindow, closer: Closer, qtbot: QtBot, where: str
) -> None:
    with_text(window, where)
    widget = place(window, where)
    if where == "pohon":
        assert window.pohon is not None
        pohon = window.pohon
        qtbot.waitUntil(lambda: bool(pohon.canvas.chart.spots) and pohon.canvas.current is not None)
    QApplication.clipboard().setText("99")
    before, answered = rows(window), []
    for key, held in KEYS:
        widget.setFocus()
        window.status.clearMessage()
        QTest.keyClick(widget, key, held)
        assert not is_being_edited(window), name_of(key, held)
        assert rows(window) == before, name_of(key, held)
        if said(window):
            answered.append(name_of(key, held))
    assert closer.seen == []
    assert [key for key in ANSWERED[where] if key not in answered] == []


def with_text(window: MainWindow, where: str) -> None:
    """A narrative to be read, where none is in the plan."""
    if where not in ("naskah", "sections"):
        return
    from services.narasi.template import template_changes

    session = window.session
    assert session is not None
    path = session.document.file.path
    window.show_start()
    with Document.open(path) as document:
        document.edit("naskah", template_changes(document.plan, session.dokumen_id))
        document.file.publish()
    window.show_plan(Document.open(path, read_only=True))


def test_texts_can_be_selected_and_choices_only_be_seen(window: MainWindow) -> None:
    assert window.work is not None
    session, details = window.session, window.work.details
    assert session is not None
    for cls in (Kinerja, Indikator, Anggaran):
        window.work.show_row(min(session.plan.all(cls), key=lambda row: row.id))
        shown = [w for w in details.findChildren(QWidget) if w.isVisible()]
        assert all(w.isReadOnly() and w.isEnabled() for w in shown if isinstance(w, QLineEdit))
        chosen = [w for w in shown if isinstance(w, QComboBox | QCheckBox)]
        assert chosen
        assert all(not w.isEnabled() and w.toolTip() == REASON for w in chosen)


@pytest.mark.parametrize("view", [SUSUN, POHON, NASKAH, FORMULIR])
def test_no_button_of_a_view_changes_the_plan(window: MainWindow, closer: Closer, qtbot: QtBot, view: int) -> None:
    with_text(window, "naskah" if view == NASKAH else "")
    window.show_view(view)
    page = window.current_page()
    assert page is not None
    before = rows(window)
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled():
            button.click()
            QApplication.processEvents()
            assert rows(window) == before, button.text() or button.accessibleName()
            assert not is_being_edited(window) or window.focusWidget() is button, button.text()


def test_buttons_that_would_change_it_say_why_they_do_not(window: MainWindow) -> None:
    with_text(window, "naskah")
    window.show_view(NASKAH)
    window.show_view(FORMULIR)
    work, naskah, forms = window.work, window.naskah, window.forms
    assert work is not None
    assert naskah is not None
    assert forms is not None
    find = work.grid.find_bar
    out = [
        work.grid.bagi,
        find.one,
        find.all,
        *naskah.sections.buttons.values(),
        naskah.editor.bar.bold,
        naskah.editor.bar.insert,
        forms.settings.page,
        forms.settings.signatory,
        forms.settings.officials,
    ]
    assert [w.toolTip() for w in out] == [REASON] * len(out)
    assert not any(w.isEnabled() for w in out)
    assert naskah.editor.bar.result.isEnabled()
    assert forms.settings.export.isEnabled()


def test_f6_goes_round_past_what_is_put_out(window: MainWindow, qtbot: QtBot) -> None:
    window.show_view(FORMULIR)
    forms = window.forms
    assert forms is not None
    forms.list.setFocus()
    seen = []
    for _ in range(6):
        window.cycle_focus(1)
        seen.append(window.focusWidget())
    assert seen[:3] == seen[3:] or len(set(map(id, seen))) >= 3
    assert forms.list in seen
    assert forms.settings.export.pdf in seen


def test_the_menu_of_a_row_or_a_cell_offers_only_what_reads(window: MainWindow) -> None:
    from ui.tree_menu import tree_menu

    work = window.work
    assert work is not None
    menu = tree_menu(work.tree)
    there = {action.text().split("\t")[0].replace("&", ""): action.isEnabled() for action in menu.actions()}
    assert not there["Ganti nama"]
    assert not there["Tempel"]
    assert there["Salin"]
    assert there["Riwayat baris ini..."]
    menu.close()
    line = min(window.session.plan.all(Anggaran), key=lambda row: row.kode or "9")  # type: ignore[union-attr]
    work.show_row(line)
    work.grid.view.show_menu(work.grid.view.mapToGlobal(QPoint(5, 5)))
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    there = {action.text().split("\t")[0].replace("&", ""): action.isEnabled() for action in shown.actions()}
    assert (there["Potong"], there["Tempel"], there["Kosongkan"], there["Bagi..."]) == (False,) * 4
    assert (there["Salin"], there["Kolom..."], there["Urutkan dan saring..."]) == (True,) * 3
    shown.close()


def test_the_fields_of_lainnya_are_only_read(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    row = min(session.plan.all(Indikator), key=lambda row: row.id)
    dialog = MoreDialog(session, lambda: row, OTHERS[Indikator], "Isian lain", window)
    qtbot.addWidget(dialog)
    assert all(field.isReadOnly() for field in dialog.fields.values())
    assert not any(method.isEnabled() for method in dialog.methods)
    assert dialog.note.text() == REASON


def test_the_mouse_edits_nothing(window: MainWindow) -> None:
    work, left = window.work, Qt.MouseButton.LeftButton
    assert work is not None
    before, view = rows(window), work.grid.view
    place(window, "grid")
    view.go((0, 5))
    cell = view.months.visualRect(view.model.index(0, 5))
    QTest.mouseDClick(view.months.viewport(), left, pos=cell.center())
    assert said(window)
    QTest.mousePress(view.months.viewport(), left, pos=cell.bottomRight())
    QTest.mouseMove(view.months.viewport(), cell.bottomRight() + QPoint(300, 0))
    QTest.mouseRelease(view.months.viewport(), left, pos=cell.bottomRight() + QPoint(300, 0))
    assert view.filling is None
    place(window, "aksi")
    plan = work.grid.findChild(ScheduleView)
    assert plan is not None
    cell = plan.visualRect(plan.currentIndex())
    QTest.mousePress(plan.viewport(), left, pos=cell.center())
    QTest.mouseMove(plan.viewport(), cell.center() + QPoint(120, 0))
    QTest.mouseRelease(plan.viewport(), left, pos=cell.center() + QPoint(120, 0))
    QTest.mouseDClick(plan.viewport(), left, pos=cell.center())
    assert not is_being_edited(window)
    assert rows(window) == before


def test_a_branch_is_carried_out_of_it_but_none_into_it(window: MainWindow) -> None:
    work = window.work
    assert work is not None
    work.tree.copy()
    mime = QApplication.clipboard().mimeData()
    copy = QMimeData()
    for kind in mime.formats():
        copy.setData(kind, mime.data(kind))
    view = work.tree.view
    at = view.visualRect(view.currentIndex()).center()
    both, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    before = rows(window)
    move = QDragMoveEvent(at, both, copy, left, none)
    view.dragMoveEvent(move)
    assert not move.isAccepted()
    drop = QDropEvent(QPointF(at), both, copy, left, none)
    view.dropEvent(drop)
    assert rows(window) == before


def test_tab_goes_from_cell_to_cell_although_none_takes_typing(window: MainWindow) -> None:
    widget = place(window, "grid")
    work = window.work
    assert work is not None
    work.grid.view.go((0, 5))
    QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert work.grid.view.grid_cursor.caret == (0, 6)


def test_data_dropped_on_it_is_not_imported(window: MainWindow, tmp_path: Path) -> None:
    from services.samples import sample_path

    before = rows(window)
    told = press_each("Tutup")
    assert not window.files.import_file(sample_path())
    assert any(words.startswith(REASON) for words in told)
    assert rows(window) == before


def test_saved_under_another_name_it_can_be_changed(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(tmp_path / "milik.db"), ""))
    window.files.save_as()
    session, work = window.session, window.work
    assert session is not None
    assert work is not None
    assert not session.read_only
    assert session.document.file.path == tmp_path / "milik.db"
    there = commands(window)
    assert [name for name in sorted(CHANGES) if not there[name].isEnabled()] == []
    widget = place(window, "grid")
    QTest.keyClick(widget, Qt.Key.Key_F2)
    assert is_being_edited(window)


def test_the_reader_finds_copies_and_filters(window: MainWindow, find_words: Callable[[str], None]) -> None:
    work = window.work
    assert work is not None
    place(window, "grid")
    work.grid.view.grid_cursor.select_all()
    work.grid.view.commands.copy()
    assert QApplication.clipboard().text()
    work.tree.copy()
    assert "\t" in QApplication.clipboard().text()
    find_words("koperasi")
    text, _ = work.tree.filters["kinerja"]
    text.setText("koperasi")
    assert work.tree.model.rowCount() > 0


@pytest.fixture
def find_words(window: MainWindow) -> Callable[[str], None]:
    def find(words: str) -> None:
        window.begin_find()
        QTest.keyClicks(window.focusWidget(), words)
        assert window.bar.finder.text() == words

    return find

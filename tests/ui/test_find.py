"""The search of the whole plan by keyboard and mouse: results as one types, the way to each kind of place, and back."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Aksi, Anggaran, Indikator, Jabatan, Kinerja, Narasi, new_id
from services import edits
from services.month_grid import FIRST_MONTH, SETAHUN
from services.narasi.template import template_changes
from services.pejabat import set_official
from ui.find_hits import EACH
from ui.find_popup import NOTHING, FindPopup
from ui.identity_dialog import IdentityDialog
from ui.main_window import FORMULIR, NASKAH, SUSUN, MainWindow
from ui.officials_dialog import OfficialsDialog

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def look_for(window: MainWindow, qtbot: QtBot, text: str) -> FindPopup:
    """Ctrl+F and type; the list of results."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.bar.finder.hasFocus()
    qtbot.keyClicks(window.bar.finder, text)
    popup = window.bar.finder.popup
    assert popup is not None
    return popup


def enter(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.bar.finder, Qt.Key.Key_Return)


def texts(popup: FindPopup) -> list[str]:
    """The lines of the list as they are read out."""
    return [str(popup.model.index(row).data()) for row in range(popup.model.rowCount())]


def test_results_come_as_one_types_under_headings(window: MainWindow, qtbot: QtBot) -> None:
    popup = look_for(window, qtbot, "umk")
    assert popup.isVisible()
    lines = texts(popup)
    assert lines[0].startswith("Kinerja, ")
    assert any(line.startswith("Program & Anggaran, ") for line in lines)
    many = popup.model.rowCount()
    qtbot.keyClicks(window.bar.finder, "m mandiri")
    assert popup.model.rowCount() < many
    assert popup.row() == 1
    qtbot.keyClicks(window.bar.finder, "xyz")
    assert popup.model.rowCount() == 0
    assert NOTHING in [w.text() for w in popup.findChildren(type(window.status.pages)) if w.isVisible()]


def test_enter_goes_to_the_row_of_the_tree(window: MainWindow, qtbot: QtBot) -> None:
    popup = look_for(window, qtbot, "UMKM yang mandiri")
    enter(window, qtbot)
    assert not popup.isVisible()
    assert window.work is not None
    row = window.work.tree.current_row()
    assert isinstance(row, Kinerja)
    assert row.uraian == "Terwujudnya UMKM yang Mandiri"
    assert window.work.tree.view.hasFocus()


def test_an_amount_leads_to_its_cell(window: MainWindow, qtbot: QtBot) -> None:
    window.show_view(FORMULIR)
    look_for(window, qtbot, "1.596.771.884")
    enter(window, qtbot)
    assert window.bar.view() == SUSUN
    assert window.work is not None
    index = window.work.grid.view.current()
    assert index.data() == "1.596.771.884"
    assert index.column() == FIRST_MONTH + 10


def test_a_pagu_without_dots_leads_to_the_column_of_the_year(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    popup = look_for(window, qtbot, "75144905")
    while "Pagu" not in texts(popup)[popup.row()]:
        qtbot.keyClick(window.bar.finder, Qt.Key.Key_Down)
    enter(window, qtbot)
    assert window.work is not None
    index = window.work.grid.view.current()
    assert index.column() == SETAHUN
    assert index.data() == "75.144.905"


def test_down_up_and_a_click_choose(window: MainWindow, qtbot: QtBot) -> None:
    popup = look_for(window, qtbot, "umkm")
    qtbot.keyClick(window.bar.finder, Qt.Key.Key_Down)
    assert popup.row() == 2
    qtbot.keyClick(window.bar.finder, Qt.Key.Key_Up)
    qtbot.keyClick(window.bar.finder, Qt.Key.Key_Up)
    assert popup.row() == 1
    hit = popup.model.hit(3)
    assert hit is not None
    place = popup.view.visualRect(popup.model.index(3)).center()
    qtbot.mouseClick(popup.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.work is not None
    row = window.work.tree.current_row()
    assert row is not None
    assert row.id == hit.row_id


def test_the_rest_of_a_group_is_listed_when_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    popup = look_for(window, qtbot, "meningkatnya")
    at = texts(popup).index(next(line for line in texts(popup) if " lagi di " in line))
    assert at == EACH + 1
    for _ in range(EACH):
        qtbot.keyClick(window.bar.finder, Qt.Key.Key_Down)
    assert popup.row() == at
    enter(window, qtbot)
    assert popup.isVisible()
    assert popup.row() == at
    assert popup.model.hit(at) is not None


def test_escape_closes_and_goes_back_to_where_one_was(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    assert window.work is not None
    window.work.show_row(line_of("a2-01"))
    window.activateWindow()
    window.work.grid.view.go_to(0, FIRST_MONTH)
    table = window.work.grid.view.months
    qtbot.waitUntil(table.hasFocus)
    popup = look_for(window, qtbot, "umkm")
    qtbot.keyClick(window.bar.finder, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert table.hasFocus()
    assert window.bar.finder.text() == "umkm"


def test_f3_goes_from_place_to_place_and_round(window: MainWindow, qtbot: QtBot) -> None:
    look_for(window, qtbot, "terwujudnya")
    enter(window, qtbot)
    assert window.work is not None
    first = window.work.tree.current_row()
    seen = [first]
    qtbot.keyClick(window, Qt.Key.Key_F3)
    seen.append(window.work.tree.current_row())
    assert seen[0] != seen[1]
    assert window.status.currentMessage().startswith("Hasil 2 dari ")
    qtbot.keyClick(window, Qt.Key.Key_F3, SHIFT)
    assert window.work.tree.current_row() == first
    qtbot.keyClick(window, Qt.Key.Key_F3, SHIFT)
    count = window.status.currentMessage().split(":")[0].split()[-1]
    assert window.status.currentMessage().startswith(f"Hasil {count} dari {count}")


def test_the_narrative_opens_at_the_section_with_the_word_selected(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    session.edit("mulai naskah", template_changes(session.plan, session.dokumen_id))
    section = next(n for n in session.plan.all(Narasi) if n.isi and len(n.isi) > 200)
    session.edit("ubah", edits.set_field(section, "isi", f"{section.isi} kataunik penutup"))
    look_for(window, qtbot, "kataunik")
    enter(window, qtbot)
    assert window.bar.view() == NASKAH
    assert window.naskah is not None
    assert window.naskah.tree.current_id() == section.id
    assert window.naskah.editor.text.textCursor().selectedText() == "kataunik"


def choose(window: MainWindow, qtbot: QtBot, row_id: str) -> None:
    """Down to the line of a row, and Enter."""
    popup = window.bar.finder.popup
    assert popup is not None
    for _ in range(popup.model.rowCount()):
        found = popup.model.found(popup.row())
        if found is not None and found.row_id == row_id:
            break
        qtbot.keyClick(window.bar.finder, Qt.Key.Key_Down)
    else:
        raise AssertionError(texts(popup))
    enter(window, qtbot)


def test_the_identity_of_the_plan_opens_its_dialog(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    opened = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        opened.append(type(dialog))
        if dialog is not None:
            dialog.close()

    look_for(window, qtbot, "kabupaten buleleng")
    QTimer.singleShot(0, close)
    choose(window, qtbot, session.dokumen.opd_id)
    assert opened == [IdentityDialog]


def test_an_official_opens_the_dialog_of_officials(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    changes = set_official(session.plan, session.dokumen_id, None, nama="Gede Wijaya Kusuma")
    session.edit("isi pejabat", changes)
    opened = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        opened.append(type(dialog))
        if dialog is not None:
            dialog.close()

    look_for(window, qtbot, "wijaya kusuma")
    QTimer.singleShot(0, close)
    enter(window, qtbot)
    assert opened == [OfficialsDialog]


def test_a_position_without_rows_is_said(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    session.edit("tambah jabatan", edits.add_jabatan(session.plan, session.dokumen_id, "Pengelola Arsip Kuno"))
    look_for(window, qtbot, "arsip kuno")
    enter(window, qtbot)
    assert "belum menjadi penanggung jawab" in window.status.currentMessage()
    jabatan = next(j for j in session.plan.all(Jabatan) if j.nama == "Pengelola Arsip Kuno")
    node = session.plan.all(Kinerja)[7]
    session.edit("ubah penanggung jawab", edits.set_field(node, "penanggung_jawab_id", jabatan.id))
    look_for(window, qtbot, "")
    enter(window, qtbot)
    assert window.work is not None
    row = window.work.tree.current_row()
    assert row is not None
    assert row.id == node.id


def test_what_was_edited_is_found_at_once_and_what_is_gone_is_not(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    popup = look_for(window, qtbot, "program zamrud")
    assert popup.model.rowCount() == 0
    session.edit("ubah nama", edits.set_field(line_of("a2-01"), "nama", "Program Zamrud"))
    look_for(window, qtbot, "program zamrud")
    assert popup.model.rowCount() == 2
    session.undo()
    look_for(window, qtbot, "program zamrud")
    assert popup.model.rowCount() == 0


def test_leaving_the_field_closes_the_list(window: MainWindow, qtbot: QtBot) -> None:
    popup = look_for(window, qtbot, "umkm")
    assert window.work is not None
    window.work.tree.view.setFocus()
    assert not popup.isVisible()


def test_on_the_start_page_ctrl_f_looks_for_plans(window: MainWindow, qtbot: QtBot) -> None:
    window.show_start()
    assert window.start is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.start.search.hasFocus()


def test_the_place_of_an_indicator_of_a_budget_line_is_shown(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    changes = edits.add_indikator(session.plan, line_of("a3-03"))
    session.edit("tambah indikator", changes)
    indikator = session.plan.get(Indikator, changes[-1].row.id)
    session.edit("ubah", edits.set_field(indikator, "uraian", "Jumlah laporan zamrud"))
    look_for(window, qtbot, "zamrud")
    choose(window, qtbot, indikator.id)
    assert window.work is not None
    row = window.work.tree.current_row()
    assert row is not None
    assert row.id == indikator.id
    assert window.work.tree.tree == "anggaran"


def test_an_action_is_shown_in_the_schedule(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None
    line = line_of("a3-03")
    action = Aksi(id=new_id(), dokumen_id=line.dokumen_id, urutan=1, anggaran_id=line.id, uraian="Rapat zamrud")
    session.edit("tambah aksi", [Change(None, action)])
    look_for(window, qtbot, "zamrud")
    enter(window, qtbot)
    assert window.work is not None
    row = window.work.tree.current_row()
    assert row is not None
    assert row.id == line.id
    assert window.work.grid.face.index() == 1


def test_escape_after_ctrl_f_from_an_open_cell_goes_back_to_the_grid(window: MainWindow, qtbot: QtBot) -> None:
    """The editor of the cell is gone by then."""
    assert window.work is not None
    view = window.work.grid.view
    view.go_to(0, FIRST_MONTH)
    view.months.setFocus()
    qtbot.keyClick(view.months, "7")
    window.bar.finder.begin()
    QApplication.processEvents()
    qtbot.keyClick(window.bar.finder, Qt.Key.Key_Escape)
    assert view.months.hasFocus()
    assert view.model.text(0, FIRST_MONTH) == "7"

"""The window as an officer drives it: keys and clicks on real widgets, the file read afterwards."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.plan import Plan
from models.reading import read_plan
from models.rows import Anggaran, DeretAnggaran, Dokumen, Dukungan, Indikator, Kinerja
from services import edits
from services.interchange import import_changes, load
from services.month_grid import FIRST_MONTH, column_of
from services.new_plan import NewPlan, create_plan
from services.samples import sample_path
from ui.check_list import CheckList
from ui.identity_dialog import IdentityDialog
from ui.main_window import MainWindow
from ui.work_page import WorkPage


def work(window: MainWindow) -> WorkPage:
    assert window.work is not None
    return window.work


def press(button: str) -> None:
    """Press a button of the dialog that is about to open, whenever that is."""
    timer = QTimer(QApplication.instance())

    def click() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            timer.deleteLater()
            next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == button).click()

    timer.timeout.connect(click)
    timer.start(10)


def test_change_a_month_see_totals_and_findings_undo_and_find_it_in_the_file(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    session, page = window.session, work(window)
    assert session is not None
    page.show_row(line_of("a2-03"))
    galat = page.findings.model.count("galat")
    page.grid.view.go_to(0, FIRST_MONTH + 5)
    table = page.grid.view.months
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    editor.setText("99.000.000")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.findings.model.count("galat") == galat + 1)
    assert f"{galat + 1} galat" in window.bar._findings.text()
    qtbot.waitUntil(lambda: session.published, timeout=5000)
    assert window.status.saved.text().startswith("Tersimpan")
    stored = Plan(read_plan(session.document.file.path))
    series = stored.one(DeretAnggaran, "anggaran_id", line_of("a2-03").id, "kas")
    assert series is not None
    assert series.nilai[5] == 99_000_000
    assert window.actions_.undo.text().startswith("&Urungkan ubah kas Juni, ")
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.findings.model.count("galat") == galat)
    assert window.actions_.redo.text().startswith("U&langi ubah kas Juni, ")


def test_f8_goes_to_the_cell_of_the_next_finding(window: MainWindow, qtbot: QtBot) -> None:
    page = work(window)
    back = Qt.KeyboardModifier.ShiftModifier
    for row, held in ((0, Qt.KeyboardModifier.NoModifier), (1, Qt.KeyboardModifier.NoModifier), (0, back)):
        qtbot.keyClick(window, Qt.Key.Key_F8, held)
        finding, at = page.findings.model.group(row).first, page.grid.view.current()
        assert page.tree.tree == "anggaran"
        assert at.column() == column_of(finding)
        assert page.grid.model.line(at.row()).row_id == finding.row_id


def test_a_click_on_a_finding_goes_to_its_cell(window: MainWindow, qtbot: QtBot) -> None:
    page = work(window)
    view = page.findings.view
    place = view.visualRect(page.findings.model.index(0, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.grid.view.current().data() == "1.596.771.884"


def test_insert_adds_a_row_ready_to_be_named_and_alt_up_moves_it(window: MainWindow, qtbot: QtBot) -> None:
    page, session = work(window), window.session
    assert session is not None
    tree = page.tree.view
    tree.select_first()
    tree.setFocus()
    count = len(session.plan.where(Kinerja, "dokumen_id", session.dokumen_id))
    qtbot.keyClick(tree, Qt.Key.Key_Insert)
    editor = tree.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Meningkatnya Tata Kelola")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(k.uraian == "Meningkatnya Tata Kelola" for k in session.plan.all(Kinerja)))
    fresh = next(k for k in session.plan.all(Kinerja) if k.uraian == "Meningkatnya Tata Kelola")
    assert len(session.plan.where(Kinerja, "dokumen_id", session.dokumen_id)) == count + 1
    assert fresh.tingkat == "sasaran_strategis"
    before = tree.currentIndex().row()
    qtbot.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert tree.current_node() == fresh.id
    assert tree.currentIndex().row() == before - 1


def test_the_keys_of_the_grid_in_the_menu_act_from_the_tree_and_the_details(window: MainWindow, qtbot: QtBot) -> None:
    page, control = work(window), Qt.KeyboardModifier.ControlModifier
    mode, face = page.grid.mode.index(), page.grid.face.index()
    page.tree.view.setFocus()
    qtbot.keyClick(page.tree.view, Qt.Key.Key_K, control)
    assert page.grid.mode.index() == 1 - mode
    field = page.details.first_field()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_J, control)
    assert page.grid.face.index() != face


def test_delete_says_what_goes_and_is_one_undo_step(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    page, session = work(window), window.session
    assert session is not None
    page.show_row(line_of("a3-03"))
    page.tree.view.setFocus()
    counts = [len(session.plan.all(cls)) for cls in (Anggaran, DeretAnggaran, Dukungan)]
    press("Batal")
    qtbot.keyClick(page.tree.view, Qt.Key.Key_Delete)
    assert [len(session.plan.all(cls)) for cls in (Anggaran, DeretAnggaran, Dukungan)] == counts
    press("Hapus")
    qtbot.keyClick(page.tree.view, Qt.Key.Key_Delete)
    assert len(session.plan.all(Anggaran)) == counts[0] - 7
    assert page.tree.view.current_node() is not None
    session.undo()
    assert [len(session.plan.all(cls)) for cls in (Anggaran, DeretAnggaran, Dukungan)] == counts


def test_open_branches_and_the_caret_survive_a_change_of_the_tree(
    window: MainWindow, line_of: Callable[[str], Anggaran]
) -> None:
    page, session = work(window), window.session
    assert session is not None
    page.show_row(line_of("a3-07"))
    view = page.tree.view
    parent = view.currentIndex().parent()
    assert view.isExpanded(parent)
    page.tree.move_current(1)
    page.tree.add("kegiatan")
    session.undo()
    page.show_row(line_of("a3-07"))
    assert view.isExpanded(view.currentIndex().parent())


def test_a_field_of_the_details_is_stored_on_enter_and_refused_text_stays(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    page = work(window)
    page.show_row(line_of("a2-01"))
    pagu = next(f for f in page.details.findChildren(QLineEdit) if f.accessibleName() == "Pagu (Rp)")
    pagu.setFocus()
    pagu.selectAll()
    qtbot.keyClicks(pagu, "Rp 80.000.000,-")
    qtbot.keyClick(pagu, Qt.Key.Key_Return)
    assert line_of("a2-01").pagu == 80_000_000
    assert pagu.text() == "80.000.000"
    pagu.selectAll()
    qtbot.keyClicks(pagu, "-5")
    qtbot.keyClick(pagu, Qt.Key.Key_Return)
    assert line_of("a2-01").pagu == 80_000_000
    assert pagu.text() == "-5"


def test_what_is_being_typed_is_stored_when_the_window_closes(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    page, session = work(window), window.session
    assert session is not None
    line, path = line_of("a2-01"), session.document.file.path
    page.show_row(line)
    name = next(f for f in page.details.findChildren(QLineEdit) if f.accessibleName() == "Nama")
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Program X")
    window.close()
    assert Plan(read_plan(path)).get(Anggaran, line.id).nama == "Program X"


def test_kaitkan_links_lines_as_one_action(window: MainWindow, qtbot: QtBot) -> None:
    page, session = work(window), window.session
    assert session is not None
    node = next(k for k in session.plan.all(Kinerja) if k.asal_id == "k3-11")
    page.show_row(node)

    def tick() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CheckList)
        for row in (0, 3):
            dialog.list.item(row).setCheckState(Qt.CheckState.Checked)
        dialog.accept()

    QTimer.singleShot(0, tick)
    page.details._on_link()
    assert len(session.plan.where(Dukungan, "kinerja_id", node.id)) == 2
    assert session.document.undo_label == "kaitkan anggaran dengan sasaran kegiatan Terwujudnya Modal Luar UMKM"
    session.undo()
    assert not session.plan.where(Dukungan, "kinerja_id", node.id)


def test_a_plan_from_nothing_grows_to_a_printable_one(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "baru.db"
    create_plan(path, NewPlan(opd_nama="Dinas Pertanian", pemda="Kabupaten Bone", tahun=2027)).file.close()
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    assert window.open_plan(path)
    page, session = work(window), window.session
    assert session is not None
    for level, name in (
        ("sasaran_strategis", "Meningkatnya panen"),
        ("indikator", "Panen padi"),
        ("program", "Program A"),
    ):
        window.actions_._tree("add", level) if level == "indikator" else window.actions_._add_level(level)
        editor = page.tree.view.findChild(QLineEdit)
        assert editor is not None
        qtbot.keyClicks(editor, name)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: page.tree.view.currentIndex().data() == name)
        qtbot.waitUntil(lambda: page.tree.view.findChild(QLineEdit) is None)
    assert [k.uraian for k in session.plan.all(Kinerja)] == ["Meningkatnya panen"]
    assert [i.uraian for i in session.plan.all(Indikator)] == ["Panen padi"]
    assert [a.nama for a in session.plan.all(Anggaran)] == ["Program A"]
    window.close()
    assert [a.nama for a in Plan(read_plan(path)).all(Anggaran)] == ["Program A"]


def test_the_identity_of_the_plan_is_one_action_and_stands_in_every_title(window: MainWindow) -> None:
    session = window.session
    assert session is not None

    def fill(text: str) -> Callable[[], None]:
        def do() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, IdentityDialog)
            dialog.nama.setText(text)
            dialog.tahun.setValue(2023)
            dialog.accept()
            if dialog.isVisible():
                assert "wajib" in dialog.note.text()
                dialog.reject()

        return do

    QTimer.singleShot(0, fill("  "))
    window.edit_identity()
    assert session.dokumen.tahun == 2022
    QTimer.singleShot(0, fill("Dinas Pasar"))
    window.edit_identity()
    assert session.document.undo_label == "ubah identitas rencana"
    assert "2023 Perubahan" in window.windowTitle()
    assert window.bar._documents.currentText() == "2023 Perubahan  Dinas Pasar"
    session.undo()
    assert "2022 Perubahan" in window.windowTitle()


def test_the_document_list_turns_the_whole_window(window: MainWindow) -> None:
    session, page = window.session, work(window)
    assert session is not None
    first = session.dokumen_id
    other, changes = import_changes(load(sample_path()), session.plan)
    session.edit("impor", changes)
    session.show_document(other)
    assert page.findings.model.count("galat") == 2
    row = page.tree.current_row()
    assert isinstance(row, Kinerja)
    assert row.dokumen_id == other
    session.show_document(first)
    row = page.tree.current_row()
    assert isinstance(row, Kinerja)
    assert row.dokumen_id == first
    assert len(session.plan.all(Dokumen)) == 2


def test_f6_goes_round_tree_details_grid_findings(window: MainWindow, qtbot: QtBot) -> None:
    page = work(window)
    window.activateWindow()
    page.tree.view.setFocus()
    seen = []
    for _ in range(4):
        window.cycle_focus(1)
        focus = window.focusWidget()
        areas = (page.tree, page.details, page.grid, page.findings)
        seen.append(next(area for area in areas if area.isAncestorOf(focus)))
    assert seen == [page.details, page.grid, page.findings, page.tree]


def test_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    page = work(window)
    for area in (page.tree, page.details, page.grid, page.findings):
        for field in area.findChildren(QLineEdit):
            if field.parent().metaObject().className() not in ("QComboBox", "QSpinBox"):
                assert field.accessibleName(), field


def test_an_export_never_takes_the_place_of_the_open_plan(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    path = session.document.file.path
    before = path.read_bytes()
    window.show_form("bulanan-staf")
    assert window.forms is not None
    with qtbot.waitSignal(window.forms.failed, timeout=10_000):
        press("Tutup")
        window.forms.export_to("pdf", path)
    assert path.read_bytes() == before


def test_what_is_left_of_a_plan_whose_file_is_gone_bad_can_be_gone_on_with(
    window: MainWindow, line_of: Callable[[str], Anggaran]
) -> None:
    session = window.session
    assert session is not None
    path, line = session.document.file.path, line_of("a2-01")
    session.edit("ubah nama", edits.set_field(line, "nama", "Program X"))
    path.write_bytes(b"bukan rencana")
    press("Tutup")
    window.show_start()
    press("Lanjutkan isian terakhir")
    assert window.open_plan(path)
    assert window.session is not None
    assert window.session.plan.get(Anggaran, line.id).nama == "Program X"
    window.session.save_as(path.with_name("selamat.db"))
    assert Plan(read_plan(path.with_name("selamat.db"))).get(Anggaran, line.id).nama == "Program X"
    assert path.read_bytes() == b"bukan rencana"


def test_undo_in_a_field_where_nothing_is_typed_is_the_plans(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    page = work(window)
    page.show_row(line_of("a2-01"))
    pagu = next(f for f in page.details.findChildren(QLineEdit) if f.accessibleName() == "Pagu (Rp)")
    pagu.setFocus()
    pagu.selectAll()
    qtbot.keyClicks(pagu, "111")
    qtbot.keyClick(pagu, Qt.Key.Key_Return)
    assert line_of("a2-01").pagu == 111
    qtbot.keyClick(pagu, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line_of("a2-01").pagu == 75_144_905
    assert pagu.text() == "75.144.905"


def test_a_new_row_that_gets_no_name_is_one_step(window: MainWindow, qtbot: QtBot) -> None:
    page, session = work(window), window.session
    assert session is not None
    page.tree.view.select_first()
    count = len(session.plan.all(Kinerja))
    page.tree.add_like_current()
    editor = page.tree.view.findChild(QLineEdit)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.tree.view.findChild(QLineEdit) is None)
    assert session.document.undo_label == "tambah sasaran strategis"
    session.undo()
    assert len(session.plan.all(Kinerja)) == count


def test_no_text_makes_the_window_wider_than_the_screen(window: MainWindow) -> None:
    window.status.path.say("/alamat/yang/sangat/panjang" * 20)
    window.status.saved.say("Belum tertulis: " + "folder tidak ada, " * 30)
    assert window.minimumSizeHint().width() <= 910
    window.show_form("bulanan-staf")
    assert window.minimumSizeHint().width() <= 910


def test_a_line_without_a_program_is_hung_under_one_by_keys_and_taken_out_again(
    window: MainWindow, line_of: Callable[[str], Anggaran], qtbot: QtBot
) -> None:
    page = work(window)
    page.show_row(line_of("a3-03"))
    page.tree.view.setFocus()
    qtbot.keyClick(page.tree.view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert line_of("a3-03").induk_id == line_of("a2-15").id
    assert page.tree.view.current_node() == line_of("a3-03").id
    qtbot.keyClick(page.tree.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert line_of("a3-03").induk_id is None
    page.show_row(line_of("a2-01"))
    qtbot.keyClick(page.tree.view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert line_of("a2-01").induk_id is None

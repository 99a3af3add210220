"""Organisasi: positions moved by keys and by dragging, their officials beside the tree, each step to be undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from models.rows import Dokumen, Jabatan, Pejabat
from services import edits, positions
from services.pejabat import head, official, set_official, superior
from services.positions_tree import tree
from tests.ui.answers import press_each
from tests.ui.forms import in_dialog
from ui.positions_copy_dialog import PositionsCopyDialog
from ui.positions_dialog import PositionsDialog
from ui.positions_panel import DEFINITIF, PLH, PLT
from ui.positions_tree import CATATAN, ESELON, PEJABAT, SUPERIOR
from ui.session import Session

Key, Mod, LEFT = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton
NIP = "19741014 199311 1 001"


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> Iterator[PositionsDialog]:
    dialog = PositionsDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.done(0)


@pytest.fixture
def jobs(session: Session) -> tuple[Jabatan, ...]:
    return session.plan.where(Jabatan, "dokumen_id", session.dokumen_id)


def line(dialog: PositionsDialog, name: str) -> QLineEdit:
    edit = dialog.panel.fields[name]
    found = edit.lineEdit() if isinstance(edit, QComboBox) else edit
    assert found is not None
    return found


def typed(dialog: PositionsDialog, name: str, text: str, qtbot: QtBot) -> None:
    edit = line(dialog, name)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text) if text else qtbot.keyClick(edit, Key.Key_Delete)
    qtbot.keyClick(edit, Key.Key_Return)


def pick(dialog: PositionsDialog, name: str, text: str) -> None:
    """Choose an entry of a list as a click does."""
    box = dialog.panel.fields[name]
    assert isinstance(box, QComboBox)
    at = box.findText(text)
    assert at >= 0
    box.setCurrentIndex(at)
    box.activated.emit(at)


def cell(dialog: PositionsDialog, row_id: str, column: int) -> str:
    item = dialog.tree.item_of(row_id)
    assert item is not None
    return item.text(column)


def who(session: Session, jabatan: Jabatan) -> tuple[str, str, str]:
    found = official(session.plan, session.dokumen, jabatan)
    return found.nama, found.nip, found.pangkat


def drag(dialog: PositionsDialog, carried: Jabatan, onto: Jabatan, share: float) -> bool:
    """Carry a position over another, so far down in its row, and let it go; whether it was taken there."""
    tree_ = dialog.tree
    tree_.choose(carried.id)
    item = tree_.item_of(onto.id)
    assert item is not None
    tree_.scrollToItem(item)
    rect = tree_.visualItemRect(item)
    place = QPoint(rect.left() + 20, rect.top() + round((rect.height() - 1) * share))
    data, copy = tree_.mimeData([tree_.currentItem()]), Qt.DropAction.CopyAction
    assert isinstance(data, QMimeData)
    over = QDragMoveEvent(place, copy, data, LEFT, Mod.NoModifier)
    tree_.dragMoveEvent(over)
    tree_.grab()
    tree_.dropEvent(QDropEvent(QPointF(place), copy, data, LEFT, Mod.NoModifier))
    return over.isAccepted()


def test_a_position_is_renamed_and_a_blank_name_refused(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    dialog.tree.choose(jobs[1].id)
    typed(dialog, "nama", "Sekretaris", qtbot)
    assert session.plan.get(Jabatan, jobs[1].id).nama == "Sekretaris"
    assert session.document.undo_label == "ubah nama jabatan"
    typed(dialog, "nama", "", qtbot)
    assert "tidak boleh kosong" in dialog.panel.refusal.text()
    assert session.plan.get(Jabatan, jobs[1].id).nama == "Sekretaris"
    session.undo()
    assert cell(dialog, jobs[1].id, 0) == jobs[1].nama


def test_unit_eselon_and_superior_are_chosen_or_typed(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    dialog.tree.choose(jobs[1].id)
    typed(dialog, "eselon", "III.a", qtbot)
    pick(dialog, "unit", jobs[2].unit or "")
    box = dialog.panel.fields["atasan"]
    assert isinstance(box, QComboBox)
    assert box.findData(jobs[1].id) < 0
    assert box.findData(jobs[8].id) < 0, "it stands below"
    pick(dialog, "atasan", jobs[2].nama)
    now = session.plan.get(Jabatan, jobs[1].id)
    assert (now.eselon, now.unit, now.atasan_id) == ("III.a", jobs[2].unit, jobs[2].id)
    assert cell(dialog, jobs[1].id, ESELON) == "III.a"
    assert dialog.tree.current_id() == jobs[1].id


def test_an_official_is_typed_field_by_field_and_taken_back_step_by_step(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    dialog.tree.choose(jobs[1].id)
    typed(dialog, "pejabat", "Ni Made Rai, S.E.", qtbot)
    typed(dialog, "nip", NIP.replace(" ", ""), qtbot)
    typed(dialog, "pangkat", "IV/b", qtbot)
    typed(dialog, "mulai", "3-1-2022", qtbot)
    typed(dialog, "sampai", "31 des 2022", qtbot)
    pick(dialog, "kedudukan", PLH)
    assert who(session, jobs[1]) == ("Ni Made Rai, S.E.", NIP, "Pembina Tingkat I")
    (row,) = session.plan.all(Pejabat)
    assert (row.plt, row.plh, row.mulai, row.sampai, row.jabatan) == (0, 1, "2022-01-03", "2022-12-31", None)
    assert line(dialog, "sampai").text() == "31 Desember 2022"
    assert cell(dialog, jobs[1].id, PEJABAT) == "(Plh.) Ni Made Rai, S.E."
    dialog.tree.setFocus()
    qtbot.keyClick(dialog.tree, Key.Key_Z, Mod.ControlModifier)
    assert cell(dialog, jobs[1].id, PEJABAT) == "Ni Made Rai, S.E."
    session.undo(5)
    assert session.plan.all(Pejabat) == ()


def test_a_rank_is_chosen_with_its_golongan_beside_it(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]
) -> None:
    dialog.tree.choose(jobs[1].id)
    pick(dialog, "pangkat", "Penata (III/c)")
    assert who(session, jobs[1])[2] == "Penata"
    assert line(dialog, "pangkat").text() == "Penata"


def test_the_head_is_the_signatory_of_the_document(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    dialog.tree.choose(jobs[0].id)
    assert "menandatangani dokumen" in dialog.panel.about.text()
    title = session.dokumen.ttd_jabatan
    typed(dialog, "pejabat", "Drs. Made", qtbot)
    pick(dialog, "kedudukan", PLT)
    dokumen = session.dokumen
    assert (dokumen.ttd_nama, dokumen.ttd_plt, dokumen.ttd_jabatan) == ("Drs. Made", 1, title)
    assert session.plan.all(Pejabat) == ()
    typed(dialog, "sebagai", "Kepala Dinas", qtbot)
    assert session.dokumen.ttd_jabatan == "Kepala Dinas"
    session.edit("ubah penanda tangan", edits.set_field(session.dokumen, "ttd_nama", "Ir. Ketut"))
    assert line(dialog, "pejabat").text() == "Ir. Ketut"
    pick(dialog, "kedudukan", DEFINITIF)
    assert head(session.plan, session.dokumen).signed == "Kepala Dinas"


def test_a_wrong_date_is_refused_and_keeps_the_window_open_once(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]
) -> None:
    dialog.tree.choose(jobs[1].id)
    for text in ("31 Februari 2022", "Maret 2022"):
        line(dialog, "mulai").setText(text)
        dialog.reject()
        assert dialog.isVisible()
        assert dialog.panel.refusal.text().startswith("Mulai: ")
    assert session.plan.all(Pejabat) == ()
    dialog.reject()
    assert not dialog.isVisible()


def test_what_is_being_typed_is_stored_when_another_row_or_the_end_comes(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]
) -> None:
    dialog.tree.choose(jobs[1].id)
    line(dialog, "pejabat").setText("Ani")
    dialog.tree.choose(jobs[2].id)
    assert who(session, jobs[1])[0] == "Ani"
    assert line(dialog, "pejabat").text() == ""
    line(dialog, "pejabat").setText("Budi")
    dialog.reject()
    assert who(session, jobs[2])[0] == "Budi"


def test_remarks_are_said_in_words_and_gone_through_with_f8(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    late = set_official(session.plan, session.dokumen_id, jobs[3].id, nama="Ani", nip="123", sampai="2021-12-31")
    session.edit("isi", late)
    dialog.tree.choose(jobs[3].id)
    said = [(note.level, note.text()) for note in dialog.panel.notes if note.isVisible()]
    assert said[0] == ("galat", "NIP harus 18 angka; yang tertulis 3 angka.")
    assert said[1][1].startswith("Masa jabatan sampai 31 Desember 2021, berakhir sebelum tanggal dokumen")
    assert cell(dialog, jobs[3].id, CATATAN) == "periksa NIP"
    assert dialog.summary.text().startswith("1 galat, ")
    dialog.tree.choose(SUPERIOR)
    visited = []
    for _ in range(len(dialog.tree.ids())):
        qtbot.keyClick(dialog.tree, Key.Key_F8)
        visited.append(dialog.tree.current_id())
    assert visited[0] == jobs[0].id
    assert jobs[3].id in visited
    assert len(set(visited)) == len(jobs), "all lack an official or have a remark"


def test_both_marks_end_when_one_is_chosen(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]
) -> None:
    session.edit("isi", set_official(session.plan, session.dokumen_id, jobs[1].id, nama="Ani", plt=True, plh=True))
    dialog.tree.choose(jobs[1].id)
    assert cell(dialog, jobs[1].id, CATATAN) == "Plt. dan Plh."
    pick(dialog, "kedudukan", PLT)
    found = official(session.plan, session.dokumen, jobs[1])
    assert (found.plt, found.plh) == (True, False)
    assert cell(dialog, jobs[1].id, CATATAN) == ""


def test_keys_move_a_position_and_its_branch(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    dialog.tree.choose(jobs[2].id)
    qtbot.keyClick(dialog.tree, Key.Key_Up, Mod.AltModifier)
    assert dialog.tree.ids()[2:5] == [jobs[2].id, jobs[11].id, jobs[12].id]
    qtbot.keyClick(dialog.tree, Key.Key_Down, Mod.AltModifier)
    qtbot.keyClick(dialog.tree, Key.Key_Right, Mod.AltModifier)
    assert session.plan.get(Jabatan, jobs[2].id).atasan_id == jobs[1].id
    qtbot.keyClick(dialog.tree, Key.Key_Left, Mod.AltModifier)
    assert session.plan.get(Jabatan, jobs[2].id).atasan_id == jobs[0].id
    assert session.document.undo_label == "pindahkan jabatan"
    assert dialog.tree.current_id() == jobs[2].id
    session.undo(4)
    assert session.plan.where(Jabatan, "dokumen_id", session.dokumen_id) == jobs


@pytest.mark.parametrize(("share", "inside"), [(0.1, False), (0.5, True), (0.9, False)])
def test_a_dragged_position_goes_above_onto_or_below_a_row(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], share: float, inside: bool
) -> None:
    assert drag(dialog, jobs[3], jobs[5], share)
    assert session.plan.get(Jabatan, jobs[3].id).atasan_id == (jobs[5] if inside else jobs[0]).id
    order = [place.jabatan.id for place in tree(session.plan, session.dokumen_id)]
    assert order.index(jobs[3].id) - order.index(jobs[5].id) == (-1 if share < 0.2 else 1)


def test_a_position_is_not_dragged_below_itself_nor_over_the_superior(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]
) -> None:
    assert not drag(dialog, jobs[1], jobs[8], 0.5)
    assert not drag(dialog, jobs[1], jobs[1], 0.5)
    dialog.tree.choose(SUPERIOR)
    item = dialog.tree.item_of(jobs[3].id)
    assert item is not None
    assert dialog.tree.drop_at(dialog.tree.visualItemRect(item).center()) is None
    assert session.plan.where(Jabatan, "dokumen_id", session.dokumen_id) == jobs


def test_new_positions_are_ready_to_be_named(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    dialog.tree.choose(jobs[2].id)
    qtbot.keyClick(dialog.tree, Key.Key_Insert)
    field = line(dialog, "nama")
    assert field.selectedText() == "Jabatan baru"
    typed(dialog, "nama", "Kepala Bidang Baru", qtbot)
    made = next(j for j in session.plan.all(Jabatan) if j.nama == "Kepala Bidang Baru")
    assert (made.atasan_id, made.unit) == (jobs[0].id, jobs[2].unit)
    dialog.below_button.click()
    typed(dialog, "nama", "Analis", qtbot)
    below = next(j for j in session.plan.all(Jabatan) if j.nama == "Analis")
    assert below.atasan_id == made.id


def test_removing_a_position_says_what_it_affects(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]
) -> None:
    used = positions.use_words(session.plan, jobs[1])
    dialog.tree.choose(jobs[1].id)
    said = press_each("Hapus")
    dialog.remove_button.click()
    assert any(used in text and f"pindah ke {jobs[0].nama}" in text for text in said)
    assert session.plan.find(Jabatan, jobs[1].id) is None
    assert session.plan.get(Jabatan, jobs[8].id).atasan_id == jobs[0].id
    session.undo()
    assert session.plan.where(Jabatan, "dokumen_id", session.dokumen_id) == jobs


def test_two_spellings_are_merged_into_the_one_clicked_last(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    gone, stays = jobs[3], jobs[4]
    assert not dialog.merge_button.isEnabled()
    for row, modifier in ((gone, Mod.NoModifier), (stays, Mod.ControlModifier)):
        item = dialog.tree.item_of(row.id)
        assert item is not None
        qtbot.mouseClick(dialog.tree.viewport(), LEFT, modifier, dialog.tree.visualItemRect(item).center())
    assert dialog.merge_button.isEnabled()
    said = press_each("Gabungkan")
    dialog.merge_button.click()
    assert f"Gabungkan “{gone.nama}” ke dalam “{stays.nama}”?" in said
    assert session.plan.find(Jabatan, gone.id) is None
    assert session.document.undo_label == "gabungkan jabatan"


def test_another_position_is_made_head(dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]) -> None:
    dialog.tree.choose(jobs[0].id)
    assert not dialog.head_button.isEnabled()
    dialog.tree.choose(jobs[1].id)
    dialog.head_button.click()
    assert dialog.tree.ids()[1] == jobs[1].id
    assert session.plan.get(Jabatan, jobs[0].id).atasan_id == jobs[1].id
    assert "menandatangani dokumen" in dialog.panel.about.text()
    assert session.document.undo_label == "jadikan kepala"


def test_the_heads_button_hangs_all_that_stand_beside_the_head_below_it(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]
) -> None:
    session.edit("lepas", edits.set_field(jobs[4], "atasan_id", None))
    dialog.tree.choose(jobs[0].id)
    dialog.head_button.click()
    assert session.plan.get(Jabatan, jobs[4].id).atasan_id == jobs[0].id
    assert not dialog.head_button.isEnabled()
    assert session.dokumen.ttd_jabatan != jobs[0].nama, "who signs is written as before"


def test_the_organisation_of_another_plan_is_copied_after_it_was_said_what_comes(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...], qtbot: QtBot
) -> None:
    session.edit("isi", set_official(session.plan, session.dokumen_id, None, nama="Bupati Lain"))
    path = session.document.file.path
    session.publish()
    qtbot.waitUntil(lambda: session.published)

    copy = PositionsCopyDialog(session, dialog)
    copy.show()
    assert not copy.copy_button.isEnabled()
    copy.read(path)
    qtbot.waitUntil(lambda: copy.source.count() == 2)
    assert copy.note.text() == "Organisasi di sana sama dengan di sini."
    assert not copy.copy_button.isEnabled()
    session.edit("hapus", edits.remove(session.plan, session.plan.get(Jabatan, jobs[4].id)))
    copy.officials.toggle()
    assert f"1 jabatan baru: {jobs[4].nama}." in copy.note.text()
    copy.copy_button.click()
    assert not copy.isVisible()
    assert session.document.undo_label == "salin organisasi"
    names = [j.nama for j in session.plan.where(Jabatan, "dokumen_id", session.dokumen_id)]
    assert sorted(names) == sorted(j.nama for j in jobs)
    assert superior(session.plan, session.dokumen).nama == "Bupati Lain"


def test_an_unreadable_file_is_said_and_changes_nothing(
    dialog: PositionsDialog, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "rusak.db").write_bytes(b"bukan rencana")
    copy = PositionsCopyDialog(session, dialog)
    copy.read(tmp_path / "rusak.db")
    qtbot.waitUntil(lambda: copy.note.level == "galat")
    assert not copy.copy_button.isEnabled()


def test_copying_is_asked_for_with_its_button(dialog: PositionsDialog) -> None:
    asked: list[type] = []

    def close(copy: QDialog) -> None:
        asked.append(type(copy))
        copy.reject()

    in_dialog(close)
    dialog.copy_button.click()
    assert asked == [PositionsCopyDialog]


def test_every_control_has_a_name_and_a_letter_of_its_own(dialog: PositionsDialog, jobs: tuple[Jabatan, ...]) -> None:
    dialog.tree.choose(jobs[1].id)
    assert all(field.accessibleName() for field in dialog.panel.fields.values())
    assert all(button.accessibleName() for button in dialog.arrows)
    labelled = (*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton))
    letters = [w.text()[w.text().index("&") + 1].upper() for w in labelled if "&" in w.text()]
    assert len(letters) == len(set(letters)) == 18


def test_another_document_has_officials_of_its_own(session: Session, qtbot: QtBot) -> None:
    from services.tahap import new_stage

    first = session.dokumen
    changes, fresh_id = new_stage(session.plan, first.id)
    session.edit("dokumen perubahan", changes)
    session.show_document(fresh_id)
    dialog = PositionsDialog(session)
    qtbot.addWidget(dialog)
    typed(dialog, "pejabat", "Kepala Baru", qtbot)
    assert session.plan.get(Dokumen, fresh_id).ttd_nama == "Kepala Baru"
    assert session.plan.get(Dokumen, first.id) == first


def test_undo_works_in_a_field_in_which_nothing_is_being_typed(
    dialog: PositionsDialog, session: Session, qtbot: QtBot
) -> None:
    before = line(dialog, "nama").text()
    typed(dialog, "nama", "Kepala Badan", qtbot)
    edit = line(dialog, "nama")
    edit.setFocus()
    qtbot.keyClick(edit, Key.Key_Z, Mod.ControlModifier)
    assert edit.text() == before
    qtbot.keyClick(edit, Key.Key_Y, Mod.ControlModifier)
    assert edit.text() == "Kepala Badan"
    qtbot.keyClicks(edit, " dua")
    steps = len(session.document.done)
    qtbot.keyClick(edit, Key.Key_Z, Mod.ControlModifier)
    assert len(session.document.done) == steps, "what is being typed is taken back first"
    assert edit.text() == "Kepala Badan"


def test_fields_stay_where_they_are_when_a_remark_comes(dialog: PositionsDialog, qtbot: QtBot) -> None:
    typed(dialog, "nip", "", qtbot)
    top = dialog.panel.fields["nama"].y()
    place = dialog.panel.fields["nip"].mapTo(dialog.panel, QPoint(0, 0)).y()
    typed(dialog, "nip", "19741014 199311 3 001", qtbot)
    qtbot.waitUntil(lambda: any(note.text() for note in dialog.panel.notes))
    dialog.panel.layout().activate()
    assert dialog.panel.fields["nama"].y() == top
    assert dialog.panel.fields["nip"].mapTo(dialog.panel, QPoint(0, 0)).y() == place


class Painted(QObject):
    """Remembers what of a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_the_mark_of_a_remark_is_painted_anew_with_its_text(
    dialog: PositionsDialog, session: Session, jobs: tuple[Jabatan, ...]
) -> None:
    row = jobs[2]
    dialog.tree.choose(row.id)
    session.edit("ubah NIP", set_official(session.plan, session.dokumen_id, row.id, nama="Ani", nip="123"))
    QApplication.processEvents()
    assert dialog.summary.level == "galat"
    painted = Painted()
    dialog.summary.installEventFilter(painted)
    session.edit("ubah NIP", set_official(session.plan, session.dokumen_id, row.id, nama="Ani"))
    QApplication.processEvents()
    assert dialog.summary.level == "peringatan"
    assert painted.region.contains(QPoint(5, 6))

"""The "Rencana baru" dialog: what it proposes, what it says in place, and the plan that it makes."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.plan import Plan
from models.plan_file import left_overs
from models.reading import read_plan
from models.rows import Anggaran, Dokumen, Jabatan, Kinerja, Opd
from services.document import Document
from services.pejabat import head_position, superior
from ui.new_plan_dialog import NewPlanDialog
from ui.new_plan_source import LastYear
from ui.recent import RecentPlan, RecentPlans
from ui.tasks import wait_for_tasks

YEAR = date.today().year
AGENCY = "Dinas Koperasi"


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder whose Documents are the test's own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    if not folder.is_relative_to(tmp_path):
        pytest.skip("this system does not let Documents be elsewhere")
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def dialog(qtbot: QtBot, documents: Path) -> Iterator[NewPlanDialog]:
    made = NewPlanDialog()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    assert wait_for_tasks()
    QApplication.processEvents()


def write(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    """Type in place of what is there."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def go_on(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    """Enter on the first page: to the officials."""
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.form.currentIndex() == 1
    assert dialog.form.fields.jabatan.hasFocus()


def make(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    """Enter on both pages."""
    go_on(qtbot, dialog)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def note(dialog: NewPlanDialog, name: str) -> str:
    """What stands under a field."""
    line = dialog.form.notes[name]
    return line.text() if line.isVisible() else ""


def test_enter_makes_the_plan_that_the_fields_describe(qtbot: QtBot, dialog: NewPlanDialog, documents: Path) -> None:
    f = dialog.form.fields
    write(qtbot, f.opd_nama, AGENCY)
    write(qtbot, f.pemda, "Buleleng")
    write(qtbot, f.ibu_kota, "Singaraja")
    go_on(qtbot, dialog)
    assert f.atasan_jabatan.text() == "Bupati Buleleng"
    write(qtbot, f.nama, "Ni Made Sri")
    write(qtbot, f.pangkat, "Pembina")
    write(qtbot, f.nip, "197410141993111001")
    qtbot.keyClick(f.plt, Qt.Key.Key_Space)
    write(qtbot, f.atasan_nama, "I Gede Suyasa")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(f.nama, Qt.Key.Key_Return)
    assert dialog.path == documents / "Renaksi" / f"{AGENCY} {YEAR}.db"
    plan = Plan(read_plan(dialog.path))
    (opd,), (dokumen,) = plan.all(Opd), plan.all(Dokumen)
    assert (opd.nama, opd.pemda, opd.jenis_pemda, opd.ibu_kota) == (
        AGENCY,
        "Kabupaten Buleleng",
        "kabupaten",
        "Singaraja",
    )
    assert (dokumen.tahun, dokumen.tahap, dokumen.ttd_jabatan) == (YEAR, "murni", f"Kepala {AGENCY}")
    assert (dokumen.ttd_nama, dokumen.ttd_pangkat, dokumen.ttd_plt) == ("Ni Made Sri", "Pembina", 1)
    assert dokumen.ttd_nip == "19741014 199311 1 001"
    above = superior(plan, dokumen)
    assert (above.jabatan, above.nama) == ("Bupati Buleleng", "I Gede Suyasa")


def test_the_new_plan_can_be_opened_at_once(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    write(qtbot, dialog.form.fields.opd_nama, AGENCY)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    assert dialog.path is not None
    with Document.open(dialog.path) as document:
        assert document.plan.all(Opd)[0].nama == AGENCY
    assert list(left_overs()) == []


def test_a_revision_has_its_number(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    f = dialog.form.fields
    assert not f.nomor_perubahan.isEnabled()
    write(qtbot, f.opd_nama, AGENCY)
    qtbot.keyClick(f.tahap, Qt.Key.Key_Down)
    qtbot.keyClick(f.nomor_perubahan, Qt.Key.Key_Up)
    assert f.path.text().endswith(f"{AGENCY} {YEAR} Perubahan 2.db")
    make(qtbot, dialog)
    assert dialog.path is not None
    (dokumen,) = Plan(read_plan(dialog.path)).all(Dokumen)
    assert (dokumen.tahap, dokumen.nomor_perubahan) == ("perubahan", 2)


def test_without_a_name_it_says_so_under_the_field_and_goes_there(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    dialog.form.fields.ibu_kota.setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "belum diisi" in note(dialog, "opd_nama")
    assert dialog.form.fields.opd_nama.hasFocus()
    assert "belum diisi" in dialog.form.fields.opd_nama.accessibleDescription()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.form.fields.opd_nama, "D")
    assert note(dialog, "opd_nama") == ""


def test_a_file_that_is_there_is_said_under_the_path(qtbot: QtBot, dialog: NewPlanDialog, tmp_path: Path) -> None:
    there = tmp_path / "ada.db"
    there.write_bytes(b"x")
    f = dialog.form.fields
    write(qtbot, f.opd_nama, AGENCY)
    write(qtbot, f.path, str(there))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "sudah ada" in note(dialog, "path"))
    assert f.path.hasFocus()
    write(qtbot, f.path, str(tmp_path / "lain.db"))
    assert note(dialog, "path") == ""
    make(qtbot, dialog)
    assert dialog.path == tmp_path / "lain.db"
    assert there.read_bytes() == b"x"


def test_an_empty_path_is_said(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    f = dialog.form.fields
    write(qtbot, f.opd_nama, AGENCY)
    write(qtbot, f.path, " ")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "belum diisi" in note(dialog, "path")


@pytest.mark.parametrize(
    ("typed", "target"),
    [("baru", "Renaksi/baru.db"), ("baru.DB", "Renaksi/baru.DB"), ("2027.murni", "Renaksi/2027.murni.db")],
)
def test_a_bare_name_goes_to_the_proposed_folder(
    qtbot: QtBot, dialog: NewPlanDialog, documents: Path, typed: str, target: str
) -> None:
    write(qtbot, dialog.form.fields.path, typed)
    assert dialog.form.fields.target() == documents / target


def test_the_position_follows_the_agency_until_it_is_written(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    f = dialog.form.fields
    write(qtbot, f.opd_nama, "Inspektorat Daerah")
    assert f.jabatan.text() == "Inspektur Daerah"
    write(qtbot, f.jabatan, "Plh. Inspektur")
    write(qtbot, f.opd_nama, AGENCY)
    assert f.jabatan.text() == "Plh. Inspektur"
    write(qtbot, f.jabatan, "x")
    qtbot.keyClick(f.jabatan, Qt.Key.Key_Backspace)
    write(qtbot, f.opd_nama, "Badan Keuangan")
    assert f.jabatan.text() == "Kepala Badan Keuangan"


def test_the_path_follows_agency_and_year_until_it_is_written(
    qtbot: QtBot, dialog: NewPlanDialog, tmp_path: Path
) -> None:
    f = dialog.form.fields
    write(qtbot, f.opd_nama, AGENCY)
    qtbot.keyClick(f.tahun, Qt.Key.Key_Up)
    assert f.path.text().endswith(f"{AGENCY} {YEAR + 1}.db")
    write(qtbot, f.path, str(tmp_path / "saya.db"))
    qtbot.keyClick(f.tahun, Qt.Key.Key_Up)
    assert f.path.text() == str(tmp_path / "saya.db")


@pytest.mark.parametrize("name", ["nip", "atasan_nip"])
def test_the_nip_is_grouped_and_remarked_on_leaving_and_never_refused(
    qtbot: QtBot, dialog: NewPlanDialog, name: str
) -> None:
    field = getattr(dialog.form.fields, name)
    write(qtbot, dialog.form.fields.opd_nama, AGENCY)
    go_on(qtbot, dialog)
    write(qtbot, field, "197413141993111001")
    assert note(dialog, name) == ""
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "19741314 199311 1 001"
    assert "tidak ada di kalender" in note(dialog, name)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_the_remark_on_the_nip_goes_when_it_is_mended(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    f = dialog.form.fields
    write(qtbot, f.opd_nama, AGENCY)
    go_on(qtbot, dialog)
    write(qtbot, f.nip, "1")
    qtbot.keyClick(f.nip, Qt.Key.Key_Tab)
    assert note(dialog, "nip")
    write(qtbot, f.nip, "197410141993111001")
    qtbot.keyClick(f.nip, Qt.Key.Key_Tab)
    assert note(dialog, "nip") == ""


def test_back_leads_to_the_first_page_and_keeps_what_was_written(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    write(qtbot, dialog.form.fields.opd_nama, AGENCY)
    go_on(qtbot, dialog)
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert dialog.form.fields.opd_nama.hasFocus()
    assert dialog.form.fields.opd_nama.text() == AGENCY
    assert not dialog.create_button.isVisible()


def test_last_years_plan_gives_agency_officials_and_structure(
    qtbot: QtBot, dialog: NewPlanDialog, published: Callable[[str], Path], documents: Path
) -> None:
    f, last = dialog.form.fields, published("lampung-2019")
    with qtbot.waitSignal(f.source.loaded):
        f.source.choose(last)
    assert f.tahun.value() == 2020
    assert f.pemda.text() == "Lampung"
    assert f.path.text().endswith("2020.db")
    make(qtbot, dialog)
    assert dialog.path is not None
    plan, before = Plan(read_plan(dialog.path)), Plan(read_plan(last))
    (dokumen,) = plan.all(Dokumen)
    assert (dokumen.tahun, dokumen.tahap) == (2020, "murni")
    assert [k.uraian for k in plan.all(Kinerja)] == [k.uraian for k in before.all(Kinerja)]
    assert all(line.pagu is None for line in plan.all(Anggaran))


def test_a_file_that_is_no_plan_cannot_be_last_year(qtbot: QtBot, dialog: NewPlanDialog, tmp_path: Path) -> None:
    broken = tmp_path / "bukan.db"
    broken.write_bytes(b"bukan rencana")
    with qtbot.waitSignal(dialog.form.fields.source.failed):
        dialog.form.fields.source.choose(broken)
    assert note(dialog, "source")
    assert dialog.form.fields.source.path() is None
    assert dialog.form.fields.source.currentIndex() == 0


def test_the_picked_file_is_taken_over(qtbot: QtBot, dialog: NewPlanDialog, tmp_path: Path) -> None:
    f = dialog.form.fields
    write(qtbot, f.opd_nama, AGENCY)
    qtbot.mouseClick(f.browse, Qt.MouseButton.LeftButton)
    files = dialog.findChild(QFileDialog)
    field = files.findChild(QLineEdit, "fileNameEdit")
    assert field.text() == f"{AGENCY} {YEAR}.db"
    field.setText(str(tmp_path / "pilihan"))
    with qtbot.waitSignal(files.fileSelected):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert f.target() == tmp_path / "pilihan.db"


def test_escape_and_batal_make_nothing(qtbot: QtBot, dialog: NewPlanDialog, documents: Path) -> None:
    write(qtbot, dialog.form.fields.opd_nama, AGENCY)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert dialog.path is None
    assert list(documents.rglob("*.db")) == []


def test_it_cannot_be_closed_while_the_file_is_being_written(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    write(qtbot, dialog.form.fields.opd_nama, AGENCY)
    go_on(qtbot, dialog)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.close()
        assert dialog.isVisible()
    assert dialog.path is not None


def test_tab_goes_by_line(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    f = dialog.form.fields
    write(qtbot, f.opd_nama, AGENCY)
    qtbot.keyClick(f.tahap, Qt.Key.Key_Down)
    pages = (
        (f.source, f.opd_nama, f.jenis_pemda, f.pemda, f.ibu_kota, f.tahun, f.tahap, f.nomor_perubahan, f.path),
        (f.jabatan, f.nama, f.pangkat, f.nip, f.plt, f.atasan_jabatan, f.atasan_nama, f.atasan_pangkat, f.atasan_nip),
    )
    behind = ((f.browse, dialog.cancel_button, dialog.next_button), (dialog.cancel_button, dialog.back_button))
    for fields, after in zip(pages, behind, strict=True):
        fields[0].setFocus()
        seen: list[QWidget | None] = [dialog.focusWidget()]
        for _ in range(len(fields) + len(after) - 1):
            qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
            seen.append(dialog.focusWidget())
        assert seen == [*fields, *after]
        if dialog.form.currentIndex() == 0:
            go_on(qtbot, dialog)


def test_every_field_has_a_name_and_every_key_of_a_page_is_one_of_a_kind(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    write(qtbot, dialog.form.fields.opd_nama, AGENCY)
    for page in range(2):
        words = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
        words += [button.text() for button in dialog.findChildren(QAbstractButton) if button.isVisible()]
        keys = [key.lower() for text in words for key in re.findall("&(.)", text)]
        assert len(keys) == len(set(keys)) >= 11, sorted(keys)
        if page == 0:
            go_on(qtbot, dialog)
    for field in vars(dialog.form.fields).values():
        if isinstance(field, QWidget):
            assert field.accessibleName() or isinstance(field, QAbstractButton)


def test_every_note_has_room_and_the_dialog_fits_a_small_screen(
    qtbot: QtBot, dialog: NewPlanDialog, documents: Path
) -> None:
    assert dialog.height() <= 460
    write(qtbot, dialog.form.fields.path, " ")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    page = dialog.form.currentWidget()
    qtbot.waitUntil(lambda: page.height() >= page.minimumSizeHint().height())
    assert all(note(dialog, name) for name in ("opd_nama", "path"))
    assert dialog.height() <= 500


def test_after_kembali_enter_goes_on_again(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    write(qtbot, dialog.form.fields.opd_nama, AGENCY)
    for _ in range(2):
        go_on(qtbot, dialog)
        qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
        assert dialog.next_button.isDefault()
        assert not dialog.create_button.isDefault()
        assert dialog.form.fields.opd_nama.hasFocus()
    go_on(qtbot, dialog)
    dialog.back_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(dialog.back_button, Qt.Key.Key_Space)
    assert dialog.next_button.isDefault()
    qtbot.keyClick(dialog.form.fields.opd_nama, Qt.Key.Key_Return)
    assert dialog.form.currentIndex() == 1


def test_a_position_that_was_written_follows_the_name_of_the_agency(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    f = dialog.form.fields
    write(qtbot, f.opd_nama, AGENCY)
    go_on(qtbot, dialog)
    write(qtbot, f.jabatan, f"Pelaksana Harian Kepala {AGENCY} dan UKM")
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    f.opd_nama.clear()
    write(qtbot, f.opd_nama, "Dinas Sosial")
    go_on(qtbot, dialog)
    assert f.jabatan.text() == "Pelaksana Harian Kepala Dinas Sosial dan UKM"
    write(qtbot, f.jabatan, "Direktur")
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    write(qtbot, f.opd_nama, "Rumah Sakit")
    assert f.jabatan.text() == "Direktur"


def test_the_head_has_his_position_in_the_organisation(qtbot: QtBot, dialog: NewPlanDialog) -> None:
    write(qtbot, dialog.form.fields.opd_nama, AGENCY)
    make(qtbot, dialog)
    assert dialog.path is not None
    plan = Plan(read_plan(dialog.path))
    (position,) = plan.all(Jabatan)
    assert position.nama == f"Kepala {AGENCY}"
    head = head_position(plan, plan.all(Dokumen)[0])
    assert head is not None
    assert head.id == position.id


def test_the_list_of_last_years_plans_names_the_year_before_a_long_agency(qtbot: QtBot, tmp_path: Path) -> None:
    agency = "Dinas Perdagangan, Perindustrian dan Koperasi, Usaha Kecil dan Menengah"
    path = tmp_path / "a.db"
    path.write_bytes(b"")
    RecentPlans().note(RecentPlan(path=path, agency=agency, opened=datetime(2026, 1, 2), year=2026))
    source = LastYear()
    qtbot.addWidget(source)
    assert source.itemText(1).startswith("Tahun lalu: 2026, Dinas Perdagangan")
    assert source.itemText(1).endswith("…")

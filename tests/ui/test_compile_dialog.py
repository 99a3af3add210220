"""Kompilasi rencana: the files, what is said of them, the compilation, what is reported, and the overview."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.rows import Dokumen
from services import edits
from services.compile import Compiled, plans_in
from services.compile import compile_plans as compile_files
from services.document import Document
from services.rupiah import format_rupiah
from ui.compile_dialog import CompileDialog, compile_plans
from ui.compile_list import KETERANGAN, PERANGKAT, TEMUAN
from ui.compile_overview import OverviewDialog, show_agencies
from ui.compile_report import CompileReport, report_text
from ui.main_window import MainWindow


@pytest.fixture
def folder(published: Callable[[str], Path], tmp_path: Path) -> Path:
    """Two plans, one of them twice, a broken one, and what is no plan."""
    made = tmp_path / "rencana"
    made.mkdir()
    for source, name in (("bone-2023", "a"), ("lombok-tengah-2022", "b"), ("bone-2023", "c")):
        shutil.copyfile(published(source), made / f"{name}.db")
    (made / "d.DB").write_bytes(b"x" * 5_000)
    (made / "catatan.txt").write_text("bukan rencana", encoding="utf-8")
    return made


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    made.resize(1366, 738)
    made.show()
    made.show_start()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[CompileDialog]:
    made = CompileDialog(window)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def read(qtbot: QtBot, dialog: CompileDialog, *paths: Path) -> None:
    dialog.add(paths)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)


def cells(dialog: CompileDialog, column: int) -> list[str]:
    table = dialog.list
    return [item.text() for row in range(table.rowCount()) if (item := table.item(row, column)) is not None]


def accept_report() -> None:
    """Close the report that is about to come."""

    def look() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, CompileReport):
            shown.accept()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_a_folder_brings_its_plans_with_what_is_wrong_with_each(
    qtbot: QtBot, dialog: CompileDialog, folder: Path
) -> None:
    assert not dialog.make.isEnabled()
    read(qtbot, dialog, folder)
    assert [path.name for path in dialog.list.paths] == ["a.db", "b.db", "c.db", "d.DB"]
    assert cells(dialog, PERANGKAT)[1] == "Dinas Koperasi dan UKM"
    assert "galat" in cells(dialog, TEMUAN)[0]
    said = cells(dialog, KETERANGAN)
    assert said[0] == ""
    assert said[1].startswith("Tahun 2022")
    assert said[2] == "Dokumen ini sudah ada di a.db."
    assert "bukan berkas rencana" in said[3]
    assert "2 berkas" in dialog.summary.text()
    assert dialog.target.text() == str(folder / "Kompilasi.db")
    assert dialog.make.isEnabled()


def test_the_same_file_is_listed_once_and_can_be_left_out(qtbot: QtBot, dialog: CompileDialog, folder: Path) -> None:
    read(qtbot, dialog, folder / "a.db", folder / "c.db", folder / "catatan.txt")
    read(qtbot, dialog, folder / "a.db")
    assert "Tidak ada berkas rencana" in dialog.note.text()
    assert dialog.list.rowCount() == 2
    dialog.list.selectRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert [path.name for path in dialog.list.paths] == ["c.db"]
    assert cells(dialog, KETERANGAN) == [""], "it is not there twice any more"


def test_the_compilation_is_made_and_what_stayed_out_is_reported(
    qtbot: QtBot, dialog: CompileDialog, folder: Path
) -> None:
    read(qtbot, dialog, folder)
    accept_report()
    with qtbot.waitSignal(dialog.accepted, timeout=30_000):
        qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    assert dialog.target_path == folder / "Kompilasi.db"
    assert dialog.target_path.exists()
    assert [one.complete for one in dialog.report] == [True, True, False, False]


def test_a_name_that_is_taken_is_refused(qtbot: QtBot, dialog: CompileDialog, folder: Path) -> None:
    read(qtbot, dialog, folder / "a.db")
    before = (folder / "b.db").read_bytes()
    dialog.target.setText(str(folder / "b.db"))
    dialog.accept()
    assert "sudah ada" in dialog.note.text()
    dialog.target.setText(" ")
    dialog.accept()
    assert "belum diisi" in dialog.note.text()
    assert (folder / "b.db").read_bytes() == before


def test_nothing_that_can_be_taken_is_a_sentence_and_no_file(qtbot: QtBot, dialog: CompileDialog, folder: Path) -> None:
    read(qtbot, dialog, folder / "d.DB")
    assert not dialog.make.isEnabled()
    dialog.accept()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert "Tidak ada rencana yang dapat dikompilasi" in dialog.note.text()
    assert not (folder / "Kompilasi.db").exists()


def test_called_off_before_it_began_it_leaves_nothing(qtbot: QtBot, dialog: CompileDialog, folder: Path) -> None:
    read(qtbot, dialog, folder / "a.db", folder / "b.db")
    dialog.accept()
    # Whichever is faster: the file is whole, or there is none.
    dialog.progress.cancelled.emit()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    left = sorted(path.name for path in folder.iterdir())
    made = [] if dialog.target_path is None else ["Kompilasi.db"]
    assert left == sorted(["a.db", "b.db", "c.db", "catatan.txt", "d.DB", *made])
    if dialog.target_path is None:
        assert "dibatalkan" in dialog.note.text()


def test_the_result_is_opened_with_its_agencies_at_a_glance(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    def act() -> None:
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, CompileDialog)
        read(qtbot, shown, folder / "a.db", folder / "b.db")
        shown.accept()

    QTimer.singleShot(0, act)
    compile_plans(window)
    session = window.session
    assert session is not None
    assert session.document.file.path.name == "Kompilasi.db"
    (glance,) = window.findChildren(OverviewDialog)
    qtbot.waitUntil(lambda: "galat" in glance.total.text(), timeout=20_000)
    assert [one.agency for one in glance.listed] == [
        "Dinas Koperasi, Usaha Kecil dan Menengah",
        "Dinas Koperasi dan UKM",
    ]
    assert "pagu" not in glance.total.text(), "two years are not added up"
    for row in (0, 1):
        glance.table.selectRow(row)
        glance.go()
        assert session.dokumen_id == glance.listed[row].dokumen_id
    glance.close()


def test_agencies_of_one_year_have_their_sums_in_a_last_row(
    qtbot: QtBot, window: MainWindow, folder: Path, tmp_path: Path
) -> None:
    with Document.open(folder / "b.db") as other:
        other.edit("ubah", edits.set_field(other.plan.all(Dokumen)[0], "tahun", 2023))
        other.file.publish()
    document, _ = compile_files(tmp_path / "dua.db", [folder / "a.db", folder / "b.db"])
    document.file.close()
    assert window.open_plan(tmp_path / "dua.db")
    show_agencies(window)
    (glance,) = window.findChildren(OverviewDialog)
    qtbot.waitUntil(lambda: "pagu" in glance.total.text(), timeout=20_000)
    last = [item.text() for column in range(7) if (item := glance.table.item(2, column)) is not None]
    total = sum(one.pagu or 0 for one in glance.listed)
    assert (last[0], last[2], last[3]) == ("Jumlah", "2 dokumen", format_rupiah(total))
    glance.table.selectRow(2)
    glance.go()
    glance.fill()
    qtbot.waitUntil(lambda: glance.table.rowCount() == 3, timeout=20_000)
    glance.close()


def test_the_report_can_be_copied_and_saved(qtbot: QtBot, tmp_path: Path) -> None:
    report = (Compiled(Path("a.db"), ("Dinas, 2027 Murni",), ()), Compiled(Path("b.db"), (), ("b.db rusak.",)))
    shown = CompileReport(report, tmp_path / "semua.db", None)
    qtbot.addWidget(shown)
    shown.copy_button.click()
    text = report_text(report, tmp_path / "semua.db")
    assert QApplication.clipboard().text() == text
    assert text.index("b.db rusak.") < text.index("a.db: Dinas, 2027 Murni")
    shown.save_to(tmp_path / "laporan.txt")
    assert (tmp_path / "laporan.txt").read_text(encoding="utf-8-sig") == text
    shown.save_to(tmp_path / "tidak-ada" / "laporan.txt")
    assert shown.note.level == "galat"


def test_only_plans_of_the_folder_itself_and_no_old_compilation_are_taken(folder: Path) -> None:
    (folder / "lama").mkdir()
    shutil.copyfile(folder / "a.db", folder / "lama" / "z.db")
    for other in (".sementara.db", "Kompilasi 2.db", "KOMPILASI.DB"):
        shutil.copyfile(folder / "a.db", folder / other)
    assert [path.name for path in plans_in(folder)] == ["a.db", "b.db", "c.db", "d.DB"]
    assert plans_in(folder / "tidak-ada") == []


def test_every_control_has_a_name_and_every_key_is_one_of_a_kind(dialog: CompileDialog) -> None:
    words = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    words += [b.text() for b in dialog.findChildren(QAbstractButton) if "&" in b.text()]
    keys = [key.lower() for text in words for key in re.findall("&(.)", text)]
    assert len(keys) == len(set(keys)) >= 7
    assert dialog.list.accessibleName()
    assert dialog.target.accessibleName()

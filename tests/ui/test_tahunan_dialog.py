"""Target dan pagu per tahun: an officer types, pastes and empties the years of the Renstra, step by step."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Dokumen, Indikator, Kinerja
from services.document import Document
from services.samples import create_from, sample_path
from services.tahunan_isian import REALISASI
from ui import clipboard
from ui.details_panel import DetailsPanel
from ui.session import Session
from ui.tahunan_dialog import YearsDialog
from ui.tasks import wait_for_tasks

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def lampung(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    with create_from(sample_path("lampung-2019"), tmp_path / "lampung.db") as document:
        session = Session(document, qapp)
        yield session
        wait_for_tasks()
        session.setParent(None)
        session.deleteLater()


@pytest.fixture
def dialog(lampung: Session, qtbot: QtBot) -> Iterator[YearsDialog]:
    row = next(row for row in lampung.plan.all(Indikator) if row.uraian == "Jumlah Pra Koperasi")
    owner = DetailsPanel(lampung)
    dialog = YearsDialog(lampung, row.id, owner)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.close()
    owner.setParent(None)
    owner.deleteLater()


def shown(dialog: YearsDialog, down: int = 0, year: str = "2023") -> str:
    """The cell of a year, so many lines below the one that was chosen first."""
    at = next(at for at, line in enumerate(dialog.model.table.lines) if line.nama == "Jumlah Pra Koperasi")
    column = dialog.model.table.years.index(year)
    return str(dialog.model.data(dialog.model.index(at + down, column)))


def choose(dialog: YearsDialog, year: str) -> None:
    row = dialog.table.currentIndex().row()
    dialog.table.setCurrentIndex(dialog.model.index(row, dialog.model.table.years.index(year)))


def test_it_opens_at_the_row_and_typing_is_one_step(dialog: YearsDialog, lampung: Session, qtbot: QtBot) -> None:
    at = dialog.table.currentIndex()
    assert dialog.model.headerData(at.row(), Qt.Orientation.Vertical) == "Jumlah Pra Koperasi (Kelpmpok)"
    assert dialog.model.headerData(at.column(), Qt.Orientation.Horizontal) == "2019"
    choose(dialog, "2023")
    qtbot.keyClicks(dialog.table, "4")
    editor = dialog.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "7")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.table.currentIndex().row() == at.row() + 1)
    assert shown(dialog) == "47"
    assert lampung.document.undo_label.startswith("ubah target 2023, Jumlah Pra Koperasi")
    lampung.undo()
    assert shown(dialog) == "45"


def test_a_block_from_a_spreadsheet_is_pasted_as_one_step(dialog: YearsDialog, lampung: Session, qtbot: QtBot) -> None:
    choose(dialog, "2023")
    mime = clipboard.write([["61", "62"], ["70.000.000", "80.000.000"], ["63", "64"]])
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(dialog.table, Key.Key_V, Mod.ControlModifier)
    assert [shown(dialog, down, year) for down in range(3) for year in ("2023", "2024")] == [
        "61",
        "62",
        "70.000.000",
        "80.000.000",
        "63",
        "64",
    ]
    lampung.undo()
    assert shown(dialog) == "45"
    clipboard.settle()


def test_what_cannot_be_read_is_said_and_nothing_is_stored(dialog: YearsDialog, lampung: Session, qtbot: QtBot) -> None:
    choose(dialog, "2023")
    mime = QMimeData()
    mime.setText("61\nbanyak")
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(dialog.table, Key.Key_V, Mod.ControlModifier)
    assert dialog.note.isVisible()
    assert shown(dialog) == "45"
    qtbot.keyClick(dialog.table, Key.Key_Delete)
    assert shown(dialog) == ""
    assert not dialog.note.isVisible()
    clipboard.settle()


def test_copying_takes_what_is_shown(dialog: YearsDialog, qtbot: QtBot) -> None:
    at = dialog.table.currentIndex()
    years = dialog.model.table.years
    choose(dialog, "2023")
    selection = dialog.table.selectionModel()
    selection.select(dialog.model.index(at.row(), years.index("2024")), selection.SelectionFlag.Select)
    qtbot.keyClick(dialog.table, Key.Key_C, Mod.ControlModifier)
    assert QGuiApplication.clipboard().text().strip() == "45\t50"
    clipboard.settle()


def test_a_sasaran_cannot_be_typed_into_and_says_why(dialog: YearsDialog) -> None:
    model = dialog.model
    head = next(at for at, line in enumerate(model.table.lines) if isinstance(line.row, Kinerja))
    index = model.index(head, 0)
    assert not model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == "Sasaran tidak berisi angka; isi indikatornya."
    assert model.line_of(model.table.lines[head].row.id) == head + 1


def test_the_results_are_the_other_face(dialog: YearsDialog) -> None:
    dialog.face.set_index(1)
    assert dialog.model.table.face == REALISASI
    assert shown(dialog) == ""
    assert dialog.table.accessibleName() == "Realisasi per tahun"
    dialog.face.set_index(0)
    assert shown(dialog) == "45"


def test_the_years_of_the_renstra_are_typed_above(dialog: YearsDialog, lampung: Session, qtbot: QtBot) -> None:
    dialog.last.setFocus()
    dialog.last.selectAll()
    qtbot.keyClicks(dialog.last, "2026")
    qtbot.keyClick(dialog.last, Key.Key_Tab)
    assert lampung.plan.get(Dokumen, lampung.dokumen_id).akhir_renstra == 2026
    assert dialog.model.table.years[-1] == "2026"
    dialog.last.setFocus()
    dialog.last.selectAll()
    qtbot.keyClicks(dialog.last, "2010")
    qtbot.keyClick(dialog.last, Key.Key_Tab)
    assert "tidak boleh sebelum tahun awal" in dialog.note.text()
    assert lampung.plan.get(Dokumen, lampung.dokumen_id).akhir_renstra == 2026


def test_the_details_lead_to_it(lampung: Session, qtbot: QtBot) -> None:
    details = DetailsPanel(lampung)
    line = next(row for row in lampung.plan.all(Anggaran) if row.nama == "Penyuluhan Perkopeasian")
    details.resize(1030, 156)
    details.show_row(line)
    assert "Per tahun (5 terisi)..." in details._more.text()
    assert "Lainnya" in details._more.text()
    details.setParent(None)
    details.deleteLater()


def test_a_plan_that_is_only_read_cannot_be_typed_into(
    qapp: QApplication, tmp_path: Path, published: Callable[[str], Path]
) -> None:
    path = shutil.copy(published("lampung-2019"), tmp_path / "rencana.db")
    with Document.open(path, read_only=True) as document:
        session = Session(document, qapp)
        owner = DetailsPanel(session)
        dialog = YearsDialog(session, "", owner)
        assert dialog.first.isReadOnly()
        assert dialog.note.text() == "Rencana ini dibuka hanya untuk dibaca."
        model = dialog.model
        cells = (model.index(row, 0) for row in range(model.rowCount()))
        assert not any(model.flags(cell) & Qt.ItemFlag.ItemIsEditable for cell in cells)
        dialog.table.selectAll()
        dialog.table.empty()
        assert shown(dialog) == "45"
        owner.setParent(None)
        owner.deleteLater()
        wait_for_tasks()
        session.setParent(None)
        session.deleteLater()

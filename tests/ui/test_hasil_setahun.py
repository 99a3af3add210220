"""The result of the year in the table of the years, grey where periods make it; what a closing says is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, Dokumen, Indikator
from services.realisasi import set_results, set_spending
from services.realisasi_belum import counted_words, unreported
from services.samples import create_from, sample_path
from services.tahunan_isian import REALISASI
from ui.realisasi_close import CloseDialog
from ui.session import Session
from ui.tahunan_model import YearsModel
from ui.tasks import wait_for_tasks


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    with create_from(sample_path("buleleng-2022"), tmp_path / "buleleng.db") as document:
        session = Session(document, qapp)
        yield session
        wait_for_tasks()
        session.setParent(None)
        session.deleteLater()


def test_results_that_come_from_periods_are_greyed_as_targets_are(session: Session) -> None:
    plan = session.plan
    row = min((row for row in plan.all(Indikator) if row.kinerja_id), key=lambda row: row.urutan)
    line = min(plan.all(Anggaran), key=lambda row: (row.urutan, row.id))
    assert session.edit("uji", set_results(plan, row, {2: "7"}))
    assert session.edit("uji", set_spending(plan, line, {2: 5000}, kumulatif=True))
    model = YearsModel(session, REALISASI, session)
    column = model.table.years.index("2022")
    grey = QApplication.palette().brush(QPalette.ColorRole.PlaceholderText)
    for row_id, text in ((row.id, "7"), (line.id, "5.000")):
        index = model.index(model.line_of(row_id), column)
        assert model.data(index) == text
        assert model.data(index, Qt.ItemDataRole.EditRole) == ""
        assert model.data(index, Qt.ItemDataRole.ForegroundRole) == grey
    index = model.index(model.line_of(row.id), column)
    assert "dari periodenya" in model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert model.setData(index, "7")
    assert session.plan.get(Indikator, row.id).realisasi is None
    assert model.setData(index, "9")
    assert session.plan.get(Indikator, row.id).realisasi == "9"
    assert model.data(model.index(index.row(), column), Qt.ItemDataRole.ForegroundRole) != grey


def test_the_closing_names_what_all_others_count(session: Session, qtbot: QtBot) -> None:
    dialog = CloseDialog(session)
    qtbot.addWidget(dialog)
    words = counted_words(unreported(session.plan, session.plan.get(Dokumen, session.dokumen_id), 1, 3))
    assert "indikator dan" in words
    assert words.endswith("baris anggaran")
    assert dialog.note.text() == f"{words} belum melaporkan periode ini."

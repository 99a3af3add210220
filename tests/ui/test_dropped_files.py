"""What is dropped on a window: plans are opened, of anything else a sentence says what it is."""

from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.rows import Dokumen
from services.samples import sample_path
from ui.choose_plan import plans_among
from ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.mark.parametrize(
    ("names", "plans", "sentence"),
    [
        (["a.db", "B.DB"], ["a.db", "B.DB"], ""),
        (["a.db", "surat.docx"], ["a.db"], "surat.docx bukan berkas rencana (.db)."),
        (["a.txt", "b.pdf"], [], "2 berkas bukan berkas rencana (.db)."),
        (["x.renaksi.json"], [], "x.renaksi.json memuat data rencana: pakai Berkas, Impor dokumen."),
        (["2026/"], [], "2026 adalah folder: seret berkas rencana (.db) di dalamnya."),
        (["2026.db/"], [], "2026.db adalah folder: seret berkas rencana (.db) di dalamnya."),
        (
            ["2025/", "2026/", "a.db", "x.txt"],
            ["a.db"],
            "2 di antaranya folder: seret berkas rencana (.db) di dalamnya. x.txt bukan berkas rencana (.db).",
        ),
        ([], [], ""),
    ],
)
def test_plans_are_told_from_folders_and_other_files(
    tmp_path: Path, names: list[str], plans: list[str], sentence: str
) -> None:
    paths = []
    for name in names:
        paths.append(tmp_path / name.rstrip("/"))
        if name.endswith("/"):
            paths[-1].mkdir()
    found, said = plans_among(paths)
    assert [path.name for path in found] == plans
    assert said == sentence


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, mime, left, none))


def test_a_file_that_is_no_plan_is_said_in_a_dialog(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    said = press_each("Tutup")
    drop(window, tmp_path / "surat.docx")
    qtbot.waitUntil(lambda: bool(said))
    assert "surat.docx bukan berkas rencana (.db)." in said


def test_data_of_a_plan_is_imported_where_the_officer_wants_it(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session is not None
    count = len(session.plan.all(Dokumen))
    press_each("Impor")
    drop(window, sample_path("buleleng-2022"))
    qtbot.waitUntil(lambda: len(session.plan.all(Dokumen)) == count + 1)

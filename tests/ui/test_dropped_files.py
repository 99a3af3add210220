"""What is dropped on a window: plans are opened, of anything else a sentence says what it is."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

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


def test_a_file_that_is_no_plan_is_said_in_the_status_line(window: MainWindow, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "surat.docx"))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, mime, left, none))
    assert window.status.currentMessage() == "surat.docx bukan berkas rencana (.db)."

"""A program that breaks off: its report holds nothing of the plan, and the work is there at the next start."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.reading import read_plan
from models.rows import Opd
from services.log import log_file
from ui.main_window import MainWindow
from ui.windows import Windows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
ROOT = Path(__file__).resolve().parents[2]
NAME = "Dinas Kerahasiaan Zamrud"
PROGRAM = f"""
import os, sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from models.changes import Change
from models.rows import Opd
from ui.application import make_application
from ui.crash_dialog import CrashDialog
from ui.crash_report import install_excepthook
from ui.main_window import MainWindow

app = make_application()
install_excepthook(version="0.1")
window = MainWindow()
window.show()
window.open_plan(Path(sys.argv[1]))
session = window.session
session._timer.setInterval(3_600_000)
opd = session.plan.all(Opd)[0]
session.edit("ubah nama", [Change(opd, replace(opd, nama={NAME!r}))])

def fail():
    raise RuntimeError(session.plan.all(Opd)[0].nama + " gagal")

def answer():
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, CrashDialog):
        timer.stop()
        dialog.copy_button.click()
        print(QGuiApplication.clipboard().text(), flush=True)
        os._exit(9)

timer = QTimer()
timer.timeout.connect(answer)
if sys.argv[2] == "fail":
    QTimer.singleShot(0, fail)
    timer.start(10)
else:
    print("siap", flush=True)
app.exec()
"""


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("bone-2023"), path)
    return path


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(Windows())
    window.show()
    yield window
    window.close()
    window.deleteLater()


def begin(plan: Path, how: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, plan, how],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def name_of(window: MainWindow) -> str:
    assert window.session is not None
    return window.session.plan.all(Opd)[0].nama


def test_a_fault_in_the_window_is_reported_and_the_edit_is_there_at_the_next_start(
    start: MainWindow, plan: Path, qtbot: QtBot
) -> None:
    process = begin(plan, "fail")
    report, _ = process.communicate(timeout=60)
    assert process.returncode == 9
    assert report.startswith("Renaksi 0.1\nPython 3.")
    assert "RuntimeError: … gagal" in report
    written = "".join(path.read_text(encoding="utf-8") for path in log_file().parent.iterdir())
    assert report.strip() in written
    assert not [word for word in NAME.split() if word in report + written]
    start.show_start()
    assert start.start is not None
    assert start.start.notice.isVisible()
    with qtbot.waitSignal(start.start.open_requested):
        qtbot.mouseClick(start.start.notice.button, Qt.MouseButton.LeftButton)
    assert name_of(start) == NAME
    qtbot.waitUntil(lambda: start.session is not None and start.session.published)
    assert next(row.nama for row in read_plan(plan) if isinstance(row, Opd)) == NAME


def test_a_program_that_was_killed_left_its_edits_and_what_differs_can_be_looked_at_first(
    start: MainWindow, plan: Path, qtbot: QtBot
) -> None:
    before = plan.read_bytes()
    process = begin(plan, "wait")
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "siap"
    process.kill()
    process.communicate(timeout=60)
    assert plan.read_bytes() == before
    start.show_start()
    assert start.start is not None
    said = press_each("Tutup")
    qtbot.mouseClick(start.start.notice.compare_button, Qt.MouseButton.LeftButton)
    assert "rencana: 1 baris diubah" in said
    assert start.session is None
    press_each("Lanjutkan")
    qtbot.mouseClick(start.start.notice.compare_button, Qt.MouseButton.LeftButton)
    assert name_of(start) == NAME


def test_what_differs_of_a_plan_whose_file_is_gone_is_all_of_it(start: MainWindow, plan: Path, qtbot: QtBot) -> None:
    process = begin(plan, "fail")
    process.communicate(timeout=60)
    plan.unlink()
    start.show_start()
    assert start.start is not None
    said = press_each("Tutup")
    qtbot.mouseClick(start.start.notice.compare_button, Qt.MouseButton.LeftButton)
    assert any("tidak ditemukan" in words for words in said)
    assert any("baris ditambah" in words for words in said)

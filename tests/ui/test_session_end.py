"""The system ends the program (SIGTERM, Ctrl+C, the end of the session): it leaves in order, and asks nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shared_plan import QT_NOISE, a_window, agency, agency_in, pull_out, rename, session_of, shared_plan

from models import workspace
from models.plan_file import left_overs, read_left_over
from models.presence import note_path
from models.rows import Opd
from ui.session_end import store

pytestmark = pytest.mark.qt_log_ignore(QT_NOISE)
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QTimer
import ui.application as application
from models.changes import Change
from models.presence import note_path
from models.rows import Opd
from ui.main_window import MainWindow
from ui.messages import tell

plan, how = Path(sys.argv[1]), sys.argv[2]

class Watched(MainWindow):
    def show_plan(self, document):
        super().show_plan(document)
        self.session._timer.setInterval(3_600_000)
        opd = self.session.plan.all(Opd)[0]
        self.session.edit("ubah nama", [Change(opd, replace(opd, nama="Badan"))])
        self.waiting = QTimer(self, interval=10)
        self.waiting.timeout.connect(self.wait_for_note)
        self.waiting.start()

    def wait_for_note(self):
        if not note_path(plan).exists():
            return
        self.waiting.stop()
        if how == "gone":
            plan.parent.rename(plan.parent.with_name("dicabut"))
        if how == "session":
            from PySide6.QtWidgets import QApplication
            QTimer.singleShot(0, lambda: QApplication.instance().exit(0))
        if how == "dialog":
            QTimer.singleShot(100, lambda: print("siap", flush=True))
            tell(self, "Tunggu.")
        else:
            print("siap", flush=True)

application.MainWindow = Watched
sys.exit(application.run(plan))
"""


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    return shared_plan(published, tmp_path)


def begin(plan: Path, how: str) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, plan, how],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "siap"
    return process


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs in another way")


@POSIX
@pytest.mark.parametrize(("name", "how"), [("SIGTERM", "plain"), ("SIGINT", "plain"), ("SIGTERM", "dialog")])
def test_a_signal_lets_it_publish_and_take_its_note_and_lock_away(plan: Path, name: str, how: str) -> None:
    process = begin(plan, how)
    process.send_signal(getattr(signal, name))
    _, wrong = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in wrong) == (0, False), wrong
    assert agency_in(plan) == "Badan"
    assert not note_path(plan).exists()
    assert list(left_overs()) == []
    assert not workspace.work_path(plan).exists()
    assert [path.name for path in plan.parent.iterdir()] == [plan.name]


@POSIX
def test_what_cannot_be_written_stays_for_the_next_start(plan: Path) -> None:
    process = begin(plan, "gone")
    process.send_signal(signal.SIGTERM)
    _, wrong = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in wrong) == (0, False), wrong
    assert [target for target, _ in left_overs()] == [plan]
    assert next(row.nama for row in read_left_over(plan) if isinstance(row, Opd)) == "Badan"


def test_the_end_of_the_session_does_the_same(plan: Path) -> None:
    process = begin(plan, "session")
    _, wrong = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in wrong) == (0, False), wrong
    assert agency_in(plan) == "Badan"
    assert not note_path(plan).exists()
    assert list(left_overs()) == []


def test_before_a_logoff_that_may_be_stopped_all_is_written_and_the_windows_stay(plan: Path, qtbot: QtBot) -> None:
    with a_window() as window:
        assert window.open_plan(plan)
        assert rename(window, "Badan")
        store(window.windows)
        assert agency_in(plan) == "Badan"
        assert session_of(window).published
        pull_out(plan)
        assert rename(window, "Kantor")
        store(window.windows)
        assert agency(window) == "Kantor"
        assert QApplication.activeModalWidget() is None
        qtbot.waitUntil(lambda: session_of(window).publish_error != "")
        assert window.status.retry.isVisible()

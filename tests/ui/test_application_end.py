"""The program ends well, whatever it has put on the clipboard."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from PySide6.QtCore import QTimer
import ui.application as application
from ui.main_window import MainWindow

class Watched(MainWindow):
    def open_sample(self, *name):
        super().open_sample(*name)
        QTimer.singleShot(200, self.copy_and_close)

    def copy_and_close(self):
        work = self.work
        work.tree.copy() if sys.argv[1] == "tree" else work.grid.view.commands.copy()
        QTimer.singleShot(200, self.close)

application.MainWindow = Watched
sys.exit(application.run(None, sample=True))
"""


@pytest.mark.parametrize("what", ["tree", "grid"])
def test_a_copy_on_the_clipboard_is_no_crash_at_the_end(what: str, tmp_path: Path) -> None:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "RENAKSI_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SCRIPT, what]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr

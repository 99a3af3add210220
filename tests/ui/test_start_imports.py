"""What the start page has loaded: nothing of a plan, so that the window is there at once."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = """
import sys
from ui.application import make_application
from ui.main_window import MainWindow

app = make_application()
window = MainWindow()
window.show()
window.show_start()
print(*sorted(name for name in sys.modules if name.partition(".")[0] in ("models", "services")))
"""
LIGHT = {
    "models",
    "models.errors",
    "models.files",
    "models.workspace",
    "services",
    "services.forms",
    "services.resources",
    "services.tanggal",
    "services.terms",
}


def test_the_start_page_loads_nothing_of_a_plan(tmp_path: Path) -> None:
    environ = {**os.environ, "RENAKSI_DATA": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == LIGHT

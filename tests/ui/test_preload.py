"""While the start page waits, all is loaded that opening a plan needs, so that it opens at once."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPENING = """
import sys
from ui.application import make_application
from ui.main_window import MainWindow
from ui.preload import Preload

def ours():
    return {name for name in sys.modules if name.partition(".")[0] in ("models", "services", "ui")}

app = make_application()
window = MainWindow()
window.show()
window.show_start()
preload = Preload(app)
before = len(ours())
while not preload.is_done:
    app.processEvents()
loaded = ours()
window.open_sample()
app.processEvents()
print(len(loaded) - before > 100, *sorted(ours() - loaded))
print(*sorted(ours() & {"services.copies", "services.merge_conflicts", "services.merge", "ui.merge_view"}), "-")
window.close()
"""


def test_opening_a_plan_from_the_start_page_loads_nothing_more_and_nothing_for_merging(tmp_path: Path) -> None:
    environ = {**os.environ, "RENAKSI_DATA": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    environ |= {"XDG_CONFIG_HOME": str(tmp_path / "setelan")}
    command = [sys.executable, "-c", OPENING]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["True", "-"]

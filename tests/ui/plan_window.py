"""The program's window with a plan in it, for as long as a test lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.main_window import MainWindow


@contextmanager
def plan_window(path: Path) -> Iterator[MainWindow]:
    """A window of 1366 x 738, shown, on the plan of a file."""
    window = MainWindow()
    window.resize(1366, 738)
    window.show()
    assert window.open_plan(path)
    yield window
    if window.session is not None:
        # A text that is refused in a field would be asked about.
        window.session.closing = None
    window.close()
    window.deleteLater()

"""Start the program: the look, the words, the net under bugs, and the window."""

import gc
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.collector import Collector
from ui.main_window import VERSION, MainWindow
from ui.preload import Preload
from ui.tasks import wait_for_tasks
from ui.theme import apply_theme
from ui.translator import install_translator


def make_application() -> QApplication:
    """The application object with its look; there can be one."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Renaksi")
    app.setOrganizationName("Renaksi")
    apply_theme(app)
    install_translator(app)
    return app


def run(path: Path | None, *, sample: bool = False) -> int:
    """Open the window, on a plan where one is named; returns when it is closed."""
    from ui.crash_report import install_excepthook
    from ui.session_end import SessionEnd

    app = make_application()
    install_excepthook(version=VERSION)
    Collector(app)
    window = MainWindow()
    end = SessionEnd(app, window.windows)
    window.show()
    if sample:
        window.open_sample()
    elif path is not None:
        window.open_plan(path)
    if window.session is None:
        window.show_start()
        Preload(app)
    from services.log import Event, note

    note(Event.START)
    status = 0 if end.left else app.exec()
    note(Event.END)
    # Pages may still be drawn; what they use is freed when the interpreter ends.
    wait_for_tasks()
    if "ui.session" in sys.modules:
        # Only what stands in a plan is ever copied.
        from ui.clipboard import settle

        settle()
    # The system takes all of it back at once; looking through it first would hold the end up.
    gc.freeze()
    return status

"""What opening a plan needs, loaded while the start page waits for the officer: so the plan is there at once."""

from importlib import import_module

from PySide6.QtCore import QObject, QTimer

AFTER = 600
"""Milliseconds that the start page has for itself."""
PAUSE = 30
"""Milliseconds between two modules, so that nothing that the officer does waits for more than one."""

MODULES = (
    "models.rows",
    "services.document",
    "services.edits",
    "services.periods",
    "services.capaian_periode",
    "services.pohon.nodes",
    "services.pejabat",
    "services.bagi",
    "services.checks",
    "services.month_grid",
    "services.outline",
    "services.samples",
    "ui.session",
    "ui.windows_opening",
    "ui.history_place",
    "ui.fields",
    "ui.details_panel",
    "ui.tree_panel",
    "ui.grid_view",
    "ui.grid_panel",
    "ui.findings_dock",
    "ui.work_page",
    "ui.merge_control",
    "ui.recent_place",
    "ui.newest",
    "ui.ringkasan_strip",
    "ui.session_watch",
    "ui.windows_closing",
)
"""Each after those that it needs, so that none takes long."""


class Preload(QObject):
    """Loads them one by one, in idle moments of the event loop, from a while after now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(MODULES)
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self.step)
        QTimer.singleShot(AFTER, self, self._timer.start)

    @property
    def is_done(self) -> bool:
        """Whether all of them are there."""
        return not self._left

    def step(self) -> None:
        """Load one more."""
        if self._left:
            import_module(self._left.pop(0))
        if not self._left:
            self._timer.stop()

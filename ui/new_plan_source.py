"""What a new plan is begun from: nothing, or last year's plan from the list of recent ones or from a file."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from models.plan import Plan
from models.reading import read_plan
from ui.choose_plan import choose_plan, documents_folder
from ui.recent import RecentPlans
from ui.tasks import Task

EMPTY = "Rencana kosong"
OTHER = "Rencana tahun lalu dari berkas..."
LISTED = 8
_NAME = 48


class LastYear(QComboBox):
    """`loaded(Plan)`: last year's plan has been read; `failed(str)`: it cannot be."""

    loaded = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self._task: Task | None = None
        self._chosen: Path | None = None
        self.addItem(EMPTY, None)
        for plan in RecentPlans().all()[:LISTED]:
            self._list(plan.path, f"{plan.year}, {plan.agency}" if plan.year else plan.agency)
        self.addItem(OTHER, OTHER)
        self.activated.connect(self._on_activated)

    def path(self) -> Path | None:
        """The file of last year's plan; None for an empty plan."""
        return self._chosen

    def choose(self, path: Path | None) -> None:
        """Begin from a file, or from nothing."""
        if path is None:
            self._settle(None)
            return
        at = self.findData(path)
        if at < 0:
            self._list(path, path.stem, self.count() - 1)
            at = self.findData(path)
        self.setCurrentIndex(at)
        self._task = Task(lambda progress: Plan(read_plan(path)), self)
        self._task.finished.connect(lambda plan: self._on_read(path, plan))
        self._task.failed.connect(self._on_failed)
        self._task.start()

    def _list(self, path: Path, name: str, at: int | None = None) -> None:
        short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        self.insertItem(self.count() if at is None else at, f"Tahun lalu: {short}", path)

    def _on_activated(self, index: int) -> None:
        chosen = self.itemData(index)
        if chosen == OTHER:
            self._settle(self._chosen)
            choose_plan(self.window(), "Rencana tahun lalu", documents_folder(), self.choose)
        elif chosen != self._chosen:
            self.choose(chosen)

    def _on_read(self, path: Path, plan: Plan) -> None:
        self._task = None
        if self.currentData() == path:
            self._chosen = path
            self.loaded.emit(plan)

    def _on_failed(self, sentence: str) -> None:
        self._task = None
        self._settle(None)
        self.failed.emit(sentence)

    def _settle(self, path: Path | None) -> None:
        self._chosen = path
        self.setCurrentIndex(self.findData(path) if path is not None else 0)

"""Session: the plan that is open in a window, what is derived from it, and the one signal that screens listen to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Dokumen, Row
from services.checks import Checks
from services.document import Document, Edit
from services.rollup import RollUp
from ui.tasks import Task, wait_for_tasks

PUBLISH_AFTER = 800
"""Milliseconds of rest after an edit before the officer's file is written."""


@dataclass(frozen=True, slots=True)
class Update:
    """What one edit did: its changes, the budget lines whose sums and the rows whose findings are others now."""

    edit: Edit
    lines: frozenset[str]
    findings: frozenset[tuple[type[Row], str]]


class Session(QObject):
    """Edits go in through `edit`, `undo` and `redo`; `changed` comes out once for each, when all sums are right."""

    changed = Signal(object)
    switched = Signal()
    failed = Signal(str)
    """A text that a cell or field cannot take."""
    not_written = Signal(str)
    """An action that could not be stored, with the reason."""
    saved_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.rollup = RollUp(document.plan)
        self.checks = Checks(document.plan, self.rollup)
        self.saved_at: datetime | None = datetime.now() if document.file.published else None
        self.publish_error = ""
        documents = document.plan.all(Dokumen)
        self.dokumen_id = documents[-1].id if documents else ""
        self.place: Callable[[], object] = lambda: None
        """Where the officer is; kept with each step, for its undo."""
        self._publishing: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=PUBLISH_AFTER)
        self._timer.timeout.connect(self.publish)
        document.changed.connect(self._on_changed)
        if not document.file.published:
            self._timer.start()

    @property
    def plan(self) -> Plan:
        """The rows."""
        return self.document.plan

    @property
    def dokumen(self) -> Dokumen:
        """The plan document that the window shows."""
        return self.plan.get(Dokumen, self.dokumen_id)

    @property
    def published(self) -> bool:
        """True when the officer's file holds every edit."""
        return self.document.file.published

    def show_document(self, dokumen_id: str) -> None:
        """Turn to another plan document of the file."""
        if dokumen_id != self.dokumen_id:
            self.dokumen_id = dokumen_id
            self.switched.emit()

    def edit(self, label: str, changes: Sequence[Change]) -> bool:
        """Do one user action; False where it could not be written (why went out through `not_written`)."""
        return self._guarded(lambda: self.document.edit(label, changes, self.place()))

    def undo(self, steps: int = 1) -> bool:
        """Take back the newest actions, one after the other; it stops at one that cannot be written."""
        return all(self._guarded(self.document.undo) for _ in range(steps))

    def redo(self, steps: int = 1) -> bool:
        """Do again what was taken back last."""
        return all(self._guarded(self.document.redo) for _ in range(steps))

    def publish(self) -> None:
        """Write the officer's file now, off the GUI thread; what is typed meanwhile is written right after."""
        self._timer.stop()
        if self._publishing is not None or self.document.file.published:
            return
        self._publishing = Task(lambda progress: self.document.file.publish(), self)
        self._publishing.finished.connect(self._on_published)
        self._publishing.failed.connect(self._on_publish_failed)
        self._publishing.crashed.connect(self._on_publish_crashed)
        self._publishing.start()

    def save_as(self, path: Path) -> None:
        """Go on under another name.

        Raises:
            PlanError: it cannot be written there; the plan stays under its old name.
        """
        self._finish_publishing()
        self.document.file.save_as(path)
        self._on_published()

    def close(self) -> None:
        """Publish what is left and let go of the file; unpublished edits stay in the working copy.

        Raises:
            PlanError: the officer's file could not be written. The file is let go all the same.
        """
        self._timer.stop()
        self._finish_publishing()
        try:
            self.document.file.publish()
        finally:
            self.document.file.close()

    def _finish_publishing(self) -> None:
        """Let a running publish end; two at once would take each other for someone else."""
        while self._publishing is not None and self._publishing.running:
            wait_for_tasks(10)
        self._publishing = None

    def _guarded(self, action: Callable[[], None]) -> bool:
        try:
            action()
        except PlanError as error:
            self.not_written.emit(str(error))
            return False
        return True

    def _on_changed(self, edit: Edit) -> None:
        lines = self.rollup.update(edit.changes)
        findings = self.checks.update(edit.changes, lines)
        if self.plan.find(Dokumen, self.dokumen_id) is None:
            documents = self.plan.all(Dokumen)
            self.dokumen_id = documents[-1].id if documents else ""
        self.changed.emit(Update(edit, frozenset(lines), frozenset(findings)))
        self._timer.start()
        self.saved_changed.emit()

    def _on_published(self) -> None:
        self._publishing = None
        self.publish_error = ""
        self.saved_at = datetime.now()
        self.saved_changed.emit()
        if not self.document.file.published:
            self._timer.start()

    def _on_publish_crashed(self) -> None:
        self._on_publish_failed("Berkas belum dapat disimpan karena kesalahan program.")

    def _on_publish_failed(self, sentence: str) -> None:
        self._publishing = None
        self.publish_error = f"{sentence} Isian Anda aman di komputer ini."
        self.saved_changed.emit()

"""Session: the plan that is open in a window, what is derived from it, and the one signal that screens listen to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.changes import Change
from models.errors import PlanError
from models.outside import Outside
from models.plan import Plan
from models.rows import Dokumen, Konflik, Row
from services.checks import Checks
from services.document import Document, Edit
from services.log import Event, note, timed
from services.rollup import RollUp
from ui.collector import collect_all, set_aside
from ui.tasks import Task
from ui.windows_waiting import in_background, until_ended

if TYPE_CHECKING:
    from models.history import Whose
    from ui.session_watch import OutsideWatch
    from ui.windows_closing import ClosingGuard

PUBLISH_AFTER = 800
"""Milliseconds of rest after an edit before the officer's file is written."""
AT_ONCE = 6_000
"""A plan of more rows than this is shown first and checked then."""
_SETTLED = 2_000
"""Milliseconds after which all that a plan brings along is there, or gone."""
_SLICE = 50
"""Checks between two events, in less than a frame."""
LARGE = 400
"""A step of more changes than this is written in a worker; in a large plan it is checked when it is shown."""

GONE = (
    "{name} tidak ada lagi di foldernya (dihapus atau dipindahkan). Pilih Tulis kembali untuk menulisnya lagi dengan "
    "nama itu, atau simpan di tempat lain."
)
AT_WORK = "Langkah besar sebelumnya masih ditulis. Ulangi isian ini sesudahnya."


@dataclass(frozen=True, slots=True)
class Update:
    """What one edit did: its changes, the budget lines whose sums and the rows whose findings are others now.

    Of a large step `edit` leaves the conflicts out, and in a large plan `findings` is empty: `Session.checked` follows.
    """

    edit: Edit
    lines: frozenset[str]
    findings: frozenset[tuple[type[Row], str]]


class Session(QObject):
    """Edits go in through `edit`, `undo` and `redo`; `changed` comes out once for each, when all sums are right."""

    changed = Signal(object)
    checked = Signal()
    """All findings of a large plan are there for the first time, or again after a large step; those of any other plan
    are from the beginning."""
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
        self.checks = Checks(document.plan, self.rollup, later=self._is_large())
        self.saved_at: datetime | None = datetime.now() if document.file.published else None
        self.publish_error = ""
        documents = document.plan.all(Dokumen)
        self.dokumen_id = documents[-1].id if documents else ""
        self.place: Callable[[], object] = lambda: None
        """Where the officer is; kept with each step, for its undo."""
        self.outside: Outside | None = None
        """What someone else put in the place of the officer's file, until the officer has chosen."""
        self.watch: OutsideWatch | None = None
        self.unwritten: Callable[[str], bool] = lambda why: False
        """Asked at closing what is to be done with edits that could not be written; True where that is settled."""
        self.closing: ClosingGuard | None = None
        """Asked before the plan is let go; it may call that off."""
        self.gone = False
        """The officer's file was found deleted or moved."""
        self.attempts = 0
        """Goes up with each try to write the officer's file; who looked at it before knows less than that."""
        self.writing = 0
        """Changes of the large step that is being written now, 0 where none is."""
        self._anew = False
        self._given_up = False
        self._publishing: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=PUBLISH_AFTER)
        self._timer.timeout.connect(self.publish)
        self._checking = QTimer(self, interval=0)
        self._checking.timeout.connect(self._check)
        if not self.checks.complete:
            self._checking.start()
        QTimer.singleShot(_SETTLED, self, set_aside)
        document.changed.connect(self._on_changed)
        document.carry_out = self._carry_out
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

    @property
    def read_only(self) -> bool:
        """True where every edit is refused."""
        return self.document.file.read_only

    @property
    def backup_problem(self) -> str:
        """Why the last backup could not be made; "" where it was."""
        return self.document.file.backup_problem or ""

    def show_document(self, dokumen_id: str) -> None:
        """Turn to another plan document of the file."""
        if dokumen_id != self.dokumen_id:
            self.dokumen_id = dokumen_id
            self.switched.emit()

    def edit(self, label: str, changes: Sequence[Change], *, whose: "Whose | None" = None) -> bool:
        """Do one user action; False where it could not be written (why went out through `not_written`)."""
        return self._guarded(lambda: self.document.edit(label, changes, self.place(), whose=whose))

    def undo(self, steps: int = 1) -> bool:
        """Take back the newest actions, one after the other; it stops at one that cannot be written."""
        return all(self._guarded(self.document.undo) for _ in range(steps))

    def redo(self, steps: int = 1) -> bool:
        """Do again what was taken back last."""
        return all(self._guarded(self.document.redo) for _ in range(steps))

    def publish(self, *, anew: bool = False) -> None:
        """Write the officer's file now, off the GUI thread; what is typed meanwhile is written right after.

        Args:
            anew: also where it was deleted or moved, under the name that it had; the officer has said so.
        """
        self._anew = self._anew or anew
        self._timer.stop()
        if self._publishing is not None or (self.document.file.published and not (self.gone and self._anew)):
            return
        self._publishing = Task(lambda progress: self._write(), self)
        self._publishing.finished.connect(self._on_published)
        self._publishing.failed.connect(self._on_publish_failed)
        self._publishing.crashed.connect(self._on_publish_crashed)
        self._publishing.start()

    def write_out(self, *, anew: bool = False) -> None:
        """Write the officer's file, in any thread, while no publish runs; `anew` as of `publish`.

        Raises:
            PlanError: it cannot be written, or is not there any more and nobody has said that it shall be made anew.
        """
        file = self.document.file
        self._anew = self._anew or anew
        self.attempts += 1
        self.gone = not self._anew and file.is_gone()
        if self.gone:
            raise PlanError(GONE.format(name=file.path.name))
        file.publish()
        self._anew = False
        self.attempts += 1

    def stand_still(self) -> bool:
        """Let a running publish end and begin none; False where closing would have nothing to write."""
        self._timer.stop()
        self._finish_publishing()
        return not (self._given_up or self.read_only or (self.document.file.published and not self.gone))

    def save_as(self, path: Path) -> None:
        """Go on under another name.

        Raises:
            PlanError: it cannot be written there; the plan stays under its old name.
        """
        self._finish_publishing()
        in_background(lambda: self.document.file.save_as(path))
        self.outside = None
        if self.watch is not None:
            self.watch.move()
        self._on_published()

    def set_outside(self, found: Outside | None) -> None:
        """Someone else replaced the officer's file, or (None) it is the one that we know again."""
        self.outside = found
        self.saved_changed.emit()
        if found is None and not self.document.file.published:
            self._timer.start()

    def set_gone(self, gone: bool) -> None:
        """The officer's file was found deleted or moved, or is there again."""
        if gone != self.gone and not self.read_only:
            self.gone = gone
            if not gone and self.document.file.published:
                self.publish_error = ""
            self.saved_changed.emit()

    def accept_outside(self) -> None:
        """What was found there is in the plan now; it may be written over."""
        if self.outside is not None:
            self.document.file.accept(self.outside)
            self.set_outside(None)

    def give_up(self) -> None:
        """Closing shall not write the officer's file any more: theirs counts, ours has been backed up."""
        self._given_up = True
        self._timer.stop()

    def close(self) -> None:
        """Publish what is left and let go of the file; unpublished edits stay in the working copy.

        Raises:
            PlanError: the officer's file could not be written, and `unwritten` did not settle that. The file is let go
                all the same.
        """
        self._timer.stop()
        self._checking.stop()
        QTimer.singleShot(_SETTLED, collect_all)
        if self.watch is not None:
            self.watch.stop()
        self._finish_publishing()
        note(Event.CLOSED)
        if self._given_up:
            self.document.file.discard()
            return
        try:
            if not self.read_only:
                in_background(self.write_out)
        except PlanError as error:
            if not self.unwritten(str(error)):
                raise
        finally:
            self.unwritten = lambda why: False
            in_background(self.document.file.close)

    def _write(self) -> None:
        with timed(Event.PUBLISHED, Event.NOT_PUBLISHED):
            self.write_out()
        if self.backup_problem:
            note(Event.NOT_BACKED_UP)

    def _check(self) -> None:
        """Go on with the first checks."""
        if not self.checks.complete and self.checks.advance(_SLICE):
            return
        self._checking.stop()
        self.checked.emit()

    def _finish_publishing(self) -> None:
        """Let a running publish end; two at once would take each other for someone else."""
        if self._publishing is not None and self._publishing.running:
            until_ended(self._publishing)
            # What it said meanwhile may have asked for the next one.
            self._timer.stop()
        self._publishing = None

    def _is_large(self) -> bool:
        """Whether checking all of the plan would hold the window up."""
        return sum(1 for _ in self.plan.rows()) > AT_ONCE

    def _carry_out(self, write: Callable[[], None], count: int) -> None:
        """Write a step; during a large one the window goes on painting, and keys and clicks wait until it is done."""
        if self.writing:
            raise PlanError(AT_WORK)
        if count <= LARGE:
            write()
            return
        self.writing = count
        self.saved_changed.emit()
        try:
            in_background(write)
        finally:
            self.writing = 0
            self.saved_changed.emit()

    def _guarded(self, action: Callable[[], None]) -> bool:
        try:
            action()
        except PlanError as error:
            self.not_written.emit(str(error))
            return False
        return True

    def _on_changed(self, edit: Edit) -> None:
        lines = self.rollup.update(edit.changes)
        later = len(edit.changes) > LARGE and self._is_large()
        findings = self.checks.update(edit.changes, lines, later=later)
        if not self.checks.complete:
            self._checking.start()
        if self.plan.find(Dokumen, self.dokumen_id) is None:
            documents = self.plan.all(Dokumen)
            self.dokumen_id = documents[-1].id if documents else ""
        if len(edit.changes) > LARGE:
            # No screen but that of the merge shows these, and there may be ten thousand of them.
            edit = replace(edit, changes=tuple(c for c in edit.changes if not isinstance(c.row, Konflik)))
        self.changed.emit(Update(edit, frozenset(lines), frozenset(findings)))
        self._timer.start()
        self.saved_changed.emit()

    def _on_published(self) -> None:
        self._publishing = None
        self.publish_error, self.gone = "", False
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
        if self.watch is not None:
            self.watch.look()

"""Document: an open plan file, its rows in memory, the undo stack and one signal that every screen listens to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from models.changes import Change, inverse
from models.history import Whose, settles
from models.plan import Plan
from models.plan_file import PlanFile
from services.realisasi_tutup import assert_kept, assert_reasoned
from services.signal import Signal


@dataclass(frozen=True, slots=True)
class Edit:
    """One user action: what the menu calls it, and what it changed. `place`: where the officer was, as a window says.

    An undone one holds its changes turned round.
    """

    label: str
    changes: tuple[Change, ...]
    place: object = None


class Document:
    """All edits go through `edit`; one call is one transaction, one undo step and one `changed`."""

    def __init__(self, file: PlanFile) -> None:
        self.file = file
        try:
            self.plan = Plan(file.rows())
            done, undone = file.stacks(self.plan.find)
        except BaseException:
            file.close()
            raise
        self.changed: Signal[Edit] = Signal()
        self.carry_out: Callable[[Callable[[], None], int], None] = lambda write, count: write()
        """Does the writing of a step with so many changes; a window hands a large one to a worker."""
        self._undo = [Edit(step.label, step.changes) for step in done]
        self._redo = [Edit(step.label, step.changes) for step in undone]

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """An existing plan file, with the steps of its history to undo; `read_only` as of `PlanFile.open`."""
        return cls(PlanFile.open(path, read_only=read_only))

    @classmethod
    def open_left_over(cls, path: Path) -> Self:
        """What is left in the working copy of a plan whose own file cannot be read any more."""
        return cls(PlanFile.open_left_over(path))

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty plan file."""
        return cls(PlanFile.create(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self.file.close()

    @property
    def undo_label(self) -> str | None:
        """What Urungkan would take back."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """What Ulangi would do again."""
        return self._redo[-1].label if self._redo else None

    @property
    def done(self) -> tuple[Edit, ...]:
        """What Urungkan can take back, the newest first."""
        return tuple(reversed(self._undo))

    @property
    def undone(self) -> tuple[Edit, ...]:
        """What Ulangi can do again, in the order in which it would."""
        return tuple(reversed(self._redo))

    def edit(self, label: str, changes: Sequence[Change], place: object = None, *, whose: Whose | None = None) -> None:
        """Do one user action. Nothing happens where nothing would change.

        Args:
            whose: who made those changes that a merge brings.
        Raises:
            PlanError: it could not be written, or a closed period would change; the document is as before.
        """
        real = tuple(change for change in changes if change.before != change.after)
        if not real:
            return
        edit = Edit(label, real, place)
        self._write(edit, label, whose)
        if not settles(real, self._undo):
            self._undo.append(edit)
        self._redo.clear()
        self.changed.emit(edit)

    def undo(self) -> None:
        """Take back the newest action.

        Raises:
            PlanError: as in `edit`, or it has closed a period: that is opened again with a reason only.
        """
        if self._undo:
            edit = self._undo[-1]
            back = replace(edit, changes=inverse(edit.changes))
            assert_reasoned(back.changes, undone=True)
            self._write(back, f"Urungkan {back.label}")
            self._redo.append(self._undo.pop())
            self.changed.emit(back)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._redo:
            edit = self._redo[-1]
            self._write(edit, f"Ulangi {edit.label}")
            self._undo.append(self._redo.pop())
            self.changed.emit(edit)

    def _write(self, edit: Edit, label: str, whose: Whose | None = None) -> None:
        """To the file first, then to the rows in memory; the stacks follow, and listeners see all of it done.

        Closed periods are kept, but for what a merge brings (`whose`).
        """
        if whose is None:
            assert_reasoned(edit.changes)
            assert_kept(self.plan, edit.changes)
        self.carry_out(lambda: self.file.apply(edit.changes, label, whose), len(edit.changes))
        self.plan.apply(edit.changes)

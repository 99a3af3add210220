"""Another version in the place of an open plan, or edits that it lacks: what differs, and both put together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from models import backups, workspace
from models.changes import Change
from models.errors import PlanError
from models.merging import PlanCopy, read_copy
from models.plan_file import read_left_over_copy
from models.rows import Konflik, Opd, Row
from services.differences import Group, differences
from services.document import Document
from services.merge import Merge
from services.merge_base import origin, state_of
from services.merge_conflicts import joined

CELL = "sel"
"""The kind of a conflict about one cell."""
CONTINUE = "lanjutkan isian yang belum tertulis"
"""The step that puts edits which a crash left into a copy of their plan."""


@dataclass(frozen=True, slots=True)
class Ours:
    """The plan as it is here, written to its file or not; taken while nobody edits it."""

    path: Path
    copy: PlanCopy

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return self.copy.rows


def ours_of(document: Document) -> Ours:
    """A picture of the open plan that any thread may work on."""
    file = document.file
    history = tuple(reversed(file.history()))
    return Ours(file.path, PlanCopy(file.path.name, tuple(document.plan.rows()), history))


def differing(ours: Ours) -> tuple[Group, ...]:
    """What leads from the plan here to the file that stands in its place.

    Raises:
        PlanError: that file cannot be read.
    """
    return differences(ours.rows, read_copy(ours.path).rows)


def merged(ours: Ours, theirs: Path | None = None) -> Merge:
    """A merge of the file in our place (or another one) into the plan; of that file a backup is made first.

    Raises:
        PlanError: it cannot be read, or is another plan altogether.
    """
    theirs = theirs or ours.path
    copy = read_copy(theirs)
    backups.keep_file(ours.path)
    return Merge(ours.copy, [copy])


def summary(merge: Merge) -> str:
    """ "12 baris masuk, 2 isian bertentangan"."""
    rows = sum(len(branch.changes) for branch in merge.branches)
    open_ones = sum(merge.chosen(conflict) is None for conflict in merge.conflicts)
    words = f"{rows} baris masuk" if rows else "tidak ada yang baru"
    return f"{words}, {open_ones} isian bertentangan" if open_ones else words


@dataclass(frozen=True, slots=True)
class Typed:
    """Edits of this PC that a plan lacks. `groups`: what they would bring, those that are disputed among them;
    `disputed`: how many others changed too; `stranger`: the agency whose plan they are, where it is another plan.
    """

    groups: tuple[Group, ...] = ()
    disputed: int = 0
    stranger: str | None = None


def typed_in(ours: PlanCopy, left: PlanCopy) -> Typed:
    """What edits that were left would bring into a plan: three ways, so nothing that came since looks deleted."""
    if origin(ours) != origin(left):
        return Typed(stranger=agency(left.rows))
    merge = Merge(ours, [left])
    return Typed(differences(ours.rows, _applied(ours.rows, taking(merge))), len(merge.conflicts))


def set_aside(ours: Ours, left: Path) -> Typed:
    """The same of a copy that was set aside.

    Raises:
        PlanError: it is damaged.
    """
    return typed_in(ours.copy, read_copy(left))


def drop(left: Path) -> None:
    """A copy that was set aside is in the plan now, or not wanted.

    Raises:
        PlanError: it cannot be taken away.
    """
    workspace.drop_aside(left)


def stranger_at(ours: Ours) -> str | None:
    """The agency of the file in our place, where it is not another version of this plan but another plan.

    Raises:
        PlanError: it cannot be read.
    """
    theirs = read_copy(ours.path)
    return None if origin(theirs) == origin(ours.copy) else agency(theirs.rows)


def agency(rows: Iterable[Row]) -> str:
    """Whose plan it is."""
    names = [row.nama for row in rows if isinstance(row, Opd) and row.nama]
    return names[0] if names else "tanpa nama perangkat daerah"


def taking(merge: Merge) -> tuple[Change, ...]:
    """A merge in which the copy is the officer's own typing: of a disputed cell what was typed here counts for now.

    The conflict stays, with the typing as "kita" and the plan's value as "mereka"; it is the officer who is asked.
    """
    cells = [conflict for conflict in merge.conflicts if conflict.jenis == CELL]
    merge.choose_all("mereka", cells)
    try:
        changes = merge.changes(delete_anyway=True)
    finally:
        for conflict in cells:
            merge.reopen(conflict)
    unsolved = {change.row.id for change in changes if isinstance(change.after, Konflik)}
    turned = [Change(None, _turned(conflict)) for conflict in cells if conflict.id not in unsolved]
    return joined((*changes, *turned))


def recovered_into(document: Document, path: Path) -> bool:
    """Put what a crash left of the plan at `path` into a copy of it; it stays with the plan at `path`, too.

    False where nothing was left, or nothing that can be read or is of this plan.

    Raises:
        PlanError: it cannot be written.
    """
    try:
        merge = Merge(ours_of(document).copy, [read_left_over_copy(path)])
    except PlanError:
        return False
    changes = taking(merge)
    if changes:
        document.edit(CONTINUE, changes)
    return bool(changes)


def _turned(conflict: Konflik) -> Konflik:
    return replace(
        conflict,
        kita=conflict.mereka,
        mereka=conflict.kita,
        siapa_kita=conflict.siapa_mereka,
        waktu_kita=conflict.waktu_mereka,
        siapa_mereka=conflict.siapa_kita,
        waktu_mereka=conflict.waktu_kita,
    )


def _applied(rows: Iterable[Row], changes: Iterable[Change]) -> tuple[Row, ...]:
    state = state_of(rows)
    for change in changes:
        key = (change.row.TABLE, change.row.id)
        if change.after is None:
            state.pop(key, None)
        else:
            state[key] = change.after
    return tuple(state.values())

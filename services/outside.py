"""Another version in the place of an open plan: what differs in it, and both put together."""

from dataclasses import dataclass
from pathlib import Path

from models import backups
from models.merging import PlanCopy, read_copy
from models.rows import Row
from services.differences import Group, differences
from services.document import Document
from services.merge import Merge


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

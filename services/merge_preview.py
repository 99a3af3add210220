"""What the merge view shows and does: a merge before it is done, or the conflicts that an earlier one left in the plan.

Both are built off the GUI thread, from values of their own; nothing is written before `changes`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from models.changes import Change
from models.errors import PlanError
from models.history import Entry
from models.merging import PlanCopy, read_copy
from models.plan import Plan
from models.rows import Gabung, Row
from services.merge import Merge, Progress
from services.merge_base import Key, origin
from services.merge_branches import Node, touched
from services.merge_conflicts import Side, open_conflicts, solve_all
from services.merge_lines import Line, conflict_lines, incoming_lines
from services.tanggal import MONTHS_SHORT

ODD = "{name} bukan salinan dari rencana ini. Rencana perangkat daerah lain disatukan dengan Kompilasi."
_SELF = "{name} adalah rencana ini sendiri."


class Preview(Protocol):
    """`lines`, conflicts first; `tree` counts them; `title`, `about`: the head of the view; `notes`: sentences."""

    lines: list[Line]
    tree: Node
    title: str
    about: str
    notes: tuple[str, ...]
    mereka: str
    kept: int | None

    def side(self, line: Line) -> Side | None:
        """What was chosen for a line; None while it is open."""

    def choose(self, lines: Iterable[Line], side: Side) -> int:
        """Choose for all that let themselves be chosen; returns how many."""

    def reopen(self, line: Line) -> None:
        """Take a choice back."""


@dataclass(slots=True)
class Pending:
    """A merge before it is done."""

    merge: Merge
    lines: list[Line]
    tree: Node
    title: str
    about: str
    notes: tuple[str, ...]
    mereka: str
    kept: int | None
    _refused: set[tuple[Key, str]] = field(default_factory=set)

    @property
    def empty(self) -> bool:
        """Whether the copies hold nothing new."""
        return not self.lines and not self.merge.changes(delete_anyway=True)

    def side(self, line: Line) -> Side | None:
        """What was chosen; theirs where only they changed it."""
        if line.konflik is not None:
            return self.merge.chosen(line.konflik)
        return "kita" if line.kolom is not None and (line.key, line.kolom) in self._refused else "mereka"

    def choose(self, lines: Iterable[Line], side: Side) -> int:
        """Choose for all that let themselves be chosen; returns how many."""
        count = 0
        for line in lines:
            if not line.choosable or (side == "keduanya" and not is_double(line)):
                continue
            count += 1
            if line.konflik is not None:
                self.merge.choose(line.konflik, side)
            elif line.kolom is not None:
                ours = side == "kita"
                self.merge.refuse(line.key, line.kolom, on=ours)
                (self._refused.add if ours else self._refused.discard)((line.key, line.kolom))
        return count

    def reopen(self, line: Line) -> None:
        """Take a choice back; where only they changed it, theirs comes in again."""
        if line.konflik is not None:
            self.merge.reopen(line.konflik)
        else:
            self.choose([line], "mereka")

    def take_over(self, other: "Pending") -> None:
        """Choose what was chosen in an earlier preview of the same copies."""
        was = {(line.key, line.kolom, line.konflik is None): other.side(line) for line in other.lines}
        for line in self.lines:
            side = was.get((line.key, line.kolom, line.konflik is None))
            if side is not None and side != self.side(line):
                self.choose([line], side)


@dataclass(slots=True)
class Stored:
    """The conflicts that wait in the plan."""

    plan: Plan
    lines: list[Line]
    tree: Node
    title: str = "Pertentangan yang belum diputuskan"
    about: str = "Sementara nilai kita yang dipakai. Setiap pilihan dapat diurungkan."
    notes: tuple[str, ...] = ()
    mereka: str = ""
    kept: int | None = None
    _chosen: dict[str, Side] = field(default_factory=dict)

    def side(self, line: Line) -> Side | None:
        """What was chosen; None while it is open."""
        return self._chosen.get(line.konflik.id) if line.konflik is not None else None

    def choose(self, lines: Iterable[Line], side: Side) -> int:
        """Choose for all; returns how many."""
        fit = [line for line in lines if line.konflik is not None and (side != "keduanya" or is_double(line))]
        self._chosen |= {line.konflik.id: side for line in fit if line.konflik is not None}
        return len(fit)

    def reopen(self, line: Line) -> None:
        """Take a choice back."""
        if line.konflik is not None:
            self._chosen.pop(line.konflik.id, None)

    def take_over(self, other: "Stored") -> None:
        """Choose what was chosen before."""
        there = {line.konflik.id for line in self.lines if line.konflik is not None}
        self._chosen |= {name: side for name, side in other._chosen.items() if name in there}

    @property
    def label(self) -> str:
        """What the menu calls the step."""
        return f"putuskan {len(self._chosen)} pertentangan"

    def changes(self, plan: Plan) -> tuple[tuple[Change, ...], int]:
        """(the changes of all choices, how many of them could not be made), in the plan of now."""
        chosen = [(k, self._chosen[k.id]) for k in open_conflicts(plan) if k.id in self._chosen]
        changes, left = solve_all(plan, chosen)
        return changes, len(left)


def is_double(line: Line) -> bool:
    """Whether it is about a code that both sides added, so that both rows may stay."""
    return line.konflik is not None and line.konflik.jenis == "ganda"


def stored(plan: Plan) -> Stored:
    """The conflicts that wait in a plan."""
    lines = conflict_lines(plan, open_conflicts(plan))
    return Stored(plan, lines, touched(lines, plan))


def pending(
    ours: PlanCopy, paths: Sequence[Path], own_path: Path, progress: Progress = lambda *_: None
) -> tuple[Pending | None, tuple[str, ...]]:
    """(the merge of those files that can be merged, None where there is none; a sentence for each other file)."""
    copies, refused = gathered(ours, paths, own_path, progress)
    if not copies:
        return None, tuple(refused)
    merge = Merge(ours, copies, lambda done, total, text: progress(len(paths) + done, len(paths) * 2, text))
    before, after = Plan(ours.rows), Plan(merge.after.values())
    lines = [_marked(line, after, merge) for line in conflict_lines(after, merge.conflicts)]
    lines += incoming_lines(before, after, merge.arrivals, merge.conflicts)
    names = [arrival.sending.untuk if arrival.sending else arrival.name for arrival in merge.arrivals]
    made = Pending(
        merge,
        lines,
        touched(lines, after, before),
        title=f"Gabung salinan {', '.join(names)}" if names else "Gabung salinan",
        about=_about(merge),
        notes=(*refused, *merge.notes),
        mereka=names[0] if len(names) == 1 else "",
        kept=merge.kept(),
    )
    return made, tuple(refused)


def gathered(
    ours: PlanCopy, paths: Sequence[Path], own_path: Path, progress: Progress = lambda *_: None
) -> tuple[list[PlanCopy], list[str]]:
    """(the copies of this plan, a sentence for each file that is none or cannot be read)."""
    copies: list[PlanCopy] = []
    refused: list[str] = []
    for done, path in enumerate(paths):
        progress(done, len(paths) * 2, path.name)
        if path.absolute() == own_path:
            refused.append(_SELF.format(name=path.name))
            continue
        try:
            copy = read_copy(path)
        except PlanError as error:
            refused.append(str(error))
            continue
        if origin(copy) != origin(ours):
            refused.append(ODD.format(name=path.name))
        else:
            copies.append(copy)
    return copies, refused


def open_copy(name: str, rows: Iterable[Row], newest_first: Sequence[Entry]) -> PlanCopy:
    """The open plan as a merge sees it, from its rows in memory and its history."""
    return PlanCopy(name, tuple(rows), tuple(reversed(newest_first)))


def _marked(line: Line, plan: Plan, merge: Merge) -> Line:
    """The line of a conflict, marked where its copy's office had not been given the row."""
    join = plan.find(Gabung, line.konflik.gabung_id) if line.konflik is not None else None
    copy = next((each for each in merge.arrivals if join is not None and each.name == join.berkas), None)
    if copy is None or copy.sending is None or copy.sending.bagian is None:
        return line
    inside = {*copy.sending.bagian.split(",")} & {*line.path, line.key[1]}
    return line if inside else replace(line, outside=True)


def _about(merge: Merge) -> str:
    if len(merge.arrivals) != 1:
        return f"{len(merge.arrivals)} salinan" if merge.arrivals else ""
    arrival = merge.arrivals[0]
    said = []
    if arrival.sending is not None and (sent := _day(arrival.sending.waktu)):
        said.append(f"Dikirim {sent}" + (f", terakhir diubah {last}" if (last := _day(arrival.last)) else ""))
    known = "dasar lengkap" if arrival.known else "tanpa dasar: semua perbedaan didaftar"
    return "  ·  ".join([*said, arrival.name, known])


def _day(when: str) -> str:
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        return ""
    return f"{at.day} {MONTHS_SHORT[at.month - 1]} {at.year}"

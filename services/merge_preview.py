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
from models.rows import Gabung, Konflik, Row, Salinan
from services.cleaned_words import IN_SOURCE, cleaned_words
from services.merge import Merge, Progress, copy_name
from services.merge_base import Key, origin, state_of
from services.merge_branches import Node, touched
from services.merge_choices import Choices
from services.merge_closed import Closed
from services.merge_conflicts import Side, open_conflicts, solve_all
from services.merge_lines import Line, conflict_lines, incoming_lines
from services.merge_meanwhile import meanwhile
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

    def refusal(self, line: Line, side: Side) -> str:
        """Why a side cannot be chosen, since a closed period would change; "" where it can."""

    def reopen(self, line: Line) -> None:
        """Take a choice back."""

    def tied(self, line: Line) -> str:
        """Of which other choice it is the consequence, in words; "" where of none."""


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

    def ready(self) -> None:
        """Find out how the choices depend on each other."""
        self.merge.choices.settled()

    def side(self, line: Line) -> Side | None:
        """What was chosen; theirs where only they changed it."""
        if line.konflik is not None:
            return self.merge.chosen(line.konflik)
        return "kita" if line.kolom is not None and (line.key, line.kolom) in self._refused else "mereka"

    def choose(self, lines: Iterable[Line], side: Side) -> int:
        """Choose for all that let themselves be chosen; returns how many."""
        count, disputed = 0, list[Konflik]()
        for line in lines:
            if not line.choosable or not _fits(line, side) or self.refusal(line, side):
                continue
            count += 1
            if line.konflik is not None:
                disputed.append(line.konflik)
            elif line.kolom is not None:
                ours = side == "kita"
                self.merge.refuse(line.key, line.kolom, on=ours)
                (self._refused.add if ours else self._refused.discard)((line.key, line.kolom))
        self.merge.choose_all(side, disputed)
        return count

    def refusal(self, line: Line, side: Side) -> str:
        """Why a side cannot be chosen, since a closed period would change; "" where it can."""
        return self.merge.choices.refusal(line.konflik, side) if line.konflik is not None else ""

    def tied(self, line: Line) -> str:
        """Of which other choice it is the consequence, in words; "" where of none."""
        return _tied(self.merge.choices, self.lines, line)

    def reopen(self, line: Line) -> None:
        """Take a choice back; where only they changed it, theirs comes in again."""
        if line.konflik is not None:
            self.merge.reopen(line.konflik)
        else:
            self.choose([line], "mereka")

    def take_over(self, other: "Pending") -> None:
        """Choose what was chosen in an earlier preview of the same copies."""
        was = {_mark(line): other.own(line) for line in other.lines}
        for line in self.lines:
            side = was.get(_mark(line))
            if side is not None and side != self.side(line):
                self.choose([line], side)

    def own(self, line: Line) -> Side | None:
        """What was chosen for this very line."""
        return self.merge.choices.own(line.konflik) if line.konflik is not None else self.side(line)


@dataclass(slots=True)
class Stored:
    """The conflicts that wait in the plan."""

    plan: Plan
    lines: list[Line]
    tree: Node
    title: str = "Pertentangan yang belum diputuskan"
    about: str = ""
    notes: tuple[str, ...] = ()
    mereka: str = ""
    kept: int | None = None
    choices: Choices = field(default_factory=lambda: Choices({}))

    def side(self, line: Line) -> Side | None:
        """What was chosen, or follows from another choice; None while it is open."""
        return self.choices.side(line.konflik) if line.konflik is not None else None

    def choose(self, lines: Iterable[Line], side: Side) -> int:
        """Choose for all; returns how many."""
        fit = [line for line in lines if _fits(line, side) and not self.refusal(line, side)]
        disputed = [line.konflik for line in fit if line.konflik is not None]
        self.choices.choose_all(side, disputed)
        return len(disputed)

    def refusal(self, line: Line, side: Side) -> str:
        """Why a side cannot be chosen, since a closed period would change; "" where it can."""
        return self.choices.refusal(line.konflik, side) if line.konflik is not None else ""

    def reopen(self, line: Line) -> None:
        """Take a choice back."""
        if line.konflik is not None:
            self.choices.reopen(line.konflik)

    def tied(self, line: Line) -> str:
        """Of which other choice it is the consequence, in words; "" where of none."""
        return _tied(self.choices, self.lines, line)

    def take_over(self, other: "Stored") -> None:
        """Choose what was chosen before."""
        for konflik in self.choices.conflicts.values():
            side = other.choices.own(konflik)
            if side is not None and not self.choices.refusal(konflik, side):
                self.choices.choose(konflik, side)

    @property
    def label(self) -> str:
        """What the menu calls the step."""
        return f"putuskan {len(self.choices.settled())} pertentangan"

    def changes(self, plan: Plan) -> tuple[tuple[Change, ...], int]:
        """(the changes of all choices, how many of them could not be made), in the plan of now."""
        waiting = {konflik.id for konflik in open_conflicts(plan)}
        changes, left = solve_all(plan, [pair for pair in self.choices.settled() if pair[0].id in waiting])
        return changes, len(left)


def is_double(line: Line) -> bool:
    """Whether it is about a code that both sides added, so that both rows may stay."""
    return line.konflik is not None and line.konflik.jenis == "ganda"


def _fits(line: Line, side: Side) -> bool:
    """Whether this line knows such a choice."""
    return {"keduanya": is_double(line), "dasar": line.may_go_back}.get(side, True)


def _mark(line: Line) -> tuple[Key, str | None, bool, str]:
    """What makes a line the same in two previews of the same copies."""
    return line.key, line.kolom, line.konflik is None, line.dari_mereka


def _tied(choices: Choices, lines: Iterable[Line], line: Line) -> str:
    tie = choices.tie(line.konflik) if line.konflik is not None else None
    if tie is None:
        return ""
    other = next((each for each in lines if each.konflik is not None and each.konflik.id == tie[1].id), None)
    name = f"{other.field[:1].lower()}{other.field[1:]} {other.place}" if other is not None else "baris di atasnya"
    return f"ikut dihapus bersama {name}" if tie[0] == "hapus" else f"ikut tetap karena {name} tetap"


def stored(plan: Plan) -> Stored:
    """The conflicts that wait in a plan."""
    found = open_conflicts(plan)
    joins = {join.id: join for join in plan.all(Gabung)}
    names = {key: _stored_name(plan, joins[key]) for key in {konflik.gabung_id for konflik in found} & joins.keys()}
    rows = state_of(plan.rows())
    choices = Choices.among(found, rows, Closed(rows))
    lines = [_closed(line, choices) for line in conflict_lines(plan, found, names)]
    one = next(iter(names.values())) if len(names) == 1 else ""
    about = f"{meanwhile(found)} Setiap pilihan dapat diurungkan."
    return Stored(plan, lines, touched(lines, plan), about=about, mereka=one, choices=choices)


def _stored_name(plan: Plan, join: Gabung) -> str:
    """Whose copy it was: the office whose name ends the name of the file, as it was proposed, else that name."""
    stem = Path(join.berkas).stem
    fits = [row.untuk for row in plan.all(Salinan) if row.untuk and stem.casefold().endswith(row.untuk.casefold())]
    return max(fits, key=len, default=stem)


def pending(
    ours: PlanCopy, paths: Sequence[Path], own_path: Path | None, progress: Progress = lambda *_: None
) -> tuple[Pending | None, tuple[str, ...]]:
    """(the merge of those files that can be merged, None where there is none; a sentence for each other file).

    Args:
        own_path: where the plan is, which is no copy of itself; None where another version stands there.
    """
    copies, refused = gathered(ours, paths, own_path, progress)
    if not copies:
        return None, tuple(refused)
    merge = Merge(ours, copies, lambda done, total, text: progress(len(paths) + done, len(paths) * 2, text))
    before, after = Plan(ours.rows), Plan(merge.after.values())
    offices = {arrival.name: copy_name(arrival) for arrival in merge.arrivals}
    whose = {join.id: offices.get(join.berkas, "") for join in after.all(Gabung)}
    found = conflict_lines(after, merge.conflicts, whose)
    lines = [_closed(_marked(line, after, merge), merge.choices) for line in found]
    lines += incoming_lines(before, after, merge.arrivals, merge.conflicts)
    names = [arrival.sending.untuk if arrival.sending else arrival.name for arrival in merge.arrivals]
    made = Pending(
        merge,
        lines,
        touched(lines, after, before),
        title=f"Gabung salinan {', '.join(names)}" if names else "Gabung salinan",
        about=_about(merge),
        notes=(*refused, *merge.notes, *_cleaned(copies)),
        mereka=names[0] if len(names) == 1 else "",
        kept=merge.kept(),
    )
    # What hangs together among ten thousand conflicts is found here, not when the first of them is painted.
    made.ready()
    return made, tuple(refused)


def _cleaned(copies: Iterable[PlanCopy]) -> list[str]:
    """What could not be taken of copies that another program wrote."""
    return [f"{copy.name}: {cleaned_words(copy.cleaned, IN_SOURCE)}" for copy in copies if copy.cleaned]


def gathered(
    ours: PlanCopy, paths: Sequence[Path], own_path: Path | None, progress: Progress = lambda *_: None
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


def _closed(line: Line, choices: Choices) -> Line:
    """The line of a conflict, with the reason why their value cannot be had now."""
    words = choices.closed(line.konflik) if line.konflik is not None else ""
    return replace(line, tutup=words) if words else line


def _about(merge: Merge) -> str:
    if len(merge.arrivals) != 1:
        order = "Bila beberapa salinan mengubah isian yang sama, nilai salinan pertama dipakai sampai dipilih"
        return f"{len(merge.arrivals)} salinan  ·  {order}" if merge.arrivals else ""
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

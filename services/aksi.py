"""The action schedule: planned actions of a sub kegiatan, their months and order, as changes that nothing here writes.

Months are 1 to 12, as in the plan's `bulan`. A run is a row of marked months without a gap, drawn as one bar.
"""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from models.changes import Change
from models.plan import Plan
from models.rows import BULAN, Aksi, Anggaran, Dukungan, Indikator, Kinerja, Row, new_id
from services.cell_edit import clean
from services.order import GAP, spaced

Edge = Literal["awal", "akhir"]
Months = frozenset[int]
_UNMARKED = frozenset({"", "-", "–", "0"})
_MARKS = frozenset("x✗✘×v√✓✔1●•■█*")


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line of pasted text: an action, and its months where the line had twelve cells for them."""

    uraian: str
    months: Months = frozenset()


def months_of(aksi: Aksi) -> Months:
    """The marked months; what is no month from 1 to 12 is passed over."""
    found = (int(part) for part in (aksi.bulan or "").split(",") if part.strip().isdecimal())
    return frozenset(month for month in found if 1 <= month <= BULAN)


def runs(months: Collection[int]) -> list[tuple[int, int]]:
    """The runs as (first, last), in order."""
    found: list[tuple[int, int]] = []
    for month in sorted(set(months)):
        if found and found[-1][1] == month - 1:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def run_at(months: Collection[int], month: int) -> tuple[int, int] | None:
    """The run that a month lies in, None where it is not marked."""
    return next((run for run in runs(months) if run[0] <= month <= run[1]), None)


def shifted(months: Collection[int], month: int, step: int) -> Months:
    """The run at a month moved by `step` months, as far as the year goes; it joins what it meets."""
    run = run_at(months, month)
    if run is None:
        return frozenset(months)
    step = max(1 - run[0], min(BULAN - run[1], step))
    return _without(months, run) | frozenset(range(run[0] + step, run[1] + step + 1))


def stretched(months: Collection[int], month: int, edge: Edge, to: int) -> Months:
    """The run at a month with its first ("awal") or last ("akhir") month moved to `to`; one month stays at least."""
    run = run_at(months, month)
    if run is None:
        return frozenset(months)
    first, last = run
    if edge == "awal":
        first = max(1, min(to, last))
    else:
        last = min(BULAN, max(to, first))
    return _without(months, run) | frozenset(range(first, last + 1))


def add(
    plan: Plan, line: Anggaran, after: Aksi | None, lines: Sequence[PastedLine] = (PastedLine(""),)
) -> list[Change]:
    """New actions of a line behind `after`, or before all others; the last changes add them, in order."""
    there = plan.where(Aksi, "anggaran_id", line.id)
    at = next((i + 1 for i, aksi in enumerate(there) if after is not None and aksi.id == after.id), 0)
    fresh = [
        Aksi(
            id=new_id(),
            dokumen_id=line.dokumen_id,
            urutan=0,
            anggaran_id=line.id,
            uraian=one.uraian,
            bulan=_text(one.months),
        )
        for one in lines
    ]
    return _arranged(plan, line.dokumen_id, there, [*there[:at], *fresh, *there[at:]])


def rename(aksi: Aksi, text: str) -> list[Change]:
    """Another text.

    Raises:
        PlanError: it is too long.
    """
    return [Change(aksi, replace(aksi, uraian=clean(text)))]


def set_person(aksi: Aksi, jabatan_id: str | None) -> list[Change]:
    """Who answers for the action; None: whoever answers for the line."""
    return [Change(aksi, replace(aksi, penanggung_jawab_id=jabatan_id))]


def remove(plan: Plan, actions: Sequence[Aksi]) -> list[Change]:
    """Take actions away; those that stay are numbered anew."""
    gone = {aksi.id for aksi in actions}
    changes: list[Change] = []
    for line_id in dict.fromkeys(aksi.anggaran_id for aksi in actions):
        stay = [aksi for aksi in plan.where(Aksi, "anggaran_id", line_id) if aksi.id not in gone]
        changes += _numbered(stay)
    return [*changes, *(Change(aksi, None) for aksi in actions)]


def move(plan: Plan, aksi: Aksi, step: int) -> list[Change]:
    """One place up (-1) or down (+1) within its line; nothing at either end."""
    there = list(plan.where(Aksi, "anggaran_id", aksi.anggaran_id))
    at = next(i for i, one in enumerate(there) if one.id == aksi.id)
    to = at + step
    if not 0 <= to < len(there):
        return []
    places = [one.urutan for one in there]
    there[at], there[to] = there[to], there[at]
    return [
        Change(one, after)
        for i, one in enumerate(there)
        if (after := replace(one, urutan=places[i], nomor=i + 1)) != one
    ]


def set_months(aksi: Aksi, months: Collection[int]) -> list[Change]:
    """Exactly these months are marked."""
    return [Change(aksi, replace(aksi, bulan=_text(months)))] if months_of(aksi) != frozenset(months) else []


def read_lines(text: str) -> list[PastedLine]:
    """Actions as lines of text, or as rows of a spreadsheet.

    Of a row the first cell counts that is no bare number; twelve cells at its end are the months, where anything but
    nothing, a dash and 0 marks. Empty lines are passed over.

    Raises:
        PlanError: a text is too long.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = csv.reader(io.StringIO(text), dialect="excel-tab") if "\t" in text else ([line] for line in text.split("\n"))
    found: list[PastedLine] = []
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        months: Months = frozenset()
        if len(cells) > BULAN:
            cells, marks = cells[:-BULAN], cells[-BULAN:]
            months = frozenset(i for i, mark in enumerate(marks, 1) if mark not in _UNMARKED)
        words = [cell for cell in cells if cell]
        uraian = next((cell for cell in words if not cell.rstrip(".").isdecimal()), words[0] if words else "")
        if uraian:
            found.append(PastedLine(clean(uraian), months))
    return found


def lines_text(there: Sequence[Aksi]) -> str:
    """Actions with their months as `read_lines` and spreadsheets take them: the text and twelve cells."""
    rows = [[" ".join(aksi.uraian.split()), *_marks(months_of(aksi), range(1, BULAN + 1))] for aksi in there]
    return _tsv(rows)


def marks_text(rows: Sequence[Collection[int]], first: int, last: int) -> str:
    """The marks of some months (1 to 12), a line for each row: "x", and a dash where there is none."""
    return _tsv([_marks(months, range(first, last + 1)) for months in rows])


def read_marks(text: str) -> list[tuple[bool, ...]]:
    """A block of marks as `marks_text` and spreadsheets give them; [] where any cell is something else."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    cells = [[cell.strip().casefold() for cell in line.split("\t")] for line in lines]
    marks = [cell for line in cells for cell in line if cell not in _UNMARKED]
    width = max(map(len, cells))
    if not text.strip(" ") or width > BULAN or not set(marks) <= _MARKS:
        return []
    return [tuple(i < len(line) and line[i] not in _UNMARKED for i in range(width)) for line in cells]


def paste_lines(plan: Plan, line: Anggaran, after: Aksi | None, text: str) -> list[Change]:
    """Each line of the text as a new action behind `after`; [] where there is none.

    Raises:
        PlanError: a text is too long.
    """
    lines = read_lines(text)
    return add(plan, line, after, lines) if lines else []


def lines_of(plan: Plan, row: Row | None) -> list[Anggaran]:
    """The lines whose actions a branch shows, in its order.

    The sub kegiatan of a budget line, or of the lines that support a sasaran or, failing those, the sasaran below it;
    also a line of another level that has actions of its own.
    """
    found: dict[str, Anggaran] = {}
    for line in _branch_lines(plan, row):
        _gather(plan, line, found)
    return list(found.values())


def person_of(plan: Plan, line: Anggaran) -> str | None:
    """The position that answers for a line, or else for the nearest line above it that names one."""
    seen: set[str] = set()
    at: Anggaran | None = line
    while at is not None and at.id not in seen:
        if at.penanggung_jawab_id:
            return at.penanggung_jawab_id
        seen.add(at.id)
        at = plan.find(Anggaran, at.induk_id)
    return None


def _branch_lines(plan: Plan, row: Row | None) -> list[Anggaran]:
    if isinstance(row, Anggaran):
        return [row]
    if isinstance(row, Indikator):
        owner = plan.find(Kinerja, row.kinerja_id)
        if owner is None:
            return _branch_lines(plan, plan.find(Anggaran, row.anggaran_id))
        links = plan.where(Dukungan, "kinerja_id", owner.id)
        own = [link for link in links if link.indikator_id == row.id]
        return [plan.get(Anggaran, link.anggaran_id) for link in own or links]
    if not isinstance(row, Kinerja):
        return []
    own_lines = [plan.get(Anggaran, link.anggaran_id) for link in plan.where(Dukungan, "kinerja_id", row.id)]
    below = (line for child in plan.where(Kinerja, "induk_id", row.id) for line in _branch_lines(plan, child))
    return own_lines or list(below)


def _gather(plan: Plan, line: Anggaran, found: dict[str, Anggaran]) -> None:
    if line.id in found:
        return
    if line.jenis == "sub_kegiatan" or plan.where(Aksi, "anggaran_id", line.id):
        found[line.id] = line
    for child in plan.where(Anggaran, "induk_id", line.id):
        _gather(plan, child, found)


def _arranged(plan: Plan, dokumen_id: str, there: Sequence[Aksi], wanted: Sequence[Aksi]) -> list[Change]:
    """The changes that put new rows among those of a line: where no numbers are free, the document is numbered anew."""
    known = {aksi.id for aksi in there}
    fresh = [aksi for aksi in wanted if aksi.id not in known]
    at = wanted.index(fresh[0])
    everyone = plan.where(Aksi, "dokumen_id", dokumen_id)
    before = wanted[at - 1] if at else None
    after = wanted[at + len(fresh)] if at + len(fresh) < len(wanted) else None
    if before is None and after is None:
        before = everyone[-1] if everyone else None
    elif after is None or before is None:
        ids = [aksi.id for aksi in everyone]
        if before is not None:
            place = ids.index(before.id) + 1
            after = everyone[place] if place < len(everyone) else None
        elif after is not None and (place := ids.index(after.id)):
            before = everyone[place - 1]
    numbers = dict(zip((aksi.id for aksi in fresh), _free(before, after, len(fresh)), strict=False))
    if len(numbers) < len(fresh):
        ids = [aksi.id for aksi in everyone]
        place = ids.index(before.id) + 1 if before else 0
        order = [*ids[:place], *(aksi.id for aksi in fresh), *ids[place:]]
        numbers = dict(zip(order, spaced(len(order)), strict=True))
    placed = [replace(aksi, urutan=numbers.get(aksi.id, aksi.urutan), nomor=i) for i, aksi in enumerate(wanted, 1)]
    others = [aksi for aksi in everyone if aksi.id not in known and numbers.get(aksi.id, aksi.urutan) != aksi.urutan]
    old = {aksi.id: aksi for aksi in there}
    changes = [Change(aksi, replace(aksi, urutan=numbers[aksi.id])) for aksi in others]
    changes += [Change(old[aksi.id], aksi) for aksi in placed if aksi.id in old and old[aksi.id] != aksi]
    return changes + [Change(None, aksi) for aksi in placed if aksi.id not in old]


def _free(before: Aksi | None, after: Aksi | None, count: int) -> Sequence[int]:
    """Numbers between two rows, evenly apart; fewer than wanted where there is no room."""
    if before is not None and after is not None:
        step = (after.urutan - before.urutan) // (count + 1)
        return range(before.urutan + step, after.urutan, step)[:count] if step else ()
    if after is not None:
        return range(after.urutan - GAP * count, after.urutan, GAP)
    start = before.urutan if before is not None else 0
    return range(start + GAP, start + GAP * (count + 1), GAP)


def _numbered(actions: Sequence[Aksi]) -> list[Change]:
    return [Change(aksi, replace(aksi, nomor=i)) for i, aksi in enumerate(actions, 1) if aksi.nomor != i]


def _marks(months: Collection[int], of: Sequence[int]) -> list[str]:
    return ["x" if month in months else "-" for month in of]


def _tsv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return out.getvalue().removesuffix("\n")


def _without(months: Collection[int], run: tuple[int, int]) -> Months:
    return frozenset(month for month in months if not run[0] <= month <= run[1])


def _text(months: Collection[int]) -> str | None:
    return ",".join(map(str, sorted(set(months)))) or None

"""The twelve-month grid of a branch as data: which lines it has, and what each cell says. No Qt."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, DeretRasio, Dukungan, Indikator, Kinerja, Row
from services.angka import decide_style
from services.checks import Checks, Finding
from services.grid_cells import Texts, cash_cells, money, target_cells
from services.grid_numbers import read_number
from services.naming import row_text
from services.rollup import RollUp, Sums
from services.series import QUARTER_ENDS, Rupiah12, places, quarters, running, single
from services.tanggal import MONTHS, MONTHS_SHORT, QUARTERS
from services.terms import LEVEL_NAMES, LEVELS, Level

URAIAN, SATUAN, SETAHUN = 0, 1, 2
FIRST_MONTH = 3
FIRST_QUARTER = FIRST_MONTH + BULAN
JUMLAH = FIRST_QUARTER + 4
SELISIH = JUMLAH + 1
COLUMNS = ("Uraian", "Satuan", "Setahun", *MONTHS_SHORT, *QUARTERS, "Jumlah", "Selisih")
COLUMN_NAMES = ("Uraian", "Satuan", "Setahun", *MONTHS, *QUARTERS, "Jumlah", "Selisih")

Kind = Literal["target", "kas", "jumlah", "pembilang", "penyebut"]
"""The last two are the counts of an indicator that is a ratio."""
Face = Literal["rencana", "realisasi", "capaian"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an indicator's targets, a budget line's cash, or the grey sum of several budget lines.

    `row_id` is the row that it shows; for a sum, the node that the lines belong to. `of`: the lines summed. `owner`:
    the row whose children it is listed among; `above`: the cash lines that it hangs under, from the top; `folds`:
    whether lines hang under it. A sum that belongs to no line stands one step further out, at depth -1. `face`: what
    of the row is shown, the plan, what was reached or spent, or how far that reaches.
    """

    kind: Kind
    row_id: str
    depth: int = 0
    title: str = ""
    of: tuple[str, ...] = ()
    owner: str = ""
    above: tuple[str, ...] = ()
    folds: bool = False
    face: Face = "rencana"


@dataclass(frozen=True, slots=True)
class Beside:
    """What the cells of a line say beside their texts, by column.

    `hints`: sentences about a cell; `grounds`: its colour as "#RRGGBB"; `noted`: the cells with a note of the period;
    `remarks`: what is to be seen at a cell although it is no finding, marked as a catatan; `shut`: the months of a line
    of quarters that close none, which take nothing.
    """

    hints: dict[int, str] = field(default_factory=dict)
    grounds: dict[int, str] = field(default_factory=dict)
    noted: frozenset[int] = frozenset()
    remarks: dict[int, str] = field(default_factory=dict)
    shut: frozenset[int] = frozenset()


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a line says, cell by cell: one text and one mark a column, and sentences for the marked cells.

    `rules`: level and the marked columns of each rule that found something.
    """

    texts: tuple[str, ...]
    marks: tuple[Level | None, ...]
    notes: dict[int, str]
    rules: tuple[tuple[Level, tuple[int, ...]], ...] = ()
    beside: Beside = NOTHING_BESIDE


@dataclass(frozen=True, slots=True)
class Mark:
    """One remark at one cell."""

    column: int
    rule: str
    level: Level
    note: str


def month_of(column: int) -> int | None:
    """The place 0..11 of a month's column, else None."""
    return column - FIRST_MONTH if FIRST_MONTH <= column < FIRST_QUARTER else None


class Other(Protocol):
    """Another face of the grid: its lines from those of the plan, and what the cells say."""

    def lines(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines of this face."""

    def cells(self, line: Line, *, kumulatif: bool) -> tuple[Texts, Beside]:
        """A text a column but for the name, and what stands beside them."""


class MonthGrid:
    """The grid of one branch in one view (running totals or single months) and one face, None for the plan."""

    def __init__(self, plan: Plan, rollup: RollUp, checks: Checks) -> None:
        self._plan = plan
        self._rollup = rollup
        self._checks = checks
        self.kumulatif = True
        self.other: Other | None = None

    def lines(self, row: Row | None) -> list[Line]:
        """The lines of the branch of a row."""
        lines = self._lines(row)
        return lines if self.other is None else list(self.other.lines(lines))

    def _lines(self, row: Row | None) -> list[Line]:
        if isinstance(row, Indikator):
            owner = self._plan.find(Kinerja, row.kinerja_id) or self._plan.find(Anggaran, row.anggaran_id)
            return self._lines(owner) if isinstance(owner, Anggaran) else list(self._of_node(owner, below=False))
        if isinstance(row, Kinerja):
            return list(self._of_node(row, below=True))
        return list(self._of_line(row, 0)) if isinstance(row, Anggaran) else []

    def _of_node(self, node: Kinerja | None, *, below: bool) -> Iterator[Line]:
        if node is None:
            return
        yield from self._indicators(node, 0, below=below)
        lines = self._supporting(node, below=False) or (self._supporting(node, below=True) if below else [])
        if lines:
            kinds = {line.jenis for line in lines}
            what = LEVEL_NAMES[kinds.pop()].lower() if len(kinds) == 1 else "baris"
            members = tuple(line.id for line in lines)
            heading = "Kas" if self.other is None else "Realisasi"
            yield Line("jumlah", node.id, -1, f"{heading} · jumlah {len(lines)} {what}", members, node.id)
        for line in lines:
            yield from self._of_line(line, 0)

    def _indicators(self, node: Kinerja, depth: int, *, below: bool) -> Iterator[Line]:
        for indikator in self._plan.where(Indikator, "kinerja_id", node.id):
            yield Line("target", indikator.id, depth, owner=node.id)
        if below:
            for child in self._plan.where(Kinerja, "induk_id", node.id):
                yield from self._indicators(child, depth + 1, below=True)

    def _supporting(self, node: Kinerja, *, below: bool) -> list[Anggaran]:
        found: dict[str, Anggaran] = {}
        queue = [node]
        while queue:
            at = queue.pop()
            for link in self._plan.where(Dukungan, "kinerja_id", at.id):
                found.setdefault(link.anggaran_id, self._plan.get(Anggaran, link.anggaran_id))
            if below:
                queue += reversed(self._plan.where(Kinerja, "induk_id", at.id))
        return list(found.values())

    def _of_line(self, line: Anggaran, depth: int, above: tuple[str, ...] = ()) -> Iterator[Line]:
        children = self._plan.where(Anggaran, "induk_id", line.id)
        indicators = self._plan.where(Indikator, "anggaran_id", line.id)
        owner = above[-1] if above else ""
        yield Line("kas", line.id, depth, owner=owner, above=above, folds=bool(children or indicators))
        inner = (*above, line.id)
        for indikator in indicators:
            yield Line("target", indikator.id, depth + 1, owner=line.id, above=inner)
        if len(children) > 1:
            title = f"Jumlah {len(children)} {LEVEL_NAMES[children[0].jenis].lower()}"
            members = tuple(child.id for child in children)
            yield Line("jumlah", line.id, depth, title, members, line.id, inner)
        for child in children:
            yield from self._of_line(child, depth + 1, inner)

    def name(self, line: Line) -> str:
        """What stands in the first column."""
        if line.title:
            return line.title
        cls = Anggaran if line.kind == "kas" else Indikator
        return row_text(self._plan.get(cls, line.row_id))

    def show(self, line: Line) -> Shown:
        """What a line says now."""
        if self.other is not None:
            return self._show_other(self.other, line)
        if line.kind == "target":
            indikator = self._plan.get(Indikator, line.row_id)
            marked = _marked(self._target_texts(indikator), _marks(self._open_findings(Indikator, line.row_id)))
            return replace(marked, beside=_with_shut(NOTHING_BESIDE, self._shut(line)))
        if line.kind == "kas":
            anggaran = self._plan.get(Anggaran, line.row_id)
            found = self._open_findings(Anggaran, line.row_id)
            marks = _marks(f for f in found if f.kode not in _OF_CHILDREN)
            if len(marks) < len(found):
                marks += self._differing(anggaran)
            marked = _marked(self._cash_texts(anggaran), marks)
            return replace(marked, beside=_with_shut(NOTHING_BESIDE, self._shut(line)))
        sums = self._rollup.of(self._plan.get(Anggaran, line_id) for line_id in line.of)
        return _marked([line.title, "Rp", *self._sum_texts(sums)], ())

    def _show_other(self, other: Other, line: Line) -> Shown:
        texts, beside = other.cells(line, kumulatif=self.kumulatif)
        found: list[Finding] = []
        if line.kind in ("target", "kas") and line.face == "realisasi":
            found = self._open_findings(Indikator if line.kind == "target" else Anggaran, line.row_id, face="realisasi")
        marks = [*_marks(found), *(Mark(column, "", "catatan", said) for column, said in beside.remarks.items())]
        shut = self._shut(line) if line.face == "realisasi" else frozenset()
        return replace(_marked([self.name(line), *texts], marks), beside=_with_shut(beside, shut))

    def _shut(self, line: Line) -> frozenset[int]:
        """The months that take nothing, as a series of the line, of what it shows or else of its plan, is of quarters.

        The rules are those of `cell_edit.editable`, which is asked before anything is typed.
        """
        plan = self._plan
        series: DeretAnggaran | DeretIndikator | DeretRasio | None = None
        if line.kind == "kas":
            kinds = ("realisasi", "kas") if line.face == "realisasi" else ("kas",)
            found = (plan.one(DeretAnggaran, "anggaran_id", line.row_id, jenis) for jenis in kinds)
            series = next((row for row in found if row is not None), None)
        elif line.kind == "target" and line.face == "rencana":
            series = plan.one(DeretIndikator, "indikator_id", line.row_id, "target")
        elif line.kind != "jumlah":
            series = next(iter(plan.where(DeretIndikator, "indikator_id", line.row_id)), None)
            series = series or next(iter(plan.where(DeretRasio, "indikator_id", line.row_id)), None)
        if series is None or series.periode != "triwulan":
            return frozenset()
        return frozenset(FIRST_MONTH + month for month in range(BULAN) if month not in QUARTER_ENDS)

    def _open_findings(self, cls: type[Row], row_id: str, face: Face = "rencana") -> list[Finding]:
        """Those of a row and a face that nobody has accepted."""
        checks = self._checks
        return [f for f in checks.at(cls, row_id) if face_of(f) == face and checks.accepted(f) is None]

    def _differing(self, line: Anggaran) -> Iterator[Mark]:
        """Where the typed cash differs, as the view shows it, from the sum of the lines below.

        By a rupiah for each of them at most it is rounding. A single month is counted from the last one before it that
        says something, as its cell is.
        """
        below = self._plan.where(Anggaran, "induk_id", line.id)
        series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, "kas") if below else None
        if series is None or any(self._rollup.line(child.id).kas is None for child in below):
            return
        own, sums = running(series.nilai, kumulatif=bool(series.kumulatif)), self._rollup.children(line.id).kas
        assert sums is not None
        total = sums

        def off(place: int, since: int) -> tuple[int, int]:
            if self.kumulatif or since < 0:
                return own[place] or 0, total[place] or 0
            return (own[place] or 0) - (own[since] or 0), (total[place] or 0) - (total[since] or 0)

        typed = [place for place in places(series.periode) if series.nilai[place] is not None]
        cells = [(FIRST_MONTH + place, off(place, before)) for before, place in zip([-1, *typed], typed, strict=False)]
        for number, end in enumerate(QUARTER_ENDS):
            if any(end - 3 < place <= end for place in typed):
                cells.append((FIRST_QUARTER + number, off(end, end - 3)))
        child = LEVEL_NAMES[below[0].jenis].lower()
        for column, (value, wanted) in cells:
            rounding = abs(value - wanted) <= len(below)
            if value == wanted or (rounding and column >= FIRST_QUARTER):
                continue
            note = f"Tertulis {money(value)}; jumlah {child} {money(wanted)}; "
            note += f"selisih {money(value - wanted)}{' (pembulatan)' if rounding else ''}."
            yield Mark(column, _OF_CHILDREN[rounding], "catatan" if rounding else "peringatan", note)

    def _cash_texts(self, line: Anggaran) -> Texts:
        series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        total = running(series.nilai, kumulatif=bool(series.kumulatif))[-1] if series is not None else None
        off = None if line.pagu is None or total is None else line.pagu - total
        return [row_text(line), "Rp", money(line.pagu), *cash_cells(series, kumulatif=self.kumulatif), money(off)]

    def _sum_texts(self, sums: Sums) -> Texts:
        kas: Rupiah12 = sums.kas or (None,) * BULAN
        months = kas if self.kumulatif else single(kas, kumulatif=True)
        by_quarter = quarters(months, kumulatif=self.kumulatif)
        return [money(value) for value in (sums.pagu, *months, *by_quarter, kas[-1], sums.selisih)]

    def _target_texts(self, indikator: Indikator) -> Texts:
        series = self._plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
        head = [row_text(indikator), indikator.satuan or "", indikator.target or ""]
        if series is None:
            return [*head, *[""] * (BULAN + 6)]
        cells, total, write = target_cells(indikator, series.nilai, series.periode, kumulatif=self.kumulatif)
        annual = read_number(indikator.target, decide_style([indikator.target, *series.nilai]))
        return [*head, *cells, "" if total is None or annual is None else write(annual - total)]


_OF_CHILDREN = ("KAS-RINCIAN", "KAS-PEMBULATAN")
"""Rules about a line and those below it: where they find something, the cells that differ in the view are marked. The
second is for differences by rounding."""


_QUARTERLY = "Baris ini per triwulan; isi bulan penutup triwulan."


def _with_shut(beside: Beside, shut: frozenset[int]) -> Beside:
    return replace(beside, shut=shut, hints=beside.hints | dict.fromkeys(shut, _QUARTERLY)) if shut else beside


def _marks(findings: Iterable[Finding]) -> list[Mark]:
    return [Mark(column_of(f), f.kode, f.tingkat, f.pesan) for f in findings]


def _marked(texts: Texts, remarks: Iterable[Mark]) -> Shown:
    marks: list[Level | None] = [None] * len(COLUMNS)
    notes: dict[int, str] = {}
    rules: dict[tuple[Level, str], list[int]] = {}
    for mark in sorted(remarks, key=lambda m: LEVELS.index(m.level)):
        marks[mark.column] = marks[mark.column] or mark.level
        notes[mark.column] = f"{notes[mark.column]}\n{mark.note}" if mark.column in notes else mark.note
        rules.setdefault((mark.level, mark.rule), []).append(mark.column)
    return Shown(
        tuple(texts), tuple(marks), notes, tuple((level, tuple(columns)) for (level, _), columns in rules.items())
    )


def face_of(finding: Finding) -> Face:
    """The face of the grid that a finding is about."""
    return "realisasi" if finding.kode.startswith(_OF_RESULTS) else "rencana"


_OF_RESULTS = ("REALISASI-", "CAPAIAN-ANEH")


def column_of(finding: Finding) -> int:
    """The column of the cell that a finding is about."""
    if finding.kode == "NAMA-KOSONG":
        return URAIAN
    return SETAHUN if finding.month is None else FIRST_MONTH + finding.month

"""The twelve-month grid of a branch as data: which lines it has, and what each cell says. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, Dukungan, Indikator, Kinerja, Row
from services.angka import decide_style, decimals_of, format_angka, parse_angka
from services.checks import Checks, Finding
from services.naming import row_text
from services.rollup import RollUp, Sums
from services.rupiah import format_rupiah
from services.series import QUARTER_ENDS, Rupiah12, places, quarters, running, shown, single
from services.tanggal import MONTHS, MONTHS_SHORT, QUARTERS
from services.terms import LEVEL_NAMES, LEVELS, Level

URAIAN, SATUAN, SETAHUN = 0, 1, 2
FIRST_MONTH = 3
FIRST_QUARTER = FIRST_MONTH + BULAN
JUMLAH = FIRST_QUARTER + 4
SELISIH = JUMLAH + 1
COLUMNS = ("Uraian", "Satuan", "Setahun", *MONTHS_SHORT, *QUARTERS, "Jumlah", "Selisih")
COLUMN_NAMES = ("Uraian", "Satuan", "Setahun", *MONTHS, *QUARTERS, "Jumlah", "Selisih")

Kind = Literal["target", "kas", "jumlah"]
Texts = list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an indicator's targets, a budget line's cash, or the grey sum of several budget lines.

    `row_id` is the row that it shows; for a sum, the node that the lines belong to. `of`: the lines summed.
    """

    kind: Kind
    row_id: str
    depth: int = 0
    title: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a line says, cell by cell: one text and one mark a column, and sentences for the marked cells."""

    texts: tuple[str, ...]
    marks: tuple[Level | None, ...]
    notes: dict[int, str]


def month_of(column: int) -> int | None:
    """The place 0..11 of a month's column, else None."""
    return column - FIRST_MONTH if FIRST_MONTH <= column < FIRST_QUARTER else None


class MonthGrid:
    """The grid of one branch in one view (running totals or single months)."""

    def __init__(self, plan: Plan, rollup: RollUp, checks: Checks) -> None:
        self._plan = plan
        self._rollup = rollup
        self._checks = checks
        self.kumulatif = True

    def lines(self, row: Row | None) -> list[Line]:
        """The lines of the branch of a row."""
        if isinstance(row, Indikator):
            owner = self._plan.find(Kinerja, row.kinerja_id) or self._plan.find(Anggaran, row.anggaran_id)
            return self.lines(owner) if isinstance(owner, Anggaran) else list(self._of_node(owner, below=False))
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
            yield Line("jumlah", node.id, 0, f"Kas · jumlah {len(lines)} {what}", tuple(line.id for line in lines))
        for line in lines:
            yield from self._of_line(line, 0)

    def _indicators(self, node: Kinerja, depth: int, *, below: bool) -> Iterator[Line]:
        for indikator in self._plan.where(Indikator, "kinerja_id", node.id):
            yield Line("target", indikator.id, depth)
        if below:
            for child in self._plan.where(Kinerja, "induk_id", node.id):
                yield from self._indicators(child, depth + 1, below=True)

    def _supporting(self, node: Kinerja, *, below: bool) -> list[Anggaran]:
        found = {link.anggaran_id: None for link in self._plan.where(Dukungan, "kinerja_id", node.id)}
        lines = [self._plan.get(Anggaran, line_id) for line_id in found]
        if below:
            for child in self._plan.where(Kinerja, "induk_id", node.id):
                lines += [
                    line for line in self._supporting(child, below=True) if line.id not in {known.id for known in lines}
                ]
        return lines

    def _of_line(self, line: Anggaran, depth: int) -> Iterator[Line]:
        yield Line("kas", line.id, depth)
        for indikator in self._plan.where(Indikator, "anggaran_id", line.id):
            yield Line("target", indikator.id, depth + 1)
        children = self._plan.where(Anggaran, "induk_id", line.id)
        if len(children) > 1:
            title = f"Jumlah {len(children)} {LEVEL_NAMES[children[0].jenis].lower()}"
            yield Line("jumlah", line.id, depth, title, tuple(child.id for child in children))
        for child in children:
            yield from self._of_line(child, depth + 1)

    def concerns(self, line: Line, lines: frozenset[str], rows: frozenset[str]) -> bool:
        """Whether a change of these budget lines' sums, or of these rows, shows in a line."""
        return line.row_id in rows or line.row_id in lines or not lines.isdisjoint(line.of)

    def show(self, line: Line) -> Shown:
        """What a line says now."""
        if line.kind == "target":
            indikator = self._plan.get(Indikator, line.row_id)
            return self._marked(self._target_texts(indikator), self._checks.at(Indikator, line.row_id))
        if line.kind == "kas":
            anggaran = self._plan.get(Anggaran, line.row_id)
            return self._marked(self._cash_texts(anggaran), self._checks.at(Anggaran, line.row_id))
        sums = self._rollup.of(self._plan.get(Anggaran, line_id) for line_id in line.of)
        return self._marked([line.title, "Rp", *self._sum_texts(sums)], ())

    def _marked(self, texts: Texts, findings: tuple[Finding, ...]) -> Shown:
        marks: list[Level | None] = [None] * len(COLUMNS)
        notes: dict[int, str] = {}
        for finding in sorted(findings, key=lambda f: LEVELS.index(f.tingkat)):
            column = column_of(finding)
            marks[column] = marks[column] or finding.tingkat
            notes[column] = f"{notes[column]}\n{finding.pesan}" if column in notes else finding.pesan
        return Shown(tuple(texts), tuple(marks), notes)

    def _cash_texts(self, line: Anggaran) -> Texts:
        series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        head = [row_text(line), "Rp"]
        if series is None:
            return [*head, _money(line.pagu), *[""] * (BULAN + 4), "", ""]
        months = shown(series, kumulatif=self.kumulatif)
        by_quarter = quarters(months, kumulatif=self.kumulatif)
        total = running(series.nilai, kumulatif=bool(series.kumulatif))[-1]
        off = None if line.pagu is None or total is None else line.pagu - total
        return [*head, *map(_money, (line.pagu, *months, *by_quarter, total, off))]

    def _sum_texts(self, sums: Sums) -> Texts:
        kas: Rupiah12 = sums.kas or (None,) * BULAN
        months = kas if self.kumulatif else single(kas, kumulatif=True)
        by_quarter = quarters(months, kumulatif=self.kumulatif)
        return [_money(value) for value in (sums.pagu, *months, *by_quarter, kas[-1], sums.selisih)]

    def _target_texts(self, indikator: Indikator) -> Texts:
        series = self._plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
        head = [row_text(indikator), indikator.satuan or "", indikator.target or ""]
        if series is None:
            return [*head, *[""] * (BULAN + 6)]
        style = decide_style([indikator.target, *series.nilai])

        def read(text: str | None) -> Decimal | None:
            angka = parse_angka(text, style) if text else None
            return angka.value if angka else None

        months = [text or "" for text in series.nilai]
        numbers = [read(text) for text in series.nilai]
        decimals = max((decimals_of(text, style) for text in (indikator.target, *months) if text), default=0)
        adds = indikator.akumulasi == "jumlah"
        if not self.kumulatif and indikator.akumulasi == "kumulatif":
            months = _steps(months, numbers, decimals)
        by_quarter = [
            _quarter(months[end - 2 : end + 1], numbers[end - 2 : end + 1], decimals, adds) for end in QUARTER_ENDS
        ]
        known = [number for place in places(series.periode) if (number := numbers[place]) is not None]
        total = (sum(known, Decimal()) if adds else known[-1]) if known and indikator.akumulasi != "predikat" else None
        annual = read(indikator.target)
        off = None if total is None or annual is None else annual - total
        return [*head, *months, *by_quarter, *(("" if n is None else format_angka(n, decimals)) for n in (total, off))]


def _money(value: int | None) -> str:
    return "" if value is None else format_rupiah(value)


def _steps(texts: Texts, numbers: list[Decimal | None], decimals: int) -> Texts:
    """What each month adds to a running total, in place of the total."""
    out: Texts = []
    before = Decimal()
    for text, number in zip(texts, numbers, strict=True):
        out.append(text if number is None else format_angka(number - before, decimals))
        before = before if number is None else number
    return out


def _quarter(texts: Texts, numbers: list[Decimal | None], decimals: int, adds: bool) -> str:
    """A quarter of targets: the sum of its months where they add up, else the last month that says something."""
    known = [number for number in numbers if number is not None]
    if adds and known:
        return format_angka(sum(known, Decimal()), decimals)
    return next((text for text in reversed(texts) if text not in ("", "-")), texts[-1])


def column_of(finding: Finding) -> int:
    """The column of the cell that a finding is about."""
    if finding.kode == "NAMA-KOSONG":
        return URAIAN
    return SETAHUN if finding.month is None else FIRST_MONTH + finding.month

"""What a plan asks for today: periods that are due or late, what is not filled in, the lowest capaian, the findings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Row
from services.angka import format_angka
from services.capaian_rencana import Reckoning
from services.checks import Finding, grouped
from services.forms.parts import Figure
from services.forms.realisasi_sampai import as_of, until_words
from services.month_grid import FIRST_MONTH, SETAHUN
from services.narasi.bagan import cash_curve
from services.pagu_total import PaguTotal, pagu_total
from services.periods import Sampai
from services.realisasi_belum import unreported
from services.realisasi_tutup import closed_months
from services.rollup import RollUp
from services.rupiah import format_rupiah
from services.tahunan import Amounts, is_of_year, target_of
from services.tanggal import QUARTERS
from services.terms import LEVELS

Place = Literal["rencana", "realisasi", "capaian", "temuan"]
"""Where a line leads: a face of the grid, or the list of findings."""

PERIODS: Final = "Periode pelaporan"
HOLES: Final = "Kelengkapan"
LOWEST: Final = "Capaian terendah"
FINDINGS: Final = "Temuan"
_SHOWN = 5
_FULL = 100
"""Percent: what reaches it is none of the lowest."""
_CURVE = (150.0, 58.0)
"""mm, so that the letters are readable in half a window."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence under a heading, and the first row that it is about (None for the document as a whole).

    `kolom`: of the grid (services/month_grid.py); None for where the caret is.
    """

    judul: str
    teks: str
    ke: Place
    tabel: type[Row] | None = None
    row_id: str = ""
    kolom: int | None = None
    terlambat: bool = False


@dataclass(frozen=True, slots=True)
class Ringkasan:
    """The lines under their headings, in order, and the S-curve."""

    baris: tuple[Line, ...]
    kurva: Figure


def summary(plan: Plan, dokumen_id: str, findings: Iterable[Finding], today: date) -> Ringkasan:
    """The summary of a document; `findings`: those of it that nobody has accepted."""
    dokumen = plan.get(Dokumen, dokumen_id)
    lines = (
        *_periods(plan, dokumen, today),
        *_holes(plan, dokumen),
        *_lowest(plan, dokumen),
        _found(findings),
    )
    return Ringkasan(lines, cash_curve(plan, dokumen, *_CURVE, pagu_words=_of_programs(pagu_total(plan, dokumen))))


def _of_programs(total: PaguTotal) -> str:
    """How much of the pagu is of programs, behind its amount; "" where all of it is, or none."""
    if total.program is None or total.program == total.semua:
        return ""
    return f", di antaranya program {format_rupiah(total.program)}"


def ended_quarters(tahun: int, today: date) -> int:
    """How many quarters of a year are over on a day, 0 to 4."""
    return 0 if today.year < tahun else 4 if today.year > tahun else (today.month - 1) // 3


@dataclass(frozen=True, slots=True)
class Due:
    """The quarters, 1 to 4, that are late and those that are due, and what reports nothing in any of them.

    `line`: the first of these, and where it leads.
    """

    terlambat: tuple[int, ...]
    jatuh_tempo: tuple[int, ...]
    indikator: int
    anggaran: int
    line: Line

    @property
    def kalimat(self) -> str:
        """ "Triwulan I dan II terlambat, Triwulan III jatuh tempo; 12 indikator belum berisi realisasi." """
        missing = [
            f"{count} {words}"
            for count, words in ((self.indikator, "indikator"), (self.anggaran, "baris anggaran"))
            if count
        ]
        what = f"{' dan '.join(missing)} belum berisi realisasi" if missing else "realisasinya lengkap, belum ditutup"
        return f"{self.singkat}; {what}."

    @property
    def singkat(self) -> str:
        """ "Triwulan I dan II terlambat, Triwulan III jatuh tempo"."""
        return ", ".join(f"{_named(quarters)} {words}" for quarters, words in self._groups() if quarters)

    def _groups(self) -> tuple[tuple[tuple[int, ...], str], ...]:
        return (self.terlambat, "terlambat"), (self.jatuh_tempo, "jatuh tempo")


def due(plan: Plan, dokumen_id: str, today: date) -> Due | None:
    """What of a document waits to be reported on a day; None where nothing does."""
    dokumen = plan.get(Dokumen, dokumen_id)
    waiting = list(_open_quarters(plan, dokumen, today))
    if not waiting:
        return None
    missing = {row.id: row for _, _, rows in waiting for row in rows}
    counts = Counter(type(row) for row in missing.values())
    first, _, rows = next((each for each in waiting if each[2]), waiting[0])
    return Due(
        tuple(quarter for quarter, late, _ in waiting if late),
        tuple(quarter for quarter, late, _ in waiting if not late),
        counts[Indikator],
        counts[Anggaran],
        _to_quarter("", first, rows),
    )


def _named(quarters: tuple[int, ...]) -> str:
    """ "Triwulan I dan II", "Triwulan I sampai IV"."""
    numbers = [QUARTERS[quarter - 1].removeprefix("TW ") for quarter in quarters]
    between = " sampai " if len(numbers) > 2 and quarters[-1] - quarters[0] == len(quarters) - 1 else " dan "
    shown = [numbers[0], numbers[-1]] if between == " sampai " else numbers
    return f"Triwulan {', '.join(shown[:-2])}{', ' if len(shown) > 2 else ''}{between.join(shown[-2:])}"


def _open_quarters(plan: Plan, dokumen: Dokumen, today: date) -> Iterator[tuple[int, bool, list[Indikator | Anggaran]]]:
    """(quarter, whether it is late, what reports nothing in it) of each that is over and not closed.

    It is late once the quarter after it is over too; of a year that is over, the last quarter is late from the second
    quarter of the next year on.
    """
    closed = closed_months(plan, dokumen.id)
    rollup = RollUp(plan)
    over = (today.year - dokumen.tahun) * 4 + (today.month - 1) // 3
    for quarter in range(1, ended_quarters(dokumen.tahun, today) + 1):
        if 3 * quarter not in closed:
            yield quarter, over > quarter, unreported(plan, dokumen, 3 * quarter - 2, 3 * quarter, rollup)


def _to_quarter(text: str, quarter: int, rows: Sequence[Indikator | Anggaran], *, late: bool = False) -> Line:
    """A line that leads to the first of these rows, in the month that ends the quarter, which any plan takes."""
    first = rows[0] if rows else None
    kolom = FIRST_MONTH + 3 * quarter - 1
    return Line(PERIODS, text, "realisasi", type(first) if first else None, first.id if first else "", kolom, late)


def _periods(plan: Plan, dokumen: Dokumen, today: date) -> Iterator[Line]:
    """Each quarter that is over and not closed."""
    opened = False
    for quarter, late, missing in _open_quarters(plan, dokumen, today):
        opened = True
        counts = Counter(type(row) for row in missing)
        said = [
            f"{counts[kind]} {words} belum berisi realisasi"
            for kind, words in ((Indikator, "indikator"), (Anggaran, "baris anggaran"))
            if counts[kind]
        ]
        name = until_words(Sampai(3 * quarter, triwulan=True))
        text = (
            f"{name} {'terlambat' if late else 'jatuh tempo'}, belum ditutup: {', '.join(said) or 'realisasi lengkap'}"
        )
        yield _to_quarter(text, quarter, missing, late=late)
    if not opened:
        ended = ended_quarters(dokumen.tahun, today)
        words = "Semua periode yang berakhir sudah ditutup" if ended else "Belum ada periode yang berakhir"
        yield Line(PERIODS, f"{words} (tahun {dokumen.tahun})", "realisasi")


def _holes(plan: Plan, dokumen: Dokumen) -> Iterator[Line]:
    amounts, year = Amounts(plan, dokumen), str(dokumen.tahun)
    indicators = plan.where(Indikator, "dokumen_id", dokumen.id)
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    untargeted = [
        row
        for row in indicators
        if is_of_year(plan, row, dokumen.tahun) and not target_of(plan, row, dokumen.tahun).text
    ]
    unfunded = [row for row in lines if amounts.is_of_year(row, year) and amounts.pagu(row, year) is None]
    if untargeted:
        words = f"{len(untargeted)} dari {len(indicators)} target setahun belum diisi"
        yield Line(HOLES, words, "rencana", Indikator, untargeted[0].id, SETAHUN)
    if unfunded:
        words = f"{len(unfunded)} dari {len(lines)} pagu belum diisi"
        yield Line(HOLES, words, "rencana", Anggaran, unfunded[0].id, SETAHUN)
    if not untargeted and not unfunded:
        yield Line(HOLES, "Semua target setahun dan pagu sudah diisi", "rencana")
    total = pagu_total(plan, dokumen)
    if words := _of_programs(total):
        pagu = f"Pagu seluruhnya {format_rupiah(total.semua or 0)}{words}"
        yield Line(HOLES, pagu, "rencana", Anggaran, total.di_luar[0].id, SETAHUN)


def _lowest(plan: Plan, dokumen: Dokumen) -> Iterator[Line]:
    sampai = as_of(plan, dokumen)
    title = f"{LOWEST} (sampai dengan {until_words(sampai)})" if sampai else LOWEST
    known = []
    for one in Reckoning(plan, dokumen.id, sampai).indicators() if sampai else ():
        if one.capaian.persen is not None:
            known.append((one.capaian.persen, one))
    below = [each for each in known if each[0] < _FULL]
    for persen, one in sorted(below, key=lambda each: each[0])[:_SHOWN]:
        text = f"{format_angka(persen, 2)} % {one.capaian.predikat}: {' '.join(one.indikator.uraian.split())}"
        yield Line(title, text, "capaian", Indikator, one.indikator.id)
    if not below:
        words = f"Tidak ada capaian di bawah {_FULL} %" if known else "Belum ada capaian yang dapat dihitung"
        yield Line(title, words, "capaian")


def _found(findings: Iterable[Finding]) -> Line:
    counts = Counter(group.first.tingkat for group in grouped(list(findings)))
    said = ", ".join(f"{counts[level]} {level}" for level in LEVELS if counts[level])
    return Line(FINDINGS, said or "Tidak ada temuan", "temuan")

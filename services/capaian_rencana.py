"""The capaian of a whole document as of a month: each indicator, each budget line, each sasaran."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Dukungan, Indikator, Kinerja
from services.angka import format_angka
from services.capaian import Capaian, capaian, percent, rounded, say_percent
from services.capaian_periode import AsOf, Money, Periods, result_until, target_until
from services.capaian_setelan import SELISIH, Setelan, read_settings
from services.capaian_skala import Grade, grade_of
from services.periods import Sampai
from services.rollup import topmost
from services.rupiah import format_rupiah
from services.sasaran import node_indicators
from services.tanggal import MONTHS
from services.terms import TINGKAT

_DIGITS = 200
"""Of a sum of percentages, which may be of numbers with as many digits as anybody types."""
_JENIS = dict.fromkeys(TINGKAT, "program") | {
    "sasaran_kegiatan": "kegiatan",
    "sasaran_sub_kegiatan": "sub_kegiatan",
    "sasaran_individu": "sub_kegiatan",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator as of the month: target and result as one types them, and what follows; reasons where one lacks."""

    indikator: Indikator
    target: AsOf
    realisasi: AsOf
    capaian: Capaian


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of percentages: of `banyak` out of `semua` indicators, as the others have none."""

    persen: Decimal | None
    banyak: int
    semua: int
    grade: Grade | None = None

    @property
    def uraian(self) -> str:
        """ "rata-rata 2 dari 3 indikator = 87,5 %"; why there is none otherwise."""
        if self.persen is None:
            return "Belum ada indikator." if not self.semua else "Belum ada indikator yang capaiannya dapat dihitung."
        return f"rata-rata {self.banyak} dari {self.semua} indikator = {say_percent(self.persen)}"


@dataclass(frozen=True, slots=True)
class Efficiency:
    """In percent, or in points where the plan wants the difference; None with a reason. `hitungan`: the whole sum."""

    nilai: Decimal | None
    hitungan: str = ""
    alasan: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """The money of a line, or of the lines that support a sasaran, as of the month: whole rupiah, percentages.

    `serapan`: realisasi of the pagu; `terhadap_kas`: of the cash until then, both of the lines that have such cash;
    `sisa`: pagu less realisasi. `kurang`: why there is no serapan, "" where there is one.
    `capaian`: of the results that the money was for. `catatan`: what to know of the figures, "" for nothing.
    """

    pagu: int | None
    kas: int | None
    realisasi: int | None
    serapan: Decimal | None
    terhadap_kas: Decimal | None
    sisa: int | None
    capaian: Mean
    efisiensi: Efficiency
    catatan: str = ""
    kurang: str = ""


@dataclass(frozen=True, slots=True)
class SasaranMeasured:
    """A sasaran: the mean of its indicators, and the money of the lines that support it (`garis`, each topmost one)."""

    node: Kinerja
    indikator: tuple[Measured, ...]
    capaian: Mean
    garis: tuple[Anggaran, ...]
    uang: Spent


class Reckoning:
    """Reckons what is asked for, once; made anew after an edit."""

    def __init__(self, plan: Plan, dokumen_id: str, sampai: Sampai, setelan: Setelan | None = None) -> None:
        """`setelan`: None for the plan's own."""
        self._plan = plan
        self.dokumen = plan.get(Dokumen, dokumen_id)
        self.sampai = sampai
        self.setelan = read_settings(plan, dokumen_id) if setelan is None else setelan
        self._money = Money(plan, self.dokumen)
        self._measured: dict[str, Measured] = {}

    def indicator(self, indikator: Indikator) -> Measured:
        """One indicator of the document."""
        found = self._measured.get(indikator.id)
        if found is None:
            found = self._measured[indikator.id] = self._measure(indikator)
        return found

    def indicators(self) -> tuple[Measured, ...]:
        """All indicators of the document, in order."""
        return tuple(self.indicator(row) for row in self._plan.where(Indikator, "dokumen_id", self.dokumen.id))

    def line(self, line: Anggaran) -> Spent:
        """A budget line, with the mean of its own indicators."""
        own = self._plan.where(Indikator, "anggaran_id", line.id)
        return self._spent((line,), self.mean(map(self.indicator, own)))

    def lines(self, lines: Iterable[Anggaran]) -> Spent:
        """Lines that do not hang under one another, together; without results."""
        return self._spent(lines, self.mean(()))

    def sasaran(self, node: Kinerja) -> SasaranMeasured:
        """A node of the performance tree; its lines are those that support it, else those of the nodes below it.

        A node without indicators is measured by those of the lines of its level that support it, as on the forms.
        """
        rows = node_indicators(self._plan, node, _JENIS[node.tingkat])
        measured = tuple(self.indicator(row) for row in rows)
        mean = self.mean(measured)
        lines = self._topmost(self._supporting(node, set()))
        return SasaranMeasured(node, measured, mean, lines, self._spent(lines, mean))

    def mean(self, measured: Iterable[Measured]) -> Mean:
        """The mean of the indicators that have a percentage, each counting the same; rounded like them.

        Source: the framework of performance reports (LKIP Lampung 2019, 3.1): the mean of the sasaran's indicators.
        """
        every = [one.capaian.persen for one in measured]
        known = [persen for persen in every if persen is not None]
        if not known:
            return Mean(None, 0, len(every))
        with localcontext(prec=_DIGITS):
            persen = rounded(sum(known, Decimal()) / len(known))
        return Mean(persen, len(known), len(every), grade_of(persen, self.setelan.skala))

    @cached_property
    def whole(self) -> Spent:
        """All money of the document, and the mean over all its sasaran indicators."""
        lines = topmost(self._plan, self.dokumen.id)
        rows = self._plan.where(Indikator, "dokumen_id", self.dokumen.id)
        return self._spent(lines, self.mean(self.indicator(row) for row in rows if row.kinerja_id is not None))

    def _measure(self, indikator: Indikator) -> Measured:
        periods, tahun = Periods(self._plan, indikator), self.dokumen.tahun
        target = target_until(self._plan, periods, self.sampai, tahun)
        realisasi = result_until(self._plan, periods, self.sampai, tahun)
        if not target.text or not realisasi.text:
            return Measured(indikator, target, realisasi, Capaian(None, alasan=target.alasan or realisasi.alasan))
        reached = capaian(
            target.text,
            realisasi.text,
            indikator.arah,
            others=periods.texts(),
            metode=indikator.metode,
            setelan=self.setelan,
        )
        return Measured(indikator, target, realisasi, reached)

    def _supporting(self, node: Kinerja, seen: set[str]) -> list[Anggaran]:
        if node.id in seen:
            return []
        seen.add(node.id)
        links = self._plan.where(Dukungan, "kinerja_id", node.id)
        if links:
            return [self._plan.get(Anggaran, link.anggaran_id) for link in links]
        below = self._plan.where(Kinerja, "induk_id", node.id)
        return [line for child in below for line in self._supporting(child, seen)]

    def _topmost(self, lines: Iterable[Anggaran]) -> tuple[Anggaran, ...]:
        """Each line once, without those that hang under another of them, whose money is in that one's already."""
        rows = {line.id: line for line in lines}
        return tuple(line for line in rows.values() if not self._is_under(line, rows))

    def _is_under(self, line: Anggaran, rows: dict[str, Anggaran]) -> bool:
        seen = {line.id}
        above = line.induk_id
        while above is not None and above not in seen:
            if above in rows:
                return True
            seen.add(above)
            row = self._plan.find(Anggaran, above)
            above = row.induk_id if row else None
        return False

    def _spent(self, lines: Iterable[Anggaran], mean: Mean) -> Spent:
        lines = tuple(lines)
        pagu = _sum(self._money.pagu(line) for line in lines)
        kas = _sum(self._money.upto(line, "kas", self.sampai) for line in lines)
        realisasi = _sum(self._money.upto(line, "realisasi", self.sampai) for line in lines)
        serapan = None if realisasi is None or not pagu else percent(realisasi, pagu)
        pairs = [pair for line in lines if (pair := self._money.against_cash(line, self.sampai)) is not None]
        compared, cash = sum(spent for spent, _ in pairs), sum(amount for _, amount in pairs)
        of_cash = None if realisasi is None or not cash else percent(compared, cash)
        sisa = None if realisasi is None or pagu is None else pagu - realisasi
        lack = _lack(pagu, realisasi, lines=bool(lines))
        efisiensi = efficiency(pagu, realisasi, mean.persen, self.setelan, lines=bool(lines))
        remark = self._remark(lines, realisasi)
        return Spent(pagu, kas, realisasi, serapan, of_cash, sisa, mean, efisiensi, remark, lack)

    def _remark(self, lines: tuple[Anggaran, ...], realisasi: int | None) -> str:
        """Where lines are not reported until the month, so that the sum is of what is known."""
        if realisasi is None or not lines:
            return "Realisasi anggaran belum diisi." if lines else "Tidak ada baris anggaran."
        lines = tuple(line for line in lines if self._money.is_of_year(line))
        missing = [line for line in lines if self._money.upto(line, "realisasi", self.sampai) is None]
        if missing:
            return f"{len(missing)} dari {len(lines)} baris anggaran belum berisi realisasi."
        stopped = [month for line in lines if (month := self._money.first_stopped(line)) is not None]
        first = self.sampai.bulan - (3 if self.sampai.triwulan else 1)
        if not stopped or min(stopped) > first:
            return ""
        last = max(month for line in lines if (month := self._money.last_reported(line)) is not None)
        which = "sebagian baris anggaran" if last > min(stopped) else "anggaran"
        return f"Realisasi {which} terakhir dilaporkan {MONTHS[min(stopped) - 1]}."


def efficiency(
    pagu: int | None, realisasi: int | None, persen: Decimal | None, setelan: Setelan, *, lines: bool = True
) -> Efficiency:
    """How much less was spent than the results were worth.

    "keluaran": ((pagu x capaian) - realisasi) / (pagu x capaian), in percent; 0 where each rupiah bought what it was
    meant for. "selisih": capaian less serapan, in points. Neither without a capaian, which would make mere thrift look
    like efficiency.

    `lines`: whether there is any budget line that the amounts are of.

    Source: PMK 214/PMK.02/2017 and 22/PMK.02/2021, annex: 1 - (realisasi / realised volume) / (pagu / planned volume),
    which is the same; the difference in points is the habit of regional reports.
    """
    if pagu is None or realisasi is None or not pagu:
        return Efficiency(None, alasan=_lack(pagu, realisasi, lines=lines))
    if persen is None:
        return Efficiency(None, alasan="Capaian belum dapat dihitung.")
    if setelan.efisiensi == SELISIH:
        serapan = percent(realisasi, pagu)
        assert serapan is not None
        said = f"{say_percent(persen)} - {say_percent(serapan)}"
        return Efficiency(persen - serapan, f"{said} = {format_angka(persen - serapan, 2)} poin")
    if persen <= 0:
        return Efficiency(None, alasan="Capaian tidak di atas 0 %.")
    worth = pagu * persen / 100
    value = rounded(100 * (worth - realisasi) / worth)
    bought = f"{format_rupiah(pagu)} x {say_percent(persen)}"
    return Efficiency(value, f"({bought} - {format_rupiah(realisasi)}) / ({bought}) = {say_percent(value)}")


def _lack(pagu: int | None, realisasi: int | None, *, lines: bool) -> str:
    """Why realisasi cannot be compared with the pagu, the same words on every form; "" where it can."""
    if not lines:
        return "Tidak ada baris anggaran."
    if pagu is None:
        return "Pagu belum diisi."
    if realisasi is None:
        return "Realisasi anggaran belum diisi."
    return "" if pagu else "Pagu nol."


def _sum(amounts: Iterable[int | None]) -> int | None:
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated) if stated else None

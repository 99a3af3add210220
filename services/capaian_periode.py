"""What an indicator and a budget line were to reach, and what they have reached, as of a month that the officer picks.

As of December the values of the year come first: the target of the document, and the result that is typed for the year.
Before that only the periods count, gathered as the indicator accumulates; without any there is a reason, not a guess.
"""

from dataclasses import dataclass
from decimal import Decimal

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, DeretRasio, Dokumen, Indikator
from services.angka import decide_style, format_angka
from services.capaian import NO_RESULT, NO_TARGET
from services.capaian_cara import say, shown
from services.capaian_metode import GATHERINGS, JUMLAH, TERAKHIR, gathering_of
from services.grid_numbers import read_number
from services.periods import Sampai, adds_up, reported, until
from services.series import Rupiah12, running
from services.tahunan import Amounts, target_of, year_of

_DECIMALS = 2
"""Of a ratio, as reports print it."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A text as one types it, "" where there is none and `alasan` says why. `asal`: how it came about."""

    text: str = ""
    alasan: str = ""
    asal: str = ""


class Periods:
    """The series of one indicator, looked up once."""

    __slots__ = ("_himpun", "indikator", "rasio", "realisasi", "target")

    def __init__(self, plan: Plan, indikator: Indikator) -> None:
        self.indikator = indikator
        self.target: DeretIndikator | None = None
        self.realisasi: DeretIndikator | None = None
        for row in plan.where(DeretIndikator, "indikator_id", indikator.id):
            if row.jenis == "target":
                self.target = row
            else:
                self.realisasi = row
        self.rasio = plan.where(DeretRasio, "indikator_id", indikator.id)
        self._himpun: str | None = None

    @property
    def himpun(self) -> str:
        """How the periods come to one value; where nothing says it, the sum if the targets make that of the year."""
        if self._himpun is None:
            known = gathering_of(self.indikator)
            if known is None:
                adds = self.target is not None and adds_up(self.target.nilai, self.indikator.target)
                known = JUMLAH if adds else TERAKHIR
            self._himpun = known
        return self._himpun

    def is_due(self, sampai: Sampai) -> bool:
        """Whether a result is expected for the picked period: not where other periods have a target and it has none."""
        if self.target is None or not _any(self.target.nilai):
            return True
        first = sampai.bulan - (3 if sampai.triwulan else 1)
        return until(self.target.nilai[first : sampai.bulan], BULAN, TERAKHIR).text != ""

    def texts(self) -> list[str | None]:
        """Its periods' targets and results that tell how its numbers are written."""
        rows = (self.target, self.realisasi)
        return [text for row in rows if row for text in row.nilai if text and ("." in text or "," in text)]


def target_until(plan: Plan, periods: Periods, sampai: Sampai, tahun: int) -> AsOf:
    """The target as of a month; a period without one keeps that of the period before."""
    indikator, series = periods.indikator, periods.target
    if sampai.setahun and (text := target_of(plan, indikator, tahun).text):
        return AsOf(text, asal="target setahun")
    if series is None:
        return AsOf(alasan=NO_TARGET if sampai.setahun else "Target per periode belum diisi.")
    found = until(series.nilai, sampai.bulan, periods.himpun, indikator.target)
    if not found.text:
        if not _any(series.nilai):
            return AsOf(alasan=NO_TARGET if sampai.setahun else "Target per periode belum diisi.")
        return AsOf(alasan=found.alasan or f"Belum ada target sampai {sampai.nama}.")
    return AsOf(found.text, asal=_ASAL[periods.himpun])


def result_until(plan: Plan, periods: Periods, sampai: Sampai, tahun: int) -> AsOf:
    """What was reached as of a month.

    As of December what is typed for the year, or for that year among the years (`year_result` says why it wins). Else
    the counts of a ratio, else the periods. Where the picked period is empty, it is not yet reported, whatever the
    periods before it say; but where it has no target either, nothing was due, and what was reached before stands.
    """
    indikator, series = periods.indikator, periods.realisasi
    if sampai.setahun and (typed := _typed_of(plan, indikator, tahun)):
        return AsOf(typed, asal=_of_year(year_result(plan, periods, tahun)))
    if periods.rasio:
        ratio = _ratio(periods, sampai)
        if ratio is not None:
            return ratio
    if series is None:
        return AsOf(alasan=NO_RESULT)
    if not reported(series.nilai, series.periode, sampai) and periods.is_due(sampai):
        return AsOf(alasan=f"Realisasi {sampai.nama} belum dilaporkan." if _any(series.nilai) else NO_RESULT)
    found = until(series.nilai, sampai.bulan, periods.himpun, indikator.target)
    if not found.text:
        return AsOf(alasan=found.alasan or f"Tidak ada realisasi sampai {sampai.nama}.")
    return AsOf(found.text, asal=_ASAL[periods.himpun])


@dataclass(frozen=True, slots=True)
class YearResult:
    """The result of the whole year: as typed, and what the periods come to so far, each "" where there is none.

    `words`: how the periods come to it.
    """

    typed: str = ""
    gathered: str = ""
    words: str = ""

    @property
    def text(self) -> str:
        """The one that counts at the end of the year: the typed one."""
        return self.typed or self.gathered

    @property
    def differs(self) -> bool:
        """Whether both are there and say something else."""
        if not self.typed or not self.gathered or self.typed == self.gathered:
            return False
        style = decide_style([self.typed, self.gathered])
        one, other = (read_number(text, style) for text in (self.typed, self.gathered))
        return one is None or one != other


def year_result(plan: Plan, periods: Periods, tahun: int) -> YearResult:
    """What the year came to.

    The typed result wins over the periods, from December on: an index, a survey, an opinion of the auditors is stated
    once for the year, after it has ended, and it corrects what was reported on the way. Where nothing is typed, the
    counts of a ratio count, else the periods. Both are shown wherever they differ, so that neither is lost.
    """
    typed = _typed_of(plan, periods.indikator, tahun)
    if any(_any(row.nilai) for row in periods.rasio):
        ratio = _counted(periods, BULAN)
        return YearResult(typed, ratio.text, "menurut pembilang dan penyebut")
    series = periods.realisasi
    found = until(series.nilai, BULAN, periods.himpun, periods.indikator.target).text if series is not None else ""
    return YearResult(typed, found, GATHERINGS[periods.himpun])


def _typed_of(plan: Plan, indikator: Indikator, tahun: int) -> str:
    return indikator.realisasi or year_of(plan, indikator, "realisasi", str(tahun)).text


def ratio_until(periods: Periods, bulan: int) -> AsOf:
    """The ratio of the counts as of a month, 1 to 12, whether or not the month itself is reported."""
    return _counted(periods, bulan)


def _of_year(year: YearResult) -> str:
    """Where the result of the year is from, and what the periods come to where that is something else."""
    return f"realisasi setahun; menurut periode {year.gathered}" if year.differs else "realisasi setahun"


_COUNTS = ("pembilang", "penyebut")
_ASAL = {way: f"dari periode: {words}" for way, words in GATHERINGS.items()}


def _ratio(periods: Periods, sampai: Sampai) -> AsOf | None:
    """The counts above and below the line as of a month; None where neither has been counted at all.

    Both are summed where the indicator is, else the last of each is taken.
    """
    if all(not _any(row.nilai) for row in periods.rasio):
        return None
    for jenis in _COUNTS:
        series = _count(periods, jenis)
        if series is None or not _any(series.nilai):
            break
        if not reported(series.nilai, series.periode, sampai) and periods.is_due(sampai):
            return AsOf(alasan=f"{jenis.capitalize()} {sampai.nama} belum dilaporkan.")
    return _counted(periods, sampai.bulan)


def _counted(periods: Periods, bulan: int) -> AsOf:
    """The ratio of what has been counted until the end of a month, 1 to 12."""
    values: list[Decimal] = []
    for jenis in _COUNTS:
        series = _count(periods, jenis)
        if series is None or not _any(series.nilai):
            return AsOf(alasan=f"{jenis.capitalize()} belum diisi.")
        found = until(series.nilai, bulan, JUMLAH if periods.himpun == JUMLAH else TERAKHIR)
        value = read_number(found.text, decide_style(series.nilai))
        if value is None:
            word = f" {shown(found.text)}" if found.text else ""
            return AsOf(alasan=found.alasan or f"{jenis.capitalize()}{word} tidak terbaca sebagai satu angka.")
        values.append(value)
    above, below = values
    if not below:
        return AsOf(alasan="Penyebut nol, jadi rasionya tidak dapat dihitung.")
    times = 100 if _is_percent(periods.indikator) else 1
    text = format_angka(times * above / below, _DECIMALS)
    return AsOf(text, asal=f"{say(above)} / {say(below)}{' x 100' if times == 100 else ''} = {text}")


def _count(periods: Periods, jenis: str) -> DeretRasio | None:
    return next((row for row in periods.rasio if row.jenis == jenis), None)


def _any(nilai: tuple[str | None, ...]) -> bool:
    return any(text and not text.isspace() for text in nilai)


def _is_percent(indikator: Indikator) -> bool:
    unit = (indikator.satuan or "").strip().casefold()
    return unit in ("%", "persen", "persentase", "prosentase") or "%" in (indikator.target or "")


class Money:
    """Cash and realisasi of budget lines as running totals; what a line leaves open is the sum of the lines below."""

    def __init__(self, plan: Plan, dokumen: Dokumen) -> None:
        self._plan = plan
        self._tahun = str(dokumen.tahun)
        self._amounts = Amounts(plan, dokumen)
        self._known: dict[tuple[str, str], Rupiah12 | None] = {}
        self._last: dict[str, int | None] = {}

    def pagu(self, line: Anggaran) -> int | None:
        """Of the document's year, whole rupiah."""
        return self._amounts.pagu(line, self._tahun)

    def is_of_year(self, line: Anggaran) -> bool:
        """False for a line whose amounts are all of other years than the document's."""
        return self._amounts.is_of_year(line, self._tahun)

    def upto(self, line: Anggaran, jenis: str, sampai: Sampai) -> int | None:
        """Whole rupiah until the end of a month; None where nothing is stated until then. jenis: kas or realisasi.

        What was spent until December is the amount that is stated for the year, where there is one.
        """
        if sampai.setahun and jenis == "realisasi":
            return self._amounts.realisasi(line, self._tahun)
        totals = self.totals(line, jenis)
        return None if totals is None else totals[sampai.bulan - 1]

    def last_reported(self, line: Anggaran) -> int | None:
        """The last month, 1 to 12, that a realisasi of the line or of one below it stands in."""
        if line.id not in self._last:
            self._last[line.id] = None
            self._last[line.id] = self._last_of(line)
        return self._last[line.id]

    def _last_of(self, line: Anggaran) -> int | None:
        series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
        stated = [month for month, value in enumerate(series.nilai, 1) if value is not None] if series else []
        if stated:
            return stated[-1]
        below = (self.last_reported(child) for child in self._plan.where(Anggaran, "induk_id", line.id))
        return max((month for month in below if month is not None), default=None)

    def totals(self, line: Anggaran, jenis: str) -> Rupiah12 | None:
        """Twelve running totals; None where neither the line nor one below it has any amount."""
        key = (line.id, jenis)
        if key not in self._known:
            self._known[key] = None
            series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, jenis)
            own = None
            if series is not None and any(value is not None for value in series.nilai):
                own = running(series.nilai, kumulatif=bool(series.kumulatif))
            self._known[key] = own or self._below(line, jenis)
        return self._known[key]

    def _below(self, line: Anggaran, jenis: str) -> Rupiah12 | None:
        parts = [self.totals(child, jenis) for child in self._plan.where(Anggaran, "induk_id", line.id)]
        stated = [part for part in parts if part is not None]
        if not stated:
            return None
        months = zip(*stated, strict=True)
        return tuple(sum(v for v in m if v is not None) if any(v is not None for v in m) else None for m in months)

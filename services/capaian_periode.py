"""What an indicator and a budget line were to reach, and what they have reached, as of a month that the officer picks.

As of December the values of the year come first: the target of the document, and the result that is typed for the year.
Before that only the periods count, gathered as the indicator accumulates; without any there is a reason, not a guess.
"""

from dataclasses import dataclass
from decimal import Decimal

from models.plan import Plan
from models.rows import BULAN, DeretIndikator, DeretRasio, Dokumen, Indikator
from services.angka import decide_style, format_angka
from services.capaian import NO_RESULT, NO_TARGET
from services.capaian_cara import say, shown
from services.capaian_metode import GATHERINGS, JUMLAH, TERAKHIR, gathering_of
from services.capaian_uang import Money as Money
from services.grid_numbers import read_number
from services.periods import Sampai, adds_up, reported, until
from services.realisasi_belum import is_due, says
from services.tahunan import Stated, target_of, typed_result, year_of

_DECIMALS = 2
"""Of a ratio, as reports print it."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A text as one types it, "" where there is none and `alasan` says why. `asal`: how it came about."""

    text: str = ""
    alasan: str = ""
    asal: str = ""


class Periods:
    """The series of one indicator, looked up once. `setahun`: the target of the document's year, "" without one."""

    __slots__ = ("_himpun", "indikator", "rasio", "realisasi", "setahun", "target")

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
        self.setahun = indikator.target or _of_years(plan, indikator)
        self._himpun: str | None = None

    @property
    def himpun(self) -> str:
        """How the periods come to one value; where nothing says it, the sum if the targets make that of the year."""
        if self._himpun is None:
            known = gathering_of(self.indikator)
            if known is None:
                adds = self.target is not None and adds_up(self.target.nilai, self.setahun)
                known = JUMLAH if adds else TERAKHIR
            self._himpun = known
        return self._himpun

    def is_counted(self, bulan: int, first: int = 1) -> bool:
        """Whether the counts of a ratio are what was reported last, from one month to another, 1 to 12.

        A result that is typed in a later period than the last that is counted stands for itself; in the same period the
        counts come first.
        """
        counted = [at for row in self.rasio for at in range(first - 1, bulan) if _filled(row.nilai[at])]
        if not counted and (first > 1 or not any(_any(row.nilai) for row in self.rasio)):
            return False
        typed = self.realisasi.nilai if self.realisasi is not None else ()
        stated = [at for at, text in enumerate(typed[:bulan]) if at >= first - 1 and says(text)]
        return max(counted, default=-1) >= max(stated, default=-1)

    def is_due(self, sampai: Sampai) -> bool:
        """Whether something is to be reported of the picked period (`realisasi_belum`)."""
        targets = self.target.nilai if self.target is not None else ()
        return is_due(targets, self.setahun, sampai.bulan - (2 if sampai.triwulan else 0), sampai.bulan)

    def is_told(self, row: DeretIndikator | DeretRasio, sampai: Sampai) -> bool:
        """Whether a series reports the picked period; where only the year has a target, any period until then does."""
        if self.target is None or not any(map(says, self.target.nilai)):
            return _any(row.nilai[: sampai.bulan])
        return reported(row.nilai, row.periode, sampai)

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
    found = until(series.nilai, sampai.bulan, periods.himpun, periods.setahun)
    if not found.text:
        if not _any(series.nilai):
            return AsOf(alasan=NO_TARGET if sampai.setahun else "Target per periode belum diisi.")
        return AsOf(alasan=found.alasan or f"Belum ada target sampai {sampai.nama}.")
    return AsOf(found.text, asal=_ASAL[periods.himpun])


def result_until(plan: Plan, periods: Periods, sampai: Sampai, tahun: int) -> AsOf:
    """What was reached as of a month.

    As of December what is typed for the year, or for that year among the years (`year_result` says why it wins). Else
    what the periods come to.
    """
    if sampai.setahun:
        year = year_result(plan, periods, tahun)
        if year.wins:
            return AsOf(year.typed, asal=_of_year(year))
        if year.differs:
            return AsOf(year.gathered, asal=f'dari periode: {year.words}; realisasi setahun tertulis "{year.typed}"')
    return period_result(periods, sampai)


def period_result(periods: Periods, sampai: Sampai) -> AsOf:
    """What the periods come to as of a month, whatever is typed for the year.

    Where the picked period is empty, it is not yet reported, whatever the periods before it say; but where nothing was
    due in it, what was reached before stands. Of a ratio both counts are wanted.
    """
    due, series = periods.is_due(sampai), periods.realisasi
    if periods.is_counted(sampai.bulan):
        for jenis in _COUNTS:
            count = _count(periods, jenis)
            if count is None or not _any(count.nilai):
                break
            if due and not periods.is_told(count, sampai):
                return AsOf(alasan=f"{jenis.capitalize()} {sampai.nama} belum dilaporkan.")
    elif series is None:
        return AsOf(alasan=NO_RESULT)
    elif due and not periods.is_told(series, sampai):
        return AsOf(alasan=f"Realisasi {sampai.nama} belum dilaporkan." if _any(series.nilai) else NO_RESULT)
    found = gathered(periods, sampai.bulan)
    if not found.text and not found.alasan:
        return AsOf(alasan=f"Tidak ada realisasi sampai {sampai.nama}.")
    return found


def gathered(periods: Periods, bulan: int) -> AsOf:
    """What all periods until the end of a month, 1 to 12, come to, whether or not the month itself is reported.

    Each period says one thing: the ratio of its counts, where it is counted, else the result that is typed. Counts are
    gathered before they are divided; so a sum of periods is of counts or of results, and of both there is none.
    """
    if periods.is_counted(bulan):
        return _counted(periods, bulan)
    series = periods.realisasi
    if series is None:
        return AsOf()
    nilai = series.nilai
    if any(_any(row.nilai[:bulan]) for row in periods.rasio):
        if periods.himpun == JUMLAH:
            return AsOf(alasan="Periode berisi pembilang dan penyebut, lalu hasil; tidak ada jumlahnya.")
        nilai = tuple(
            _counted(periods, at + 1).text if any(_filled(row.nilai[at]) for row in periods.rasio) else text
            for at, text in enumerate(nilai)
        )
    found = until(nilai, bulan, periods.himpun, periods.setahun)
    return AsOf(found.text, found.alasan, _ASAL[periods.himpun] if found.text else "")


@dataclass(frozen=True, slots=True)
class YearResult:
    """The result of the whole year: as typed, and what the periods come to so far, each "" where there is none.

    `words`: how the periods come to it.
    """

    typed: str = ""
    gathered: str = ""
    words: str = ""

    @property
    def wins(self) -> bool:
        """Whether the typed one counts: a dash says that there is none, which hides no period that is reported."""
        return says(self.typed) or (bool(self.typed) and not self.gathered)

    @property
    def text(self) -> str:
        """The one that counts at the end of the year."""
        return self.typed if self.wins else self.gathered

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
    once for the year, after it has ended, and it corrects what was reported on the way. Where nothing is typed, or only
    a dash, the periods count. Both are shown wherever they differ, so that neither is lost.
    """
    typed = typed_result(plan, periods.indikator, tahun).text
    words = "menurut pembilang dan penyebut" if periods.is_counted(BULAN) else GATHERINGS[periods.himpun]
    return YearResult(typed, gathered(periods, BULAN).text, words)


def realisasi_of(plan: Plan, indikator: Indikator, tahun: int) -> Stated:
    """The result of the document's year as all forms state it: as typed, else what the periods come to so far."""
    typed = typed_result(plan, indikator, tahun)
    if says(typed.text):
        return typed
    year = year_result(plan, Periods(plan, indikator), tahun)
    return typed if year.wins else Stated(year.gathered)


def _of_year(year: YearResult) -> str:
    """Where the result of the year is from, and what the periods come to where that is something else."""
    return f"realisasi setahun; menurut periode {year.gathered}" if year.differs else "realisasi setahun"


_COUNTS = ("pembilang", "penyebut")
_ASAL = {way: f"dari periode: {words}" for way, words in GATHERINGS.items()}


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


def _filled(text: str | None) -> bool:
    return bool(text) and not (text or "").isspace()


def _any(nilai: tuple[str | None, ...]) -> bool:
    return any(map(_filled, nilai))


def _of_years(plan: Plan, indikator: Indikator) -> str:
    dokumen = plan.find(Dokumen, indikator.dokumen_id)
    return year_of(plan, indikator, "target", str(dokumen.tahun)).text if dokumen is not None else ""


def _is_percent(indikator: Indikator) -> bool:
    unit = (indikator.satuan or "").strip().casefold()
    return unit in ("%", "persen", "persentase", "prosentase") or "%" in (indikator.target or "")

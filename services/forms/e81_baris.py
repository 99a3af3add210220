"""What form E.81 says of a budget line and of each indicator beside it, before it is cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, TahunAnggaran, TahunIndikator
from services.angka import Style, decide_style, decimals_of, format_angka
from services.capaian import Capaian, capaian, percent
from services.capaian_metode import JUMLAH
from services.capaian_periode import Money, Periods, period_result
from services.capaian_rencana import Reckoning
from services.grid_numbers import read_number
from services.periods import Rupiah4, Sampai, Target4, quarters_of
from services.series import QUARTER_ENDS, quarters, single
from services.tahunan import Amounts, renstra_years, target_of, texts_of, year_of


@dataclass(frozen=True, slots=True)
class Results:
    """An indicator: texts as one types them, "" for none, of columns 5 to 13; the percentages of columns 12 and 14.

    `tercapai`: what each quarter reached of column 7, in percent.
    """

    indikator: Indikator
    style: Style
    akhir: str
    lalu: str
    target: str
    triwulan: Target4
    realisasi: str
    sampai: str
    capaian: Capaian
    tingkat: Capaian
    tercapai: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A budget line: whole rupiah of columns 5 to 13, None for none; the percentages of columns 12 and 14.

    `terserap`: what each quarter spent of column 7, in percent.
    """

    akhir: int | None
    lalu: int | None
    pagu: int | None
    triwulan: Rupiah4
    realisasi: int | None
    sampai: int | None
    serapan: Decimal | None
    tingkat: Decimal | None
    terserap: tuple[Decimal | None, ...]


class Evaluation:
    """The lines of a document as of a period. Its years before are those of the Renstra, or those that are stated."""

    def __init__(self, plan: Plan, reckoning: Reckoning) -> None:
        self._plan, self._reckoning = plan, reckoning
        self.dokumen = reckoning.dokumen
        self._amounts = Amounts(plan, self.dokumen, renstra=True)
        self._money = Money(plan, self.dokumen)
        self._years = _years(plan, self.dokumen)

    def results(self, indikator: Indikator) -> Results:
        """One indicator."""
        plan, tahun = self._plan, self.dokumen.tahun
        one = self._reckoning.indicator(indikator)
        style = decide_style(texts_of(plan, indikator))
        adds = Periods(plan, indikator).himpun == JUMLAH
        targets = [year_of(plan, indikator, "target", year).text for year in self._years]
        before = [year_of(plan, indikator, "realisasi", year).text for year in self._years if year < str(tahun)]
        end, past = _gathered(targets, style, adds=adds), _gathered(before, style, adds=adds)
        until = _gathered([past, one.realisasi.text], style, adds=adds)
        level = Capaian(None)
        if end and until:
            level = capaian(
                end,
                until,
                indikator.arah,
                others=(target_of(plan, indikator, tahun).text,),
                metode=indikator.metode,
                setelan=self._reckoning.setelan,
            )
        target = target_of(plan, indikator, tahun).text
        by_quarter = self._by_quarter(indikator)
        return Results(
            indikator,
            style,
            end,
            past,
            target,
            by_quarter,
            one.realisasi.text,
            until,
            self._of_target(indikator, target, one.realisasi.text),
            level,
            tuple(self._of_target(indikator, target, text).persen for text in by_quarter),
        )

    def amount(self, line: Anggaran) -> Amount:
        """One line."""
        year, spent = str(self.dokumen.tahun), self._reckoning.line(line)
        by_years = self._amounts.renstra_pagu(line)
        end = _sum([self._amounts.pagu(line, each) for each in self._years]) if by_years else None
        past = _sum([self._amounts.realisasi(line, each) for each in self._years if each < year])
        until = _sum([past, spent.realisasi])
        level = percent(until, end) if until is not None and end else None
        by_quarter, pagu = self._spent_by_quarter(line), spent.pagu
        shares = tuple(percent(value, pagu) if value is not None and pagu else None for value in by_quarter)
        return Amount(end, past, pagu, by_quarter, spent.realisasi, until, spent.serapan, level, shares)

    def _of_target(self, indikator: Indikator, target: str, text: str | None) -> Capaian:
        """Against the target of the year (column 7), also before its end, as the money is against the pagu."""
        if not target or not text:
            return Capaian(None)
        setelan = self._reckoning.setelan
        return capaian(target, text, indikator.arah, metode=indikator.metode, setelan=setelan)

    def _by_quarter(self, indikator: Indikator) -> Target4:
        """What each quarter until the period reached, by itself where the periods are summed."""
        periods, last = Periods(self._plan, indikator), self._reckoning.sampai.bulan
        typed = _typed(periods, last)
        return tuple(
            (period_result(periods, Sampai(end + 1, triwulan=True)).text or None)
            if end < last and periods.is_counted(end + 1, end - 1)
            else typed[number]
            for number, end in enumerate(QUARTER_ENDS)
        )

    def _spent_by_quarter(self, line: Anggaran) -> Rupiah4:
        """What each quarter spent by itself, as far as it is reported and not after the period."""
        totals = self._money.totals(line, "realisasi")
        if totals is None:
            return (None,) * len(QUARTER_ENDS)
        last = min(self._reckoning.sampai.bulan, self._money.last_reported(line) or 0)
        known = tuple(total if at < last else None for at, total in enumerate(totals))
        return quarters(single(known, kumulatif=True), kumulatif=False)


def _typed(periods: Periods, last: int) -> Target4:
    """The quarters of the typed results until a month, 1 to 12."""
    series = periods.realisasi
    if series is None:
        return (None,) * len(QUARTER_ENDS)
    values = tuple(text if at < last else None for at, text in enumerate(series.nilai))
    if series.periode == "triwulan":
        return tuple(values[end] for end in QUARTER_ENDS)
    return quarters_of(values, "jumlah" if periods.himpun == JUMLAH else "posisi", periods.setahun)


def _years(plan: Plan, dokumen: Dokumen) -> tuple[str, ...]:
    stated = {row.tahun for row in plan.where(TahunIndikator, "dokumen_id", dokumen.id)}
    stated |= {row.tahun for row in plan.where(TahunAnggaran, "dokumen_id", dokumen.id)}
    return renstra_years(dokumen, stated)


def _gathered(texts: Sequence[str], style: Style, *, adds: bool) -> str:
    """The sum where the periods of an indicator are summed, else the last that is stated."""
    stated = [text for text in texts if text]
    if not adds or len(stated) < 2:
        return stated[-1] if stated else ""
    values = [read_number(text, style) for text in stated]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(stated):
        return stated[-1]
    return format_angka(sum(numbers, Decimal()), max(decimals_of(text, style) for text in stated))


def _sum(amounts: Sequence[int | None]) -> int | None:
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated) if stated else None

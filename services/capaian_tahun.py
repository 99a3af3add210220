"""The years of a Renstra: target, result and capaian of each, this year against the last and against the end target."""

from dataclasses import dataclass
from decimal import Decimal

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, TahunAnggaran
from services.angka import decide_style
from services.capaian import Capaian, capaian, percent
from services.capaian_periode import realisasi_of
from services.capaian_setelan import Setelan, read_settings
from services.grid_numbers import read_number
from services.tahunan import Amounts, indicator_years, line_years, renstra_years, target_of, year_of


@dataclass(frozen=True, slots=True)
class Year:
    """One year of an indicator, texts as typed, "" for none. `tercetak`: the capaian as it was once printed."""

    tahun: str
    target: str
    realisasi: str
    capaian: Capaian
    tercetak: str = ""


@dataclass(frozen=True, slots=True)
class Years:
    """An indicator through the years.

    `ini`, `lalu`: the document's year and the one before it, None where these are not among them. `akhir`: the result
    of this year against the target of the last year. `poin`: this year's capaian less last year's, in points;
    `selisih`: this year's result less last year's, in the indicator's unit.
    """

    indikator: Indikator
    tahun: tuple[Year, ...]
    ini: Year | None
    lalu: Year | None
    poin: Decimal | None
    selisih: Decimal | None
    akhir: Capaian
    target_akhir: str
    tahun_akhir: str


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """One year of a budget line: whole rupiah, and the serapan in percent."""

    tahun: str
    pagu: int | None
    realisasi: int | None
    serapan: Decimal | None


def indicator_through(plan: Plan, indikator: Indikator, setelan: Setelan | None = None) -> Years:
    """The years of the document's Renstra; those that the indicator states itself where it is of another Renstra."""
    dokumen = plan.get(Dokumen, indikator.dokumen_id)
    setelan = read_settings(plan, dokumen.id) if setelan is None else setelan
    stated = indicator_years(plan, indikator)
    names = renstra_years(dokumen, stated)
    if not stated <= set(names):
        names = tuple(sorted(stated))
    years = tuple(_year(plan, dokumen, indikator, name, setelan) for name in names)
    by_name = {year.tahun: year for year in years}
    this, last = by_name.get(str(dokumen.tahun)), by_name.get(str(dokumen.tahun - 1))
    end = next((year for year in reversed(years) if year.target), None)
    reached = Capaian(None, alasan="Tahun dokumen tidak termasuk tahun indikator ini.")
    if this is not None:
        reached = _reckoned(indikator, end.target if end else "", this.realisasi, setelan)
    points = difference = None
    if this is not None and last is not None:
        if this.capaian.persen is not None and last.capaian.persen is not None:
            points = this.capaian.persen - last.capaian.persen
        difference = _difference(this.realisasi, last.realisasi)
    return Years(
        indikator,
        years,
        this,
        last,
        points,
        difference,
        reached,
        end.target if end else "",
        end.tahun if end else "",
    )


def line_through(plan: Plan, dokumen: Dokumen, line: Anggaran, amounts: Amounts | None = None) -> tuple[MoneyYear, ...]:
    """Pagu and realisasi of a budget line in the years of the Renstra, and in others that it states amounts of.

    `amounts`: kept over the lines of a document, so that each sum is made once.
    """
    amounts = Amounts(plan, dokumen, renstra=True) if amounts is None else amounts
    spent = {row.tahun for row in plan.where(TahunAnggaran, "anggaran_id", line.id) if row.nilai is not None}
    names = sorted({*renstra_years(dokumen, line_years(plan, line)), *spent})
    made = []
    for name in names:
        pagu, realisasi = amounts.pagu(line, name), amounts.realisasi(line, name)
        made.append(
            MoneyYear(name, pagu, realisasi, percent(realisasi, pagu) if realisasi is not None and pagu else None)
        )
    return tuple(made)


def _year(plan: Plan, dokumen: Dokumen, indikator: Indikator, tahun: str, setelan: Setelan) -> Year:
    """The Renstra's own target of the year comes first, as the table of the years states it; of the document's year
    the result is that which all other forms print.
    """
    target = year_of(plan, indikator, "target", tahun).text
    realisasi = year_of(plan, indikator, "realisasi", tahun).text
    if tahun == str(dokumen.tahun):
        target = target or target_of(plan, indikator, dokumen.tahun).text
        realisasi = realisasi_of(plan, indikator, dokumen.tahun).text
    printed = year_of(plan, indikator, "capaian_tercetak", tahun).text
    return Year(tahun, target, realisasi, _reckoned(indikator, target, realisasi, setelan), printed)


def _reckoned(indikator: Indikator, target: str, realisasi: str, setelan: Setelan) -> Capaian:
    return capaian(target, realisasi, indikator.arah, metode=indikator.metode, setelan=setelan)


def _difference(this: str, last: str) -> Decimal | None:
    style = decide_style([this, last])
    now, before = read_number(this, style), read_number(last, style)
    return None if now is None or before is None else now - before

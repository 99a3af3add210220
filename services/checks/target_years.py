"""Rules for the targets of several years: of a Renstra, against the year's own target and the tables of the narrative.

Source: interchange.md (`target_tahun`, `kondisi_awal`, `satuan`), forms.md (the report repeats the Renstra's targets).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Dokumen, Indikator, TahunIndikator
from services.angka import Style, parse_angka, parse_bagian
from services.checks.finding import Finding, plain, words_of
from services.checks.naskah import told_of
from services.checks.pagu import years_between
from services.checks.reading import is_unreadable, style_of
from services.checks.units import same_unit
from services.checks.usage import is_blank


@dataclass(frozen=True, slots=True)
class Other:
    """The target of a year as the row has it, and as a table of the narrative under `judul` has it."""

    own: str
    told: str
    judul: str


def check_years(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """All findings about the targets by year of one indicator."""
    rows = plan.where(TahunIndikator, "indikator_id", indikator.id)
    years = {row.tahun: row.nilai for row in rows if row.jenis == "target"}
    if years:
        yield from _left_out(indikator, years)
        yield from _units(indikator, years)
        yield from _against_own(plan, indikator, years)
    yield from _against_tables(plan, indikator)


def others_told(plan: Plan, indikator: Indikator) -> dict[str, Other]:
    """The years whose target a table of the narrative states otherwise."""
    told = told_of(plan, indikator)
    if not told:
        return {}
    own = _stated(plan, indikator)
    here, there = style_of(list(own.values())), style_of([text for text, _ in told.values()])
    return {
        year: Other(own[year], text, judul)
        for year, (text, judul) in sorted(told.items())
        if year in own and _differ(own[year], here, text, there)
    }


def _stated(plan: Plan, indikator: Indikator) -> dict[str, str]:
    """The targets by year, with that of the document for its own year where there is none."""
    rows = plan.where(TahunIndikator, "indikator_id", indikator.id)
    own = {row.tahun: row.nilai for row in rows if row.jenis == "target" and row.nilai}
    dokumen = plan.find(Dokumen, indikator.dokumen_id)
    if dokumen is not None and indikator.target:
        own.setdefault(str(dokumen.tahun), indikator.target)
    return own


def _left_out(indikator: Indikator, years: Mapping[str, str | None]) -> Iterator[Finding]:
    """TARGET-KOSONG: a year between others that have a target."""
    missing = years_between({year: text or None for year, text in years.items()})
    if missing:
        text = f"Target tahun {words_of(missing)} belum diisi; tahun lain sudah."
        yield plain("TARGET-KOSONG", "peringatan", indikator, text)


def _units(indikator: Indikator, years: Mapping[str, str | None]) -> Iterator[Finding]:
    """TARGET-SATUAN: a year, or the value at the start, in another unit than the column says."""
    column = indikator.satuan or ""
    if is_blank(column):
        return
    cells = [("Kondisi awal", indikator.kondisi_awal or "")]
    cells += [(f"Target tahun {year}", text or "") for year, text in years.items()]
    for name, text in cells:
        if any(unit and not same_unit(unit, column) for _, unit in parse_bagian(text, Style.INDONESIAN)):
            said = f"{name} ({text}) bersatuan lain dari kolom satuan ({column})."
            short = f"{name} bersatuan lain dari kolom satuan."
            yield Finding("TARGET-SATUAN", "peringatan", Indikator, indikator.id, None, text, column, said, short)


def _against_own(plan: Plan, indikator: Indikator, years: Mapping[str, str | None]) -> Iterator[Finding]:
    """TARGET-BEDA: the target of the document's year is another than that among the years."""
    dokumen = plan.find(Dokumen, indikator.dokumen_id)
    year = str(dokumen.tahun) if dokumen is not None else ""
    own, other = indikator.target or "", years.get(year) or ""
    style = style_of([text for text in years.values() if text])
    if own and other and _differ(own, style_of([own]), other, style):
        text = f"Target {own}, sedangkan di antara target per tahun, tahun {year} adalah {other}."
        short = "Target setahun lain daripada target tahun itu di antara target per tahun."
        yield Finding("TARGET-BEDA", "peringatan", Indikator, indikator.id, None, own, other, text, short)


def _against_tables(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """TARGET-BEDA: a table of the narrative states other targets; one finding for all years."""
    found = others_told(plan, indikator)
    if found:
        own, told = (words_of(texts) for texts in zip(*((o.own, o.told) for o in found.values()), strict=True))
        names = words_of(list(dict.fromkeys(other.judul for other in found.values())))
        text = f"Target tahun {words_of(list(found))} adalah {own}; tabel pada naskah {names} menyebut {told}."
        short = f"Target berbeda dari tabel di naskah ({words_of(list(found))})."
        short = short.replace("{", "{{").replace("}", "}}")
        yield Finding("TARGET-BEDA", "peringatan", Indikator, indikator.id, None, own, told, text, short)


def _differ(one: str, style: Style, other: str, other_style: Style) -> bool:
    """Two numbers that are not the same, or two grades; of words and of two units nothing is said."""
    if is_unreadable(one) or is_unreadable(other):
        return False
    here, there = parse_angka(one, style), parse_angka(other, other_style)
    if here is None or there is None:
        return False
    if here.grade and there.grade:
        return one.strip().upper() != other.strip().upper()
    if here.value is None or there.value is None:
        return False
    if here.satuan and there.satuan and not same_unit(here.satuan, there.satuan):
        return False
    return here.value != there.value

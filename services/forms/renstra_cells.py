"""What both tables of the Renstra share: their title lines, an indicator with its unit and start, a yearly target."""

from collections.abc import Sequence
from dataclasses import replace

from models.plan import Plan
from models.rows import Dokumen, Indikator
from services.angka import Style
from services.forms.heading import agency_line
from services.forms.iku import period
from services.forms.parts import Cell, Text
from services.forms.target_cells import stated
from services.tahunan import Stated, target_of, year_of


def title_lines(plan: Plan, dokumen: Dokumen, words: str, years: Sequence[str]) -> tuple[Text, ...]:
    """The words, the agency and the years."""
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else period(dokumen)
    return (
        Text(words, 10, bold=True, align="center"),
        Text(agency_line(plan, dokumen), 10, bold=True, align="center"),
        Text(f"TAHUN {span}", 10, bold=True, align="center", after=3),
    )


def described(col: int, indikator: Indikator, style: Style) -> list[Cell]:
    key = f"indikator/{indikator.id}"
    start = Stated(indikator.kondisi_awal or "", f"{key}/kondisi_awal")
    return [
        Cell(col, indikator.uraian, key=f"{key}/uraian"),
        Cell(col + 1, indikator.satuan or "", align="center", key=f"{key}/satuan"),
        replace(stated(col + 2, start, style), align="center"),
    ]


def year_target(plan: Plan, dokumen: Dokumen, indikator: Indikator, year: str) -> Stated:
    """The Renstra's own target of the year; in the document's year the agreed one where the Renstra has none."""
    found = year_of(plan, indikator, "target", year)
    return found if found.text or year != str(dokumen.tahun) else target_of(plan, indikator, dokumen.tahun)

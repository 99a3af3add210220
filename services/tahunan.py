"""What a plan states of one year: target and typed result of an indicator, pagu and realisasi of a budget line.

What the periods of an indicator come to in its year is in `capaian_periode.year_result`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator, TahunAnggaran, TahunIndikator
from services.series import running

MOST_YEARS = 10
"""A Renstra of more years is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A text as typed ("" where there is none), and the key of the place where it stands."""

    text: str
    key: str = ""


def target_of(plan: Plan, indikator: Indikator, tahun: int) -> Stated:
    """The target of the document's year: the one of the document, else the yearly one."""
    if indikator.target:
        return Stated(indikator.target, f"indikator/{indikator.id}/target")
    return year_of(plan, indikator, "target", str(tahun))


def typed_result(plan: Plan, indikator: Indikator, tahun: int) -> Stated:
    """What is typed as the result of the document's year: on the indicator, else among the years."""
    if indikator.realisasi:
        return Stated(indikator.realisasi, f"indikator/{indikator.id}/realisasi")
    return year_of(plan, indikator, "realisasi", str(tahun))


def year_of(plan: Plan, indikator: Indikator, jenis: str, tahun: str) -> Stated:
    """The value of one year. jenis: target, realisasi or capaian_tercetak."""
    for row in plan.where(TahunIndikator, "indikator_id", indikator.id):
        if (row.jenis, row.tahun) == (jenis, tahun) and row.nilai:
            return Stated(row.nilai, f"tahun_indikator/{indikator.id}/{jenis}.{tahun}")
    return Stated("")


def indicator_years(plan: Plan, indikator: Indikator) -> set[str]:
    """The years that have a target of their own."""
    rows = plan.where(TahunIndikator, "indikator_id", indikator.id)
    return {row.tahun for row in rows if row.jenis == "target" and row.nilai}


def texts_of(plan: Plan, indikator: Indikator) -> list[str | None]:
    """All targets and results of an indicator, which together tell how its numbers are written."""
    rows = plan.where(TahunIndikator, "indikator_id", indikator.id)
    series = plan.where(DeretIndikator, "indikator_id", indikator.id)
    years = [row.nilai for row in rows if row.jenis != "capaian_tercetak"]
    return [indikator.target, indikator.realisasi, *years, *(text for each in series for text in each.nilai)]


def line_years(plan: Plan, line: Anggaran) -> set[str]:
    """The years that have a pagu of their own."""
    rows = plan.where(TahunAnggaran, "anggaran_id", line.id)
    return {row.tahun for row in rows if row.jenis == "pagu" and row.nilai is not None}


def is_of_year(plan: Plan, indikator: Indikator, tahun: int) -> bool:
    """False for an indicator whose targets are all of other years, as those of a Renstra that has ended."""
    years = indicator_years(plan, indikator)
    return bool(indikator.target) or not years or str(tahun) in years


def renstra_years(dokumen: Dokumen, stated: set[str]) -> tuple[str, ...]:
    """The years of the document's Renstra; those that the plan states where it has none, ascending."""
    first, last = dokumen.awal_renstra, dokumen.akhir_renstra
    if first is not None and last is not None and 0 <= last - first < MOST_YEARS:
        return tuple(str(year) for year in range(first, last + 1))
    return tuple(sorted(stated))


def pagu_of(plan: Plan, dokumen: Dokumen, line: Anggaran) -> int | None:
    """The pagu of the document's year, whole rupiah: the line's own, that of the year, or the sum of those below."""
    return Amounts(plan, dokumen).pagu(line, str(dokumen.tahun))


class Amounts:
    """Pagu and realisasi of budget lines by year; what a line leaves open is the sum of the lines below it.

    `renstra`: in the document's own year the pagu of the Renstra comes before that of the document.
    """

    def __init__(self, plan: Plan, dokumen: Dokumen, *, renstra: bool = False) -> None:
        self._plan = plan
        self._year = str(dokumen.tahun)
        self._renstra = renstra
        self._known: dict[tuple[str, str, str], int | None] = {}

    def pagu(self, line: Anggaran, tahun: str) -> int | None:
        """Whole rupiah; None where neither the line nor any below it says something."""
        return self._amount("pagu", line, tahun, self._own_pagu)

    def realisasi(self, line: Anggaran, tahun: str) -> int | None:
        """What was spent in the year, whole rupiah; None where nothing is stated."""
        return self._amount("realisasi", line, tahun, self._own_realisasi)

    def stated(self, line: Anggaran, tahun: str) -> int | None:
        """What is stated as spent in a year on the line itself, as one amount."""
        return self._of_year(line, "realisasi", tahun)

    def renstra_pagu(self, line: Anggaran) -> bool:
        """Whether the line, or one below it, has a pagu by years."""
        if line_years(self._plan, line):
            return True
        return any(map(self.renstra_pagu, self._plan.where(Anggaran, "induk_id", line.id)))

    def pagu_key(self, line: Anggaran, tahun: str) -> str:
        """Where the pagu of the line itself stands; "" for a sum."""
        of_year = self._of_year(line, "pagu", tahun) is not None
        of_document = tahun == self._year and line.pagu is not None
        if of_year and (self._renstra or not of_document):
            return f"tahun_anggaran/{line.id}/pagu.{tahun}"
        return f"anggaran/{line.id}/pagu" if of_document else ""

    def is_of_year(self, line: Anggaran, tahun: str) -> bool:
        """False for a line whose amounts are all of other years."""
        return self.pagu(line, tahun) is not None or not line_years(self._plan, line)

    def _own_pagu(self, line: Anggaran, tahun: str) -> int | None:
        of_year = self._of_year(line, "pagu", tahun)
        if tahun != self._year or (self._renstra and of_year is not None):
            return of_year
        return of_year if line.pagu is None else line.pagu

    def _own_realisasi(self, line: Anggaran, tahun: str) -> int | None:
        of_year = self._of_year(line, "realisasi", tahun)
        series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
        if of_year is not None or series is None or tahun != self._year:
            return of_year
        return running(series.nilai, kumulatif=bool(series.kumulatif))[-1]

    def _of_year(self, line: Anggaran, jenis: str, tahun: str) -> int | None:
        rows = self._plan.where(TahunAnggaran, "anggaran_id", line.id)
        return next((row.nilai for row in rows if (row.jenis, row.tahun) == (jenis, tahun)), None)

    def _amount(self, jenis: str, line: Anggaran, tahun: str, own: Callable[[Anggaran, str], int | None]) -> int | None:
        key = (jenis, line.id, tahun)
        if key not in self._known:
            self._known[key] = None
            value = own(line, tahun)
            if value is None:
                below = (
                    self._amount(jenis, child, tahun, own) for child in self._plan.where(Anggaran, "induk_id", line.id)
                )
                stated = [amount for amount in below if amount is not None]
                value = sum(stated) if stated else None
            self._known[key] = value
        return self._known[key]

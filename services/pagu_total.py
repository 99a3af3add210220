"""The pagu of a whole document: of all its lines, and of its programs, which may be less."""

from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, Dokumen
from services.rollup import topmost
from services.tahunan import Amounts


@dataclass(frozen=True, slots=True)
class PaguTotal:
    """Whole rupiah of the document's year, None where nothing is stated.

    `semua`: every rupiah once, which is what "pagu" without more means everywhere. `program`: the part of the programs;
    `di_luar`: the topmost lines that are no programs, such as kegiatan whose program the paper does not print, and
    `luar`: their sum.
    """

    semua: int | None
    program: int | None
    luar: int | None
    di_luar: tuple[Anggaran, ...]


def pagu_total(plan: Plan, dokumen: Dokumen) -> PaguTotal:
    """The totals of a document; lines of other years count for nothing."""
    amounts, year = Amounts(plan, dokumen), str(dokumen.tahun)
    found = [line for line in topmost(plan, dokumen.id) if amounts.is_of_year(line, year)]
    programs = [amounts.pagu(line, year) for line in found if line.jenis == "program"]
    outside = tuple(line for line in found if line.jenis != "program")
    others = [amounts.pagu(line, year) for line in outside]
    return PaguTotal(_sum([*programs, *others]), _sum(programs), _sum(others), outside)


def _sum(amounts: list[int | None]) -> int | None:
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated) if stated else None

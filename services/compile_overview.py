"""A file with several agencies at a glance: pagu, kas and findings of each of its documents."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Dokumen, Opd
from services.checks import Checks, grouped
from services.naming import document_name
from services.rollup import RollUp


@dataclass(frozen=True, slots=True)
class Overview:
    """One document. `pagu`, `kas`: rupiah of the year, None where nothing is typed; findings as they are listed."""

    dokumen_id: str
    agency: str
    pemda: str
    document: str
    year: int
    pagu: int | None
    kas: int | None
    galat: int
    peringatan: int

    @property
    def selisih(self) -> int | None:
        """Pagu less kas."""
        return None if self.pagu is None or self.kas is None else self.pagu - self.kas


def overview(plan: Plan, rollup: RollUp, checks: Checks) -> Iterator[Overview]:
    """Each document of a plan file, in the order of the file; one is made when it is asked for."""
    for dokumen in plan.all(Dokumen):
        opd = plan.get(Opd, dokumen.opd_id)
        sums = rollup.whole(dokumen.id)
        found = [finding for finding in checks.of(dokumen.id) if checks.accepted(finding) is None]
        counts = Counter(group.first.tingkat for group in grouped(found))
        yield Overview(
            dokumen.id,
            opd.nama,
            opd.pemda or "",
            document_name(dokumen),
            dokumen.tahun,
            sums.pagu,
            sums.kas[-1] if sums.kas else None,
            counts["galat"],
            counts["peringatan"],
        )

"""What is due in a period and not reported: the one rule of the checks, the summary, the closing of a period, capaian.

An empty cell is not yet reported; 0 and a dash are. An indicator has something due in the months that it has a target
for, and a dash is none; where no period states a target, that of the year is due in December, and a result of any month
meets it. A budget line has something due where it has a pagu, unless its cash plan is nothing until then; what is
reported on a line stands for those above and below it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, DeretRasio, Dokumen, Indikator, TahunAnggaran
from services.angka import is_strip
from services.realisasi_tutup import closings
from services.rollup import RollUp
from services.tahunan import target_of, typed_result


def says(text: str | None) -> bool:
    """Whether a cell is more than spaces or a dash."""
    return bool(text) and not (text or "").isspace() and not is_strip(text or "")


def is_due(target: Sequence[str | None], annual: str, first: int, last: int) -> bool:
    """Whether an indicator with these targets of twelve months, and of the year, has something due from month to month.

    Args:
        first: 1 to 12; the first month of the period.
        last: 1 to 12; its last month.
    """
    if any(map(says, target)):
        return any(map(says, target[first - 1 : last]))
    return last == BULAN and says(annual)


def result_missing(plan: Plan, indikator: Indikator, tahun: int, first: int, last: int) -> bool:
    """Whether an indicator has something due from month to month, 1 to 12, and reports nothing in them."""
    planned = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    months = planned.nilai if planned is not None else ()
    if not is_due(months, target_of(plan, indikator, tahun).text, first, last):
        return False
    if last == BULAN and typed_result(plan, indikator, tahun).text.strip():
        return False
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "realisasi")
    reported = [row.nilai for row in (*plan.where(DeretRasio, "indikator_id", indikator.id), series) if row is not None]
    start = first if any(map(says, months)) else 1
    return not any((text or "").strip() for nilai in reported for text in nilai[start - 1 : last])


@dataclass(slots=True)
class Spending:
    """Asked which budget lines lack a report of one period, `first` to `last` month; made anew after an edit."""

    plan: Plan
    rollup: RollUp
    first: int
    last: int
    _told: dict[str, bool] = field(default_factory=dict)

    def is_missing(self, line: Anggaran) -> bool:
        """Said of the topmost line of a branch that is silent."""
        if not self._is_due(line) or self._is_told(line) or any(map(self._is_own, _up(self.plan, line))):
            return False
        above = self.plan.find(Anggaran, line.induk_id)
        return above is None or not self.rollup.line(above.id).pagu or self._is_told(above)

    def _is_due(self, line: Anggaran) -> bool:
        sums = self.rollup.line(line.id)
        return bool(sums.pagu) and (sums.kas is None or bool(sums.kas[self.last - 1]))

    def _is_told(self, line: Anggaran) -> bool:
        """Whether the line, or any below it, states an amount in the period."""
        if line.id not in self._told:
            self._told[line.id] = False
            below = self.plan.where(Anggaran, "induk_id", line.id)
            self._told[line.id] = self._is_own(line) or any(map(self._is_told, below))
        return self._told[line.id]

    def _is_own(self, line: Anggaran) -> bool:
        series = self.plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
        if series is not None and any(value is not None for value in series.nilai[self.first - 1 : self.last]):
            return True
        dokumen = self.plan.find(Dokumen, line.dokumen_id)
        if self.last < BULAN or dokumen is None:
            return False
        years = self.plan.where(TahunAnggaran, "anggaran_id", line.id)
        return any((y.jenis, y.tahun) == ("realisasi", str(dokumen.tahun)) and y.nilai is not None for y in years)


def unreported(
    plan: Plan, dokumen: Dokumen, first: int, last: int, rollup: RollUp | None = None
) -> list[Indikator | Anggaran]:
    """The indicators, then the budget lines, that lack a report from month to month, 1 to 12, in document order."""
    spending = Spending(plan, RollUp(plan) if rollup is None else rollup, first, last)
    indicators = plan.where(Indikator, "dokumen_id", dokumen.id)
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    return [
        *(row for row in indicators if result_missing(plan, row, dokumen.tahun, first, last)),
        *(line for line in lines if spending.is_missing(line)),
    ]


def counted_words(rows: Iterable[Indikator | Anggaran], between: str = " dan ") -> str:
    """ "3 indikator dan 1 baris anggaran"; "" of none."""
    counts = Counter(type(row) for row in rows)
    kinds = ((Indikator, "indikator"), (Anggaran, "baris anggaran"))
    return between.join(f"{counts[kind]} {words}" for kind, words in kinds if counts[kind])


def period_until(plan: Plan, dokumen_id: str, bulan: int) -> tuple[int, int]:
    """The first and the last month, 1 to 12, that closing with this month would cover."""
    return 1 + max((row.bulan for row in closings(plan, dokumen_id) if row.bulan < bulan), default=0), bulan


def _up(plan: Plan, line: Anggaran) -> Iterator[Anggaran]:
    seen = {line.id}
    above = plan.find(Anggaran, line.induk_id)
    while above is not None and above.id not in seen:
        seen.add(above.id)
        yield above
        above = plan.find(Anggaran, above.induk_id)

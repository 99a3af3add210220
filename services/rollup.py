"""Roll-up: pagu and cash summed up the budget tree; a change is recomputed along its own branch only."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.changes import Change
from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran
from services.series import Rupiah12, running


@dataclass(frozen=True, slots=True)
class Sums:
    """Whole rupiah. `kas`: twelve running totals, None for a month before the first value; None without any plan."""

    pagu: int | None
    kas: Rupiah12 | None

    @property
    def selisih(self) -> int | None:
        """Pagu less the running total of December."""
        if self.pagu is None or self.kas is None:
            return None
        return self.pagu - (self.kas[-1] or 0)


def _add(parts: Iterable[Sums]) -> Sums:
    pagu: int | None = None
    kas: list[int | None] | None = None
    for part in parts:
        if part.pagu is not None:
            pagu = (pagu or 0) + part.pagu
        if part.kas is not None:
            kas = kas or [None] * BULAN
            for m, value in enumerate(part.kas):
                if value is not None:
                    kas[m] = (kas[m] or 0) + value
    return Sums(pagu, tuple(kas) if kas else None)


def topmost(plan: Plan, dokumen_id: str) -> list[Anggaran]:
    """The lines of a document that hang under no other: what its money adds up over.

    Mostly its programs. A paper may list kegiatan whose program it does not print (Buleleng 2022, Eselon III); then the
    programs alone are less than the whole, and both are sums that the paper prints.
    """
    lines = plan.where(Anggaran, "dokumen_id", dokumen_id)
    there = {line.id for line in lines}
    return [line for line in lines if line.induk_id not in there]


class RollUp:
    """The sums of a plan's budget lines, computed when asked for and kept until a change concerns them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._line: dict[str, Sums] = {}
        self._children: dict[str, Sums] = {}

    def line(self, anggaran_id: str) -> Sums:
        """What the line itself says; what it leaves open is the sum of its children."""
        sums = self._line.get(anggaran_id)
        if sums is None:
            line = self._plan.get(Anggaran, anggaran_id)
            series = self._plan.one(DeretAnggaran, "anggaran_id", anggaran_id, "kas")
            below = self.children(anggaran_id)
            pagu = below.pagu if line.pagu is None else line.pagu
            kas = below.kas
            if series is not None and any(value is not None for value in series.nilai):
                kas = running(series.nilai, kumulatif=bool(series.kumulatif))
            sums = self._line[anggaran_id] = Sums(pagu, kas)
        return sums

    def children(self, anggaran_id: str) -> Sums:
        """The sum over the lines directly below."""
        sums = self._children.get(anggaran_id)
        if sums is None:
            below = self._plan.where(Anggaran, "induk_id", anggaran_id)
            sums = self._children[anggaran_id] = _add(self.line(child.id) for child in below)
        return sums

    def of(self, lines: Iterable[Anggaran]) -> Sums:
        """The sum over any lines, such as those that support one sasaran."""
        return _add(self.line(line.id) for line in lines)

    def total(self, dokumen_id: str, jenis: str) -> Sums:
        """The sum over all lines of one level of a document."""
        return self.of(a for a in self._plan.where(Anggaran, "dokumen_id", dokumen_id) if a.jenis == jenis)

    def whole(self, dokumen_id: str) -> Sums:
        """The sum over all of a document: each rupiah once, also of kegiatan that stand under no program."""
        return self.of(topmost(self._plan, dokumen_id))

    def update(self, changes: Iterable[Change]) -> set[str]:
        """Forget what the changes concern, after the plan has taken them over; returns the ids of those lines."""
        touched: set[str] = set()
        for change in changes:
            for row in (change.before, change.after):
                if isinstance(row, Anggaran):
                    touched |= {row.id} | self._above(row.induk_id)
                elif isinstance(row, DeretAnggaran):
                    touched |= self._above(row.anggaran_id)
        for anggaran_id in touched:
            self._line.pop(anggaran_id, None)
            self._children.pop(anggaran_id, None)
        return touched

    def _above(self, anggaran_id: str | None) -> set[str]:
        """The line and all above it."""
        walked: set[str] = set()
        while anggaran_id is not None and anggaran_id not in walked:
            walked.add(anggaran_id)
            line = self._plan.find(Anggaran, anggaran_id)
            anggaran_id = line.induk_id if line else None
        return walked

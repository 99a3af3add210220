"""Cash and realisasi of budget lines through the year; what a line leaves open is the sum of the lines below it."""

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, Dokumen
from services.periods import Sampai
from services.series import Rupiah12, running
from services.tahunan import Amounts


class Money:
    """Cash and realisasi of budget lines as running totals; what a line leaves open is the sum of the lines below."""

    def __init__(self, plan: Plan, dokumen: Dokumen) -> None:
        self._plan = plan
        self._tahun = str(dokumen.tahun)
        self._amounts = Amounts(plan, dokumen)
        self._known: dict[tuple[str, str], Rupiah12 | None] = {}
        self._last: dict[str, frozenset[int]] = {}

    def pagu(self, line: Anggaran) -> int | None:
        """Of the document's year, whole rupiah."""
        return self._amounts.pagu(line, self._tahun)

    def is_of_year(self, line: Anggaran) -> bool:
        """False for a line whose amounts are all of other years than the document's."""
        return self._amounts.is_of_year(line, self._tahun)

    def upto(self, line: Anggaran, jenis: str, sampai: Sampai) -> int | None:
        """Whole rupiah until the end of a month; None where nothing is stated until then. jenis: kas or realisasi.

        What was spent until December is the amount that is stated for the year, where there is one.
        """
        if sampai.setahun and jenis == "realisasi":
            return self._amounts.realisasi(line, self._tahun)
        totals = self.totals(line, jenis)
        return None if totals is None else totals[sampai.bulan - 1]

    def against_cash(self, line: Anggaran, sampai: Sampai) -> tuple[int, int] | None:
        """(realisasi, cash) until the end of a month, of the same lines, whole rupiah; None where there is no cash.

        Where a line leaves its cash to the lines below, what was spent on those that have none is not compared.
        """
        if self._states(line, "kas") or self._states(line, "realisasi"):
            kas = self.upto(line, "kas", sampai)
            return None if kas is None else (self.upto(line, "realisasi", sampai) or 0, kas)
        below = self._plan.where(Anggaran, "induk_id", line.id)
        pairs = [pair for child in below if (pair := self.against_cash(child, sampai)) is not None]
        return (sum(spent for spent, _ in pairs), sum(kas for _, kas in pairs)) if pairs else None

    def _states(self, line: Anggaran, jenis: str) -> bool:
        """Whether the line states amounts itself; of what was spent, also one for the year."""
        series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, jenis)
        if series is not None and any(value is not None for value in series.nilai):
            return True
        return jenis == "realisasi" and self._amounts.stated(line, self._tahun) is not None

    def last_reported(self, line: Anggaran) -> int | None:
        """The last month, 1 to 12, that a realisasi of the line or of one below it stands in."""
        return max(self._reported(line), default=None)

    def first_stopped(self, line: Anggaran) -> int | None:
        """The earliest of the last reported months, 1 to 12, of it, or of those below that report by themselves."""
        return min(self._reported(line), default=None)

    def _reported(self, line: Anggaran) -> frozenset[int]:
        """The last months of the lines that report by themselves."""
        if line.id not in self._last:
            self._last[line.id] = frozenset()
            series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, "realisasi")
            own = [month for month, value in enumerate(series.nilai, 1) if value is not None] if series else []
            if own:
                self._last[line.id] = frozenset(own[-1:])
            else:
                below = self._plan.where(Anggaran, "induk_id", line.id)
                self._last[line.id] = frozenset().union(*(self._reported(child) for child in below))
        return self._last[line.id]

    def totals(self, line: Anggaran, jenis: str) -> Rupiah12 | None:
        """Twelve running totals; None where neither the line nor one below it has any amount."""
        key = (line.id, jenis)
        if key not in self._known:
            self._known[key] = None
            series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, jenis)
            own = None
            if series is not None and any(value is not None for value in series.nilai):
                own = running(series.nilai, kumulatif=bool(series.kumulatif))
            self._known[key] = own or self._below(line, jenis)
        return self._known[key]

    def _below(self, line: Anggaran, jenis: str) -> Rupiah12 | None:
        parts = [self.totals(child, jenis) for child in self._plan.where(Anggaran, "induk_id", line.id)]
        stated = [part for part in parts if part is not None]
        if not stated:
            return None
        months = zip(*stated, strict=True)
        return tuple(sum(v for v in m if v is not None) if any(v is not None for v in m) else None for m in months)

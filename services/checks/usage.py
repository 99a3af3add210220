"""Which columns a document uses: a cell that nobody fills in is a choice of the form, an empty one among others is not.

Kept current change by change. The keys: ("pagu", dokumen, jenis), ("kas", dokumen, jenis), ("satuan", dokumen),
("target", dokumen), ("periode", dokumen, tingkat or jenis) for the targets of periods, ("indikator", dokumen),
("dukungan", dokumen), and ("strategis", dokumen) for the indicators of the sasaran strategis.
"""

from collections.abc import Iterable

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dukungan, Indikator, Kinerja, Row

Column = tuple[str, ...]
Place = tuple[type[Row], str]

_NOTHING = frozenset(("", "-", "–", "—", "−"))


class Usage:
    """Who fills each column."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._users: dict[Column, set[str]] = {}
        self._of: dict[str, tuple[Column, ...]] = {}
        for cls in (Anggaran, Indikator, Dukungan):
            for row in plan.all(cls):
                self._put(row)

    def used(self, *column: str) -> bool:
        """Whether any row of the document fills the column."""
        return bool(self._users.get(column))

    def update(self, changes: Iterable[Change]) -> set[Column]:
        """Take over what the plan has taken over; returns the columns that came into use or fell out of it."""
        concerned: set[Place] = set()
        for change in changes:
            row = change.row
            if isinstance(row, Anggaran | Indikator | Dukungan):
                concerned.add((type(row), row.id))
                if isinstance(row, Anggaran):
                    concerned |= {(Indikator, each.id) for each in self._plan.where(Indikator, "anggaran_id", row.id)}
            elif isinstance(row, DeretIndikator):
                concerned.add((Indikator, row.indikator_id))
            elif isinstance(row, DeretAnggaran):
                concerned.add((Anggaran, row.anggaran_id))
            elif isinstance(row, Kinerja):
                concerned |= {(Indikator, each.id) for each in self._plan.where(Indikator, "kinerja_id", row.id)}
        before: dict[Column, bool] = {}
        for place in concerned:
            row_now = self._plan.find(*place)
            for column in (*self._of.get(place[1], ()), *(_columns(self._plan, row_now) if row_now else ())):
                before.setdefault(column, self.used(*column))
            for column in self._of.pop(place[1], ()):
                self._users[column].discard(place[1])
            if row_now is not None:
                self._put(row_now)
        return {column for column, was in before.items() if self.used(*column) != was}

    def _put(self, row: Row) -> None:
        columns = self._of[row.id] = _columns(self._plan, row)
        for column in columns:
            users = self._users.get(column)
            if users is None:
                users = self._users[column] = set()
            users.add(row.id)


def is_blank(text: str | None) -> bool:
    """Nothing, spaces, or a lone dash: a text column that says nothing."""
    return not text or text.strip() in _NOTHING


def level_of(plan: Plan, indikator: Indikator) -> str:
    """The tingkat or jenis of what an indicator measures; "" where that is not there."""
    node = plan.find(Kinerja, indikator.kinerja_id)
    if node is not None:
        return node.tingkat
    line = plan.find(Anggaran, indikator.anggaran_id)
    return line.jenis if line is not None else ""


def _columns(plan: Plan, row: Row) -> tuple[Column, ...]:
    if isinstance(row, Anggaran):
        cash = plan.one(DeretAnggaran, "anggaran_id", row.id, "kas")
        has_cash = cash is not None and cash.nilai.count(None) < len(cash.nilai)
        filled = (("pagu", row.pagu is not None), ("kas", has_cash))
        return tuple((name, row.dokumen_id, row.jenis) for name, full in filled if full)
    if isinstance(row, Indikator):
        level = level_of(plan, row)
        strategic = level == "sasaran_strategis"
        series = plan.one(DeretIndikator, "indikator_id", row.id, "target")
        planned = series is not None and not all(is_blank(text) for text in series.nilai)
        uses = (("satuan", not is_blank(row.satuan)), ("target", not is_blank(row.target)), ("strategis", strategic))
        named = tuple((name, row.dokumen_id) for name, full in uses if full)
        return (("indikator", row.dokumen_id), *named, *((("periode", row.dokumen_id, level),) if planned else ()))
    assert isinstance(row, Dukungan)
    return (("dukungan", row.dokumen_id),)

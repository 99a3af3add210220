"""The engine: findings per row, computed once and then again only for the rows that a change concerns."""

from collections.abc import Iterable, Iterator

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator, Kinerja, Row
from services.checks.finding import Finding
from services.checks.kas import check_line
from services.checks.target import check_indicator
from services.rollup import RollUp

Place = tuple[type[Row], str]


class Checks:
    """All findings of a plan. `update` must be called after the roll-up has been updated."""

    def __init__(self, plan: Plan, rollup: RollUp) -> None:
        self._plan = plan
        self._rollup = rollup
        self._found: dict[Place, tuple[Finding, ...]] = {}
        for line in plan.all(Anggaran):
            self._check((Anggaran, line.id))
        for indikator in plan.all(Indikator):
            self._check((Indikator, indikator.id))

    def at(self, row: type[Row], row_id: str) -> tuple[Finding, ...]:
        """The findings of one row."""
        return self._found.get((row, row_id), ())

    def of(self, dokumen_id: str) -> Iterator[Finding]:
        """The findings of a document: the performance tree's first, then the budget's, each in its order."""
        placed = []
        for (cls, row_id), findings in self._found.items():
            row = self._plan.get(cls, row_id)
            if getattr(row, "dokumen_id", None) == dokumen_id:
                placed.append((self._position(row), findings))
        for _, found in sorted(placed, key=lambda entry: entry[0]):
            yield from found

    def _position(self, row: Row) -> tuple[bool, int, str, bool, int]:
        """Where a row stands in the document: tree, place of the node or line, then its indicators in order."""
        if isinstance(row, Indikator):
            node = self._plan.find(Kinerja, row.kinerja_id)
            owner = node or self._plan.find(Anggaran, row.anggaran_id)
            assert owner is not None
            return node is None, owner.urutan, owner.id, True, row.urutan
        assert isinstance(row, Anggaran)
        return True, row.urutan, row.id, False, 0

    def update(self, changes: Iterable[Change], touched_lines: set[str]) -> set[Place]:
        """Check again what the changes concern; returns the rows whose findings are others now."""
        concerned: set[Place] = {(Anggaran, line_id) for line_id in touched_lines}
        for change in changes:
            row = change.row
            if isinstance(row, Indikator):
                concerned.add((Indikator, row.id))
            elif isinstance(row, DeretIndikator):
                concerned.add((Indikator, row.indikator_id))
            elif isinstance(row, DeretAnggaran):
                concerned.add((Anggaran, row.anggaran_id))
        return {place for place in concerned if self._check(place)}

    def _check(self, place: Place) -> bool:
        cls, row_id = place
        found: tuple[Finding, ...] = ()
        if cls is Anggaran and (line := self._plan.find(Anggaran, row_id)):
            found = tuple(check_line(self._plan, self._rollup, line))
        elif cls is Indikator and (indikator := self._plan.find(Indikator, row_id)):
            found = tuple(check_indicator(self._plan, indikator))
        before = self._found.pop(place, ())
        if found:
            self._found[place] = found
        return found != before

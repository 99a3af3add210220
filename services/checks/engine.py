"""The engine: findings per row, computed once and then again only for what a change concerns."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from models.changes import Change, inverse
from models.plan import Plan
from models.rows import TABLES, Anggaran, Dokumen, Indikator, Kinerja, Row, Terima
from services.checks import mending
from services.checks.concern import Task
from services.checks.finding import Finding, Key, acceptance_key
from services.checks.mending import Mend
from services.checks.scopes import SCOPES, Scopes
from services.checks.usage import Usage
from services.rollup import RollUp

Place = tuple[type[Row], str]

_ORDER = {scope: at for at, scope in enumerate(SCOPES)}
_REST = 2
"""Behind the two trees: what concerns the document as a whole."""


class Checks:
    """All findings of a plan. `update` must be called after the roll-up has been updated."""

    def __init__(self, plan: Plan, rollup: RollUp, *, later: bool = False) -> None:
        """`later`: nothing is checked before `advance` is called, or all findings are asked for."""
        self._plan = plan
        self._rollup = rollup
        self._usage: Usage | None = None
        self._scopes: Scopes | None = None
        self._left: Iterator[Task] = iter(())
        self._found: dict[Task, tuple[Finding, ...]] = {}
        self._at: dict[Place, dict[Task, tuple[Finding, ...]]] = {}
        self._behind: deque[Change] = deque()
        """Changes that the plan has taken over, and whose checks are still to be looked for."""
        self._again: set[Task] = set()
        self.complete = False
        """Whether every check has been done; before that `at` knows only a part, or what was found before."""
        if not later:
            self.finish()

    def advance(self, tasks: int) -> bool:
        """Do so many checks more of those that wait; False when all are done. An edit may come between two calls."""
        if self._usage is None:
            self._usage = Usage(self._plan)
            return True
        if self._scopes is None:
            self._scopes = Scopes(self._plan, self._rollup, self._usage)
            self._left = self._scopes.all()
            return True
        if self._behind:
            part = [self._behind.popleft() for _ in range(min(tasks, len(self._behind)))]
            self._again |= self._scopes.concerned(part, ())
            return True
        done = 0
        while self._again and done < tasks:
            done += 1
            task = self._again.pop()
            self._put(task, self._scopes.check(task))
        for task in islice(self._left, tasks - done):
            done += 1
            if found := self._scopes.check(task):
                self._put(task, found)
        self.complete = done < tasks
        return not self.complete

    def finish(self) -> None:
        """Do all checks that wait."""
        while not self.complete:
            self.advance(1_000)

    def at(self, row: type[Row], row_id: str) -> tuple[Finding, ...]:
        """The findings of one row."""
        there = self._at.get((row, row_id))
        if there is None:
            return ()
        if len(there) == 1:
            return next(iter(there.values()))
        tasks = sorted(there, key=lambda task: (_ORDER[task[0]], str(task[1])))
        return tuple(finding for task in tasks for finding in there[task])

    def of(self, dokumen_id: str) -> Iterator[Finding]:
        """The findings of a document: the performance tree's, the budget's, each in its order, then all others."""
        for place in sorted(self.places(dokumen_id), key=lambda place: self.position(*place)):
            yield from self.at(*place)

    def places(self, dokumen_id: str) -> list[Place]:
        """The rows of a document that have findings, in no order."""
        self.finish()
        rows = ((place, self._plan.get(*place)) for place in self._at)
        return [place for place, row in rows if getattr(row, "dokumen_id", row.id) == dokumen_id]

    def accepted(self, finding: Finding) -> Terima | None:
        """The acceptance that holds for a finding; None where there is none or the values are others since."""
        rows = self._plan.where(Terima, "baris", finding.row_id)
        if not rows:
            return None
        key = acceptance_key(finding)
        return next((r for r in rows if (r.kode, r.tabel, r.baris, r.periode or "", r.nilai or "") == key), None)

    def position(self, cls: type[Row], row_id: str) -> tuple[int, int, str, bool, int, str]:
        """What sorts the rows of a document as `of` does; KeyError if there is no such row."""
        return self._position(self._plan.get(cls, row_id))

    def update(self, changes: Iterable[Change], touched_lines: set[str], *, later: bool = False) -> set[Place]:
        """Check again what the changes concern; returns the rows whose findings or acceptances are others now.

        Args:
            later: leave that to `advance`, as after a large step; what comes before it has ended waits with it.
        """
        if self._scopes is None:
            self._usage = None
            return set()
        changes = tuple(changes)
        if later or self._behind or self._again:
            self._behind += changes
            self._again |= {("garis", line_id) for line_id in touched_lines}
            self.complete = False
            return set()
        before: dict[Place, tuple[Finding, ...]] = {}
        for task in self._scopes.concerned(changes, touched_lines):
            found = self._scopes.check(task)
            old = self._found.get(task, ())
            if found == old:
                continue
            for place in {_place(finding) for finding in (*old, *found)}:
                before.setdefault(place, self.at(*place))
            self._put(task, found)
        judged = {(TABLES[c.row.tabel], c.row.baris) for c in changes if isinstance(c.row, Terima)}
        return judged | {place for place, was in before.items() if self.at(*place) != was}

    def mend(self, finding: Finding, *others: Finding) -> Mend | None:
        """The changes that make a finding, or all of one group, go away for certain; None where none is safe.

        Each proposal is carried out in memory, checked and taken back: the findings have to be gone, and no galat may
        be there that was not. Made when it is asked for; milliseconds.
        """
        self.finish()
        faults = {each.key for each in self._all() if each.tingkat == "galat"}
        for mend in mending.proposals(self._plan, self._rollup, finding):
            if mend.changes and self._is_safe(mend.changes, (finding, *others), faults):
                return mend
        return None

    def _is_safe(self, changes: tuple[Change, ...], findings: tuple[Finding, ...], faults: set[Key]) -> bool:
        self._try(changes)
        try:
            left = {each.key for finding in findings for each in self.at(finding.tabel, finding.row_id)}
            return left.isdisjoint(finding.key for finding in findings) and all(
                each.key in faults for each in self._all() if each.tingkat == "galat"
            )
        finally:
            self._try(inverse(changes))

    def _try(self, changes: tuple[Change, ...]) -> None:
        self._plan.apply(changes)
        self.update(changes, self._rollup.update(changes))

    def _all(self) -> Iterator[Finding]:
        for found in self._found.values():
            yield from found

    def _put(self, task: Task, found: tuple[Finding, ...]) -> None:
        for finding in self._found.pop(task, ()):
            place = _place(finding)
            if self._at.get(place, {}).pop(task, None) is not None and not self._at[place]:
                del self._at[place]
        if not found:
            return
        self._found[task] = found
        by_place: dict[Place, list[Finding]] = {}
        for finding in found:
            by_place.setdefault(_place(finding), []).append(finding)
        for place, here in by_place.items():
            self._at.setdefault(place, {})[task] = tuple(here)

    def _position(self, row: Row) -> tuple[int, int, str, bool, int, str]:
        """Where a row stands in the document: tree, place of the node or line, then its indicators in order."""
        if isinstance(row, Indikator):
            node = self._plan.find(Kinerja, row.kinerja_id)
            owner = node or self._plan.find(Anggaran, row.anggaran_id)
            assert owner is not None
            return int(node is None), owner.urutan, owner.id, True, row.urutan, row.id
        if isinstance(row, Kinerja | Anggaran):
            return int(isinstance(row, Anggaran)), row.urutan, row.id, False, 0, ""
        first = 0 if isinstance(row, Dokumen) else 1
        return _REST, first, row.TABLE, False, getattr(row, "urutan", 0), row.id


def _place(finding: Finding) -> Place:
    return finding.tabel, finding.row_id

"""The lines of the findings dock, kept current: after an edit only what hangs together with it is grouped again."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from models.rows import Row, Terima
from services.checks import Checks, Finding, Group, grouped
from services.terms import LEVELS, Level

Place = tuple[type[Row], str]
_AT = attrgetter("at")
_PIECE = 250
"""Rows that are read between two events, in less than a frame."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group and its place among all lines, by which they are sorted.

    `terima`: why its first finding is accepted; None for one that is open.
    """

    at: tuple[Any, ...]
    group: Group
    terima: Terima | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that it stands for: its own and those that follow from them."""
        return (*self.group.findings, *(f for each in self.group.lanjutan for f in each.findings))


class Lines:
    """The open and the accepted findings of one document as lines, each in the order of `grouped`."""

    def __init__(self, checks: Checks) -> None:
        self._checks = checks
        self._clear()

    def _clear(self) -> None:
        self.open: list[Line] = []
        self.accepted: list[Line] = []
        self.counts: dict[Level, int] = dict.fromkeys(LEVELS, 0)
        self._heads: dict[Place, list[Line]] = {}
        self._causes: dict[Place, set[Place]] = {}
        self._effects: dict[Place, set[Place]] = {}

    def read(self, dokumen_id: str) -> Iterator[None]:
        """All findings of a document anew, those of some rows at each step; all are there when the steps end.

        The plan must not change in between.
        """
        self._clear()
        places = self._checks.places(dokumen_id)
        for start in range(0, len(places), _PIECE):
            for place in places[start : start + _PIECE]:
                self._link(place)
            yield
        done: set[Place] = set()
        for start in range(0, len(places), _PIECE):
            around = self._connected(place for place in places[start : start + _PIECE] if place not in done)
            done |= around
            for line in self._made(self._ordered(around)):
                (self.accepted if line.terima else self.open).append(line)
                self._note(line)
            yield
        self.open.sort(key=_AT)
        self.accepted.sort(key=_AT)

    def update(self, places: Iterable[Place]) -> tuple[list[Line], list[Line]]:
        """Follow what became of some rows of the document; returns (lines that went, lines that came)."""
        changed = list(places)
        around = self._connected(changed)
        for place in changed:
            self._link(place)
        around |= self._connected(changed)
        went = [line for place in around for line in self._heads.pop(place, ())]
        for line in went:
            lines = self.accepted if line.terima else self.open
            del lines[bisect_left(lines, line.at, key=_AT)]
            self.counts[line.group.first.tingkat] -= line.terima is None
        came = self._made(self._ordered(around))
        for line in came:
            insort(self.accepted if line.terima else self.open, line, key=_AT)
            self._note(line)
        return went, came

    def _ordered(self, places: Iterable[Place]) -> list[Place]:
        """Those that have findings, in the order of the plan."""
        there = [place for place in places if self._checks.at(*place)]
        return sorted(there, key=lambda place: self._checks.position(*place))

    def _note(self, line: Line) -> None:
        first = line.group.first
        self.counts[first.tingkat] += line.terima is None
        self._heads.setdefault((first.tabel, first.row_id), []).append(line)

    def _made(self, places: Iterable[Place]) -> list[Line]:
        """The lines of places that no finding elsewhere is a cause or an effect of; in the order of the plan."""
        order: dict[int, tuple[Any, ...]] = {}
        accepted: dict[int, Terima] = {}
        opened, judged = [], []
        for place in places:
            position = self._checks.position(*place)
            for at, finding in enumerate(self._checks.at(*place)):
                order[id(finding)] = LEVELS.index(finding.tingkat), position, at
                terima = self._checks.accepted(finding)
                if terima is None:
                    opened.append(finding)
                else:
                    accepted[id(finding)] = terima
                    judged.append(finding)
        groups = (*grouped(opened), *grouped(judged))
        return [Line(order[id(g.first)], g, accepted.get(id(g.first))) for g in groups]

    def _link(self, place: Place) -> None:
        for cause in self._causes.pop(place, ()):
            self._effects[cause].discard(place)
        causes = {f.sebab[1:3] for f in self._checks.at(*place) if f.sebab is not None} - {place}
        if causes:
            self._causes[place] = causes
            for cause in causes:
                self._effects.setdefault(cause, set()).add(place)

    def _connected(self, places: Iterable[Place]) -> set[Place]:
        """These places and all that are their causes or effects, however far."""
        found: set[Place] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting += self._causes.get(place, ())
                waiting += self._effects.get(place, ())
        return found

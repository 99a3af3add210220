"""Rows of one table in two documents, paired: the pairs, and the rules that find them."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from models.rows import Anggaran, Indikator, Kinerja, Row

R = TypeVar("R", bound=Kinerja | Anggaran | Indikator)

_OWN_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Pairs(Generic[R]):
    """The rows of one table in two documents, paired.

    `before`: id of a row of the later document -> its row of the earlier one; `after`: the other way round.
    """

    before: dict[str, R] = field(default_factory=dict)
    after: dict[str, R] = field(default_factory=dict)
    added: tuple[R, ...] = ()
    removed: tuple[R, ...] = ()

    def merged(self, befores: Sequence[R], afters: Sequence[R]) -> list[tuple[R | None, R | None]]:
        """(before, after) of rows that are listed together; a removed one keeps its place behind the row before it.

        `befores`: the earlier list; of it only what was removed is added to `afters`.
        """
        there = {row.id for row in afters}
        behind: dict[str | None, list[R]] = defaultdict(list)
        place: str | None = None
        for row in befores:
            now = self.after.get(row.id)
            if now is None:
                behind[place].append(row)
            elif now.id in there:
                place = now.id
        listed: list[tuple[R | None, R | None]] = [(row, None) for row in behind[None]]
        for row in afters:
            listed.append((self.before.get(row.id), row))
            listed += [(gone, None) for gone in behind.get(row.id, ())]
        return listed


def is_moved(pairs: Pairs[R], before_parent: str | None, after_parent: str | None) -> bool:
    """Whether a row stands under another parent than before; `pairs` are those of the parents' table."""
    if before_parent is None or after_parent is None:
        return before_parent != after_parent
    parent = pairs.before.get(after_parent)
    return parent is None or parent.id != before_parent


class Matcher(Generic[R]):
    """Pairs two lists, one rule after another; each rule sees what the earlier ones left.

    `name`: level and name of a row, as they are compared; `parent`: the id of the row that it hangs under.
    """

    def __init__(
        self,
        befores: Sequence[R],
        afters: Sequence[R],
        name: Callable[[R], tuple[str, str]],
        parent: Callable[[R], str | None],
    ) -> None:
        self.name = name
        self.pairs: Pairs[R] = Pairs()
        self._befores = befores
        self._afters = afters
        self._parent = parent
        self._down = _parents_first(afters, parent)

    def foreign_ids(self) -> list[bool]:
        """For each id of another program that stands in both lists, whether it has the same name in both."""
        return [
            self.name(before) == self.name(after) for before, after in self._same_id() if not _is_own(_public_id(after))
        ]

    def by_id(self, *, foreign: bool) -> None:
        """By public id; `foreign`: by ids of other programs, too."""
        for before, after in self._same_id():
            if foreign or _is_own(_public_id(after)):
                self._join(before, after)

    def by(self, key: Callable[[R], Hashable], *, once: bool = False) -> None:
        """By a key, first with first; None is no key. `once`: only keys that one row on either side has."""
        waiting: dict[Hashable, deque[R]] = defaultdict(deque)
        for row in self._befores:
            if row.id not in self.pairs.after and key(row) is not None:
                waiting[key(row)].append(row)
        left = [row for row in self._down if row.id not in self.pairs.before]
        count = Counter(key(row) for row in left)
        for row in left:
            found = waiting.get(key(row))
            if found and not (once and (len(found) > 1 or count[key(row)] > 1)):
                self._join(found.popleft(), row)

    def under_owners(self, owners: Mapping[str, Row]) -> None:
        """By name under the same row; `owners`: id of a later row -> its earlier one, read while pairs are made.

        Parents come first, so that a pair leads to the next below it.
        """
        waiting: dict[Hashable, deque[R]] = defaultdict(deque)
        for row in self._befores:
            if row.id not in self.pairs.after:
                waiting[self._parent(row), self.name(row)].append(row)
        for row in self._down:
            if row.id in self.pairs.before:
                continue
            parent = self._parent(row)
            owner = owners.get(parent) if parent is not None else None
            if (parent is None or owner is not None) and (
                found := waiting.get((owner.id if owner else None, self.name(row)))
            ):
                self._join(found.popleft(), row)

    def result(self) -> Pairs[R]:
        """The pairs, and what is left on either side, in order."""
        return replace(
            self.pairs,
            added=tuple(row for row in self._afters if row.id not in self.pairs.before),
            removed=tuple(row for row in self._befores if row.id not in self.pairs.after),
        )

    def _same_id(self) -> list[tuple[R, R]]:
        befores = {_public_id(row): row for row in self._befores}
        return [(befores[key], row) for row in self._afters if (key := _public_id(row)) in befores]

    def _join(self, before: R, after: R) -> None:
        self.pairs.before[after.id] = before
        self.pairs.after[before.id] = after


def _public_id(row: Kinerja | Anggaran | Indikator) -> str:
    return row.asal_id or row.id


def _is_own(public_id: str) -> bool:
    """Whether the id was given by this program, and so stands for one row wherever it is found."""
    return _OWN_ID.fullmatch(public_id) is not None


def _parents_first(rows: Sequence[R], parent: Callable[[R], str | None]) -> list[R]:
    """Level by level, in order; rows whose parents run in a circle come last."""
    known = {row.id for row in rows}
    below: dict[str | None, list[R]] = defaultdict(list)
    for row in rows:
        above = parent(row)
        below[above if above in known else None].append(row)
    ordered = list(below[None])
    for row in ordered:
        ordered += below.get(row.id, ())
    reached = {row.id for row in ordered}
    return ordered + [row for row in rows if row.id not in reached]

"""Where two copies of a plan were last the same: found by the seals of both histories, and laid out again from them.

Nothing is stored for it: a copy carries its own edits, and taking those back gives the base to the letter.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.cleaning import typed_texts
from models.history import Entry
from models.merging import PlanCopy, chain_holds, sending
from models.reading import revision_of
from models.rows import TABLES, Dokumen, Gabung, Konflik, Pejabat, Row, Salinan, columns
from services.nip import BLANK, without_nips

Key = tuple[str, str]
"""(table, id) of a row."""
State = dict[Key, Row]

_PLACES = {table: {name: i for i, name in enumerate(columns(cls))} for table, cls in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Base:
    """The rows at the moment from which both sides went on.

    `since`: their entries after it, for who and when. `apart`: the moment is one of a sender that has not come back, so
    that nothing but the copy's own edits is taken.
    """

    rows: State
    since: tuple[Entry, ...]
    apart: bool


def state_of(rows: Iterable[Row]) -> State:
    """The rows by table and id."""
    return {(row.TABLE, row.id): row for row in rows}


def origin(copy: PlanCopy) -> str:
    """The first seal of the plan that this is a copy of; "" where nothing says it."""
    sent = sending(copy.history[0]) if copy.history else None
    for row in copy.rows if sent is None else (sent,):
        if isinstance(row, Salinan):
            return row.asal
    return copy.history[0][10] if copy.history else ""


def as_they_had_it(base: State, theirs: State, history: Sequence[Entry]) -> State:
    """The base without what a copy is sent without (`models.merging.write_copy`), so that nothing of it looks deleted.

    A base that is laid out from our own history holds our books and the NIPs; of what the copy never held, its history
    says nothing.
    """
    said = {(entry[2], entry[3], entry[4]) for entry in history}
    made = dict(base)
    for key, row in base.items():
        if isinstance(row, Salinan | Konflik) and key not in theirs and (*key, None) not in said:
            del made[key]
        elif (other := theirs.get(key)) is not None and other != row:
            left = _without_nip(row, other, said) if isinstance(row, Dokumen | Pejabat) else row
            made[key] = _blanked(left, other, said)
    return made


def _blanked(row: Row, other: Row, said: set[tuple[str, str, str | None]]) -> Row:
    """The row with the texts of which a copy was given a form without NIPs, and which it left alone."""
    mine = dict(typed_texts(row))
    sent = {
        name: text
        for name, text in typed_texts(other)
        if mine.get(name, text) != text and BLANK in text and (row.TABLE, row.id, name) not in said
    }
    fit = {name: text for name, text in sent.items() if without_nips(mine[name]) == text}
    if not fit:
        return row
    values = (fit.get(name, value) for name, value in zip(columns(type(row)), row.to_columns(), strict=True))
    return type(row).from_columns(list(values))


def _without_nip(row: Dokumen | Pejabat, other: Row, said: set[tuple[str, str, str | None]]) -> Row:
    if isinstance(row, Dokumen):
        left_out = getattr(other, "ttd_nip", None) is None and (row.TABLE, row.id, "ttd_nip") not in said
        return replace(row, ttd_nip=None) if row.ttd_nip is not None and left_out else row
    left_out = getattr(other, "nip", None) is None and (row.TABLE, row.id, "nip") not in said
    return replace(row, nip=None) if row.nip is not None and left_out else row


class Known:
    """The seals that a file has been through: its own, and those merged into it."""

    def __init__(self, history: Iterable[Entry], joins: Iterable[Gabung]) -> None:
        self._full = {entry[10] for entry in history}
        self._partly: set[str] = set()
        self.add(joins)

    def add(self, joins: Iterable[Gabung]) -> None:
        """What has been merged meanwhile."""
        for join in joins:
            seals = self._partly if join.sebagian else self._full
            seals.add(join.kepala_mereka)
            seals.update(join.jejak.split(","))

    def fully(self, seal: str) -> bool:
        """Whether it came with all that went before it."""
        return seal in self._full or revision_of(seal) in self._full

    def has(self, seal: str) -> bool:
        """Whether it came at all."""
        return self.fully(seal) or seal in self._partly or revision_of(seal) in self._partly


def joins_of(rows: Iterable[Row]) -> list[Gabung]:
    """The rows that join histories."""
    return [row for row in rows if isinstance(row, Gabung)]


def trail(history: Sequence[Entry], known: Known) -> str:
    """The revisions of all steps that are not known yet, as `Gabung.jejak` holds them.

    The sending, with which a copy's history begins, is a step of its sender: it is known when the sender has come.
    """
    if history and history[0][2] == Salinan.TABLE:
        history = history[1:]
    if not history:
        return ""
    ends = (
        one for one, after in zip(history, (*history[1:], None), strict=True) if after is None or after[1] != one[1]
    )
    return ",".join(revision_of(entry[10]) for entry in ends if not known.has(entry[10]))


def find_base(ours: PlanCopy, theirs: PlanCopy, known: Known) -> Base | None:
    """The newest moment that both sides have been through, or None where no history leads there.

    `known`: what ours has been through; it grows while several copies are merged in one go. A copy of a copy, whose
    sender has not come back yet, is compared with what its sender had.
    """
    history = theirs.history
    p = next((i for i in range(len(history) - 1, -1, -1) if known.has(history[i][10])), None)
    q = _merged_by_them(ours, theirs)
    if q is not None and not _covers(theirs, p, ours.history[q][10]) and _known_at(ours, q, theirs, p):
        return _laid_out(ours, q, (), apart=False)
    if p is None and history and history[0][2] == Salinan.TABLE:
        p = 0
    if p is None:
        return None
    apart = not any(known.fully(entry[10]) for entry in history[: p + 1])
    return _laid_out(theirs, p, history[p + 1 :], apart=apart)


def _merged_by_them(ours: PlanCopy, theirs: PlanCopy) -> int | None:
    """Our newest entry that they have merged into theirs."""
    merged = Known((), joins_of(theirs.rows))
    return next((i for i in range(len(ours.history) - 1, -1, -1) if merged.fully(ours.history[i][10])), None)


def _covers(copy: PlanCopy, upto: int | None, seal: str) -> bool:
    """Whether the copy had merged that seal at entry `upto` already."""
    return upto is not None and Known((), _joined(copy.history[: upto + 1])).fully(seal)


def _known_at(ours: PlanCopy, q: int, theirs: PlanCopy, p: int | None) -> bool:
    """Whether we knew their entry p at our entry q."""
    then = ours.history[: q + 1]
    return p is None or Known(then, _joined(then)).has(theirs.history[p][10])


def _joined(history: Iterable[Entry]) -> list[Gabung]:
    added = (json.loads(entry[6]) for entry in history if entry[2] == Gabung.TABLE and entry[4] is None and entry[6])
    return [Gabung(**values) for values in added]


def _laid_out(copy: PlanCopy, upto: int, since: tuple[Entry, ...], *, apart: bool) -> Base | None:
    later = copy.history[upto + 1 :]
    if not chain_holds(later, copy.history[upto][10]):
        return None
    rows = rolled_back(state_of(copy.rows), later)
    return None if rows is None else Base(rows, since, apart)


def rolled_back(state: State, entries: Sequence[Entry]) -> State | None:
    """The rows as they were before these entries; None where the entries do not fit the rows."""
    touched: dict[Key, list[Any] | None] = {}
    try:
        for entry in reversed(entries):
            key = entry[2], entry[3]
            if key not in touched:
                row = state.get(key)
                touched[key] = None if row is None else list(row.to_columns())
            touched[key] = _before(touched[key], entry)
        back = dict(state)
        for key, values in touched.items():
            if values is None:
                back.pop(key, None)
            else:
                back[key] = TABLES[key[0]].from_columns(values)
        return back
    except (KeyError, TypeError, ValueError):
        return None


def _before(values: list[Any] | None, entry: Entry) -> list[Any] | None:
    """One row's values before one entry.

    Raises:
        ValueError: the row is not as the entry left it.
    """
    places = _PLACES[entry[2]]
    column, old, new = entry[4:7]
    if column is not None:
        if values is None or old is None or new is None or values[places[column]] != json.loads(new):
            raise ValueError("the history does not lead here")
        values[places[column]] = json.loads(old)
        return values
    if new is not None:
        if values is None or any(values[places[name]] != value for name, value in json.loads(new).items()):
            raise ValueError("the history does not lead here")
        return None
    if values is not None or old is None:
        raise ValueError("the history does not lead here")
    was = json.loads(old)
    return [was.get(name) for name in places]

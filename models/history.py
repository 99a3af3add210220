"""The history of a plan file: one row per change of a field, chained by SHA-256 (file-safety.md, "History").

An added or removed row is one entry without a column, its values as JSON; values are JSON so that null, 0 and "" stay
three things.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from models.changes import Change, inverse
from models.rows import TABLES, Row, TutupPeriode, columns

Entry = tuple[int, int, str, str, str | None, str | None, str | None, str, str, str, str]
"""(id, langkah, tabel, baris, kolom, lama, baru, waktu, siapa, label, sidik), the columns of `riwayat`."""

Whose = Mapping[tuple[str, str, str | None], str]
"""(table, id, column or None) -> who made a change that another file brings."""

RIWAYAT = ("id", "langkah", "tabel", "baris", "kolom", "lama", "baru", "waktu", "siapa", "label", "sidik")

CLEANED = "bersihkan teks dari program lain"
"""The step that made the texts of a file from elsewhere fit; it is not taken back."""

UNDO, REDO = "Urungkan ", "Ulangi "
"""How the label of a step begins that takes one back, or does it again."""

_SENT = "salinan"
"""The table of what was sent; the history of a copy begins with a row of it."""

DEEP = 100
"""Steps that can be taken back in a plan that was closed meanwhile."""

ROWS_READ = 10_000
"""Rows of the history that are read for that; a step that is larger cannot be taken back any more."""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _fields(change: Change) -> Iterator[tuple[str | None, str | None, str | None]]:
    names = columns(type(change.row))
    if change.before is None:
        yield None, None, _json(dict(zip(names, change.row.to_columns(), strict=True)))
    elif change.after is None:
        yield None, _json(dict(zip(names, change.row.to_columns(), strict=True))), None
    else:
        for name, old, new in change.altered_columns():
            yield name, _json(old), _json(new)


def seal_after(seal: str, body: Sequence[Any]) -> str:
    """The seal of an entry: over the seal before it and its first ten columns."""
    return hashlib.sha256((seal + _json(body)).encode()).hexdigest()


def entries(
    changes: Iterable[Change],
    *,
    after: tuple[int, int, str],
    when: str,
    who: str,
    label: str,
    whose: Whose | None = None,
) -> list[Entry]:
    """The history rows of one step.

    Args:
        after: the newest entry's (id, langkah, sidik), (0, 0, "") for none.
        whose: those changes that were not made by `who`, since they came by a merge.
    """
    number, step, seal = after
    made: list[Entry] = []
    for change in changes:
        for column, old, new in _fields(change):
            number += 1
            by = whose.get((change.row.TABLE, change.row.id, column), who) if whose else who
            body = (number, step + 1, change.row.TABLE, change.row.id, column, old, new, when, by, label)
            seal = seal_after(seal, body)
            made.append((*body, seal))
    return made


def read_entries(
    connection: sqlite3.Connection,
    *,
    row: str | None = None,
    who: str | None = None,
    since: date | None = None,
    until: date | None = None,
    after_step: int | None = None,
    count: int = -1,
) -> list[Entry]:
    """Rows of the history, the newest first.

    Args:
        row: id of a row.
        since, until: days as the clock of the edit showed them, both included.
        after_step: only what came after this step.
        count: no more than so many; -1 for all.
    """
    wanted = [
        ("baris = ?", row),
        ("siapa = ?", who),
        ("waktu >= ?", since.isoformat() if since else None),
        ("waktu < ?", (until + timedelta(days=1)).isoformat() if until else None),
        # Read from the newest on, so that it ends at the first of an older step.
        ("id > ifnull((SELECT id FROM riwayat WHERE langkah <= ? ORDER BY id DESC LIMIT 1), 0)", after_step),
    ]
    used = [(sql, value) for sql, value in wanted if value is not None]
    where = " AND ".join(["1", *(sql for sql, _ in used)])
    select = f"SELECT {', '.join(RIWAYAT)} FROM riwayat WHERE {where} ORDER BY id DESC LIMIT ?"
    return connection.execute(select, [*(value for _, value in used), count]).fetchall()


@dataclass(frozen=True, slots=True)
class Step:
    """One user action of the history: its number, its label, time as ISO text, user, and what it changed."""

    number: int
    label: str
    when: str
    who: str
    changes: tuple[Change, ...]


def steps(
    newest_first: Iterable[Entry], find: Callable[[type[Row], str], Row | None], *, whole: bool = True
) -> Iterator[Step]:
    """The steps of a history, the newest first, each with its changes rebuilt; ends where that cannot be done.

    Args:
        newest_first: rows of the history from the newest on.
        find: the row as it is now, after the newest step; None without one.
        whole: the oldest step is all there; one that may be cut off is not given.
    """
    now: dict[tuple[type[Row], str], Row | None] = {}
    newer: Step | None = None
    for number, made in groupby(newest_first, key=lambda entry: entry[1]):
        if newer is not None:
            yield newer
        step, changes = list(made), []
        try:
            for (table, row_id), fields in groupby(step, key=lambda entry: (entry[2], entry[3])):
                key = (TABLES[table], row_id)
                after = now[key] if key in now else find(*key)
                before = after
                for entry in fields:
                    before = _before(key, before, entry)
                now[key] = before
                if before is not None or after is not None:
                    changes.append(Change(before, after))
        except (KeyError, TypeError, ValueError):
            return
        _, _, _, _, _, _, _, when, who, label, _ = step[0]
        newer = Step(number, label, when, who, tuple(reversed(changes)))
    if newer is not None and whole:
        yield newer


def _before(key: tuple[type[Row], str], after: Row | None, entry: Entry) -> Row | None:
    """The row before one field of it changed; ValueError where the row is not what the history says."""
    cls, column, old, new = key[0], entry[4], entry[5], entry[6]
    if column is None:
        if (after is None) != (new is None):
            raise ValueError("the row is not as the history says")
        if after is not None and new is not None and _values(cls, json.loads(new)) != after.to_columns():
            raise ValueError("the row is not as the history says")
        return None if old is None else cls.from_columns(_values(cls, json.loads(old)))
    if after is None or old is None or new is None:
        raise ValueError("a field of no row")
    at = columns(cls).index(column)
    values = list(after.to_columns())
    if values[at] != json.loads(new):
        raise ValueError("the row is not as the history says")
    values[at] = json.loads(old)
    return cls.from_columns(values)


def _values(cls: type[Row], values: dict[str, Any]) -> tuple[Any, ...]:
    """In the order of the columns; a column that was not there yet is empty."""
    if not values.keys() <= set(columns(cls)):
        raise ValueError("a column of a newer program")
    return tuple(values.get(name) for name in columns(cls))


def stacks(
    newest_first: Iterable[Entry],
    find: Callable[[type[Row], str], Row | None],
    *,
    whole: bool = True,
    deep: int = DEEP,
) -> tuple[list[Step], list[Step]]:
    """What Urungkan and Ulangi can do after a plan was closed and opened: two stacks, the next one last.

    The first step of a plan, which filled it, stays, as do what made the texts of a file from elsewhere fit, and the
    sending with which the history of a copy begins: it ties the copy to its plan. A step that took one back, or did it
    again, moves it from one stack to the other and is none of its own, as in the session in which it was done.
    Arguments as of `steps`.
    """
    found: list[Step] = []
    for step in steps(newest_first, find, whole=whole):
        if step.number <= 1 or step.label == CLEANED or len(found) == deep:
            break
        found.append(step)
    if found and whole and all(change.before is None and change.row.TABLE == _SENT for change in found[-1].changes):
        found.pop()
    done: list[Step] = []
    undone: list[Step] = []
    for step in reversed(found):
        if step.label.startswith(UNDO):
            label = step.label.removeprefix(UNDO)
            if done and not (done[-1].label == label and _same(inverse(step.changes), done[-1].changes)):
                done, undone = [], []
                continue
            back = done.pop() if done else Step(step.number, label, step.when, step.who, inverse(step.changes))
            undone.append(back)
        elif step.label.startswith(REDO) and undone and _same(step.changes, undone[-1].changes):
            done.append(undone.pop())
        elif settles(step.changes, done):
            undone.clear()
        else:
            label = step.label.removeprefix(REDO)
            done.append(Step(step.number, label, step.when, step.who, step.changes))
            undone.clear()
    return done, undone


def settles(changes: Sequence[Change], done: list[Any]) -> bool:
    """Whether a step opens a closed period again; its closing is then taken from `done`, as both are settled.

    Undone, a closing would be open without a reason. So Urungkan stops at it; the opening, which tells one, takes the
    closing out of the way, and Urungkan goes on with what was done before. `done`: what has `changes`, the newest last.
    """
    rows = [(change.row.id, change.before, change.after) for change in changes]
    opened = {
        row_id
        for row_id, before, after in rows
        if isinstance(before, TutupPeriode) and isinstance(after, TutupPeriode) and before.tutup and not after.tutup
    }
    if not rows or len(opened) < len(rows):
        return False
    for at in reversed(range(len(done))):
        step = done[at].changes
        if all(isinstance(change.row, TutupPeriode) for change in step) and {c.row.id for c in step} == opened:
            del done[at]
            break
    return True


def _same(some: Iterable[Change], others: Iterable[Change]) -> bool:
    return {change.row.id: change for change in some} == {change.row.id: change for change in others}

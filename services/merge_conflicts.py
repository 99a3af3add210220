"""Conflicts that a merge left: solved one by one or in bulk, in the officer's own time.

Choosing ours keeps what the plan holds now. Choosing theirs puts their value in, or deletes what they deleted.
"""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import TABLES, Konflik, Row, columns, references
from services import edits
from services.merge_base import State
from services.merge_fold import PARENT, UNIQUE, circle_of, missing, natural_key
from services.realisasi_tutup import assert_kept

Side = Literal["kita", "mereka", "keduanya", "dasar"]
"""Whose value counts; "keduanya": of a code that both sides added, both rows stay; "dasar": of a cell, what stood there
when the copies were sent."""

_BARE = "Nilai itu menunjuk baris yang sudah dihapus. Putuskan dahulu pertentangan tentang baris itu, lalu pilih lagi."
_CIRCLE = "Dengan pilihan itu sebuah cabang tergantung pada dirinya sendiri. Pindahkan dahulu cabang yang lain."
_TAKEN = "Tempat itu sudah diisi baris lain. Hapus atau ubah dahulu baris tersebut, lalu pilih lagi."


def open_conflicts(plan: Plan) -> tuple[Konflik, ...]:
    """The conflicts that wait in a plan: table by table, row by row; not those about a row that is gone by now."""
    order = {table: i for i, table in enumerate(TABLES)}
    waiting = (konflik for konflik in plan.all(Konflik) if not is_void(plan, konflik))
    return tuple(sorted(waiting, key=lambda k: (order.get(k.tabel, len(order)), k.baris, k.kolom or "", k.id)))


def is_void(plan: Plan, konflik: Konflik) -> bool:
    """Whether nothing is left to decide.

    Its row is gone on both sides, or one of two rows with the same code; the plan has come to hold their value in
    another way; or it names what no plan has, as a foreign file may.
    """
    cls = TABLES.get(konflik.tabel)
    if cls is None:
        return True
    readable, theirs = _values(konflik.tabel, konflik.jenis, konflik.kolom, konflik.dasar, konflik.kita, konflik.mereka)
    if not readable:
        return True
    if konflik.jenis == "ganda":
        ids = [str((values or {}).get("id")) for values in (values_of(konflik, "kita"), values_of(konflik, "mereka"))]
        return any(plan.find(cls, row_id) is None for row_id in ids)
    row = plan.find(cls, konflik.baris)
    if row is None:
        return konflik.kolom is not None or konflik.mereka is None
    names, now = columns(cls), row.to_columns()
    return bool(theirs) and all(now[names.index(name)] == value for name, value in theirs)


@lru_cache(maxsize=20_000)
def _values(tabel: str, jenis: str, kolom: str | None, *sides: str | None) -> tuple[bool, tuple[tuple[str, Any], ...]]:
    """(whether the values of the sides are such as a merge of ours writes them, (column, their value) of a cell).

    Kept, since it is asked of each conflict after each step, and there may be ten thousand of them.
    """
    try:
        read = [None if side is None else json.loads(side) for side in sides]
        if jenis == "ganda":
            return True, ()
        if kolom is None:
            return all(side is None or isinstance(side, dict) for side in read), ()
        names = kolom.split(",")
        cells = [None if side is None else tuple(zip(names, side, strict=True)) for side in read]
        return set(names) <= set(columns(TABLES[tabel])), (cells[-1] or ()) if jenis == "sel" else ()
    except (TypeError, ValueError):
        return False, ()


def values_of(konflik: Konflik, side: Literal["dasar", "kita", "mereka"]) -> dict[str, Any] | None:
    """Column -> value of one side, None for a row that this side does not have (or where no base is known)."""
    text = getattr(konflik, side)
    if text is None:
        return None
    value = json.loads(text)
    if konflik.jenis == "ganda":
        return {"id": value}
    return dict(value) if konflik.kolom is None else dict(zip(konflik.kolom.split(","), value, strict=True))


def dismiss(konflik: Konflik) -> tuple[Change, ...]:
    """Leave the plan as it is and strike the conflict out; of a code that is there twice, both stay."""
    return (Change(konflik, None),)


def solve(plan: Plan, konflik: Konflik, side: Side) -> tuple[Change, ...]:
    """What choosing a side changes, the conflict itself struck out.

    Raises:
        PlanError: the plan could not hold it (a row that it names is gone, a circle, a place that is taken).
    """
    cls = TABLES.get(konflik.tabel)
    if cls is None or side == "keduanya" or (side == "dasar" and konflik.jenis != "sel"):
        return dismiss(konflik)
    row = plan.find(cls, konflik.baris)
    values = values_of(konflik, side)
    if konflik.jenis == "ganda":
        other = values_of(konflik, "mereka" if side == "kita" else "kita") or {}
        lost = plan.find(cls, str(other.get("id")))
        return (*(edits.remove(plan, lost) if lost else ()), *dismiss(konflik))
    if konflik.kolom is None:
        return (*_whole(plan, row, values, cls), *dismiss(konflik))
    if row is None or side == "kita" or values is None:
        return dismiss(konflik)
    changed = as_chosen(row, values)
    _check(plan, changed)
    return (Change(row, changed), *dismiss(konflik))


def _whole(plan: Plan, row: Row | None, values: dict[str, Any] | None, cls: type[Row]) -> tuple[Change, ...]:
    if values is None:
        return edits.remove(plan, row) if row is not None else ()
    if row is not None:
        return ()
    made = cls.from_columns([values.get(name) for name in columns(cls)])
    _check(plan, made)
    return (Change(None, made),)


def as_chosen(row: Row, values: dict[str, Any]) -> Row:
    """The row with these values in their columns."""
    pairs = zip(columns(type(row)), row.to_columns(), strict=True)
    return type(row).from_columns([values.get(name, old) for name, old in pairs])


def _check(plan: Plan, row: Row) -> None:
    rows: State = {}
    for name, table in references(type(row)).items():
        other = plan.find(TABLES[table], getattr(row, name))
        if other is not None:
            rows[table, other.id] = other
    if next(missing(row, rows | {(row.TABLE, row.id): row}), None):
        raise PlanError(_BARE)
    if type(row) in PARENT and circle_of((row.TABLE, row.id), _above(plan, row)):
        raise PlanError(_CIRCLE)
    natural = natural_key(row)
    if natural is not None:
        field = UNIQUE[type(row)][0]
        same = plan.where(type(row), field, getattr(row, field))
        if any(natural_key(other) == natural for other in same if other.id != row.id):
            raise PlanError(_TAKEN)


def _above(plan: Plan, row: Row) -> State:
    """The row and all rows above it."""
    rows: State = {}
    at: Row | None = row
    while at is not None and (at.TABLE, at.id) not in rows:
        rows[at.TABLE, at.id] = at
        above = getattr(at, PARENT[type(at)])
        at = row if above == row.id else plan.find(type(row), above)
    return rows


def solve_all(
    plan: Plan, chosen: Iterable[tuple[Konflik, Side]], since: Plan | None = None
) -> tuple[tuple[Change, ...], tuple[Konflik, ...]]:
    """(the changes of many choices as one step, those conflicts that could not be solved so).

    The order does not matter: what waits for a row that another choice brings back is tried again. What has become void
    is struck out. What a closed period holds is not changed; `since` as of `assert_kept`, None for `plan` itself.
    """
    working = Plan(plan.rows())
    order = {table: i for i, table in enumerate(TABLES)}
    waiting = sorted(chosen, key=lambda pair: (pair[0].kolom is not None, order.get(pair[0].tabel, 0)))
    made: list[Change] = []
    while waiting:
        left: list[tuple[Konflik, Side]] = []
        for konflik, side in waiting:
            try:
                changes = solve(working, konflik, side)
                assert_kept(working, changes, since or plan)
            except PlanError:
                left.append((konflik, side))
                continue
            working.apply(changes)
            made += changes
        if len(left) == len(waiting):
            break
        waiting = left
    unsolved = tuple(konflik for konflik, _ in waiting)
    for konflik in working.all(Konflik):
        if konflik not in unsolved and is_void(working, konflik):
            made += dismiss(konflik)
    return joined(made), unsolved


def joined(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Several changes of a row as one, in an order that the file takes: out, altered, in."""
    first: dict[tuple[str, str], Row | None] = {}
    last: dict[tuple[str, str], Row | None] = {}
    for change in changes:
        key = (change.row.TABLE, change.row.id)
        first.setdefault(key, change.before)
        last[key] = change.after
    return difference({k: r for k, r in first.items() if r}, {k: r for k, r in last.items() if r})


def difference(before: State, after: State) -> tuple[Change, ...]:
    """What leads from one state to the other: rows taken out first, then altered ones, then new ones."""
    gone = [Change(row, None) for key, row in before.items() if key not in after]
    both = ((before[key], row) for key, row in after.items() if key in before)
    altered = [Change(old, new) for old, new in both if old is not new and old != new]
    return (*gone, *altered, *(Change(None, row) for key, row in after.items() if key not in before))

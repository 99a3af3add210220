"""Places in the list of a table: where the rows of a branch go, and the numbers that keep them there."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from models.changes import Change
from models.rows import Anggaran, Indikator, Kinerja, Row
from services.order import GAP, spaced
from services.terms import JENIS, TINGKAT

Node = Kinerja | Anggaran | Indikator
Parent = Kinerja | Anggaran | None


def level_of(row: Node) -> str:
    """tingkat, jenis or "indikator"."""
    return row.tingkat if isinstance(row, Kinerja) else row.jenis if isinstance(row, Anggaran) else "indikator"


def insert_branch(listed: list[Any], rows: Sequence[Any], parent: Parent, before: Row | None) -> None:
    """Put the rows of a branch (its roots and what is below, each before what is below it) into the list of their
    table: the roots before a row, behind their last sibling or where a first child belongs; each level below them
    behind the rows of that level whose parents stand earlier.
    """
    ids = {row.id for row in rows}
    roots = [row for row in rows if getattr(row, "induk_id", None) not in ids]
    at = {row.id: i for i, row in enumerate(listed)}
    if before is not None:
        place = at[before.id]
    else:
        place = _last_place(listed, at, roots[0], parent)
    listed[place:place] = roots
    done = {row.id for row in roots}
    rest = sorted((row for row in rows if row.id not in done), key=lambda row: _depth(level_of(row)))
    for _, run in groupby(rest, key=level_of):
        level = list(run)
        at = {row.id: i for i, row in enumerate(listed)}
        up = at[level[0].induk_id]
        earlier = [
            i
            for i, row in enumerate(listed)
            if level_of(row) == level_of(level[0]) and at.get(getattr(row, "induk_id", None) or "", len(at)) < up
        ]
        place = max(earlier[-1] if earlier else 0, max(at.get(row.induk_id, 0) for row in level)) + 1
        listed[place:place] = level


def numbered(listed: Sequence[Any], moved: set[str], before: Any = None) -> tuple[Change, ...]:
    """Changes that make `urutan` follow the list: of the `moved` rows only, of all where no number is free.

    `before`: row id -> the row as it is in the plan, or None for a new one; by default the moved rows are new.
    """
    before = before or {}
    numbers = _free_numbers(listed, moved)
    if numbers is None:
        numbers = dict(zip((row.id for row in listed), spaced(len(listed)), strict=True))
    others = [row for row in listed if row.id not in moved and row.id in numbers]
    changes = [Change(row, replace(row, urutan=numbers[row.id])) for row in others if row.urutan != numbers[row.id]]
    own = [row for row in listed if row.id in moved]
    return (*changes, *(Change(before.get(row.id), replace(row, urutan=numbers[row.id])) for row in own))


def _last_place(listed: Sequence[Any], at: dict[str, int], root: Any, parent: Parent) -> int:
    if isinstance(root, Indikator):
        owner = root.kinerja_id or root.anggaran_id
        own = [i for i, row in enumerate(listed) if owner in (row.kinerja_id, row.anggaran_id)]
        return own[-1] + 1 if own else len(listed)
    own = [i for i, row in enumerate(listed) if row.induk_id == root.induk_id]
    if own:
        return own[-1] + 1
    if parent is None:
        return len(listed)
    up = at.get(parent.id, -1)
    level = level_of(root)
    earlier = [i for i, row in enumerate(listed) if level_of(row) == level and at.get(row.induk_id or "", len(at)) < up]
    return max(earlier[-1] if earlier else -1, up) + 1


def _free_numbers(listed: Sequence[Any], moved: set[str]) -> dict[str, int] | None:
    """Numbers for the moved rows between those that stay, or None where there is no room."""
    numbers: dict[str, int] = {}
    last: int | None = None
    rows = list(listed)
    at = 0
    while at < len(rows):
        if rows[at].id not in moved:
            last = rows[at].urutan
            at += 1
            continue
        end = next((i for i in range(at, len(rows)) if rows[i].id not in moved), len(rows))
        count, following = end - at, rows[end].urutan if end < len(rows) else None
        if following is None:
            run = range((last or 0) + GAP, (last or 0) + GAP * (count + 1), GAP)
        elif last is None:
            run = range(following - GAP * count, following, GAP)
        else:
            step = (following - last) // (count + 1)
            if step < 1:
                return None
            run = range(last + step, last + step * count + 1, step)
        numbers.update(zip((row.id for row in rows[at:end]), run, strict=True))
        at = end
    return numbers


def _depth(level: str) -> int:
    return (*TINGKAT, *JENIS, "indikator").index(level)

"""The history of a plan file: one row per change of a field, chained by SHA-256 (file-safety.md, "History").

An added or removed row is one entry without a column, its values as JSON; values are JSON so that null, 0 and "" stay
three things.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from models.changes import Change
from models.rows import columns

Entry = tuple[int, int, str, str, str | None, str | None, str | None, str, str, str, str]
"""(id, langkah, tabel, baris, kolom, lama, baru, waktu, siapa, label, sidik), the columns of `riwayat`."""


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


def entries(changes: Iterable[Change], *, after: tuple[int, int, str], when: str, who: str, label: str) -> list[Entry]:
    """The history rows of one step. `after`: the newest entry's (id, langkah, sidik), (0, 0, "") for none."""
    number, step, seal = after
    made: list[Entry] = []
    for change in changes:
        for column, old, new in _fields(change):
            number += 1
            body = (number, step + 1, change.row.TABLE, change.row.id, column, old, new, when, who, label)
            seal = hashlib.sha256((seal + _json(body)).encode()).hexdigest()
            made.append((*body, seal))
    return made

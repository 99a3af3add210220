"""The history in front of the officer: who changed what and when, in words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from models.history import Entry
from models.plan import Plan
from models.rows import TABLES, Anggaran, Dokumen, Indikator, Kinerja, Konflik, Opd, PlanRow, Row, references
from services.naming import document_name, level_name, row_text
from services.row_words import EMPTY, KINDS, field_name, kind_name, row_name, row_of_json, value_text

__all__ = ["KINDS", "Gone", "Happened", "Names", "of_cell", "path_text", "row_now", "shown", "whole"]

R = TypeVar("R", bound=Row)

ADDED, REMOVED, REPLACED = "ditambahkan", "dihapus", "diganti"
_UNSAID = {"id", "sisa", "urutan", "dokumen_id", "asal_id"}
"""Columns that are left out where a whole row is written out."""
_BOOKS = {"gabung": {"berkas"}, "salinan": {"untuk"}, "konflik": {"siapa_kita", "siapa_mereka"}}
"""What is written out of a row that the program notes for itself: not the seals and ids by which it finds its way."""
_WORDS = {"jenis", "tingkat", "tahap"}
"""Columns that hold a name of ours, written with "_" for a space."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One change of one field, or one row that came or went.

    `where`: the line that it belongs to; `field`: "pagu", "kas Maret", or "ditambahkan" and "dihapus" for a whole row;
    `old`, `new`: as they are shown, "" for a whole row; `when` with the time zone of the PC that made the change.
    """

    number: int
    step: int
    when: datetime
    who: str
    label: str
    table: str
    row_id: str
    column: str | None
    where: str
    field: str
    old: str
    new: str
    entry: Entry


Gone = Mapping[tuple[str, str], str]
"""(table, id) of a row that was deleted -> what it was, as the history holds it."""


class Names(Plan):
    """A plan in which rows that were deleted are found as well, for their names; made for `find` and `all` only."""

    def __init__(self, plan: Plan, gone: Gone) -> None:
        self._plan, self._gone = plan, gone

    def find(self, cls: type[R], row_id: str | None) -> R | None:
        there = self._plan.find(cls, row_id)
        if there is not None or row_id is None:
            return there
        text = self._gone.get((cls.TABLE, row_id))
        row = row_of_json(cls.TABLE, text) if text is not None else None
        return row if isinstance(row, cls) else None

    def all(self, cls: type[R]) -> tuple[R, ...]:
        return self._plan.all(cls)


def shown(plan: Plan, found: Iterable[Entry], gone: Gone = MappingProxyType({})) -> list[Happened]:
    """Rows of the history in words. `gone`: what is told of rows that are there no more."""
    names = Names(plan, gone)
    return [_happened(plan, names, entry) for entry in found]


def _happened(plan: Plan, names: Plan, entry: Entry) -> Happened:
    number, step, table, row_id, column, old, new, when, who, label, _ = entry
    cls = TABLES.get(table)
    now = plan.find(cls, row_id) if cls is not None else None
    row = names.find(cls, row_id) if cls is not None and now is None else now
    if row is None and column is None:
        row = row_of_json(table, old or new or "{}")
    if row is None:
        where = f"{kind_name(table).capitalize()} yang sudah dihapus"
    else:
        says_so = now is not None or (column is None and new is None)
        where = row_name(names, row) if says_so else f"(dihapus) {row_name(names, row)}"
    if column is None:
        words = (ADDED if old is None else REMOVED if new is None else REPLACED, "", "")
    else:
        before, after = (value_text(names, table, column, _value(text)) for text in (old, new))
        words = (field_name(table, column, row), before, after)
    return Happened(number, step, datetime.fromisoformat(when), who, label, table, row_id, column, where, *words, entry)


def of_cell(entry: Entry, column: str) -> Entry:
    """A series that came or went, as what that meant for one of its months; any other entry as it is."""
    if entry[4] is not None:
        return entry
    old, new = (json.dumps((_value(text) or {}).get(column), ensure_ascii=False) for text in entry[5:7])
    return (*entry[:4], column, old, new, *entry[7:])


def whole(plan: Plan, happened: Happened) -> tuple[str, str]:
    """Old and new in full: texts uncut, a row that came or went with all that stood in it; "" for no row."""
    old, new = happened.entry[5], happened.entry[6]
    return _in_full(plan, happened, old), _in_full(plan, happened, new)


def row_now(plan: Plan, happened: Happened) -> Row | None:
    """The row as it is now; None where it is gone, or of a table that this program does not know."""
    cls = TABLES.get(happened.table)
    return plan.find(cls, happened.row_id) if cls is not None else None


def path_text(plan: Plan, happened: Happened) -> str:
    """What stands above the line, the nearest first; the document and agency where the file holds several."""
    row = row_now(plan, happened)
    if row is None:
        row = row_of_json(happened.table, happened.entry[5] or happened.entry[6] or "{}")
    if row is None or (happened.column is not None and row_now(plan, happened) is None):
        return ""
    names: list[str] = []
    at = _above(plan, row)
    if not isinstance(row, Kinerja | Anggaran | Indikator):
        at = _above(plan, at) if at is not None else None
    while at is not None and len(names) < 2:
        names.append(f"{level_name(at)} {row_text(at)}")
        at = _above(plan, at)
    documents = plan.all(Dokumen)
    dokumen = plan.find(Dokumen, row.dokumen_id) if isinstance(row, PlanRow) and len(documents) > 1 else None
    if dokumen is not None:
        opd = plan.find(Opd, dokumen.opd_id)
        names.append(" ".join(part for part in (document_name(dokumen), opd.nama if opd else "") if part))
    return " ‹ ".join(names)


def _above(plan: Plan, row: Row) -> Row | None:
    for cls, field in ((Indikator, "indikator_id"), (Kinerja, "kinerja_id"), (Anggaran, "anggaran_id")):
        owner: Row | None = plan.find(cls, getattr(row, field, None))
        if owner is not None:
            return owner
    return plan.find(type(row), row.induk_id) if isinstance(row, Kinerja | Anggaran) else None


def _in_full(plan: Plan, happened: Happened, text: str | None) -> str:
    if text is None:
        return ""
    value, table = json.loads(text), happened.table
    if happened.column is not None:
        return _full_text(plan, table, happened.column, value)
    row = row_of_json(table, text)
    said = [
        f"{field_name(table, name, row)}: {_full_text(plan, table, name, each)}"
        for name, each in value.items()
        if name not in _UNSAID and each not in (None, "") and name in _BOOKS.get(table, {name})
    ]
    if isinstance(row, Konflik):
        said = [*_sides(plan, row), *said]
    return "\n".join(said) or EMPTY


def _sides(plan: Plan, conflict: Konflik) -> list[str]:
    """The values of a disputed cell, as they are shown; of a whole row its name says enough."""
    if conflict.jenis != "sel":
        return []
    said = []
    for word, text in (("dasar", conflict.dasar), ("kita", conflict.kita), ("mereka", conflict.mereka)):
        pairs = zip((conflict.kolom or "").split(","), json.loads(text), strict=True) if text else ()
        values = [_full_text(plan, conflict.tabel, name, value) for name, value in pairs]
        said += [f"{word}: {', '.join(values)}"] if values else []
    return said


def _full_text(plan: Plan, table: str, column: str, value: Any) -> str:
    cls = TABLES.get(table)
    if column in _WORDS and isinstance(value, str):
        return value.replace("_", " ")
    plain = isinstance(value, str) and value and column != "tanggal"
    if plain and not (cls is not None and column in references(cls)):
        return str(value)
    return value_text(plan, table, column, value)


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)

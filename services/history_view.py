"""The history in front of the officer: who changed what and when, of a plan, a row or a cell; an old value put back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from models.changes import Change
from models.errors import PlanError
from models.history import Entry
from models.plan import Plan
from models.plan_file import PlanFile
from models.rows import TABLES, Anggaran, DeretAnggaran, DeretIndikator, Indikator, Row, columns, owners, references
from services.row_words import KINDS, field_name, kind_name, row_name, row_of_json, value_text

__all__ = ["KINDS", "Happened", "cell", "entries", "of_line", "people", "restoring", "shown"]

ADDED, REMOVED, REPLACED = "ditambahkan", "dihapus", "diganti"


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


def entries(
    file: PlanFile,
    plan: Plan,
    *,
    row: str | None = None,
    who: str | None = None,
    since: date | None = None,
    until: date | None = None,
    columns: Iterable[str] | None = None,
) -> list[Happened]:
    """What happened, the newest first.

    Args:
        plan: the rows as they are now, for their names.
        row: id of a row; see `of_line` for a line with its series.
        since, until: days, both included.
        columns: only these fields; None for all, and for rows that came and went.
    """
    found = file.history(row=row, who=who, since=since, until=until)
    wanted = None if columns is None else set(columns)
    return shown(plan, (entry for entry in found if wanted is None or entry[4] in wanted))


def of_line(file: PlanFile, plan: Plan, line: Row) -> list[Happened]:
    """Everything that happened to a line: its own fields and its series, the newest first."""
    found = [entry for row_id in (line.id, *(s.id for s in _series(plan, line))) for entry in file.history(row=row_id)]
    return shown(plan, sorted(found, key=lambda entry: entry[0], reverse=True))


def cell(file: PlanFile, plan: Plan, line: Row, column: str, jenis: str | None = None) -> list[Happened]:
    """The history of one cell, the newest first.

    Args:
        line: the row of the grid.
        column: a field of the line, or a month as "b03".
        jenis: of the series for a month: kas or target, unless told.
    """
    if not (column[:1] == "b" and column[1:].isdigit()):
        return entries(file, plan, row=line.id, columns=[column])
    kinds = (jenis,) if jenis else ("kas", "target")
    found = []
    for series in _series(plan, line):
        if series.jenis in kinds:
            for entry in file.history(row=series.id):
                if entry[4] == column or (entry[4] is None and _of_json(entry, column) is not None):
                    found.append(entry)
    return [_of_cell(plan, happened, column) for happened in shown(plan, found)]


def people(file: PlanFile) -> list[str]:
    """Who is in the history, for a filter."""
    return sorted({entry[8] for entry in file.history()} - {""})


def restoring(plan: Plan, happened: Happened) -> tuple[Change, ...]:
    """What puts the value back that stood there before this change; () where it stands there now.

    Raises:
        PlanError: the row is gone, the one that it names is gone, or it was this change that added the row.
    """
    _, _, table, row_id, column, old, _, *_ = happened.entry
    cls = TABLES.get(table)
    now = plan.find(cls, row_id) if cls is not None else None
    if cls is None or old is None:
        raise PlanError(
            "Baris ini ditambahkan di sini; sebelumnya tidak ada nilainya. Hapus barisnya bila tidak perlu."
        )
    if column is None:
        row = row_of_json(table, old)
        if now is not None or row is None:
            raise PlanError("Baris ini sudah ada lagi di rencana.")
        for field, named in references(cls).items():
            if getattr(row, field) is not None and plan.find(TABLES[named], getattr(row, field)) is None:
                if field in owners(cls):
                    raise PlanError(
                        f"{kind_name(named).capitalize()} tempat baris ini sudah dihapus. Kembalikan itu dahulu."
                    )
                row = _without(row, field)
        return (Change(None, row),)
    if now is None:
        raise PlanError("Baris ini sudah dihapus. Kembalikan dahulu barisnya dari riwayat.")
    if column not in columns(cls):
        raise PlanError("Isian ini tidak dikenal program ini. Perbarui program ini.")
    value = json.loads(old)
    chosen = references(cls).get(column)
    if chosen and value is not None and plan.find(TABLES[chosen], value) is None:
        raise PlanError(f"{kind_name(chosen).capitalize()} yang dahulu dipilih sudah dihapus. Kembalikan itu dahulu.")
    values = list(now.to_columns())
    values[columns(cls).index(column)] = value
    then = cls.from_columns(values)
    return (Change(now, then),) if then != now else ()


def _without(row: Row, field: str) -> Row:
    values = [
        None if name == field else value for name, value in zip(columns(type(row)), row.to_columns(), strict=True)
    ]
    return type(row).from_columns(values)


def shown(plan: Plan, found: Iterable[Entry]) -> list[Happened]:
    """Rows of the history in words."""
    return [_happened(plan, entry) for entry in found]


def _happened(plan: Plan, entry: Entry) -> Happened:
    number, step, table, row_id, column, old, new, when, who, label, _ = entry
    cls = TABLES.get(table)
    row = plan.find(cls, row_id) if cls is not None else None
    if row is None and column is None:
        row = row_of_json(table, old or new or "{}")
    where = row_name(plan, row) if row is not None else f"{kind_name(table).capitalize()} yang sudah dihapus"
    if column is None:
        words = (ADDED if old is None else REMOVED if new is None else REPLACED, "", "")
    else:
        before, after = (value_text(plan, table, column, _value(text)) for text in (old, new))
        words = (field_name(table, column, row), before, after)
    return Happened(number, step, datetime.fromisoformat(when), who, label, table, row_id, column, where, *words, entry)


def _of_cell(plan: Plan, happened: Happened, column: str) -> Happened:
    """A series that came or went, as what that meant for one of its months."""
    if happened.column is not None:
        return happened
    value = value_text(plan, happened.table, column, _of_json(happened.entry, column))
    empty = value_text(plan, happened.table, column, None)
    came = happened.field == ADDED
    return replace(happened, old=empty if came else value, new=value if came else empty)


def _of_json(entry: Entry, column: str) -> Any:
    return (_value(entry[5] or entry[6]) or {}).get(column)


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _series(plan: Plan, line: Row) -> Iterator[DeretAnggaran | DeretIndikator]:
    if isinstance(line, Anggaran):
        yield from plan.where(DeretAnggaran, "anggaran_id", line.id)
    elif isinstance(line, Indikator):
        yield from plan.where(DeretIndikator, "indikator_id", line.id)

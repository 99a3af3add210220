"""An old value of the history put back, and a row that was deleted brought back: changes for one `Document.edit`."""

import json
from collections.abc import Iterator

from models.changes import Change
from models.errors import PlanError
from models.history import Entry
from models.history_reading import HistoryReader, held_once
from models.plan import Plan
from models.rows import TABLES, Anggaran, Jabatan, Kinerja, Row, columns, owners, references
from services.history_view import Happened
from services.merge_fold import OWN_BOOKS
from services.row_words import kind_name, row_name, row_of_json

_ABOVE = {Jabatan: "atasan_id", Kinerja: "induk_id", Anggaran: "induk_id"}


class RowGoneError(PlanError):
    """The row whose value is to be put back was deleted; `bringing_back` may help."""


def restoring(plan: Plan, happened: Happened) -> tuple[Change, ...]:
    """What puts the value back that stood there before this change; () where it stands there now.

    Raises:
        RowGoneError: the row was deleted since.
        PlanError: what it names is gone, something else took its place, or it was this change that added the row.
    """
    _, _, table, row_id, column, old, _, *_ = happened.entry
    cls = TABLES.get(table)
    now = plan.find(cls, row_id) if cls is not None else None
    if cls is None or cls in OWN_BOOKS:
        raise PlanError("Ini catatan program sendiri, bukan isian; tidak dapat dikembalikan.")
    if old is None:
        raise PlanError(
            "Baris ini ditambahkan di sini; sebelumnya tidak ada nilainya. Hapus barisnya bila tidak perlu."
        )
    if column is None:
        row = row_of_json(table, old)
        if now is not None or row is None:
            raise PlanError("Baris ini sudah ada lagi di rencana.")
        row = _as_it_fits(plan, row)
        return (Change(None, row),)
    if now is None:
        raise RowGoneError("Baris ini sudah dihapus.")
    if column not in columns(cls):
        raise PlanError("Isian ini tidak dikenal program ini. Perbarui program ini.")
    value = json.loads(old)
    chosen = references(cls).get(column)
    if chosen and value is not None and plan.find(TABLES[chosen], value) is None:
        raise PlanError(f"{kind_name(chosen).capitalize()} yang dahulu dipilih sudah dihapus. Kembalikan itu dahulu.")
    values = list(now.to_columns())
    values[columns(cls).index(column)] = value
    then = cls.from_columns(values)
    if then == now:
        return ()
    _assure_alone(plan, then)
    if column == _ABOVE.get(cls) and _circles(plan, then, value):
        raise PlanError("Baris itu sekarang tergantung di bawah baris ini. Pindahkan dahulu baris itu.")
    return (Change(now, then),)


def bringing_back(reader: HistoryReader, plan: Plan, happened: Happened) -> tuple[Change, ...]:
    """What brings a deleted row back: with what it hung on, and with all that was deleted below those in the same step.

    Where `happened` is of a field, the row comes back with the value from before that change.

    Raises:
        PlanError: the history does not hold it, or something else took its place.
    """
    table, row_id = happened.table, happened.row_id
    back: dict[tuple[str, str], Row] = {}
    _gather(reader, plan, table, row_id, back)
    gone = reader.removed(table, row_id)
    if gone is not None:
        for row in _with_it(reader.step(gone[1], gone[0]), plan, back):
            back.setdefault((row.TABLE, row.id), row)
    if happened.column is not None:
        at = (table, row_id)
        back[at] = _with_value(back[at], happened.column, happened.entry[5])
    order = list(TABLES)
    rows = sorted(back.values(), key=lambda row: order.index(row.TABLE))
    for row in rows:
        _assure_alone(plan, row)
    return tuple(Change(None, _without_lost(plan, row, back)) for row in rows)


def gone_words(reader: HistoryReader, plan: Plan, happened: Happened) -> str:
    """Which row was deleted, when, by whom and by which step; "" where the history does not say."""
    gone = reader.removed(happened.table, happened.row_id)
    row = row_of_json(happened.table, gone[5] or "{}") if gone is not None else None
    if gone is None or row is None:
        return ""
    day, hour = gone[7][:10].split("-"), gone[7][11:16].replace(":", ".")
    who = f" oleh {gone[8]}" if gone[8] else ""
    return f"{row_name(plan, row)} dihapus pada {'-'.join(reversed(day))} pukul {hour}{who} ({gone[9]})."


def _with_value(row: Row, column: str, text: str | None) -> Row:
    values = dict(zip(columns(type(row)), row.to_columns(), strict=True))
    if column not in values or text is None:
        return row
    return type(row).from_columns(list((values | {column: json.loads(text)}).values()))


def _gather(reader: HistoryReader, plan: Plan, table: str, row_id: str, back: dict[tuple[str, str], Row]) -> None:
    """The row as it was when it was deleted, and what it hangs on, as far as that is gone too."""
    gone = reader.removed(table, row_id)
    row = row_of_json(table, gone[5] or "{}") if gone is not None else None
    if row is None or type(row) in OWN_BOOKS:
        raise PlanError("Baris ini tidak dapat dikembalikan: riwayat berkas ini tidak memuat isinya.")
    back[table, row_id] = row
    above = _ABOVE.get(type(row))
    for field in (*owners(type(row)), *([above] if above and above != "atasan_id" else [])):
        named, value = references(type(row))[field], getattr(row, field)
        if value is None or (named, value) in back or plan.find(TABLES[named], value) is not None:
            continue
        _gather(reader, plan, named, value, back)


def _with_it(step: list[Entry], plan: Plan, back: dict[tuple[str, str], Row]) -> Iterator[Row]:
    """What was deleted in the same step and hangs on what comes back."""
    removed = [row for entry in step if entry[4] is None and entry[6] is None if (row := _removed(entry)) is not None]
    there = {row_id for _, row_id in back}
    # Few levels: each round finds what hangs on what the last one found.
    while True:
        found = [row for row in removed if row.id not in there and _hangs_on(row, there)]
        if not found:
            return
        for row in found:
            there.add(row.id)
            if plan.find(type(row), row.id) is None:
                yield row


def _removed(entry: Entry) -> Row | None:
    row = row_of_json(entry[2], entry[5] or "{}")
    return None if row is None or type(row) in OWN_BOOKS else row


def _hangs_on(row: Row, there: set[str]) -> bool:
    fields = [field for field in owners(type(row)) if field != "dokumen_id"]
    above = _ABOVE.get(type(row))
    return any(getattr(row, field) in there for field in (*fields, *([above] if above else [])))


def _as_it_fits(plan: Plan, row: Row) -> Row:
    """A deleted row as it can stand in the plan of today."""
    for field, named in references(type(row)).items():
        lost = getattr(row, field) is not None and plan.find(TABLES[named], getattr(row, field)) is None
        if lost and (field in owners(type(row)) or field == "induk_id"):
            raise RowGoneError(f"{kind_name(named).capitalize()} tempat baris ini juga sudah dihapus.")
    _assure_alone(plan, row)
    return _without_lost(plan, row, {})


def _without_lost(plan: Plan, row: Row, back: dict[tuple[str, str], Row]) -> Row:
    """Without a choice, such as a person in charge, that is there no more."""
    values = dict(zip(columns(type(row)), row.to_columns(), strict=True))
    for field, named in references(type(row)).items():
        value = values[field]
        there = value is None or (named, value) in back or plan.find(TABLES[named], value) is not None
        if not there and field not in owners(type(row)):
            values[field] = None
    return type(row).from_columns(list(values.values()))


def _assure_alone(plan: Plan, row: Row) -> None:
    """Nothing else stands where the row belongs, and only one can."""
    for fields in held_once(row.TABLE):
        values = [getattr(row, field) for field in fields]
        if None in values:
            continue
        for other in plan.where(type(row), fields[0], values[0]):
            if other.id != row.id and [getattr(other, field) for field in fields] == values:
                raise PlanError(f"{kind_name(row.TABLE).capitalize()} yang lain sudah menempati tempat itu.")


def _circles(plan: Plan, row: Row, above: str | None) -> bool:
    """Whether a row would hang under itself."""
    field = _ABOVE[type(row)]
    while above is not None:
        if above == row.id:
            return True
        higher = plan.find(type(row), above)
        above = getattr(higher, field) if higher is not None else None
    return False

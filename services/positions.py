"""Positions of a document: what names one, and two spellings made one. Gives changes only."""

from dataclasses import replace
from typing import Any

from models.changes import Change
from models.plan import Plan
from models.rows import ROWS, Aksi, Anggaran, Dokumen, Jabatan, Kinerja, Pejabat, Row, references
from services.pejabat import head_position, keep_signer

_NAMED = (
    (Kinerja, "sasaran"),
    (Anggaran, "baris anggaran"),
    (Aksi, "aksi"),
    (Jabatan, "bawahan"),
)


def users(plan: Plan, jabatan: Jabatan) -> list[tuple[Row, str]]:
    """Each row that names the position, with the field in which it does."""
    return [
        (row, field)
        for cls in ROWS
        for field, table in references(cls).items()
        if table == Jabatan.TABLE
        for row in plan.where(cls, field, jabatan.id)
    ]


def use_words(plan: Plan, jabatan: Jabatan) -> str:
    """ "3 sasaran dan 12 baris anggaran"; "" where nothing but its official names the position."""
    rows = [row for row, _ in users(plan, jabatan)]
    counts = [(sum(isinstance(row, cls) for row in rows), word) for cls, word in _NAMED]
    said = [f"{count} {word}" for count, word in counts if count]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} dan {said[-1]}" if said else ""


def merge(plan: Plan, gone: Jabatan, stays: Jabatan) -> tuple[Change, ...]:
    """All that names `gone` names `stays`, and `gone` goes. What `stays` leaves open is taken from `gone`.

    The official of `stays` remains; that of `gone` takes the place only where there is none.
    """
    after: dict[str, tuple[Any, Any]] = {}

    def put(row: Any, **values: Any) -> None:
        first, now = after.get(row.id, (row, row))
        after[row.id] = first, replace(now, **values)

    dokumen = plan.find(Dokumen, stays.dokumen_id)
    signs = head_position(plan, dokumen) if dokumen is not None else None
    has_official = bool(plan.where(Pejabat, "jabatan_id", stays.id)) or (signs is not None and signs.id == stays.id)
    removed: list[Change] = []
    for row, field in users(plan, gone):
        if isinstance(row, Pejabat) and has_official:
            removed.append(Change(row, None))
        elif row.id == stays.id:
            put(stays, atasan_id=gone.atasan_id if _may_be_over(plan, gone.atasan_id, stays, gone) else None)
        elif row.id != gone.id:
            put(row, **{field: stays.id})
    _, now = after.get(stays.id, (stays, stays))
    values: dict[str, Any] = {f: getattr(gone, f) for f in ("eselon", "unit") if not getattr(now, f)}
    if now.atasan_id is None and stays.atasan_id is None and _may_be_over(plan, gone.atasan_id, stays, gone):
        values["atasan_id"] = gone.atasan_id
    if values:
        put(stays, **values)
    changed = (Change(old, new) for old, new in after.values() if old != new)
    changes = (*changed, *removed, Change(gone, None))
    return tuple(keep_signer(plan, dokumen, changes)) if dokumen is not None else changes


def may_be_over(plan: Plan, above_id: str | None, jabatan: Jabatan) -> bool:
    """Whether a position may be the superior of another: nobody stands over himself, however far above."""
    return _may_be_over(plan, above_id, jabatan, jabatan)


def _may_be_over(plan: Plan, above_id: str | None, jabatan: Jabatan, also: Jabatan) -> bool:
    seen = {jabatan.id, also.id}
    at = above_id
    while at is not None:
        if at in seen:
            return False
        seen.add(at)
        above = plan.find(Jabatan, at)
        at = above.atasan_id if above else None
    return True

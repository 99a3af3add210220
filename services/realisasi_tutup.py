"""Closed periods: what is reported stays as it was reported, until it is opened again for a reason.

A closing covers the months since the closing before it: of TW I and TW II, each closed, the second covers April to
June; where only TW II was ever closed, it covers January to June. Opened again, it leaves the others as they are.

Whatever way a figure would be changed (typed, pasted, filled, read from a sheet, brought back from the history, undone)
`Document` asks `assert_kept`. Only the changes of a merge do not pass here: what others would report for a closed
period is disputed there, line by line (services/merge_closed.py).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    BULAN,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Row,
    TahunAnggaran,
    TahunIndikator,
    TutupPeriode,
    new_id,
)
from services.tanggal import MONTHS, format_tanggal

_SERIES = (DeretIndikator, DeretAnggaran)
_LONGEST = 4000
"""Characters of a reason (file-safety.md, bad input)."""


def closings(plan: Plan, dokumen_id: str) -> tuple[TutupPeriode, ...]:
    """All that was closed or opened again, January first."""
    return tuple(sorted(plan.where(TutupPeriode, "dokumen_id", dokumen_id), key=lambda row: row.bulan))


def closed_periods(plan: Plan, dokumen_id: str) -> tuple[tuple[int, int], ...]:
    """The first and the last month, 1 to 12, of each closed period, January first."""
    rows = plan.where(TutupPeriode, "dokumen_id", dokumen_id)
    return periods_of(rows) if rows else ()


def closed_months(plan: Plan, dokumen_id: str) -> frozenset[int]:
    """The months, 1 to 12, whose realisation is closed."""
    return _closed_of(plan.where(TutupPeriode, "dokumen_id", dokumen_id))


def periods_of(rows: Iterable[TutupPeriode]) -> tuple[tuple[int, int], ...]:
    """The same of the closings of one document."""
    rows = sorted(rows, key=lambda row: row.bulan)
    starts = (1, *(row.bulan + 1 for row in rows))
    return tuple((first, row.bulan) for first, row in zip(starts, rows, strict=False) if row.tutup)


def _closed_of(rows: Iterable[TutupPeriode]) -> frozenset[int]:
    return frozenset(month for first, last in periods_of(rows) for month in range(first, last + 1))


def close_period(plan: Plan, dokumen_id: str, bulan: int, siapa: str = "") -> tuple[Change, ...]:
    """Close the period that ends with a month, 1 to 12.

    Raises:
        PlanError: it is closed already.
    """
    there = _row(plan, dokumen_id, bulan)
    if there is not None and there.tutup:
        raise PlanError(f"Periode sampai {MONTHS[bulan - 1]} sudah ditutup.")
    return _noted(there, dokumen_id, bulan, 1, None, siapa)


def reopen_period(plan: Plan, dokumen_id: str, bulan: int, alasan: str, siapa: str = "") -> tuple[Change, ...]:
    """Open a closed period again; the reason stays with it.

    Raises:
        PlanError: it is not closed, or no reason is given.
    """
    there = _row(plan, dokumen_id, bulan)
    if there is None or not there.tutup:
        raise PlanError(f"Periode sampai {MONTHS[bulan - 1]} tidak ditutup.")
    reason = "".join(c if c.isprintable() else " " for c in alasan).strip()[:_LONGEST]
    if not reason:
        raise PlanError("Tulis alasan periode ini dibuka kembali.")
    return _noted(there, dokumen_id, bulan, 0, reason, siapa)


def closing_words(row: TutupPeriode) -> str:
    """ "ditutup 2 April 2025 pukul 09.12 oleh sri"; of one that was opened again, its reason, too."""
    said = "ditutup" if row.tutup else "dibuka lagi"
    if row.waktu:
        said += f" {format_tanggal(row.waktu[:10])} pukul {row.waktu[11:16].replace(':', '.')}"
    if row.siapa:
        said += f" oleh {row.siapa}"
    return said if row.tutup or not row.alasan else f"{said}, alasan: {row.alasan}"


def assert_open(plan: Plan, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, where none of them alters what a closed period holds; every edit of realisation goes through here.

    A change that moves the value of another month, as a single month of running totals does, is judged by that too.

    Raises:
        PlanError: a closed period would say something else.
    """
    changes = tuple(changes)
    closed: dict[str, frozenset[int]] = {}
    for change in changes:
        dokumen_id = getattr(change.row, "dokumen_id", "")
        if dokumen_id not in closed:
            closed[dokumen_id] = closed_months(plan, dokumen_id)
        hit = closed[dokumen_id] and sorted(closed[dokumen_id].intersection(_months_of(plan, change)))
        if hit:
            raise PlanError(_refusal(hit[0]))
    return changes


def assert_kept(plan: Plan, changes: Iterable[Change], since: Plan | None = None) -> None:
    """Nothing of a period that is closed before and after a step would say something else by it.

    A step that closes or opens the period itself is none of these: undoing what a merge brought together with its
    closing leads back to what was there. Rows that go with their document take its closings along.

    Args:
        since: the plan before the step that the changes are a part of; what was not closed there is not kept.
    Raises:
        PlanError: a figure or a note of a closed period would change.
    """
    if not plan.all(TutupPeriode):
        return
    changes = tuple(changes)
    turned = {change.row.id: change.after for change in changes if isinstance(change.row, TutupPeriode)}
    closed: dict[str, frozenset[int]] = {}
    for change in changes:
        dokumen_id = getattr(change.row, "dokumen_id", "")
        if dokumen_id not in closed:
            rows = plan.where(TutupPeriode, "dokumen_id", dokumen_id)
            later = [turned.get(row.id, row) for row in rows]
            after = _closed_of([row for row in later if isinstance(row, TutupPeriode)])
            before = _closed_of(rows) if since is None else closed_months(since, dokumen_id)
            closed[dokumen_id] = before & after
        hit = closed[dokumen_id] and sorted(closed[dokumen_id].intersection(_months_of(plan, change)))
        if hit:
            raise PlanError(_refusal(hit[0]))


def assert_reasoned(changes: Iterable[Change], *, undone: bool = False) -> None:
    """A step that does nothing but open a closed period again tells why.

    Undone, a closing would be opened without a reason and without a name, weeks later as well as at once: the undo
    stack outlives the session. So it is refused, and the way that asks for the reason is named. A step that brought a
    closing together with other things, as a merge does, is undone whole.

    Args:
        undone: the step takes another one back, so that no reason in it was given for it.
    Raises:
        PlanError: a period would be opened without a reason.
    """
    changes = tuple(changes)
    if not all(isinstance(change.row, TutupPeriode) for change in changes):
        return
    for change in changes:
        before, after = change.before, change.after
        if not isinstance(before, TutupPeriode) or not before.tutup:
            continue
        opened = not isinstance(after, TutupPeriode) or not after.tutup
        reason = isinstance(after, TutupPeriode) and bool(after.alasan) and not undone
        if opened and not reason:
            raise PlanError(
                f"Penutupan periode sampai {MONTHS[before.bulan - 1]} tidak diurungkan begitu saja, karena membuka "
                "periode perlu alasan. Pakai Buka lagi periode... (menu Susun, Realisasi dan capaian)."
            )


def _refusal(month: int) -> str:
    return (
        f"Realisasi {MONTHS[month - 1]} sudah ditutup, jadi tidak dapat diubah. Buka kembali periodenya dengan alasan "
        "(menu Susun, Realisasi dan capaian), lalu ulangi."
    )


def _months_of(plan: Plan, change: Change) -> Iterator[int]:
    return reported_months(change, plan.find(Dokumen, getattr(change.row, "dokumen_id", "")))


def reported_months(change: Change, dokumen: Dokumen | None) -> Iterator[int]:
    """The months, 1 to 12, whose report a change alters; what is stated for the document's year is December's."""
    row = change.row
    if isinstance(row, DeretRasio) or (isinstance(row, _SERIES) and row.jenis == "realisasi"):
        before, after = _values(change.before), _values(change.after)
        yield from (month for month in range(1, BULAN + 1) if before[month - 1] != after[month - 1])
        if getattr(change.before, "kumulatif", None) != getattr(change.after, "kumulatif", None):
            said = (before, after)
            yield from (m for m in range(1, BULAN + 1) if any(each[m - 1] is not None for each in said))
    elif isinstance(row, CatatanPeriode):
        yield row.bulan
    elif isinstance(row, TahunIndikator | TahunAnggaran):
        if row.jenis == "realisasi" and dokumen is not None and row.tahun == str(dokumen.tahun):
            yield BULAN
    elif getattr(change.before, "realisasi", None) != getattr(change.after, "realisasi", None):
        yield BULAN


def _values(row: Row | None) -> tuple[object, ...]:
    return (None,) * BULAN if row is None else tuple(getattr(row, "nilai", ()))


def _row(plan: Plan, dokumen_id: str, bulan: int) -> TutupPeriode | None:
    return next((row for row in plan.where(TutupPeriode, "dokumen_id", dokumen_id) if row.bulan == bulan), None)


def _noted(
    there: TutupPeriode | None, dokumen_id: str, bulan: int, tutup: int, alasan: str | None, siapa: str
) -> tuple[Change, ...]:
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    fresh = there or TutupPeriode(id=new_id(), dokumen_id=dokumen_id, bulan=bulan, tutup=tutup)
    return (Change(there, replace(fresh, tutup=tutup, alasan=alasan, siapa=siapa or None, waktu=when)),)

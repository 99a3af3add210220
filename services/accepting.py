"""Accepting findings with a reason: the finding stays, and is no longer counted as long as its values are the same."""

from collections.abc import Iterable
from dataclasses import replace

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Terima, new_id
from services.checks import Finding, acceptance_key

REASON_NEEDED = "Tulis alasan mengapa temuan ini diterima."


def accept(
    plan: Plan, dokumen_id: str, findings: Iterable[Finding], alasan: str, siapa: str, waktu: str
) -> list[Change]:
    """Accept findings for one reason; one that is accepted already gets the new reason.

    Args:
        siapa: who accepts; "" where that is not known. waktu: when, ISO with its time zone.

    Raises:
        PlanError: there is no reason.
    """
    reason = " ".join(alasan.split())
    if not reason:
        raise PlanError(REASON_NEEDED)
    last = max((row.urutan for row in plan.where(Terima, "dokumen_id", dokumen_id)), default=0)
    changes: dict[tuple[str, ...], Change] = {}
    for finding in findings:
        key = acceptance_key(finding)
        if key in changes:
            continue
        kode, tabel, baris, periode, nilai = key
        old = next((row for row in plan.where(Terima, "baris", baris) if _key(row) == key), None)
        if old is None:
            last += 1
        row = old or Terima(
            id=new_id(), dokumen_id=dokumen_id, urutan=last, kode=kode, tabel=tabel, baris=baris, alasan=reason
        )
        judged = replace(
            row, periode=periode or None, nilai=nilai or None, alasan=reason, siapa=siapa or None, waktu=waktu
        )
        changes[key] = Change(old, judged)
    return list(changes.values())


def withdraw(plan: Plan, findings: Iterable[Finding]) -> list[Change]:
    """Take the acceptance of these findings away; those that were never accepted change nothing."""
    keys = {acceptance_key(finding) for finding in findings}
    rows = {row.id: row for key in keys for row in plan.where(Terima, "baris", key[2]) if _key(row) in keys}
    return [Change(row, None) for row in sorted(rows.values(), key=lambda row: row.urutan)]


def _key(row: Terima) -> tuple[str, str, str, str, str]:
    """As `acceptance_key` gives it."""
    return row.kode, row.tabel, row.baris, row.periode or "", row.nilai or ""

"""Findings for the command line: as text, and as the list that `periksa --json` prints."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from models.plan import Plan
from models.rows import Row
from services.checks.engine import Checks
from services.checks.finding import Finding, Group, grouped
from services.interchange.writing import public_id
from services.naming import place_name
from services.terms import LEVELS

Reasons = Mapping[int, str]
"""id() of an accepted finding to the reason."""


def reasons_of(checks: Checks, findings: Sequence[Finding]) -> Reasons:
    """The reasons of those that an officer has accepted."""
    return {id(f): terima.alasan for f in findings if (terima := checks.accepted(f)) is not None}


def is_at_fault(findings: Sequence[Finding], reasons: Reasons) -> bool:
    """Whether there is a galat that nobody has accepted."""
    return any(finding.tingkat == "galat" and id(finding) not in reasons for finding in findings)


def as_json(plan: Plan, findings: Sequence[Finding], reasons: Reasons | None = None) -> list[dict[str, Any]]:
    """One entry per row and period; `simpul` is the interchange id where there is one.

    `diterima`, the reason, stands in the entries of accepted findings alone.
    """
    told = reasons or {}
    return [
        {
            "kode": finding.kode,
            "tingkat": finding.tingkat,
            "simpul": _node(plan.get(finding.tabel, finding.row_id)),
            "periode": finding.periode,
            "nilai": finding.nilai,
            "harusnya": finding.harusnya,
            "pesan": finding.pesan,
        }
        | ({"diterima": told[id(finding)]} if id(finding) in told else {})
        for finding in findings
    ]


def _node(row: Row) -> str | None:
    """The id in the interchange file; None for what has none there, such as the document itself."""
    return public_id(row) if hasattr(row, "asal_id") else None


def as_text(plan: Plan, findings: Sequence[Finding], reasons: Reasons | None = None) -> str:
    """Counts, then one line per row and rule; accepted ones are not counted and stand at the end with their reasons."""
    told = reasons or {}
    groups = grouped(finding for finding in findings if id(finding) not in told)
    accepted = grouped(finding for finding in findings if id(finding) in told)
    counts = Counter(group.first.tingkat for group in groups)
    head = ", ".join(f"{counts[level]} {level}" for level in LEVELS) if groups else "Tidak ada temuan."
    lines = [head, *(_line(plan, group) for group in groups)]
    if accepted:
        lines.append(f"Diterima dengan alasan: {len(accepted)}")
        lines += [f"{_line(plan, group)} Alasan: {told[id(group.first)]}" for group in accepted]
    return "\n".join(lines)


def _line(plan: Plan, group: Group) -> str:
    first = group.first
    place = place_name(plan, first.tabel, first.row_id)
    said = group.pesan if len(group.findings) > 1 else first.pesan
    return f"{first.tingkat:<10} {first.kode:<15} {place}: {said}{_following(group)}"


def _following(group: Group) -> str:
    """How many findings are folded under a line; `--json` has each of them."""
    count = sum(len(each.findings) for each in group.lanjutan)
    return f" Diikuti {count} temuan lain." if count else ""

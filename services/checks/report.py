"""Findings for the command line: as text, and as the list that `periksa --json` prints."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from models.plan import Plan
from models.rows import Row
from services.checks.finding import Finding, grouped
from services.interchange.writing import public_id
from services.naming import place_name
from services.terms import LEVELS


def as_json(plan: Plan, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """One entry per row and period; `simpul` is the interchange id where there is one."""
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
        for finding in findings
    ]


def _node(row: Row) -> str | None:
    """The id in the interchange file; None for what has none there, such as the document itself."""
    return public_id(row) if hasattr(row, "asal_id") else None


def as_text(plan: Plan, findings: Sequence[Finding]) -> str:
    """Counts, then one line per row and rule."""
    groups = grouped(findings)
    counts = Counter(group.first.tingkat for group in groups)
    head = ", ".join(f"{counts[level]} {level}" for level in LEVELS) if findings else "Tidak ada temuan."
    lines = [
        f"{g.first.tingkat:<10} {g.first.kode:<15} {place_name(plan, g.first.tabel, g.first.row_id)}: {g.pesan}"
        for g in groups
    ]
    return "\n".join([head, *lines])

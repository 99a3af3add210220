"""Findings for the command line: as text, and as the list that `periksa --json` prints."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.plan import Plan
from models.rows import Row
from services.checks.engine import Checks
from services.checks.finding import Finding, Group, grouped, period_name
from services.checks.rules import BOUNDS
from services.checks.usage import is_blank
from services.checks.where import Places
from services.interchange.writing import public_id
from services.rupiah import format_rupiah
from services.terms import LEVELS

Reasons = Mapping[int, str]
"""id() of an accepted finding to the reason."""

_INDENT = 4 * " "


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
    """Counts, then one line per row and rule, with what follows from it and the amounts of several periods indented.

    Accepted ones are not counted and stand at the end with their reasons.
    """
    told, places = reasons or {}, Places(plan)
    groups = grouped(finding for finding in findings if id(finding) not in told)
    accepted = grouped(finding for finding in findings if id(finding) in told)
    counts = Counter(group.first.tingkat for group in groups)
    head = ", ".join(f"{counts[level]} {level}" for level in LEVELS) if groups else "Tidak ada temuan."
    lines = [head]
    for group in groups:
        lines += _lines(places, group)
    if accepted:
        lines.append(f"Diterima dengan alasan: {len(accepted)}")
    for group in accepted:
        first, *others = _lines(places, group)
        lines += [f"{first} Alasan: {told[id(group.first)]}", *others]
    return "\n".join(lines)


def _lines(places: Places, group: Group) -> Iterator[str]:
    count = sum(len(each.findings) for each in group.lanjutan)
    following = f" Diikuti {count} temuan lain:" if count else ""
    yield f"{group.first.tingkat:<10} {group.first.kode:<15} {_said(places, group)}{following}"
    yield from _by_period(group, _INDENT)
    for each in group.lanjutan:
        first = each.first
        same = (first.kode, each.pesan) == (group.first.kode, group.pesan)
        if same:
            figures = _figures(first, "") if len(each.findings) == 1 else ""
            yield f"{_INDENT}{places.name(first.tabel, first.row_id)}{f': {figures}' if figures else ''}"
        else:
            yield f"{_INDENT}{first.kode:<15} {_said(places, each)}"
        yield from _by_period(each, 2 * _INDENT)


def _said(places: Places, group: Group) -> str:
    """Row and sentence, and the figures of the finding that these leave out."""
    first = group.first
    said = group.pesan if len(group.findings) > 1 else first.pesan
    said = f"{places.name(first.tabel, first.row_id)}: {said}"
    more = _figures(first, said) if len(group.findings) == 1 else ""
    return f"{said} ({more})" if more else said


def _by_period(group: Group, indent: str) -> Iterator[str]:
    """The figures of each of several periods, or the sentence of each of several years; an empty cell has none."""
    for finding in group.findings if len(group.findings) > 1 else ():
        if finding.periode is None:
            yield f"{indent}{finding.pesan}"
        elif figures := _figures(finding, ""):
            yield f"{indent}{period_name(finding.periode)}: {figures}"


def _figures(finding: Finding, said: str) -> str:
    """ "nilai 5.000, seharusnya min. 10.000, selisih -5.000", without what a sentence says already."""
    bound = BOUNDS.get(finding.kode, "")
    named = (
        ("nilai ", finding.nilai),
        (f"seharusnya {bound}", finding.harusnya),
        ("selisih ", finding.selisih),
    )
    told = ((name, _amount(value)) for name, value in named if value is not None)
    return ", ".join(f"{name}{text}" for name, text in told if not is_blank(text) and text.rstrip(" %") not in said)


def _amount(value: int | str) -> str:
    return format_rupiah(value) if isinstance(value, int) else value.strip()

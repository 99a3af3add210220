"""Which rows a form prints, so that a finding can be shown beside the forms that it concerns."""

from collections.abc import Iterable

from models.plan import Plan
from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row
from services.checks.finding import Finding
from services.forms.bulanan import LEVELS as ESELON
from services.terms import LEVELS, Level

Place = tuple[type[Row], str]


def printed_rows(plan: Plan, dokumen_id: str, name: str) -> set[Place] | None:
    """The indicators and budget lines that the named form prints; None for a form that may print any."""
    level = ESELON.get(name)
    if level is None and name != "bulanan-staf":
        return None
    tingkat = level.tingkat if level else ("sasaran_individu",)
    rows: set[Place] = set()
    for node in plan.where(Kinerja, "dokumen_id", dokumen_id):
        if node.tingkat not in tingkat:
            continue
        rows.update((Indikator, indikator.id) for indikator in plan.where(Indikator, "kinerja_id", node.id))
        for link in plan.where(Dukungan, "kinerja_id", node.id):
            line = plan.find(Anggaran, link.anggaran_id)
            if level and line and line.jenis == level.jenis:
                rows.add((Anggaran, line.id))
    return rows


def worst_level(plan: Plan, dokumen_id: str, name: str, findings: Iterable[Finding]) -> Level | None:
    """The worst level among the findings that concern what the named form prints."""
    rows = printed_rows(plan, dokumen_id, name)
    found = {finding.tingkat for finding in findings if rows is None or (finding.tabel, finding.row_id) in rows}
    return next((level for level in LEVELS if level in found), None)

"""Which rows a form prints, so that a finding can be shown beside the forms that it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row
from services.checks.finding import Finding
from services.forms.bulanan import LEVELS as ESELON
from services.terms import JENIS, LEVELS, TINGKAT, Level

Place = tuple[type[Row], str]


@dataclass(frozen=True, slots=True)
class Printed:
    """The nodes of the performance tree and the budget lines that a form prints.

    `linked`: only lines that support one of those nodes. `kas`: the lines' cash with them.
    """

    tingkat: tuple[str, ...]
    jenis: tuple[str, ...] = ()
    linked: bool = False
    kas: bool = False


_STRATEGIC = ("sasaran_strategis", "sasaran_program")
_TRIWULAN = tuple(tingkat for tingkat in TINGKAT if tingkat not in ("tujuan", "sasaran_individu"))

PRINTED = {
    **{name: Printed(level.tingkat, (level.jenis,), linked=True, kas=True) for name, level in ESELON.items()},
    "bulanan-staf": Printed(("sasaran_individu",)),
    "triwulan-anggaran": Printed(_TRIWULAN, JENIS, kas=True),
    "triwulan-aksi": Printed(_TRIWULAN, JENIS),
    "perjanjian-kinerja": Printed(_STRATEGIC, ("program",)),
    "perjanjian-kinerja-eselon-iii": Printed(("sasaran_program", "sasaran_kegiatan"), ("program", "kegiatan")),
    "perjanjian-kinerja-eselon-iv": Printed(("sasaran_kegiatan", "sasaran_sub_kegiatan"), ("kegiatan", "sub_kegiatan")),
    "iku": Printed(("tujuan", *_STRATEGIC)),
    "renstra": Printed(("tujuan", *_TRIWULAN), JENIS),
    "pengukuran": Printed(_STRATEGIC, ("program",)),
    "monev-triwulan": Printed(("tujuan", *_TRIWULAN), JENIS),
    "capaian-iku": Printed(("tujuan", *_TRIWULAN), JENIS),
    "capaian-sasaran": Printed(("tujuan", *_STRATEGIC), JENIS),
    "capaian-lima-tahun": Printed(("tujuan", *_STRATEGIC), ("program",)),
    "pagu-realisasi": Printed((), JENIS, kas=True),
    "efisiensi": Printed(("tujuan", *_TRIWULAN), JENIS),
    "e81": Printed(_TRIWULAN, JENIS),
    "renstra-matriks": Printed(_TRIWULAN, JENIS),
}
"""The forms that print a part of the plan; any other may print all of it."""

_OF_CASH = "KAS-"


def printed_rows(plan: Plan, dokumen_id: str, name: str) -> set[Place] | None:
    """The indicators and budget lines that the named form prints; None for a form that may print any."""
    printed = PRINTED.get(name)
    if printed is None:
        return None
    lines = [line for line in plan.where(Anggaran, "dokumen_id", dokumen_id) if line.jenis in printed.jenis]
    nodes = [node for node in plan.where(Kinerja, "dokumen_id", dokumen_id) if node.tingkat in printed.tingkat]
    if printed.linked:
        links = [link for node in nodes for link in plan.where(Dukungan, "kinerja_id", node.id)]
        supporting = {link.anggaran_id for link in links}
        lines = [line for line in lines if line.id in supporting]
    rows: set[Place] = {(Anggaran, line.id) for line in lines}
    for field, owners in (("kinerja_id", nodes), ("anggaran_id", lines)):
        for owner in owners:
            rows.update((Indikator, indikator.id) for indikator in plan.where(Indikator, field, owner.id))
    return rows


def worst_level(plan: Plan, dokumen_id: str, name: str, findings: Iterable[Finding]) -> Level | None:
    """The worst level among the findings that concern what the named form prints."""
    rows = printed_rows(plan, dokumen_id, name)
    printed = PRINTED.get(name)
    found = {
        finding.tingkat
        for finding in findings
        if (rows is None or (finding.tabel, finding.row_id) in rows)
        and (printed is None or printed.kas or not finding.kode.startswith(_OF_CASH))
    }
    return next((level for level in LEVELS if level in found), None)

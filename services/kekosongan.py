"""Holes of a plan as marks on its chart: what is missing, in words, with the level of the finding that says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Dokumen, Indikator
from services.checks import Checks
from services.terms import LEVELS, Level

WORDS: Mapping[str, str] = {
    "INDUK-KOSONG": "Tanpa induk",
    "SASARAN-TANPA-INDIKATOR": "Tanpa indikator",
    "PJ-KOSONG": "Tanpa penanggung jawab",
    "INDIKATOR-TANPA-ANGGARAN": "Indikator tanpa anggaran",
    "ANGGARAN-TANPA-SASARAN": "Tidak mendukung sasaran",
    "JABATAN-TANPA-TUGAS": "Jabatan tanpa tugas",
}
"""Rule -> what stands in the box."""


@dataclass(frozen=True, slots=True)
class Hole:
    """What a row lacks. `sentence`: the finding's own; `is_box`: a box of the chart can show it."""

    kode: str
    tingkat: Level
    row_id: str
    words: str
    sentence: str
    is_box: bool


def holes(plan: Plan, checks: Checks, dokumen_id: str) -> tuple[Hole, ...]:
    """The open findings of a document that are holes, in the order of WORDS; those of an indicator at its owner."""
    found: list[Hole] = []
    for table, row_id in checks.places(dokumen_id):
        for finding in checks.at(table, row_id):
            if finding.kode not in WORDS or checks.accepted(finding) is not None:
                continue
            owner, words = row_id, WORDS[finding.kode]
            if table is Indikator:
                row = plan.get(Indikator, row_id)
                owner = row.kinerja_id or row.anggaran_id or ""
            found.append(Hole(finding.kode, finding.tingkat, owner, words, finding.pesan, table is not Dokumen))
    rules = list(WORDS)
    return tuple(sorted(found, key=lambda hole: (rules.index(hole.kode), hole.row_id)))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a box says of its holes of one rule: "Tanpa indikator", "3 indikator tanpa anggaran"."""

    words: str
    tingkat: Level


def marks(found: tuple[Hole, ...]) -> dict[str, tuple[Mark, ...]]:
    """Id of a row -> its marks, worst first."""
    counted: dict[str, dict[str, list[Hole]]] = {}
    for hole in found:
        if hole.is_box:
            counted.setdefault(hole.row_id, {}).setdefault(hole.kode, []).append(hole)
    return {
        row_id: tuple(sorted((_mark(those) for those in rules.values()), key=lambda mark: LEVELS.index(mark.tingkat)))
        for row_id, rules in counted.items()
    }


def _mark(those: list[Hole]) -> Mark:
    first = those[0]
    words = first.words if len(those) == 1 else f"{len(those)} {first.words[0].lower()}{first.words[1:]}"
    return Mark(words, first.tingkat)

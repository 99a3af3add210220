"""Holes of a plan as marks on its chart: what is missing, in words, with the level of the finding that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from models.plan import Plan
from models.rows import Dokumen, Indikator
from services.cell_edit import shortened
from services.checks import Checks
from services.naming import row_text
from services.pohon.nodes import Node
from services.terms import LEVEL_NAMES, LEVELS, Level

WORDS: Mapping[str, str] = {
    "INDUK-KOSONG": "Tanpa induk",
    "SASARAN-TANPA-INDIKATOR": "Tanpa indikator",
    "PJ-KOSONG": "Tanpa penanggung jawab",
    "INDIKATOR-TANPA-ANGGARAN": "Indikator tanpa anggaran",
    "ANGGARAN-TANPA-SASARAN": "Tidak mendukung sasaran",
    "JABATAN-TANPA-TUGAS": "Jabatan tanpa tugas",
}
"""Rule -> what stands in the box."""
_SHORT = 72


@dataclass(frozen=True, slots=True)
class Hole:
    """What a row lacks. `place`: what the row is called; `sentence`: the finding's; `is_box`: a box can show it."""

    kode: str
    tingkat: Level
    row_id: str
    words: str
    place: str
    sentence: str
    is_box: bool


def holes(plan: Plan, checks: Checks, dokumen_id: str) -> tuple[Hole, ...]:
    """The open findings of a document that are holes, by rule as in WORDS, then in the order of the plan.

    Those of an indicator are holes of its owner; what concerns the document as a whole comes last.
    """
    rules = list(WORDS)
    found: list[tuple[object, Hole]] = []
    for table, row_id in checks.places(dokumen_id):
        for finding in checks.at(table, row_id):
            if finding.kode not in WORDS or checks.accepted(finding) is not None:
                continue
            row = plan.get(table, row_id)
            owner, is_box = row_id, not isinstance(row, Dokumen)
            if isinstance(row, Indikator):
                owner = row.kinerja_id or row.anggaran_id or ""
            place = shortened(row_text(row), _SHORT) if is_box else ""
            hole = Hole(finding.kode, finding.tingkat, owner, WORDS[finding.kode], place, finding.pesan, is_box)
            found.append(((rules.index(hole.kode), checks.position(table, row_id)), hole))
    return tuple(hole for _, hole in sorted(found, key=itemgetter(0)))


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


def on_boxes(nodes: Iterable[Node], of_rows: Mapping[str, tuple[Mark, ...]]) -> dict[str, tuple[Mark, ...]]:
    """The marks with those of budget lines that stand in the box of a node: they are said there, with the level."""
    found = dict(of_rows)
    for node in nodes:
        own = tuple(
            replace(mark, words=f"{LEVEL_NAMES[line.level]}: {mark.words[0].lower()}{mark.words[1:]}")
            for line in node.lines
            for mark in of_rows.get(line.row_id, ())
        )
        if own:
            found[node.row_id] = (*of_rows.get(node.row_id, ()), *own)
    return found


def _mark(those: list[Hole]) -> Mark:
    first = those[0]
    words = first.words if len(those) == 1 else f"{len(those)} {first.words[0].lower()}{first.words[1:]}"
    return Mark(words, first.tingkat)

"""Holes of a plan as marks on its chart: what is missing, in words, with the level of the finding that says so."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Kinerja
from services.cell_edit import shortened
from services.checks import Checks
from services.checks.finding import Finding
from services.naming import row_text
from services.pejabat import head_position
from services.pohon.answers import OF_THE_HEAD
from services.pohon.nodes import Node, carriers_of, without_parent
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
_PARENT, _PERSON = "INDUK-KOSONG", "PJ-KOSONG"
_SHORT = 72


@dataclass(frozen=True, slots=True)
class Hole:
    """What a row lacks. `place`: what the row is called; `sentence`: in full; `is_box`: a box says it.

    A hole of a whole level stands for all of `boxes`, and its row is the first of them; other holes have none.
    """

    kode: str
    tingkat: Level
    row_id: str
    words: str
    place: str
    sentence: str
    is_box: bool
    boxes: tuple[str, ...] = ()

    def is_in(self, shown: Callable[[str], object]) -> bool:
        """Whether it is seen where `shown(row_id)` is not None."""
        return any(shown(row_id) is not None for row_id in self.boxes or (self.row_id,))


def holes(plan: Plan, checks: Checks, dokumen_id: str) -> tuple[Hole, ...]:
    """What a document lacks and nobody has accepted, by rule as in WORDS, then in the order of the plan.

    The findings on parents and on who answers are careful where forms merge their cells, and said once of many; a chart
    has no merged cells, so here each box without is a hole. Holes of an indicator are those of its owner; what concerns
    the document as a whole comes last.
    """
    chart = _Boxes(plan, checks, plan.get(Dokumen, dokumen_id))
    rules = list(WORDS)
    found: list[tuple[object, Hole]] = []
    for box, hole in chart.holes():
        found.append(((rules.index(hole.kode), checks.position(type(box), box.id)), hole))
    for table, row_id in checks.places(dokumen_id):
        for finding in checks.at(table, row_id):
            if finding.kode not in WORDS or chart.says(finding) or checks.accepted(finding) is not None:
                continue
            row = plan.get(table, row_id)
            owner, is_box = row_id, not isinstance(row, Dokumen)
            if isinstance(row, Indikator):
                owner = row.kinerja_id or row.anggaran_id or ""
            place = shortened(row_text(row), _SHORT) if is_box else ""
            hole = Hole(finding.kode, finding.tingkat, owner, WORDS[finding.kode], place, finding.pesan, is_box)
            found.append(((rules.index(hole.kode), checks.position(table, row_id)), hole))
    return tuple(hole for _, hole in sorted(found, key=itemgetter(0)))


class _Boxes:
    """The rows of a document that have a box of their own, and what those lack."""

    def __init__(self, plan: Plan, checks: Checks, dokumen: Dokumen) -> None:
        self._plan, self._checks, self._dokumen = plan, checks, dokumen
        self._nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
        lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
        self._lines = [line for line in lines if not carriers_of(plan, line)]
        self._rows: list[Kinerja | Anggaran] = [*self._nodes, *self._lines]
        self._ids = {row.id for row in self._rows}

    def says(self, finding: Finding) -> bool:
        """Whether the boxes say themselves what a finding does."""
        if finding.kode == _PARENT:
            return True
        return finding.kode == _PERSON and finding.row_id in self._ids

    def holes(self) -> Iterator[tuple[Kinerja | Anggaran, Hole]]:
        """Each with its row."""
        yield from self._without_parent()
        yield from self._without_person()

    def _without_parent(self) -> Iterator[tuple[Kinerja, Hole]]:
        loose = without_parent(self._plan, self._nodes)
        if loose and self._is_accepted(_PARENT, self._dokumen):
            there = {node.id for node in loose}
            hanging = {node.tingkat for node in self._nodes if node.id not in there}
            loose = [node for node in loose if node.tingkat in hanging]
        for node in loose:
            if not self._is_accepted(_PARENT, node):
                text = f"{LEVEL_NAMES[node.tingkat]} ini belum mempunyai induk."
                yield node, self._hole(_PARENT, node, text)

    def _without_person(self) -> Iterator[tuple[Kinerja | Anggaran, Hole]]:
        """A node inherits nobody; only the head answers for the first levels where nobody else is named."""
        headed = head_position(self._plan, self._dokumen) is not None
        levels: dict[str, list[Kinerja | Anggaran]] = {}
        for row in self._rows:
            levels.setdefault(row.tingkat if isinstance(row, Kinerja) else row.jenis, []).append(row)
        for level, rows in levels.items():
            blanks = [row for row in rows if row.penanggung_jawab_id is None]
            if not blanks or (headed and level in OF_THE_HEAD):
                continue
            name = LEVEL_NAMES[level]
            if len(blanks) == len(rows) > 1:
                text = f"Tidak satu pun {name.lower()} ({len(rows)} kotak) mempunyai penanggung jawab."
                hole = self._hole(_PERSON, rows[0], text)
                ids = tuple(row.id for row in rows)
                yield rows[0], replace(hole, place=f"{name}: semua {len(rows)} kotak", is_box=False, boxes=ids)
                continue
            for row in blanks:
                if not self._is_accepted(_PERSON, row):
                    yield row, self._hole(_PERSON, row, f"{name} ini belum mempunyai penanggung jawab.")

    def _hole(self, kode: str, row: Kinerja | Anggaran, sentence: str) -> Hole:
        return Hole(kode, "peringatan", row.id, WORDS[kode], shortened(row_text(row), _SHORT), sentence, is_box=True)

    def _is_accepted(self, kode: str, row: Kinerja | Anggaran | Dokumen) -> bool:
        found = [each for each in self._checks.at(type(row), row.id) if each.kode == kode]
        return bool(found) and all(self._checks.accepted(each) is not None for each in found)


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

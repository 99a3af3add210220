"""The cascade of a plan as one tree: performance nodes, and below them the budget lines that serve them.

A budget line that supports a node of its own level (a program that supports a sasaran program) stands in that node's
box; so does what agencies draw. Any other one has a box of its own: below the box of the line above it, or below the
first node that it supports. What serves a second node as well (crosscutting) is joined to it by a side link.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Dukungan, Indikator, Jabatan, Kinerja
from services.sasaran import in_tree_order
from services.tahunan import Amounts, target_of
from services.terms import LEVEL_NAMES, TINGKAT

OF_LEVEL = {
    "sasaran_program": "program",
    "sasaran_kegiatan": "kegiatan",
    "sasaran_sub_kegiatan": "sub_kegiatan",
}
"""Level of a performance node -> the budget lines that stand in its box."""

LOOSE = "Belum mendukung sasaran"
"""What the root is called under which budget lines stand that serve nothing."""

ORPHANS = "Belum punya induk"
"""And that over nodes that lead up to nothing, although they are neither tujuan nor sasaran strategis."""

_FIRST = TINGKAT[:2]
_LONGEST = 60
"""Characters of what a box is called in another."""


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator: its row's id, its text, and the year's target with its unit ("" without one)."""

    row_id: str
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line in the box of a node: its row's id, level, code and name, and pagu in whole rupiah."""

    row_id: str
    level: str
    name: str
    pagu: int | None


@dataclass(frozen=True, slots=True)
class Node:
    """A box. `row_id` is "" for a root over what hangs nowhere; `table`: kinerja or anggaran.

    `level`: as in the tables (tujuan, sasaran_program, kegiatan); `title`: its name with the number; `position`: the
    name of the penanggung jawab, "" without one; `pagu`: of a budget line.
    """

    row_id: str
    table: str
    level: str
    title: str
    text: str
    position: str = ""
    measures: tuple[Measure, ...] = ()
    lines: tuple[Line, ...] = ()
    pagu: int | None = None
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Cascade:
    """The trees of a document, and (id of the upper row, id of the lower row) of each side link."""

    roots: tuple[Node, ...]
    side: tuple[tuple[str, str], ...]


def cascade(plan: Plan, dokumen_id: str, start: str = "") -> Cascade:
    """The cascade of a document in the order of the plan; with `start` only what hangs below that row."""
    return _Cascade(plan, plan.get(Dokumen, dokumen_id)).made(start)


def references(tree: Cascade) -> dict[str, tuple[str, ...]]:
    """Id of a row -> what its box says of its side links; both ends of one have the same number."""
    titles: dict[str, str] = {}
    waiting = list(tree.roots)
    while waiting:
        node = waiting.pop()
        titles[node.row_id] = f"{node.title}: {node.text}"
        waiting += node.children
    found: dict[str, list[str]] = {}
    for number, (above, below) in enumerate(tree.side, 1):
        if above in titles and below in titles:
            found.setdefault(above, []).append(f"({number}) didukung pula oleh {_short(titles[below])}")
            found.setdefault(below, []).append(f"({number}) mendukung pula {_short(titles[above])}")
    return {row_id: tuple(texts) for row_id, texts in found.items()}


def carriers_of(plan: Plan, line: Anggaran) -> list[str]:
    """Ids of the nodes in whose box a budget line stands, as it supports them on their own level."""
    links = plan.where(Dukungan, "anggaran_id", line.id)
    ids = dict.fromkeys(link.kinerja_id for link in links)
    return [row_id for row_id in ids if OF_LEVEL.get(plan.get(Kinerja, row_id).tingkat) == line.jenis]


def without_parent(plan: Plan, nodes: Sequence[Kinerja]) -> list[Kinerja]:
    """Those of all nodes of a document that stand under ORPHANS: they lead up to nothing, and are not the first."""
    first = _first_levels(nodes)
    return [node for node in nodes if node.tingkat not in first and not leads_up(plan, node)]


def _first_levels(nodes: Sequence[Kinerja]) -> set[str]:
    """The levels that need nothing above them: also the plan's own highest one."""
    highest = min((TINGKAT.index(node.tingkat) for node in nodes), default=0)
    return {*_FIRST, TINGKAT[highest]}


def leads_up(plan: Plan, node: Kinerja) -> bool:
    """By its induk, or by a budget line in its box where a line stands above that one."""
    if plan.find(Kinerja, node.induk_id) is not None:
        return True
    for link in plan.where(Dukungan, "kinerja_id", node.id):
        line = plan.find(Anggaran, link.anggaran_id)
        if line is not None and OF_LEVEL.get(node.tingkat) == line.jenis and plan.find(Anggaran, line.induk_id):
            return True
    return False


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}\u2026"


class _Cascade:
    def __init__(self, plan: Plan, dokumen: Dokumen) -> None:
        self._plan = plan
        self._dokumen = dokumen
        self._amounts = Amounts(plan, dokumen)
        self._nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
        self._carriers: dict[str, list[str]] = {}
        """Id of a budget line -> ids of the nodes in whose box it stands."""
        self._above: dict[str, str] = {node.id: node.induk_id or "" for node in self._nodes}
        """Id of a row -> id of the row below whose box its own box hangs, "" for none."""
        self._side: list[tuple[str, str]] = []
        lines = in_tree_order(plan, dokumen)
        boxed = [line for line in lines if not self._is_carried(line)]
        for line in boxed:
            self._hang(line)
        for line in lines:
            self._hang_carriers(line)
        self._below: dict[str, list[Kinerja | Anggaran]] = {}
        rows: list[Kinerja | Anggaran] = [*self._nodes, *boxed]
        for row in rows:
            self._below.setdefault(self._above[row.id], []).append(row)

    def made(self, start: str) -> Cascade:
        shown: dict[str, Node] = {}
        order: list[Kinerja | Anggaran] = []
        waiting = list(self._below.get("", ()))
        while waiting:
            row = waiting.pop()
            order.append(row)
            waiting += self._below.get(row.id, ())
        for row in reversed(order):
            shown[row.id] = self._node(row, tuple(shown[child.id] for child in self._below.get(row.id, ())))
        tops = self._below.get("", [])
        first = _first_levels(self._nodes)
        roots = [shown[row.id] for row in tops if isinstance(row, Kinerja) and row.tingkat in first]
        orphans = tuple(shown[row.id] for row in tops if isinstance(row, Kinerja) and row.tingkat not in first)
        loose = tuple(shown[row.id] for row in tops if isinstance(row, Anggaran))
        if orphans:
            roots.append(Node("", "kinerja", "", "", ORPHANS, children=orphans))
        if loose:
            roots.append(Node("", "anggaran", "", "", LOOSE, children=loose))
        if start in shown:
            roots = [shown[start]]
        kept = _ids(roots)
        return Cascade(tuple(roots), tuple(pair for pair in self._side if kept.issuperset(pair)))

    def _is_carried(self, line: Anggaran) -> bool:
        """Whether the line stands in the box of a node of its own level."""
        carriers = carriers_of(self._plan, line)
        if carriers:
            self._carriers[line.id] = carriers
        return bool(carriers)

    def _hang(self, line: Anggaran) -> None:
        """Below the box of the line above it, or below the first node that it supports; the others get side links."""
        supported = self._supported(line)
        above = self._box_above(line) or (supported[0] if supported else "")
        self._above[line.id] = above
        self._side += [(node, line.id) for node in supported if node != above]

    def _hang_carriers(self, line: Anggaran) -> None:
        """A node without a node above it hangs where the budget line in its box does."""
        above = self._box_above(line)
        for carrier in self._carriers.get(line.id, ()):
            if above and not self._above[carrier] and not self._leads_to(above, carrier):
                self._above[carrier] = above

    def _leads_to(self, row_id: str, other: str) -> bool:
        """Whether one comes to the other on the way up."""
        while row_id and row_id != other:
            row_id = self._above.get(row_id, "")
        return bool(row_id)

    def _supported(self, line: Anggaran) -> list[str]:
        links = self._plan.where(Dukungan, "anggaran_id", line.id)
        return list(dict.fromkeys(link.kinerja_id for link in links))

    def _box_above(self, line: Anggaran) -> str:
        """The row in whose box the line above stands, "" where there is none."""
        above = self._plan.find(Anggaran, line.induk_id)
        return self._carriers.get(above.id, [above.id])[0] if above is not None else ""

    def _node(self, row: Kinerja | Anggaran, children: tuple[Node, ...]) -> Node:
        position = self._plan.find(Jabatan, row.penanggung_jawab_id)
        named = position.nama if position is not None else ""
        if isinstance(row, Anggaran):
            measures = self._measures(self._plan.where(Indikator, "anggaran_id", row.id))
            title, text = LEVEL_NAMES[row.jenis], " ".join(part for part in (row.kode, row.nama) if part)
            return Node(row.id, "anggaran", row.jenis, title, text, named, measures, (), self._pagu(row), children)
        carried = [line for line in self._supporting(row) if row.id in self._carriers.get(line.id, ())]
        indicators = list(self._plan.where(Indikator, "kinerja_id", row.id))
        for line in carried:
            indicators += self._plan.where(Indikator, "anggaran_id", line.id)
        title = " ".join(part for part in (LEVEL_NAMES[row.tingkat], row.nomor) if part)
        lines = tuple(
            Line(each.id, each.jenis, " ".join(p for p in (each.kode, each.nama) if p), self._pagu(each))
            for each in carried
        )
        measures = self._measures(tuple(indicators))
        return Node(row.id, "kinerja", row.tingkat, title, row.uraian or "", named, measures, lines, None, children)

    def _supporting(self, node: Kinerja) -> list[Anggaran]:
        links = self._plan.where(Dukungan, "kinerja_id", node.id)
        return [self._plan.get(Anggaran, each) for each in dict.fromkeys(link.anggaran_id for link in links)]

    def _measures(self, indicators: tuple[Indikator, ...]) -> tuple[Measure, ...]:
        found = []
        for each in indicators:
            target = target_of(self._plan, each, self._dokumen.tahun).text
            unit = each.satuan or ""
            with_unit = f"{target} {unit}".strip() if target and unit.casefold() not in target.casefold() else target
            found.append(Measure(each.id, each.uraian, with_unit))
        return tuple(found)

    def _pagu(self, line: Anggaran) -> int | None:
        return self._amounts.pagu(line, str(self._dokumen.tahun))


def _ids(roots: list[Node]) -> set[str]:
    """Of all boxes."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        found.add(node.row_id)
        waiting += node.children
    return found

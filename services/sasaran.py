"""Sasaran with the indicators that they are measured by, wherever the plan states those: on the node or on a line."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Dukungan, Indikator, Kinerja
from services.tahunan import is_of_year

_HIGHEST = ("sasaran_strategis", "sasaran_program", "tujuan")


@dataclass(frozen=True, slots=True)
class Sasaran:
    """A node of the performance tree, None where no node is known, and the indicators that are shown beside it."""

    node: Kinerja | None
    indikator: tuple[Indikator, ...]


def highest_nodes(plan: Plan, dokumen: Dokumen) -> tuple[Kinerja, ...]:
    """The sasaran strategis; those of the programs, or the tujuan, where a plan has none."""
    nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
    return next((found for level in _HIGHEST if (found := tuple(n for n in nodes if n.tingkat == level))), ())


def strategic(plan: Plan, dokumen: Dokumen) -> tuple[Sasaran, ...]:
    """What the agency's agreement names; without indicators whose targets are all of other years."""
    found: list[Sasaran] = []
    for node in highest_nodes(plan, dokumen):
        indicators = node_indicators(plan, node, "program")
        shown = tuple(i for i in indicators if is_of_year(plan, i, dokumen.tahun))
        if shown or not indicators:
            found.append(Sasaran(node, shown))
    return tuple(found)


def node_indicators(plan: Plan, node: Kinerja, jenis: str) -> tuple[Indikator, ...]:
    """The indicators of a node; where it has none, those of the lines of that jenis which support it."""
    own = plan.where(Indikator, "kinerja_id", node.id)
    if own:
        return own
    lines = (plan.get(Anggaran, link.anggaran_id) for link in plan.where(Dukungan, "kinerja_id", node.id))
    return line_indicators(plan, (line for line in lines if line.jenis == jenis))


def line_indicators(plan: Plan, lines: Iterable[Anggaran]) -> tuple[Indikator, ...]:
    """The indicators of budget lines, each once."""
    found = (i for line in lines for i in plan.where(Indikator, "anggaran_id", line.id))
    return tuple(dict.fromkeys(found))


def matrix_indicators(plan: Plan, line: Anggaran) -> tuple[Indikator, ...]:
    """The indicators of a line; where it has none, those of the sasaran that it supports.

    A link that names no indicator stands for all of its sasaran's, if it is the first of that sasaran at this level and
    no other link there names one.
    """
    own = plan.where(Indikator, "anggaran_id", line.id)
    if own:
        return own
    found: list[Indikator] = []
    for link in plan.where(Dukungan, "anggaran_id", line.id):
        named = plan.find(Indikator, link.indikator_id)
        if named is not None:
            found.append(named)
            continue
        there = plan.where(Dukungan, "kinerja_id", link.kinerja_id)
        level = (each for each in there if plan.get(Anggaran, each.anggaran_id).jenis == line.jenis)
        if next(level).id == link.id and all(each.indikator_id is None for each in level):
            found += plan.where(Indikator, "kinerja_id", link.kinerja_id)
    return tuple(dict.fromkeys(found))


def supported(plan: Plan, line: Anggaran) -> Kinerja | None:
    """The node that a line supports first, or else the first one that a line above it supports."""
    seen: set[str] = set()
    at: Anggaran | None = line
    while at is not None and at.id not in seen:
        seen.add(at.id)
        for link in plan.where(Dukungan, "anggaran_id", at.id):
            return plan.get(Kinerja, link.kinerja_id)
        at = plan.find(Anggaran, at.induk_id)
    return None


def in_tree_order(plan: Plan, dokumen: Dokumen) -> list[Anggaran]:
    """The budget lines of a document, each before those below it."""
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    there = {line.id for line in lines}
    stack = [line for line in reversed(lines) if line.induk_id not in there]
    found: list[Anggaran] = []
    while stack:
        line = stack.pop()
        found.append(line)
        stack += reversed(plan.where(Anggaran, "induk_id", line.id))
    return found


def goal_of(plan: Plan, node: Kinerja) -> str | None:
    """The id of the tujuan that a node cascades from, None without one."""
    seen: set[str] = set()
    at: Kinerja | None = node
    while at is not None and at.id not in seen:
        if at.tingkat == "tujuan":
            return at.id
        seen.add(at.id)
        at = plan.find(Kinerja, at.induk_id)
    return None

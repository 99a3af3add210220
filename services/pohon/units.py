"""The cascade divided by the units (Sekretariat, Bidang) that answer for its branches."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from models.plan import Plan
from models.rows import Anggaran, Jabatan, Kinerja
from services.pohon.nodes import Cascade, Node

NOBODY: Final = "Belum ada penanggung jawab"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and its branches; `named`: the plan calls it a unit, it is not a position or a tree without one."""

    name: str
    tops: tuple[Node, ...]
    named: bool = True

    @property
    def kind(self) -> str:
        """What units that may share a sheet have in common: BIDANG, SEKRETARIAT, UPTD; "" of what is no unit."""
        return self.name.partition(" ")[0].upper() if self.named else ""


def units(plan: Plan, tree: Cascade) -> list[Unit]:
    """The units in the order in which the chart comes to them.

    A branch belongs to the unit of the highest node in it whose position has one; without any in it, to the position
    itself, or where a whole tree names no unit, to that tree.
    """
    with_unit = _with_unit(plan, tree)
    found: dict[tuple[bool, str, str], list[Node]] = {}
    for root in tree.roots:
        waiting = [root]
        while waiting:
            node = waiting.pop()
            unit, position = _unit(plan, node)
            if unit:
                found.setdefault((True, "", unit), []).append(node)
            elif id(node) in with_unit:
                waiting += reversed(node.children)
            elif position:
                found.setdefault((False, "", position), []).append(node)
            elif id(root) in with_unit:
                found.setdefault((False, "", NOBODY), []).append(node)
            else:
                found.setdefault((False, root.row_id, root.title or root.text), []).append(node)
    return [Unit(name, tuple(tops), named) for (named, _, name), tops in found.items()]


def branches(tree: Cascade, tops: Collection[Node]) -> Cascade:
    """Only these branches, and what leads to them from above."""
    wanted = {id(node) for node in tops}
    kept: dict[int, Node | None] = {}
    for node in reversed(list(_all(tree.roots))):
        if id(node) in wanted:
            kept[id(node)] = node
        else:
            below = tuple(child for each in node.children if (child := kept[id(each)]) is not None)
            kept[id(node)] = replace(node, children=below) if below else None
    roots = tuple(root for each in tree.roots if (root := kept[id(each)]) is not None)
    shown = {node.row_id for node in _all(roots)}
    return Cascade(roots, tuple(pair for pair in tree.side if shown.issuperset(pair)))


def _with_unit(plan: Plan, tree: Cascade) -> set[int]:
    """The nodes in whose branches, or in whom, a unit is named."""
    found: set[int] = set()
    for node in reversed(list(_all(tree.roots))):
        if _unit(plan, node)[0] or any(id(child) in found for child in node.children):
            found.add(id(node))
    return found


def _unit(plan: Plan, node: Node) -> tuple[str, str]:
    """The unit and the name of the position that answers for a node, "" without."""
    row = plan.find(Kinerja, node.row_id) or plan.find(Anggaran, node.row_id)
    position = plan.find(Jabatan, row.penanggung_jawab_id) if row is not None else None
    return (position.unit or "", position.nama) if position is not None else ("", "")


def _all(roots: tuple[Node, ...]) -> Iterator[Node]:
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)

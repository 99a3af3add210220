"""The branches that a merge touches, with what comes in and what is disputed in each; for the tree of the preview."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Kinerja
from services.merge_lines import OTHERS, SIGNERS, Line
from services.naming import document_name, row_text

_TREES = {Kinerja.TABLE: "Kinerja", Anggaran.TABLE: "Program & Anggaran"}
_GROUPS = {SIGNERS: "Jabatan dan penanda tangan", OTHERS: "Dokumen, naskah, dan lainnya"}
_DEEP = {Kinerja.TABLE: 3, Anggaran.TABLE: 2}
"""Levels of branches that are shown below the name of a tree: down to the kegiatan."""


@dataclass(slots=True)
class Node:
    """One branch: how many lines in it come in without a dispute, and how many are disputed, with all below it."""

    id: str
    text: str
    masuk: int = 0
    bertentangan: int = 0
    below: "dict[str, Node]" = field(default_factory=dict)


def touched(lines: Iterable[Line], *plans: Plan) -> Node:
    """The whole plan with the branches that have lines, in the plan's order.

    Args:
        plans: where rows are looked up, the first that has one; a row that is deleted is only in the plan as it was.
    """
    whole = Node("", "Seluruh rencana")
    for line in lines:
        node = whole
        _count(node, line)
        for name in line.path[: _DEEP.get(line.path[0].split(":")[0], 0) + 1]:
            node = node.below.setdefault(name, Node(name, ""))
            _count(node, line)
    several = sum(1 for _ in plans[0].all(Dokumen)) > 1 if plans else False
    for name, node in whole.below.items():
        node.text = _group(name, plans, several=several)
        _name(node, plans)
    order = [*_TREES, *_GROUPS]
    whole.below = dict(sorted(whole.below.items(), key=lambda pair: order.index(pair[0].split(":")[0])))
    return whole


def _count(node: Node, line: Line) -> None:
    if line.konflik is None:
        node.masuk += 1
    else:
        node.bertentangan += 1


def _group(name: str, plans: tuple[Plan, ...], *, several: bool) -> str:
    if name in _GROUPS:
        return _GROUPS[name]
    table, _, dokumen_id = name.partition(":")
    dokumen = next((found for plan in plans if (found := plan.find(Dokumen, dokumen_id)) is not None), None)
    return f"{_TREES[table]}, {document_name(dokumen)}" if several and dokumen is not None else _TREES[table]


def _name(parent: Node, plans: tuple[Plan, ...]) -> None:
    places: dict[str, tuple[int, str]] = {}
    for name, node in parent.below.items():
        row = next((r for plan in plans for r in (plan.find(Kinerja, name), plan.find(Anggaran, name)) if r), None)
        if row is not None:
            number = row.nomor if isinstance(row, Kinerja) else None
            node.text = f"{number} {row_text(row)}" if number else row_text(row)
            places[name] = row.urutan, name
        _name(node, plans)
    parent.below = dict(sorted(parent.below.items(), key=lambda pair: places.get(pair[0], (0, ""))))

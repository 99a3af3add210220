"""What each position answers for, with the line of sight from there up to the tujuan."""

from dataclasses import dataclass, replace

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Jabatan, Kinerja
from services.pejabat import Official, head, head_position, official_below, superior
from services.pohon.nodes import Node, cascade

OF_THE_HEAD = ("tujuan", "sasaran_strategis")
"""Levels that the head answers for where nobody else is named, as in the agency's agreement."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A box that a position answers for, or one that holds a budget line of that position.

    `path`: the boxes that it leads up to, the nearest first, the tujuan last; `whole`: the box itself is the
    position's; without it only its lines are, and `node` holds no others.
    """

    node: Node
    path: tuple[Node, ...]
    whole: bool = True


def answers(plan: Plan, dokumen: Dokumen) -> dict[str, list[Answer]]:
    """Id of a position -> what it answers for, in the order of the chart; positions without anything are left out."""
    top = head_position(plan, dokumen)
    found: dict[str, list[Answer]] = {}
    waiting: list[tuple[Node, tuple[Node, ...]]] = [(root, ()) for root in reversed(cascade(plan, dokumen.id).roots)]
    while waiting:
        node, path = waiting.pop()
        above = (node, *path) if node.row_id else path
        waiting += [(child, above) for child in reversed(node.children)]
        if not node.row_id:
            continue
        row = plan.find(Kinerja, node.row_id) or plan.find(Anggaran, node.row_id)
        owner = row.penanggung_jawab_id if row is not None else None
        if owner is None and top is not None and node.level in OF_THE_HEAD:
            owner = top.id
        others: dict[str, list[str]] = {}
        for line in node.lines:
            named = plan.get(Anggaran, line.row_id).penanggung_jawab_id
            if named and named != owner:
                others.setdefault(named, []).append(line.row_id)
        if owner:
            gone = {row_id for lines in others.values() for row_id in lines}
            own = tuple(line for line in node.lines if line.row_id not in gone)
            found.setdefault(owner, []).append(Answer(replace(node, lines=own), path))
        for named, lines in others.items():
            kept = tuple(line for line in node.lines if line.row_id in lines)
            found.setdefault(named, []).append(Answer(replace(node, lines=kept), path, whole=False))
    return found


class Parties:
    """The two who sign an agreement, for any position of one document."""

    def __init__(self, plan: Plan, dokumen: Dokumen) -> None:
        self._plan = plan
        self._dokumen = dokumen
        self._top = head_position(plan, dokumen)
        self._head = head(plan, dokumen)

    def of(self, jabatan: Jabatan) -> tuple[Official, Official]:
        """Who holds a position, and the official of the one above it; above the head stands the head of the region."""
        top, above = self._top, self._plan.find(Jabatan, jabatan.atasan_id)
        if top is not None and jabatan.id == top.id:
            return self._head, superior(self._plan, self._dokumen)
        if above is None or (top is not None and above.id == top.id):
            return official_below(self._plan, jabatan), self._head
        return official_below(self._plan, jabatan), official_below(self._plan, above)

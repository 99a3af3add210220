"""Outline: one of the two trees of a document as the window shows it, with the findings of each branch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from models.plan import Plan
from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row
from services.checks import Checks
from services.terms import LEVELS, Level

Tree = Literal["kinerja", "anggaran"]
NO_PROGRAM = "tanpa-program"
"""The node that stands over budget lines which the document hangs nowhere."""

Accept = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Badge:
    """The findings of a branch: the worst level, and how many lines they are in the dock."""

    level: Level
    count: int


class Outline:
    """Nodes are row ids. Built whole for one document; built anew when rows come, go or move."""

    def __init__(self, plan: Plan, dokumen_id: str, tree: Tree, accept: Accept | None = None) -> None:
        """`accept`: show only the rows that it takes, and what stands above them."""
        self.tree = tree
        self._children: dict[str | None, list[str]] = {None: []}
        self._parent: dict[str, str | None] = {}
        self._row: dict[str, Row] = {}
        self._plan = plan
        if tree == "kinerja":
            self._add_nodes(Kinerja, "kinerja_id", dokumen_id)
        else:
            self._add_nodes(Anggaran, "anggaran_id", dokumen_id)
            self._gather_without_program()
        if accept is not None:
            self._keep(accept)
        self._index = {node: i for nodes in self._children.values() for i, node in enumerate(nodes)}

    def children(self, node: str | None) -> list[str]:
        """The nodes below, in order; of the whole tree for None."""
        return self._children.get(node, [])

    def parent(self, node: str) -> str | None:
        """The node above."""
        return self._parent[node]

    def index(self, node: str) -> int:
        """Its place among its siblings."""
        return self._index[node]

    def row(self, node: str) -> Row | None:
        """The row of today, or None for a heading such as NO_PROGRAM."""
        row = self._row.get(node)
        return None if row is None else self._plan.find(type(row), node)

    def __contains__(self, node: object) -> bool:
        return node in self._parent

    def nodes(self) -> Iterator[str]:
        """All nodes, each before those below it."""
        stack = self._children[None][::-1]
        while stack:
            node = stack.pop()
            yield node
            stack += self._children.get(node, [])[::-1]

    def ancestors(self, node: str) -> list[str]:
        """The nodes above, nearest first."""
        above: list[str] = []
        at = self._parent.get(node)
        while at is not None:
            above.append(at)
            at = self._parent[at]
        return above

    def _put(self, row: Row, parent: str | None) -> None:
        self._children.setdefault(parent, []).append(row.id)
        self._parent[row.id] = parent
        self._row[row.id] = row

    def _add_nodes(self, cls: type[Kinerja] | type[Anggaran], owner: str, dokumen_id: str) -> None:
        rows: tuple[Kinerja | Anggaran, ...] = self._plan.where(cls, "dokumen_id", dokumen_id)
        for row in rows:
            for indikator in self._plan.where(Indikator, owner, row.id):
                self._put(indikator, row.id)
        for row in rows:
            self._put(row, row.induk_id)

    def _gather_without_program(self) -> None:
        top = self._children[None]
        astray = [node for node in top if getattr(self._row[node], "jenis", "") != "program"]
        if astray:
            self._children[None] = [node for node in top if node not in set(astray)] + [NO_PROGRAM]
            self._children[NO_PROGRAM] = astray
            self._parent[NO_PROGRAM] = None
            self._parent.update(dict.fromkeys(astray, NO_PROGRAM))

    def _keep(self, accept: Accept) -> None:
        kept: set[str] = set()
        for node, row in self._row.items():
            if accept(row):
                kept |= {node, *self.ancestors(node)}
        self._parent = {node: above for node, above in self._parent.items() if node in kept}
        self._children = {
            above: [node for node in nodes if node in kept]
            for above, nodes in self._children.items()
            if above is None or above in kept
        }


class Badges:
    """The findings of each branch of an outline. A budget line counts where it stands and where it supports."""

    def __init__(self, plan: Plan, checks: Checks, outline: Outline) -> None:
        self._plan = plan
        self._checks = checks
        self._outline = outline
        self._branch: dict[str, frozenset[tuple[str, str, Level]]] = {}

    def of(self, node: str) -> Badge | None:
        """The badge of a node and all below it, or None where nothing was found."""
        found = self._found(node)
        if not found:
            return None
        return Badge(min((level for _, _, level in found), key=LEVELS.index), len(found))

    def forget(self, changed: frozenset[tuple[type[Row], str]]) -> set[str]:
        """The findings of these rows are others now; returns the nodes whose badge may be another."""
        touched: set[str] = set()
        for cls, row_id in changed:
            places = {row_id} if row_id in self._outline else set()
            if cls is Anggaran and self._outline.tree == "kinerja":
                places |= {link.kinerja_id for link in self._plan.where(Dukungan, "anggaran_id", row_id)}
            for place in places:
                if place in self._outline:
                    touched |= {place, *self._outline.ancestors(place)}
        for node in touched:
            self._branch.pop(node, None)
        return touched

    def _found(self, node: str) -> frozenset[tuple[str, str, Level]]:
        found = self._branch.get(node)
        if found is None:
            row = self._outline.row(node)
            own = [row] if row is not None else []
            if isinstance(row, Kinerja):
                own += [self._plan.get(Anggaran, d.anggaran_id) for d in self._plan.where(Dukungan, "kinerja_id", node)]
            here = {(f.row_id, f.kode, f.tingkat) for r in own for f in self._checks.at(type(r), r.id)}
            found = frozenset(here).union(*(self._found(child) for child in self._outline.children(node)))
            self._branch[node] = found
        return found

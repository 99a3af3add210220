"""Outline: one of the two trees of a document as the window shows it, with the findings of each branch."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
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


@dataclass(frozen=True, slots=True)
class Removal:
    """The nodes at `first` to `last` under `parent` go, with all below them."""

    parent: str | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reorder:
    """The nodes under each of these parents stand in another order."""

    orders: dict[str | None, list[str]]


@dataclass(frozen=True, slots=True)
class Insertion:
    """Nodes come under `parent` from place `at` on, with all below them."""

    parent: str | None
    at: int
    nodes: list[str]


Step = Removal | Reorder | Insertion


class Outline:
    """Nodes are row ids. Built whole for one document; `steps_to` leads from one outline to a newer one."""

    def __init__(self, plan: Plan, dokumen_id: str, tree: Tree) -> None:
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
        self._index = {node: i for nodes in self._children.values() for i, node in enumerate(nodes)}

    def filtered(self, accept: Accept) -> "Outline":
        """The rows that `accept` takes, and what stands above them."""
        part = copy(self)
        part._keep(accept)
        return part

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

    def rows(self) -> Iterable[Row]:
        """All rows, in no order; as they were when `take_over` was last told."""
        return self._row.values()

    def take_over(self, row: Row) -> None:
        """A row has other values, in its old place."""
        if row.id in self._row:
            self._row[row.id] = row

    def __contains__(self, node: object) -> bool:
        return node in self._parent

    def nodes(self) -> Iterator[str]:
        """All nodes, each before those below it."""
        return self.below(None)

    def below(self, node: str | None) -> Iterator[str]:
        """All nodes below one, each before those below it."""
        stack = self._children.get(node, [])[::-1]
        while stack:
            at = stack.pop()
            yield at
            if nodes := self._children.get(at):
                stack += reversed(nodes)

    def ancestors(self, node: str) -> list[str]:
        """The nodes above, nearest first."""
        above: list[str] = []
        at = self._parent.get(node)
        while at is not None:
            above.append(at)
            at = self._parent[at]
        return above

    def differing(self, wanted: "Outline") -> list[str | None]:
        """The nodes whose children are others, or in another order, in a newer outline."""
        mine, other = self._children, wanted._children
        return [node for node in mine.keys() | other.keys() if mine.get(node, []) != other.get(node, [])]

    def steps_to(self, wanted: "Outline") -> Iterator[Step]:
        """What makes this outline the newer one, one step after the other; `apply` each before asking for the next."""
        differing = self.differing(wanted)
        for parent in differing:
            if parent is None or (parent in self and parent in wanted):
                yield from self._removals(parent, wanted)
        orders = {}
        for parent in differing:
            now = self.children(parent)
            there = set(now)
            order = [node for node in wanted.children(parent) if node in there]
            if order != now and (parent is None or parent in self):
                orders[parent] = order
        if orders:
            yield Reorder(orders)
        for parent in differing:
            if parent is None or (parent in self and parent in wanted):
                yield from self._insertions(parent, wanted)

    def apply(self, step: Step, wanted: "Outline") -> None:
        """Take a step."""
        if isinstance(step, Removal):
            nodes = self._children[step.parent]
            gone = nodes[step.first : step.last + 1]
            del nodes[step.first : step.last + 1]
            for node in [*gone, *(below for top in gone for below in self.below(top))]:
                del self._parent[node], self._index[node]
                self._row.pop(node, None)
            for node in gone:
                self._drop_children(node)
            self._reindex(step.parent)
        elif isinstance(step, Reorder):
            for parent, order in step.orders.items():
                self._children[parent] = order
                self._reindex(parent)
        else:
            self._children.setdefault(step.parent, [])[step.at : step.at] = step.nodes
            for node in [*step.nodes, *(below for top in step.nodes for below in wanted.below(top))]:
                self._parent[node] = wanted._parent[node]
                if node in wanted._row:
                    self._row[node] = wanted._row[node]
                if node in wanted._children:
                    self._children[node] = list(wanted._children[node])
                    self._reindex(node)
            self._reindex(step.parent)

    def _removals(self, parent: str | None, wanted: "Outline") -> Iterator[Step]:
        nodes = self._children.get(parent, [])
        last = len(nodes) - 1
        while last >= 0:
            first = last
            while first >= 0 and (nodes[first] not in wanted or wanted._parent[nodes[first]] != parent):
                first -= 1
            if first < last:
                yield Removal(parent, first + 1, last)
            last = first - 1

    def _insertions(self, parent: str | None, wanted: "Outline") -> Iterator[Step]:
        nodes = wanted.children(parent)
        at = 0
        while at < len(nodes):
            end = at
            while end < len(nodes) and nodes[end] not in self:
                end += 1
            if end > at:
                yield Insertion(parent, at, nodes[at:end])
            at = end + 1

    def _reindex(self, parent: str | None) -> None:
        self._index.update((node, i) for i, node in enumerate(self._children.get(parent, [])))

    def _drop_children(self, node: str) -> None:
        stack = [node]
        while stack:
            stack += self._children.pop(stack.pop(), [])

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
        parents, children, rows = self._parent, self._children, self._row
        kept: set[str] = set()
        for node, row in rows.items():
            if node not in kept and accept(row):
                at: str | None = node
                while at is not None and at not in kept:
                    kept.add(at)
                    at = parents[at]
        self._parent = {node: parents[node] for node in kept}
        self._row = {node: rows[node] for node in kept if node in rows}
        self._children = {None: [node for node in children[None] if node in kept]}
        for above in kept:
            if nodes := children.get(above):
                self._children[above] = [node for node in nodes if node in kept]
        self._index = {node: i for nodes in self._children.values() for i, node in enumerate(nodes)}


class Badges:
    """The findings of each branch of an outline. A budget line counts where it stands and where it supports."""

    def __init__(self, plan: Plan, checks: Checks, outline: Outline) -> None:
        self._plan = plan
        self._checks = checks
        self._outline = outline
        self._branch: dict[str, frozenset[tuple[str, str, Level]]] = {}

    def of(self, node: str) -> Badge | None:
        """The badge of a node and all below it, or None where nothing was found, or not all is checked yet."""
        found = self._found(node) if self._checks.complete else None
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

    def clear(self) -> None:
        """All findings may be others now."""
        self._branch.clear()

    def follow(self, outline: Outline, places: Iterable[str]) -> set[str]:
        """The outline is another now: what is known of these places, and of those above them, is no more so."""
        touched = {node for place in places for node in (place, *self._outline.ancestors(place))}
        self._outline = outline
        touched |= {node for place in tuple(touched) for node in outline.ancestors(place)}
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
            here = {
                (f.row_id, f.kode, f.tingkat)
                for r in own
                for f in self._checks.at(type(r), r.id)
                # One that follows from a deeper fault is counted there.
                if f.sebab is None and self._checks.accepted(f) is None
            }
            found = frozenset(here).union(*(self._found(child) for child in self._outline.children(node)))
            self._branch[node] = found
        return found


def places_of(row: Row | None) -> set[str]:
    """The nodes whose badge may be another when a row comes, goes or moves."""
    if isinstance(row, Dukungan):
        return {row.kinerja_id}
    if not isinstance(row, Kinerja | Anggaran | Indikator):
        return set()
    above = (getattr(row, field, None) for field in ("induk_id", "kinerja_id", "anggaran_id"))
    return {row.id, *(place for place in above if place is not None)}

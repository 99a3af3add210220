"""How the quarterly forms set out a plan: sasaran in the order of their tree, with the budget branches of each."""

from collections.abc import Iterable, Iterator

from models.plan import Plan
from models.rows import Aksi, Anggaran, Dukungan, Indikator, Kinerja

TINGKAT = ("sasaran_strategis", "sasaran_program", "sasaran_kegiatan", "sasaran_sub_kegiatan")
"""The sasaran that these forms print, from the top; tujuan and the individual's have papers of their own."""


class Susunan:
    """The sasaran of a document, its budget branches, and which of them stand beside each other.

    A branch stands whole, from its topmost line down; it comes with the first sasaran that any of its lines supports.
    """

    def __init__(self, plan: Plan, dokumen_id: str) -> None:
        self._plan = plan
        self.nodes = [node for node in _tree(plan, dokumen_id) if node.tingkat in TINGKAT]
        self.lines = plan.where(Anggaran, "dokumen_id", dokumen_id)
        known = {line.id for line in self.lines}
        self._tops = [line for line in self.lines if line.induk_id not in known]
        self._links: dict[str, list[Dukungan]] = {}
        for node in self.nodes:
            for link in plan.where(Dukungan, "kinerja_id", node.id):
                self._links.setdefault(link.anggaran_id, []).append(link)
        self.named = {link.indikator_id for links in self._links.values() for link in links}
        """Ids of the indicators that any link names."""

    def tops(self) -> Iterator[tuple[Kinerja | None, Anggaran | None]]:
        """(sasaran, None) for each sasaran in order, followed by (sasaran, topmost line) of the branches with it.

        Branches that support no sasaran come last, with None.
        """
        done: set[str] = set()
        for node in self.nodes:
            yield node, None
            for link in self._plan.where(Dukungan, "kinerja_id", node.id):
                top = self.top(self._plan.get(Anggaran, link.anggaran_id))
                if top.id not in done:
                    done.add(top.id)
                    yield node, top
        for line in self._tops:
            if line.id not in done:
                yield None, line

    def top(self, line: Anggaran) -> Anggaran:
        """The topmost line of its branch."""
        return self.path(line)[0]

    def path(self, line: Anggaran) -> list[Anggaran]:
        """The line and those above it, topmost first."""
        path = [line]
        while (above := self._plan.find(Anggaran, path[-1].induk_id)) is not None and above not in path:
            path.append(above)
        return path[::-1]

    def children(self, line: Anggaran) -> tuple[Anggaran, ...]:
        """The lines directly below."""
        return self._plan.where(Anggaran, "induk_id", line.id)

    def leaves(self, top: Anggaran) -> Iterator[Anggaran]:
        """The lines of a branch that have none below them, or planned actions of their own."""
        stack = [top]
        while stack:
            line = stack.pop()
            below = self.children(line)
            if not below or self._plan.where(Aksi, "anggaran_id", line.id):
                yield line
            stack += below[::-1]

    def links(self, line: Anggaran) -> list[Dukungan]:
        """The links of a line to sasaran, in the order of the sasaran."""
        return self._links.get(line.id, [])

    def owner(self, line: Anggaran) -> Kinerja | None:
        """The sasaran that a line stands beside: the lowest of those that it supports itself, the first of a level."""
        nodes = (self._plan.get(Kinerja, link.kinerja_id) for link in self.links(line))
        return max(nodes, key=lambda node: TINGKAT.index(node.tingkat), default=None)

    def strategis(self, line: Anggaran) -> Kinerja | None:
        """The sasaran strategis of a line: the nearest that it, a line above it or what they support belongs to."""
        for above in reversed(self.path(line)):
            for link in self.links(above):
                node = self._plan.find(Kinerja, link.kinerja_id)
                while node is not None and node.tingkat != "sasaran_strategis":
                    node = self._plan.find(Kinerja, node.induk_id)
                if node is not None:
                    return node
        return None


def own_indicators(plan: Plan, row: Kinerja | Anggaran) -> tuple[Indikator, ...]:
    """The indicators of a sasaran or of a budget line."""
    return plan.where(Indikator, "kinerja_id" if isinstance(row, Kinerja) else "anggaran_id", row.id)


def named_indicators(plan: Plan, links: Iterable[Dukungan]) -> list[Indikator]:
    """The indicators that links name, each once."""
    ids = dict.fromkeys(link.indikator_id for link in links if link.indikator_id is not None)
    return [plan.get(Indikator, indikator_id) for indikator_id in ids]


def _tree(plan: Plan, dokumen_id: str) -> Iterator[Kinerja]:
    """The nodes of a document, each before those below it."""
    nodes = plan.where(Kinerja, "dokumen_id", dokumen_id)
    known = {node.id for node in nodes}
    stack = [node for node in nodes if node.induk_id not in known][::-1]
    while stack:
        node = stack.pop()
        yield node
        stack += plan.where(Kinerja, "induk_id", node.id)[::-1]

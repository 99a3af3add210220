"""What of the chart is shown: with which box it begins, and which branches are folded away."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.bagan import Spot, key_of
from services.pohon.nodes import Node


@dataclass(slots=True)
class Sight:
    """`start`: key of the first box, "" for the whole plan; `folded`: keys; `path`: nodes from the top to `start`."""

    start: str = ""
    folded: set[str] = field(default_factory=set)
    path: tuple[Node, ...] = ()

    def clear(self) -> None:
        """All of a plan."""
        self.start, self.folded, self.path = "", set(), ()

    def arrived(self, path: tuple[Node, ...]) -> None:
        """A chart has come that begins at the end of `path`; without one, its first box is no more."""
        self.path = path
        self.start = key_of(path[-1]) if path else ""

    def begin_at(self, key: str) -> None:
        """Begin with another box, which is not folded."""
        self.start = key
        self.folded.discard(key)

    def above(self) -> str:
        """The box with which the chart begins one step further up."""
        return ["", *(key_of(node) for node in self.path)][-2] if self.path else ""

    def toggle(self, key: str) -> None:
        """Fold a branch, or unfold it."""
        if key in self.folded:
            self.folded.discard(key)
        else:
            self.folded.add(key)

    def fold_below(self, spots: Iterable[Spot], depth: int) -> None:
        """So many levels of boxes stay open."""
        self.folded = set()
        waiting = [(spot.node, 1) for spot in spots if spot.parent is None]
        while waiting:
            node, level = waiting.pop()
            if node.children and level >= depth:
                self.folded.add(key_of(node))
            waiting += [(child, level + 1) for child in node.children]

    def unfold_to(self, spot: Spot, key: str) -> bool:
        """Open the folded branch of the spot in which a row is seen; False where it stands in that very box."""
        node = spot.node
        own = {key_of(node), *(m.row_id for m in node.measures), *(line.row_id for line in node.lines)}
        if key in own or key_of(node) not in self.folded:
            return False
        self.folded.discard(key_of(node))
        return True

"""The chart of a cascade for a screen: the boxes of the printed one, but each is set again only when it has changed.

A box is drawn at its own origin and placed by `x` and `y`, so that a painter can keep its picture. Connectors are
grouped by the box that they leave, so that those out of sight are skipped. All lengths are points.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.pohon.layout import Spacing, arrange
from services.pohon.nodes import Cascade, Node
from services.pohon.scene import Box, Line, Style, draw
from services.terms import LEVEL_NAMES

SCREEN = Style(width=62, size=9)
"""At 100 % its text is as large as that of the window."""
SPACING = Spacing(beside=14, below=34, listed=8, indent=16)
_SCREEN = (16, 8)
"""Width and height of the room for a chart, in any unit."""
_KEPT = 4
"""Boxes kept for each one shown: those of folded branches, and of an edit ago."""

_SPARE = 100

Marks = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A box in its place. `box` is at its own origin, and the very same object as long as nothing in it changes.

    `parent`, `children`: numbers of spots. `hidden`: boxes folded away below it. `listed`: it stands in a list;
    `lists`: its children do, one below the other.
    """

    node: Node
    box: Box
    x: float
    y: float
    parent: int | None
    children: tuple[int, ...]
    hidden: int
    listed: bool
    lists: bool
    depth: int

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.box.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.box.height

    @property
    def below(self) -> float:
        """Where the lines to its children leave its lower edge, from the left."""
        return self.x + (SPACING.indent / 2 if self.lists else self.box.width / 2)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The connectors from one box down to its children; `side`: the dashed ones of what serves a second node.

    `owner`: the spot that they leave. `edges`: left, top, right, bottom.
    """

    owner: int
    lines: tuple[Line, ...]
    edges: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """All boxes, each before those below it; `at`: key of a box, or id of a row that stands in one -> spot."""

    spots: tuple[Spot, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    side: tuple[Bundle, ...] = ()
    width: float = 0.0
    height: float = 0.0
    at: Mapping[str, int] = field(default_factory=dict)

    def spot_of(self, row_id: str) -> int | None:
        """The number of the spot that shows a row: its own box, or the one in which it stands as a line."""
        return self.at.get(row_id)

    def way_up(self, number: int | None) -> list[int]:
        """The spot and those above it, to the top."""
        found: list[int] = []
        while number is not None:
            found.append(number)
            number = self.spots[number].parent
        return found


class Boxes:
    """Makes charts, and remembers how the boxes of the last ones were set."""

    def __init__(self, style: Style = SCREEN) -> None:
        self._style = style
        self._set: dict[tuple[Node, tuple[str, ...]], Box] = {}

    def unset(self, tree: Cascade) -> int:
        """How many boxes of a tree have to be set first."""
        known = {node for node, _ in self._set}
        return sum(bare(node) not in known for node in walk(tree.roots))

    def chart(
        self, tree: Cascade, marks: Marks | None = None, folded: Collection[str] = (), *, deep: bool = False
    ) -> Chart:
        """The chart.

        Args:
            marks: id of a row -> what is missing there, in words.
            folded: keys of the boxes whose branches are folded away.
            deep: also the level above the lowest stands in lists.
        """
        boxes: dict[int, Box] = {}

        def children(node: Node) -> Sequence[Node]:
            return () if _folded(node, folded) else node.children

        def size(node: Node) -> tuple[float, float]:
            box = boxes[id(node)] = self._box(node, marks or {})
            return box.width, box.height

        places = arrange(tree.roots, children, size, lambda node: _lists(node, folded, deep=deep), SPACING)
        below: list[list[int]] = [[] for _ in places]
        depth: list[int] = []
        for number, place in enumerate(places):
            depth.append(0 if place.parent is None else depth[place.parent] + 1)
            if place.parent is not None:
                below[place.parent].append(number)
        spots = tuple(
            Spot(
                place.node,
                boxes[id(place.node)],
                place.x,
                place.y,
                place.parent,
                tuple(below[number]),
                sum(1 for _ in walk(place.node.children)) if _folded(place.node, folded) else 0,
                place.listed,
                any(places[child].listed for child in below[number][:1]),
                depth[number],
            )
            for number, place in enumerate(places)
        )
        if len(self._set) > _KEPT * len(spots) + _SPARE:
            kept = {id(box) for box in boxes.values()}
            self._set = {key: box for key, box in self._set.items() if id(box) in kept}
        return Chart(
            spots,
            tuple(_bundle(number, spots, self._style) for number, spot in enumerate(spots) if spot.children),
            tuple(_side(tree, spots)),
            max((spot.right for spot in spots), default=0.0),
            max((spot.bottom for spot in spots), default=0.0),
            _seen(spots),
        )

    def best(
        self, tree: Cascade, marks: Marks | None, folded: Collection[str], deep: bool | None
    ) -> tuple[Chart, bool]:
        """The chart, and whether it is `deep`; None takes the way of which more fits on a screen."""
        shallow = self.chart(tree, marks, folded, deep=bool(deep))
        if deep is not None:
            return shallow, deep
        other = self.chart(tree, marks, folded, deep=True)
        wins = _strain(other) < _strain(shallow)
        return (other if wins else shallow), wins

    def _box(self, node: Node, marks: Marks) -> Box:
        own = bare(node)
        words = tuple(marks.get(node.row_id, ())) if node.row_id else ()
        box = self._set.get((own, words))
        if box is None:
            box = draw(Cascade((own,), ()), self._style, {own.row_id: words}).boxes[0]
            self._set[own, words] = box
        return box


def _strain(chart: Chart) -> float:
    """How much smaller a chart is drawn to fit a screen."""
    return max(chart.width / _SCREEN[0], chart.height / _SCREEN[1])


def key_of(node: Node) -> str:
    """What names a box: the id of its row, or the words of a root over what hangs nowhere."""
    return node.row_id or node.text


def bare(node: Node) -> Node:
    """The node without what hangs below it."""
    return replace(node, children=()) if node.children else node


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes and all below them, each before those below it."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)


def path_to(tree: Cascade, key: str) -> tuple[Node, ...]:
    """The nodes from the top down to the one of that key; empty where there is none."""
    above: dict[int, Node] = {}
    for node in walk(tree.roots):
        for child in node.children:
            above[id(child)] = node
        if key_of(node) == key:
            way = [node]
            while (up := above.get(id(way[-1]))) is not None:
                way.append(up)
            return tuple(reversed(way))
    return ()


def by_level(tree: Cascade) -> Cascade:
    """Roots over what hangs nowhere, one for each level, so that they do not become rows as long as the plan."""
    roots: list[Node] = []
    for root in tree.roots:
        levels = list(dict.fromkeys(child.level for child in root.children))
        if root.row_id or len(levels) < 2:
            roots.append(root)
            continue
        for level in levels:
            text = f"{root.text}: {LEVEL_NAMES[level].lower()}"
            below = tuple(child for child in root.children if child.level == level)
            roots.append(replace(root, text=text, children=below))
    return replace(tree, roots=tuple(roots))


def part(tree: Cascade, top: Node) -> Cascade:
    """What hangs below a node, itself on top."""
    kept = {node.row_id for node in walk((top,))}
    return Cascade((top,), tuple(pair for pair in tree.side if kept.issuperset(pair)))


def _folded(node: Node, folded: Collection[str]) -> bool:
    return bool(node.children) and key_of(node) in folded


def _lists(node: Node, folded: Collection[str], *, deep: bool) -> bool:
    """Whether the children stand one below the other: nothing hangs below any of them, or with `deep` one level."""
    if not node.children or _folded(node, folded):
        return False
    return all(
        not child.children or (deep and not any(each.children for each in child.children)) for child in node.children
    )


def _bundle(number: int, spots: Sequence[Spot], style: Style) -> Bundle:
    """From a box down to a crossbar, and from there to its children; to those of a list from the left."""
    spot = spots[number]
    below = [spots[child] for child in spot.children]
    x, bottom = spot.below, spot.bottom
    lines: list[Line] = []
    if below[0].listed:
        meets = [child.y + min(child.box.height, style.band) / 2 for child in below]
        lines.append(((x, bottom), (x, meets[-1])))
        lines += [((x, y), (child.x, y)) for child, y in zip(below, meets, strict=True)]
    else:
        bar = bottom + SPACING.below / 2
        middles = [child.x + child.box.width / 2 for child in below]
        lines.append(((x, bottom), (x, bar)))
        if len({x, *middles}) > 1:
            lines.append(((min(x, *middles), bar), (max(x, *middles), bar)))
        lines += [((middle, bar), (middle, child.y)) for child, middle in zip(below, middles, strict=True)]
    return _bundled(number, lines)


def _side(tree: Cascade, spots: Sequence[Spot]) -> Iterator[Bundle]:
    numbers = {spot.node.row_id: number for number, spot in enumerate(spots)}
    for upper, lower in tree.side:
        if upper in numbers and lower in numbers:
            one, other = spots[numbers[upper]], spots[numbers[lower]]
            line = ((one.x + one.box.width * 0.75, one.bottom), (other.x + other.box.width * 0.75, other.y))
            yield _bundled(numbers[upper], [line])


def _bundled(owner: int, lines: Sequence[Line]) -> Bundle:
    xs = [x for line in lines for x, _ in line]
    ys = [y for line in lines for _, y in line]
    return Bundle(owner, tuple(lines), (min(xs), min(ys), max(xs), max(ys)))


def _seen(spots: Sequence[Spot]) -> dict[str, int]:
    """A row with a box of its own is seen there; what stands in boxes, in the first of them; what is folded, above."""
    found: dict[str, int] = {}
    for number, spot in enumerate(spots):
        for node in (spot.node, *(walk(spot.node.children) if spot.hidden else ())):
            for part_id in (*(m.row_id for m in node.measures), *(line.row_id for line in node.lines)):
                found.setdefault(part_id, number)
            if node is not spot.node:
                found.setdefault(key_of(node), number)
    found.update((key_of(spot.node), number) for number, spot in enumerate(spots))
    return found

"""Where the boxes of a tree stand: top down, as narrow as can be, each parent over the middle of its children.

Boxes may be of any size. The children of a node stand in a row below it, or, as a list, one below the other, set in
from its left edge. Subtrees that are placed stay as they are and are pushed together until their outlines meet, not
their levels: the problem of A. van der Ploeg, "Drawing non-layered tidy trees in linear time" (2014). An outline is a
list of steps; neighbours are compared as far down as the shorter one reaches.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")
Size = tuple[float, float]
"""(width, height)"""

_Outline = list[tuple[float, float]]
"""(lower end, edge) of each step, from the top down; a step begins where the one above it ends."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances in the unit of the boxes.

    `beside`: between boxes next to each other; `below`: from a box to the row of its children; `listed`: between the
    boxes of a list; `indent`: by which a list is set in.
    """

    beside: float = 12
    below: float = 24
    listed: float = 6
    indent: float = 10


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """The box of a node: left and upper edge, size; `parent`: which place is above it, None of a root.

    `listed`: it stands in a list, so the line from above meets its left edge.
    """

    node: T
    x: float
    y: float
    width: float
    height: float
    parent: int | None
    listed: bool

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way between left and right."""
        return self.x + self.width / 2


class _Tree(Generic[T]):
    """A subtree. `x`: its top box's left edge, from that of the box above; outlines: from its own left edge."""

    __slots__ = ("children", "height", "in_list", "left", "lists", "node", "right", "width", "x", "y")

    def __init__(self, node: T, size: Size, y: float, *, lists: bool, in_list: bool) -> None:
        self.node, self.y, self.lists, self.in_list = node, y, lists, in_list
        self.width, self.height = size
        self.x = 0.0
        self.children: list[_Tree[T]] = []
        self.left: _Outline = []
        self.right: _Outline = []

    @property
    def bottom(self) -> float:
        return self.y + self.height


def arrange(
    roots: Sequence[T],
    children: Callable[[T], Sequence[T]],
    size: Callable[[T], Size],
    as_list: Callable[[T], bool],
    spacing: Spacing,
) -> list[Place[T]]:
    """All boxes, each parent before its children and siblings in their order; leftmost and uppermost edge are 0.

    Args:
        as_list: whether the children of a node stand as a list; all that hangs below them does, too.
    """
    trees = [_Tree(root, size(root), 0.0, lists=as_list(root), in_list=False) for root in roots]
    order: list[_Tree[T]] = []
    waiting = [*trees]
    while waiting:
        tree = waiting.pop()
        order.append(tree)
        below = tree.bottom + spacing.below
        for child in children(tree.node):
            lists = tree.lists or as_list(child)
            tree.children.append(_Tree(child, size(child), below, lists=lists, in_list=tree.lists))
        waiting += tree.children
    for tree in reversed(order):
        if tree.lists:
            _list(tree, spacing)
        else:
            _row(tree, spacing)
    _side_by_side(trees, spacing)
    return _places(trees)


def _row(tree: _Tree[T], spacing: Spacing) -> None:
    """The children side by side, the node over their middle.

    The outline of a child begins at the lower edge of the node, so that no other box comes between the two.
    """
    tree.left, tree.right = [(tree.bottom, 0.0)], [(tree.bottom, tree.width)]
    if not tree.children:
        return
    left, right = _side_by_side(tree.children, spacing)
    first, last = tree.children[0], tree.children[-1]
    start = tree.width / 2 - (first.x + first.width / 2 + last.x + last.width / 2) / 2
    for child in tree.children:
        child.x += start
    tree.left += _moved(left, start)
    tree.right += _moved(right, start)


def _list(tree: _Tree[T], spacing: Spacing) -> None:
    """The children one below the other. Their heights are known only now, so they are moved to where they end up."""
    end, widest = tree.bottom, tree.width
    for child in tree.children:
        _lower(child, end + spacing.listed - child.y)
        child.x = spacing.indent
        end = child.left[-1][0]
        widest = max(widest, spacing.indent + max(edge for _, edge in child.right))
    tree.left, tree.right = [(end, 0.0)], [(tree.bottom, tree.width), (end, widest)]


def _lower(tree: _Tree[T], by: float) -> None:
    waiting = [tree]
    while waiting:
        moved = waiting.pop()
        moved.y += by
        moved.left = [(end + by, edge) for end, edge in moved.left]
        moved.right = [(end + by, edge) for end, edge in moved.right]
        waiting += moved.children


def _side_by_side(trees: Sequence[_Tree[T]], spacing: Spacing) -> tuple[_Outline, _Outline]:
    """Push each tree against those before it; returns the outlines of all of them, the first one at 0."""
    left: _Outline = []
    right: _Outline = []
    for tree in trees:
        tree.x = _distance(right, tree.left) + spacing.beside if right else 0.0
        left = _under(left, _moved(tree.left, tree.x))
        right = _under(_moved(tree.right, tree.x), right)
    return left, right


def _distance(right: _Outline, left: _Outline) -> float:
    """How far an outline must go to the right of another not to overlap it."""
    furthest, one, other = float("-inf"), 0, 0
    while one < len(right) and other < len(left):
        furthest = max(furthest, right[one][1] - left[other][1])
        end = min(right[one][0], left[other][0])
        one += right[one][0] <= end
        other += left[other][0] <= end
    return furthest


def _under(upper: _Outline, lower: _Outline) -> _Outline:
    """An outline as far as it reaches, and below its end the other one."""
    end = upper[-1][0] if upper else float("-inf")
    return [*upper, *(step for step in lower if step[0] > end)]


def _moved(outline: _Outline, by: float) -> _Outline:
    return [(end, edge + by) for end, edge in outline]


def _places(trees: Sequence[_Tree[T]]) -> list[Place[T]]:
    places: list[Place[T]] = []
    waiting: list[tuple[_Tree[T], float, int | None]] = [(tree, 0.0, None) for tree in reversed(trees)]
    while waiting:
        tree, start, parent = waiting.pop()
        x = start + tree.x
        waiting += [(child, x, len(places)) for child in reversed(tree.children)]
        places.append(Place(tree.node, x, tree.y, tree.width, tree.height, parent, tree.in_list))
    first = min((place.x for place in places), default=0.0)
    return [replace(place, x=place.x - first) for place in places]

"""Where the boxes of a tree stand on paper: as many shapes of it as are worth having, from narrow and high to wide.

The children of a node stand below it in columns, in their order, down the first column and then down the next; one in
each column is a row. Each subtree keeps the shapes of which none is both narrower and lower than another, and a node
makes its own from those of its children: L. Stockmeyer, "Optimal orientations of cells in slicing floorplan designs"
(1983). So the best shape for a page is found without trying its size beforehand. Lengths are in the unit of the boxes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Generic, TypeVar

from services.pohon.layout import Place, Spacing

T = TypeVar("T")
Line = tuple[tuple[float, float], ...]

_SHAPES: Final = 32
"""Of a subtree that are kept."""
_WIDTHS: Final = 16
"""Of a column that are tried."""
_HEIGHTS: Final = 40
"""Of the columns below a node that are tried."""
_NEAR: Final = 1e-6
_APART: Final = 2.4
"""Between branches, in distances of the boxes of a list."""


class Shape(Generic[T]):
    """A subtree arranged: its size, and which shape each child has in which column."""

    __slots__ = ("box", "columns", "height", "node", "width")

    def __init__(
        self, node: T | None, box: float, width: float, height: float, columns: tuple[tuple["Shape[T]", ...], ...]
    ) -> None:
        self.node, self.box, self.width, self.height, self.columns = node, box, width, height, columns

    @property
    def is_row(self) -> bool:
        """One child in each column: the lines come from above."""
        return all(len(column) == 1 for column in self.columns)


@dataclass(frozen=True, slots=True)
class Packed(Generic[T]):
    """Boxes and the lines between them; each parent before its children."""

    width: float
    height: float
    places: tuple[Place[T], ...]
    lines: tuple[Line, ...]


def shapes(
    roots: Sequence[T],
    children: Callable[[T], Sequence[T]],
    height: Callable[[T, float], float],
    widths: Sequence[float],
    spacing: Spacing,
) -> list[Shape[T]]:
    """The shapes of a forest, from the narrowest to the lowest.

    Args:
        height: of the box of a node that is so wide; no higher for a wider one.
        widths: that a box may have, ascending.
    """
    order: list[T] = []
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += reversed(children(node))
    made: dict[int, list[Shape[T]]] = {}
    for node in reversed(order):
        boxes = [(width, height(node, width)) for width in widths]
        made[id(node)] = _of_node(node, boxes, [made[id(child)] for child in children(node)], spacing)
    return _best([Shape(None, 0.0, *rest) for rest in _columned([made[id(root)] for root in roots], spacing, 0.0)], 200)


def _of_node(
    node: T, boxes: Sequence[tuple[float, float]], below: list[list[Shape[T]]], spacing: Spacing
) -> list[Shape[T]]:
    """A box may be as wide as what stands below it, or a little wider."""
    if not below:
        return _best([Shape(node, width, width, height, ()) for width, height in boxes])
    found = []
    for width, height, columns in _columned(below, spacing, spacing.indent):
        as_wide = max((at for at, box in enumerate(boxes) if box[0] <= width), default=0)
        for own, tall in boxes[as_wide : as_wide + 3]:
            found.append(Shape(node, own, max(own, width), tall + spacing.below + height, columns))
    return _best(found)


def _best(found: list[Shape[T]], most: int = _SHAPES) -> list[Shape[T]]:
    """Those of which none is both narrower and lower than another, at most so many of them."""
    kept: list[Shape[T]] = []
    for shape in sorted(found, key=lambda each: (each.width, each.height)):
        if not kept or shape.height < kept[-1].height - _NEAR:
            kept.append(shape)
    return _some(kept, most)


def _some(found: list[T], count: int) -> list[T]:
    """So many of a list at even distances, the first and the last among them."""
    if len(found) <= count:
        return found
    return [found[round(at * (len(found) - 1) / (count - 1))] for at in range(count)]


_Columns = tuple[float, float, tuple[tuple[Shape[T], ...], ...]]


def _columned(below: list[list[Shape[T]]], spacing: Spacing, indent: float) -> Iterator[_Columns[T]]:
    """(width, height, columns) of the arrangements of siblings: for each of some heights the narrowest."""
    if not below:
        yield 0.0, 0.0, ()
        return
    gap = _gap([front[0] for front in below], spacing)
    fronts = [list(reversed(front)) for front in below]
    widths = _some(sorted({shape.width for front in below for shape in front}), _WIDTHS)
    chosen = [[_within(front, width) for front in fronts] for width in widths]
    sums = [list(accumulate((shape.height + gap for shape in row), initial=0.0)) for row in chosen]
    least = max(front[-1].height for front in below)
    most = sums[0][-1] - gap
    for step in range(_HEIGHTS):
        tallest = least * (max(most, least) / least) ** (step / (_HEIGHTS - 1)) + _NEAR
        row = tuple((_under(front, tallest),) for front in below)
        yield _measured(row, spacing, gap, 0.0)
        if len(below) > 1:
            ends = _cut(sums, widths, tallest + gap, spacing.beside + indent)
            columns = tuple(tuple(chosen[at][number] for number in range(first, end)) for first, end, at in ends)
            is_row = all(len(column) == 1 for column in columns)
            yield _measured(columns, spacing, gap, 0.0 if is_row else indent)


def _measured(columns: tuple[tuple[Shape[T], ...], ...], spacing: Spacing, gap: float, indent: float) -> _Columns[T]:
    wide = sum(max(shape.width for shape in column) + indent for column in columns)
    tall = max(_stacked([shape.height for shape in column], gap) for column in columns)
    return wide + (len(columns) - 1) * spacing.beside, tall, columns


def _within(front: Sequence[Shape[T]], width: float) -> Shape[T]:
    """The lowest shape that is no wider, else the narrowest; `front` begins with the widest."""
    return next((shape for shape in front if shape.width <= width + _NEAR), front[-1])


def _under(front: Sequence[Shape[T]], height: float) -> Shape[T]:
    """The narrowest shape that is no higher, else the lowest; `front` begins with the narrowest."""
    return next((shape for shape in front if shape.height <= height + _NEAR), front[-1])


def _gap(siblings: Sequence[Shape[T]], spacing: Spacing) -> float:
    """Between the boxes of a column; more where something hangs below one of them."""
    return spacing.listed if all(not shape.columns for shape in siblings) else spacing.listed * _APART


def _stacked(heights: Sequence[float], gap: float) -> float:
    return sum(heights) + (len(heights) - 1) * gap


def _cut(
    sums: Sequence[Sequence[float]], widths: Sequence[float], tallest: float, between: float
) -> list[tuple[int, int, int]]:
    """(first, end, number of the width) of columns no higher than that, the narrowest in all that there are.

    Args:
        sums: for each width the heights of the siblings before each, with the space below each.
    """
    count = len(sums[0]) - 1
    best = [0.0, *[float("inf")] * count]
    cut: list[tuple[int, int]] = [(0, 0)] * (count + 1)
    for first in range(count):
        at = 0
        for end in range(first + 1, count + 1):
            while at < len(widths) and sums[at][end] - sums[at][first] > tallest + _NEAR:
                at += 1
            if at == len(widths):
                if end > first + 1:
                    break
                at -= 1
            wide = best[first] + widths[at] + between
            if wide < best[end] - _NEAR:
                best[end], cut[end] = wide, (first, at)
    found, end = [], count
    while end:
        first, at = cut[end]
        found.append((first, end, at))
        end = first
    return found[::-1]


class _Item(Generic[T]):
    """A shape on its place; `room`: how wide it may spread, `whole`: height with all below it."""

    __slots__ = ("columns", "columns_at", "height", "listed", "parent", "room", "shape", "whole", "width", "x", "y")

    def __init__(self, shape: Shape[T], room: float, parent: int | None, *, listed: bool) -> None:
        self.shape, self.room, self.parent, self.listed = shape, room, parent, listed
        self.width = self.height = self.whole = self.x = self.y = 0.0
        self.columns: list[list[int]] = []
        self.columns_at: list[float] = []

    def indent(self, spacing: Spacing) -> float:
        """By which the boxes of its columns are set in."""
        return 0.0 if self.shape.is_row or self.shape.node is None else spacing.indent

    def between(self, spacing: Spacing) -> float:
        """From one box of a column with all below it to the next."""
        return _gap([shape for column in self.shape.columns for shape in column], spacing)

    def gap(self, spacing: Spacing) -> float:
        """From its box to the columns."""
        return 0.0 if self.shape.node is None else spacing.below


def packed(
    shape: Shape[T], height: Callable[[T, float], float], widest: float, spacing: Spacing, meets: float
) -> Packed[T]:
    """The boxes of a shape of a forest, each as wide as its column where that is no wider than `widest`.

    Args:
        meets: how far below the upper edge of a box the line from the left meets it.
    """
    items = _spread(shape, height, widest, spacing)
    for item in reversed(items):
        tall = [_stacked([items[at].whole for at in column], item.between(spacing)) for column in item.columns]
        item.whole = item.height + (item.gap(spacing) + max(tall) if tall else 0.0)
    for item in items:
        _put(items, item, spacing)
    lines = [line for item in items if item.shape.node is not None for line in _joined(items, item, spacing, meets)]
    places = [
        Place(node, item.x, item.y, item.width, item.height, item.parent - 1 if item.parent else None, item.listed)
        for item in items
        if (node := item.shape.node) is not None
    ]
    return Packed(
        max((place.right for place in places), default=0.0),
        max((place.bottom for place in places), default=0.0),
        tuple(places),
        tuple(lines),
    )


def _spread(shape: Shape[T], height: Callable[[T, float], float], widest: float, spacing: Spacing) -> list[_Item[T]]:
    """All shapes, each before those below it, with the widths and heights of the boxes."""
    items: list[_Item[T]] = []
    waiting: list[tuple[_Item[T], list[int] | None]] = [(_Item(shape, shape.width, None, listed=False), None)]
    while waiting:
        item, column = waiting.pop()
        number, made = len(items), item.shape
        items.append(item)
        if column is not None:
            column.append(number)
        if made.node is not None:
            item.width = max(made.box, min(item.room, widest))
            item.height = height(made.node, item.width)
        indent = item.indent(spacing)
        below = []
        for each in made.columns:
            item.columns.append([])
            wide = max(s.width for s in each)
            if len(made.columns) == 1:
                wide = max(wide, item.room - indent)
            below += [(_Item(s, wide, number, listed=bool(indent)), item.columns[-1]) for s in each]
        waiting += reversed(below)
    return items


def _put(items: list[_Item[T]], item: _Item[T], spacing: Spacing) -> None:
    """Give the children of an item their places; `x` of the item is that of its room until then."""
    indent = item.indent(spacing)
    widths = [max(items[at].room for at in column) + indent for column in item.columns]
    total = sum(widths) + spacing.beside * (len(widths) - 1) if widths else item.width
    block = max(item.width, total)
    left = item.x if item.listed else item.x + max(item.room - block, 0.0) / 2
    item.x = left if indent and len(widths) == 1 else left + (block - item.width) / 2
    x = left if indent and len(widths) == 1 else left + (block - total) / 2
    for column, width in zip(item.columns, widths, strict=True):
        y = item.y + item.height + item.gap(spacing)
        item.columns_at.append(x)
        for at in column:
            items[at].x, items[at].y = x + indent, y
            y += items[at].whole + item.between(spacing)
        x += width + spacing.beside


def _joined(items: list[_Item[T]], item: _Item[T], spacing: Spacing, meets: float) -> Iterator[Line]:
    """The lines from a box to those below it: from above to each of a row, from the left to those of columns."""
    if not item.columns:
        return
    bottom, middle = item.y + item.height, item.x + item.width / 2
    bar = bottom + spacing.below / 2
    if item.shape.is_row:
        row = [items[column[0]] for column in item.columns]
        ends = [child.x + child.width / 2 for child in row]
        yield from ((((x, bar), (x, child.y))) for x, child in zip(ends, row, strict=True))
    else:
        ends = []
        for column in item.columns:
            x = item.columns_at[len(ends)] + spacing.indent / 2
            ends.append(x)
            heights = [items[at].y + min(items[at].height / 2, meets) for at in column]
            yield (x, bar), (x, heights[-1])
            yield from (((x, y), (items[at].x, y)) for at, y in zip(column, heights, strict=True))
    drop = ends[0] if len(ends) == 1 and item.x < ends[0] < item.x + item.width else middle
    yield (drop, bottom), (drop, bar)
    if max(*ends, drop) - min(*ends, drop) > _NEAR:
        yield (min(*ends, drop), bar), (max(*ends, drop), bar)

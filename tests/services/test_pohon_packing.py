"""The chart on paper, columns of columns: no two boxes overlap, no line crosses a box, order is kept."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.pohon.layout import Spacing
from services.pohon.packing import Line, Packed, Shape, packed, shapes

SPACING = Spacing(beside=9, below=15, listed=5, indent=12)
WIDTHS = (60.0, 80.0, 120.0, 200.0)
MEETS = 5.0
FEWER = settings(max_examples=25)


@dataclass(eq=False)
class Node:
    area: int
    children: list["Node"] = field(default_factory=list)


nodes = st.recursive(
    st.builds(Node, st.integers(200, 20_000)),
    lambda below: st.builds(Node, st.integers(200, 20_000), st.lists(below, max_size=7)),
    max_leaves=25,
)
forests = st.lists(nodes, min_size=1, max_size=3)


def height(node: Node, width: float) -> float:
    return max(10.0, node.area / width)


def all_of(roots: list[Node]) -> list[Shape[Node]]:
    return shapes(roots, lambda node: node.children, height, WIDTHS, SPACING)


def drawn(shape: Shape[Node]) -> Packed[Node]:
    return packed(shape, height, WIDTHS[-1], SPACING, MEETS)


@FEWER
@given(forests)
def test_no_two_boxes_overlap_in_any_shape(roots: list[Node]) -> None:
    for shape in all_of(roots):
        places = drawn(shape).places
        for number, one in enumerate(places):
            for other in places[number + 1 :]:
                apart = one.right <= other.x + 1e-6 or other.right <= one.x + 1e-6
                assert apart or one.bottom < other.y or other.bottom < one.y


@FEWER
@given(forests)
def test_no_line_crosses_a_box_and_each_is_level_or_upright(roots: list[Node]) -> None:
    for shape in all_of(roots):
        made = drawn(shape)
        for line in made.lines:
            for (x0, y0), (x1, y1) in pairwise(line):
                assert x0 == pytest.approx(x1) or y0 == pytest.approx(y1)
                for box in made.places:
                    inside = min(x0, x1) < box.right - 1e-6 and max(x0, x1) > box.x + 1e-6
                    assert not (inside and min(y0, y1) < box.bottom - 1e-6 and max(y0, y1) > box.y + 1e-6)


@FEWER
@given(forests)
def test_every_box_but_the_roots_is_joined_to_the_one_above(roots: list[Node]) -> None:
    """Lines that touch make a way from the lower edge of the one to the upper or left edge of the other."""
    for shape in all_of(roots)[:3]:
        made = drawn(shape)
        for place in made.places:
            if place.parent is None:
                continue
            above = made.places[place.parent]
            joined = [line for line in made.lines if line[0][1] == above.bottom and above.x < line[0][0] < above.right]
            for line in joined:
                joined += [other for other in made.lines if other not in joined and _touch(line, other)]
            assert any(
                (y == place.y and place.x < x < place.right) or (x == place.x and place.y < y < place.bottom)
                for _, (x, y) in joined
            )


def _touch(one: Line, other: Line) -> bool:
    return any(_on(one, end) for end in other) or any(_on(other, end) for end in one)


def _on(line: Line, point: tuple[float, float]) -> bool:
    (x0, y0), (x1, y1) = line
    x, y = point
    return min(x0, x1) - 1e-6 <= x <= max(x0, x1) + 1e-6 and min(y0, y1) - 1e-6 <= y <= max(y0, y1) + 1e-6


@FEWER
@given(forests)
def test_every_node_stands_once_under_its_parent_in_the_order_of_the_plan(roots: list[Node]) -> None:
    for shape in all_of(roots):
        places = drawn(shape).places
        found = [(p.node, None if p.parent is None else places[p.parent].node) for p in places]
        wanted: list[tuple[Node, Node | None]] = []

        def walk(node: Node, parent: Node | None, wanted: list[tuple[Node, Node | None]] = wanted) -> None:
            wanted.append((node, parent))
            for child in node.children:
                walk(child, node)

        for root in roots:
            walk(root, None)
        assert [(id(node), id(parent)) for node, parent in found] == [(id(n), id(p)) for n, p in wanted]
        siblings: dict[int | None, list[tuple[float, float]]] = {}
        for place in places:
            siblings.setdefault(place.parent, []).append((place.x, place.y))
        for row in siblings.values():
            # Down a column, then the next one further to the right.
            assert all(later[1] > one[1] or later[0] > one[0] for one, later in pairwise(row))


@FEWER
@given(forests)
def test_a_shape_is_as_large_as_it_says_and_none_is_worse_than_another(roots: list[Node]) -> None:
    found = all_of(roots)
    for shape in found:
        made = drawn(shape)
        assert min(place.x for place in made.places) >= -1e-6
        assert made.width <= shape.width + 1e-6
        assert made.height <= shape.height + 1e-6
    assert all(wider.width > one.width and wider.height < one.height for one, wider in pairwise(found))


def test_a_row_by_hand() -> None:
    root = Node(6_000, [Node(600), Node(600)])
    widest = drawn(all_of([root])[-1])
    one, other = widest.places[1], widest.places[2]
    assert one.y == other.y == widest.places[0].bottom + SPACING.below
    assert other.x == one.right + SPACING.beside


def test_children_that_are_many_stand_in_columns_where_the_room_is_narrow() -> None:
    root = Node(600, [Node(1_200) for _ in range(44)])
    columns = {len({place.x for place in drawn(shape).places[1:]}) for shape in all_of([root])}
    assert {1, 2, 4} <= columns
    assert len(columns) > 6


def test_the_same_forest_is_arranged_the_same() -> None:
    roots = [Node(3_000, [Node(900 * n) for n in range(1, 9)])]
    one, other = ([drawn(shape) for shape in all_of(roots)] for _ in range(2))
    assert [made.places for made in one] == [made.places for made in other]


def test_a_tree_may_be_as_deep_as_it_likes() -> None:
    root = node = Node(600)
    for _ in range(1_500):
        node.children.append(Node(600))
        node = node.children[0]
    assert len(drawn(all_of([root])[0]).places) == 1_501


def test_nothing_is_nothing() -> None:
    assert drawn(all_of([])[0]).places == ()

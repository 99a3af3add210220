"""The tidy tree: no two boxes overlap, order is kept, parents stand over the middle, nothing is wider than needed."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.pohon.layout import Place, Spacing, arrange

SPACING = Spacing(beside=10, below=20, listed=4, indent=8)


@dataclass(eq=False)
class Node:
    size: tuple[float, float]
    lists: bool = False
    children: list["Node"] = field(default_factory=list)


sizes = st.tuples(st.integers(1, 120), st.integers(1, 90))
nodes = st.recursive(
    st.builds(Node, sizes),
    lambda below: st.builds(Node, sizes, st.booleans(), st.lists(below, max_size=4)),
    max_leaves=30,
)
forests = st.lists(nodes, max_size=3)
FEWER = settings(max_examples=50)


def arranged(roots: list[Node], spacing: Spacing = SPACING) -> list[Place[Node]]:
    return arrange(roots, lambda n: n.children, lambda n: n.size, lambda n: n.lists, spacing)


def below(places: list[Place[Node]]) -> dict[int | None, list[int]]:
    """Numbers of the places under each."""
    found: dict[int | None, list[int]] = {}
    for number, place in enumerate(places):
        found.setdefault(place.parent, []).append(number)
    return found


def within(places: list[Place[Node]], top: int) -> list[int]:
    """A place and all under it."""
    children = below(places)
    found = [top]
    for number in found:
        found += children.get(number, [])
    return found


@FEWER
@given(forests)
def test_no_two_boxes_overlap_and_none_is_nearer_than_it_may(roots: list[Node]) -> None:
    places = arranged(roots)
    for number, one in enumerate(places):
        for other in places[number + 1 :]:
            beside = one.right + SPACING.beside <= other.x + 1e-6 or other.right + SPACING.beside <= one.x + 1e-6
            above = one.bottom + SPACING.listed <= other.y + 1e-6 or other.bottom + SPACING.listed <= one.y + 1e-6
            assert beside or above


@FEWER
@given(forests)
def test_every_node_stands_once_in_its_size_under_its_parent(roots: list[Node]) -> None:
    places = arranged(roots)
    wanted: list[tuple[Node, Node | None]] = []

    def walk(node: Node, parent: Node | None) -> None:
        wanted.append((node, parent))
        for child in node.children:
            walk(child, node)

    for root in roots:
        walk(root, None)
    found = [(p.node, None if p.parent is None else places[p.parent].node) for p in places]
    assert [(id(n), id(p)) for n, p in found] == [(id(n), id(p)) for n, p in wanted]
    assert all((p.width, p.height) == p.node.size for p in places)


@FEWER
@given(forests)
def test_children_of_a_row_keep_their_order_and_begin_on_one_line(roots: list[Node]) -> None:
    places = arranged(roots)
    for parent, children in below(places).items():
        row = [places[number] for number in children]
        if row[0].listed:
            continue
        assert all(one.right + SPACING.beside <= other.x + 1e-6 for one, other in pairwise(row))
        top = 0 if parent is None else places[parent].bottom + SPACING.below
        assert [place.y for place in row] == pytest.approx([top] * len(row))


@FEWER
@given(forests)
def test_a_parent_stands_over_the_middle_of_its_row(roots: list[Node]) -> None:
    places = arranged(roots)
    for parent, children in below(places).items():
        if parent is not None and not places[children[0]].listed:
            middle = (places[children[0]].middle + places[children[-1]].middle) / 2
            assert places[parent].middle == pytest.approx(middle)


@FEWER
@given(forests)
def test_a_list_stands_set_in_one_below_the_other(roots: list[Node]) -> None:
    places = arranged(roots)
    for parent, children in below(places).items():
        if parent is None or not places[children[0]].listed:
            continue
        end = places[parent].bottom
        for number in children:
            place = places[number]
            assert place.x == pytest.approx(places[parent].x + SPACING.indent)
            assert place.y == pytest.approx(end + SPACING.listed)
            end = max(places[n].bottom for n in within(places, number))


@FEWER
@given(forests)
def test_no_line_crosses_a_box(roots: list[Node]) -> None:
    """The crossbar of each row, and the lines from it to the boxes."""
    places = arranged(roots)
    for parent, children in below(places).items():
        if parent is None or places[children[0]].listed:
            continue
        above, row = places[parent], [places[number] for number in children]
        bar = above.bottom + SPACING.below / 2
        ends = [p.middle for p in (above, *row)]
        for box in places:
            if box.y < bar < box.bottom:
                assert box.right <= min(ends) or box.x >= max(ends)


@FEWER
@given(forests)
def test_a_subtree_is_pushed_as_far_as_it_goes(roots: list[Node]) -> None:
    """Each but the first of a row touches something on its left: a step further and it would be too near."""
    places = arranged(roots)
    for parent, children in below(places).items():
        if places[children[0]].listed:
            continue
        top = 0 if parent is None else places[parent].bottom
        for at in range(1, len(children)):
            mine = _covered(places, children[at], top)
            others = [box for number in children[:at] for box in _covered(places, number, top)]
            nearest = min(
                (one[0] - other[2] for one in mine for other in others if one[1] < other[3] and other[1] < one[3]),
            )
            assert nearest == pytest.approx(SPACING.beside)


def _covered(places: list[Place[Node]], number: int, top: float) -> list[tuple[float, float, float, float]]:
    """(left, top, right, bottom) of what a subtree keeps free: boxes with the lines above them, lists whole."""
    found = []
    for n in within(places, number):
        place = places[n]
        upper = top if n == number else places[place.parent].bottom  # type: ignore[index]
        if place.listed:
            continue
        listed = [m for m in within(places, n) if m != n] if _lists(places, n) else []
        found.append((place.x, upper, place.right, place.bottom))
        if listed:
            right = max(place.right, *(places[m].right for m in listed))
            found.append((place.x, place.bottom, right, max(places[m].bottom for m in listed)))
    return found


def _lists(places: list[Place[Node]], number: int) -> bool:
    return any(place.parent == number and place.listed for place in places)


@FEWER
@given(forests)
def test_the_same_tree_is_drawn_the_same(roots: list[Node]) -> None:
    assert arranged(roots) == arranged(roots)


def test_a_tree_of_two_rows_by_hand() -> None:
    tall, small = Node((40, 100)), Node((20, 10))
    root = Node((60, 30), children=[tall, Node((20, 10), children=[small])])
    found = [(p.x, p.y) for p in arranged([root])]
    # Children: 0 to 40 and 50 to 70; their middles 20 and 60, so the root of 60 begins at 10. The leaf keeps clear of
    # the tall box, which reaches to its level.
    assert found == [(10, 0), (0, 50), (50, 50), (50, 80)]


def test_a_wide_leaf_slips_under_a_short_neighbour() -> None:
    short, wide = Node((20, 10)), Node((100, 10))
    root = Node((20, 10), children=[short, Node((20, 10), children=[wide])])
    places = arranged([root])
    assert places[3].x < places[1].right, "the outlines meet, not the levels"


def test_a_tree_may_be_as_deep_as_it_likes() -> None:
    root = node = Node((10, 10))
    for _ in range(5_000):
        node.children.append(Node((10, 10)))
        node = node.children[0]
    assert len(arranged([root])) == 5_001


def test_nothing_is_nothing() -> None:
    assert arranged([]) == []

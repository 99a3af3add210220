"""The chart as placed boxes on the screen: side links keep clear of boxes, and both boxes tell of them."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from services.pohon.card import Card
from services.pohon.nodes import Cascade, Measure, Node, cascade, references
from services.pohon.scene import Style, crosses, draw
from services.samples import sample_plan

FEWER = settings(max_examples=25)


@st.composite
def cascades(pick: st.DrawFn) -> Cascade:
    """Up to 25 boxes, each under one before it or a root, and some that serve a second one."""
    count = pick(st.integers(1, 25))
    above = [pick(st.integers(-1, number - 1)) for number in range(count)]
    texts = [pick(st.integers(1, 40)) * "kata " for _ in range(count)]

    def node(number: int) -> Node:
        below = tuple(node(child) for child in range(count) if above[child] == number)
        return Node(str(number + 1), "kinerja", "sasaran_program", f"Sasaran {number}", texts[number], children=below)

    pairs = pick(st.lists(st.tuples(st.integers(1, count), st.integers(1, count)), max_size=4))
    side = tuple((str(one), str(other)) for one, other in dict.fromkeys(pairs) if one != other)
    return Cascade(tuple(node(number) for number in range(count) if above[number] == -1), side)


@FEWER
@given(cascades(), st.booleans(), st.booleans())
def test_no_line_crosses_a_box_also_none_of_a_side_link(tree: Cascade, lists: bool, deep: bool) -> None:
    scene = draw(tree, Style(lists=lists, deep_lists=deep))
    for line in (*scene.lines, *scene.side):
        assert all(x0 == x1 or y0 == y1 for (x0, y0), (x1, y1) in pairwise(line))
        assert not any(crosses(line, box) for box in scene.boxes)


@FEWER
@given(cascades())
def test_both_boxes_of_a_side_link_tell_of_it(tree: Cascade) -> None:
    scene = draw(tree, Style())
    told = {box.node.row_id: "".join(text.text for text in box.texts) for box in scene.boxes}
    for number, (above, below) in enumerate(tree.side, 1):
        assert f"({number})" in told[above]
        assert f"({number})" in told[below]


def test_a_side_link_is_drawn_where_the_way_is_free() -> None:
    one, other = (
        Node(
            name, "kinerja", "program", name, "teks", children=(Node(f"{name}1", "kinerja", "kegiatan", name, "teks"),)
        )
        for name in "ab"
    )
    scene = draw(Cascade((one, other), (("a", "b1"),)), Style(lists=False))
    (line,) = scene.side
    boxes = {box.node.row_id: box for box in scene.boxes}
    assert line[0][1] == boxes["a"].y + boxes["a"].height
    assert line[-1][1] == boxes["b1"].y


def test_a_folded_branch_says_how_many_boxes_it_hides() -> None:
    plan, dokumen_id = sample_plan("bekasi-2024")
    tree = cascade(plan, dokumen_id)
    top = tree.roots[0]
    scene = draw(tree, Style(), folded=[top.row_id])
    (box,) = (box for box in scene.boxes if box.node is top)
    assert box.texts[-1].text == f"+ {box.hidden} kotak"
    assert box.hidden + len(scene.boxes) == len(draw(tree, Style()).boxes)


def test_a_wider_box_is_no_higher_and_holds_the_same_words() -> None:
    node = Node(
        "1",
        "kinerja",
        "tujuan",
        "Tujuan 1",
        "Meningkatnya " * 30,
        "KEPALA DINAS",
        (Measure("2", "Nilai " * 20, "80 persen"),),
    )
    for dense in (False, True):
        cards = [Card(node, 7, width, dense=dense) for width in range(80, 400, 20)]
        assert all(one.height >= other.height for one, other in pairwise(cards))
        words = {" ".join(text.text for text in card.texts) for card in cards}
        assert len(words) == 1
        for card in cards:
            assert all(text.x + text.font.width(text.text) <= card.width for text in card.texts)
            assert all(card.band <= text.y for text in card.texts if "Nilai" in text.text)


def test_without_side_links_nothing_is_referred_to() -> None:
    assert references(Cascade((Node("1", "kinerja", "tujuan", "Tujuan", "x"),), ())) == {}

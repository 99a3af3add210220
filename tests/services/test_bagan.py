"""The chart for a screen: the boxes of the paper, in places that do not overlap, set again only when they change."""

from dataclasses import replace
from itertools import combinations

import pytest

from services.bagan import SCREEN, Boxes, Chart, bare, by_level, key_of, part, path_to, walk
from services.pohon.nodes import ORPHANS, Cascade, Measure, Node, cascade
from services.pohon.scene import draw
from services.samples import sample_plan

NAMES = ["bekasi-2024", "bone-2023", "buleleng-2022", "lampung-2019", "lombok-tengah-2022"]


def leaf(row_id: str, level: str = "sasaran_kegiatan", *children: Node) -> Node:
    return Node(row_id, "kinerja", level, level, f"Sasaran {row_id}", children=children)


def tree_of(name: str) -> Cascade:
    return by_level(cascade(*sample_plan(name)))


def overlapping(chart: Chart) -> list[tuple[str, str]]:
    spots = chart.spots
    return [
        (key_of(one.node), key_of(other.node))
        for one, other in combinations(spots, 2)
        if one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom
    ]


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_boxes_of_the_samples_do_not_overlap_and_lines_cross_none(name: str, deep: bool) -> None:
    chart = Boxes().chart(tree_of(name), deep=deep)
    assert overlapping(chart) == []
    inside = [
        (line, key_of(spot.node))
        for bundle in chart.bundles
        for line in bundle.lines
        for spot in chart.spots
        if min(line[0][0], line[1][0]) < spot.right - 0.01
        and max(line[0][0], line[1][0]) > spot.x + 0.01
        and min(line[0][1], line[1][1]) < spot.bottom - 0.01
        and max(line[0][1], line[1][1]) > spot.y + 0.01
    ]
    assert inside == []


@pytest.mark.parametrize("name", NAMES)
def test_a_box_is_that_of_the_paper(name: str) -> None:
    tree = tree_of(name)
    chart = Boxes().chart(tree)
    for spot in chart.spots[:10]:
        box = draw(Cascade((bare(spot.node),), ()), SCREEN).boxes[0]
        assert [text.text for text in spot.box.texts] == [text.text for text in box.texts]
        assert spot.box.height == box.height


def test_every_node_has_a_spot_and_every_part_is_seen() -> None:
    tree = tree_of("buleleng-2022")
    chart = Boxes().chart(tree)
    assert [key_of(spot.node) for spot in chart.spots] == [key_of(node) for node in walk(tree.roots)]
    for spot in chart.spots:
        for measure in spot.node.measures:
            assert chart.spots[chart.at[measure.row_id]].node == spot.node or spot.node.table == "anggaran"


def test_a_folded_branch_is_counted_and_its_rows_are_seen_above() -> None:
    measured = replace(leaf("b"), measures=(Measure("m", "Jumlah", "5"),))
    tree = Cascade((leaf("a", "tujuan", measured, leaf("c", "sasaran_program", leaf("d"))),), ())
    boxes = Boxes()
    chart = boxes.chart(tree, folded={"a"})
    assert [spot.node.row_id for spot in chart.spots] == ["a"]
    assert chart.spots[0].hidden == 3
    assert {chart.spot_of(key) for key in ("a", "b", "c", "d", "m")} == {0}
    assert chart.spot_of("x") is None
    assert len(boxes.chart(tree).spots) == 4


def test_only_what_changes_is_set_again() -> None:
    boxes = Boxes()
    one, two = leaf("b"), leaf("c")
    first = boxes.chart(Cascade((leaf("a", "tujuan", one, two),), ()))
    changed = Cascade((leaf("a", "tujuan", one, replace(two, text="Lain")),), ())
    assert boxes.unset(changed) == 1
    second = boxes.chart(changed)
    same = [before.box is after.box for before, after in zip(first.spots, second.spots, strict=True)]
    assert same == [True, True, False]
    marked = boxes.chart(changed, {"b": ("Tanpa induk",)})
    assert marked.spots[1].box.marks == ("Tanpa induk",)
    assert marked.spots[1].box.height > second.spots[1].box.height


def test_the_lowest_level_stands_in_lists_and_with_deep_the_one_above_too() -> None:
    tree = Cascade((leaf("a", "tujuan", leaf("b", "x", leaf("c"), leaf("d")), leaf("e")),), ())
    shallow = Boxes().chart(replace(tree))
    assert [spot.listed for spot in shallow.spots] == [False, False, True, True, False]
    deep = Boxes().chart(tree, deep=True)
    assert [spot.listed for spot in deep.spots] == [False, True, True, True, True]
    assert deep.spots[0].lists
    assert deep.width < shallow.width


def test_the_way_that_fits_a_screen_is_taken_once() -> None:
    tree = tree_of("bekasi-2024")
    boxes = Boxes()
    chart, deep = boxes.best(tree, None, (), None)
    assert deep
    assert chart.width < boxes.chart(tree).width
    kept, same = boxes.best(tree, None, (), False)
    assert not same
    assert kept.width > chart.width


def test_side_links_are_dashed_lines_between_boxes_that_are_shown() -> None:
    tree = Cascade((leaf("a", "tujuan", leaf("b")), leaf("c", "tujuan")), (("c", "b"),))
    chart = Boxes().chart(tree)
    (link,) = chart.side
    (line,) = link.lines
    assert line[0][1] == chart.spots[chart.at["c"]].bottom
    assert line[1][1] == chart.spots[chart.at["b"]].y
    assert Boxes().chart(tree, folded={"a"}).side == ()


def test_a_part_of_a_tree_keeps_what_is_inside() -> None:
    tree = Cascade((leaf("a", "tujuan", leaf("b", "x", leaf("c"))), leaf("d", "tujuan")), (("b", "c"), ("d", "c")))
    path = path_to(tree, "c")
    assert [node.row_id for node in path] == ["a", "b", "c"]
    assert path_to(tree, "x") == ()
    below = part(tree, path[1])
    assert [node.row_id for node in walk(below.roots)] == ["b", "c"]
    assert below.side == (("b", "c"),)


def test_orphans_stand_under_a_root_for_each_level() -> None:
    root = Node("", "kinerja", "", "", ORPHANS, children=(leaf("a"), leaf("b", "sasaran_individu"), leaf("c")))
    named = leaf("t", "tujuan", leaf("d"), leaf("e", "sasaran_individu"))
    tree = by_level(Cascade((named, root), ()))
    assert [key_of(node) for node in tree.roots] == [
        "t",
        "Belum punya induk: sasaran kegiatan",
        "Belum punya induk: sasaran individu",
    ]
    assert [child.row_id for child in tree.roots[1].children] == ["a", "c"]


def test_boxes_of_charts_long_gone_are_forgotten() -> None:
    boxes = Boxes()
    for number in range(400):
        boxes.chart(Cascade((replace(leaf("a"), text=f"Teks {number}"),), ()))
    assert len(boxes._set) <= 120

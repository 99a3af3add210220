"""The chart of a cascade as placed boxes, texts and lines in points: one description for screen, PDF, SVG and PNG."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from services.pohon.card import Card, band_of, padding_of
from services.pohon.layout import Place, Spacing, arrange
from services.pohon.nodes import Cascade, Node, references
from services.render.sheets import MM, Placed

COLOURS: Final[dict[str, str]] = {
    "tujuan": "#C9DBF0",
    "sasaran_strategis": "#CFE8D5",
    "sasaran_program": "#FBE3B8",
    "sasaran_kegiatan": "#EBD3EA",
    "sasaran_sub_kegiatan": "#CDE7EA",
    "sasaran_individu": "#E6E6E6",
    "program": "#FBE3B8",
    "kegiatan": "#EBD3EA",
    "sub_kegiatan": "#CDE7EA",
    "": "#F1F3F5",
}
"""Ground of the band that names the level; the level stands in it in words, so it reads in black and white."""

_NEAR: Final = 1e-6
Line = tuple[tuple[float, float], ...]
"""A straight connector: points, each level with or below the one before."""


@dataclass(frozen=True, slots=True)
class Style:
    """How boxes are drawn: `width` of a box in mm, `size` of its text in points.

    `lists`: children that have no children of their own stand one below the other, as the lowest level of the Bekasi
    chart does.
    """

    width: float = 44
    size: float = 7
    lists: bool = True
    deep_lists: bool = False
    """Also those of the level above the lowest."""

    @property
    def padding(self) -> float:
        """Between edge and text, pt."""
        return padding_of(self.size)

    @property
    def band(self) -> float:
        """Height of the band with the level's name, pt."""
        return band_of(self.size)

    @property
    def spacing(self) -> Spacing:
        """Of the boxes, pt."""
        return Spacing(self.size * 1.4, self.size * 3.2, self.size * 0.7, self.size * 1.6)


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its texts, absolute. `marks`: what is missing here, in words; `hidden`: boxes that are folded away."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    band: float
    texts: tuple[Placed, ...]
    marks: tuple[str, ...] = ()
    hidden: int = 0
    parent: int | None = None

    @property
    def fill(self) -> str:
        """Ground of the band."""
        return COLOURS.get(self.node.level, COLOURS[""])


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole chart. `lines` join boxes; `side` are the dashed ones of what serves two nodes."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    side: tuple[Line, ...]


def draw(
    tree: Cascade,
    style: Style,
    marks: Mapping[str, Sequence[str]] | None = None,
    folded: Collection[str] = (),
) -> Scene:
    """The chart of a cascade.

    Args:
        marks: id of a row -> what is missing there, in words.
        folded: ids of the rows whose branches are folded away.
    """
    drawn: dict[int, Card] = {}
    refers = references(tree)

    def children(node: Node) -> Sequence[Node]:
        return () if node.row_id in folded and node.row_id else node.children

    def size(node: Node) -> tuple[float, float]:
        hidden = _count(node) - 1 if node.row_id in folded and node.row_id else 0
        missing, beside = (marks or {}).get(node.row_id, ()), refers.get(node.row_id, ())
        made = drawn[id(node)] = Card(node, style.size, style.width * MM, missing, hidden, beside)
        return made.width, made.height

    def as_list(node: Node) -> bool:
        below = children(node)
        return style.lists and bool(below) and all(_is_low(child, style, folded) for child in below)

    places = arrange(tree.roots, children, size, as_list, style.spacing)
    boxes = tuple(boxed(drawn[id(place.node)], place) for place in places)
    return Scene(
        max((box.x + box.width for box in boxes), default=0.0),
        max((box.y + box.height for box in boxes), default=0.0),
        boxes,
        tuple(_connectors(places, style)),
        tuple(_side_links(tree, boxes, style)),
    )


def _is_low(node: Node, style: Style, folded: Collection[str]) -> bool:
    """Whether a node may stand in a list: nothing hangs below it, or only such as nothing hangs below."""
    if node.row_id in folded or not node.children:
        return True
    return style.deep_lists and all(not child.children for child in node.children)


def _count(node: Node) -> int:
    found, waiting = 0, [node]
    while waiting:
        found += 1
        waiting += waiting.pop().children
    return found


def boxed(card: Card, place: Place[Node]) -> Box:
    """A card in its place."""
    return Box(
        card.node,
        place.x,
        place.y,
        place.width,
        place.height,
        card.band,
        card.texts_at(place.x, place.y),
        card.marks,
        card.hidden,
        place.parent,
    )


def _connectors(places: Sequence[Place[Node]], style: Style) -> list[Line]:
    """From each parent down to a crossbar, and from there to its children; to those of a list from the left."""
    found: list[Line] = []
    half, indent = style.spacing.below / 2, style.spacing.indent
    rows: dict[int, list[Place[Node]]] = {}
    lists: dict[int, list[Place[Node]]] = {}
    for place in places:
        if place.parent is not None:
            (lists if place.listed else rows).setdefault(place.parent, []).append(place)
    for number, row in rows.items():
        above = places[number]
        bar = above.bottom + half
        found.append(((above.middle, above.bottom), (above.middle, bar)))
        ends = [above.middle, *(place.middle for place in row)]
        if len(set(ends)) > 1:
            found.append(((min(ends), bar), (max(ends), bar)))
        found += [((place.middle, bar), (place.middle, place.y)) for place in row]
    for number, row in lists.items():
        x = places[number].x + indent / 2
        meets = [place.y + min(place.height, style.band) / 2 for place in row]
        found.append(((x, places[number].bottom), (x, meets[-1])))
        found += [((x, y), (place.x, y)) for place, y in zip(row, meets, strict=True)]
    return found


def _side_links(tree: Cascade, boxes: Sequence[Box], style: Style) -> list[Line]:
    """From the lower edge of a node to the upper edge of what serves it as well, where no box is in the way.

    Where one is, only the words in both boxes tell of it.
    """
    shown = {box.node.row_id: box for box in boxes}
    found: list[Line] = []
    for above, below in tree.side:
        one, other = shown.get(above), shown.get(below)
        if one is not None and other is not None:
            routes = (route for route in _routes(one, other, style) if not any(crosses(route, box) for box in boxes))
            found += [route for route in (next(routes, None),) if route is not None]
    return found


def _routes(one: Box, other: Box, style: Style) -> Iterator[Line]:
    """Down, across and down again; across just below the one, or just above the other."""
    x0, y0 = one.x + one.width * 0.75, one.y + one.height
    x1, y1 = other.x + other.width * 0.75, other.y
    for bar in (y0 + style.spacing.below * 0.3, y1 - style.spacing.below * 0.3, y1 - style.spacing.listed / 2):
        if y0 <= bar <= y1:
            yield (x0, y0), (x0, bar), (x1, bar), (x1, y1)


def crosses(line: Line, box: Box) -> bool:
    """Whether a line of level and upright stretches runs through the inside of a box."""
    for (x0, y0), (x1, y1) in pairwise(line):
        left, right, upper, lower = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if (
            left < box.x + box.width - _NEAR
            and right > box.x + _NEAR
            and upper < box.y + box.height - _NEAR
            and lower > box.y + _NEAR
        ):
            return True
    return False

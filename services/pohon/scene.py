"""The chart of a cascade as placed boxes, texts and lines in points: one description for screen, PDF, SVG and PNG."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.pohon.layout import Place, Spacing, arrange
from services.pohon.nodes import Cascade, Node
from services.render.fonts import Font, face
from services.render.runs import set_lines
from services.render.sheets import MM, Placed
from services.rupiah import format_rupiah
from services.terms import LEVEL_NAMES

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
        return self.size * 0.45

    @property
    def band(self) -> float:
        """Height of the band with the level's name, pt."""
        return self.size * 1.5

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
    drawn: dict[int, _Drawn] = {}

    def children(node: Node) -> Sequence[Node]:
        return () if node.row_id in folded and node.row_id else node.children

    def size(node: Node) -> tuple[float, float]:
        hidden = _count(node) - 1 if node.row_id in folded and node.row_id else 0
        drawn[id(node)] = made = _Drawn(node, style, tuple((marks or {}).get(node.row_id, ())), hidden)
        return made.width, made.height

    def as_list(node: Node) -> bool:
        below = children(node)
        return style.lists and bool(below) and all(_is_low(child, style, folded) for child in below)

    places = arrange(tree.roots, children, size, as_list, style.spacing)
    boxes = tuple(drawn[id(place.node)].at(place) for place in places)
    return Scene(
        max((box.x + box.width for box in boxes), default=0.0),
        max((box.y + box.height for box in boxes), default=0.0),
        boxes,
        tuple(_connectors(places, style)),
        tuple(_side_links(tree, boxes)),
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


class _Drawn:
    """A box without its place."""

    def __init__(self, node: Node, style: Style, marks: tuple[str, ...], hidden: int) -> None:
        self.node, self.marks, self.hidden = node, marks, hidden
        self.width = style.width * MM
        self._style = style
        self._texts: list[Placed] = []
        self._y = 0.0
        small, plain = style.size * 0.85, style.size
        title = node.title or (node.text if not node.row_id else LEVEL_NAMES.get(node.level, ""))
        self._say(title.upper(), Font(face(True), small))
        self._y = self.band = max(style.band, self._y + style.padding)
        self._y += style.padding * 0.6
        if node.position:
            self._say(node.position, Font(face(True), plain))
        if node.row_id:
            self._say(node.text or "Belum ada uraian", Font(face(False, not node.text), plain))
        for measure in node.measures:
            target = f": {measure.target}" if measure.target else ""
            self._say(f"• {measure.text}{target}", Font(face(), plain), hang=plain * 0.7)
        for line in node.lines:
            self._say(f"{LEVEL_NAMES[line.level]} {line.name}{_amount(line.pagu)}", Font(face(False, True), plain))
        if node.pagu is not None:
            self._say(_amount(node.pagu).strip(), Font(face(), plain))
        for mark in marks:
            self._say(f"\u25b2 {mark}", Font(face(True), small), hang=small * 1.1)
        if hidden:
            self._say(f"+ {hidden} kotak", Font(face(True), small))
        self.height = self._y + style.padding

    def _say(self, text: str, font: Font, hang: float = 0.0) -> None:
        padding = self._style.padding
        if not self._texts:
            self._y = padding * 0.7
        for line in set_lines([(text, font)], self.width - 2 * padding, 0.0, hang):
            self._y += font.size * 1.18
            self._texts.append(Placed(padding + line.x, self._y - font.size * 0.25, line.text, font))

    def at(self, place: Place[Node]) -> Box:
        """The box in its place."""
        texts = tuple(text._replace(x=text.x + place.x, y=text.y + place.y) for text in self._texts)
        return Box(
            self.node,
            place.x,
            place.y,
            place.width,
            place.height,
            self.band,
            texts,
            self.marks,
            self.hidden,
            place.parent,
        )


def _amount(pagu: int | None) -> str:
    return "" if pagu is None else f" Rp {format_rupiah(pagu)}"


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


def _side_links(tree: Cascade, boxes: Sequence[Box]) -> list[Line]:
    """From the lower edge of a node to the upper edge of what serves it as well."""
    shown = {box.node.row_id: box for box in boxes}
    found: list[Line] = []
    for above, below in tree.side:
        one, other = shown.get(above), shown.get(below)
        if one is not None and other is not None:
            third = other.x + other.width * 0.75
            found.append(((one.x + one.width * 0.75, one.y + one.height), (third, other.y)))
    return found

"""Sheets: finished pages as placed texts, rules and fills, in points from the upper left corner."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from services.forms.parts import Shade, TextAlign
from services.render.fonts import Font

MM: Final = 72 / 25.4
SHARE: Final[dict[TextAlign, float]] = {"left": 0.0, "center": 0.5, "right": 1.0, "justify": 0.0}
"""How much of the spare width of a line lies on its left."""


class Placed(NamedTuple):
    """A line of text; `x` is its left end and `y` its baseline. `turned`: it runs upwards from there."""

    x: float
    y: float
    text: str
    font: Font
    turned: bool = False


class Rule(NamedTuple):
    """A straight line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


class Fill(NamedTuple):
    """A rectangle filled with a grey from 0 (black) to 1 (white), or with a colour such as "#FDE9A9"."""

    x: float
    y: float
    width: float
    height: float
    shade: Shade


class Picture(NamedTuple):
    """An image (PNG or JPEG) in its place."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


class Curve(NamedTuple):
    """A line through points, or an area (`fill` given), in the clip of its drawing; `width` of the line in points."""

    points: tuple[tuple[float, float], ...]
    fill: Shade | None
    line: Shade | None
    width: float
    dashed: bool


class Mark(NamedTuple):
    """A place that bookmarks name, `y` down the page; `listed`: contents name it too. Levels count from 1."""

    title: str
    level: int
    y: float
    listed: bool


class Link(NamedTuple):
    """A place to click that leads to a listed mark, counted from 0 over all pages."""

    x: float
    y: float
    width: float
    height: float
    mark: int


@dataclass(slots=True)
class Drawing:
    """What is drawn together, texts in reading order. Sheets share drawings, such as a table's header.

    `curves` lie below the texts; `clip` (x, y, width, height) bounds all of it.
    """

    fills: list[Fill] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    texts: list[Placed] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    clip: tuple[float, float, float, float] | None = None


@dataclass(slots=True)
class Sheet:
    """One page. `left`: its margin; `counted`: it has a number; `draft`: DRAF is written across it."""

    width: float
    height: float
    drawings: list[Drawing] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    left: float = 0.0
    counted: bool = True
    draft: bool = False

    @property
    def texts(self) -> list[Placed]:
        """All texts of the page, in reading order."""
        return [text for drawing in self.drawings for text in drawing.texts]

    @property
    def rules(self) -> list[Rule]:
        """All rules of the page."""
        return [rule for drawing in self.drawings for rule in drawing.rules]

    @property
    def fills(self) -> list[Fill]:
        """All fills of the page."""
        return [fill for drawing in self.drawings for fill in drawing.fills]

"""The columns of a sheet: where the edges of its tables, indents and signatures are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise

from services.forms.parts import Page, Part, Signature, Signatures, Table, Text
from services.render.xlsx_text import line_height

MM = 72 / 25.4
"""Points of a millimetre."""
CELL_MARGIN = 1.5
"""Between the text and the edges of its cell, left and right together, mm; Excel's own."""
SPARE = 0.96
_WIDER = 1.025
_DENSE = 1.07
_LINES = 5
"""Of a usual cell, by which dense tables are known."""
_NARROWER = 0.99
"""Where Excel does not fit a sheet to the page, it is so much narrower than the page has room."""
_SAME_EDGE = 0.5
_WIDEST_COLUMN = 460.0
"""Excel knows no column wider than 255 digits."""
_BETWEEN = 6.0
"""White between signatures side by side, mm."""
_PIXELS = 96 / 25.4
_DIGIT = 7


def enlargement(page: Page, parts: Sequence[Part] = ()) -> float:
    """How much wider than the space between the margins a sheet is that is printed in that width.

    Rows as high as Excel wants them for its letters on the screen need a little more than those of the paper; so much
    smaller they fill as many pages. Tables whose lines stand dense on paper, with little white around them, need most.
    """
    if not page.fit_width:
        return 1.0
    return _DENSE if any(isinstance(part, Table) and part.ruled and _is_dense(part) for part in parts) else _WIDER


def _is_dense(table: Table) -> bool:
    """Whether a usual cell is a good deal higher in Excel than on paper."""
    paper = _LINES * table.size * table.leading + 2 * table.padding * MM
    return _LINES * line_height(table.size) > _DENSE * paper


class Grid:
    """The columns of a sheet: all edges of all tables, in mm from the left; without ruled tables those of texts too.

    Tables with the same columns share their edges. Ruled tables are stretched or narrowed as the page wants it, others
    only narrowed.
    """

    def __init__(self, parts: Sequence[Part], page: Page, *, mm: float, widest: float = 0.0) -> None:
        """
        Args:
            mm: a millimetre of the paper on the sheet.
            widest: width of the ruled table by which all are stretched, mm; 0 without one.
        """
        self.mm = mm
        width = (page.width - page.left - page.right) * (mm if page.fit_width else _NARROWER)
        tables = [part for part in parts if isinstance(part, Table)]
        scale = width / widest if widest and (page.fit_width or widest > width) else 1.0
        shapes: dict[tuple[tuple[float, ...], bool], list[float]] = {}
        for table in tables:
            shape = table.widths, table.ruled
            if shape not in shapes:
                stretch = scale if table.ruled else min(mm, width / sum(table.widths))
                shapes[shape] = [edge * stretch for edge in (0.0, *accumulate(table.widths))]
        self.width = widest * scale or width
        places = {0.0, self.width, *chain.from_iterable(shapes.values())}
        if not any(table.ruled for table in tables):
            places.update(_prose_edges(parts, width, mm))
        for part in parts:
            if isinstance(part, Signatures) and len(places) < 2 * len(part.blocks) + 1:
                places.update(chain.from_iterable(spread(part, self.width, mm)))
        gaps = (right - left for edges in shapes.values() for left, right in pairwise(edges))
        same = min(_SAME_EDGE, min(gaps, default=1.0) / 2)
        self.edges = [0.0]
        for place in sorted(places):
            while place - self.edges[-1] > _WIDEST_COLUMN:
                self.edges.append(self.edges[-1] + _WIDEST_COLUMN)
            if place - self.edges[-1] > same:
                self.edges.append(place)
        self._shapes = {
            shape: [bisect_right(self.edges, edge + 1e-6) - 1 for edge in edges] for shape, edges in shapes.items()
        }

    @property
    def columns(self) -> int:
        return len(self.edges) - 1

    def of(self, table: Table) -> list[int]:
        """For each edge of the table's columns, the sheet's column that begins there."""
        return self._shapes[table.widths, table.ruled]

    def room(self, first: int, last: int) -> float:
        """From the edge `first` to the edge `last`, points, as far as text may go."""
        return (self.edges[last] - self.edges[first] - CELL_MARGIN) * MM * SPARE

    def nearest(self, place: float) -> int:
        """The edge nearest to a place in mm from the left."""
        right = bisect_left(self.edges, place, 1, len(self.edges) - 1)
        return right - (place - self.edges[right - 1] <= self.edges[right] - place)

    def is_edge(self, place: float) -> bool:
        """Whether an edge is there."""
        return abs(self.edges[self.nearest(place)] - place) <= _SAME_EDGE

    def column_widths(self) -> Iterator[float]:
        """In digits of the usual font; rounded so that the whole sheet is never wider than it should be."""
        pixels = [int(edge * _PIXELS + 1e-6) for edge in self.edges]
        return (round((right - left) / _DIGIT, 4) for left, right in pairwise(pixels))


def spread(part: Signatures, width: float, mm: float) -> list[tuple[float, float]]:
    """(left, right) of blocks side by side, mm: each in the middle of an equal share of the width.

    Args:
        mm: millimetres of the sheet for one of the paper.
    """
    share = width / max(len(part.blocks), 1)
    places = []
    for number, block in enumerate(part.blocks):
        room = min(block.width * mm, max(share - _BETWEEN, share / 2))
        left = number * share + (share - room) / 2
        places.append((left, left + room))
    return places


def _prose_edges(parts: Sequence[Part], width: float, mm: float) -> Iterator[float]:
    """Where a sheet without ruled tables needs edges."""
    for part in parts:
        if isinstance(part, Text) and 0 < part.indent * mm < width:
            yield part.indent * mm
            if part.label and part.hang:
                yield max(part.indent - part.hang, 0.0) * mm
        elif isinstance(part, Signature):
            yield max(width - part.width * mm, 0.0)
        elif isinstance(part, Signatures):
            yield from chain.from_iterable(spread(part, width, mm))

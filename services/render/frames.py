"""Fills and rules of a stretch of rows; frames that touch become one rule."""

from collections.abc import Sequence

from services.render.boxes import Box
from services.render.sheets import Drawing, Fill, Rule

Span = tuple[int, int]
"""A range of columns."""


class Pen:
    """Draws fills and frames of the boxes of a stretch; frames that touch become one rule."""

    def __init__(self, edges: Sequence[float], tops: list[float], joined: dict[tuple[Span, ...], list[Span]]) -> None:
        self.drawing = Drawing()
        self._edges = edges
        self._tops = tops
        self._joined = joined
        self._level: list[list[Span]] = [[] for _ in tops]
        columns = len(edges) - 1
        self._level[0].append((0, columns))
        self._level[-1].append((0, columns))
        self._from = [tops[0]] * len(edges)
        self._to = [tops[0]] * len(edges)
        self._to[0] = self._to[-1] = tops[-1]

    def frame(self, box: Box, first: int, last: int) -> None:
        """Frame and fill a box that shows in the rows from `first` up to `last` of the stretch."""
        slot = box.slot
        span = (slot.col, slot.end)
        self._level[first].append(span)
        self._level[last].append(span)
        y0 = self._tops[first]
        y1 = self._tops[last]
        if box.cell.fill is not None:
            self.drawing.fills.append(Fill(slot.x0, y0, slot.x1 - slot.x0, y1 - y0, box.cell.fill))
        to = self._to
        for edge in span:
            if y0 > to[edge]:
                self._upright(edge)
                self._from[edge] = y0
            if y1 > to[edge]:
                to[edge] = y1

    def _upright(self, edge: int) -> None:
        if self._to[edge] > self._from[edge]:
            x = self._edges[edge]
            self.drawing.rules.append(Rule(x, self._from[edge], x, self._to[edge]))

    def finish(self, below_header: bool) -> None:
        """Draw the rules that are left."""
        for edge in range(len(self._edges)):
            self._upright(edge)
        if below_header:
            self._level[0].clear()
        for y, spans in zip(self._tops, self._level, strict=True):
            key = tuple(spans)
            joined = self._joined.get(key)
            if joined is None:
                joined = self._joined[key] = _join(spans)
            for left, right in joined:
                self.drawing.rules.append(Rule(self._edges[left], y, self._edges[right], y))


def _join(spans: list[Span]) -> list[Span]:
    """Column ranges with those that touch or overlap made one, from the left."""
    joined: list[Span] = []
    for left, right in sorted(spans):
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined

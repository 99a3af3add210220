"""Plan against realisation of the money through the year, as running totals by month: the S-curve."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from services.angka import format_angka
from services.capaian import percent
from services.diagram.sumbu import (
    DONE,
    GRID,
    INK,
    NORMAL,
    PLAN,
    SMALL,
    Axis,
    axis,
    empty,
    mark,
    rupiah_scale,
    width_of,
)
from services.forms.cells import header, rupiah
from services.forms.parts import Cell, Figure, Label, Row, Shade, Shape, Table
from services.rupiah import format_rupiah
from services.series import QUARTER_ENDS, Rupiah12
from services.tanggal import MONTHS, MONTHS_SHORT

NOTHING: Final = "Kurva S belum dapat digambar: rencana kas dan realisasi per bulan belum diisi."
_LEFT: Final = 22.0
_RIGHT: Final = 40.0
_TOP: Final = 11.0
_FOOT: Final = 7.0
_MARK: Final = 1.7
_DROP: Final = 0.8
"""From the middle of a line of text down to its baseline."""
_HIGH: Final = 2.2
"""Of a line of text, above its baseline."""
_APART: Final = 3.4
_SHIFTS: Final = (0.0, _APART, -_APART, 2 * _APART, -2 * _APART)
"""Where a label is tried, from beside its point down or up."""


def s_curve(
    kas: Rupiah12 | None,
    realisasi: Rupiah12 | None,
    pagu: int | None = None,
    *,
    pagu_words: str = "",
    bulan: int = 12,
    quarterly: bool = False,
    width: float = 280.0,
    height: float = 98.0,
) -> Figure:
    """Running totals in whole rupiah, January first; a sentence where neither is stated in any month.

    Args:
        bulan: the last month, 1 to 12, that the realisation is drawn of.
        quarterly: only the months that close a quarter are stated.
        pagu_words: said behind the amount of the pagu, beginning with its comma.
        width, height: of the whole, mm.
    """
    places = QUARTER_ENDS if quarterly else tuple(range(12))
    plan, done = _points(kas, places), _points(realisasi, [at for at in places if at < bulan])
    if not plan and not done:
        return empty(NOTHING)
    amounts = [amount for _, amount in (*plan, *done)] + ([pagu] if pagu else [])
    unit, words = rupiah_scale(max(amounts, default=0))
    scale = axis([Decimal(amount) / unit for amount in amounts], height - _TOP - _FOOT)
    chart = _Chart(scale, unit, width - _LEFT - _RIGHT, height)
    shapes, labels = chart.ground(words)
    if pagu:
        y = chart.y(pagu)
        shapes.append(Shape(((_LEFT, y), (_LEFT + chart.length, y)), None, INK, 0.5))
        labels.append(Label(_LEFT + 1.5, y - 1.0, f"Pagu {format_rupiah(pagu)}{pagu_words}", SMALL, italic=True))
    shapes += chart.curve(plan, PLAN, 0.9, dashed=True)
    shapes += chart.curve(done, DONE, 1.8, dashed=False)
    labels += _ends(chart, plan, done, pagu)
    legend, named = _legend(bool(plan), bool(done))
    said = _words(plan, done)
    table = _table(kas, realisasi, bulan)
    return Figure(width, height, (*shapes, *legend), (*labels, *named), said, table)


class _Chart:
    """Where months and amounts lie."""

    def __init__(self, scale: Axis, unit: int, length: float, height: float) -> None:
        self.scale, self.unit, self.length = scale, unit, length
        self.bottom = height - _FOOT

    def x(self, place: int) -> float:
        """Of a month, 0 to 11; the year begins at the left edge."""
        return _LEFT + self.length * (place + 1) / 12

    def y(self, amount: int) -> float:
        return self.bottom - self.scale.at(Decimal(amount) / self.unit)

    def ground(self, words: str) -> tuple[list[Shape], list[Label]]:
        shapes, labels = (
            [],
            [Label(_LEFT, _TOP - 3.2, words[:1].upper() + words[1:], SMALL, italic=True, align="right")],
        )
        for tick in self.scale.ticks:
            y = self.bottom - self.scale.at(tick)
            zero = not tick and tick != self.scale.low
            shapes.append(Shape(((_LEFT, y), (_LEFT + self.length, y)), None, INK if zero else GRID, 0.4))
            labels.append(Label(_LEFT - 1.5, y + 0.8, self.scale.said(tick), SMALL, align="right"))
        shapes.append(Shape(((_LEFT, _TOP), (_LEFT, self.bottom), (_LEFT + self.length, self.bottom)), None, INK, 0.7))
        for place, month in enumerate(MONTHS_SHORT):
            x = self.x(place)
            shapes.append(Shape(((x, self.bottom), (x, self.bottom + 1)), None, INK, 0.5))
            labels.append(Label(x, self.bottom + 4.4, month, SMALL, align="center"))
        return shapes, labels

    def curve(self, points: Sequence[tuple[int, int]], colour: Shade, width: float, *, dashed: bool) -> Iterator[Shape]:
        """From nothing at the year's start through the points: squares are hollow on a dashed line, full on a solid."""
        if not points:
            return
        way = tuple((self.x(place), self.y(amount)) for place, amount in points)
        yield Shape(((_LEFT, self.y(0)), *way), None, colour, width, dashed=dashed)
        for x, y in way:
            yield mark(x, y, _MARK, "#FFFFFF" if dashed else colour, colour)


def _points(totals: Rupiah12 | None, places: Sequence[int]) -> list[tuple[int, int]]:
    return [(at, value) for at in places if totals is not None and (value := totals[at]) is not None]


def _ends(
    chart: _Chart, plan: Sequence[tuple[int, int]], done: Sequence[tuple[int, int]], pagu: int | None
) -> list[Label]:
    """The last amount of each line to its right: where neither the other label nor the planned line runs through it."""
    ways = [[(chart.x(place), chart.y(amount)) for place, amount in plan]]
    if chart.scale.low < 0:
        ways.append([(_LEFT, chart.y(0)), (_LEFT + chart.length, chart.y(0))])
    labels: list[Label] = []
    for name, points, bold in (("Realisasi", done, True), ("Rencana kas", plan, False)):
        if points:
            place, amount = points[-1]
            share = percent(amount, pagu) if pagu else None
            told = f"{name} {format_angka(share, 2)} %" if share is not None else name
            x, y = chart.x(place) + 2.2, chart.y(amount) + _DROP
            spots = [Label(x, y + shift, told, SMALL, bold=bold) for shift in _SHIFTS]
            within = [spot for spot in spots if _TOP < spot.y <= chart.bottom + _DROP + 0.1]
            apart = [spot for spot in within if not any(_over(spot, other) for other in labels)]
            free = [spot for spot in apart if not any(_crossed(spot, way) for way in ways)] or apart
            labels.append((free or within or spots)[0])
    return labels


def _crossed(label: Label, way: Sequence[tuple[float, float]]) -> bool:
    """Whether a line runs through a label, looked at every half millimetre."""
    right = label.x + width_of(label.text, label.size, bold=label.bold)
    for (x0, y0), (x1, y1) in pairwise(way):
        first, last = max(x0, label.x), min(x1, right)
        for step in range(int(max(last - first, -0.5) * 2) + 1):
            y = y0 + (y1 - y0) * (first + step / 2 - x0) / (x1 - x0)
            if label.y - _HIGH < y < label.y + 0.7:
                return True
    return False


def _over(one: Label, other: Label) -> bool:
    ends = [each.x + width_of(each.text, each.size, bold=each.bold) for each in (one, other)]
    return abs(one.y - other.y) < _APART and one.x < ends[1] and other.x < ends[0]


def _legend(plan: bool, done: bool) -> tuple[list[Shape], list[Label]]:
    shapes: list[Shape] = []
    labels: list[Label] = []
    x = _LEFT + 20
    for there, name, colour, width, dashed in (
        (plan, "Rencana kas (kumulatif)", PLAN, 0.9, True),
        (done, "Realisasi (kumulatif)", DONE, 1.8, False),
    ):
        if there:
            shapes.append(Shape(((x, 3.2), (x + 12, 3.2)), None, colour, width, dashed=dashed))
            shapes.append(mark(x + 6, 3.2, _MARK, "#FFFFFF" if dashed else colour, colour))
            labels.append(Label(x + 14, 4.1, name, NORMAL))
            x += 62
    return shapes, labels


def _words(plan: Sequence[tuple[int, int]], done: Sequence[tuple[int, int]]) -> str:
    said = [
        f"{name} sampai {MONTHS[points[-1][0]]} {format_rupiah(points[-1][1])}"
        for name, points in (("rencana kas", plan), ("realisasi", done))
        if points
    ]
    return f"Kurva S: {'; '.join(said)}."


def _table(kas: Rupiah12 | None, realisasi: Rupiah12 | None, bulan: int) -> Table:
    titles = ("Bulan", "Rencana kas kumulatif (Rp)", "Realisasi kumulatif (Rp)")
    head = Row(tuple(header(col, text) for col, text in enumerate(titles)), 6.0)
    rows = tuple(
        (
            Row(
                (
                    Cell(0, month),
                    rupiah(1, kas[at] if kas else None),
                    rupiah(2, realisasi[at] if realisasi and at < bulan else None),
                ),
                5.0,
            ),
        )
        for at, month in enumerate(MONTHS)
    )
    return Table((40.0, 55.0, 55.0), (head,), rows)

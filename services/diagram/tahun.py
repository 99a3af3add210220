"""Target and result of indicators through the years of a Renstra, a small chart for each, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.angka import format_angka
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
    ground,
    lines,
    mark,
    width_of,
)
from services.forms.cells import header
from services.forms.parts import Cell, Figure, Label, Row, Shade, Shape, Table

NOTHING: Final = "Target dan realisasi tahunan belum dapat digambar: belum ada indikator dengan angka dua tahun."
PER_ROW: Final = 3
_GAP: Final = 8.0
_TITLE: Final = 12.0
_LEFT: Final = 14.0
_PLOT: Final = 36.0
_FOOT: Final = 6.0
_LEGEND: Final = 7.0
_OVER: Final = 1.6
_UNDER: Final = 3.6
"""From a point to the baseline of its value, above and below it."""
_MARK: Final = 1.7


@dataclass(frozen=True, slots=True)
class Through:
    """An indicator: a title, and for each year (as text) its target and result, None where there is no number."""

    nama: str
    tahun: tuple[str, ...]
    target: tuple[Decimal | None, ...]
    realisasi: tuple[Decimal | None, ...]

    @property
    def drawable(self) -> bool:
        """Whether it has at least two numbers, in two years."""
        pairs = zip(self.target, self.realisasi, strict=True)
        return sum(any(value is not None for value in pair) for pair in pairs) > 1


def years(found: Sequence[Through], width: float = 280.0) -> Figure:
    """Up to PER_ROW charts side by side; a sentence where none of them has two years with a number.

    Args:
        width: of the whole, mm.
    """
    found = [one for one in found if one.drawable]
    if not found:
        return empty(NOTHING)
    beside = min(max(len(found), 2), PER_ROW)
    each = (width - _GAP * (beside - 1)) / beside
    shapes, labels = _legend()
    for at, one in enumerate(found[:PER_ROW]):
        drawn, said = _chart(one, at * (each + _GAP), each)
        shapes += drawn
        labels += said
    words = "Target dan realisasi per tahun. " + " ".join(map(_said, found[:PER_ROW]))
    height = _LEGEND + _TITLE + _PLOT + _FOOT
    return Figure(width, height, tuple(shapes), tuple(labels), words, _table(found[:PER_ROW]))


def _said(one: Through) -> str:
    """What a screen reader says: "Koperasi sehat: 2019 target 100, realisasi 99,77; 2020 target 110." """
    told = []
    for year, target, result in zip(one.tahun, one.target, one.realisasi, strict=True):
        pair = (("target", target), ("realisasi", result))
        values = [f"{name} {format_angka(value)}" for name, value in pair if value is not None]
        if values:
            told.append(f"{year} {', '.join(values)}")
    return f"{one.nama}: {'; '.join(told)}."


def _chart(one: Through, left: float, width: float) -> tuple[list[Shape], list[Label]]:
    labels = lines(left, _LEGEND + 3.5, one.nama, width, NORMAL, 2)
    stated = [value for value in (*one.target, *one.realisasi) if value is not None]
    scale = axis(stated, _PLOT - 4, 4)
    beside = max(_LEFT, *(width_of(scale.said(tick), SMALL) + 2 for tick in scale.ticks))
    x0, bottom = left + beside, _LEGEND + _TITLE + _PLOT
    length = width - beside
    shapes: list[Shape] = []
    for tick in scale.ticks:
        y = bottom - scale.at(tick)
        shapes.append(Shape(((x0, y), (x0 + length, y)), None, GRID, 0.4))
        labels.append(Label(x0 - 1.2, y + 0.8, scale.said(tick), SMALL - 0.5, align="right"))
    zero = bottom - scale.at(Decimal(0))
    shapes.append(Shape(((x0, zero), (x0 + length, zero)), None, INK, 0.6))
    places = [x0 + length * (at + 0.5) / len(one.tahun) for at in range(len(one.tahun))]
    labels += [Label(x, bottom + 4, year, SMALL, align="center") for x, year in zip(places, one.tahun, strict=True)]
    pitch = length / len(one.tahun)
    said = [each for each in _values(scale, bottom, places, one) if _room(each) <= pitch]
    planned = _line(scale, bottom, places, one.target, PLAN, 0.9, dashed=True)
    reached = _line(scale, bottom, places, one.realisasi, DONE, 1.8, dashed=False)
    ways = [shape for shape in (*planned, *reached) if shape.fill is None]
    marks = [shape for shape in (*planned, *reached) if shape.fill is not None]
    return [*shapes, *ways, *map(ground, said), *marks], [*labels, *said]


def _room(label: Label) -> float:
    """mm that a value takes of the room of its year; one that takes more is left to the table."""
    width = width_of(label.text, label.size, bold=label.bold)
    return width if label.align == "center" else 2 * (width + _OVER)


def _line(
    scale: Axis,
    bottom: float,
    places: Sequence[float],
    values: Sequence[Decimal | None],
    colour: Shade,
    width: float,
    *,
    dashed: bool,
) -> list[Shape]:
    """Broken where a year has no number."""
    shapes: list[Shape] = []
    run: list[tuple[float, float]] = []
    marks: list[Shape] = []
    for x, value in (*zip(places, values, strict=True), (0.0, None)):
        if value is not None:
            run.append((x, bottom - scale.at(value)))
            marks.append(mark(*run[-1], _MARK, "#FFFFFF" if dashed else colour, colour))
        else:
            if len(run) > 1:
                shapes.append(Shape(tuple(run), None, colour, width, dashed=dashed))
            run = []
    return shapes + marks


def _values(scale: Axis, bottom: float, places: Sequence[float], one: Through) -> list[Label]:
    """Each number at its point, the higher one above it and the lower one below it; results are bold.

    A result that has no room above the axis stands to the right; a target without room, or the same, is left out.
    """
    labels: list[Label] = []
    for x, target, result in zip(places, one.target, one.realisasi, strict=True):
        if result is not None:
            high = target is None or result >= target
            y = bottom - scale.at(result)
            low = not high and y + _UNDER < bottom
            if high or low:
                labels.append(_value(x, y + _UNDER if low else y - _OVER, result, bold=True))
            else:
                labels.append(Label(x + _OVER, y + 0.8, format_angka(result), SMALL, bold=True))
            if target is None or result == target:
                continue
            other = bottom - scale.at(target)
            if high and other + _UNDER < bottom:
                labels.append(_value(x, other + _UNDER, target))
            elif not high:
                labels.append(_value(x, other - _OVER, target))
        elif target is not None:
            labels.append(_value(x, bottom - scale.at(target) - _OVER, target))
    return labels


def _value(x: float, y: float, value: Decimal, *, bold: bool = False) -> Label:
    return Label(x, y, format_angka(value), SMALL, bold, not bold, "center")


def _legend() -> tuple[list[Shape], list[Label]]:
    shapes: list[Shape] = []
    labels: list[Label] = []
    for x, name, colour, width, dashed in ((0.0, "Target", PLAN, 0.9, True), (34.0, "Realisasi", DONE, 1.8, False)):
        shapes.append(Shape(((x, 2.6), (x + 12, 2.6)), None, colour, width, dashed=dashed))
        shapes.append(mark(x + 6, 2.6, _MARK, "#FFFFFF" if dashed else colour, colour))
        labels.append(Label(x + 14, 3.5, name, NORMAL))
    return shapes, labels


def _table(found: Sequence[Through]) -> Table:
    """A line for the target and one for the result of each, under the years of all."""
    names = tuple(dict.fromkeys(year for one in found for year in one.tahun))
    head = tuple(header(col, text) for col, text in enumerate(("Indikator", "", *names)))
    blocks = []
    for one in found:
        rows = []
        for at, (said, values) in enumerate((("Target", one.target), ("Realisasi", one.realisasi))):
            by_year = dict(zip(one.tahun, values, strict=True))
            left = (Cell(0, one.nama, rows=2),) if not at else ()
            rows.append(
                Row((*left, Cell(1, said), *(_number(2 + n, by_year.get(y)) for n, y in enumerate(names))), 6.0)
            )
        blocks.append(tuple(rows))
    return Table((90.0, 22.0, *[20.0] * len(names)), (Row(head, 6.0),), tuple(blocks))


def _number(col: int, value: Decimal | None) -> Cell:
    if value is None:
        return Cell(col)
    text = format_angka(value)
    decimals = len(text.partition(",")[2])
    form = "[$-421]#,##0" + ("." + "0" * decimals if decimals else "")
    return Cell(col, text, align="right", value=value, format=form)

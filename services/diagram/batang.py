"""Percentages as bars in the colours of their predicates, each with its value and its predicate in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.angka import format_angka
from services.capaian_skala import Grade
from services.diagram.sumbu import (
    EDGE,
    GRID,
    INK,
    NORMAL,
    SMALL,
    Axis,
    axis,
    box,
    empty,
    ground,
    lines,
    width_of,
)
from services.forms.cells import header
from services.forms.parts import Cell, Figure, Label, Row, Shape, Table

NOTHING: Final = "Belum ada capaian yang dapat digambar."
_MOST: Final = Decimal(200)
"""Longer bars are cut off there with two strokes; their value is beside them."""
_LEAST: Final = Decimal(-100)
_HUNDRED: Final = Decimal(100)
_PITCH: Final = 9.0
_HIGH_PITCH: Final = 11.0
"""Where a name takes three lines."""
_BAR: Final = 6.0
_NAMES: Final = 84.0
_NAMES_SHARE: Final = 0.36
"""Of a narrow chart, that the names take at most."""
_GAP: Final = 3.0
_AFTER: Final = 30.0
"""Room behind the longest bar; more where a predicate is longer."""
_TOP: Final = 3.0
_APART: Final = 1.5
_LINES: Final = 3
"""Of a name; a longer one is cut off."""
_DROP: Final = 0.9
"""From the middle of a line of text down to its baseline."""
_FOOT: Final = 9.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its percentage and the predicate of it; without a percentage it says so."""

    nama: str
    persen: Decimal | None
    grade: Grade | None = None


def bars(found: Sequence[Bar], width: float = 280.0) -> Figure:
    """Lying bars from 0, one below the other, with a line at 100 %; a sentence where none has a percentage.

    Args:
        width: of the whole, mm, names and values included.
    """
    known = [bar.persen for bar in found if bar.persen is not None]
    if not known:
        return empty(NOTHING)
    shown = [min(max(persen, _LEAST), _MOST) for persen in known]
    after = max(_AFTER, *(width_of(_said(bar), NORMAL, bold=True) + 3 for bar in found))
    names = min(_NAMES, _NAMES_SHARE * width)
    long = any(len(lines(0, 0, bar.nama, names, NORMAL, _LINES)) == _LINES for bar in found)
    pitch = _HIGH_PITCH if long else _PITCH
    left, bottom = names + _GAP, _TOP + len(found) * pitch
    scale = axis([_HUNDRED, *shown], width - left - after, 5)
    shapes, labels = _ground(scale, left, bottom)
    for at, bar in enumerate(found):
        y = _TOP + at * pitch
        labels += lines(0, y + pitch / 2 + _DROP, bar.nama, names, NORMAL, _LINES, middle=True)
        drawn, said = _bar(scale, left, y + (pitch - _BAR) / 2, bar)
        shapes += (ground(said), *drawn)
        labels.append(said)
    zero = left + scale.at(Decimal(0))
    shapes.append(Shape(((zero, _TOP - 1), (zero, bottom)), None, INK, 0.7))
    words = "Capaian: " + "; ".join(f"{bar.nama} {_said(bar)}" for bar in found)
    return Figure(width, bottom + _FOOT, tuple(shapes), tuple(labels), words, _table(found))


def _ground(scale: Axis, left: float, bottom: float) -> tuple[list[Shape], list[Label]]:
    shapes, labels = [], []
    for tick in scale.ticks:
        x = left + scale.at(tick)
        full = tick == _HUNDRED
        shapes.append(Shape(((x, _TOP - 1), (x, bottom)), None, INK if full else GRID, 0.6, dashed=full))
        labels.append(Label(x, bottom + 3.6, scale.said(tick), SMALL, bold=full, align="center"))
    if _HUNDRED not in scale.ticks:
        x = left + scale.at(_HUNDRED)
        shapes.append(Shape(((x, _TOP - 1), (x, bottom)), None, INK, 0.6, dashed=True))
    labels.append(Label(left, bottom + 7.4, "Capaian (%); garis putus-putus: 100 %", SMALL, italic=True))
    return shapes, labels


def _bar(scale: Axis, left: float, y: float, bar: Bar) -> tuple[list[Shape], Label]:
    base = y + _BAR / 2 + _DROP
    zero = left + scale.at(Decimal(0))
    if bar.persen is None:
        return [], Label(_beside(scale, left, zero, _said(bar)), base, _said(bar), NORMAL, italic=True)
    end = left + scale.at(min(max(bar.persen, _LEAST), _MOST))
    x, length = min(zero, end), abs(end - zero)
    shapes = [box(x, y, length, _BAR, bar.grade.warna if bar.grade else 0.85, EDGE)]
    if not _LEAST <= bar.persen <= _MOST:
        for shift in (-3.5, -2.0):
            near = end + (shift if end > zero else -shift)
            stroke = ((near - 0.8, y + _BAR + 0.8), (near + 0.8, y - 0.8))
            shapes.append(Shape(stroke, None, "#FFFFFF", 2.4))
            shapes.append(Shape(stroke, None, EDGE, 0.5))
    return shapes, Label(_beside(scale, left, max(end, zero), _said(bar)), base, _said(bar), NORMAL, bold=True)


def _beside(scale: Axis, left: float, end: float, said: str) -> float:
    """Where a value begins to the right of its bar: behind the line at 100 % where that would run through it."""
    x, full = end + _APART, left + scale.at(_HUNDRED)
    return full + _APART if x - _APART < full < x + width_of(said, NORMAL, bold=True) + 0.5 else x


def _said(bar: Bar) -> str:
    if bar.persen is None:
        return "belum dapat dihitung"
    word = f" {bar.grade.predikat}" if bar.grade else ""
    return f"{format_angka(bar.persen, 2)}{word}"


def _table(found: Sequence[Bar]) -> Table:
    head = tuple(header(col, text) for col, text in enumerate(("Sasaran", "Capaian (%)", "Predikat")))
    rows = tuple((Row(_cells(bar), 6.0),) for bar in found)
    return Table((120.0, 30.0, 40.0), (Row(head, 6.0),), rows)


def _cells(bar: Bar) -> tuple[Cell, ...]:
    if bar.persen is None:
        return Cell(0, bar.nama), Cell(1, "-", align="right"), Cell(2)
    text = format_angka(bar.persen, 2)
    grade = bar.grade
    return (
        Cell(0, bar.nama),
        Cell(1, text, align="right", value=bar.persen, format="[$-421]#,##0.00"),
        Cell(2, grade.predikat if grade else "", align="center", fill=grade.warna if grade else None),
    )

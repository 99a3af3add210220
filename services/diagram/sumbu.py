"""What the charts share: round steps on an axis, numbers as they are written there, and the pieces of a drawing.

Lengths are millimetres, sizes are points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from services.angka import format_angka
from services.forms.parts import Cell, Figure, Label, Row, Shade, Shape, Table, Text
from services.render.fonts import Font, face
from services.render.sheets import MM
from services.render.wrapping import wrap

INK = 0.0
GRID: Shade = 0.8
EDGE: Shade = 0.45
PLAN: Shade = "#5B6B7B"
DONE: Shade = "#1F5FA8"
SMALL, NORMAL = 6.5, 7.5
ROUND_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))

_TITLE = 7.0
SPACE = Text("", 2)
"""Between a chart and the signature below it, so that the chart leaves room enough for both on its page."""

_SCALES = ((10**12, "triliun rupiah"), (10**9, "miliar rupiah"), (10**6, "juta rupiah"), (1, "rupiah"))


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high` by round steps, both ends steps themselves, drawn over `length` mm."""

    low: Decimal
    high: Decimal
    step: Decimal
    length: float

    def at(self, value: Decimal) -> float:
        """mm from the low end."""
        return float((value - self.low) / (self.high - self.low)) * self.length

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """The steps from low to high."""
        count = int((self.high - self.low) / self.step)
        return tuple(self.low + self.step * number for number in range(count + 1))

    def said(self, value: Decimal) -> str:
        """A step in words: with as many decimals as the steps need."""
        exponent = self.step.normalize().as_tuple().exponent
        return format_angka(value, max(0, -int(exponent)))


def axis(values: Sequence[Decimal], length: float, most: int = 6) -> Axis:
    """An axis that holds 0 and all values with at most so many steps (a few more where it goes below 0)."""
    low, high = min((Decimal(0), *values)), max((Decimal(0), *values))
    if low == high:
        high = Decimal(1)
    raw = (high - low) / most
    power = Decimal(10) ** raw.adjusted()
    step = next(step * power for step in ROUND_STEPS if step * power >= raw)
    return Axis(_whole(low / step, ROUND_FLOOR) * step, _whole(high / step, ROUND_CEILING) * step, step, length)


def rupiah_scale(most: int) -> tuple[int, str]:
    """What amounts up to `most` are divided by on an axis, and what the quotient is called: (10**6, "juta rupiah")."""
    return next((unit, words) for unit, words in _SCALES if most >= unit or unit == 1)


def box(x: float, y: float, width: float, height: float, fill: Shade | None, line: Shade | None = None) -> Shape:
    """A rectangle from its upper left corner."""
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return Shape(corners, fill, line, 0.4)


def mark(x: float, y: float, size: float, fill: Shade, line: Shade) -> Shape:
    """A small square around a point."""
    return Shape(box(x - size / 2, y - size / 2, size, size, None).points, fill, line, 0.6)


def lines(x: float, y: float, text: str, width: float, size: float, most: int, *, middle: bool = False) -> list[Label]:
    """A text in at most so many lines of `width` mm, "..." where it is longer.

    The first has its baseline at y; with `middle` that is where the baseline of a single line would be, and more lines
    lie around it.
    """
    font = Font(face(), size)
    found = list(wrap(text, font, width * MM))
    if len(found) > most:
        found = [*found[: most - 1], _shortened(found[most - 1], font, width * MM)]
    leading = size * 1.2 / MM
    top = y - (len(found) - 1) * leading / 2 if middle else y
    return [Label(x, top + at * leading, line, size) for at, line in enumerate(found)]


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Of a line, mm."""
    return Font(face(bold), size).width(text) / MM


def ground(label: Label) -> Shape:
    """A white ground on which a value is readable across lines."""
    width = width_of(label.text, label.size, bold=label.bold) + 0.6
    high = 0.31 * label.size
    return box(label.x - (width / 2 if label.align == "center" else 0.3), label.y - high, width, high + 0.4, "#FFFFFF")


def titled(figure: Figure, title: str) -> Figure:
    """The chart under a title, which so stays on its page; in a workbook it is that of the table."""
    heading = Label(0, 3.2 - _TITLE, title, 9, bold=True)
    table = replace(figure.table, title=(Text(title, 9, bold=True, before=4, after=1.5),)) if figure.table else None
    return replace(
        figure,
        width=max(figure.width, width_of(title, 9, bold=True) + 1),
        height=figure.height + _TITLE,
        labels=(heading, *figure.labels),
        origin=(0.0, -_TITLE),
        table=table,
    )


def empty(sentence: str) -> Figure:
    """What stands in the place of a chart that there are no values for."""
    width = width_of(sentence, NORMAL) + 2
    table = Table((width,), (), ((Row((Cell(0, sentence),), 5),),), ruled=False, size=NORMAL)
    return Figure(width, 6, (), (Label(1, 4.2, sentence, NORMAL, italic=True),), sentence, table)


def _whole(value: Decimal, rounding: str) -> Decimal:
    return value.to_integral_value(rounding=rounding)


def _shortened(line: str, font: Font, width: float) -> str:
    while line and font.width(f"{line}...") > width:
        line = line[:-1]
    return f"{line.rstrip()}..."

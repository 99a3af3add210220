"""Texts that run upwards in their cell; lengths are points."""

from typing import Final

from services.render.fonts import Font
from services.render.sheets import MM, Placed
from services.render.wrapping import clean, longest_part, wrap

_PADDING: Final = 0.6 * MM
_ONE_LINE: Final = 30 * MM
"""Rows are made so high, at most, that a text need not be broken."""
_TALLEST: Final = 60 * MM
"""And no higher than this: what is longer still is made smaller."""
_MOST_LINES: Final = 4
_SMALLER: Final = 0.93
_LEAST: Final = 0.05


def height(text: str, font: Font, width: float, leading: float) -> float:
    """Of the rows of a cell with a turned text that is `width` wide: longer ones stand in several lines."""
    lines = _shown(text).split("\n")
    longest = max(map(font.width, lines)) + 2 * _PADDING
    if longest > _ONE_LINE:
        beside = max(int(width / leading), 1)
        each = sum(map(font.width, lines)) / beside * 1.15 + 2 * _PADDING
        longest = min(max(each, _ONE_LINE), _TALLEST, longest)
    return longest if lines != [""] else 0.0


def _shown(text: str) -> str:
    """The text with its line ends, or without them where there are too many to stand side by side."""
    text = clean(text).strip(" \n")
    return text if text.count("\n") < _MOST_LINES else text.replace("\n", " ")


def texts(
    text: str, font: Font, across: tuple[float, float], down: tuple[float, float], leading: float
) -> list[Placed]:
    """The lines of a text, centred between `across` (left, right) and `down` (top, bottom), made smaller to fit.

    Args:
        leading: line distance in sizes.
    """
    x0, x1 = across
    y0, y1 = down
    width, room = x1 - x0, max(y1 - y0 - 2 * _PADDING, 1.0)
    text = _shown(text)
    while True:
        lines = wrap(text, font, room)
        taken = font.cap + (len(lines) - 1) * leading * font.size
        whole = font.width("W") <= room and longest_part(text, font) <= room
        if (whole and taken + 0.6 * font.size <= width) or font.size * _SMALLER < _LEAST:
            break
        font = Font(font.face, font.size * _SMALLER)
    x = x0 + (width - taken) / 2 + font.cap
    placed = []
    for line in lines:
        placed.append(Placed(x, (y0 + y1 + font.width(line)) / 2, line, font, turned=True))
        x += leading * font.size
    return placed

"""Cells that share columns, style and alignment: their texts as lines, each set once."""

import re
from collections.abc import Sequence
from typing import Final

from services.forms.parts import Align, Cell, Table
from services.render.fonts import Font, face
from services.render.runs import set_lines
from services.render.sheets import MM, SHARE
from services.render.wrapping import (
    clean,
    continued,
    longest_number,
    longest_part,
    longest_word,
    shortened,
    widest_character,
    wrap,
)

LEAST_PADDING: Final = 0.5 * MM
_SHORT: Final = 200
_LEAST_SEVERAL: Final = 4.5
"""A number that does not fit is made smaller; down to this size (pt) if it may be broken."""
_LEAST_SHRINK: Final = 0.7
"""A word that does not fit is made smaller down to this share of its size before it is broken."""
_MOST_HANG: Final = 1 / 2
NUMBER: Final = re.compile(r"[-–(+]?\s?(Rp\.?\s?)?[-–(]?[0-9][0-9.,\s]*[)%]?", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"[0-9.,]\s+[0-9.,]|.{41}")
"""Numbers with spaces between them, or more digits than any amount has: these may be broken."""

Line = tuple[float, str]
"""Left end and text."""


class Slot:
    """A range of columns in one style and alignment: sets texts into lines and remembers them."""

    __slots__ = ("_hang", "_inner", "_padding", "_repeated", "_set", "_share", "_x", "col", "end", "font", "x0", "x1")

    def __init__(self, edges: Sequence[float], cell: Cell, table: Table, align: Align) -> None:
        last = len(edges) - 1
        self.col = min(cell.col, last - 1)
        self.end = min(self.col + max(cell.cols, 1), last)
        self.x0 = edges[self.col]
        self.x1 = edges[self.end]
        self.font = Font(face(cell.bold, cell.italic), cell.size or table.size)
        self._share = SHARE[align]
        self._padding = min(table.padding * MM, (self.x1 - self.x0) / 2)
        self._inner = self.x1 - self.x0 - 2 * self._padding
        self._hang = min(max(cell.hang, 0.0) * MM, _MOST_HANG * self._inner)
        self._x = self.x0 + self._padding
        self._set: dict[str, tuple[tuple[Line, ...], Font]] = {}
        self._repeated: dict[tuple[str, int], tuple[Line, ...]] = {}

    def lines(self, text: str) -> tuple[tuple[Line, ...], Font]:
        """The lines of a text, each with its left end, and the font that they need."""
        found = self._set.get(text)
        if found is None:
            found = self._set[text] = self._short(text) or self._long(text)
        return found

    def _short(self, text: str) -> tuple[tuple[Line, ...], Font] | None:
        """The one line of a text that fits and has nothing unusual: nearly all texts, so made fast."""
        if len(text) > _SHORT or not (text.isascii() and text.isprintable()):
            return None
        text = text.strip(" ")
        if not text:
            return (), self.font
        spare = self._inner - self.font.face.measure(text) * self.font.size
        return (((self._x + self._share * spare, text),), self.font) if spare >= 0 else None

    def _long(self, text: str) -> tuple[tuple[Line, ...], Font]:
        font, padding = self._fit(text)
        return self._lines(text, font, padding), font

    def _lines(self, text: str, font: Font, padding: float) -> tuple[Line, ...]:
        width = self.x1 - self.x0 - 2 * padding
        if not self._hang:
            return self._aligned(wrap(text, font, width), font, padding)
        x = self.x0 + padding
        lines = set_lines([(text, font)], width, 0.0, self._hang)
        return tuple([(x + line.x + self._share * (width - line.x - line.width), line.text) for line in lines])

    def again(self, text: str, room: int) -> tuple[Line, ...]:
        """The text as it is printed again on a later page, in at most `room` lines, in the font of `lines`.

        Lines that hang are told apart by their own words and get no "(lanjutan)".
        """
        found = self._repeated.get((text, room))
        if found is None:
            font, padding = (self.font, self._padding) if self._short(text) else self._fit(text)
            width = self.x1 - self.x0 - 2 * padding
            if self._hang:
                found, _ = self.lines(text)
                if len(found) > room:
                    found = (*found[: room - 1], self._last(found[room - 1], font, padding)) if room else ()
            else:
                found = self._aligned(continued(text, font, width, room), font, padding)
            self._repeated[text, room] = found
        return found

    def _last(self, line: Line, font: Font, padding: float) -> Line:
        x, words = line
        return x, shortened(words, "", font, self.x1 - padding - x)

    def _fit(self, text: str) -> tuple[Font, float]:
        """Font and padding: a word a little too long takes some of the padding, a longer one is made smaller.

        A number is made as small as it must be, so that it stays in one line, alone or among words; other words only
        a little, and are broken where that is not enough. A character wider than the cell is made to fit.
        """
        width = self.x1 - self.x0
        least = min(self._padding, LEAST_PADDING, width / 4)
        most = width - 2 * least
        font = self.font
        whole = clean(text).strip(" \n")
        if len(whole) <= _SHORT and NUMBER.fullmatch(whole):
            need = font.width(whole)
            if need <= self._inner:
                return font, self._padding
            if need <= most:
                return font, (width - need) / 2
            smaller = font.size * most / need * (1 - 1e-6)
            if smaller >= min(_LEAST_SEVERAL, font.size) or not _SEVERAL.search(whole):
                return Font(font.face, smaller), least
        for longest in (longest_word(text, font), longest_part(text, font)):
            need = longest + self._hang
            if need <= self._inner:
                return font, self._padding
            if need <= most:
                return font, (width - need) / 2
        room = max(most - self._hang, 0.0)
        if room < longest * _LEAST_SHRINK:
            longest = max(widest_character(text, font), longest_number(text, font))
            if longest + self._hang <= self._inner:
                return font, self._padding
        shrink = min(room / max(longest, 1e-6), 1.0) * (1 - 1e-6)
        return Font(font.face, max(font.size * shrink, 0.1)), least

    def _aligned(self, lines: tuple[str, ...], font: Font, padding: float) -> tuple[Line, ...]:
        x = self.x0 + padding
        if not self._share:
            return tuple([(x, line) for line in lines])
        inner = self.x1 - self.x0 - 2 * padding
        return tuple([(x + self._share * (inner - font.width(line)), line) for line in lines])

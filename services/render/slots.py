"""Cells that share columns, weight, size and alignment: their texts as lines, each set once."""

from collections.abc import Sequence
from typing import Final

from services.forms.parts import Cell, Table
from services.render.fonts import Font, face
from services.render.sheets import MM, SHARE
from services.render.wrapping import continued, longest_word, widest_character, wrap

_LEAST_PADDING: Final = 0.35 * MM
_SHORT: Final = 200

Line = tuple[float, str]
"""Left end and text."""


class Slot:
    """A range of columns in one weight, size and alignment: sets texts into lines and remembers them."""

    __slots__ = ("_inner", "_padding", "_repeated", "_set", "_share", "_x", "col", "end", "font", "x0", "x1")

    def __init__(self, edges: Sequence[float], cell: Cell, table: Table) -> None:
        last = len(edges) - 1
        self.col = min(cell.col, last - 1)
        self.end = min(self.col + max(cell.cols, 1), last)
        self.x0 = edges[self.col]
        self.x1 = edges[self.end]
        self.font = Font(face(cell.bold), cell.size or table.size)
        self._share = SHARE[cell.align]
        self._padding = min(table.padding * MM, (self.x1 - self.x0) / 2)
        self._inner = self.x1 - self.x0 - 2 * self._padding
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
        return self._aligned(wrap(text, font, self.x1 - self.x0 - 2 * padding), font, padding), font

    def again(self, text: str, room: int) -> tuple[Line, ...]:
        """The text as it is printed again on a later page, in at most `room` lines."""
        found = self._repeated.get((text, room))
        if found is None:
            font, padding = self._fit(text)
            lines = continued(text, font, self.x1 - self.x0 - 2 * padding, room)
            found = self._repeated[text, room] = self._aligned(lines, font, padding)
        return found

    def _fit(self, text: str) -> tuple[Font, float]:
        """Font and padding: a word a little too long takes some of the padding, a huge character is made smaller."""
        width = self.x1 - self.x0
        least = min(self._padding, _LEAST_PADDING)
        need = longest_word(text, self.font)
        if self._inner < need <= width - 2 * least:
            return self.font, (width - need) / 2
        if need <= self._inner or (need := widest_character(text, self.font)) <= self._inner:
            return self.font, self._padding
        shrink = min((width - 2 * least) / need, 1.0)
        return Font(self.font.face, max(self.font.size * shrink, 0.1)), least

    def _aligned(self, lines: tuple[str, ...], font: Font, padding: float) -> tuple[Line, ...]:
        x = self.x0 + padding
        if not self._share:
            return tuple([(x, line) for line in lines])
        inner = self.x1 - self.x0 - 2 * padding
        return tuple([(x + self._share * (inner - font.width(line)), line) for line in lines])

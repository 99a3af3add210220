"""Lines of text in more than one style, or with a first line of another width than the others.

`wrapping.wrap` is the fast way for plain text; both break at the same places.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from services.forms.parts import TextAlign
from services.render.fonts import Font
from services.render.sheets import SHARE, Placed
from services.render.wrapping import NO_BREAK, clean

_NEAR: Final = 1e-5
_STRETCH: Final = re.compile(r"[^/-]*[/-]+|[^/-]+")


class Piece(NamedTuple):
    """Text in one style without a break in it."""

    text: str
    font: Font

    @property
    def width(self) -> float:
        """In points."""
        return self.font.width(self.text)


Word = Sequence[Piece]


class SetLine(NamedTuple):
    """Words of a line: `x` is how far in (pt) it begins, `width` how wide it runs, `ends`: its paragraph ends here."""

    words: tuple[Word, ...]
    x: float
    width: float
    ends: bool

    @property
    def text(self) -> str:
        """The words without their styles."""
        return " ".join("".join(piece.text for piece in word) for word in self.words)


def set_lines(
    runs: Iterable[tuple[str, Font]], width: float, first: float = 0.0, rest: float = 0.0, start: float = 0.0
) -> list[SetLine]:
    """Break runs of text into lines that end at most `width` points from the left edge.

    Args:
        first: how far in the first line of each paragraph begins; paragraphs end at line ends.
        rest: the same of the lines after it.
        start: the same, at least, of the very first line.
    """
    filler = _Filler(width)
    for number, words in enumerate(_paragraphs(runs)):
        filler.begin(first if number else max(first, start), rest)
        for word in words:
            filler.add(word)
        filler.end()
    return filler.lines


def _paragraphs(runs: Iterable[tuple[str, Font]]) -> list[list[Word]]:
    """The words of each paragraph, without empty paragraphs at either end."""
    paragraphs: list[list[Word]] = [[]]
    word: list[Piece] = []
    for text, font in runs:
        for number, line in enumerate(clean(text).split("\n")):
            if number:
                paragraphs[-1].append(word)
                word = []
                paragraphs.append([])
            for place, piece in enumerate(line.split(" ")):
                if place:
                    paragraphs[-1].append(word)
                    word = []
                if piece:
                    word.append(Piece(piece.replace(NO_BREAK, " "), font))
    paragraphs[-1].append(word)
    found = [[word for word in words if word] for words in paragraphs]
    filled = [number for number, words in enumerate(found) if words]
    return found[filled[0] : filled[-1] + 1] if filled else []


class _Filler:
    """Fills lines with words, first fit; lengths are points."""

    def __init__(self, width: float) -> None:
        self._width = width
        self._words: list[list[Piece]] = []
        self._used = 0.0
        self._x = self._rest = 0.0
        self.lines: list[SetLine] = []

    def begin(self, first: float, rest: float) -> None:
        """Start a paragraph."""
        self._x = first
        self._rest = rest

    def end(self) -> None:
        """End a paragraph; one without words is an empty line."""
        self._end_line(ends=True)

    def add(self, word: Word) -> None:
        """Add a word, broken where no line could hold it."""
        width = sum(piece.width for piece in word)
        if self._fits(self._gap() + width):
            self._used += self._gap() + width
            self._words.append(list(word))
            return
        if self._words and self._rest + width <= self._width + _NEAR:
            self._end_line(ends=False)
            self.add(word)
            return
        joined = False
        for text, font in word:
            for stretch in _STRETCH.findall(text):
                self._put(Piece(stretch, font), joined=joined)
                joined = True

    def _gap(self) -> float:
        """The space before another word."""
        return self._words[-1][-1].font.width(" ") if self._words else 0.0

    def _fits(self, width: float) -> bool:
        return self._x + self._used + width <= self._width + _NEAR

    def _put(self, piece: Piece, *, joined: bool) -> None:
        """Add a part of a word that is broken; `joined`: it goes on with the word before it."""
        width = piece.width
        gap = 0.0 if joined else self._gap()
        if self._words and not self._fits(gap + width):
            self._end_line(ends=False)
            gap = 0.0
        if self._fits(gap + width):
            self._append(piece, gap + width, joined=joined)
            return
        text: list[str] = []
        filled = 0.0
        for char in piece.text:
            step = piece.font.width(char)
            if (text or self._words) and not self._fits(filled + step):
                if text:
                    self._append(Piece("".join(text), piece.font), filled, joined=True)
                self._end_line(ends=False)
                text, filled = [], 0.0
            text.append(char)
            filled += step
        self._append(Piece("".join(text), piece.font), filled, joined=True)

    def _append(self, piece: Piece, width: float, *, joined: bool) -> None:
        if self._words and joined:
            self._words[-1].append(piece)
        else:
            self._words.append([piece])
        self._used += width

    def _end_line(self, *, ends: bool) -> None:
        self.lines.append(SetLine(tuple(self._words), self._x, self._used, ends))
        self._words = []
        self._used = 0.0
        self._x = self._rest


def place(line: SetLine, x: float, y: float, width: float, align: TextAlign) -> list[Placed]:
    """The line on its baseline `y`, between `x` and `x + width`; stretched to that width where it is justified.

    A space is printed after each word, so that the text reads back with its spaces however wide they are drawn.
    """
    spare = width - line.x - line.width
    wider = 0.0
    if align == "justify" and not line.ends and len(line.words) > 1:
        wider = max(spare, 0.0) / (len(line.words) - 1)
    x += line.x + SHARE[align] * max(spare, 0.0)
    placed: list[Placed] = []
    last = len(line.words) - 1
    begun = x
    text = ""
    font: Font | None = None
    for number, word in enumerate(line.words):
        for piece in word:
            if piece.font is not font and piece.font != font:
                if font is not None and text:
                    placed.append(Placed(begun, y, text, font))
                begun, text, font = x, "", piece.font
            text += piece.text
            x += piece.width
        if number < last and font is not None:
            text += " "
            x += font.width(" ") + wider
            if wider:
                placed.append(Placed(begun, y, text, font))
                begun, text = x, ""
    if font is not None and text:
        placed.append(Placed(begun, y, text, font))
    return placed

"""Text into lines: what is printed of a text, and where its lines end."""

import re
import unicodedata

from services.forms.parts import LANJUTAN
from services.render.fonts import Face, Font

NO_BREAK = "\u00a0"
_CACHED = 200
"""Texts up to this length are worth remembering with their width."""
_AMOUNT = re.compile(r"(?<![^\s/-])(?:Rp\.?)?[(+]?[0-9][0-9.,]{,30}[%)]?(?![^\s/-])")
"""A number that stands by itself between spaces or where a word may be broken."""


class _Shown(dict[int, int | str | None]):
    """Code points to what is printed of them: line ends, spaces, nothing at all, or the character itself."""

    def __missing__(self, code: int) -> int | str | None:
        self[code] = shown = _shown(code)
        return shown


def _shown(code: int) -> int | str | None:
    kind = unicodedata.category(chr(code))
    if chr(code) in "\n\v\f\r\x1c\x1d\x1e\x85" or kind in ("Zl", "Zp"):
        return "\n"
    if kind == "Zs":
        return NO_BREAK if code in (0xA0, 0x2007, 0x202F) else " "
    if chr(code) == "\t":
        return " "
    if kind in ("Cc", "Cf"):
        return None
    if kind == "Cs" or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "\ufffd"
    return code


_SHOWN = _Shown()


def clean(text: str) -> str:
    """The text as it can be printed: no control or invisible characters, one kind of line end and two of space.

    Letters with their accents apart, as macOS writes them, become whole ones: the typeface draws those better.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_SHOWN))


def wrap(text: str, font: Font, width: float) -> tuple[str, ...]:
    """Break a text into lines that are at most `width` points wide; an empty text has none.

    Lines end at spaces and line ends; a word too long for a line of its own is broken after "/" or "-", or where that
    is not enough between characters. A no-break space never breaks. Linear in the length of the text.
    """
    text = clean(text).strip(" \n")
    limit = width / font.size + 1e-6
    if len(text) <= _CACHED and "\n" not in text and font.face.width(text) <= limit:
        return (text.replace(NO_BREAK, " "),) if text else ()
    breaker = _Breaker(font.face, limit)
    for paragraph in text.split("\n"):
        for word in paragraph.split(" "):
            if word:
                breaker.add(word)
        breaker.end_line()
    return tuple(line.replace(NO_BREAK, " ") for line in breaker.lines)


class _Breaker:
    """Fills lines with words, first fit; widths are in sizes."""

    def __init__(self, face: Face, limit: float) -> None:
        self._face = face
        self._limit = limit
        self._space = face.advances[" "]
        self._line: list[str] = []
        self._used = 0.0
        self.lines: list[str] = []

    def add(self, word: str) -> None:
        width = self._width(word)
        if width > self._limit:
            for number, piece in enumerate(re.findall(r"[^/-]*[/-]+|[^/-]+", word)):
                self._put(piece, self._width(piece), joined=number > 0)
        else:
            self._put(word, width, joined=False)

    def end_line(self) -> None:
        self.lines.append("".join(self._line))
        self._line = []
        self._used = 0.0

    def _width(self, text: str) -> float:
        return self._face.width(text) if len(text) <= _CACHED else self._face.measure(text)

    def _put(self, piece: str, width: float, joined: bool) -> None:
        if self._line:
            gap = 0.0 if joined else self._space
            if self._used + gap + width <= self._limit:
                self._line.append(piece if joined else f" {piece}")
                self._used += gap + width
                return
            self.end_line()
        if width > self._limit:
            self._put_characters(piece)
        else:
            self._line.append(piece)
            self._used = width

    def _put_characters(self, piece: str) -> None:
        advances = self._face.advances
        for char in piece:
            width = advances[char]
            if self._line and self._used + width > self._limit:
                self.end_line()
            self._line.append(char)
            self._used += width


def longest_word(text: str, font: Font) -> float:
    """Width in points of the longest stretch of the text without a space or line end."""
    return max((font.face.measure(word) for word in clean(text).replace("\n", " ").split(" ")), default=0.0) * font.size


def longest_part(text: str, font: Font) -> float:
    """Width in points of the longest stretch of the text that is broken only between characters."""
    parts = re.findall(r"[^/\- \n]*[/-]+|[^/\- \n]+", clean(text))
    return max(map(font.face.measure, parts), default=0.0) * font.size


def longest_number(text: str, font: Font) -> float:
    """Width in points of the longest number of the text; more digits than any amount has are none."""
    return max((font.face.measure(number) for number in _AMOUNT.findall(clean(text))), default=0.0) * font.size


def widest_character(text: str, font: Font) -> float:
    """Width in points of the widest character of the text."""
    return max((font.face.advances[char] for char in set(clean(text))), default=0.0) * font.size


def continued(text: str, font: Font, width: float, room: int) -> tuple[str, ...]:
    """The text once more, with "(lanjutan)", in at most `room` lines; the last one ends in "…" when it is not all.

    A column too narrow for the word, such as a running number's, gets the text alone.
    """
    mark = f" {LANJUTAN}" if font.width(LANJUTAN) <= width else ""
    lines = wrap(text + mark, font, width)
    if len(lines) <= room or not lines:
        return lines
    if room < 1:
        return ()
    return (*lines[: room - 1], shortened(lines[room - 1], mark, font, width))


def shortened(line: str, mark: str, font: Font, width: float) -> str:
    """A line that is the last one although its text goes on: it ends in "…" and the mark where these fit."""
    mark = next((end for end in (f"…{mark}", "…") if font.width(end) <= width), "")
    while line and font.width(line + mark) > width:
        line = line.rpartition(" ")[0] if " " in line else line[:-1]
    return line + mark

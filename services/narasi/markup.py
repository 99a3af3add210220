"""Light markup of a narrative section: paragraphs, lists, bold and italics in plain text (interchange.md, `isi`).

An empty line parts paragraphs. `**tebal**` and `*miring*` nest; a star without a partner is a star. A line that begins
with "1. ", "2) ", "a. ", "a) ", "- " or "• " begins a paragraph of a list, two spaces before it for each level; any
other line break stays a line break. A backslash before a star, or before the mark of a label, takes its meaning away.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.forms.parts import Run

DEEPEST = 2
"""Levels of indentation run from 0 to this."""

INDENT = "  "

_NUMBER = r"(?:[0-9]{1,3}|[a-z]|[ivx]{2,4})"
_LABEL = re.compile(rf"({_NUMBER}[.)]|[-•])\s+(?=\S)")
_LIKE_LABEL = re.compile(rf"({_NUMBER}(?=\\*[.)])|(?=\\*[-•]))(\\*)(?=[-•.)]\s+\S)")
"""What stands before the backslashes that take a label's meaning away, and these."""
_STARS = re.compile(r"(\\*)(\*+)")
_BOLD, _ITALIC = 2, 1
_MOST = _BOLD + _ITALIC
"""Stars in a row that still mean something."""

Letter = tuple[str, bool, bool]
"""(one character, bold, italic)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text in runs, the label of a list as typed ("1.", "a)", "•"), and how far it is set in.

    A line break within it is "\\n" in a run's text. `level`: 0 to DEEPEST.
    """

    runs: tuple[Run, ...]
    label: str = ""
    level: int = 0

    @property
    def plain(self) -> str:
        """The text without its styles and label."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class _Stars:
    """Stars in a row: which of their meanings have found a partner, and whether they open it there."""

    count: int
    before: str = " "
    after: str = " "
    opens: int = 0
    closes: int = 0


def parse(isi: str | None) -> tuple[Paragraph, ...]:
    """The paragraphs of a section's text."""
    return tuple(
        Paragraph(_runs(_letters("\n".join(lines))), label, level) for label, level, lines in _pieces(isi or "")
    )


def write(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs as text that `parse` reads as the same.

    What no text can say is mended: spaces at the ends of lines and of styled stretches lose their style or go, an empty
    paragraph goes, a level out of bounds is brought back, a label that is none becomes text.
    """
    return "\n\n".join(text for paragraph in paragraphs if (text := _write(paragraph)))


def plain(isi: str | None) -> str:
    """The text without stars and escapes, one line for each paragraph, as for searching."""
    return "\n".join(f"{p.label} {p.plain}".strip() for p in parse(isi))


def _pieces(isi: str) -> Iterator[tuple[str, int, list[str]]]:
    """(label, level, lines of marked text) of each paragraph."""
    label, level = "", 0
    lines: list[str] = []
    for line in [*isi.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]:
        text = line.strip()
        found = _LABEL.match(text)
        if lines and (not text or found):
            yield label, level, lines
            lines = []
        if text:
            if not lines:
                label, level = found[1] if found else "", _level(line)
            lines.append(text[found.end() :] if found else _without_escape(text))


def _without_escape(line: str) -> str:
    """A line that would begin with a label but for a backslash, without it."""
    found = _LIKE_LABEL.match(line)
    return line[: found.end() - 1] + line[found.end() :] if found and found[2] else line


def _with_escape(line: str) -> str:
    found = _LIKE_LABEL.match(line)
    return f"{line[: found.end()]}\\{line[found.end() :]}" if found else line


def _level(line: str) -> int:
    space = line.replace("\t", INDENT)
    return min((len(space) - len(space.lstrip())) // len(INDENT), DEEPEST)


def _letters(text: str) -> list[Letter]:
    """The characters of marked text with their styles."""
    tokens = list(_tokens(text))
    for meaning in (_BOLD, _ITALIC):
        _pair([token for token in tokens if isinstance(token, _Stars) and token.count & meaning], meaning)
    letters: list[Letter] = []
    style = 0
    for token in tokens:
        if isinstance(token, str):
            letters.append((token, bool(style & _BOLD), bool(style & _ITALIC)))
            continue
        style &= ~token.closes
        left = token.count & ~token.opens & ~token.closes if token.count <= _MOST else token.count
        letters.extend([("*", bool(style & _BOLD), bool(style & _ITALIC))] * left)
        style |= token.opens
    return letters


def _tokens(text: str) -> Iterator[str | _Stars]:
    """Single characters, and stars that may mean something. Of backslashes before a star each pair is one of them."""
    last: _Stars | None = None
    before = " "
    at = 0
    while at < len(text):
        found = _STARS.match(text, at)
        if found is None:
            piece, stars, at = text[at], 0, at + 1
        else:
            slashes, count = len(found[1]), len(found[2])
            literal = slashes % 2
            piece = "\\" * (slashes // 2) + "*" * literal
            at += slashes + (literal or count)
            stars = 0 if literal else count
        for char in piece:
            if last is not None:
                last.after, last = char, None
            before = char
            yield char
        if stars:
            last = _Stars(stars, before)
            yield last


def _pair(stars: list[_Stars], meaning: int) -> None:
    """Opening stars stand before a letter, closing ones behind a letter; more than three mean nothing."""
    opened: _Stars | None = None
    for token in stars:
        if token.count > _MOST:
            continue
        if opened is None:
            opened = None if token.after.isspace() else token
        elif not token.before.isspace():
            opened.opens |= meaning
            token.closes |= meaning
            opened = None


def _runs(letters: Iterable[Letter]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for char, bold, italic in letters:
        if runs and (runs[-1].bold, runs[-1].italic) == (bold, italic):
            runs[-1] = Run(runs[-1].text + char, bold, italic)
        else:
            runs.append(Run(char, bold, italic))
    return tuple(runs)


def _write(paragraph: Paragraph) -> str:
    """The marked text of a paragraph; "" for one without text."""
    letters = _mended([(char, run.bold, run.italic) for run in paragraph.runs for char in run.text])
    if not letters:
        return ""
    text = "".join(char for char, _, _ in letters)
    if any(bold or italic for _, bold, italic in letters) or _letters(text) != letters:
        text = _marked(letters)
    first, *more = text.split("\n")
    label = paragraph.label
    if _is_label(label):
        first = f"{label} {first}"
    elif label.strip():
        return _write(Paragraph((Run(f"{' '.join(label.split())} "), *paragraph.runs), "", paragraph.level))
    else:
        first = _with_escape(first)
    indent = INDENT * min(max(paragraph.level, 0), DEEPEST)
    return indent + "\n".join([first, *map(_with_escape, more)])


def _is_label(text: str) -> bool:
    found = _LABEL.match(f"{text} x")
    return found is not None and found[1] == text


def _mended(letters: Iterable[Letter]) -> list[Letter]:
    """Without spaces at the ends of lines and without empty lines; no styled stretch begins or ends with a space."""
    kept: list[Letter] = []
    for char, bold, italic in letters:
        char = "\n" if char == "\r" else char
        if char == "\n":
            while kept and kept[-1][0].isspace():
                kept.pop()
        if not char.isspace() or (kept and kept[-1][0] != "\n"):
            kept.append((char, bold, italic))
    while kept and kept[-1][0].isspace():
        kept.pop()
    flags = [[letter[style] for letter in kept] for style in (1, 2)]
    for marks in flags:
        for places in (range(len(kept)), range(len(kept) - 1, -1, -1)):
            inside = False
            for i in places:
                inside = marks[i] = bool(marks[i] and (inside or not kept[i][0].isspace()))
    return [(char, bold, italic) for (char, _, _), bold, italic in zip(kept, *flags, strict=True)]


def _marked(letters: list[Letter]) -> str:
    """With stars where a style begins or ends; stars of the text, and backslashes before stars, escaped."""
    parts: list[str] = []
    style = slashes = 0
    for char, bold, italic in [*letters, ("", False, False)]:
        now = _BOLD * bold + _ITALIC * italic
        if style != now:
            parts.append("\\" * slashes + "*" * (style ^ now))
            slashes = 0
        if char == "*":
            parts.append("\\" * (slashes + 1))
        slashes = slashes + 1 if char == "\\" else 0
        parts.append(char)
        style = now
    return "".join(parts)

"""Text in a workbook: what may stand in its XML, how many lines it takes in Arial.

Excel reads `_x0041_` in a text as "A", so such a text is written as `_x005F_x0041_`, as Excel itself does. A line break
is "\\n" in every cell; "\\r\\n" and "\\r" become that. Other control characters cannot be stored and are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from math import ceil
from xml.sax.saxutils import escape

from services.forms.parts import Run

LONGEST = 32_767
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n?")
_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")


def clean(text: str) -> str:
    """The text as a cell can hold it: no control characters, line breaks as "\\n", at most 32,767 characters."""
    if text.isprintable():
        return text[:LONGEST]
    if "\r" in text:
        text = _LINE_BREAK.sub("\n", text)
    return _UNSTORABLE.sub("", text)[:LONGEST]


def inline_string(text: str) -> str:
    """The `<is>` element of a text that is not empty and has been through `clean`."""
    return f"<is>{_element(text)}</is>"


def inline_runs(runs: Sequence[Run], font: str, size: float) -> str:
    """The `<is>` element of a text in several styles; `size` in points."""
    room = LONGEST
    pieces = []
    for run in runs:
        text = clean(run.text)[:room]
        room -= len(text)
        if text:
            style = f"{'<b/>' * run.bold}{'<i/>' * run.italic}"
            face = f'<rPr>{style}<sz val="{size:g}"/><rFont val="{font}"/><family val="2"/></rPr>'
            pieces.append(f"<r>{face}{_element(text)}</r>")
    return f"<is>{''.join(pieces)}</is>"


def _element(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<t{keep}>{escape(text)}</t>"


class _Widths(dict[str, int]):
    """Widths of letters in thousandths of the size; a letter that is not listed counts as a wide one."""

    def __missing__(self, letter: str) -> int:
        self[letter] = width = 1000 if letter >= "\u1100" else 722
        return width


def _widths(groups: dict[int, str]) -> _Widths:
    return _Widths((letter, width) for width, letters in groups.items() for letter in letters)


_REGULAR = _widths(
    {191: "'", 222: "ijl‘’", 260: "|", 278: " !,./:;I[\\]ft\xa0", 333: "()-`r“”²³", 334: "{}", 350: "•", 355: '"'}
    | {389: "*", 400: "°", 469: "^", 500: "Jcksvxyz", 549: "≤≥", 556: "#$0123456789?L_abdeghnopqu–", 584: "+<=>~±×"}
    | {611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "—…", 1015: "@"}
)
_BOLD = _widths(
    {238: "'", 278: " ,./I\\ijl\xa0‘’", 280: "|", 333: "!()-:;[]`ft²³", 350: "•", 389: "*r{}", 400: "°", 474: '"'}
    | {500: "z“”", 549: "≤≥", 556: "#$0123456789J_aceksvxy–", 584: "+<=>^~±×", 611: "?FLTZbdghnopqu", 667: "EPSVXY"}
    | {722: "&ABCDHKNRU", 778: "GOQw", 833: "M", 889: "%m", 944: "W", 975: "@", 1000: "—…"}
)
_WIDEST = 1015


def text_width(text: str, size: float, bold: bool) -> float:
    """Of one line in Arial, points."""
    return sum(map((_BOLD if bold else _REGULAR).__getitem__, text)) * size / 1000


def longest_word(text: str, size: float, bold: bool) -> float:
    """Width of the widest stretch without a space or line break, points."""
    return max((text_width(word, size, bold) for word in text.split()), default=0.0)


@cache
def line_height(size: float) -> float:
    """Of one line as Excel draws it on a screen of 96 dpi, where it is tallest; points.

    Source: heights that Excel gives to rows of Arial by itself, 11.25 at 8 pt, 12.75 at 10 pt, 15 at 12 pt.
    """
    return (ceil(size * 4 / 3 * 1.15) + 2) * 0.75


def is_squeezed(text: str, size: float, bold: bool, width: float) -> bool:
    """Whether a text is one word that a width in points would break, but that can be read when made smaller."""
    if " " in text or "\n" in text or len(text) * _WIDEST * size / 1000 <= width:
        return False
    return width < text_width(text, size, bold) <= 2 * width


def count_lines(text: str, size: float, bold: bool, width: float) -> int:
    """How many lines a text takes when it is wrapped to a width in points; rather one too many than one too few."""
    room = max(width, size) * 1000 / size
    if len(text) * _WIDEST <= room and "\n" not in text:
        return 1
    return sum(_count_wrapped(paragraph, bold, room) for paragraph in text.split("\n"))


@lru_cache(maxsize=4096)
def _count_wrapped(paragraph: str, bold: bool, room: float) -> int:
    widths = _BOLD if bold else _REGULAR
    lines = 1
    used = 0
    for word in paragraph.split(" "):
        need = sum(map(widths.__getitem__, word))
        if used and used + widths[" "] + need > room:
            lines += 1
            used = 0
        if need > room:
            lines += ceil(need / max(room - _WIDEST, room / 2)) - 1
        used += need + widths[" "] if used else need
    return lines


def cut_lines(text: str, size: float, bold: bool, width: float, most: int) -> list[tuple[int, int]]:
    """Where pieces of a text begin and end that take at most so many lines each, wrapped to a width in points.

    What lies between two pieces is the space or line break at which the line ends; between pieces of a word that takes
    more lines than that lies nothing.
    """
    room = max(width, size) * 1000 / size
    widths = _BOLD if bold else _REGULAR
    starts, place = [0], 0
    inside: set[int] = set()
    for paragraph in text.split("\n"):
        used, begin = 0, place
        for word in paragraph.split(" "):
            need = sum(map(widths.__getitem__, word))
            if used and used + widths[" "] + need > room:
                starts.append(place)
                used = 0
            if need > room:
                more = ceil(need / max(room - _WIDEST, room / 2)) - 1
                if more < most:
                    starts += [place] * more
                else:
                    letters = max(1, len(word) // (more + 1))
                    inner = range(place + letters, place + len(word), letters)
                    inside.update(inner)
                    starts += inner
            used += need + widths[" "] if used else need
            place += len(word) + 1
        if begin:
            starts.append(begin)
    starts.sort()
    begins = sorted(set(starts[::most]))
    ends = (begin - (begin not in inside) for begin in [*begins[1:], len(text) + 1])
    return list(zip(begins, ends, strict=True))


def cut_runs(runs: Sequence[Run], begin: int, end: int) -> list[Run]:
    """The runs of a text from one place up to another."""
    pieces, place = [], 0
    for run in runs:
        text = run.text[max(begin - place, 0) : max(end - place, 0)]
        if text:
            pieces.append(replace(run, text=text))
        place += len(run.text)
    return pieces

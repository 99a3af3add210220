"""Labels of lists as Word's own numbering: which list a label goes on with, or begins."""

import re
from dataclasses import dataclass
from typing import Final

from services.render.docx_xml import attribute, twips

LEVELS: Final = 3
_LABEL = re.compile(r"([0-9]{1,4}|[a-z]|[ivx]+)([.)])")
_BULLETS: Final = ("-", "•", "–", "*")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_BELOW: Final = (("decimal", "%{}."), ("lowerLetter", "%{}."), ("bullet", "-"))
"""What a list has on its other levels, for items that are set in by hand."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a list counts: Word's name of it, and what is put around the number."""

    format: str
    text: str
    level: int
    indent: float
    hang: float


class Lists:
    """The lists of a document. A label that counts on from a list of its kind belongs to it, others begin a new one."""

    def __init__(self) -> None:
        self._kinds: dict[_Kind, int] = {}
        self._next: dict[_Kind, int] = {}
        self._open: dict[_Kind, int] = {}
        self._starts: list[tuple[_Kind, int]] = []

    def place(self, label: str, indent: float, hang: float) -> tuple[int, int] | None:
        """(number of the list, level) of an item, None for a label that Word cannot count.

        `indent` and `hang` in mm.
        """
        level = min(max(round(indent / hang) - 1, 0), LEVELS - 1) if hang > 0 else 0
        readings = [(_Kind(form, text, level, indent, hang), value) for form, text, value in _readings(label.strip())]
        if not readings:
            return None
        going_on = [(kind, value) for kind, value in readings if self._next.get(kind) == value]
        kind, value = (going_on or sorted(readings, key=lambda reading: reading[1] != 1))[0]
        if not going_on:
            self._starts.append((kind, value))
            self._open[kind] = len(self._starts)
            self._kinds.setdefault(kind, len(self._kinds))
        self._next[kind] = value if kind.format == "bullet" else value + 1
        self._close_below(level)
        return self._open[kind], level

    def _close_below(self, level: int) -> None:
        for kind in [kind for kind in self._next if kind.level > level]:
            del self._next[kind]

    def xml(self) -> str:
        """The content of the numbering part."""
        kinds = "".join(_abstract(number, kind) for kind, number in self._kinds.items())
        starts = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self._kinds[kind]}"/>'
            f'<w:lvlOverride w:ilvl="{kind.level}"><w:startOverride w:val="{value}"/></w:lvlOverride></w:num>'
            for number, (kind, value) in enumerate(self._starts, 1)
        )
        return kinds + starts


def _readings(label: str) -> list[tuple[str, str, int]]:
    """(format, text with a place for the number, value) of a label; "i." counts in two ways."""
    if label in _BULLETS:
        return [("bullet", label, 1)]
    found = _LABEL.fullmatch(label)
    if found is None:
        return []
    number, around = found[1], f"{{}}{found[2]}"
    if number.isdigit():
        return [("decimal", around, int(number))]
    letter = [("lowerLetter", around, ord(number) - ord("a") + 1)] if len(number) == 1 else []
    value = _roman(number) if set(number) <= set(_ROMAN) else 0
    return [*letter, *([("lowerRoman", around, value)] if value else [])]


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-one if one < next_one else one for one, next_one in zip(values, [*values[1:], 0], strict=True))


def _abstract(number: int, kind: _Kind) -> str:
    levels = "".join(_level(kind, level) for level in range(LEVELS))
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def _level(kind: _Kind, level: int) -> str:
    own = level == kind.level
    form, text = (kind.format, kind.text.format(f"%{level + 1}")) if own else _BELOW[level]
    text = text if own else text.format(level + 1)
    left = kind.indent + (level - kind.level) * kind.hang
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val={attribute(text)}/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{twips(max(left, 0))}" w:hanging="{twips(kind.hang)}"/></w:pPr>'
        "</w:lvl>"
    )

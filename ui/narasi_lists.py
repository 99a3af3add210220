"""The labels of lists: which one follows which, and what a list begins with."""

import re

from services.narasi.markup import DEEPEST

NUMBER, LETTER, ROMAN, BULLET = "1", "a", "i", "-"
KINDS = (NUMBER, LETTER, BULLET)
"""What an officer may ask for; Roman numbers are kept where a text has them."""

FIRSTS = {NUMBER: "1.", LETTER: "a.", ROMAN: "i.", BULLET: "-"}
_BY_LEVEL = ("1.", "a.", "1)")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_LABEL = re.compile(r"([0-9]{1,3}|[a-z]|[ivx]{2,4})[.)]|[-•]")


def is_label(text: str) -> bool:
    """Whether a word before a space is the label of a list."""
    return _LABEL.fullmatch(text) is not None


def kind_of(label: str) -> str:
    """NUMBER, LETTER, ROMAN (two letters and more) or BULLET; "" without a label."""
    if not label:
        return ""
    if label in "-•":
        return BULLET
    return NUMBER if label[0].isdecimal() else ROMAN if len(label) > 2 else LETTER


def following(label: str, kind: str = "") -> str:
    """The label after this one, read as a number of a kind; the last that there is follows itself."""
    kind = kind or kind_of(label)
    word, end = label[:-1], label[-1:]
    if kind == NUMBER:
        return f"{min(int(word) + 1, 999)}{end}"
    if kind == ROMAN and word in _ROMANS[:-1]:
        return _ROMANS[_ROMANS.index(word) + 1] + end
    if kind == LETTER and "a" <= word < "z":
        return chr(ord(word) + 1) + end
    return label


def first_like(label: str) -> str:
    """What a list with such labels begins with: "1)" for "3)"."""
    kind = kind_of(label)
    return label if kind in ("", BULLET) else FIRSTS[kind][0] + label[-1]


def follows(label: str, before: str) -> str:
    """As what kind a label carries the one before it on, "" where it does not."""
    if not before or not label:
        return ""
    if kind_of(label) == BULLET:
        return BULLET if label == before else ""
    kinds = (kind for kind in (kind_of(before), ROMAN) if following(before, kind) == label != before)
    return next(kinds, "")


def opening_kind(label: str) -> str:
    """As what kind a list goes on that begins with this label: "i." is a Roman one there."""
    return ROMAN if label[:-1] == "i" else kind_of(label)


def alike(before: str, label: str, kind: str) -> bool:
    """Whether a label of a kind may carry on a list whose last label is `before`."""
    if kind == BULLET:
        return before == label
    return before[-1:] == label[-1:] and (kind_of(before) == kind or (kind == ROMAN and before[:-1] in _ROMANS))


def label_for_level(level: int, label: str) -> str:
    """What a label becomes when its paragraph is set in to another level and begins a list there."""
    return label if kind_of(label) in ("", BULLET) else _BY_LEVEL[min(max(level, 0), DEEPEST)]

"""Numbers in target cells: the column decides how they are written, not the cell.

An officer types "10.000" for ten thousand in one plan and for ten in another. So a column is asked first how it writes
numbers (`decide_style`), and only then each cell is read (`parse_angka`). A cell that can be read in one way only
("19,50", "30,000,000") keeps that reading in every column; one that can be read in no way ("1.23.456", "13.5O",
"1E+06", "######") has no value. The text as typed is always kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from functools import lru_cache


class Style(Enum):
    """How a column writes its numbers. UNKNOWN: none of them has a separator; doubtful ones are read as Indonesian."""

    INDONESIAN = "1.234.567,89"
    ENGLISH = "1,234,567.89"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Angka:
    """What a target cell says.

    `value` is None for a grade, for several numbers ("20 orang 10 koperasi": see `parse_bagian`) and for what cannot be
    read. 25% has the value 25 and `percent`. `satuan` is the unit behind the number, "" without one.
    """

    value: Decimal | None
    satuan: str
    percent: bool
    grade: bool
    text: str


GRADES = frozenset({"D", "C", "CC", "B", "BB", "A", "AA", "TMP", "TW", "WDP", "WTP"})
"""SAKIP grades and BPK opinions: known in small letters too; others only as one to three capitals."""

_STRIPS = frozenset("-–—−")
_OTHER_GRADE = re.compile(r"(?!O+$)[A-Z]{1,3}")
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_FIRST = re.compile(rf"[-–−+]?[.,]?{_NUMBER}")
_NEXT = re.compile(rf"(?:(?<= )|(?<=[A-Za-z][,;/&+])){_NUMBER}(?= ?[%A-Za-z])")
_UNIT = re.compile(r" ?%?(?: ?[A-Za-z(].*)?")
_SLIP = re.compile(r"\S*[0-9]|[OoIl][OoIl.,%]*(?: |$)")
_INDONESIAN = re.compile(r"[-+]?(?:[0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?")
_ENGLISH = re.compile(r"[-+]?(?:[0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_SWAP = str.maketrans(".,", ",.")


def is_strip(text: str) -> bool:
    """A lone dash, short or long: "none in this period", which is neither empty nor 0."""
    return text.strip() in _STRIPS


def is_doubtful(text: str) -> bool:
    """A number in the text reads as thousands in one style and as decimals in the other ("10.000", "1,250")."""
    return any(None not in both and both[0] != both[1] for both in _all_readings(text))


def decide_style(texts: Iterable[str | None]) -> Style:
    """The style that the column's unambiguous cells speak for; most win, a tie is Indonesian.

    Only doubtful cells ("10.000") give Indonesian, no separators at all give UNKNOWN.
    """
    indonesian = english = doubtful = 0
    for text in texts:
        for as_indonesian, as_english in _all_readings(text or ""):
            if as_english is None:
                indonesian += 1
            elif as_indonesian is None:
                english += 1
            elif as_indonesian != as_english:
                doubtful += 1
    if english > indonesian:
        return Style.ENGLISH
    return Style.INDONESIAN if indonesian or doubtful else Style.UNKNOWN


def parse_angka(text: str, style: Style) -> Angka | None:
    """Read a target cell; None for an empty cell and for a dash (`is_strip` tells them apart).

    Never fails: what cannot be read has `value` None and `grade` False.
    """
    bare = text.strip()
    if not bare or is_strip(bare):
        return None
    parts = parse_bagian(text, style)
    if len(parts) == 1:
        value, unit = parts[0]
        return Angka(value, unit.removeprefix("%").strip(), unit.startswith("%"), False, text)
    grade = bare.upper() in GRADES or _OTHER_GRADE.fullmatch(bare) is not None
    return Angka(None, "", False, grade, text)


def parse_bagian(text: str, style: Style) -> tuple[tuple[Decimal, str], ...]:
    """The numbers of a target, each with the unit behind it ("%" first for a percentage); () when it cannot be read.

    A new part begins at a number after a space, or after a letter and one of , ; / & +, that has a unit of its own
    and does not stand in brackets: "3 laporan TW 1" and "12 dokumen (2 tahap)" are one part. With two parts or more
    each needs a unit. A unit glued to its number ("20orang") may hold no digit and not be O, o, I or l alone:
    "13.5O" and "1E+06" are not 13.5 and 1.
    """
    return tuple((_read(number, style), unit) for number, unit in _split(text))


def parse_number(text: str, style: Style = Style.INDONESIAN) -> Decimal | None:
    """A number without unit or percent sign; None for anything else, a dash and an empty text."""
    parts = parse_bagian(text, style)
    return parts[0][0] if len(parts) == 1 and not parts[0][1] else None


def decimals_of(text: str, style: Style) -> int:
    """How many decimals were typed, the most where there are several numbers; 0 where there is none."""
    return max((_decimals(value) for value, _ in parse_bagian(text, style)), default=0)


def format_angka(value: Decimal, decimals: int | None = None) -> str:
    """Write a finite number the Indonesian way; halves are rounded away from zero.

    Args:
        decimals: how many, >= 0; None writes those that the value carries (78.00 gives "78,00").
    """
    if decimals is not None:
        context = Context(prec=max(1, value.adjusted() + decimals + 2), rounding=ROUND_HALF_UP)
        value = value.quantize(Decimal((0, (1,), -decimals)), context=context)
    if not value:
        value = value.copy_abs()
    return f"{value:,f}".translate(_SWAP)


@lru_cache(maxsize=8192)
def _split(text: str) -> tuple[tuple[str, str], ...]:
    """The numbers as typed, each with its unit; () unless the whole text can be read."""
    line = " ".join(text.split())
    first = _FIRST.match(line)
    if first is None:
        return ()
    found = [first, *(m for m in _NEXT.finditer(line, first.end()) if not _in_brackets(line, m.start()))]
    parts: list[tuple[str, str]] = []
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(line)
        number = match[0].replace("–", "-").replace("−", "-")
        rest = line[match.end() : end]
        unit = rest if end == len(line) else rest.rstrip(" ,;/&+").removesuffix(" dan").rstrip(" ,")
        if not _UNIT.fullmatch(unit) or _is_slip(unit) or _readings(number) == (None, None):
            return ()
        parts.append((number, unit.strip()))
    return tuple(parts) if len(parts) == 1 or all(unit for _, unit in parts) else ()


def _is_slip(unit: str) -> bool:
    """What is glued to the number is a mistyped digit or an exponent, not a unit."""
    return bool(unit) and unit[0] != " " and _SLIP.match(unit) is not None


def _in_brackets(line: str, position: int) -> bool:
    return line.count("(", 0, position) > line.count(")", 0, position)


def _all_readings(text: str) -> list[tuple[Decimal | None, Decimal | None]]:
    return [_readings(number) for number, _ in _split(text)]


@lru_cache(maxsize=8192)
def _readings(number: str) -> tuple[Decimal | None, Decimal | None]:
    """The Indonesian and the English reading; None where the text does not keep to that style."""
    indonesian = Decimal(number.replace(".", "").replace(",", ".")) if _INDONESIAN.fullmatch(number) else None
    english = Decimal(number.replace(",", "")) if _ENGLISH.fullmatch(number) else None
    return indonesian, english


def _read(number: str, style: Style) -> Decimal:
    """A number from `_split`, so that one reading exists."""
    indonesian, english = _readings(number)
    first, second = (english, indonesian) if style is Style.ENGLISH else (indonesian, english)
    value = first if first is not None else second
    assert value is not None
    return value


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

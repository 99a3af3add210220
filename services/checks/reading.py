"""A row of targets as the rules read it: the year's target and the periods, number by number and unit by unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from models.rows import DeretIndikator, Indikator
from services.angka import GRADES, Style, decide_style, is_doubtful, is_strip, parse_bagian
from services.checks.units import same_unit
from services.checks.usage import is_blank
from services.series import QUARTER_ENDS, places

Parts = tuple[tuple[Decimal, str], ...]
Known = list[tuple[int, str, Decimal]]
"""(place, text as typed, number) of the periods that state one."""

_HASHES = re.compile(r"#+|#[A-Z0-9/!?]+[!?]?")
_SLIPPED = re.compile(r"(?=[OoIl.,]*[0-9])(?=[0-9.,]*[OoIl])[0-9OoIl.,]+\s+[A-Za-z(]")
_NUMBER_LIKE = re.compile(r"[-+]?\s*[0-9][0-9OoIl.,%Ee+\s]*")
_WORD = re.compile(r"[^\W\d_]+")
_SPELT_OUT = re.compile(
    r"(?:\b(?:se(?:puluh|belas|ratus|ribu|juta)|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
    r"|puluh|belas|ratus|ribu|juta|miliar|koma)\b\s*)+",
    re.IGNORECASE,
)
"""A number in words."""

_SAYINGS = """
    ada nihil nol tidak belum kosong na none selesai terlaksana tersedia tercapai tercatat proses rutin
    tinggi sedang rendah baik cukup kurang buruk memuaskan sangat sehat unggul maju mandiri berkembang
"""
_SAYING = frozenset(_SAYINGS.split())
"""Single words that say something in a row of numbers: that there is none, that it is done, a predicate."""

_ADDED = ("jumlah", "kumulatif")
"""Ways of accumulating in which a grade says nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """`units`: the unit behind each number of the year's target ("" for a bare number); without one, just ""."""

    style: Style
    annual: Parts
    stated: tuple[tuple[int, str, Parts], ...]
    units: tuple[str, ...]

    def year(self, unit: str) -> Decimal | None:
        """The year's number in a unit."""
        return next((value for value, of in self.annual if of == unit), None)

    def known(self, unit: str) -> Known:
        """The periods' numbers in one of `units`. A single one takes bare numbers, and units that may be the same."""
        single = len(self.units) == 1
        cells = [cell for cell in self.stated if len(cell[2]) == 1] if single else self.stated
        return [
            (place, text, value)
            for place, text, parts in cells
            for value, of in parts
            if of == unit or (single and not (of and unit)) or (of and unit and same_unit(of, unit))
        ]


def read_row(indikator: Indikator, series: DeretIndikator) -> Row:
    """The targets of an indicator and its periods; a dash or an empty cell states nothing."""
    target = indikator.target or ""
    cells = [(place, text) for place in places(series.periode) if (text := series.nilai[place]) and not is_blank(text)]
    style = style_of([target, *(text for _, text in cells)])
    annual = _parts(target, style)
    stated = tuple((place, text, _parts(text, style)) for place, text in cells)
    return Row(style, annual, stated, tuple(dict.fromkeys(unit for _, unit in annual)) or ("",))


def style_of(texts: Sequence[str]) -> Style:
    """How the cells write their numbers: `decide_style`, told by those alone that have a separator.

    Where all of these are doubtful, as the reading that keeps the numbers of the row nearer to one another: "1,000"
    behind 250, 500 and 750 is a thousand.
    """
    telling = [text for text in texts if "." in text or "," in text]
    if not telling:
        return Style.UNKNOWN
    if all(is_doubtful(text) for text in telling) and _span(texts, Style.ENGLISH) < _span(texts, Style.INDONESIAN):
        return Style.ENGLISH
    return decide_style(telling)


def _span(texts: Sequence[str], style: Style) -> Decimal:
    """The largest number of the row by the smallest one above zero."""
    numbers = [value for text in texts for value, _ in _parts(text, style) if value > 0]
    return max(numbers) / min(numbers) if numbers else Decimal(1)


@lru_cache(maxsize=32768)
def is_unreadable(text: str) -> bool:
    """A cell that was meant as a number and cannot be one: "######", "#REF!", "13.5O", "1.23.456", "1E+06", "1O orang".

    Words, grades, ranges and other targets in the officer's own words are not meant so.
    """
    bare = text.strip()
    if not bare or is_strip(bare):
        return False
    if bare[0] == "#":
        return _HASHES.fullmatch(bare) is not None
    like = _NUMBER_LIKE.fullmatch(bare) or _SLIPPED.match(bare)
    return like is not None and not _parts(bare, Style.INDONESIAN)


def strangers(indikator: Indikator, series: DeretIndikator | None) -> frozenset[str]:
    """The texts of a row of numbers that are none: a number in words, "abc", a grade where amounts are added.

    Only where the row has more numbers than such texts. Whole sentences are the officer's own words.
    """
    cells = () if series is None else (series.nilai[place] for place in places(series.periode))
    texts = [text for text in (indikator.target, *cells) if text and not is_blank(text)]
    return _strangers(tuple(texts), indikator.akumulasi)


@lru_cache(maxsize=32768)
def _strangers(texts: tuple[str, ...], akumulasi: str | None) -> frozenset[str]:
    numbers = sum(bool(_parts(text, Style.INDONESIAN)) for text in texts)
    if numbers == len(texts):
        return frozenset()
    spelt = [text for text in texts if _SPELT_OUT.fullmatch(text.strip())]
    odd = [text for text in texts if akumulasi != "predikat" and _is_odd_word(text.strip(), akumulasi)]
    return frozenset([*spelt, *(odd if numbers > len(odd) else ())])


def _is_odd_word(text: str, akumulasi: str | None) -> bool:
    if text.upper() in GRADES:
        return akumulasi in _ADDED
    return _WORD.fullmatch(text) is not None and text.casefold() not in _SAYING


def empty_places(series: DeretIndikator) -> Sequence[int]:
    """The periods without a target in a row that has others.

    A monthly row whose targets all stand where a quarter closes is one of quarters: only those places count.
    """
    at = places(series.periode)
    blank = [place for place in at if not (text := series.nilai[place]) or not text.strip()]
    if not blank or len(blank) == len(at):
        return ()
    if all(place in QUARTER_ENDS for place in at if place not in blank):
        return [place for place in blank if place in QUARTER_ENDS]
    return blank


@lru_cache(maxsize=32768)
def _parts(text: str, style: Style) -> Parts:
    return parse_bagian(text, style)

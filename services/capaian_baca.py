"""Targets as they are typed every day: with a bound, a currency or the word for a place in front of their number."""

import re
from functools import lru_cache
from typing import Literal

from services.angka import Style, format_angka, parse_angka

Kind = Literal["", "bawah", "atas", "peringkat"]
"""What the number is: itself, the least that is wanted, the most that is allowed, a place of which 1 is the best."""

_LEAST = (
    r"≥|>=|=>|>|min(?:imal|imum)?\b\.?|paling (?:sedikit|rendah|kurang)|(?:se)?kurang-kurangnya|(?:se)?tidaknya|"
    r"(?:se)?dikitnya|lebih dari|di ?atas"
)
_MOST = (
    r"≤|<=|=<|<|(?:maks|max)(?:imal|imum)?\b\.?|paling (?:banyak|tinggi|lama|lambat)|tidak lebih dari|kurang dari|"
    r"di ?bawah"
)
_PLACE = r"(?:peringkat|ranking|rangking|rank|urutan)(?: ke)?[ -]?"
_FRONT = re.compile(
    rf"(?:(?P<bawah>{_LEAST})|(?P<atas>{_MOST})|(?P<peringkat>{_PLACE}))?\s*(?P<uang>rp\b\.?|rp(?=[0-9]))?\s*"
    r"(?P<isi>[-+]?[.,]?[0-9].*)",
    re.IGNORECASE,
)
_TIMES = {"ribu": 3, "juta": 6, "miliar": 9, "milyar": 9, "triliun": 12}
_END = re.compile(r"[.,]\s?-+\s*$")


@lru_cache(maxsize=8192)
def bare(text: str) -> tuple[str, Kind]:
    """(what is left to be read as a number, what that number is); a text with no such words as it is.

    "≥ 80 %" is 80 %, the least; "maks. 5 hari" is 5 hari, the most; "Peringkat 5" is 5, a place. Of rupiah the currency
    goes, ",-" behind them too, and "Rp 1,5 miliar" is 1.500.000.000.
    """
    line = " ".join(text.split())
    if line[:1].isdigit():
        return text, ""
    found = _FRONT.fullmatch(line)
    if found is None:
        return text, ""
    kind: Kind = "bawah" if found["bawah"] else "atas" if found["atas"] else "peringkat" if found["peringkat"] else ""
    rest: str = found["isi"]
    return (_rupiah(rest) if found["uang"] else rest), kind


def _rupiah(text: str) -> str:
    text = _END.sub("", text)
    amount = parse_angka(text, Style.INDONESIAN)
    times = _TIMES.get(amount.satuan.casefold()) if amount is not None else None
    if amount is None or amount.value is None or times is None:
        return text
    value = amount.value.scaleb(times)
    return format_angka(value, 0) if value == value.to_integral_value() else format_angka(value)

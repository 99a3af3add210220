"""A number in a cell with what stands round it: read as typed, written again in the same manner."""

import re
from decimal import Decimal

from services.angka import Style, decimals_of, format_angka, is_doubtful, parse_angka

_FRONT = re.compile(r"\s*[-–−+]?[.,]?[0-9]+(?:[.,][0-9]+)*")
_NUMBER = re.compile(r"[.,]?[0-9]+(?:[.,][0-9]+)*")
_SWAP = str.maketrans(".,", ",.")


def read_number(text: str | None, style: Style) -> Decimal | None:
    """The one number that a cell says ("25%", "3 laporan"); None for a dash, a grade, several numbers, nothing."""
    angka = parse_angka(text, style) if text else None
    return angka.value if angka else None


def suffix_of(text: str) -> str:
    """What stands behind the number, as typed: "%" or " laporan"."""
    front = _FRONT.match(text)
    return text[front.end() :].rstrip() if front else ""


def write_like(value: Decimal, like: str, style: Style, decimals: int = 0) -> str:
    """A number as `like` is written: its unit, its decimals (`decimals` at least), its dots between thousands.

    No digit of the value is dropped.
    """
    exponent = value.normalize().as_tuple().exponent
    needed = max(0, -exponent) if isinstance(exponent, int) else 0
    text = format_angka(value, max(decimals, needed, decimals_of(like, style)))
    if not _parts_thousands(like, style):
        text = text.replace(".", "")
    return (text.translate(_SWAP) if style is Style.ENGLISH else text) + suffix_of(like)


def undoubted(text: str) -> str:
    """The same numbers, written so that no row can read them otherwise: "1.250" as "1250", "1,125" as "1,1250"."""
    return _NUMBER.sub(lambda m: _surely(m[0]) if is_doubtful(m[0]) else m[0], text)


def _surely(number: str) -> str:
    return f"{number}0" if "," in number else number.replace(".", "")


def _parts_thousands(like: str, style: Style) -> bool:
    """Whether thousands are parted; a number too small to tell is as one that does."""
    value, front = read_number(like, style), _FRONT.match(like)
    if value is None or abs(value) < 1000 or front is None:
        return True
    separators = sum(front[0].count(sign) for sign in ".,")
    return separators > (1 if decimals_of(like, style) else 0)

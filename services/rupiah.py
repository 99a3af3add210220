"""Money in cells: read once when typed, written once when shown. Always whole rupiah, as int."""

import re

from models.errors import PlanError
from models.rows import NILAI_MAKS
from services.angka import is_strip

_EXAMPLE = "Tulis seperti 75.144.905 atau Rp 75.144.905,-."
_CURRENCY = re.compile(r"rp\.? ?", re.IGNORECASE | re.ASCII)
_NEGATIVE = re.compile(r"\( ?(?P<inside>.+?) ?\)|[-–−] ?(?P<after>.+)")
_AMOUNT = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?P<group>[., ])[0-9]{3}(?:(?P=group)[0-9]{3})*(?!(?P=group)00))"
    r"(?: ?[.,](?:00|[-–—]{1,2}))?"
)
_FRACTION = re.compile(
    r"(?:[0-9]{4,}|[0-9]{1,3}(?:\.[0-9]{3})+(?=,)|[0-9]{1,3}(?:,[0-9]{3})+(?=\.)|[0-9]{1,3}(?: [0-9]{3})+)[.,][0-9]+"
)
_MAX_DIGITS = len(str(NILAI_MAKS))
_SHOWN = 40


def parse_rupiah(text: str) -> int | None:
    """Read a money cell: None when it is empty, 0 for a dash, else whole rupiah from 0 to 10**15.

    Thousands may be parted by dots, commas or spaces, three digits each and one kind throughout; "Rp" may stand in
    front, ",-" or ",00" behind. "10.000" is ten thousand: money has no decimals.

    Raises:
        PlanError: negative, with a fraction, too large, unclear, or no amount at all.
    Source: interchange.md, "0 where the document prints - in a budget cell; null where the cell is empty".
    """
    amount = " ".join(text.split())
    if not amount:
        return None
    amount = _without_currency(amount)
    if is_strip(amount):
        return 0
    negative = _NEGATIVE.fullmatch(amount)
    if negative is None:
        return _parse_amount(amount, text)
    if _parse_amount(_without_currency(negative["inside"] or negative["after"]), text):
        raise PlanError(f"{_quote(text)} kurang dari nol; jumlah uang tidak boleh negatif. {_EXAMPLE}")
    return 0


def format_rupiah(value: int) -> str:
    """Whole rupiah with dots: "75.144.905", "-5.000", "0"."""
    return f"{value:,}".replace(",", ".")


def print_rupiah(value: int | None) -> str:
    """An amount as official paper prints it: 0 is a dash, an empty cell stays empty."""
    if value is None:
        return ""
    return format_rupiah(value) if value else "-"


def _without_currency(amount: str) -> str:
    match = _CURRENCY.match(amount)
    return amount[match.end() :] if match else amount


def _parse_amount(amount: str, text: str) -> int:
    """Read an amount without sign and currency; `text` is the whole cell, for the message."""
    match = _AMOUNT.fullmatch(amount)
    if match is None:
        raise PlanError(f"{_quote(text)} {_reason(amount)} {_EXAMPLE}")
    digits = re.sub(r"[^0-9]", "", match["whole"]).lstrip("0") or "0"
    if len(digits) > _MAX_DIGITS or int(digits) > NILAI_MAKS:
        raise PlanError(f"{_quote(text)} melebihi batas {format_rupiah(NILAI_MAKS)} rupiah. Periksa banyak angkanya.")
    return int(digits)


def _reason(amount: str) -> str:
    if _FRACTION.fullmatch(amount):
        return "memuat pecahan; uang ditulis dalam rupiah bulat."
    if re.fullmatch(r"[0-9., ]*[0-9][0-9., ]*", amount):
        return "tidak jelas: ribuan dipisah tiap tiga angka, dan uang ditulis dalam rupiah bulat."
    return "bukan angka rupiah."


def _quote(text: str) -> str:
    """The cell in quotes, shortened so that a pasted page does not fill the message."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= _SHOWN else f"'{line[: _SHOWN - 3]}...'"

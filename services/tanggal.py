"""Dates of the plan: ISO text in the rows ("2023-01-31", or a month "2022-03"), Indonesian words on paper."""

import re
from datetime import date

from models.errors import PlanError

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MONTHS_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
QUARTERS = ("TW I", "TW II", "TW III", "TW IV")

FIRST_YEAR = 1900
LAST_YEAR = 2100

_OFFICE_SPELLINGS = {"peb": 2, "pebruari": 2, "agt": 8, "ags": 8, "agust": 8, "sept": 9, "nop": 11, "nopember": 11}
_MONTH_OF_NAME = {
    **{name.lower(): i for names in (MONTHS, MONTHS_SHORT) for i, name in enumerate(names, 1)},
    **_OFFICE_SPELLINGS,
}
_EXAMPLE = "Tulis seperti 31 Januari 2023, 31-01-2023 atau Maret 2022."
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_SHOWN = 40


def parse_tanggal(text: str) -> str | None:
    """Read a date or a month as ISO text; None when empty.

    Day, month, year in this order, or ISO; parted by spaces, dots, dashes or slashes. The month is a number or an
    Indonesian name, whole or short, in any case. The year has four digits, 1900 to 2100.

    Raises:
        PlanError: not a date, an English month, a day or month that does not exist.
    """
    if not text.strip():
        return None
    words = re.split(r"[-/.\s]+", text.strip())
    if re.fullmatch("[0-9]{4}", words[0]):
        words.reverse()
    if len(words) not in (2, 3) or "" in words:
        raise PlanError(f"{_quote(text)} bukan tanggal. {_EXAMPLE}")
    year, month = _year(words[-1], text), _month(words[-2], text)
    if len(words) == 2:
        return f"{year:04}-{month:02}"
    if not re.fullmatch("[0-9]{1,2}", words[0]):
        raise PlanError(f"{_quote(text)} bukan tanggal: hari ditulis dengan satu atau dua angka. {_EXAMPLE}")
    try:
        return date(year, month, int(words[0])).isoformat()
    except ValueError:
        shown = f"{int(words[0])} {MONTHS[month - 1]} {year}"
        raise PlanError(f"Tanggal {shown} tidak ada di kalender. Periksa harinya.") from None


def format_tanggal(iso: str | None) -> str:
    """An ISO date or month in Indonesian words; nothing for nothing, any other text as it is."""
    match = _ISO.fullmatch(iso or "")
    if match is None:
        return iso or ""
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    try:
        date(year, month, day)
    except ValueError:
        return match[0]
    words = f"{MONTHS[month - 1]} {year:04}"
    return f"{day} {words}" if match[3] else words


def _year(word: str, text: str) -> int:
    if not re.fullmatch("[0-9]{4}", word):
        raise PlanError(f"{_quote(text)} bukan tanggal: tahun ditulis dengan empat angka. {_EXAMPLE}")
    if not FIRST_YEAR <= int(word) <= LAST_YEAR:
        raise PlanError(f"Tahun {word} di luar {FIRST_YEAR} sampai {LAST_YEAR}. Periksa tahunnya.")
    return int(word)


def _month(word: str, text: str) -> int:
    if re.fullmatch("[0-9]{1,2}", word):
        if not 1 <= int(word) <= len(MONTHS):
            raise PlanError(f"{_quote(text)} bukan tanggal: bulan {int(word)} tidak ada. {_EXAMPLE}")
        return int(word)
    month = _MONTH_OF_NAME.get(word.lower())
    if month is None:
        raise PlanError(f"{_quote(word)} bukan nama bulan. {_EXAMPLE}")
    return month


def _quote(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= _SHOWN else f"'{line[: _SHOWN - 3]}...'"

"""NIP, the number of a civil servant: written in its four groups, checked without ever refusing it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.angka import is_strip

DIGITS = 18
_YOUNGEST = 15
_OLDEST = 70
_NIP = re.compile(r"(?:nip)?[\s.:-]*((?:[0-9][\s.-]*)*)", re.IGNORECASE)


BLANK = "NIP ..."
"""What stands in a text where a NIP was taken out."""
_IN_TEXT = re.compile(r"(?<![0-9])(?:nip\b[\s.:-]*)?([0-9](?:[ \t\u00a0.-]{0,2}[0-9]){17})(?![0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong (galat) or odd (catatan) about a NIP, as an Indonesian sentence."""

    level: Literal["galat", "catatan"]
    text: str


def format_nip(text: str) -> str:
    """Write 18 digits in their groups, "19741014 199311 1 001"; any other text stays as typed, trimmed.

    Spaces, dots, dashes and a leading "NIP" do not count.

    Source: NIP: PP 11/2017 & BKN layout: 8 birth date, 6 appointment year+month, 1 sex, 3 serial.
    """
    digits = _digits(text)
    if digits is None or len(digits) != DIGITS:
        return text.strip()
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def check_nip(text: str, today_year: int) -> tuple[Remark, ...]:
    """Remarks on a NIP; none for a good one, an empty one and a dash.

    Galat: not 18 digits, no real birth date, a sex digit other than 1 or 2. Catatan: what can be true but is rare. A
    contract official's (PPPK) number has no month behind the year of appointment, so a strange month is a catatan.

    Source: NIP: PP 11/2017 & BKN layout: 8 birth date, 6 appointment year+month, 1 sex, 3 serial.
    """
    if not text.strip() or is_strip(text):
        return ()
    digits = _digits(text)
    if digits is None:
        return (Remark("galat", "NIP hanya boleh memuat angka. Periksa huruf dan tanda di dalamnya."),)
    if len(digits) != DIGITS:
        return (Remark("galat", f"NIP harus {DIGITS} angka; yang tertulis {len(digits)} angka."),)
    return (*_check_birth(digits, today_year), *_check_sex(digits), *_check_appointment(digits, today_year))


def count_in(text: str) -> int:
    """How many NIPs stand in a text."""
    return sum(_is_nip(match) for match in _IN_TEXT.finditer(text))


def without_nips(text: str) -> str:
    """The text with "NIP ..." in the place of each NIP, and of the word NIP before it."""
    return _IN_TEXT.sub(lambda match: BLANK if _is_nip(match) else match[0], text)


def _is_nip(match: re.Match[str]) -> bool:
    """18 digits that say NIP before them, or begin with a birth date: a code of the budget does not."""
    digits = _digits(match[0])
    if digits is None or len(digits) != DIGITS:
        return False
    return not match[0][0].isdigit() or (_birth(digits) is not None and digits[:2] in ("19", "20"))


def _check_birth(digits: str, today_year: int) -> list[Remark]:
    birth = _birth(digits)
    if birth is None:
        shown = f"{digits[6:8]}-{digits[4:6]}-{digits[:4]}"
        return [Remark("galat", f"Delapan angka pertama NIP harus tanggal lahir; {shown} tidak ada di kalender.")]
    age = today_year - birth.year
    if age > _OLDEST:
        return [Remark("catatan", f"Menurut NIP umurnya {age} tahun pada {today_year}. Periksa tahun lahirnya.")]
    return []


def _check_sex(digits: str) -> list[Remark]:
    if digits[14] in "12":
        return []
    return [Remark("galat", f"Angka ke-15 NIP harus 1 (pria) atau 2 (wanita); yang tertulis {digits[14]}.")]


def _check_appointment(digits: str, today_year: int) -> list[Remark]:
    remarks = []
    year, month = int(digits[8:12]), int(digits[12:14])
    birth = _birth(digits)
    if not 1 <= month <= 12:
        text = f"Angka ke-13 dan 14 NIP ({digits[12:14]}) bukan bulan. Ini wajar hanya untuk nomor PPPK."
        remarks.append(Remark("catatan", text))
    if birth is not None and year - birth.year < _YOUNGEST:
        text = f"Menurut NIP diangkat tahun {year:04}, kurang dari {_YOUNGEST} tahun setelah lahir. Periksa angkanya."
        remarks.append(Remark("catatan", text))
    if year > today_year:
        text = f"Menurut NIP diangkat tahun {year:04}, sesudah tahun {today_year}. Periksa angkanya."
        remarks.append(Remark("catatan", text))
    return remarks


def _birth(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _digits(text: str) -> str | None:
    """The digits of a NIP without what may stand between them; None when anything else stands there."""
    match = _NIP.fullmatch(text.strip())
    return re.sub("[^0-9]", "", match[1]) if match else None

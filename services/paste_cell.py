"""One pasted cell: what would be typed for it, or why it cannot be read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from models.cleaning import TEXT_MAX
from models.errors import PlanError
from services.angka import Style, format_angka, is_doubtful, is_strip, parse_bagian, parse_number
from services.paste_cells import number_of
from services.rupiah import format_rupiah, parse_rupiah
from services.values import worked_out

Kind = Literal["rupiah", "target", "text"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read, a sentence that begins with its text; `proposal`: what it may mean, or None."""

    reason: str
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number of the cell reads as thousands or as decimals: "1.000". `example` is that number as pasted."""

    example: str


Read = str | Fault | Doubt

_SHOWN = 24
_UNSEEN = str.maketrans("", "", "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_LETTERS = str.maketrans("OoIl|", "00111")
_TOKEN = re.compile(r"[.,]?[0-9]+(?:[.,][0-9]+)*")
_ERROR = re.compile(r"#(?:REF|VALUE|NAME|NUM|NULL|SPILL|CALC|FIELD|BLOCKED)[!?]|Err:[0-9]+", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|mei|jun|jul|aug|agu|agt|sep|oct|okt|nov|dec|des)[a-z]*"
_DATE = re.compile(
    rf"[0-9]{{1,2}}[-/ ]{_MONTH}(?:[-/ ][0-9]{{2,4}})?|{_MONTH}-[0-9]{{2,4}}|"
    r"[0-9]{1,2}([-/])[0-9]{1,2}\1[0-9]{2,4}|[0-9]{4}([-/])[0-9]{1,2}\2[0-9]{1,2}",
    re.IGNORECASE,
)
_POWER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]{1,3}")
_LETTER = re.compile(r"[OoIl|]")
_SLIP = re.compile(r"(?=.*[0-9])[-+(]?[0-9OoIl|.,]+\)?%?")
_CURRENCY = re.compile(r"^rp\.? ?(?=[-–—(0-9.,OoIl])", re.IGNORECASE)
_SPACED = re.compile(r"([-+(]?[1-9][0-9]{0,2}(?: [0-9]{3})+)(?=$|[.,)%]| ?[^0-9.,])")
_BRACKETS = re.compile(r"\( ?([0-9].*?) ?\)(%?)")


def read_cell(cell: str, kind: Kind, style: Style | None, *, typed: bool = False) -> Read:
    """What would be typed for a cell, in Indonesian writing; "" for an empty one.

    Args:
        style: how doubtful numbers are meant; None: not known, the answer is a Doubt unless `Pasted.number` tells.
        typed: by hand in the dialog, so that a date or a word is meant as it stands.
    """
    if kind == "text":
        return _text(cell)
    bare = " ".join(cell.translate(_UNSEEN).split())
    if re.fullmatch(r"'[-+.,0-9=A-Za-z(].*", bare):
        bare = bare[1:]
    if not bare or is_strip(bare):
        return "-" if bare else ""
    number = number_of(cell)
    fault = _broken(bare, number, kind) or (None if typed else _date(bare))
    if fault is not None:
        return fault
    if _POWER.fullmatch(bare):
        return _power(bare, number, kind)
    try:
        value = worked_out(bare, money=kind == "rupiah")
    except ValueError as error:
        return Fault(f"{short(bare)} {error}")
    if value is not None:
        bare, number = value.text, None
        if kind == "target":
            return bare
    return _rupiah(bare, number) if kind == "rupiah" else _target(bare, number, style)


def short(text: str) -> str:
    """A cell's text on one line, shortened for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 3]}..."


def _text(cell: str) -> Read:
    lines = (" ".join(line.split()) for line in cell.translate(_UNSEEN).replace("\r\n", "\n").split("\n"))
    text = "\n".join(lines).strip()
    if re.fullmatch(r"'[-+=@0-9].*", text, re.DOTALL):
        text = text[1:]
    if len(text) > TEXT_MAX:
        return Fault(f"{short(text)} terlalu panjang: {len(text)} karakter, paling banyak {TEXT_MAX}.", text[:TEXT_MAX])
    return _broken(text, None, "text") or text


def _broken(bare: str, number: Decimal | None, kind: Kind) -> Fault | None:
    """What a spreadsheet shows in place of a value."""
    if bare[0:1] not in ("#", "E", "e"):
        return None
    if re.fullmatch("#{2,}", bare):
        return Fault(f"{bare[:4]}, kolom di Excel terlalu sempit.", _written(number, kind))
    if bare.upper() == "#DIV/0!":
        return Fault(f"{bare}, rumus di Excel membagi dengan nol.")
    if bare.upper() == "#N/A":
        return Fault(f"{bare}, rumus di Excel tidak menemukan nilai.")
    return Fault(f"{bare}, rumus di Excel rusak.") if _ERROR.fullmatch(bare) else None


def _date(bare: str) -> Fault | None:
    if _DATE.fullmatch(bare):
        return Fault(f"{bare}, Excel mengubahnya menjadi tanggal; ketik yang dimaksud.")
    return None


def _power(bare: str, number: Decimal | None, kind: Kind) -> Read:
    """1,5E+07: read only when the digits that Excel left out are known."""
    proposal = _written(Decimal(bare.replace(",", ".")) if number is None else number, kind)
    if proposal is not None and number is not None and number == number.to_integral_value():
        return proposal
    return Fault(f"{bare} disingkat Excel; pastikan angka lengkapnya.", proposal)


def _written(number: Decimal | None, kind: Kind) -> str | None:
    """A number as one types it; None when the cell cannot take it."""
    if number is None or abs(number) > 10**15 or (kind == "rupiah" and number < 0):
        return None
    whole = number.quantize(Decimal(1), ROUND_HALF_UP)
    if kind == "rupiah" or whole == number:
        return format_rupiah(int(whole))
    return format_angka(number.quantize(Decimal("0.000001")).normalize())


def _rupiah(bare: str, number: Decimal | None) -> Read:
    try:
        value = parse_rupiah(bare)
    except PlanError as error:
        return _slip(bare, _rupiah) or _not_money(bare, number, str(error))
    assert value is not None
    if number is not None and abs(number - value) >= 1:
        proposal = _written(number, "rupiah")
        return Fault(
            f"{short(bare)} tampil di Excel, tetapi isinya {proposal or short(format_angka(number))}.", proposal
        )
    return format_rupiah(value) if any("0" <= c <= "9" for c in bare) else "-"


def _not_money(bare: str, number: Decimal | None, message: str) -> Fault:
    proposal = None
    if number is not None and number == number.to_integral_value():
        proposal = _written(number, "rupiah")
    if "negatif" in message or _without_currency(bare)[0] in "-–−(":
        return Fault(f"{short(bare)} kurang dari nol; uang tidak boleh negatif.", proposal)
    if "memuat pecahan" in message:
        amount = re.sub("[^0-9.,]", "", _without_currency(bare))
        whole, _, fraction = amount.rpartition(max(".", ",", key=amount.rfind))
        proposal = _written(Decimal(f"{re.sub('[.,]', '', whole)}.{fraction}"), "rupiah")
        return Fault(f"{short(bare)} memuat pecahan; uang ditulis dalam rupiah bulat.", proposal)
    if "melebihi batas" in message:
        return Fault(f"{short(bare)} melebihi batas; periksa banyak angkanya.", proposal)
    if "tidak jelas" in message:
        return Fault(f"{short(bare)} tidak jelas; ribuan dipisah tiap tiga angka.", proposal)
    return Fault(f"{short(bare)} bukan angka rupiah.", proposal)


def _target(bare: str, number: Decimal | None, style: Style | None) -> Read:
    text = _plain_number(bare)
    if is_strip(text):
        return "-"
    parts = parse_bagian(text, Style.INDONESIAN)
    if not parts:
        return _words(bare)
    percent = len(parts) == 1 and parts[0][1].startswith("%")
    behind = number * 100 if percent and number is not None else number
    return _numbers(text, behind, style, every=len(parts) > 1)


def _numbers(text: str, number: Decimal | None, style: Style | None, *, every: bool) -> Read:
    """The text with its number, or all its numbers, in Indonesian writing."""
    tokens = list(_TOKEN.finditer(text))[: None if every else 1]
    out, at = [], 0
    for token in tokens:
        out.append(text[at : token.start()])
        at = token.end()
        chosen: Style | None = Style.INDONESIAN
        if is_doubtful(token[0]):
            chosen = _told(token[0], number) or style
        if chosen is None:
            return Doubt(token[0])
        out.append(_indonesian(token[0], chosen))
    return "".join(out) + text[at:]


def _told(token: str, number: Decimal | None) -> Style | None:
    """The style in which a doubtful text is the number behind it, rounded as it is shown."""
    if number is None:
        return None
    fits = []
    for style in (Style.INDONESIAN, Style.ENGLISH):
        reading = parse_number(token, style)
        assert reading is not None
        half = Decimal((0, (5,), int(reading.as_tuple().exponent) - 1))
        if abs(abs(number) - reading) <= half:
            fits.append(style)
    return fits[0] if len(fits) == 1 else None


def _indonesian(token: str, style: Style) -> str:
    value = parse_number(token, style)
    assert value is not None
    if is_doubtful(token):
        if style is Style.INDONESIAN:
            return token
        text = format_angka(value)
        # Two decimals are enough where the others are zero, and cannot be taken for thousands.
        return text[:-1] if "," in text and text.endswith("0") else text
    if parse_number(token, Style.ENGLISH) == parse_number(token, Style.INDONESIAN) and "." in token[:-1]:
        return format_angka(value)
    return token


def _plain_number(bare: str) -> str:
    """A target without the signs of money, its minus a hyphen and its thousands parted by dots."""
    text = _without_currency(bare)
    if re.fullmatch(r"[0-9.,]+,[-–—]{1,2}", text):
        text = text.rstrip("-–—").removesuffix(",")
    brackets = _BRACKETS.fullmatch(text)
    if brackets:
        text = f"-{brackets[1]}{brackets[2]}"
    text = re.sub(r"^[–−-] ?(?=[0-9.,])", "-", text)
    spaced = _SPACED.match(text)
    if spaced:
        rest = text[spaced.end() :]
        text = spaced[1].replace(" ", "." if not rest.startswith(".") else ",") + rest
    return text


def _words(bare: str) -> Read:
    """A target without a number that can be read: a word or grade stays, what looks like a number is a fault."""
    slip = _slip(bare, lambda text, number: _target(text, number, Style.INDONESIAN))
    if slip is not None:
        return slip
    if any(c.isdigit() and not c.isascii() for c in bare) or bare[0] in "#=":
        return Fault(f"{short(bare)} bukan angka.")
    if bare[0].isalpha() or not any("0" <= c <= "9" for c in bare):
        return bare
    if re.fullmatch(r"[-+]?[0-9.,]+%?", bare):
        return Fault(f"{short(bare)} tidak jelas; ribuan dipisah tiap tiga angka.")
    return Fault(f"{short(bare)} bukan angka.")


def _slip(bare: str, read: Callable[[str, Decimal | None], Read]) -> Fault | None:
    """A letter typed for a digit, with the number it stands for where that can be read."""
    head, space, rest = _without_currency(bare).partition(" ")
    letters = _LETTER.findall(head)
    if not letters or not _SLIP.fullmatch(head):
        return None
    fixed = read(head.translate(_LETTERS) + space + rest, None)
    if not isinstance(fixed, str):
        return None
    digit = "nol" if letters[0] in "Oo" else "satu"
    sign = f"huruf {letters[0]}" if letters[0] != "|" else "tanda |"
    return Fault(f"{short(bare)} berisi {sign}, bukan angka {digit}.", fixed)


def _without_currency(bare: str) -> str:
    return _CURRENCY.sub("", bare, count=1)

"""Numbers that a cell works out: a small sum that begins with =, and large amounts in words such as "1,5 juta"."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, localcontext

from services.angka import Style, format_angka, is_doubtful, parse_number
from services.grid_numbers import undoubted
from services.rupiah import format_rupiah

LONGEST = 200
"""Characters of a sum that is worked out."""

_DEEPEST = 20
_LARGEST = Decimal(10) ** 15
_EXACT, _ROUNDED = 6, 2
"""Decimals of a target that are written as they come; of a longer result so many are kept."""

_TENS = {"rb": 3, "ribu": 3, "jt": 6, "juta": 6, "m": 9, "mlr": 9, "miliar": 9, "milyar": 9}
_TENS |= {"t": 12, "triliun": 12, "trilyun": 12}
_LETTERS = frozenset({"m", "t"})
"""Read in amounts of rupiah only: behind a target they may be a unit."""
_WORD = rf"(?P<word>{'|'.join(sorted(_TENS, key=len, reverse=True))})(?![A-Za-z])"
_NUMBER = r"(?P<number>[.,]?[0-9]+(?:[.,][0-9]+)*)"
_OPERAND = re.compile(rf"(?:rp\.? ?)?{_NUMBER}(?:,-)?(?: ?{_WORD})?", re.IGNORECASE)
_IN_WORDS = re.compile(rf"(?P<sign>[-–−]? ?)(?:rp\.? ?)?{_NUMBER} ?{_WORD}(?P<behind> ?,?[-–—]|%| .*|)", re.IGNORECASE)
_TIMES = {"*": "*", "x": "*", "X": "*", "×": "*", "/": "/", ":": "/", "÷": "/"}
_PLUS = {"+": "+", "-": "-", "–": "-", "−": "-"}
_HINT = "Tulis seperti =1.200.000*12."


@dataclass(frozen=True, slots=True)
class Value:
    """What was worked out, as one types it; `rounded`: to whole rupiah, or a target to two decimals."""

    text: str
    rounded: bool = False


def worked_out(text: str, *, money: bool) -> Value | None:
    """The number that a text comes to; None where it neither begins with = nor says ribu, juta, miliar or triliun.

    A sum may hold + - * / ( ) and %, numbers in Indonesian writing ("1.5" too) and those words. It is reckoned in
    decimals, without the help of any interpreter. Of a target in words the unit behind them stays ("2 juta orang").

    Args:
        money: the cell takes whole rupiah; a result with a fraction is rounded, halves up.
    Raises:
        ValueError: it cannot be worked out; its message goes on a sentence that begins with the text.
    """
    line = " ".join(text.split())
    if line[:1] == "=":
        return _written(_Sum(line[1:]).value(), money=money)
    found = _IN_WORDS.fullmatch(line)
    if found is None:
        return None
    behind = found["behind"]
    if money and not re.fullmatch(r"[ ,\-–—]*(?:rupiah)?", behind, re.IGNORECASE):
        return None
    if not money and (found["word"].lower() in _LETTERS or re.search("[0-9]", behind)):
        return None
    value = _operand(found["number"], found["word"])
    written = _written(-value if found["sign"].strip() else value, money=money)
    return written if money else Value(written.text + behind, written.rounded)


def is_worked_out(text: str, *, money: bool) -> bool:
    """Whether a text is such a sum or amount, one that comes to something."""
    bare = text.strip()
    if bare[:1] != "=" and not bare[-1:].isalpha():
        return False
    try:
        return worked_out(bare, money=money) is not None
    except ValueError:
        return False


class _Sum:
    """One reading of a sum, from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise ValueError(f"terlalu panjang untuk dihitung, paling banyak {LONGEST} karakter.")
        self._text, self._at, self._depth = text, 0, 0

    def value(self) -> Decimal:
        """The whole text.

        Raises:
            ValueError: it is no sum.
        """
        with localcontext(prec=60):
            try:
                value = self._terms()
            except (DivisionByZero, InvalidOperation):
                raise ValueError("membagi dengan nol.") from None
        if self._next():
            raise ValueError(self._stopped())
        return value

    def _terms(self) -> Decimal:
        value = self._factors()
        while (sign := _PLUS.get(self._next())) is not None:
            self._at += 1
            value = value + self._factors() if sign == "+" else value - self._factors()
        return value

    def _factors(self) -> Decimal:
        value = self._factor()
        while (sign := _TIMES.get(self._next())) is not None:
            self._at += 1
            value = value * self._factor() if sign == "*" else value / self._factor()
        return value

    def _factor(self) -> Decimal:
        sign = self._next()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("tidak dapat dihitung: kurung atau tanda terlalu banyak.")
        if sign in _PLUS:
            self._at += 1
            value = self._factor() if _PLUS[sign] == "+" else -self._factor()
        elif sign == "(":
            self._at += 1
            value = self._terms()
            if self._next() != ")":
                raise ValueError("tidak dapat dihitung: kurung tutup kurang.")
            self._at += 1
        else:
            found = _OPERAND.match(self._text, self._at)
            if found is None:
                raise ValueError(self._stopped())
            self._at = found.end()
            value = _operand(found["number"], found["word"])
        self._depth -= 1
        if self._next() == "%":
            self._at += 1
            value /= 100
        return value

    def _next(self) -> str:
        """The next sign behind spaces; "" at the end."""
        while self._text[self._at : self._at + 1] == " ":
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _stopped(self) -> str:
        rest = self._text[self._at :]
        if not rest:
            return f"belum lengkap. {_HINT}"
        if re.match(r"[A-Za-z$]", rest):
            return f"tidak dapat dihitung: alamat sel dan fungsi tidak dikenal. {_HINT}"
        return f"tidak dapat dihitung mulai dari {rest[:12]}. {_HINT}"


def _operand(number: str, word: str | None) -> Decimal:
    if "," in number and is_doubtful(number):
        whole = number.replace(",", "")
        raise ValueError(f"tidak jelas: {number} dapat berarti {whole} atau {number}0. Tulis salah satunya.")
    value = parse_number(number, Style.INDONESIAN)
    if value is None:
        raise ValueError(f"tidak jelas: {number} bukan angka; ribuan dipisah tiap tiga angka.")
    return value.scaleb(_TENS[word.lower()]) if word else value


def _written(value: Decimal, *, money: bool) -> Value:
    if abs(value) > _LARGEST:
        raise ValueError("terlalu besar. Periksa banyak angkanya.")
    if money:
        whole = int(value.quantize(Decimal(1), ROUND_HALF_UP))
        return Value(format_rupiah(whole), whole != value)
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    rounded = -exponent > _EXACT
    text = format_angka(value, _ROUNDED if rounded else max(0, -exponent))
    return Value(undoubted(text), rounded)

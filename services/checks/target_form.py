"""Rules for how the targets of a row are written: their units, and their numbers.

Source: interchange.md (a target is a string as printed, "20 orang 10 koperasi" is one); angka.py (styles of writing).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from models.rows import DeretIndikator, Indikator
from services.angka import format_angka
from services.checks.finding import Finding, period_name, period_of
from services.checks.reading import Row
from services.checks.units import same_unit
from services.checks.usage import is_blank

_DECIMALS = re.compile(r"[0-9]([.,])[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+(?![0-9])")
_TELLING = re.compile(r"[.,%]")
_PLAIN = re.compile(r"(?<![0-9.,])[0-9]{4,}")


def check_form(indikator: Indikator, series: DeretIndikator, row: Row) -> Iterator[Finding]:
    """All findings about the writing of one row of targets."""
    of_units = list(_units(indikator, series, row))
    yield from of_units
    yield from _unit_by_unit(indikator, row)
    if not of_units:
        yield from _writing(indikator, row)


def _units(indikator: Indikator, series: DeretIndikator, row: Row) -> Iterator[Finding]:
    """TARGET-SATUAN: a unit in a period that is neither that of the year's target nor the indicator's own."""
    column = "" if is_blank(indikator.satuan) else (indikator.satuan or "")
    units = [unit for unit in row.units if unit]
    if len(units) == 1 and column and not same_unit(units[0], column):
        text = f"Target setahun ({indikator.target}) bersatuan lain dari kolom satuan ({column})."
        short = "Target setahun bersatuan lain dari kolom satuan."
        yield Finding(
            "TARGET-SATUAN", "peringatan", Indikator, indikator.id, None, indikator.target, column, text, short
        )
    allowed = units or ([column] if column else [])
    seen = {unit for _, _, parts in row.stated for _, unit in parts if unit} if allowed else set()
    wrong = {unit for unit in seen if not any(unit == each or same_unit(unit, each) for each in allowed)}
    for place, typed, parts in row.stated if wrong else ():
        if any(unit in wrong for _, unit in parts):
            at = period_of(series.periode, place)
            wanted = indikator.target if units else column
            text = f"Target {period_name(at)} ({typed}) bersatuan lain dari target setahun ({wanted})."
            short = "Target {periode} bersatuan lain dari target setahun."
            yield Finding("TARGET-SATUAN", "peringatan", Indikator, indikator.id, at, typed, wanted, text, short)


def _unit_by_unit(indikator: Indikator, row: Row) -> Iterator[Finding]:
    """TARGET-SATUAN for a dual target ("50 orang 10 koperasi") that nothing says how to accumulate: unit by unit.

    Each unit may reach its target as a sum or as the last of its periods.
    """
    if len(row.units) < 2 or indikator.akumulasi is not None or not row.stated:
        return
    if any(not parts for _, _, parts in row.stated):
        return
    off: list[tuple[str, Decimal, Decimal]] = []
    for unit in row.units:
        annual = row.year(unit) or Decimal()
        numbers = [value for _, _, value in row.known(unit)]
        total = sum(numbers, Decimal())
        runs_up = numbers == sorted(numbers) and numbers[-1:] == [annual]
        if total != annual and not runs_up:
            off.append((unit, total, annual))
    if off:
        said = "; ".join(
            f"{unit}: {format_angka(total)}, setahun {format_angka(annual)}" for unit, total, annual in off
        )
        nilai = " ".join(f"{format_angka(total)} {unit}" for unit, total, _ in off)
        text = f"Jumlah target semua periode berbeda menurut satuannya ({said})."
        short = "Jumlah target semua periode berbeda menurut satuannya."
        yield Finding(
            "TARGET-SATUAN", "peringatan", Indikator, indikator.id, None, nilai, indikator.target, text, short
        )


def _writing(indikator: Indikator, row: Row) -> Iterator[Finding]:
    """TARGET-BENTUK: numbers written in two ways in one row: 10.000 and 2500, 1,5 and 1.5, 25% and 100.

    A zero has no form, and whole numbers may stand among those with decimals. Where the units differ, so may the forms.
    """
    texts = [text for _, text, parts in row.stated if len(parts) == 1 and parts[0][0]]
    if indikator.target and len(row.annual) == 1 and row.annual[0][0]:
        texts.insert(0, indikator.target)
    if len(texts) < 2 or not _TELLING.search("".join(texts)):
        return
    forms = [_forms(text) for text in texts]
    for way in range(3):
        told = {form[way] for form in forms} - {None}
        if len(told) == 2:
            shown = [(form[way], text) for form, text in zip(forms, texts, strict=True) if form[way] is not None]
            one = shown[0][1]
            two = next(text for form, text in shown if form != shown[0][0])
            text = f"Angka ditulis dengan dua cara dalam satu baris: {one} dan {two}."
            short = "Angka ditulis dengan dua cara dalam satu baris."
            yield Finding("TARGET-BENTUK", "catatan", Indikator, indikator.id, None, two, one, text, short)
            return


@lru_cache(maxsize=32768)
def _forms(text: str) -> tuple[bool, bool | None, bool | None]:
    """(a percent sign; thousands separators, False for four digits and more without; a decimal comma, or a point).

    None: the number is too small to tell, or has no decimals, or they may be thousands.
    """
    grouped = _GROUPED.search(text) is not None
    decimals = None if grouped else _DECIMALS.search(text)
    plain = _PLAIN.search(text) is not None
    return "%" in text, False if plain else grouped or None, None if decimals is None else decimals[1] == ","

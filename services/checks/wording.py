"""Rules for what an indicator calls itself: its unit and the size of its target against its own first word.

Source: Permenpan RB 88/2021 (an indicator says what is measured, its unit how); interchange.md (`uraian`, `satuan`).
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from models.rows import Indikator
from services.angka import Style, parse_bagian
from services.checks.finding import Finding
from services.checks.units import is_score, unit_key
from services.checks.usage import is_blank

_COUNT = re.compile(r"jumlah\b(?!.*\b(?:pe?rsen|prosen|rasio))", re.IGNORECASE)
_SHARE = re.compile(r"(?:persentase|prosentase|persen|prosen)\b", re.IGNORECASE)
_BEGIN = ("ju", "pe", "pr")
_PERCENT = "persen"
_MOST = Decimal(200)
"""Percent of something that grows; above this a slip is likelier."""


def check_words(indikator: Indikator) -> Iterator[Finding]:
    """All findings about the first word of one indicator."""
    words = indikator.uraian.strip()
    if words[:2].casefold() not in _BEGIN:
        return
    unit = "" if is_blank(indikator.satuan) else (indikator.satuan or "").strip()
    if _SHARE.match(words):
        yield from _other_unit(indikator, unit)
        yield from _too_much(indikator, unit)
    elif _COUNT.match(words) and unit_key(unit) == _PERCENT:
        text = f"Indikator menyebut jumlah, sedangkan satuannya {unit}."
        yield _found("SATUAN-BEDA", indikator, indikator.satuan, text)


def _other_unit(indikator: Indikator, unit: str) -> Iterator[Finding]:
    """SATUAN-BEDA: a share in a unit that counts; a target with a percent sign is TARGET-SATUAN."""
    key = unit_key(unit)
    if key and _PERCENT not in key.split() and not is_score(unit) and "%" not in f"{unit}{indikator.target or ''}":
        text = f"Indikator menyebut persentase, sedangkan satuannya {unit}."
        yield _found("SATUAN-BEDA", indikator, indikator.satuan, text)


def _too_much(indikator: Indikator, unit: str) -> Iterator[Finding]:
    """TARGET-LEBIH: more than 200 % as the year's target of a share that may not grow without end."""
    parts = parse_bagian(indikator.target or "", Style.INDONESIAN)
    if len(parts) != 1 or indikator.arah == "turun" or parts[0][0] <= _MOST:
        return
    if unit_key(unit) == _PERCENT or parts[0][1] == "%":
        text = f"Target setahun {indikator.target} lebih dari {_MOST} persen. Periksa angka dan satuannya."
        yield _found("TARGET-LEBIH", indikator, indikator.target, text)


def _found(kode: str, indikator: Indikator, nilai: str | None, text: str) -> Finding:
    short = text.replace("{", "{{").replace("}", "}}")
    return Finding(kode, "catatan", Indikator, indikator.id, None, nilai, None, text, short)

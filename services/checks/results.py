"""Rules for plans that carry results: the printed percentages, and the scale that turns them into predicates.

Source: services/capaian.py (R/T, or (2T-R)/T where lower is better; Permendagri 86/2017 for the scale).
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal

from models.plan import Plan
from models.rows import Indikator, Narasi, TahunIndikator
from services.angka import Style, decide_style, decimals_of, format_angka, parse_angka
from services.capaian import exact
from services.checks.finding import Finding, plain
from services.checks.target_years import others_told
from services.checks.usage import is_blank
from services.terms import Level

_CAP = 100
"""Reports may print no more than this, whatever was reached."""

_SHOWN = 2
"""Decimals of a computed percentage in a sentence."""


def check_results(plan: Plan, indikator: Indikator) -> Iterator[Finding]:
    """CAPAIAN-HITUNG: the printed percentage is not the computed one, rounded to its last digit."""
    years = {
        (row.jenis, row.tahun): row.nilai or "" for row in plan.where(TahunIndikator, "indikator_id", indikator.id)
    }
    printed = {tahun: text for (jenis, tahun), text in years.items() if jenis == "capaian_tercetak"}
    if not printed and is_blank(indikator.capaian_tercetak):
        return
    style = decide_style([indikator.capaian_tercetak, *printed.values()])
    if not is_blank(indikator.capaian_tercetak):
        values = indikator.target or "", indikator.realisasi or ""
        yield from _compare(indikator, "", values, indikator.capaian_tercetak or "", style)
    for tahun, text in printed.items():
        values = years.get(("target", tahun), ""), years.get(("realisasi", tahun), "")
        for found in _compare(indikator, tahun, values, text, style):
            said = _other_target(plan, indikator, tahun, values[1], text, style)
            if said:
                key = "TARGET-BEDA", Indikator, indikator.id, None
                found = replace(found, sebab=key, pesan=f"{found.pesan} {said}")
            yield found
    yield from _two_ways(indikator, [indikator.capaian_tercetak or "", *printed.values()])


def _compare(indikator: Indikator, tahun: str, values: tuple[str, str], text: str, style: Style) -> Iterator[Finding]:
    """CAPAIAN-HITUNG of one printed percentage; a note where it is only cut, or rounded to the wrong side."""
    target, realisasi = values
    printed = parse_angka(text, style)
    found = _ways(indikator, target, realisasi)
    if printed is None or printed.value is None or not found:
        return
    if printed.value == _CAP and found[0] > _CAP:
        return
    decimals = decimals_of(text, style)
    step = Decimal(1).scaleb(-decimals)
    near = [way for way in found if abs(way - printed.value) <= step]
    if any(_rounded(way, step) == printed.value for way in near):
        return
    when = f" {tahun}" if tahun else ""
    begun = f"Capaian{when} tercetak {text}; {realisasi} dari target {target}"
    if near:
        computed = format_angka(near[0], decimals)
        level: Level = "catatan"
        wrong = "dipotong" if abs(printed.value) < abs(near[0]) else "dinaikkan"
        sentence = f"{begun} dibulatkan menjadi {computed}%, bukan {wrong}."
        short = f"Capaian tercetak {wrong}, tidak dibulatkan."
    else:
        computed, level = format_angka(found[0], _SHOWN), "peringatan"
        sentence = f"{begun} adalah {computed}%."
        short = "Capaian tercetak berbeda dari hitungannya."
    yield Finding("CAPAIAN-HITUNG", level, Indikator, indikator.id, None, text, computed, sentence, short)


def _ways(indikator: Indikator, target: str, realisasi: str) -> list[Decimal]:
    """The percentages that a report may print, the one of the indicator's own way first; none where there is none."""
    if indikator.metode:
        chosen = exact(target, realisasi, indikator.arah, metode=indikator.metode)[0].persen
        return [] if chosen is None else [chosen]
    own = _exact(target, realisasi, indikator.arah)
    return [] if own is None else [own, *_other_ways(target, realisasi, indikator.arah)]


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return value.quantize(step, rounding=ROUND_HALF_UP, context=Context(prec=max(28, value.adjusted() + 20)))


def _other_ways(target: str, realisasi: str, arah: str | None) -> Iterator[Decimal]:
    """How reports compute it too where lower is better: T/R; and where nothing says which is better, (2T-R)/T."""
    if arah == "naik":
        return
    upside_down = _exact(realisasi, target, "naik")
    if upside_down is not None:
        yield upside_down
    lower = _exact(target, realisasi, "turun") if arah is None else None
    if lower is not None:
        yield lower


def _other_target(plan: Plan, indikator: Indikator, tahun: str, realisasi: str, text: str, style: Style) -> str:
    """What the target in a table of the narrative gives, where the printed percentage follows from it; "" otherwise.

    Such tables may round to whole percents, or cut.
    """
    other = others_told(plan, indikator).get(tahun)
    exact = _exact(other.told, realisasi, indikator.arah) if other is not None else None
    printed = parse_angka(text, style)
    if other is None or exact is None or printed is None or printed.value is None or abs(exact - printed.value) >= 1:
        return ""
    near = _rounded(exact, Decimal("0.01"))
    said = f"Dari target {other.told} pada naskah: {format_angka(near, _SHOWN)}%"
    if near == printed.value:
        return f"{said}."
    whole = _rounded(exact, Decimal(1))
    return f"{said}, dibulatkan ke persen utuh." if whole == printed.value else f"{said}, dipotong ke persen utuh."


def _exact(target: str, realisasi: str, arah: str | None) -> Decimal | None:
    """The percentage, not rounded; None where target or result is not one number, or the target not above zero."""
    style = decide_style([target, realisasi])
    planned, reached = parse_angka(target, style), parse_angka(realisasi, style)
    if planned is None or reached is None or not planned.value or reached.value is None or planned.value < 0:
        return None
    value = 2 * planned.value - reached.value if arah == "turun" else reached.value
    return 100 * value / planned.value


def _two_ways(indikator: Indikator, texts: Sequence[str]) -> Iterator[Finding]:
    """TARGET-BENTUK in the row of printed percentages: decimals with a comma in one year and a point in another."""
    found = {match[1]: text for text in texts if (match := re.fullmatch(r"[0-9]+([.,])[0-9]{1,2}%?", text.strip()))}
    if len(found) == 2:
        one, two = found.values()
        text = f"Capaian tercetak dengan dua cara dalam satu baris: {one} dan {two}."
        short = "Capaian tercetak dengan dua cara dalam satu baris."
        yield Finding("TARGET-BENTUK", "catatan", Indikator, indikator.id, None, two, one, text, short)


_VALUE = r"[0-9]+(?:[.,][0-9]+)?"
_SIGN = r"[<>]=?|=[<>]|[≤≥]"
_OVER, _UNDER = r"di ?atas|lebih dari", r"di ?bawah|kurang dari"
_UPTO = r"(?:-|–|—|s\.?/?d\.?|sampai(?: dengan)?|hingga)"
_RANGE = re.compile(
    rf"(?P<sign>[>≥]=?|{_OVER})?\s*(?P<low>{_VALUE})\s*%?\s*{_UPTO}\s*(?P<below><|{_UNDER})?\s*(?P<high>{_VALUE})\s*%?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"(?P<one>{_VALUE})\s*%?\s*(?P<first>{_SIGN})\s*(?:[a-z]+\s*(?P<second>{_SIGN})\s*)?(?P<other>{_VALUE})\s*%?",
    re.IGNORECASE,
)
_BOUND = re.compile(rf"(?:x\s*)?(?P<sign>{_SIGN}|{_OVER}|{_UNDER})\s*(?P<value>{_VALUE})\s*%?", re.IGNORECASE)
_OPEN = re.compile(rf"(?P<value>{_VALUE})\s*%?\s*(?:ke|atau) (?P<way>atas|lebih|bawah|kurang)", re.IGNORECASE)
_GRADE = re.compile(
    r"(sangat|cukup|kurang)?\s*(tinggi|sedang|rendah|baik|buruk|memuaskan|berhasil|cukup|kurang|efektif|efisien)"
    r"( sekali)?|tidak (baik|berhasil|efektif|efisien)|[A-E]{1,2}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a scale; None: open. `low_in`, `high_in`: whether the bound belongs to it."""

    name: str
    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = True


def check_scale(section: Narasi) -> Iterator[Finding]:
    """SKALA: a table of predicates whose steps overlap, or leave numbers out between them.

    Whole steps ("51-65, 66-75", and "51% ≤ 65%, 66% ≤ 75%" as Permendagri 86/2017 has them) leave nothing out: they are
    steps of whole percents, to which the fractions between them are rounded, and a plan that copies the scale of the
    regulation is not at fault. A step that begins two or more percents above the one below it leaves numbers out.
    """
    for table in re.split(r"\n\s*\n", section.isi or ""):
        rows = [row for row in table.splitlines() if _name(row)]
        steps = [step for row in rows if (step := _step(row)) is not None]
        faults = list(_faults(steps)) if len(steps) > 2 and len(steps) == len(rows) else []
        if faults:
            yield plain("SKALA", "peringatan", section, f"Skala predikat: {'; '.join(faults)}.")


def _name(row: str) -> str:
    """The predicate of a row of the table, "" for any other line."""
    return next((cell.strip() for cell in row.split("|") if _GRADE.fullmatch(cell.strip())), "")


def _step(row: str) -> _Step | None:
    name = _name(row)
    for cell in (cell.strip() for cell in row.split("|")):
        if found := _RANGE.fullmatch(cell):
            low, high = sorted((_decimal(found["low"]), _decimal(found["high"])))
            sign = (found["sign"] or "").lower()
            return _Step(name, low, high, low_in=not sign or "=" in sign or sign == "≥", high_in=not found["below"])
        if (found := _BETWEEN.fullmatch(cell)) and (step := _between(name, found)):
            return step
        if found := _BOUND.fullmatch(cell):
            value, sign = _decimal(found["value"]), found["sign"].lower()
            if _is_upward(sign):
                return _Step(name, value, None, low_in=_includes(sign))
            return _Step(name, None, value, high_in=_includes(sign))
        if found := _OPEN.fullmatch(cell):
            value = _decimal(found["value"])
            upward = found["way"].lower() in ("atas", "lebih")
            return _Step(name, value, None) if upward else _Step(name, None, value)
    return None


def _between(name: str, found: re.Match[str]) -> _Step | None:
    """ "85 ≤ x < 100", or "91% ≤ 100%" as Permendagri 86/2017 writes from 91 to 100."""
    one, other = _decimal(found["one"]), _decimal(found["other"])
    first, second = found["first"], found["second"]
    if second is None:
        first, second = "≥" if _is_upward(first) else "≤", first
    if _is_upward(first) != _is_upward(second):
        return None
    if _is_upward(first):
        one, other, first, second = other, one, second, first
    return _Step(name, one, other, _includes(first), _includes(second)) if one <= other else None


def _is_upward(sign: str) -> bool:
    """Whether what is before the sign is the greater, as in "x > 80"."""
    return ">" in sign or "≥" in sign or sign in ("di atas", "diatas", "lebih dari")


def _includes(sign: str) -> bool:
    return "=" in sign or sign in ("≤", "≥")


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _faults(steps: Sequence[_Step]) -> Iterator[str]:
    ordered = sorted(steps, key=lambda step: (step.low is not None, step.low or Decimal()))
    for lower, upper in itertools.pairwise(ordered):
        if lower.high is None or upper.low is None:
            yield f"{lower.name} dan {upper.name} bertumpang tindih"
            continue
        gap = upper.low - lower.high
        whole = lower.high == lower.high.to_integral_value() and upper.low == upper.low.to_integral_value()
        finest = Decimal(1) if whole else Decimal("0.01")
        if gap < 0:
            yield f"{lower.name} dan {upper.name} bertumpang tindih"
        elif gap == 0 and lower.high_in and upper.low_in:
            yield f"{format_angka(upper.low)} ada pada {lower.name} dan juga {upper.name}"
        elif gap == 0 and not lower.high_in and not upper.low_in:
            yield f"{format_angka(upper.low)} tidak ada pada {lower.name} maupun {upper.name}"
        elif gap > finest or (0 < gap <= finest and not (lower.high_in and upper.low_in)):
            between = f"{format_angka(lower.high)} sampai {format_angka(upper.low)}"
            yield f"antara {lower.name} dan {upper.name} ada yang tidak termasuk ({between})"

"""One series through the year: as running totals, as single months, as quarters. Twelve values, Januari first."""

from collections.abc import Sequence
from dataclasses import replace

from models.rows import BULAN, NILAI_MAKS, DeretAnggaran

QUARTER_ENDS = (2, 5, 8, 11)
"""Places of B03, B06, B09, B12: the months that close the quarters."""

Rupiah12 = tuple[int | None, ...]


def places(periode: str) -> Sequence[int]:
    """The places of a series that can hold a value: all months, or those that close the quarters."""
    return QUARTER_ENDS if periode == "triwulan" else range(BULAN)


def running(values: Rupiah12, *, kumulatif: bool) -> Rupiah12:
    """The running total at the end of each month.

    An empty month adds nothing: the total before it holds on. None until the first value.
    """
    total: int | None = None
    out: list[int | None] = []
    for value in values:
        if value is not None:
            total = value if kumulatif else (total or 0) + value
        out.append(total)
    return tuple(out)


def single(values: Rupiah12, *, kumulatif: bool) -> Rupiah12:
    """What each month adds; None where the month is empty. A falling running total gives a negative month."""
    if not kumulatif:
        return values
    before = 0
    out: list[int | None] = []
    for value in values:
        out.append(None if value is None else value - before)
        before = before if value is None else value
    return tuple(out)


def shown(series: DeretAnggaran, *, kumulatif: bool) -> Rupiah12:
    """The series in one view: as running totals, or by single months; as it was typed where the view is its own."""
    own = bool(series.kumulatif)
    if own == kumulatif:
        return series.nilai
    if not kumulatif:
        return single(series.nilai, kumulatif=own)
    totals = running(series.nilai, kumulatif=own)
    return tuple(None if typed is None else total for typed, total in zip(series.nilai, totals, strict=True))


def quarters(values: Rupiah12, *, kumulatif: bool) -> tuple[int | None, ...]:
    """TW I to IV of a view: the total reached at its end, or what its three months add; None where all is empty."""
    if kumulatif:
        return tuple(running(values, kumulatif=True)[end] for end in QUARTER_ENDS)
    out: list[int | None] = []
    for end in QUARTER_ENDS:
        months = [value for value in values[end - 2 : end + 1] if value is not None]
        out.append(sum(months) if months else None)
    return tuple(out)


def with_month(series: DeretAnggaran, place: int, value: int | None, *, kumulatif: bool) -> DeretAnggaran:
    """The series after a value is typed in a view.

    Typed as a single month into a plan of running totals, all later totals move by the difference, so that the other
    single months stay as they are; the reverse changes the month typed and the next one that has a value.

    Raises:
        ValueError: the plan would hold a negative or too large amount, or has no room for that month.
    """
    if value is not None and place not in places(series.periode):
        raise ValueError("a quarterly series holds the months that close the quarters")
    nilai = list(series.nilai)
    if value is None or bool(series.kumulatif) == kumulatif:
        nilai[place] = value
    elif series.kumulatif:
        before = next((v for v in reversed(nilai[:place]) if v is not None), 0)
        old = nilai[place]
        nilai[place] = before + value
        rise = before + value - (before if old is None else old)
        nilai[place + 1 :] = [None if v is None else v + rise for v in nilai[place + 1 :]]
    else:
        total = running(series.nilai, kumulatif=False)
        reached = (total[place - 1] or 0) if place else 0
        rise = value - reached - (nilai[place] or 0)
        nilai[place] = value - reached
        later = next((m for m in range(place + 1, BULAN) if nilai[m] is not None), None)
        if later is not None:
            nilai[later] = (nilai[later] or 0) - rise
    if any(v is not None and not 0 <= v <= NILAI_MAKS for v in nilai):
        raise ValueError("a month would become negative or too large")
    return replace(series, nilai=tuple(nilai))

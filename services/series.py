"""One series through the year: as running totals, as single months, as quarters. Twelve values, Januari first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from models.rows import BULAN, NILAI_MAKS, DeretAnggaran, DeretIndikator
from services.angka import Style, decide_style, decimals_of
from services.grid_numbers import read_number, write_like

QUARTER_ENDS = (2, 5, 8, 11)
"""Places of B03, B06, B09, B12: the months that close the quarters."""

Rupiah12 = tuple[int | None, ...]

_RUNS = {"kumulatif": True, "jumlah": False}
"""Whether the stored targets of an indicator are running totals, by its `akumulasi`; others are neither."""


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


def with_months(series: DeretAnggaran, typed: Mapping[int, int | None], *, kumulatif: bool) -> DeretAnggaran:
    """The series after values are typed in a view: the view shows what was typed, its other months stay as they are.

    So a single month typed into a plan of running totals moves all later totals, and a total typed into a plan of
    single months changes that month and the next one that has a value.

    Args:
        typed: whole rupiah by place; None empties the month.
    Raises:
        ValueError: the plan would hold a negative or too large amount, or has no room for that month.
    """
    if any(value is not None and place not in places(series.periode) for place, value in typed.items()):
        raise ValueError("a quarterly series holds the months that close the quarters")
    view = list(shown(series, kumulatif=kumulatif))
    for place, value in typed.items():
        view[place] = value
    if bool(series.kumulatif) == kumulatif:
        nilai: Rupiah12 = tuple(view)
    elif kumulatif:
        nilai = single(tuple(view), kumulatif=True)
    else:
        totals = running(tuple(view), kumulatif=False)
        nilai = tuple(None if value is None else total for value, total in zip(view, totals, strict=True))
    if any(value is not None and not 0 <= value <= NILAI_MAKS for value in nilai):
        raise ValueError("a month would become negative or too large")
    return replace(series, nilai=nilai)


def with_month(series: DeretAnggaran, place: int, value: int | None, *, kumulatif: bool) -> DeretAnggaran:
    """The series after one value is typed in a view, see `with_months`."""
    return with_months(series, {place: value}, kumulatif=kumulatif)


def target_months(
    nilai: Sequence[str | None], *, akumulasi: str | None, kumulatif: bool, annual: str | None
) -> tuple[str, ...]:
    """Twelve targets in one view. What is no number, or does not run up through the year, is as typed in both.

    Args:
        akumulasi: of the indicator; "kumulatif" stores running totals, "jumlah" single months.
        annual: the target of the year, which helps to tell how the numbers are written.
    """
    texts = tuple(text or "" for text in nilai)
    own = _RUNS.get(akumulasi or "")
    if own is None or own == kumulatif:
        return texts
    style = decide_style([annual, *nilai])
    turned = _turned([read_number(text, style) for text in nilai], kumulatif=kumulatif)
    decimals = max((decimals_of(text, style) for text in (annual, *nilai) if text), default=0)
    return tuple(
        text if number is None else write_like(number, text, style, decimals)
        for text, number in zip(texts, turned, strict=True)
    )


def with_target_months(
    series: DeretIndikator,
    typed: Mapping[int, str | None],
    *,
    akumulasi: str | None,
    kumulatif: bool,
    annual: str | None,
) -> DeretIndikator:
    """The series after texts are typed in a view: the view says what was typed, and its other months stay as they are.

    Numbers that have to move keep their decimals and their unit ("25%"). A text that is no number is stored as it is.

    Raises:
        ValueError: a quarterly series has no room for that month.
    """
    if any(text is not None and place not in places(series.periode) for place, text in typed.items()):
        raise ValueError("a quarterly series holds the months that close the quarters")
    new = [typed.get(place, text) for place, text in enumerate(series.nilai)]
    own = _RUNS.get(akumulasi or "")
    if own is not None and own != kumulatif:
        style = decide_style([annual, *series.nilai])
        style = decide_style(typed.values()) if style is Style.UNKNOWN else style
        old = [read_number(text, style) for text in series.nilai]
        view = _turned(old, kumulatif=kumulatif)
        for place, text in typed.items():
            view[place] = read_number(text, style)
        before = 0
        for place, number in enumerate(_turned(view, kumulatif=own)):
            like = new[place]
            if number is None or like is None:
                continue
            if number != (view if place in typed else old)[place]:
                new[place] = write_like(number, like, style, before if place in typed else 0)
            before = decimals_of(new[place] or "", style)
    return replace(series, nilai=tuple(new))


def _turned(values: Sequence[Decimal | None], *, kumulatif: bool) -> list[Decimal | None]:
    """Single months as running totals, or the reverse; what is no number stays so and adds nothing."""
    reached = Decimal()
    out: list[Decimal | None] = []
    for value in values:
        if value is None:
            out.append(None)
        elif kumulatif:
            reached += value
            out.append(reached)
        else:
            out.append(value - reached)
            reached = value
    return out

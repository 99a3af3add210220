"""The cells of one series through the year, as texts: its months, its quarters, and what they come to."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from models.rows import BULAN, DeretAnggaran, Indikator
from services.angka import decide_style, decimals_of, format_angka
from services.grid_numbers import read_number
from services.rupiah import format_rupiah
from services.series import QUARTER_ENDS, places, quarters, running, shown, target_months

Texts = list[str]


def cash_cells(series: DeretAnggaran | None, *, kumulatif: bool) -> Texts:
    """Months, quarters and the total of a series of rupiah in one view; empty texts without one."""
    if series is None:
        return [""] * (BULAN + 5)
    months = shown(series, kumulatif=kumulatif)
    total = running(series.nilai, kumulatif=bool(series.kumulatif))[-1]
    return [money(value) for value in (*months, *quarters(months, kumulatif=kumulatif), total)]


def target_cells(
    indikator: Indikator, nilai: Sequence[str | None], periode: str, *, kumulatif: bool
) -> tuple[Texts, Decimal | None, Callable[[Decimal], str]]:
    """Months, quarters and the total of a series of texts in one view; the total as a number, and how one is written.

    The total is the sum where the months add up, else the last that says a number; of predicates there is none.
    """
    how = indikator.akumulasi
    months = list(target_months(nilai, akumulasi=how, kumulatif=kumulatif, annual=indikator.target))
    style = decide_style([indikator.target, *nilai])
    stored = [read_number(text, style) for text in nilai]
    numbers = [read_number(text, style) for text in months]
    decimals = max((decimals_of(text, style) for text in (indikator.target, *nilai) if text), default=0)
    adds = how == "jumlah"
    sums = adds and not kumulatif
    by_quarter = [
        _quarter(months[end - 2 : end + 1], numbers[end - 2 : end + 1], decimals, sums) for end in QUARTER_ENDS
    ]
    known = [number for place in places(periode) if (number := stored[place]) is not None]
    total = (sum(known, Decimal()) if adds else known[-1]) if known and how != "predikat" else None

    def write(number: Decimal) -> str:
        return format_angka(number, decimals)

    return [*months, *by_quarter, "" if total is None else write(total)], total, write


def money(value: int | None) -> str:
    """Whole rupiah as a cell says them; "" for nothing."""
    return "" if value is None else format_rupiah(value)


def _quarter(texts: Texts, numbers: list[Decimal | None], decimals: int, adds: bool) -> str:
    """A quarter of targets: the sum of its months where they add up, else the last month that says something."""
    known = [number for number in numbers if number is not None]
    if adds and known:
        return format_angka(sum(known, Decimal()), decimals)
    return next((text for text in reversed(texts) if text not in ("", "-")), texts[-1])

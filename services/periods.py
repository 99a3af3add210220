"""Months and quarters: one plan on monthly and on quarterly forms, whichever way it was typed."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, Indikator
from services.angka import Style, decide_style, decimals_of, format_angka, is_strip, parse_bagian
from services.rollup import RollUp
from services.series import QUARTER_ENDS, Rupiah12, quarters, shown, single

Target4 = tuple[str | None, ...]
Rupiah4 = tuple[int | None, ...]
Series = DeretIndikator | DeretAnggaran

_ENGLISH = str.maketrans(".,", ",.")


def target_quarters(plan: Plan, indikator: Indikator) -> Target4:
    """Targets of TW I to IV: as typed where the plan has quarters, else taken from its months (`quarters_of`)."""
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    if series is None:
        return (None,) * len(QUARTER_ENDS)
    if series.periode == "triwulan":
        return tuple(series.nilai[end] for end in QUARTER_ENDS)
    return quarters_of(series.nilai, indikator.akumulasi, indikator.target)


def quarters_of(nilai: Sequence[str | None], akumulasi: str | None, target: str | None = None) -> Target4:
    """Twelve monthly targets as four: the quarter's sum where months add up to the year, else what it ends with.

    Where `akumulasi` is not known, months that together make the annual target are taken to add up. A quarter ends
    with the last of its months that states a target. None where all its months are empty, "-" where none states more.
    """
    style = decide_style([target, *nilai])
    adds = akumulasi == "jumlah" or (akumulasi is None and _makes(nilai, target, style))
    months = [nilai[end - 2 : end + 1] for end in QUARTER_ENDS]
    return tuple(_quarter(three, style, adds=adds) for three in months)


def cash_quarters(plan: Plan, rollup: RollUp, line: Anggaran, *, kumulatif: bool = False) -> Rupiah4:
    """Cash of TW I to IV, each by itself or as running totals; of the lines below where the line says nothing."""
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    if series is not None and has_values(series):
        return quarters(shown(series, kumulatif=kumulatif), kumulatif=kumulatif)
    kas = rollup.line(line.id).kas
    if kas is None:
        return (None,) * len(QUARTER_ENDS)
    return quarters(kas if kumulatif else single(kas, kumulatif=True), kumulatif=kumulatif)


def cash_months(plan: Plan, rollup: RollUp, line: Anggaran) -> Rupiah12:
    """Running totals of cash by months; of the lines below where the line has no cash plan of its own.

    A plan by quarters states its total in the month that closes the quarter, and nothing in the others.
    """
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    if series is not None:
        return shown(series, kumulatif=True)
    kas = rollup.line(line.id).kas or (None,) * BULAN
    if {one.periode for one in cash_series(plan, line)} == {"triwulan"}:
        return tuple(value if place in QUARTER_ENDS else None for place, value in enumerate(kas))
    return kas


def has_values(series: Series) -> bool:
    """Whether any period of the series says something."""
    return any(value not in (None, "") for value in series.nilai)


def target_series(plan: Plan, indikator: Indikator) -> Iterator[DeretIndikator]:
    """The targets that a form prints for an indicator, if it has any."""
    series = plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    if series is not None and has_values(series):
        yield series


def cash_series(plan: Plan, line: Anggaran) -> Iterator[DeretAnggaran]:
    """The cash plans that a form prints for a line: its own, else those of the lines below that it adds up."""
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    if series is not None and has_values(series):
        yield series
        return
    for child in plan.where(Anggaran, "induk_id", line.id):
        yield from cash_series(plan, child)


def note_on_months(series: Iterable[Series]) -> str:
    """What a monthly form says about a plan typed by quarters, "" where none of its series is."""
    kinds = {one.periode for one in series}
    if "triwulan" not in kinds:
        return ""
    start = "Target diisi per triwulan" if kinds == {"triwulan"} else "Sebagian target diisi per triwulan"
    return f"{start}: nilai berdiri pada bulan penutup triwulan (Maret, Juni, September, Desember)."


def note_on_quarters(series: Iterable[Series]) -> str:
    """What a quarterly form says about a plan typed by months, "" where none of its series is."""
    kinds = {one.periode for one in series}
    if "bulan" not in kinds:
        return ""
    start = "Angka triwulan" if kinds == {"bulan"} else "Sebagian angka triwulan"
    return f"{start} dihitung dari target per bulan."


def _stated(texts: Iterable[str | None]) -> list[str]:
    return [text for text in texts if text and text.strip() and not is_strip(text)]


def _quarter(months: Sequence[str | None], style: Style, *, adds: bool) -> str | None:
    stated = _stated(months)
    if not stated:
        return next((text for text in reversed(months) if text and text.strip()), None)
    if not adds or len(stated) == 1:
        return stated[-1]
    return _sum(stated, style) or "; ".join(stated)


def _makes(nilai: Iterable[str | None], target: str | None, style: Style) -> bool:
    """Whether the months together make the annual target."""
    total, year = _total(_stated(nilai), style), _total([target or ""], style)
    return total is not None and year is not None and total[0] == year[0]


def _total(texts: Sequence[str], style: Style) -> tuple[Decimal, str] | None:
    """(sum, unit behind each number) of targets in one unit; None where one cannot be read or has another unit."""
    parts = [parse_bagian(text, style) for text in texts]
    if not parts or any(len(part) != 1 for part in parts):
        return None
    units = {part[0][1].casefold() for part in parts}
    return (sum(part[0][0] for part in parts) + Decimal(0), parts[0][0][1]) if len(units) == 1 else None


def _sum(texts: Sequence[str], style: Style) -> str | None:
    """The sum of targets written as they are: separators, decimals and unit."""
    total = _total(texts, style)
    if total is None:
        return None
    value, unit = total
    text = format_angka(value, max(decimals_of(one, style) for one in texts))
    if any(_is_ungrouped(one, style) for one in texts):
        text = text.replace(".", "")
    if style is Style.ENGLISH:
        text = text.translate(_ENGLISH)
    gap = " " if unit and texts[0].rstrip().removesuffix(unit).endswith(" ") else ""
    return f"{text}{gap}{unit}"


def _is_ungrouped(text: str, style: Style) -> bool:
    """A number of a thousand or more written without separators."""
    number = text.split()[0].rstrip("%")
    whole = number.partition("." if style is Style.ENGLISH else ",")[0]
    return sum(map(str.isdigit, whole)) > 3 and whole.lstrip("+-").isdigit()

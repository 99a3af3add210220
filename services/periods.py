"""Months and quarters: one plan on monthly and on quarterly forms, whichever way it was typed; a year as of a month."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.errors import PlanError
from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, Indikator
from services.angka import Style, decide_style, decimals_of, format_angka, is_strip, parse_bagian
from services.capaian_metode import JUMLAH, RATA, TERTINGGI
from services.rollup import RollUp
from services.series import QUARTER_ENDS, Rupiah12, quarters, shown, single
from services.tanggal import MONTHS, MONTHS_SHORT, QUARTERS

Target4 = tuple[str | None, ...]
Rupiah4 = tuple[int | None, ...]
Series = DeretIndikator | DeretAnggaran

_ENGLISH = str.maketrans(".,", ",.")
_QUARTER_WORD = re.compile(r"(?:tw|triwulan)[\s.]*([1-4]|i{1,3}|iv)", re.IGNORECASE)
_MONTH_WORD = re.compile(r"(?:b|bulan\s*)?(0?[1-9]|1[0-2])", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MEAN_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Sampai:
    """As of the end of a month, 1 to 12, or of the quarter that the month closes."""

    bulan: int
    triwulan: bool = False

    @property
    def nama(self) -> str:
        """ "TW II", "Juni"."""
        return QUARTERS[self.bulan // 3 - 1] if self.triwulan else MONTHS[self.bulan - 1]

    @property
    def setahun(self) -> bool:
        """Whether it is the end of the year, which the values of the year are about."""
        return self.bulan == BULAN


def read_sampai(text: str) -> Sampai:
    """ "TW2", "TW II", "Triwulan 2", "6", "B06", "Juni" or "Jun".

    Raises:
        PlanError: none of these.
    """
    bare = text.strip()
    if quarter := _QUARTER_WORD.fullmatch(bare):
        word = quarter[1].lower()
        return Sampai(3 * (_ROMAN.get(word) or int(word)), True)
    if month := _MONTH_WORD.fullmatch(bare):
        return Sampai(int(month[1]))
    for names in (MONTHS, MONTHS_SHORT):
        for number, name in enumerate(names, 1):
            if name.lower() == bare.lower():
                return Sampai(number)
    raise PlanError(f"Periode {bare[:20]!r} tidak dikenal. Tulis TW1 sampai TW4, 1 sampai 12, atau nama bulan.")


@dataclass(frozen=True, slots=True)
class Until:
    """What a series says as of a month, as one types it; "" and a reason where it says nothing."""

    text: str = ""
    alasan: str = ""


NOTHING = Until()


def adds_up(nilai: Sequence[str | None], target: str | None) -> bool:
    """Whether the periods together make the annual target, so that they are parts of it."""
    if target and target.isdecimal() and all(not text or text == "-" or text.isdecimal() for text in nilai):
        return sum(int(text) for text in nilai if text and text != "-") == int(target)
    return _makes(nilai, target, decide_style([target, *nilai]))


def until(nilai: Sequence[str | None], bulan: int, himpun: str, target: str | None = None) -> Until:
    """The value of a year's series as of a month, 1 to 12: the sum, the last, the highest or the mean of its periods.

    Empty periods and dashes add nothing and count for nothing; NOTHING where no other stands before the month's end.

    Args:
        himpun: one of `capaian_metode.GATHERINGS`.
        target: the annual one, which helps to tell how the numbers are written.
    """
    if himpun not in _OF:
        for text in reversed(nilai[:bulan]):
            if text and _says(text):
                return Until(text)
        return NOTHING
    stated = _stated(nilai[:bulan])
    if len(stated) < 2:
        return Until(stated[0]) if stated else NOTHING
    style = decide_style([target, *nilai])
    total = _total(stated, style)
    if total is None:
        return Until(alasan=f"Nilai periode bukan angka bersatuan sama, jadi tidak ada {_OF[himpun]}.")
    if himpun == JUMLAH:
        return Until(_sum(stated, style) or "")
    if himpun == TERTINGGI:
        return Until(max(stated, key=lambda text: parse_bagian(text, style)[0][0]))
    decimals = max(_MEAN_DECIMALS, *(decimals_of(text, style) for text in stated))
    return Until(_written(total[0] / len(stated), total[1], stated, style, decimals))


_OF = {JUMLAH: "jumlahnya", TERTINGGI: "yang tertinggi", RATA: "rata-ratanya"}


def reported(nilai: Sequence[str | None], periode: str, sampai: Sampai) -> bool:
    """Whether the period that ends with the month is reported: a value or a dash in it; empty is "not yet reported".

    Of a series of quarters, as of a month within a quarter, the quarter before counts.
    """
    if periode == "triwulan":
        closed = sampai.bulan // 3 * 3
        return closed > 0 and bool((nilai[closed - 1] or "").strip())
    first = sampai.bulan - (3 if sampai.triwulan else 1)
    return any(text and not text.isspace() for text in nilai[first : sampai.bulan])


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
    return [text for text in texts if text and _says(text)]


def _says(text: str) -> bool:
    """Whether a text that is not empty is more than spaces or a dash; a digit in front tells it at once."""
    return text[0].isdigit() or bool(text.strip() and not is_strip(text))


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
    return _written(*total, texts, style, max(decimals_of(one, style) for one in texts))


def _written(value: Decimal, unit: str, texts: Sequence[str], style: Style, decimals: int) -> str:
    """A number as the texts that it was made of are written: separators, decimals and unit."""
    text = format_angka(value, decimals)
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

"""The ways in which capaian is reckoned, each a small function: numbers in, the exact percentage and the sum out.

What has no percentage has a reason instead; no way ever gives 100 or 0 because something is missing. Of a target of 0:

* higher is better: nothing was asked for, so there is no percentage;
* lower is better: a result of 0 hits it and is 100 %, any other has no percentage, as nothing can be divided by 0.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from services.angka import Style, format_angka, parse_number
from services.capaian_skala import ORDERS, Ordered, common_order, place_of

NAIK, TURUN, BALIK, PERINGKAT, RENTANG = "naik", "turun", "balik", "peringkat", "rentang"

_WIDE = Context(prec=60)
_HUNDRED = Decimal(100)

ZERO = "Target nol tidak dapat dibandingkan dalam persen."
NEGATIVE = "Target negatif tidak dapat dibandingkan dalam persen."


@dataclass(frozen=True, slots=True)
class Counted:
    """`persen` is exact, or None and `alasan` says why.

    `hitungan` is the sum without its result: "128 / 125", or the words of a percentage that is no sum, which end in a
    colon: "realisasi 0 sama dengan target 0:".
    """

    persen: Decimal | None
    hitungan: str = ""
    alasan: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way of reckoning as an officer chooses it: its name, its formula in words, and where it is laid down."""

    nama: str
    rumus: str
    sumber: str


WAYS: dict[str, Way] = {
    NAIK: Way(
        "Makin tinggi makin baik",
        "realisasi / target",
        "Keputusan Kepala LAN 239/IX/6/8/2003; PermenPANRB 53/2014",
    ),
    TURUN: Way(
        "Makin rendah makin baik",
        "(2 x target - realisasi) / target",
        "Keputusan Kepala LAN 239/IX/6/8/2003: (target - (realisasi - target)) / target; PermenPANRB 6/2022",
    ),
    BALIK: Way(
        "Makin rendah makin baik, dibalik",
        "target / realisasi",
        "kebiasaan laporan kinerja daerah; tidak pernah negatif, tetapi tak terhingga bila realisasi 0",
    ),
    PERINGKAT: Way(
        "Predikat berurutan",
        "nilai predikat realisasi / nilai predikat target",
        "urutan predikat menurut PermenPANRB 88/2021 dan UU 15/2004; nilainya urutan, dapat diubah di pengaturan",
    ),
    RENTANG: Way(
        "Target berupa rentang",
        "100 % di dalam rentang; di luarnya terhadap batas yang terdekat",
        "PermenPANRB 6/2022 (target dalam bentuk range)",
    ),
}
"""Name, as `Indikator.metode` holds it -> what it is."""


def higher(target: Decimal, realisasi: Decimal) -> Counted:
    """R / T: what is reached beyond the target counts for more than 100 %."""
    if target <= 0:
        return Counted(None, alasan=NEGATIVE if target else ZERO)
    return Counted(_divided(realisasi, target), f"{say(realisasi)} / {say(target)}")


def lower(target: Decimal, realisasi: Decimal) -> Counted:
    """(2T - R) / T: so much above the target counts as so much below 100 %; negative beyond 2T."""
    if target <= 0:
        return _hit(realisasi) if not target else Counted(None, alasan=NEGATIVE)
    return Counted(_divided(2 * target - realisasi, target), f"(2 x {say(target)} - {say(realisasi)}) / {say(target)}")


def inverse(target: Decimal, realisasi: Decimal) -> Counted:
    """T / R. A result of 0 has no percentage: it is better than any number of percent could say."""
    if target <= 0:
        return _hit(realisasi) if not target else Counted(None, alasan=NEGATIVE)
    if realisasi <= 0:
        word = "nol" if not realisasi else "negatif"
        return Counted(None, alasan=f"Realisasi {word}: target / realisasi tidak dapat dihitung.")
    return Counted(_divided(target, realisasi), f"{say(target)} / {say(realisasi)}")


def ranked(target: str, realisasi: str, orders: tuple[Ordered, ...] = ORDERS) -> Counted:
    """The value of the grade that was reached by that of the target, both of one order."""
    pair = common_order(target, realisasi, orders)
    planned, reached = pair or (place_of(target, orders), place_of(realisasi, orders))
    if planned is None:
        return Counted(None, alasan=f"Target {shown(target)} tidak ada dalam urutan predikat.")
    order, grade, value = planned
    if reached is None or reached[0] is not order:
        return Counted(None, alasan=f"Realisasi {shown(realisasi)} tidak ada dalam {order.nama}, urutan dari target.")
    _, other, got = reached
    if value <= 0:
        return Counted(None, alasan=f"Nilai predikat {grade} bukan di atas nol; periksa pengaturan urutan predikat.")
    return Counted(_divided(got, value), f"{other} = {say(got)}, {grade} = {say(value)}; {say(got)} / {say(value)}")


def ranged(bounds: tuple[Decimal, Decimal], realisasi: Decimal, way: Callable[[Decimal, Decimal], Counted]) -> Counted:
    """100 within the bounds, both of which belong to it; outside by `way` against the nearer bound."""
    low, high = bounds
    between = f"{say(low)} sampai {say(high)}"
    if low <= realisasi <= high:
        return Counted(Decimal(100), f"{say(realisasi)} di dalam rentang {between}:")
    near, word = (high, "atas") if realisasi > high else (low, "bawah")
    counted = way(near, realisasi)
    if counted.persen is None:
        return replace(counted, alasan=f"Di luar rentang {between}, batas {word} {say(near)}: {counted.alasan}")
    return replace(counted, hitungan=f"di luar rentang {between}, batas {word} {say(near)}: {counted.hitungan}")


_UPTO = r"\s*(?:-|–|—|s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*"
_RANGE = re.compile(rf"([0-9.,]+)\s*%?{_UPTO}([0-9.,]+)\s*%?(?:\s+[^\W\d].*)?", re.IGNORECASE)


def range_of(text: str, style: Style) -> tuple[Decimal, Decimal] | None:
    """The bounds of "0,75 - 0,80" or "7 sampai 8 bulan", the lower one first as it is typed; None for anything else."""
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    low, high = (parse_number(part, style) for part in found.groups())
    return (low, high) if low is not None and high is not None and low < high else None


def say(value: Decimal) -> str:
    """A number as it stands in a sum."""
    return format_angka(value) if value >= 0 else f"({format_angka(value)})"


def shown(text: str) -> str:
    """A short text as a sentence quotes it."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= 24 else f'"{line[:21].rstrip()}..."'


def _hit(realisasi: Decimal) -> Counted:
    """Of a target of 0 where lower is better."""
    if realisasi:
        return Counted(None, alasan=ZERO)
    return Counted(Decimal(100), "realisasi 0 sama dengan target 0:")


def _divided(part: Decimal, whole: Decimal) -> Decimal:
    """In percent, with digits enough that two decimals of it are right."""
    needed = abs(part.adjusted() - whole.adjusted()) + len(part.as_tuple().digits) + 12
    context = _WIDE if needed <= _WIDE.prec else Context(prec=needed)
    return context.divide(context.multiply(part, _HUNDRED), whole)

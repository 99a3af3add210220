"""Bagi: a year's sum spread over months, exactly. Whole units only: rupiah, or the last decimal of a target."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.errors import PlanError
from models.rows import BULAN
from services.series import QUARTER_ENDS

Units12 = tuple[int | None, ...]
"""Twelve single months, Januari first, in whole units; None where a month says nothing."""


@dataclass(frozen=True, slots=True)
class Year:
    """What is to be divided.

    `total`: units, >= 0. `now`: the single months; None also where a month holds a dash or a word. `filled`: the places
    that say anything. `places`: those that the series has room for. `running`: it is kept as running totals.
    `rounded`: the running totals are rounded halves up, as official target columns are (1,50 by quarters is 0,38, 0,75,
    1,13, 1,50); else each month is rounded down and the remainder goes into the last month.
    """

    total: int
    now: Units12
    filled: frozenset[int]
    places: tuple[int, ...]
    running: bool
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """Twelve single months that were found; those of `kept` are as they were.

    `rest`: units that went into the month `rest_at` to make the sum exact.
    """

    months: Units12
    kept: frozenset[int] = frozenset()
    rest: int = 0
    rest_at: int | None = None

    @property
    def total(self) -> int:
        """The sum of the months."""
        return sum(value or 0 for value in self.months)


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split a total by weights: each share rounded down, the remainder to the last one with a weight.

    Args:
        total: >= 0.
        weights: each >= 0.
    Raises:
        ValueError: all weights are zero, or something is negative.
    """
    _require(total, weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    last = max(place for place, weight in enumerate(weights) if weight)
    parts[last] += total - sum(parts)
    return tuple(parts)


def spread_rounded(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split a total by weights so that each running total is the exact one, halves rounded up.

    Args:
        total: >= 0.
        weights: each >= 0.
    Raises:
        ValueError: all weights are zero, or something is negative.
    """
    _require(total, weights)
    whole, reached, before = sum(weights), 0, 0
    parts: list[int] = []
    for weight in weights:
        reached += weight
        upto = (2 * total * reached + whole) // (2 * whole)
        parts.append(upto - before)
        before = upto
    return tuple(parts)


def divide(year: Year, weights: Sequence[int], months: Collection[int], *, keep: bool = False) -> Parts:
    """Spread the year over the chosen months by weights, so that the sum is exact.

    A plan of quarters takes the sum of each quarter's three weights. `keep`: the months that are filled stay as they
    are and the others share what is left; running totals that stay fix all that lies before them.

    Args:
        weights: 12, each >= 0.
        months: the places chosen.
    Raises:
        PlanError: no month, or none with a weight, is left for it, or the months kept are more than the whole.
    """
    kept = year.filled if keep else frozenset[int]()
    first = max(kept, default=-1) + 1 if year.running else 0
    free = [place for place in year.places if place in months and place not in kept and place >= first]
    left = year.total - sum(year.now[place] or 0 for place in kept)
    if left < 0:
        raise PlanError("Bulan yang dipertahankan sudah melebihi setahun. Hapus centang Pertahankan.")
    if not free and left:
        raise PlanError("Tidak ada bulan untuk sisanya. Pilih bulan lain." if kept else "Pilih sedikitnya satu bulan.")
    shares = folded(weights, year.places)
    chosen = [shares[place] for place in free]
    if left and not any(chosen):
        raise PlanError("Tidak ada bagian pada bulan yang dipilih. Pilih bulan lain.")
    if not any(chosen):
        values: tuple[int, ...] = (0,) * len(free)
    else:
        values = spread_rounded(left, chosen) if year.rounded else spread(left, chosen)
    rest, rest_at = _rest(left, free, chosen) if any(chosen) and not year.rounded else (0, None)
    return Parts(_placed(year, kept, dict(zip(free, values, strict=True))), kept, rest, rest_at)


def same(year: Year, amount: int, months: Collection[int], *, keep: bool = False) -> Parts:
    """The same amount in each chosen month; the sum may differ from the year's."""
    kept = year.filled if keep else frozenset[int]()
    return Parts(_placed(year, kept, {place: amount for place in year.places if place in months}), kept)


def onward(year: Year, months: Collection[int]) -> Parts:
    """Go on from the last month that has a number, up to December, in the chosen months.

    Single months repeat that month's amount, and the sum may differ; running totals share what is left evenly.

    Raises:
        PlanError: no month is filled, or December is, or running totals have passed the year's.
    """
    last = max((place for place in year.filled if year.now[place] is not None), default=None)
    if last is None:
        raise PlanError("Belum ada bulan yang diisi, jadi tidak ada yang diteruskan.")
    later = [place for place in year.places if place > last and place in months]
    if not later:
        raise PlanError("Tidak ada bulan kosong sesudah bulan terakhir yang diisi.")
    kept = frozenset(place for place in year.filled if place <= last)
    if year.running:
        if sum(year.now[place] or 0 for place in kept) > year.total:
            raise PlanError("Bulan yang sudah diisi melebihi setahun, jadi tidak ada sisa untuk diteruskan.")
        there = Year(year.total, year.now, kept, year.places, True, year.rounded)
        return divide(there, (1,) * BULAN, later, keep=True)
    return Parts(_placed(year, kept, dict.fromkeys(later, year.now[last] or 0)), kept)


def folded(weights: Sequence[int], places: Collection[int]) -> tuple[int, ...]:
    """Weights of months as those of the quarters they lie in, where a series has only closing months."""
    if tuple(places) != QUARTER_ENDS:
        return tuple(weights)
    return tuple(sum(weights[place - 2 : place + 1]) if place in QUARTER_ENDS else 0 for place in range(BULAN))


def _placed(year: Year, kept: frozenset[int], found: dict[int, int]) -> Units12:
    return tuple(year.now[place] if place in kept else found.get(place) for place in range(BULAN))


def _rest(left: int, free: Sequence[int], weights: Sequence[int]) -> tuple[int, int | None]:
    whole = sum(weights)
    rest = left - sum(left * weight // whole for weight in weights)
    return rest, max(place for place, weight in zip(free, weights, strict=True) if weight) if rest else None


def _require(total: int, weights: Sequence[int]) -> None:
    if total < 0 or any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("a total >= 0 and weights >= 0 with one above zero are wanted")

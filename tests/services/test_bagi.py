"""Bagi: the sum is exact whatever is divided, over whichever months, by whatever weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from models.rows import BULAN, NILAI_MAKS
from services.bagi import Parts, Year, divide, onward, same, spread, spread_rounded
from services.series import QUARTER_ENDS, running

ALL = tuple(range(BULAN))
totals = st.integers(0, NILAI_MAKS)
weights = st.lists(st.integers(0, 10**12), min_size=BULAN, max_size=BULAN).filter(any)
chosen = st.sets(st.integers(0, BULAN - 1), min_size=1)
nows = st.lists(st.none() | st.integers(0, 10**9), min_size=BULAN, max_size=BULAN)


def year(total: int, now: list[int | None] | None = None, *, quarters: bool = False, **more: bool) -> Year:
    """A year of months or of quarters; what is filled is what has a number."""
    places = QUARTER_ENDS if quarters else ALL
    there = [value if place in places else None for place, value in enumerate(now or [None] * BULAN)]
    filled = frozenset(place for place, value in enumerate(there) if value is not None)
    return Year(total, tuple(there), filled, places, **({"running": False} | more))


@given(totals, weights)
def test_parts_of_both_kinds_make_the_total_and_none_is_negative(total: int, shares: list[int]) -> None:
    for parts in (spread(total, shares), spread_rounded(total, shares)):
        assert sum(parts) == total
        assert min(parts) >= 0
        assert all(part == 0 for part, weight in zip(parts, shares, strict=True) if not weight)


@given(totals, weights)
def test_a_greater_weight_never_gets_less_but_for_the_remainder_in_the_last_month(
    total: int, shares: list[int]
) -> None:
    parts = spread(total, shares)
    last = max(place for place, weight in enumerate(shares) if weight)
    others = sorted(
        (weight, part) for place, (weight, part) in enumerate(zip(shares, parts, strict=True)) if place != last
    )
    assert [part for _, part in others] == sorted(part for _, part in others)
    assert parts[last] - total * shares[last] // sum(shares) < BULAN


@given(totals, weights)
def test_rounded_running_totals_are_never_more_than_half_a_unit_off(total: int, shares: list[int]) -> None:
    reached = running(spread_rounded(total, shares), kumulatif=False)
    exact = running(tuple(shares), kumulatif=False)
    for got, upto in zip(reached, exact, strict=True):
        assert got is not None
        assert upto is not None
        assert abs(2 * got * sum(shares) - 2 * total * upto) <= sum(shares)


@given(totals, weights, chosen, st.booleans(), st.booleans())
def test_the_year_is_exact_over_any_months_and_the_others_get_nothing(
    total: int, shares: list[int], months: set[int], rounded: bool, quarters: bool
) -> None:
    try:
        parts = divide(year(total, quarters=quarters, rounded=rounded), shares, months)
    except PlanError:
        places = QUARTER_ENDS if quarters else ALL
        spans = [(place - 2, place + 1) if quarters else (place, place + 1) for place in places if place in months]
        assert not any(any(shares[a:b]) for a, b in spans)
        return
    assert parts.total == total
    assert all(value is None for place, value in enumerate(parts.months) if place not in months)
    assert all(value is None or value >= 0 for value in parts.months)


@given(totals, nows, chosen, weights, st.booleans())
def test_kept_months_stay_as_they_are_also_in_running_totals(
    total: int, now: list[int | None], months: set[int], shares: list[int], runs: bool
) -> None:
    there = year(total, now, running=runs)
    try:
        parts = divide(there, shares, months, keep=True)
    except PlanError:
        return
    assert parts.total == total
    assert parts.kept == there.filled
    before, after = running(there.now, kumulatif=False), running(parts.months, kumulatif=False)
    for place in there.filled:
        assert parts.months[place] == there.now[place]
        assert not runs or after[place] == before[place]


def test_an_even_year_keeps_its_remainder_for_the_last_month_chosen() -> None:
    parts = divide(year(7_065_200), (1,) * BULAN, range(1, BULAN))
    assert parts.months == (None, *(642_290,) * 10, 642_300)
    assert (parts.rest, parts.rest_at) == (10, 11)
    assert divide(year(12), (1,) * BULAN, ALL).rest_at is None
    assert divide(year(7), (1,) * BULAN, (2, 5)).rest_at == 5


@pytest.mark.parametrize(
    ("hundredths", "printed"),
    [(150, (38, 75, 113, 150)), (7774, (1944, 3887, 5831, 7774)), (2700, (675, 1350, 2025, 2700))],
)
def test_rounded_quarters_are_those_of_the_buleleng_form(hundredths: int, printed: tuple[int, ...]) -> None:
    parts = divide(year(hundredths, rounded=True), (1,) * BULAN, QUARTER_ENDS)
    totals = running(parts.months, kumulatif=False)
    assert tuple(totals[place] for place in QUARTER_ENDS) == printed


def test_months_kept_that_exceed_the_whole_are_refused() -> None:
    with pytest.raises(PlanError, match="melebihi setahun"):
        divide(year(10, [20, *[None] * 11]), (1,) * BULAN, ALL, keep=True)
    with pytest.raises(PlanError, match="Tidak ada bulan untuk sisanya"):
        divide(year(30, [20, *[None] * 11]), (1,) * BULAN, (0,), keep=True)
    with pytest.raises(PlanError, match="Pilih sedikitnya satu bulan"):
        divide(year(30), (1,) * BULAN, ())
    with pytest.raises(PlanError, match="Tidak ada bagian"):
        divide(year(30), (1, *(0,) * 11), (4,))


def test_nothing_to_divide_gives_zeros_whatever_the_weights() -> None:
    assert divide(year(0), (0,) * BULAN, (3,)).months[3] == 0


def test_the_same_amount_says_what_it_makes_and_keeps_what_is_kept() -> None:
    there = year(100, [7, *[None] * 11])
    assert same(there, 5, ALL) == Parts((5,) * BULAN)
    assert same(there, 5, (1, 2), keep=True).months[:4] == (7, 5, 5, None)


def test_going_on_repeats_single_months_and_spreads_what_is_left_of_running_totals() -> None:
    now = [10, 20, *[None] * 10]
    assert onward(year(1000, now), ALL).months == (10, 20, *(20,) * 10)
    assert onward(year(1000, now, running=True), ALL).months == (10, 20, *(97,) * 10)
    assert onward(year(1000, now, running=True), (5, 11)).months[5] == 485


def test_going_on_needs_a_filled_month_and_an_empty_one_behind_it() -> None:
    with pytest.raises(PlanError, match="Belum ada bulan"):
        onward(year(10), ALL)
    with pytest.raises(PlanError, match="Tidak ada bulan kosong"):
        onward(year(12, [1] * BULAN), ALL)
    with pytest.raises(PlanError, match="sudah diisi melebihi setahun"):
        onward(year(12, [20, *[None] * 11], running=True), ALL)


def test_a_plan_of_quarters_takes_the_weights_of_its_months_together() -> None:
    parts = divide(year(110, quarters=True), (0, *(1,) * 11), ALL)
    assert [parts.months[place] for place in QUARTER_ENDS] == [20, 30, 30, 30]


@pytest.mark.parametrize(("total", "shares"), [(-1, [1]), (1, [0, 0]), (1, [2, -1])])
def test_what_cannot_be_split_is_an_error_of_the_caller(total: int, shares: list[int]) -> None:
    for function in (spread, spread_rounded):
        with pytest.raises(ValueError, match="weights"):
            function(total, shares)

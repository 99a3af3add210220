"""One series through the year: totals, single months, quarters, and typing in either view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rows import NILAI_MAKS, DeretAnggaran
from services.series import places, quarters, running, shown, single, with_month

ROW = {"id": "s", "dokumen_id": "d", "anggaran_id": "a", "jenis": "kas", "periode": "bulan"}

amounts = st.integers(0, 10**12)
months = st.lists(st.none() | amounts, min_size=12, max_size=12).map(tuple)
place = st.integers(0, 11)
series = st.builds(lambda nilai, own: DeretAnggaran(**ROW, kumulatif=own, nilai=nilai), months, st.sampled_from([0, 1]))


def year(*values):
    """Twelve months from those given."""
    return (*values, *[None] * (12 - len(values)))


def replaced(values, at, value):
    return (*values[:at], value, *values[at + 1 :])


def test_single_months_add_up_to_running_totals():
    assert running(year(5, 0, 7), kumulatif=False) == (5, 5, *[12] * 10)


def test_an_empty_month_holds_the_total_before_it():
    assert running(year(None, 5, None, 2), kumulatif=False) == (None, 5, 5, *[7] * 9)
    assert running(year(None, 5, None, 9), kumulatif=True) == (None, 5, 5, *[9] * 9)


def test_nothing_typed_has_no_total():
    assert running(year(), kumulatif=False) == year()


def test_a_month_is_the_total_less_the_last_one_typed():
    assert single(year(5, None, 12, 12), kumulatif=True) == year(5, None, 7, 0)
    assert single(year(5, 3), kumulatif=True) == year(5, -2)


@given(months)
def test_single_months_of_running_totals_add_up_to_them_again(values):
    back = running(single(values, kumulatif=True), kumulatif=False)
    assert back == running(values, kumulatif=True)


@given(months)
def test_the_last_total_is_the_sum_of_the_single_months(values):
    typed = [value for value in values if value is not None]
    assert running(values, kumulatif=False)[-1] == (sum(typed) if typed else None)


@given(series)
def test_a_series_in_its_own_view_is_as_typed(row):
    assert shown(row, kumulatif=bool(row.kumulatif)) == row.nilai


@given(series)
def test_an_empty_month_is_empty_in_both_views(row):
    empty = [value is None for value in row.nilai]
    for kumulatif in (False, True):
        assert [value is None for value in shown(row, kumulatif=kumulatif)] == empty


@given(series)
def test_a_quarter_of_totals_is_the_total_at_its_end(row):
    totals = shown(row, kumulatif=True)
    assert quarters(totals, kumulatif=True) == tuple(running(totals, kumulatif=True)[m] for m in (2, 5, 8, 11))


@given(months)
def test_quarters_of_single_months_add_up_to_the_year(values):
    typed = [value for value in values if value is not None]
    by_quarter = [value for value in quarters(values, kumulatif=False) if value is not None]
    assert sum(by_quarter) == sum(typed)
    for quarter, value in enumerate(quarters(values, kumulatif=False)):
        empty = all(month is None for month in values[quarter * 3 : quarter * 3 + 3])
        assert (value is None) == empty


def test_the_places_of_a_quarterly_series_close_the_quarters():
    assert tuple(places("triwulan")) == (2, 5, 8, 11)
    assert tuple(places("bulan")) == tuple(range(12))


def after(row, at, value, *, kumulatif):
    """The series after typing; None where it is refused."""
    try:
        return with_month(row, at, value, kumulatif=kumulatif)
    except ValueError:
        return None


@given(series, place, amounts, st.booleans())
def test_what_is_typed_in_a_view_is_what_the_view_shows_and_nothing_else_moves_there(row, at, value, kumulatif):
    new = after(row, at, value, kumulatif=kumulatif)
    if new is not None:
        assert shown(new, kumulatif=kumulatif) == replaced(shown(row, kumulatif=kumulatif), at, value)


@given(series, place, st.booleans())
def test_an_emptied_month_is_empty_in_both_views(row, at, kumulatif):
    new = after(row, at, None, kumulatif=kumulatif)
    if new is not None:
        assert shown(new, kumulatif=True)[at] is shown(new, kumulatif=False)[at] is None
        assert shown(new, kumulatif=kumulatif) == replaced(shown(row, kumulatif=kumulatif), at, None)


@given(series, place, amounts, st.booleans())
def test_no_stored_month_is_ever_negative_or_beyond_the_bound(row, at, value, kumulatif):
    new = after(row, at, value, kumulatif=kumulatif)
    assert new is None or all(v is None or 0 <= v <= NILAI_MAKS for v in new.nilai)


@given(series, place, amounts)
def test_in_its_own_view_any_amount_may_be_typed(row, at, value):
    assert after(row, at, value, kumulatif=bool(row.kumulatif)) is not None


@given(series, place, amounts, amounts, st.booleans())
def test_typing_the_old_value_again_brings_the_series_back(row, at, value, old, kumulatif):
    row = with_month(row, at, old, kumulatif=bool(row.kumulatif))
    new = after(row, at, value, kumulatif=kumulatif)
    if new is not None:
        assert with_month(new, at, shown(row, kumulatif=kumulatif)[at], kumulatif=kumulatif) == row


def test_a_single_month_typed_into_totals_moves_all_later_totals():
    row = DeretAnggaran(**ROW, kumulatif=1, nilai=year(10, 20, None, 30))
    assert with_month(row, 1, 15, kumulatif=False).nilai == year(10, 25, None, 35)
    assert with_month(row, 2, 1, kumulatif=False).nilai == year(10, 20, 21, 31)


def test_a_total_typed_into_single_months_is_taken_from_the_next_one():
    row = DeretAnggaran(**ROW, kumulatif=0, nilai=year(10, 10, None, 10))
    assert with_month(row, 1, 25, kumulatif=True).nilai == year(10, 15, None, 5)
    assert with_month(row, 2, 24, kumulatif=True).nilai == year(10, 10, 4, 6)


@pytest.mark.parametrize(
    ("own", "nilai", "at", "value"),
    [(0, year(10, 10, 10), 1, 35), (0, year(10, 10, 10), 1, 5)],
    ids=["next month below nothing", "month below nothing"],
)
def test_a_total_that_would_make_a_month_negative_is_refused(own, nilai, at, value):
    with pytest.raises(ValueError, match="negative"):
        with_month(DeretAnggaran(**ROW, kumulatif=own, nilai=nilai), at, value, kumulatif=not own)


def test_a_single_month_that_lifts_a_total_beyond_the_bound_is_refused():
    row = DeretAnggaran(**ROW, kumulatif=1, nilai=year(1, 2))
    with pytest.raises(ValueError):
        with_month(row, 1, NILAI_MAKS, kumulatif=False)

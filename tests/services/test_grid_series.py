"""Targets typed in either view, numbers written as their neighbours are, and what a fill handle continues."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rows import DeretIndikator
from services.angka import Style, format_angka
from services.grid_fill import continued
from services.grid_numbers import read_number, suffix_of, write_like
from services.series import target_months, with_target_months

ROW = {"id": "s", "dokumen_id": "d", "indikator_id": "i", "jenis": "target", "periode": "bulan"}

numbers = st.decimals(0, 10**6, places=2).map(lambda value: format_angka(value))
texts = st.none() | st.sampled_from(["-", "A", "BB", "20 orang 10 koperasi"]) | numbers
units = st.sampled_from(["", "%", " laporan"])
years = st.lists(texts, min_size=12, max_size=12).map(tuple)
ways = st.sampled_from(["kumulatif", "jumlah"])
place = st.integers(0, 11)


def year(*values):
    """Twelve months from those given."""
    return (*values, *[None] * (12 - len(values)))


def meaning(text):
    """A number, or the text itself."""
    value = read_number(text, Style.INDONESIAN)
    return text or "" if value is None else value


def seen(nilai, how, kumulatif):
    return [meaning(t) for t in target_months(nilai, akumulasi=how, kumulatif=kumulatif, annual="1.000.000,00")]


def typed(nilai, at, text, how, kumulatif):
    row = DeretIndikator(**ROW, nilai=nilai)
    return with_target_months(row, {at: text}, akumulasi=how, kumulatif=kumulatif, annual="1.000.000,00").nilai


@given(years, place, texts, ways, st.booleans())
def test_a_view_shows_what_was_typed_in_it_and_its_other_months_stay(nilai, at, text, how, kumulatif):
    before = seen(nilai, how, kumulatif)
    after = seen(typed(nilai, at, text, how, kumulatif), how, kumulatif)
    assert after == [*before[:at], meaning(text), *before[at + 1 :]]


@given(years, place, numbers, ways)
def test_both_views_agree_after_typing(nilai, at, text, how):
    new = typed(nilai, at, text, how, False)
    singles, totals = seen(new, how, False), seen(new, how, True)
    reached = Decimal()
    for single, total in zip(singles, totals, strict=True):
        if isinstance(single, Decimal):
            reached += single
            assert total == reached
        else:
            assert total == single


@given(years, place, texts, st.sampled_from([None, "posisi", "predikat"]), st.booleans())
def test_targets_that_do_not_run_up_are_the_same_in_both_views(nilai, at, text, how, kumulatif):
    assert typed(nilai, at, text, how, kumulatif) == (*nilai[:at], text, *nilai[at + 1 :])
    assert seen(nilai, how, kumulatif) == [meaning(text) for text in nilai]


@given(st.lists(numbers, min_size=12, max_size=12), units, place, numbers)
def test_numbers_that_move_keep_their_unit(values, unit, at, text):
    nilai = tuple(value + unit for value in values)
    assert {suffix_of(t or "") for t in typed(nilai, at, text + unit, "kumulatif", False)} == {unit}


def test_a_single_month_typed_into_running_targets_moves_the_later_ones_as_they_are_written():
    nilai = year("-", "10%", None, "25,5%", "A", "30%")
    assert typed(nilai, 1, "12,25%", "kumulatif", False) == year("-", "12,25%", None, "27,75%", "A", "32,25%")
    assert target_months(nilai, akumulasi="kumulatif", kumulatif=False, annual="30%")[:6] == (
        *("-", "10,0%", "", "15,5%", "A", "4,5%"),
    )


def test_english_decimals_stay_english():
    nilai = year("19.50", "21.75")
    assert typed_in_english(nilai, 0, "20.25") == year("20.25", "22.50")


def typed_in_english(nilai, at, text):
    row = DeretIndikator(**ROW, nilai=nilai)
    return with_target_months(row, {at: text}, akumulasi="kumulatif", kumulatif=False, annual="100.00").nilai


def test_several_months_are_taken_together():
    row = DeretIndikator(**ROW, nilai=year("1", "2", "3"))
    new = with_target_months(row, {0: "5", 2: "5"}, akumulasi="jumlah", kumulatif=True, annual=None)
    assert new.nilai == year("5", "-2", "2")


def test_a_quarterly_series_has_no_room_in_between():
    row = DeretIndikator(**{**ROW, "periode": "triwulan"})
    with pytest.raises(ValueError, match="quarterly"):
        with_target_months(row, {3: "1"}, akumulasi="kumulatif", kumulatif=False, annual=None)


@pytest.mark.parametrize(
    ("value", "like", "style", "text"),
    [
        ("1234.5", "1.000,00", Style.INDONESIAN, "1.234,50"),
        ("1234.5", "1000,00", Style.INDONESIAN, "1234,50"),
        ("1234.5", "1,000.00", Style.ENGLISH, "1,234.50"),
        ("3", "2 laporan", Style.INDONESIAN, "3 laporan"),
        ("27.125", "25%", Style.INDONESIAN, "27,125%"),
        ("1500", "20", Style.INDONESIAN, "1.500"),
    ],
)
def test_a_number_is_written_as_another_one_is(value, like, style, text):
    assert write_like(Decimal(value), like, style) == text


@pytest.mark.parametrize(
    ("texts", "back", "filled"),
    [
        (["5"], False, ["5", "5", "5"]),
        (["1", "3"], False, ["5", "7", "9"]),
        (["10", "8", "6"], False, ["4", "2", "0"]),
        (["1", "3"], True, ["-1", "-3", "-5"]),
        (["1.000.000", "1.500.000"], False, ["2.000.000", "2.500.000", "3.000.000"]),
        (["2,25%", "4,50%"], False, ["6,75%", "9,00%", "11,25%"]),
        (["1 laporan", "2 laporan"], False, ["3 laporan", "4 laporan", "5 laporan"]),
        (["1", "2", "4"], False, ["1", "2", "4"]),
        (["-", "5"], False, ["-", "5", "-"]),
        (["1%", "2 orang"], False, ["1%", "2 orang", "1%"]),
        (["A", "5"], True, ["5", "A", "5"]),
    ],
)
def test_equal_steps_are_continued_and_all_else_is_repeated(texts, back, filled):
    assert continued(texts, 3, back=back) == filled


@given(st.integers(-(10**6), 10**6), st.integers(-(10**4), 10**4), st.integers(2, 6), st.integers(1, 6))
def test_a_progression_goes_on_by_its_step(first, step, given_count, count):
    start = [format_angka(Decimal(first + step * i)) for i in range(given_count)]
    wanted = [Decimal(first + step * i) for i in range(given_count, given_count + count)]
    assert [read_number(text, Style.INDONESIAN) for text in continued(start, count)] == wanted

"""Months as quarters and quarters on monthly forms: targets by their kind, cash both ways, what a form says of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator
from services.angka import Style, parse_angka
from services.periods import (
    cash_months,
    cash_quarters,
    cash_series,
    note_on_months,
    note_on_quarters,
    quarters_of,
    target_quarters,
)
from services.rollup import RollUp
from services.samples import sample_plan


def year(*months):
    """Twelve months of which the first are given, as the rest are empty."""
    return (*months, *(None,) * (12 - len(months)))


@pytest.mark.parametrize("akumulasi", ["kumulatif", "posisi", "predikat", None])
@pytest.mark.parametrize(
    ("months", "quarter"),
    [
        (("1", "2", "3"), "3"),
        (("1", "2", None), "2"),
        (("1", "2", "-"), "2"),
        (("B", "-", None), "B"),
        (("-", "-", "-"), "-"),
        (("-", None, None), "-"),
        ((None, "", None), None),
        ((None, "0", "-"), "0"),
        (("1", "2", " "), "2"),
    ],
)
def test_a_level_is_what_the_quarter_ends_with(akumulasi, months, quarter):
    assert quarters_of(year(*months), akumulasi) == (quarter, None, None, None)


@pytest.mark.parametrize(
    ("months", "quarter"),
    [
        (("1", "2", "3"), "6"),
        (("1", "-", "3"), "4"),
        (("1", None, None), "1"),
        (("-", "-", None), "-"),
        ((None, None, None), None),
        (("1,5", "2,25", None), "3,75"),
        (("0,5", "0,5", None), "1,0"),
        (("600", "600", "0"), "1.200"),
        (("6.000", "600", None), "6.600"),
        (("6000", "600", None), "6600"),
        (("40%", "20%", None), "60%"),
        (("1 laporan", "2 laporan", "-"), "3 laporan"),
        (("1 laporan", "2 Laporan", "-"), "3 laporan"),
        (("1 laporan", "2 dokumen", "-"), "1 laporan; 2 dokumen"),
        (("1 laporan", "-", None), "1 laporan"),
        (("A", "5", None), "A; 5"),
        (("20 orang 10 koperasi", None, None), "20 orang 10 koperasi"),
    ],
)
def test_what_adds_up_is_added_where_it_can_be(months, quarter):
    assert quarters_of(year(*months), "jumlah") == (quarter, None, None, None)


def test_a_sum_keeps_the_style_of_its_column():
    assert quarters_of(year("0.25", "0.5", "1,000.5"), "jumlah")[0] == "1,001.25"
    assert quarters_of(year("1.000", "500", "1"), "jumlah")[0] == "1.501"


def test_months_that_make_the_annual_target_add_up_where_nobody_said_so():
    months = ("1",) * 12
    assert quarters_of(months, None, "12") == ("3", "3", "3", "3")
    assert quarters_of(months, None, "1") == ("1", "1", "1", "1")
    assert quarters_of(months, "posisi", "12") == ("1", "1", "1", "1")


whole = st.integers(0, 10**9)


@given(st.lists(st.none() | whole, min_size=12, max_size=12))
def test_the_quarters_of_what_adds_up_make_the_same_year(numbers):
    texts = [None if n is None else f"{n:,}".replace(",", ".") for n in numbers]
    four = quarters_of(texts, "jumlah")
    read = [parse_angka(text, Style.INDONESIAN).value for text in four if text is not None]
    assert sum(read) == sum(n for n in numbers if n is not None)
    assert [text is None for text in four] == [all(n is None for n in numbers[q : q + 3]) for q in (0, 3, 6, 9)]


def test_a_target_typed_by_quarters_is_printed_as_typed():
    plan, _ = sample_plan("lombok-tengah-2022")
    for series in plan.all(DeretIndikator):
        indikator = plan.get(Indikator, series.indikator_id)
        assert target_quarters(plan, indikator) == tuple(series.nilai[m] for m in (2, 5, 8, 11))
    bare = next(i for i in plan.all(Indikator) if not plan.where(DeretIndikator, "indikator_id", i.id))
    assert target_quarters(plan, bare) == (None,) * 4


def with_cash(nilai, *, periode="bulan", kumulatif=0):
    """(plan, budget line) with this cash plan."""
    plan, _ = sample_plan("lombok-tengah-2022")
    line = next(a for a in plan.all(Anggaran) if a.jenis == "sub_kegiatan")
    old = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    new = replace(old, periode=periode, kumulatif=kumulatif, nilai=tuple(nilai))
    plan.apply([Change(old, new)])
    return plan, line


@pytest.mark.parametrize(
    ("nilai", "kumulatif", "each", "running"),
    [
        (range(1, 13), 0, (6, 15, 24, 33), (6, 21, 45, 78)),
        ([1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 66, 78], 1, (6, 15, 24, 33), (6, 21, 45, 78)),
        (year(None, None, 5), 0, (5, None, None, None), (5, 5, 5, 5)),
        (year(None, None, 0, 0, 0, 0), 0, (0, 0, None, None), (0, 0, 0, 0)),
        (year(5, None, None, None, None, 7), 1, (5, 2, None, None), (5, 7, 7, 7)),
    ],
)
def test_cash_by_quarters_each_by_itself_and_running(nilai, kumulatif, each, running):
    plan, line = with_cash(nilai, kumulatif=kumulatif)
    assert cash_quarters(plan, RollUp(plan), line) == each
    assert cash_quarters(plan, RollUp(plan), line, kumulatif=True) == running


def test_a_line_that_says_nothing_has_the_cash_of_the_lines_below():
    plan, _ = sample_plan("lombok-tengah-2022")
    line = next(a for a in plan.all(Anggaran) if len(plan.where(Anggaran, "induk_id", a.id)) > 3)
    own = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    below = plan.where(Anggaran, "induk_id", line.id)
    plan.apply([Change(own, replace(own, nilai=(None,) * 12))])
    four = [cash_quarters(plan, RollUp(plan), child) for child in below]
    sums = tuple(sum(v or 0 for v in quarter) for quarter in zip(*four, strict=True))
    assert cash_quarters(plan, RollUp(plan), line) == sums
    assert {series.anggaran_id for series in cash_series(plan, line)} == {child.id for child in below}


def test_a_line_above_quarters_states_its_running_total_in_the_closing_months_only():
    plan, _ = sample_plan("lombok-tengah-2022")
    line = next(a for a in plan.all(Anggaran) if a.jenis == "program")
    own = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    plan.apply([Change(own, None)])
    months = cash_months(plan, RollUp(plan), line)
    assert [m for m, value in enumerate(months) if value is not None] == [2, 5, 8, 11]
    assert months[11] == sum(value or 0 for value in own.nilai)
    below = plan.where(Anggaran, "induk_id", line.id)[0]
    series = plan.one(DeretAnggaran, "anggaran_id", below.id, "kas")
    plan.apply([Change(series, replace(series, periode="bulan"))])
    assert cash_months(plan, RollUp(plan), line)[3] == months[2]


def series(*periods):
    return [
        DeretIndikator(id=str(i), dokumen_id="d", indikator_id="i", jenis="target", periode=periode)
        for i, periode in enumerate(periods)
    ]


def test_a_form_says_how_its_periods_came_about_only_where_they_did():
    assert note_on_months([]) == note_on_quarters([]) == ""
    assert note_on_months(series("bulan", "bulan")) == ""
    assert note_on_quarters(series("triwulan")) == ""
    assert note_on_months(series("triwulan")) == (
        "Target diisi per triwulan: nilai berdiri pada bulan penutup triwulan (Maret, Juni, September, Desember)."
    )
    assert note_on_months(series("bulan", "triwulan")).startswith("Sebagian target diisi per triwulan: ")
    assert note_on_quarters(series("bulan")) == "Angka triwulan dihitung dari target per bulan."
    assert note_on_quarters(series("bulan", "triwulan")) == "Sebagian angka triwulan dihitung dari target per bulan."


def test_decimals_do_not_drift():
    assert quarters_of(year("0,1", "0,2", None), "jumlah")[0] == "0,3"
    assert Decimal("0.3") == parse_angka("0,3", Style.INDONESIAN).value

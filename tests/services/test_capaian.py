"""What was reached of a target: the rule, the scale, what has no number, and the figures that an agency printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_json import LAMPUNG, name_of, opened

from services.capaian import SCALE, capaian, grade_of, percent


@pytest.mark.parametrize(
    ("target", "realisasi", "arah", "persen", "predikat"),
    [
        ("125 orang", "128", "naik", "102.40", "Sangat Tinggi"),
        ("18,98 %", "17,30", None, "91.15", "Sangat Tinggi"),
        ("78,00", "39,00", None, "50.00", "Sangat Rendah"),
        ("1.365", "682", None, "49.96", "Sangat Rendah"),
        ("25%", "25 persen", None, "100.00", "Sangat Tinggi"),
        ("10", "8", "turun", "120.00", "Sangat Tinggi"),
        ("10", "13", "turun", "70.00", "Sedang"),
        ("10", "25", "turun", "-50.00", "Sangat Rendah"),
        ("10", "0", "naik", "0.00", "Sangat Rendah"),
        ("3", "2", "naik", "66.67", "Sedang"),
        ("1600", "1", "naik", "0.06", "Sangat Rendah"),
        ("1", "0,00005", "naik", "0.01", "Sangat Rendah"),
    ],
)
def test_the_percent_and_its_predicate(target, realisasi, arah, persen, predikat):
    reached = capaian(target, realisasi, arah)
    assert (str(reached.persen), reached.predikat, reached.alasan) == (persen, predikat, "")


@pytest.mark.parametrize(
    ("target", "realisasi", "words"),
    [
        ("", "5", "Target belum"),
        ("-", "5", "Target belum"),
        ("5", "", "Realisasi belum"),
        ("5", " - ", "Realisasi belum"),
        ("0", "5", "nol"),
        ("-2", "5", "negatif"),
        ("######", "5", "Target tidak terbaca"),
        ("5", "13.5O", "Realisasi tidak terbaca"),
        ("20 orang 10 koperasi", "20 orang", "Target tidak terbaca"),
        ("12 dokumen", "12 laporan", "Satuan"),
        ("12 dokumen", "100%", "Satuan"),
    ],
)
def test_what_cannot_be_compared_has_no_number_and_a_reason(target, realisasi, words):
    reached = capaian(target, realisasi)
    assert (reached.persen, reached.predikat, reached.warna) == (None, "", "")
    assert words in reached.alasan


@pytest.mark.parametrize(("realisasi", "same"), [("BB", True), ("bb", True), ("A", False), ("85", False)])
def test_a_grade_is_the_same_or_another_and_never_a_number(realisasi, same):
    reached = capaian("BB", realisasi)
    assert (reached.persen, reached.sama) == (None, same)
    assert ("sama dengan" in reached.alasan) is same


@pytest.mark.parametrize(
    ("persen", "predikat"),
    [
        ("90.01", "Sangat Tinggi"),
        ("90", "Tinggi"),
        ("75.01", "Tinggi"),
        ("75", "Sedang"),
        ("65.01", "Sedang"),
        ("65", "Rendah"),
        ("50.01", "Rendah"),
        ("50", "Sangat Rendah"),
        ("-1000", "Sangat Rendah"),
    ],
)
def test_the_steps_of_the_scale_are_half_open(persen, predikat):
    assert grade_of(Decimal(persen)).predikat == predikat


def test_the_predicates_differ_in_word_and_in_colour():
    assert len({grade.predikat for grade in SCALE}) == len({grade.warna for grade in SCALE}) == 5


def test_further_texts_of_the_indicator_tell_how_its_numbers_are_written():
    assert capaian("1.250", "1.000").persen == Decimal("80.00")
    assert capaian("2.50", "1.000", others=["2.50"]).persen == Decimal("40.00")


@given(st.integers(1, 10**15), st.integers(0, 10**15))
def test_halves_are_rounded_away_from_zero(target, realisasi):
    assert percent(realisasi, target) == Decimal((realisasi * 20000 + target) // (2 * target)) / 100


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_less_is_better_by_as_much_as_more_is_worse(target, realisasi):
    up, down = (capaian(str(target), str(realisasi), arah).persen for arah in ("naik", "turun"))
    assert abs(up + down - 200) <= Decimal("0.01")


def test_nothing_is_a_part_of_nothing():
    assert percent(5, 0) is None


@pytest.mark.parametrize("path", LAMPUNG, ids=name_of)
def test_the_figures_that_lampung_printed_for_2018_and_2019_are_ours(path):
    """The paper cuts after two decimals where we round, so a last place may differ."""
    data, _, _ = opened(path)
    compared = 0
    for indikator in (i for node in data["kinerja"] for i in node.get("indikator") or []):
        for year, printed in (indikator.get("capaian_tercetak") or {}).items():
            if year < "2018":
                continue
            reached = capaian(indikator["target_tahun"][year], indikator["realisasi_tahun"][year])
            wanted = Decimal(printed.replace(",", "."))
            assert abs(reached.persen - wanted) <= Decimal("0.01"), (indikator["uraian"], year)
            compared += 1
    assert compared == 10

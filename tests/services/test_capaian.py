"""What was reached of a target: each way by hand-computed cases, the scales, what has no number, and the settings."""

import json
import math
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Dokumen, Indikator, Opd, Pengaturan
from services.capaian import SCALE, Grade, capaian, grade_of, percent, way_words
from services.capaian_cara import WAYS
from services.capaian_metode import GATHERINGS, Metode, gathering_of, read_metode, set_metode
from services.capaian_setelan import (
    DEFAULT,
    Setelan,
    read_settings,
    set_bounds,
    set_efficiency,
    set_orders,
    set_predicates,
)
from services.capaian_skala import ORDERS, SCALES, Ordered, faults_of, in_order, place_of

NO_TARGET, NO_RESULT = "Target belum diisi.", "Realisasi belum diisi."
ZERO = "Target nol tidak dapat dibandingkan dalam persen."
NEGATIVE = "Target negatif tidak dapat dibandingkan dalam persen."

# Edge cases first: (target, realisasi, metode, arah) -> (persen, what stands beside it).
CASES = [
    # Higher is better: R / T.
    ("0", "0", None, "naik", None, ZERO),
    ("0", "5", None, "naik", None, ZERO),
    ("0", "5", None, None, None, ZERO),
    ("-2", "5", None, "naik", None, NEGATIVE),
    ("10", "0", None, "naik", "0.00", "0 / 10 = 0 %"),
    ("10", "-5", None, "naik", "-50.00", "(-5) / 10 = -50 %"),
    ("125 orang", "128", None, "naik", "102.40", "128 / 125 = 102,4 %"),
    ("18,98 %", "17,30", None, None, "91.15", "17,30 / 18,98 = 91,15 %"),
    ("1.365", "682", None, None, "49.96", "682 / 1.365 = 49,96 %"),
    ("25%", "25 persen", None, None, "100.00", "25 / 25 = 100 %"),
    ("3", "2", None, "naik", "66.67", "2 / 3 = 66,67 %"),
    ("1600", "1", None, "naik", "0.06", "1 / 1.600 = 0,06 %"),
    ("1", "0,00005", None, "naik", "0.01", "0,00005 / 1 = 0,01 %"),
    ("1000000000000000", "1", None, "naik", "0.00", "1 / 1.000.000.000.000.000 = 0 %"),
    # Lower is better: (2T - R) / T.
    ("0", "0", None, "turun", "100.00", "realisasi 0 sama dengan target 0: 100 %"),
    ("0", "1", None, "turun", None, ZERO),
    ("-3", "1", None, "turun", None, NEGATIVE),
    ("10", "0", None, "turun", "200.00", "(2 x 10 - 0) / 10 = 200 %"),
    ("10", "12", None, "turun", "80.00", "(2 x 10 - 12) / 10 = 80 %"),
    ("10", "8", None, "turun", "120.00", "(2 x 10 - 8) / 10 = 120 %"),
    ("10", "20", None, "turun", "0.00", "(2 x 10 - 20) / 10 = 0 %"),
    ("10", "25", None, "turun", "-50.00", "(2 x 10 - 25) / 10 = -50 %"),
    ("10", "12", "turun", "naik", "80.00", "(2 x 10 - 12) / 10 = 80 %"),
    # Upside down: T / R.
    ("0", "0", "balik", None, "100.00", "realisasi 0 sama dengan target 0: 100 %"),
    ("0", "4", "balik", None, None, ZERO),
    ("10", "0", "balik", None, None, "Realisasi nol: target / realisasi tidak dapat dihitung."),
    ("10", "-1", "balik", None, None, "Realisasi negatif: target / realisasi tidak dapat dihitung."),
    ("10", "12,5", "balik", "turun", "80.00", "10 / 12,5 = 80 %"),
    ("10", "8", "balik", "turun", "125.00", "10 / 8 = 125 %"),
    # Grades.
    ("BB", "S", None, None, None, 'Realisasi "S" tidak ada dalam Predikat SAKIP, urutan dari target.'),
    ("BB", "WTP", None, None, None, 'Realisasi "WTP" tidak ada dalam Predikat SAKIP, urutan dari target.'),
    ("BB", "85", None, None, None, 'Realisasi "85" tidak ada dalam Predikat SAKIP, urutan dari target.'),
    ("S", "S", None, None, None, 'Target "S" tidak ada dalam urutan predikat.'),
    ("85", "BB", "peringkat", None, None, 'Target "85" tidak ada dalam urutan predikat.'),
    ("85", "BB", None, None, None, "Realisasi tidak terbaca sebagai satu angka."),
    ("BB", "bb", None, None, "100.00", "BB = 5, BB = 5; 5 / 5 = 100 %"),
    ("BB", "B", None, None, "80.00", "B = 4, BB = 5; 4 / 5 = 80 %"),
    ("BB", "AA", None, None, "140.00", "AA = 7, BB = 5; 7 / 5 = 140 %"),
    ("A", "D", None, "naik", "16.67", "D = 1, A = 6; 1 / 6 = 16,67 %"),
    ("WTP", "WDP", None, None, "75.00", "WDP = 3, WTP = 4; 3 / 4 = 75 %"),
    ("WTP", "TMP", None, None, "25.00", "TMP = 1, WTP = 4; 1 / 4 = 25 %"),
    ("baik", "Sangat Baik", None, None, "133.33", "Sangat Baik = 4, Baik = 3; 4 / 3 = 133,33 %"),
    # Ranges: 100 % within, outside against the nearer bound. The first two are those of PermenPANRB 6/2022.
    ("80 - 90%", "92%", None, "naik", "102.22", "di luar rentang 80 sampai 90, batas atas 90: 92 / 90 = 102,22 %"),
    ("80 - 90%", "70%", None, "naik", "87.50", "di luar rentang 80 sampai 90, batas bawah 80: 70 / 80 = 87,5 %"),
    (
        "7 - 8 bulan",
        "6,5",
        None,
        "turun",
        "107.14",
        "di luar rentang 7 sampai 8, batas bawah 7: (2 x 7 - 6,5) / 7 = 107,14 %",
    ),
    (
        "7 sampai 8 bulan",
        "9",
        None,
        "turun",
        "87.50",
        "di luar rentang 7 sampai 8, batas atas 8: (2 x 8 - 9) / 8 = 87,5 %",
    ),
    ("0,75 - 0,80", "0,75", None, None, "100.00", "0,75 di dalam rentang 0,75 sampai 0,80: 100 %"),
    ("0,75 – 0,80", "0,80", None, None, "100.00", "0,80 di dalam rentang 0,75 sampai 0,80: 100 %"),
    ("0 - 5", "-1", None, None, None, f"Di luar rentang 0 sampai 5, batas bawah 0: {ZERO}"),
    ("0,75 - 0,80", "baik", None, None, None, "Realisasi tidak terbaca sebagai satu angka."),
    ("0,80", "0,80", "rentang", None, None, "Target tidak terbaca sebagai rentang."),
    # Nothing, dashes, words, units.
    ("", "5", None, None, None, NO_TARGET),
    ("  ", "5", None, None, None, NO_TARGET),
    ("-", "5", None, None, None, NO_TARGET),
    ("5", "", None, None, None, NO_RESULT),
    ("5", " - ", None, None, None, NO_RESULT),
    ("-", "-", None, "turun", None, NO_TARGET),
    ("BB", "", None, None, None, NO_RESULT),
    ("######", "5", None, None, None, "Target tidak terbaca sebagai satu angka."),
    ("5", "13.5O", None, None, None, "Realisasi tidak terbaca sebagai satu angka."),
    ("Ada", "Ada", None, None, None, "Target tidak terbaca sebagai satu angka."),
    ("≥ 90", "95", None, None, "105.56", "95 / 90 = 105,56 %"),
    ("20 orang 10 koperasi", "20 orang", None, None, None, "Target tidak terbaca sebagai satu angka."),
    ("12 dokumen", "12 laporan", None, None, None, "Satuan realisasi berbeda dari satuan target."),
    ("12 dokumen", "100%", None, None, None, "Satuan realisasi berbeda dari satuan target."),
    ("10", "8", "kuadrat", None, None, 'Cara hitung "kuadrat" tidak dikenal program ini.'),
    ("10", "8", "turun/median", None, None, 'Cara hitung "turun/median" tidak dikenal program ini.'),
]


@pytest.mark.parametrize(("target", "realisasi", "metode", "arah", "persen", "beside"), CASES)
def test_each_way_by_hand(target, realisasi, metode, arah, persen, beside):
    reached = capaian(target, realisasi, arah, metode=metode)
    assert (None if reached.persen is None else str(reached.persen), reached.uraian) == (persen, beside)
    assert (reached.predikat == "") == (reached.warna == "") == (persen is None)
    if persen is not None:
        assert reached.predikat == grade_of(Decimal(persen)).predikat
        assert way_words(reached.cara).startswith(WAYS[reached.cara].nama)


BOUNDED = [
    # (target, realisasi, metode, arah) with a cap of 120 and a floor of 0 -> (persen, what stands beside it).
    ("8", "10", None, "naik", "120.00", "10 / 8 = 125 %, dibatasi 120 %"),
    ("10", "12", None, "naik", "120.00", "12 / 10 = 120 %"),
    ("3", "3,60005", None, "naik", "120.00", "3,60005 / 3 = 120 %"),
    ("3", "3,6002", None, "naik", "120.00", "3,6002 / 3 = 120,01 %, dibatasi 120 %"),
    ("10", "-5", None, "naik", "0.00", "(-5) / 10 = -50 %, dibatasi paling rendah 0 %"),
    ("10", "0", None, "naik", "0.00", "0 / 10 = 0 %"),
    ("10", "7", None, "turun", "120.00", "(2 x 10 - 7) / 10 = 130 %, dibatasi 120 %"),
    ("10", "20,01", None, "turun", "0.00", "(2 x 10 - 20,01) / 10 = -0,1 %, dibatasi paling rendah 0 %"),
    ("10", "5", "balik", None, "120.00", "10 / 5 = 200 %, dibatasi 120 %"),
    ("BB", "AA", None, None, "120.00", "AA = 7, BB = 5; 7 / 5 = 140 %, dibatasi 120 %"),
    ("0", "0", None, "turun", "100.00", "realisasi 0 sama dengan target 0: 100 %"),
    ("7 - 8", "7,5", None, None, "100.00", "7,5 di dalam rentang 7 sampai 8: 100 %"),
    (
        *("7 - 8", "10", None, None, "120.00"),
        "di luar rentang 7 sampai 8, batas atas 8: 10 / 8 = 125 %, dibatasi 120 %",
    ),
    ("0", "5", None, "naik", None, ZERO),
    ("10", "", None, "naik", None, NO_RESULT),
]


@pytest.mark.parametrize(("target", "realisasi", "metode", "arah", "persen", "beside"), BOUNDED)
def test_a_capped_result_keeps_the_sum_that_it_comes_of(target, realisasi, metode, arah, persen, beside):
    settings = replace(DEFAULT, atas=Decimal(120), bawah=Decimal(0))
    reached = capaian(target, realisasi, arah, metode=metode, setelan=settings)
    assert (None if reached.persen is None else str(reached.persen), reached.uraian) == (persen, beside)


NUMBER = r"\(?(-?[0-9.]+(?:,[0-9]+)?)\)?"


def worked_out(words):
    """(the sum that an explanation writes, worked out here and rounded to two decimals; the result that it states)."""
    left, right = words.rsplit(" = ", 1)
    term = re.split(r"[:;] ", left)[-1]
    twice = re.fullmatch(rf"\(2 x {NUMBER} - {NUMBER}\) / {NUMBER}", term)
    values = [Fraction(number(text)) for text in (twice or re.fullmatch(rf"{NUMBER} / {NUMBER}", term)).groups()]
    value = (2 * values[0] - values[1] if twice else values[0]) / values[-1]
    stated = Decimal(number(re.match(r"-?[0-9.,]+", right)[0]))
    cents = math.floor(abs(value) * 10000 + Fraction(1, 2))
    return Decimal(-cents if value < 0 else cents) / 100, stated


def number(text):
    return text.replace(".", "").replace(",", ".")


@pytest.mark.parametrize("words", [case[5] for case in (*CASES, *BOUNDED) if case[4] and " = " in case[5]])
def test_every_sum_that_is_written_is_true(words):
    value, stated = worked_out(words)
    assert value == stated


digits = st.decimals(Decimal("-99999"), Decimal(99999), places=3, allow_nan=False)


@given(digits, digits, st.sampled_from(["naik", "turun", "balik"]), st.booleans())
def test_the_sum_of_any_two_numbers_is_true(target, realisasi, cara, capped):
    settings = replace(DEFAULT, atas=Decimal(100), bawah=Decimal(0)) if capped else DEFAULT
    texts = (str(value).replace(".", ",") for value in (target, realisasi))
    reached = capaian(*texts, metode=cara, setelan=settings)
    if reached.persen is None or reached.hitungan.endswith(":"):
        return
    value, stated = worked_out(reached.uraian)
    assert value == stated == reached.hasil
    assert reached.persen == (min(max(value, Decimal(0)), Decimal(100)) if capped else value)
    assert (", dibatasi " in reached.uraian) == (reached.persen != value)


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from([None, *WAYS]), st.sampled_from([None, "turun"]))
def test_a_percentage_never_comes_without_a_sum_nor_a_silence_without_a_reason(target, realisasi, metode, arah):
    reached = capaian(target, realisasi, arah, metode=metode)
    assert bool(reached.hitungan) == (reached.persen is not None)
    assert bool(reached.alasan) == (reached.persen is None)


@pytest.mark.parametrize(("realisasi", "same"), [("BB", True), ("bb", True), ("A", False), ("85", False), ("-", None)])
def test_of_a_grade_it_is_known_whether_it_is_the_same(realisasi, same):
    assert capaian("BB", realisasi).sama is same
    assert capaian("85", "85").sama is None


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


@pytest.mark.parametrize(
    ("name", "persen", "predikat"),
    [
        ("sakip", "90", "A"),
        ("sakip", "90.01", "AA"),
        ("sakip", "30", "D"),
        ("lan-2003", "85", "Sangat Berhasil"),
        ("lan-2003", "84.99", "Berhasil"),
        ("lan-2003", "55", "Cukup Berhasil"),
        ("lan-2003", "54.99", "Tidak Berhasil"),
        ("tiga-warna", "100", "Tercapai"),
        ("tiga-warna", "99.99", "Hampir Tercapai"),
        ("baik-kurang", "65", "Kurang"),
    ],
)
def test_other_scales_are_at_hand(name, persen, predikat):
    assert grade_of(Decimal(persen), SCALES[name][1]).predikat == predikat


@pytest.mark.parametrize("name", SCALES)
def test_every_scale_at_hand_is_one_and_its_steps_differ_in_word_and_colour(name):
    _, scale = SCALES[name]
    assert faults_of(scale) == []
    assert len({grade.predikat for grade in scale}) == len({grade.warna for grade in scale}) == len(scale)


@given(st.decimals(-500, 500, places=2), st.sampled_from([scale for _, scale in SCALES.values()]))
def test_a_scale_leaves_nothing_out_and_holds_nothing_twice(persen, scale):
    held = [grade for grade in scale if grade.holds(persen)]
    assert grade_of(persen, scale) == held[0]
    bounds = [Decimal("Infinity"), *(grade.above for grade in scale)]
    fits = [
        g
        for g, above in zip(scale, bounds, strict=False)
        if g.holds(persen) and not replace(g, above=above).holds(persen)
    ]
    assert fits == [held[0]]


def test_no_grade_stands_in_two_orders():
    grades = [grade.casefold() for order in ORDERS for grade, _ in order.nilai]
    assert len(set(grades)) == len(grades)
    assert place_of("WDP")[0].nama == "Opini BPK"
    assert place_of("85") is None


def test_further_texts_of_the_indicator_tell_how_its_numbers_are_written():
    assert capaian("1.250", "1.000").persen == Decimal("80.00")
    assert capaian("2.50", "1.000", others=["2.50"]).persen == Decimal("40.00")


@given(st.integers(1, 10**15), st.integers(0, 10**15))
def test_halves_are_rounded_away_from_zero(target, realisasi):
    wanted = Decimal((realisasi * 20000 + target) // (2 * target)) / 100
    assert percent(realisasi, target) == wanted
    assert capaian(str(target), str(realisasi)).persen == wanted


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_less_is_better_by_as_much_as_more_is_worse(target, realisasi):
    up, down = (capaian(str(target), str(realisasi), arah).persen for arah in ("naik", "turun"))
    assert abs(up + down - 200) <= Decimal("0.01")


def test_nothing_is_a_part_of_nothing():
    assert percent(5, 0) is None


def test_numbers_of_many_digits_are_reckoned_and_not_rounded_on_the_way():
    assert capaian("9" * 80, "9" * 80).persen == 100
    assert capaian("1", "9" * 60).persen == Decimal("9" * 60 + "00.00")


# Ways and gatherings as they are stored.


def indikator(**values):
    return Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="Koperasi", **values)


@pytest.mark.parametrize(
    ("text", "metode"),
    [
        (None, Metode()),
        ("", Metode()),
        ("turun", Metode("turun")),
        ("turun/rata", Metode("turun", "rata")),
        ("/tertinggi", Metode(None, "tertinggi")),
        ("/", Metode()),
        ("apa", Metode(asing="apa")),
    ],
)
def test_a_method_is_read(text, metode):
    assert read_metode(text) == metode


@pytest.mark.parametrize("cara", [None, *WAYS])
@pytest.mark.parametrize("himpun", [None, *GATHERINGS])
def test_what_is_chosen_is_read_back(cara, himpun):
    (change,) = set_metode(indikator(), cara, himpun)
    assert read_metode(change.after.metode) == Metode(cara, himpun)


def test_a_method_that_is_none_is_refused():
    with pytest.raises(PlanError, match="tidak dikenal"):
        set_metode(indikator(), "kuadrat", None)


@pytest.mark.parametrize(
    ("akumulasi", "metode", "himpun"),
    [
        ("jumlah", None, "jumlah"),
        ("kumulatif", None, "terakhir"),
        ("posisi", None, "terakhir"),
        ("predikat", None, "terakhir"),
        (None, None, None),
        ("posisi", "/rata", "rata"),
        ("jumlah", "turun/tertinggi", "tertinggi"),
    ],
)
def test_how_the_periods_come_together(akumulasi, metode, himpun):
    assert gathering_of(indikator(akumulasi=akumulasi, metode=metode)) == himpun


# Settings of the plan.


@pytest.fixture
def plan():
    return Plan([Opd(id="o", urutan=1, nama="Dinas"), Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024)])


def after(plan, changes):
    plan.apply(changes)
    return read_settings(plan, "d")


def test_without_settings_all_is_as_the_program_has_it(plan):
    assert read_settings(plan, "d") == DEFAULT == Setelan()
    assert (DEFAULT.skala, DEFAULT.atas, DEFAULT.bawah) == (SCALE, None, None)


@pytest.mark.parametrize("name", SCALES)
def test_predicates_are_kept_with_their_colours(plan, name):
    scale = SCALES[name][1]
    assert after(plan, set_predicates(plan, "d", scale)).skala == scale
    assert len(plan.all(Pengaturan)) == (name != "permendagri-86-2017")
    assert after(plan, set_predicates(plan, "d", SCALE)).skala == SCALE
    assert plan.all(Pengaturan) == ()


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "sedikitnya dua"),
        ([Grade(Decimal(50), "Baik", "#FFFFFF")], "sedikitnya dua"),
        ([Grade(Decimal(50), "Baik", "#FFFFFF"), Grade(Decimal(60), "Kurang", "#FFFFFF")], "menurun"),
        ([Grade(Decimal(50), "Baik", "#FFFFFF"), Grade(Decimal(0), "Kurang", "#FFFFFF")], "tidak boleh berbatas"),
        ([Grade(Decimal(50), " ", "#FFFFFF"), SCALE[-1]], "memerlukan nama"),
        ([replace(SCALE[0], predikat="Sangat Rendah"), SCALE[-1]], "bernama sama"),
        ([replace(SCALE[0], inclusive=True), SCALE[-1]], "cara yang sama"),
        ([replace(SCALE[0], warna="hijau"), SCALE[-1]], "Warna 'hijau'"),
    ],
)
def test_what_is_no_scale_is_refused(plan, steps, words):
    with pytest.raises(PlanError, match=words):
        set_predicates(plan, "d", steps)


def test_the_values_of_grades_can_be_others(plan):
    sakip = Ordered("SAKIP", (("B", Decimal("65")), ("BB", Decimal("75.5")), ("A", Decimal(85))))
    settings = after(plan, set_orders(plan, "d", [sakip]))
    assert capaian("A", "BB", setelan=settings).uraian == "BB = 75,5, A = 85; 75,5 / 85 = 88,82 %"
    assert capaian("WTP", "WTP", setelan=settings).persen is None
    assert after(plan, set_orders(plan, "d", ORDERS)) == DEFAULT


@pytest.mark.parametrize(
    "order",
    [
        in_order("x", "A"),
        in_order("x", "A", "a"),
        in_order("x", "A", ""),
        Ordered("x", (("A", Decimal(2)), ("B", Decimal(1)))),
        Ordered("x", (("A", Decimal(0)), ("B", Decimal(1)))),
    ],
)
def test_an_order_rises_from_above_zero(plan, order):
    with pytest.raises(PlanError):
        set_orders(plan, "d", [order])


def test_cap_and_floor_are_said_beside_the_number(plan):
    settings = after(plan, set_bounds(plan, "d", Decimal(120), Decimal(0)))
    assert capaian("4,42", "9,33", setelan=settings).uraian == "9,33 / 4,42 = 211,09 %, dibatasi 120 %"
    assert (
        capaian("10", "25", "turun", setelan=settings).uraian
        == "(2 x 10 - 25) / 10 = -50 %, dibatasi paling rendah 0 %"
    )
    assert capaian("10", "12", setelan=settings).uraian == "12 / 10 = 120 %"
    assert capaian("10", "", setelan=settings).persen is None
    assert after(plan, set_bounds(plan, "d", None, None)) == DEFAULT


@pytest.mark.parametrize(
    ("atas", "bawah"), [(Decimal(0), None), (Decimal(50), Decimal(50)), (Decimal(50), Decimal(60))]
)
def test_bounds_that_leave_nothing_are_refused(plan, atas, bawah):
    with pytest.raises(PlanError):
        set_bounds(plan, "d", atas, bawah)


def test_efficiency_is_one_of_two(plan):
    assert after(plan, set_efficiency(plan, "d", "selisih")).efisiensi == "selisih"
    with pytest.raises(PlanError):
        set_efficiency(plan, "d", "lain")


@pytest.mark.parametrize(
    "isi",
    ["", "{", "null", "[]", '{"langkah": 5}', '{"langkah": []}', '{"atas": "NaN"}', '{"atas": "1e99"}', "9" * 5000],
)
@pytest.mark.parametrize("kunci", ["capaian.predikat", "capaian.peringkat", "capaian.batas", "capaian.efisiensi"])
def test_a_setting_that_cannot_be_read_is_said_and_changes_nothing(plan, kunci, isi):
    plan.apply([changed(kunci, isi)])
    settings = read_settings(plan, "d")
    assert replace(settings, cacat=()) == DEFAULT
    without_bounds = kunci == "capaian.batas" and isi in ('{"langkah": 5}', '{"langkah": []}')
    assert len(settings.cacat) == (not without_bounds)


def changed(kunci, isi):
    return Change(None, Pengaturan(id="s", dokumen_id="d", kunci=kunci, isi=isi))


def test_a_setting_of_another_kind_is_left_alone(plan):
    plan.apply([changed("lain", json.dumps(5))])
    assert read_settings(plan, "d") == DEFAULT

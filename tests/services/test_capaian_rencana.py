"""The capaian of a plan as of a month: how periods come together, ratios, money, means, efficiency, years."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import changes_of, sequences

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Dukungan,
    Indikator,
    Kinerja,
    Opd,
    TahunAnggaran,
    TahunIndikator,
)
from services.capaian_cara import WAYS
from services.capaian_laporan import as_json, as_text
from services.capaian_rencana import Reckoning, efficiency
from services.capaian_setelan import DEFAULT, set_bounds, set_efficiency, set_predicates
from services.capaian_skala import SCALES
from services.capaian_tahun import indicator_through, line_through
from services.periods import Sampai, adds_up, read_sampai, reported, until
from services.realisasi import set_counts, set_result
from services.samples import sample_plan

BASE = [
    Opd(id="o", urutan=1, nama="Dinas"),
    Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024, awal_renstra=2021, akhir_renstra=2025),
    Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_strategis", uraian="Koperasi maju"),
]


def indikator(row_id="i", **values):
    return Indikator(**{"id": row_id, "dokumen_id": "d", "urutan": 1, "kinerja_id": "k", "uraian": "Aktif"} | values)


def quarters(*values):
    return tuple(v for value in (*values, *(None,) * (4 - len(values))) for v in (None, None, value))


def months(*values):
    return (*values, *(None,) * (12 - len(values)))


def series(jenis, nilai, of="i", periode="bulan", cls=DeretIndikator):
    return cls(id=f"{jenis}-{of}", dokumen_id="d", indikator_id=of, jenis=jenis, periode=periode, nilai=nilai)


def money(jenis, nilai, of="a", kumulatif=1, periode="bulan"):
    return DeretAnggaran(
        id=f"{jenis}-{of}",
        dokumen_id="d",
        anggaran_id=of,
        jenis=jenis,
        periode=periode,
        kumulatif=kumulatif,
        nilai=nilai,
    )


def line(row_id="a", jenis="program", pagu=None, induk_id=None, **values):
    return Anggaran(
        id=row_id, dokumen_id="d", urutan=1, jenis=jenis, nama=row_id, pagu=pagu, induk_id=induk_id, **values
    )


def reckoned(sampai, *rows):
    return Reckoning(Plan([*BASE, *rows]), "d", read_sampai(sampai))


def measured(sampai, *rows):
    """(target, result, percentage as a text, its explanation) of the only indicator."""
    (one,) = reckoned(sampai, *rows).indicators()
    persen = None if one.capaian.persen is None else str(one.capaian.persen)
    return one.target.text, one.realisasi.text, persen, one.capaian.uraian


@pytest.mark.parametrize(
    ("text", "sampai"),
    [
        ("TW1", Sampai(3, True)),
        ("tw ii", Sampai(6, True)),
        ("Triwulan 3", Sampai(9, True)),
        ("TW.IV", Sampai(12, True)),
        ("1", Sampai(1)),
        ("B06", Sampai(6)),
        ("12", Sampai(12)),
        ("Juni", Sampai(6)),
        ("agu", Sampai(8)),
    ],
)
def test_a_period_is_picked(text, sampai):
    assert read_sampai(text) == sampai


@pytest.mark.parametrize("text", ["", "TW5", "TW0", "13", "0", "Q2", "June", "TW"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(PlanError, match="tidak dikenal"):
        read_sampai(text)


# How the periods come to one value.

YEAR = months("10", "20", None, "-", "5", "30")


@pytest.mark.parametrize(
    ("bulan", "himpun", "text"),
    [
        (1, "jumlah", "10"),
        (2, "jumlah", "30"),
        (4, "jumlah", "30"),
        (12, "jumlah", "65"),
        (1, "terakhir", "10"),
        (4, "terakhir", "20"),
        (5, "terakhir", "5"),
        (12, "terakhir", "30"),
        (4, "tertinggi", "20"),
        (12, "tertinggi", "30"),
        (1, "rata", "10"),
        (2, "rata", "15,00"),
        (12, "rata", "16,25"),
    ],
)
def test_a_series_as_of_a_month(bulan, himpun, text):
    assert until(YEAR, bulan, himpun).text == text


@pytest.mark.parametrize("himpun", ["jumlah", "terakhir", "tertinggi", "rata"])
@pytest.mark.parametrize("nilai", [months(), months("", None), months("-", " - "), (*months(), "9")[:12]])
def test_nothing_stated_is_nothing(nilai, himpun):
    assert until(nilai, 6, himpun).text == ""


def test_units_and_ways_of_writing_stay():
    assert until(months("1.250 orang", "250 orang"), 2, "jumlah").text == "1.500 orang"
    assert until(months("19,50", "0,5"), 2, "jumlah").text == "20,00"
    assert until(months("5 orang", "3 dokumen"), 2, "jumlah").alasan.startswith("Nilai periode bukan angka")
    assert until(months("A", "BB"), 2, "rata").alasan.endswith("rata-ratanya.")
    assert until(months("A", "BB"), 2, "terakhir").text == "BB"


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=12, max_size=12), st.integers(1, 12))
def test_sum_last_highest_and_mean_are_those_of_the_numbers(values, bulan):
    nilai = tuple(None if v is None else str(v) for v in values)
    stated = [v for v in values[:bulan] if v is not None]
    if not stated:
        assert until(nilai, bulan, "jumlah").text == ""
        return

    def number(himpun):
        return Decimal(until(nilai, bulan, himpun).text.replace(".", "").replace(",", "."))

    assert number("jumlah") == sum(stated)
    assert number("terakhir") == stated[-1]
    assert number("tertinggi") == max(stated)
    assert abs(number("rata") - Decimal(sum(stated)) / len(stated)) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("nilai", "target", "adds"),
    [
        (months("3", "3", "-"), "6", True),
        (months("3", "6"), "6", False),
        (months("2,5", "2,5"), "5", True),
        (months("A"), "A", False),
        (months("3"), None, False),
    ],
)
def test_periods_add_up_to_the_year_or_not(nilai, target, adds):
    assert adds_up(nilai, target) is adds


@pytest.mark.parametrize(
    ("nilai", "periode", "sampai", "told"),
    [
        (months("5"), "bulan", "1", True),
        (months("5"), "bulan", "2", False),
        (months("5", "-"), "bulan", "2", True),
        (months("5", "0"), "bulan", "2", True),
        (months("5", "6", " "), "bulan", "3", False),
        (months("5"), "bulan", "TW1", True),
        (months("5"), "bulan", "TW2", False),
        (quarters("5"), "triwulan", "TW1", True),
        (quarters("5"), "triwulan", "TW2", False),
        (quarters("5"), "triwulan", "4", True),
        (quarters("5"), "triwulan", "2", False),
    ],
)
def test_an_empty_period_is_not_yet_reported(nilai, periode, sampai, told):
    assert reported(nilai, periode, read_sampai(sampai)) is told


# An indicator as of a period.

TARGET = series("target", quarters("25", "50", "75", "100"), periode="triwulan")


@pytest.mark.parametrize(
    ("akumulasi", "metode", "realisasi", "wanted"),
    [
        ("kumulatif", None, ("20", "40"), ("50", "40", "80.00", "40 / 50 = 80 %")),
        ("posisi", None, ("20", "40"), ("50", "40", "80.00", "40 / 50 = 80 %")),
        ("jumlah", None, ("20", "40"), ("75", "60", "80.00", "60 / 75 = 80 %")),
        ("posisi", "/rata", ("20", "40"), ("37,50", "30,00", "80.00", "30,00 / 37,50 = 80 %")),
        ("posisi", "/tertinggi", ("60", "40"), ("50", "60", "120.00", "60 / 50 = 120 %")),
        ("kumulatif", "turun", ("20", "60"), ("50", "60", "80.00", "(2 x 50 - 60) / 50 = 80 %")),
        ("kumulatif", None, ("20", None), ("50", "", None, "Realisasi TW II belum dilaporkan.")),
        ("kumulatif", None, ("20", "-"), ("50", "20", "40.00", "20 / 50 = 40 %")),
        ("kumulatif", None, ("20", "0"), ("50", "0", "0.00", "0 / 50 = 0 %")),
        ("jumlah", None, ("-", "-"), ("75", "", None, "Tidak ada realisasi sampai TW II.")),
    ],
)
def test_target_and_result_of_a_quarter(akumulasi, metode, realisasi, wanted):
    reached = series("realisasi", quarters(*realisasi, None, None), periode="triwulan")
    assert measured("TW2", indikator(target="100", akumulasi=akumulasi, metode=metode), TARGET, reached) == wanted


def test_where_nothing_says_how_periods_accumulate_the_targets_tell():
    parts = series("target", months("10", "10", "10", "10", "10", "50"))
    reached = series("realisasi", months("5", "5"))
    assert measured("2", indikator(target="100"), parts, reached)[:2] == ("20", "10")
    running = series("target", months("10", "20", "100"))
    assert measured("2", indikator(target="100"), running, reached)[:2] == ("20", "5")


def test_a_target_holds_on_until_the_next_one():
    targets = series("target", quarters("25", None, "-", "100"), periode="triwulan")
    reached = series("realisasi", quarters("1", "20", "30", None), periode="triwulan")
    assert measured("TW3", indikator(target="100", akumulasi="kumulatif"), targets, reached)[:2] == ("25", "30")


def test_where_nothing_was_due_what_was_reached_before_stands():
    own = indikator(target="100", akumulasi="kumulatif")
    sparse = series("target", quarters("25", "-", None, "100"), periode="triwulan")
    reached = series("realisasi", quarters("20"), periode="triwulan")
    for sampai in ("TW1", "TW2", "TW3"):
        assert measured(sampai, own, sparse, reached)[:3] == ("25", "20", "80.00")
    assert measured("TW4", own, sparse, reached)[2:] == (None, "Realisasi TW IV belum dilaporkan.")
    ratio = indikator(**RATIO)
    assert measured("TW2", ratio, series("target", months("50")), *counted(["1"], ["4"]))[1] == "25,00"


@pytest.mark.parametrize(
    ("sampai", "rows", "reason"),
    [
        ("TW1", [], "Target per periode belum diisi."),
        ("TW4", [], "Realisasi belum diisi."),
        ("TW1", [series("target", months(None, None, None, "5"))], "Belum ada target sampai TW I."),
        ("TW1", [series("target", months("-", "-", "-", "5"))], "Belum ada target sampai TW I."),
        ("TW1", [TARGET], "Realisasi belum diisi."),
        ("TW1", [TARGET, series("realisasi", months())], "Realisasi belum diisi."),
        ("TW1", [replace(TARGET, nilai=months())], "Target per periode belum diisi."),
    ],
)
def test_what_is_missing_has_a_reason_and_no_number(sampai, rows, reason):
    assert measured(sampai, indikator(target="100", akumulasi="kumulatif"), *rows)[2:] == (None, reason)


def test_at_the_end_of_the_year_what_is_typed_for_the_year_comes_first():
    reached = series("realisasi", quarters("20", "40", "60", "90"), periode="triwulan")
    own = indikator(target="100", akumulasi="kumulatif", realisasi="95")
    assert measured("TW4", own, TARGET, reached)[:2] == ("100", "95")
    assert measured("TW4", replace(own, realisasi=None), TARGET, reached)[:2] == ("100", "90")
    assert measured("TW3", own, TARGET, reached)[:2] == ("75", "60")
    (one,) = reckoned("TW4", own, TARGET, reached).indicators()
    assert one.realisasi.asal == "realisasi setahun; menurut periode 90"
    (one,) = reckoned("TW4", replace(own, realisasi="90"), TARGET, reached).indicators()
    assert one.realisasi.asal == "realisasi setahun"


# Ratios.


def counted(above, below, periode="bulan"):
    return [
        series("pembilang", months(*above), cls=DeretRasio, periode=periode),
        series("penyebut", months(*below), cls=DeretRasio, periode=periode),
    ]


RATIO = {"target": "50%", "akumulasi": "posisi", "pembilang": "Aktif", "penyebut": "Semua"}
HALF = series("target", months("50", "50", "50"))


@pytest.mark.parametrize(
    ("values", "above", "below", "result", "said"),
    [
        ({}, ["12", "30"], ["40", "80"], "37,50", "30 / 80 x 100 = 37,50"),
        ({"akumulasi": "jumlah"}, ["12", "30"], ["40", "80"], "35,00", "42 / 120 x 100 = 35,00"),
        ({"target": "3", "satuan": "rasio"}, ["12", "30"], ["4", "8"], "3,75", "30 / 8 = 3,75"),
        ({"satuan": "Persen", "target": "50"}, ["0", "0"], ["40", "80"], "0,00", "0 / 80 x 100 = 0,00"),
        ({}, ["1.250", "1.500"], ["2.000", "3.000"], "50,00", "1.500 / 3.000 x 100 = 50,00"),
    ],
)
def test_a_ratio_is_divided_after_its_counts_were_gathered(values, above, below, result, said):
    (one,) = reckoned("2", indikator(**RATIO | values), HALF, *counted(above, below)).indicators()
    assert (one.realisasi.text, one.realisasi.asal) == (result, said)


@pytest.mark.parametrize(
    ("above", "below", "reason"),
    [
        (["5", "6"], ["10", "0"], "Penyebut nol, jadi rasionya tidak dapat dihitung."),
        (["5", "6"], ["10"], "Penyebut Februari belum dilaporkan."),
        (["5"], ["10", "10"], "Pembilang Februari belum dilaporkan."),
        (["5", "6"], [], "Penyebut belum diisi."),
        ([], ["5", "6"], "Pembilang belum diisi."),
        (["5", "enam"], ["10", "10"], 'Pembilang "enam" tidak terbaca sebagai satu angka.'),
        (["-", "-"], ["10", "10"], "Pembilang tidak terbaca sebagai satu angka."),
    ],
)
def test_a_ratio_that_cannot_be_divided_says_why(above, below, reason):
    assert measured("2", indikator(**RATIO), HALF, *counted(above, below))[2:] == (None, reason)


def test_counts_come_before_a_typed_series_and_the_year_before_both():
    rows = [HALF, series("realisasi", months("1", "2")), *counted(["20", "20"], ["40", "80"])]
    assert measured("2", indikator(**RATIO), *rows)[1] == "25,00"
    assert measured("2", indikator(**RATIO), HALF, rows[1], *counted([], []))[1] == "2"
    assert measured("12", indikator(**RATIO, realisasi="33"), *rows)[1] == "33"


# Money.

TREE = [
    line("p", pagu=1000),
    line("g", "kegiatan", 600, "p"),
    line("h", "kegiatan", 400, "p"),
]


def test_what_a_line_leaves_open_is_the_sum_of_the_lines_below():
    rows = [money("kas", months(100, 200, 300), "g"), money("kas", months(100, 100, 100), "h", 0)]
    rows += [money("realisasi", months(50, None, 250), "g"), money("realisasi", months(10, 20, 30), "h", 0)]
    reckoning = reckoned("TW1", *TREE, *rows)
    spent = reckoning.line(reckoning.dokumen and TREE[0])
    assert (spent.pagu, spent.kas, spent.realisasi, spent.sisa) == (1000, 600, 310, 690)
    assert (spent.serapan, spent.terhadap_kas, spent.catatan) == (Decimal("31.00"), Decimal("51.67"), "")
    assert reckoned("2", *TREE, *rows).line(TREE[0]).realisasi == 80


def test_money_that_is_not_reported_is_said_and_zero_is_zero():
    assert reckoned("TW1", *TREE).line(TREE[0]).catatan == "Realisasi anggaran belum diisi."
    zero = reckoned("TW1", *TREE, money("realisasi", months(0, 0, 0), "p")).line(TREE[0])
    assert (zero.realisasi, zero.serapan, zero.catatan) == (0, Decimal("0.00"), "")
    late = reckoned("TW2", *TREE, money("realisasi", months(10, 20), "p")).line(TREE[0])
    assert (late.realisasi, late.catatan) == (20, "Realisasi anggaran terakhir dilaporkan Februari.")


def test_at_the_end_of_the_year_the_amount_of_the_year_comes_first():
    year = TahunAnggaran(id="t", dokumen_id="d", anggaran_id="p", urutan=1, jenis="realisasi", tahun="2024", nilai=900)
    rows = [*TREE, year, money("realisasi", (*(None,) * 11, 800), "p")]
    assert reckoned("TW4", *rows).line(TREE[0]).realisasi == 900
    assert reckoned("TW3", *rows).line(TREE[0]).realisasi is None


def supports(*pairs):
    return [
        Dukungan(id=f"{k}{a}", dokumen_id="d", urutan=n, kinerja_id=k, anggaran_id=a) for n, (k, a) in enumerate(pairs)
    ]


def test_a_sasaran_is_the_mean_of_its_indicators_and_the_money_of_its_topmost_lines():
    rows = [
        indikator("i", target="100", realisasi="80"),
        indikator("j", target="100", realisasi="95,01"),
        indikator("n", target="100"),
        *TREE,
        money("realisasi", (*(None,) * 11, 500), "p"),
        *supports(("k", "g"), ("k", "p"), ("k", "h")),
    ]
    found = reckoned("TW4", *rows).sasaran(BASE[2])
    assert (found.capaian.persen, found.capaian.banyak, found.capaian.semua) == (Decimal("87.51"), 2, 3)
    assert found.capaian.uraian == "rata-rata 2 dari 3 indikator = 87,51 %"
    assert found.capaian.grade.predikat == "Tinggi"
    assert [row.id for row in found.garis] == ["p"]
    assert (found.uang.pagu, found.uang.realisasi) == (1000, 500)
    assert found.uang.efisiensi.hitungan == "(1.000 x 87,51 % - 500) / (1.000 x 87,51 %) = 42,86 %"


def test_a_sasaran_without_indicators_has_those_of_the_programs_that_support_it():
    rows = [
        *TREE,
        indikator("x", kinerja_id=None, anggaran_id="p", target="4", realisasi="3"),
        indikator("y", kinerja_id=None, anggaran_id="g", target="4", realisasi="1"),
        *supports(("k", "p"), ("k", "g")),
    ]
    found = reckoned("TW4", *rows).sasaran(BASE[2])
    assert [one.indikator.id for one in found.indikator] == ["x"]
    assert found.capaian.uraian == "rata-rata 1 dari 1 indikator = 75 %"


def test_a_sasaran_without_lines_of_its_own_has_those_of_the_sasaran_below():
    below = Kinerja(id="l", dokumen_id="d", urutan=2, tingkat="sasaran_program", induk_id="k")
    found = reckoned("TW4", below, *TREE, *supports(("l", "g"), ("l", "h"))).sasaran(BASE[2])
    assert ([row.id for row in found.garis], found.uang.pagu) == (["g", "h"], 1000)
    assert found.capaian.uraian == "Belum ada indikator."


def test_the_whole_document_counts_each_rupiah_once():
    whole = reckoned("TW4", *TREE, indikator(target="4", realisasi="3")).whole
    assert (whole.pagu, whole.capaian.persen) == (1000, Decimal("75.00"))


@pytest.mark.parametrize(
    ("pagu", "realisasi", "persen", "way", "nilai", "words"),
    [
        (1000, 900, "100", "keluaran", "10.00", "(1.000 x 100 % - 900) / (1.000 x 100 %) = 10 %"),
        (1000, 1000, "100", "keluaran", "0.00", "= 0 %"),
        (1000, 900, "80", "keluaran", "-12.50", "= -12,5 %"),
        (1000, 0, "50", "keluaran", "100.00", "= 100 %"),
        (1000, 900, "100", "selisih", "10.00", "100 % - 90 % = 10,00 poin"),
        (1000, 900, "80", "selisih", "-10.00", "80 % - 90 % = -10,00 poin"),
        (1000, 900, "0", "keluaran", None, "Capaian tidak di atas 0 %."),
        (1000, 900, None, "keluaran", None, "Capaian belum dapat dihitung."),
        (0, 0, "100", "keluaran", None, "Pagu nol."),
        (None, 900, "100", "keluaran", None, "Pagu belum diisi."),
        (1000, None, "100", "selisih", None, "Realisasi anggaran belum diisi."),
    ],
)
def test_efficiency(pagu, realisasi, persen, way, nilai, words):
    reached = None if persen is None else Decimal(persen)
    found = efficiency(pagu, realisasi, reached, replace(DEFAULT, efisiensi=way))
    assert (None if found.nilai is None else str(found.nilai)) == nilai
    assert (found.hitungan or found.alasan).endswith(words)


def test_the_settings_of_the_plan_hold_for_all_of_it():
    plan = Plan([*BASE, indikator(target="4", realisasi="9"), *TREE])
    plan.apply(set_bounds(plan, "d", Decimal(110), None))
    plan.apply(set_predicates(plan, "d", SCALES["sakip"][1]))
    plan.apply(set_efficiency(plan, "d", "selisih"))
    reckoning = Reckoning(plan, "d", read_sampai("TW4"))
    (one,) = reckoning.indicators()
    assert (one.capaian.uraian, one.capaian.predikat) == ("9 / 4 = 225 %, dibatasi 110 %", "AA")
    assert reckoning.sasaran(BASE[2]).capaian.grade.predikat == "AA"


# The years.


def of_year(tahun, jenis, nilai):
    return TahunIndikator(
        id=f"{jenis}{tahun}", dokumen_id="d", indikator_id="i", urutan=1, jenis=jenis, tahun=tahun, nilai=nilai
    )


def test_an_indicator_through_the_years():
    rows = [of_year(str(2021 + n), "target", str(10 * n + 10)) for n in range(5)]
    rows += [of_year("2023", "realisasi", "24"), of_year("2024", "realisasi", "36")]
    years = indicator_through(Plan([*BASE, indikator(), *rows]), indikator())
    assert [(y.tahun, y.target, y.realisasi) for y in years.tahun] == [
        ("2021", "10", ""),
        ("2022", "20", ""),
        ("2023", "30", "24"),
        ("2024", "40", "36"),
        ("2025", "50", ""),
    ]
    assert (years.lalu.capaian.persen, years.ini.capaian.persen) == (Decimal("80.00"), Decimal("90.00"))
    assert (years.poin, years.selisih) == (Decimal("10.00"), Decimal("12"))
    assert years.akhir.uraian == "36 / 50 = 72 %"
    assert (years.target_akhir, years.tahun_akhir) == ("50", "2025")


def test_the_document_itself_fills_its_own_year():
    plan = Plan([*BASE, indikator(target="8", realisasi="4")])
    years = indicator_through(plan, plan.get(Indikator, "i"))
    assert [y.tahun for y in years.tahun] == ["2021", "2022", "2023", "2024", "2025"]
    assert years.ini.capaian.persen == Decimal("50.00")
    assert (years.poin, years.selisih, years.lalu.capaian.alasan) == (None, None, "Target belum diisi.")


def test_a_line_through_the_years():
    def amount(tahun, jenis, nilai):
        return TahunAnggaran(
            id=f"{jenis}{tahun}", dokumen_id="d", anggaran_id="p", urutan=1, jenis=jenis, tahun=tahun, nilai=nilai
        )

    rows = [amount("2023", "pagu", 400), amount("2023", "realisasi", 300), amount("2019", "realisasi", 5)]
    plan = Plan([*BASE, *TREE, *rows])
    years = line_through(plan, plan.get(Dokumen, "d"), TREE[0])
    assert [(y.tahun, y.pagu, y.realisasi, y.serapan) for y in years if y.pagu or y.realisasi] == [
        ("2019", None, 5, None),
        ("2023", 400, 300, Decimal("75.00")),
        ("2024", 1000, None, None),
    ]


# Whatever is typed, each percentage has its sum and each silence its reason.

typed = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.integers(0, 11),
        st.sampled_from(
            [None, "-", "0", "19,50", "10.000", "A", "BB", "3 laporan", "25%", "0,7 - 0,8", "#REF!", " ", "9" * 70]
        ),
        st.sampled_from([None, *WAYS, "/rata", "/tertinggi", "turun/jumlah", "lain"]),
    ),
    max_size=12,
)


@settings(max_examples=30)
@given(sequences, typed, st.integers(1, 12), st.booleans())
def test_any_plan_is_reckoned_as_of_any_period(steps, reports, bulan, quarter):
    plan, dokumen_id = sample_plan("bone-2023")
    for step in steps:
        plan.apply(changes_of(plan, dokumen_id, step))
    for at, place, text, metode in reports:
        rows = plan.where(Indikator, "dokumen_id", dokumen_id)
        if not rows:
            break
        old = rows[at % len(rows)]
        plan.apply([Change(old, replace(old, metode=metode))])
        try:
            plan.apply(set_result(plan, old, place, text))
            plan.apply(set_counts(plan, old, ("pembilang", "penyebut")[at % 2], {place: text}))
        except PlanError:
            continue
    reckoning = Reckoning(plan, dokumen_id, Sampai(-(-bulan // 3) * 3, True) if quarter else Sampai(bulan))
    for one in reckoning.indicators():
        assert bool(one.target.text) != bool(one.target.alasan)
        assert bool(one.realisasi.text) != bool(one.realisasi.alasan)
        assert (one.capaian.persen is None) == bool(one.capaian.alasan)
        assert (one.capaian.persen is None) != bool(one.capaian.hitungan)
    told = json.loads(json.dumps(as_json(plan, reckoning)))
    assert len(told["sasaran"]) == len(plan.where(Kinerja, "dokumen_id", dokumen_id))
    assert as_text(plan, reckoning)

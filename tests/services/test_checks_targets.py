"""The rules for targets: each finds its fault and nothing else, by the way in which an indicator accumulates."""

import pytest
from checks_plans import found, indikator, line, node, short, targets

from models.rows import Dukungan, TahunIndikator
from services.checks import Checks
from services.rollup import RollUp
from services.samples import sample_plan

ODD = ("13.5O", "1.23.456", "1E+06", "#REF!")

TARGETS = {
    "no fault": ((indikator(), targets("25", "50", "75", "100")), []),
    "a fall": ((indikator(), targets("25", "20", "75", "100")), [("TARGET-TURUN", "i", "TW2", "20", "25")]),
    "a fall over a dash and an empty cell": (
        (indikator(), targets("25", "-", None, "20")),
        [
            ("TARGET-TURUN", "i", "TW4", "20", "25"),
            ("TARGET-AKHIR", "i", "TW4", "20", "100"),
            ("TARGET-KOSONG", "i", "TW3", None, None),
        ],
    ),
    "a dash at the end": ((indikator(), targets("50", "100", "-", "-")), []),
    "beyond the year": (
        (indikator(), targets("25", "50", "110", "100")),
        [("TARGET-TURUN", "i", "TW4", "100", "110"), ("TARGET-LEBIH", "i", "TW3", "110", "100")],
    ),
    "short of the year": (
        (indikator(), targets("25", "50", "75", "99,5")),
        [("TARGET-AKHIR", "i", "TW4", "99,5", "100")],
    ),
    "decimals that say the same": ((indikator("78,00"), targets("19,50", "39", "58,5", "78")), []),
    "percent signs say the same": ((indikator("80%"), targets("25%", "50%", "75%", "80%")), []),
    "units say the same": ((indikator("3 laporan"), targets("1 laporan", "2 laporan", "3 laporan", "3 laporan")), []),
    "thousands are read by column": ((indikator("10.000"), targets("2.500", "5.000", "7.500", "10.000")), []),
    "months": (
        (indikator("12"), targets(*map(str, range(1, 12)), "11", periode="bulan")),
        [("TARGET-AKHIR", "i", 12, "11", "12")],
    ),
    "a grade has no order": ((indikator("A"), targets("B", "A", "BB", "A")), []),
    "no annual target to compare with": ((indikator(None), targets("25", "50", "75", "100")), []),
    "a sum is no running total": ((indikator("4", "jumlah"), targets("1", "1", "1", "1")), []),
    "a level may fall": ((indikator("6", "posisi"), targets("9", "8", "7", "6")), []),
    "a level that is another at the end": (
        (indikator("4", "posisi"), targets("9", "8", "7", "6")),
        [("TARGET-AKHIR", "i", "TW4", "6", "4")],
    ),
    "a level stated in the middle": ((indikator("4", "posisi"), targets("9", "8", "-", "-")), []),
    "a grade that is another at the end": (
        (indikator("A", "predikat"), targets("-", "-", "-", "BB")),
        [("TARGET-AKHIR", "i", "TW4", "BB", "A")],
    ),
    "a grade stated once": ((indikator("A", "predikat"), targets("a", "-", "-", "-")), []),
    "unclear, and the last one fits": ((indikator("6", None), targets("9", "8", "7", "6")), []),
    "unclear, and one of them fits": ((indikator("8", None), targets("9", "8", "7", "6")), []),
    "unclear, and the mean fits": ((indikator("93", None), targets("90", "92", "94", "96")), []),
    "unclear, and none fits": (
        (indikator("20", None), targets("6", "6", "6", "6")),
        [("TARGET-JUMLAH", "i", None, "24", "20")],
    ),
    "unclear, and stated once beyond the year": (
        (indikator("1,25%", None), targets(None, None, None, "125%")),
        [("TARGET-JUMLAH", "i", None, "125", "1,25%")]
        + [("TARGET-KOSONG", "i", f"TW{n}", None, None) for n in (1, 2, 3)],
    ),
    "less is better": ((indikator("6", arah="turun"), targets("9", "8", "7", "6")), []),
    "less is better, and not reached": (
        (indikator("4", arah="turun"), targets("9", "8", "7", "6")),
        [("TARGET-AKHIR", "i", "TW4", "6", "4")],
    ),
    "a last one that is not there yet": (
        (indikator(), targets("25", "50", "75", None)),
        [("TARGET-KOSONG", "i", "TW4", None, None)],
    ),
    "a last one that cannot be read": (
        (indikator(), targets("25", "50", "75", "######")),
        [("TARGET-TAK-TERBACA", "i", "TW4", "######", None)],
    ),
    "a sum of dashes": (
        (indikator("3", "jumlah"), targets("-", "-", "-", "-")),
        [("TARGET-JUMLAH", "i", None, None, "3")],
    ),
    "a running total of dashes": (
        (indikator("3"), targets("-", "-", "-", "-")),
        [("TARGET-AKHIR", "i", None, None, "3")],
    ),
    "dashes, and nothing says how they accumulate": ((indikator("3", None), targets("-", "-", "-", "-")), []),
    "dashes for nothing": ((indikator("0", "jumlah"), targets("-", "-", "-", "-")), []),
    "no targets yet": ((indikator(), targets(None, None, None, None)), []),
    "no series": ((indikator(),), []),
    "a sum that is right": ((indikator("10", "jumlah"), targets("4", "-", "6", "-")), []),
    "a sum that is not": (
        (indikator("20 UMKM'", "jumlah", satuan="UMKM"), targets("4 UMKM", "6 UMKM", "4 UMKM", "4 UMKM")),
        [("TARGET-JUMLAH", "i", None, "18 UMKM'", "20 UMKM'")],
    ),
    "percentages that add up": ((indikator("100", "jumlah"), targets("40", "20", "20", "20")), []),
    "a sum but for rounding": ((indikator("100", "jumlah"), targets("33,3", "33,3", "33,3", "0")), []),
    "a sum of two units": (
        (indikator("4 orang 2 unit", "jumlah"), targets("2 orang 1 unit", "2 orang", "1 unit", "-")),
        [],
    ),
    "a sum of two units, one of them wrong": (
        (indikator("4 orang 2 unit", "jumlah"), targets("2 orang 1 unit", "1 orang", "1 unit", "-")),
        [("TARGET-JUMLAH", "i", None, "3 orang", "4 orang 2 unit")],
    ),
    "unclear, and reached in no way": (
        (indikator("100", None), targets("95", "-", "-", "-")),
        [("TARGET-JUMLAH", "i", None, "95", "100")],
    ),
    "unclear, and not all is stated": (
        (indikator("100", None), targets("20", "20", None, "20")),
        [("TARGET-KOSONG", "i", "TW3", None, None)],
    ),
    "unclear, and less is better": ((indikator("100", None, arah="turun"), targets("95", "-", "-", "-")), []),
    "unclear, and stated at the end": ((indikator("5", None), targets("-", "-", "-", "5")), []),
    "an empty cell among dashes": (
        (indikator("43%", "jumlah"), targets("-", "-", "43%", None)),
        [("TARGET-KOSONG", "i", "TW4", None, None)],
    ),
    "months that state the quarters only": (
        (
            indikator(),
            targets(None, None, "25", None, None, "50", None, None, "75", None, None, "100", periode="bulan"),
        ),
        [],
    ),
    "months that leave out a quarter": (
        (indikator(), targets(None, None, "25", *[None] * 5, "75", None, None, "100", periode="bulan")),
        [("TARGET-KOSONG", "i", 6, None, None)],
    ),
    "thousands with and without a point": (
        (indikator("10.000"), targets("2500", "5000", "7500", "10000")),
        [("TARGET-BENTUK", "i", None, "2500", "10.000")],
    ),
    "a comma and a point": (
        (indikator("1,5"), targets("0.5", "1", "1", "1,5")),
        [("TARGET-BENTUK", "i", None, "0.5", "1,5")],
    ),
    "with and without a percent sign": (
        (indikator("100", satuan="Persen"), targets("40%", "60%", "80%", "100%")),
        [("TARGET-BENTUK", "i", None, "40%", "100")],
    ),
    "zero has no percent sign": ((indikator("100%"), targets("0", "50%", "75%", "100%")), []),
    "whole numbers among decimals": ((indikator("100"), targets("16,67", "25", "60", "100")), []),
    "another unit than the year": (
        (indikator("5 dokumen", "jumlah"), targets("1 laporan", "2 laporan", "1 laporan", "1 laporan")),
        [("TARGET-SATUAN", "i", f"TW{n}", t, "5 dokumen") for n, t in enumerate(("1 laporan", "2 laporan"), 1)]
        + [("TARGET-SATUAN", "i", f"TW{n}", "1 laporan", "5 dokumen") for n in (3, 4)],
    ),
    "another unit than the column": (
        (indikator("1%", "jumlah", satuan="Unit Usaha"), targets("-", "-", "1%", "-")),
        [("TARGET-SATUAN", "i", None, "1%", "Unit Usaha")],
    ),
    "a unit in capitals": (
        (indikator("6 laporan TW", "jumlah"), targets("3 Laporan TW", "1 laporan", "2 lap", "-")),
        [],
    ),
    "a percent sign and the word": ((indikator("70%", satuan="Persen"), targets("10%", "20%", "30%", "70%")), []),
    "a grade behind the number": (
        (indikator("75 (B)", "posisi", satuan="Nilai"), targets("-", "-", "-", "75 (B)")),
        [],
    ),
    "two units, each added up": (
        (indikator("50 orang 10 koperasi", None), targets("20 orang", "30 orang 4 koperasi", "6 koperasi", "-")),
        [],
    ),
    "two units, changed for each other": (
        (indikator("50 orang 10 koperasi", None), targets("10 orang", "40 koperasi", "10 koperasi", "-")),
        [("TARGET-SATUAN", "i", None, "10 orang 50 koperasi", "50 orang 10 koperasi")],
    ),
    "a cell that was too narrow": (
        (indikator("######", "posisi"), targets("#####", "80", "80", "80")),
        [
            ("TARGET-TAK-TERBACA", "i", None, "######", None),
            ("TARGET-TAK-TERBACA", "i", "TW1", "#####", None),
        ],
    ),
    "a letter in a number": (
        (indikator("80", "posisi"), targets("13.5O", "1.23.456", "1E+06", "#REF!")),
        [("TARGET-TAK-TERBACA", "i", f"TW{n}", text, None) for n, text in enumerate(ODD, 1)],
    ),
    "words, ranges and bounds are no slips": (
        (indikator("Sangat Baik", "predikat"), targets("80 - 90", "≥ 80", "WTP", "3 laporan TW 1")),
        [],
    ),
    "a running total of two units": (
        (indikator("4 orang 2 unit"), targets("1 orang 1 unit", "2 orang 1 unit", "4 orang 2 unit", "-")),
        [],
    ),
    "a running total of two units that falls": (
        (indikator("4 orang 2 unit"), targets("1 orang 2 unit", "2 orang 1 unit", "4 orang 2 unit", "-")),
        [("TARGET-TURUN", "i", "TW2", "2 orang 1 unit", "1 orang 2 unit")],
    ),
}


@pytest.mark.parametrize(("rows", "wanted"), TARGETS.values(), ids=TARGETS)
def test_the_targets_of_an_indicator_give_just_these_findings(rows, wanted):
    assert short(found(*rows)) == wanted


def test_years_that_cannot_be_read_are_one_finding():
    rows = [
        TahunIndikator(
            id=f"y{tahun}", dokumen_id="d", indikator_id="i", urutan=1, jenis="target", tahun=tahun, nilai="######"
        )
        for tahun in ("2020", "2021")
    ]
    (finding,) = found(indikator(None), *rows)
    assert (finding.kode, finding.periode) == ("TARGET-TAK-TERBACA", None)
    assert finding.pesan == "Angka tahun 2020 dan 2021 (######) tidak terbaca."


def pair(one, two, **more):
    """The same indicator on a sasaran and on the one above it."""
    return (
        node("up", "sasaran_program"),
        node("down", induk_id="up"),
        indikator(one, "posisi", id="iu", kinerja_id="up", satuan="%", urutan=1),
        indikator(
            two, **({"akumulasi": "posisi", "id": "id", "kinerja_id": "down", "satuan": "%", "urutan": 2} | more)
        ),
        indikator("1", "posisi", id="ik", kinerja_id="k", uraian="Lain", satuan="%", urutan=3),
    )


def differing(*rows):
    return [(f.row_id, f.nilai, f.harusnya) for f in found(*rows) if f.kode == "TARGET-BEDA"]


def test_the_same_indicator_has_the_same_target_on_every_level():
    assert differing(*pair("80", "80,0")) == []
    assert differing(*pair("80", "75")) == [("id", "75", "80")]
    assert differing(*pair("A", "BB")) == [("id", "BB", "A")]


def test_another_unit_or_way_of_accumulating_is_another_indicator():
    assert differing(*pair("80", "75", satuan="orang")) == []
    assert differing(*pair("80", "75", akumulasi="jumlah")) == []
    assert differing(*pair("80", "75", uraian="Koperasi sehat")) == []
    elsewhere = (node("up2", "sasaran_program"), node("down2", induk_id="up2"))
    assert differing(*elsewhere, *pair("80", "75", kinerja_id="down2")) == [], "on a row that does not stand below"


def test_where_nothing_says_what_is_above_the_only_one_of_a_higher_level_is_meant():
    assert differing(*pair("80", "75", kinerja_id="k")) == [("id", "75", "80")]
    other = (node("up2", "sasaran_program"), indikator("80", "posisi", id="i2", kinerja_id="up2", satuan="%", urutan=0))
    assert differing(*other, *pair("80", "75", kinerja_id="k")) == []


def test_capitals_make_no_other_indicator():
    assert differing(*pair("80", "75", uraian="KOPERASI  AKTIF.")) == [("id", "75", "80")]


def test_several_below_may_be_parts_of_a_number():
    third = (node("down2", induk_id="up"), indikator("30", "posisi", id="i3", kinerja_id="down2", satuan="%", urutan=4))
    assert differing(*pair("80", "50"), *third) == []
    assert differing(*pair("80", "70"), *third) == [("id", "70", "80"), ("i3", "30", "80")], "more than the whole"


def test_where_most_agree_the_odd_one_is_found():
    third = (
        node("deep", "sasaran_sub_kegiatan", induk_id="down"),
        indikator("75", "posisi", id="i3", kinerja_id="deep", satuan="%", urutan=4),
    )
    assert differing(*pair("80", "75"), *third) == [("iu", "80", "75")]


def test_a_line_stands_below_the_sasaran_that_it_supports():
    on_line = indikator("75", "posisi", id="il", kinerja_id=None, anggaran_id="a", satuan="%", urutan=9)
    link = Dukungan(id="x", dokumen_id="d", urutan=1, kinerja_id="down", anggaran_id="a")
    assert differing(*pair("80", "80"), line(), on_line, link) == [("il", "75", "80")]


def test_equal_years_are_compared_period_by_period():
    series = (targets("20", "40", "60", "80", of="iu"), targets("20", "45", "60", "80", of="id"))
    assert differing(*pair("80", "80"), *series) == [("id", "45", "40")]
    assert differing(*pair("80", "80"), series[0], targets("20", "40", "60", "80", of="id")) == []


def test_the_grades_and_dashes_of_the_samples_are_no_faults():
    plan, dokumen_id = sample_plan()
    codes = {f.kode for f in Checks(plan, RollUp(plan)).of(dokumen_id) if f.kode.startswith("TARGET")}
    assert codes == {"TARGET-BENTUK"}

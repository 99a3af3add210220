"""The shapes that real plans take and that are no fault: other periods, other writing, other numbering, other codes."""

from dataclasses import replace

import pytest
from checks_plans import FULL, codes, found, indikator, kas, line, node, targets

from models.rows import Dukungan

SINGLE = {"kumulatif": 0, "periode": "triwulan"}
PROGRAM = line("p", "program", 120, urutan=1)
KEGIATAN = line("k", "kegiatan", 120, "p", urutan=2)
ZERO = line("z", "sub_kegiatan", 0, "k", urutan=4)
SUB = line("s", "sub_kegiatan", 120, "k", urutan=3)
TEN = [10] * 12

MONEY = {
    "quarters, and a line of nothing": (
        PROGRAM,
        KEGIATAN,
        SUB,
        ZERO,
        *(kas(30, 30, 30, 30, of=of, **SINGLE) for of in "pks"),
    ),
    "a line of nothing with a row of dashes": (KEGIATAN, SUB, ZERO, kas(*[0] * 12, of="z"), kas(*FULL, of="s")),
    "a line of nothing with an empty row": (KEGIATAN, SUB, ZERO, kas(*[None] * 12, of="z"), kas(*FULL, of="s")),
    "running totals above single months": (PROGRAM, KEGIATAN, kas(*FULL, of="p"), kas(*TEN, of="k", kumulatif=0)),
    "quarters above months": (PROGRAM, KEGIATAN, kas(30, 30, 30, 30, of="p", **SINGLE), kas(*FULL, of="k")),
    "months above quarters": (PROGRAM, KEGIATAN, kas(*FULL, of="p"), kas(30, 60, 90, 120, of="k", periode="triwulan")),
    "cash of the lowest level only": (PROGRAM, KEGIATAN, SUB, kas(*FULL, of="s")),
    "cash of the highest level only": (PROGRAM, KEGIATAN, SUB, kas(*FULL, of="p")),
    "months that state the quarters only": (
        SUB,
        kas(None, None, 30, None, None, 60, None, None, 90, None, None, 120, of="s"),
    ),
    "no pagu above": (replace(PROGRAM, pagu=None), KEGIATAN),
    "one program under two sasaran": (
        PROGRAM,
        node("n1", "sasaran_program"),
        node("n2", "sasaran_program"),
        *(Dukungan(id=f"d{n}", dokumen_id="d", urutan=n, kinerja_id=f"n{n}", anggaran_id="p") for n in (1, 2)),
    ),
}


@pytest.mark.parametrize("rows", MONEY.values(), ids=MONEY)
def test_amounts_of_this_shape_are_no_fault(rows):
    assert found(*rows) == []


TARGETS = {
    "a grade at the end": ("A", "predikat", ("-", "-", "-", "A")),
    "an opinion in the middle": ("WTP", "predikat", ("-", "Opini WTP", "-", "-")),
    "a grade for a number": ("B", "predikat", ("-", "-", "-", "75")),
    "a grade behind the number": ("76,50 (BB)", "posisi", ("-", "-", "-", "76,50")),
    "words": ("Sangat Baik", "predikat", ("Baik", "Baik", "Baik", "Sangat Baik")),
    "a range": ("0,75 - 0,80", "posisi", ("-", "-", "-", "0,75 - 0,80")),
    "a bound": ("≥ 90", "posisi", ("≥ 90", "≥ 90", "≥ 90", "≥ 90")),
    "percent signs": ("100%", "kumulatif", ("25%", "50 %", "75%", "100%")),
    "a share of the year in each quarter": ("12 bulan", "jumlah", ("3 bulan", "3 bulan", "3 bulan", "3 bulan")),
    "months that run on": ("12 bulan", "kumulatif", ("3 bulan", "6 bulan", "9 bulan", "12 bulan")),
    "one document at the end": ("1 Dokumen", "jumlah", ("-", "-", "-", "1 dokumen")),
    "capitals and abbreviations": ("12 Dokumen", "jumlah", ("3 dok", "3 Dok.", "3 DOKUMEN", "3 dokumen")),
    "the number of a report behind the unit": ("2 Laporan", "jumlah", ("1 Laporan TW 1", "-", "1 Laporan TW 3", "-")),
    "people by month": ("40 orang/bulan", "jumlah", ("10 OB", "10 OB", "10 OB", "10 OB")),
    "rupiah": ("Rp 5.000.000", "kumulatif", ("Rp 1.000.000", "Rp 2.000.000", "Rp 3.000.000", "Rp 5.000.000")),
    "thirds": ("100%", "jumlah", ("33,33%", "33,33%", "33,33%", "0")),
    "rounded quarters": ("77,74", "kumulatif", ("19,44", "38,87", "58,31", "77,74")),
    "thousands": ("1.000", "kumulatif", ("250", "500", "750", "1.000")),
    "thousands with a comma": ("1,000", "kumulatif", ("250", "500", "750", "1,000")),
    "the same level all year": ("35", "posisi", ("35", "35", "35", "35")),
    "the same level, and nothing says so": ("2,5", None, ("2,5", "2,5", "2,5", "2,5")),
    "a level that falls to its target": ("5", "posisi", ("12", "10", "7", "5")),
    "two units in turn": ("50 orang 10 koperasi", None, ("50 orang", "10 koperasi", "-", "-")),
    "two units together": ("50 orang, 10 koperasi", "jumlah", ("25 orang 5 koperasi", "-", "25 orang 5 koperasi", "-")),
    "nothing this year": ("0", "jumlah", ("-", "-", "-", "-")),
    "not planned": ("-", "jumlah", ("-", "-", "-", "-")),
}


@pytest.mark.parametrize(("target", "how", "periods"), TARGETS.values(), ids=TARGETS)
def test_targets_written_like_this_are_no_fault(target, how, periods):
    assert found(indikator(target, how), targets(*periods)) == []


def test_an_indicator_that_is_better_the_lower_it_is_may_fall():
    assert found(indikator("5", arah="turun"), targets("12", "10", "7", "5")) == []


def test_an_indicator_that_is_carried_down_with_its_figures_is_no_fault():
    rows = [node("k2", induk_id="k"), node("k3", "sasaran_sub_kegiatan", induk_id="k2")]
    for owner in ("k", "k2", "k3"):
        rows += [indikator(id=f"i{owner}", kinerja_id=owner), targets("25", "50", "75", "100", of=f"i{owner}")]
    assert found(*rows) == []


NUMBERS = {
    "letters": ("a", "b", "c"),
    "Roman": ("I", "II", "III", "IV"),
    "by chapter": ("1.1", "1.2", "2.1", "2.2"),
    "with signs": ("1.", "2)", "3"),
    "with a zero": ("01", "02", "03"),
    "letters and numbers": ("A.1", "A.2", "B.1"),
    "from another table": ("31", "32", "33"),
    "begun again": ("1", "2", "3", "1", "2"),
    "none": (None, None, None),
    "dashes": ("-", "-", "-"),
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
def test_numbers_like_these_are_no_fault(numbers):
    level = "sasaran_sub_kegiatan"
    assert found(*(node(f"n{at}", level, nomor=nomor, urutan=at) for at, nomor in enumerate(numbers))) == []


def test_numbers_may_begin_again_below_each_parent():
    parents = [node(f"p{p}", "sasaran_program", nomor=str(p), urutan=p) for p in (1, 2)]
    below = [node(f"c{p}{n}", nomor=str(n), induk_id=f"p{p}", urutan=10 * p + n) for p in (1, 2) for n in (1, 2, 3)]
    assert codes(found(*parents, *below)) == [("INDUK-KOSONG", "k")], "but for the sasaran of the frame"


CODES = {
    "four digits": ("2.17.03", "2.17.03.2.01", "2.17.03.2.01.0001"),
    "two digits": ("2.17.03", "2.17.03.2.01", "2.17.03.2.01.01"),
    "any urusan": ("X.XX.01", "X.XX.01.2.01", "2.17.01.2.01.0001"),
    "only the part of the level": ("03", "2.01", "0001"),
    "spaces": ("2 17 03", "2 17 03 2.01", "2 17 03 2.01 0001"),
    "a dot at the end": ("2.17.03.", "2.17.03.2.01.", "2.17.03.2.01.0001."),
    "a missing zero": ("2.17.3", "2.17.03.2.1", "2.17.03.2.01.0001"),
    "none in the middle": ("2.17.03", None, "2.17.03.2.01.0001"),
}


@pytest.mark.parametrize("codes", CODES.values(), ids=CODES)
def test_codes_like_these_are_no_fault(codes):
    rows = (replace(PROGRAM, pagu=None), replace(KEGIATAN, pagu=None), replace(SUB, pagu=None))
    assert found(*(replace(row, kode=kode) for row, kode in zip(rows, codes, strict=True))) == []

"""The measurement of a year: targets, results, percent and predicate beside the interchange files, and the money."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from plan_json import LAMPUNG, PLANS, assert_sound, at, body, dots, indicators, name_of, opened, tables, texts

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator, Opd
from services import edits
from services.capaian import SCALE
from services.capaian_periode import realisasi_of
from services.forms import build_form
from services.forms.parts import Signature
from services.samples import sample_plan

LEGEND = (
    "Predikat: Sangat Tinggi di atas 90 %; Tinggi di atas 75 % sampai 90 %; Sedang di atas 65 % sampai 75 %; "
    "Rendah di atas 50 % sampai 65 %; Sangat Rendah 50 % ke bawah."
)
COLOURS = {grade.predikat: grade.warna for grade in SCALE}


def plain(text):
    """Of "18,98 %" the number; the data has no thousands in its targets of the year."""
    return Decimal(text.split()[0].rstrip("%").replace(",", "."))


def percent_of(target, realisasi):
    value = (plain(realisasi) * 100 / plain(target)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(value).replace(".", ",")


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_every_row_says_what_the_data_says(path):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, "pengukuran")
    table = tables(form)[0]
    rows = [row for row in texts(body(table), 8) if any(row[1:])]
    wanted, measured = [], 0
    for node in (node for node in data["kinerja"] if node["tingkat"] == "sasaran_strategis"):
        for n, i in enumerate(indicators(data, node, "program"), 1):
            target, result = i.get("target") or "", i.get("realisasi") or ""
            measured += bool(target and result)
            reached = [percent_of(target, result), "Sangat Tinggi"] if target and result else ["- 1)", ""]
            number = (node["nomor"] or "3").rstrip(".")
            wanted.append(
                [
                    *([number, node["uraian"]] if n == 1 else ["", ""]),
                    f"{n}. {i['uraian']}",
                    *(i.get("satuan") or "", target, result, *reached),
                ]
            )
    assert rows == wanted
    assert measured == (7 if path in LAMPUNG else 0)
    assert_sound(form)
    assert texts(table.header, 8)[1] == [str(n) for n in range(1, 9)]
    title = [line.plain for line in table.title]
    assert title[0] == f"PENGUKURAN KINERJA TAHUN {data['dokumen']['tahun']}"
    targets = any(row[4] for row in wanted) and path not in LAMPUNG
    reason = "Realisasi belum diisi." if targets else "Target belum diisi."
    below = texts(table.total, 8)[0][0].split("\n")
    assert below[0] == f"1) {reason}"
    assert len(below) == (2 if measured else 1)
    if measured:
        assert below[1] == LEGEND
    assert isinstance(form.parts[-1], Signature)


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_pagu_and_realisasi_stand_where_something_was_spent(path):
    _, plan, dokumen_id = opened(path)
    money = tables(build_form(plan, dokumen_id, "pengukuran"))[1:]
    if path not in LAMPUNG:
        assert money == []
        return
    assert texts(body(money[0]), 5) == [
        ["1", "Belanja Langsung (Misi 1)", dots(6_319_911_000), dots(5_922_027_846), "93,70"]
    ]
    assert texts(money[0].total, 5) == [["Jumlah", "", dots(6_319_911_000), dots(5_922_027_846), "93,70"]]


def with_result(target, realisasi, **fields):
    """The row of the first sasaran strategis of Buleleng, and the notes."""
    plan, dokumen_id = sample_plan()
    first = plan.all(Indikator)[0]
    plan.apply(edits.set_field(first, "target", target))
    for field, value in {"realisasi": realisasi, **fields}.items():
        plan.apply(edits.set_field(plan.get(Indikator, first.id), field, value))
    table = tables(build_form(plan, dokumen_id, "pengukuran"))[0]
    return at(body(table)), texts(table.total, 8)[0][0]


@pytest.mark.parametrize(
    ("realisasi", "persen", "predikat"),
    [
        ("91", "91,00", "Sangat Tinggi"),
        ("90", "90,00", "Tinggi"),
        ("75", "75,00", "Sedang"),
        ("65", "65,00", "Rendah"),
        ("50", "50,00", "Sangat Rendah"),
    ],
)
def test_the_predicate_is_a_word_on_a_colour_of_its_own(realisasi, persen, predikat):
    cells, _ = with_result("100", realisasi)
    assert (cells[0, 6].text, cells[0, 6].value) == (persen, Decimal(persen.replace(",", ".")))
    assert (cells[0, 7].text, cells[0, 7].fill) == (predikat, COLOURS[predikat])
    assert "#" in str(cells[0, 7].fill)


def test_lower_is_better_where_the_indicator_says_so():
    cells, _ = with_result("100", "120", arah="turun")
    assert cells[0, 6].text == "80,00"


def test_each_reason_is_told_once_and_numbered():
    cells, notes = with_result("0", "5")
    assert notes.split("\n") == [
        "1) Target nol tidak dapat dibandingkan dalam persen.",
        "2) Realisasi belum diisi.",
    ]
    assert [cells[r, 6].text for r in range(3)] == ["- 1)", "- 2)", "- 2)"]
    assert (cells[0, 7].text, cells[0, 7].fill) == ("", None)


def with_periods(akumulasi, *values):
    plan, dokumen_id = sample_plan()
    first = plan.all(Indikator)[0]
    nilai = (*values, *[None] * (12 - len(values)))
    series = DeretIndikator(
        id="r", dokumen_id=dokumen_id, indikator_id=first.id, jenis="realisasi", periode="bulan", nilai=nilai
    )
    both = Plan([*plan.rows(), series])
    both.apply(edits.set_field(first, "akumulasi", akumulasi))
    return realisasi_of(both, both.get(Indikator, first.id), 2022).text


@pytest.mark.parametrize(
    ("akumulasi", "values", "text"),
    [
        ("kumulatif", ("5", "10", None, "-"), "10"),
        ("jumlah", ("5", "10", None, "2,5"), "17,5"),
        ("jumlah", ("1.000", "500"), "1.500"),
        ("jumlah", ("5", "B"), ""),
        (None, ("5", "7"), "7"),
        ("jumlah", ("-", None), ""),
    ],
)
def test_the_periods_tell_the_result_of_the_year(akumulasi, values, text):
    assert with_periods(akumulasi, *values) == text


def test_what_was_spent_below_counts_for_the_program():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    program = next(line for line in plan.all(Anggaran) if line.jenis == "program")
    child = plan.where(Anggaran, "induk_id", program.id)[0]
    nilai = (None, None, 1_000, None, None, 500, *[None] * 6)
    series = DeretAnggaran(
        id="r",
        dokumen_id=dokumen_id,
        anggaran_id=child.id,
        jenis="realisasi",
        periode="triwulan",
        kumulatif=0,
        nilai=nilai,
    )
    table = tables(build_form(Plan([*plan.rows(), series]), dokumen_id, "pengukuran"))[1]
    rows = texts(body(table), 5)
    programs = [line for line in plan.all(Anggaran) if line.jenis == "program"]
    assert [row[1:3] for row in rows] == [[line.nama, dots(line.pagu)] for line in programs]
    assert [row[3] for row in rows] == ["1.500", *[""] * (len(programs) - 1)]
    assert texts(table.total, 5)[0][2:4] == [dots(sum(line.pagu for line in programs)), "1.500"]


def test_an_empty_plan_gives_an_empty_form():
    plan = Plan([Opd(id="o", urutan=1, nama="Dinas"), Dokumen(id="d", opd_id="o", urutan=1, judul="x", tahun=2025)])
    assert build_form(plan, "d", "pengukuran").empty

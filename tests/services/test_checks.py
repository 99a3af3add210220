"""The checks: each rule finds its fault and nothing else, and after a change the findings are those found afresh."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from random_edits import changes_of, sequences

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator, Kinerja, Opd
from services.checks import Checks, Finding, grouped
from services.checks.finding import period_name, period_words
from services.checks.report import as_json, as_text
from services.rollup import RollUp
from services.samples import sample_plan

FULL = (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120)


def line(row_id="a", jenis="sub_kegiatan", pagu=None, induk=None, nama="Pelatihan"):
    return Anggaran(
        id=row_id, asal_id=row_id, dokumen_id="d", urutan=1, jenis=jenis, nama=nama, induk_id=induk, pagu=pagu
    )


def kas(*values, of="a", kumulatif=1, periode="bulan"):
    """Twelve months, or four quarters in the months that close them."""
    if periode == "triwulan":
        values = [v for quarter in values for v in (None, None, quarter)]
    return DeretAnggaran(
        id=f"s-{of}",
        dokumen_id="d",
        anggaran_id=of,
        jenis="kas",
        periode=periode,
        kumulatif=kumulatif,
        nilai=tuple(values),
    )


def indikator(target="100", akumulasi="kumulatif", arah=None, uraian="Koperasi aktif"):
    return Indikator(
        id="i",
        asal_id="i1",
        dokumen_id="d",
        urutan=1,
        kinerja_id="k",
        uraian=uraian,
        akumulasi=akumulasi,
        arah=arah,
        target=target,
    )


def targets(*values, periode="triwulan"):
    if periode == "triwulan":
        values = [v for quarter in values for v in (None, None, quarter)]
    return DeretIndikator(
        id="t", dokumen_id="d", indikator_id="i", jenis="target", periode=periode, nilai=tuple(values)
    )


BASE = (
    Opd(id="o", urutan=1, nama="Dinas"),
    Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2022),
    Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_kegiatan", uraian="Koperasi maju"),
)


def found(*rows):
    plan = Plan([*BASE, *rows])
    return list(Checks(plan, RollUp(plan)).of("d"))


def short(findings):
    return [(f.kode, f.row_id, f.periode, f.nilai, f.harusnya) for f in findings]


def months(*values):
    return (*values, *FULL[len(values) :])


MONEY = {
    "a plan without fault": ((line(pagu=120), kas(*FULL)), []),
    "equal months are no fall": ((line(pagu=120), kas(*[120] * 12)), []),
    "no cash yet is no fault": ((line(pagu=120), kas(*[None] * 12)), []),
    "no series is no fault": ((line(pagu=120),), []),
    "a fall": ((line(pagu=120), kas(*months(10, 20, 15))), [("KAS-TURUN", "a", 3, 15, 20)]),
    "a fall over an empty month": (
        (line(pagu=120), kas(*months(10, 20, None, 15))),
        [("KAS-TURUN", "a", 4, 15, 20), ("KAS-KOSONG", "a", 3, None, None)],
    ),
    "a month beyond the pagu": (
        (line(pagu=120), kas(*FULL[:10], 130, 120)),
        [("KAS-TURUN", "a", 12, 120, 130), ("KAS-LEBIH", "a", 11, 130, 120)],
    ),
    "a year short of the pagu": ((line(pagu=121), kas(*FULL)), [("KAS-AKHIR", "a", 12, 120, 121)]),
    "a year beyond the pagu": (
        (line(pagu=119), kas(*FULL)),
        [("KAS-LEBIH", "a", 12, 120, 119), ("KAS-AKHIR", "a", 12, 120, 119)],
    ),
    "no pagu to compare with": ((line(), kas(*FULL)), []),
    "a pagu of nothing": ((line(pagu=0), kas(*[0] * 12)), []),
    "empty months among others": (
        (line(pagu=120), kas(None, *FULL[1:5], None, *FULL[6:])),
        [("KAS-KOSONG", "a", 1, None, None), ("KAS-KOSONG", "a", 6, None, None)],
    ),
    "an empty December": (
        (line(pagu=110), kas(*FULL[:11], None)),
        [("KAS-KOSONG", "a", 12, None, None)],
    ),
    "single months that rise and fall": ((line(pagu=24), kas(*[3, 1] * 6, kumulatif=0)), []),
    "single months that add up to less": (
        (line(pagu=30), kas(*[2] * 12, kumulatif=0)),
        [("KAS-AKHIR", "a", None, 24, 30)],
    ),
    "single months that add up to more": (
        (line(pagu=23), kas(*[2] * 12, kumulatif=0)),
        [("KAS-LEBIH", "a", 12, 24, 23), ("KAS-AKHIR", "a", None, 24, 23)],
    ),
    "quarters without fault": ((line(pagu=40), kas(10, 20, 30, 40, periode="triwulan")), []),
    "a quarter that falls": (
        (line(pagu=40), kas(10, 5, 30, 40, periode="triwulan")),
        [("KAS-TURUN", "a", "TW2", 5, 10)],
    ),
    "an empty quarter": (
        (line(pagu=40), kas(10, 20, None, 40, periode="triwulan")),
        [("KAS-KOSONG", "a", "TW3", None, None)],
    ),
    "the last quarter short": (
        (line(pagu=50), kas(10, 20, 30, 40, periode="triwulan")),
        [("KAS-AKHIR", "a", "TW4", 40, 50)],
    ),
    "single quarters beyond the pagu": (
        (line(pagu=30), kas(10, 10, 10, 10, periode="triwulan", kumulatif=0)),
        [("KAS-LEBIH", "a", "TW4", 40, 30), ("KAS-AKHIR", "a", None, 40, 30)],
    ),
}

PROGRAM = line("p", "program", 300)
PARTS = (line("k1", "kegiatan", 100, "p"), line("k2", "kegiatan", 200, "p"))
FLAT = tuple([300] * 12)
TREE = {
    "children that add up": ((PROGRAM, *PARTS), []),
    "children that do not": ((replace(PROGRAM, pagu=301), *PARTS), [("PAGU-RINCIAN", "p", None, 301, 300)]),
    "a child without pagu": ((PROGRAM, PARTS[0], replace(PARTS[1], pagu=None)), []),
    "a parent without pagu": ((replace(PROGRAM, pagu=None), *PARTS), []),
    "cash that adds up": (
        (PROGRAM, *PARTS, kas(*FLAT, of="p"), kas(*[100] * 12, of="k1"), kas(*[200] * 12, of="k2")),
        [],
    ),
    "cash that is off by more than rounding": (
        (PROGRAM, *PARTS, kas(*FLAT, of="p"), kas(97, *[100] * 11, of="k1"), kas(*[200] * 12, of="k2")),
        [("KAS-RINCIAN", "p", 1, 300, 297)],
    ),
    "cash that is off by a rupiah a child": (
        (PROGRAM, *PARTS, kas(*FLAT, of="p"), kas(98, *[100] * 11, of="k1"), kas(*[200] * 12, of="k2")),
        [("KAS-PEMBULATAN", "p", 1, 300, 298)],
    ),
    "a child without cash": ((PROGRAM, *PARTS, kas(*FLAT, of="p"), kas(*[50] * 11, 100, of="k1")), []),
    "a parent without cash": ((PROGRAM, *PARTS, kas(*[100] * 12, of="k1"), kas(*[200] * 12, of="k2")), []),
    "a grandchild's cash stands for a child's": (
        (
            line("p", "program", 100),
            line("k1", "kegiatan", 100, "p"),
            line("s", "sub_kegiatan", 100, "k1"),
            kas(*[100] * 12, of="p"),
            kas(90, *[100] * 11, of="s"),
        ),
        [("KAS-RINCIAN", "p", 1, 100, 90)],
    ),
    "single months of the children against totals of the parent": (
        (
            line("p", "program", 120),
            line("k1", "kegiatan", 120, "p"),
            kas(*FULL, of="p"),
            kas(*[10] * 12, of="k1", kumulatif=0),
        ),
        [],
    ),
}

TARGETS = {
    "no fault": ((indikator(), targets("25", "50", "75", "100")), []),
    "a fall": ((indikator(), targets("25", "20", "75", "100")), [("TARGET-TURUN", "i", "TW2", "20", "25")]),
    "a fall over a dash and an empty cell": (
        (indikator(), targets("25", "-", None, "20")),
        [("TARGET-TURUN", "i", "TW4", "20", "25"), ("TARGET-AKHIR", "i", "TW4", "20", "100")],
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
    "a level may fall": ((indikator("4", "posisi"), targets("9", "8", "7", "6")), []),
    "unclear is not judged": ((indikator("4", None), targets("9", "8", "7", "6")), []),
    "less is better": ((indikator("4", arah="turun"), targets("9", "8", "7", "6")), []),
    "no targets yet": ((indikator(), targets(None, None, None, None)), []),
    "no series": ((indikator(),), []),
}

NAMES = {
    "a line": ((line(nama=""),), [("NAMA-KOSONG", "a", None, None, None)]),
    "a line of spaces": ((line(nama="  "),), [("NAMA-KOSONG", "a", None, "  ", None)]),
    "a line that the paper left open": (
        (line(nama="(nama tidak tercetak)"),),
        [("NAMA-KOSONG", "a", None, "(nama tidak tercetak)", None)],
    ),
    "an indicator": ((indikator(uraian=" "),), [("NAMA-KOSONG", "i", None, None, None)]),
    "names that are there": ((line(), indikator()), []),
}


@pytest.mark.parametrize(("rows", "wanted"), MONEY.values(), ids=MONEY)
def test_the_cash_of_a_line_gives_just_these_findings(rows, wanted):
    assert short(found(*rows)) == wanted


@pytest.mark.parametrize(("rows", "wanted"), TREE.values(), ids=TREE)
def test_a_line_and_its_children_give_just_these_findings(rows, wanted):
    assert short(found(*rows)) == wanted


@pytest.mark.parametrize(("rows", "wanted"), TARGETS.values(), ids=TARGETS)
def test_the_targets_of_an_indicator_give_just_these_findings(rows, wanted):
    assert short(found(*rows)) == wanted


@pytest.mark.parametrize(("rows", "wanted"), NAMES.values(), ids=NAMES)
def test_only_a_row_without_a_name_is_found(rows, wanted):
    assert short(found(*rows)) == wanted


LEVEL_OF = {
    "KAS-TURUN": "galat",
    "KAS-LEBIH": "galat",
    "KAS-AKHIR": "galat",
    "KAS-KOSONG": "peringatan",
    "PAGU-RINCIAN": "galat",
    "KAS-RINCIAN": "peringatan",
    "KAS-PEMBULATAN": "catatan",
    "TARGET-TURUN": "galat",
    "TARGET-LEBIH": "galat",
    "TARGET-AKHIR": "galat",
    "NAMA-KOSONG": "peringatan",
}


def test_every_rule_has_its_level_and_is_tried_above():
    findings = [f for table in (MONEY, TREE, TARGETS, NAMES) for rows, _ in table.values() for f in found(*rows)]
    assert {f.kode: f.tingkat for f in findings} == LEVEL_OF
    for finding in findings:
        assert finding.pesan.endswith(".")
        assert finding.ringkas.endswith(".")


def test_a_sentence_names_period_and_amounts():
    (finding,) = found(line(pagu=1_200_000), kas(10_000, 5_000, *[1_200_000] * 10))
    assert finding.pesan == "Kas kumulatif Februari 5.000 lebih kecil daripada Januari 10.000."
    assert finding.selisih == -5_000
    assert finding.month == 1


def test_the_month_of_a_quarter_is_the_one_that_closes_it():
    (finding,) = found(line(pagu=40), kas(10, 5, 30, 40, periode="triwulan"))
    assert finding.month == 5
    assert period_name(finding.periode) == "TW II"


def test_buleleng_has_exactly_three_faults():
    plan, dokumen_id = sample_plan()
    findings = Checks(plan, RollUp(plan)).of(dokumen_id)
    faults = [(f.kode, plan.get(Anggaran, f.row_id).asal_id, f.periode) for f in findings if f.tingkat == "galat"]
    assert faults == [("KAS-TURUN", "a3-13", 12), ("KAS-LEBIH", "a3-13", 11), ("KAS-TURUN", "a3-23", 10)]


def everything(plan, checks):
    at = {(cls, row.id): checks.at(cls, row.id) for cls in (Anggaran, Indikator) for row in plan.all(cls)}
    return {place: findings for place, findings in at.items() if findings}


@settings(max_examples=20)
@given(sequences)
def test_after_any_edits_the_findings_are_those_found_afresh(steps):
    plan, dokumen_id = sample_plan()
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    for step in steps:
        changes = changes_of(plan, dokumen_id, step)
        before = everything(plan, checks)
        plan.apply(changes)
        others = checks.update(changes, rollup.update(changes))
        after = everything(plan, checks)
        fresh = Checks(plan, RollUp(plan))
        assert after == everything(plan, fresh)
        assert list(checks.of(dokumen_id)) == list(fresh.of(dokumen_id))
        differ = {place for place in {*before, *after} if before.get(place) != after.get(place)}
        gone = {place for place in differ if plan.find(*place) is None}
        assert differ - gone <= others <= differ | gone


def test_a_deleted_row_has_no_findings():
    plan = Plan([*BASE, line(pagu=121), kas(*FULL)])
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    assert checks.at(Anggaran, "a")
    changes = [Change(plan.get(DeretAnggaran, "s-a"), None), Change(plan.get(Anggaran, "a"), None)]
    plan.apply(changes)
    assert checks.update(changes, rollup.update(changes)) == {(Anggaran, "a")}
    assert checks.at(Anggaran, "a") == ()


def test_findings_are_listed_with_the_performance_tree_first():
    rows = (line(nama=""), indikator(uraian=""))
    assert [f.row_id for f in found(*rows)] == ["i", "a"]


def finding(kode, periode, tingkat="galat", row_id="a"):
    return Finding(kode, tingkat, Anggaran, row_id, periode, None, None, "Satu.", f"{kode} {{periode}}.")


def test_equal_findings_of_a_row_are_one_line_and_the_worst_come_first():
    findings = [
        finding("KOSONG", 1, "peringatan"),
        finding("TURUN", 2),
        finding("TURUN", 3),
        finding("TURUN", 3, row_id="b"),
    ]
    groups = grouped(findings)
    assert [g.pesan for g in groups] == ["TURUN Februari dan Maret.", "TURUN Maret.", "KOSONG Januari."]
    assert groups[0].first is findings[1]


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        ([1], "Januari"),
        ([2, 4, 5], "Februari, April dan Mei"),
        ([4, 5, 6, 7], "April sampai Juli"),
        ([11, 12], "November dan Desember"),
        (["TW1", "TW3", "TW4"], "TW I, TW III dan TW IV"),
        ([None], "setahun"),
    ],
)
def test_periods_are_put_into_words(periods, words):
    assert period_words(periods) == words


def test_the_report_names_rows_by_their_interchange_id():
    rows = [*BASE, line(pagu=121), kas(*FULL), indikator(), targets("25", "20", "75", "100")]
    plan = Plan(rows)
    findings = list(Checks(plan, RollUp(plan)).of("d"))
    report = json.loads(json.dumps(as_json(plan, findings)))
    assert [{k: v for k, v in entry.items() if k != "pesan"} for entry in report] == [
        {
            "kode": "TARGET-TURUN",
            "tingkat": "galat",
            "simpul": "i1",
            "periode": "TW2",
            "nilai": "20",
            "harusnya": "25",
        },
        {"kode": "KAS-AKHIR", "tingkat": "galat", "simpul": "a", "periode": 12, "nilai": 120, "harusnya": 121},
    ]
    assert list(report[0]) == ["kode", "tingkat", "simpul", "periode", "nilai", "harusnya", "pesan"]


def test_the_report_names_a_row_of_our_own_by_our_id():
    plan = Plan([*BASE, replace(line(pagu=121), asal_id=None), kas(*FULL)])
    (entry,) = as_json(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert entry["simpul"] == "a"


def test_the_text_counts_the_levels_and_names_the_rows():
    plan = Plan([*BASE, line(pagu=121), kas(None, *FULL[1:])])
    text = as_text(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert text.splitlines()[0] == "1 galat, 1 peringatan, 0 catatan"
    assert "KAS-AKHIR" in text.splitlines()[1]
    assert "Sub kegiatan Pelatihan: " in text.splitlines()[1]
    assert "KAS-KOSONG" in text.splitlines()[2]


def test_a_row_without_a_name_is_called_so_in_the_text():
    plan = Plan([*BASE, line(nama="")])
    text = as_text(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert "Sub kegiatan (belum bernama): Nama sub kegiatan belum diisi." in text


def test_no_findings_are_said_to_be_none():
    assert as_text(Plan(BASE), []) == "Tidak ada temuan."


def test_a_name_with_braces_is_no_trouble():
    plan = Plan([*BASE, line(nama="Rapat {0} {periode}", pagu=121), kas(*FULL)])
    text = as_text(plan, list(Checks(plan, RollUp(plan)).of("d")))
    assert "Rapat {0} {periode}" in text

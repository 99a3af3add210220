"""The rules for pagu and cash: each finds its fault and nothing else, and what follows from it is folded under it."""

from dataclasses import replace

import pytest
from checks_plans import BASE, DOKUMEN, FULL, checked, codes, found, heads, kas, line, short

from models.plan import Plan
from models.rows import Anggaran, Opd, TahunAnggaran, TotalTercetak
from services.checks import Checks, grouped
from services.rollup import RollUp
from services.samples import sample_plan


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
    "a child without pagu": (
        (PROGRAM, PARTS[0], replace(PARTS[1], pagu=None)),
        [("PAGU-KOSONG", "k2", None, None, None)],
    ),
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
    "a child without cash": (
        (PROGRAM, *PARTS, kas(*FLAT, of="p"), kas(*[50] * 11, 100, of="k1")),
        [("KAS-TIDAK-ADA", "k2", None, None, 200)],
    ),
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


@pytest.mark.parametrize(("rows", "wanted"), MONEY.values(), ids=MONEY)
def test_the_cash_of_a_line_gives_just_these_findings(rows, wanted):
    assert short(found(*rows)) == wanted


@pytest.mark.parametrize(("rows", "wanted"), TREE.values(), ids=TREE)
def test_a_line_and_its_children_give_just_these_findings(rows, wanted):
    assert short(found(*rows)) == wanted


def test_a_line_above_that_leaves_its_cash_open_is_the_sum_of_those_below():
    other = line("q", "program", 120)
    (finding,) = found(PROGRAM, *PARTS, other, kas(*FULL, of="q"), *cash_of_parts())
    assert (finding.kode, finding.tingkat, finding.row_id) == ("KAS-TIDAK-ADA", "catatan", "p")
    assert finding.pesan == "Rencana kas belum diisi; yang dipakai adalah jumlah kegiatannya."
    assert codes(found(PROGRAM, *PARTS, other, *cash_of_parts())) == [], "no program states its cash"


def test_a_row_of_cash_that_stands_there_empty_is_not_filled_from_below():
    other = line("q", "program", 120)
    empty = kas(*[None] * 12, of="p")
    rows = (PROGRAM, *PARTS, other, kas(*FULL, of="q"), empty, *cash_of_parts())
    assert codes(found(*rows)) == [("KAS-TIDAK-ADA", "p")]


def cash_of_parts():
    return kas(*[100] * 12, of="k1"), kas(*[200] * 12, of="k2")


def test_a_plan_without_any_cash_has_nothing_to_say_of_it():
    assert found(PROGRAM, *PARTS) == []


def test_a_plan_without_any_pagu_has_nothing_to_say_of_it():
    assert found(line("p", "program"), line("k1", "kegiatan", induk="p")) == []


def test_a_line_with_amounts_by_year_needs_no_pagu():
    of_years = TahunAnggaran(id="y", dokumen_id="d", anggaran_id="b", urutan=1, jenis="pagu", tahun="2020", nilai=5)
    assert found(line("a", pagu=10), line("b"), of_years) == []
    assert codes(found(line("a", pagu=10), line("b"))) == [("PAGU-KOSONG", "b")]


def years(row_id, **amounts):
    return [
        TahunAnggaran(
            id=f"{row_id}{year}",
            dokumen_id="d",
            anggaran_id=row_id,
            urutan=1,
            jenis="pagu",
            tahun=year[1:],
            nilai=nilai,
        )
        for year, nilai in amounts.items()
    ]


def test_the_pagu_of_each_year_is_the_sum_of_the_lines_below():
    tree = (line("p", "program"), line("k1", "kegiatan", induk="p"), line("k2", "kegiatan", induk="p"))
    parts = (*years("k1", _2020=1, _2021=2), *years("k2", _2020=3, _2021=4))
    assert found(*tree, *parts, *years("p", _2020=4, _2021=6)) == []
    (finding,) = found(*tree, *parts, *years("p", _2020=4, _2021=7))
    assert (finding.kode, finding.nilai, finding.harusnya) == ("PAGU-RINCIAN", 7, 6)
    assert finding.pesan.startswith("Pagu 2021 7, jumlah 2 kegiatannya 6")
    assert found(*tree, *years("k1", _2020=1), *years("p", _2020=4)) == []


def test_a_parent_of_months_is_compared_with_children_of_quarters_where_a_quarter_closes():
    parent = kas(*[10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120], of="p")
    rows = (line("p", "program", 120), line("k", "kegiatan", 120, "p"))
    assert found(*rows, parent, kas(30, 60, 90, 120, of="k", periode="triwulan")) == []
    wrong = found(*rows, parent, kas(30, 60, 95, 120, of="k", periode="triwulan"))
    assert short(wrong) == [("KAS-RINCIAN", "p", 9, 90, 95)]


def test_single_periods_are_compared_one_by_one():
    rows = (line("p", "program", 40), line("k", "kegiatan", 40, "p"))
    singles = {"kumulatif": 0, "periode": "triwulan"}
    parent = kas(10, 10, 10, 10, of="p", **singles)
    assert short(found(*rows, parent, kas(5, 15, 10, 10, of="k", **singles))) == [
        ("KAS-RINCIAN", "p", "TW1", 10, 5),
        ("KAS-RINCIAN", "p", "TW2", 10, 15),
    ]


def cascade(top, middle, *below):
    """A program, its kegiatan and two sub kegiatan, by their cash of twelve months."""
    rows = [line("p", "program", top[-1]), line("k", "kegiatan", middle[-1], "p")]
    made = [kas(*top, of="p"), kas(*middle, of="k")]
    for number, values in enumerate(below):
        rows.append(line(f"s{number}", "sub_kegiatan", values[-1], "k"))
        made.append(kas(*values, of=f"s{number}"))
    return *rows, *made


def big(*values):
    return [value * 1000 for value in values]


STEPS = big(*range(10, 130, 10))


def test_the_differences_above_a_wrong_series_are_folded_under_it():
    halves = [value // 2 for value in STEPS]
    wrong = [value + 3000 if at < 11 else value for at, value in enumerate(STEPS)]
    findings = found(*cascade(STEPS, wrong, halves, halves))
    (only,) = grouped(findings)
    assert (only.first.kode, only.first.row_id, len(only.findings)) == ("KAS-RINCIAN", "k", 11)
    assert [(group.first.row_id, len(group.findings)) for group in only.lanjutan] == [("p", 11)]


def test_a_difference_that_no_deeper_fault_explains_stands_for_itself():
    halves = [value // 2 for value in STEPS]
    wrong = [value + 3000 if at < 11 else value for at, value in enumerate(STEPS)]
    other = [value + 5000 if at < 11 else value for at, value in enumerate(STEPS)]
    groups = grouped(found(*cascade(other, wrong, halves, halves)))
    assert sorted(group.first.row_id for group in groups) == ["k", "p"]


def test_a_pagu_that_the_sums_below_explain_is_reported_at_the_deepest_line():
    halves = [value // 2 for value in STEPS]
    rows = [r for r in cascade(STEPS, STEPS, halves, halves) if not (isinstance(r, Anggaran) and r.id == "s0")]
    findings = found(*rows, line("s0", "sub_kegiatan", halves[-1] + 700, "k"))
    (only,) = grouped(findings)
    assert (only.first.kode, only.first.row_id) == ("KAS-AKHIR", "s0")
    assert [group.first.kode for group in only.lanjutan] == ["PAGU-RINCIAN"]


SHORT = "Berkas ini memuat halaman 1 dan 2 saja."


def test_where_the_transcript_ends_lines_may_be_missing():
    dokumen = replace(DOKUMEN, sumber=SHORT)
    rows = (
        line("p1", "program", 11, urutan=1),
        line("k1", "kegiatan", 10, "p1", urutan=2),
        line("p2", "program", 11, urutan=3),
        line("k2", "kegiatan", 10, "p2", urutan=4),
    )
    assert codes(found(*rows)) == [("PAGU-RINCIAN", "p1"), ("PAGU-RINCIAN", "p2")]
    plan = Plan([BASE[0], dokumen, *rows])
    assert codes(Checks(plan, RollUp(plan)).of("d")) == [("PAGU-RINCIAN", "p1")]


def total(tempat, nilai):
    return TotalTercetak(id="t", dokumen_id="d", urutan=1, tempat=tempat, nilai=nilai)


QUARTERS = (
    line("p1", "program", 100, urutan=1),
    line("k1", "kegiatan", 100, "p1", urutan=2),
    line("p2", "program", 300, urutan=3),
    kas(10, 20, 30, 40, of="p1", kumulatif=0, periode="triwulan"),
    kas(10, 20, 30, 40, of="k1", kumulatif=0, periode="triwulan"),
    kas(60, 70, 80, 90, of="p2", kumulatif=0, periode="triwulan"),
)


@pytest.mark.parametrize(
    ("tempat", "nilai", "wanted"),
    [
        ("Jumlah anggaran", 400, None),
        ("Jumlah anggaran", 401, 400),
        ("ESELON II, baris TOTAL, kolom Target Anggaran Tahunan", 400, None),
        ("ESELON III, baris TOTAL", 100, None),
        ("ESELON III, baris TOTAL", 400, 100),
        ("Total pagu kegiatan", 99, 100),
        ("Jumlah anggaran triwulan II", 90, None),
        ("Jumlah anggaran triwulan II", 160, None),
        ("Jumlah anggaran TW 3", 111, 110),
        ("Jumlah anggaran 2022", 400, None),
        ("Jumlah anggaran 2021", 5, None),
        ("Jumlah Bidang Koperasi", 5, None),
        ("Jumlah halaman 2", 5, None),
        ("Jumlah program 1", 5, None),
        ("Jumlah I", 5, None),
        ("Jumlah 2", 5, None),
        ("Total A", 5, None),
        ("Sub Total", 5, None),
        ("Total anggaran perangkat daerah", 5, 400),
        ("Tabel 3.1: JUMLAH", 5, 400),
        ("Nilai efisiensi", 5, None),
        ("Jumlah anggaran", None, None),
        (None, 5, None),
    ],
)
def test_a_printed_total_is_read_by_its_place(tempat, nilai, wanted):
    findings = found(*QUARTERS, total(tempat, nilai))
    assert [(f.kode, f.nilai, f.harusnya) for f in findings] == ([("PAGU-TOTAL", nilai, wanted)] if wanted else [])


def test_a_total_of_realisasi_is_that_of_its_year():
    spent = TahunAnggaran(id="y", dokumen_id="d", anggaran_id="p1", urutan=1, jenis="realisasi", tahun="2022", nilai=70)
    assert found(*QUARTERS, spent, total("Jumlah realisasi anggaran 2022", 70)) == []
    assert codes(found(*QUARTERS, spent, total("Jumlah realisasi anggaran 2022", 71))) == [("PAGU-TOTAL", "t")]


def test_lines_under_no_line_of_the_level_above_are_named():
    astray = line("x", "kegiatan", 50, nama="Administrasi Umum", urutan=9)
    finding = next(f for f in found(*QUARTERS, line("k2", "kegiatan", 300, "p2"), astray) if f.kode == "PAGU-TABEL")
    assert (finding.nilai, finding.harusnya) == (400, 450)
    assert "Tanpa program: Administrasi Umum (50)." in finding.pesan


def test_levels_are_not_compared_where_a_line_has_none_below_it():
    astray = line("x", "kegiatan", 50, urutan=9)
    assert not [f for f in found(*QUARTERS, astray) if f.kode == "PAGU-TABEL"], "p2 has no kegiatan yet"


def test_buleleng_has_exactly_three_faults():
    plan, dokumen_id = sample_plan()
    findings = Checks(plan, RollUp(plan)).of(dokumen_id)
    faults = [(f.kode, plan.get(Anggaran, f.row_id).asal_id, f.periode) for f in findings if f.tingkat == "galat"]
    assert faults == [("KAS-TURUN", "a3-13", 12), ("KAS-LEBIH", "a3-13", 11), ("KAS-TURUN", "a3-23", 10)]


def test_what_follows_from_the_faults_of_buleleng_is_folded():
    plan, dokumen_id = sample_plan()
    groups = grouped(Checks(plan, RollUp(plan)).of(dokumen_id))
    folded = {
        (g.first.kode, plan.get(g.first.tabel, g.first.row_id).asal_id): [f.periode for f in inner.findings]
        for g in groups
        for inner in g.lanjutan
        if g.first.tabel is Anggaran
    }
    assert folded == {("KAS-LEBIH", "a3-13"): [11], ("KAS-TURUN", "a3-23"): [10]}


def test_lombok_reports_each_surplus_at_the_sub_kegiatan_that_has_it():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    faults = [g for g in grouped(Checks(plan, RollUp(plan)).of(dokumen_id)) if g.first.tabel is Anggaran]
    deep = [plan.get(Anggaran, g.first.row_id).asal_id for g in faults if g.first.tingkat == "galat"]
    assert deep == ["P6.1.2", "P8.1.1", "P8.5.2"]


def test_the_cause_of_a_finding_is_a_finding_of_the_plan():
    for name in ("buleleng-2022", "lombok-tengah-2022", "bone-2023", "lampung-2019"):
        plan, dokumen_id = sample_plan(name)
        findings = list(Checks(plan, RollUp(plan)).of(dokumen_id))
        keys = {finding.key for finding in findings}
        assert {f.sebab for f in findings if f.sebab is not None} <= keys
        assert list(heads(findings))


def test_two_documents_do_not_disturb_each_other():
    more = (Opd(id="o2", urutan=2, nama="Badan"), replace(DOKUMEN, id="d2", opd_id="o2", urutan=2))
    assert found(*more, replace(line("a", pagu=5), dokumen_id="d2"), line("b")) == []
    assert list(checked(*more, replace(line("a"), dokumen_id="d2", nama="")).of("d")) == []

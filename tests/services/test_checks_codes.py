"""The rules for codes, and totals of papers of which only a part was transcribed."""

import random
from dataclasses import replace

import pytest
from checks_plans import DOKUMEN, OPD, Shape, found, line, short, sound_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, TotalTercetak
from services.checks import Checks, grouped
from services.rollup import RollUp

PROGRAM = line("p", "program", kode="2.17.03", urutan=1)


def subs(above, *codes, induk="k"):
    rows = [line(f"s{n}", "sub_kegiatan", None, induk, kode=kode, nama=f"Sub {n}") for n, kode in enumerate(codes)]
    return [replace(row, urutan=9 + n) for n, row in enumerate(rows)], line("k", "kegiatan", None, "p", kode=above)


def heads(*rows):
    groups = grouped(finding for finding in found(*rows) if finding.kode == "KODE-BEDA")
    return [(g.first.kode, g.first.row_id, len(g.lanjutan)) for g in groups]


def test_a_wrong_code_is_the_cause_of_those_below_that_do_not_fit_under_it():
    below, above = subs("2.17.04.2.01", "2.17.03.2.01.0001", "2.17.03.2.01.0002")
    assert heads(PROGRAM, above, *below) == [("KODE-BEDA", "k", 2)]


def test_lines_that_begin_alike_and_otherwise_than_the_one_above_are_one_fault():
    below, above = subs("2.17.03.2.01", "2.17.03.2.02.0001", "2.17.03.2.02.0002", "2.17.03.2.03.0001")
    assert heads(PROGRAM, above, *below) == [("KODE-BEDA", "s0", 1), ("KODE-BEDA", "s2", 0)]


@pytest.mark.parametrize(
    ("codes", "twice"),
    [
        (("2.17.03.2.01.01", "2.17.03.2.01.02"), []),
        (("2.17.03.2.01.01", "2.17.03.2.01.0001"), ["s1"]),
        (("2.17.03.2.01.01", "2.17.03.2.01.01"), ["s1"]),
        (("01", "02", "01"), ["s2"]),
        (("2.17", "2.17", "2.17"), []),
        ((None, None), []),
    ],
)
def test_a_code_is_used_once_under_a_line(codes, twice):
    below, above = subs("2.17.03.2.01", *codes)
    assert [f.row_id for f in found(PROGRAM, above, *below) if f.kode == "NOMOR-GANDA"] == twice


def test_a_line_that_is_printed_twice_has_its_code_twice():
    rows = [line(f"p{n}", "program", kode="2.17.03", nama="Program A", urutan=n) for n in range(2)]
    assert found(*rows) == []
    assert [f.pesan for f in found(rows[0], replace(rows[1], nama="Program B"))] == [
        "Kode 2.17.03 sudah dipakai: Program A."
    ]


def test_short_codes_begin_again_under_lines_that_nothing_tells():
    rows = [line(f"s{n}", "sub_kegiatan", kode="01", nama=f"Sub {n}", urutan=n) for n in range(2)]
    assert found(*rows) == []


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_after_any_code_or_line_has_changed_the_findings_are_those_found_afresh(seed):
    pick = random.Random(seed)
    plan = sound_plan(Shape(2, 2, 2, "triwulan", False, 1))
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    for _ in range(6):
        row, other = pick.choice(plan.all(Anggaran)), pick.choice(plan.all(Anggaran))
        field = pick.choice(("kode", "nama", "urutan", "pagu"))
        change = Change(row, replace(row, **{field: pick.choice((getattr(other, field), getattr(row, field)))}))
        plan.apply([change])
        checks.update([change], rollup.update([change]))
    assert list(checks.of("d")) == list(Checks(plan, RollUp(plan)).of("d"))


CUT = "The tables Eselon II and Eselon III, Eselon IV no. 1 to 30."
BY_TABLES = (
    line("p", "program", 100, urutan=1),
    line("q", "program", 100, urutan=2),
    line("k", "kegiatan", 100, "p", urutan=3),
    line("l", "kegiatan", 100, "q", urutan=4),
    line("s", "sub_kegiatan", 60, "l", urutan=5),
)


def cut(*rows, sumber=CUT):
    return list(Checks(plan := Plan([OPD, replace(DOKUMEN, sumber=sumber), *rows]), RollUp(plan)).of("d"))


def total(tempat, nilai):
    return TotalTercetak(id="t", dokumen_id="d", urutan=1, tempat=tempat, nilai=nilai)


def test_of_a_paper_of_tables_only_the_last_one_can_have_been_cut():
    less = replace(BY_TABLES[2], pagu=90)
    rows = (*BY_TABLES[:2], less, *BY_TABLES[3:])
    assert short(cut(*rows)) == [("PAGU-RINCIAN", "p", None, 100, 90)]
    assert short(cut(*BY_TABLES, total("Jumlah pagu kegiatan", 201))) == [("PAGU-TOTAL", "t", None, 201, 200)]
    assert cut(*BY_TABLES, total("Jumlah pagu sub kegiatan", 201)) == []
    assert short(cut(*BY_TABLES, total("Jumlah pagu sub kegiatan", 59))) == [("PAGU-TOTAL", "t", None, 59, 60)]


def test_of_a_paper_of_branches_all_levels_may_go_on():
    rows = [replace(row, urutan=at) for at, row in enumerate((BY_TABLES[1], *BY_TABLES[3:]), 1)]
    rows[0] = replace(rows[0], pagu=300)
    assert cut(*rows, total("Jumlah pagu kegiatan", 201)) == []


@pytest.mark.parametrize(
    ("sumber", "partial"),
    [
        (CUT, True),
        ("Berkas ini memuat halaman 1 dan 2 saja.", True),
        ("Halaman 1 sampai 3 dari 7.", True),
        ("Pages 1 and 2 of 4.", True),
        ("Dimuat 40 baris pertama.", True),
        ("Nomor '4' tercetak tanpa sasaran pada baris P7.1.1 dan tidak dimuat.", False),
        ("Transcribed whole, 8 pages.", False),
        (None, False),
    ],
)
def test_a_source_says_whether_it_holds_the_whole_paper(sumber, partial):
    rows = [row for row in BY_TABLES if row.id in "ls"]
    assert [f.kode for f in cut(*rows, sumber=sumber)] == ([] if partial else ["PAGU-RINCIAN"])


def test_two_tables_that_differ_name_the_lines_on_both_sides():
    rows = (
        *(line(f"p{n}", "program", 100, urutan=n, nama=f"Program {n}") for n in range(3)),
        *(line(f"k{n}", "kegiatan", 100, f"p{n}", urutan=5 + n) for n in range(2)),
        line("x", "kegiatan", 70, nama="Administrasi", urutan=9),
    )
    (finding,) = found(*rows)
    assert (finding.kode, finding.nilai, finding.harusnya) == ("PAGU-TABEL", 300, 270)
    assert finding.pesan.endswith("Tanpa program: Administrasi (70). Tanpa kegiatan: Program 2 (100).")

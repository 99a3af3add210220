"""One total of the money of a plan, wherever it is printed; where programs are less than the whole, both by name."""

from dataclasses import replace

import pytest

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, Dokumen, TahunAnggaran, new_id
from services.capaian_rencana import Reckoning
from services.forms import build_form
from services.forms.parts import Figure, Table
from services.narasi.bagan import cash_curve
from services.narasi.flow import flow
from services.narasi.placeholders import fill
from services.narasi.tables import programs
from services.pagu_total import pagu_total
from services.periods import Sampai
from services.rollup import RollUp, topmost
from services.samples import sample_plan

YEAR = Sampai(12, triwulan=True)
PROGRAMS, OUTSIDE, ALL = 14_601_238_524, 8_577_372_274, 23_178_610_798
"""Buleleng 2022: TOTAL of ESELON II; the six kegiatan whose program is not printed; TOTAL of ESELON III."""


def sample(name):
    plan, dokumen_id = sample_plan(name)
    return plan, plan.get(Dokumen, dokumen_id)


def rows(table):
    return [[cell.text for cell in row.cells] for block in (*table.body, table.total) for row in block]


def test_kegiatan_without_a_program_belong_to_the_whole_and_are_told_apart():
    plan, dokumen = sample("buleleng-2022")
    total = pagu_total(plan, dokumen)
    assert (total.semua, total.program, total.luar) == (ALL, PROGRAMS, OUTSIDE)
    assert {line.jenis for line in total.di_luar} == {"kegiatan"}
    assert len(total.di_luar) == 6


@pytest.mark.parametrize(
    ("name", "pagu"),
    [
        ("buleleng-2022", ALL),
        ("lombok-tengah-2022", 9_361_664_774),
        ("bone-2023", 4_111_656_976),
        ("lampung-2019", 6_319_911_000),
        ("bekasi-2024", None),
    ],
)
def test_the_same_total_stands_everywhere(name, pagu):
    plan, dokumen = sample(name)
    assert pagu_total(plan, dokumen).semua == pagu
    assert RollUp(plan).whole(dokumen.id).pagu == pagu
    assert Reckoning(plan, dokumen.id, YEAR).whole.pagu == pagu
    printed = "" if pagu is None else f"Rp {pagu:,}".replace(",", ".")
    assert fill("{pagu}", plan, dokumen).strip(".") == printed.strip(".")
    assert fill("{pagu.capaian}", plan, dokumen) == fill("{pagu}", plan, dokumen)
    curve = cash_curve(plan, dokumen, 160, 82)
    if curve.shapes:
        assert f"Pagu {printed.removeprefix('Rp ')}" in [label.text for label in curve.labels]


def test_the_form_of_pagu_and_realisasi_has_the_total_of_its_curve():
    plan, dokumen = sample("buleleng-2022")
    cash = [row for row in plan.where(DeretAnggaran, "dokumen_id", dokumen.id) if row.jenis == "kas"]
    plan.apply(Change(None, replace(row, id=new_id(), jenis="realisasi")) for row in cash)
    form = build_form(plan, dokumen.id, "pagu-realisasi")
    table = next(part for part in form.parts if isinstance(part, Table))
    (figure,) = (part for part in form.parts if isinstance(part, Figure))
    assert table.total[0].cells[1].value == ALL
    assert "Pagu 23.178.610.798" in [label.text for label in figure.labels]


def test_the_lines_of_the_table_in_the_report_add_up_to_its_sum():
    plan, dokumen = sample("buleleng-2022")
    cash = [row for row in plan.where(DeretAnggaran, "dokumen_id", dokumen.id) if row.jenis == "kas"]
    plan.apply(Change(None, replace(row, id=new_id(), jenis="realisasi")) for row in cash)
    table = next(part for part in flow("{tabel:pagu-realisasi}", plan, dokumen) if isinstance(part, Table))
    lines = [next(cell.value for cell in row.cells if cell.format != "General") for (row,) in table.body]
    assert len(lines) == 21
    assert sum(lines) == ALL
    assert "23.178.610.798" in [cell.text for cell in table.total[0].cells]


def test_the_table_of_programs_says_which_sum_is_which():
    plan, dokumen = sample("buleleng-2022")
    table = programs(plan, dokumen)
    assert rows(table)[-3:] == [
        ["Jumlah program", "14.601.238.524"],
        ["Di luar program di atas: 6 kegiatan", "8.577.372.274"],
        ["Jumlah seluruh anggaran", "23.178.610.798"],
    ]
    assert fill("{pagu.program}", plan, dokumen) == "Rp 14.601.238.524"


def test_where_all_money_is_of_programs_there_is_one_sum():
    plan, dokumen = sample("lombok-tengah-2022")
    assert rows(programs(plan, dokumen))[-1] == ["Jumlah", "9.361.664.774"]
    assert fill("{pagu.program}", plan, dokumen) == fill("{pagu}", plan, dokumen)


def test_a_program_that_is_printed_twice_has_one_number_and_both_amounts():
    plan, dokumen = sample("buleleng-2022")
    body = programs(plan, dokumen).body
    assert len(body) == 14
    assert fill("{jumlah.program}", plan, dokumen) == "14"
    (twin,) = (block for block in body if len(block) == 2)
    assert [cell.rows for cell in twin[0].cells] == [2, 2, 1]
    assert [row.cells[-1].text for row in twin] == ["112.848.852", "1.587.538.237"]


def test_programs_of_other_years_are_not_of_this_one():
    plan, dokumen = sample("lampung-2019")
    assert [row[1] for row in rows(programs(plan, dokumen))[:-1]] == ["Belanja Langsung (Misi 1)"]
    assert fill("{jumlah.program}", plan, dokumen) == "1"


def test_a_pagu_that_is_stated_by_year_alone_counts():
    plan, dokumen = sample("bone-2023")
    line = min(topmost(plan, dokumen.id), key=lambda one: one.nama)
    before = pagu_total(plan, dokumen).semua
    year = TahunAnggaran(
        id=new_id(),
        dokumen_id=dokumen.id,
        anggaran_id=line.id,
        urutan=1,
        jenis="pagu",
        tahun=str(dokumen.tahun),
        nilai=line.pagu,
    )
    plan.apply([Change(line, replace(line, pagu=None)), Change(None, year)])
    assert pagu_total(plan, dokumen).semua == before


def test_a_line_without_a_parent_is_counted_once_and_no_line_below_another():
    plan, dokumen = sample("buleleng-2022")
    tops = topmost(plan, dokumen.id)
    assert {line.induk_id for line in tops} == {None}
    assert len(tops) == 21
    child = next(one for one in plan.where(Anggaran, "dokumen_id", dokumen.id) if one.induk_id is not None)
    assert child.id not in {line.id for line in tops}

"""Bagi over several rows: each by its own year, those that the way does not fit left out with the reason."""

from dataclasses import replace

import pytest

from models.changes import Change
from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, Indikator
from services.bagi_banyak import common_places, common_ways, read_rows, spread_rows
from services.bagi_cara import Ask, Cara, last_years
from services.samples import sample_plan

ALL = frozenset(range(BULAN))


@pytest.fixture
def plan() -> Plan:
    return sample_plan()[0]


def of_id(plan: Plan, cls: type, asal_id: str):
    return next(row for row in plan.all(cls) if row.asal_id == asal_id)


def test_lines_and_targets_are_each_spread_by_their_own_year(plan: Plan) -> None:
    lines = [line for line in plan.all(Anggaran) if line.pagu][:5]
    rows = [*lines, of_id(plan, Indikator, "k2-02-i1")]
    found = spread_rows(rows, read_rows(plan, rows), Ask(Cara.RATA, ALL))
    assert [one.problem for one in found] == [""] * 6
    for one in found:
        plan.apply(one.changes)
    for line in lines:
        series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        assert series is not None
        assert series.nilai[11] == line.pagu
        assert series.nilai[0] == line.pagu // 12
    targets = plan.one(DeretIndikator, "indikator_id", rows[-1].id, "target")
    assert targets is not None
    assert targets.nilai[11] == rows[-1].target


def test_rows_that_the_way_does_not_fit_are_left_out_with_the_reason(plan: Plan) -> None:
    line = next(line for line in plan.all(Anggaran) if line.pagu)
    bare = next(other for other in plan.all(Anggaran) if other.id != line.id)
    indikator = of_id(plan, Indikator, "k2-02-i1")
    plan.apply([Change(bare, replace(bare, pagu=None))])
    plan.apply([Change(indikator, replace(indikator, target="BB", akumulasi="predikat"))])
    rows = [line, plan.get(Anggaran, bare.id), plan.get(Indikator, indikator.id)]
    isians = read_rows(plan, rows)
    even = spread_rows(rows, isians, Ask(Cara.RATA, ALL))
    assert [one.problem for one in even] == [
        "",
        "Pagu belum diisi. Isi pagu baris ini dahulu.",
        "Cara ini tidak berlaku untuk baris ini.",
    ]
    assert [bool(one.changes) for one in even] == [True, False, False]
    at_end = spread_rows(rows, isians, Ask(Cara.AKHIR, ALL))
    assert [bool(one.changes) for one in at_end] == [False, False, True]
    same = spread_rows(rows, isians, Ask(Cara.SAMA, ALL, amount="1"))
    assert same[0].problem.startswith("Jumlah kurang Rp ")
    nobody = spread_rows(rows, isians, Ask(Cara.RATA, frozenset()))
    assert [bool(one.changes) for one in nobody] == [False] * 3
    assert nobody[0].problem == "Pilih sedikitnya satu bulan."


def test_the_ways_are_those_that_fit_any_row(plan: Plan) -> None:
    kas = [line for line in plan.all(Anggaran) if line.pagu][:1]
    running = of_id(plan, Indikator, "k2-02-i1")
    assert Cara.PERSEN not in common_ways(read_rows(plan, kas))
    assert Cara.PERSEN in common_ways(read_rows(plan, [*kas, running]))
    assert common_ways(read_rows(plan, [running]))[0] is Cara.RATA
    assert common_places(read_rows(plan, kas)) == tuple(range(BULAN))


def test_last_year_gives_each_row_its_own_proportions(plan: Plan) -> None:
    rows = [line for line in plan.all(Anggaran) if line.pagu][:2]
    assert last_years(plan, rows) == [(None, "2021 belum ada")] * 2
    weights = {rows[0].id: (0,) * 11 + (1,)}
    found = spread_rows(rows, read_rows(plan, rows), Ask(Cara.TAHUN_LALU, ALL), weights)
    assert [one.problem for one in found] == ["", "Tidak ada isinya pada tahun lalu."]
    series = found[0].changes[0].after
    assert isinstance(series, DeretAnggaran)
    assert series.nilai == (*[0] * 11, rows[0].pagu)

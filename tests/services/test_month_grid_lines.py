"""The lines of a branch, where a typed parent differs from its children, and how lines are arranged."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from models.rows import Anggaran, Indikator, Kinerja
from services.accepting import accept
from services.checks import Checks
from services.document import Document
from services.grid_arrange import Arrangement, Condition, arranged
from services.month_grid import FIRST_MONTH, FIRST_QUARTER, SETAHUN, URAIAN, Line, MonthGrid
from services.rollup import RollUp

APRIL, DESEMBER = FIRST_MONTH + 3, FIRST_MONTH + 11


@pytest.fixture
def grid(buleleng: Document) -> MonthGrid:
    rollup = RollUp(buleleng.plan)
    return MonthGrid(buleleng.plan, rollup, Checks(buleleng.plan, rollup))


@pytest.fixture
def row(buleleng: Document) -> Callable:
    def find(cls: type, asal_id: str) -> object:
        return next(r for r in buleleng.plan.all(cls) if r.asal_id == asal_id)

    return find


def test_a_parent_that_differs_says_by_how_much(grid: MonthGrid, row: Callable) -> None:
    lines = grid.lines(row(Indikator, "k2-02-i1"))
    shown = grid.show(lines[5])
    assert shown.marks[APRIL] == "peringatan"
    assert shown.notes[APRIL] == "Tertulis 167.454.171; jumlah kegiatan 197.454.171; selisih -30.000.000."


def test_what_was_accepted_is_not_marked_any_more(buleleng: Document) -> None:
    plan = buleleng.plan
    line = next(a for a in plan.all(Anggaran) if a.asal_id == "a3-13")
    found = Checks(plan, RollUp(plan)).at(Anggaran, line.id)
    assert any(f.tingkat == "galat" for f in found)
    plan.apply(accept(plan, line.dokumen_id, found, "sesuai dokumen", "sri", "2026-11-22T10:00:00+08:00"))
    rollup = RollUp(plan)
    grid = MonthGrid(plan, rollup, Checks(plan, rollup))
    shown = grid.show(next(ln for ln in grid.lines(line) if ln.row_id == line.id and ln.kind == "kas"))
    assert set(shown.marks) == {None}


def test_marks_are_those_of_the_view(grid: MonthGrid, row: Callable) -> None:
    """In running totals December fits; as a single month it does not, nor do the third and fourth quarter."""
    line = next(iter(grid.lines(row(Anggaran, "a3-03"))))
    assert grid.show(line).marks[DESEMBER] is None
    grid.kumulatif = False
    marks = grid.show(line).marks
    assert marks[DESEMBER] == "peringatan"
    assert marks[FIRST_QUARTER : FIRST_QUARTER + 4] == (None, None, "peringatan", "peringatan")
    note = grid.show(line).notes[DESEMBER]
    assert note == "Tertulis 1.739.884; jumlah sub kegiatan 11.951.118; selisih -10.211.234."


def test_lines_know_what_they_hang_under(grid: MonthGrid, row: Callable) -> None:
    line = row(Anggaran, "a3-03")
    lines = grid.lines(line)
    assert lines[0].folds
    assert all(below.above == (line.id,) for below in lines[1:])
    assert grid.lines(row(Indikator, "k2-02-i1"))[2].depth == -1


def names(grid: MonthGrid, lines: list[Line]) -> list[str]:
    return [grid.name(line) for line in lines]


def arrange(grid: MonthGrid, lines: list[Line], **how: object) -> list[Line]:
    return arranged(lines, Arrangement(**how), grid.show, grid.name).lines  # type: ignore[arg-type]


def test_a_folded_line_hides_what_hangs_under_it(grid: MonthGrid, row: Callable) -> None:
    lines = grid.lines(row(Anggaran, "a3-03"))
    assert arrange(grid, lines, folded=frozenset({lines[0].row_id})) == lines[:1]


def test_sorting_puts_all_lines_below_one_another_without_their_groups_and_sums(grid: MonthGrid, row: Callable) -> None:
    lines = grid.lines(row(Kinerja, "k2-02"))
    found = arranged(lines, Arrangement(sort=(SETAHUN, True)), grid.show, grid.name)
    cash = [line for line in found.lines if line.kind == "kas"]
    pagu = [int(grid.show(line).texts[SETAHUN].replace(".", "")) for line in cash]
    assert pagu == sorted(pagu, reverse=True)
    groups = {above for line in lines for above in line.above if line.kind == "kas"}
    assert groups
    assert {line.row_id for line in found.lines} == {x.row_id for x in lines if x.kind != "jumlah"} - groups
    assert found.aside == len(lines) - len(found.lines)
    assert {(line.depth, line.above, line.folds) for line in found.lines} == {(-1, (), False)}
    up = arrange(grid, lines, sort=(URAIAN, False))
    assert names(grid, up) == sorted(names(grid, up), key=str.casefold)


def test_a_folded_group_is_sorted_as_a_line_of_its_own(grid: MonthGrid, row: Callable) -> None:
    lines = grid.lines(row(Anggaran, "a3-03"))
    how = Arrangement(folded=frozenset({lines[0].row_id}), sort=(SETAHUN, False))
    found = arranged(lines, how, grid.show, grid.name)
    assert [line.row_id for line in found.lines] == [lines[0].row_id]


def test_what_a_filter_has_found_is_sorted_groups_too_but_not_the_lines_above(grid: MonthGrid, row: Callable) -> None:
    lines = grid.lines(row(Anggaran, "a3-03"))
    how = Arrangement(conditions=(Condition(URAIAN, "berisi", "umum"),), sort=(SETAHUN, True))
    assert names(grid, arranged(lines, how, grid.show, grid.name).lines) == ["Administrasi Umum Perangkat Daerah"]
    how = replace(how, conditions=(Condition(URAIAN, "berisi", "bahan"),))
    found = arranged(lines, how, grid.show, grid.name)
    assert (len(found.lines), found.met) == (2, 2)


def test_empty_cells_come_last_both_ways(grid: MonthGrid, row: Callable) -> None:
    lines = grid.lines(row(Anggaran, "a3-03"))
    for down in (False, True):
        last = arrange(grid, lines, sort=(DESEMBER, down))[-1]
        assert grid.show(last).texts[DESEMBER] == ""


def test_a_filter_keeps_the_lines_above_and_counts_what_it_found(grid: MonthGrid, row: Callable) -> None:
    lines = grid.lines(row(Anggaran, "a3-03"))
    how = Arrangement(conditions=(Condition(URAIAN, "berisi", "BAHAN"),), folded=frozenset({lines[0].row_id}))
    found = arranged(lines, how, grid.show, grid.name)
    assert found.lines[0].row_id == lines[0].row_id
    assert (len(found.lines), found.met, found.of) == (3, 2, 7)


def test_empty_filled_and_with_a_finding(grid: MonthGrid, row: Callable) -> None:
    grid.kumulatif = False
    lines = grid.lines(row(Anggaran, "a3-03"))
    for kind, count in (("kosong", 1), ("terisi", 6), ("temuan", 2)):
        how = Arrangement(conditions=(Condition(DESEMBER, kind),))  # type: ignore[arg-type]
        assert arranged(lines, how, grid.show, grid.name).met == count


def test_conditions_of_two_columns_must_both_be_met(grid: MonthGrid, row: Callable) -> None:
    lines = grid.lines(row(Anggaran, "a3-03"))
    one = Condition(URAIAN, "berisi", "bahan")
    how = Arrangement(conditions=(one, replace(one, column=SETAHUN, text="88.393.900")))
    assert arranged(lines, how, grid.show, grid.name).met == 1


def test_a_target_that_adds_up_is_shown_as_running_totals_too(buleleng: Document, grid: MonthGrid) -> None:
    from models.changes import Change
    from models.rows import DeretIndikator

    indikator = next(i for i in buleleng.plan.all(Indikator) if i.asal_id == "k2-01-i1")
    series = buleleng.plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    assert series is not None
    monthly = replace(series, nilai=("1", "2", "-", "3", *[None] * 8))
    buleleng.edit("a", [Change(indikator, replace(indikator, akumulasi="jumlah", target="6")), Change(series, monthly)])
    line = Line("target", indikator.id)
    assert grid.show(line).texts[FIRST_MONTH : FIRST_MONTH + 5] == ("1", "3", "-", "6", "")
    assert grid.show(line).texts[FIRST_QUARTER : FIRST_QUARTER + 2] == ("3", "6")
    grid.kumulatif = False
    assert grid.show(line).texts[FIRST_MONTH : FIRST_MONTH + 5] == ("1", "2", "-", "3", "")
    assert grid.show(line).texts[FIRST_QUARTER : FIRST_QUARTER + 2] == ("3", "3")
    assert grid.show(line).texts[-2:] == ("6", "0")

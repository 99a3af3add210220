"""The action schedule as changes: order, numbers, bars and pasted lines; what an action does not concern stays."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import Change, inverse
from models.errors import PlanError
from models.plan import Plan
from models.rows import BULAN, Aksi, Anggaran, Dukungan, Indikator, Jabatan, Kinerja
from services import aksi as actions
from services.aksi import PastedLine, months_of, read_lines, run_at, runs, shifted, stretched
from services.interchange import export_document
from services.samples import sample_plan

months = st.frozensets(st.integers(1, BULAN))
month = st.integers(1, BULAN)


@pytest.fixture
def plan() -> Plan:
    return sample_plan("bone-2023")[0]


@pytest.fixture
def line(plan: Plan) -> Anggaran:
    """A sub kegiatan with seven actions, the first of the document."""
    return next(a for a in plan.all(Anggaran) if a.asal_id == "P1.1.1")


def texts(plan: Plan, line: Anggaran) -> list[str]:
    return [aksi.uraian for aksi in plan.where(Aksi, "anggaran_id", line.id)]


def numbers(plan: Plan, line: Anggaran) -> list[int | None]:
    return [aksi.nomor for aksi in plan.where(Aksi, "anggaran_id", line.id)]


@given(months)
def test_runs_are_the_months_without_a_gap(marked: frozenset[int]) -> None:
    found = runs(marked)
    assert {m for first, last in found for m in range(first, last + 1)} == marked
    assert all(a[1] + 1 < b[0] for a, b in itertools.pairwise(found))


@given(months, month, st.integers(-15, 15))
def test_a_moved_bar_keeps_its_length_within_the_year_and_leaves_the_others(
    marked: frozenset[int], at: int, step: int
) -> None:
    after = shifted(marked, at, step)
    run = run_at(marked, at)
    if run is None:
        assert after == marked
        return
    others = {m for m in marked if not run[0] <= m <= run[1]}
    moved = max(1 - run[0], min(BULAN - run[1], step))
    assert after == others | {m + moved for m in range(run[0], run[1] + 1)}
    assert after <= set(range(1, BULAN + 1))


@given(months, month, st.sampled_from(["awal", "akhir"]), st.integers(-3, 15))
def test_a_stretched_bar_keeps_its_other_end_and_a_month_at_least(
    marked: frozenset[int], at: int, edge: str, to: int
) -> None:
    after = stretched(marked, at, edge, to)
    run = run_at(marked, at)
    if run is None:
        assert after == marked
        return
    assert (run[1] if edge == "awal" else run[0]) in after
    assert {m for m in marked if not run[0] <= m <= run[1]} <= after <= set(range(1, BULAN + 1))
    wanted = max(1, min(to, run[1])) if edge == "awal" else min(BULAN, max(to, run[0]))
    assert wanted in after


@pytest.mark.parametrize(("bulan", "found"), [(None, set()), ("", set()), ("1,2,12", {1, 2, 12}), ("0, 3,x,13", {3})])
def test_what_is_no_month_is_passed_over(bulan: str | None, found: set[int]) -> None:
    assert months_of(Aksi(id="a", dokumen_id="d", urutan=1, anggaran_id="l", uraian="", bulan=bulan)) == found


def test_a_new_action_stands_behind_its_neighbour_and_all_are_numbered(plan: Plan, line: Anggaran) -> None:
    before, order = texts(plan, line), [aksi.id for aksi in plan.all(Aksi)]
    third = plan.where(Aksi, "anggaran_id", line.id)[2]
    changes = actions.add(plan, line, third)
    plan.apply(changes)
    assert texts(plan, line) == [*before[:3], "", *before[3:]]
    assert numbers(plan, line) == list(range(1, 9))
    assert [aksi.id for aksi in plan.all(Aksi) if aksi.id in order] == order
    plan.apply(inverse(changes))
    assert texts(plan, line) == before
    assert numbers(plan, line) == list(range(1, 8))


def test_the_first_action_of_a_line_needs_no_neighbour(plan: Plan, line: Anggaran) -> None:
    before = texts(plan, line)
    plan.apply(actions.add(plan, line, None, [PastedLine("Awal")]))
    assert texts(plan, line) == ["Awal", *before]
    empty = next(a for a in plan.all(Anggaran) if not plan.where(Aksi, "anggaran_id", a.id))
    plan.apply(actions.add(plan, empty, None, [PastedLine("Satu"), PastedLine("Dua", frozenset({3}))]))
    assert texts(plan, empty) == ["Satu", "Dua"]
    assert numbers(plan, empty) == [1, 2]
    assert plan.where(Aksi, "anggaran_id", empty.id)[1].bulan == "3"


def test_order_holds_where_no_numbers_are_left_between(plan: Plan, line: Anggaran) -> None:
    for i, aksi in enumerate(plan.all(Aksi)):
        plan.apply([Change(aksi, replace(aksi, urutan=i))])
    order = [aksi.id for aksi in plan.all(Aksi)]
    before = texts(plan, line)
    second = plan.where(Aksi, "anggaran_id", line.id)[1]
    plan.apply(actions.add(plan, line, second, [PastedLine(f"baru {i}") for i in range(30)]))
    assert texts(plan, line) == [*before[:2], *(f"baru {i}" for i in range(30)), *before[2:]]
    assert [aksi.id for aksi in plan.all(Aksi) if aksi.id in order] == order


def test_many_pastes_at_one_place_keep_their_order(plan: Plan, line: Anggaran) -> None:
    first = plan.where(Aksi, "anggaran_id", line.id)[0]
    for i in range(60):
        plan.apply(actions.add(plan, line, first, [PastedLine(str(i))]))
    assert texts(plan, line)[1:61] == [str(i) for i in reversed(range(60))]
    assert numbers(plan, line) == list(range(1, 68))


def test_moved_actions_change_places_within_their_line_only(plan: Plan, line: Anggaran) -> None:
    before = texts(plan, line)
    there = plan.where(Aksi, "anggaran_id", line.id)
    assert actions.move(plan, there[0], -1) == []
    assert actions.move(plan, there[-1], 1) == []
    plan.apply(actions.move(plan, there[0], 1))
    assert texts(plan, line) == [before[1], before[0], *before[2:]]
    assert numbers(plan, line) == list(range(1, 8))


def test_removed_actions_leave_no_gap_in_the_numbers(plan: Plan, line: Anggaran) -> None:
    there = plan.where(Aksi, "anggaran_id", line.id)
    rows = set(plan.rows())
    changes = actions.remove(plan, [there[0], there[3]])
    plan.apply(changes)
    assert texts(plan, line) == [there[i].uraian for i in (1, 2, 4, 5, 6)]
    assert numbers(plan, line) == [1, 2, 3, 4, 5]
    plan.apply(inverse(changes))
    assert set(plan.rows()) == rows


def test_months_text_and_person_change_and_nothing_else(plan: Plan, line: Anggaran) -> None:
    aksi = plan.where(Aksi, "anggaran_id", line.id)[0]
    jabatan = plan.all(Jabatan)[0]
    assert actions.set_months(aksi, {3, 1, 2})[0].altered_columns() == [("bulan", None, "1,2,3")]
    assert actions.set_months(aksi, set()) == []
    marked = replace(aksi, bulan="1,2,3,9")
    assert actions.set_months(marked, set())[0].altered_columns() == [("bulan", "1,2,3,9", None)]
    assert actions.shifted(frozenset({1, 2, 3, 9}), 2, 2) == {3, 4, 5, 9}
    assert actions.stretched(frozenset({1, 2, 3, 9}), 9, "awal", 5) == {1, 2, 3, 5, 6, 7, 8, 9}
    assert actions.set_person(aksi, jabatan.id)[0].altered_columns() == [("penanggung_jawab_id", None, jabatan.id)]
    assert actions.rename(aksi, " Rapat\tkoordinasi ")[0].after.uraian == "Rapat koordinasi"
    with pytest.raises(PlanError):
        actions.rename(aksi, "x" * 5000)


def test_marked_months_are_those_of_the_interchange_file(plan: Plan, line: Anggaran) -> None:
    aksi = plan.where(Aksi, "anggaran_id", line.id)[0]
    plan.apply(actions.set_months(aksi, {2, 11}))
    written = export_document(plan, line.dokumen_id)["aksi"]
    assert next(one["bulan"] for one in written if one["id"] == aksi.asal_id) == [2, 11]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\nb\r\n\n  c  \n", [PastedLine("a"), PastedLine("b"), PastedLine("c")]),
        ("1\tRapat\n2.\tMonev", [PastedLine("Rapat"), PastedLine("Monev")]),
        ("2023", [PastedLine("2023")]),
        ('"dua\nbaris"\tx', [PastedLine("dua baris")]),
        ('Kata "kutip" tetap', [PastedLine('Kata "kutip" tetap')]),
        ("1\tRapat\t" + "\t".join(["", "x", "", "0", "-", "●", *[""] * 6]), [PastedLine("Rapat", frozenset({2, 6}))]),
        ("\n \n", []),
    ],
)
def test_pasted_lines_are_actions(text: str, found: list[PastedLine]) -> None:
    assert read_lines(text) == found


def test_five_pasted_lines_make_five_actions_in_their_order(plan: Plan, line: Anggaran) -> None:
    last = plan.where(Aksi, "anggaran_id", line.id)[-1]
    changes = actions.paste_lines(plan, line, last, "satu\ndua\ntiga\nempat\nlima")
    plan.apply(changes)
    assert texts(plan, line)[-5:] == ["satu", "dua", "tiga", "empat", "lima"]
    assert actions.paste_lines(plan, line, last, "\n") == []


def test_a_branch_shows_the_sub_kegiatan_below_and_those_that_support_a_sasaran(plan: Plan, line: Anggaran) -> None:
    def named(row: object) -> list[str | None]:
        return [found.asal_id for found in actions.lines_of(plan, row)]

    program = next(a for a in plan.all(Anggaran) if a.asal_id == "P1")
    assert named(line) == ["P1.1.1"]
    assert named(program)[0] == "P1.1.1"
    indikator = next(i for i in plan.all(Indikator) if i.anggaran_id == line.id)
    assert named(indikator) == ["P1.1.1"]
    link = next(d for d in plan.all(Dukungan) if d.anggaran_id == program.id or d.anggaran_id == line.id)
    node = plan.get(Kinerja, link.kinerja_id)
    assert "P1.1.1" in named(node)
    above = plan.find(Kinerja, node.induk_id)
    assert above is None or set(named(node)) <= set(named(above))
    assert named(None) == []


def test_every_line_of_a_branch_is_shown_once(plan: Plan) -> None:
    for row in (*plan.all(Kinerja), *plan.all(Anggaran), *plan.all(Indikator)):
        found = [line.id for line in actions.lines_of(plan, row)]
        assert len(found) == len(set(found))


def test_who_answers_for_a_line_may_be_said_above_it(plan: Plan, line: Anggaran) -> None:
    assert actions.person_of(plan, line) == line.penanggung_jawab_id is not None
    above = plan.get(Anggaran, line.induk_id)
    jabatan = plan.all(Jabatan)[1]
    plan.apply(
        [
            Change(line, replace(line, penanggung_jawab_id=None)),
            Change(above, replace(above, penanggung_jawab_id=jabatan.id)),
        ]
    )
    assert actions.person_of(plan, plan.get(Anggaran, line.id)) == jabatan.id
    top = plan.get(Anggaran, above.induk_id)
    assert actions.person_of(plan, top) is None

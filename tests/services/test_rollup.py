"""The roll-up: sums up the budget tree, and after a change the same as computed afresh, along its own branch only."""

from dataclasses import replace

from hypothesis import given, settings
from random_edits import changes_of, sequences

from models.changes import Change, inverse
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, TotalTercetak
from services import edits
from services.rollup import RollUp, Sums
from services.samples import sample_plan


def line(row_id, jenis, induk=None, pagu=None):
    return Anggaran(id=row_id, dokumen_id="d", urutan=1, jenis=jenis, nama=row_id, induk_id=induk, pagu=pagu)


def kas(anggaran_id, *values, kumulatif=1):
    return DeretAnggaran(
        id=f"s-{anggaran_id}",
        dokumen_id="d",
        anggaran_id=anggaran_id,
        jenis="kas",
        periode="bulan",
        kumulatif=kumulatif,
        nilai=(*values, *[None] * (12 - len(values))),
    )


def everything(plan, rollup):
    """All sums of a plan."""
    lines = plan.all(Anggaran)
    documents = {a.dokumen_id for a in lines}
    totals = {(d, j): rollup.total(d, j) for d in documents for j in ("program", "kegiatan", "sub_kegiatan")}
    return {a.id: (rollup.line(a.id), rollup.children(a.id)) for a in lines}, totals


@settings(max_examples=25)
@given(sequences)
def test_after_any_edits_the_sums_are_those_computed_afresh(steps):
    plan, dokumen_id = sample_plan()
    rollup = RollUp(plan)
    before = everything(plan, rollup)
    done = []
    for step in steps:
        changes = changes_of(plan, dokumen_id, step)
        plan.apply(changes)
        rollup.update(changes)
        assert everything(plan, rollup) == everything(plan, RollUp(plan))
        done.append(changes)
    for changes in reversed(done):
        plan.apply(inverse(changes))
        rollup.update(inverse(changes))
    assert everything(plan, rollup) == before


def test_a_month_recomputes_its_own_branch_and_leaves_all_other_sums_alone():
    plan, _ = sample_plan()
    rollup = RollUp(plan)
    sub = next(a for a in plan.all(Anggaran) if a.jenis == "sub_kegiatan" and a.induk_id)
    kegiatan = plan.get(Anggaran, sub.induk_id)
    branch = {sub.id, kegiatan.id, *([kegiatan.induk_id] if kegiatan.induk_id else [])}
    before = {a.id: rollup.line(a.id) for a in plan.all(Anggaran)}
    changes = edits.set_cash(plan, sub, 2, 1, kumulatif=True)
    plan.apply(changes)
    assert rollup.update(changes) == branch
    kept = {a.id for a in plan.all(Anggaran) if rollup.line(a.id) is before[a.id]}
    assert kept == set(before) - branch
    assert rollup.line(sub.id).kas[2] == 1


def test_a_change_that_is_no_money_touches_no_line():
    plan, _ = sample_plan()
    rollup = RollUp(plan)
    jabatan = edits.add_jabatan(plan, plan.all(Anggaran)[0].dokumen_id, "Kepala")
    plan.apply(jabatan)
    assert rollup.update(jabatan) == set()


def test_a_line_that_moves_touches_the_old_branch_and_the_new_one():
    rows = [line("p1", "program"), line("p2", "program"), line("k", "kegiatan", "p1", 7)]
    plan = Plan(rows)
    rollup = RollUp(plan)
    assert (rollup.line("p1").pagu, rollup.line("p2").pagu) == (7, None)
    changes = edits.set_field(rows[2], "induk_id", rows[1].id)
    plan.apply(changes)
    assert rollup.update(changes) == {"k", "p1", "p2"}
    assert (rollup.line("p1").pagu, rollup.line("p2").pagu) == (None, 7)


def test_a_line_says_its_own_figures_and_leaves_the_rest_to_its_children():
    plan = Plan(
        [
            line("p", "program"),
            line("k1", "kegiatan", "p", 100),
            line("k2", "kegiatan", "p", 50),
            line("s", "sub_kegiatan", "k1", 99),
            kas("k1", 10, 20),
            kas("k2", 5, 5, kumulatif=0),
        ]
    )
    rollup = RollUp(plan)
    assert rollup.line("p").pagu == 150
    assert rollup.line("k1").pagu == 100
    assert rollup.children("k1").pagu == 99
    assert rollup.line("p").kas == (15, 30, *[30] * 10)
    assert rollup.total("d", "kegiatan").pagu == 150
    assert rollup.total("d", "sub_kegiatan") == Sums(99, None)


def test_nothing_and_zero_are_two_sums():
    plan = Plan([line("p0", "program", pagu=0), line("p", "program"), kas("p0", 0), kas("p")])
    rollup = RollUp(plan)
    assert rollup.line("p0") == Sums(0, (0,) * 12)
    assert rollup.line("p") == Sums(None, None)
    assert rollup.total("d", "kegiatan") == Sums(None, None)


def test_a_month_before_the_first_value_of_all_lines_is_empty():
    plan = Plan([line("p", "program"), line("k1", "kegiatan", "p"), line("k2", "kegiatan", "p")])
    plan.apply([Change(None, kas("k1", None, None, 3)), Change(None, kas("k2", None, 2))])
    assert RollUp(plan).line("p").kas == (None, 2, *[5] * 10)


def test_the_rest_of_a_pagu_is_what_december_leaves():
    assert Sums(100, (*[None] * 11, 60)).selisih == 40
    assert Sums(100, (None,) * 12).selisih == 100
    assert Sums(None, (0,) * 12).selisih is None
    assert Sums(100, None).selisih is None


def test_the_totals_of_buleleng_are_those_printed_on_the_paper():
    plan, dokumen_id = sample_plan()
    rollup = RollUp(plan)
    eselon_ii, eselon_iii = (total.nilai for total in plan.all(TotalTercetak))
    assert rollup.total(dokumen_id, "program").pagu == eselon_ii == 14_601_238_524
    assert rollup.total(dokumen_id, "kegiatan").pagu == eselon_iii == 23_178_610_798


def test_a_deleted_line_is_forgotten():
    plan = Plan([line("p", "program"), line("k", "kegiatan", "p", 7), kas("k", 1)])
    rollup = RollUp(plan)
    assert rollup.line("p").pagu == 7
    changes = edits.remove(plan, plan.get(Anggaran, "k"))
    plan.apply(changes)
    assert rollup.update(changes) >= {"k", "p"}
    assert rollup.line("p") == Sums(None, None)


def test_what_a_renamed_line_says_stays():
    plan = Plan([line("p", "program", pagu=7)])
    rollup = RollUp(plan)
    old = plan.get(Anggaran, "p")
    changes = [Change(old, replace(old, nama="lain"))]
    plan.apply(changes)
    rollup.update(changes)
    assert rollup.line("p").pagu == 7

"""Checks of a large plan are done piece by piece: whatever comes between two pieces, all are right in the end."""

from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import changes_of, sequences

from models.plan import Plan
from models.rows import Anggaran
from services.checks import Checks
from services.outline import Badges, Outline
from services.rollup import RollUp
from services.samples import sample_plan


def everything(checks: Checks, dokumen_id: str) -> list[object]:
    return list(checks.of(dokumen_id))


def test_nothing_is_found_before_it_is_asked_for_and_all_piece_by_piece():
    plan, dokumen_id = sample_plan()
    whole = Checks(plan, RollUp(plan))
    row = next(each for each in plan.all(Anggaran) if whole.at(Anggaran, each.id))
    checks = Checks(plan, RollUp(plan), later=True)
    assert not checks.complete
    assert checks.at(Anggaran, row.id) == ()
    pieces = 0
    while checks.advance(50):
        assert not checks.complete
        pieces += 1
    assert pieces > 5
    assert checks.complete
    assert not checks.advance(50)
    assert everything(checks, dokumen_id) == everything(whole, dokumen_id)


def test_who_asks_for_all_findings_gets_all():
    plan, dokumen_id = sample_plan()
    checks = Checks(plan, RollUp(plan), later=True)
    checks.advance(10)
    assert everything(checks, dokumen_id) == everything(Checks(plan, RollUp(plan)), dokumen_id)
    assert checks.complete


def test_a_branch_has_no_badge_before_all_is_checked():
    plan, dokumen_id = sample_plan()
    checks = Checks(plan, RollUp(plan), later=True)
    badges = Badges(plan, checks, Outline(plan, dokumen_id, "anggaran"))
    top = Outline(plan, dokumen_id, "anggaran").children(None)[0]
    for _ in range(8):
        checks.advance(20)
    assert badges.of(top) is None
    checks.finish()
    assert badges.of(top) is not None


@settings(max_examples=15)
@given(sequences, st.integers(1, 400))
def test_edits_between_the_pieces_are_followed(steps: list[object], size: int) -> None:
    plan, dokumen_id = sample_plan()
    rollup = RollUp(plan)
    checks = Checks(plan, rollup, later=True)
    for step in steps:
        changes = changes_of(plan, dokumen_id, step)
        plan.apply(changes)
        checks.update(changes, rollup.update(changes))
        checks.advance(size)
    rows = list(plan.rows())
    assert everything(checks, dokumen_id) == everything(Checks(plan, RollUp(plan)), dokumen_id)
    assert everything(checks, dokumen_id) == everything(Checks(Plan(rows), RollUp(Plan(rows))), dokumen_id)

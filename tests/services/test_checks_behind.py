"""After a large step the checks come piece by piece: whatever is edited meanwhile, all are right in the end."""

from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import changes_of, sequences

from models.changes import Change
from models.rows import Anggaran
from services.checks import Checks
from services.edits import set_field
from services.rollup import RollUp
from services.samples import sample_plan


@settings(max_examples=15)
@given(sequences, st.integers(1, 60), st.integers(0, 3))
def test_large_steps_and_small_ones_between_the_pieces_are_followed(steps: list[object], size: int, of: int) -> None:
    plan, dokumen_id = sample_plan()
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    for number, step in enumerate(steps):
        changes = changes_of(plan, dokumen_id, step)  # type: ignore[arg-type]
        plan.apply(changes)
        checks.update(changes, rollup.update(changes), later=number % 4 == of)
        checks.advance(size)
    found = list(checks.of(dokumen_id))
    assert checks.complete
    assert found == list(Checks(plan, RollUp(plan)).of(dokumen_id))


def test_what_is_removed_meanwhile_is_found_no_more() -> None:
    plan, dokumen_id = sample_plan()
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    line = next(each for each in plan.all(Anggaran) if each.jenis == "sub_kegiatan" and checks.at(Anggaran, each.id))
    named = set_field(line, "nama", "")
    plan.apply(named)
    assert checks.update(named, rollup.update(named), later=True) == set()
    assert not checks.complete
    gone = [Change(plan.get(Anggaran, line.id), None)]
    plan.apply(gone)
    checks.update(gone, rollup.update(gone))
    checks.finish()
    assert not checks.at(Anggaran, line.id)
    assert all(finding.row_id != line.id for finding in checks.of(dokumen_id))

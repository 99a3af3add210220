"""Random work on the trees, for properties: drawn as pairs of numbers, carried out on the plan at hand."""

from hypothesis import strategies as st

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Anggaran, Indikator, Kinerja
from services import branch_copy, branch_text, branches, edits


def tree_step(plan: Plan, dokumen_id: str, number: int, other: int) -> tuple[Change, ...]:
    """One action on the trees, drawn as two numbers; none where the levels do not allow it."""
    rows = [*plan.where(Kinerja, "dokumen_id", dokumen_id), *plan.where(Anggaran, "dokumen_id", dokumen_id)]
    rows += plan.where(Indikator, "dokumen_id", dokumen_id)
    if not rows:
        return ()
    row, target = rows[number % len(rows)], rows[other % len(rows)]
    parent = None if other % 7 == 0 or isinstance(target, Indikator) else target
    there = list(edits.siblings(plan, row))
    try:
        match number % 7:
            case 0:
                return branches.move_to(plan, [row], parent)
            case 1:
                return branches.move_to(plan, [row], branches.parent_of(plan, target), target)
            case 2:
                return branch_copy.duplicate(plan, there[: 1 + other % 3])[0]
            case 3:
                text = branch_text.to_text(branch_copy.take(plan, [row]))
                return branch_copy.paste(plan, dokumen_id, branch_text.from_text(text), parent)[0]
            case 4:
                return branches.move_step(plan, there[: 1 + other % 2], 1 if other % 3 else -1)
            case 5:
                return branches.add_after(plan, row)
            case _:
                scope = "seinduk" if other % 2 else "tingkat"
                return branches.renumber(plan, row, scope) if isinstance(row, Kinerja) else ()
    except PlanError:
        return ()


numbers = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=8)

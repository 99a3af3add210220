"""What a mend will change, as lines of a table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.changes import Change
from models.plan import Plan
from models.rows import BULAN, DeretAnggaran
from services.row_words import field_name, row_name, value_text


@dataclass(frozen=True, slots=True)
class Altered:
    """One cell: whose it is, what it is, and its text before and after."""

    row: str
    field: str
    before: str
    after: str


def altered(plan: Plan, changes: Iterable[Change]) -> list[Altered]:
    """Every cell that the changes alter, row by row; a cash plan that is new is one whose months were empty."""
    lines = []
    for change in map(_from_empty, changes):
        row = change.row
        name = row_name(plan, row)
        for column, old, new in change.altered_columns():
            field = field_name(row.TABLE, column, row)
            before, after = (value_text(plan, row.TABLE, column, value) for value in (old, new))
            lines.append(Altered(name, field[:1].upper() + field[1:], before, after))
    return lines


def _from_empty(change: Change) -> Change:
    after = change.after
    if change.before is None and isinstance(after, DeretAnggaran):
        return Change(replace(after, nilai=(None,) * BULAN), after)
    return change

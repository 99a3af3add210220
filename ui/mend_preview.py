"""What a mend will change, as lines of a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.changes import Change
from models.plan import Plan
from services.row_words import field_name, row_name, value_text


@dataclass(frozen=True, slots=True)
class Altered:
    """One cell: whose it is, what it is, and its text before and after."""

    row: str
    field: str
    before: str
    after: str


def altered(plan: Plan, changes: Iterable[Change]) -> list[Altered]:
    """Every cell that the changes alter, row by row; the changes alter rows only."""
    lines = []
    for change in changes:
        row = change.row
        name = row_name(plan, row)
        for column, old, new in change.altered_columns():
            field = field_name(row.TABLE, column, row)
            before, after = (value_text(plan, row.TABLE, column, value) for value in (old, new))
            lines.append(Altered(name, field[:1].upper() + field[1:], before, after))
    return lines

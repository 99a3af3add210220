"""Change: one row added, altered or removed; the only thing that the plan file accepts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.rows import Row, columns


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after: (None, row) adds, (row, None) removes, (row, row) alters."""

    before: Row | None
    after: Row | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a row")
        if self.before and self.after and (type(self.before), self.before.id) != (type(self.after), self.after.id):
            raise ValueError("a change is about one row")

    @property
    def row(self) -> Row:
        """The row as it is afterwards, or as it was if it is removed."""
        row = self.after or self.before
        assert row is not None
        return row

    def inverse(self) -> "Change":
        """What undoes this change."""
        return Change(self.after, self.before)

    def altered_columns(self) -> list[tuple[str, Any, Any]]:
        """(column, old, new) for each column that differs; only for a row that stays."""
        assert self.before is not None
        assert self.after is not None
        pairs = zip(columns(type(self.row)), self.before.to_columns(), self.after.to_columns(), strict=True)
        return [(name, old, new) for name, old, new in pairs if old != new]


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What undoes the changes, last first."""
    return tuple(change.inverse() for change in reversed(tuple(changes)))

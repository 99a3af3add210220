"""Plan: the rows in memory, found by id, by parent and by owner; kept current change by change."""

from collections.abc import Iterable
from typing import TypeVar, cast

from models.changes import Change
from models.rows import ROWS, Row

R = TypeVar("R", bound=Row)


def _order(row: Row) -> tuple[int, str]:
    return getattr(row, "urutan", 0), row.id


class Plan:
    """All rows of a plan file. Reading is a look-up; an index is built when it is first asked for."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows: dict[type[Row], dict[str, Row]] = {cls: {} for cls in ROWS}
        self._groups: dict[tuple[type[Row], str], dict[str | None, dict[str, Row]]] = {}
        self._sorted: dict[tuple[type[Row], str, str | None], tuple[Row, ...]] = {}
        for row in rows:
            self._rows[type(row)][row.id] = row

    def get(self, cls: type[R], row_id: str) -> R:
        """The row with this id; KeyError if there is none."""
        return cast(R, self._rows[cls][row_id])

    def find(self, cls: type[R], row_id: str | None) -> R | None:
        """The row with this id, or None."""
        return cast("R | None", self._rows[cls].get(row_id)) if row_id is not None else None

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """All rows of a table, in order."""
        return tuple(sorted(cast(Iterable[R], self._rows[cls].values()), key=_order))

    def where(self, cls: type[R], field: str, value: str | None) -> tuple[R, ...]:
        """The rows of a table that name `value` in `field`, in order: children, indicators, series."""
        key = (cls, field, value)
        rows = self._sorted.get(key)
        if rows is None:
            found = self._group(cls, field).get(value)
            rows = tuple(sorted(found.values(), key=_order)) if found else ()
            self._sorted[key] = rows
        return cast(tuple[R, ...], rows)

    def one(self, cls: type[R], field: str, value: str, jenis: str) -> R | None:
        """The row of a kind (`jenis`) that names `value` in `field`, such as the kas of a budget line."""
        return next((row for row in self.where(cls, field, value) if getattr(row, "jenis", None) == jenis), None)

    def rows(self) -> Iterable[Row]:
        """Every row, tables in the order of ROWS."""
        for cls in ROWS:
            yield from self._rows[cls].values()

    def apply(self, changes: Iterable[Change]) -> None:
        """Take over changes that the file has accepted."""
        for change in changes:
            if change.before is not None:
                self._drop(change.before)
            if change.after is not None:
                self._put(change.after)

    def _group(self, cls: type[Row], field: str) -> dict[str | None, dict[str, Row]]:
        group = self._groups.get((cls, field))
        if group is None:
            group = self._groups[cls, field] = {}
            for row in self._rows[cls].values():
                group.setdefault(getattr(row, field), {})[row.id] = row
        return group

    def _put(self, row: Row) -> None:
        self._rows[type(row)][row.id] = row
        for (cls, field), group in self._groups.items():
            if cls is type(row):
                value = getattr(row, field)
                group.setdefault(value, {})[row.id] = row
                self._sorted.pop((cls, field, value), None)

    def _drop(self, row: Row) -> None:
        self._rows[type(row)].pop(row.id, None)
        for (cls, field), group in self._groups.items():
            if cls is type(row):
                value = getattr(row, field)
                group.get(value, {}).pop(row.id, None)
                self._sorted.pop((cls, field, value), None)

"""What differs between two states of a plan, in words: branch by branch, row by row, old value and new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.changes import Change
from models.plan import Plan
from models.rows import Row
from services.merge_base import state_of
from services.merge_conflicts import difference
from services.merge_incoming import branches
from services.row_words import field_name, kind_name, row_name, value_text

ADDED, ALTERED, REMOVED = "ditambah", "diubah", "dihapus"


@dataclass(frozen=True, slots=True)
class Line:
    """One field that differs, or one row that came or went (`what` is then its kind, without values)."""

    how: str
    where: str
    what: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What differs in one branch. The counts are of rows; a row with two altered fields has two lines."""

    name: str
    added: int
    altered: int
    removed: int
    lines: tuple[Line, ...]

    @property
    def counts(self) -> str:
        """ "2 ditambah, 1 diubah"."""
        figures = ((self.added, ADDED), (self.altered, ALTERED), (self.removed, REMOVED))
        return ", ".join(f"{count} {word}" for count, word in figures if count)


def differences(before: Iterable[Row], after: Iterable[Row]) -> tuple[Group, ...]:
    """What leads from one state to the other; () where they are the same.

    Notes of copies and of merges (salinan, gabung, konflik) are no contents and not listed.
    """
    old, new = state_of(before), state_of(after)
    then, now = Plan(old.values()), Plan(new.values())
    found = branches(then, now, difference(old, new), None)
    return tuple(
        Group(
            _once(b.name),
            b.added,
            b.altered,
            b.removed,
            tuple(line for c in b.changes for line in _lines(then, now, c)),
        )
        for b in found
    )


def total(groups: Iterable[Group]) -> str:
    """ "12 baris ditambah, 3 diubah" over all branches, or that nothing differs."""
    counted = list(groups)
    whole = Group(
        "", sum(g.added for g in counted), sum(g.altered for g in counted), sum(g.removed for g in counted), ()
    )
    first, *rest = whole.counts.split(" ", 1) if whole.counts else ("",)
    return f"{first} baris {rest[0]}" if rest else "tidak ada perbedaan"


def _lines(then: Plan, now: Plan, change: Change) -> Iterator[Line]:
    if change.before is None or change.after is None:
        plan, how = (now, ADDED) if change.before is None else (then, REMOVED)
        yield Line(how, _once(row_name(plan, change.row)), kind_name(change.row.TABLE))
        return
    table, where = change.row.TABLE, _once(row_name(now, change.row))
    for column, old, new in change.altered_columns():
        name = field_name(table, column, change.row)
        yield Line(ALTERED, where, name, value_text(then, table, column, old), value_text(now, table, column, new))


def _once(name: str) -> str:
    """ "Program Pelayanan Izin" where the row's own name begins with its level."""
    words = name.split(" ")
    for n in (1, 2):
        if [w.casefold() for w in words[:n]] == [w.casefold() for w in words[n : 2 * n]]:
            return " ".join(words[n:])
    return name

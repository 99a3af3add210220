"""The last word on a merge: nothing that either side typed may be missing from both the plan and the conflicts."""

from models.changes import Change
from models.rows import TABLES
from services.merge_base import Key, State
from services.merge_cells import cells_of, name_of
from services.merge_fold import OWN_BOOKS, Fold, circle_of, missing, natural_key, owned_by


class MergeError(RuntimeError):
    """The merge would lose something: a fault of the program; nothing has been written."""


def assure(made: Fold) -> None:
    """Compare the plan after a merge with all three it was made of.

    Raises:
        MergeError: a value of ours or theirs is gone, what we reported for a closed period is another, or the rows do
            not hold together.
    """
    rows = {clash.key for clash in made.clashes if clash.kolom is None}
    said: dict[Key, set[str]] = {}
    for clash in made.clashes:
        said.setdefault(clash.key, set()).update((clash.kolom or "").split(","))
    for source in (made.theirs, made.ours):
        for key, row in source.items():
            at = made.aliases.get(key, key) if source is made.theirs else key
            if at in rows or made.rows.get(at) is row or made.base.get(key) is row or isinstance(row, OWN_BOOKS):
                continue
            _cells(made, key, at, source, said.get(at, set()))
    _deleted(made, rows)
    _reports(made)
    assure_whole(made.rows, made.ours)


def _cells(made: Fold, key: Key, at: Key, source: State, said: set[str]) -> None:
    row, was, now = source[key], made.base.get(key) or made.roots.get(key), made.rows.get(at)
    if was == row or row == now:
        return
    if now is None:
        if was is None or row.to_columns()[1:] != was.to_columns()[1:]:
            raise MergeError(f"{at[0]} {at[1]} is gone")
        return
    cls, own, result = TABLES[key[0]], row.to_columns(), now.to_columns()
    before = None if was is None else was.to_columns()
    versions = [own, result] if before is None else [before, own, result]
    for cell in cells_of(cls, *versions):
        if all(own[i] == result[i] or (before is not None and own[i] == before[i]) for i in cell):
            continue
        name = name_of(cls, cell)
        is_place = before is None and (name == "urutan" or own[cell[0]] is None)
        if not is_place and not set(name.split(",")) & said:
            raise MergeError(f"{at[0]} {at[1]} {name} is gone")


def _deleted(made: Fold, rows: set[Key]) -> None:
    """What one side deleted is deleted, or stands among the conflicts, or belongs to what stands there."""
    same = set(made.aliases.values())
    if rows:
        rows = rows | set(owned_by(made.base, rows))
    for key in made.base:
        if key in same or key not in made.rows or key in rows or isinstance(made.rows[key], OWN_BOOKS):
            continue
        if key not in made.ours or key not in made.theirs:
            raise MergeError(f"{key[0]} {key[1]} is back without a word")


def _reports(made: Fold) -> None:
    """What we reported for a closed period is what it was."""
    if not made.closed:
        return
    for key in dict.fromkeys((*made.ours, *made.rows)):
        was, now = made.ours.get(key), made.rows.get(key)
        if was is not now and was != now and made.closed.month(Change(was, now)) is not None:
            raise MergeError(f"{key[0]} {key[1]} says something else of a closed period")


def assure_whole(rows: State, before: State) -> None:
    """No reference hangs loose, no branch in a circle, and nothing stands twice where it may stand once.

    Raises:
        MergeError: it is not so.
    """
    places: set[tuple[object, ...]] = set()
    shrunk = any(key not in rows for key in before)
    for key, row in rows.items():
        natural = natural_key(row)
        if natural is not None and None not in natural[1:2]:
            if natural in places:
                raise MergeError(f"{key[0]} {key[1]} stands twice")
            places.add(natural)
        if shrunk or before.get(key) is not row:
            _hangs(key, rows)


def _hangs(key: Key, rows: State) -> None:
    if next(missing(rows[key], rows), None):
        raise MergeError(f"{key[0]} {key[1]} names what is not there")
    if _is_tree(key) and circle_of(key, rows):
        raise MergeError(f"{key[0]} {key[1]} hangs in a circle")


def _is_tree(key: Key) -> bool:
    return key[0] in ("jabatan", "kinerja", "anggaran")

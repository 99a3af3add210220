"""One copy merged into ours: rows by id, cells by `merge_cells`, and what holds the plan together repaired at the end.

Rules (file-safety.md, "Merging copies"): what only one side changed is taken; what both changed differently stays ours,
with a conflict; a row deleted here and edited there stays, with a conflict; a row that is named by one that stays comes
back, with a conflict; the same code added twice stays twice, with a conflict; what we have reported for a closed period
stays ours, with a conflict (`merge_closed`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.changes import Change
from models.rows import (
    TABLES,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Formulir,
    Gabung,
    Jabatan,
    Kinerja,
    Konflik,
    Kop,
    Pejabat,
    Pengaturan,
    Row,
    Salinan,
    TahunAnggaran,
    TahunIndikator,
    TutupPeriode,
    columns,
    owners,
    references,
)
from services.merge_base import Key, State
from services.merge_cells import Cell, as_json, cell_json, merge_row, name_of, row_json, with_cells
from services.merge_closed import Closed

PARENT: dict[type[Row], str] = {Jabatan: "atasan_id", Kinerja: "induk_id", Anggaran: "induk_id"}
"""The trees, and the field that names the row above."""

UNIQUE: dict[type[Row], tuple[str, ...]] = {
    DeretIndikator: ("indikator_id", "jenis"),
    DeretAnggaran: ("anggaran_id", "jenis"),
    TahunIndikator: ("indikator_id", "jenis", "tahun"),
    TahunAnggaran: ("anggaran_id", "jenis", "tahun"),
    Pejabat: ("jabatan_id",),
    Kop: ("opd_id",),
    Formulir: ("dokumen_id", "nama"),
    DeretRasio: ("indikator_id", "jenis"),
    CatatanPeriode: ("indikator_id", "anggaran_id", "bulan"),
    TutupPeriode: ("dokumen_id", "bulan"),
    Pengaturan: ("dokumen_id", "kunci"),
}
"""Of these there is one row for each such key: added on both sides, it is the same row."""

_KEPT_WHOLE = ("kinerja", "anggaran", "indikator", "jabatan")
"""Tables whose rows are kept with all that belongs to them; what a document holds is disputed row by row."""

OWN_BOOKS = (Salinan, Gabung, Konflik)
"""What the program notes for itself: merged without a word."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict before it is noted: see `Konflik`."""

    jenis: str
    key: Key
    kolom: str | None
    dasar: str | None
    kita: str | None
    mereka: str | None


@dataclass(slots=True)
class Fold:
    """What came of one copy: `rows` is the plan afterwards, `taken` the columns (None: the whole row) from them."""

    ours: State
    base: State
    theirs: State
    rows: State = field(init=False)
    closed: Closed = field(init=False)
    clashes: list[Clash] = field(default_factory=list)
    taken: list[tuple[Key, str | None]] = field(default_factory=list)
    aliases: dict[Key, Key] = field(default_factory=dict)
    """Their row -> our row that is the same one under another id."""
    roots: dict[Key, Row] = field(default_factory=dict)
    """A row with such an alias, on either side -> the row of the base that both go back to, under whatever id."""

    def __post_init__(self) -> None:
        self.rows = dict(self.ours)
        self.closed = Closed.to_keep(self.ours, self.base, self.theirs)


def fold(ours: State, base: State, theirs: State) -> Fold:
    """Merge `theirs` into `ours`; the arguments stay as they are."""
    made = Fold(ours, base, theirs)
    changed = [key for key, row in theirs.items() if (was := base.get(key)) is not row and was != row]
    gone = [key for key in base if key not in theirs]
    twins = _Twins(ours, theirs, changed, gone, base)
    deleted = [key for key in gone if _delete(made, key, twins)]
    for key in changed:
        _take(made, key, twins)
    _same_codes(made, changed)
    _mend(made, changed, full=bool(deleted))
    if any(clash.jenis == "baris" for clash in made.clashes):
        _whole_again(made)
    return made


class _Twins:
    """Rows that are one and the same under several ids, by the key of which there may be only one."""

    def __init__(self, ours: State, theirs: State, changed: list[Key], gone: list[Key], base: State) -> None:
        wanted = {key[0] for key in (*changed, *gone) if TABLES[key[0]] in UNIQUE}
        self._ours: dict[tuple[Any, ...], Row] = {}
        self._new = {natural_key(theirs[key]) for key in changed if key[0] in wanted and key not in base}
        self._base = {natural_key(base[key]): base[key] for key in gone if key[0] in wanted}
        if wanted:
            for key, row in ours.items():
                if key[0] in wanted and key not in theirs and base.get(key) != row and (natural := natural_key(row)):
                    self._ours[natural] = row

    def of(self, row: Row) -> Row | None:
        """Our row that is this one of theirs; not one that goes because they deleted it and we left it alone."""
        natural = natural_key(row)
        return self._ours.get(natural) if natural else None

    def keep(self, row: Row) -> None:
        """Let the row that they have put in the place of this one of ours be merged into it."""
        if natural := natural_key(row):
            self._ours[natural] = row

    def root(self, row: Row) -> Row | None:
        """The row of the base that they have put a new one in the place of."""
        natural = natural_key(row)
        return self._base.get(natural) if natural else None

    def goes_on(self, row: Row) -> bool:
        """Whether they have put a new row in the place of this one."""
        natural = natural_key(row)
        return natural is not None and natural in self._new


def natural_key(row: Row) -> tuple[Any, ...] | None:
    """What may be there only once; None where the row has no such key."""
    fields = UNIQUE.get(type(row))
    if fields is None:
        return None
    values = tuple(getattr(row, name) for name in fields)
    if isinstance(row, Pejabat) and row.jabatan_id is None:
        values = (None, row.dokumen_id)
    return (row.TABLE, *values)


def _delete(made: Fold, key: Key, twins: _Twins) -> bool:
    """They deleted a row: so do we, unless we have edited it."""
    was = made.base[key]
    mine = made.ours.get(key) or twins.of(was)
    if mine is None or (mine != was and twins.goes_on(was)):
        return False
    at = (mine.TABLE, mine.id)
    is_closed = made.closed.month(Change(mine, None)) is not None
    if is_closed and twins.goes_on(was):
        twins.keep(mine)
        return False
    if is_closed or made.closed.closes(mine):
        made.clashes.append(Clash("baris", at, None, row_json(was), row_json(mine), None))
        return False
    if mine.to_columns()[1:] == was.to_columns()[1:] or isinstance(mine, OWN_BOOKS):
        made.rows.pop(at, None)
        made.taken.append((at, None))
        if at != key:
            made.roots[at] = was
        return True
    made.clashes.append(Clash("baris", at, None, row_json(was), row_json(mine), None))
    return False


def _take(made: Fold, key: Key, twins: _Twins) -> None:
    """They added or edited a row."""
    row, was, mine = made.theirs[key], made.base.get(key), made.ours.get(key)
    if mine is None and (twin := twins.of(row)) is not None:
        made.aliases[key] = at = (twin.TABLE, twin.id)
        root = was or twins.root(row)
        if root is not None:
            made.roots[key] = made.roots[at] = root
        _merge(made, _plain(twin, row) if root is None else root.to_columns(), twin, row)
    elif mine is not None:
        _merge(made, _plain(mine, row) if was is None else was.to_columns(), mine, row)
    elif not isinstance(row, OWN_BOOKS) or was is None:
        whole = _put(made, key, row)
        if whole:
            made.taken.append((key, None))
        if was is not None or not whole:
            made.clashes.append(Clash("baris", key, None, row_json(was), None, row_json(row)))


def _put(made: Fold, key: Key, row: Row) -> bool:
    """A row that we do not have, but for what it says of closed periods; False where that is all of it."""
    kept, held = made.closed.parted(row)
    if kept is None:
        return False
    made.rows[key] = kept
    was, mine = made.base.get(key), kept.to_columns()
    base = mine if was is None else was.to_columns()
    made.clashes += [_clash(key, type(row), cell, base, mine, row) for cell in held]
    return True


def _plain(mine: Row, row: Row) -> tuple[Any, ...]:
    """The base of a row that both sides added: what they agree on, and its place, which ours decides."""
    triples = zip(columns(type(row)), mine.to_columns(), row.to_columns(), strict=True)
    return tuple(value if name in ("id", "urutan") or own == value else None for name, own, value in triples)


def _merge(made: Fold, base: tuple[Any, ...], mine: Row, row: Row) -> None:
    cls, key = type(mine), (mine.TABLE, mine.id)
    merged, taken, disputed = merge_row(base, mine, row)
    if held := made.closed.held(mine, row, taken):
        taken = [cell for cell in taken if cell not in held]
        merged, disputed = with_cells(mine, row, taken) if taken else mine, [*disputed, *held]
    made.rows[key] = merged
    made.taken += [(key, name_of(cls, cell)) for cell in taken]
    if not isinstance(mine, OWN_BOOKS):
        made.clashes += [_clash(key, cls, cell, base, mine.to_columns(), row) for cell in disputed]


def _clash(key: Key, cls: type[Row], cell: Cell, base: Sequence[Any], mine: Sequence[Any], row: Row) -> Clash:
    kita, mereka = cell_json(mine, cell), cell_json(row.to_columns(), cell)
    return Clash("sel", key, name_of(cls, cell), cell_json(base, cell), kita, mereka)


def _same_codes(made: Fold, changed: Iterable[Key]) -> None:
    """The same code added to the same document on both sides."""
    theirs = [made.rows[key] for key in changed if key[0] == Anggaran.TABLE and _is_new(made, key)]
    if not theirs:
        return
    ours = {
        (row.dokumen_id, row.kode): row
        for key, row in made.ours.items()
        if isinstance(row, Anggaran) and row.kode and key not in made.base and key not in made.theirs
    }
    for row in theirs:
        if isinstance(row, Anggaran) and row.kode and (twin := ours.get((row.dokumen_id, row.kode))) is not None:
            key = (twin.TABLE, twin.id)
            made.clashes.append(Clash("ganda", key, None, None, as_json(twin.id), as_json(row.id)))


def _is_new(made: Fold, key: Key) -> bool:
    return key in made.rows and key not in made.base and key not in made.ours


def _mend(made: Fold, changed: list[Key], *, full: bool) -> None:
    """Bring back what is named, and turn back what would close a circle or take a place that is taken."""
    suspects = [key for key in changed if key in made.rows]
    if full:
        suspects = list(made.rows)
    moved = {key for key in changed if key in made.rows}
    while suspects or moved:
        back = _bring_back(made, suspects)
        turned = _open_circles(made, moved | set(back))
        freed = _one_each(made, moved | set(back))
        suspects, moved = [*turned, *freed], set(turned) | set(freed)


def missing(row: Row, rows: State) -> Iterator[Key]:
    """What a row names and the plan does not hold."""
    for name, table in references(type(row)).items():
        value = getattr(row, name)
        if value is not None and (table, value) not in rows:
            yield table, value


def _bring_back(made: Fold, suspects: Iterable[Key]) -> list[Key]:
    back: list[Key] = []
    queue = list(suspects)
    while queue:
        row = made.rows.get(queue.pop())
        for key in list(missing(row, made.rows)) if row is not None else ():
            mine, yours, was = (side.get(key) for side in (made.ours, made.theirs, made.base))
            kept = mine or yours or was
            if kept is None:
                raise LookupError(f"{key[0]} {key[1]} is in neither copy")
            made.rows[key] = kept
            if mine is None:
                _put(made, key, kept)
            if not isinstance(kept, OWN_BOOKS):
                clash = Clash("baris", key, None, row_json(was), row_json(mine), row_json(yours))
                made.clashes.append(clash)
            back.append(key)
            queue.append(key)
    return back


def owned_by(rows: State, wanted: Iterable[Key]) -> list[Key]:
    """The rows that cannot outlive these, and those that cannot outlive them, an owner before what it owns."""
    below: dict[Key, list[Key]] = {}
    for key, row in rows.items():
        names = references(type(row))
        for name in owners(type(row)):
            value = getattr(row, name)
            if value is not None and names[name] in _KEPT_WHOLE:
                below.setdefault((names[name], value), []).append(key)
    found: dict[Key, None] = {}
    queue = list(wanted)
    while queue:
        for key in below.get(queue.pop(), ()):
            if key not in found:
                found[key] = None
                queue.append(key)
    return list(found)


def _whole_again(made: Fold) -> None:
    """A row that stays although one side deleted it keeps what belongs to it: to choose it is to have it whole."""
    kept = [clash.key for clash in made.clashes if clash.jenis == "baris" and clash.key in made.rows]
    said = {clash.key for clash in made.clashes}
    there = {natural for row in made.rows.values() if (natural := natural_key(row)) is not None}
    for key in owned_by(made.base, kept):
        if key in made.rows:
            continue
        row = made.ours.get(key) or made.theirs.get(key) or made.base[key]
        natural = natural_key(row)
        if natural not in there and not any(missing(row, made.rows)):
            if key in made.ours:
                made.rows[key] = row
            elif not _put(made, key, row):
                if key in made.theirs and key not in said:
                    made.clashes.append(Clash("baris", key, None, row_json(made.base[key]), None, row_json(row)))
                continue
            if natural is not None:
                there.add(natural)


def _open_circles(made: Fold, moved: Iterable[Key]) -> list[Key]:
    turned = []
    for key in sorted(k for k in moved if TABLES[k[0]] in PARENT):
        while circle := circle_of(key, made.rows):
            at = next((k for k in sorted(circle) if _parent(made.ours.get(k)) != _parent(made.rows[k])), min(circle))
            _turn_back(made, at, (PARENT[TABLES[at[0]]],))
            turned.append(at)
    return turned


def _parent(row: Row | None) -> Any:
    return None if row is None else getattr(row, PARENT[type(row)])


def circle_of(key: Key, rows: State) -> list[Key]:
    """The rows of the circle that a row hangs in; [] where it hangs in none."""
    seen: dict[Key, int] = {}
    at: Key | None = key
    while at is not None and at in rows:
        if at in seen:
            return list(seen)[seen[at] :]
        seen[at] = len(seen)
        above = _parent(rows[at])
        at = None if above is None else (at[0], above)
    return []


def _turn_back(made: Fold, key: Key, names: tuple[str, ...]) -> None:
    """These columns as ours has them (None where ours has no such row), with a conflict."""
    row, mine, yours, was = made.rows[key], made.ours.get(key), made.theirs.get(key), made.base.get(key)
    cls = type(row)
    cell = tuple(columns(cls).index(name) for name in names)
    values, own = list(row.to_columns()), None if mine is None else mine.to_columns()
    offered = cell_json(values, cell) if yours is None else cell_json(yours.to_columns(), cell)
    for i in cell:
        values[i] = None if own is None else own[i]
    made.rows[key] = cls.from_columns(values)
    kolom = ",".join(names)
    made.clashes = [c for c in made.clashes if (c.key, c.kolom) != (key, kolom)]
    dasar = None if was is None else cell_json(was.to_columns(), cell)
    made.clashes.append(Clash("sel", key, kolom, dasar, cell_json(values, cell), offered))


def _one_each(made: Fold, moved: Iterable[Key]) -> list[Key]:
    """Where two rows would stand in one place, the one that came there goes back."""
    tables = {key[0] for key in moved if TABLES[key[0]] in UNIQUE}
    turned, there = [], dict[tuple[Any, ...], Key]()
    for key, row in list(made.rows.items()):
        if key[0] not in tables or (natural := natural_key(row)) is None or None in natural[1:2]:
            continue
        other = there.setdefault(natural, key)
        if other == key:
            continue
        late = key if _has_moved(made, key) else other
        if late in made.ours:
            _turn_back(made, late, UNIQUE[type(row)])
            turned.append(late)
        else:
            lost = made.rows.pop(late)
            made.clashes.append(Clash("baris", late, None, row_json(made.base.get(late)), None, row_json(lost)))
            there[natural] = other if late == key else key
    return turned


def _has_moved(made: Fold, key: Key) -> bool:
    mine = made.ours.get(key)
    return mine is None or natural_key(mine) != natural_key(made.rows[key])

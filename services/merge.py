"""Gabung: copies of a plan put together again, with every disagreement on the table (file-safety.md, "Merging copies").

    merge = Merge(read_copy(plan), [read_copy(path) for path in paths])
    merge.branches, merge.conflicts          what comes in, what is disputed
    merge.choose(conflict, "mereka")         ours stays where nothing is chosen
    document.edit(merge.label, merge.changes())

Nothing is written before the last line, and that is one undo step. What is not chosen is stored as `Konflik` rows.
"""

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from models.changes import Change
from models.errors import PlanError
from models.history import Entry, Whose
from models.merging import PlanCopy, sending
from models.plan import Plan
from models.rows import ROWS, TABLES, Gabung, Konflik, Row, Salinan, TutupPeriode, columns, new_id, references
from services.merge_base import Key, Known, State, as_they_had_it, find_base, joins_of, origin, state_of, trail
from services.merge_cells import cell_json, cells_of, name_of, row_json
from services.merge_choices import Choices
from services.merge_closed import Closed
from services.merge_conflicts import Side, difference, is_void, joined, solve_all
from services.merge_fold import OWN_BOOKS, UNIQUE, Clash, Fold, fold
from services.merge_incoming import Branch, branches
from services.merge_oracle import assure

Progress = Callable[[int, int, str], object]
"""progress(done, total, text); it may raise to stop."""

Who = dict[tuple[str, str, str | None], tuple[str, str]]
"""(table, id, column or None) -> (who, when) of the newest edit."""

MOST_DELETED = 5
"""A merge that deletes more than one row in so many asks first."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of one copy.

    `sending`: how it was sent, None where it is no copy that was sent; `last`: time of its newest edit as ISO text, ""
    without one. `known`: whether the state that both sides went on from was found. `branches`: what comes in; `who`:
    who typed it, and when. `base`, `theirs`: the rows of that state, and of the copy ({} where nothing comes in).
    """

    name: str
    sending: Salinan | None
    last: str
    known: bool
    branches: tuple[Branch, ...] = ()
    who: Who | None = None
    base: State | None = None
    theirs: State | None = None


_ODD = (
    "{name} bukan salinan dari rencana ini. Pilih salinan yang dikirim dari berkas ini; rencana perangkat daerah lain "
    "disatukan dengan Kompilasi."
)
_NO_BASE = (
    "{name}: riwayatnya tidak bersambung, jadi semua perbedaannya ditulis sebagai pertentangan dan tidak ada yang "
    "diambil."
)
_MERGED = "{name}: sudah digabung, tidak ada yang baru."
_UNEDITED = "{name}: belum diubah sejak dikirim, jadi tidak ada yang masuk."


class Merge:
    """A merge in the making. All rows are in memory; it may be built in a task."""

    def __init__(self, ours: PlanCopy, copies: Sequence[PlanCopy], progress: Progress = lambda *_: None) -> None:
        """Put `copies` into `ours`, one after the other.

        Raises:
            PlanError: one of them is a copy of another plan.
        """
        self._before = state_of(ours.rows)
        self._rows: State = dict(self._before)
        self._choices: Choices | None = None
        self._who: Who | None = None
        self._ours = ours
        self._known = Known(ours.history, joins_of(ours.rows))
        self.notes: list[str] = []
        """Sentences for the officer: a copy that held nothing new, or of which no base is known."""
        self.conflicts: tuple[Konflik, ...] = ()
        """What both sides changed, each with base, ours, theirs, who and when."""
        self.arrivals: tuple[Arrival, ...] = ()
        """What came of each copy that held something new, in the order in which they were merged."""
        self._refused: dict[Key, set[str]] = {}
        self._names = [copy.name for copy in copies]
        for copy in copies:
            if origin(copy) != origin(ours):
                raise PlanError(_ODD.format(name=copy.name))
        # Nothing made here can be garbage yet, and the collector would walk over all rows again and again.
        collects = gc.isenabled()
        gc.disable()
        try:
            for done, copy in enumerate(copies):
                progress(done, len(copies), copy.name)
                self._add(copy)
        finally:
            if collects:
                gc.enable()
        progress(len(copies), len(copies), "")

    @property
    def label(self) -> str:
        """What the menu calls it."""
        return f"gabung {', '.join(self._names)}"

    @property
    def authors(self) -> Whose:
        """Who typed what comes in, for the history of this plan."""
        return {key: who for arrival in self.arrivals for key, (who, _) in (arrival.who or {}).items() if who}

    @property
    def branches(self) -> tuple[Branch, ...]:
        """What comes in, branch by branch, copy after copy."""
        return tuple(branch for arrival in self.arrivals for branch in arrival.branches)

    @property
    def after(self) -> State:
        """All rows as they would be if nothing were chosen."""
        return self._rows

    @property
    def deleted(self) -> int:
        """How many rows of the plan it deletes."""
        return sum(key not in self._rows for key, row in self._before.items() if not isinstance(row, OWN_BOOKS))

    @property
    def count(self) -> int:
        """How many rows the plan has now."""
        return len(self._before)

    @property
    def deletes_much(self) -> bool:
        """Whether the officer must be asked: more than a fifth of the rows would go."""
        return self.deleted * MOST_DELETED > self.count

    @property
    def choices(self) -> Choices:
        """What was chosen."""
        if self._choices is None:
            closed = Closed(self._before)
            closed = closed and closed.also_in(Closed(self._rows))
            self._choices = Choices.among(self.conflicts, self._rows, closed)
        return self._choices

    def choose(self, conflict: Konflik, side: Side) -> None:
        """Say whose value counts; the last choice holds, and what contradicts it gives way.

        Raises:
            PlanError: a closed period would change.
        """
        self.choices.choose(conflict, side)

    def reopen(self, conflict: Konflik) -> None:
        """Take a choice back."""
        self.choices.reopen(conflict)

    def choose_all(self, side: Side, conflicts: Iterable[Konflik] | None = None) -> None:
        """The same for many, or for all, but for those of closed periods."""
        self.choices.choose_all(side, self.conflicts if conflicts is None else conflicts)

    def chosen(self, conflict: Konflik) -> Side | None:
        """What was chosen, or follows from another choice; None while it is open."""
        return self.choices.side(conflict)

    def refuse(self, key: Key, kolom: str, *, on: bool = True) -> None:
        """Keep ours where only they changed a cell (`on` False: take theirs after all); see `refusable`."""
        if not refusable(key[0], kolom):
            raise ValueError(f"{key[0]} {kolom} cannot be refused")
        names = self._refused.get(key, set())
        names = names | set(kolom.split(",")) if on else names - set(kolom.split(","))
        if names:
            self._refused[key] = names
        else:
            self._refused.pop(key, None)

    def kept(self) -> int:
        """How many cells, and whole rows, only we changed since the copies were sent; they stay as they are."""
        first = next((a for a in self.arrivals if a.base is not None and a.theirs is not None), None)
        if first is None or first.base is None or first.theirs is None:
            return 0
        return sum(_kept(self._before.get(key), first.base.get(key), first.theirs.get(key)) for key in self._all(first))

    def _all(self, arrival: Arrival) -> Iterator[Key]:
        keys = dict.fromkeys((*self._before, *(arrival.base or ())))
        own = {cls.TABLE for cls in OWN_BOOKS}
        return (key for key in keys if key[0] not in own)

    def changes(self, *, delete_anyway: bool = False) -> tuple[Change, ...]:
        """All changes to our plan, for one `Document.edit`; () where the copies hold nothing new.

        Raises:
            PlanError: more than a fifth of the rows would be deleted, and nobody has said that this is meant.
        """
        if self.deletes_much and not delete_anyway:
            raise PlanError(
                f"Penggabungan ini akan menghapus {self.deleted} dari {self.count} baris rencana. "
                "Periksa salinannya; bila memang dimaksud, setujui penghapusannya (di perintah: --setujui-hapus)."
            )
        rows = self._rows
        if self._refused:
            rows = rows | {key: _refused(rows[key], self._before[key], names) for key, names in self._refused.items()}
        incoming = difference(self._before, rows)
        chosen = self.choices.settled()
        if not chosen:
            return incoming
        before = Plan(row for row in self._before.values() if isinstance(row, TutupPeriode))
        solved, _ = solve_all(Plan(rows.values()), chosen, before)
        return joined((*incoming, *solved))

    def _add(self, copy: PlanCopy) -> None:
        self._known.add(joins_of(self._rows.values()))
        unedited = len(copy.history) == 1 and own_sending(copy) is not None
        if unedited or self._known.has(copy.head):
            self.notes.append((_UNEDITED if unedited else _MERGED).format(name=copy.name))
            return
        theirs, base = state_of(copy.rows), find_base(self._ours, copy, self._known)
        last = copy.history[-1][7] if len(copy.history) > 1 else ""
        if base is None:
            self.notes.append(_NO_BASE.format(name=copy.name))
            self.arrivals += (Arrival(copy.name, own_sending(copy), last, known=False),)
            self._note(copy, list(_all_differences(self._rows, theirs)), {}, apart=True)
            return
        made = fold(self._rows, as_they_had_it(base.rows, theirs, copy.history), theirs)
        assure(made)
        who = _who(base.since or copy.history)
        coming = self._coming(copy, made)
        self.arrivals += (Arrival(copy.name, own_sending(copy), last, True, coming, who, made.base, theirs),)
        before, self._rows = self._rows, made.rows
        join = self._note(copy, made.clashes, who, apart=base.apart)
        if base.apart:
            self._own_only(before, join)
        self._drop_settled(before)
        self._remember(made, who)

    def _drop_settled(self, before: State) -> None:
        """Conflicts that the copy brings, and about which both sides are of one mind by now."""
        brought = [row for key, row in self._rows.items() if isinstance(row, Konflik) and key not in before]
        mine = {konflik.id for konflik in self.conflicts}
        borrowed = [konflik for konflik in brought if konflik.id not in mine]
        if borrowed:
            plan = Plan(self._rows.values())
            self._rows = dict(self._rows)
            for konflik in borrowed:
                if is_void(plan, konflik):
                    del self._rows[Konflik.TABLE, konflik.id]

    def _own_only(self, before: State, join: Gabung) -> None:
        """What the copy had merged itself is not merged here: without the sender, its joins say nothing for ours."""
        foreign = {row.id for row in joins_of(self._rows.values()) if (row.TABLE, row.id) not in before} - {join.id}
        for row_id in foreign:
            del self._rows[Gabung.TABLE, row_id]
        for key, row in list(self._rows.items()):
            if isinstance(row, Konflik) and row.gabung_id in foreign:
                self._rows[key] = replace(row, gabung_id=join.id)

    def _coming(self, copy: PlanCopy, made: Fold) -> tuple[Branch, ...]:
        before, after = Plan(self._rows.values()), Plan(made.rows.values())
        return branches(before, after, difference(self._rows, made.rows), _part_of(copy))

    def _note(self, copy: PlanCopy, clashes: Sequence[Clash], theirs: Who, *, apart: bool) -> Gabung:
        """The row that joins both histories, and one for each conflict."""
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        join = Gabung(
            id=new_id(),
            berkas=copy.name,
            kepala_kita=self._ours.head,
            kepala_mereka=copy.head,
            jejak=trail(copy.history, self._known),
            sebagian=int(apart),
            waktu=now,
        )
        self._rows = {**self._rows, (Gabung.TABLE, join.id): join}
        if not clashes:
            return join
        if self._who is None:
            self._who = _who(self._ours.history)
        own, sent = own_sending(self._ours), own_sending(copy)
        name = sent.untuk if sent is not None and sent != own else ""
        made = [_konflik(clash, join, self._who, theirs, name) for clash in clashes]
        self._rows |= {(Konflik.TABLE, konflik.id): konflik for konflik in made}
        self.conflicts += tuple(made)
        return join

    def _remember(self, made: Fold, theirs: Who) -> None:
        """What was taken from this copy is theirs when the next one disputes it, and the conflict says so."""
        if not made.taken or len(self._names) < 2:
            return
        name = copy_name(self.arrivals[-1])
        if self._who is None:
            self._who = _who(self._ours.history)
        for (table, row_id), kolom in made.taken:
            for column in (kolom or "").split(","):
                at = (table, row_id, column or None)
                who, when = theirs.get(at, ("", ""))
                self._who[at] = from_copy(who, name), when


def copy_name(arrival: Arrival) -> str:
    """Whose copy it is: the office it was sent to, else the name of the file."""
    return arrival.sending.untuk if arrival.sending is not None else Path(arrival.name).stem


_FROM = re.compile(r"^(.*?) ?\(dari (.+)\)$", re.DOTALL)


def from_copy(who: str, name: str) -> str:
    """ "siti (dari Bidang Koperasi)": who typed a value that came from a copy."""
    return f"{who} (dari {name})".strip()


def of_copy(who: str) -> tuple[str, str]:
    """("siti", "Bidang Koperasi") of what `from_copy` made; the copy is "" where the value is the plan's own."""
    found = _FROM.match(who)
    return (found[1], found[2]) if found else (who, "")


def refusable(table: str, kolom: str) -> bool:
    """Whether a cell of theirs may be left out alone: it names no other row, and no row is known by it."""
    cls = TABLES[table]
    bound = {*references(cls), *UNIQUE.get(cls, ()), "id"}
    return not bound & set(kolom.split(","))


def _refused(row: Row, was: Row, names: set[str]) -> Row:
    pairs = zip(columns(type(row)), row.to_columns(), was.to_columns(), strict=True)
    return type(row).from_columns([old if name in names else new for name, new, old in pairs])


def _kept(mine: Row | None, was: Row | None, yours: Row | None) -> int:
    if mine == was:
        return 0
    if mine is None or was is None or yours is None:
        return int(yours == was)
    own, base, other = mine.to_columns(), was.to_columns(), yours.to_columns()
    cells = cells_of(type(mine), base, own, other)
    return sum(any(own[i] != base[i] for i in cell) and all(other[i] == base[i] for i in cell) for cell in cells)


def own_sending(copy: PlanCopy) -> Salinan | None:
    """How this file was sent, where it is a copy that somebody was sent; None for the plan itself."""
    return sending(copy.history[0] if copy.history else None)


def _part_of(copy: PlanCopy) -> frozenset[str] | None:
    """The ids that the copy's office may edit; None where it is the whole plan, or no copy that was sent."""
    row = own_sending(copy)
    return None if row is None or row.bagian is None else frozenset(row.bagian.split(","))


def _who(entries: Iterable[Entry]) -> Who:
    return {(entry[2], entry[3], entry[4]): (entry[8], entry[7]) for entry in entries}


def _konflik(clash: Clash, join: Gabung, ours: Who, theirs: Who, name: str) -> Konflik:
    """`name`: the office that the copy was sent to, "" where none."""
    kita, mereka = _last(clash, ours), _last(clash, theirs)
    return Konflik(
        id=new_id(),
        gabung_id=join.id,
        jenis=clash.jenis,
        tabel=clash.key[0],
        baris=clash.key[1],
        kolom=clash.kolom,
        dasar=clash.dasar,
        kita=clash.kita,
        mereka=clash.mereka,
        siapa_kita=kita[0],
        waktu_kita=kita[1],
        siapa_mereka=from_copy(mereka[0] or "", name) if name else mereka[0],
        waktu_mereka=mereka[1],
    )


def _last(clash: Clash, who: Who) -> tuple[str, str] | tuple[None, None]:
    """Who set the cell last; for a row, who added, deleted or edited it last."""
    table, row_id = clash.key
    names: list[str | None] = list(clash.kolom.split(",")) if clash.kolom else [*columns(TABLES[table])]
    found = [who[table, row_id, name] for name in (*names, None) if (table, row_id, name) in who]
    return max(found, key=lambda pair: pair[1]) if found else (None, None)


def _all_differences(ours: State, theirs: State) -> Iterator[Clash]:
    """Without a base nothing is taken by itself: each cell and each row that differs."""
    keys: dict[Key, None] = dict.fromkeys((*ours, *theirs))
    tables = {cls.TABLE for cls in ROWS if cls not in OWN_BOOKS}
    for key in keys:
        mine, yours = ours.get(key), theirs.get(key)
        if key[0] not in tables or mine == yours:
            continue
        if mine is None or yours is None:
            yield Clash("baris", key, None, None, row_json(mine), row_json(yours))
            continue
        own, other = mine.to_columns(), yours.to_columns()
        for cell in cells_of(type(mine), own, other):
            if any(own[i] != other[i] for i in cell):
                kolom = name_of(type(mine), cell)
                yield Clash("sel", key, kolom, None, cell_json(own, cell), cell_json(other, cell))

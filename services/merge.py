"""Gabung: copies of a plan put together again, with every disagreement on the table (file-safety.md, "Merging copies").

    merge = Merge(read_copy(plan), [read_copy(path) for path in paths])
    merge.branches, merge.conflicts          what comes in, what is disputed
    merge.choose(conflict, "mereka")         ours stays where nothing is chosen
    document.edit(merge.label, merge.changes())

Nothing is written before the last line, and that is one undo step. What is not chosen is stored as `Konflik` rows.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from models.changes import Change
from models.errors import PlanError
from models.history import Entry
from models.merging import PlanCopy
from models.plan import Plan
from models.rows import ROWS, TABLES, Gabung, Konflik, Salinan, columns, new_id
from services.merge_base import Key, Known, State, find_base, joins_of, origin, state_of, trail
from services.merge_cells import cell_json, cells_of, name_of, row_json
from services.merge_conflicts import Side, difference, joined, solve_all
from services.merge_fold import OWN_BOOKS, Clash, Fold, fold
from services.merge_incoming import Branch, branches
from services.merge_oracle import assure

Progress = Callable[[int, int, str], object]
"""progress(done, total, text); it may raise to stop."""

Who = dict[tuple[str, str, str | None], tuple[str, str]]
"""(table, id, column or None) -> (who, when) of the newest edit."""

MOST_DELETED = 5
"""A merge that deletes more than one row in so many asks first."""

_ODD = (
    "{name} bukan salinan dari rencana ini. Pilih salinan yang dikirim dari berkas ini; rencana perangkat daerah lain "
    "disatukan dengan Kompilasi."
)
_NO_BASE = (
    "{name}: riwayatnya tidak bersambung, jadi semua perbedaannya ditulis sebagai konflik dan tidak ada yang diambil."
)
_MERGED = "{name}: sudah digabung, tidak ada yang baru."


class Merge:
    """A merge in the making. All rows are in memory; it may be built in a task."""

    def __init__(self, ours: PlanCopy, copies: Sequence[PlanCopy], progress: Progress = lambda *_: None) -> None:
        """Put `copies` into `ours`, one after the other.

        Raises:
            PlanError: one of them is a copy of another plan.
        """
        self._before = state_of(ours.rows)
        self._rows: State = dict(self._before)
        self._chosen: dict[str, Side] = {}
        self._who: Who | None = None
        self._ours = ours
        self._known = Known(ours.history, joins_of(ours.rows))
        self.notes: list[str] = []
        """Sentences for the officer: a copy that held nothing new, or of which no base is known."""
        self.conflicts: tuple[Konflik, ...] = ()
        """What both sides changed, each with base, ours, theirs, who and when."""
        self.branches: tuple[Branch, ...] = ()
        """What comes in, branch by branch."""
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
    def deleted(self) -> int:
        """How many rows of the plan it deletes."""
        return sum(key not in self._rows for key, row in self._before.items() if not isinstance(row, OWN_BOOKS))

    @property
    def deletes_much(self) -> bool:
        """Whether the officer must be asked: more than a fifth of the rows would go."""
        return self.deleted * MOST_DELETED > len(self._before)

    def choose(self, conflict: Konflik, side: Side) -> None:
        """Say whose value counts; the last choice holds."""
        self._chosen[conflict.id] = side

    def choose_all(self, side: Side, conflicts: Iterable[Konflik] | None = None) -> None:
        """The same for many, or for all."""
        self._chosen |= {conflict.id: side for conflict in (self.conflicts if conflicts is None else conflicts)}

    def chosen(self, conflict: Konflik) -> Side | None:
        """What was chosen, None while it is open."""
        return self._chosen.get(conflict.id)

    def changes(self, *, delete_anyway: bool = False) -> tuple[Change, ...]:
        """All changes to our plan, for one `Document.edit`; () where the copies hold nothing new.

        Raises:
            PlanError: more than a fifth of the rows would be deleted, and nobody has said that this is meant.
        """
        if self.deletes_much and not delete_anyway:
            raise PlanError(
                f"Penggabungan ini akan menghapus {self.deleted} dari {len(self._before)} baris rencana. "
                "Periksa salinannya; bila memang dimaksud, gabungkan lagi dan setujui penghapusannya."
            )
        incoming = difference(self._before, self._rows)
        if not self._chosen:
            return incoming
        plan = Plan(self._rows.values())
        solved, _ = solve_all(plan, [(k, self._chosen[k.id]) for k in self.conflicts if k.id in self._chosen])
        return joined((*incoming, *solved))

    def _add(self, copy: PlanCopy) -> None:
        self._known.add(joins_of(self._rows.values()))
        if self._known.has(copy.head) or (len(copy.history) == 1 and own_sending(copy) is not None):
            self.notes.append(_MERGED.format(name=copy.name))
            return
        theirs, base = state_of(copy.rows), find_base(self._ours, copy, self._known)
        if base is None:
            self.notes.append(_NO_BASE.format(name=copy.name))
            self._note(copy, list(_all_differences(self._rows, theirs)), {}, apart=True)
            return
        made = fold(self._rows, base.rows, theirs)
        assure(made)
        self._show(copy, made)
        who = _who(base.since or copy.history)
        before, self._rows = self._rows, made.rows
        join = self._note(copy, made.clashes, who, apart=base.apart)
        if base.apart:
            self._own_only(before, join)
        self._remember(made, who)

    def _own_only(self, before: State, join: Gabung) -> None:
        """What the copy had merged itself is not merged here: without the sender, its joins say nothing for ours."""
        foreign = {row.id for row in joins_of(self._rows.values()) if (row.TABLE, row.id) not in before} - {join.id}
        for row_id in foreign:
            del self._rows[Gabung.TABLE, row_id]
        for key, row in list(self._rows.items()):
            if isinstance(row, Konflik) and row.gabung_id in foreign:
                self._rows[key] = replace(row, gabung_id=join.id)

    def _show(self, copy: PlanCopy, made: Fold) -> None:
        before, after = Plan(self._rows.values()), Plan(made.rows.values())
        part = _part_of(copy)
        self.branches += branches(before, after, difference(self._rows, made.rows), part)

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
        made = [_konflik(clash, join, self._who, theirs) for clash in clashes]
        self._rows |= {(Konflik.TABLE, konflik.id): konflik for konflik in made}
        self.conflicts += tuple(made)
        return join

    def _remember(self, made: Fold, theirs: Who) -> None:
        """What was taken from this copy is theirs when the next one disputes it."""
        if not made.taken or len(self._names) < 2:
            return
        if self._who is None:
            self._who = _who(self._ours.history)
        for (table, row_id), kolom in made.taken:
            for column in (kolom or "").split(","):
                at = (table, row_id, column or None)
                if (who := theirs.get(at)) is not None:
                    self._who[at] = who


def own_sending(copy: PlanCopy) -> Salinan | None:
    """How this file was sent, where it is a copy that somebody was sent; None for the plan itself."""
    first = copy.history[0] if copy.history else None
    if first is None or first[2] != Salinan.TABLE:
        return None
    return next((row for row in copy.rows if isinstance(row, Salinan) and row.id == first[3]), None)


def _part_of(copy: PlanCopy) -> frozenset[str] | None:
    """The ids that the copy's office may edit; None where it is the whole plan, or no copy that was sent."""
    row = own_sending(copy)
    return None if row is None or row.bagian is None else frozenset(row.bagian.split(","))


def _who(entries: Iterable[Entry]) -> Who:
    return {(entry[2], entry[3], entry[4]): (entry[8], entry[7]) for entry in entries}


def _konflik(clash: Clash, join: Gabung, ours: Who, theirs: Who) -> Konflik:
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
        siapa_mereka=mereka[0],
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

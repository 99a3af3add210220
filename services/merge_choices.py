"""What was chosen in the conflicts of a merge, so that no two choices contradict each other.

A row that goes takes with it what hangs under it, and what is kept keeps the rows above it; of one cell, one value only
can be theirs. The last choice holds: what it contradicts gives way. What would change a closed period is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.changes import Change
from models.errors import PlanError
from models.rows import TABLES, Konflik, Row, owners, references
from services.merge_base import Key, State
from services.merge_closed import Closed
from services.merge_conflicts import Side, as_chosen, values_of
from services.merge_fold import PARENT
from services.row_words import row_of_json

Tie = tuple[Literal["hapus", "tetap"], Konflik]
"""Why a conflict is settled by another one: it goes, or stays, with that one's row."""

_REFUSED = (
    "{}, jadi pilihan ini belum dapat dipakai. Buka kembali periodenya dengan alasan (menu Susun, Realisasi dan "
    "capaian), lalu pilih lagi."
)


@dataclass(slots=True)
class Choices:
    """The choices among `conflicts`, by their ids."""

    conflicts: Mapping[str, Konflik]
    _chosen: dict[str, Side] = field(default_factory=dict)
    _above: dict[str, tuple[Konflik, ...]] = field(default_factory=dict)
    """Conflict -> those that can take its row away."""
    _below: dict[str, list[Konflik]] = field(default_factory=dict)
    _same: dict[str, tuple[Konflik, ...]] = field(default_factory=dict)
    """Conflict -> the others about the same cell."""
    _branches: dict[str, set[tuple[str, Side]]] = field(default_factory=dict)
    """Conflict -> (code that is there twice, side) that takes its row away."""
    _tied: dict[str, tuple[Side, Tie]] | None = None
    _shut: dict[str, dict[Side, str]] = field(default_factory=dict)
    """Conflict -> side -> why its value cannot be had: "periode TW I sudah ditutup"."""
    _reported: dict[str, str] = field(default_factory=dict)
    """Conflict -> the same, why its row cannot go."""

    @classmethod
    def among(cls, conflicts: Iterable[Konflik], rows: State, closed: Closed | None = None) -> "Choices":
        """Nothing chosen yet. `rows`: the plan before any choice; `closed`: what must not be changed."""
        made = cls({konflik.id: konflik for konflik in conflicts})
        made._tie(rows)
        if closed:
            made._shut_in(rows, closed)
        return made

    def closed(self, conflict: Konflik) -> str:
        """ "periode TW I sudah ditutup" where their value belongs to a closed period; else ""."""
        return self._shut.get(conflict.id, {}).get("mereka", "")

    def refusal(self, conflict: Konflik, side: Side) -> str:
        """Why a side cannot be chosen, as a sentence; "" where it can."""
        words = self._shut.get(conflict.id, {}).get(side, "")
        if not words and self._reported and lost(conflict, side) is not None:
            going = (below for below in self._below.get(conflict.id, ()) if self._goes_with(conflict, side, below))
            words = next((self._reported[below.id] for below in going if below.id in self._reported), "")
        return _REFUSED.format(f"{words[:1].upper()}{words[1:]}") if words else ""

    def choose(self, conflict: Konflik, side: Side) -> None:
        """Say whose value counts; what contradicts it gives way.

        Raises:
            PlanError: a closed period would change.
        """
        if refused := self.refusal(conflict, side):
            raise PlanError(refused)
        self._tied = None
        self._chosen[conflict.id] = side
        if lost(conflict, side) is not None:
            for below in self._below.get(conflict.id, ()):
                if self._goes_with(conflict, side, below):
                    self._chosen.pop(below.id, None)
        if self._stays(conflict):
            for above in self._above.get(conflict.id, ()):
                if (was := self._chosen.get(above.id)) and self._goes_with(above, was, conflict):
                    self._chosen.pop(above.id)
        if side in ("mereka", "dasar"):
            self._chosen |= {other.id: "kita" for other in self._same.get(conflict.id, ())}

    def choose_all(self, side: Side, conflicts: Iterable[Konflik]) -> None:
        """The same for many that may be chosen so: what is deleted comes last, so that it holds."""
        for conflict in sorted(conflicts, key=lambda konflik: lost(konflik, side) is not None):
            if not self.refusal(conflict, side):
                self.choose(conflict, side)

    def reopen(self, conflict: Konflik) -> None:
        """Take a choice back."""
        self._tied = None
        self._chosen.pop(conflict.id, None)

    def side(self, conflict: Konflik) -> Side | None:
        """What was chosen, or follows from another choice; None while it is open."""
        tied = self._ties().get(conflict.id)
        return tied[0] if tied is not None else self._chosen.get(conflict.id)

    def own(self, conflict: Konflik) -> Side | None:
        """What was chosen for this very conflict."""
        return self._chosen.get(conflict.id)

    def tie(self, conflict: Konflik) -> Tie | None:
        """The choice that it follows from; None where it was chosen itself, or is open."""
        tied = self._ties().get(conflict.id)
        return tied[1] if tied is not None else None

    def settled(self) -> list[tuple[Konflik, Side]]:
        """All that is settled, in the order of the conflicts."""
        if not self._chosen:
            return []
        found = ((konflik, self.side(konflik)) for konflik in self.conflicts.values())
        return [(konflik, side) for konflik, side in found if side is not None]

    def _ties(self) -> dict[str, tuple[Side, Tie]]:
        if self._tied is None:
            self._tied = {}
            for name, side in self._chosen.items():
                conflict = self.conflicts.get(name)
                if conflict is None:
                    continue
                for below in self._below.get(name, ()) if lost(conflict, side) is not None else ():
                    if self._goes_with(conflict, side, below):
                        self._tied[below.id] = _void(below), ("hapus", conflict)
            for name in self._chosen:
                conflict = self.conflicts.get(name)
                for above in self._above.get(name, ()) if conflict is not None and self._stays(conflict) else ():
                    keeping = _keeping(above)
                    if keeping is not None and conflict is not None and above.id not in self._chosen:
                        self._tied.setdefault(above.id, (keeping, ("tetap", conflict)))
        return self._tied

    def _stays(self, conflict: Konflik) -> bool:
        """Whether what was chosen has a meaning only where the row stays."""
        side = self._chosen.get(conflict.id)
        return side is not None and conflict.jenis != "ganda" and lost(conflict, side) is None

    def _goes_with(self, above: Konflik, side: Side, below: Konflik) -> bool:
        """A code that is there twice takes away another branch with each side."""
        if above.jenis != "ganda":
            return lost(above, side) is not None
        return (above.id, side) in self._branches.get(below.id, ())

    def _tie(self, rows: State) -> None:
        takes: dict[Key, list[tuple[Konflik, Side]]] = {}
        cells: dict[Key, list[Konflik]] = {}
        sides: tuple[Side, Side] = ("kita", "mereka")
        for konflik in self.conflicts.values():
            for side in sides:
                if (key := lost(konflik, side)) is not None:
                    takes.setdefault(key, []).append((konflik, side))
            if konflik.jenis == "sel":
                cells.setdefault((konflik.tabel, konflik.baris), []).append(konflik)
        for konflik in self.conflicts.values():
            if takes:
                found = [pair for key in _chain(konflik, rows) for pair in takes.get(key, ()) if pair[0] is not konflik]
                self._above[konflik.id] = tuple({other.id: other for other, _ in found}.values())
                self._branches[konflik.id] = {(other.id, side) for other, side in found if other.jenis == "ganda"}
                for other in self._above[konflik.id]:
                    self._below.setdefault(other.id, []).append(konflik)
        for alike in cells.values():
            for konflik in alike if len(alike) > 1 else ():
                names = set((konflik.kolom or "").split(","))
                self._same[konflik.id] = tuple(
                    other for other in alike if other is not konflik and names & set((other.kolom or "").split(","))
                )

    def _shut_in(self, rows: State, closed: Closed) -> None:
        for konflik in self.conflicts.values():
            row = rows.get((konflik.tabel, konflik.baris))
            if row is not None and (words := closed.words(Change(row, None))):
                self._reported[konflik.id] = words
            for side in _SIDES:
                change = _choice(konflik, side, row)
                if change is not None and (words := closed.words(change)):
                    self._shut.setdefault(konflik.id, {})[side] = words


_SIDES: tuple[Literal["dasar", "kita", "mereka"], ...] = ("dasar", "kita", "mereka")


def _choice(conflict: Konflik, side: Literal["dasar", "kita", "mereka"], row: Row | None) -> Change | None:
    """What choosing a side does to the very row of a conflict; None where it leaves it as it is."""
    values = values_of(conflict, side)
    if conflict.jenis == "sel":
        return None if row is None or values is None or side == "kita" else Change(row, as_chosen(row, values))
    if conflict.jenis == "ganda" or side == "dasar":
        return None
    if values is None:
        return None if row is None else Change(row, None)
    text = getattr(conflict, side)
    made = row_of_json(conflict.tabel, text) if row is None else None
    return None if made is None else Change(None, made)


def lost(conflict: Konflik, side: Side) -> Key | None:
    """The row that choosing a side deletes, with all that hangs under it; None where none goes."""
    if side not in ("kita", "mereka") or conflict.jenis == "sel":
        return None
    if conflict.jenis == "ganda":
        other = values_of(conflict, "mereka" if side == "kita" else "kita")
        return (conflict.tabel, str(other["id"])) if other else None
    return (conflict.tabel, conflict.baris) if values_of(conflict, side) is None else None


def _keeping(conflict: Konflik) -> Side | None:
    """The side with which a row that one of them deleted stays."""
    if conflict.jenis == "ganda":
        return None
    sides: tuple[Side, Side] = ("kita", "mereka")
    return next((side for side in sides if lost(conflict, side) is None), None)


def _void(conflict: Konflik) -> Side:
    """What strikes a conflict out whose row is gone, and changes nothing."""
    if conflict.jenis == "ganda":
        return "keduanya"
    return "mereka" if lost(conflict, "mereka") is not None else "kita"


def _chain(conflict: Konflik, rows: State) -> list[Key]:
    """The row that it is about and all that it cannot outlive."""
    first = (conflict.tabel, conflict.baris)
    found: dict[Key, None] = {first: None}
    queue = [first]
    while queue:
        key = queue.pop()
        row = rows.get(key) or (_of_conflict(conflict) if key == first else None)
        for above in _owners(row) if row is not None else ():
            if above not in found:
                found[above] = None
                queue.append(above)
    return list(found)


def _of_conflict(conflict: Konflik) -> Row | None:
    text = (conflict.kita or conflict.mereka or conflict.dasar) if conflict.jenis == "baris" else None
    return row_of_json(conflict.tabel, text) if text else None


def _owners(row: Row) -> list[Key]:
    named = references(type(row))
    fields = [*owners(type(row)), *([PARENT[type(row)]] if type(row) in PARENT and row.TABLE != "jabatan" else ())]
    return [
        (named[name], value) for name in fields if (value := getattr(row, name)) is not None and named[name] in TABLES
    ]

"""Looking for changes in the history: of a row, a branch or a cell, by person, day and words; the newest first."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.history import Entry
from models.history_reading import HistoryReader
from models.plan import Plan
from models.rows import ROWS, TABLES, DeretAnggaran, DeretIndikator, Dokumen, Opd, Row, owners, references
from services.history_view import Happened, Names, of_cell, shown

_OF_ITS_OWN = ("kinerja", "anggaran", "indikator")
"""Rows that hang on a line and are lines themselves."""

_SERIES: tuple[type[Row], ...] = (DeretAnggaran, DeretIndikator)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes are looked for; what is left out does not restrict.

    `row`: a line with its series, years and actions; `branch`: with all below it, what is deleted by now included.
    `column`: only this field of the line, or a month of its series as "b03"; `jenis` of that series. `since`, `until`:
    days as the clock of the edit showed them, both included. `text`: every word stands somewhere in what is shown.
    """

    row: Row | None = None
    branch: bool = False
    column: str | None = None
    jenis: str | None = None
    who: str | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""

    @property
    def everything(self) -> bool:
        """Whether every change is wanted."""
        return self == Wanted()


class HistorySearch:
    """One look through the history, from its newest entry back; `take` looks at what happens meanwhile.

    `first`, `last`: numbers of the oldest and the newest entry. `names`: for `whole` and `path_text`.
    """

    def __init__(self, reader: HistoryReader, plan: Plan, wanted: Wanted) -> None:
        self._reader, self._plan, self._wanted = reader, plan, wanted
        self.first, self.last = reader.ends()
        self._at = self.last + 1
        self._gone = {(entry[2], entry[3]): entry[5] or "{}" for entry in reader.removals()}
        self.names = Names(plan, self._gone)
        self._words = wanted.text.casefold().split()
        self._since = wanted.since.isoformat() if wanted.since else ""
        self._until = (wanted.until + timedelta(days=1)).isoformat() if wanted.until else "~"
        self._ids = set(_ids(plan, wanted)) if wanted.row is not None else None
        self._month = wanted.column is not None and wanted.column[:1] == "b" and wanted.column[1:].isdigit()

    def advance(self, count: int = 500) -> tuple[list[int], bool]:
        """Look at so many entries more: the numbers of those that are wanted, and whether there are more to look at."""
        piece = self._reader.before(self._at, count)
        if not piece:
            return [], False
        self._at = piece[-1][0]
        return [entry[0] for entry in self._passing(piece)], self._at > self.first

    def take(self, newer: Iterable[Entry]) -> list[int]:
        """The numbers of the wanted ones among entries that came since, the oldest first."""
        found = []
        for entry in newer:
            self.last = max(self.last, entry[0])
            if entry[4] is None and entry[6] is None:
                self._gone[entry[2], entry[3]] = entry[5] or "{}"
            found += [each[0] for each in self._passing([entry])]
        return found

    def words_of(self, numbers: Sequence[int]) -> list[Happened]:
        """These entries in words, at most a few hundred, in this order; what is not there any more is left out."""
        there = {entry[0]: entry for entry in self._reader.numbered(numbers)}
        return self.words(there[number] for number in numbers if number in there)

    def words(self, entries: Iterable[Entry]) -> list[Happened]:
        """Entries in words; a series that came or went in terms of the month that is looked for."""
        column = self._wanted.column
        if self._month and column:
            entries = [of_cell(entry, column) for entry in entries]
        return shown(self._plan, entries, self._gone)

    def _passing(self, piece: Iterable[Entry]) -> Iterator[Entry]:
        for entry in piece:
            if self._ids is not None and not self._is_here(entry):
                continue
            if not self._since <= entry[7] < self._until:
                continue
            if self._wanted.who is not None and entry[8] != self._wanted.who:
                continue
            if self._words and not self._says(entry):
                continue
            yield entry

    def _is_here(self, entry: Entry) -> bool:
        """Of the row, the branch or the cell. Read backwards, a deleted row comes before what happened to it."""
        assert self._ids is not None
        _, _, table, row_id, column, old, new, *_ = entry
        wanted = self._wanted
        if row_id not in self._ids:
            if column is not None or not self._hangs_here(table, json.loads(old or new or "{}")):
                return False
            self._ids.add(row_id)
        if wanted.column is None:
            return True
        if column is None:
            values = json.loads(old or new or "{}")
            return self._month and table.startswith("deret_") and values.get(wanted.column) is not None
        return column == wanted.column and (self._month or (wanted.row is not None and row_id == wanted.row.id))

    def _hangs_here(self, table: str, values: dict[str, object]) -> bool:
        cls = TABLES.get(table)
        if cls is None or self._ids is None:
            return False
        if self._month and (cls not in _SERIES or values.get("jenis") != self._wanted.jenis):
            return False
        fields = _hanging(cls, below=self._wanted.branch)
        return any(values.get(field) in self._ids for field in fields)

    def _says(self, entry: Entry) -> bool:
        (told,) = self.words([entry])
        raw = (entry[5] or "", entry[6] or "") if entry[4] is not None else ()
        text = "\n".join((told.where, told.field, told.old, told.new, told.label, told.who, *raw)).casefold()
        return all(word in text for word in self._words)


def _hanging(cls: type[Row], *, below: bool) -> list[str]:
    """The fields by which a row of a table hangs on another one."""
    if not below and cls.TABLE in _OF_ITS_OWN:
        return []
    fields = [field for field in owners(cls) if field != "jabatan_id"]
    return [*fields, *(["induk_id"] if below and "induk_id" in references(cls) else [])]


def _ids(plan: Plan, wanted: Wanted) -> Iterator[str]:
    """The row and what hangs on it now."""
    queue: list[Row] = [wanted.row] if wanted.row is not None else []
    while queue:
        row = queue.pop()
        yield row.id
        for cls in ROWS:
            if wanted.column is not None and cls not in _SERIES:
                continue
            if wanted.branch and isinstance(row, Dokumen | Opd) and cls.TABLE == "jabatan":
                queue += plan.where(cls, "dokumen_id", row.id)
            for field in _hanging(cls, below=wanted.branch):
                if references(cls)[field] == row.TABLE:
                    found = plan.where(cls, field, row.id)
                    queue += [each for each in found if not wanted.jenis or getattr(each, "jenis", "") == wanted.jenis]

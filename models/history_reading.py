"""Reading the history of an open plan a piece at a time, so that 100,000 changes are listed without a pause."""

import re
import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from models.header import broken
from models.history import RIWAYAT, Entry, seal_after
from models.reading import UNREADABLE, open_checked
from models.schema import VERSION, statements

if TYPE_CHECKING:
    from models.plan_file import PlanFile

_SELECT = f"SELECT {', '.join(RIWAYAT)} FROM riwayat"


class HistoryReader:
    """Pieces of the history of a plan that is open; each call sees what is in the working copy then.

    Entries are known by their number, the `id` of `riwayat`, which goes up by one. A piece of 1,000 takes about 3 ms.
    Every call raises PlanError where the working copy cannot be read.
    """

    def __init__(self, file: "PlanFile") -> None:
        self._file = file
        self._removals: list[Entry] = []
        self._looked_to = 0
        """The newest entry that has been looked at for removals."""

    def ends(self) -> tuple[int, int]:
        """Number of the oldest and of the newest entry; (1, 0) without a history."""
        # Each alone is a look at one end; both in one are a look at all.
        ((first, last),) = self._read("SELECT (SELECT min(id) FROM riwayat), (SELECT max(id) FROM riwayat)")
        return (1, 0) if first is None else (first, last)

    def before(self, number: int, count: int) -> list[Entry]:
        """So many entries below a number, the newest first."""
        return self._read(f"{_SELECT} WHERE id < ? ORDER BY id DESC LIMIT ?", number, count)

    def after(self, number: int, count: int = -1) -> list[Entry]:
        """So many entries above a number, the oldest first; all of them unless told."""
        return self._read(f"{_SELECT} WHERE id > ? ORDER BY id LIMIT ?", number, count)

    def numbered(self, numbers: Sequence[int]) -> list[Entry]:
        """These entries, at most a few hundred, in no order; what is not there is left out."""
        marks = ", ".join("?" * len(numbers))
        return self._read(f"{_SELECT} WHERE id IN ({marks})", *numbers)

    def step(self, number: int, near: int) -> list[Entry]:
        """All entries of a step, the newest first. `near`: the number of one of them."""
        ends = "SELECT {} FROM riwayat WHERE id {} ? AND langkah <> ?"
        ((below,),) = self._read(ends.format("max(id)", "<"), near, number)
        ((above,),) = self._read(ends.format("min(id)", ">"), near, number)
        first, last = self.ends()
        span = (first if below is None else below + 1, last if above is None else above - 1)
        return self._read(f"{_SELECT} WHERE id BETWEEN ? AND ? ORDER BY id DESC", *span)

    def removed(self, table: str, row_id: str) -> Entry | None:
        """The newest entry that says that a row was removed."""
        where = "WHERE tabel = ? AND baris = ? AND kolom IS NULL AND baru IS NULL"
        found = self._read(f"{_SELECT} {where} ORDER BY id DESC LIMIT 1", table, row_id)
        return found[0] if found else None

    def removals(self) -> list[Entry]:
        """Every entry that says that a row was removed, the oldest first."""
        last = self.ends()[1]
        if last > self._looked_to:
            where = "WHERE id > ? AND kolom IS NULL AND baru IS NULL ORDER BY id"
            self._removals += self._read(f"{_SELECT} {where}", self._looked_to)
            self._looked_to = last
        return list(self._removals)

    def people(self) -> list[str]:
        """Who is in the history, sorted."""
        return sorted(name for (name,) in self._read("SELECT DISTINCT siapa FROM riwayat") if name)

    def sealed(self, code: str) -> list[Entry]:
        """The entries whose seal begins so, the newest first; two are enough to know that a code fits several."""
        return self._read(f"{_SELECT} WHERE substr(sidik, 1, ?) = ? ORDER BY id DESC LIMIT 2", len(code), code)

    def codes(self, length: int) -> list[str]:
        """The beginnings of the seals of all steps, so long, the newest first."""
        newest = "SELECT substr(sidik, 1, ?), max(id) FROM riwayat GROUP BY langkah ORDER BY 2 DESC"
        return [code for code, _ in self._read(newest, length)]

    def _read(self, sql: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        try:
            connection: sqlite3.Connection = self._file._connection  # changes when the plan is saved under another name
            return connection.execute(sql, values).fetchall()
        except UNREADABLE as error:
            raise broken(self._file.path) from error


def printed_from(path: Path, code: str) -> tuple[str, int] | None:
    """When a published plan was in the state that a printed code names, as ISO text, and how many steps came since.

    None where it never was, or where the code fits several of its states.

    Raises:
        PlanError: the file is missing, foreign, newer or broken.
    """
    connection, _, _ = open_checked(path)
    try:
        begins = "SELECT id, langkah, waktu FROM riwayat WHERE substr(sidik, 1, ?) = ? LIMIT 2"
        found = connection.execute(begins, (len(code), code)).fetchall()
        if len(found) != 1:
            return None
        ((number, step, when),) = found
        since = "SELECT count(DISTINCT langkah) FROM riwayat WHERE id > ? AND langkah > ?"
        return when, connection.execute(since, (number, step)).fetchone()[0]
    except UNREADABLE as error:
        raise broken(path) from error
    finally:
        connection.close()


@cache
def held_once(table: str) -> tuple[tuple[str, ...], ...]:
    """The sets of columns of which a table holds each combination once only (UNIQUE in the schema)."""
    sql = next((sql for sql in statements(VERSION) if sql.startswith(f"CREATE TABLE {table} ")), "")
    return tuple(tuple(re.split(r",\s*", names)) for names in re.findall(r"UNIQUE \(([^)]*)\)", sql))


class ChainCheck:
    """Whether every seal covers its entry and the seal before it, from the oldest on, piece by piece.

    The history of a copy that was sent begins with an entry whose forerunner is not in it; its seal is taken as given.
    `broken`: the first entry that does not fit.
    """

    def __init__(self, reader: HistoryReader) -> None:
        self._reader = reader
        first, self._last = reader.ends()
        self._number, self._seal = first - 1, ""
        self.broken: Entry | None = None

    def advance(self, count: int = 1_000) -> bool:
        """Look at so many entries more; False when there is nothing left to look at."""
        piece = self._reader.after(self._number, count)
        for entry in piece:
            begins = self._seal == "" and entry[0] > 1
            if not begins and (entry[0] != self._number + 1 or seal_after(self._seal, entry[:10]) != entry[10]):
                self.broken = entry
                return False
            self._number, self._seal = entry[0], entry[10]
        return bool(piece) and self._number < self._last

"""Copies of a plan on disk: their history read for a merge, and a copy written for an office.

A copy's history is cut down to its newest entry, the one that noted the sending. Its seal is in both files: that is
where a later merge finds the base (file-safety.md, "Merging copies"). What the sender noted about other copies, and the
conflicts that wait at the sender, are not in it; the joins are, since they say what the copy has been through.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.cleaning import Cleaned, cleaned_history, cleaning, typed_texts, unfit
from models.errors import PlanError
from models.files import part_name, put_in_place, reason, remove_part
from models.header import broken, check_header
from models.history import RIWAYAT, Entry, _json
from models.publish import content_hash
from models.reading import UNREADABLE, connect, migrated, open_checked, read_rows
from models.rows import Row, Salinan, columns
from models.schema import VERSION
from models.seal import seal_of


@dataclass(frozen=True, slots=True)
class PlanCopy:
    """A file as a merge sees it: all rows, and the history that it carries, oldest first."""

    name: str
    rows: tuple[Row, ...]
    history: tuple[Entry, ...]
    cleaned: tuple[Cleaned, ...] = ()
    """The texts of a file that could not be taken as they were."""

    @property
    def head(self) -> str:
        """The newest seal; "" without a history."""
        return self.history[-1][10] if self.history else ""


def read_copy(path: Path) -> PlanCopy:
    """A published file, checked as every file from elsewhere, with its history; the file stays as it is.

    Raises:
        PlanError: it is missing, foreign, newer or broken.
    """
    connection, version, sealed = open_checked(path.absolute())
    try:
        history = connection.execute("SELECT * FROM riwayat ORDER BY id").fetchall()
        if version < VERSION:
            connection = migrated(connection)
        fit = sealed and not unfit(connection)
        rows = read_rows(connection)
        copy = PlanCopy(path.name, tuple(rows), tuple(history))
        return copy if fit else _clean(copy)
    except UNREADABLE as error:
        raise broken(path) from error
    finally:
        connection.close()


def _clean(copy: PlanCopy) -> PlanCopy:
    """A file whose texts another program may have written, with such as can be taken.

    The step that says so is the same each time, so that the copy is known again when it comes back once more.
    """
    changes, cleaned = cleaning(copy.rows)
    if not changes:
        return copy
    fit = {change.row.id: change.row for change in changes}
    when = copy.history[-1][7] if copy.history else ""
    made = cleaned_history(changes, copy.history, when, "")
    rows = tuple(fit.get(row.id, row) for row in copy.rows)
    return PlanCopy(copy.name, rows, (*copy.history, *made), cleaned)


def first_entry(path: Path) -> Entry | None:
    """The entry with which the history of a published file begins; None without one.

    Read past the checks of `read_copy`, so it is only good for a look at whose copy it is.

    Raises:
        PlanError: the file is missing or broken.
    """
    check_header(path)
    try:
        with closing(connect(path)) as connection:
            row: Entry | None = connection.execute("SELECT * FROM riwayat ORDER BY id LIMIT 1").fetchone()
            return row
    except UNREADABLE as error:
        raise broken(path) from error


def first_seal(path: Path) -> str:
    """The seal with which the history of a published file begins; "" without one.

    Raises:
        PlanError: the file is missing or broken.
    """
    entry = first_entry(path)
    return entry[10] if entry else ""


def sending(entry: Entry | None) -> Salinan | None:
    """How a copy was sent, from the first entry of its history; None for the plan itself."""
    if entry is None or entry[2] != Salinan.TABLE or entry[4] is not None or entry[6] is None:
        return None
    try:
        return Salinan(**json.loads(entry[6]))
    except (TypeError, ValueError):
        return None


def chain_holds(entries: Sequence[Entry], before: str) -> bool:
    """Whether each seal covers its entry and the seal before it; `before` is the one that the first entry follows."""
    seal = before
    for entry in entries:
        seal = hashlib.sha256((seal + _json(entry[:10])).encode()).hexdigest()
        if seal != entry[10]:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Sent:
    """The note of a sending that is not in the plan yet: its row, and the history row that adds it."""

    row: Salinan
    entry: Entry


def write_copy(
    source: Path,
    target: Path,
    *,
    note: Sent | None = None,
    without_nip: bool = False,
    blank: Callable[[str], str] | None = None,
) -> None:
    """Write the published plan `source` to `target` without what is not theirs, its history begun by the sending.

    Nothing of a deleted text is left in it. It is checked before it is put in place.

    Args:
        note: the sending, where it is not the newest entry of `source` already.
        without_nip: leave out the NIP of those who sign.
        blank: what is done to every text that an officer types, such as taking numbers out of it.
    Raises:
        PlanError: the source is broken, or the target cannot be written; an old file there stays as it was.
    """
    # A name without its folder would be looked for elsewhere by SQLite.
    source, target = source.absolute(), target.absolute()
    part = part_name(target)
    try:
        with TemporaryDirectory(prefix="renaksi-") as folder:
            compact = Path(folder) / "salinan.db"
            wanted = _cut(source, compact, note, without_nip=without_nip, blank=blank)
            data = compact.read_bytes()
        with part.open("wb") as file:
            file.write(data + seal_of(data))
            file.flush()
            os.fsync(file.fileno())
        copy, _, _ = open_checked(part)
        with closing(copy):
            if content_hash(copy) != wanted:
                raise sqlite3.DatabaseError("the copy differs")
        put_in_place(part, target)
    except PlanError:
        raise
    except UNREADABLE as error:
        raise PlanError(reason(target, error)) from error
    except OSError as error:
        raise PlanError(reason(target, error)) from error
    finally:
        remove_part(part)


_NOT_THEIRS = (
    "DELETE FROM riwayat WHERE id < (SELECT max(id) FROM riwayat)",
    "DELETE FROM konflik",
    "DELETE FROM salinan WHERE id NOT IN (SELECT baris FROM riwayat)",
)
_NIPS = ("UPDATE dokumen SET ttd_nip = NULL", "UPDATE pejabat SET nip = NULL")


def _cut(
    source: Path, compact: Path, note: Sent | None, *, without_nip: bool, blank: Callable[[str], str] | None
) -> str:
    """A compact file with the rows that are theirs and the newest entry; returns the content hash."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        try:
            whole, _, _ = open_checked(source)
            with closing(whole):
                whole.backup(memory)
            if note is not None:
                _insert(memory, Salinan.TABLE, columns(Salinan), note.row.to_columns())
                _insert(memory, "riwayat", RIWAYAT, note.entry)
            for sql in (*_NOT_THEIRS, *(_NIPS if without_nip else ())):
                memory.execute(sql)
            if blank is not None:
                _blank(memory, blank)
            wanted = content_hash(memory)
        except UNREADABLE as error:
            raise broken(source) from error
        memory.execute("VACUUM INTO ?", (str(compact),))
    return wanted


def _insert(memory: sqlite3.Connection, table: str, names: Sequence[str], values: Sequence[Any]) -> None:
    marks = ", ".join("?" * len(names))
    memory.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)


def _blank(memory: sqlite3.Connection, blank: Callable[[str], str]) -> None:
    for row in read_rows(memory):
        texts = {name: (text, blank(text)) for name, text in typed_texts(row)}
        for name, (text, left) in texts.items():
            if left != text:
                memory.execute(f"UPDATE {row.TABLE} SET {name} = ? WHERE id = ?", (left, row.id))

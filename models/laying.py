"""The working copy of a plan, laid out: what a crash left, a copy of the officer's file, or an empty plan."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from models import backups, workspace
from models.cleaning import Cleaned, cleaned_history, cleaning, unfit
from models.errors import PlanError
from models.header import broken, check_header
from models.history import RIWAYAT
from models.lock import now, user
from models.merging import PlanCopy
from models.reading import UNREADABLE, check, connect, migrated, open_checked, read_rows, read_seals
from models.rows import ROWS, Row, columns
from models.schema import VERSION, migrate


@dataclass(frozen=True, slots=True)
class Laid:
    """An open working copy. `recovered`: it holds edits that the officer's file lacks; `set_aside`: where one that fits
    the officer's file no more is kept; `laundered`: the rows come from a file that we have not sealed; `cleaned`: the
    texts of it that could not be taken as they were."""

    connection: sqlite3.Connection
    recovered: bool
    set_aside: Path | None
    laundered: bool = False
    cleaned: tuple[Cleaned, ...] = ()


def lay(path: Path, work: Path, *, new: bool, there: bool) -> Laid:
    """Lay the working copy of `path` out and open it; its lock is held by the caller.

    A file whose bytes nobody sealed (of an older program, or one that another program wrote) is not copied: its rows
    are put into fresh tables of our own, their texts cut and cleaned (`models.cleaning`), and so are those of a sealed
    one that holds texts which no program of ours takes. A backup is made before an older
    plan is brought up to date.

    Raises:
        PlanError: the file is missing, foreign, newer or broken, or no backup can be made.
    """
    seals, aside = _left_over_seals(work)
    recovered, published, source = False, [], None
    version, sealed = VERSION, True
    cleaned: tuple[Cleaned, ...] = ()
    if there:
        source, version, sealed = open_checked(path)
        try:
            # Without a left-over there is nothing to compare them with.
            published = _seals(source, path) if seals else []
        except BaseException:
            source.close()
            raise
        recovered = bool(seals) and seals != published and (not published or published[-1] in seals)
    elif seals and not new:
        recovered = True
    elif not new:
        workspace.remove(work)
        check_header(path)
        raise PlanError(f"{path} tidak ditemukan. Periksa nama dan foldernya.")
    try:
        if not recovered:
            if seals and (new or seals[-1] not in published):
                aside = workspace.set_aside(work, path)
            if source is not None and version < VERSION:
                backups.keep_file(path)
            if source is None or (sealed and not _unfit(source, version)):
                workspace.place(work, path if there else None)
            else:
                cleaned = _launder(source, work, path)
    finally:
        if source is not None:
            source.close()
    workspace.note_target(work, path)
    connection = open_work(work)
    if connection.execute("PRAGMA user_version").fetchone()[0] < VERSION:
        migrate(connection)
    return Laid(connection, recovered, aside, laundered=there and not (sealed or recovered), cleaned=cleaned)


def _unfit(source: sqlite3.Connection, version: int) -> bool:
    """Of an older plan it is seen when it is opened the next time."""
    return version == VERSION and unfit(source)


def open_work(work: Path) -> sqlite3.Connection:
    """A connection for writing, with the pragmas that lose nothing (file-safety.md, "Pragmas of the working copy")."""
    connection = connect(work, write=True)
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def published_seals(path: Path) -> list[str]:
    """The seals of the history of the officer's file, which is checked on the way.

    Raises:
        PlanError: it is not a plan that we wrote, or damaged.
    """
    connection, _, _ = open_checked(path)
    try:
        return _seals(connection, path)
    finally:
        connection.close()


def holds_more(work: Path, path: Path) -> bool:
    """Whether a working copy holds edits that the officer's file lacks, or that file cannot be read.

    A working copy that cannot be read itself is set aside here. Its lock is held by the caller.
    """
    seals, _ = _left_over_seals(work)
    if not seals:
        return False
    try:
        return seals[-1] not in published_seals(path)
    except PlanError:
        return True


def left_over_rows(work: Path, path: Path) -> list[Row]:
    """The rows of a working copy; its lock is held by the caller.

    Raises:
        PlanError: it is not there, or damaged.
    """
    return list(left_over_copy(work, path).rows)


def left_over_copy(work: Path, path: Path) -> PlanCopy:
    """A working copy as a merge sees it; its lock is held by the caller.

    Raises:
        PlanError: it is not there, or damaged.
    """
    if not work.exists():
        raise PlanError(f"Tidak ada isian {path.name} yang tertinggal di komputer ini.")
    try:
        connection = connect(work, write=True)
        try:
            check(connection, connection.execute("PRAGMA user_version").fetchone()[0])
            history = connection.execute("SELECT * FROM riwayat ORDER BY id").fetchall()
            memory = migrated(connection)
        finally:
            connection.close()
        try:
            return PlanCopy(path.name, tuple(read_rows(memory)), tuple(history))
        finally:
            memory.close()
    except UNREADABLE as error:
        raise PlanError(f"Isian {path.name} yang tertinggal di komputer ini tidak dapat dibaca.") from error


def _seals(connection: sqlite3.Connection, path: Path) -> list[str]:
    try:
        return read_seals(connection)
    except UNREADABLE as error:
        raise broken(path) from error


def _left_over_seals(work: Path) -> tuple[list[str], Path | None]:
    """The history of the working copy that a crash left, [] without one; one that cannot be read is set aside."""
    if not work.exists():
        return [], None
    try:
        connection = connect(work, write=True)
        try:
            check(connection, connection.execute("PRAGMA user_version").fetchone()[0])
            return read_seals(connection), None
        finally:
            connection.close()
    except UNREADABLE:
        return [], workspace.set_aside(work, None) if work.stat().st_size else None


def _launder(source: sqlite3.Connection, work: Path, path: Path) -> tuple[Cleaned, ...]:
    """The rows and the history of a checked file, brought up to date and written into empty tables of our own.

    Returns the texts that had to be cut or cleaned; a step of the history says what they were.
    """
    workspace.place(work, None)
    try:
        memory, clean = migrated(source), connect(work, write=True)
        try:
            migrate(clean)
            clean.execute("PRAGMA synchronous = OFF")
            clean.execute("BEGIN")
            for table, names in (*((cls.TABLE, columns(cls)) for cls in ROWS), ("riwayat", RIWAYAT)):
                rows = memory.execute(f"SELECT {', '.join(names)} FROM {table}")
                marks = ", ".join("?" * len(names))
                clean.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)
            cleaned = _clean(clean)
            clean.execute("COMMIT")
        finally:
            clean.close()
            memory.close()
    except UNREADABLE as error:
        workspace.remove(work)
        raise broken(path) from error
    return cleaned


def _clean(clean: sqlite3.Connection) -> tuple[Cleaned, ...]:
    changes, cleaned = cleaning(read_rows(clean))
    if not changes:
        return ()
    last = clean.execute(f"SELECT {', '.join(RIWAYAT)} FROM riwayat ORDER BY id DESC LIMIT 1").fetchall()
    for change in changes:
        altered = change.altered_columns()
        sets = ", ".join(f"{name} = ?" for name, _, _ in altered)
        values = [new for _, _, new in altered]
        clean.execute(f"UPDATE {change.row.TABLE} SET {sets} WHERE id = ?", (*values, change.row.id))
    made = cleaned_history(changes, last, now(), user())
    clean.executemany(f"INSERT INTO riwayat VALUES ({', '.join('?' * len(RIWAYAT))})", made)
    return cleaned

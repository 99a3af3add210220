"""Reading a plan file that nobody is trusted to have left whole: checked before the first row is believed."""

import gc
import sqlite3
import time
from collections import deque
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any
from urllib.parse import quote

from models.cleaning import Cleaned, cleaning, unfit
from models.header import FileError, broken, check_header, endless, foreign
from models.rows import BULAN, ROWS, Row, columns, field_names, months_start
from models.schema import VERSION, migrate, statements
from models.seal import check_seal

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file may end in."""

_TREES = {"jabatan": "atasan_id", "kinerja": "induk_id", "anggaran": "induk_id"}
"""Table -> the column that names the row above."""

_STEPS = """CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
)"""
_STEPS_INDEX = """CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name")"""
"""The one table that is not ours: sqlite-utils keeps its record of the steps there."""

SECONDS = 10
"""After which reading a file from elsewhere is given up."""

_LONGEST = 64_000_000
"""Bytes of one value or row, of any file: a picture of a letterhead has a hundredth of them."""

_LIMITS = (
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
)

_PIECE = 200
"""Rows that are made at a time: what they are made of is still at hand for the processor."""


class ForeignError(sqlite3.DatabaseError):
    """Tables, views or triggers that are not those of a plan."""


def connect(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """A hardened connection; without `write` the file is read as it lies, and nothing appears beside it."""
    # Not as_uri: SQLite takes no server's name in an address, so \\\\server\\share must stay in the path.
    place = quote(path.absolute().as_posix())
    uri = f"file://{'' if place.startswith('/') else '/'}{place}{'' if write else '?mode=ro&immutable=1'}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA mmap_size = 0")
        if not write:
            _harden(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _harden(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")
    for limit, most in _LIMITS:
        connection.setlimit(limit, most)
    until = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)


def check(connection: sqlite3.Connection, version: int = VERSION) -> None:
    """The tables are those of the version, to the letter; the file is sound, and every reference has its row.

    Of a newer version, which the header lets pass, the columns that this program reads must be there.

    Raises:
        sqlite3.DatabaseError: it is not so.
    """
    schema = connection.execute("SELECT type, sql FROM sqlite_schema").fetchall()
    if any(not isinstance(word, str | None) for words in schema for word in words):
        raise ForeignError("the tables are not written in words")
    there = sorted((kind, _plain(sql)) for kind, sql in schema if kind != "index" or sql is not None)
    if version > VERSION:
        if any(kind not in ("table", "index") or sql.upper().startswith("CREATE VIRTUAL") for kind, sql in there):
            raise ForeignError("views, triggers or virtual tables")
    elif there not in _wanted(version):
        raise ForeignError("the tables are not ours")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("not sound")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.DatabaseError("a row names one that is not there")
    for table, above in _TREES.items():
        rooted = (
            f"WITH RECURSIVE t(id) AS (SELECT id FROM {table} WHERE {above} IS NULL UNION ALL "
            f"SELECT c.id FROM {table} c JOIN t ON c.{above} = t.id) SELECT count(*) FROM t"
        )
        if connection.execute(rooted).fetchone() != connection.execute(f"SELECT count(*) FROM {table}").fetchone():
            raise sqlite3.DatabaseError(f"rows of {table} hang in a circle")


@cache
def _wanted(version: int) -> tuple[list[tuple[str, str]], ...]:
    """What `sqlite_schema` may hold in a plan of a version, sorted."""
    ours = [("index" if sql.startswith("CREATE INDEX") else "table", _plain(sql)) for sql in statements(version)]
    return sorted(ours), sorted([*ours, ("index", _plain(_STEPS_INDEX)), ("table", _plain(_STEPS))])


def _plain(sql: str | None) -> str:
    return " ".join((sql or "").split())


def read_rows(connection: sqlite3.Connection) -> list[Row]:
    """All rows of a plan, table by table."""
    rows: list[Row] = []
    # Nothing made here can be garbage yet, and the collector would walk over all of it again and again.
    collects = gc.isenabled()
    gc.disable()
    try:
        for cls in ROWS:
            found = connection.execute(f"SELECT {', '.join(columns(cls))} FROM {cls.TABLE}")
            while piece := found.fetchmany(_PIECE):
                rows += _made(cls, piece)
    finally:
        if collects:
            gc.enable()
    return rows


def _made(cls: type[Row], values: list[tuple[Any, ...]]) -> list[Row]:
    """What `cls.from_columns` gives for each, made column by column, so that no loop is one of Python's."""
    made = list(map(object.__new__, repeat(cls, len(values))))
    columns_, start = list(zip(*values, strict=True)), months_start(cls)
    if start is not None:
        columns_[start : start + BULAN] = [tuple(zip(*columns_[start : start + BULAN], strict=True))]
    for name, column in zip(field_names(cls), columns_, strict=True):
        deque(map(getattr(cls, name).__set__, made, column), maxlen=0)
    return made


def read_seals(connection: sqlite3.Connection) -> list[str]:
    """The seals of the history, oldest first."""
    return [seal for (seal,) in connection.execute("SELECT sidik FROM riwayat ORDER BY id")]


def revision_of(seal: str) -> str:
    """The newest seal of a history, as short as it is printed on the forms; "" without one."""
    return seal[:10]


def read_plan(path: Path) -> list[Row]:
    """The rows of a published file, read without a lock and without touching it; for commands that only look.

    Raises:
        PlanError: the file is missing, foreign, newer or broken.
    """
    return read_published(path)[0]


def migrated(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The same plan in the tables of today, in memory; the file stays as it is, its connection is closed."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.backup(memory)
    connection.close()
    if memory.execute("PRAGMA user_version").fetchone()[0] < VERSION:
        migrate(memory)
    return memory


def open_checked(path: Path, *, newer: bool = False) -> tuple[sqlite3.Connection, int, bool]:
    """A file from elsewhere, through all checks: a hardened connection, its version, and whether it is sealed.

    Raises:
        PlanError: missing, foreign, newer or broken; the file is not touched.
    """
    version = check_header(path, newer=newer)
    try:
        sealed, wrong = check_seal(path), None
    except OSError as error:
        raise broken(path) from error
    except FileError as error:
        sealed, wrong = False, error
    try:
        connection = connect(path)
        try:
            check(connection, version)
        except BaseException:
            connection.close()
            raise
    except ForeignError as error:
        raise foreign(path) from error
    except (OSError, *UNREADABLE) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise endless(path, SECONDS) from error
        raise broken(path) from error
    if wrong is not None:
        connection.close()
        raise wrong
    return connection, version, sealed


def in_memory(path: Path, *, newer: bool = False) -> sqlite3.Connection:
    """A checked plan in the tables of today, in memory; the file is let go of and stays as it is.

    Raises:
        PlanError: as `open_checked`.
    """
    connection, _, _ = open_checked(path, newer=newer)
    try:
        return migrated(connection)
    except UNREADABLE as error:
        raise broken(path) from error
    finally:
        connection.close()


def read_published(path: Path) -> tuple[list[Row], str]:
    """The rows, as `read_plan` does, and the revision."""
    rows, code, _ = read_cleaned(path)
    return rows, code


def read_cleaned(path: Path) -> tuple[list[Row], str, tuple[Cleaned, ...]]:
    """The same, and the texts that could not be taken as they were (`models.cleaning`)."""
    path = path.absolute()
    connection, version, sealed = open_checked(path)
    try:
        if version < VERSION:
            connection = migrated(connection)
        code = revision_of((read_seals(connection) or [""])[-1])
        fit = sealed and not unfit(connection)
        rows = read_rows(connection)
        if fit:
            return rows, code, ()
        changes, cleaned = cleaning(rows)
        taken = {id(change.before): change.row for change in changes}
        return [taken.get(id(row), row) for row in rows], code, cleaned
    except UNREADABLE as error:
        raise broken(path) from error
    finally:
        connection.close()

"""Reading a plan file that nobody is trusted to have left whole: checked before the first row is believed."""

import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

from models.header import broken, check_header
from models.rows import ROWS, Row, columns
from models.schema import VERSION, migrate, statements

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file may end in."""

_TREES = {"jabatan": "atasan_id", "kinerja": "induk_id", "anggaran": "induk_id"}
"""Table -> the column that names the row above."""

_OWN = {"_sqlite_migrations"}
"""The one table that is not ours: sqlite-utils keeps its record of the steps there."""


def connect(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """A hardened connection; without `write` the file is read as it lies, and nothing appears beside it."""
    # Not as_uri: SQLite takes no server's name in an address, so \\\\server\\share must stay in the path.
    place = quote(path.as_posix())
    uri = f"file://{'' if place.startswith('/') else '/'}{place}{'' if write else '?mode=ro&immutable=1'}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection, version: int = VERSION) -> None:
    """The tables are those of the version, to the letter; the file is sound, and every reference has its row.

    Raises:
        sqlite3.DatabaseError: it is not so.
    """
    wanted = {_plain(sql) for sql in statements(version)}
    there = set()
    for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"):
        if kind == "table" and table not in _OWN:
            there.add(_plain(sql))
        elif kind not in ("table", "index") or (kind == "index" and sql is not None and table not in _OWN):
            raise sqlite3.DatabaseError(f"{kind} {name} is not ours")
    if there != wanted:
        raise sqlite3.DatabaseError("the tables are not ours")
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


def _plain(sql: str | None) -> str:
    return re.sub(r"\s+", " ", sql or "").strip()


def read_rows(connection: sqlite3.Connection) -> list[Row]:
    """All rows of a plan, table by table."""
    rows: list[Row] = []
    for cls in ROWS:
        select = f"SELECT {', '.join(columns(cls))} FROM {cls.TABLE}"
        rows += [cls.from_columns(values) for values in connection.execute(select)]
    return rows


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


def _migrated(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The same plan in the tables of today, in memory; the file stays as it is."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(memory)
    connection.close()
    migrate(memory)
    return memory


def read_published(path: Path) -> tuple[list[Row], str]:
    """The rows, as `read_plan` does, and the revision."""
    path = path.absolute()
    version = check_header(path)
    try:
        connection = connect(path)
        try:
            check(connection, version)
            if version < VERSION:
                connection = _migrated(connection)
            return read_rows(connection), revision_of((read_seals(connection) or [""])[-1])
        finally:
            connection.close()
    except UNREADABLE as error:
        raise broken(path) from error

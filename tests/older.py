"""A plan file as an older program wrote it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from models.reading import check
from models.schema import INDEXES, VERSION

ADDED = {
    4: ("pengaturan", "tutup_periode", "catatan_periode", "deret_rasio"),
    3: ("konflik", "gabung", "salinan"),
    2: ("pejabat", "kop", "formulir", "terima"),
}
"""The tables that each version brought."""

LATER = tuple(("indikator", name) for name in ("metode", "pembilang", "penyebut")) + tuple(
    ("pejabat", name) for name in ("plh", "mulai", "sampai")
)
"""The columns that version 4 brought."""


def as_version(path: Path, version: int) -> None:
    """Turn a plan file of today into one of an older version, without what that one did not know."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for later in range(VERSION, version, -1):
            for table in ADDED[later]:
                connection.execute(f"DROP TABLE {table}")
            connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (f"v{later}",))
        if version < 4:
            for name in INDEXES:
                connection.execute(f"DROP INDEX IF EXISTS {name}")
            for table, column in (each for each in LATER if version > 1 or each[0] != "pejabat"):
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        if version == 1:
            connection.execute("ALTER TABLE narasi DROP COLUMN tingkat")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("VACUUM")
        check(connection, version)

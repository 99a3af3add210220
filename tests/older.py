"""A plan file as an older program wrote it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from models.reading import check
from models.schema import VERSION

ADDED = {3: ("konflik", "gabung", "salinan"), 2: ("pejabat", "kop", "formulir", "terima")}
"""The tables that each version brought."""


def as_version(path: Path, version: int) -> None:
    """Turn a plan file of today into one of an older version, without what that one did not know."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for later in range(VERSION, version, -1):
            for table in ADDED[later]:
                connection.execute(f"DROP TABLE {table}")
            connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (f"v{later}",))
        if version == 1:
            connection.execute("ALTER TABLE narasi DROP COLUMN tingkat")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("VACUUM")
        check(connection, version)

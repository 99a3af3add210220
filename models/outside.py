"""Whether someone else put another version in the place of an open plan: how a second PC on one share is noticed."""

import sqlite3
from pathlib import Path

from models.errors import PlanError
from models.history import read_entries
from models.publish import Stamp, stamp
from models.reading import UNREADABLE, open_checked


def changed_outside(path: Path, known: Stamp | None, ours: sqlite3.Connection) -> tuple[str, str] | None:
    """(who, time as ISO text) of the newest edit of the file at `path`, where our history does not know it; else None.

    One look at the folder, unless the file did change. ("", "") where the other file cannot be read.

    Args:
        known: how the file looked when it was last read or written.
        ours: the working copy.
    """
    try:
        if stamp(path) == known:
            return None
    except OSError:
        return None
    try:
        theirs, _, _ = open_checked(path)
    except PlanError:
        return "", ""
    try:
        for newest in read_entries(theirs, count=1):
            seen = ours.execute("SELECT 1 FROM riwayat WHERE sidik = ?", (newest[10],)).fetchone()
            return None if seen else (newest[8], newest[7])
        return "", ""
    except UNREADABLE:
        return "", ""
    finally:
        theirs.close()

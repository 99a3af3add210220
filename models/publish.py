"""Publishing: the working copy becomes the officer's file, whole and verified, or nothing happens at all."""

import hashlib
import os
import sqlite3
from pathlib import Path

from models.errors import PlanError
from models.files import part_name, put_in_place, reason
from models.rows import ROWS, columns

Stamp = tuple[int, int, int]
"""(mtime in ns, size, inode): enough to see that someone else replaced a file."""


def stamp(path: Path) -> Stamp:
    """How the file looks from outside."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


def content_hash(connection: sqlite3.Connection) -> str:
    """SHA-256 over every plan row, tables and rows in a fixed order; the history does not count."""
    digest = hashlib.sha256()
    for cls in ROWS:
        digest.update(cls.TABLE.encode())
        for row in connection.execute(f"SELECT {', '.join(columns(cls))} FROM {cls.TABLE} ORDER BY id"):
            digest.update(repr(row).encode())
    return digest.hexdigest()


def publish(work: Path, target: Path, *, expected: Stamp | None) -> Stamp:
    """Write `target` whole from the working copy; returns how the new file looks.

    Args:
        expected: how the target looked when it was last read or written; None where there was none.
    Raises:
        PlanError: the target was replaced by someone else, or cannot be written. The target is untouched.
    """
    _check_unchanged(target, expected)
    part = part_name(target)
    try:
        _write_part(work, part)
        put_in_place(part, target)
    except (OSError, sqlite3.Error) as error:
        raise PlanError(f"{reason(target, error)} Isian Anda aman di komputer ini.") from error
    finally:
        if part.exists():
            part.unlink()
    return stamp(target)


def _check_unchanged(target: Path, expected: Stamp | None) -> None:
    now = stamp(target) if target.exists() else None
    if now is not None and now != expected:
        raise PlanError(
            f"{target.name} telah diganti oleh orang atau program lain. Isian Anda aman; "
            "simpan dengan nama lain (Berkas, Simpan sebagai), lalu bandingkan."
        )


def _write_part(work: Path, part: Path) -> None:
    part.unlink(missing_ok=True)
    source = sqlite3.connect(f"{work.as_uri()}?mode=ro", uri=True, timeout=10, isolation_level=None)
    try:
        source.execute("BEGIN")
        wanted = content_hash(source)
        source.execute("COMMIT")
        source.execute("VACUUM INTO ?", (str(part),))
    finally:
        source.close()
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    copy = sqlite3.connect(f"{part.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",) or content_hash(copy) != wanted:
            raise sqlite3.DatabaseError("the copy differs")
    finally:
        copy.close()

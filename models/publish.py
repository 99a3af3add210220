"""Publishing: the working copy becomes the officer's file, whole and verified, or nothing happens at all."""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path
from threading import Lock

from models.errors import PlanError
from models.files import part_name, put_in_place, reason, remove_part
from models.reading import connect, read_seals
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


def publish(work: Path, target: Path, *, expected: Stamp | None, writing: Lock) -> Stamp:
    """Write `target` whole from the working copy; returns how the new file looks.

    Args:
        writing: held while the working copy is read, so that its hash and the copy are of one moment.
        expected: how the target looked when it was last read or written; None where there was none.
    Raises:
        PlanError: the target was replaced by someone else, or cannot be written. The target is untouched.
    """
    _check_ours(work, target, expected)
    part = part_name(target)
    try:
        _write_part(work, part, writing)
        put_in_place(part, target)
    except (OSError, sqlite3.Error) as error:
        raise PlanError(reason(target, error)) from error
    finally:
        remove_part(part)
    return stamp(target)


def _check_ours(work: Path, target: Path, expected: Stamp | None) -> None:
    """The target is as we left it, or at least one that our own history has been through."""
    try:
        now = stamp(target)
    except OSError:
        return
    if now == expected:
        return
    try:
        ours, theirs = connect(work, write=True), connect(target)
        try:
            known = read_seals(theirs)
            if known and known[-1] in read_seals(ours):
                return
        finally:
            ours.close()
            theirs.close()
    except sqlite3.DatabaseError:
        pass
    raise PlanError(
        f"{target.name} telah diganti oleh orang atau program lain. "
        "Simpan dengan nama lain (Berkas, Simpan sebagai), lalu bandingkan."
    )


def _write_part(work: Path, part: Path, writing: Lock) -> None:
    """A compact copy beside the working copy first, so that edits wait for this disk only, never for a slow stick."""
    compact = work.with_suffix(".terbit")
    compact.unlink(missing_ok=True)
    source = connect(work, write=True)
    try:
        with writing:
            wanted = content_hash(source)
            source.execute("VACUUM INTO ?", (str(compact),))
    finally:
        source.close()
    shutil.copyfile(compact, part)
    compact.unlink()
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    copy = connect(part)
    try:
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",) or content_hash(copy) != wanted:
            raise sqlite3.DatabaseError("the copy differs")
    finally:
        copy.close()

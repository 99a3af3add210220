"""Publishing: the working copy becomes the officer's file, whole and verified, or nothing happens at all."""

import hashlib
import os
import sqlite3
from pathlib import Path
from threading import Lock

from models.errors import PlanError
from models.files import part_name, put_in_place, reason, remove_part, turn_at
from models.reading import connect, read_seals
from models.rows import ROWS, columns
from models.seal import seal_of

Stamp = tuple[int, int, int]
"""(mtime in ns, size, inode): enough to see that someone else replaced a file."""

LOOSE = 10
"""A working copy of which more than one page in so many is empty is published without them."""

_PIECE = 1 << 18


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
        writing: held while the working copy is read, so that the copy is of one moment.
        expected: how the target looked when it was last read or written; None where there was none.
    Raises:
        PlanError: the target was replaced by someone else, or cannot be written, or the working copy is damaged. The
            target is untouched.
    """
    _check_ours(work, target, expected)
    part = part_name(target)
    try:
        _write_part(work, part, writing)
        with turn_at(target):
            _check_ours(work, target, expected)
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
    """The working copy as it is at one moment, sealed, on disk, its pages checked and its bytes read back.

    Edits wait only until the bytes are in memory, never for a slow stick. The checks go on while the disk syncs.
    """
    # What opens a plan loads this module too, and publishes nothing yet.
    from concurrent.futures import ThreadPoolExecutor

    data = _snapshot(work, writing)
    seal = seal_of(data)
    with part.open("wb") as file, ThreadPoolExecutor(1) as pool:
        file.write(data)
        file.write(seal)
        file.flush()
        on_disk = pool.submit(os.fsync, file.fileno())
        if not _sound(data):
            raise PlanError(
                "Salinan kerja rusak (cakram PC ini?), maka berkas rencana tidak ditimpa. "
                "Tutup rencana ini, lalu buka lagi atau pulihkan dari cadangan."
            )
        if not _holds(part, data, seal):
            raise sqlite3.DatabaseError("the copy differs")
        on_disk.result()


def _snapshot(work: Path, writing: Lock) -> bytes:
    """All pages of the working copy; without the empty ones where they are many."""
    source = connect(work, write=True)
    compact = work.with_suffix(".terbit")
    try:
        with writing:
            (pages,), (free,), (size,) = (
                source.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "freelist_count", "page_size")
            )
            data = work.read_bytes() if free * LOOSE <= pages else b""
            if data and len(data) == pages * size:
                return data
            compact.unlink(missing_ok=True)
            source.execute("VACUUM INTO ?", (str(compact),))
        return compact.read_bytes()
    finally:
        source.close()
        compact.unlink(missing_ok=True)


def _sound(data: bytes) -> bool:
    """Checked in memory: a stick that is pulled out while SQLite has mapped a file on it would end the program."""
    copy = sqlite3.connect(":memory:")
    try:
        copy.deserialize(data)
        return bool(copy.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    finally:
        copy.close()


def _holds(part: Path, data: bytes, seal: bytes) -> bool:
    wanted, piece = memoryview(data), bytearray(_PIECE)
    with part.open("rb", buffering=0) as file:
        for at in range(0, len(data), _PIECE):
            del piece[len(data) - at :]
            # A bytearray compares with any buffer at once; a memoryview would go byte by byte.
            if file.readinto(piece) != len(piece) or piece != wanted[at : at + _PIECE]:
                return False
        return file.read() == seal

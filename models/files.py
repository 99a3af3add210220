"""Files appear whole or not at all: written under a temporary name, then put in place at once."""

import errno
import os
import sys
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from models.errors import PlanError

_END = ".tmp"
STALE = 600
"""Seconds after which a temporary file is one that a kill left; writing one takes a second at most."""

TURN = 5
"""Seconds that a program waits for its turn at a file; a turn takes milliseconds."""

_HELD = {5, 32, 33}
"""WinError: access denied, sharing violation, lock violation; another program holds the file for a moment."""


def part_name(target: Path) -> Path:
    """A temporary name beside a target, never the same twice: two programs may write one file at a time."""
    return target.with_name(f"{_stem(target)}{uuid.uuid4().hex[:8]}{_END}")


@contextmanager
def turn_at(target: Path) -> Iterator[None]:
    """One program at a time in this block, also of several PCs that share the folder, by a file beside the target.

    Held for the moment in which a file is looked at and replaced, never while a plan is open. One that does not change
    for `TURN` seconds is what a PC left that was switched off.

    Raises:
        PlanError: another program does not come to an end.
        OSError: the folder cannot be written.
    """
    from filelock import SoftFileLock, Timeout

    note = target.with_name(f"{_stem(target)}giliran{_END}")
    turn, seen = SoftFileLock(note, timeout=TURN), _looks(note)
    try:
        turn.acquire()
    except Timeout:
        if seen is not None and _looks(note) == seen:
            note.unlink(missing_ok=True)
        try:
            turn.acquire()
        except Timeout as error:
            raise PlanError(f"{target.name} sedang ditulis dari komputer lain. Coba lagi sebentar.") from error
    try:
        yield
    finally:
        turn.release()


def _looks(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def remove_part(part: Path) -> None:
    """Take away a temporary file, what SQLite may have left beside it, and what a kill left of this target long ago.

    What cannot be taken away (the stick is gone) stays; the writing itself says what is wrong there.
    """
    stem, long_ago = part.name[: -len(_END) - 8], time.time() - STALE
    beside: list[Path] = []
    with suppress(OSError):
        beside += (path for path in part.parent.iterdir() if path.name.startswith(stem))
    for path in beside:
        # Those of other programs come and go meanwhile.
        with suppress(OSError):
            if path.name.startswith(part.name) or path.stat().st_mtime < long_ago:
                path.unlink(missing_ok=True)


def _stem(target: Path) -> str:
    return f".{target.name[:40]}-{zlib.crc32(target.name.encode()):08x}-"


def is_there(path: Path) -> bool:
    """Whether something is there; a name that no file can have is not."""
    try:
        return path.exists()
    except OSError:
        return False


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, through links too."""
    return os.path.realpath(one) == os.path.realpath(other)


def put_in_place(part: Path, target: Path) -> None:
    """os.replace, tried again for 2.5 s while another program holds the target (Windows); then on disk (POSIX)."""
    until = time.monotonic() + 2.5
    while True:
        try:
            os.replace(part, target)
            break
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD or time.monotonic() > until:
                raise
            time.sleep(0.1)
    if sys.platform != "win32":
        # The file is in place by now; a file system that cannot sync a folder must not make that a failure.
        with suppress(OSError):
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def write_whole(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file through `write`; where that fails nothing is left and an old file stays as it was.

    Raises:
        PlanError: the folder is missing or read-only, the disk is full, or another program holds the file.
    """
    target = target.absolute()
    part = part_name(target)
    try:
        try:
            with part.open("wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            put_in_place(part, target)
        except OSError as error:
            raise PlanError(reason(target, error)) from error
    finally:
        remove_part(part)


_WORDS = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EROFS: "hanya dapat dibaca",
    errno.EEXIST: "sudah ada berkas dengan nama itu",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENOTDIR: "bagian dari alamatnya bukan folder",
    errno.ENOSPC: "cakram penuh",
    errno.ENAMETOOLONG: "nama terlalu panjang",
    errno.EIO: "cakram rusak atau dilepas",
    errno.ELOOP: "tautannya berputar",
    errno.EBUSY: "sedang dipakai program lain",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.ENXIO: "bukan berkas biasa",
    errno.ESTALE: "folder bersama terputus",
    errno.ETIMEDOUT: "folder bersama tidak menjawab",
    errno.EPIPE: "penerimanya sudah ditutup",
    errno.EINVAL: "nama atau tempatnya tidak sah",
    errno.EFBIG: "terlalu besar untuk cakram itu",
}


def os_words(error: OSError) -> str:
    """What the system says, in Indonesian."""
    return _WORDS.get(error.errno or 0, "sistem menolaknya")


def reason(target: Path, error: Exception) -> str:
    """Why a file could not be written, and what to do."""
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.ENAMETOOLONG:
        return f"Nama berkas {target.name[:40]}... terlalu panjang. Pakai nama yang lebih pendek."
    if code == errno.ENOSPC or "full" in str(error):
        return f"Cakram tempat {target.name} penuh. Kosongkan ruang, atau simpan di tempat lain."
    if is_there(target) and target.is_dir():
        return f"{target} adalah folder. Tulis juga nama berkasnya."
    if not is_there(target.parent):
        return f"Folder {target.parent} tidak ada (flashdisk dilepas?). Simpan di tempat lain."
    return (
        f"{target.name} tidak dapat ditulis di {target.parent}: folder hanya dapat dibaca, atau berkas sedang "
        "dipakai program lain. Tutup program itu, atau simpan di tempat lain."
    )

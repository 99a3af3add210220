"""What a file says of itself in its first 100 bytes, before SQLite reads any of it.

Source: file format of SQLite, section 1.3; order of the checks: file-safety.md, "A file from elsewhere is untrusted".
"""

import errno
import os
from pathlib import Path

from models.errors import PlanError
from models.files import os_words
from models.schema import APPLICATION_ID, VERSION

_MAGIC = b"SQLite format 3\x00"
_SEAL = 40
"""Bytes that a published file may have behind its last page (models/seal.py)."""

LARGEST = 500_000_000
"""Bytes; a plan of 4,000 sub kegiatan with a long history has a tenth of them."""


class NewerError(PlanError):
    """A plan of a newer program. `readable`: it says of itself that this program may show it, but not write it."""

    def __init__(self, message: str, *, readable: bool) -> None:
        super().__init__(message)
        self.readable = readable


def is_plan(path: Path) -> bool:
    """Whether the file that is there says that it is a plan of ours."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    return header.startswith(_MAGIC) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def check_header(path: Path, *, newer: bool = False) -> int:
    """Refuse what cannot be a plan of ours; else the version of its schema.

    The upper half of `user_version` is the oldest version whose programs may show the file; 0: its own only.

    Args:
        newer: let a newer plan pass that this program may show.
    Raises:
        PlanError: missing, unreadable, too large, of another program, newer, or cut off; each with its own sentence.
    """
    header, size = _read(path)
    if size == 0:
        raise PlanError(f"{path.name} kosong (0 byte). Ambil lagi salinan yang utuh dari pengirimnya.")
    if not header.startswith(_MAGIC):
        raise PlanError(f"{path.name} bukan berkas rencana Renaksi. Pilih berkas .db yang dibuat oleh Renaksi.")
    if len(header) < 100:
        raise broken(path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise PlanError(f"{path.name} dibuat oleh program lain, bukan oleh Renaksi. Berkas itu tidak diubah.")
    if size > LARGEST:
        raise PlanError(f"{path.name} terlalu besar ({size // 1_000_000} MB; paling besar {LARGEST // 1_000_000} MB).")
    version, oldest = int.from_bytes(header[62:64], "big"), int.from_bytes(header[60:62], "big")
    readable = 0 < oldest <= VERSION
    if version > VERSION and not (newer and readable):
        look = " Program ini hanya dapat membukanya untuk dibaca." if readable else ""
        raise NewerError(
            f"{path.name} dibuat oleh Renaksi yang lebih baru (format {version}; program ini mengenal sampai "
            f"{VERSION}). Perbarui program ini untuk membukanya.{look}",
            readable=readable,
        )
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    if page < 512 or size - page * int.from_bytes(header[28:32], "big") not in (0, _SEAL):
        raise broken(path)
    return version


def _read(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(100), os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise PlanError(f"{path} tidak ditemukan. Periksa nama dan foldernya.") from None
    except IsADirectoryError:
        raise PlanError(f"{path} adalah folder. Pilih berkas .db di dalamnya.") from None
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG and path.is_dir():
            raise PlanError(f"{path} adalah folder. Pilih berkas .db di dalamnya.") from None
        raise PlanError(f"{path} tidak dapat dibaca ({os_words(error)}). Periksa izin berkas itu.") from error


def broken(path: Path) -> PlanError:
    """The sentence for a file that is ours and damaged."""
    return PlanError(f"{path.name} rusak atau terpotong. Berkas itu tidak diubah; ambil lagi salinan yang utuh.")

"""What a file says of itself in its first 100 bytes, before SQLite reads any of it.

Source: file format of SQLite, section 1.3; order of the checks: file-safety.md, "A file from elsewhere is untrusted".
"""

import errno
import os
from enum import StrEnum
from pathlib import Path
from stat import S_ISREG

from models.errors import PlanError
from models.files import os_words
from models.notes import is_note, note_words
from models.schema import APPLICATION_ID, VERSION

_MAGIC = b"SQLite format 3\x00"
_SEAL = 40
"""Bytes that a published file may have behind its last page (models/seal.py)."""

LARGEST = 500_000_000
"""Bytes; a plan of 4,000 sub kegiatan with a long history has a tenth of them."""


class Kind(StrEnum):
    """What a file is, as far as this program can tell."""

    ABSENT = "tidak dapat dibaca"
    NO_DATABASE = "bukan basis data"
    OTHER_PROGRAM = "milik program lain"
    TOO_LARGE = "terlalu besar"
    NEWER = "rencana dari program yang lebih baru"
    OLDER = "rencana dari program yang lebih lama"
    FOREIGN_OBJECTS = "rencana yang memuat benda asing"
    ALTERED = "rencana yang diubah program lain"
    BROKEN = "rencana yang rusak"
    UNSEALED = "rencana tanpa segel"
    GOOD = "rencana"


class FileError(PlanError):
    """A file that is refused as a plan. `kind` says why."""

    def __init__(self, message: str, kind: Kind) -> None:
        super().__init__(message)
        self.kind = kind


class NewerError(FileError):
    """A plan of a newer program. `readable`: it says of itself that this program may show it, but not write it."""

    def __init__(self, message: str, *, readable: bool) -> None:
        super().__init__(message, Kind.NEWER)
        self.readable = readable


def is_plan(path: Path) -> bool:
    """Whether the file that is there says that it is a plan of ours."""
    try:
        if not path.is_file():
            return False
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
        FileError: missing, unreadable, too large, of another program, newer, or cut off; each with its own sentence.
    """
    if is_note(path):
        raise FileError(note_words(path), Kind.NO_DATABASE)
    header, size = _read(path)
    if size == 0:
        raise FileError(
            f"{path.name} kosong (0 byte). Ambil lagi salinan yang utuh dari pengirimnya.", Kind.NO_DATABASE
        )
    if not header.startswith(_MAGIC):
        raise FileError(
            f"{path.name} bukan berkas rencana Renaksi. Pilih berkas .db yang dibuat oleh Renaksi.", Kind.NO_DATABASE
        )
    if len(header) < 100:
        raise broken(path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise FileError(
            f"{path.name} dibuat oleh program lain, bukan oleh Renaksi. Berkas itu tidak diubah.", Kind.OTHER_PROGRAM
        )
    if size > LARGEST:
        raise FileError(
            f"{path.name} terlalu besar ({size // 1_000_000} MB; paling besar {LARGEST // 1_000_000} MB).",
            Kind.TOO_LARGE,
        )
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
        if not (S_ISREG(path.stat().st_mode) or path.is_dir()):
            # To open a pipe would wait for somebody who writes into it.
            raise FileError(
                f"{path.name} bukan berkas biasa, melainkan pipa atau perangkat. Pilih berkas .db.", Kind.NO_DATABASE
            )
        with path.open("rb") as file:
            return file.read(100), os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise _absent(f"{path} tidak ditemukan. Periksa nama dan foldernya.") from None
    except IsADirectoryError:
        raise _absent(f"{path} adalah folder. Pilih berkas .db di dalamnya.") from None
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG and path.is_dir():
            raise _absent(f"{path} adalah folder. Pilih berkas .db di dalamnya.") from None
        raise _absent(f"{path} tidak dapat dibaca ({os_words(error)}). Periksa izin berkas itu.") from error


def _absent(sentence: str) -> FileError:
    return FileError(sentence, Kind.ABSENT)


def broken(path: Path) -> FileError:
    """The sentence for a file that is ours and damaged."""
    return FileError(
        f"{path.name} rusak atau terpotong. Berkas itu tidak diubah; ambil lagi salinan yang utuh.", Kind.BROKEN
    )


def endless(path: Path, seconds: int) -> FileError:
    """The sentence for a file whose checks come to no end."""
    return FileError(
        f"{path.name} tidak selesai diperiksa dalam {seconds} detik, jadi tidak dibuka. Berkas itu tidak diubah; salin "
        "dahulu ke komputer ini, atau minta salinan yang lebih kecil.",
        Kind.TOO_LARGE,
    )


def foreign(path: Path) -> FileError:
    """The sentence for a plan to which somebody added what no plan of ours has, such as a trigger."""
    return FileError(
        f"{path.name} rusak: memuat tabel atau perintah yang bukan dari Renaksi. Berkas itu tidak diubah dan isinya "
        "tidak dijalankan; ambil lagi salinan yang utuh.",
        Kind.FOREIGN_OBJECTS,
    )


def altered(path: Path) -> FileError:
    """The sentence for a plan that is sound, but not as this program published it."""
    return FileError(
        f"{path.name} rusak: isinya tidak sama lagi dengan yang ditulis Renaksi (diubah program lain, atau cakramnya "
        "rusak). Berkas itu tidak diubah; ambil lagi salinan yang utuh.",
        Kind.ALTERED,
    )

"""The lock of a working copy, and the note that says who holds it.

Source: file-safety.md, "Working copy and atomic publish": the lock is in the program's own folder, so it holds between
the windows of one PC. A second PC on one share is told by the note beside the plan (models/presence.py) and when the
file changes (models/outside.py); neither can lose anything, as no publish takes the place of what it does not know.
"""

import getpass
import json
import os
import platform
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.errors import PlanError


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a plan open: name of the user, name of the PC, and since when."""

    who: str
    computer: str
    since: datetime


class PlanOpenError(PlanError):
    """The plan is open in another window. `holder`: who has it, None where that is not known;
    `words`: the same in brackets, "" then."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        super().__init__(
            f"{path.name} sedang terbuka di jendela Renaksi yang lain{_words(holder)}. Tutup dahulu di sana, "
            "atau buka hanya untuk dibaca."
        )
        self.holder = holder
        self.words = _words(holder)


class PlanLock:
    """Held while a plan is open; the system lets go of it when the program ends, however it ends.

    It is SQLite's own lock, on an empty file beside the working copy: the working copy needs it in that folder anyway,
    and a library of locks takes as long to import as a small plan takes to open five times.
    """

    def __init__(self, work: Path, path: Path, *, note: bool = True) -> None:
        """Take the lock.

        Args:
            note: write down who holds it.
        Raises:
            PlanOpenError: another window or program holds it.
            PlanError: there can be no lock in the program's folder.
        """
        self._note = work.with_suffix(".siapa") if note else None
        try:
            self._lock = _locked(work.with_suffix(".kunci"))
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise PlanOpenError(path, holder(work)) from None
            raise PlanError(
                f"Folder kerja {work.parent} tidak dapat ditulis. Periksa izinnya, atau kosongkan ruang pada cakram."
            ) from error
        if self._note is not None:
            said = {"siapa": user(), "komputer": platform.node(), "sejak": now()}
            with suppress(OSError):
                self._note.write_text(json.dumps(said), encoding="utf-8")

    def release(self) -> None:
        """Let go of it."""
        if self._note is not None:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
        self._lock.close()


def _locked(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def holder(work: Path) -> Holder | None:
    """Who says to hold a working copy; None where the note is not there or cannot be read."""
    try:
        said = json.loads(work.with_suffix(".siapa").read_text(encoding="utf-8"))
        return Holder(str(said["siapa"]), str(said["komputer"]), datetime.fromisoformat(said["sejak"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def now() -> str:
    """This moment with its time zone, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def user() -> str:
    """The name under which the user is signed in; "" where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USERNAME", "")


def _words(holder: Holder | None) -> str:
    if holder is None:
        return ""
    names = ", ".join(name for name in (holder.who, holder.computer) if name)
    return f" ({f'{names}, ' if names else ''}sejak {holder.since:%d-%m-%Y} pukul {holder.since:%H.%M})"

"""The note beside a plan that says who has it open, for the other PCs on a share: `~$NAMA.db`, as offices know it.

It locks nothing: what keeps two PCs from overwriting each other is `publish`, which refuses a file that it does not
know. So a note may be missing (a read-only folder) or left by a crash without harm. Clocks of office PCs differ, so
time never decides: whoever holds the plan counts `detak` up, and a note whose count stands still is a dead one.
"""

import hashlib
import json
import os
import platform
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.errors import PlanError
from models.lock import Holder, now, user
from models.notes import note_path as note_path
from models.workspace import data_folder

BEAT = 10
"""Seconds between two counts."""

SILENT = 3 * BEAT
"""Seconds of watching after which a note that did not count is one that a crash left."""

_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Seen:
    """A note of someone else: who, and the count that shows that the program there still runs."""

    holder: Holder
    token: str
    count: int

    def words(self) -> str:
        """ "siti di komputer PC-2 sejak 05-01-2026 pukul 10.32"."""
        names = " di komputer ".join(name for name in (self.holder.who, self.holder.computer) if name)
        return f"{names or 'orang lain'} sejak {self.holder.since:%d-%m-%Y} pukul {self.holder.since:%H.%M}"


def someone_else(path: Path) -> Seen | None:
    """Who has the plan open on another PC; None where nobody says so.

    A note that this PC itself left in a crash is nobody: the lock in the program's own folder would hold otherwise.
    """
    said = _read(note_path(Path(os.path.realpath(path))))
    if said is None or said["tempat"] == _here():
        return None
    return _seen(said)


def refuse_open(path: Path) -> None:
    """For a command that writes into a plan and shows no window.

    Raises:
        PlanError: another PC says to have it open.
    """
    seen = someone_else(path)
    if seen is not None:
        raise PlanError(
            f"{path.name} sedang dibuka oleh {seen.words()}. Tutup dahulu di sana; bila di sana sudah tidak terbuka, "
            "pakai --paksa."
        )


class Presence:
    """Our own note, from `arrive` to `leave`. Every call looks at the folder, so none belongs on the GUI thread."""

    def __init__(self, path: Path) -> None:
        self._note = note_path(path)
        self._token = uuid.uuid4().hex
        self._since = now()
        self._count = 0
        self._left = False

    def beat(self) -> Seen | None:
        """Put the note there, or count it up; who else says now to have the plan open, where it is not ours."""
        self._count += 1
        other = None
        said = _read(self._note)
        with suppress(OSError):
            if said is None:
                self._begin()
            elif said["tanda"] == self._token or said["tempat"] == _here():
                self._write(os.open(self._note, os.O_WRONLY | os.O_TRUNC))
            else:
                other = _seen(said)
        if self._left:
            self.leave()
        return other

    def take(self) -> None:
        """Put ours in the place of a note whose program is dead, as the officer said."""
        with suppress(OSError):
            self._note.unlink(missing_ok=True)
        self.beat()

    def leave(self) -> None:
        """Take the note away, if it is ours; what cannot be taken away stands still from now on."""
        self._left = True
        said = _read(self._note)
        if said is not None and said["tanda"] == self._token:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)

    def _begin(self) -> None:
        with suppress(FileExistsError):
            self._write(os.open(self._note, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            if sys.platform == "win32":
                import ctypes

                ctypes.windll.kernel32.SetFileAttributesW(str(self._note), 2)

    def _write(self, handle: int) -> None:
        said = {
            "tanda": self._token,
            "tempat": _here(),
            "siapa": user(),
            "komputer": platform.node(),
            "sejak": self._since,
            "detak": self._count,
        }
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(said))


def _read(note: Path) -> dict[str, Any] | None:
    """What a note says; None where there is none, or it is none of ours or being written at this moment."""
    try:
        with note.open(encoding="utf-8") as file:
            said = json.loads(file.read(_LONGEST))
        texts = [said[key] for key in ("tanda", "tempat", "siapa", "komputer", "sejak")]
        datetime.fromisoformat(said["sejak"])
        return said if all(isinstance(t, str) for t in texts) and isinstance(said["detak"], int) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _seen(said: dict[str, Any]) -> Seen:
    since = datetime.fromisoformat(said["sejak"]).astimezone()
    return Seen(Holder(said["siapa"][:80], said["komputer"][:80], since), said["tanda"], said["detak"])


def _here() -> str:
    """This PC and this user: whose plans one lock folder keeps apart."""
    return hashlib.sha256(f"{platform.node()}|{user()}|{data_folder()}".encode()).hexdigest()[:20]

"""What a file is, told without opening it in earnest: no working copy, no lock, nothing written anywhere."""

from dataclasses import dataclass
from pathlib import Path

from models.header import FileError, Kind, NewerError, check_header, is_plan
from models.history import read_entries
from models.reading import UNREADABLE, open_checked, read_seals, revision_of
from models.schema import VERSION


@dataclass(frozen=True, slots=True)
class Look:
    """What a file says of itself.

    `ours`: its header is that of a plan; `kind`: what it is; `version`: of its tables, None where it is not ours;
    `current`: this program writes that version; `readable`: it can be shown at least; `sealed`: its bytes are those
    that were published; `revision`: as printed on forms, "" without; `steps`: of the history; `who`, `when`: of the
    newest of them; `problem`: why it is refused, None where it is not.
    """

    size: int
    ours: bool
    kind: Kind
    version: int | None = None
    current: bool = False
    readable: bool = False
    sealed: bool = False
    revision: str = ""
    steps: int = 0
    who: str = ""
    when: str = ""
    problem: str | None = None


def look(path: Path) -> Look:
    """Look at a file.

    Raises:
        PlanError: it is not there, or cannot be read at all.
    """
    path = path.absolute()
    try:
        size = path.stat().st_size
    except OSError:
        check_header(path)
        raise
    ours = is_plan(path)
    version = _version(path) if ours else None
    try:
        connection, version, sealed = open_checked(path)
    except FileError as error:
        if error.kind is Kind.ABSENT:
            raise
        readable = isinstance(error, NewerError) and error.readable
        return Look(size, ours, error.kind, version, version == VERSION, readable, problem=str(error))
    try:
        seals, newest = read_seals(connection), read_entries(connection, count=1)
    except UNREADABLE:
        problem = "Riwayat rencana ini tidak dapat dibaca."
        return Look(size, ours, Kind.BROKEN, version, version == VERSION, sealed=sealed, problem=problem)
    finally:
        connection.close()
    kind = Kind.OLDER if version < VERSION else Kind.GOOD if sealed else Kind.UNSEALED
    revision = revision_of(seals[-1]) if seals else ""
    _, step, _, _, _, _, _, when, who, _, _ = newest[0] if newest else (0, 0, "", "", None, None, None, "", "", "", "")
    return Look(size, ours, kind, version, version == VERSION, True, sealed, revision, step, who, when)


def _version(path: Path) -> int:
    with path.open("rb") as file:
        return int.from_bytes(file.read(64)[62:64], "big")

"""The power fails at any moment of an edit: nothing acknowledged is lost, nothing is torn.

A file system of APSW writes down every write, truncation and sync that SQLite makes of the very statements of a
`PlanFile`. A moment is chosen; what had been synced is on the disk, of the rest any part may be, whole or in sectors.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random

import apsw
import pytest
from dose import chance, dose

from models.changes import Change
from models.plan_file import PlanFile
from models.publish import content_hash
from models.reading import check, connect, read_seals
from models.rows import Anggaran, DeretAnggaran, Opd
from models.seal import unseal

SECTOR = 512
PRAGMAS = ("PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = FULL")
"""Of a working copy; that they are what `PlanFile` sets is asserted."""
ACTIONS = 60
_names = (f"catat{number}" for number in count())


@dataclass(frozen=True)
class Written:
    """One thing that SQLite did to a file: bytes at a place (`data`), a new size (`data` None), or a sync (-1)."""

    name: str
    at: int
    data: bytes | None = None


SYNC = -1


class Notebook(apsw.VFS):
    """The system's files, with everything that is done to them noted."""

    def __init__(self) -> None:
        self.name = next(_names)
        self.log: list[Written] = []
        super().__init__(self.name, "")

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> "NotedFile":
        return NotedFile(name, flags, self.log)


class NotedFile(apsw.VFSFile):
    def __init__(self, name: apsw.URIFilename | str | None, flags: list[int], log: list[Written]) -> None:
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        self._name, self._log = Path(path).name, log

    def xWrite(self, data: bytes, offset: int) -> None:
        self._log.append(Written(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._log.append(Written(self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._log.append(Written(self._name, SYNC))
        super().xSync(flags)


@dataclass(frozen=True)
class Session:
    """What was done to a working copy: `begun` with, in `log`; `done[n]`: length of the log when n actions were
    acknowledged; `states[n]`: seal of the history and hash of the rows after n actions."""

    begun: bytes
    log: list[Written]
    done: list[int]
    states: list[tuple[str, str]]


@pytest.fixture(scope="module")
def actions(
    published: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, list[list[str]]]:
    """A working copy, and the statements of many actions on it, as `PlanFile` sends them."""
    folder = tmp_path_factory.mktemp("mati")
    path = folder / "rencana.db"
    shutil.copyfile(published("lombok-tengah-2022"), path)
    begun = folder / "awal.db"
    shutil.copyfile(path, begun)
    unseal(begun)
    sent: list[list[str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENAKSI_DATA", str(folder / "data"))
        with PlanFile.open(path) as file:
            connection = file._connection
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
            assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
            for number in range(ACTIONS):
                changes = _action(file, number)
                statements: list[str] = []
                connection.set_trace_callback(statements.append)
                file.apply(changes, f"langkah {number}")
                connection.set_trace_callback(None)
                sent.append(statements)
            file.discard()
    return begun.read_bytes(), sent


def _action(file: PlanFile, number: int) -> list[Change]:
    """Small ones and large ones: a name, a month, a pagu; every tenth the pagu of all lines and a long name."""
    rows = file.rows()
    lines = [row for row in rows if isinstance(row, Anggaran)]
    if number % 10 == 9:
        opd = next(row for row in rows if isinstance(row, Opd))
        many = [Change(line, replace(line, pagu=(line.pagu or 0) + number)) for line in lines]
        return [Change(opd, replace(opd, nama=f"Dinas {number} " * 400)), *many]
    if number % 3 == 0:
        series = next(row for row in rows if isinstance(row, DeretAnggaran))
        return [Change(series, replace(series, nilai=(number, *series.nilai[1:])))]
    line = lines[number % len(lines)]
    return [Change(line, replace(line, nama=f"Sub kegiatan {number}"))]


def carried_out(actions: tuple[bytes, list[list[str]]], folder: Path, pragmas: tuple[str, ...]) -> Session:
    """The actions through a file system that notes all that is done."""
    begun, sent = actions
    work = folder / "kerja.db"
    work.write_bytes(begun)
    states = [_state(work)]
    vfs = Notebook()
    connection = apsw.Connection(str(work), vfs=vfs.name)
    try:
        for pragma in pragmas:
            connection.execute(pragma)
        done = [len(vfs.log)]
        for statements in sent:
            for statement in statements:
                connection.execute(statement)
            done.append(len(vfs.log))
            states.append(_state(work))
    finally:
        connection.close()
        vfs.unregister()
    return Session(begun, vfs.log, done, states)


def _state(work: Path) -> tuple[str, str]:
    with closing(connect(work)) as connection:
        return read_seals(connection)[-1], content_hash(connection)


def losses(session: Session, folder: Path, points: int, random: Random) -> Iterator[str]:
    """What went wrong at each of so many moments at which the power failed; nothing where all is well."""
    moments = sorted(random.choices(range(session.done[0], len(session.log) + 1), k=points))
    durable: dict[str, bytearray] = {"kerja.db": bytearray(session.begun)}
    pending: dict[str, list[Written]] = {}
    at = 0
    for moment in moments:
        for written in session.log[at:moment]:
            if written.at == SYNC:
                for waiting in pending.pop(written.name, ()):
                    _put(durable.setdefault(waiting.name, bytearray()), waiting)
            else:
                pending.setdefault(written.name, []).append(written)
        at = moment
        acknowledged = sum(moment >= length for length in session.done) - 1
        for name in {*durable, *pending}:
            on_disk = bytearray(durable.get(name, b""))
            for waiting in pending.get(name, ()):
                for part in _what_arrived(waiting, random):
                    _put(on_disk, part)
            (folder / name).write_bytes(on_disk)
        problem = _problem(folder / "kerja.db", session.states[acknowledged : acknowledged + 2])
        if problem:
            yield f"{moment}: {problem}"


def _what_arrived(written: Written, random: Random) -> Iterator[Written]:
    """All, nothing, or some sectors of what had been written and not synced."""
    fate = random.randrange(3)
    if fate == 0:
        return
    if fate == 1 or written.data is None:
        yield written
        return
    for start in range(0, len(written.data), SECTOR):
        if random.random() < 0.5:
            yield Written(written.name, written.at + start, written.data[start : start + SECTOR])


def _put(content: bytearray, written: Written) -> None:
    if written.data is None:
        del content[written.at :]
        content.extend(bytes(written.at - len(content)))
        return
    content.extend(bytes(max(0, written.at - len(content))))
    content[written.at : written.at + len(written.data)] = written.data


def _problem(work: Path, allowed: list[tuple[str, str]]) -> str | None:
    """Why the working copy is not what it was after one of the allowed actions."""
    try:
        with closing(connect(work, write=True)) as connection:
            check(connection)
            found = read_seals(connection)[-1], content_hash(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return f"broken: {error}"
    return None if found in allowed else "another state"


def test_a_power_loss_loses_nothing_acknowledged(actions, tmp_path, figures) -> None:
    random, seed = chance("mati lampu")
    points = dose(2_000, 50_000)
    session = carried_out(actions, tmp_path, PRAGMAS)
    folder = tmp_path / "sesudah"
    folder.mkdir()
    found = list(losses(session, folder, points, random))
    figures(f"power lost at {points} moments of {ACTIONS} actions: {len(found)} corrupt or lost")
    assert found == [], seed


def test_without_syncs_the_same_finds_losses(actions, tmp_path, figures) -> None:
    random, _ = chance("mati lampu tanpa sinkronisasi")
    points = dose(200, 2_000)
    session = carried_out(actions, tmp_path, (PRAGMAS[0], "PRAGMA synchronous = OFF"))
    folder = tmp_path / "sesudah"
    folder.mkdir()
    found = list(losses(session, folder, points, random))
    figures(f"control without syncs: {len(found)} of {points} corrupt or lost")
    assert found

"""The plan file: a working copy that every edit is committed to, published whole to the officer's `.db`.

Decisions and measurements: file-safety.md, "Working copy and atomic publish" and "Pragmas of the working copy".
"""

import getpass
import os
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from models import workspace
from models.changes import Change
from models.errors import PlanError
from models.files import is_there
from models.header import broken, check_header
from models.history import Entry, entries
from models.publish import Stamp, publish, stamp
from models.reading import UNREADABLE, check, connect, read_rows, read_seals, revision_of
from models.rows import Row, columns
from models.schema import VERSION, migrate

if TYPE_CHECKING:
    from filelock import BaseFileLock

Head = tuple[int, int, str]
"""(id, langkah, sidik) of the newest entry of the history."""

_NOTHING: Head = (0, 0, "")


class PlanFile:
    """One open plan. `apply` is the only door for writes; `publish` brings them to the officer's file."""

    def __init__(self, path: Path, *, new: bool, left_over: bool = False) -> None:
        """Open `path`, or begin a new plan there, or go on with the working copy whatever stands at `path` now.

        Raises:
            PlanError: the file is missing, open elsewhere, foreign, newer, broken, or (new) already there.
        """
        self.path = Path(os.path.realpath(path))
        self.recovered = False
        self.set_aside: Path | None = None
        self._writing = Lock()
        self._work = workspace.work_path(self.path)
        there = is_there(self.path)
        if new and there:
            raise PlanError(f"{self.path} sudah ada. Pilih nama lain, atau buka berkas itu.")
        self._lock = _take(self._work, self.path)
        try:
            self._stamp: Stamp | None = stamp(self.path) if there and not left_over else None
            self._connection = self._lay_out(new=new, there=there and not left_over)
        except (OSError, sqlite3.OperationalError) as error:
            self._lock.release()
            raise PlanError("Salinan kerja tidak dapat dibuat. Kosongkan ruang pada cakram, lalu coba lagi.") from error
        except BaseException:
            self._lock.release()
            raise
        self._head = self._read_head()
        self._published: Head | None = None if new or self.recovered else self._head

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing plan."""
        return cls(path, new=False)

    @classmethod
    def open_left_over(cls, path: Path) -> Self:
        """What a crash or a failed publish left of this plan; the file at `path` is not read and never overwritten."""
        return cls(path, new=False, left_over=True)

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty plan; its `.db` appears with the first publish."""
        return cls(path, new=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def rows(self) -> list[Row]:
        """All rows, read afresh."""
        try:
            return read_rows(self._connection)
        except UNREADABLE as error:
            raise broken(self.path) from error

    def apply(self, changes: Sequence[Change], label: str) -> None:
        """Write one user action: rows and their history in one transaction, on disk when this returns.

        Raises:
            PlanError: the working copy cannot be written (disk full); nothing of the action is kept.
        """
        made = entries(changes, after=self._head, when=_now(), who=_who(), label=label)
        if not made:
            return
        try:
            with self._writing:
                self._commit(changes, made)
        except sqlite3.OperationalError as error:
            why = "cakram penuh" if "full" in str(error) else "folder kerja tidak dapat ditulis"
            raise PlanError(
                f"Isian terakhir tidak dapat disimpan ({why}). Kosongkan ruang pada cakram, lalu ketik lagi."
            ) from error
        self._head = (made[-1][0], made[-1][1], made[-1][10])

    @property
    def published(self) -> bool:
        """True when the officer's file holds every edit."""
        return self._published == self._head

    @property
    def revision(self) -> str:
        """The newest seal of the history, short; printed on the forms."""
        return revision_of(self._head[2])

    def publish(self) -> None:
        """Write the officer's file whole: verified first, then put in place at once. The old or the new, never half.

        Raises:
            PlanError: the folder cannot be written, the disk is full, or someone else replaced the file meanwhile.
        """
        head = self._head
        if self._published == head and is_there(self.path):
            return
        self._stamp = publish(self._work, self.path, expected=self._stamp, writing=self._writing)
        self._published = head

    def save_as(self, path: Path) -> None:
        """Go on under another name; the old file stays as it was last published.

        Raises:
            PlanError: it cannot be written there; the plan stays under its old name.
        """
        path = Path(os.path.realpath(path))
        if path == self.path:
            self.publish()
            return
        work = workspace.work_path(path)
        lock = _take(work, path)
        try:
            expected = stamp(path) if is_there(path) else None
            new_stamp = publish(self._work, path, expected=expected, writing=self._writing)
            workspace.place(work, path)
            workspace.note_target(work, path)
            connection = _open_work(work)
        except BaseException:
            lock.release()
            raise
        self.discard()
        self.path, self._work, self._lock, self._stamp, self._connection = path, work, lock, new_stamp, connection
        self._published = self._head

    def close(self) -> None:
        """Let go of the plan. The working copy stays while the officer's file is not the one that we wrote last."""
        if self._head == _NOTHING or (self.published and self._is_as_written()):
            self.discard()
        else:
            self._connection.close()
            self._lock.release()

    def _is_as_written(self) -> bool:
        try:
            if stamp(self.path) == self._stamp:
                return True
            return _published_seals(self.path, check_header(self.path))[-1:] == [self._head[2]]
        except (OSError, PlanError):
            return False

    def discard(self) -> None:
        """Let go of the plan and of the edits that are not published, for an import that failed half way."""
        self._connection.close()
        workspace.remove(self._work)
        self._lock.release()

    def _lay_out(self, *, new: bool, there: bool) -> sqlite3.Connection:
        """The working copy, open: what a crash left, a fresh copy of the officer's file, or an empty plan."""
        seals = self._left_over_seals()
        if there:
            published = _published_seals(self.path, check_header(self.path))
            if seals and seals != published and (not published or published[-1] in seals):
                self.recovered = True
        elif seals and not new:
            self.recovered = True
        elif not new:
            workspace.remove(self._work)
            check_header(self.path)
            raise PlanError(f"{self.path} tidak ditemukan. Periksa nama dan foldernya.")
        if not self.recovered:
            if seals and (new or seals[-1] not in published):
                self.set_aside = workspace.set_aside(self._work)
            workspace.place(self._work, self.path if there else None)
        workspace.note_target(self._work, self.path)
        connection = _open_work(self._work)
        if connection.execute("PRAGMA user_version").fetchone()[0] < VERSION:
            migrate(connection)
        return connection

    def _left_over_seals(self) -> list[str]:
        """The history of the working copy that a crash left, [] without one; one that cannot be read is set aside."""
        if not self._work.exists():
            return []
        try:
            connection = connect(self._work, write=True)
            try:
                check(connection, connection.execute("PRAGMA user_version").fetchone()[0])
                return read_seals(connection)
            finally:
                connection.close()
        except UNREADABLE:
            if self._work.stat().st_size:
                self.set_aside = workspace.set_aside(self._work)
            return []

    def _commit(self, changes: Sequence[Change], made: Sequence[Entry]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for change in changes:
                self._write(change)
            self._connection.executemany(f"INSERT INTO riwayat VALUES ({', '.join('?' * 11)})", made)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _read_head(self) -> Head:
        row = self._connection.execute("SELECT id, langkah, sidik FROM riwayat ORDER BY id DESC LIMIT 1").fetchone()
        return row or _NOTHING

    def _write(self, change: Change) -> None:
        row, cls = change.row, type(change.row)
        if change.before is None:
            marks = ", ".join("?" * len(columns(cls)))
            insert = f"INSERT INTO {cls.TABLE} ({', '.join(columns(cls))}) VALUES ({marks})"
            self._connection.execute(insert, row.to_columns())
            return
        if change.after is None:
            cursor = self._connection.execute(f"DELETE FROM {cls.TABLE} WHERE id = ?", (row.id,))
        else:
            altered = change.altered_columns()
            if not altered:
                return
            sets = ", ".join(f"{name} = ?" for name, _, _ in altered)
            values: list[Any] = [new for _, _, new in altered]
            cursor = self._connection.execute(f"UPDATE {cls.TABLE} SET {sets} WHERE id = ?", (*values, row.id))
        if cursor.rowcount != 1:
            raise LookupError(f"{cls.TABLE} {row.id} is not in the file")


def left_overs() -> Iterable[tuple[Path, datetime]]:
    """(officer's file, time of the last edit) of each working copy that no running program holds."""
    for target, work in workspace.left_overs():
        try:
            _take(work, target).release()
        except PlanError:
            continue
        yield target, datetime.fromtimestamp(work.stat().st_mtime)


def _open_work(work: Path) -> sqlite3.Connection:
    connection = connect(work, write=True)
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _published_seals(path: Path, version: int) -> list[str]:
    """The history of the officer's file, which is checked on the way.

    Raises:
        PlanError: it is not a plan that we wrote, or damaged.
    """
    try:
        connection = connect(path)
        try:
            check(connection, version)
            return read_seals(connection)
        finally:
            connection.close()
    except UNREADABLE as error:
        raise broken(path) from error


def _take(work: Path, path: Path) -> "BaseFileLock":
    """The lock of a working copy; the system lets go of it when the program ends, however it ends.

    Raises:
        PlanError: another window or program holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(f"{work}.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise PlanError(f"{path.name} sedang terbuka di jendela Renaksi yang lain. Tutup dahulu di sana.") from None
    return lock


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USERNAME", "")

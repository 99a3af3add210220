"""The plan file: a working copy that every edit is committed to, published whole to the officer's `.db`.

Decisions and measurements: file-safety.md, "Working copy and atomic publish" and "Pragmas of the working copy".
"""

import getpass
import os
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout

from models import workspace
from models.changes import Change
from models.errors import PlanError
from models.header import broken, check_header
from models.history import entries
from models.publish import Stamp, content_hash, publish, stamp
from models.rows import ROWS, Row, columns
from models.schema import VERSION, migrate


def read_rows(connection: sqlite3.Connection) -> list[Row]:
    """All rows of a plan, table by table."""
    rows: list[Row] = []
    for cls in ROWS:
        select = f"SELECT {', '.join(columns(cls))} FROM {cls.TABLE}"
        rows += [cls.from_columns(values) for values in connection.execute(select)]
    return rows


def read_plan(path: Path) -> list[Row]:
    """The rows of a published file, read without a lock and without touching it; for commands that only look.

    Raises:
        PlanError: the file is missing, foreign, newer, older or broken.
    """
    version = check_header(path)
    if version < VERSION:
        raise PlanError(f"{path.name} memakai format lama. Buka sekali di jendela Renaksi agar diperbarui.")
    connection = _connect(path, f"{path.absolute().as_uri()}?mode=ro&immutable=1")
    try:
        _check(connection)
        return read_rows(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise broken(path) from error
    finally:
        connection.close()


def _connect(path: Path, uri: str) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as error:
        raise broken(path) from error
    return connection


def _check(connection: sqlite3.Connection) -> None:
    """A file that is ours holds tables and indexes only, is sound, and every reference has its row."""
    odd = connection.execute("SELECT 1 FROM sqlite_schema WHERE type NOT IN ('table', 'index')").fetchone()
    sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    if odd or not sound or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.DatabaseError("not sound")


class PlanFile:
    """One open plan. `apply` is the only door for writes; `publish` brings them to the officer's file."""

    def __init__(self, path: Path, *, new: bool) -> None:
        """Open `path`, or begin a new plan there.

        Raises:
            PlanError: the file is missing, open elsewhere, foreign, newer, broken, or (new) already there.
        """
        self.path = path.absolute()
        self.recovered = False
        self.set_aside: Path | None = None
        self._work = workspace.work_path(self.path)
        self._lock = FileLock(f"{self._work}.lock")
        if new and self.path.exists():
            raise PlanError(f"{self.path} sudah ada. Pilih nama lain, atau buka berkas itu.")
        there = self.path.exists()
        if there or not self._work.exists() or new:
            version = 0 if new else check_header(self.path)
        else:
            version = check_header(self._work)
        _take(self._lock, self.path)
        try:
            self._stamp: Stamp | None = stamp(self.path) if there else None
            if not self._continue_left_over(new=new):
                workspace.place(self._work, self.path if there else None)
            workspace.note_target(self._work, self.path)
            self._connection = self._open_work(fresh=new)
        except BaseException:
            self._lock.release()
            raise
        if not new and version < VERSION:
            migrate(self._connection)
        self._head = self._read_head()
        self._published: tuple[int, int, str] | None = None if new or self.recovered else self._head

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing plan."""
        return cls(path, new=False)

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
        return read_rows(self._connection)

    def apply(self, changes: Sequence[Change], label: str) -> None:
        """Write one user action: rows and their history in one transaction, on disk when this returns.

        Raises:
            PlanError: the working copy cannot be written (disk full); nothing of the action is kept.
        """
        made = entries(changes, after=self._head, when=_now(), who=_who(), label=label)
        if not made:
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for change in changes:
                self._write(change)
            self._connection.executemany(f"INSERT INTO riwayat VALUES ({', '.join('?' * 11)})", made)
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise PlanError(
                    f"Isian terakhir tidak dapat disimpan ({error}). Kosongkan ruang pada cakram, lalu ulangi."
                ) from error
            raise
        self._head = (made[-1][0], made[-1][1], made[-1][10])

    @property
    def published(self) -> bool:
        """True when the officer's file holds every edit."""
        return self._published == self._head

    @property
    def revision(self) -> str:
        """The newest seal of the history, short; printed on the forms."""
        return self._head[2][:10]

    def publish(self) -> None:
        """Write the officer's file whole: verified first, then put in place at once. The old or the new, never half.

        Raises:
            PlanError: the folder cannot be written, the disk is full, or someone else replaced the file meanwhile.
        """
        head = self._head
        if self._published == head and self.path.exists():
            return
        self._stamp = publish(self._work, self.path, expected=self._stamp)
        self._published = head

    def save_as(self, path: Path) -> None:
        """Go on under another name; the old file stays as it was last published."""
        path = path.absolute()
        if path == self.path:
            self.publish()
            return
        work = workspace.work_path(path)
        lock = FileLock(f"{work}.lock")
        _take(lock, path)
        try:
            new_stamp = publish(self._work, path, expected=stamp(path) if path.exists() else None)
            workspace.place(work, path)
            workspace.note_target(work, path)
        except BaseException:
            lock.release()
            raise
        self._discard_work()
        self.path, self._work, self._lock, self._stamp = path, work, lock, new_stamp
        self._connection = self._open_work(fresh=False)
        self._published = self._head

    def close(self) -> None:
        """Let go of the plan. Edits that could not be published stay in the working copy for the next start."""
        if self.published:
            self._discard_work()
        else:
            self._connection.close()
            self._lock.release()

    def _discard_work(self) -> None:
        self._connection.close()
        workspace.remove(self._work)
        self._lock.release()

    def _continue_left_over(self, *, new: bool) -> bool:
        """Go on with what a crash left, if the officer's file is still the one that it grew from."""
        if not self._work.exists():
            return False
        there = self.path.exists()
        try:
            left = _connect(self._work, self._work.as_uri())
            try:
                _check(left)
                seals = {row[0] for row in left.execute("SELECT sidik FROM riwayat")}
                same = there and content_hash(left) == _hash_of(self.path)
            finally:
                left.close()
        except (sqlite3.DatabaseError, PlanError):
            self.set_aside = workspace.set_aside(self._work)
            return False
        if same or not seals:
            return False
        if new or (there and _head_of(self.path) not in seals | {""}):
            self.set_aside = workspace.set_aside(self._work)
            return False
        self.recovered = True
        return True

    def _open_work(self, *, fresh: bool) -> sqlite3.Connection:
        connection = _connect(self.path, self._work.as_uri())
        try:
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            connection.execute("PRAGMA synchronous = FULL")
            if fresh:
                migrate(connection)
            else:
                _check(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            workspace.remove(self._work)
            raise broken(self.path) from error
        return connection

    def _read_head(self) -> tuple[int, int, str]:
        row = self._connection.execute("SELECT id, langkah, sidik FROM riwayat ORDER BY id DESC LIMIT 1").fetchone()
        return row or (0, 0, "")

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
        lock = FileLock(f"{work}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        lock.release()
        yield target, datetime.fromtimestamp(work.stat().st_mtime)


def _take(lock: FileLock, path: Path) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise PlanError(f"{path.name} sedang terbuka di jendela Renaksi yang lain. Tutup dahulu di sana.") from None


def _hash_of(path: Path) -> str:
    connection = _connect(path, f"{path.as_uri()}?mode=ro&immutable=1")
    try:
        return content_hash(connection)
    finally:
        connection.close()


def _head_of(path: Path) -> str:
    connection = _connect(path, f"{path.as_uri()}?mode=ro&immutable=1")
    try:
        row = connection.execute("SELECT sidik FROM riwayat ORDER BY id DESC LIMIT 1").fetchone()
        return row[0] if row else ""
    finally:
        connection.close()


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USERNAME", "")

"""The plan file: a working copy that every edit is committed to, published whole to the officer's `.db`.

Decisions and measurements: file-safety.md, "Working copy and atomic publish" and "Pragmas of the working copy".
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from time import sleep
from types import TracebackType
from typing import Any, Self

from models import backups, workspace
from models.changes import Change
from models.cleaning import Cleaned
from models.errors import PlanError
from models.files import is_there, reason
from models.header import FileError, broken, is_plan
from models.history import ROWS_READ, Entry, Step, Whose, entries, read_entries, stacks
from models.laying import holds_more, lay, left_over_copy, left_over_rows, open_work, published_seals
from models.lock import PlanLock, PlanOpenError, now, user
from models.merging import PlanCopy
from models.outside import Outside, look_outside
from models.publish import Stamp, publish, stamp
from models.reading import UNREADABLE, in_memory, read_rows, revision_of
from models.rows import Row, columns
from models.schema import VERSION

Head = tuple[int, int, str]
"""(id, langkah, sidik) of the newest entry of the history."""

_NOTHING: Head = (0, 0, "")
_PIECE, _BREATH = 500, 0.0002
"""After so many statements the thread rests for so many seconds. Between two of them Python is free for too short a
time for another thread to take it, so a large step in a worker would hold the window up for as long as it takes."""


class PlanFile:
    """One open plan. `apply` is the only door for writes; `publish` brings them to the officer's file."""

    def __init__(self, path: Path, *, new: bool, left_over: bool = False, read_only: bool = False) -> None:
        """Open `path`, or begin a new plan there, or go on with the working copy whatever stands at `path` now.

        Raises:
            PlanOpenError: the plan is open elsewhere, and not to be read only.
            PlanError: the file is missing, foreign, newer, broken, or (new) already there.
        """
        self.path = Path(os.path.realpath(path))
        self.recovered = False
        self.read_only = read_only
        self.set_aside: Path | None = None
        self.laundered = False
        """The file was not sealed by us, so its rows were written anew into tables of our own."""
        self.cleaned: tuple[Cleaned, ...] = ()
        """The texts of that file which had to be cut, or freed of control characters."""
        self.backup_problem: str | None = None
        self._kept: datetime | None = None
        self._drafted: tuple[Head, tuple[Change, ...], str, tuple[Entry, ...]] | None = None
        self._writing = Lock()
        self._work = workspace.work_path(self.path)
        self._lock: PlanLock | None = None
        there = is_there(self.path)
        if new and there:
            raise PlanError(f"{self.path} sudah ada. Pilih nama lain, atau buka berkas itu.")
        if read_only:
            self._stamp: Stamp | None = stamp(self.path) if there else None
            self._connection = in_memory(self.path, newer=True)
        else:
            self._lock = PlanLock(self._work, self.path)
            try:
                self._stamp = stamp(self.path) if there and not left_over else None
                self._connection = self._lay_out(new=new, there=there and not left_over)
            except (OSError, sqlite3.OperationalError) as error:
                self._lock.release()
                raise PlanError(
                    "Salinan kerja tidak dapat dibuat. Kosongkan ruang pada cakram, lalu coba lagi."
                ) from error
            except BaseException:
                self._lock.release()
                raise
        self._head = self._read_head()
        self._published: Head | None = None if new or self.recovered else self._head
        self._untouched = there and not (read_only or left_over)
        """The officer's file is still as it was opened, and perhaps in no backup."""

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """An existing plan.

        Args:
            read_only: without a lock, so beside a window that has it open, and of a newer program where the file lets
                it; `apply` and `publish` are refused, `save_as` makes a plan of it that can be written.
        """
        return cls(path, new=False, read_only=read_only)

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

    def apply(self, changes: Sequence[Change], label: str, whose: Whose | None = None) -> None:
        """Write one user action: rows and their history in one transaction, on disk when this returns.

        Args:
            whose: as of `history.entries`.
        Raises:
            PlanError: the working copy cannot be written (disk full); nothing of the action is kept.
        """
        if self.read_only:
            raise self._refused()
        drafted, self._drafted = self._drafted, None
        if drafted is not None and drafted[:3] == (self._head, tuple(changes), label):
            made = list(drafted[3])
        else:
            made = entries(changes, after=self._head, when=now(), who=user(), label=label, whose=whose)
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

    def draft(self, changes: Sequence[Change], label: str) -> tuple[Entry, ...]:
        """The history rows that `apply` of these changes would make; where it is the next, it makes just these.

        So a file that has to hold them can be written first, and nothing is in this plan where that fails.
        """
        made = entries(changes, after=self._head, when=now(), who=user(), label=label)
        self._drafted = self._head, tuple(changes), label, tuple(made)
        return tuple(made)

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
        if self.read_only:
            raise self._refused()
        head = self._head
        if self._published == head and is_there(self.path):
            return
        if self._untouched and is_there(self.path):
            self._keep(before=True)
        self._stamp = publish(self._work, self.path, expected=self._stamp, writing=self._writing)
        self._published, self._untouched = head, False
        if self._kept is None or datetime.now() - self._kept >= backups.EVERY:
            self._keep()

    def back_up(self) -> backups.Backup:
        """A backup of the plan as it is now, published or not; before a merge, a restore or anything as large.

        Where the newest backup is of this very state and whole, it is that one.

        Raises:
            PlanError: it cannot be made.
        """
        if self.read_only:
            raise self._refused()
        newest = next(iter(backups.listed(self.path)), None)
        if newest is not None and newest.revision == self.revision and not self.laundered and backups.is_whole(newest):
            return newest
        return backups.keep(self.path, lambda part: publish(self._work, part, expected=None, writing=self._writing))

    def _keep(self, *, before: bool = False) -> None:
        """A backup of the officer's file, unless the newest is of it already; that none can be made stops no work."""
        try:
            self._kept = datetime.now()
            kept = backups.listed(self.path)
            seal = self._published[2] if before and self._published else self._head[2]
            if not kept or kept[0].revision != revision_of(seal):
                backups.keep_file(self.path)
            self.backup_problem = None
        except PlanError as error:
            self.backup_problem = str(error)

    def history(
        self, *, row: str | None = None, who: str | None = None, since: date | None = None, until: date | None = None
    ) -> list[Entry]:
        """The rows of the history, the newest first.

        Args:
            row: id of a row.
            since, until: days, both included.
        """
        try:
            return read_entries(self._connection, row=row, who=who, since=since, until=until)
        except UNREADABLE as error:
            raise broken(self.path) from error

    def stacks(self, find: Callable[[type[Row], str], Row | None]) -> tuple[list[Step], list[Step]]:
        """What Urungkan and Ulangi can do, from the history: two stacks, the next one last.

        Args:
            find: the row of a table by id as it is now, such as `Plan.find`.
        """
        if self.read_only:
            return [], []
        newest = read_entries(self._connection, after_step=1, count=ROWS_READ)
        return stacks(newest, find, whole=len(newest) < ROWS_READ)

    def changed_outside(self) -> tuple[str, str] | None:
        """(who, time as ISO text) of the newest edit, where someone else replaced the officer's file; else None.

        ("", "") where the other file cannot be read; cheap as long as the file is as it was.
        """
        found = self.look_outside()
        return None if found is None or self.knows(found) else (found.who, found.when)

    def look_outside(self, last: Outside | None = None) -> Outside | None:
        """What stands in the place of the officer's file; may be asked in any thread, its answer belongs to `knows`.

        Args:
            last: what was found before; the same file is not read again.
        """
        return look_outside(self.path, self._stamp, self._head[2], last)

    def knows(self, found: Outside) -> bool:
        """Whether our own history has been through what was found, so that publishing loses nothing of it."""
        if not found.readable:
            return False
        return self._connection.execute("SELECT 1 FROM riwayat WHERE sidik = ?", (found.head,)).fetchone() is not None

    def is_gone(self) -> bool:
        """Whether someone deleted or moved the officer's file, while its folder is still there."""
        return self._stamp is not None and not is_there(self.path) and is_there(self.path.parent)

    def accept(self, found: Outside) -> None:
        """What was found is in the plan now (merged), so the next publish may take its place; anything newer not."""
        self._stamp, self._published = found.stamp, None

    def put_aside(self) -> Path:
        """Keep a file that cannot be read, but stands in our place, as NAMA.rusak-WAKTU; the next publish writes ours.

        Raises:
            PlanError: it cannot be renamed.
        """
        aside = backups.aside_of(self.path)
        try:
            os.replace(self.path, aside)
        except OSError as error:
            raise PlanError(reason(self.path, error)) from error
        self._stamp, self._published = None, None
        return aside

    def _refused(self) -> PlanError:
        return PlanError(
            f"{self.path.name} dibuka hanya untuk dibaca. "
            "Simpan dengan nama lain (Berkas, Simpan sebagai) untuk mengubahnya."
        )

    def save_as(self, path: Path) -> None:
        """Go on under another name; the old file stays as it was last published.

        A plan that is there goes into a backup of that name. Edits that a crash left of it are set aside
        (`set_aside`), since nothing else holds them.

        Raises:
            PlanError: it cannot be written there, or is open there or at another PC; the plan stays under its old name.
        """
        path = Path(os.path.realpath(path))
        if path == self.path:
            self.publish()
            return
        if self.read_only and self._connection.execute("PRAGMA user_version").fetchone()[0] > VERSION:
            raise PlanError(
                f"{self.path.name} dibuat oleh Renaksi yang lebih baru. Perbarui program ini untuk menyimpannya."
            )
        _refuse_elsewhere(path)
        work = workspace.work_path(path)
        try:
            lock = PlanLock(work, path)
        except PlanOpenError as error:
            raise PlanError(
                f"{path.name} sedang terbuka di jendela Renaksi yang lain{error.words}. Tutup dahulu di sana, atau "
                "pilih nama lain."
            ) from None
        aside = None
        try:
            unpublished = holds_more(work, path)
            _keep_former(path)
            expected = stamp(path) if is_there(path) else None
            source = self._work
            if self.read_only:
                source = work.with_suffix(".salin")
                source.unlink(missing_ok=True)
                self._connection.execute("VACUUM INTO ?", (str(source),))
            new_stamp = publish(source, path, expected=expected, writing=self._writing)
            if unpublished:
                aside = workspace.set_aside(work, path)
            workspace.place(work, path)
            workspace.note_target(work, path)
            connection = open_work(work)
        except BaseException:
            lock.release()
            raise
        finally:
            work.with_suffix(".salin").unlink(missing_ok=True)
        self.discard()
        self.path, self._work, self._lock, self._stamp, self._connection = path, work, lock, new_stamp, connection
        self._published, self.read_only, self._untouched, self._kept = self._head, False, False, None
        self.set_aside = aside

    def close(self) -> None:
        """Let go of the plan. The working copy stays while the officer's file is not the one that we wrote last."""
        if self.read_only or self._head == _NOTHING or (self.published and self._is_as_written()):
            if self.published and not self.read_only and not self._untouched and self._head != _NOTHING:
                self._keep()
            self.discard()
        elif self._lock is not None:
            self._connection.close()
            with suppress(PlanError, OSError):
                workspace.note_target(self._work, self.path, closed=True)
            self._lock.release()

    def _is_as_written(self) -> bool:
        try:
            if stamp(self.path) == self._stamp:
                return True
            return published_seals(self.path)[-1:] == [self._head[2]]
        except (OSError, PlanError):
            return False

    def discard(self) -> None:
        """Let go of the plan and of the edits that are not published, for an import that failed half way."""
        self._connection.close()
        if self._lock is not None:
            workspace.remove(self._work)
            self._lock.release()

    def _lay_out(self, *, new: bool, there: bool) -> sqlite3.Connection:
        """The working copy, open: what a crash left, a fresh copy of the officer's file, or an empty plan."""
        laid = lay(self.path, self._work, new=new, there=there)
        self.recovered, self.set_aside = laid.recovered, laid.set_aside
        self.laundered, self.cleaned = laid.laundered, laid.cleaned
        return laid.connection

    def _commit(self, changes: Sequence[Change], made: Sequence[Entry]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for number, change in enumerate(changes, 1):
                self._write(change)
                if number % _PIECE == 0:
                    sleep(_BREATH)
            insert = f"INSERT INTO riwayat VALUES ({', '.join('?' * 11)})"
            for first in range(0, len(made), _PIECE):
                if first:
                    sleep(_BREATH)
                self._connection.executemany(insert, made[first : first + _PIECE])
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


def _refuse_elsewhere(path: Path) -> None:
    """A plan that another PC has open is not written over: it would be told that a stranger's plan lies there now."""
    from models.presence import someone_else

    seen = someone_else(path)
    if seen is not None:
        raise PlanError(f"{path.name} sedang dibuka oleh {seen.words()}. Tutup dahulu di sana, atau pilih nama lain.")


def _keep_former(path: Path) -> None:
    """The plan that is about to be written over: in a backup, or beside the new one where it is broken."""
    if not is_plan(path):
        return
    try:
        backups.keep_file(path)
    except FileError:
        aside = backups.aside_of(path)
        try:
            os.replace(path, aside)
        except OSError as error:
            raise PlanError(reason(path, error)) from error


def left_overs() -> Iterable[tuple[Path, datetime]]:
    """(officer's file, time of the last edit) of each working copy that no running program holds."""
    for target, work in workspace.left_overs():
        try:
            PlanLock(work, target, note=False).release()
        except PlanError:
            continue
        yield target, datetime.fromtimestamp(work.stat().st_mtime)


def has_unpublished(path: Path) -> bool:
    """Whether edits of this plan wait on this PC that its file lacks: left by a crash, or set aside.

    What a window that has it open is about to write does not count.
    """
    path = Path(os.path.realpath(path))
    if not workspace.is_used():
        return False
    if workspace.set_asides(path):
        return True
    work = workspace.work_path(path)
    if not work.exists():
        return False
    try:
        lock = PlanLock(work, path, note=False)
    except PlanError:
        return False
    try:
        return holds_more(work, path)
    finally:
        lock.release()


def read_left_over(path: Path) -> list[Row]:
    """The rows of the working copy that a crash left of this plan, as they would be gone on with.

    Raises:
        PlanError: a running program holds it, there is none, or it is damaged.
    """
    path = Path(os.path.realpath(path))
    work = workspace.work_path(path)
    lock = PlanLock(work, path, note=False)
    try:
        return left_over_rows(work, path)
    finally:
        lock.release()


def read_left_over_copy(path: Path) -> PlanCopy:
    """The same with its history, for a merge.

    Raises:
        PlanError: as of `read_left_over`.
    """
    path = Path(os.path.realpath(path))
    work = workspace.work_path(path)
    lock = PlanLock(work, path, note=False)
    try:
        return left_over_copy(work, path)
    finally:
        lock.release()

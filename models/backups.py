"""Backups: whole published files kept in the program's own folder, outside the officer's, one folder per plan.

Each was opened through all checks before it counts. All of two days are kept, then one of each of 12 days, 10 weeks
and 9 months (file-safety.md; issue "A plan file that can be trusted, sent and merged").
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from models import workspace
from models.errors import PlanError
from models.files import part_name, put_in_place, reason, remove_part, write_whole
from models.reading import open_checked, read_seals, revision_of

ALL = timedelta(days=2)
"""Of this time every backup is kept."""

DAYS, WEEKS, MONTHS = 12, 10, 9

EVERY = timedelta(minutes=15)
"""While a plan is edited, a backup is made this often."""

_NAME = re.compile(r"(\d{8}-\d{6}-\d{6})-([0-9a-f]{0,10})\.db")
_TIME = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: local time, bytes, the revision that is printed on forms ("" without history)."""

    when: datetime
    size: int
    revision: str
    path: Path


def folder_of(target: Path) -> Path:
    """Where the backups of an officer's file are; it need not exist."""
    return workspace.data_folder() / "cadangan" / workspace.work_path(target).stem


def listed(target: Path) -> list[Backup]:
    """The backups of an officer's file, the newest first; the file itself need not exist any more."""
    found = []
    with suppress(OSError):
        for path in folder_of(Path(os.path.realpath(target))).iterdir():
            if match := _NAME.fullmatch(path.name):
                with suppress(OSError, ValueError):
                    when = datetime.strptime(match[1], _TIME)
                    found.append(Backup(when, path.stat().st_size, match[2], path))
    return sorted(found, key=lambda backup: backup.when, reverse=True)


def keep(target: Path, write: Callable[[Path], object], *, when: datetime | None = None) -> Backup:
    """Make a backup of what `write` puts at the path that it is given; then take away those no longer wanted.

    Args:
        target: the officer's file, whose backup it is.
        when: local time; now unless told.
    Raises:
        PlanError: it cannot be written, or what was written does not pass the checks. It does not count then.
    """
    when = when or datetime.now()
    folder = folder_of(target)
    part = part_name(folder / "cadangan.db")
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            note = json.dumps({"tujuan": str(target)}).encode()
            write_whole(folder / "asal.json", lambda out: out.write(note))
        write(part)
        revision = _checked(part)
        made = folder / f"{when:{_TIME}}-{revision}.db"
        put_in_place(part, made)
    except OSError as error:
        raise PlanError(reason(folder / "cadangan.db", error)) from error
    finally:
        remove_part(part)
    kept = listed(target)
    wanted = thinned([backup.when for backup in kept], when)
    for backup in kept:
        if backup.when not in wanted:
            with suppress(OSError):
                backup.path.unlink()
    return Backup(when, made.stat().st_size, revision, made)


def keep_file(target: Path) -> Backup:
    """A backup of the officer's file as it lies there."""
    return keep(target, lambda part: shutil.copyfile(target, part))


def is_whole(backup: Backup) -> bool:
    """Whether it still passes all checks, and is of the revision that its name says."""
    try:
        return _checked(backup.path) == backup.revision
    except PlanError:
        return False


def _checked(path: Path) -> str:
    connection, _, _ = open_checked(path)
    try:
        return revision_of((read_seals(connection) or [""])[-1])
    finally:
        connection.close()


def thinned(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which backups stay: all younger than two days (or of the future), then the newest of days, weeks and months.

    A week ends with its month, so that the newest of a month is the newest of its week and of its day, and no earlier
    thinning has taken it.
    """
    newest_first = sorted(set(times), reverse=True)
    kept = {when for when in newest_first if now - when < ALL}
    older = [when for when in newest_first if when not in kept]
    buckets: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAYS, datetime.date),
        (WEEKS, lambda when: (when.year, when.month, (when.day - 1) // 7)),
        (MONTHS, lambda when: (when.year, when.month)),
    )
    for count, bucket in buckets:
        seen = {bucket(when) for when in kept}
        taken = 0
        while older and taken < count:
            when = older.pop(0)
            if bucket(when) not in seen:
                seen.add(bucket(when))
                kept.add(when)
                taken += 1
    return kept


def put_back(backup: Backup, target: Path) -> Path | None:
    """Put a backup in the place of an officer's file that is broken or gone; returns where the broken one is kept.

    Raises:
        PlanError: the backup does not pass the checks, or nothing can be written there; the file is as it was.
    """
    _checked(backup.path)
    aside = None
    try:
        if target.exists():
            aside = aside_of(target)
            os.replace(target, aside)
        write_whole(target, lambda out: out.write(backup.path.read_bytes()))
    except (OSError, PlanError) as error:
        if aside is not None:
            os.replace(aside, target)
        raise PlanError(reason(target, error)) from error
    return aside


def aside_of(target: Path) -> Path:
    """The name under which a file is kept that is not what it should be."""
    return target.with_name(f"{target.name}.rusak-{datetime.now():%Y%m%d-%H%M%S-%f}")

"""Backups in front of the officer: which there are, what differs from now, and how one comes back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models import backups, workspace
from models.backups import Backup
from models.changes import Change
from models.errors import PlanError
from models.files import is_there, write_whole
from models.history_reading import HistoryReader
from models.merging import PlanCopy, read_copy
from models.plan import Plan
from models.reading import read_plan
from models.rows import Opd, Row, Salinan, references
from services.document import Document
from services.merge_base import origin
from services.outside import agency
from services.row_words import kind_name

RESTORE = "kembalikan cadangan"
"""How the label of the step begins that puts a backup's rows back."""

_AGES = ((365 * 86_400, "tahun"), (30 * 86_400, "bulan"), (7 * 86_400, "minggu"), (86_400, "hari"), (3600, "jam"))


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows of a kind a plan has gained, altered and lost since a backup."""

    added: int
    altered: int
    removed: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds. `stranger`: the agency whose plan it is, where it is of another plan that had this name."""

    rows: tuple[Row, ...]
    stranger: str | None = None


NOT_OURS = (
    "Cadangan ini milik rencana lain ({agency}), yang pernah bernama sama, jadi tidak dapat dikembalikan ke rencana "
    "ini. Buka sebagai salinan."
)


def listed(path: Path) -> list[Backup]:
    """The backups of a plan file, the newest first; the file itself may be broken or gone."""
    return backups.listed(path)


def left_over(path: Path) -> list[Backup]:
    """The edits that were set aside of a plan file as it was replaced meanwhile, the newest first."""
    found = []
    for kept in workspace.set_asides(path):
        status = kept.stat()
        found.append(Backup(datetime.fromtimestamp(status.st_mtime), status.st_size, "", kept))
    return found


def label(backup: Backup) -> str:
    """What the menu calls the step that puts it back: "kembalikan cadangan 05-01-2026 10.32"."""
    return f"{RESTORE} {backup.when:%d-%m-%Y %H.%M}"


def age_words(when: datetime, now: datetime) -> str:
    """How old a backup is: "baru saja" (also of a clock that was set back), "12 menit lalu", "2 bulan lalu"."""
    seconds = (now - when).total_seconds()
    for length, word in (*_AGES, (60, "menit")):
        if seconds >= length:
            return f"{int(seconds // length)} {word} lalu"
    return "baru saja"


def size_words(size: int) -> str:
    """ "412 KB", "2,1 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def own_origin(document: Document) -> str:
    """What makes two files versions of one plan, of an open plan: "" while it has no history."""
    first = HistoryReader(document.file).after(0, 1)
    return origin(PlanCopy("", document.plan.all(Salinan), tuple(first)))


def read(backup: Backup, own: str) -> Kept:
    """What a backup holds, through all checks.

    Args:
        own: `own_origin` of the plan whose backup it should be; "" where that is not known.
    Raises:
        PlanError: it is damaged.
    """
    copy = read_copy(backup.path)
    theirs = origin(copy)
    return Kept(copy.rows, _whose(copy.rows) if own and theirs and theirs != own else None)


def _whose(rows: Iterable[Row]) -> str:
    """Agencies of several regions are often of one name, so the region is told too."""
    rows = tuple(rows)
    region = next((row.pemda for row in rows if isinstance(row, Opd) and row.nama and row.pemda), None)
    return f"{agency(rows)}, {region}" if region else agency(rows)


def newest_good(path: Path) -> Backup | None:
    """The newest backup that still passes all checks, for a file that is broken or gone."""
    for backup in backups.listed(path):
        try:
            read_plan(backup.path)
        except PlanError:
            continue
        return backup
    return None


def difference(backup: Backup, plan: Plan) -> dict[str, Difference]:
    """What a plan has that the backup has not, by table; {} where they are the same.

    Raises:
        PlanError: the backup is damaged.
    """
    return differing(read_plan(backup.path), plan)


def differing(rows: Iterable[Row], plan: Plan) -> dict[str, Difference]:
    """The same against rows that were read already."""
    counts = {key: Counter[str]() for key in ("added", "altered", "removed")}
    for change in changes_to(rows, plan):
        key = "added" if change.after is None else "removed" if change.before is None else "altered"
        counts[key][change.row.TABLE] += 1
    tables = [table for count in counts.values() for table in count]
    return {
        t: Difference(counts["added"][t], counts["altered"][t], counts["removed"][t]) for t in dict.fromkeys(tables)
    }


def as_text(difference: dict[str, Difference]) -> str:
    """ "baris anggaran: 2 ditambah, 1 diubah; narasi: 3 dihapus" since the backup; or that nothing differs."""
    words = []
    for table, count in difference.items():
        figures = ((count.added, "ditambah"), (count.altered, "diubah"), (count.removed, "dihapus"))
        words.append(f"{kind_name(table)}: {', '.join(f'{n} {word}' for n, word in figures if n)}")
    return "; ".join(words) or "tidak ada perbedaan"


def restoring(backup: Backup, plan: Plan, own: str = "") -> tuple[Change, ...]:
    """What makes the plan's rows those of the backup: one step, which Urungkan takes back. () where they are the same.

    Args:
        own: as of `read`.
    Raises:
        PlanError: the backup is damaged, or of another plan.
    """
    kept = read(backup, own)
    if kept.stranger is not None:
        raise PlanError(NOT_OURS.format(agency=kept.stranger))
    return tuple(changes_to(kept.rows, plan))


def changes_to(rows: Iterable[Row], plan: Plan) -> list[Change]:
    """What makes a plan's rows these rows: removed first, so that none stands in the way of one that comes.

    A row that hangs on another one afterwards is taken out and put in again, as two rows may change places. The notes
    of copies that were sent stay: those copies are out. What was merged, and what waits of it, goes with the rows, so
    that a copy whose values are gone again can be merged once more.
    """
    there = {(type(row), row.id): row for row in plan.rows() if not isinstance(row, Salinan)}
    gone: list[Change] = []
    stay: list[Change] = []
    come: list[Change] = []
    for row in rows:
        if isinstance(row, Salinan):
            continue
        now = there.pop((type(row), row.id), None)
        if now is None:
            come.append(Change(None, row))
        elif now != row and _moved(now, row):
            gone.append(Change(now, None))
            come.append(Change(None, row))
        elif now != row:
            stay.append(Change(now, row))
    gone += [Change(row, None) for row in there.values()]
    return [*gone, *stay, *come]


def _moved(now: Row, then: Row) -> bool:
    """Whether what a table holds once only differs (UNIQUE): what the row names, its kind, year or form."""
    names = {"jenis", "tahun"} | ({"nama"} if now.TABLE == "formulir" else set())
    fields = [*references(type(now)), *(name for name in names if hasattr(now, name))]
    return any(getattr(now, name) != getattr(then, name) for name in fields)


def save_as(backup: Backup, target: Path) -> None:
    """The backup as a plan file of its own.

    Raises:
        PlanError: a file is there already, the backup is damaged, or nothing can be written there.
    """
    if is_there(target):
        raise PlanError(f"{target} sudah ada. Pilih nama lain.")
    read_plan(backup.path)
    write_whole(target, lambda out: out.write(backup.path.read_bytes()))


def put_back(backup: Backup, path: Path) -> Path | None:
    """Put a backup in the place of a plan file that is broken or gone; returns where the broken one is kept.

    Raises:
        PlanError: the backup is damaged, or nothing can be written there; the file is as it was.
    """
    return backups.put_back(backup, path)

"""Where working copies live: the program's own folder on this PC, never the officer's folder or stick.

RENAKSI_DATA names another folder (tests, a portable installation).
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from models.errors import PlanError
from models.files import os_words, write_whole

_ASIDE, _WHOSE = ".sisa.db", ".asal"


def data_folder() -> Path:
    """The program's folder for this user, made if need be."""
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanError(f"Folder kerja {folder} tidak dapat dibuat ({os_words(error)}).") from error
    return folder


def _folder() -> Path:
    if own := os.environ.get("RENAKSI_DATA"):
        return Path(own)
    import platformdirs

    return platformdirs.user_data_path("Renaksi", appauthor=False)


def is_used() -> bool:
    """Whether any plan was ever opened here; asking makes no folder."""
    return (_folder() / "kerja").is_dir()


def work_path(target: Path) -> Path:
    """The working copy of an officer's file: one per absolute path."""
    folder = data_folder() / "kerja"
    folder.mkdir(exist_ok=True)
    name = os.path.normcase(target.resolve())
    return folder / f"{hashlib.sha256(name.encode()).hexdigest()[:20]}.db"


def place(work: Path, source: Path | None) -> None:
    """Lay a fresh working copy of `source` (None: an empty one) and note whose it is."""
    remove(work)
    try:
        if source is not None:
            # The start page needs the folder, and nothing of a plan file.
            from models.seal import unseal

            part = work.with_suffix(".baru")
            shutil.copyfile(source, part)
            unseal(part)
            os.replace(part, work)
    except OSError as error:
        raise PlanError(
            f"Salinan kerja tidak dapat dibuat ({os_words(error)}). Kosongkan ruang pada cakram."
        ) from error


def note_target(work: Path, target: Path, *, closed: bool = False) -> None:
    """Remember whose working copy it is, for the next start; nothing is written where that is known already.

    Args:
        closed: the officer closed the plan, and its file could not be written; else it is open, or was when it broke
            off.
    """
    note, path = json.dumps({"tujuan": str(target), "ditutup": closed}).encode(), work.with_suffix(".json")
    with suppress(OSError):
        if path.read_bytes() == note:
            return
    write_whole(path, lambda out: out.write(note))


def was_closed(target: Path) -> bool:
    """Whether the working copy of an officer's file was left by the officer, not by a crash."""
    try:
        return json.loads(work_path(target).with_suffix(".json").read_text(encoding="utf-8"))["ditutup"] is True
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remove(work: Path) -> None:
    """Take away a working copy and what SQLite left beside it, but not its lock, nor the note whose it was.

    Bringing that note to disk anew would take as long as all else that opens a small plan.
    """
    for path in (work, Path(f"{work}-journal"), work.with_suffix(".terbit")):
        path.unlink(missing_ok=True)


def set_aside(work: Path, target: Path | None) -> Path:
    """Keep a left-over copy that does not fit the officer's file any more, under a name of its own.

    It stays until `drop_aside`.

    Args:
        target: the officer's file, for the start page; None for a copy that cannot be read.
    """
    kept = work.with_name(f"{work.stem}-{datetime.now():%Y%m%d-%H%M%S-%f}{_ASIDE}")
    if target is not None:
        note = json.dumps({"tujuan": str(target)}).encode()
        # Without the note it is still found when its plan is opened.
        with suppress(PlanError, OSError):
            write_whole(kept.with_suffix(_WHOSE), lambda out: out.write(note))
    os.replace(work, kept)
    remove(work)
    return kept


def set_asides(target: Path) -> list[Path]:
    """The copies that were set aside of an officer's file, that of the newest edit first."""
    work = work_path(target)
    found = []
    for path in work.parent.glob(f"{work.stem}-*{_ASIDE}"):
        with suppress(OSError):
            found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]


def all_set_aside() -> Iterable[tuple[Path, Path]]:
    """(officer's file, copy) of each that was set aside and can be read."""
    for note in sorted((data_folder() / "kerja").glob(f"*{Path(_ASIDE).stem}{_WHOSE}")):
        kept = note.with_suffix(".db")
        try:
            target = Path(json.loads(note.read_text(encoding="utf-8"))["tujuan"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if kept.exists():
            yield target, kept


def drop_aside(kept: Path) -> None:
    """A copy that was set aside is in the plan now, or the officer does not want it.

    Raises:
        PlanError: it cannot be taken away.
    """
    try:
        for path in (kept, kept.with_suffix(_WHOSE)):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise PlanError(f"Sisa isian tidak dapat dihapus ({os_words(error)}).") from error


def left_overs() -> Iterable[tuple[Path, Path]]:
    """(officer's file, working copy) of each working copy that is still there."""
    for note in sorted((data_folder() / "kerja").glob("*.json")):
        work = note.with_suffix(".db")
        if not work.exists():
            continue
        try:
            target = Path(json.loads(note.read_text(encoding="utf-8"))["tujuan"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        yield target, work

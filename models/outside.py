"""Whether someone else put another version in the place of an open plan: how a second PC on one share is noticed."""

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import PlanError
from models.history import Entry, read_entries
from models.merging import sending
from models.publish import Stamp, stamp
from models.reading import UNREADABLE, open_checked, read_seals


@dataclass(frozen=True, slots=True)
class Outside:
    """The file that stands in the place of an open plan, where its bytes are not those that we know.

    `stamp`: how it looks; `head`: its newest seal, "" where it cannot be read; `who` and `when` (ISO text) of its
    newest edit; `holds_ours`: its history has been through our newest entry (`ours`), so that nothing of ours is
    missing in it; `origin`: what makes two files versions of one plan, as `services.merge_base.origin` says it.
    """

    stamp: Stamp
    head: str = ""
    who: str = ""
    when: str = ""
    holds_ours: bool = False
    ours: str = ""
    origin: str = ""

    @property
    def readable(self) -> bool:
        """Whether it is a plan that this program can read."""
        return bool(self.head)


def look_outside(path: Path, known: Stamp | None, head: str, last: Outside | None = None) -> Outside | None:
    """What stands at `path`; None where it is gone or as we know it. One look at the folder, unless it did change.

    It touches neither the file nor the working copy, so any thread may ask.

    Args:
        known: how the file looked when it was last read or written.
        head: the newest seal of our history.
        last: what was found before; the same file is not read again.
    """
    try:
        now = stamp(path)
    except OSError:
        return None
    if now == known:
        return None
    if last is not None and last.readable and last.stamp == now:
        # What we have added since cannot be in a file that is as it was.
        return replace(last, holds_ours=last.holds_ours and last.ours == head)
    try:
        theirs, _, _ = open_checked(path)
    except PlanError:
        return Outside(now)
    try:
        seals = read_seals(theirs)
        for newest in read_entries(theirs, count=1):
            return Outside(now, newest[10], newest[8], newest[7], head in seals, head, _origin(theirs))
        return Outside(now)
    except UNREADABLE:
        return Outside(now)
    finally:
        theirs.close()


def _origin(theirs: sqlite3.Connection) -> str:
    first: Entry = theirs.execute("SELECT * FROM riwayat ORDER BY id LIMIT 1").fetchone()
    sent = sending(first)
    if sent is not None:
        return sent.asal
    row = theirs.execute("SELECT asal FROM salinan LIMIT 1").fetchone()
    return str(row[0] if row else first[10])

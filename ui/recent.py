"""The plans opened last, kept in a small JSON file of the program's own: terakhir.json."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import PlanError
from models.files import write_whole
from models.workspace import data_folder
from services.tanggal import MONTHS, MONTHS_SHORT

if TYPE_CHECKING:
    from ui.session import Session

LIMIT = 20
LAST_VIEW = 3
"""Formulir, as of ui/toolbar.py."""
NOT_KEPT = "Daftar rencana terakhir tidak dapat disimpan di komputer ini (cakram penuh?)."
NOT_READ = (
    "Daftar rencana terakhir tidak dapat dibaca di komputer ini. Rencananya sendiri tetap ada: pakai Buka berkas."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentPlan:
    """One line of the list, as the plan was when it was last open. `opened` is local time.

    `view`, `dokumen_id` and `row_id`: what was shown of it, to go on there.
    """

    path: Path
    agency: str
    opened: datetime
    pemda: str = ""
    year: int | None = None
    stage: str = ""
    galat: int = 0
    peringatan: int = 0
    catatan: int = 0
    view: int = 0
    dokumen_id: str = ""
    row_id: str = ""


def entry_of(session: "Session", *, counted: bool = True) -> RecentPlan:
    """The line for the plan that is open now; open findings are counted as the dock lists them, or not at all."""
    from models.rows import Dokumen, Opd, Terima
    from services.checks.finding import line_counts
    from services.naming import stage_name

    path = session.document.file.path
    dokumen = session.plan.find(Dokumen, session.dokumen_id)
    opd = session.plan.find(Opd, dokumen.opd_id) if dokumen else next(iter(session.plan.all(Opd)), None)
    checks, any_accepted = session.checks, bool(session.plan.all(Terima))
    found = (each for place in checks.places(session.dokumen_id) for each in checks.at(*place)) if counted else ()
    counts = line_counts(each for each in found if not any_accepted or checks.accepted(each) is None)
    return RecentPlan(
        path=path,
        agency=(opd.nama if opd else "") or path.stem,
        pemda=(opd.pemda if opd else "") or "",
        year=dokumen.tahun if dokumen else None,
        stage=stage_name(dokumen) if dokumen else "",
        galat=counts["galat"],
        peringatan=counts["peringatan"],
        catatan=counts["catatan"],
        opened=datetime.now(),
    )


class RecentPlans:
    """The list, newest first. Each change reads the file again, as a second window may have written it."""

    def all(self) -> tuple[RecentPlan, ...]:
        """What the file holds; lines that cannot be read are left out, a broken file is an empty list."""
        try:
            listed = json.loads(_file().read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError, PlanError):
            return ()
        plans = [plan for plan in map(_read, listed if isinstance(listed, list) else ()) if plan is not None]
        return tuple(sorted(plans, key=lambda plan: plan.opened, reverse=True)[:LIMIT])

    def problem(self) -> str:
        """A sentence where there is a list, but it cannot be read; else ""."""
        try:
            there = _file()
            return (
                ""
                if not there.exists() or isinstance(json.loads(there.read_text(encoding="utf-8")), list)
                else NOT_READ
            )
        except (OSError, ValueError, RecursionError, PlanError):
            return NOT_READ

    def find(self, path: Path) -> RecentPlan | None:
        """The line of a file, or None."""
        return next((plan for plan in self.all() if _key(plan.path) == _key(path)), None)

    def note(self, plan: RecentPlan, instead_of: Path | None = None) -> None:
        """Put a plan at the top. `instead_of`: the place where the same file was before.

        Raises:
            PlanError: the list cannot be written.
        """
        gone = {_key(path) for path in (plan.path, instead_of) if path is not None}
        _write([plan, *(other for other in self.all() if _key(other.path) not in gone)])

    def forget(self, path: Path) -> None:
        """Take a plan off the list; its file stays.

        Raises:
            PlanError: the list cannot be written.
        """
        _write(plan for plan in self.all() if _key(plan.path) != _key(path))


def opened_words(when: datetime, today: date) -> str:
    """ "Hari ini 10.32", "Kemarin 15.12", "18 Nov 2026"."""
    day = _near_day(when.date(), today)
    return f"{day} {clock(when)}" if day else f"{when.day} {MONTHS_SHORT[when.month - 1]} {when.year}"


def moment_words(when: datetime, today: date) -> str:
    """ "kemarin pukul 15.12", "18 November pukul 15.12"; for the middle of a sentence."""
    day = _near_day(when.date(), today).lower()
    year = "" if when.year == today.year else f" {when.year}"
    return f"{day or f'{when.day} {MONTHS[when.month - 1]}{year}'} pukul {clock(when)}"


def clock(when: datetime) -> str:
    """ "15.12"."""
    return f"{when:%H.%M}"


def _near_day(day: date, today: date) -> str:
    return {today: "Hari ini", today - timedelta(days=1): "Kemarin"}.get(day, "")


def _file() -> Path:
    return data_folder() / "terakhir.json"


def _key(path: Path) -> str:
    return os.path.normcase(path.absolute())


def _read(item: Any) -> RecentPlan | None:
    """A line of the file, or None where it is not one of ours."""
    try:
        plan = RecentPlan(
            path=Path(_text(item, "path")),
            agency=_text(item, "agency"),
            pemda=_text(item, "pemda"),
            year=None if item["year"] is None else int(item["year"]),
            stage=_text(item, "stage"),
            galat=int(item["galat"]),
            peringatan=int(item["peringatan"]),
            catatan=int(item["catatan"]),
            opened=datetime.fromisoformat(_text(item, "opened")).replace(tzinfo=None),
            view=min(max(int(item.get("view", 0)), 0), LAST_VIEW),
            dokumen_id=str(item.get("dokumen_id", "")),
            row_id=str(item.get("row_id", "")),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return plan if plan.agency and plan.path.name else None


def _text(item: Any, key: str) -> str:
    text = item[key]
    if not isinstance(text, str):
        raise TypeError(key)
    return text


def _write(plans: Iterable[RecentPlan]) -> None:
    listed = [
        asdict(plan) | {"path": str(plan.path.absolute()), "opened": plan.opened.isoformat(timespec="seconds")}
        for plan in plans
    ][:LIMIT]
    text = json.dumps(listed, ensure_ascii=False, indent=1)
    write_whole(_file(), lambda out: out.write(text.encode("utf-8")))

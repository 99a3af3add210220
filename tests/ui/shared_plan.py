"""A plan in a folder that others reach too: the window that has it open, and the other PC that changes it meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from models.changes import Change
from models.reading import read_plan
from models.rows import Anggaran, Opd, Row
from services.document import Document
from ui.main_window import MainWindow
from ui.session import Session
from ui.windows import Windows

QT_NOISE = "propagateSizeHints|raise|grabbing the keyboard"
"""What the offscreen plug-in says of itself."""
Elsewhere = Callable[..., None]


def shared_plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    """The Bone plan, alone in a folder."""
    path = tmp_path / "bersama" / "rencana.db"
    path.parent.mkdir()
    shutil.copyfile(published("bone-2023"), path)
    return path


@contextmanager
def a_window() -> Iterator[MainWindow]:
    """A window of its own program, on its start page; at the end a plan in it is let go without writing it."""
    window = MainWindow(Windows())
    window.show()
    window.show_start()
    yield window
    if window.session is not None:
        window.session.give_up()
    window.close()
    window.deleteLater()


def edit_elsewhere(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    """Another PC gives the agency (or a budget line) another name, and publishes: `change(text, line=None)`."""

    def change(text: str, line: int | None = None) -> None:
        with monkeypatch.context() as patch:
            patch.setenv("RENAKSI_DATA", str(tmp_path / "pc lain"))
            with Document.open(plan) as document:
                row: Row = document.plan.all(Opd)[0] if line is None else document.plan.all(Anggaran)[line]
                document.edit("ubah nama", [Change(row, replace(row, nama=text))])  # type: ignore[call-arg]
                document.file.publish()

    return change


def pull_out(plan: Path) -> Path:
    """Take the folder of a plan away at once, as a stick that is pulled out; where it is now."""
    return plan.parent.rename(plan.parent.with_name("dicabut"))


def session_of(window: MainWindow) -> Session:
    """The plan that is open."""
    assert window.session is not None
    return window.session


def rename(window: MainWindow, text: str) -> bool:
    """Type another name of the agency."""
    session = session_of(window)
    opd = session.plan.all(Opd)[0]
    return session.edit("ubah nama", [Change(opd, replace(opd, nama=text))])


def agency(window: MainWindow) -> str:
    """The name of the agency in a window."""
    return session_of(window).plan.all(Opd)[0].nama


def agency_in(path: Path) -> str:
    """The name of the agency in a file."""
    return next(row.nama for row in read_plan(path) if isinstance(row, Opd))

"""The log: what the program did and how long it took, in lines that can hold nothing of a plan.

A line is a known event with numbers, never a text: no path, no name, no value. The one text that gets in is the report
of a fault, out of which `ui/crash_report.py` has taken every word that is not of the program's own code.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from models.errors import PlanError
from models.workspace import data_folder

LOG_BYTES = 256 * 1024
"""After which the log begins a new file."""

LOGS_KEPT = 3
"""Older files beside the newest."""


class Event(StrEnum):
    """What is worth a line."""

    START = "mulai"
    END = "selesai"
    OPENED = "rencana dibuka"
    OPENED_TO_READ = "rencana dibuka untuk dibaca"
    RECOVERED = "isian dipulihkan"
    REFUSED = "berkas ditolak"
    PUBLISHED = "rencana diterbitkan"
    NOT_PUBLISHED = "rencana gagal diterbitkan"
    CLOSED = "rencana ditutup"
    NOT_BACKED_UP = "cadangan gagal dibuat"
    RESTORED = "cadangan dipulihkan"
    CHANGED_OUTSIDE = "berkas diganti dari luar"
    MERGED = "salinan digabung"


def log_file() -> Path:
    """The newest of the rotating logs."""
    return data_folder() / "log" / "renaksi.log"


def note(event: Event, **figures: float) -> None:
    """Write one line. A log that cannot be written stops nothing.

    Args:
        figures: counts, bytes, ms, version numbers; a text is a TypeError, since it could be of a plan.
    """
    for name, value in figures.items():
        if not isinstance(value, int | float):
            raise TypeError(f"{name} is no number")
    words = [f"{datetime.now():%Y-%m-%d %H:%M:%S}", Event(event).value]
    words += [
        f"{name}={round(value, 1):g}" if abs(value) < 1000 else f"{name}={value:.0f}" for name, value in figures.items()
    ]
    _append("  ".join(words))


def note_fault(report: str) -> None:
    """Write the report of a fault, as it is shown to the officer."""
    _append(report)


def _append(text: str) -> None:
    # Not with `logging`: importing it would be a fortieth of the time that the window takes to open.
    line = f"{text}\n".encode(errors="backslashreplace")
    with suppress(OSError, PlanError):
        file = log_file()
        file.parent.mkdir(exist_ok=True)
        if file.exists() and file.stat().st_size + len(line) > LOG_BYTES:
            _rotate(file)
        with file.open("ab") as out:
            out.write(line)


def _rotate(file: Path) -> None:
    """renaksi.log becomes renaksi.log.1, that one renaksi.log.2, and so on; the oldest goes."""
    names = [file, *(file.with_name(f"{file.name}.{number}") for number in range(1, LOGS_KEPT + 1))]
    for newer, older in reversed(list(pairwise(names))):
        if newer.exists():
            os.replace(newer, older)


@contextmanager
def timed(done: Event, failed: Event, **figures: float) -> Iterator[Callable[..., None]]:
    """A line with `ms` when the block ends: `done`, or `failed` where it raised.

    Gives a function that takes further figures.
    """
    began = perf_counter()
    more = dict(figures)
    try:
        yield more.update
    except BaseException:
        note(failed, **more, ms=(perf_counter() - began) * 1000)
        raise
    note(done, **more, ms=(perf_counter() - began) * 1000)

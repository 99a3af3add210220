"""A small edit of a plan file, and what shows that it arrived."""

from collections.abc import Iterable
from dataclasses import replace

from models.changes import Change
from models.plan_file import PlanFile
from models.rows import Opd, Row


def rename(file: PlanFile, text: str) -> None:
    """Give the agency another name, as one step."""
    old = next(row for row in file.rows() if isinstance(row, Opd))
    file.apply([Change(old, replace(old, nama=text))], "ubah nama")


def name_of(rows: Iterable[Row]) -> str:
    """What the agency is called."""
    return next(row.nama for row in rows if isinstance(row, Opd))

"""What the tests of the forms share: the plans as JSON, and a table taken apart into its rows and cells."""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from models.plan import Plan
from services.forms.parts import Cell, Form, Row, Table
from services.interchange import import_changes

ROOT = Path(__file__).resolve().parents[1]
PLACES = [ROOT / "resources" / "contoh", ROOT.parent / "shared" / "data"]
PLANS = [path for place in PLACES for path in sorted(place.glob("*.renaksi.json"))]
LAMPUNG = [path for path in PLANS if path.name.startswith("lampung")]
BULELENG = [path for path in PLANS if path.name.startswith("buleleng")]


def name_of(path: Path) -> str:
    """The test's name for a plan."""
    return f"{path.name.partition('.')[0]}-{path.parent.name}"


def opened(path: Path) -> tuple[dict[str, Any], Plan, str]:
    """(the JSON itself, the plan that it imports into, the id of its document)."""
    data = json.loads(path.read_text(encoding="utf-8"))
    plan = Plan()
    dokumen_id, changes = import_changes(data, plan)
    plan.apply(changes)
    return data, plan, dokumen_id


def dots(value: int | None) -> str:
    """Rupiah as the paper prints them."""
    if value is None:
        return ""
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", str(value)) if value else "-"


def tables(form: Form, *, ruled: bool = True) -> list[Table]:
    """The tables with, or those without, rules."""
    return [part for part in form.parts if isinstance(part, Table) and part.ruled is ruled]


def body(table: Table) -> list[Row]:
    """The rows of all blocks."""
    return [row for block in table.body for row in block]


def texts(rows: Sequence[Row], columns: int) -> list[list[str]]:
    """The rows as texts; what is merged stands in its first row and column only."""
    made = [[""] * columns for _ in rows]
    for r, row in enumerate(rows):
        for cell in row.cells:
            made[r][cell.col] = cell.text
    return made


def assert_covered(rows: Sequence[Row], columns: int) -> None:
    """Every place of the grid belongs to exactly one cell."""
    covered = [
        (r + down, cell.col + right)
        for r, row in enumerate(rows)
        for cell in row.cells
        for down in range(cell.rows)
        for right in range(cell.cols)
    ]
    assert sorted(covered) == list(itertools.product(range(len(rows)), range(columns)))


def assert_sound(form: Form) -> None:
    """All tables are grids without gap or overlap, and their sums are those of the rows that they name."""
    for table in (part for part in form.parts if isinstance(part, Table)):
        columns = len(table.widths)
        for rows in (table.header, body(table), table.total):
            assert_covered(rows, columns)
        for cell in (cell for row in table.total for cell in row.cells if cell.sum_of):
            parts = [at(body(table))[row, cell.col].value for row in cell.sum_of or ()]
            assert None not in parts
            assert sum(part for part in parts if part is not None) == cell.value


def at(rows: Sequence[Row]) -> dict[tuple[int, int], Cell]:
    """(row, column) -> the cell that begins there."""
    return {(r, cell.col): cell for r, row in enumerate(rows) for cell in row.cells}


def keys(form: Form) -> Iterator[tuple[str, Cell]]:
    """The cells that say which value they show."""
    for part in form.parts:
        if isinstance(part, Table):
            yield from ((cell.key, cell) for row in body(part) for cell in row.cells if cell.key)


def indicators(data: dict[str, Any], owner: dict[str, Any], jenis: str) -> list[dict[str, Any]]:
    """Those of a sasaran; those of the lines of a jenis that support it, where it has none."""
    own = owner.get("indikator") or []
    if own:
        return list(own)
    lines = {line["id"]: line for line in data["anggaran"]}
    linked = [lines[link["anggaran"]] for link in data["dukungan"] if link["kinerja"] == owner["id"]]
    return [i for line in linked if line["jenis"] == jenis for i in line.get("indikator") or []]

"""Figures of indicators in the tables of the narrative: the target of a year, as another table of the paper prints it.

Source: interchange.md (`narasi`: tables are lines of cells with upright strokes), the performance reports (LKIP), whose
tables repeat the Renstra's targets with a column for each year: "Tahun 2015 Target", "Tahun 2015 Realisasi".
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from models.plan import Plan
from models.rows import Indikator, Narasi
from services.checks.structure import text_key
from services.checks.usage import is_blank

Figures = Mapping[str, Mapping[str, str]]
"""Text of an indicator as it is compared, to the targets that a table states for it, by year."""

_TARGET = re.compile(r"(?:tahun )?(20\d\d):? target|target(?: kinerja)?(?: tahun)? (20\d\d)", re.IGNORECASE)


def figures_of(isi: str | None) -> Figures:
    """The targets by year in all tables of a section; of an indicator named twice the first."""
    return _read(isi) if isi and "|" in isi else {}


def told_of(plan: Plan, indikator: Indikator) -> dict[str, tuple[str, str]]:
    """Year to (target, title of the section) as the narrative of the document has it, the first table winning."""
    found: dict[str, tuple[str, str]] = {}
    for section in plan.where(Narasi, "dokumen_id", indikator.dokumen_id):
        for year, text in figures_of(section.isi).get(text_key(indikator.uraian), {}).items():
            found.setdefault(year, (text, section.judul or ""))
    return found


@lru_cache(maxsize=512)
def _read(isi: str) -> Figures:
    found: dict[str, dict[str, str]] = {}
    for table in re.split(r"\n\s*\n", isi):
        rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines() if "|" in line]
        columns = _columns(rows[0]) if rows else {}
        for row in rows[1:] if columns else ():
            stated = {year: row[at] for at, year in columns.items() if at < len(row) and not is_blank(row[at])}
            for cell in row:
                if (key := text_key(cell)) and " " in key and key not in found:
                    found[key] = stated
    return found


def _columns(header: list[str]) -> dict[int, str]:
    """Place of a column to the year whose targets it holds."""
    return {at: match[1] or match[2] for at, cell in enumerate(header) if (match := _TARGET.fullmatch(cell))}

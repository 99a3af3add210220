"""Closed periods in a merge: what we have reported stays, and what a copy says otherwise is disputed.

What belongs to a closed period is what `realisasi_tutup.reported_months` says, so that a merge can be undone like any
other step.
"""

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Any

from models.changes import Change
from models.rows import (
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Row,
    TahunAnggaran,
    TahunIndikator,
    TutupPeriode,
    columns,
)
from services.merge_base import Key, State
from services.merge_cells import Cell, with_cells
from services.realisasi_tutup import periods_of, reported_months
from services.tanggal import MONTHS, QUARTERS

SERIES = (DeretIndikator, DeretAnggaran, DeretRasio)
REPORTED = (*SERIES, CatatanPeriode, Indikator, TahunIndikator, TahunAnggaran)
"""Rows that hold something of a period."""

_Series = DeretIndikator | DeretAnggaran | DeretRasio
_Span = tuple[int, int]


class Closed:
    """The closed periods of a plan: by document, and the first and the last month of each."""

    def __init__(self, rows: State) -> None:
        found: dict[str, list[TutupPeriode]] = {}
        for row in rows.values():
            if isinstance(row, TutupPeriode):
                found.setdefault(row.dokumen_id, []).append(row)
        self._spans = {name: {m: span for span in periods_of(of) for m in _of(span)} for name, of in found.items()}
        self._documents = {
            name: dokumen for name in found if isinstance(dokumen := rows.get((Dokumen.TABLE, name)), Dokumen)
        }

    @classmethod
    def to_keep(cls, ours: State, base: State, theirs: State) -> "Closed":
        """What we closed, but for a document that they deleted while we left all of it alone: it goes as a whole."""
        made = cls(ours)
        for name in [name for name in made._spans if _goes(name, ours, base, theirs)]:
            del made._spans[name]
        return made

    def __bool__(self) -> bool:
        return any(self._spans.values())

    def also_in(self, other: "Closed") -> "Closed":
        """What is closed there, too."""
        made = Closed({})
        made._documents = self._documents
        for name, spans in self._spans.items():
            made._spans[name] = {month: span for month, span in spans.items() if month in other._spans.get(name, {})}
        return made

    def month(self, change: Change) -> int | None:
        """The first closed month, 1 to 12, that would say something else; None where none would."""
        name = getattr(change.row, "dokumen_id", None)
        spans = self._spans.get(name) if name is not None and isinstance(change.row, REPORTED) else None
        if not spans:
            return None
        return min((m for m in reported_months(change, self._documents.get(str(name))) if m in spans), default=None)

    def words(self, change: Change) -> str:
        """ "periode TW I sudah ditutup" where a change would alter what is reported; else ""."""
        month = self.month(change)
        if month is None:
            return ""
        first, last = self._spans[getattr(change.row, "dokumen_id", "")][month]
        return f"periode {_span_name(first, last)} sudah ditutup"

    def closes(self, row: Row) -> bool:
        """Whether it is the closing of a period that is closed here."""
        return isinstance(row, TutupPeriode) and bool(row.tutup) and row.bulan in self._spans.get(row.dokumen_id, {})

    def held(self, mine: Row, theirs: Row, cells: Sequence[Cell]) -> list[Cell]:
        """Those cells of theirs that our row must not take."""
        if not cells or not isinstance(mine, REPORTED) or not self._spans.get(mine.dokumen_id):
            return []
        held = [cell for cell in cells if self.month(Change(mine, with_cells(mine, theirs, [cell]))) is not None]
        left = [cell for cell in cells if cell not in held]
        if left and self.month(Change(mine, with_cells(mine, theirs, left))) is not None:
            return list(cells)
        return held

    def parted(self, row: Row) -> tuple[Row | None, list[Cell]]:
        """(a row of theirs without what it says of closed periods, the cells it lacks so); None where all is."""
        if self.month(Change(None, row)) is None:
            return row, []
        names = columns(type(row))
        if isinstance(row, SERIES):
            spans = self._spans[row.dokumen_id]
            months = [month for month in spans if row.nilai[month - 1] is not None]
            left = _emptied(row, spans)
            if any(value is not None for value in left.nilai):
                return left, [(names.index(f"b{month:02}"),) for month in sorted(months)]
        elif isinstance(row, Indikator):
            return replace(row, realisasi=None), [(names.index("realisasi"),)]
        return None, []


def _goes(dokumen_id: str, ours: State, base: State, theirs: State) -> bool:
    at: Key = (Dokumen.TABLE, dokumen_id)
    if at in theirs or at not in base:
        return False
    return all(
        base.get(key) == row for key, row in ours.items() if key == at or getattr(row, "dokumen_id", None) == dokumen_id
    )


def _of(span: _Span) -> range:
    return range(span[0], span[1] + 1)


def _emptied(row: _Series, months: Container[int]) -> _Series:
    values: Any = tuple(None if month in months else value for month, value in enumerate(row.nilai, 1))
    return replace(row, nilai=values)


def _span_name(first: int, last: int) -> str:
    """ "TW I", "Maret", "Januari sampai Juni"."""
    if first == last:
        return MONTHS[last - 1]
    if last - first == 2 and last % 3 == 0:
        return QUARTERS[last // 3 - 1]
    return f"{MONTHS[first - 1]} sampai {MONTHS[last - 1]}"

"""Tables of indicators under the names of their levels: No and the sasaran merged in front, the rest a form's own."""

from collections.abc import Callable, Sequence

from models.rows import Indikator
from services.forms.cells import band
from services.forms.parts import Cell, Row
from services.forms.realisasi_baris import Entry, Group

_HEADING = 5.6


def blocks(
    found: Sequence[Group],
    columns: int,
    height: float,
    cells: Callable[[Entry, int, Indikator], Sequence[Cell]],
) -> tuple[tuple[Row, ...], ...]:
    """A row for each indicator, those of an entry in one block; the heading of a level stays with the first of them.

    Args:
        cells: from column 2 on, of (entry, number of the indicator from 1, indicator).
    """
    made: list[tuple[Row, ...]] = []
    for group in found:
        heading: tuple[Row, ...] = (band(group.judul, columns, _HEADING),)
        for entry in group.baris:
            span = len(entry.indikator)
            merged: list[Cell] = [
                Cell(0, entry.nomor, rows=span, align="center", repeat=True),
                Cell(1, entry.uraian, rows=span, repeat=True, key=entry.key),
            ]
            rows: list[Row] = []
            for number, indikator in enumerate(entry.indikator, 1):
                rows.append(Row((*merged, *cells(entry, number, indikator)), height))
                merged = []
            made.append((*heading, *rows))
            heading = ()
    return tuple(made)

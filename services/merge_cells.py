"""A row merged cell by cell. What says one thing together is one cell: the official's name, rank and NIP; the owner of
an indicator; a whole series where one side changed its period or its way of counting."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from models.rows import (
    ROWS,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Pejabat,
    Row,
    TutupPeriode,
    columns,
)

Cell = tuple[int, ...]
"""The places, among `columns(cls)`, of what moves together."""

TOGETHER: dict[type[Row], tuple[tuple[str, ...], ...]] = {
    Dokumen: (("ttd_nama", "ttd_pangkat", "ttd_nip", "ttd_plt"), ("tahap", "nomor_perubahan")),
    Pejabat: (("nama", "pangkat", "nip", "plt", "plh", "mulai", "sampai"),),
    TutupPeriode: (("tutup", "alasan", "siapa", "waktu"),),
    Indikator: (("kinerja_id", "anggaran_id"),),
}


def _cells(cls: type[Row]) -> tuple[Cell, ...]:
    names = columns(cls)
    groups = [tuple(names.index(name) for name in group) for group in TOGETHER.get(cls, ())]
    grouped = {place for group in groups for place in group}
    return (*groups, *((i,) for i in range(1, len(names)) if i not in grouped))


def _series(cls: type[Row]) -> tuple[Cell, ...]:
    names = columns(cls)
    whole = [
        i for i, name in enumerate(names) if name in ("periode", "kumulatif") or (name[:1] == "b" and len(name) == 3)
    ]
    return (tuple(whole), *((i,) for i in range(1, len(names)) if i not in whole))


_CELLS = {cls: _cells(cls) for cls in ROWS}
_WHOLE: dict[type[Row], tuple[Cell, ...]] = {cls: _series(cls) for cls in (DeretIndikator, DeretAnggaran, DeretRasio)}
_MEANING: dict[type[Row], list[int]] = {
    cls: [i for i, name in enumerate(columns(cls)) if name in ("periode", "kumulatif")]
    for cls in (DeretIndikator, DeretAnggaran, DeretRasio)
}


def cells_of(cls: type[Row], *rows: Sequence[Any]) -> tuple[Cell, ...]:
    """The cells of a row of which these are the versions."""
    meaning = _MEANING.get(cls)
    if meaning and any(row[i] != rows[0][i] for row in rows[1:] for i in meaning):
        return _WHOLE[cls]
    return _CELLS[cls]


def merge_row(base: Sequence[Any], ours: Row, theirs: Row) -> tuple[Row, list[Cell], list[Cell]]:
    """(the row with what only they changed, the cells taken from them, the cells that both changed differently).

    `base` is in the order of `columns`; of a disputed cell ours stays.
    """
    cls = type(ours)
    own, other = ours.to_columns(), theirs.to_columns()
    merged, taken, disputed = list(own), [], []
    for cell in cells_of(cls, base, own, other):
        if all(other[i] == own[i] for i in cell) if len(cell) > 1 else other[cell[0]] == own[cell[0]]:
            continue
        if all(other[i] == base[i] for i in cell):
            continue
        if all(own[i] == base[i] for i in cell):
            taken.append(cell)
            for i in cell:
                merged[i] = other[i]
        else:
            disputed.append(cell)
    return (cls.from_columns(merged) if taken else ours), taken, disputed


def with_cells(ours: Row, theirs: Row, cells: Iterable[Cell]) -> Row:
    """Our row with these cells of theirs."""
    values, other = list(ours.to_columns()), theirs.to_columns()
    for cell in cells:
        for i in cell:
            values[i] = other[i]
    return type(ours).from_columns(values)


def name_of(cls: type[Row], cell: Cell) -> str:
    """The columns of a cell, as a conflict names them."""
    return ",".join(columns(cls)[i] for i in cell)


def as_json(value: Any) -> str:
    """A value, or the values of several columns, as a conflict keeps them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def cell_json(row: Sequence[Any], cell: Cell) -> str:
    """The values of a cell: a list, one for each column of its name."""
    return as_json([row[i] for i in cell])


def row_json(row: Row | None) -> str | None:
    """A whole row, or None where there is none."""
    return None if row is None else as_json(dict(zip(columns(type(row)), row.to_columns(), strict=True)))

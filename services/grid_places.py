"""The cell of the grid in which a stored value is seen: the face, the column, and the line of a count."""

from dataclasses import dataclass

from models.plan import Plan
from models.rows import (
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Row,
    TahunAnggaran,
    TahunIndikator,
)
from services.month_grid import FIRST_MONTH, JUMLAH, SATUAN, SETAHUN, Face, Kind
from services.realisasi import PEMBILANG

_PLANNED = {"target": SETAHUN, "pagu": SETAHUN, "satuan": SATUAN}


@dataclass(frozen=True, slots=True)
class GridPlace:
    """`column` of a face; `kind`: the line of a count, None where the row has one line."""

    face: Face
    column: int
    kind: Kind | None = None


def grid_place(plan: Plan, row: Row, name: str = "", month: int | None = None) -> GridPlace | None:
    """Where a value stands; None for what no cell shows, such as a year other than the document's.

    Args:
        name: of an indicator or a budget line, its column in any case ("target", "Realisasi").
        month: of a series, 0 to 11.
    """
    if isinstance(row, CatatanPeriode):
        return GridPlace("realisasi", FIRST_MONTH + row.bulan - 1)
    if isinstance(row, DeretRasio):
        kind: Kind = "pembilang" if row.jenis == PEMBILANG else "penyebut"
        return GridPlace("realisasi", FIRST_MONTH + month, kind) if month is not None else None
    if isinstance(row, DeretAnggaran | DeretIndikator):
        return GridPlace(_face(row.jenis), FIRST_MONTH + month) if month is not None else None
    if isinstance(row, TahunAnggaran | TahunIndikator):
        dokumen = plan.find(Dokumen, row.dokumen_id)
        if dokumen is None or row.tahun != str(dokumen.tahun) or row.jenis == "capaian_tercetak":
            return None
        face = _face(row.jenis)
        return GridPlace(face, JUMLAH if face == "realisasi" else SETAHUN)
    if isinstance(row, Indikator | Anggaran):
        if name.casefold() == "realisasi":
            return GridPlace("realisasi", JUMLAH)
        column = _PLANNED.get(name.casefold())
        return GridPlace("rencana", column) if column is not None else None
    return None


def _face(jenis: str) -> Face:
    return "realisasi" if jenis == "realisasi" else "rencana"

"""The plan of the next year, begun from the one of last year: in the same file, or in a file of its own."""

from dataclasses import replace
from pathlib import Path

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    Aksi,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Kop,
    Opd,
    Row,
    TutupPeriode,
    new_id,
)
from services.capaian_periode import realisasi_of
from services.document import Document
from services.order import GAP
from services.tahap import MURNI, new_stage
from services.tahunan import target_of

LABEL = "buat rencana tahun berikutnya"

_OF_THE_YEAR = (DeretIndikator, DeretAnggaran, DeretRasio, CatatanPeriode, TutupPeriode)
"""What was planned and reported period by period."""


def new_year(plan: Plan, dokumen_id: str) -> tuple[list[Change], str]:
    """(the changes that add the plan of the next year, its id), in the file of last year.

    Structure, officials, units, links, actions, narrative, ways of reckoning and settings stay. Targets, results with
    their notes and closings, cash, pagu and the months of actions go; so do the dates. What was reached of an
    indicator, else its target, becomes its kondisi awal.
    Values that name their year (those of the Renstra) stay, as they say the same in every year.
    """
    origin = plan.get(Dokumen, dokumen_id)
    copies, fresh_id = new_stage(plan, dokumen_id)
    copied = Plan(change.row for change in copies)
    rows = (_turned(change.row, copied, origin.tahun) for change in copies)
    return [Change(None, row) for row in rows if row is not None], fresh_id


def new_year_rows(plan: Plan, dokumen_id: str) -> tuple[list[Row], str]:
    """(all rows of a file that holds nothing but the plan of the next year, the id of its document)."""
    changes, fresh_id = new_year(plan, dokumen_id)
    rows = [change.row for change in changes]
    opd = plan.get(Opd, plan.get(Dokumen, dokumen_id).opd_id)
    agency = replace(opd, id=new_id(), urutan=GAP)
    heads = [replace(kop, id=new_id(), opd_id=agency.id) for kop in plan.where(Kop, "opd_id", opd.id)]
    rest = [replace(row, opd_id=agency.id, urutan=GAP) if isinstance(row, Dokumen) else row for row in rows]
    return [agency, *rest, *heads], fresh_id


def create_next_year(path: Path, plan: Plan, dokumen_id: str) -> Document:
    """A new plan file with the plan of the next year, published and open.

    Raises:
        PlanError: the file is already there, or it cannot be written. Nothing is left behind.
    """
    rows, _ = new_year_rows(plan, dokumen_id)
    document = Document.create(path)
    try:
        document.edit(LABEL, [Change(None, row) for row in rows])
        document.file.publish()
    except BaseException:
        document.file.discard()
        raise
    return document


def last_document(plan: Plan) -> Dokumen:
    """The document that the next year is begun from: that of the last year and, of it, the last stage listed.

    Raises:
        PlanError: the plan has no document.
    """
    documents = plan.all(Dokumen)
    if not documents:
        raise PlanError("Berkas itu belum memuat dokumen rencana. Pilih berkas lain.")
    return max(documents, key=lambda dokumen: (dokumen.tahun, dokumen.urutan))


def _turned(row: Row, copied: Plan, tahun: int) -> Row | None:
    """A copied row as it begins the next year; None where it does not."""
    if isinstance(row, _OF_THE_YEAR):
        return None
    if isinstance(row, Dokumen):
        return replace(
            row,
            judul=row.judul.replace(str(tahun), str(tahun + 1)),
            tahun=tahun + 1,
            tahap=MURNI,
            nomor_perubahan=0,
        )
    if isinstance(row, Indikator):
        start = realisasi_of(copied, row, tahun).text or target_of(copied, row, tahun).text or row.kondisi_awal
        return replace(row, kondisi_awal=start, target=None, realisasi=None, capaian_tercetak=None, alasan=None)
    if isinstance(row, Anggaran):
        return replace(row, pagu=None)
    return replace(row, bulan=None) if isinstance(row, Aksi) else row

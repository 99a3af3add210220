"""What rows are called in front of the officer."""

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator, Kinerja, Narasi, Pejabat, Row, TotalTercetak
from services.terms import LEVEL_NAMES

NAMELESS = "(belum bernama)"


def level_name(row: Row) -> str:
    """ "Sasaran strategis", "Kegiatan", "Indikator"."""
    if isinstance(row, Kinerja):
        return LEVEL_NAMES[row.tingkat]
    return LEVEL_NAMES[row.jenis] if isinstance(row, Anggaran) else "Indikator"


def row_text(row: Row) -> str:
    """The statement or name of a row, never empty."""
    text = row.nama if isinstance(row, Anggaran) else row.uraian if isinstance(row, Kinerja | Indikator) else ""
    return (text or "").strip() or NAMELESS


def place_name(plan: Plan, cls: type[Row], row_id: str) -> str:
    """Where a finding is: level and name, or the document, printed total, section or official that it is about."""
    row = plan.get(cls, row_id)
    if isinstance(row, Dokumen):
        return f"Dokumen {document_name(row)}"
    if isinstance(row, TotalTercetak):
        return row.tempat or "Total tercetak"
    if isinstance(row, Narasi):
        return f"Naskah {row.judul or NAMELESS}"
    if isinstance(row, Pejabat):
        return f"Pejabat {row.nama or row.jabatan or NAMELESS}"
    return _with_level(level_name(row), row_text(row))


def _with_level(level: str, text: str) -> str:
    """The level in front of a name that does not begin with it: "PROGRAM PENGEMBANGAN UMKM" has its own."""
    if text.casefold().startswith(f"{level} ".casefold()):
        return f"{level} {text[len(level) :].lstrip()}"
    return f"{level} {text}"


def stage_name(dokumen: Dokumen) -> str:
    """ "Murni", "Perubahan", "Perubahan 2"."""
    stage = (dokumen.tahap or "").capitalize()
    return f"{stage} {dokumen.nomor_perubahan}" if dokumen.nomor_perubahan and stage == "Perubahan" else stage


def document_name(dokumen: Dokumen) -> str:
    """ "2022 Perubahan"."""
    return f"{dokumen.tahun} {stage_name(dokumen)}".strip()

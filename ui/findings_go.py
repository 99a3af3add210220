"""From a finding that no row of the trees shows to its field: the organisation, the signatory, a section, a total."""

from typing import TYPE_CHECKING

from models.plan import Plan
from models.rows import (
    Aksi,
    Anggaran,
    Dokumen,
    Indikator,
    Jabatan,
    Kinerja,
    Narasi,
    Opd,
    Pejabat,
    Row,
    TotalTercetak,
)
from services.checks import Finding
from services.month_grid import column_of
from services.pejabat import head_position
from services.search import Hit, place_of
from services.terms import JENIS, LEVEL_NAMES, TINGKAT
from ui.find_go import show_hit, show_organisation, show_section, show_signatory
from ui.toolbar import SUSUN

if TYPE_CHECKING:
    from ui.main_window import MainWindow

PRINTED = "Total tercetak berasal dari dokumen resmi dan tidak diubah di sini. Bandingkan dengan baris-baris ini."


def show_elsewhere(window: "MainWindow", finding: Finding) -> bool:
    """Show the field that a finding is about and give it the focus; False where that is a row of a tree."""
    session = window.session
    row = session.plan.find(finding.tabel, finding.row_id) if session is not None else None
    if session is None or row is None:
        return False
    if isinstance(row, Pejabat):
        show_organisation(window, row.jabatan_id, "nip" if finding.kode == "NIP" else "pejabat")
    elif isinstance(row, Jabatan):
        show_organisation(window, row.id, "nama")
    elif isinstance(row, Opd):
        window.edit_identity()
    elif isinstance(row, Narasi):
        show_section(window, row, "")
    elif isinstance(row, TotalTercetak):
        _show_line(window, _summed(session.plan, row), finding)
        window.status.showMessage(PRINTED, 12000)
    elif isinstance(row, Dokumen):
        _show_document(window, session.plan, row, finding)
    elif not isinstance(row, Kinerja | Anggaran | Indikator) and place_of(session.plan, row) is not None:
        show_hit(window, Hit("", type(row), row.id, "", month=finding.month), "")
    else:
        return False
    return True


def _show_document(window: "MainWindow", plan: Plan, dokumen: Dokumen, finding: Finding) -> None:
    if finding.kode in ("NIP", "PENANDATANGAN"):
        head = head_position(plan, dokumen)
        if head is not None:
            show_organisation(window, head.id, "nip" if finding.kode == "NIP" else "pejabat")
        else:
            unnamed = "ttd_jabatan" if dokumen.ttd_nama and finding.nilai is None else "ttd_nama"
            show_signatory(window, "ttd_nip" if finding.kode == "NIP" else unnamed)
    elif finding.kode == "JABATAN-TANPA-TUGAS":
        idle = _idle(plan, dokumen, str(finding.nilai))
        show_organisation(window, idle.id if idle is not None else None, "nama")
    elif finding.kode in ("INDUK-KOSONG", "PAGU-TABEL"):
        _show_line(window, _loose(plan, dokumen, finding), finding)
    else:
        window.edit_identity()


def _show_line(window: "MainWindow", row: Row | None, finding: Finding) -> None:
    window.show_view(SUSUN)
    if row is not None and window.work is not None:
        window.work.show_row(row)
        window.work.grid.go_to(row.id, column_of(finding))


def _idle(plan: Plan, dokumen: Dokumen, names: str) -> Jabatan | None:
    """The first position among those named, separated by commas, that answers for nothing."""
    named = f", {names}, "
    for jabatan in plan.where(Jabatan, "dokumen_id", dokumen.id):
        used = any(plan.where(cls, "penanggung_jawab_id", jabatan.id) for cls in (Kinerja, Anggaran, Aksi))
        if not used and f", {jabatan.nama}, " in named:
            return jabatan
    return None


def _loose(plan: Plan, dokumen: Dokumen, finding: Finding) -> Row | None:
    """The first row without a parent among those that a finding counts: of its levels, or below the top of lines."""
    if finding.kode == "INDUK-KOSONG":
        levels = [level for level in TINGKAT if f"{LEVEL_NAMES[level].lower()} (" in str(finding.nilai)]
        nodes = plan.where(Kinerja, "dokumen_id", dokumen.id)
        return next((node for node in nodes if node.tingkat in levels[:1]), None)
    lines = plan.where(Anggaran, "dokumen_id", dokumen.id)
    astray = (line for line in lines if line.jenis != JENIS[0] and plan.find(Anggaran, line.induk_id) is None)
    return next((line for line in astray if line.pagu), None)


def _summed(plan: Plan, total: TotalTercetak) -> Row | None:
    """The first line that a printed total adds up: of the level that its place names, else of any."""
    place = (total.tempat or "").casefold()
    jenis = next((jenis for jenis in reversed(JENIS) if LEVEL_NAMES[jenis].casefold() in place), "")
    lines = plan.where(Anggaran, "dokumen_id", total.dokumen_id)
    return next((line for line in lines if line.jenis == jenis), lines[0] if lines else None)

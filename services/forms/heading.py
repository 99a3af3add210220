"""What stands above and below every form: the agency's name, and the block that is signed."""

from models.plan import Plan
from models.rows import Dokumen, Opd
from services.forms.parts import Signature
from services.nip import format_nip
from services.tanggal import format_tanggal

DOTS = "." * 24
"""Room for the pen, where a date is not known yet."""


def agency(plan: Plan, dokumen: Dokumen) -> str:
    """ "Dinas Koperasi Kabupaten Bone": the agency with its region, once."""
    opd = plan.get(Opd, dokumen.opd_id)
    pemda = opd.pemda or ""
    return opd.nama if pemda.lower() in opd.nama.lower() else f"{opd.nama} {pemda}"


def agency_line(plan: Plan, dokumen: Dokumen) -> str:
    """The agency as a title line, in capitals."""
    return agency(plan, dokumen).upper()


def signature(plan: Plan, dokumen: Dokumen) -> Signature:
    """The signature block of the document's signatory; an unknown name or NIP is a dotted line."""
    opd = plan.get(Opd, dokumen.opd_id)
    place = dokumen.tempat or opd.ibu_kota or ""
    date = format_tanggal(dokumen.tanggal) or f"{DOTS} {dokumen.tahun}"
    jabatan = dokumen.ttd_jabatan or f"Kepala {agency(plan, dokumen)}"
    if dokumen.ttd_plt and not jabatan.lower().startswith(("plt", "plh")):
        jabatan = f"Plt. {jabatan}"
    return Signature(
        tempat_tanggal=", ".join(part for part in (place, date) if part),
        jabatan=(jabatan,),
        nama=dokumen.ttd_nama or "",
        pangkat=dokumen.ttd_pangkat or "",
        nip=format_nip(dokumen.ttd_nip or ""),
    )

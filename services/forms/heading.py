"""What stands above and below every form: the agency's name, and the block that is signed."""

from dataclasses import replace

from models.plan import Plan
from models.rows import Dokumen, Opd
from services.forms.parts import Signature, Text
from services.nip import format_nip
from services.pejabat import agency as agency
from services.pejabat import head
from services.tanggal import format_tanggal

DOTS = "." * 24
"""Room for the pen, where a date is not known yet."""


def agency_line(plan: Plan, dokumen: Dokumen) -> str:
    """The agency as a title line, in capitals."""
    return agency(plan, dokumen).upper()


def title_line(plan: Plan, dokumen: Dokumen, start: str) -> str:
    """A title line such as "RENCANA AKSI KINERJA DINAS KOPERASI KABUPATEN BONE".

    `start`: the words before the agency, in capitals. A title of the document itself that begins so is taken whole.
    """
    judul = " ".join(dokumen.judul.upper().split()).removesuffix(f"TAHUN {dokumen.tahun}").rstrip(" ,")
    kind = plan.get(Opd, dokumen.opd_id).nama.upper().partition(" ")[0]
    return judul if judul.startswith(f"{start} {kind} ") else f"{start} {agency_line(plan, dokumen)}"


def note(text: str) -> tuple[Text, ...]:
    """A small remark between title and table; nothing for ""."""
    return (Text(text, 7, italic=True, after=1.2),) if text else ()


def signature(plan: Plan, dokumen: Dokumen) -> Signature:
    """The signature block of the document's signatory; an unknown name or NIP is a dotted line."""
    opd = plan.get(Opd, dokumen.opd_id)
    place = dokumen.tempat or opd.ibu_kota or ""
    date = format_tanggal(dokumen.tanggal) or f"{DOTS} {dokumen.tahun}"
    who = head(plan, dokumen)
    return Signature(
        tempat_tanggal=", ".join(part for part in (place, date) if part),
        jabatan=(who.signed,),
        nama=who.nama,
        pangkat=who.pangkat,
        nip=format_nip(who.nip),
    )


def narrow_signature(plan: Plan, dokumen: Dokumen) -> Signature:
    """The signature block of the quarterly forms: 72 mm wide, the region on a line of its own."""
    made = signature(plan, dokumen)
    pemda = plan.get(Opd, dokumen.opd_id).pemda or ""
    lines: list[str] = []
    for line in made.jabatan:
        at = line.lower().rfind(f" {pemda.lower()}") if pemda else -1
        lines += [line[:at], line[at + 1 :]] if at > 0 else [line]
    return replace(made, jabatan=tuple(lines), width=72)

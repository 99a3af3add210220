"""Who signs: the head of the agency, the head's superior, and the officials below, with the changes that name them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.changes import Change
from models.plan import Plan
from models.rows import Dokumen, Jabatan, Opd, Pejabat, new_id
from services.forms.heading import agency

_ESELON = re.compile(r"(?:eselon\s*)?(IV|III|II|I)(?:[\s./-]*[a-e])?", re.IGNORECASE)
_REGION = re.compile(
    r"(?:pemerintah\s+)?(?:daerah\s+)?(provinsi|kabupaten|kab\.?|kota)\s+(?:administrasi\s+)?", re.IGNORECASE
)
_HEADS = {"provinsi": "Gubernur", "kabupaten": "Bupati", "kota": "Wali Kota"}


@dataclass(frozen=True, slots=True)
class Official:
    """Who signs in a position; "" is not known yet. `jabatan`: the position as it is signed, without "Plt."."""

    jabatan: str
    nama: str = ""
    pangkat: str = ""
    nip: str = ""
    plt: bool = False

    @property
    def signed(self) -> str:
        """The position as it stands above the name: "Plt. Kepala Dinas" for one who only acts in it."""
        acting = self.plt and not self.jabatan.lower().startswith(("plt", "plh"))
        return f"Plt. {self.jabatan}" if acting else self.jabatan


def eselon_of(text: str | None) -> str | None:
    """ "I" to "IV" where a position's eselon says so ("III", "III.a", "Eselon IIIa"), else None ("fungsional")."""
    found = _ESELON.fullmatch((text or "").strip())
    return found[1].upper() if found else None


def head(plan: Plan, dokumen: Dokumen) -> Official:
    """The head of the agency, who signs the document; what the document leaves open is taken from the position."""
    position = head_position(plan, dokumen)
    row = _row(plan, dokumen.id, position.id) if position is not None else None
    return Official(
        dokumen.ttd_jabatan or (row and row.jabatan) or f"Kepala {agency(plan, dokumen)}",
        dokumen.ttd_nama or (row and row.nama) or "",
        dokumen.ttd_pangkat or (row and row.pangkat) or "",
        dokumen.ttd_nip or (row and row.nip) or "",
        bool(row.plt if dokumen.ttd_plt is None and row else dokumen.ttd_plt),
    )


def head_position(plan: Plan, dokumen: Dokumen) -> Jabatan | None:
    """The position of the agency's head, by the first sign that fits one position only.

    Its name is the one that signs the document; it is of eselon I or II; it is called "Kepala Dinas" in a Dinas; all
    others stand below it.
    """
    positions = plan.where(Jabatan, "dokumen_id", dokumen.id)
    signs = (dokumen.ttd_jabatan or "").casefold()
    chief = f"kepala {plan.get(Opd, dokumen.opd_id).nama.partition(' ')[0]}".casefold()
    above = {position.atasan_id for position in positions}
    found = (
        [p for p in positions if p.nama.casefold() == signs],
        [p for p in positions if eselon_of(p.eselon) in ("I", "II")],
        [p for p in positions if p.nama.casefold().startswith(chief)],
        [p for p in positions if p.atasan_id is None and p.id in above],
    )
    return next((only[0] for only in found if len(only) == 1), None)


def superior(plan: Plan, dokumen: Dokumen) -> Official:
    """The superior of the agency's head: the head of the region, unless the document names another."""
    row = _row(plan, dokumen.id, None)
    default = region_head(plan.get(Opd, dokumen.opd_id))
    return _official(row, default) if row is not None else Official(default)


def region_head(opd: Opd) -> str:
    """ "Gubernur Lampung", "Bupati Buleleng", "Wali Kota Bekasi"; "Kepala Daerah" where the region is not known."""
    pemda = (opd.pemda or "").strip()
    found = _REGION.match(pemda)
    kind = (opd.jenis_pemda or (found[1] if found else "")).lower()
    title = _HEADS.get("kabupaten" if kind.startswith("kab") else kind)
    name = pemda[found.end() :] if found else pemda
    return f"{title} {name}".strip() if title else "Kepala Daerah"


def official(plan: Plan, dokumen: Dokumen, jabatan: Jabatan) -> Official:
    """Who signs in a position of the agency; the head's own is that of the document."""
    position = head_position(plan, dokumen)
    if position is not None and position.id == jabatan.id:
        return head(plan, dokumen)
    return official_below(plan, jabatan)


def official_below(plan: Plan, jabatan: Jabatan) -> Official:
    """Who signs in a position that is known not to be the head's."""
    row = _row(plan, jabatan.dokumen_id, jabatan.id)
    return _official(row, jabatan.nama) if row is not None else Official(jabatan.nama)


def set_official(
    plan: Plan,
    dokumen_id: str,
    jabatan_id: str | None,
    *,
    jabatan: str | None = None,
    nama: str | None = None,
    pangkat: str | None = None,
    nip: str | None = None,
    plt: bool = False,
) -> list[Change]:
    """Name the official of a position, or of the head's superior where `jabatan_id` is None.

    The head is kept in the document itself. Empty texts are None; without any the position has no official any more.
    """
    dokumen = plan.get(Dokumen, dokumen_id)
    jabatan, nama, pangkat, nip = ((text or "").strip() or None for text in (jabatan, nama, pangkat, nip))
    row = _row(plan, dokumen_id, jabatan_id)
    position = head_position(plan, dokumen)
    if position is not None and position.id == jabatan_id:
        signer = replace(
            dokumen,
            ttd_jabatan=jabatan or dokumen.ttd_jabatan or position.nama,
            ttd_nama=nama,
            ttd_pangkat=pangkat,
            ttd_nip=nip,
            ttd_plt=int(plt),
        )
        return _real([Change(dokumen, signer), *_without(row)])
    if not (jabatan or nama or pangkat or nip):
        return _without(row)
    fresh = row or Pejabat(id=new_id(), dokumen_id=dokumen_id, jabatan_id=jabatan_id)
    after = replace(fresh, jabatan=jabatan, nama=nama, pangkat=pangkat, nip=nip, plt=int(plt))
    return _real([Change(row, after)])


def _without(row: Pejabat | None) -> list[Change]:
    return [Change(row, None)] if row is not None else []


def _real(changes: Sequence[Change]) -> list[Change]:
    return [change for change in changes if change.before != change.after]


def _row(plan: Plan, dokumen_id: str, jabatan_id: str | None) -> Pejabat | None:
    rows = (
        plan.where(Pejabat, "dokumen_id", dokumen_id)
        if jabatan_id is None
        else plan.where(Pejabat, "jabatan_id", jabatan_id)
    )
    return next((row for row in rows if row.jabatan_id == jabatan_id), None)


def _official(row: Pejabat, default: str) -> Official:
    return Official(row.jabatan or default, row.nama or "", row.pangkat or "", row.nip or "", bool(row.plt))

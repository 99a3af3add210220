"""Who signs: the head of the agency, the head's superior, and the officials below, with the changes that name them.

A document has one official for each position, copied with the document, so that it keeps those that it was signed with.
The document itself names its head (`ttd_*`), which is what every form reads; the row of the head's position holds only
what the document has no column for: Plh. and the dates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.changes import Change
from models.plan import Plan
from models.rows import Dokumen, Jabatan, Opd, Pejabat, Row, new_id

_ESELON = re.compile(r"(?:eselon\s*)?(IV|III|II|I)(?:[\s./-]*[a-e])?", re.IGNORECASE)
_REGION = re.compile(
    r"(?:pemerintah\s+)?(?:daerah\s+)?(provinsi|kabupaten|kab\.?|kota)\s+(?:administrasi\s+)?", re.IGNORECASE
)
_HEADS = {"provinsi": "Gubernur", "kabupaten": "Bupati", "kota": "Wali Kota"}


@dataclass(frozen=True, slots=True)
class Official:
    """Who signs in a position; "" is not known yet. `jabatan`: the position as it is signed, without "Plt.".

    `plt`, `plh`: acts for the position (pelaksana tugas, pelaksana harian). `mulai`, `sampai`: ISO dates.
    """

    jabatan: str
    nama: str = ""
    pangkat: str = ""
    nip: str = ""
    plt: bool = False
    plh: bool = False
    mulai: str = ""
    sampai: str = ""

    @property
    def signed(self) -> str:
        """The position as it stands above the name: "Plt. Kepala Dinas" for one who only acts in it."""
        acting = "Plt." if self.plt else "Plh." if self.plh else ""
        said = self.jabatan.lower().startswith(("plt", "plh"))
        return f"{acting} {self.jabatan}" if acting and not said else self.jabatan


def agency(plan: Plan, dokumen: Dokumen) -> str:
    """ "Dinas Koperasi Kabupaten Bone": the agency with its region, once."""
    opd = plan.get(Opd, dokumen.opd_id)
    pemda = opd.pemda or ""
    return opd.nama if pemda.lower() in opd.nama.lower() else f"{opd.nama} {pemda}"


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
        bool(row and row.plh),
        (row and row.mulai) or "",
        (row and row.sampai) or "",
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
    plh: bool = False,
    mulai: str | None = None,
    sampai: str | None = None,
) -> list[Change]:
    """Name the official of a position, or of the head's superior where `jabatan_id` is None.

    The head is kept in the document itself. Empty texts are None; without anything said the position has no official.
    """
    dokumen = plan.get(Dokumen, dokumen_id)
    jabatan, nama, pangkat, nip, mulai, sampai = (
        (text or "").strip() or None for text in (jabatan, nama, pangkat, nip, mulai, sampai)
    )
    row = _row(plan, dokumen_id, jabatan_id)
    fresh = row or Pejabat(id=new_id(), dokumen_id=dokumen_id, jabatan_id=jabatan_id)
    term: dict[str, Any] = {"plh": _flag(plh, fresh.plh), "mulai": mulai, "sampai": sampai}
    position = head_position(plan, dokumen)
    if position is not None and position.id == jabatan_id:
        signer = replace(
            dokumen,
            ttd_jabatan=jabatan or dokumen.ttd_jabatan,
            ttd_nama=nama,
            ttd_pangkat=pangkat,
            ttd_nip=nip,
            ttd_plt=int(plt),
        )
        only = replace(fresh, jabatan=None, nama=None, pangkat=None, nip=None, plt=None, **term)
        return _real([Change(dokumen, signer), *_stored(row, only if plh or mulai or sampai else None)])
    if not (jabatan or nama or pangkat or nip or plt or plh or mulai or sampai):
        return _stored(row, None)
    after = replace(fresh, jabatan=jabatan, nama=nama, pangkat=pangkat, nip=nip, plt=int(plt), **term)
    return _real([Change(row, after)])


def name(plan: Plan, dokumen_id: str, jabatan_id: str | None, who: Official, default: str) -> list[Change]:
    """`set_official` with all that `who` says; the position is kept only where it is not signed as `default`."""
    return set_official(
        plan,
        dokumen_id,
        jabatan_id,
        jabatan=who.jabatan if who.jabatan != default else None,
        nama=who.nama,
        pangkat=who.pangkat,
        nip=who.nip,
        plt=who.plt,
        plh=who.plh,
        mulai=who.mulai,
        sampai=who.sampai,
    )


def set_acting(plan: Plan, dokumen: Dokumen, *, plt: bool, plh: bool) -> list[Change]:
    """Say that who signs the document only acts for the head. Plh. has no place where no position is the head's."""
    position, who = head_position(plan, dokumen), head(plan, dokumen)
    if position is None:
        return _real([Change(dokumen, replace(dokumen, ttd_plt=int(plt)))])
    return name(plan, dokumen.id, position.id, replace(who, plt=plt, plh=plh), who.jabatan)


def keep_signer(plan: Plan, dokumen: Dokumen, changes: Sequence[Change]) -> list[Change]:
    """Changes of positions, and what keeps each official in his position where another becomes that of the head.

    The official of the position that becomes the head's signs the document, and the one who signed it so far goes on in
    the former position. Where the new one has no official, who signs remains, and only the position was another.
    """
    before = head_position(plan, dokumen)
    trial = people(plan, dokumen)
    trial.apply(change for change in changes if isinstance(change.row, Dokumen | Jabatan | Pejabat))
    after = head_position(trial, trial.get(Dokumen, dokumen.id))
    if after is None or (before is not None and after.id == before.id):
        return list(changes)
    signer, former = official_below(trial, after), head(plan, dokumen)
    if not signer.nama:
        return list(changes)
    more = name(trial, dokumen.id, after.id, signer, "")
    trial.apply(more)
    if before is not None and trial.find(Jabatan, before.id) is not None and former.nama != signer.nama:
        more += name(trial, dokumen.id, before.id, replace(former, jabatan=before.nama), before.nama)
    return folded([*changes, *more])


def people(plan: Plan, dokumen: Dokumen) -> Plan:
    """The agency, the document, its positions and its officials as a plan of their own, to try changes on."""
    positions, officials = (plan.where(cls, "dokumen_id", dokumen.id) for cls in (Jabatan, Pejabat))
    return Plan([plan.get(Opd, dokumen.opd_id), dokumen, *positions, *officials])


def folded(changes: Sequence[Change]) -> list[Change]:
    """Changes of which some follow others on the same row, as one for each row."""
    ends: dict[str, tuple[Row | None, Row | None]] = {}
    for change in changes:
        before, _ = ends.get(change.row.id, (change.before, None))
        ends[change.row.id] = before, change.after
    return [Change(before, after) for before, after in ends.values() if before != after]


def _stored(row: Pejabat | None, after: Pejabat | None) -> list[Change]:
    return [Change(row, after)] if row is not None or after is not None else []


def _flag(on: bool, before: int | None) -> int | None:
    """None stays None as long as it says the same."""
    return int(on) if on or before is not None else None


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
    return Official(
        row.jabatan or default,
        row.nama or "",
        row.pangkat or "",
        row.nip or "",
        bool(row.plt),
        bool(row.plh),
        row.mulai or "",
        row.sampai or "",
    )

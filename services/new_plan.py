"""A new plan file: one agency, one plan document with the narrative of the template, and the official who signs it."""

import textwrap
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import Opd, new_id
from services.document import Document
from services.edits import new_dokumen
from services.export import safe_name
from services.narasi.template import template_changes
from services.nip import format_nip
from services.order import GAP

FIRST_YEAR = 2000
LAST_YEAR = 2100
LABEL = "rencana baru"
LONGEST_NAME = 60
LONGEST_FILE_NAME = 200
SUFFIX = ".db"

KINDS = {"kabupaten": "Kabupaten", "kota": "Kota", "provinsi": "Provinsi"}
"""jenis_pemda -> the word before the region's name."""

_NOT_IN_NAMES = '<>:"|?*'
_HEADS = {"sekretariat": "Sekretaris", "inspektorat": "Inspektur", "kecamatan": "Camat", "kelurahan": "Lurah"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """What the officer fills in before there is a file. Texts may be empty, but for the agency's name.

    `pemda` is the whole name, "Kabupaten Buleleng"; `nomor_perubahan` counts only for a perubahan.
    """

    opd_nama: str
    tahun: int
    pemda: str = ""
    jenis_pemda: str = ""
    ibu_kota: str = ""
    tahap: Literal["murni", "perubahan"] = "murni"
    nomor_perubahan: int = 1
    jabatan: str = ""
    nama: str = ""
    pangkat: str = ""
    nip: str = ""
    plt: bool = False


def problems(new: NewPlan) -> dict[str, str]:
    """Field of NewPlan -> what is wrong with it and what to do; empty when the plan can be made."""
    found = {}
    if not _clean(new.opd_nama):
        found["opd_nama"] = "Nama perangkat daerah belum diisi. Tulis seperti pada kop surat."
    if not FIRST_YEAR <= new.tahun <= LAST_YEAR:
        found["tahun"] = f"Tahun {new.tahun} di luar {FIRST_YEAR} sampai {LAST_YEAR}. Periksa tahunnya."
    if new.tahap == "perubahan" and new.nomor_perubahan < 1:
        found["nomor_perubahan"] = "Nomor perubahan dimulai dari 1. Periksa nomornya."
    return found


def create_plan(path: Path, new: NewPlan) -> Document:
    """Make the file, published and open. Its folder is made too, where only the last step of it is missing.

    Raises:
        PlanError: a field is wrong, the file is already there, or it cannot be written. Nothing is left behind.
    """
    for sentence in problems(new).values():
        raise PlanError(sentence)
    path = path.absolute()
    _check_name(path)
    _make_folder(path.parent)
    document = Document.create(path)
    try:
        document.edit(LABEL, changes_of(new))
        document.file.publish()
    except BaseException:
        document.file.discard()
        raise
    return document


def changes_of(new: NewPlan) -> tuple[Change, ...]:
    """The agency, its one document and the narrative of the template, for a file without any rows."""
    opd = Opd(
        id=new_id(),
        urutan=GAP,
        nama=_clean(new.opd_nama) or "",
        pemda=_clean(new.pemda),
        jenis_pemda=new.jenis_pemda if _clean(new.pemda) and new.jenis_pemda else None,
        ibu_kota=_clean(new.ibu_kota),
    )
    dokumen = new_dokumen(
        Plan(),
        opd.id,
        judul=f"RENCANA AKSI ATAS PERJANJIAN KINERJA TAHUN {new.tahun}",
        tahun=new.tahun,
        tahap=new.tahap,
        nomor_perubahan=new.nomor_perubahan if new.tahap == "perubahan" else 0,
        tempat=_clean(new.ibu_kota),
        ttd_jabatan=_clean(new.jabatan),
        ttd_nama=_clean(new.nama),
        ttd_pangkat=_clean(new.pangkat),
        ttd_nip=_clean(format_nip(new.nip)),
        ttd_plt=int(new.plt),
    )
    return (Change(None, opd), *dokumen, *template_changes(Plan(), dokumen[0].row.id))


def pemda_name(jenis: str, name: str) -> str:
    """ "Kabupaten Buleleng" from the kind and "Buleleng"; the kind is not said twice, and not without a name."""
    words = name.split()
    if words and words[0].lower() == jenis:
        words = words[1:]
    return " ".join([KINDS[jenis], *words]) if words else ""


def proposed_position(agency: str) -> str:
    """Who heads the agency: "Kepala Dinas Koperasi", "Inspektur Daerah", "Camat Sawan"; "" without a name."""
    words = agency.split()
    if not words:
        return ""
    first = words[0].lower()
    if first in _HEADS:
        return " ".join([_HEADS[first], *words[1:]])
    hospital = first in ("rsud", "rumah") or first.startswith("rs.")
    return " ".join(["Direktur" if hospital else "Kepala", *words])


def proposed_file_name(new: NewPlan) -> str:
    """Such as "Dinas Koperasi dan UKM 2027.db", in letters that every system takes."""
    short = textwrap.shorten(new.opd_nama.replace(",", " "), LONGEST_NAME, placeholder="").removesuffix(" dan")
    name = safe_name(short).replace("-", " ").strip() if short else "Rencana"
    stage = f" Perubahan {new.nomor_perubahan}" if new.tahap == "perubahan" else ""
    return f"{name} {new.tahun}{stage}{SUFFIX}"


def _clean(text: str) -> str | None:
    """One line without control characters; None when nothing is left."""
    line = " ".join(text.split())
    return "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf")).strip() or None


def _check_name(path: Path) -> None:
    """Refuse what some system cannot store: on Windows "a:b.db" would even be written where nobody finds it."""
    if any(c in _NOT_IN_NAMES or unicodedata.category(c) in ("Cc", "Cf") for c in path.name):
        raise PlanError(
            f"Nama berkas tidak boleh memuat tanda {' '.join(_NOT_IN_NAMES)} atau tanda yang tidak terlihat. "
            "Pakai huruf, angka, spasi dan tanda hubung."
        )
    if len(path.name.encode()) > LONGEST_FILE_NAME:
        raise PlanError(f"Nama berkas terlalu panjang. Singkatkan sampai paling banyak {LONGEST_FILE_NAME} huruf.")
    if safe_name(path.stem) == f"{path.stem}-":
        raise PlanError(f"Nama {path.stem} dipakai oleh Windows sendiri. Pilih nama lain.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise PlanError(
            f"Folder {folder} tidak ada dan tidak dapat dibuat (flashdisk dilepas?). Pilih folder lain."
        ) from error

"""A new plan file: one agency, one plan document with the narrative of the template, and the official who signs it."""

import textwrap
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from models.changes import Change
from models.errors import PlanError
from models.files import is_there
from models.plan import Plan
from models.reading import read_plan
from models.rows import Dokumen, Opd, Pejabat, Row, new_id
from services.document import Document
from services.edits import new_dokumen
from services.narasi.template import template_changes
from services.new_year import last_document, new_year_rows
from services.nip import format_nip
from services.order import GAP
from services.pejabat import region_head
from services.safe_names import safe_name

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

    `pemda` is the whole name, "Kabupaten Buleleng"; `nomor_perubahan` counts only for a perubahan. `jabatan` to `plt`
    are the head of the agency, `atasan_*` the head's superior. `last_year`: a plan file to begin from.
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
    atasan_jabatan: str = ""
    atasan_nama: str = ""
    atasan_pangkat: str = ""
    atasan_nip: str = ""
    last_year: Path | None = None


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
    check_target(path)
    changes = changes_of(new) if new.last_year is None else changes_from(new, Plan(read_plan(new.last_year)))
    _make_folder(path.parent)
    document = Document.create(path)
    try:
        document.edit(LABEL, changes)
        document.file.publish()
    except BaseException:
        document.file.discard()
        raise
    return document


def changes_of(new: NewPlan) -> tuple[Change, ...]:
    """The agency, its one document and the narrative of the template, for a file without any rows."""
    opd = Opd(id=new_id(), urutan=GAP, **_agency(new))
    title = f"RENCANA AKSI ATAS PERJANJIAN KINERJA TAHUN {new.tahun}"
    dokumen = new_dokumen(Plan(), opd.id, judul=title, tempat=_clean(new.ibu_kota), **_document(new))
    dokumen_id = dokumen[0].row.id
    superior = (Change(None, row) for row in _superior(new, dokumen_id))
    return (Change(None, opd), *dokumen, *superior, *template_changes(Plan(), dokumen_id))


def changes_from(new: NewPlan, last: Plan) -> tuple[Change, ...]:
    """The plan of last year as it begins the new one, under the name and with the officials given.

    Raises:
        PlanError: last year's file holds no document.
    """
    rows, dokumen_id = new_year_rows(last, last_document(last).id)
    made: list[Row] = []
    for row in rows:
        if isinstance(row, Opd):
            made.append(replace(row, **_agency(new)))
        elif isinstance(row, Dokumen):
            title = row.judul.replace(str(row.tahun), str(new.tahun))
            place = _clean(new.ibu_kota) or row.tempat
            made.append(replace(row, judul=title, tempat=place, **_document(new)))
        elif not isinstance(row, Pejabat):
            made.append(row)
        elif row.jabatan_id is not None:
            # The head's row says only how long, and how, the former head acted.
            made.append(row if row.nama else replace(row, plh=None, mulai=None, sampai=None))
    return tuple(Change(None, row) for row in (*made, *_superior(new, dokumen_id)))


def _agency(new: NewPlan) -> dict[str, Any]:
    return {
        "nama": _clean(new.opd_nama) or "",
        "pemda": _clean(new.pemda),
        "jenis_pemda": new.jenis_pemda if _clean(new.pemda) and new.jenis_pemda else None,
        "ibu_kota": _clean(new.ibu_kota),
    }


def _document(new: NewPlan) -> dict[str, Any]:
    return {
        "tahun": new.tahun,
        "tahap": new.tahap,
        "nomor_perubahan": new.nomor_perubahan if new.tahap == "perubahan" else 0,
        "ttd_jabatan": _clean(new.jabatan),
        "ttd_nama": _clean(new.nama),
        "ttd_pangkat": _clean(new.pangkat),
        "ttd_nip": _clean(format_nip(new.nip)),
        "ttd_plt": int(new.plt),
    }


def _superior(new: NewPlan, dokumen_id: str) -> list[Row]:
    """The superior where the officer has named one; the position alone is known without a row."""
    named = [_clean(text) for text in (new.atasan_nama, new.atasan_pangkat, format_nip(new.atasan_nip))]
    position = _clean(new.atasan_jabatan)
    if not any(named) and position in (None, region_head(Opd(id="", urutan=0, **_agency(new)))):
        return []
    nama, pangkat, nip = named
    return [Pejabat(id=new_id(), dokumen_id=dokumen_id, jabatan=position, nama=nama, pangkat=pangkat, nip=nip, plt=0)]


def check_target(path: Path | None) -> None:
    """Say beforehand what keeps a new plan from being written there.

    Raises:
        PlanError: no name, a name that some system cannot store, or a file that is there already.
    """
    if path is None:
        raise PlanError("Nama berkas belum diisi. Tulis namanya, atau tekan Pilih.")
    _check_name(path)
    if is_there(path):
        raise PlanError(f"{path} sudah ada. Pilih nama lain, atau buka berkas itu.")


def proposed_superior(pemda: str, jenis_pemda: str) -> str:
    """Whose agreement the head signs: "Bupati Buleleng"; "" where the region has no name yet."""
    return region_head(Opd(id="", urutan=0, nama="", pemda=pemda, jenis_pemda=jenis_pemda)) if pemda else ""


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
        # Below the user's own folder all of it; elsewhere a folder that is not there may be a drive that is gone.
        folder.mkdir(parents=Path.home() in folder.parents, exist_ok=True)
    except OSError as error:
        raise PlanError(
            f"Folder {folder} tidak ada dan tidak dapat dibuat (flashdisk dilepas?). Pilih folder lain."
        ) from error

"""What can be found in a row: its texts, and its values by their beginning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.rows import (
    Aksi,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Jabatan,
    Kinerja,
    Narasi,
    Opd,
    Pejabat,
    Row,
    TahunAnggaran,
    TahunIndikator,
)
from services.narasi.markup import plain
from services.rupiah import format_rupiah
from services.series import shown
from services.tanggal import MONTHS

GROUPS = (
    "Kinerja",
    "Program & Anggaran",
    "Angka",
    "Aksi",
    "Catatan periode",
    "Jabatan dan pejabat",
    "Naskah",
    "Identitas",
)
"""Headings of the results, in this order."""
_TEXTS: dict[type[Row], tuple[str, dict[str, str]]] = {
    Kinerja: ("Kinerja", {"uraian": "", "nomor": "Nomor", "kelompok": "Kelompok"}),
    Indikator: (
        "Kinerja",
        {
            "uraian": "",
            "satuan": "Satuan",
            "formula": "Formula",
            "sumber_data": "Sumber data",
            "alasan": "Alasan",
        },
    ),
    Anggaran: (
        "Program & Anggaran",
        {
            "nama": "",
            "kode": "Kode",
            "lokasi": "Lokasi",
            "kelompok_sasaran": "Kelompok sasaran",
            "sumber_dana": "Sumber dana",
        },
    ),
    Aksi: ("Aksi", {"uraian": ""}),
    CatatanPeriode: (
        "Catatan periode",
        {
            "kendala": "Kendala",
            "solusi": "Solusi",
            "tindak_lanjut": "Tindak lanjut",
            "bukti": "Bukti",
            "berkas": "Berkas bukti",
        },
    ),
    Jabatan: ("Jabatan dan pejabat", {"nama": "", "eselon": "Eselon", "unit": "Unit"}),
    Pejabat: (
        "Jabatan dan pejabat",
        {"nama": "", "jabatan": "Jabatan", "pangkat": "Pangkat", "nip": "NIP"},
    ),
    Narasi: ("Naskah", {"judul": "", "isi": ""}),
    Dokumen: (
        "Identitas",
        {"judul": "", "ttd_nama": "Penanda tangan", "ttd_jabatan": "Jabatan", "ttd_nip": "NIP", "tempat": "Tempat"},
    ),
    Opd: ("Identitas", {"nama": "", "singkatan": "Singkatan", "pemda": "Pemerintah daerah"}),
}
"""Table -> (group, text column -> what it is called; "" for the column that names the row)."""

SEARCHED: tuple[type[Row], ...] = (
    *_TEXTS,
    DeretIndikator,
    DeretAnggaran,
    DeretRasio,
    TahunIndikator,
    TahunAnggaran,
)
"""The tables that are searched, in the order of their results."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One text or value of a row. `value`: as it stands in the index, behind a line break."""

    label: str
    text: str
    value: str = ""
    month: int | None = None
    names: bool = False
    kumulatif: bool | None = None


def group_of(cls: type[Row]) -> str:
    """Under which heading a row of a table is listed."""
    return _TEXTS[cls][0] if cls in _TEXTS else "Angka"


def texts_of(row: Row) -> str:
    """The texts of a row, in which a word may stand anywhere."""
    if type(row) not in _TEXTS:
        return ""
    words = [getattr(row, name) or "" for name in _TEXTS[type(row)][1]]
    if isinstance(row, Narasi):
        words = [row.judul or "", plain(row.isi)]
    elif isinstance(row, Pejabat | Dokumen):
        words.append("".join(((row.nip if isinstance(row, Pejabat) else row.ttd_nip) or "").split()))
    return "\n".join(words).casefold()


def values_of(row: Row) -> str:
    """Every value behind a line break, so that it is found by its beginning."""
    values: Iterable[str | int | None] = ()
    if isinstance(row, Indikator):
        values = (row.target, row.realisasi, row.kondisi_awal)
    elif isinstance(row, Anggaran):
        values = (row.pagu,)
    elif isinstance(row, TahunAnggaran | TahunIndikator):
        values = (row.nilai,)
    elif isinstance(row, DeretIndikator | DeretRasio):
        values = row.nilai
    elif isinstance(row, DeretAnggaran):
        values = {*row.nilai, *shown(row, kumulatif=not row.kumulatif)}
    return "".join([f"\n{value}" for value in values if value is not None]).casefold()


def cells_of(row: Row) -> Iterator[Cell]:
    """The texts and values of a row one by one, for showing which of them matches."""
    if type(row) in _TEXTS:
        for name, label in _TEXTS[type(row)][1].items():
            text = getattr(row, name) or ""
            if isinstance(row, CatatanPeriode):
                label = f"{label} {MONTHS[row.bulan - 1]}"
            yield Cell(label, plain(text) if name == "isi" else text, names=not label and name != "isi")
    if isinstance(row, Indikator):
        for name, label in (("target", "Target"), ("realisasi", "Realisasi"), ("kondisi_awal", "Kondisi awal")):
            yield _cell(label, getattr(row, name))
    elif isinstance(row, Anggaran):
        yield _cell("Pagu", row.pagu)
    elif isinstance(row, DeretIndikator | DeretRasio):
        for month, text in enumerate(row.nilai):
            yield _cell(f"{row.jenis.capitalize()} {MONTHS[month]}", text, month)
    elif isinstance(row, DeretAnggaran):
        yield from _cash_cells(row)
    elif isinstance(row, TahunIndikator | TahunAnggaran):
        yield _cell(f"{row.jenis.replace('_', ' ').capitalize()} {row.tahun}", row.nilai)


def _cash_cells(row: DeretAnggaran) -> Iterator[Cell]:
    for kumulatif in (bool(row.kumulatif), not row.kumulatif):
        view = "" if kumulatif == bool(row.kumulatif) else " (kumulatif)" if kumulatif else " (per bulan)"
        for month, value in enumerate(shown(row, kumulatif=kumulatif)):
            yield _cell(f"{row.jenis.capitalize()} {MONTHS[month]}{view}", value, month, kumulatif)


def _cell(label: str, value: str | int | None, month: int | None = None, kumulatif: bool | None = None) -> Cell:
    if value is None:
        return Cell(label, "")
    text = format_rupiah(value) if isinstance(value, int) else value
    return Cell(label, text, f"\n{value}".casefold(), month, kumulatif=kumulatif)

"""What rows, fields and values of the history are called in front of the officer; also of rows that are gone."""

import json
from typing import Any

from models.plan import Plan
from models.rows import (
    TABLES,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Indikator,
    Kinerja,
    Konflik,
    Pengaturan,
    Row,
    TahunAnggaran,
    TahunIndikator,
    TutupPeriode,
    columns,
    references,
)
from services.naming import NAMELESS, level_name, row_text
from services.rupiah import format_rupiah
from services.tanggal import MONTHS, QUARTERS, format_tanggal

KINDS = {
    "opd": "perangkat daerah",
    "dokumen": "dokumen",
    "jabatan": "jabatan",
    "kinerja": "baris kinerja",
    "anggaran": "baris anggaran",
    "indikator": "indikator",
    "deret_indikator": "target dan realisasi indikator",
    "deret_anggaran": "kas dan realisasi anggaran",
    "tahun_indikator": "target per tahun",
    "tahun_anggaran": "pagu per tahun",
    "dukungan": "dukungan",
    "aksi": "rencana aksi",
    "narasi": "bagian narasi",
    "total_tercetak": "total tercetak",
    "pejabat": "pejabat",
    "deret_rasio": "pembilang dan penyebut",
    "catatan_periode": "catatan periode",
    "tutup_periode": "penutupan periode",
    "pengaturan": "pengaturan",
    "kop": "kop surat",
    "formulir": "setelan formulir",
    "terima": "temuan yang diterima",
    "salinan": "salinan yang dikirim",
    "gabung": "penggabungan",
    "konflik": "pertentangan",
}
"""Table -> what its rows are called."""

_FIELDS = {
    "pagu": "pagu",
    "target": "target setahun",
    "akumulasi": "cara hitung",
    "metode": "rumus capaian",
    "iku": "tanda IKU",
    "plt": "pelaksana tugas",
    "plh": "pelaksana harian",
    "mulai": "mulai menjabat",
    "sampai": "selesai menjabat",
    "nip": "NIP",
    "ttd_nip": "NIP penanda tangan",
    "ttd_nama": "nama penanda tangan",
    "ttd_pangkat": "pangkat penanda tangan",
    "ttd_jabatan": "jabatan penanda tangan",
    "ttd_plt": "tanda pelaksana tugas",
    "penanggung_jawab_id": "penanggung jawab",
    "atasan_id": "atasan",
    "induk_id": "induk",
    "kinerja_id": "kinerja",
    "anggaran_id": "anggaran",
    "indikator_id": "indikator",
    "jabatan_id": "jabatan",
    "dokumen_id": "dokumen",
    "opd_id": "perangkat daerah",
    "urutan": "urutan",
    "sisa": "isian lain dari berkas impor",
    "asal_id": "kode asal",
    "berkas": "berkas salinan",
    "untuk": "untuk",
    "dasar": "dasar",
    "tutup": "ditutup",
    "siapa": "oleh",
    "siapa_kita": "diisi oleh",
    "siapa_mereka": "diisi di salinan oleh",
    "pemda": "pemerintah daerah",
    "isi": "isi",
    "muat_lebar": "muat selebar halaman",
    "mendatar": "arah kertas mendatar",
}
_FLAGS = {"iku", "plt", "plh", "ttd_plt", "kumulatif", "mendatar", "muat_lebar", "judul_kolom", "kop", "kode", "tutup"}
_MONEY = {(Anggaran.TABLE, "pagu"), (TahunAnggaran.TABLE, "nilai"), ("total_tercetak", "nilai")}
_SERIES = ("deret_indikator", "deret_anggaran", "deret_rasio")

_SETTINGS = {
    "capaian.sampai": "periode capaian",
    "capaian.predikat": "predikat capaian",
    "capaian.peringkat": "urutan nilai huruf",
    "capaian.batas": "batas atas dan bawah capaian",
    "capaian.efisiensi": "cara menilai efisiensi",
}
"""Settings -> what they are about."""

EMPTY, BLANK = "belum diisi", "kosong"
"""How null and "" are written; "-" and 0 are written as they are."""

LONGEST = 200

NAME_MAX = 32
"""Characters of a row's name in the name of an undo step."""


def kind_name(table: str) -> str:
    """ "baris anggaran"; of a table that is not known here, its name in words."""
    return KINDS.get(table, table.replace("_", " "))


def field_name(table: str, column: str, row: Row | None = None) -> str:
    """ "pagu", "kas Maret", "target TW I" (a quarter where the series is of quarters), "cara hitung"."""
    if table in _SERIES and column[:1] == "b" and column[1:].isdigit():
        month = int(column[1:])
        series = row if isinstance(row, DeretIndikator | DeretAnggaran | DeretRasio) else None
        period = QUARTERS[(month - 1) // 3] if series and series.periode == "triwulan" else MONTHS[month - 1]
        return f"{series.jenis} {period}" if series else period
    return _FIELDS.get(column, column.removesuffix("_id").replace("_", " "))


def value_text(plan: Plan, table: str, column: str, value: Any) -> str:
    """A value as the officer knows it: an amount with dots, a name for an id, a day in words."""
    if value is None:
        return EMPTY
    if value == "":
        return BLANK
    cls = TABLES.get(table)
    if cls is not None and column in references(cls):
        row = plan.find(TABLES[references(cls)[column]], str(value))
        return _named(row) if row is not None else "baris yang sudah dihapus"
    if isinstance(value, int):
        if column in _FLAGS:
            return "ya" if value else "tidak"
        money = (table, column) in _MONEY or (table == DeretAnggaran.TABLE and column[1:].isdigit())
        return format_rupiah(value) if money else str(value)
    text = str(value)
    if column == "tanggal":
        return format_tanggal(text)
    if column == "waktu" and text[10:11] == "T":
        return f"{format_tanggal(text[:10])} pukul {text[11:16].replace(':', '.')}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def row_name(plan: Plan, row: Row) -> str:
    """ "Sub kegiatan Pendataan koperasi"; a series, a year or an action is called by its line."""
    if isinstance(row, Kinerja | Anggaran | Indikator):
        return f"{level_name(row)} {row_text(row)}"
    if isinstance(row, Konflik):
        return _conflict_name(plan, row)
    for field, table in references(type(row)).items():
        if field not in ("dokumen_id", "opd_id", "penanggung_jawab_id", "atasan_id", "jabatan_id"):
            line = plan.find(TABLES[table], getattr(row, field))
            if line is not None:
                name = row_name(plan, line)
                year = f" {row.tahun}" if isinstance(row, TahunAnggaran | TahunIndikator) else ""
                if isinstance(row, CatatanPeriode):
                    year = f" {MONTHS[row.bulan - 1]}"
                return name if row.TABLE in _SERIES else f"{kind_name(row.TABLE).capitalize()}{year}, {name}"
    return f"{kind_name(row.TABLE).capitalize()} {_named(row)}".strip()


def _conflict_name(plan: Plan, conflict: Konflik) -> str:
    """ "Pertentangan kas April, Sub kegiatan Pendataan koperasi"."""
    cls = TABLES.get(conflict.tabel)
    row = plan.find(cls, conflict.baris) if cls is not None else None
    fields = ", ".join(field_name(conflict.tabel, name, row) for name in (conflict.kolom or "").split(",") if name)
    where = row_name(plan, row) if row is not None else kind_name(conflict.tabel)
    return f"Pertentangan {', '.join(part for part in (fields, where) if part)}"


def step_of(verb: str, row: Row) -> str:
    """A name for an undo step: "hapus kegiatan Pendataan Potensi dan...", "ubah pagu program PEMBERDAYAAN USAHA..."."""
    if not isinstance(row, Kinerja | Anggaran | Indikator):
        return verb
    return f"{verb} {level_name(row).lower()} {_short_name(row)}".strip()


def called(row: Kinerja | Anggaran | Indikator) -> str:
    """ "Kegiatan Pendataan koperasi"; not "Program Program Pemberdayaan", where the name begins with the level."""
    return f"{level_name(row)} {_without_level(row)}".strip()


def _without_level(row: Row) -> str:
    text, level = " ".join(row_text(row).split()), level_name(row)
    begins = text.casefold().startswith(f"{level.casefold()} ")
    return text[len(level) + 1 :] if begins else text


def _short_name(row: Row) -> str:
    """The text of a row in one line of at most NAME_MAX characters, cut between words; "" where it has none."""
    text = _without_level(row)
    if text == NAMELESS or len(text) <= NAME_MAX:
        return "" if text == NAMELESS else text
    cut = text[: NAME_MAX - 2]
    whole, _, _ = cut.rpartition(" ")
    return f"{(whole if len(whole) > NAME_MAX // 2 else cut[: NAME_MAX - 3]).rstrip(' ,;.-')}..."


def _named(row: Row) -> str:
    if isinstance(row, TutupPeriode):
        return f"sampai {MONTHS[row.bulan - 1]}"
    if isinstance(row, Pengaturan):
        return _SETTINGS.get(row.kunci, row.kunci)
    for field in ("nama", "judul", "uraian", "tempat", "jabatan", "kunci", "berkas", "untuk"):
        text = getattr(row, field, None)
        if text:
            return str(text)
    return NAMELESS


def row_of_json(table: str, text: str) -> Row | None:
    """The row that an entry of the history holds whole; None where this program does not know it."""
    cls = TABLES.get(table)
    try:
        values = json.loads(text)
        return cls.from_columns([values.get(name) for name in columns(cls)]) if cls is not None else None
    except (ValueError, TypeError, AttributeError):
        return None

"""The tables of the plan file: written out once per version, migrated through sqlite-utils, never edited afterwards.

`user_version` is the number of steps applied; `application_id` says that a file is ours before SQLite reads it.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x524E4B53
"""'RNKS' in the four bytes at offset 68 of the file."""

VERSION = 4
"""The version that this program writes: the number of steps below."""

_MONTHS_TEXT = ", ".join(f"b{m:02} TEXT" for m in range(1, 13))
_MONTHS_RUPIAH = ", ".join(f"b{m:02} INTEGER CHECK (b{m:02} BETWEEN 0 AND 1000000000000000)" for m in range(1, 13))

_V1 = (
    """CREATE TABLE opd (id TEXT PRIMARY KEY, sisa TEXT, urutan INTEGER NOT NULL, nama TEXT NOT NULL, singkatan TEXT,
    pemda TEXT, jenis_pemda TEXT CHECK (jenis_pemda IN ('provinsi', 'kabupaten', 'kota')), ibu_kota TEXT) STRICT""",
    """CREATE TABLE dokumen (id TEXT PRIMARY KEY, sisa TEXT,
    opd_id TEXT NOT NULL REFERENCES opd DEFERRABLE INITIALLY DEFERRED, urutan INTEGER NOT NULL, judul TEXT NOT NULL,
    tahun INTEGER NOT NULL, tahap TEXT, nomor_perubahan INTEGER, tempat TEXT, tanggal TEXT, ttd_jabatan TEXT,
    ttd_nama TEXT, ttd_pangkat TEXT, ttd_nip TEXT, ttd_plt INTEGER CHECK (ttd_plt IN (0, 1)), awal_renstra INTEGER,
    akhir_renstra INTEGER, sumber TEXT) STRICT""",
    """CREATE TABLE jabatan (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, asal_id TEXT, urutan INTEGER NOT NULL,
    nama TEXT NOT NULL, eselon TEXT, unit TEXT,
    atasan_id TEXT REFERENCES jabatan DEFERRABLE INITIALLY DEFERRED) STRICT""",
    """CREATE TABLE kinerja (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, asal_id TEXT, urutan INTEGER NOT NULL,
    tingkat TEXT NOT NULL CHECK (tingkat IN ('tujuan', 'sasaran_strategis', 'sasaran_program', 'sasaran_kegiatan',
    'sasaran_sub_kegiatan', 'sasaran_individu')),
    induk_id TEXT REFERENCES kinerja DEFERRABLE INITIALLY DEFERRED, nomor TEXT, uraian TEXT, kelompok TEXT,
    penanggung_jawab_id TEXT REFERENCES jabatan DEFERRABLE INITIALLY DEFERRED) STRICT""",
    """CREATE TABLE anggaran (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, asal_id TEXT, urutan INTEGER NOT NULL,
    jenis TEXT NOT NULL CHECK (jenis IN ('program', 'kegiatan', 'sub_kegiatan')),
    induk_id TEXT REFERENCES anggaran DEFERRABLE INITIALLY DEFERRED, kode TEXT, nama TEXT NOT NULL,
    pagu INTEGER CHECK (pagu BETWEEN 0 AND 1000000000000000),
    penanggung_jawab_id TEXT REFERENCES jabatan DEFERRABLE INITIALLY DEFERRED, lokasi TEXT, kelompok_sasaran TEXT,
    sumber_dana TEXT) STRICT""",
    """CREATE TABLE indikator (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, asal_id TEXT, urutan INTEGER NOT NULL,
    kinerja_id TEXT REFERENCES kinerja DEFERRABLE INITIALLY DEFERRED,
    anggaran_id TEXT REFERENCES anggaran DEFERRABLE INITIALLY DEFERRED, uraian TEXT NOT NULL, satuan TEXT,
    iku INTEGER CHECK (iku IN (0, 1)),
    akumulasi TEXT CHECK (akumulasi IN ('kumulatif', 'jumlah', 'posisi', 'predikat')),
    arah TEXT CHECK (arah IN ('naik', 'turun')), target TEXT, realisasi TEXT, capaian_tercetak TEXT, alasan TEXT,
    formula TEXT, sumber_data TEXT, kondisi_awal TEXT,
    CHECK ((kinerja_id IS NULL) <> (anggaran_id IS NULL))) STRICT""",
    f"""CREATE TABLE deret_indikator (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED,
    indikator_id TEXT NOT NULL REFERENCES indikator DEFERRABLE INITIALLY DEFERRED,
    jenis TEXT NOT NULL CHECK (jenis IN ('target', 'realisasi')),
    periode TEXT NOT NULL CHECK (periode IN ('bulan', 'triwulan')), {_MONTHS_TEXT},
    UNIQUE (indikator_id, jenis)) STRICT""",
    f"""CREATE TABLE deret_anggaran (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED,
    anggaran_id TEXT NOT NULL REFERENCES anggaran DEFERRABLE INITIALLY DEFERRED,
    jenis TEXT NOT NULL CHECK (jenis IN ('kas', 'realisasi')),
    periode TEXT NOT NULL CHECK (periode IN ('bulan', 'triwulan')),
    kumulatif INTEGER CHECK (kumulatif IN (0, 1)), {_MONTHS_RUPIAH},
    UNIQUE (anggaran_id, jenis)) STRICT""",
    """CREATE TABLE tahun_indikator (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED,
    indikator_id TEXT NOT NULL REFERENCES indikator DEFERRABLE INITIALLY DEFERRED, urutan INTEGER NOT NULL,
    jenis TEXT NOT NULL CHECK (jenis IN ('target', 'realisasi', 'capaian_tercetak')), tahun TEXT NOT NULL, nilai TEXT,
    UNIQUE (indikator_id, jenis, tahun)) STRICT""",
    """CREATE TABLE tahun_anggaran (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED,
    anggaran_id TEXT NOT NULL REFERENCES anggaran DEFERRABLE INITIALLY DEFERRED, urutan INTEGER NOT NULL,
    jenis TEXT NOT NULL CHECK (jenis IN ('pagu', 'realisasi')), tahun TEXT NOT NULL,
    nilai INTEGER CHECK (nilai BETWEEN 0 AND 1000000000000000), UNIQUE (anggaran_id, jenis, tahun)) STRICT""",
    """CREATE TABLE dukungan (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, urutan INTEGER NOT NULL,
    kinerja_id TEXT NOT NULL REFERENCES kinerja DEFERRABLE INITIALLY DEFERRED,
    indikator_id TEXT REFERENCES indikator DEFERRABLE INITIALLY DEFERRED,
    anggaran_id TEXT NOT NULL REFERENCES anggaran DEFERRABLE INITIALLY DEFERRED) STRICT""",
    """CREATE TABLE aksi (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, asal_id TEXT, urutan INTEGER NOT NULL,
    anggaran_id TEXT NOT NULL REFERENCES anggaran DEFERRABLE INITIALLY DEFERRED, nomor INTEGER, uraian TEXT NOT NULL,
    bulan TEXT, penanggung_jawab_id TEXT REFERENCES jabatan DEFERRABLE INITIALLY DEFERRED) STRICT""",
    """CREATE TABLE narasi (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, urutan INTEGER NOT NULL, kunci TEXT,
    judul TEXT, isi TEXT) STRICT""",
    """CREATE TABLE total_tercetak (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, urutan INTEGER NOT NULL, tempat TEXT,
    nilai INTEGER) STRICT""",
    """CREATE TABLE riwayat (id INTEGER PRIMARY KEY, langkah INTEGER NOT NULL, tabel TEXT NOT NULL, baris TEXT NOT NULL,
    kolom TEXT, lama TEXT, baru TEXT, waktu TEXT NOT NULL, siapa TEXT NOT NULL, label TEXT NOT NULL,
    sidik TEXT NOT NULL) STRICT""",
)


_V2 = (
    """CREATE TABLE pejabat (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, urutan INTEGER NOT NULL,
    jabatan_id TEXT REFERENCES jabatan DEFERRABLE INITIALLY DEFERRED, jabatan TEXT, nama TEXT, pangkat TEXT,
    nip TEXT, plt INTEGER CHECK (plt IN (0, 1)), UNIQUE (jabatan_id)) STRICT""",
    """CREATE TABLE kop (id TEXT PRIMARY KEY, sisa TEXT,
    opd_id TEXT NOT NULL REFERENCES opd DEFERRABLE INITIALLY DEFERRED, baris TEXT NOT NULL, logo TEXT,
    UNIQUE (opd_id)) STRICT""",
    """CREATE TABLE formulir (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, nama TEXT NOT NULL, kertas TEXT,
    mendatar INTEGER CHECK (mendatar IN (0, 1)), tepi_atas INTEGER, tepi_kanan INTEGER, tepi_bawah INTEGER,
    tepi_kiri INTEGER, huruf INTEGER, muat_lebar INTEGER CHECK (muat_lebar IN (0, 1)),
    judul_kolom INTEGER CHECK (judul_kolom IN (0, 1)),
    kop INTEGER CHECK (kop IN (0, 1)), draf TEXT CHECK (draf IN ('tidak', 'galat', 'selalu')),
    kode INTEGER CHECK (kode IN (0, 1)), UNIQUE (dokumen_id, nama)) STRICT""",
    """CREATE TABLE terima (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, urutan INTEGER NOT NULL,
    kode TEXT NOT NULL, tabel TEXT NOT NULL, baris TEXT NOT NULL, periode TEXT, nilai TEXT, alasan TEXT NOT NULL,
    siapa TEXT, waktu TEXT) STRICT""",
)
"""What the papers need beside the plan: who signs, the letterhead, how each form is printed, and which findings were
accepted.
"""

_NARASI_TINGKAT = "tingkat INTEGER CHECK (tingkat BETWEEN 1 AND 3)"


_V3 = (
    """CREATE TABLE salinan (id TEXT PRIMARY KEY, sisa TEXT, untuk TEXT NOT NULL, bagian TEXT, asal TEXT NOT NULL,
    waktu TEXT NOT NULL) STRICT""",
    """CREATE TABLE gabung (id TEXT PRIMARY KEY, sisa TEXT, berkas TEXT NOT NULL, kepala_kita TEXT NOT NULL,
    kepala_mereka TEXT NOT NULL, jejak TEXT NOT NULL,
    sebagian INTEGER NOT NULL CHECK (sebagian IN (0, 1)), waktu TEXT NOT NULL) STRICT""",
    """CREATE TABLE konflik (id TEXT PRIMARY KEY, sisa TEXT,
    gabung_id TEXT NOT NULL REFERENCES gabung DEFERRABLE INITIALLY DEFERRED,
    jenis TEXT NOT NULL CHECK (jenis IN ('sel', 'baris', 'ganda')), tabel TEXT NOT NULL, baris TEXT NOT NULL,
    kolom TEXT, dasar TEXT, kita TEXT, mereka TEXT, siapa_kita TEXT, waktu_kita TEXT, siapa_mereka TEXT,
    waktu_mereka TEXT) STRICT""",
)
"""Copies that were sent, histories that were joined, and the disagreements that are still open."""


_INDIKATOR = ("metode TEXT", "pembilang TEXT", "penyebut TEXT")
_PEJABAT = ("plh INTEGER CHECK (plh IN (0, 1))", "mulai TEXT", "sampai TEXT")

_V4 = (
    f"""CREATE TABLE deret_rasio (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED,
    indikator_id TEXT NOT NULL REFERENCES indikator DEFERRABLE INITIALLY DEFERRED,
    jenis TEXT NOT NULL CHECK (jenis IN ('pembilang', 'penyebut')),
    periode TEXT NOT NULL CHECK (periode IN ('bulan', 'triwulan')), {_MONTHS_TEXT},
    UNIQUE (indikator_id, jenis)) STRICT""",
    """CREATE TABLE catatan_periode (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED,
    indikator_id TEXT REFERENCES indikator DEFERRABLE INITIALLY DEFERRED,
    anggaran_id TEXT REFERENCES anggaran DEFERRABLE INITIALLY DEFERRED,
    bulan INTEGER NOT NULL CHECK (bulan BETWEEN 1 AND 12), kendala TEXT, solusi TEXT, tindak_lanjut TEXT, bukti TEXT,
    berkas TEXT, UNIQUE (indikator_id, bulan), UNIQUE (anggaran_id, bulan),
    CHECK ((indikator_id IS NULL) <> (anggaran_id IS NULL))) STRICT""",
    """CREATE TABLE tutup_periode (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED,
    bulan INTEGER NOT NULL CHECK (bulan BETWEEN 1 AND 12), tutup INTEGER NOT NULL CHECK (tutup IN (0, 1)),
    alasan TEXT, siapa TEXT, waktu TEXT, UNIQUE (dokumen_id, bulan)) STRICT""",
    """CREATE TABLE pengaturan (id TEXT PRIMARY KEY, sisa TEXT,
    dokumen_id TEXT NOT NULL REFERENCES dokumen DEFERRABLE INITIALLY DEFERRED, kunci TEXT NOT NULL,
    isi TEXT NOT NULL, UNIQUE (dokumen_id, kunci)) STRICT""",
)
"""Realisation: counts of ratios, what is said of a period, closed periods, settings; and how long an official acts."""

INDEXES = {
    f"{table}_{column}": (table, column)
    for table, column in (
        ("jabatan", "atasan_id"),
        ("kinerja", "induk_id"),
        ("kinerja", "penanggung_jawab_id"),
        ("anggaran", "induk_id"),
        ("anggaran", "penanggung_jawab_id"),
        ("indikator", "kinerja_id"),
        ("indikator", "anggaran_id"),
        ("dukungan", "kinerja_id"),
        ("dukungan", "indikator_id"),
        ("dukungan", "anggaran_id"),
        ("aksi", "anggaran_id"),
        ("aksi", "penanggung_jawab_id"),
        ("konflik", "gabung_id"),
    )
}
"""Name -> (table, column) that names other rows and begins no UNIQUE: without it deleting a row reads a whole table."""

_V4_INDEXES = tuple(f"CREATE INDEX {name} ON {table} ({column})" for name, (table, column) in INDEXES.items())


def _steps() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name, statements) of each version, oldest first. Append; never edit."""
    later = [f"ALTER TABLE indikator ADD COLUMN {column}" for column in _INDIKATOR]
    later += [f"ALTER TABLE pejabat ADD COLUMN {column}" for column in _PEJABAT]
    return (
        ("v1", _V1),
        ("v2", (*_V2, f"ALTER TABLE narasi ADD COLUMN {_NARASI_TINGKAT}")),
        ("v3", _V3),
        ("v4", (*_V4, *later, *_V4_INDEXES)),
    )


def statements(version: int) -> tuple[str, ...]:
    """The text of every table and index of a version, as sqlite_schema holds it."""
    if version not in range(1, VERSION + 1):
        return ()
    tables = [*_V1, *(_V2 if version > 1 else ()), *(_V3 if version > 2 else ()), *(_V4 if version > 3 else ())]
    if version > 1:
        tables = [sql.replace("isi TEXT)", f"isi TEXT, {_NARASI_TINGKAT})") for sql in tables]
    if version > 3:
        indikator, pejabat = ", ".join(_INDIKATOR), ", ".join(_PEJABAT)
        tables = [sql.replace("kondisi_awal TEXT,", f"kondisi_awal TEXT, {indikator},") for sql in tables]
        tables = [sql.replace(", UNIQUE (jabatan_id)", f", {pejabat}, UNIQUE (jabatan_id)") for sql in tables]
        tables += _V4_INDEXES
    return tuple(tables)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a working copy (an empty one, too) to VERSION; a step and its record are one transaction."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("renaksi")
    for name, statements in _steps():

        def step(db: Database, statements: tuple[str, ...] = statements) -> None:
            for statement in statements:
                db.execute(statement)

        migrations(name=name)(step)
    db = Database(connection, execute_plugins=False)
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")

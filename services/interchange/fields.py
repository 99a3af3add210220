"""Which key of the interchange file is which column. Source: interchange.md; both directions read these tables."""

from dataclasses import dataclass
from typing import Literal

from models.rows import (
    Aksi,
    Anggaran,
    CatatanPeriode,
    Dokumen,
    Dukungan,
    Formulir,
    Indikator,
    Jabatan,
    Kinerja,
    Kop,
    Narasi,
    Opd,
    Pejabat,
    Pengaturan,
    Row,
    TotalTercetak,
    TutupPeriode,
)
from services.terms import JENIS, TINGKAT

Kind = Literal["text", "integer", "rupiah", "flag", "month"]

AKUMULASI = ("kumulatif", "jumlah", "posisi", "predikat")


@dataclass(frozen=True, slots=True)
class Field:
    """One key. `names`: the row class whose interchange id stands here instead of a value."""

    key: str
    column: str = ""
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    names: type[Row] | None = None
    longest: int = 4000
    """Characters of a text, 0 for any number (file-safety.md, bad input)."""

    @property
    def name(self) -> str:
        """The column."""
        return self.column or self.key


_PJ = Field("penanggung_jawab", "penanggung_jawab_id", names=Jabatan)

FIELDS: dict[type[Row], tuple[Field, ...]] = {
    Opd: (
        Field("nama", required=True),
        Field("singkatan"),
        Field("pemda"),
        Field("jenis_pemda", choices=("provinsi", "kabupaten", "kota")),
        Field("ibu_kota"),
    ),
    Dokumen: (
        Field("judul", required=True),
        Field("tahun", kind="integer", required=True),
        Field("tahap"),
        Field("nomor_perubahan", kind="integer"),
        Field("tempat"),
        Field("tanggal"),
        Field("awal_renstra", kind="integer"),
        Field("akhir_renstra", kind="integer"),
    ),
    Jabatan: (
        Field("nama", required=True),
        Field("eselon"),
        Field("unit"),
        Field("atasan", "atasan_id", names=Jabatan),
    ),
    Kinerja: (
        Field("tingkat", required=True, choices=TINGKAT),
        Field("induk", "induk_id", names=Kinerja),
        Field("nomor"),
        Field("uraian"),
        Field("kelompok"),
        _PJ,
    ),
    Anggaran: (
        Field("jenis", required=True, choices=JENIS),
        Field("induk", "induk_id", names=Anggaran),
        Field("kode"),
        Field("nama", required=True),
        Field("pagu", kind="rupiah"),
        _PJ,
        Field("lokasi"),
        Field("kelompok_sasaran"),
        Field("sumber_dana"),
    ),
    Indikator: (
        Field("uraian", required=True),
        Field("satuan"),
        Field("iku", kind="flag"),
        Field("akumulasi", choices=AKUMULASI),
        Field("arah", choices=("naik", "turun")),
        Field("target"),
        Field("realisasi"),
        Field("alasan"),
        Field("formula"),
        Field("sumber_data"),
        Field("kondisi_awal"),
        Field("metode"),
        Field("pembilang"),
        Field("penyebut"),
    ),
    Dukungan: (
        Field("kinerja", "kinerja_id", required=True, names=Kinerja),
        Field("indikator", "indikator_id", names=Indikator),
        Field("anggaran", "anggaran_id", required=True, names=Anggaran),
    ),
    Aksi: (
        Field("anggaran", "anggaran_id", required=True, names=Anggaran),
        Field("urutan", "nomor", kind="integer"),
        Field("uraian", required=True),
        _PJ,
    ),
    Narasi: (Field("kunci"), Field("judul"), Field("isi", longest=0), Field("tingkat", kind="integer")),
    TotalTercetak: (Field("tempat"), Field("nilai", kind="integer")),
    Pejabat: (
        Field("jabatan", "jabatan_id", names=Jabatan),
        Field("sebagai", "jabatan"),
        Field("nama"),
        Field("pangkat"),
        Field("nip"),
        Field("plt", kind="flag"),
        Field("plh", kind="flag"),
        Field("mulai"),
        Field("sampai"),
    ),
    CatatanPeriode: (
        Field("bulan", kind="month", required=True),
        Field("kendala"),
        Field("solusi"),
        Field("tindak_lanjut"),
        Field("bukti"),
        Field("berkas"),
    ),
    TutupPeriode: (
        Field("bulan", kind="month", required=True),
        Field("tutup", kind="flag", required=True),
        Field("alasan"),
        Field("siapa"),
        Field("waktu"),
    ),
    Pengaturan: (Field("kunci", required=True), Field("isi", required=True, longest=0)),
    Kop: (Field("baris", required=True), Field("logo", longest=0)),
    Formulir: (
        Field("nama", required=True),
        Field("kertas"),
        Field("mendatar", kind="flag"),
        Field("tepi_atas", kind="integer"),
        Field("tepi_kanan", kind="integer"),
        Field("tepi_bawah", kind="integer"),
        Field("tepi_kiri", kind="integer"),
        Field("huruf", kind="integer"),
        Field("muat_lebar", kind="flag"),
        Field("judul_kolom", kind="flag"),
        Field("kop", kind="flag"),
        Field("draf", choices=("tidak", "galat", "selalu")),
        Field("kode", kind="flag"),
    ),
}
"""`pejabat`, `kop` and `formulir` are ours: who signs in a position, the letterhead, how a form is printed; so are
`metode`, `pembilang` and `penyebut` of an indicator with their series, `catatan_periode` of an indicator or a budget
line, `tutup_periode` and `pengaturan` (`isi` is JSON in a text). Other programs of version 1 keep them as keys that
they do not know.
"""

SIGNATORY: tuple[Field, ...] = (
    Field("jabatan", "ttd_jabatan"),
    Field("nama", "ttd_nama"),
    Field("pangkat", "ttd_pangkat"),
    Field("nip", "ttd_nip"),
    Field("plt", "ttd_plt", kind="flag"),
)

SERIES_OF_INDIKATOR = {"target_periode": "target", "realisasi_periode": "realisasi"}
SERIES_OF_RASIO = {"pembilang_periode": "pembilang", "penyebut_periode": "penyebut"}
SERIES_OF_ANGGARAN = {"kas": "kas", "realisasi": "realisasi"}
YEARS_OF_INDIKATOR = {"target_tahun": "target", "realisasi_tahun": "realisasi", "capaian_tercetak": "capaian_tercetak"}
YEARS_OF_ANGGARAN = {"pagu_tahun": "pagu", "realisasi_tahun": "realisasi"}

PERIODS = {"bulan": tuple(range(12)), "triwulan": (2, 5, 8, 11)}
"""Where the entries of `nilai` stand among the twelve months: a quarter in the month that closes it."""

"""Row: one frozen dataclass per table of the plan file.

The dataclass is the only description of a table: schema, reading, writing, history and the indexes of a plan are all
derived from its fields. Ids are text and unique everywhere; `asal_id` keeps the id of the interchange file beside it.
`sisa` is JSON text with what the interchange file held and no column holds: nulls that were written out, empty lists
and keys unknown to version 1. Merging it in on export gives the very file back.
"""

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self

NILAI_MAKS = 10**15
"""Bound of every rupiah amount, both ways (file-safety.md, bad input)."""

BULAN = 12


def new_id() -> str:
    """An id that no other copy of any plan will ever invent."""
    return uuid.uuid4().hex


def ref(table: str, *, owner: bool = False) -> Any:
    """A field that names a row of `table`, or None; `owner`: this row goes when that one goes."""
    return field(metadata={"ref": table, "owner": owner}, default=None)


def months(kind: type) -> Any:
    """Twelve columns b01..b12 of one type, kept as one tuple; a quarter stands in the month that closes it."""
    return field(metadata={"months": kind}, default=(None,) * BULAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What all tables share. `urutan` orders the rows of a table within their document."""

    TABLE: ClassVar[str] = ""

    id: str
    sisa: str | None = None

    @classmethod
    def from_columns(cls, values: Sequence[Any]) -> Self:
        """Build from a SELECT in the order of `columns(cls)`."""
        row: Self = maker(cls)(values)
        return row

    def to_columns(self) -> tuple[Any, ...]:
        """The values in the order of `columns(type(self))`."""
        values = tuple(getattr(self, name) for name in field_names(type(self)))
        start = months_start(type(self))
        if start is not None:
            values = (*values[:start], *values[start], *values[start + 1 :])
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Opd(Row):
    """The agency (organisasi perangkat daerah)."""

    TABLE: ClassVar[str] = "opd"

    urutan: int
    nama: str
    singkatan: str | None = None
    pemda: str | None = None
    jenis_pemda: str | None = None
    ibu_kota: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokumen(Row):
    """One plan document of an agency: a year and a stage. `ttd_*` is the official who signs it."""

    TABLE: ClassVar[str] = "dokumen"

    opd_id: str = ref("opd", owner=True)
    urutan: int
    judul: str
    tahun: int
    tahap: str | None = None
    nomor_perubahan: int | None = None
    tempat: str | None = None
    tanggal: str | None = None
    ttd_jabatan: str | None = None
    ttd_nama: str | None = None
    ttd_pangkat: str | None = None
    ttd_nip: str | None = None
    ttd_plt: int | None = None
    awal_renstra: int | None = None
    akhir_renstra: int | None = None
    sumber: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow(Row):
    """A row that belongs to one plan document."""

    dokumen_id: str = ref("dokumen", owner=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jabatan(PlanRow):
    """A position in the agency; the one that answers for a line is its penanggung jawab."""

    TABLE: ClassVar[str] = "jabatan"

    asal_id: str | None = None
    urutan: int
    nama: str
    eselon: str | None = None
    unit: str | None = None
    atasan_id: str | None = ref("jabatan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinerja(PlanRow):
    """A node of the performance tree, from tujuan down to the individual's sasaran."""

    TABLE: ClassVar[str] = "kinerja"

    asal_id: str | None = None
    urutan: int
    tingkat: str
    induk_id: str | None = ref("kinerja")
    nomor: str | None = None
    uraian: str | None = None
    kelompok: str | None = None
    penanggung_jawab_id: str | None = ref("jabatan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anggaran(PlanRow):
    """A line of the budget tree: program, kegiatan or sub kegiatan. `pagu` is whole rupiah a year."""

    TABLE: ClassVar[str] = "anggaran"

    asal_id: str | None = None
    urutan: int
    jenis: str
    induk_id: str | None = ref("anggaran")
    kode: str | None = None
    nama: str
    pagu: int | None = None
    penanggung_jawab_id: str | None = ref("jabatan")
    lokasi: str | None = None
    kelompok_sasaran: str | None = None
    sumber_dana: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indikator(PlanRow):
    """An indicator of a performance node or of a budget line. Targets and results stay as typed.

    `metode`: how its capaian is reckoned, None for the one that its direction asks for (services/capaian). `pembilang`,
    `penyebut`: what is counted above and below the line of one that is a ratio (`DeretRasio` holds the counts).
    """

    TABLE: ClassVar[str] = "indikator"

    asal_id: str | None = None
    urutan: int
    kinerja_id: str | None = ref("kinerja", owner=True)
    anggaran_id: str | None = ref("anggaran", owner=True)
    uraian: str
    satuan: str | None = None
    iku: int | None = None
    akumulasi: str | None = None
    arah: str | None = None
    target: str | None = None
    realisasi: str | None = None
    capaian_tercetak: str | None = None
    alasan: str | None = None
    formula: str | None = None
    sumber_data: str | None = None
    kondisi_awal: str | None = None
    metode: str | None = None
    pembilang: str | None = None
    penyebut: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeretIndikator(PlanRow):
    """A series of an indicator through the year. jenis: target or realisasi; values as typed."""

    TABLE: ClassVar[str] = "deret_indikator"

    indikator_id: str = ref("indikator", owner=True)
    jenis: str
    periode: str
    nilai: tuple[str | None, ...] = months(str)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeretAnggaran(PlanRow):
    """A series of a budget line through the year, in whole rupiah. jenis: kas or realisasi."""

    TABLE: ClassVar[str] = "deret_anggaran"

    anggaran_id: str = ref("anggaran", owner=True)
    jenis: str
    periode: str
    kumulatif: int | None = None
    nilai: tuple[int | None, ...] = months(int)


@dataclass(frozen=True, slots=True, kw_only=True)
class TahunIndikator(PlanRow):
    """A value of an indicator for one year. jenis: target, realisasi or capaian_tercetak."""

    TABLE: ClassVar[str] = "tahun_indikator"

    indikator_id: str = ref("indikator", owner=True)
    urutan: int
    jenis: str
    tahun: str
    nilai: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TahunAnggaran(PlanRow):
    """An amount of a budget line for one year. jenis: pagu or realisasi."""

    TABLE: ClassVar[str] = "tahun_anggaran"

    anggaran_id: str = ref("anggaran", owner=True)
    urutan: int
    jenis: str
    tahun: str
    nilai: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dukungan(PlanRow):
    """A budget line that supports a performance node or one indicator of it; `urutan` is the order on the form."""

    TABLE: ClassVar[str] = "dukungan"

    urutan: int
    kinerja_id: str = ref("kinerja", owner=True)
    indikator_id: str | None = ref("indikator")
    anggaran_id: str = ref("anggaran", owner=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aksi(PlanRow):
    """A planned action of a sub kegiatan. `bulan`: the marked months as "1,2,3"."""

    TABLE: ClassVar[str] = "aksi"

    asal_id: str | None = None
    urutan: int
    anggaran_id: str = ref("anggaran", owner=True)
    nomor: int | None = None
    uraian: str
    bulan: str | None = None
    penanggung_jawab_id: str | None = ref("jabatan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narasi(PlanRow):
    """A section of the narrative; paragraphs are separated by an empty line."""

    TABLE: ClassVar[str] = "narasi"

    urutan: int
    kunci: str | None = None
    judul: str | None = None
    isi: str | None = None
    tingkat: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalTercetak(PlanRow):
    """A total as the official document prints it, for checking."""

    TABLE: ClassVar[str] = "total_tercetak"

    urutan: int
    tempat: str | None = None
    nilai: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pejabat(PlanRow):
    """The official who signs in a position of this document; without `jabatan_id` the superior of the agency's head.

    `jabatan`: the position as it is signed, where it is not that of the table, such as "Bupati Buleleng". `plt`, `plh`:
    1 where the official only acts for it (pelaksana tugas, pelaksana harian). `mulai`, `sampai`: ISO dates.
    """

    TABLE: ClassVar[str] = "pejabat"

    urutan: int = 0
    jabatan_id: str | None = ref("jabatan", owner=True)
    jabatan: str | None = None
    nama: str | None = None
    pangkat: str | None = None
    nip: str | None = None
    plt: int | None = None
    plh: int | None = None
    mulai: str | None = None
    sampai: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeretRasio(PlanRow):
    """The counts of an indicator that is a ratio, through the year, as typed. jenis: pembilang or penyebut."""

    TABLE: ClassVar[str] = "deret_rasio"

    indikator_id: str = ref("indikator", owner=True)
    jenis: str
    periode: str
    nilai: tuple[str | None, ...] = months(str)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatatanPeriode(PlanRow):
    """What is reported beside the figures of an indicator or a budget line for one period.

    `bulan`: 1 to 12, the month that closes the period. `bukti` names the evidence, `berkas` its file.
    """

    TABLE: ClassVar[str] = "catatan_periode"

    indikator_id: str | None = ref("indikator", owner=True)
    anggaran_id: str | None = ref("anggaran", owner=True)
    bulan: int
    kendala: str | None = None
    solusi: str | None = None
    tindak_lanjut: str | None = None
    bukti: str | None = None
    berkas: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TutupPeriode(PlanRow):
    """A period whose realisation is reported (`tutup` 1), or opened again for a reason (0), by whom and when.

    `bulan`: 1 to 12, the month that closes it.
    """

    TABLE: ClassVar[str] = "tutup_periode"

    bulan: int
    tutup: int
    alasan: str | None = None
    siapa: str | None = None
    waktu: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengaturan(PlanRow):
    """A setting of one document that no form has: `kunci` names it, `isi` is JSON (services/capaian says which)."""

    TABLE: ClassVar[str] = "pengaturan"

    kunci: str
    isi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kop(Row):
    """The letterhead of an agency: its lines, one below the other, and its logo (PNG or JPEG) as base64 text."""

    TABLE: ClassVar[str] = "kop"

    opd_id: str = ref("opd", owner=True)
    baris: str
    logo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulir(PlanRow):
    """How one official form of this document is printed; None is the form's own. Margins in mm, `huruf` (the size
    of the tables' body) in tenths of a point.

    `nama`: the form's name in commands. draf: tidak, galat (as long as there is one) or selalu.
    """

    TABLE: ClassVar[str] = "formulir"

    nama: str
    kertas: str | None = None
    mendatar: int | None = None
    tepi_atas: int | None = None
    tepi_kanan: int | None = None
    tepi_bawah: int | None = None
    tepi_kiri: int | None = None
    huruf: int | None = None
    muat_lebar: int | None = None
    judul_kolom: int | None = None
    kop: int | None = None
    draf: str | None = None
    kode: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terima(PlanRow):
    """A finding that was accepted, with the reason; it counts as long as the values are those of the finding.

    `tabel` and `baris` name the row that it is about, which may be gone; `periode` and `nilai` are those of the rules'
    `acceptance_key`.
    """

    TABLE: ClassVar[str] = "terima"

    urutan: int
    kode: str
    tabel: str
    baris: str
    periode: str | None = None
    nilai: str | None = None
    alasan: str
    siapa: str | None = None
    waktu: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Salinan(Row):
    """A copy that was sent. The copy's own history begins with the entry that added this row, so its seal is in both.

    `asal`: the first seal of the plan, which says that two files are copies of one plan. `bagian`: ids of the branches
    that the office may edit, separated by commas; None for the whole plan.
    """

    TABLE: ClassVar[str] = "salinan"

    untuk: str
    bagian: str | None = None
    asal: str
    waktu: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gabung(Row):
    """Two histories joined: the newest seal of ours and of theirs.

    `jejak`: the revisions (short seals) of theirs that came with it, separated by commas, so that an older state of the
    same copy is known too. `sebagian`: 1 where only the copy's own edits came, since its sender had not come back yet.
    """

    TABLE: ClassVar[str] = "gabung"

    berkas: str
    kepala_kita: str
    kepala_mereka: str
    jejak: str
    sebagian: int = 0
    waktu: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Konflik(Row):
    """A disagreement that a merge left open; values are JSON, None for a row that this side does not have.

    jenis: sel (`kolom` says which, separated by commas where they move together), baris (one side deleted what the
    other kept or built on) or ganda (both added the same code; the values are the ids of the two rows).
    """

    TABLE: ClassVar[str] = "konflik"

    gabung_id: str = ref("gabung", owner=True)
    jenis: str
    tabel: str
    baris: str
    kolom: str | None = None
    dasar: str | None = None
    kita: str | None = None
    mereka: str | None = None
    siapa_kita: str | None = None
    waktu_kita: str | None = None
    siapa_mereka: str | None = None
    waktu_mereka: str | None = None


ROWS: tuple[type[Row], ...] = (
    Opd,
    Dokumen,
    Jabatan,
    Kinerja,
    Anggaran,
    Indikator,
    DeretIndikator,
    DeretAnggaran,
    TahunIndikator,
    TahunAnggaran,
    Dukungan,
    Aksi,
    Narasi,
    TotalTercetak,
    Pejabat,
    DeretRasio,
    CatatanPeriode,
    TutupPeriode,
    Pengaturan,
    Kop,
    Formulir,
    Terima,
    Salinan,
    Gabung,
    Konflik,
)
"""All tables, each after those that it names."""

TABLES: dict[str, type[Row]] = {cls.TABLE: cls for cls in ROWS}


_FIELDS = {cls: tuple(f.name for f in fields(cls)) for cls in ROWS}
_MONTHS_START = {cls: next((i for i, f in enumerate(fields(cls)) if "months" in f.metadata), None) for cls in ROWS}
_COLUMNS = {
    cls: tuple(
        name
        for f in fields(cls)
        for name in ([f"b{m:02}" for m in range(1, BULAN + 1)] if "months" in f.metadata else [f.name])
    )
    for cls in ROWS
}
_REFERENCES = {cls: {f.name: str(f.metadata["ref"]) for f in fields(cls) if "ref" in f.metadata} for cls in ROWS}
_OWNERS = {cls: tuple(f.name for f in fields(cls) if f.metadata.get("owner")) for cls in ROWS}


_MAKERS: dict[type[Row], Callable[[Sequence[Any]], Any]] = {}


def maker(cls: type[Row]) -> Callable[[Sequence[Any]], Any]:
    """What `cls.from_columns` does, for many rows: the fields are set past the frozen dataclass's own constructor.

    Half the time of that constructor, which is called 26,000 times when a large plan is opened.
    """
    if cls not in _MAKERS:
        _MAKERS[cls] = _maker(cls)
    return _MAKERS[cls]


def _maker(cls: type[Row]) -> Callable[[Sequence[Any]], Any]:
    setters, start = [getattr(cls, name).__set__ for name in field_names(cls)], months_start(cls)

    def make(values: Sequence[Any]) -> Row:
        if start is not None:
            values = (*values[:start], tuple(values[start : start + BULAN]), *values[start + BULAN :])
        row = object.__new__(cls)
        for put, value in zip(setters, values, strict=True):
            put(row, value)
        return row

    return make


def field_names(cls: type[Row]) -> tuple[str, ...]:
    """The fields of a row class, `id` first."""
    return _FIELDS[cls]


def months_start(cls: type[Row]) -> int | None:
    """Where b01 stands among the columns, or None for a table without months."""
    return _MONTHS_START[cls]


def columns(cls: type[Row]) -> tuple[str, ...]:
    """The columns of the table, in the order of the fields."""
    return _COLUMNS[cls]


def references(cls: type[Row]) -> dict[str, str]:
    """Field -> table that it names."""
    return _REFERENCES[cls]


def owners(cls: type[Row]) -> tuple[str, ...]:
    """The fields whose row this one cannot outlive."""
    return _OWNERS[cls]


def rest(row: Row) -> dict[str, Any]:
    """What the interchange file held beyond the columns."""
    return dict(json.loads(row.sisa)) if row.sisa else {}

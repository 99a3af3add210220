"""Tables of the nomenclature as offices have them: any order of columns, any delimiter, codes of both lengths."""

import os
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.errors import PlanError
from services.nomenclature import BOTH, KABKOT, PROV, Entry
from services.nomenclature_import import MOST_SAID, Read, read_nomenclature

FULL = os.environ.get("RENAKSI_NOMENKLATUR", "")
"""The ministry's list of 2026, where one has it."""
HEAD = "kode_program,program,kode_kegiatan,kegiatan,kode_subkegiatan,subkegiatan,indikator,satuan"
LINES = (
    "2.17.07,PROGRAM UMKM,2.17.07.2.01,Pemberdayaan Usaha,2.17.07.2.01.0001,Pendataan,Jumlah data,Dokumen",
    "2.17.07,PROGRAM UMKM,2.17.07.2.01,Pemberdayaan Usaha,2.17.07.2.01.0002,Kemitraan – “mikro”,Jumlah mitra,Orang",
)
WANTED = (
    Entry("2.17.07", "PROGRAM UMKM"),
    Entry("2.17.07.2.01", "Pemberdayaan Usaha"),
    Entry("2.17.07.2.01.0001", "Pendataan", "Jumlah data", "Dokumen"),
    Entry("2.17.07.2.01.0002", "Kemitraan – “mikro”", "Jumlah mitra", "Orang"),
)


def table(tmp_path: Path, *lines: str, name: str = "tabel.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def entries(read: Read, region: str = BOTH) -> tuple[Entry, ...]:
    return read.daftar[region]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [line.replace(",", delimiter) for line in (HEAD, *LINES)]
    read = read_nomenclature(table(tmp_path, *lines, encoding=encoding))
    assert entries(read) == WANTED
    assert read.said == ()


def test_columns_in_another_order_with_other_headings(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Daftar nomenklatur;;;;;;",
        "",
        "SATUAN; Nama Sub Kegiatan ;KODE SUB KEGIATAN;No;Nama Program;Kegiatan;Indikator Sub Kegiatan",
        "Dokumen;Pendataan;2.17.07.2.01.01;1;PROGRAM UMKM;Pemberdayaan Usaha;Jumlah data",
        name="Nomenklatur 2025.csv",
    )
    read = read_nomenclature(path)
    assert entries(read)[-1] == Entry("2.17.07.2.01.01", "Pendataan", "Jumlah data", "Dokumen")
    assert [entry.kode for entry in entries(read)] == ["2.17.07", "2.17.07.2.01", "2.17.07.2.01.01"]
    assert read.tahun == 2025


def test_one_column_of_codes_and_one_of_names(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Kode,Nomenklatur Urusan Kabupaten/Kota,Kinerja,Indikator,Satuan",
        "2,URUSAN WAJIB",
        "2.17,BIDANG KOPERASI",
        "2.17.07,PROGRAM UMKM",
        "2.17.07.2.01,Pemberdayaan Usaha",
        "2.17.07.2.01.0001,Pendataan,Terdata,Jumlah data,Dokumen",
        '2.17.07.2.01.0002,"Kemitraan –\n “mikro”",,Jumlah mitra,Orang',
    )
    read = read_nomenclature(path)
    assert entries(read) == WANTED
    assert read.said == ()


def test_regions_are_kept_apart(tmp_path: Path) -> None:
    rows = [f"{region},{line}" for region, line in zip(("Provinsi", "KABKOT"), LINES, strict=True)]
    read = read_nomenclature(table(tmp_path, f"Jenis Pemda,{HEAD}", *rows))
    assert entries(read, PROV)[-1].kode == "2.17.07.2.01.0001"
    assert entries(read, KABKOT)[-1].kode == "2.17.07.2.01.0002"


def test_the_name_of_the_file_tells_the_region(tmp_path: Path) -> None:
    assert set(read_nomenclature(table(tmp_path, HEAD, *LINES, name="kabupaten bone.csv")).daftar) == {KABKOT}


def test_what_cannot_be_read_is_said_with_its_line(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        f"pemda,{HEAD}",
        f"kota,{LINES[0]}",
        f"desa,{LINES[0]}",
        "kota,2.17.07,PROGRAM LAIN,2.17.07.2.01,Pemberdayaan Usaha,2.17.07.2.01.0003,Promosi,,",
        "kota,,,,,02/17/2003,Sub,,",
        "kota,,,,,,Tanpa Kode,,",
        "kota,2.17.08,PROGRAM X,2.17.08.2.01,Kegiatan,2.17.09.2.01.0001,Salah Tempat,,",
        "kota,2.17.09,PROGRAM Y,2.17.09.2.01,,2.17.09.2.01.0001,Yatim,,",
        'kota,2.17.07,PROGRAM UMKM,2.17.07.2.01,"Pemberdayaan\n Usaha",2.17.07.2.01.0004,,,',
        "kota,2.17.07,PROGRAM UMKM,2.17.07.2.01,Pemberdayaan Usaha,2.17.07.2.01.0001,Pendataan,Jumlah lain,Unit",
        "",
        ",,,,,,,,",
    )
    read = read_nomenclature(path)
    assert [sentence.split(": ", 1) for sentence in read.said] == [
        ["Baris 3", "“desa” bukan provinsi dan bukan kabupaten/kota; baris ini dilewati."],
        ["Baris 4", "kode 2.17.07 sudah dipakai “PROGRAM UMKM”; yang pertama yang disimpan."],
        [
            "Baris 5",
            "“02/17/2003” bukan kode sub kegiatan (6 bagian, misalnya 2.17.03.2.01.0001); baris ini dilewati.",
        ],
        ["Baris 6", "sub kegiatan “Tanpa Kode” tanpa kode; baris ini dilewati."],
        ["Baris 7", "2.17.09.2.01.0001 tidak berawal dengan kode di atasnya, 2.17.08.2.01; baris ini dilewati."],
        ["Baris 8", "kegiatan 2.17.09.2.01 tanpa nama; baris ini dilewati."],
        ["Baris 9", "sub kegiatan 2.17.07.2.01.0004 tanpa nama; baris ini dilewati."],
        ["Baris 11", "2.17.07.2.01.0001 sudah mempunyai indikator; yang pertama yang disimpan."],
        ["Baris 8", "kegiatan 2.17.09.2.01 di atas 2.17.09.2.01.0001 tidak ada; baris ini dilewati."],
    ]
    assert [entry.kode for entry in entries(read, KABKOT)][-2:] == ["2.17.07.2.01.0003", "2.17.09"]


def test_no_more_sentences_than_one_reads(tmp_path: Path) -> None:
    rows = [f"salah {n},Nama" for n in range(MOST_SAID + 5)]
    read = read_nomenclature(table(tmp_path, "kode,nama", "2.17.07,PROGRAM UMKM", *rows))
    assert len(read.said) == MOST_SAID + 1
    assert read.said[-1] == "Masih ada 5 baris lain yang dilewati."


def test_a_workbook_with_a_sheet_for_each_region(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Catatan"
    book.active.append(["Diunduh dari SIPD"])
    for title, line in (("Provinsi", LINES[0]), ("Kab-Kota", LINES[1])):
        sheet = book.create_sheet(title)
        sheet.append(["Lampiran"])
        sheet.append(HEAD.upper().split(","))
        sheet.append(line.split(","))
        sheet.append([None, None, None, None, 2.17, "Angka"])
    path = tmp_path / "daftar.xlsx"
    book.save(path)
    read = read_nomenclature(path)
    assert entries(read, PROV) == WANTED[:3]
    assert entries(read, KABKOT) == (*WANTED[:2], WANTED[3])
    assert read.said[0].startswith("Lembar Provinsi, baris 4: “2.17” bukan kode sub kegiatan")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Judul kolom tidak ditemukan"),
        (b"nama,alamat\nx,y\n", "Judul kolom tidak ditemukan"),
        (b"program,kegiatan\nx,y\n", "Judul kolom tidak ditemukan"),
        (b"kode,nama\n", "Tidak ada program yang terbaca"),
        ("kode,nama\n2.17.\u0660\u0663,Angka lain\n".encode(), "Tidak ada program yang terbaca"),
        (b"kode,nama\n2.17.07.2.01,Yatim\n", "Tidak ada program yang terbaca di t.csv. Baris 2: program 2.17.07 di"),
        (b"\x00\x01\x02\xff" * 50, "Judul kolom tidak ditemukan"),
        (b"kode,nama\n2.17.07," + b"x" * 200_000 + b"\n", "tidak terbaca sebagai CSV"),
        (b"kode,nama\n" + b"2.17.07,P\n" * 20_001, "lebih dari 20.000 baris"),
        (b"PK\x03\x04rusak", "tidak dapat dibaca sebagai XLSX"),
    ],
)
def test_no_such_table(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=words):
        read_nomenclature(path)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="tidak dapat dibuka"):
        read_nomenclature(tmp_path / "hilang.csv")


class Stopped(Exception):  # noqa: N818
    """Batal."""


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_it_can_be_stopped(tmp_path: Path, ending: str) -> None:
    path = table(tmp_path, "kode,nama", *(f"1.01.{n % 90:02},P" for n in range(2000)))
    if ending == "xlsx":
        book = Workbook()
        for n in range(2000):
            book.active.append([f"1.01.{n % 90:02}", "P"])
        path = tmp_path / "t.xlsx"
        book.save(path)

    def stop(*_: object) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_nomenclature(path, stop)


@pytest.mark.skipif(not FULL, reason="RENAKSI_NOMENKLATUR names no list")
def test_the_whole_list() -> None:
    read = read_nomenclature(Path(FULL))
    assert read.said == ()
    assert read.tahun == 2026
    assert [read.count(jenis) for jenis in ("program", "kegiatan", "sub_kegiatan")] == [406, 1625, 7581]
    assert sum(e.jenis == "sub_kegiatan" for e in entries(read, PROV)) == 4031

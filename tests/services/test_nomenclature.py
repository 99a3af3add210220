"""The nomenclature of this PC: kept as one file, and found by the beginning of a code or by words in any order."""

from pathlib import Path

import pytest

from services.nomenclature import (
    BOTH,
    KABKOT,
    MOST,
    PROV,
    Entry,
    Nomenclature,
    above,
    keep,
    key_of,
    nomenclature,
    source,
)

LIST = (
    Entry("2.17.03", "PROGRAM PENGAWASAN DAN PEMERIKSAAN KOPERASI"),
    Entry("2.17.03.2.01", "Pemeriksaan dan Pengawasan Koperasi"),
    Entry("2.17.03.2.01.0003", "Penguatan Tata Kelola Koperasi", "Jumlah koperasi yang dikuatkan", "Unit Usaha"),
    Entry("2.17.07", "PROGRAM PEMBERDAYAAN USAHA MENENGAH, USAHA KECIL, DAN USAHA MIKRO (UMKM)"),
    Entry("2.17.07.2.01", "Pemberdayaan Usaha Mikro"),
    Entry("2.17.07.2.01.0001", "Pendataan Potensi Usaha Mikro", "Jumlah usaha mikro terdata", "Unit Usaha"),
    Entry("2.17.07.2.01.0010", "Penguatan Usaha Mikro melalui Kemitraan", "Jumlah kemitraan", "Dokumen"),
    Entry("3.30.02", "PROGRAM PERIZINAN USAHA"),
    Entry("X.XX.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH"),
    Entry("X.XX.01.2.02", "Administrasi Keuangan"),
    Entry("X.XX.01.2.02.0001", "Penyediaan Gaji dan Tunjangan ASN", "Jumlah orang yang digaji", "Orang/bulan"),
)
ONLY_PROV = (Entry("2.17.03", "PROGRAM PENGAWASAN KOPERASI LINTAS KABUPATEN"),)


@pytest.fixture
def kept() -> None:
    keep("nomenklatur_2026.csv", 2026, {KABKOT: LIST, PROV: ONLY_PROV})


@pytest.fixture
def listed(kept: None) -> Nomenclature:
    found = nomenclature("kabupaten", "2.17")
    assert found is not None
    return found


def codes(found: list[Entry]) -> list[str]:
    return [entry.kode for entry in found]


@pytest.mark.parametrize(
    ("text", "jenis", "wanted"),
    [
        ("2.17.03", "program", ["2.17.03"]),
        ("21703", "program", ["2.17.03"]),
        ("2.17.", "program", ["2.17.01", "2.17.03", "2.17.07"]),
        ("pemberd mikro", "program", ["2.17.07"]),
        ("MIKRO pemberd", "program", ["2.17.07"]),
        ("2.17 pemberd", "program", ["2.17.07"]),
        ("2.17.01", "program", ["2.17.01"]),
        ("gaji", "sub_kegiatan", ["2.17.01.2.02.0001"]),
        ("2.17.07.2.01.0010", "sub_kegiatan", ["2.17.07.2.01.0010"]),
        ("2.17.07.2.01.10", "sub_kegiatan", ["2.17.07.2.01.0010"]),
        ("217072010", "sub_kegiatan", ["2.17.07.2.01.0001", "2.17.07.2.01.0010"]),
        ("penguatan", "kegiatan", []),
        ("p", "program", []),
        ("", "program", []),
        ("  ", "program", []),
        ("(", "program", []),
        ("tidak ada yang begini", "program", []),
    ],
)
def test_words_in_any_order_or_the_beginning_of_a_code(
    listed: Nomenclature, text: str, jenis: str, wanted: list[str]
) -> None:
    assert codes(listed.find(text, jenis)) == wanted


def test_what_hangs_under_the_parent_comes_first(listed: Nomenclature) -> None:
    assert codes(listed.find("penguatan", "sub_kegiatan")) == ["2.17.03.2.01.0003", "2.17.07.2.01.0010"]
    assert codes(listed.find("penguatan", "sub_kegiatan", "2.17.07.2.01")) == ["2.17.07.2.01.0010", "2.17.03.2.01.0003"]
    assert codes(listed.find("program us", "program", "3.30"))[0] == "3.30.02"
    assert codes(listed.find("penguatan", "sub_kegiatan", "kode salah"))[0] == "2.17.03.2.01.0003"


def test_a_name_that_begins_so_comes_before_one_that_only_holds_it() -> None:
    keep(
        "x.csv",
        None,
        {BOTH: (Entry("1.01.01", "PROGRAM AIR LAUT"), Entry("1.01.02", "LAUT"), Entry("1.01.03", "ALAUT"))},
    )
    found = nomenclature(None)
    assert found is not None
    assert codes(found.find("laut", "program")) == ["1.01.02", "1.01.01", "1.01.03"]


def test_no_more_lines_than_a_popup_shows() -> None:
    many = tuple(Entry(f"1.01.{n:02}", f"PROGRAM KE {n}") for n in range(1, 40))
    keep("x.csv", None, {BOTH: many})
    found = nomenclature("kota")
    assert found is not None
    assert len(found.find("program", "program")) == MOST


def test_a_province_has_a_list_of_its_own(kept: None) -> None:
    found = nomenclature("provinsi")
    assert found is not None
    assert [entry.nama for entry in found.find("2.17.03", "program")] == [ONLY_PROV[0].nama]


def test_the_own_bidang_stands_in_place_of_x(kept: None) -> None:
    bare, own = nomenclature("kota"), nomenclature("kota", "3.31")
    assert bare is not None
    assert own is not None
    assert bare.entry("X.XX.01.2.02") is not None
    assert bare.entry("3.31.01.2.02") is None
    below = own.children("3.31.01.2.02")
    assert [(e.kode, e.satuan) for e in below] == [("3.31.01.2.02.0001", "Orang/bulan")]


def test_the_tree_hangs_together(listed: Nomenclature) -> None:
    assert codes(list(listed.children())) == ["2.17.01", "2.17.03", "2.17.07", "3.30.02"]
    assert codes(list(listed.children("2.17.07"))) == ["2.17.07.2.01"]
    assert codes(list(listed.children("2.17.07.2.01"))) == ["2.17.07.2.01.0001", "2.17.07.2.01.0010"]
    assert listed.children("2.17.07.2.01.0001") == ()
    assert [above(kode) for kode in ("2.17.07", "2.17.07.2.01", "2.17.07.2.01.0001")] == ["", "2.17.07", "2.17.07.2.01"]


def test_two_and_four_digits_at_the_end_are_one_code(listed: Nomenclature) -> None:
    assert key_of("2.17.07.2.01.01") == key_of("2.17.07.2.01.0001")
    entry = listed.entry("2.17.07.2.01.10")
    assert entry is not None
    assert entry.kode == "2.17.07.2.01.0010"
    assert key_of("belum ada") == key_of(None) == key_of("") == ()


def test_where_it_came_from_is_remembered(kept: None) -> None:
    found = source()
    assert found is not None
    assert (found.berkas, found.tahun, dict(found.sub_kegiatan)) == ("nomenklatur_2026.csv", 2026, {KABKOT: 4})


def test_another_import_takes_the_place_of_the_first(listed: Nomenclature) -> None:
    keep("baru.csv", None, {BOTH: (Entry("1.01.02", "PROGRAM BARU"),)})
    found = nomenclature("kabupaten", "2.17")
    assert found is not None
    assert codes(list(found.children())) == ["1.01.02"]


def test_without_an_import_there_is_nothing() -> None:
    assert nomenclature("kabupaten") is None
    assert source() is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"berkas":"x","tahun":1,"diimpor":"","daftar":{"":{"program":"1.01.01"}}}', '"\\ud800'],
)
def test_a_broken_file_is_no_list(data_folder: Path, text: str) -> None:
    data_folder.mkdir()
    (data_folder / "nomenklatur.json").write_text(text, encoding="utf-8")
    assert nomenclature("kabupaten") is None
    assert source() is None
    keep("x.csv", None, {BOTH: LIST})
    assert nomenclature("kabupaten") is not None

"""A new plan file: what it holds, what is refused, and that a failure leaves nothing behind."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import PlanError
from models.plan import Plan
from models.plan_file import left_overs
from models.reading import read_plan
from models.rows import Dokumen, Narasi, Opd
from services.document import Document
from services.narasi.sections import sections
from services.new_plan import (
    NewPlan,
    create_plan,
    pemda_name,
    problems,
    proposed_file_name,
    proposed_position,
)

WHOLE = NewPlan(
    opd_nama="Dinas Koperasi dan UKM",
    pemda="Kabupaten Buleleng",
    jenis_pemda="kabupaten",
    ibu_kota="Singaraja",
    tahun=2027,
    tahap="perubahan",
    nomor_perubahan=2,
    jabatan="Kepala Dinas Koperasi dan UKM",
    nama="Ni Made Sri",
    pangkat="Pembina",
    nip="197410141993111001",
    plt=True,
)
BARE = NewPlan(opd_nama="Dinas Koperasi", tahun=2027)


def test_the_file_holds_agency_and_document(tmp_path: Path) -> None:
    path = tmp_path / "baru.db"
    create_plan(path, WHOLE).file.close()
    plan = Plan(read_plan(path))
    (opd,), (dokumen,) = plan.all(Opd), plan.all(Dokumen)
    assert (opd.nama, opd.pemda, opd.jenis_pemda) == ("Dinas Koperasi dan UKM", "Kabupaten Buleleng", "kabupaten")
    assert (opd.ibu_kota, dokumen.tempat) == ("Singaraja", "Singaraja")
    assert dokumen.opd_id == opd.id
    assert dokumen.judul == "RENCANA AKSI ATAS PERJANJIAN KINERJA TAHUN 2027"
    assert (dokumen.tahun, dokumen.tahap, dokumen.nomor_perubahan) == (2027, "perubahan", 2)
    assert (dokumen.ttd_jabatan, dokumen.ttd_nama) == ("Kepala Dinas Koperasi dan UKM", "Ni Made Sri")
    assert (dokumen.ttd_pangkat, dokumen.ttd_nip, dokumen.ttd_plt) == ("Pembina", "19741014 199311 1 001", 1)


def test_what_is_not_filled_in_stays_empty(tmp_path: Path) -> None:
    with create_plan(tmp_path / "baru.db", replace(BARE, pemda="  ", jenis_pemda="kota")) as document:
        (opd,), (dokumen,) = document.plan.all(Opd), document.plan.all(Dokumen)
    assert (opd.pemda, opd.jenis_pemda, opd.ibu_kota) == (None, None, None)
    assert (dokumen.ttd_nama, dokumen.ttd_nip, dokumen.ttd_plt) == (None, None, 0)
    assert (dokumen.tahap, dokumen.nomor_perubahan) == ("murni", 0)


def test_it_begins_with_the_narrative_of_the_template(tmp_path: Path) -> None:
    path = tmp_path / "baru.db"
    create_plan(path, BARE).file.close()
    plan = Plan(read_plan(path))
    (dokumen,) = plan.all(Dokumen)
    there = sections(plan, dokumen.id)
    assert [section.title for section in there if section.level == 1] == [
        "KATA PENGANTAR",
        "BAB I PENDAHULUAN",
        "BAB II RENCANA AKSI ATAS PERJANJIAN KINERJA",
        "BAB III PENUTUP",
    ]
    assert all(section.row.isi for section in there if section.level > 1)


def test_it_comes_published_open_and_as_one_edit(tmp_path: Path) -> None:
    with create_plan(tmp_path / "baru.db", BARE) as document:
        assert document.file.published
        assert document.undo_label == "rencana baru"
        document.undo()
        assert document.plan.all(Opd) == ()
        assert document.plan.all(Narasi) == ()


def test_the_last_step_of_the_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "Renaksi" / "baru.db"
    create_plan(path, BARE).file.close()
    assert path.exists()


def test_control_characters_and_line_breaks_do_not_come_in(tmp_path: Path) -> None:
    with create_plan(tmp_path / "baru.db", replace(BARE, opd_nama=" Dinas\n Koperasi\u202e\x07 ")) as document:
        assert document.plan.all(Opd)[0].nama == "Dinas Koperasi"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"opd_nama": " \n"}, "opd_nama"),
        ({"opd_nama": "\u202e"}, "opd_nama"),
        ({"tahun": 1999}, "tahun"),
        ({"tahun": 2101}, "tahun"),
        ({"tahap": "perubahan", "nomor_perubahan": 0}, "nomor_perubahan"),
    ],
)
def test_a_wrong_field_is_named_and_no_file_is_made(tmp_path: Path, wrong: dict[str, object], field: str) -> None:
    new = replace(BARE, **wrong)
    found = problems(new)
    assert list(found) == [field]
    with pytest.raises(PlanError, match=r"\w+\. \w+") as caught:
        create_plan(tmp_path / "baru.db", new)
    assert str(caught.value) == found[field]
    assert not (tmp_path / "baru.db").exists()


@pytest.mark.parametrize("tahun", [2000, 2100])
def test_the_first_and_the_last_year_are_good(tahun: int) -> None:
    assert problems(replace(BARE, tahun=tahun)) == {}


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "ada.db"
    path.write_bytes(b"x")
    with pytest.raises(PlanError, match="sudah ada"):
        create_plan(path, BARE)
    assert path.read_bytes() == b"x"
    assert list(left_overs()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="tidak dapat dibuat"):
        create_plan(tmp_path / "tidak" / "ada" / "baru.db", BARE)


@pytest.mark.skipif(sys.platform != "linux", reason="a folder in which nobody can write")
def test_a_folder_that_cannot_be_written_leaves_nothing_to_go_on_with(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="tidak dapat ditulis"):
        create_plan(Path("/proc/baru.db"), BARE)
    assert list(left_overs()) == []
    with pytest.raises(PlanError, match="tidak dapat ditulis"):
        create_plan(Path("/proc/baru.db"), BARE)


@pytest.mark.parametrize("name", ["a:b.db", 'a"b.db', "a\u202e.db", "a" * 251 + ".db", "con.db"])
def test_a_name_that_some_system_cannot_store_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PlanError, match=r"^Nama .+\. \w+"):
        create_plan(tmp_path / name, BARE)
    assert list(tmp_path.glob("*.db")) == []
    assert list(left_overs()) == []


def test_the_file_opens_again(tmp_path: Path) -> None:
    create_plan(tmp_path / "baru.db", BARE).file.close()
    with Document.open(tmp_path / "baru.db") as document:
        assert document.plan.all(Dokumen)[0].tahun == 2027


@pytest.mark.parametrize(
    ("jenis", "name", "whole"),
    [
        ("kabupaten", "Buleleng", "Kabupaten Buleleng"),
        ("kabupaten", " kabupaten  Lombok Tengah ", "Kabupaten Lombok Tengah"),
        ("kota", "Kotawaringin", "Kota Kotawaringin"),
        ("provinsi", "", ""),
        ("provinsi", "Provinsi", ""),
    ],
)
def test_the_kind_is_said_once(jenis: str, name: str, whole: str) -> None:
    assert pemda_name(jenis, name) == whole


@pytest.mark.parametrize(
    ("agency", "position"),
    [
        ("Dinas  Koperasi", "Kepala Dinas Koperasi"),
        ("Badan Perencanaan Pembangunan Daerah", "Kepala Badan Perencanaan Pembangunan Daerah"),
        ("Inspektorat Daerah", "Inspektur Daerah"),
        ("Sekretariat DPRD", "Sekretaris DPRD"),
        ("KECAMATAN Sawan", "Camat Sawan"),
        ("Rumah Sakit Umum Daerah", "Direktur Rumah Sakit Umum Daerah"),
        ("  ", ""),
    ],
)
def test_the_head_has_the_title_of_the_trade(agency: str, position: str) -> None:
    assert proposed_position(agency) == position


@pytest.mark.parametrize(
    ("new", "name"),
    [
        (WHOLE, "Dinas Koperasi dan UKM 2027 Perubahan 2.db"),
        (replace(BARE, opd_nama=""), "Rencana 2027.db"),
        (replace(BARE, opd_nama="../CON: <Dinas>"), "CON Dinas 2027.db"),
        (replace(BARE, opd_nama="CON"), "CON 2027.db"),
        (
            replace(BARE, opd_nama="Dinas Perdagangan, Perindustrian dan Koperasi, Usaha Kecil dan Menengah"),
            "Dinas Perdagangan Perindustrian dan Koperasi Usaha Kecil 2027.db",
        ),
    ],
)
def test_the_proposed_name_is_one_that_every_system_takes(new: NewPlan, name: str) -> None:
    assert proposed_file_name(new) == name

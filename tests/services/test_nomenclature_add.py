"""Entries of the nomenclature in a plan: one line filled, or branches added beside what is there, in one step."""

import pytest

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Indikator
from services import edits
from services.document import Document
from services.nomenclature import BOTH, Entry, Nomenclature, keep
from services.nomenclature_add import There, add, bidang_of, fill, list_for

LIST = (
    Entry("X.XX.01", "PROGRAM PENUNJANG"),
    Entry("X.XX.01.2.02", "Administrasi Keuangan"),
    Entry("X.XX.01.2.02.0001", "Penyediaan Gaji", "Jumlah orang yang digaji", "Orang/bulan"),
    Entry("2.17.07", "PROGRAM PEMBERDAYAAN UMKM"),
    Entry("2.17.07.2.01", "Pemberdayaan Usaha Mikro"),
    Entry("2.17.07.2.01.0001", "Pendataan Usaha", "Jumlah usaha terdata", "Unit Usaha"),
    Entry("2.17.07.2.01.0002", "Kemitraan", "Jumlah kemitraan", "Dokumen"),
    Entry("2.17.07.2.01.0003", "Promosi"),
    Entry("2.17.08", "PROGRAM PENGEMBANGAN UMKM"),
    Entry("2.17.08.2.01", "Pengembangan Usaha"),
    Entry("2.17.08.2.01.0001", "Produksi", "Jumlah produk", "Produk"),
)


@pytest.fixture
def document(buleleng: Document) -> Document:
    """A plan without any budget line."""
    lines = buleleng.plan.all(Anggaran)
    buleleng.edit("kosongkan", edits.remove(buleleng.plan, *lines))
    keep("daftar.csv", 2026, {BOTH: LIST})
    return buleleng


def _dokumen(plan: Plan) -> str:
    return plan.all(Dokumen)[-1].id


def listed(plan: Plan) -> Nomenclature:
    found = list_for(plan, _dokumen(plan))
    assert found is not None
    return found


def put(document: Document, *codes: str) -> dict[str, int]:
    plan = document.plan
    added = add(plan, _dokumen(plan), listed(plan), codes)
    document.edit("tambah", added.changes)
    return added.counts


def tree(plan: Plan, parent: Anggaran | None = None) -> list[str]:
    """The codes of the budget lines, each before what hangs under it, children in the order of the document."""
    found = []
    for line in plan.where(Anggaran, "dokumen_id", _dokumen(plan)):
        if line.induk_id == (parent.id if parent else None):
            found += [line.kode or line.nama, *tree(plan, line)]
    return found


def test_what_stands_above_comes_along_with_names_indicators_and_units(document: Document) -> None:
    counts = put(document, "2.17.08.2.01.0001", "2.17.07.2.01.0001", "2.17.07.2.01.0003")
    assert counts == {"program": 2, "kegiatan": 2, "sub_kegiatan": 3}
    assert tree(document.plan) == [
        "2.17.07",
        "2.17.07.2.01",
        "2.17.07.2.01.0001",
        "2.17.07.2.01.0003",
        "2.17.08",
        "2.17.08.2.01",
        "2.17.08.2.01.0001",
    ]
    lines = {line.kode: line for line in document.plan.all(Anggaran)}
    assert lines["2.17.07.2.01"].nama == "Pemberdayaan Usaha Mikro"
    (indicator,) = document.plan.where(Indikator, "anggaran_id", lines["2.17.07.2.01.0001"].id)
    assert (indicator.uraian, indicator.satuan) == ("Jumlah usaha terdata", "Unit Usaha")
    assert document.plan.where(Indikator, "anggaran_id", lines["2.17.07.2.01.0003"].id) == ()


def test_it_is_one_step_that_undo_takes_back(document: Document) -> None:
    before = set(document.plan.rows())
    put(document, "2.17.07.2.01.0001", "2.17.08.2.01.0001")
    document.undo()
    assert set(document.plan.rows()) == before


def test_lines_with_the_code_are_used_and_the_new_ones_stand_where_they_belong(document: Document) -> None:
    put(document, "2.17.08.2.01.0001", "2.17.07.2.01.0002")
    before = {line.id for line in document.plan.all(Anggaran)}
    assert put(document, "2.17.07.2.01.0003", "2.17.07.2.01.0001", "2.17.01") == {
        "program": 1,
        "kegiatan": 0,
        "sub_kegiatan": 2,
    }
    assert before < {line.id for line in document.plan.all(Anggaran)}
    assert tree(document.plan) == [
        "2.17.01",
        "2.17.07",
        "2.17.07.2.01",
        "2.17.07.2.01.0001",
        "2.17.07.2.01.0002",
        "2.17.07.2.01.0003",
        "2.17.08",
        "2.17.08.2.01",
        "2.17.08.2.01.0001",
    ]


def test_a_code_with_an_end_of_two_digits_is_there_already(document: Document) -> None:
    put(document, "2.17.07.2.01.0001")
    line = next(line for line in document.plan.all(Anggaran) if line.jenis == "sub_kegiatan")
    document.edit("ubah", edits.set_field(line, "kode", "2.17.07.2.01.01"))
    assert put(document, "2.17.07.2.01.0001") == {"program": 0, "kegiatan": 0, "sub_kegiatan": 0}
    assert len(document.plan.all(Anggaran)) == 3


def test_a_line_without_a_code_is_known_by_its_name_and_gets_the_code(document: Document) -> None:
    plan = document.plan
    (change,) = edits.add_anggaran(plan, _dokumen(plan), "program", None)
    document.edit("tambah", (change,))
    document.edit("ubah", edits.set_field(change.row, "nama", "Program  Pemberdayaan UMKM"))
    assert put(document, "2.17.07.2.01.0001") == {"program": 0, "kegiatan": 1, "sub_kegiatan": 1}
    program = plan.get(Anggaran, change.row.id)
    assert (program.kode, program.nama) == ("2.17.07", "Program  Pemberdayaan UMKM")
    assert set(There(plan, _dokumen(plan)).lines(listed(plan))) == {"2.17.07", "2.17.07.2.01", "2.17.07.2.01.0001"}


def test_new_lines_are_answered_for_as_the_line_above(document: Document) -> None:
    put(document, "2.17.07")
    plan = document.plan
    (program,) = plan.all(Anggaran)
    changes = edits.add_jabatan(plan, _dokumen(plan), "Kepala Bidang")
    document.edit("ubah", (*changes, *edits.set_field(program, "penanggung_jawab_id", changes[-1].row.id)))
    put(document, "2.17.07.2.01.0001")
    assert {line.penanggung_jawab_id for line in plan.all(Anggaran)} == {changes[-1].row.id}


def test_unknown_codes_add_nothing(document: Document) -> None:
    assert put(document, "9.99.99", "bukan kode") == {"program": 0, "kegiatan": 0, "sub_kegiatan": 0}
    assert tree(document.plan) == []


def test_the_own_bidang_is_that_of_the_supporting_program(document: Document) -> None:
    plan = document.plan
    assert bidang_of(plan, _dokumen(plan)) == ""
    put(document, "2.17.07", "2.17.08")
    assert bidang_of(plan, _dokumen(plan)) == "2.17"
    (change,) = edits.add_anggaran(plan, _dokumen(plan), "program", None)
    document.edit("tambah", (change,))
    document.edit("ubah", edits.set_field(change.row, "kode", "3.31.01"))
    assert bidang_of(plan, _dokumen(plan)) == "3.31"
    assert listed(plan).entry("3.31.01.2.02.0001") is not None


def test_a_line_is_filled_with_name_code_and_indicator(document: Document) -> None:
    put(document, "2.17.07.2.01.0003")
    plan = document.plan
    line = next(line for line in plan.all(Anggaran) if line.jenis == "sub_kegiatan")
    document.edit("isi", fill(plan, line, LIST[5]))
    line = plan.get(Anggaran, line.id)
    assert (line.kode, line.nama) == ("2.17.07.2.01.0001", "Pendataan Usaha")
    assert [(i.uraian, i.satuan) for i in plan.where(Indikator, "anggaran_id", line.id)] == [
        ("Jumlah usaha terdata", "Unit Usaha")
    ]
    assert fill(plan, line, LIST[5]) == ()
    document.edit("isi", fill(plan, line, LIST[6]))
    assert [i.uraian for i in plan.where(Indikator, "anggaran_id", line.id)] == ["Jumlah usaha terdata"]

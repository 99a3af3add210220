"""The next year's plan from last year's: what stays, what goes, what becomes the starting value."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.reading import read_plan
from models.rows import (
    Aksi,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    Kop,
    Narasi,
    Opd,
    TotalTercetak,
    new_id,
    references,
)
from services.capaian_periode import realisasi_of
from services.document import Document
from services.narasi.template import template_changes
from services.new_plan import NewPlan, create_plan
from services.new_year import create_next_year, last_document, new_year, new_year_rows
from services.samples import create_from, sample_path, sample_plan

SAMPLES = sorted(p.name.removesuffix(".renaksi.json") for p in sample_path().parent.glob("*.renaksi.json"))


def turned(plan: Plan, dokumen_id: str) -> tuple[Plan, Dokumen]:
    """The plan after the next year was added to it."""
    changes, fresh_id = new_year(plan, dokumen_id)
    plan.apply(changes)
    return plan, plan.get(Dokumen, fresh_id)


@pytest.mark.parametrize("name", SAMPLES)
def test_structure_officials_units_and_links_stay(name: str) -> None:
    plan, old = sample_plan(name)
    plan, new = turned(plan, old)

    def of(cls: type, field: str, dokumen_id: str) -> list[object]:
        return [getattr(row, field) for row in plan.where(cls, "dokumen_id", dokumen_id)]

    for cls, field in (
        (Kinerja, "uraian"),
        (Kinerja, "nomor"),
        (Anggaran, "nama"),
        (Anggaran, "kode"),
        (Indikator, "uraian"),
        (Indikator, "satuan"),
        (Indikator, "akumulasi"),
        (Jabatan, "nama"),
        (Aksi, "uraian"),
        (Narasi, "isi"),
        (Dukungan, "urutan"),
    ):
        assert of(cls, field, new.id) == of(cls, field, old), (cls, field)
    mine = {row.id for row in plan.rows() if getattr(row, "dokumen_id", "") == new.id} | {new.id, new.opd_id}
    for row in plan.rows():
        if getattr(row, "dokumen_id", "") == new.id:
            named = (getattr(row, field) for field in references(type(row)))
            assert all(value in mine for value in named if value is not None)


@pytest.mark.parametrize("name", SAMPLES)
def test_targets_results_cash_and_pagu_go(name: str) -> None:
    plan, old = sample_plan(name)
    plan, new = turned(plan, old)
    for cls in (DeretIndikator, DeretAnggaran, TotalTercetak):
        assert plan.where(cls, "dokumen_id", new.id) == ()
    for indikator in plan.where(Indikator, "dokumen_id", new.id):
        assert (indikator.target, indikator.realisasi, indikator.capaian_tercetak) == (None, None, None)
    assert all(line.pagu is None for line in plan.where(Anggaran, "dokumen_id", new.id))
    assert all(aksi.bulan is None for aksi in plan.where(Aksi, "dokumen_id", new.id))


def test_the_document_is_the_first_of_the_next_year_without_dates() -> None:
    plan, old = sample_plan("lampung-2019")
    before = plan.get(Dokumen, old)
    plan, new = turned(plan, old)
    assert (new.tahun, new.tahap, new.nomor_perubahan, new.tanggal) == (2020, "murni", 0, None)
    assert new.judul == before.judul.replace("2019", "2020")
    assert (new.ttd_nama, new.ttd_jabatan, new.tempat) == (before.ttd_nama, before.ttd_jabatan, before.tempat)
    assert plan.get(Dokumen, old) == before


def test_last_years_result_becomes_the_starting_value_else_its_target() -> None:
    plan, old = sample_plan("lampung-2019")
    before = plan.where(Indikator, "dokumen_id", old)
    results = [realisasi_of(plan, i, 2019).text for i in before]
    plan, new = turned(plan, old)
    starts = [i.kondisi_awal for i in plan.where(Indikator, "dokumen_id", new.id)]
    assert any(results)
    for indikator, result, start in zip(before, results, starts, strict=True):
        if result or indikator.target:
            assert start == (result or indikator.target)


def test_a_result_reached_month_by_month_counts() -> None:
    plan, old = sample_plan()
    first = plan.where(Indikator, "dokumen_id", old)[0]
    series = DeretIndikator(
        id=new_id(),
        dokumen_id=old,
        indikator_id=first.id,
        jenis="realisasi",
        periode="bulan",
        nilai=("10", "20", *[None] * 10),
    )
    plan.apply([Change(None, series)])
    plan, new = turned(plan, old)
    assert plan.where(Indikator, "dokumen_id", new.id)[0].kondisi_awal == "20"


def test_it_is_one_step_that_can_be_undone(buleleng: Document) -> None:
    before = {row.id: row for row in buleleng.plan.rows()}
    changes, fresh_id = new_year(buleleng.plan, last_document(buleleng.plan).id)
    buleleng.edit("tahun berikut", changes)
    assert buleleng.plan.get(Dokumen, fresh_id).tahun == 2023
    buleleng.undo()
    assert {row.id: row for row in buleleng.plan.rows()} == before


def test_a_new_file_holds_the_agency_and_the_next_year_only(tmp_path: Path) -> None:
    with create_from(sample_path(), tmp_path / "lama.db") as last:
        dokumen = last_document(last.plan)
        opd = last.plan.get(Opd, dokumen.opd_id)
        last.edit("kop", [Change(None, Kop(id=new_id(), opd_id=opd.id, baris="PEMERINTAH"))])
        last.edit("naskah", template_changes(last.plan, dokumen.id))
        create_next_year(tmp_path / "baru.db", last.plan, dokumen.id).file.close()
        known = {row.id for row in last.plan.rows()}
    plan = Plan(read_plan(tmp_path / "baru.db"))
    (fresh,) = plan.all(Dokumen)
    (agency,) = plan.all(Opd)
    assert (fresh.tahun, fresh.opd_id, agency.nama) == (2023, agency.id, opd.nama)
    assert [kop.baris for kop in plan.all(Kop)] == ["PEMERINTAH"]
    assert plan.all(Narasi)
    assert not {row.id for row in plan.rows()} & known
    with pytest.raises(PlanError, match="sudah ada"):
        create_next_year(tmp_path / "baru.db", plan, fresh.id)


def test_the_last_document_is_that_of_the_last_year_and_its_last_stage() -> None:
    plan, old = sample_plan()
    first = plan.get(Dokumen, old)
    later = replace(first, id=new_id(), urutan=first.urutan + 5, tahun=2024)
    revised = replace(first, id=new_id(), urutan=first.urutan + 3, tahun=2024)
    plan.apply([Change(None, later), Change(None, revised)])
    assert last_document(plan).id == later.id
    with pytest.raises(PlanError, match="belum memuat dokumen"):
        last_document(Plan())


def test_a_new_plan_from_last_year_has_the_name_year_and_officials_that_were_written(tmp_path: Path) -> None:
    create_from(sample_path("bone-2023"), tmp_path / "lama.db").file.close()
    new = NewPlan(
        opd_nama="Dinas Baru",
        tahun=2026,
        jabatan="Kepala Dinas Baru",
        nama="Andi",
        atasan_jabatan="Bupati Bone",
        atasan_nama="Fahsar",
        last_year=tmp_path / "lama.db",
    )
    create_plan(tmp_path / "baru.db", new).file.close()
    plan, last = Plan(read_plan(tmp_path / "baru.db")), Plan(read_plan(tmp_path / "lama.db"))
    (dokumen,), (opd,) = plan.all(Dokumen), plan.all(Opd)
    assert (opd.nama, dokumen.tahun, dokumen.tahap, dokumen.ttd_nama) == ("Dinas Baru", 2026, "murni", "Andi")
    assert [i.uraian for i in plan.all(Indikator)] == [i.uraian for i in last.all(Indikator)]


def test_the_rows_of_a_new_file_name_each_other() -> None:
    plan, old = sample_plan("bone-2023")
    rows, _ = new_year_rows(plan, old)
    ids = {row.id for row in rows}
    for row in rows:
        assert all(value in ids for f in references(type(row)) if (value := getattr(row, f)) is not None)

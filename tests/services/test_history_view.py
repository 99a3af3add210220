"""The history in words: of a plan, a line, a cell; and an old value put back."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.changes import Change
from models.errors import PlanError
from models.plan_file import PlanFile
from models.rows import BULAN, Anggaran, DeretAnggaran, Indikator, Jabatan, Narasi, Opd
from services.document import Document
from services.edits import set_cash
from services.history_view import cell, entries, of_line, people, restoring
from services.row_words import KINDS, field_name, value_text


@pytest.fixture
def document(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("buleleng-2022"), path)
    with Document.open(path) as opened:
        yield opened


@pytest.fixture
def line(document):
    """A sub kegiatan with a cash plan."""
    plan = document.plan
    return next(
        row
        for row in plan.all(Anggaran)
        if row.jenis == "sub_kegiatan" and plan.one(DeretAnggaran, "anggaran_id", row.id, "kas")
    )


def pagu(document, line, value):
    now = document.plan.get(Anggaran, line.id)
    document.edit("ubah pagu", [Change(now, replace(now, pagu=value))])


def newest(document, **filters):
    return entries(document.file, document.plan, **filters)[0]


def test_a_changed_amount_is_told_with_old_and_new(document, line):
    pagu(document, line, 1_500_000)
    pagu(document, line, None)
    happened = newest(document)
    assert (happened.where, happened.field) == (f"Sub kegiatan {line.nama}", "pagu")
    assert (happened.old, happened.new) == ("1.500.000", "belum diisi")
    assert happened.label == "ubah pagu"
    assert happened.when.date() == date.today()
    assert happened.who in people(document.file)


@pytest.mark.parametrize(("value", "text"), [(None, "belum diisi"), ("", "kosong"), ("-", "-"), ("0", "0")])
def test_empty_nothing_dash_and_zero_stay_four_things(document, value, text):
    row = document.plan.all(Indikator)[0]
    document.edit("ubah", [Change(row, replace(row, target="x" if row.target == value else value))])
    row = document.plan.get(Indikator, row.id)
    if row.target != value:
        document.edit("ubah", [Change(row, replace(row, target=value))])
    assert newest(document).new == text


def test_a_position_is_called_by_its_name(document, line):
    head = Jabatan(id="kepala", dokumen_id=line.dokumen_id, urutan=99, nama="Kepala Bidang Koperasi")
    document.edit("tambah", [Change(None, head)])
    document.edit("pilih", [Change(line, replace(line, penanggung_jawab_id="kepala"))])
    assert (newest(document).field, newest(document).new) == ("penanggung jawab", "Kepala Bidang Koperasi")


def test_a_row_that_came_and_went_keeps_its_name(document, line):
    prose = Narasi(id="bab", dokumen_id=line.dokumen_id, urutan=1, judul="Penutup")
    document.edit("tambah", [Change(None, prose)])
    document.edit("hapus", [Change(prose, None)])
    gone, came = entries(document.file, document.plan, row="bab")
    assert [(h.field, h.where) for h in (came, gone)] == [
        ("ditambahkan", "Bagian narasi Penutup"),
        ("dihapus", "Bagian narasi Penutup"),
    ]


def test_the_filters(document, line):
    pagu(document, line, 5)
    today = date.today()
    assert newest(document, since=today, until=today).new == "5"
    assert entries(document.file, document.plan, until=today - timedelta(days=1)) == []
    assert entries(document.file, document.plan, since=today + timedelta(days=1)) == []
    assert entries(document.file, document.plan, who="bukan siapa-siapa") == []
    assert {h.row_id for h in entries(document.file, document.plan, row=line.id)} == {line.id}
    assert [h.column for h in entries(document.file, document.plan, row=line.id, columns=["pagu"])] == ["pagu"]


def test_a_months_cell_has_its_history_from_its_first_value_on(document, line):
    plan = document.plan
    first = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas").nilai[11]
    for amount in (1_000, 2_000):
        document.edit("ubah kas Desember", set_cash(plan, line, 11, amount, kumulatif=True))
    document.edit("ubah kas Januari", set_cash(plan, line, 0, 7, kumulatif=True))
    second, then, filled = cell(document.file, plan, line, "b12")
    assert (second.field, second.old, second.new) == ("kas Desember", "1.000", "2.000")
    assert then.new == "1.000"
    assert (filled.field, filled.old) == ("ditambahkan", "belum diisi")
    assert filled.new == value_text(plan, "deret_anggaran", "b12", first)
    assert cell(document.file, plan, line, "b12", jenis="realisasi") == []


def test_a_line_has_its_own_fields_and_its_series(document, line):
    pagu(document, line, 5)
    document.edit("ubah kas", set_cash(document.plan, line, 11, 9, kumulatif=True))
    found = of_line(document.file, document.plan, document.plan.get(Anggaran, line.id))
    assert [h.field for h in found[:2]] == ["kas Desember", "pagu"]
    assert [h.number for h in found] == sorted((h.number for h in found), reverse=True)


def test_a_quarter_is_called_a_quarter():
    series = DeretAnggaran(id="s", dokumen_id="d", anggaran_id="a", jenis="realisasi", periode="triwulan")
    assert field_name("deret_anggaran", "b06", series) == "realisasi TW II"


def test_an_old_value_is_put_back(document, line):
    before = line.pagu
    pagu(document, line, 5)
    happened = newest(document)
    document.edit("kembalikan pagu", restoring(document.plan, happened))
    assert document.plan.get(Anggaran, line.id).pagu == before
    assert restoring(document.plan, happened) == ()


def test_an_old_month_is_put_back(document, line):
    plan = document.plan
    document.edit("ubah kas", set_cash(plan, line, 11, 9, kumulatif=True))
    happened = cell(document.file, plan, line, "b12")[0]
    document.edit("kembalikan kas", restoring(plan, happened))
    assert len(plan.one(DeretAnggaran, "anggaran_id", line.id, "kas").nilai) == BULAN
    assert cell(document.file, plan, line, "b12")[0].new == happened.old


def test_a_row_that_was_removed_is_put_back(document, line):
    prose = Narasi(id="bab", dokumen_id=line.dokumen_id, urutan=1, judul="Penutup")
    document.edit("tambah", [Change(None, prose)])
    with pytest.raises(PlanError, match="ditambahkan di sini"):
        restoring(document.plan, newest(document))
    document.edit("hapus", [Change(prose, None)])
    happened = newest(document)
    document.edit("kembalikan", restoring(document.plan, happened))
    assert document.plan.get(Narasi, "bab") == prose
    with pytest.raises(PlanError, match="sudah ada lagi"):
        restoring(document.plan, happened)


def test_a_value_of_a_row_that_is_gone_is_not_put_back(document, line):
    prose = Narasi(id="bab", dokumen_id=line.dokumen_id, urutan=1, judul="Penutup")
    document.edit("tambah", [Change(None, prose)])
    document.edit("ubah", [Change(prose, replace(prose, judul="Lain"))])
    happened = newest(document)
    document.edit("hapus", [Change(replace(prose, judul="Lain"), None)])
    with pytest.raises(PlanError, match="sudah dihapus"):
        restoring(document.plan, happened)


def test_a_position_that_is_gone_is_not_chosen_again(document, line):
    head = Jabatan(id="kepala", dokumen_id=line.dokumen_id, urutan=99, nama="Kepala")
    document.edit("tambah", [Change(None, head)])
    now = replace(line, penanggung_jawab_id="kepala")
    document.edit("pilih", [Change(line, now)])
    document.edit("lepas", [Change(now, replace(now, penanggung_jawab_id=None)), Change(head, None)])
    chosen = next(h for h in entries(document.file, document.plan, row=line.id) if h.label == "lepas")
    with pytest.raises(PlanError, match="sudah dihapus"):
        restoring(document.plan, chosen)


def test_every_entry_of_every_sample_has_its_words(published):
    with PlanFile.open(published("buleleng-2022")) as file:
        from models.plan import Plan

        found = entries(file, Plan(file.rows()))
    assert len(found) == len({h.number for h in found}) > 400
    assert all(h.where and h.field == "ditambahkan" for h in found)


def test_every_table_has_a_name():
    from models.rows import TABLES

    assert {table for table in TABLES if table not in KINDS} <= {"penerimaan", "terima", "temuan_diterima"}
    assert value_text(None, Opd.TABLE, "nama", "") == "kosong"

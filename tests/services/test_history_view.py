"""The history in words: of a plan, a line, a cell; and an old value put back."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.changes import Change
from models.errors import PlanError
from models.history_reading import HistoryReader
from models.plan_file import PlanFile
from models.rows import BULAN, Anggaran, DeretAnggaran, Indikator, Jabatan, Kinerja, Narasi, Opd
from services.document import Document
from services.edits import remove, set_cash
from services.history_restore import RowGoneError, bringing_back, gone_words, restoring
from services.history_search import HistorySearch, Wanted
from services.history_view import KINDS, path_text, shown, whole
from services.row_words import field_name, value_text


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


def entries(document, piece=7, **wanted):
    """What is found, looking a few entries at a time."""
    search = HistorySearch(HistoryReader(document.file), document.plan, Wanted(**wanted))
    numbers, more = [], True
    while more:
        found, more = search.advance(piece if len(numbers) < 40 else 500)
        numbers += found
    assert numbers == sorted(numbers, reverse=True)
    return [each for at in range(0, len(numbers), 100) for each in search.words_of(numbers[at : at + 100])]


def cell(document, line, column, jenis="kas"):
    return entries(document, row=line, column=column, jenis=jenis)


def newest(document):
    (entry,) = HistoryReader(document.file).before(10**9, 1)
    return shown(document.plan, [entry])[0]


def test_a_changed_amount_is_told_with_old_and_new(document, line):
    pagu(document, line, 1_500_000)
    pagu(document, line, None)
    happened = newest(document)
    assert (happened.where, happened.field) == (f"Sub kegiatan {line.nama}", "pagu")
    assert (happened.old, happened.new) == ("1.500.000", "belum diisi")
    assert happened.label == "ubah pagu"
    assert happened.when.date() == date.today()
    assert happened.who in HistoryReader(document.file).people()


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
    gone, came = entries(document, row=prose)
    assert [(h.field, h.where) for h in (came, gone)] == [
        ("ditambahkan", "(dihapus) Bagian narasi Penutup"),
        ("dihapus", "Bagian narasi Penutup"),
    ]


def test_the_filters(document, line):
    pagu(document, line, 5)
    today = date.today()
    assert entries(document, since=today, until=today)[0].new == "5"
    assert entries(document, until=today - timedelta(days=1)) == []
    assert entries(document, since=today + timedelta(days=1)) == []
    assert entries(document, who="bukan siapa-siapa") == []
    assert entries(document, row=line)[0].row_id == line.id
    assert [h.column for h in entries(document, row=line, column="pagu")] == ["pagu"]


def test_words_are_found_in_all_that_is_shown(document, line):
    pagu(document, line, 123_456_789)
    pagu(document, line, 7)
    last, first = entries(document, text="ubah pagu")
    for text in ("123.456.789", "123456789", f"{line.nama[:12].upper()} 123.456.789", "PAGU 123"):
        assert [h.number for h in entries(document, text=text)] == [last.number, first.number]
    assert entries(document, text="pagu xyzzy") == []


def test_a_branch_has_what_hangs_below_it_and_what_did(document, line):
    plan = document.plan
    above = plan.get(Anggaran, line.induk_id)
    pagu(document, line, 5)
    document.edit("ubah kas", set_cash(plan, plan.get(Anggaran, line.id), 11, 9, kumulatif=True))
    document.edit("hapus", remove(plan, plan.get(Anggaran, line.id)))
    found = entries(document, row=above, branch=True)
    fields = [h.field for h in found if h.label in ("ubah pagu", "ubah kas")]
    assert fields == ["kas Desember", "pagu"]
    assert found[-1].field == "ditambahkan"
    assert {"ubah pagu", "ubah kas"}.isdisjoint(h.label for h in entries(document, row=above))
    elsewhere = next(row for row in plan.all(Anggaran) if row.jenis == "program" and row.id != above.induk_id)
    assert {"ubah pagu", "hapus"}.isdisjoint(h.label for h in entries(document, row=elsewhere, branch=True))


def test_the_whole_history_is_found_piece_by_piece(document, line):
    pagu(document, line, 5)
    first, last = HistoryReader(document.file).ends()
    assert [h.number for h in entries(document, 50)] == list(range(last, first - 1, -1))


def test_what_happens_meanwhile_is_taken_in_where_it_is_wanted(document, line):
    reader = HistoryReader(document.file)
    search = HistorySearch(reader, document.plan, Wanted(row=line))
    other = next(row for row in document.plan.all(Anggaran) if row.id != line.id)
    pagu(document, line, 5)
    pagu(document, other, 5)
    newer = reader.after(search.last)
    assert search.take(newer) == [newer[0][0]]
    assert search.last == reader.ends()[1]


def test_a_months_cell_has_its_history_from_its_first_value_on(document, line):
    plan = document.plan
    first = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas").nilai[11]
    for amount in (1_000, 2_000):
        document.edit("ubah kas Desember", set_cash(plan, line, 11, amount, kumulatif=True))
    document.edit("ubah kas Januari", set_cash(plan, line, 0, 7, kumulatif=True))
    second, then, filled = cell(document, line, "b12")
    assert (second.field, second.old, second.new) == ("kas Desember", "1.000", "2.000")
    assert then.new == "1.000"
    assert (filled.field, filled.old) == ("kas Desember", "belum diisi")
    assert filled.new == value_text(plan, "deret_anggaran", "b12", first)
    assert cell(document, line, "b12", jenis="realisasi") == []
    document.edit("kosongkan", restoring(plan, filled))
    assert plan.one(DeretAnggaran, "anggaran_id", line.id, "kas").nilai[11] is None


def test_a_line_has_its_own_fields_and_its_series(document, line):
    pagu(document, line, 5)
    document.edit("ubah kas", set_cash(document.plan, line, 11, 9, kumulatif=True))
    assert [h.field for h in entries(document, row=line)[:2]] == ["kas Desember", "pagu"]


def test_what_is_told_in_full_is_not_cut(document, line):
    long = "kata " * 100
    prose = Narasi(id="bab", dokumen_id=line.dokumen_id, urutan=1, judul="Penutup", isi="pendek")
    document.edit("tambah", [Change(None, prose)])
    document.edit("ubah", [Change(prose, replace(prose, isi=long))])
    happened = newest(document)
    assert len(happened.new) <= 200
    assert whole(document.plan, happened) == ("pendek", long)
    document.edit("hapus", [Change(document.plan.get(Narasi, "bab"), None)])
    old, new = whole(document.plan, newest(document))
    assert new == ""
    assert "judul: Penutup" in old
    assert long.strip() in old


def test_the_place_says_what_the_line_hangs_under(document, line):
    document.edit("ubah kas", set_cash(document.plan, line, 11, 9, kumulatif=True))
    above = document.plan.get(Anggaran, line.induk_id)
    assert path_text(document.plan, newest(document)).startswith(f"Kegiatan {above.nama}")


def test_a_row_that_is_gone_is_still_called_by_its_name(document, line):
    pagu(document, line, 5)
    document.edit("hapus", remove(document.plan, document.plan.get(Anggaran, line.id)))
    told = next(h for h in entries(document, row=line) if h.field == "pagu")
    assert told.where == f"(dihapus) Sub kegiatan {line.nama}"


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
    happened = cell(document, line, "b12")[0]
    document.edit("kembalikan kas", restoring(plan, happened))
    assert len(plan.one(DeretAnggaran, "anggaran_id", line.id, "kas").nilai) == BULAN
    assert cell(document, line, "b12")[0].new == happened.old


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


def test_a_value_of_a_row_that_is_gone_comes_back_with_its_row(document, line):
    prose = Narasi(id="bab", dokumen_id=line.dokumen_id, urutan=1, judul="Penutup")
    document.edit("tambah", [Change(None, prose)])
    document.edit("ubah", [Change(prose, replace(prose, judul="Lain"))])
    happened = newest(document)
    document.edit("buang bagian", [Change(replace(prose, judul="Lain"), None)])
    with pytest.raises(RowGoneError, match="sudah dihapus"):
        restoring(document.plan, happened)
    reader = HistoryReader(document.file)
    assert "(buang bagian)" in gone_words(reader, document.plan, happened)
    assert bringing_back(reader, document.plan, happened) == (Change(None, prose),)


def test_a_deleted_branch_comes_back_whole_from_one_of_its_fields(document, line):
    plan = document.plan
    kegiatan = plan.get(Anggaran, line.induk_id)
    pagu(document, line, 5)
    happened = newest(document)
    before = {(row.TABLE, row.id): row for row in plan.rows()}
    document.edit("hapus kegiatan", remove(plan, kegiatan))
    assert plan.find(Anggaran, line.id) is None
    document.edit("kembalikan", bringing_back(HistoryReader(document.file), plan, happened))
    after = {(row.TABLE, row.id): row for row in plan.rows()}
    differing = [key for key in before if before[key] != after.get(key)]
    assert differing == [("anggaran", line.id)], "only the field has the value from before its change"
    assert after["anggaran", line.id] == line
    assert after.keys() == before.keys()
    document.undo()
    assert plan.find(Anggaran, kegiatan.id) is None


def test_a_row_whose_parent_is_gone_too_is_brought_back_below_it(document, line):
    plan = document.plan
    above = plan.get(Anggaran, line.induk_id)
    document.edit("hapus", remove(plan, line))
    happened = next(h for h in entries(document, row=line) if h.field == "dihapus")
    document.edit("hapus kegiatan", remove(plan, above))
    with pytest.raises(RowGoneError, match="juga sudah dihapus"):
        restoring(plan, happened)
    document.edit("kembalikan", bringing_back(HistoryReader(document.file), plan, happened))
    assert plan.get(Anggaran, line.id) == line
    assert plan.get(Anggaran, above.id) == above


def test_what_something_else_stands_in_the_place_of_is_not_put_back(document, line):
    plan = document.plan
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    document.edit("hapus kas", [Change(series, None)])
    happened = newest(document)
    document.edit("kas baru", [Change(None, replace(series, id="lain"))])
    with pytest.raises(PlanError, match="sudah menempati"):
        restoring(plan, happened)
    with pytest.raises(PlanError, match="sudah menempati"):
        bringing_back(HistoryReader(document.file), plan, happened)


def test_a_row_is_not_hung_under_itself(document):
    plan = document.plan
    child = next(row for row in plan.all(Kinerja) if row.induk_id)
    above = plan.get(Kinerja, child.induk_id)
    document.edit("lepas", [Change(child, replace(child, induk_id=None))])
    happened = newest(document)
    now = plan.get(Kinerja, above.id)
    document.edit("balik", [Change(now, replace(now, induk_id=child.id))])
    with pytest.raises(PlanError, match="di bawah baris ini"):
        restoring(plan, happened)


def test_a_position_that_is_gone_is_not_chosen_again(document, line):
    head = Jabatan(id="kepala", dokumen_id=line.dokumen_id, urutan=99, nama="Kepala")
    document.edit("tambah", [Change(None, head)])
    now = replace(line, penanggung_jawab_id="kepala")
    document.edit("pilih", [Change(line, now)])
    document.edit("lepas", [Change(now, replace(now, penanggung_jawab_id=None)), Change(head, None)])
    chosen = next(h for h in entries(document, row=line) if h.label == "lepas")
    with pytest.raises(PlanError, match="sudah dihapus"):
        restoring(document.plan, chosen)


def test_every_entry_of_a_sample_has_its_words(published):
    from models.plan import Plan

    with PlanFile.open(published("buleleng-2022")) as file:
        found = shown(Plan(file.rows()), HistoryReader(file).after(0))
    assert len(found) == len({h.number for h in found}) > 400
    assert all(h.where and h.field == "ditambahkan" for h in found)


def test_every_table_has_a_name():
    from models.rows import TABLES

    assert TABLES.keys() <= KINDS.keys()
    assert value_text(None, Opd.TABLE, "nama", "") == "kosong"

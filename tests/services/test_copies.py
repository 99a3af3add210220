"""Sending a copy: what it holds, what it does not, and how it comes back through real files."""

import sqlite3
from contextlib import closing

import pytest

from models.changes import Change
from models.errors import PlanError
from models.merging import chain_holds, read_copy, write_copy
from models.reading import read_plan
from models.rows import Anggaran, Dokumen, Jabatan, Kinerja, Narasi, Opd, Salinan
from models.seal import check_seal
from services import edits
from services.copies import nip_count, part_of, positions_of, proposed_name, send_copy, sent
from services.document import Document
from services.merge import Merge, own_sending
from services.merge_conflicts import open_conflicts

SECRET = "Rahasia yang sudah dihapus"


def put(document, row, **values):
    document.edit("isi", edits.set_field(row, *next(iter(values.items()))))


def merge_into(document, *paths):
    document.file.publish()
    merge = Merge(read_copy(document.file.path), [read_copy(path) for path in paths])
    document.edit(merge.label, merge.changes())
    document.file.publish()
    return merge


@pytest.fixture
def plan(open_copy):
    with open_copy("buleleng-2022") as document:
        yield document


@pytest.fixture
def salinan(plan, tmp_path):
    path = tmp_path / "bidang.db"
    send_copy(plan, "Bidang Koperasi", path)
    return path


def test_a_copy_holds_every_row_and_one_entry_of_history(plan, salinan):
    copy = read_copy(salinan)
    assert {row.id: row for row in copy.rows} == {row.id: row for row in plan.plan.rows()}
    assert len(copy.history) == 1
    assert check_seal(salinan), "sealed as a published file"
    assert copy.head == read_copy(plan.file.path).head
    row = own_sending(copy)
    assert (row.untuk, row.bagian) == ("Bidang Koperasi", None)
    assert own_sending(read_copy(plan.file.path)) is None
    assert sent(plan.plan) == (row,)


def test_a_copy_holds_no_deleted_text(plan, tmp_path):
    dokumen = plan.plan.all(Dokumen)[0]
    narasi = Narasi(id="rahasia", dokumen_id=dokumen.id, urutan=1, isi=SECRET)
    plan.edit("tambah", [Change(None, narasi)])
    plan.edit("hapus", [Change(narasi, None)])
    path = tmp_path / "bidang.db"
    send_copy(plan, "Bidang Koperasi", path)
    assert SECRET.encode() in plan.file.path.read_bytes(), "the plan's own history keeps it"
    assert SECRET.encode() not in path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert not list(tmp_path.glob("*.tmp"))


def test_a_copy_is_edited_sent_back_and_merged_through_files(plan, salinan):
    line, node = plan.plan.all(Anggaran)[-1], plan.plan.all(Kinerja)[0]
    with Document.open(salinan) as bidang:
        put(bidang, bidang.plan.get(Anggaran, line.id), pagu=123)
        put(bidang, bidang.plan.get(Kinerja, node.id), uraian="Mereka")
        bidang.file.publish()
    put(plan, node, uraian="Kita")
    merge = merge_into(plan, salinan)
    assert plan.plan.get(Anggaran, line.id).pagu == 123
    assert plan.plan.get(Kinerja, node.id).uraian == "Kita"
    assert open_conflicts(plan.plan) == merge.conflicts
    (conflict,) = merge.conflicts
    assert (conflict.kita, conflict.mereka) == ('["Kita"]', '["Mereka"]')
    history = read_copy(plan.file.path).history
    assert chain_holds(history, "")
    assert {row.id: row for row in read_plan(plan.file.path)} == {row.id: row for row in plan.plan.rows()}
    plan.undo()
    assert (plan.plan.get(Anggaran, line.id), open_conflicts(plan.plan)) == (line, ())
    merge_into(plan, salinan)
    assert plan.plan.get(Anggaran, line.id).pagu == 123


def test_a_copy_of_a_copy_says_which_plan_it_is_of(plan, salinan, tmp_path):
    seksi = tmp_path / "seksi.db"
    with Document.open(salinan) as bidang:
        send_copy(bidang, "Seksi", seksi)
    with Document.open(seksi) as third:
        assert {row.asal for row in third.plan.all(Salinan)} == {read_copy(plan.file.path).history[0][10]}
        put(third, third.plan.all(Anggaran)[0], nama="Dari seksi")
        third.file.publish()
    merge_into(plan, seksi)
    assert plan.plan.all(Anggaran)[0].nama == "Dari seksi"


def test_the_part_that_may_be_edited_is_what_the_bidang_answers_for(plan, tmp_path):
    head = next(row for row in plan.plan.all(Jabatan) if plan.plan.where(Anggaran, "penanggung_jawab_id", row.id))
    part = part_of(plan.plan, [head])
    rows = {row.id: row for row in plan.plan.rows()}
    assert part
    assert all(rows[row_id].penanggung_jawab_id for row_id in part)
    salinan = send_copy(plan, "Bidang", tmp_path / "b.db", part)
    allowed = {row.id for root in part for row in edits.branch(plan.plan, rows[root])}
    assert salinan.bagian == ",".join(sorted(part))
    assert {row.id for row in plan.plan.where(Anggaran, "penanggung_jawab_id", head.id)} <= allowed
    assert allowed < set(rows)


def test_a_bidang_is_found_by_its_unit_or_by_its_head(plan):
    row = plan.plan.all(Jabatan)[0]
    plan.edit("isi", edits.set_field(row, "unit", "Bidang Baru"))
    assert [r.id for r in positions_of(plan.plan, " bidang baru")] == [row.id]
    plan.edit("isi", edits.set_field(plan.plan.get(Jabatan, row.id), "nama", "Kepala Bidang UKM"))
    assert [r.id for r in positions_of(plan.plan, "Bidang UKM")] == [row.id]
    assert positions_of(plan.plan, "Bidang Lain") == ()


def test_a_copy_is_named_after_the_plan_and_its_office(plan):
    assert proposed_name(plan, "Bidang/UKM: 1") == "rencana-Bidang-UKM-1.db"


def test_a_plan_with_a_nip_says_so(plan):
    dokumen = plan.plan.all(Dokumen)[0]
    for row in plan.plan.all(Dokumen):
        plan.edit("isi", edits.set_field(row, "ttd_nip", None))
    assert nip_count(plan.plan) == 0
    plan.edit("isi", edits.set_field(plan.plan.get(Dokumen, dokumen.id), "ttd_nip", "19700101"))
    assert nip_count(plan.plan) == 1


@pytest.mark.parametrize("untuk", ["", "  \n"])
def test_a_copy_for_nobody_is_refused(plan, tmp_path, untuk):
    with pytest.raises(PlanError, match="Tujuan salinan belum diisi"):
        send_copy(plan, untuk, tmp_path / "b.db")


def test_an_empty_plan_is_not_sent(tmp_path):
    with Document.create(tmp_path / "a.db") as document, pytest.raises(PlanError, match="masih kosong"):
        send_copy(document, "Bidang", tmp_path / "b.db")


def test_a_plan_that_was_never_published_can_be_sent(tmp_path):
    with Document.create(tmp_path / "a.db") as document:
        document.edit("isi", [Change(None, Opd(id="o", urutan=1, nama="Dinas"))])
        send_copy(document, "Bidang", tmp_path / "b.db")
    assert [row.asal for row in read_copy(tmp_path / "b.db").rows if isinstance(row, Salinan)] == [
        read_copy(tmp_path / "a.db").history[0][10]
    ]


def test_neither_the_plan_nor_a_file_that_is_there_is_written_over(plan, tmp_path):
    there = tmp_path / "b.db"
    there.write_bytes(b"sudah kembali")
    for target, overwrite, words in ((there, False, "sudah ada"), (plan.file.path, True, "rencana ini sendiri")):
        with pytest.raises(PlanError, match=words):
            send_copy(plan, "Bidang", target, overwrite=overwrite)
    assert there.read_bytes() == b"sudah kembali"
    send_copy(plan, "Bidang", there, overwrite=True)
    assert read_copy(there).rows


@pytest.mark.parametrize(("part", "words"), [([], "belum dipilih"), (["tidak-ada"], "tidak ada lagi")])
def test_a_part_must_be_in_the_plan(plan, tmp_path, part, words):
    with pytest.raises(PlanError, match=words):
        send_copy(plan, "Bidang", tmp_path / "b.db", part)


def test_a_copy_that_cannot_be_written_is_not_noted(plan, tmp_path):
    with pytest.raises(PlanError, match=r"Folder .* tidak ada"):
        send_copy(plan, "Bidang", tmp_path / "tidak-ada" / "b.db")
    assert sent(plan.plan) == ()


def test_a_full_disk_leaves_no_half_copy(plan, tmp_path, full_disk):
    plan.file.publish()
    target = tmp_path / "b.db"
    with full_disk(), pytest.raises(PlanError):
        write_copy(plan.file.path, target)
    assert not target.exists()
    assert not list(tmp_path.glob(".b.db*"))


def test_a_broken_copy_is_refused_with_a_sentence(salinan):
    data = bytearray(salinan.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    salinan.write_bytes(data)
    with pytest.raises(PlanError, match="rusak"):
        read_copy(salinan)


def test_the_history_is_chained_and_a_changed_entry_breaks_it(plan):
    history = read_copy(plan.file.path).history
    assert chain_holds(history, "")
    assert chain_holds(history[5:], history[4][10])
    assert not chain_holds([*history[:3], (*history[3][:8], "lain", *history[3][9:]), *history[4:]], "")
    assert not chain_holds(history[1:], "")

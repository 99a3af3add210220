"""What a sent copy holds and what it does not, and how the copy itself knows whose it is."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from older import as_version

from main import main
from models.changes import Change
from models.errors import PlanError
from models.merging import read_copy
from models.rows import Anggaran, Dokumen, Jabatan, Kinerja, Konflik, Pejabat, Salinan
from models.schema import VERSION
from models.seal import unseal
from services import backups, edits
from services.copies import (
    is_copy_of,
    keep_note,
    nip_count,
    nips_in_texts,
    noted,
    offices,
    outside_part,
    part_names,
    prepared,
    send_copy,
    sent,
    waiting,
    write_sent,
)
from services.document import Document
from services.merge import Merge, own_sending
from services.merge_conflicts import is_void, open_conflicts, solve
from services.merge_preview import stored
from services.merge_report import as_json, as_text, merge_files
from services.receiving import received

NIP, THEIRS = "197001011990031001", "Uraian rahasia dari bidang lain"


@pytest.fixture
def plan(open_copy):
    with open_copy("lombok-tengah-2022") as document:
        yield document


def put(document, cls, at, **values):
    row = document.plan.all(cls)[at]
    document.edit("isi", [Change(row, replace(row, **values))])


def edited(path, cls, at, **values):
    with Document.open(path) as copy:
        put(copy, cls, at, **values)
        copy.file.publish()


@pytest.fixture
def disputed(plan, tmp_path):
    """A plan in which a conflict with another Bidang waits."""
    send_copy(plan, "Bidang Umum", tmp_path / "umum.db")
    edited(tmp_path / "umum.db", Kinerja, 0, uraian=THEIRS)
    put(plan, Kinerja, 0, uraian="Uraian kita")
    merge_files(plan, [tmp_path / "umum.db"])
    assert waiting(plan.plan) == 1
    return plan


def test_a_copy_holds_neither_the_conflicts_nor_the_other_sendings_of_its_sender(disputed, tmp_path):
    path = tmp_path / "koperasi.db"
    row = send_copy(disputed, "Bidang Koperasi", path)
    copy = read_copy(path)
    assert [r for r in copy.rows if isinstance(r, Salinan | Konflik)] == [row]
    data = path.read_bytes()
    assert THEIRS.encode() not in data
    assert b"Bidang Umum" not in data
    assert b"Uraian kita" in data
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)


@pytest.mark.parametrize("through", ["their file alone", "our file in theirs first"])
def test_what_the_copy_never_held_is_not_deleted_when_it_comes_back(disputed, tmp_path, through):
    put(disputed, Dokumen, 0, ttd_nip=NIP)
    path = tmp_path / "koperasi.db"
    send_copy(disputed, "Bidang Koperasi", path, without_nip=True)
    edited(path, Anggaran, 0, lokasi="Praya")
    if through == "our file in theirs first":
        put(disputed, Anggaran, 1, lokasi="Jonggat")
        disputed.file.publish()
        with Document.open(path) as copy:
            merge_files(copy, [disputed.file.path])
            assert copy.plan.all(Anggaran)[1].lokasi == "Jonggat"
        edited(path, Anggaran, 2, lokasi="Kopang")
    merge = merge_files(disputed, [path])
    assert not merge.conflicts
    assert disputed.plan.all(Anggaran)[0].lokasi == "Praya"
    assert disputed.plan.all(Dokumen)[0].ttd_nip == NIP
    assert {row.untuk for row in sent(disputed.plan)} >= {"Bidang Umum", "Bidang Koperasi"}
    (conflict,) = open_conflicts(disputed.plan)
    assert json.loads(conflict.mereka) == [THEIRS]
    disputed.edit("pilih", solve(disputed.plan, conflict, "mereka"))
    assert disputed.plan.all(Kinerja)[0].uraian == THEIRS


def test_a_copy_without_nips_holds_none_and_the_plan_keeps_them(plan, tmp_path):
    put(plan, Dokumen, 0, ttd_nip=NIP)
    first = plan.plan.all(Jabatan)[0]
    official = Pejabat(id="x", dokumen_id=first.dokumen_id, jabatan_id=first.id, nama="Ani", nip=NIP)
    plan.edit("isi", [Change(None, official)])
    assert nip_count(plan.plan) == 2
    for without, there in ((False, True), (True, False)):
        path = tmp_path / f"{without}.db"
        send_copy(plan, "Bidang", path, without_nip=without)
        assert (NIP.encode() in path.read_bytes()) is there
    edited(tmp_path / "True.db", Pejabat, 0, nama="Ani Lestari")
    merge = merge_files(plan, [tmp_path / "True.db"])
    assert plan.plan.get(Pejabat, "x").nip == NIP
    (conflict,) = merge.conflicts
    assert (conflict.kolom or "").startswith("nama,pangkat,nip,plt"), "name and NIP move together, so it is asked"


def test_a_copy_knows_whose_it_is_even_when_its_sending_was_undone_in_it(plan, tmp_path):
    path = tmp_path / "b.db"
    row = send_copy(plan, "Bidang", path, [plan.plan.all(Kinerja)[0].id])
    with Document.open(path) as copy:
        assert received(copy) == row
        assert part_names(copy.plan, row) == (copy.plan.all(Kinerja)[0].uraian,)
        copy.edit("urungkan", [Change(row, None)])
        put(copy, Anggaran, 0, lokasi="Praya")
        copy.file.publish()
        assert received(copy) == row
        send_copy(copy, "Seksi", tmp_path / "c.db")
    assert received(plan) is None
    assert own_sending(read_copy(path)) == row
    assert {r.asal for r in read_copy(tmp_path / "c.db").rows if isinstance(r, Salinan)} == {row.asal}
    merge_files(plan, [path])
    assert plan.plan.all(Anggaran)[0].lokasi == "Praya"


def test_a_change_outside_the_part_is_told_and_one_inside_is_not(plan, tmp_path):
    programs = [row for row in plan.plan.all(Anggaran) if row.induk_id is None]
    row = send_copy(plan, "Bidang", tmp_path / "b.db", [programs[0].id])
    with Document.open(tmp_path / "b.db") as copy:
        for program, strange in ((programs[0], False), (programs[1], True)):
            child = copy.plan.where(Anggaran, "induk_id", program.id)[0]
            for changes in (edits.set_field(child, "lokasi", "Praya"), edits.remove(copy.plan, child)):
                copy.edit("isi", changes)
                assert bool(outside_part(copy.plan, row, copy.done[0].changes)) is strange
                copy.undo()
        whole = replace(row, bagian=None)
        assert outside_part(copy.plan, whole, edits.set_field(programs[1], "lokasi", "x")) == ()


def test_offices_are_the_units_and_the_positions_without_one(plan):
    first = plan.plan.all(Jabatan)[0]
    plan.edit("isi", edits.set_field(first, "unit", " Bidang  Baru "))
    names = offices(plan.plan)
    assert "Bidang Baru" in names
    assert len(names) == len(set(names))
    assert first.nama not in names or any(r.nama == first.nama and not r.unit for r in plan.plan.all(Jabatan))


def test_a_file_says_whether_it_is_a_copy_of_this_plan(plan, tmp_path, published):
    path, other = tmp_path / "b.db", tmp_path / "lain.db"
    send_copy(plan, "Bidang", path)
    shutil.copyfile(published("bone-2023"), other)
    (tmp_path / "rusak.db").write_bytes(b"bukan rencana")
    assert is_copy_of(plan, path)
    assert not is_copy_of(plan, other)
    assert not is_copy_of(plan, plan.file.path)
    assert not is_copy_of(plan, tmp_path / "rusak.db")
    assert not is_copy_of(plan, tmp_path / "tidak-ada.db")
    with Document.open(path) as copy:
        send_copy(copy, "Seksi", tmp_path / "c.db")
        assert is_copy_of(copy, plan.file.path), "the plan itself, seen from its copy"
    assert is_copy_of(plan, tmp_path / "c.db")


# Copies of other versions


def aged(path, version):
    """The same plan, as a program of another version wrote it."""
    unseal(path)
    if version < VERSION:
        as_version(path, version)
        return
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_a_copy_of_an_older_program_is_merged_by_its_common_history(plan, tmp_path):
    plan.file.publish()
    path = tmp_path / "lama.db"
    shutil.copyfile(plan.file.path, path)
    edited(path, Anggaran, 0, lokasi="Praya")
    before = path.read_bytes()
    aged(path, 2)
    assert path.read_bytes() != before
    put(plan, Anggaran, 1, lokasi="Jonggat")
    merge = merge_files(plan, [path])
    assert not merge.conflicts
    assert [plan.plan.all(Anggaran)[at].lokasi for at in (0, 1)] == ["Praya", "Jonggat"]


def test_a_copy_of_a_newer_program_is_refused_with_a_sentence(plan, tmp_path):
    path = tmp_path / "baru.db"
    send_copy(plan, "Bidang", path)
    aged(path, VERSION + 1)
    with pytest.raises(PlanError, match="baru"):
        Merge(read_copy(plan.file.path), [read_copy(path)])


def test_the_command_tells_of_nips_and_leaves_them_out(plan, tmp_path, capsys):
    put(plan, Dokumen, 0, ttd_nip=NIP)
    plan.file.publish()
    source = tmp_path / "rencana.db"
    shutil.copyfile(plan.file.path, source)
    for more, told, there in (((), "1 NIP", True), (("--tanpa-nip",), "", False)):
        target = tmp_path / f"{len(more)}.db"
        assert main(["salin", str(source), "--untuk", "Bidang", "--ke", str(target), *more]) == 0
        assert ("1 NIP" in capsys.readouterr().out) is bool(told)
        assert (NIP.encode() in target.read_bytes()) is there


IN_TEXT = "Disahkan oleh Ir. Fulan, NIP. 19700101 199003 1 001, kode 5.1.02.01.01.0024 dan 1.01.02.2.01.0001."
BLANKED = "Disahkan oleh Ir. Fulan, NIP ..., kode 5.1.02.01.01.0024 dan 1.01.02.2.01.0001."


def test_nips_in_texts_are_counted_and_stay_home(plan, tmp_path):
    put(plan, Kinerja, 0, uraian=IN_TEXT)
    assert nips_in_texts(plan.plan) == 1
    send_copy(plan, "Bidang", tmp_path / "tanpa.db", without_nip=True)
    assert NIP[:8].encode() not in (tmp_path / "tanpa.db").read_bytes()
    with Document.open(tmp_path / "tanpa.db") as copy:
        assert copy.plan.all(Kinerja)[0].uraian == BLANKED
        put(copy, Kinerja, 1, uraian="Diubah")
        copy.file.publish()
    merge_files(plan, [tmp_path / "tanpa.db"])
    assert [row.uraian for row in plan.plan.all(Kinerja)[:2]] == [IN_TEXT, "Diubah"]
    assert open_conflicts(plan.plan) == ()


def test_a_copy_that_merged_the_plan_does_not_bring_blanks_back(plan, tmp_path):
    put(plan, Kinerja, 0, uraian=IN_TEXT)
    send_copy(plan, "Bidang", tmp_path / "tanpa.db", without_nip=True)
    put(plan, Kinerja, 2, uraian="Milik rencana")
    plan.file.publish()
    with Document.open(tmp_path / "tanpa.db") as copy:
        merge_files(copy, [plan.file.path])
        assert [copy.plan.all(Kinerja)[n].uraian for n in (0, 2)] == [BLANKED, "Milik rencana"]
        put(copy, Kinerja, 1, uraian="Diubah")
        copy.file.publish()
    merge_files(plan, [tmp_path / "tanpa.db"])
    assert [row.uraian for row in plan.plan.all(Kinerja)[:3]] == [IN_TEXT, "Diubah", "Milik rencana"]


def test_a_copy_that_cannot_be_written_leaves_no_trace(plan, tmp_path):
    plan.file.publish()
    before, data = plan.file.history(), plan.file.path.read_bytes()
    with pytest.raises(PlanError):
        send_copy(plan, "Bidang", tmp_path / "tidak ada" / "salinan.db")
    assert (plan.file.history(), plan.plan.all(Salinan), plan.undone) == (before, (), ())
    assert plan.file.path.read_bytes() == data
    send_copy(plan, "Bidang", tmp_path / "salinan.db")
    with Document.open(tmp_path / "salinan.db") as copy:
        assert copy.file.history()[-1] == plan.file.history()[0]


def test_a_copy_without_its_note_is_taken_away(plan, tmp_path):
    plan.file.publish()
    target = tmp_path / "salinan.db"
    row = prepared(plan, "Bidang", target)
    note = noted(plan, row)
    write_sent(plan.file.path, target, note, without_nip=False)
    put(plan, Kinerja, 0, uraian="Sementara itu")
    with pytest.raises(PlanError, match="Kirim lagi"):
        keep_note(plan, note, target)
    assert not target.exists()
    assert plan.plan.all(Salinan) == ()


def test_a_merge_that_brings_nothing_makes_no_backup(plan, tmp_path):
    send_copy(plan, "Bidang", tmp_path / "salinan.db")
    plan.file.back_up()
    edited(tmp_path / "salinan.db", Kinerja, 0, uraian="Diubah")
    merge_files(plan, [tmp_path / "salinan.db"])
    before, made = plan.file.revision, len(backups.listed(plan.file.path))
    assert "sudah digabung" in as_text(plan.plan, merge_files(plan, [tmp_path / "salinan.db"]))
    assert (plan.file.revision, len(backups.listed(plan.file.path))) == (before, made)


def test_theirs_is_named_by_the_office_whatever_the_file_is_called(plan, tmp_path):
    send_copy(plan, "BIDANG INDUSTRI", tmp_path / "mB.db")
    edited(tmp_path / "mB.db", Kinerja, 0, uraian="Dari salinan")
    put(plan, Kinerja, 0, uraian="Dari rencana " + "x" * 3000)
    merge = merge_files(plan, [tmp_path / "mB.db"])
    said = as_text(plan.plan, merge)
    assert "mereka (BIDANG INDUSTRI) Dari salinan" in said
    assert max(map(len, said.splitlines())) < 500
    (line,) = stored(plan.plan).lines
    assert line.dari_mereka == "BIDANG INDUSTRI"
    assert "dari" not in line.saat_mereka
    (conflict,) = as_json(plan.plan, merge)["konflik"]
    assert (conflict["dari_mereka"], conflict["dari_kita"]) == ("BIDANG INDUSTRI", None)
    assert "BIDANG INDUSTRI" not in (conflict["siapa_mereka"] or "")


def test_a_conflict_of_a_copy_about_which_both_are_of_one_mind_now_is_not_brought(plan, tmp_path):
    send_copy(plan, "Bidang", tmp_path / "nA.db")
    with Document.open(tmp_path / "nA.db") as bidang:
        send_copy(bidang, "Seksi", tmp_path / "nAs.db")
        edited(tmp_path / "nAs.db", Kinerja, 0, uraian="72")
        put(bidang, Kinerja, 0, uraian="73")
        bidang.file.publish()
        merge_files(bidang, [tmp_path / "nAs.db"])
        assert len(open_conflicts(bidang.plan)) == 1
    merge_files(plan, [tmp_path / "nAs.db"])
    merge_files(plan, [tmp_path / "nA.db"])
    assert [(line.kita, line.mereka) for line in stored(plan.plan).lines] == [("72", "73")]
    assert all(not is_void(plan.plan, konflik) for konflik in plan.plan.all(Konflik))


@pytest.mark.parametrize("values", [{"tabel": "tiada"}, {"kolom": "tiada"}, {"mereka": "{"}])
def test_a_conflict_that_names_what_no_plan_has_counts_nowhere(disputed, values):
    (konflik,) = open_conflicts(disputed.plan)
    disputed.edit("rusak", [Change(konflik, replace(konflik, **values))])
    assert (open_conflicts(disputed.plan), waiting(disputed.plan), stored(disputed.plan).lines) == ((), 0, [])

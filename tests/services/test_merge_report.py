"""A merge of files in one call, and what it says."""

import json

import pytest

from models.errors import PlanError
from models.merging import read_copy
from models.rows import Anggaran, DeretAnggaran, Kinerja
from services import edits
from services.compile import compile_plans
from services.copies import send_copy
from services.document import Document
from services.merge_conflicts import open_conflicts, solve_all
from services.merge_report import as_json, as_text, compiled_json, compiled_text, merge_files


@pytest.fixture
def plan(open_copy):
    with open_copy("lombok-tengah-2022") as document:
        yield document


def edited(document, *values):
    for cls, at, field, value in values:
        document.edit("isi", edits.set_field(document.plan.all(cls)[at], field, value))
    document.file.publish()


@pytest.fixture
def returned(plan, tmp_path):
    """A copy that comes back with a clean edit, a disputed one, and a disputed month."""
    path = tmp_path / "bidang.db"
    send_copy(plan, "Bidang", path)
    with Document.open(path) as bidang:
        edited(bidang, (Anggaran, 0, "lokasi", "Bone"), (Kinerja, 0, "uraian", "Mereka"))
        edited(bidang, (DeretAnggaran, 0, "nilai", (7, *bidang.plan.all(DeretAnggaran)[0].nilai[1:])))
    edited(plan, (Kinerja, 0, "uraian", "Kita"))
    edited(plan, (DeretAnggaran, 0, "nilai", (8, *plan.plan.all(DeretAnggaran)[0].nilai[1:])))
    return path


def test_files_are_merged_in_one_step_and_published(plan, returned):
    merge = merge_files(plan, [returned])
    assert plan.undo_label == merge.label == "gabung bidang.db"
    assert plan.file.published
    assert {row.id for row in read_copy(plan.file.path).rows} == {row.id for row in plan.plan.rows()}
    assert len(open_conflicts(plan.plan)) == 2


def test_the_report_names_branch_row_and_both_values(plan, returned):
    text = as_text(plan.plan, merge_files(plan, [returned]))
    assert "1 diubah" in text
    assert ": kita Kita; mereka (Bidang) Mereka\n" in text
    assert "Kas TW I: kita 8; mereka (Bidang) 7\n" in text, "a quarter by its name"
    assert text.endswith("2 pertentangan menunggu keputusan. Sementara nilai kita yang dipakai.")


def test_the_report_as_json_holds_all_conflicts_of_the_plan(plan, returned):
    merge = merge_files(plan, [returned])
    data = json.loads(json.dumps(as_json(plan.plan, merge)))
    assert [k["tabel"] for k in data["konflik"]] == ["kinerja", "deret_anggaran"]
    assert data["konflik"][0]["mereka"] == {"uraian": "Mereka"}
    assert data["konflik"][1]["kita"] == {"b01": 8}
    again = as_json(plan.plan, merge_files(plan, [returned]))
    assert again["konflik"] == data["konflik"], "they wait in the plan"
    assert again["catatan"] == ["bidang.db: sudah digabung, tidak ada yang baru."]


def test_solved_conflicts_leave_the_report(plan, returned):
    merge = merge_files(plan, [returned])
    plan.edit("selesaikan", solve_all(plan.plan, [(k, "mereka") for k in open_conflicts(plan.plan)])[0])
    assert as_text(plan.plan, merge).endswith("Tidak ada pertentangan.")
    assert plan.plan.all(Kinerja)[0].uraian == "Mereka"
    assert plan.plan.all(DeretAnggaran)[0].nilai[0] == 7


def test_a_copy_that_cannot_be_read_leaves_the_plan_as_it_is(plan, returned, tmp_path):
    head = plan.file.revision
    with pytest.raises(PlanError, match="tidak ditemukan"):
        merge_files(plan, [returned, tmp_path / "hilang.db"])
    assert plan.file.revision == head


def test_a_compilation_is_told_file_by_file(published, tmp_path):
    files = [published("bone-2023"), tmp_path / "hilang.db"]
    document, report = compile_plans(tmp_path / "semua.db", files)
    document.file.close()
    lines = compiled_text(report).split("\n")
    assert lines[0].startswith("bone-2023.db: ")
    assert "tidak ditemukan" in lines[1]
    assert lines[-1] == "1 dari 2 berkas masuk seluruhnya."
    assert [bool(one["tidak_masuk"]) for one in json.loads(json.dumps(compiled_json(report)))] == [False, True]


def test_the_history_says_who_typed_what_came_in(plan, tmp_path, monkeypatch):
    path = tmp_path / "bidang.db"
    send_copy(plan, "Bidang", path)
    monkeypatch.setenv("LOGNAME", "niluh")
    with Document.open(path) as bidang:
        edited(bidang, (Anggaran, 0, "lokasi", "Bone"))
    monkeypatch.setenv("LOGNAME", "wayan")
    merge_files(plan, [path])
    newest = {entry[4]: entry[8] for entry in plan.file.history() if entry[9] == "gabung bidang.db"}
    assert newest["lokasi"] == "niluh"
    assert newest[None] == "wayan", "the note of the merge itself is of the one who merged"

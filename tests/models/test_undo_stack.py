"""The undo stack read from the history: the same as in the session that made it."""

import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from older import as_version

from models.changes import Change, inverse
from models.history import DEEP, REDO, ROWS_READ, UNDO, entries, stacks
from models.plan import Plan
from models.plan_file import PlanFile
from models.rows import Anggaran, Kinerja, Narasi, Opd, new_id
from models.schema import VERSION
from services.backups import restoring
from services.copies import send_copy
from services.document import Document
from services.edits import remove
from services.merge_report import merge_files


@pytest.fixture
def plan(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published(), path)
    return path


def rename(document, text):
    old = document.plan.all(Opd)[0]
    document.edit(f"ubah nama {text}", [Change(old, replace(old, nama=text))])


def taken_back(document):
    """(label, changes) of both stacks, next one last."""
    return tuple(
        [(edit.label, set(edit.changes)) for edit in reversed(stack)] for stack in (document.done, document.undone)
    )


def read_back(path):
    with PlanFile.open(path) as file:
        plan = Plan(file.rows())
        return tuple([(step.label, set(step.changes)) for step in stack] for stack in file.stacks(plan.find))


def test_the_filling_of_a_new_plan_is_not_to_be_taken_back(plan):
    assert read_back(plan) == ([], [])


def test_steps_are_there_after_closing_with_what_was_taken_back(plan):
    with Document.open(plan) as document:
        for text in ("satu", "dua", "tiga", "empat"):
            rename(document, text)
        for _ in range(3):
            document.undo()
        document.redo()
        document.file.publish()
        wanted = taken_back(document)
    assert [label for label, _ in wanted[0]] == ["ubah nama satu", "ubah nama dua"]
    assert [label for label, _ in wanted[1]] == ["ubah nama empat", "ubah nama tiga"]
    assert read_back(plan) == wanted


def test_they_are_there_after_a_crash_as_well(plan):
    with Document.open(plan) as document:
        rename(document, "satu")
        wanted = taken_back(document)
    assert read_back(plan) == wanted, "nothing was published"


@settings(max_examples=30)
@given(seed=st.integers(0, 10**9))
def test_any_session_is_read_back_as_it_was(open_copy, seed):
    chance = random.Random(seed)
    with open_copy() as document:
        dokumen_id = document.plan.all(Narasi)[0].dokumen_id if document.plan.all(Narasi) else None
        dokumen_id = dokumen_id or next(row.id for row in document.plan.rows() if row.TABLE == "dokumen")
        for n in range(chance.randint(0, 25)):
            prose = [row for row in document.plan.all(Narasi) if row.kunci == "uji"]
            what = chance.choice(["rename", "add", "alter", "remove", "undo", "redo", "both"])
            if what == "rename":
                rename(document, str(n))
            elif what == "undo":
                document.undo()
            elif what == "redo":
                document.redo()
            elif what == "add" or not prose:
                new = Narasi(
                    id=new_id(), dokumen_id=dokumen_id, urutan=n, kunci="uji", isi=chance.choice([None, "", "x"])
                )
                document.edit("tambah bagian", [Change(None, new)])
            elif what == "alter":
                document.edit("ubah bagian", [Change(prose[0], replace(prose[0], isi=str(n), judul="J"))])
            elif what == "remove":
                document.edit("hapus bagian", [Change(row, None) for row in prose])
            else:
                opd = document.plan.all(Opd)[0]
                changes = [Change(prose[-1], None), Change(opd, replace(opd, singkatan=str(n)))]
                document.edit("ubah banyak", changes)
        wanted = taken_back(document)
        found = document.file.stacks(document.plan.find)
        assert tuple([(step.label, set(step.changes)) for step in stack] for stack in found) == wanted
        for step in reversed(found[0]):
            document.file.apply(inverse(step.changes), f"{UNDO}{step.label}")
            document.plan.apply(inverse(step.changes))
        assert {row.id: row for row in document.file.rows()} == {row.id: row for row in document.plan.rows()}


def made(steps):
    """The history of (label, changes), the newest first, after a first step that filled the plan."""
    after, rows = (0, 0, ""), []
    for label, changes in [("rencana baru", [Change(None, Opd(id="o", urutan=1, nama="a"))]), *steps]:
        rows += entries(changes, after=after, when="2026-03-01T08:00:00+08:00", who="ani", label=label)
        after = (rows[-1][0], rows[-1][1], rows[-1][10])
    return rows[::-1]


def named(text):
    return Opd(id="o", urutan=1, nama=text)


def found(history, row, *, whole=True):
    done, undone = stacks(history, lambda cls, row_id: row, whole=whole)
    return [step.label for step in done], [step.label for step in undone]


def test_what_the_rows_do_not_bear_out_ends_the_stack():
    """As after an edit that the history knows nothing of."""
    history = made([("satu", [Change(named("a"), named("b"))]), ("dua", [Change(named("b"), named("c"))])])
    assert found(history, named("c")) == (["satu", "dua"], [])
    assert found(history, named("x")) == ([], [])


def test_a_step_that_is_cut_off_is_none():
    both = [Change(named("a"), replace(named("b"), pemda="Kota"))]
    history = made([("satu", both), ("dua", [Change(replace(named("b"), pemda="Kota"), named("c"))])])
    assert found(history[:3], named("c"), whole=False) == (["dua"], [])


def test_an_undo_whose_step_is_too_far_back_can_be_done_again():
    history = made([("satu", [Change(named("a"), named("b"))]), (f"{UNDO}satu", [Change(named("b"), named("a"))])])
    assert found(history[:1], named("a")) == ([], ["satu"])


def test_a_step_that_is_only_called_so_is_a_step_of_its_own():
    history = made([(f"{REDO}satu", [Change(named("a"), named("b"))])])
    assert found(history, named("b")) == (["satu"], [])


def test_a_table_of_a_newer_program_ends_the_stack():
    history = made([("satu", [Change(named("a"), named("b"))])])
    history[0] = (*history[0][:2], "besok", *history[0][3:])
    assert found(history, named("b")) == ([], [])


def test_only_so_many_steps_are_read_back(plan):
    with Document.open(plan) as document:
        for n in range(DEEP + 5):
            rename(document, str(n))
    done, _ = read_back(plan)
    assert [label for label, _ in done] == [f"ubah nama {n}" for n in range(5, DEEP + 5)]


def test_a_step_larger_than_what_is_read_and_all_before_it_stay(plan):
    with Document.open(plan) as document:
        rename(document, "satu")
        dokumen_id = next(row.id for row in document.plan.rows() if row.TABLE == "dokumen")
        many = [Narasi(id=new_id(), dokumen_id=dokumen_id, urutan=n) for n in range(ROWS_READ)]
        document.edit("tambah banyak", [Change(None, row) for row in many])
        rename(document, "dua")
    assert [label for label, _ in read_back(plan)[0]] == ["ubah nama dua"]


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from models.changes import Change
from models.rows import Opd
from services.document import Document

document = Document.open(Path(sys.argv[1]))
for text in ("satu", "dua", "tiga"):
    old = document.plan.all(Opd)[0]
    document.edit(f"ubah nama {text}", [Change(old, replace(old, nama=text))])
document.undo()
sys.stdout.write("siap")
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(9)
"""


def test_a_program_that_is_killed_leaves_both_stacks(plan):
    """Nothing was published: what is undone and done again after the next start comes from the working copy."""
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(plan)], cwd=root, env=os.environ, capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.returncode != 0) == ("siap", True), ran.stderr
    with Document.open(plan) as document:
        assert document.file.recovered
        assert (document.undo_label, document.redo_label) == ("ubah nama dua", "ubah nama tiga")
        document.redo()
        assert document.plan.all(Opd)[0].nama == "tiga"
    with Document.open(plan) as document:
        for _ in range(3):
            document.undo()
        assert document.undo_label is None
        assert document.plan.all(Opd)[0].nama not in ("satu", "dua", "tiga")


def test_a_restored_backup_is_taken_back_after_closing(plan):
    with Document.open(plan) as document:
        document.file.publish()
        backup = document.file.back_up()
        above = next(row for row in document.plan.all(Kinerja) if document.plan.where(Kinerja, "induk_id", row.id))
        document.edit("hapus", remove(document.plan, above))
        before = {(row.TABLE, row.id): row for row in document.plan.rows()}
        document.edit("pulihkan", restoring(backup, document.plan))
    with Document.open(plan) as document:
        assert document.undo_label == "pulihkan"
        document.undo()
        assert {(row.TABLE, row.id): row for row in document.plan.rows()} == before
        assert {(row.TABLE, row.id): row for row in document.file.rows()} == before
    with Document.open(plan) as document:
        assert (document.undo_label, document.redo_label) == ("hapus", "pulihkan")
        document.redo()
        assert document.plan.find(Kinerja, above.id) == above


def test_a_merge_is_taken_back_after_closing(plan, tmp_path):
    copy = tmp_path / "salinan.db"
    with Document.open(plan) as document:
        send_copy(document, "Bidang Koperasi", copy)
        with Document.open(copy) as theirs:
            line = theirs.plan.all(Anggaran)[0]
            theirs.edit("ubah pagu", [Change(line, replace(line, pagu=1))])
            theirs.file.publish()
        rename(document, "kita")
        before = {(row.TABLE, row.id): row for row in document.plan.rows()}
        merge_files(document, [copy])
        after = {(row.TABLE, row.id): row for row in document.plan.rows()}
    assert after["anggaran", line.id].pagu == 1
    with Document.open(plan) as document:
        document.undo()
        assert {(row.TABLE, row.id): row for row in document.plan.rows()} == before
    with Document.open(plan) as document:
        document.redo()
        assert {(row.TABLE, row.id): row for row in document.file.rows()} == after


def test_the_sending_that_ties_a_copy_to_its_plan_is_not_taken_back_in_the_copy(plan, tmp_path):
    with Document.open(plan) as document:
        rename(document, "kita")
        send_copy(document, "Bidang Koperasi", tmp_path / "salinan.db")
    with Document.open(tmp_path / "salinan.db") as copy:
        assert copy.undo_label is None
        rename(copy, "mereka")
    assert [label for label, _ in read_back(tmp_path / "salinan.db")[0]] == ["ubah nama mereka"]


@pytest.mark.parametrize("version", range(1, VERSION))
def test_steps_of_an_older_program_are_taken_back_after_the_migration(plan, version):
    with Document.open(plan) as document:
        dokumen_id = next(row.id for row in document.plan.rows() if row.TABLE == "dokumen")
        document.edit("tambah", [Change(None, Narasi(id="bab", dokumen_id=dokumen_id, urutan=1, judul="Bab"))])
        rename(document, "satu")
        document.file.publish()
    as_version(plan, version)
    with Document.open(plan) as document:
        assert document.undo_label == "ubah nama satu"
        document.undo()
        document.undo()
        assert document.plan.find(Narasi, "bab") is None
    with Document.open(plan) as document:
        assert (document.undo_label, document.redo_label) == (None, "tambah")


def test_what_came_by_a_merge_is_under_the_name_of_who_made_it():
    both = [Change(named("a"), replace(named("b"), pemda="Kota"))]
    made_by = entries(both, after=(0, 0, ""), when="", who="ani", label="gabung", whose={("opd", "o", "pemda"): "budi"})
    assert [(entry[4], entry[8]) for entry in made_by] == [("nama", "ani"), ("pemda", "budi")]

"""The document: one action is one transaction, one undo step and one signal, and undone it leaves no trace."""

import json
import shutil
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from random_edits import changes_of, sequences

from models.changes import Change, inverse
from models.errors import PlanError
from models.plan import Plan
from models.publish import content_hash
from models.rows import Anggaran, Dokumen, Jabatan, Kinerja, Opd
from models.workspace import work_path
from services import edits
from services.document import Document
from services.interchange import export_document


def the_document(document):
    """The id of its one plan document."""
    (dokumen,) = document.plan.all(Dokumen)
    return dokumen.id


def state(document):
    """The content of the file by its hash, and the whole plan as interchange text."""
    connection = sqlite3.connect(work_path(document.file.path))
    try:
        hashed = content_hash(connection)
    finally:
        connection.close()
    return hashed, json.dumps(export_document(document.plan, the_document(document)))


def undo_all(document):
    while document.undo_label is not None:
        document.undo()


def alters(changes):
    return any(change.before != change.after for change in changes)


@settings(max_examples=25)
@given(sequences)
def test_any_edits_undone_give_the_same_file_and_redone_give_the_edited_one(open_copy, steps):
    with open_copy() as document:
        states = [state(document)]
        for step in steps:
            changes = changes_of(document.plan, the_document(document), step)
            document.edit(step.kind, changes)
            if alters(changes):
                states.append(state(document))
        for before in reversed(states[:-1]):
            document.undo()
            assert state(document) == before
        assert document.undo_label is None
        for after in states[1:]:
            document.redo()
            assert state(document) == after
        assert document.redo_label is None
        undo_all(document)
        assert state(document) == states[0]


@settings(max_examples=20)
@given(sequences)
def test_the_rows_in_memory_are_those_of_the_file(open_copy, steps):
    with open_copy("buleleng-2022") as document:
        for step in steps:
            document.edit(step.kind, changes_of(document.plan, the_document(document), step))
        document.undo()
        in_file = Plan(document.file.rows())
        assert {row.id: row for row in document.plan.rows()} == {row.id: row for row in in_file.rows()}
        assert export_document(document.plan, the_document(document)) == export_document(
            in_file, the_document(document)
        )


@settings(max_examples=15)
@given(sequences)
def test_edits_undone_and_published_are_read_back_as_before(open_copy, steps):
    with open_copy() as document:
        before = export_document(document.plan, the_document(document))
        for step in steps:
            document.edit(step.kind, changes_of(document.plan, the_document(document), step))
        undo_all(document)
        document.file.publish()
        path = document.file.path.with_name("salinan.db")
        shutil.copyfile(document.file.path, path)
        with Document.open(path) as again:
            assert export_document(again.plan, the_document(again)) == before


def rename(document, text):
    """The action that the tests below do: the first position gets another name."""
    jabatan = document.plan.all(Jabatan)[0]
    document.edit(f"ubah nama {text}", edits.set_field(jabatan, "nama", text))


def names(document):
    return [jabatan.nama for jabatan in document.plan.all(Jabatan)]


def test_one_edit_is_one_undo_step_however_many_rows_it_changes(buleleng):
    before = names(buleleng)
    many = [Change(j, replace(j, nama=f"{j.nama} X")) for j in buleleng.plan.all(Jabatan)]
    buleleng.edit("ubah semua", many)
    assert names(buleleng) == [f"{name} X" for name in before]
    buleleng.undo()
    assert names(buleleng) == before
    assert buleleng.undo_label == "impor buleleng-2022.renaksi.json"


def test_the_labels_are_those_of_the_newest_steps(buleleng):
    rename(buleleng, "A")
    rename(buleleng, "B")
    assert (buleleng.undo_label, buleleng.redo_label) == ("ubah nama B", None)
    buleleng.undo()
    assert (buleleng.undo_label, buleleng.redo_label) == ("ubah nama A", "ubah nama B")
    buleleng.redo()
    assert (buleleng.undo_label, buleleng.redo_label) == ("ubah nama B", None)


def test_a_new_edit_takes_the_place_of_what_could_be_redone(buleleng):
    rename(buleleng, "A")
    buleleng.undo()
    rename(buleleng, "B")
    assert buleleng.redo_label is None
    buleleng.redo()
    assert names(buleleng)[0] == "B"


def test_an_edit_that_changes_nothing_is_no_step_and_no_signal(buleleng):
    heard = []
    buleleng.changed.connect(heard.append)
    label, revision = buleleng.undo_label, buleleng.file.revision
    rename(buleleng, names(buleleng)[0])
    buleleng.edit("kosong", [])
    assert heard == []
    assert (buleleng.undo_label, buleleng.file.revision) == (label, revision)


def test_each_edit_undo_and_redo_is_one_signal_with_its_changes(buleleng):
    heard = []
    buleleng.changed.connect(heard.append)
    old = buleleng.plan.all(Jabatan)[0]
    rename(buleleng, "A")
    buleleng.undo()
    buleleng.redo()
    there = (Change(old, replace(old, nama="A")),)
    assert [edit.changes for edit in heard] == [there, inverse(there), there]


def test_a_listener_finds_plan_file_and_undo_as_they_are_after_the_edit(buleleng):
    seen = []

    def listen(edit):
        in_file = next(row for row in buleleng.file.rows() if isinstance(row, Jabatan)).nama
        seen.append((names(buleleng)[0], in_file, buleleng.undo_label, buleleng.redo_label))

    rename(buleleng, "A")
    buleleng.changed.connect(listen)
    rename(buleleng, "B")
    buleleng.undo()
    buleleng.redo()
    assert seen == [
        ("B", "B", "ubah nama B", None),
        ("A", "A", "ubah nama A", "ubah nama B"),
        ("B", "B", "ubah nama B", None),
    ]


def test_a_listener_that_fails_does_not_lose_the_undo_step(buleleng):
    def fail(edit):
        raise ZeroDivisionError

    before = names(buleleng)
    buleleng.changed.connect(fail)
    with pytest.raises(ZeroDivisionError):
        rename(buleleng, "A")
    buleleng.changed.disconnect(fail)
    assert buleleng.undo_label == "ubah nama A"
    buleleng.undo()
    assert names(buleleng) == before


def test_undo_with_nothing_to_undo_does_nothing(open_copy):
    with open_copy() as document:
        heard = []
        document.changed.connect(heard.append)
        before = state(document)
        document.undo()
        document.redo()
        assert state(document) == before
        assert heard == []


@pytest.mark.parametrize("action", ["edit", "undo", "redo"])
def test_a_failed_write_leaves_the_document_as_before(open_copy, full_disk, action):
    with open_copy() as document:
        rename(document, "A")
        rename(document, "B")
        rename(document, "C")
        document.undo()
        before = state(document), document.undo_label, document.redo_label, document.file.revision
        heard = []
        document.changed.connect(heard.append)
        do = {"edit": lambda: rename(document, "D"), "undo": document.undo, "redo": document.redo}[action]
        with full_disk(), pytest.raises(PlanError):
            do()
        assert (state(document), document.undo_label, document.redo_label, document.file.revision) == before
        assert heard == []
        do()
        assert names(document)[0] == {"edit": "D", "undo": "A", "redo": "C"}[action]
        assert len(heard) == 1


def test_an_edit_that_the_file_refuses_leaves_the_document_as_before(buleleng):
    before = state(buleleng), buleleng.undo_label
    line = buleleng.plan.all(Anggaran)[0]
    with pytest.raises(sqlite3.IntegrityError):
        buleleng.edit("pagu", edits.set_field(line, "pagu", -1))
    assert (state(buleleng), buleleng.undo_label) == before
    assert buleleng.plan.get(Anggaran, line.id) == line


def test_undo_and_redo_are_in_the_history_by_name(buleleng):
    rename(buleleng, "A")
    buleleng.undo()
    buleleng.redo()
    buleleng.file.publish()
    connection = sqlite3.connect(buleleng.file.path)
    labels = [row[0] for row in connection.execute("SELECT DISTINCT label FROM riwayat ORDER BY langkah")]
    connection.close()
    assert labels[1:] == ["ubah nama A", "Urungkan ubah nama A", "Ulangi ubah nama A"]


def test_a_document_closed_unpublished_opens_with_its_last_edit_and_can_undo_it(open_copy):
    with open_copy() as document:
        before = names(document)[0]
        rename(document, "A")
        document.file.close()
        with Document.open(document.file.path) as again:
            assert names(again)[0] == "A"
            assert again.undo_label == "ubah nama A"
            again.undo()
            assert names(again)[0] == before
            again.redo()
            assert names(again)[0] == "A"


def test_a_damaged_text_is_refused_and_an_older_copy_put_in_its_place_opens(tmp_path, published):
    path, backup = tmp_path / "rencana.db", tmp_path / "cadangan.db"
    shutil.copyfile(published(), path)
    shutil.copyfile(published(), backup)
    with Document.open(path) as document:
        rename(document, "A")
        document.file.publish()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE jabatan SET nama = CAST(x'C328' AS TEXT)")
    connection.close()
    with pytest.raises(PlanError, match="rusak"):
        Document.open(path)
    shutil.copyfile(backup, path)
    with Document.open(path) as document:
        assert names(document)[0] != "A"
        assert not document.file.recovered


def test_a_whole_document_is_removed_and_brought_back(open_copy):
    with open_copy("buleleng-2022") as document:
        before = state(document)
        dokumen = document.plan.all(Dokumen)[0]
        document.edit("hapus dokumen", edits.remove(document.plan, dokumen))
        assert [type(row) for row in document.plan.rows()] == [Opd]
        document.undo()
        assert state(document) == before


def test_a_branch_is_removed_and_brought_back(open_copy):
    with open_copy("buleleng-2022") as document:
        before = state(document)
        for row in (*document.plan.all(Kinerja)[:3], *document.plan.all(Anggaran)[:3], *document.plan.all(Jabatan)[:3]):
            document.edit("hapus", edits.remove(document.plan, row))
            assert state(document) != before
            document.undo()
            assert state(document) == before


def test_the_steps_are_listed_nearest_first_each_with_its_place(buleleng):
    jabatan = buleleng.plan.all(Jabatan)[0]
    for name in ("A", "B", "C"):
        today = buleleng.plan.get(Jabatan, jabatan.id)
        buleleng.edit(f"ubah {name}", edits.set_field(today, "nama", name), place=f"di {name}")
    heard = []
    buleleng.changed.connect(lambda edit: heard.append(edit.place))
    assert [(step.label, step.place) for step in buleleng.done[:3]] == [
        ("ubah C", "di C"),
        ("ubah B", "di B"),
        ("ubah A", "di A"),
    ]
    buleleng.undo()
    buleleng.undo()
    assert heard == ["di C", "di B"]
    assert [step.label for step in buleleng.undone] == ["ubah B", "ubah C"]
    buleleng.redo()
    assert [step.label for step in buleleng.done[:2]] == ["ubah B", "ubah A"]

"""A backup in front of the officer: what differs, and how it comes back."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings
from random_edits import changes_of, sequences

from models.backups import keep_file
from models.changes import Change
from models.errors import PlanError
from models.reading import read_plan
from models.rows import Anggaran, DeretAnggaran, Dokumen, Formulir, Opd, Salinan
from services import backups
from services.backups import Difference, as_text, changes_to, difference, listed, newest_good, restoring
from services.copies import send_copy
from services.document import Document
from services.merge_report import merge_files


@pytest.fixture
def path(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("buleleng-2022"), path)
    return path


def by_id(rows):
    return {(type(row), row.id): row for row in rows}


def test_what_differs_is_counted_by_kind(path):
    backup = keep_file(path)
    with Document.open(path) as document:
        assert difference(backup, document.plan) == {}
        assert as_text({}) == "tidak ada perbedaan"
        opd, (series, *_) = document.plan.all(Opd)[0], document.plan.all(DeretAnggaran)
        document.edit("ubah", [Change(opd, replace(opd, nama="Badan")), Change(series, None)])
        document.edit("tambah", [Change(None, Opd(id="baru", urutan=9, nama="Sekretariat"))])
        differs = difference(backup, document.plan)
        assert differs == {"opd": Difference(1, 1, 0), "deret_anggaran": Difference(0, 0, 1)}
        assert as_text(differs) == ("perangkat daerah: 1 ditambah, 1 diubah; kas dan realisasi anggaran: 1 dihapus")


@settings(max_examples=20)
@given(steps=sequences)
def test_restoring_gives_the_very_rows_back_as_one_step_that_can_be_taken_back(open_copy, steps):
    with open_copy() as document:
        dokumen_id = document.plan.all(Dokumen)[0].id
        backup = document.file.back_up()
        before = by_id(document.plan.rows())
        for step in steps:
            document.edit("ubah", changes_of(document.plan, dokumen_id, step))
        edited = by_id(document.plan.rows())
        document.edit(backups.RESTORE, restoring(backup, document.plan))
        assert by_id(document.file.rows()) == by_id(document.plan.rows()) == before
        if edited != before:
            document.undo()
            assert by_id(document.file.rows()) == by_id(document.plan.rows()) == edited


def test_two_rows_that_changed_places_come_back(path):
    """Of a form's settings there is one row per document and form."""
    with Document.open(path) as document:
        dokumen_id = document.plan.all(Dokumen)[0].id
        one, two = (Formulir(id=key, dokumen_id=dokumen_id, nama=key) for key in ("a", "b"))
        document.edit("atur", [Change(None, one), Change(None, two)])
        before = list(document.plan.rows())
        document.edit("lepas", [Change(one, None)])
        document.edit("tukar", [Change(two, replace(two, nama="a"))])
        document.edit("tukar", [Change(None, replace(one, nama="b"))])
        document.edit(backups.RESTORE, changes_to(before, document.plan))
        assert by_id(document.file.rows()) == by_id(before)


def test_the_newest_that_is_whole_is_offered(path):
    keep_file(path)
    newest = keep_file(path)
    assert newest_good(path) == newest
    newest.path.write_bytes(newest.path.read_bytes()[:-1])
    assert newest_good(path) == listed(path)[1]
    listed(path)[1].path.write_bytes(b"")
    assert newest_good(path) is None


def test_a_backup_becomes_a_plan_of_its_own(path):
    backup = keep_file(path)
    target = path.with_name("pulih.db")
    backups.save_as(backup, target)
    assert read_plan(target) == read_plan(path)
    with Document.open(target) as document:
        line = document.plan.all(Anggaran)[0]
        document.edit("ubah", [Change(line, replace(line, nama="Lain"))])
        document.file.publish()
    with pytest.raises(PlanError, match="sudah ada"):
        backups.save_as(backup, target)


def test_a_plan_that_is_broken_opens_again_after_its_backup_took_its_place(path):
    rows = by_id(read_plan(path))
    keep_file(path)
    path.write_bytes(b"rusak")
    with pytest.raises(PlanError):
        Document.open(path)
    aside = backups.put_back(newest_good(path), path)
    assert aside.read_bytes() == b"rusak"
    with Document.open(path) as document:
        assert by_id(document.plan.rows()) == rows


def test_a_backup_of_another_plan_that_had_the_name_is_told_and_not_restored(path, published):
    with Document.open(path) as document:
        ours = document.file.back_up()
    shutil.copyfile(published("bone-2023"), path)
    with Document.open(path) as document:
        own = backups.own_origin(document)
        theirs = next(row for row in read_plan(ours.path) if isinstance(row, Opd))
        assert backups.read(ours, own).stranger == f"{theirs.nama}, {theirs.pemda}"
        with pytest.raises(PlanError, match=r"milik rencana lain.*Buka sebagai salinan"):
            restoring(ours, document.plan, own)
        assert backups.read(document.file.back_up(), own).stranger is None


def test_backups_from_before_and_after_a_copy_was_sent_are_of_the_plan(path, tmp_path):
    with Document.open(path) as document:
        before = document.file.back_up()
        send_copy(document, "Bidang", tmp_path / "salinan.db")
        after, own = document.file.back_up(), backups.own_origin(document)
        assert (backups.read(before, own).stranger, backups.read(after, own).stranger) == (None, None)
    with Document.open(tmp_path / "salinan.db") as copy:
        assert backups.read(before, backups.own_origin(copy)).stranger is None


def test_the_notes_of_copies_that_were_sent_since_stay(path, tmp_path):
    """And a copy that was merged since can be merged once more, as its values are gone."""
    copy = tmp_path / "salinan.db"
    with Document.open(path) as document:
        backup = document.file.back_up()
        send_copy(document, "Bidang", copy)
        with Document.open(copy) as theirs:
            opd = theirs.plan.all(Opd)[0]
            theirs.edit("ubah", [Change(opd, replace(opd, nama="Dari salinan"))])
            theirs.file.publish()
        merge_files(document, [copy])
        document.edit(backups.RESTORE, restoring(backup, document.plan))
        assert [row.untuk for row in document.plan.all(Salinan)] == ["Bidang"]
        assert document.plan.all(Opd)[0].nama != "Dari salinan"
        merge_files(document, [copy])
        assert document.plan.all(Opd)[0].nama == "Dari salinan"

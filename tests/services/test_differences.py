"""Differences in words: every cell that differs is there with its old and new value, and nothing else."""

from dataclasses import replace

from hypothesis import given, settings
from random_edits import changes_of, sequences

from models.reading import read_plan
from models.rows import Anggaran, DeretAnggaran, Dokumen, Salinan
from services.backups import age_words, changes_to, size_words
from services.differences import ADDED, ALTERED, REMOVED, differences, total
from services.edits import remove
from services.merge_fold import OWN_BOOKS


def lines(groups):
    return [line for group in groups for line in group.lines]


def test_a_plan_differs_in_nothing_from_itself(published):
    rows = read_plan(published("buleleng-2022"))
    assert differences(rows, list(reversed(rows))) == ()
    assert total(()) == "tidak ada perbedaan"


def test_old_and_new_value_stand_side_by_side_under_their_branch(published):
    rows = read_plan(published("buleleng-2022"))
    line = next(row for row in rows if isinstance(row, Anggaran) and row.induk_id and row.pagu)
    kas = next(row for row in rows if isinstance(row, DeretAnggaran) and row.anggaran_id == line.id)
    later = [
        replace(row, pagu=271_678_600)
        if row is line
        else replace(row, nilai=(7, *row.nilai[1:]))
        if row is kas
        else row
        for row in rows
    ]
    (group,) = differences(rows, later)
    assert group.name.casefold().startswith("program ")
    assert group.counts == "2 diubah"
    assert total([group]) == "2 baris diubah"
    pagu, month = sorted(group.lines, key=lambda each: each.what, reverse=True)
    assert (pagu.how, pagu.what, pagu.new) == (ALTERED, "pagu", "271.678.600")
    assert pagu.where.endswith(line.nama)
    assert (month.what, month.new) == (f"{kas.jenis} Januari", "7")
    assert not group.name.casefold().startswith("program program")


def test_what_came_and_what_went_is_told_by_kind(open_copy):
    with open_copy("buleleng-2022") as document:
        before = list(document.plan.rows())
        line = next(row for row in document.plan.all(Anggaran) if row.jenis == "sub_kegiatan")
        gone = remove(document.plan, line)
        document.edit("hapus", gone)
        found = lines(differences(before, document.plan.rows()))
        assert {each.how for each in found} >= {REMOVED}
        assert sum(each.how == REMOVED for each in found) == sum(change.after is None for change in gone)
        back = lines(differences(document.plan.rows(), before))
        assert sum(each.how == ADDED for each in back) == sum(change.after is None for change in gone)


@settings(max_examples=10)
@given(steps=sequences)
def test_each_cell_that_differs_is_one_line(open_copy, steps):
    with open_copy() as document:
        before = list(document.plan.rows())
        dokumen_id = document.plan.all(Dokumen)[0].id
        for step in steps:
            document.edit("ubah", changes_of(document.plan, dokumen_id, step))
        groups = differences(before, document.plan.rows())
        then = {(type(row), row.id): row for row in before if not isinstance(row, OWN_BOOKS)}
        now = {(type(row), row.id): row for row in document.plan.rows() if not isinstance(row, OWN_BOOKS)}
        cells = sum(
            old != new
            for key in then.keys() & now.keys()
            for old, new in zip(then[key].to_columns(), now[key].to_columns(), strict=True)
        )
        assert sum(line.how == ALTERED for line in lines(groups)) == cells
        assert sum(group.added for group in groups) == len(now.keys() - then.keys())
        assert sum(group.removed for group in groups) == len(then.keys() - now.keys())
        assert bool(groups) == bool(changes_to(then.values(), document.plan))


def test_notes_of_copies_are_no_contents(published):
    rows = read_plan(published())
    note = Salinan(id="s", untuk="Bidang", asal="x", waktu="2026-01-01T00:00:00+07:00")
    assert differences(rows, [*rows, note]) == ()


def test_ages_and_sizes_in_words():
    from datetime import datetime, timedelta

    now = datetime(2026, 1, 31, 12)
    ages = {
        timedelta(seconds=-5): "baru saja",
        timedelta(seconds=59): "baru saja",
        timedelta(minutes=12): "12 menit lalu",
        timedelta(hours=23): "23 jam lalu",
        timedelta(days=1): "1 hari lalu",
        timedelta(days=13): "1 minggu lalu",
        timedelta(days=70): "2 bulan lalu",
        timedelta(days=800): "2 tahun lalu",
    }
    assert {age: age_words(now - age, now) for age in ages} == ages
    assert [size_words(size) for size in (0, 412_345, 2_140_000)] == ["1 KB", "412 KB", "2,1 MB"]

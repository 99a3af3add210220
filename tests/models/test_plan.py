"""The plan in memory: however it was changed, its indexes are those of a plan built afresh."""

import pytest
from hypothesis import given, settings
from random_edits import changes_of, sequences

from models.changes import Change, inverse
from models.plan import Plan
from models.rows import ROWS, Anggaran, DeretAnggaran, Dokumen, Indikator, Kinerja, references
from services.samples import sample_plan

INDEXED = [(cls, field) for cls in ROWS for field in references(cls)]


def everything(plan):
    """All answers that the look-ups of a plan can give about its own rows."""
    values = {None, *(row.id for row in plan.rows())}
    groups = {(cls, field, v): plan.where(cls, field, v) for cls, field in INDEXED for v in values}
    return {key: rows for key, rows in groups.items() if rows}, {cls: plan.all(cls) for cls in ROWS}


@settings(max_examples=40)
@given(sequences)
def test_a_plan_changed_step_by_step_equals_one_built_from_its_rows(steps):
    plan, dokumen_id = sample_plan("bone-2023")
    before = everything(plan)
    done = []
    for step in steps:
        changes = changes_of(plan, dokumen_id, step)
        plan.apply(changes)
        done.append(changes)
    assert everything(plan) == everything(Plan(plan.rows()))
    for changes in reversed(done):
        plan.apply(inverse(changes))
    assert everything(plan) == before


def test_where_lists_in_the_order_of_the_document():
    plan = Plan(Kinerja(id=i, dokumen_id="d", urutan=u, tingkat="tujuan") for i, u in [("a", 3), ("b", 1), ("c", 2)])
    assert [k.id for k in plan.where(Kinerja, "dokumen_id", "d")] == ["b", "c", "a"]
    assert [k.id for k in plan.all(Kinerja)] == ["b", "c", "a"]
    assert plan.where(Kinerja, "dokumen_id", "e") == ()


def test_rows_without_a_parent_are_found_under_none():
    plan, dokumen_id = sample_plan("bone-2023")
    tops = plan.where(Anggaran, "induk_id", None)
    assert {line.jenis for line in tops} == {"program"}
    assert tops == tuple(a for a in plan.where(Anggaran, "dokumen_id", dokumen_id) if a.induk_id is None)


def test_find_gives_none_where_get_fails():
    plan, dokumen_id = sample_plan("bone-2023")
    assert plan.get(Dokumen, dokumen_id) is plan.find(Dokumen, dokumen_id)
    assert plan.find(Dokumen, "tidak-ada") is None
    assert plan.find(Dokumen, None) is None
    with pytest.raises(KeyError):
        plan.get(Dokumen, "tidak-ada")


def test_one_finds_the_series_of_a_kind():
    kas = DeretAnggaran(id="s1", dokumen_id="d", anggaran_id="a", jenis="kas", periode="bulan")
    spent = DeretAnggaran(id="s2", dokumen_id="d", anggaran_id="a", jenis="realisasi", periode="bulan")
    plan = Plan([spent, kas])
    assert plan.one(DeretAnggaran, "anggaran_id", "a", "kas") is kas
    assert plan.one(DeretAnggaran, "anggaran_id", "a", "realisasi") is spent
    assert plan.one(DeretAnggaran, "anggaran_id", "b", "kas") is None


def test_an_index_asked_for_before_a_change_follows_it():
    old = Indikator(id="i", dokumen_id="d", urutan=1, uraian="lama", kinerja_id="k1")
    new = Indikator(id="i", dokumen_id="d", urutan=1, uraian="lama", kinerja_id="k2")
    plan = Plan([old])
    assert plan.where(Indikator, "kinerja_id", "k1") == (old,)
    assert plan.where(Indikator, "kinerja_id", "k2") == ()
    plan.apply([Change(old, new)])
    assert plan.where(Indikator, "kinerja_id", "k1") == ()
    assert plan.where(Indikator, "kinerja_id", "k2") == (new,)

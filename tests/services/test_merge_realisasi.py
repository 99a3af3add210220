"""Realisation that two offices report: merged cell by cell, one row for each thing that there is once."""

from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_copies import Office, contents
from test_merge_laws import assert_fits_a_file

from models.rows import Anggaran, CatatanPeriode, DeretRasio, Dokumen, Indikator, Pengaturan, TutupPeriode
from services.capaian_setelan import read_settings, set_bounds, set_efficiency
from services.compile import compile_plans
from services.merge import Merge
from services.new_year import new_year
from services.realisasi import note_of, results, set_counts, set_note, set_results, set_spending, spending
from services.realisasi_tutup import close_period, closed_periods, reopen_period
from services.samples import create_from, sample_path, sample_plan
from services.tahap import new_stage

PLAN, DOKUMEN = sample_plan("lombok-tengah-2022")
ROOT = Office.begin(PLAN.rows())
LAWS = settings(max_examples=20)


def offices(*names):
    kita = ROOT.twin("kita")
    return kita, *(kita.send(name) for name in names)


def merged(office, *copies):
    merge = Merge(office.copy, [copy.copy for copy in copies])
    office.edit(merge.changes(delete_anyway=True))
    return merge


def row_of(office, cls, at=0):
    return office.plan.get(cls, PLAN.all(cls)[at].id)


def test_each_office_reports_its_own_months_of_one_ratio():
    kita, bidang = offices("bidang")
    kita.edit(set_counts(kita.plan, row_of(kita, Indikator), "pembilang", {2: "12"}))
    bidang.edit(set_counts(bidang.plan, row_of(bidang, Indikator), "pembilang", {5: "20"}))
    assert merged(kita, bidang).conflicts == ()
    (row,) = kita.plan.all(DeretRasio)
    assert (row.nilai[2], row.nilai[5]) == ("12", "20")


def test_two_notes_of_one_period_are_one_note_and_only_the_same_text_is_disputed():
    kita, bidang = offices("bidang")
    kita.edit(set_note(kita.plan, row_of(kita, Anggaran), 6, {"kendala": "Hujan", "bukti": "Foto"}))
    bidang.edit(set_note(bidang.plan, row_of(bidang, Anggaran), 6, {"kendala": "Dana", "solusi": "Rapat"}))
    assert [c.kolom for c in merged(kita, bidang).conflicts] == ["kendala"]
    note = note_of(kita.plan, row_of(kita, Anggaran), 6)
    assert (note.kendala, note.bukti, note.solusi) == ("Hujan", "Foto", "Rapat")
    assert len(kita.plan.all(CatatanPeriode)) == 1


def test_a_period_that_both_closed_is_one_closing():
    kita, bidang = offices("bidang")
    for office in (kita, bidang):
        office.edit(close_period(office.plan, DOKUMEN, 3, office.name))
    merge = merged(kita, bidang)
    assert len(kita.plan.all(TutupPeriode)) == 1
    assert {c.kolom for c in merge.conflicts} <= {"tutup,alasan,siapa,waktu"}
    assert closed_periods(kita.plan, DOKUMEN) == ((1, 3),)


def test_settings_that_both_begin_are_one_setting():
    kita, bidang = offices("bidang")
    kita.edit(set_bounds(kita.plan, DOKUMEN, 120, None))
    bidang.edit(set_bounds(bidang.plan, DOKUMEN, 150, None))
    bidang.edit(set_efficiency(bidang.plan, DOKUMEN, "selisih"))
    assert [c.kolom for c in merged(kita, bidang).conflicts] == ["isi"]
    assert len(kita.plan.all(Pengaturan)) == 2
    assert (read_settings(kita.plan, DOKUMEN).atas, read_settings(kita.plan, DOKUMEN).efisiensi) == (120, "selisih")


reports = st.lists(
    st.tuples(
        st.sampled_from(("hasil", "uang", "rasio", "catatan", "tutup", "buka", "batas")),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=8,
)


def reporting(office, steps):
    """What an office enters in its copy; what is closed there is left alone."""
    from models.errors import PlanError

    plan = office.plan
    for kind, at, other in steps:
        indikator, line = row_of(office, Indikator, at % 2), row_of(office, Anggaran, at % 2)
        do = {
            "hasil": lambda i=indikator, o=other: set_results(plan, i, {3 * o + 2: (None, "5", "9", "-")[o]}),
            "uang": lambda a=line, o=other: set_spending(plan, a, {3 * o + 2: (None, 10, 500, 0)[o]}, kumulatif=True),
            "rasio": lambda i=indikator, o=other: set_counts(plan, i, "penyebut", {3 * o + 2: ("", "4")[o % 2]}),
            "catatan": lambda a=line, o=other: set_note(
                plan, a, 3 * (o % 2) + 3, {"kendala": ("", "Hujan", "Dana")[o % 3]}
            ),
            "tutup": lambda o=other: close_period(plan, DOKUMEN, 3 * o + 3),
            "buka": lambda o=other: reopen_period(plan, DOKUMEN, 3 * o + 3, "keliru"),
            "batas": lambda o=other: set_bounds(plan, DOKUMEN, (None, 110, 120, 130)[o], None),
        }[kind]
        try:
            office.edit(do())
        except PlanError:
            continue
    return office


@LAWS
@given(reports, reports, reports)
def test_the_laws_of_merging_hold_for_what_is_reported(ours, theirs, third):
    kita, a, b = offices("a", "b")
    reporting(kita, ours), reporting(a, theirs), reporting(b, third)
    for copy in (a, b, a):
        merged(kita, copy)
        assert_fits_a_file(kita.plan)
        assert Merge(kita.copy, [copy.copy]).changes() == ()
    merged(a, kita)
    assert_fits_a_file(a.plan)


@LAWS
@given(reports)
def test_what_one_office_reports_comes_in_whole(steps):
    kita, bidang = offices("bidang")
    reporting(bidang, steps)
    assert merged(kita, bidang).conflicts == ()
    assert contents(kita.plan) == contents(bidang.plan)


# The same tables in a next stage, a next year and a compilation.


@pytest.fixture
def reported():
    """A plan with all that is reported, and its document."""
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    indikator, line = plan.all(Indikator)[0], plan.all(Anggaran)[0]
    for changes in (
        lambda: set_results(plan, indikator, {2: "5"}),
        lambda: set_counts(plan, indikator, "pembilang", {2: "5"}),
        lambda: set_spending(plan, line, {2: 5}, kumulatif=True),
        lambda: set_note(plan, line, 3, {"kendala": "Hujan"}),
        lambda: close_period(plan, dokumen_id, 3),
        lambda: set_bounds(plan, dokumen_id, 120, None),
    ):
        plan.apply(changes())
    return plan, dokumen_id


def copy_of(plan, dokumen_id):
    """The indicator and the line of a copy that are the first of the plan."""
    return plan.where(Indikator, "dokumen_id", dokumen_id)[0], plan.where(Anggaran, "dokumen_id", dokumen_id)[0]


def test_a_next_stage_keeps_what_was_reported(reported):
    plan, dokumen_id = reported
    changes, fresh_id = new_stage(plan, dokumen_id)
    plan.apply(changes)
    indikator, line = copy_of(plan, fresh_id)
    assert results(plan, indikator).nilai[2] == "5"
    assert spending(plan, line).nilai[2] == 5
    assert note_of(plan, line, 3).kendala == "Hujan"
    assert [row.indikator_id for row in plan.where(DeretRasio, "dokumen_id", fresh_id)] == [indikator.id]
    assert closed_periods(plan, fresh_id) == ((1, 3),)
    assert read_settings(plan, fresh_id).atas == 120


def test_a_next_stage_without_results_is_without_notes_counts_and_closings(reported):
    plan, dokumen_id = reported
    changes, fresh_id = new_stage(plan, dokumen_id, realisasi=False)
    plan.apply(changes)
    for cls in (DeretRasio, CatatanPeriode, TutupPeriode):
        assert plan.where(cls, "dokumen_id", fresh_id) == ()
    assert read_settings(plan, fresh_id).atas == 120


def test_a_next_year_begins_without_reports_and_with_the_ways_and_settings(reported):
    plan, dokumen_id = reported
    plan.apply(set_metode_of(plan))
    changes, fresh_id = new_year(plan, dokumen_id)
    plan.apply(changes)
    indikator, line = copy_of(plan, fresh_id)
    assert (results(plan, indikator), spending(plan, line), note_of(plan, line, 3)) == (None, None, None)
    for cls in (DeretRasio, CatatanPeriode, TutupPeriode):
        assert plan.where(cls, "dokumen_id", fresh_id) == ()
    assert (indikator.metode, indikator.pembilang) == ("turun/rata", "Koperasi aktif")
    assert read_settings(plan, fresh_id).atas == 120


def set_metode_of(plan):
    from dataclasses import replace

    from models.changes import Change

    old = plan.all(Indikator)[0]
    return [Change(old, replace(old, metode="turun/rata", pembilang="Koperasi aktif"))]


def test_a_compilation_holds_what_was_reported(tmp_path):
    with create_from(sample_path("bone-2023"), tmp_path / "bone.db") as document:
        plan = document.plan
        dokumen_id = plan.all(Dokumen)[0].id
        document.edit("catatan", set_note(plan, plan.all(Anggaran)[0], 3, {"kendala": "Hujan"}))
        document.edit("rasio", set_counts(plan, plan.all(Indikator)[0], "pembilang", {2: "5"}))
        document.edit("batas", set_bounds(plan, dokumen_id, 120, None))
        document.edit("tutup", close_period(plan, dokumen_id, 3))
        document.file.publish()
    compiled, _ = compile_plans(tmp_path / "semua.db", [tmp_path / "bone.db"])
    with closing(compiled.file):
        assert [len(compiled.plan.all(cls)) for cls in (CatatanPeriode, DeretRasio, Pengaturan, TutupPeriode)] == [
            1
        ] * 4

"""What an officer does to a plan: each action as the changes that it makes, and nothing more."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Aksi,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
    references,
)
from services import edits
from services.order import GAP, between, spaced
from services.samples import sample_plan


def node(row_id, tingkat="tujuan", induk=None, urutan=1, **more):
    return Kinerja(id=row_id, dokumen_id="d", urutan=urutan, tingkat=tingkat, induk_id=induk, **more)


def line(row_id, jenis="program", induk=None, urutan=1, **more):
    return Anggaran(id=row_id, dokumen_id="d", urutan=urutan, jenis=jenis, induk_id=induk, nama=row_id, **more)


def done(plan, changes):
    """The plan after the changes, and the row that the newest of them added."""
    plan.apply(changes)
    return changes[-1].after


def ids(rows):
    return [row.id for row in rows]


@pytest.fixture
def bone():
    return sample_plan("bone-2023")


# Cells


def test_a_field_changes_and_nothing_else():
    old = node("k", uraian="lama", nomor="1")
    (change,) = edits.set_field(old, "uraian", None)
    assert change == Change(old, node("k", uraian=None, nomor="1"))


def test_the_first_target_begins_a_monthly_series():
    indikator = Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="U")
    (change,) = edits.set_target(Plan([indikator]), indikator, 2, "19,50")
    assert change.before is None
    assert isinstance(change.after, DeretIndikator)
    assert (change.after.jenis, change.after.periode, change.after.dokumen_id) == ("target", "bulan", "d")
    assert change.after.nilai == (None, None, "19,50", *[None] * 9)


def test_a_target_is_kept_as_typed_and_other_months_stay():
    series = DeretIndikator(
        id="t", dokumen_id="d", indikator_id="i", jenis="target", periode="bulan", nilai=("1", *["-"] * 11)
    )
    indikator = Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="U")
    for text in ("3 laporan", "-", "", None):
        (change,) = edits.set_target(Plan([indikator, series]), indikator, 11, text)
        assert change.before is series
        assert change.after.nilai == ("1", *["-"] * 10, text)


def test_the_first_cash_begins_a_series_in_the_view_it_was_typed_in():
    for kumulatif in (True, False):
        (change,) = edits.set_cash(Plan([line("a")]), line("a"), 3, 5, kumulatif=kumulatif)
        assert isinstance(change.after, DeretAnggaran)
        assert (change.after.jenis, change.after.periode, change.after.kumulatif) == ("kas", "bulan", int(kumulatif))
        assert change.after.nilai == (None, None, None, 5, *[None] * 8)


def test_cash_of_realisation_is_left_alone():
    spent = DeretAnggaran(id="r", dokumen_id="d", anggaran_id="a", jenis="realisasi", periode="bulan")
    (change,) = edits.set_cash(Plan([line("a"), spent]), line("a"), 0, 5, kumulatif=True)
    assert change.before is None


@pytest.mark.parametrize("place", [0, 1, 3, 4, 10])
def test_a_month_that_a_quarterly_series_has_no_room_for_is_refused(place):
    indikator = Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="U")
    target = DeretIndikator(id="t", dokumen_id="d", indikator_id="i", jenis="target", periode="triwulan")
    cash = DeretAnggaran(id="s", dokumen_id="d", anggaran_id="a", jenis="kas", periode="triwulan", kumulatif=0)
    plan = Plan([indikator, target, line("a"), cash])
    with pytest.raises(ValueError):
        edits.set_cash(plan, line("a"), place, 5, kumulatif=False)
    with pytest.raises(ValueError):
        edits.set_target(plan, indikator, place, "5")


# New rows


def test_a_new_child_is_the_last_of_its_siblings():
    plan = Plan([line("p1", urutan=10), line("k1", "kegiatan", "p1", 20), line("p2", urutan=30)])
    added = done(plan, edits.add_anggaran(plan, "d", "kegiatan", plan.get(Anggaran, "p1")))
    assert ids(plan.where(Anggaran, "dokumen_id", "d")) == ["p1", "k1", added.id, "p2"]
    assert (added.induk_id, added.jenis, added.nama) == ("p1", "kegiatan", "")


def test_a_first_child_follows_the_children_of_the_parents_before_it():
    plan = Plan([line("p1", urutan=10), line("p2", urutan=20), line("k1", "kegiatan", "p1", 30)])
    added = done(plan, edits.add_anggaran(plan, "d", "kegiatan", plan.get(Anggaran, "p2")))
    assert ids(plan.where(Anggaran, "dokumen_id", "d")) == ["p1", "p2", "k1", added.id]


def test_a_first_child_of_all_follows_its_parent():
    plan = Plan([line("p1", urutan=10), line("p2", urutan=20)])
    added = done(plan, edits.add_anggaran(plan, "d", "kegiatan", plan.get(Anggaran, "p1")))
    assert ids(plan.where(Anggaran, "dokumen_id", "d")) == ["p1", added.id, "p2"]


def test_a_new_top_row_follows_the_last_top_row():
    plan = Plan([line("p1", urutan=10), line("p2", urutan=20), line("k1", "kegiatan", "p1", 30)])
    added = done(plan, edits.add_anggaran(plan, "d", "program", None))
    assert ids(plan.where(Anggaran, "dokumen_id", "d")) == ["p1", "p2", added.id, "k1"]
    assert added.induk_id is None


def test_a_plan_begun_from_nothing_grows():
    plan = Plan()
    goal = done(plan, edits.add_kinerja(plan, "d", "tujuan", None))
    aim = done(plan, edits.add_kinerja(plan, "d", "sasaran_strategis", goal))
    measure = done(plan, edits.add_indikator(plan, aim))
    program = done(plan, edits.add_anggaran(plan, "d", "program", None))
    on_line = done(plan, edits.add_indikator(plan, program))
    job = done(plan, edits.add_jabatan(plan, "d", "Kepala Dinas"))
    tie = done(plan, edits.link(plan, aim, measure, program))
    assert (goal.nomor, aim.nomor, aim.induk_id) == ("1", "1", goal.id)
    assert (measure.kinerja_id, measure.anggaran_id) == (aim.id, None)
    assert (on_line.kinerja_id, on_line.anggaran_id) == (None, program.id)
    assert job.nama == "Kepala Dinas"
    assert (tie.kinerja_id, tie.indikator_id, tie.anggaran_id) == (aim.id, measure.id, program.id)


def test_a_new_node_is_numbered_after_the_highest_of_its_level():
    plan = Plan([node("k1", nomor="9"), node("k2", nomor="3a"), node("k3", "sasaran_program", nomor="61")])
    assert edits.add_kinerja(plan, "d", "tujuan", None)[-1].after.nomor == "10"


def test_a_new_row_takes_over_who_answers_for_its_parent():
    parent = node("k", penanggung_jawab_id="j", kelompok="BIDANG KOPERASI")
    added = edits.add_kinerja(Plan([parent]), "d", "sasaran_program", parent)[-1].after
    assert (added.penanggung_jawab_id, added.kelompok) == ("j", None)
    program = line("p", penanggung_jawab_id="j")
    assert edits.add_anggaran(Plan([program]), "d", "kegiatan", program)[-1].after.penanggung_jawab_id == "j"


def test_where_no_number_is_free_the_list_is_numbered_anew_in_the_same_order():
    rows = [line("p1", urutan=1), line("k1", "kegiatan", "p1", 2), line("p2", urutan=3)]
    plan = Plan(rows)
    changes = edits.add_anggaran(plan, "d", "kegiatan", rows[0])
    assert len(changes) > 1
    added = done(plan, changes)
    assert ids(plan.where(Anggaran, "dokumen_id", "d")) == ["p1", "k1", added.id, "p2"]


def test_any_number_of_rows_may_be_put_in_the_same_place():
    plan = Plan([line("p1", urutan=GAP), line("k0", "kegiatan", "p1", 2 * GAP), line("p2", urutan=3 * GAP)])
    added = [done(plan, edits.add_anggaran(plan, "d", "kegiatan", plan.get(Anggaran, "p1"))).id for _ in range(200)]
    assert ids(plan.where(Anggaran, "induk_id", "p1")) == ["k0", *added]
    assert ids(plan.where(Anggaran, "dokumen_id", "d")) == ["p1", "k0", *added, "p2"]


def test_a_new_document_follows_the_others():
    plan, first = sample_plan("bone-2023")
    (change,) = edits.new_dokumen(plan, plan.get(Dokumen, first).opd_id, judul="Perubahan", tahun=2023)
    plan.apply([change])
    assert ids(plan.all(Dokumen)) == [first, change.after.id]


# Links


def test_a_link_is_the_last_of_its_node():
    plan = Plan([node("k1"), node("k2"), line("a"), line("b"), line("c")])
    for n, a in (("k1", "a"), ("k2", "b"), ("k1", "c")):
        done(plan, edits.link(plan, plan.get(Kinerja, n), None, plan.get(Anggaran, a)))
    assert [d.anggaran_id for d in plan.where(Dukungan, "kinerja_id", "k1")] == ["a", "c"]
    assert [d.anggaran_id for d in plan.where(Dukungan, "kinerja_id", "k2")] == ["b"]


def test_support_becomes_exactly_the_lines_named_and_what_stays_keeps_its_place():
    plan = Plan([node("k"), *(line(a) for a in "abcd")])
    k, a, b, c, d = plan.get(Kinerja, "k"), *(plan.get(Anggaran, x) for x in "abcd")
    plan.apply(edits.set_support(plan, k, None, [a, b, c]))
    kept = plan.where(Dukungan, "kinerja_id", "k")[1]
    plan.apply(edits.set_support(plan, k, None, [d, b]))
    links = plan.where(Dukungan, "kinerja_id", "k")
    assert [link.anggaran_id for link in links] == ["b", "d"]
    assert links[0] == kept
    assert edits.set_support(plan, k, None, [b, d]) == ()


def test_support_of_an_indicator_leaves_that_of_its_node_alone():
    indikator = Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="U")
    plan = Plan([node("k"), indikator, line("a"), line("b")])
    k, a, b = plan.get(Kinerja, "k"), plan.get(Anggaran, "a"), plan.get(Anggaran, "b")
    plan.apply(edits.set_support(plan, k, None, [a]))
    plan.apply(edits.set_support(plan, k, indikator, [b]))
    plan.apply(edits.set_support(plan, k, indikator, []))
    assert [(d.indikator_id, d.anggaran_id) for d in plan.all(Dukungan)] == [(None, "a")]


def test_a_line_supports_exactly_the_nodes_named():
    plan = Plan([node("k1"), node("k2"), node("k3"), line("a"), line("b")])
    k1, k2, k3, a = *(plan.get(Kinerja, f"k{n}") for n in (1, 2, 3)), plan.get(Anggaran, "a")
    plan.apply(edits.link(plan, k1, None, plan.get(Anggaran, "b")))
    plan.apply(edits.set_supported(plan, a, [k1, k2]))
    plan.apply(edits.set_supported(plan, a, [k2, k3]))
    assert {(d.kinerja_id, d.anggaran_id) for d in plan.all(Dukungan)} == {("k1", "b"), ("k2", "a"), ("k3", "a")}


# Removing


def test_a_branch_goes_with_all_that_hangs_under_it(bone):
    plan, _ = bone
    program = next(a for a in plan.all(Anggaran) if a.jenis == "program" and plan.where(Anggaran, "induk_id", a.id))
    below = {a.id for a in plan.where(Anggaran, "induk_id", program.id)}
    below |= {a.id for b in set(below) for a in plan.where(Anggaran, "induk_id", b)} | {program.id}
    plan.apply(edits.remove(plan, program))
    for cls in (Anggaran, Indikator, DeretAnggaran, Dukungan, Aksi):
        field = "id" if cls is Anggaran else "anggaran_id"
        assert not any(getattr(row, field) in below for row in plan.all(cls))
    everyone = {row.id for row in plan.rows()}
    for row in plan.rows():
        named = {getattr(row, field) for field in references(type(row))} - {None}
        assert named <= everyone


def test_who_answered_to_a_removed_position_answers_to_nobody():
    chief = Jabatan(id="j1", dokumen_id="d", urutan=1, nama="Kepala")
    head = Jabatan(id="j2", dokumen_id="d", urutan=2, nama="Kabid", atasan_id="j1")
    plan = Plan([chief, head, node("k", penanggung_jawab_id="j1"), line("a", penanggung_jawab_id="j1")])
    plan.apply(edits.remove(plan, chief))
    assert plan.all(Jabatan) == (Jabatan(id="j2", dokumen_id="d", urutan=2, nama="Kabid"),)
    assert plan.get(Kinerja, "k").penanggung_jawab_id is None
    assert plan.get(Anggaran, "a").penanggung_jawab_id is None


def test_a_link_to_a_removed_indicator_stays_as_one_to_its_node():
    indikator = Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="U")
    plan = Plan([node("k"), indikator, line("a")])
    plan.apply(edits.link(plan, plan.get(Kinerja, "k"), indikator, plan.get(Anggaran, "a")))
    plan.apply(edits.remove(plan, indikator))
    assert [(d.kinerja_id, d.indikator_id) for d in plan.all(Dukungan)] == [("k", None)]


def test_the_branch_of_a_row_begins_with_the_row():
    plan = Plan([node("k1"), node("k2", "sasaran_program", "k1"), node("k3")])
    assert ids(edits.branch(plan, plan.get(Kinerja, "k1"))) == ["k1", "k2"]


# Moving


def test_a_row_moves_one_place_among_its_siblings_only():
    rows = [line("p1", urutan=1), line("k1", "kegiatan", "p1", 2), line("p2", urutan=3), line("p3", urutan=4)]
    plan = Plan(rows)
    plan.apply(edits.move(plan, plan.get(Anggaran, "p1"), 1))
    assert ids(edits.siblings(plan, plan.get(Anggaran, "p1"))) == ["p2", "p1", "p3"]
    assert plan.get(Anggaran, "k1") == rows[1]
    plan.apply(edits.move(plan, plan.get(Anggaran, "p1"), -1))
    assert set(plan.all(Anggaran)) == set(rows)


def test_a_row_at_either_end_stays():
    plan = Plan([line("p1", urutan=1), line("p2", urutan=2)])
    assert edits.move(plan, plan.get(Anggaran, "p1"), -1) == ()
    assert edits.move(plan, plan.get(Anggaran, "p2"), 1) == ()


def test_indicators_move_within_their_owner():
    rows = [
        Indikator(id=i, dokumen_id="d", urutan=u, uraian=i, **{owner: "x"})
        for i, u, owner in [("i1", 1, "kinerja_id"), ("i2", 2, "anggaran_id"), ("i3", 3, "kinerja_id")]
    ]
    plan = Plan(rows)
    plan.apply(edits.move(plan, rows[0], 1))
    assert ids(plan.where(Indikator, "kinerja_id", "x")) == ["i3", "i1"]
    assert edits.move(plan, rows[1], 1) == ()


@pytest.mark.parametrize(
    ("level", "parent", "fits"),
    [
        ("sasaran_strategis", node("k", "tujuan"), True),
        ("sasaran_individu", node("k", "tujuan"), True),
        ("tujuan", node("k", "tujuan"), False),
        ("tujuan", node("k", "sasaran_program"), False),
        ("kegiatan", line("a", "program"), True),
        ("sub_kegiatan", line("a", "kegiatan"), True),
        ("sub_kegiatan", line("a", "program"), False),
        ("program", line("a", "kegiatan"), False),
        ("kegiatan", node("k", "tujuan"), False),
        ("sasaran_program", line("a", "program"), False),
    ],
)
def test_a_row_fits_only_under_a_level_above_it(level, parent, fits):
    assert edits.fits_under(level, parent) is fits


# Order


@given(st.lists(st.integers(0, 30), max_size=40))
@settings(max_examples=50)
def test_a_number_between_two_changes_no_other_until_there_is_no_room(spots):
    numbers = []
    for spot in spots:
        at = spot % (len(numbers) + 1)
        before = numbers[at - 1] if at else None
        after = numbers[at] if at < len(numbers) else None
        number = between(before, after)
        if number is None:
            assert after - before == 1
            numbers = list(spaced(len(numbers)))
        else:
            numbers.insert(at, number)
        assert numbers == sorted(set(numbers))


def test_fresh_numbers_leave_room_between_all():
    numbers = list(spaced(4))
    assert len(numbers) == 4
    assert all(between(a, b) not in (None, a, b) for a, b in itertools.pairwise(numbers))

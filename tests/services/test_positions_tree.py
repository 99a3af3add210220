"""The organisation as a tree: moved, added, removed, put under another head; the order of all lists is the tree's."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.changes import Change, inverse
from models.errors import PlanError
from models.plan import Plan
from models.rows import Dokumen, Jabatan, Opd
from services import edits, positions
from services.pejabat import head, head_position, official_below, set_official
from services.positions_tree import add, listed, make_head, move, remove, rename, shift, step, tree
from services.samples import sample_plan

SAMPLES = ("buleleng-2022", "bone-2023", "bekasi-2024", "lampung-2019", "lombok-tengah-2022")


def small(*above: int | None, **values: str) -> Plan:
    """A document "d" with positions "0", "1", ...; each names the number of the one above it."""
    rows = [
        Jabatan(id=str(i), dokumen_id="d", urutan=i, nama=f"J{i}", atasan_id=None if at is None else str(at))
        for i, at in enumerate(above)
    ]
    opd = Opd(id="o", urutan=1, nama="Dinas Koperasi", pemda="Kabupaten Bone")
    return Plan([opd, Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2026, **values), *rows])


def shape(plan: Plan) -> str:
    """ "0 .1 ..2 .3": the tree from top to bottom, a dot for each level."""
    return " ".join("." * place.depth + place.jabatan.id for place in tree(plan, "d"))


def done(plan: Plan, changes: list[Change]) -> str:
    plan.apply(changes)
    return shape(plan)


def job(plan: Plan, row_id: str) -> Jabatan:
    return plan.get(Jabatan, row_id)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_tree_has_every_position_once_below_its_superior(name: str) -> None:
    plan, dokumen_id = sample_plan(name)
    places = tree(plan, dokumen_id)
    assert sorted(p.jabatan.id for p in places) == sorted(j.id for j in plan.all(Jabatan))
    depth = {p.jabatan.id: p.depth for p in places}
    for place in places:
        above = place.jabatan.atasan_id
        assert place.depth == (0 if above is None else depth[above] + 1)


def test_a_branch_goes_with_its_position_and_every_list_follows() -> None:
    plan = small(None, 0, 1, 0, 3)
    assert shape(plan) == "0 .1 ..2 .3 ..4"
    assert done(plan, move(plan, job(plan, "1"), "3")) == "0 .3 ..4 ..1 ...2"
    assert [j.id for j in plan.where(Jabatan, "dokumen_id", "d")] == ["0", "3", "4", "1", "2"]
    assert done(plan, move(plan, job(plan, "1"), "0", "3")) == "0 .1 ..2 .3 ..4"
    assert move(plan, job(plan, "1"), "0", "3") == []


def test_a_list_that_was_not_in_the_order_of_the_tree_is_after_a_move() -> None:
    plan = small(None, 0, 0, 1)
    assert shape(plan) == "0 .1 ..3 .2"
    done(plan, move(plan, job(plan, "2"), "1", "3"))
    assert [j.id for j in plan.where(Jabatan, "dokumen_id", "d")] == ["0", "1", "2", "3"]


def test_a_move_where_there_is_room_renumbers_no_other() -> None:
    plan, dokumen_id = sample_plan("lampung-2019")
    rows = plan.where(Jabatan, "dokumen_id", dokumen_id)
    changes = move(plan, rows[8], rows[5].id, rows[6].id)
    assert [change.row.id for change in changes] == [rows[8].id]


def test_nobody_stands_below_himself() -> None:
    plan = small(None, 0, 1)
    with pytest.raises(PlanError, match="dirinya sendiri"):
        move(plan, job(plan, "0"), "2")


def test_steps_and_shifts_end_where_there_is_no_place() -> None:
    plan = small(None, 0, 0, 0)
    assert done(plan, step(plan, job(plan, "3"), -1)) == "0 .1 .3 .2"
    assert done(plan, step(plan, job(plan, "1"), 1)) == "0 .3 .1 .2"
    assert step(plan, job(plan, "3"), -1) == []
    assert done(plan, shift(plan, job(plan, "2"), 1)) == "0 .3 .1 ..2"
    assert shift(plan, job(plan, "2"), 1) == []
    assert done(plan, shift(plan, job(plan, "2"), -1)) == "0 .3 .1 .2"
    assert shift(plan, job(plan, "0"), -1) == []


def test_a_new_position_stands_behind_its_neighbour_in_its_unit() -> None:
    plan = small(None, 0, 0)
    plan.apply(edits.set_field(job(plan, "1"), "unit", "Sekretariat"))
    changes = add(plan, "d", "Bendahara", job(plan, "0"), job(plan, "1"))
    plan.apply(changes)
    row = changes[-1].row
    assert isinstance(row, Jabatan)
    assert [p.jabatan.nama for p in tree(plan, "d")] == ["J0", "J1", "Bendahara", "J2"]
    assert (row.unit, row.atasan_id) == ("Sekretariat", "0")


def test_those_below_a_removed_position_go_to_the_one_above_it() -> None:
    plan = small(None, 0, 1, 1)
    plan.apply(set_official(plan, "d", "1", nama="Ani"))
    assert done(plan, remove(plan, job(plan, "1"))) == "0 .2 .3"


def test_the_documents_signatory_is_renamed_with_the_heads_position() -> None:
    plan = small(None, 0, ttd_jabatan="J0", ttd_nama="Ani")
    plan.apply(rename(plan, job(plan, "0"), "Kepala Dinas Baru"))
    dokumen = plan.get(Dokumen, "d")
    assert (dokumen.ttd_jabatan, dokumen.ttd_nama) == ("Kepala Dinas Baru", "Ani")
    assert head_position(plan, dokumen) == job(plan, "0")
    plan.apply(rename(plan, job(plan, "1"), "Sekretaris"))
    assert plan.get(Dokumen, "d").ttd_jabatan == "Kepala Dinas Baru"


def test_who_becomes_head_signs_and_the_former_one_keeps_his_position() -> None:
    plan = small(None, 0, 0, ttd_jabatan="J0", ttd_nama="Ani", ttd_nip="1")
    plan.apply(set_official(plan, "d", "1", nama="Budi", nip="2", mulai="2026-03-01"))
    before = sorted(plan.rows(), key=lambda row: row.id)
    changes = make_head(plan, job(plan, "1"))
    assert done(plan, changes) == "1 .0 ..2"
    dokumen = plan.get(Dokumen, "d")
    assert head_position(plan, dokumen) == job(plan, "1")
    assert (head(plan, dokumen).jabatan, head(plan, dokumen).nama, head(plan, dokumen).nip) == ("J1", "Budi", "2")
    assert head(plan, dokumen).mulai == "2026-03-01"
    assert (official_below(plan, job(plan, "0")).nama, official_below(plan, job(plan, "0")).nip) == ("Ani", "1")
    plan.apply(inverse(changes))
    assert sorted(plan.rows(), key=lambda row: row.id) == before


def test_who_signs_goes_on_signing_where_only_the_position_was_mistaken() -> None:
    plan = small(None, None, ttd_nama="Ani")
    assert head_position(plan, plan.get(Dokumen, "d")) is None
    assert done(plan, make_head(plan, job(plan, "1"))) == "1 .0"
    assert head(plan, plan.get(Dokumen, "d")).nama == "Ani"


def test_the_former_head_stays_in_his_position_where_the_new_one_has_no_official() -> None:
    plan = small(None, 0, 0, ttd_nama="Ani", ttd_nip="1", ttd_jabatan="J0")
    before = sorted(plan.rows(), key=lambda row: row.id)
    changes = make_head(plan, job(plan, "1"))
    assert done(plan, changes) == "1 .0 ..2"
    now = head(plan, plan.get(Dokumen, "d"))
    assert (now.jabatan, now.nama, now.nip) == ("J1", "", "")
    kept = official_below(plan, job(plan, "0"))
    assert (kept.nama, kept.nip) == ("Ani", "1")
    plan.apply(inverse(changes))
    assert sorted(plan.rows(), key=lambda row: row.id) == before


@pytest.mark.parametrize("name", SAMPLES)
def test_any_position_can_be_made_head(name: str) -> None:
    plan, dokumen_id = sample_plan(name)
    once = [j for j in plan.all(Jabatan) if sum(j.nama.casefold() == o.nama.casefold() for o in plan.all(Jabatan)) == 1]
    for jabatan in once:
        changes = make_head(plan, plan.get(Jabatan, jabatan.id))
        plan.apply(changes)
        assert head_position(plan, plan.get(Dokumen, dokumen_id)) == plan.get(Jabatan, jabatan.id)
        assert [place.depth for place in tree(plan, dokumen_id)].count(0) == 1
        plan.apply(inverse(changes))


def test_positions_of_one_name_are_told_apart() -> None:
    plan = small(None, 0, 0)
    plan.apply(change for i in "12" for change in edits.set_field(job(plan, i), "nama", "Analis"))
    assert [text for text, _ in listed(plan, "d")] == ["J0", "Analis (1)", "Analis (2)"]
    plan.apply(edits.set_field(job(plan, "1"), "unit", "Bidang A"))
    plan.apply(edits.set_field(job(plan, "2"), "unit", "Bidang B"))
    assert [text for text, _ in listed(plan, "d")] == ["J0", "Analis (Bidang A)", "Analis (Bidang B)"]
    plan.apply(set_official(plan, "d", "1", nama="Ani"))
    plan.apply(set_official(plan, "d", "2", nama="Budi"))
    assert [text for text, _ in listed(plan, "d")] == ["J0", "Analis (Ani)", "Analis (Budi)"]


def test_a_circle_loses_no_position() -> None:
    plan = small(1, 0, None)
    assert {place.jabatan.id for place in tree(plan, "d")} == {"0", "1", "2"}


def test_merging_into_the_head_leaves_who_signs() -> None:
    plan = small(None, 0, 0, ttd_jabatan="J0", ttd_nama="Ani")
    plan.apply(set_official(plan, "d", "1", nama="Budi"))
    plan.apply(positions.merge(plan, job(plan, "1"), job(plan, "0")))
    assert head(plan, plan.get(Dokumen, "d")).nama == "Ani"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_moves_keep_all_positions_in_the_order_of_the_tree_and_can_be_undone(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 9))
    plan = small(None, *(data.draw(st.sampled_from([None, *range(i)])) for i in range(1, count)))
    ids = [str(i) for i in range(count)]
    for _ in range(data.draw(st.integers(1, 6))):
        before = sorted(plan.rows(), key=lambda row: row.id)
        jabatan = job(plan, data.draw(st.sampled_from(ids)))
        above = data.draw(st.sampled_from([None, *ids]))
        if not positions.may_be_over(plan, above, jabatan):
            continue
        changes = move(plan, jabatan, above, data.draw(st.sampled_from([None, *ids])))
        plan.apply(changes)
        assert job(plan, jabatan.id).atasan_id == above
        assert sorted(place.jabatan.id for place in tree(plan, "d")) == ids
        if changes:
            order = [place.jabatan.id for place in tree(plan, "d")]
            assert [j.id for j in plan.where(Jabatan, "dokumen_id", "d")] == order
        other = Plan(plan.rows())
        other.apply(inverse(changes))
        assert sorted(other.rows(), key=lambda row: row.id) == before


def test_an_eselon_is_no_reason_to_lose_who_signs() -> None:
    plan = small(None, 0, ttd_nama="Ani", ttd_jabatan="Kepala Dinas")
    plan.apply([Change(job(plan, "1"), replace(job(plan, "1"), nama="Sekretaris"))])
    plan.apply(rename(plan, job(plan, "0"), "Kepala Dinas Koperasi"))
    assert head(plan, plan.get(Dokumen, "d")).nama == "Ani"

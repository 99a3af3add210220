"""The organisation copied: from another document, and with a new stage or year, whose officials are their own then."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.plan import Plan
from models.rows import Dokumen, Jabatan, Kinerja, Pejabat
from services import edits
from services.new_year import new_year_rows
from services.pejabat import head, head_position, official, set_official, superior
from services.positions_copy import copied
from services.positions_tree import tree
from services.samples import sample_plan
from services.tahap import new_stage

SAMPLES = ("buleleng-2022", "bone-2023", "bekasi-2024", "lampung-2019")


def opened(name: str = "buleleng-2022") -> tuple[Plan, Dokumen]:
    plan, dokumen_id = sample_plan(name)
    return plan, plan.get(Dokumen, dokumen_id)


def outline(plan: Plan, dokumen: Dokumen) -> list[tuple[int, str, str | None, str | None]]:
    return [(p.depth, p.jabatan.nama, p.jabatan.eselon, p.jabatan.unit) for p in tree(plan, dokumen.id)]


def other(name: str = "buleleng-2022") -> tuple[Plan, Dokumen]:
    """The same plan under other ids, as another file has it."""
    plan, dokumen = opened(name)
    changes, fresh_id = new_stage(plan, dokumen.id)
    plan.apply(changes)
    return plan, plan.get(Dokumen, fresh_id)


@pytest.mark.parametrize("name", SAMPLES)
def test_an_empty_document_gets_the_whole_tree(name: str) -> None:
    source, origin = opened(name)
    plan, dokumen = opened("lombok-tengah-2022")
    for jabatan in plan.all(Jabatan):
        plan.apply(edits.remove(plan, jabatan))
    copy = copied(plan, dokumen, source, origin)
    plan.apply(copy.changes)
    assert outline(plan, dokumen) == outline(source, origin)
    assert (len(copy.new), copy.same, copy.kept) == (len(source.all(Jabatan)), (), ())


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_positions_stay_those_that_rows_name(name: str) -> None:
    plan, dokumen = opened(name)
    source, origin = other(name)
    before = {node.id: node.penanggung_jawab_id for node in plan.all(Kinerja)}
    ids = {j.id for j in plan.all(Jabatan)}
    moved = source.where(Jabatan, "dokumen_id", origin.id)[-1]
    source.apply(edits.set_field(moved, "eselon", "IV"))
    copy = copied(plan, dokumen, source, origin)
    plan.apply(copy.changes)
    assert {j.id for j in plan.all(Jabatan)} == ids
    assert {node.id: node.penanggung_jawab_id for node in plan.all(Kinerja)} == before
    assert outline(plan, dokumen) == outline(source, origin)
    assert copied(plan, plan.get(Dokumen, dokumen.id), source, origin).changes == ()


def test_officials_come_along_and_ours_stay_where_there_is_none() -> None:
    plan, dokumen = opened()
    source, origin = other()
    theirs = source.where(Jabatan, "dokumen_id", origin.id)
    source.apply(set_official(source, origin.id, None, nama="Bupati Baru"))
    source.apply(set_official(source, origin.id, theirs[0].id, nama="Kepala Baru", plh=True, mulai="2022-02-01"))
    source.apply(set_official(source, origin.id, theirs[1].id, nama="Ani", plt=True, sampai="2022-12-31"))
    origin = source.get(Dokumen, origin.id)
    ours = plan.all(Jabatan)
    plan.apply(set_official(plan, dokumen.id, ours[2].id, nama="Budi"))
    without = Plan(plan.rows())
    without.apply(copied(without, dokumen, source, origin, officials=False).changes)
    assert [row.nama for row in without.all(Pejabat)] == ["Budi"]
    plan.apply(copied(plan, dokumen, source, origin).changes)
    now = plan.get(Dokumen, dokumen.id)
    chief, first, second = (official(plan, now, job) for job in ours[:3])
    assert (chief.nama, chief.plh, chief.mulai, now.ttd_nama) == ("Kepala Baru", True, "2022-02-01", "Kepala Baru")
    assert (first.nama, first.plt, first.sampai) == ("Ani", True, "2022-12-31")
    assert second.nama == "Budi"
    assert superior(plan, now).nama == "Bupati Baru"


def test_positions_that_only_we_have_stay_behind_the_others() -> None:
    plan, dokumen = opened("bone-2023")
    source, origin = opened("lampung-2019")
    copy = copied(plan, dokumen, source, origin)
    names = [j.nama for j in plan.all(Jabatan)]
    plan.apply(copy.changes)
    assert set(copy.kept) == set(names)
    assert [j.nama for j in plan.where(Jabatan, "dokumen_id", dokumen.id)][-len(names) :] == names


def test_a_new_stage_keeps_the_officials_and_changing_them_leaves_the_signed_one() -> None:
    plan, dokumen = opened()
    jobs = plan.all(Jabatan)
    plan.apply(set_official(plan, dokumen.id, None, nama="Bupati Lama"))
    plan.apply(set_official(plan, dokumen.id, jobs[0].id, nama="Kepala Lama", plh=True, sampai="2022-06-30"))
    plan.apply(set_official(plan, dokumen.id, jobs[1].id, nama="Ani", plt=True, mulai="2022-01-03"))
    changes, fresh_id = new_stage(plan, dokumen.id)
    plan.apply(changes)
    signed = [row for row in plan.rows() if getattr(row, "dokumen_id", row.id) == dokumen.id]

    def fresh() -> Dokumen:
        return plan.get(Dokumen, fresh_id)

    copies = plan.where(Jabatan, "dokumen_id", fresh_id)
    old, new = plan.get(Dokumen, dokumen.id), fresh()
    assert [official(plan, new, j) for j in copies] == [official(plan, old, j) for j in jobs]
    assert superior(plan, new) == superior(plan, old)
    plan.apply(set_official(plan, fresh_id, None, nama="Bupati Baru"))
    plan.apply(set_official(plan, fresh_id, copies[0].id, nama="Kepala Baru", mulai="2022-07-01"))
    plan.apply(set_official(plan, fresh_id, copies[1].id, nama="Budi"))
    plan.apply(edits.set_field(copies[2], "nama", "Kepala Bidang Lain"))
    assert head(plan, fresh()).nama == "Kepala Baru"
    assert [row for row in plan.rows() if getattr(row, "dokumen_id", row.id) == dokumen.id] == signed
    chief = head(plan, plan.get(Dokumen, dokumen.id))
    assert (chief.nama, chief.plh, chief.sampai) == ("Kepala Lama", True, "2022-06-30")


def test_a_new_year_begins_with_the_officials_of_the_last(tmp_path: Path) -> None:
    plan, dokumen = opened()
    jobs = plan.all(Jabatan)
    plan.apply(set_official(plan, dokumen.id, jobs[1].id, nama="Ani", plh=True, mulai="2022-01-03"))
    before = [replace(row) for row in plan.rows()]
    rows, fresh_id = new_year_rows(plan, dokumen.id)
    year = Plan(rows)
    position = next(j for j in year.all(Jabatan) if j.nama == jobs[1].nama)
    who = official(year, year.get(Dokumen, fresh_id), position)
    assert (who.nama, who.plh, who.mulai) == ("Ani", True, "2022-01-03")
    year.apply(set_official(year, fresh_id, position.id, nama="Budi"))
    assert list(plan.rows()) == before
    assert head_position(plan, dokumen) == jobs[0]

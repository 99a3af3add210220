"""The laws of merging, on random edits of a real plan by several offices."""

import sqlite3
from contextlib import closing, suppress
from dataclasses import replace

import pytest
from dose import dose
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_copies import Office, contents
from random_edits import changes_of, sequences

from models.changes import Change, inverse
from models.errors import PlanError
from models.merging import PlanCopy
from models.plan import Plan
from models.reading import check
from models.rows import (
    ROWS,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Gabung,
    Indikator,
    Jabatan,
    Kinerja,
    Pejabat,
    TahunIndikator,
    columns,
)
from models.schema import migrate
from services import edits
from services.merge import Merge
from services.merge_cells import TOGETHER
from services.merge_fold import circle_of
from services.realisasi_tutup import assert_kept, close_period, closed_months, reopen_period
from services.samples import sample_plan

LAWS = settings(max_examples=dose(182, 4_600))
"""Of each of twelve laws: 2,200 copies merged at a commit, 50,000 before a release."""
PLAN, DOKUMEN = sample_plan("lombok-tengah-2022")
ROOT = Office.begin(PLAN.rows())


@pytest.fixture(autouse=True)
def as_they_go(collecting):
    """See `collecting`."""


def offices(*names):
    """Our plan and copies that were sent from it, each of its own."""
    kita = ROOT.twin("kita")
    return kita, *(kita.send(name) for name in names)


def edited(office, steps):
    for step in steps:
        office.edit(changes_of(office.plan, DOKUMEN, step))
    return office


def merged(office, *copies):
    merge = Merge(office.copy, [copy.copy for copy in copies])
    office.edit(merge.changes(delete_anyway=True))
    return merge


def assert_fits_a_file(plan):
    """The rows go into the tables of a plan file, and the file is one that is opened."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        connection.execute("BEGIN")
        for cls in ROWS:
            insert = (
                f"INSERT INTO {cls.TABLE} ({', '.join(columns(cls))}) VALUES ({', '.join('?' * len(columns(cls)))})"
            )
            connection.executemany(insert, [row.to_columns() for row in plan.all(cls)])
        connection.execute("COMMIT")
        check(connection)


@LAWS
@given(sequences)
def test_edits_of_one_side_alone_come_in_whole(steps):
    kita, bidang = offices("bidang")
    edited(bidang, steps)
    assert merged(kita, bidang).conflicts == ()
    assert contents(kita.plan) == contents(bidang.plan)


@LAWS
@given(sequences)
def test_a_copy_nobody_edited_changes_nothing(steps):
    kita, bidang = offices("bidang")
    edited(kita, steps)
    assert Merge(kita.copy, [bidang.copy]).changes() == ()


@LAWS
@given(sequences, sequences)
def test_a_merged_plan_hangs_together_and_merging_again_changes_nothing(ours, theirs):
    kita, bidang = offices("bidang")
    edited(kita, ours), edited(bidang, theirs)
    merged(kita, bidang)
    assert_fits_a_file(kita.plan)
    assert Merge(kita.copy, [bidang.copy]).changes() == ()


@LAWS
@given(sequences, sequences, sequences)
def test_going_on_after_a_merge_disputes_only_what_is_new(ours, theirs, later):
    kita, bidang = offices("bidang")
    edited(kita, ours), edited(bidang, theirs)
    merged(kita, bidang)
    before = contents(bidang.plan)
    edited(bidang, later)
    merge = merged(kita, bidang)
    assert_fits_a_file(kita.plan)
    after = contents(bidang.plan)
    touched = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    edited_again = {row_id for _, row_id in touched}
    assert {c.baris for c in merge.conflicts if c.kolom} <= edited_again | {
        c.baris for c in merge.conflicts if not c.kolom
    } | _series(kita, edited_again)


def _series(office, ids):
    """Rows that stand for one of theirs under our id."""
    return {
        row.id
        for row in office.plan.rows()
        if {getattr(row, "indikator_id", None), getattr(row, "anggaran_id", None)} & ids
    } | {row.id for row in office.plan.rows() if row.TABLE.startswith("deret")}


@LAWS
@given(sequences, sequences)
def test_the_other_way_round_gives_the_same_but_for_what_is_disputed(ours, theirs):
    kita, bidang = offices("bidang")
    edited(kita, ours), edited(bidang, theirs)
    one, other = kita.twin("satu"), bidang.twin("dua")
    disputes = [*merged(one, bidang).conflicts, *merged(other, kita).conflicts]
    rows = {(c.tabel, c.baris) for c in disputes}
    here, there = contents(one.plan), contents(other.plan)
    alike = {key: row for key, row in here.items() if key not in rows and not key[0].startswith("deret")}
    assert alike == {key: row for key, row in there.items() if key not in rows and not key[0].startswith("deret")}


@LAWS
@given(sequences, sequences)
def test_the_order_of_the_copies_does_not_matter_without_conflicts(one, other):
    kita, a, b = offices("a", "b")
    edited(a, one), edited(b, other)
    first, second = kita.twin("satu"), kita.twin("dua")
    disputed = merged(first, a, b).conflicts or merged(second, b, a).conflicts
    if not disputed and not _began_alike(a, b, kita):
        assert contents(first.plan) == contents(second.plan)


def _began_alike(a, b, kita):
    """Whether both began the same series: it keeps the id of the first that came."""
    keys = [
        {(r.TABLE, getattr(r, "indikator_id", None), getattr(r, "anggaran_id", None), r.jenis) for r in new}
        for new in (
            [r for r in o.plan.rows() if r.TABLE.startswith("deret") and not kita.plan.find(type(r), r.id)]
            for o in (a, b)
        )
    ]
    return keys[0] & keys[1]


@LAWS
@given(sequences, sequences)
def test_both_returned_in_one_go_is_one_after_the_other(one, other):
    kita, a, b = offices("a", "b")
    edited(a, one), edited(b, other)
    together, apart = kita.twin("satu"), kita.twin("dua")
    count = len(merged(together, a, b).conflicts)
    assert count == len(merged(apart, a).conflicts) + len(merged(apart, b).conflicts)
    assert contents(together.plan) == contents(apart.plan)


cells = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 3), st.sampled_from("abc")), max_size=12)


def typed(office, edits):
    """Texts typed into cells that both sides have; returns (row id, column) of each."""
    rows = [*office.plan.all(Anggaran), *office.plan.all(Kinerja), *office.plan.all(Indikator)]
    for at, which, text in edits:
        row = rows[at % len(rows)]
        row = office.plan.get(type(row), row.id)
        names = {Anggaran: ("nama", "lokasi"), Kinerja: ("uraian", "kelompok"), Indikator: ("uraian", "alasan")}[
            type(row)
        ]
        office.edit([Change(row, replace(row, **{names[which % 2]: text}))])
    return office


@LAWS
@given(cells, cells)
def test_conflicts_are_exactly_the_cells_changed_differently_on_both_sides(ours, theirs):
    kita, bidang = offices("bidang")
    typed(kita, ours), typed(bidang, theirs)
    base, own, other = (contents(plan) for plan in (PLAN, kita.plan, bidang.plan))
    expected, result = set(), {}
    for key, row in base.items():
        values = {}
        for name, *three in zip(
            columns(type(row)), *(side[key].to_columns() for side in (base, own, other)), strict=True
        ):
            was, mine, yours = three
            if mine != was and yours != was and mine != yours:
                expected.add((row.id, name))
            values[name] = mine if mine != was else yours
        result[key] = type(row).from_columns(tuple(values.values()))
    merge = merged(kita, bidang)
    assert {(c.baris, c.kolom) for c in merge.conflicts} == expected
    assert contents(kita.plan) == result


@LAWS
@given(sequences, sequences, st.sampled_from(["kita", "mereka"]))
def test_all_choices_solve_all_conflicts(ours, theirs, side):
    kita, bidang = offices("bidang")
    edited(kita, ours), edited(bidang, theirs)
    merge = Merge(kita.copy, [bidang.copy])
    merge.choose_all(side)
    kita.edit(merge.changes(delete_anyway=True))
    assert_fits_a_file(kita.plan)


wild = st.lists(
    st.tuples(
        st.sampled_from(sorted(("atasan", "pejabat", "kode", "ganti", "hapus", "periode"))), *[st.integers(0, 5)] * 2
    ),
    max_size=8,
)


def gone_wild(office, actions):
    """What the random edits do not: positions hung about, officials, codes, series begun anew or counted otherwise."""
    for kind, at, other in actions:
        office.edit(_wild(office, kind, at, other))
    return office


def _wild(office, kind, at, other):
    plan = office.plan
    positions, series, lines = plan.all(Jabatan), plan.all(DeretAnggaran), plan.all(Anggaran)
    if kind == "atasan" and positions:
        row, above = positions[at % len(positions)], positions[other % len(positions)]
        moved = replace(row, atasan_id=above.id)
        return (
            ()
            if circle_of(("jabatan", row.id), {("jabatan", r.id): r for r in (*positions, moved)})
            else [Change(row, moved)]
        )
    if kind == "pejabat" and positions:
        row = positions[at % len(positions)]
        there = plan.where(Pejabat, "jabatan_id", row.id)
        values = {"nama": "abc"[other % 3], "nip": str(at)}
        fresh = Pejabat(id=f"{office.name}-{len(office.history)}", dokumen_id=DOKUMEN, jabatan_id=row.id)
        return [Change(there[0], replace(there[0], **values))] if there else [Change(None, replace(fresh, **values))]
    if kind == "kode" and lines:
        fresh = Anggaran(
            id=f"{office.name}-{len(office.history)}",
            dokumen_id=DOKUMEN,
            urutan=at,
            jenis="program",
            nama="",
            kode=str(other),
        )
        return [Change(None, fresh)]
    if kind in ("ganti", "hapus", "periode") and series:
        row = series[at % len(series)]
        if kind == "periode":
            return [Change(row, replace(row, kumulatif=other % 2, nilai=(other,) * 12))]
        fresh = replace(row, id=f"{office.name}-{len(office.history)}", nilai=(other,) * 12)
        return [Change(row, None), *([Change(None, fresh)] if kind == "ganti" else [])]
    return ()


@LAWS
@given(wild, wild, wild, sequences)
def test_the_laws_hold_where_trees_keys_and_series_collide(ours, theirs, third, later):
    kita, a, b = offices("a", "b")
    gone_wild(kita, ours), gone_wild(a, theirs), gone_wild(b, third)
    seksi = a.send("seksi")
    gone_wild(edited(seksi, later), ours)
    for copy in (b, seksi, a):
        merged(kita, copy)
        assert_fits_a_file(kita.plan)
        assert Merge(kita.copy, [copy.copy]).changes() == ()
    gone_wild(a, third), gone_wild(kita, theirs)
    merged(a, kita)
    merged(kita, a)
    for office in (kita, a):
        assert_fits_a_file(office.plan)


@LAWS
@given(wild, wild, sequences, sequences)
def test_what_offices_send_round_and_back_ends_as_one_plan(theirs, further, steps, others):
    """Without disputes, whatever way the copies take, all hold the same in the end."""
    kita, a = offices("a")
    seksi = edited(gone_wild(a, theirs), steps).send("seksi")
    gone_wild(edited(seksi, others), further)
    disputes = [merged(kita, seksi), merged(a, seksi), merged(kita, a)]
    if not any(merge.conflicts for merge in disputes):
        assert _typed(kita) == _typed(a) == _typed(seksi)
        gone_wild(edited(a, others), theirs)
        if not merged(kita, a).conflicts:
            assert _typed(kita) == _typed(a)


def _typed(office):
    """What the officers typed. A series that was begun anew elsewhere may stand here under its first id."""
    return {
        (key[0], row.TABLE, getattr(row, "indikator_id", None), getattr(row, "anggaran_id", None), row.jenis)
        if key[0].startswith("deret")
        else key: replace(row, id="") if key[0].startswith("deret") else row
        for key, row in contents(office.plan).items()
    }


reports = st.lists(
    st.tuples(
        st.sampled_from(("hasil", "uang", "rasio", "catatan", "tahun", "setahun", "cara", "ganti", "hapus", "buang")),
        st.integers(0, 2),
        st.sampled_from((2, 5, 11)),
        st.sampled_from((None, 1, 2)),
    ),
    max_size=8,
)
closings = st.lists(st.tuples(st.sampled_from((3, 6, 12)), st.booleans()), max_size=3)
TAHUN = PLAN.get(Dokumen, DOKUMEN).tahun


def reported(office, steps):
    """Figures and notes typed, series counted otherwise, begun anew or deleted, and what they belong to."""
    for at, step in enumerate(steps):
        office.edit(_reported(office.plan, f"{office.name}-{len(office.history)}-{at}", *step))
    return office


def _reported(plan, fresh_id, kind, which, month, value):
    indikator = plan.find(Indikator, FIRST[Indikator][which])
    line = plan.find(Anggaran, FIRST[Anggaran][which])
    if indikator is None or line is None:
        return ()
    both = {"id": fresh_id, "dokumen_id": DOKUMEN}
    text = None if value is None else str(value)
    if kind == "buang":
        return edits.remove(plan, indikator if value else line)
    if kind == "setahun":
        return [Change(indikator, replace(indikator, realisasi=text))]
    if kind == "catatan":
        there = [row for row in plan.where(CatatanPeriode, "anggaran_id", line.id) if row.bulan == month + 1]
        fresh = CatatanPeriode(**both, anggaran_id=line.id, bulan=month + 1)
        return _row(there, fresh, None if value is None else {"kendala": text})
    if kind == "tahun":
        there = [row for row in plan.where(TahunIndikator, "indikator_id", indikator.id) if row.jenis == "realisasi"]
        fresh = TahunIndikator(**both, indikator_id=indikator.id, urutan=9, jenis="realisasi", tahun=str(TAHUN))
        return _row(there, fresh, None if value is None else {"nilai": text})
    of_money = kind == "uang" or which % 2
    if of_money:
        there = [row for row in plan.where(DeretAnggaran, "anggaran_id", line.id) if row.jenis == "realisasi"]
        fresh = DeretAnggaran(**both, anggaran_id=line.id, jenis="realisasi", periode="bulan", kumulatif=1)
    elif kind == "rasio":
        there = list(plan.where(DeretRasio, "indikator_id", indikator.id))
        fresh = DeretRasio(**both, indikator_id=indikator.id, jenis="pembilang", periode="bulan")
    else:
        there = [row for row in plan.where(DeretIndikator, "indikator_id", indikator.id) if row.jenis == "realisasi"]
        fresh = DeretIndikator(**both, indikator_id=indikator.id, jenis="realisasi", periode="bulan")
    nilai = [*(there[0] if there else fresh).nilai]
    nilai[month] = value if of_money else text
    if kind == "hapus":
        return _row(there, fresh, None)
    if kind == "ganti":
        return [*(Change(row, None) for row in there), Change(None, replace(fresh, nilai=tuple(nilai)))]
    fields = {"nilai": tuple(nilai)}
    if kind == "cara":
        fields |= {"kumulatif": (value or 0) % 2} if of_money else {"periode": ("bulan", "triwulan")[(value or 0) % 2]}
    return _row(there, fresh, fields)


def _row(there, fresh, fields):
    if fields is None:
        return [Change(row, None) for row in there]
    return [Change(there[0] if there else None, replace(there[0] if there else fresh, **fields))]


def closed(office, steps):
    """Periods closed, and opened again."""
    for bulan, on in steps:
        with suppress(PlanError):
            do = close_period(office.plan, DOKUMEN, bulan) if on else reopen_period(office.plan, DOKUMEN, bulan, "ya")
            office.edit(do)
    return office


FIRST = {cls: [row.id for row in PLAN.where(cls, "dokumen_id", DOKUMEN)[:3]] for cls in (Indikator, Anggaran)}


def said(plan, months):
    """What a plan reports for these months, 1 to 12, by what it is about."""
    made = {}
    for row in plan.rows():
        owner = (row.TABLE, getattr(row, "indikator_id", None), getattr(row, "anggaran_id", None))
        if isinstance(row, DeretIndikator | DeretAnggaran | DeretRasio) and row.jenis not in ("target", "kas"):
            way = getattr(row, "kumulatif", None)
            made |= {(*owner, row.jenis, m): (v, way) for m in months if (v := row.nilai[m - 1]) is not None}
        elif isinstance(row, CatatanPeriode) and row.bulan in months:
            made[*owner, row.bulan] = replace(row, id="")
        elif isinstance(row, TahunIndikator) and row.jenis == "realisasi" and row.tahun == str(TAHUN) and 12 in months:
            made[*owner, row.tahun] = row.nilai
        elif isinstance(row, Indikator) and 12 in months and row.realisasi is not None:
            made[row.id] = row.realisasi
    return made


@LAWS
@given(reports, reports, reports, closings, closings, st.sampled_from([None, "kita", "mereka"]))
def test_what_we_closed_stays_as_we_reported_it(before, ours, theirs, shut, theirs_shut, side):
    kita = reported(ROOT.twin("kita"), before)
    bidang = kita.send("bidang")
    closed(reported(kita, ours), shut), closed(reported(bidang, theirs), theirs_shut)
    months = closed_months(kita.plan, DOKUMEN)
    was, rows = said(kita.plan, months), Plan(kita.plan.rows())
    merge = Merge(kita.copy, [bidang.copy])
    if side:
        merge.choose_all(side)
    changes = merge.changes(delete_anyway=True)
    kita.edit(changes)
    still = months & closed_months(kita.plan, DOKUMEN)
    assert said(kita.plan, still) == {key: value for key, value in was.items() if key in said(rows, still)}
    if side != "mereka":
        assert said(kita.plan, months) == was
    assert_fits_a_file(kita.plan)
    assert Merge(kita.copy, [bidang.copy]).changes() == ()
    assert_kept(kita.plan, inverse(changes))


def test_without_an_advance_of_the_base_the_law_fails():
    """The control run: a merge that forgets what it has merged disputes the same edit again."""
    kita, bidang = offices("bidang")
    typed(bidang, [(0, 0, "a")])
    merged(kita, bidang)
    typed(kita, [(0, 0, "b")])
    typed(bidang, [(1, 0, "c")])
    forgetful = PlanCopy(
        "kita", tuple(row for row in kita.plan.rows() if not isinstance(row, Gabung)), tuple(kita.history)
    )
    assert len(Merge(forgetful, [bidang.copy]).conflicts) == 1
    assert Merge(kita.copy, [bidang.copy]).conflicts == ()


def test_what_moves_together_names_columns_that_are_there():
    for cls, groups in TOGETHER.items():
        assert {name for group in groups for name in group} <= set(columns(cls))


def test_the_sample_has_what_the_laws_edit():
    assert all(Plan(PLAN.rows()).all(cls) for cls in (Dokumen, Anggaran, Kinerja, Indikator))

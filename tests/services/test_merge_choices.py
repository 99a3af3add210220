"""Choices in a merge that hang together: what is deleted takes along what is under it, and one cell has one value."""

from dataclasses import replace

import pytest
from merge_copies import Office

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretIndikator, Dokumen, Indikator, Kinerja, Konflik, Opd
from services import edits
from services.copies import waiting
from services.merge import Merge
from services.merge_meanwhile import meanwhile
from services.merge_preview import stored

ROWS = [
    Opd(id="o", urutan=1, nama="Dinas"),
    Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2027),
    Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="tujuan", uraian="Tujuan"),
    Kinerja(id="s", dokumen_id="d", urutan=1, tingkat="sasaran_strategis", induk_id="k", uraian="Koperasi tumbuh"),
    Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="s", uraian="Jumlah koperasi"),
    DeretIndikator(id="t", dokumen_id="d", indikator_id="i", jenis="target", periode="bulan"),
    Anggaran(id="p", dokumen_id="d", urutan=1, jenis="program", nama="Program", pagu=40),
]


@pytest.fixture
def kita():
    return Office.begin(ROWS)


def put(office, cls, row_id, day=2, **values):
    row = office.plan.get(cls, row_id)
    office.edit([Change(row, replace(row, **values))], day)


@pytest.fixture
def merge(kita):
    """Copy A edits an indicator and its target, copy B deletes the sasaran: three rows."""
    a, b = kita.send("Bidang Koperasi"), kita.send("Bidang UMKM")
    put(a, Indikator, "i", uraian="Jumlah koperasi aktif")
    put(a, DeretIndikator, "t", nilai=(*[None] * 11, "41"))
    b.edit(edits.remove(b.plan, b.plan.get(Kinerja, "s")))
    made = Merge(kita.copy, [a.copy, b.copy])
    assert {k.tabel for k in made.conflicts} == {"kinerja", "indikator", "deret_indikator"}
    return made


def of(merge, table):
    return next(k for k in merge.conflicts if k.tabel == table)


def after(kita, merge):
    plan = Plan(kita.plan.rows())
    plan.apply(merge.changes())
    return plan


def test_what_hangs_under_a_row_goes_with_it_and_nothing_waits_for_it(kita, merge):
    merge.choose(of(merge, "indikator"), "kita")
    merge.choose(of(merge, "deret_indikator"), "kita")
    merge.choose(of(merge, "kinerja"), "mereka")
    assert [merge.chosen(of(merge, table)) for table in ("indikator", "deret_indikator")] == ["mereka", "mereka"]
    assert merge.choices.tie(of(merge, "indikator")) == ("hapus", of(merge, "kinerja"))
    plan = after(kita, merge)
    assert not plan.all(Indikator)
    assert not plan.all(Konflik)


@pytest.mark.parametrize("table", ["indikator", "deret_indikator"])
def test_what_is_kept_keeps_what_it_hangs_under(kita, merge, table):
    merge.choose(of(merge, "kinerja"), "mereka")
    merge.choose(of(merge, table), "kita")
    assert merge.chosen(of(merge, "kinerja")) == "kita"
    assert merge.choices.tie(of(merge, "kinerja")) == ("tetap", of(merge, table))
    plan = after(kita, merge)
    assert plan.get(Indikator, "i").uraian == "Jumlah koperasi aktif"
    assert plan.get(DeretIndikator, "t").nilai[11] == "41"


def test_a_choice_that_is_taken_back_lets_go_what_followed_from_it(merge):
    merge.choose(of(merge, "kinerja"), "mereka")
    merge.reopen(of(merge, "kinerja"))
    assert [merge.chosen(konflik) for konflik in merge.conflicts] == [None] * 3


def test_in_the_plan_that_waits_it_is_the_same(kita, merge):
    plan = after(kita, merge)
    waits = stored(plan)
    assert len(waits.lines) == waiting(plan) == 3
    by_table = {line.key[0]: line for line in waits.lines}
    waits.choose([by_table["indikator"]], "kita")
    waits.choose([by_table["kinerja"]], "mereka")
    assert waits.side(by_table["indikator"]) == "mereka"
    assert waits.tied(by_table["indikator"]) == "ikut dihapus bersama sasaran strategis Koperasi tumbuh"
    changes, left = waits.changes(plan)
    plan.apply(changes)
    assert (left, waits.label, plan.all(Konflik)) == (0, "putuskan 3 pertentangan", ())


def test_a_conflict_about_a_row_that_was_deleted_since_waits_no_more(kita, merge):
    plan = after(kita, merge)
    plan.apply(edits.remove(plan, plan.get(Kinerja, "s")))
    assert waiting(plan) == 0
    assert not stored(plan).lines


def test_one_cell_has_one_value(kita):
    a, b = kita.send("Bidang Koperasi"), kita.send("Bidang UMKM")
    for office, pagu in ((kita, 42), (a, 41), (b, 43)):
        put(office, Anggaran, "p", pagu=pagu)
    merge = Merge(kita.copy, [a.copy, b.copy])
    first, second = merge.conflicts
    merge.choose(first, "mereka")
    merge.choose(second, "mereka")
    assert [merge.chosen(first), merge.chosen(second)] == ["kita", "mereka"]
    assert after(kita, merge).get(Anggaran, "p").pagu == 43
    merge.choose(first, "mereka")
    assert [merge.chosen(first), merge.chosen(second)] == ["mereka", "kita"]
    assert after(kita, merge).get(Anggaran, "p").pagu == 41


@pytest.fixture
def two(kita):
    """Two copies changed an amount that the plan had left alone."""
    a, b = kita.send("Bidang Koperasi"), kita.send("Bidang UMKM")
    put(a, Anggaran, "p", pagu=41)
    put(b, Anggaran, "p", pagu=43)
    return Merge(kita.copy, [a.copy, b.copy])


def test_each_value_says_whose_it_is_before_and_after_the_merge(kita, two):
    (line,) = stored(after(kita, two)).lines
    assert (line.dasar, line.kita, line.mereka) == ("40", "41", "43")
    assert (line.dari_kita, line.dari_mereka) == ("Bidang Koperasi", "Bidang UMKM")
    assert line.saat_kita.endswith(", Bidang Koperasi"), "who typed it stands beside, without the copy"


def test_the_value_of_before_may_be_chosen_where_the_plan_had_left_it_alone(kita, two):
    plan = after(kita, two)
    assert plan.get(Anggaran, "p").pagu == 41
    waits = stored(plan)
    assert waits.choose(waits.lines, "dasar") == 1
    plan.apply(waits.changes(plan)[0])
    assert plan.get(Anggaran, "p").pagu == 40
    assert not plan.all(Konflik)


def test_not_where_the_plan_itself_had_changed_it(kita):
    a = kita.send("Bidang Koperasi")
    put(kita, Anggaran, "p", pagu=42)
    put(a, Anggaran, "p", pagu=41)
    waits = stored(after(kita, Merge(kita.copy, [a.copy])))
    assert waits.choose(waits.lines, "dasar") == 0
    assert (waits.lines[0].dari_kita, waits.lines[0].dari_mereka) == ("", "Bidang Koperasi")


def test_what_holds_until_it_is_decided_is_said_for_each_kind(kita, merge, two):
    assert meanwhile(merge.conflicts) == "Sementara baris yang dihapus di satu pihak tetap ada."
    assert meanwhile(two.conflicts) == "Sementara nilai salinan yang lebih dahulu digabung yang dipakai."
    a = kita.send("Bidang")
    for office, name in ((kita, "a"), (a, "b")):
        twice = Anggaran(id=name, dokumen_id="d", urutan=9, jenis="program", kode="1.09", nama=name)
        office.edit([Change(None, twice)])
    put(kita, Anggaran, "p", pagu=42)
    put(a, Anggaran, "p", pagu=41)
    both = Merge(kita.copy, [a.copy])
    assert meanwhile(both.conflicts) == (
        "Sementara nilai kita yang dipakai; kode yang ditambah dua kali: keduanya tetap ada."
    )
    assert meanwhile([]) == ""

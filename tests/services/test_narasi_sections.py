"""Sections of the narrative: their levels, and what an officer does to them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import inverse
from models.plan import Plan
from models.rows import Dokumen, Narasi, Opd
from services.interchange import export_document, import_changes, load
from services.narasi import sections as s
from services.order import GAP

DATA = Path(__file__).parents[3] / "shared" / "data"
LEVELS = (1, 2, 3, 3, 2, 1, 2)


def row(row_id, level, place):
    return Narasi(id=row_id, dokumen_id="d", urutan=GAP * place, judul=row_id, tingkat=level)


def plan_of(levels=LEVELS):
    opd = Opd(id="o", urutan=1, nama="Dinas")
    dokumen = Dokumen(id="d", opd_id="o", urutan=1, judul="J", tahun=2027)
    letters = zip("abcdefghij", levels, strict=False)
    return Plan([opd, dokumen, *(row(letter, level, i) for i, (letter, level) in enumerate(letters, 1))])


def ids(plan):
    return "".join(section.row.id for section in s.sections(plan, "d") if len(section.row.id) == 1)


def done(plan, changes):
    before = list(plan.rows())
    plan.apply(changes)
    after = ids(plan)
    plan.apply(inverse(changes))
    assert sorted(before, key=lambda r: r.id) == sorted(plan.rows(), key=lambda r: r.id)
    plan.apply(changes)
    return after


@pytest.mark.parametrize(
    ("kunci", "judul", "level"),
    [
        ("kata_pengantar", "KATA PENGANTAR", 1),
        ("bab_1", "BAB I PENDAHULUAN", 1),
        ("ikhtisar_eksekutif", None, 1),
        ("daftar_lampiran", "DAFTAR LAMPIRAN", 1),
        (None, "Bab IV Analisis", 1),
        (None, "Babak baru", 2),
        (None, "V. PENUTUP", 1),
        (None, "Penutup", 1),
        ("latar_belakang", "1.1 Latar Belakang", 2),
        ("tugas", "1.4.1 Tugas Pokok", 3),
        (None, "E. Program Prioritas", 3),
        (None, "Sasaran 1 Meningkatnya koperasi", 3),
        (None, None, 2),
    ],
)
def test_key_and_title_tell_the_level(kunci, judul, level):
    assert s.level_of(Narasi(id="n", dokumen_id="d", urutan=1, kunci=kunci, judul=judul)) == level


@pytest.mark.parametrize(("tingkat", "level"), [(1, 1), (3, 3), (0, 1), (7, 3)])
def test_a_level_that_is_set_counts(tingkat, level):
    assert s.level_of(Narasi(id="n", dokumen_id="d", urutan=1, judul="BAB I", tingkat=tingkat)) == level


def test_a_section_without_a_title_is_called_after_its_key():
    assert s.title_of(Narasi(id="n", dokumen_id="d", urutan=1, kunci="dasar_hukum")) == "Dasar hukum"


def test_a_new_section_comes_behind_what_is_deeper():
    for after, level, place in (("a", 1, 5), ("a", 2, 1), ("b", 2, 4), ("b", 3, 2), (None, 1, 7)):
        plan = plan_of()
        changes, new = s.add_section(plan, "d", after, level, "  Judul \n baru ")
        done(plan, changes)
        there = s.sections(plan, "d")
        assert [section.row.id for section in there].index(new) == place
        assert (there[place].title, there[place].level, there[place].row.isi) == ("Judul baru", level, "")


def test_where_no_number_is_free_all_are_numbered_anew():
    plan = Plan([row("a", 1, 1), Narasi(id="b", dokumen_id="d", urutan=GAP + 1, judul="b", tingkat=1)])
    changes, new = s.add_section(plan, "d", "a", 1, "baru")
    plan.apply(changes)
    assert [section.row.id for section in s.sections(plan, "d")] == ["a", new, "b"]


@pytest.mark.parametrize(("removed", "after"), [("b", "aefg"), ("a", "fg"), ("g", "abcdef")])
def test_a_section_goes_with_those_below_it(removed, after):
    plan = plan_of()
    assert done(plan, s.remove_section(plan, removed)) == after


@pytest.mark.parametrize(
    ("moved", "step", "after"),
    [
        ("b", 1, "aebcdfg"),
        ("e", -1, "aebcdfg"),
        ("a", 1, "fgabcde"),
        ("f", -1, "fgabcde"),
        ("c", 1, "abdcefg"),
        ("d", 1, None),
        ("c", -1, None),
        ("a", -1, None),
        ("g", -1, None),
        ("g", 1, None),
    ],
)
def test_a_section_moves_among_its_siblings(moved, step, after):
    plan = plan_of()
    changes = s.move_section(plan, moved, step)
    assert (done(plan, changes) if changes else None) == after


def test_sections_on_one_number_can_be_moved():
    plan = Plan([Narasi(id=letter, dokumen_id="d", urutan=GAP, judul=letter, tingkat=1) for letter in "abc"])
    assert done(plan, s.move_section(plan, "c", -1)) == "acb"


def test_the_level_of_one_section_is_set_within_bounds():
    plan = plan_of()
    done(plan, s.set_level(plan, "c", 9))
    assert s.set_level(plan, "c", 3) == []
    done(plan, s.set_level(plan, "b", 0))
    assert [section.level for section in s.sections(plan, "d")] == [1, 1, 3, 3, 2, 1, 2]


def test_a_new_title_keeps_the_level_that_the_old_one_told():
    plan = Plan([Narasi(id="n", dokumen_id="d", urutan=1, judul="BAB I PENDAHULUAN")])
    done(plan, s.set_title(plan, "n", "BAB I UMUM"))
    assert plan.get(Narasi, "n").tingkat is None
    done(plan, s.set_title(plan, "n", " Pendahuluan "))
    assert (plan.get(Narasi, "n").judul, plan.get(Narasi, "n").tingkat) == ("Pendahuluan", 1)


def test_a_text_is_set_once():
    plan = plan_of()
    done(plan, s.set_text(plan, "a", "isi"))
    assert plan.get(Narasi, "a").isi == "isi"
    assert s.set_text(plan, "a", "isi") == []


@given(st.lists(st.integers(1, 3), min_size=1, max_size=9), st.integers(0, 8), st.sampled_from([-1, 1]))
def test_moving_there_and_back_is_nothing(levels, at, step):
    plan = plan_of(levels)
    before = ids(plan)
    moved = before[at % len(before)]
    changes = s.move_section(plan, moved, step)
    plan.apply(changes)
    assert sorted(ids(plan)) == sorted(before)
    if changes:
        plan.apply(s.move_section(plan, moved, -step))
    assert ids(plan) == before


def test_a_level_survives_export_and_import():
    plan, dokumen = plan_of(), "d"
    plan.apply(s.set_text(plan, "a", "**isi**"))
    data = export_document(plan, dokumen)
    assert [section.get("tingkat") for section in data["narasi"]] == list(LEVELS)
    copy = Plan()
    dokumen_id, changes = import_changes(data, copy)
    copy.apply(changes)
    there = s.sections(copy, dokumen_id)
    assert [(one.level, one.title, one.row.isi) for one in there] == [
        (one.level, one.title, one.row.isi) for one in s.sections(plan, dokumen)
    ]


@pytest.mark.skipif(not DATA.exists(), reason="the whole data is not here")
@pytest.mark.parametrize(
    ("name", "levels"),
    [("buleleng-2022", "112222331221"), ("lampung-2019", "122222312233323322112")],
)
def test_the_levels_of_real_narratives(name, levels):
    plan = Plan()
    dokumen_id, changes = import_changes(load(DATA / f"{name}.renaksi.json"), plan)
    plan.apply(changes)
    assert "".join(str(section.level) for section in s.sections(plan, dokumen_id)) == levels

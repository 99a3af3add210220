"""Two stages of one plan: the copy is whole and stands alone, and both stages find each other's rows."""

import sys
from collections import Counter
from dataclasses import MISSING, fields, replace

import pytest
from hypothesis import given, settings
from random_edits import changes_of, sequences

from models.plan import Plan
from models.rows import (
    ROWS,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Formulir,
    Gabung,
    Indikator,
    Jabatan,
    Kinerja,
    Konflik,
    Kop,
    Opd,
    Pejabat,
    Salinan,
    TahunIndikator,
    Terima,
    TotalTercetak,
    new_id,
    references,
)
from services import edits
from services.document import Document
from services.interchange import export_document
from services.matching import is_moved
from services.samples import sample_plan
from services.tahap import earlier_stage, matches, new_stage, next_stage, stage_number, stage_title

SAMPLES = ["bekasi-2024", "bone-2023", "buleleng-2022", "lampung-2019", "lombok-tengah-2022"]


def belonging(plan, dokumen_id):
    """All rows of a document, but for the document itself."""
    return [row for row in plan.rows() if getattr(row, "dokumen_id", None) == dokumen_id]


def dokumen(row_id, tahap=None, nomor=None, urutan=1, tahun=2024, opd="o"):
    return Dokumen(
        id=row_id, opd_id=opd, urutan=urutan, judul=f"J {row_id}", tahun=tahun, tahap=tahap, nomor_perubahan=nomor
    )


def line(row_id, dokumen_id, nama, jenis="program", induk=None, urutan=1, **more):
    return Anggaran(id=row_id, dokumen_id=dokumen_id, urutan=urutan, jenis=jenis, induk_id=induk, nama=nama, **more)


def node(row_id, dokumen_id, uraian, tingkat="sasaran_strategis", induk=None, urutan=1, **more):
    return Kinerja(
        id=row_id, dokumen_id=dokumen_id, urutan=urutan, tingkat=tingkat, induk_id=induk, uraian=uraian, **more
    )


def paired(pairs):
    """{id after: id before}"""
    return {after: before.id for after, before in pairs.before.items()}


@pytest.fixture(params=["bone-2023", "buleleng-2022"])
def document(request, open_copy):
    """A real file with a sample, a signatory of a position, a letterhead and a form's settings."""
    with open_copy(request.param) as opened:
        plan = opened.plan
        (first,) = plan.all(Dokumen)
        posts = plan.where(Jabatan, "dokumen_id", first.id)
        opened.edit(
            "isi",
            [
                edits.Change(None, Pejabat(id=new_id(), dokumen_id=first.id, jabatan_id=posts[0].id, nama="A")),
                edits.Change(None, Pejabat(id=new_id(), dokumen_id=first.id, jabatan="Bupati")),
                edits.Change(None, Kop(id=new_id(), opd_id=first.opd_id, baris="PEMERINTAH")),
                edits.Change(None, Formulir(id=new_id(), dokumen_id=first.id, nama="bulanan-staf", kertas="A4")),
                edits.Change(None, TotalTercetak(id=new_id(), dokumen_id=first.id, urutan=1, nilai=1)),
                edits.Change(first, replace(first, tanggal="2022-10-12")),
            ],
        )
        yield opened


# The copy


def test_the_copy_has_every_row_of_its_origin_but_the_printed_totals(document):
    (first,) = document.plan.all(Dokumen)
    changes, fresh_id = new_stage(document.plan, first.id)
    document.edit("buat", changes)
    rows = [Counter(type(row) for row in belonging(document.plan, owner)) for owner in (first.id, fresh_id)]
    assert rows[0].pop(TotalTercetak) >= 1
    assert rows[0] == rows[1]
    assert {Anggaran, Kinerja, Indikator, DeretIndikator, Pejabat, Formulir} <= set(rows[1])
    assert (len(document.plan.all(Opd)), len(document.plan.all(Kop))) == (1, 1)


def test_no_reference_leaves_the_copy(document):
    (first,) = document.plan.all(Dokumen)
    changes, fresh_id = new_stage(document.plan, first.id)
    own = {change.after.id for change in changes}
    old = {row.id for row in document.plan.rows()}
    assert not own & old
    named = [
        (getattr(change.after, name), table)
        for change in changes
        for name, table in references(type(change.after)).items()
        if getattr(change.after, name) is not None
    ]
    assert {value for value, table in named if table != "opd"} <= own
    assert {value for value, table in named if table == "opd"} == {first.opd_id}
    assert fresh_id in own


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_copy_reads_as_its_origin_in_the_interchange_file(sample):
    plan, first_id = sample_plan(sample)
    changes, fresh_id = new_stage(plan, first_id)
    plan.apply(changes)
    origin, copy = (export_document(plan, dokumen_id) for dokumen_id in (first_id, fresh_id))
    for written in (origin, copy):
        for key in ("dokumen", "sumber", "total_tercetak"):
            written.pop(key, None)
    assert copy == origin


def test_the_copy_survives_the_file_and_undo_takes_it_back(document):
    before = set(document.plan.rows())
    (first,) = document.plan.all(Dokumen)
    changes, fresh_id = new_stage(document.plan, first.id)
    document.edit("buat", changes)
    document.file.publish()
    path = document.file.path
    document.undo()
    assert set(document.plan.rows()) == before
    document.redo()
    document.file.publish()
    document.file.close()
    with Document.open(path) as opened:
        assert set(opened.plan.rows()) == before | {change.after for change in changes}
        assert earlier_stage(opened.plan, opened.plan.get(Dokumen, fresh_id)).id == first.id


def test_the_new_document_is_numbered_undated_and_last(document):
    (first,) = document.plan.all(Dokumen)
    changes, fresh_id = new_stage(document.plan, first.id)
    document.edit("buat", changes)
    fresh = document.plan.get(Dokumen, fresh_id)
    assert (fresh.tahap, fresh.nomor_perubahan) == ("perubahan", stage_number(first) + 1)
    assert (first.tanggal, fresh.tanggal, fresh.sumber) == ("2022-10-12", None, None)
    assert document.plan.all(Dokumen)[-1] == fresh
    assert (fresh.judul, fresh.tahun, fresh.ttd_jabatan) == (first.judul, first.tahun, first.ttd_jabatan)


def test_a_copy_of_a_copy_is_still_known_by_the_first_name():
    plan, first_id = sample_plan("lombok-tengah-2022")
    (added,) = edits.add_jabatan(plan, first_id, "Analis")
    plan.apply([added])
    ids = [first_id]
    for _ in range(2):
        changes, fresh_id = new_stage(plan, ids[-1])
        plan.apply(changes)
        ids.append(fresh_id)
    for cls in (Jabatan, Anggaran, Kinerja, Indikator):
        names = [[row.asal_id or row.id for row in plan.where(cls, "dokumen_id", owner)] for owner in ids]
        assert names[0] == names[1] == names[2]
    assert [plan.get(Dokumen, i).nomor_perubahan for i in ids] == [0, 1, 2]
    found = matches(plan, ids[0], ids[2])
    for pairs in (found.kinerja, found.anggaran, found.indikator):
        assert (pairs.added, pairs.removed) == ((), ())


def test_without_results_what_was_reached_this_year_stays_behind():
    plan, first_id = sample_plan("lampung-2019")
    first = plan.get(Dokumen, first_id)
    indikator = plan.where(Indikator, "dokumen_id", first_id)[0]
    budget = plan.where(Anggaran, "dokumen_id", first_id)[0]
    reached = [
        DeretIndikator(id="r", dokumen_id=first_id, indikator_id=indikator.id, jenis="realisasi", periode="bulan"),
        DeretAnggaran(id="s", dokumen_id=first_id, anggaran_id=budget.id, jenis="realisasi", periode="bulan"),
        DeretAnggaran(id="k", dokumen_id=first_id, anggaran_id=budget.id, jenis="kas", periode="bulan"),
    ]
    plan.apply([edits.Change(None, row) for row in reached])
    assert any(i.realisasi for i in plan.all(Indikator))
    years = plan.where(TahunIndikator, "dokumen_id", first_id)
    assert any(y.jenis == "realisasi" and y.tahun == str(first.tahun) for y in years)
    changes, fresh_id = new_stage(plan, first_id, realisasi=False)
    plan.apply(changes)
    kinds = [row.jenis for cls in (DeretIndikator, DeretAnggaran) for row in plan.where(cls, "dokumen_id", fresh_id)]
    assert kinds == ["kas"]
    assert {(i.realisasi, i.capaian_tercetak) for i in plan.where(Indikator, "dokumen_id", fresh_id)} == {(None, None)}
    left = Counter((y.jenis, y.tahun) for y in plan.where(TahunIndikator, "dokumen_id", fresh_id))
    wanted = Counter((y.jenis, y.tahun) for y in years if y.jenis == "target" or y.tahun != str(first.tahun))
    assert left == wanted
    assert any(jenis == "realisasi" for jenis, _ in left)


# Which stage is which


@pytest.mark.parametrize(
    ("tahap", "nomor", "number"),
    [("murni", 0, 0), ("murni", None, 0), ("perubahan", None, 1), ("perubahan", 0, 1), ("perubahan", 3, 3)],
)
def test_the_number_of_a_stage(tahap, nomor, number):
    assert stage_number(dokumen("d", tahap, nomor)) == number


def test_the_stage_before_is_the_next_lower_one_of_the_same_year_and_agency():
    murni, second, first = (
        dokumen("m", "murni", 0, 3),
        dokumen("p2", "perubahan", 2, 1),
        dokumen("p1", "perubahan", 1, 2),
    )
    other_year, other_opd = dokumen("y", "murni", 0, 1, tahun=2023), dokumen("z", "murni", 0, 1, opd="x")
    plan = Plan([murni, second, first, other_year, other_opd])
    assert earlier_stage(plan, second) == first
    assert earlier_stage(plan, first) == murni
    assert [earlier_stage(plan, d) for d in (murni, other_year, other_opd)] == [None, None, None]


def test_documents_without_a_stage_follow_their_order():
    a, b, c = dokumen("a", urutan=1), dokumen("b", urutan=2), dokumen("c", "perubahan", 1, 3)
    plan = Plan([c, b, a])
    assert (earlier_stage(plan, a), earlier_stage(plan, b), earlier_stage(plan, c)) == (None, a, b)
    assert stage_title(a) == "J a"
    assert stage_title(c) == "Perubahan 1"


def test_a_second_try_at_a_stage_stands_beside_the_stage_before():
    murni, one, two = dokumen("m", "murni", 0, 1), dokumen("a", "perubahan", 1, 2), dokumen("b", "perubahan", 1, 3)
    assert earlier_stage(Plan([murni, one, two]), two) == murni
    assert earlier_stage(Plan([one, two]), two) == one
    assert earlier_stage(Plan([one, two]), one) is None


def test_the_next_stage_follows_all_that_are_there():
    murni, one = dokumen("m", "murni", 0, 5), dokumen("a", "perubahan", 1, 2)
    fresh = next_stage(Plan([murni, one]), murni)
    assert (fresh.tahap, fresh.nomor_perubahan) == ("perubahan", 2)
    assert fresh.urutan > 5
    assert next_stage(Plan([murni]), murni).nomor_perubahan == 1


# Which rows are the same


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_row_of_an_untouched_copy_is_its_origin(sample):
    plan, first_id = sample_plan(sample)
    changes, fresh_id = new_stage(plan, first_id)
    plan.apply(changes)
    found = matches(plan, first_id, fresh_id)
    for cls, pairs in ((Kinerja, found.kinerja), (Anggaran, found.anggaran), (Indikator, found.indikator)):
        befores, afters = (plan.where(cls, "dokumen_id", owner) for owner in (first_id, fresh_id))
        assert paired(pairs) == {a.id: b.id for a, b in zip(afters, befores, strict=True)}
        assert (pairs.added, pairs.removed) == ((), ())
        assert pairs.merged(befores, afters) == list(zip(befores, afters, strict=True))


@settings(max_examples=40)
@given(sequences)
def test_after_any_edits_each_copy_finds_its_origin_and_nothing_is_paired_twice(steps):
    plan, first_id = sample_plan("lombok-tengah-2022")
    changes, fresh_id = new_stage(plan, first_id)
    plan.apply(changes)
    origins = {
        cls: dict(
            zip(
                (row.id for row in plan.where(cls, "dokumen_id", fresh_id)),
                (row.id for row in plan.where(cls, "dokumen_id", first_id)),
                strict=True,
            )
        )
        for cls in (Kinerja, Anggaran, Indikator)
    }
    for step in steps:
        plan.apply(changes_of(plan, fresh_id, step))
    found = matches(plan, first_id, fresh_id)
    for cls, pairs in ((Kinerja, found.kinerja), (Anggaran, found.anggaran), (Indikator, found.indikator)):
        befores, afters = (plan.where(cls, "dokumen_id", owner) for owner in (first_id, fresh_id))
        for row in afters:
            if row.id in origins[cls]:
                assert pairs.before[row.id].id == origins[cls][row.id]
        assert {b.id: a for a, b in pairs.before.items()} == {b: a.id for b, a in pairs.after.items()}
        assert {*pairs.before, *(row.id for row in pairs.added)} == {row.id for row in afters}
        assert {*pairs.after, *(row.id for row in pairs.removed)} == {row.id for row in befores}
        listed = pairs.merged(befores, afters)
        assert [after for _, after in listed if after] == list(afters)
        assert [before for before, after in listed if after is None] == list(pairs.removed)


def test_rows_typed_anew_are_found_by_kode_then_by_name():
    plan = Plan(
        [
            *(line("a1", "m", "Program A", kode="1.01", urutan=1), line("a2", "m", "Program B", urutan=2)),
            *(line("a3", "m", "Kegiatan", "kegiatan", "a1", 3), line("a4", "m", "Kegiatan", "kegiatan", "a2", 4)),
            line("a5", "m", "Hilang", urutan=5),
            *(line("b1", "p", "Program B", urutan=1), line("b2", "p", "Program A baru", kode="1. 01", urutan=2)),
            *(line("b3", "p", " KEGIATAN", "kegiatan", "b1", 3), line("b4", "p", "Kegiatan", "kegiatan", "b2", 4)),
            line("b5", "p", "Tambahan", urutan=5),
        ]
    )
    found = matches(plan, "m", "p").anggaran
    assert paired(found) == {"b1": "a2", "b2": "a1", "b3": "a4", "b4": "a3"}
    assert ([row.id for row in found.added], [row.id for row in found.removed]) == (["b5"], ["a5"])


def test_a_kode_that_stands_twice_goes_by_its_names():
    plan = Plan(
        [
            *(line("a1", "m", "Satu", kode="1", urutan=1), line("a2", "m", "Dua", kode="1", urutan=2)),
            *(line("b1", "p", "Dua", kode="1", urutan=1), line("b2", "p", "Satu lagi", kode="1", urutan=2)),
        ]
    )
    assert paired(matches(plan, "m", "p").anggaran) == {"b1": "a2", "b2": "a1"}


def test_ids_of_two_files_that_agree_by_chance_say_nothing():
    names = ["Koperasi", "Pasar", "Industri", "Promosi"]
    rows = [line(f"m{i}", "m", text, urutan=i, asal_id=f"P{i}") for i, text in enumerate(names)]
    rows += [line(f"p{i}", "p", text, urutan=i, asal_id=f"P{i}") for i, text in enumerate(names[::-1])]
    assert paired(matches(Plan(rows), "m", "p").anggaran) == {"p0": "m3", "p1": "m2", "p2": "m1", "p3": "m0"}
    kept = [replace(row, nama="Koperasi baru") if row.id == "p0" else row for row in rows[:4]]
    kept += [line(f"p{i}", "p", text, urutan=i, asal_id=f"P{i}") for i, text in enumerate(["X", *names[1:]])]
    assert paired(matches(Plan(kept), "m", "p").anggaran) == {f"p{i}": f"m{i}" for i in range(4)}


def test_ids_of_our_own_count_whatever_other_ids_say():
    own = [new_id(), new_id()]
    rows = [line(f"m{i}", "m", text, urutan=i, asal_id=f"P{i}") for i, text in enumerate("ABC")]
    rows += [line(f"p{i}", "p", text, urutan=i, asal_id=f"P{i}") for i, text in enumerate("BCA")]
    rows += [line(own[0], "m", "D", urutan=8), line(own[1], "p", "E", urutan=8, asal_id=own[0])]
    assert paired(matches(Plan(rows), "m", "p").anggaran) == {"p0": "m1", "p1": "m2", "p2": "m0", own[1]: own[0]}


def test_a_name_that_one_document_has_twice_is_no_proof():
    once = [node("a", "m", "Induk"), node("a1", "m", "Sama", "sasaran_program", "a")]
    twice = [node("b", "p", "Lain"), *(node(f"b{i}", "p", "Sama", "sasaran_program", "b", i) for i in (2, 3))]
    for before, after in (("m", "p"), ("p", "m")):
        assert paired(matches(Plan([*once, *twice]), before, after).kinerja) == {}


def test_under_a_parent_that_was_renamed_unique_names_are_found_and_doubtful_ones_are_not():
    nodes = [
        node("a", "m", "Sasaran lama"),
        *(node(f"a{i}", "m", text, "sasaran_program", "a", i) for i, text in enumerate(["Satu", "Sama", "Sama"], 2)),
        node("b", "p", "Sasaran baru"),
        *(node(f"b{i}", "p", text, "sasaran_program", "b", i) for i, text in enumerate(["Satu", "Sama", "Sama"], 2)),
    ]
    owned = [
        Indikator(id="i", dokumen_id="m", urutan=1, kinerja_id="a2", uraian="Persentase"),
        Indikator(id="j", dokumen_id="p", urutan=1, kinerja_id="b2", uraian="persentase "),
        Indikator(id="x", dokumen_id="m", urutan=2, kinerja_id="a3", uraian="Nilai"),
        Indikator(id="y", dokumen_id="p", urutan=2, anggaran_id="l", uraian="Nilai"),
    ]
    found = matches(Plan([*nodes, *owned]), "m", "p")
    assert paired(found.kinerja) == {"b2": "a2"}
    assert paired(found.indikator) == {"j": "i"}
    assert is_moved(found.kinerja, "a", "b")
    assert not is_moved(found.kinerja, "a2", "b2")
    assert is_moved(found.kinerja, None, "b2")
    assert not is_moved(found.kinerja, None, None)


def test_parents_that_run_in_a_circle_are_matched_all_the_same():
    rows = [line("a", "m", "A"), line("b", "p", "A", induk="c"), line("c", "p", "C", induk="b")]
    assert paired(matches(Plan(rows), "m", "p").anggaran) == {"b": "a"}


def test_a_removed_row_keeps_its_place_among_those_that_stay():
    plan, first_id = sample_plan("lombok-tengah-2022")
    changes, fresh_id = new_stage(plan, first_id)
    plan.apply(changes)
    befores = plan.where(Anggaran, "dokumen_id", first_id)
    for at in (0, 7):
        plan.apply(edits.remove(plan, plan.where(Anggaran, "dokumen_id", fresh_id)[at]))
    pairs = matches(plan, first_id, fresh_id).anggaran
    listed = pairs.merged(befores, plan.where(Anggaran, "dokumen_id", fresh_id))
    assert [before for before, _ in listed] == list(befores)
    assert sum(after is None for _, after in listed) == len(pairs.removed) >= 4


def calls(work):
    """How many calls of functions the work makes."""
    count = 0

    def counted(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def grown(size):
    """A plan of that many budget lines with an indicator each, and its edited copy."""
    plan = Plan([dokumen("m", "murni", 0), Opd(id="o", urutan=1, nama="Dinas")])
    rows = []
    for i in range(size):
        jenis, induk = ("program", None) if i % 10 == 0 else ("kegiatan", f"a{i - i % 10}")
        rows.append(line(f"a{i}", "m", f"Nama {i % 7}", jenis, induk, i, pagu=i))
        rows.append(Indikator(id=f"i{i}", dokumen_id="m", urutan=i, anggaran_id=f"a{i}", uraian=f"U {i % 3}"))
    plan.apply([edits.Change(None, row) for row in rows])
    changes, fresh_id = new_stage(plan, "m")
    # Without the ids of the copy, so that every rule has its work.
    plan.apply(
        [
            edits.Change(None, replace(c.after, asal_id=None) if hasattr(c.after, "asal_id") else c.after)
            for c in changes
        ]
    )
    return plan, fresh_id


def test_the_cost_is_linear_in_the_plan():
    costs = []
    for size in (600, 1200):
        plan, fresh_id = grown(size)
        assert len(plan.where(Anggaran, "dokumen_id", fresh_id)) == size
        costs.append(calls(lambda plan=plan, fresh_id=fresh_id: matches(plan, "m", fresh_id)))
        costs.append(calls(lambda plan=plan: new_stage(plan, "m")))
    assert costs[2] < 2.2 * costs[0]
    assert costs[3] < 2.2 * costs[1]


def one_of_each():
    """A plan with one row in every table, which names a row wherever it can."""
    rows = []
    for cls in ROWS:
        values = {"id": cls.TABLE}
        for field in fields(cls):
            if "ref" in field.metadata:
                values[field.name] = field.metadata["ref"]
            elif field.default is MISSING and field.name not in values:
                values[field.name] = 1 if field.type is int else "x"
        rows.append(cls(**values))
    return Plan(rows)


def test_every_table_is_copied_with_all_that_its_rows_name():
    """Also a table that is added to the plan one day."""
    changes, _ = new_stage(one_of_each(), "dokumen")
    rows = [change.after for change in changes]
    own = {row.id: type(row).TABLE for row in rows}
    assert set(ROWS) - {type(row) for row in rows} == {Opd, Kop, TotalTercetak, Terima, Salinan, Gabung, Konflik}
    for row in rows:
        for name, table in references(type(row)).items():
            value = getattr(row, name)
            assert own[value] == table if table != "opd" else value == "opd"

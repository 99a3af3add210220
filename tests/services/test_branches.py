"""Branches: moved, doubled, numbered, carried over the clipboard; undone they leave no trace, and nothing dangles."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_edits import changes_of, sequences
from tree_edits import numbers, tree_step

from models.changes import Change, inverse
from models.errors import PlanError
from models.plan import Plan
from models.rows import Aksi, Anggaran, DeretAnggaran, DeretIndikator, Dukungan, Indikator, Jabatan, Kinerja, references
from services import branch_copy, branch_text, branches, edits, positions
from services.document import Document
from services.samples import sample_plan
from services.units import units


def node(row_id, tingkat="sasaran_strategis", induk=None, urutan=1, **more):
    return Kinerja(id=row_id, dokumen_id="d", urutan=urutan, tingkat=tingkat, induk_id=induk, **more)


def line(row_id, jenis="program", induk=None, urutan=1, **more):
    return Anggaran(id=row_id, dokumen_id="d", urutan=urutan, jenis=jenis, induk_id=induk, nama=row_id, **more)


def indikator(row_id, urutan=1, **owner):
    return Indikator(id=row_id, dokumen_id="d", urutan=urutan, uraian=row_id, **owner)


def ids(rows):
    return [row.id for row in rows]


def assert_whole(plan):
    """Nothing names a row that is not there; one place holds one row; nothing hangs under itself."""
    everyone = {row.id for row in plan.rows()}
    for row in plan.rows():
        assert {getattr(row, field) for field in references(type(row))} - {None, "d"} <= everyone
    for cls in (Kinerja, Anggaran):
        reached = ids(branches.walk(plan, [row for row in plan.all(cls) if row.induk_id is None]))
        assert sorted(reached) == sorted(ids(plan.all(cls)))
    for link in plan.all(Dukungan):
        if link.indikator_id is not None:
            assert plan.get(Indikator, link.indikator_id).kinerja_id == link.kinerja_id


def forms_order(plan):
    """The ids of each level in the order of the forms, and in that of the tree."""
    for cls in (Kinerja, Anggaran):
        tree = list(branches.walk(plan, [row for row in plan.all(cls) if row.induk_id is None]))
        for level in {branches.level_of(row) for row in tree}:
            yield (
                ids(row for row in plan.all(cls) if branches.level_of(row) == level),
                ids(row for row in tree if branches.level_of(row) == level),
            )


@pytest.fixture
def plan():
    return Plan(
        [
            node("s1", urutan=10, nomor="1"),
            node("s2", urutan=20, nomor="2"),
            node("k1", "sasaran_kegiatan", "s1", 30, nomor="1"),
            node("k2", "sasaran_kegiatan", "s1", 40, nomor="2"),
            node("k3", "sasaran_kegiatan", "s2", 50, nomor="3"),
            indikator("i1", 1, kinerja_id="s1"),
            indikator("i2", 2, kinerja_id="s1"),
            indikator("i3", 3, anggaran_id="g1"),
            line("p1", urutan=10),
            line("p2", urutan=20),
            line("g1", "kegiatan", "p1", 30),
            line("u1", "sub_kegiatan", "g1", 40),
            Jabatan(id="j", dokumen_id="d", urutan=1, nama="Kabid"),
        ]
    )


# Moving


def test_a_branch_moves_before_a_row_and_its_rows_follow_on_the_forms(plan):
    plan.apply(branches.move_to(plan, [plan.get(Kinerja, "s2")], None, plan.get(Kinerja, "s1")))
    assert [row.id for row in plan.all(Kinerja) if row.tingkat == "sasaran_kegiatan"] == ["k3", "k1", "k2"]
    assert all(on_forms == in_tree for on_forms, in_tree in forms_order(plan))


def test_several_siblings_move_together_and_keep_their_order(plan):
    rows = [plan.get(Kinerja, "k1"), plan.get(Kinerja, "k2")]
    plan.apply(branches.move_to(plan, rows, plan.get(Kinerja, "s2"), plan.get(Kinerja, "k3")))
    assert ids(plan.where(Kinerja, "induk_id", "s2")) == ["k1", "k2", "k3"]
    assert plan.where(Kinerja, "induk_id", "s1") == ()


def test_a_branch_that_stands_there_already_changes_nothing(plan):
    k1, k2, s1 = plan.get(Kinerja, "k1"), plan.get(Kinerja, "k2"), plan.get(Kinerja, "s1")
    assert branches.move_to(plan, [k1], s1, k2) == ()
    assert branches.move_to(plan, [k1], s1, k1) == ()
    assert branches.move_to(plan, [k2], s1) == ()


@pytest.mark.parametrize(("row", "parent"), [("g1", "p2"), ("g1", None), ("u1", "g1")])
def test_budget_lines_hang_where_their_level_belongs(plan, row, parent):
    assert branches.may_stand(plan, plan.get(Anggaran, row), plan.find(Anggaran, parent))


@pytest.mark.parametrize(("row", "parent"), [("u1", "p1"), ("p1", "p2"), ("p1", "g1"), ("g1", "u1")])
def test_a_place_of_another_level_is_refused_with_a_sentence(plan, row, parent):
    with pytest.raises(PlanError, match="tidak dapat diletakkan"):
        branches.move_to(plan, [plan.get(Anggaran, row)], plan.get(Anggaran, parent))


def test_an_indicator_needs_an_owner(plan):
    with pytest.raises(PlanError, match="Indikator harus"):
        branches.move_to(plan, [plan.get(Indikator, "i1")], None)


def test_nothing_hangs_under_itself_even_where_levels_are_wrong():
    plan = Plan([node("a", "sasaran_kegiatan"), node("b", "tujuan", "a")])
    assert not branches.may_stand(plan, plan.get(Kinerja, "a"), plan.get(Kinerja, "b"))


def test_the_links_of_an_indicator_follow_it_to_its_new_sasaran(plan):
    for target, name in ((plan.get(Indikator, "i1"), "p1"), (plan.get(Indikator, "i1"), "p2")):
        plan.apply(branches.link_all(plan, [target], [plan.get(Anggaran, name)]))
    plan.apply(branches.link_all(plan, [plan.get(Kinerja, "s2")], [plan.get(Anggaran, "p2")]))
    plan.apply(branches.move_to(plan, [plan.get(Indikator, "i1")], plan.get(Kinerja, "s2")))
    assert sorted((d.kinerja_id, d.anggaran_id, d.indikator_id) for d in plan.all(Dukungan)) == sorted(
        [("s2", "p2", None), ("s2", "p1", "i1")], key=str
    )
    plan.apply(branches.move_to(plan, [plan.get(Indikator, "i1")], plan.get(Anggaran, "p1")))
    assert {d.indikator_id for d in plan.all(Dukungan)} == {None}
    assert_whole(plan)


def test_siblings_step_past_their_neighbour_together(plan):
    plan.apply([Change(None, node("k4", "sasaran_kegiatan", "s1", 45))])
    rows = [plan.get(Kinerja, "k1"), plan.get(Kinerja, "k2")]
    plan.apply(branches.move_step(plan, rows, 1))
    assert ids(plan.where(Kinerja, "induk_id", "s1")) == ["k4", "k1", "k2"]
    rows = [plan.get(Kinerja, "k1"), plan.get(Kinerja, "k2")]
    assert branches.move_step(plan, rows, 1) == ()
    plan.apply(branches.move_step(plan, rows, -1))
    assert ids(plan.where(Kinerja, "induk_id", "s1")) == ["k1", "k2", "k4"]
    assert branches.move_step(plan, [plan.get(Kinerja, "k1")], -1) == ()


def test_where_no_number_is_free_the_whole_list_is_numbered_anew():
    plan = Plan([node("a", urutan=1), node("b", urutan=2), node("c", urutan=3)])
    plan.apply(branches.move_to(plan, [plan.get(Kinerja, "c")], None, plan.get(Kinerja, "b")))
    assert ids(plan.all(Kinerja)) == ["a", "c", "b"]


# New rows


def test_a_new_row_stands_right_below_the_one_it_was_asked_for_at(plan):
    changes = branches.add_after(plan, plan.get(Kinerja, "k1"))
    plan.apply(changes)
    fresh = changes[-1].after
    assert ids(plan.where(Kinerja, "induk_id", "s1")) == ["k1", fresh.id, "k2"]
    assert (fresh.tingkat, fresh.nomor, fresh.uraian) == ("sasaran_kegiatan", "4", "")
    changes = branches.add_after(plan, plan.get(Indikator, "i1"))
    plan.apply(changes)
    assert ids(plan.where(Indikator, "kinerja_id", "s1")) == ["i1", changes[-1].after.id, "i2"]
    changes = branches.add_after(plan, plan.get(Anggaran, "p1"))
    plan.apply(changes)
    assert ids(row for row in plan.all(Anggaran) if row.induk_id is None) == ["p1", changes[-1].after.id, "p2"]


def test_a_child_is_of_the_level_that_the_plan_uses_below(plan):
    natural = branches.natural_child
    assert natural(plan, plan.get(Kinerja, "s1")) == "sasaran_kegiatan"
    assert natural(plan, plan.get(Kinerja, "k1")) == "sasaran_sub_kegiatan"
    assert natural(plan, node("x", "tujuan")) == "sasaran_strategis"
    assert natural(plan, node("x", "sasaran_individu")) == "indikator"
    assert [natural(plan, plan.get(Anggaran, a)) for a in ("p1", "g1", "u1")] == [
        "kegiatan",
        "sub_kegiatan",
        "indikator",
    ]
    assert natural(plan, plan.get(Indikator, "i1")) == "indikator"
    bare = Plan([node("s1"), node("s2"), node("k", "sasaran_program", "s1")])
    assert natural(bare, bare.get(Kinerja, "s2")) == "sasaran_program"


def test_renumbering_counts_the_level_through_the_document_or_beside_the_row(plan):
    plan.apply(branches.move_to(plan, [plan.get(Kinerja, "s2")], None, plan.get(Kinerja, "s1")))
    plan.apply(branches.renumber(plan, plan.get(Kinerja, "k1"), "tingkat"))
    assert [(k.id, k.nomor) for k in plan.all(Kinerja) if k.tingkat == "sasaran_kegiatan"] == [
        ("k3", "1"),
        ("k1", "2"),
        ("k2", "3"),
    ]
    plan.apply(branches.renumber(plan, plan.get(Kinerja, "k2"), "seinduk"))
    assert [plan.get(Kinerja, k).nomor for k in ("k3", "k1", "k2")] == ["1", "1", "2"]
    assert [plan.get(Kinerja, k).nomor for k in ("s1", "s2")] == ["1", "2"]
    assert branches.renumber(plan, plan.get(Kinerja, "k2"), "seinduk") == ()


def test_links_that_are_there_are_not_made_twice(plan):
    s1, lines = plan.get(Kinerja, "s1"), [plan.get(Anggaran, "p1"), plan.get(Anggaran, "p2")]
    plan.apply(branches.link_all(plan, [s1], lines[:1]))
    changes = branches.link_all(plan, [s1, plan.get(Kinerja, "s2")], lines)
    plan.apply(changes)
    assert len(changes) == 3
    assert [d.anggaran_id for d in plan.where(Dukungan, "kinerja_id", "s1")] == ["p1", "p2"]
    assert branches.link_all(plan, [plan.get(Indikator, "i3")], lines) == ()


# Copies


def described(plan, roots):
    """What a branch says, without ids."""
    found = []
    for row in branches.walk(plan, roots):
        owner = "kinerja_id" if isinstance(row, Kinerja) else "anggaran_id"
        aksi = [a.uraian for a in plan.where(Aksi, "anggaran_id", row.id)]
        kas = [d.nilai for d in plan.where(DeretAnggaran, "anggaran_id", row.id)]
        targets = [
            (i.uraian, i.target, [d.nilai for d in plan.where(DeretIndikator, "indikator_id", i.id)])
            for i in plan.where(Indikator, owner, row.id)
        ]
        text = row.uraian if isinstance(row, Kinerja) else (row.nama, row.pagu)
        found.append((branches.level_of(row), text, row.penanggung_jawab_id, targets, kas, aksi))
    return found


@pytest.mark.parametrize(("name", "cls"), [("bone-2023", Kinerja), ("bone-2023", Anggaran), ("lampung-2019", Anggaran)])
def test_a_doubled_branch_says_the_same_and_shares_no_row(name, cls):
    plan, _ = sample_plan(name)
    root = next(row for row in plan.all(cls) if plan.where(cls, "induk_id", row.id))
    before = {row.id: row for row in plan.rows()}
    changes, (fresh_id,) = branch_copy.duplicate(plan, [root])
    plan.apply(changes)
    fresh = plan.get(cls, fresh_id)
    assert described(plan, [fresh]) == described(plan, [root])
    there = ids(edits.siblings(plan, root))
    assert there.index(fresh_id) == there.index(root.id) + 1
    assert all(change.before is None or change.before.id in before for change in changes)
    assert_whole(plan)
    plan.apply(inverse(changes))
    assert {row.id: row for row in plan.rows()} == before


def test_a_branch_goes_to_another_plan_as_text_with_positions_of_the_same_name():
    source, _ = sample_plan("buleleng-2022")
    target, dokumen_id = sample_plan("bone-2023")
    root = next(a for a in source.all(Anggaran) if a.jenis == "program" and source.where(Anggaran, "induk_id", a.id))
    chief = next(j for j in source.all(Jabatan) if j.nama == "KEPALA DINAS")
    root = replace(root, penanggung_jawab_id=chief.id)
    source.apply([Change(source.get(Anggaran, root.id), root)])
    same = Jabatan(id="j", dokumen_id=dokumen_id, urutan=9, nama="Kepala  Dinas")
    target.apply([Change(None, same)])
    copied = branch_text.from_text(branch_text.to_text(branch_copy.take(source, [root])))
    changes, (fresh_id,) = branch_copy.paste(target, dokumen_id, copied, None)
    target.apply(changes)
    assert target.get(Anggaran, fresh_id).penanggung_jawab_id == "j"
    here = [(level, text, targets, kas, aksi) for level, text, _, targets, kas, aksi in described(source, [root])]
    there = described(target, [target.get(Anggaran, fresh_id)])
    assert [(level, text, targets, kas, aksi) for level, text, _, targets, kas, aksi in there] == here
    assert {row.id for row in source.rows()}.isdisjoint({row.id for row in target.rows()})
    assert_whole(target)


def test_links_among_what_is_copied_are_copied_and_others_are_not(plan):
    plan.apply(branches.link_all(plan, [plan.get(Kinerja, "s1")], [plan.get(Anggaran, "p1")]))
    assert not any(isinstance(row, Dukungan) for row in branch_copy.take(plan, [plan.get(Kinerja, "s1")]).rows)
    both = branch_copy.take(plan, [plan.get(Kinerja, "s1"), plan.get(Anggaran, "p1")])
    assert sum(isinstance(row, Dukungan) for row in both.rows) == 1


def test_a_copied_indicator_hangs_under_sasaran_and_budget_line_alike(plan):
    copied = branch_copy.take(plan, [plan.get(Indikator, "i1")])
    for owner in (plan.get(Kinerja, "s2"), plan.get(Anggaran, "u1")):
        changes, (fresh_id,) = branch_copy.paste(plan, "d", copied, owner)
        plan.apply(changes)
        fresh = plan.get(Indikator, fresh_id)
        assert (fresh.kinerja_id or fresh.anggaran_id, fresh.uraian) == (owner.id, "i1")
    with pytest.raises(PlanError):
        branch_copy.paste(plan, "d", copied, None)


def test_a_copy_that_does_not_fit_is_refused(plan):
    copied = branch_copy.take(plan, [plan.get(Anggaran, "u1")])
    with pytest.raises(PlanError, match="di bawah kegiatan"):
        branch_copy.paste(plan, "d", copied, plan.get(Anggaran, "p1"))


def test_the_outline_for_a_spreadsheet_has_one_line_a_row_and_five_columns(plan):
    texts, _ = branch_copy.outline_cells(plan, [plan.get(Kinerja, "s1")])
    rows = ["\t".join(cells) for cells in texts]
    assert [row.split("\t")[0] for row in rows] == [
        "Sasaran strategis",
        "Indikator",
        "Indikator",
        "Sasaran kegiatan",
        "Sasaran kegiatan",
    ]
    assert {row.count("\t") for row in rows} == {4}
    assert rows[1].split("\t")[2] == f"{branch_copy.INDENT}i1"


def test_a_spreadsheet_gets_codes_as_texts_and_amounts_as_numbers():
    plan, dokumen_id = sample_plan("buleleng-2022")
    line = next(a for a in plan.where(Anggaran, "dokumen_id", dokumen_id) if a.jenis == "program" and a.pagu)
    coded = replace(line, kode="2.17.03")
    plan.apply([Change(line, coded)])
    texts, numbers = branch_copy.outline_cells(plan, [coded])
    assert texts[0][1] == "2.17.03"
    assert numbers[0] == [None, None, None, None, str(line.pagu)]
    targets = {
        (cells[3], cells[4], row[4]) for cells, row in zip(texts, numbers, strict=True) if cells[0] == "Indikator"
    }
    assert all(number is None or "," not in number for _, _, number in targets)


def test_a_doubled_budget_line_supports_the_same_sasaran_and_a_doubled_sasaran_has_no_links_outside():
    plan, _ = sample_plan("buleleng-2022")
    link = plan.all(Dukungan)[0]
    line, node = plan.get(Anggaran, link.anggaran_id), plan.get(Kinerja, link.kinerja_id)
    changes, (twin,) = branch_copy.duplicate(plan, [line])
    plan.apply(changes)
    theirs = {(d.kinerja_id, d.indikator_id) for d in plan.where(Dukungan, "anggaran_id", twin)}
    assert theirs == {(d.kinerja_id, d.indikator_id) for d in plan.where(Dukungan, "anggaran_id", line.id)}
    assert len({d.urutan for d in plan.all(Dukungan)}) == len(plan.all(Dukungan))
    changes, (other,) = branch_copy.duplicate(plan, [node])
    plan.apply(changes)
    assert not plan.where(Dukungan, "kinerja_id", other)


# Text that is not to be trusted


def text_of(plan, row):
    return json.loads(branch_text.to_text(branch_copy.take(plan, [row])))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(renaksi="lain"),
        lambda data: data.update(versi="1"),
        lambda data: data.update(versi=2),
        lambda data: data.update(akar=[]),
        lambda data: data.update(akar=["tidak ada"]),
        lambda data: data.update(baris=[]),
        lambda data: data["baris"].update(anggaran={}),
        lambda data: data["baris"]["anggaran"].append(7),
        lambda data: data["baris"]["anggaran"].append(dict(data["baris"]["anggaran"][0])),
        lambda data: data["baris"]["anggaran"][0].update(jenis="tujuan"),
        lambda data: data["baris"]["anggaran"][0].update(nama=None),
        lambda data: data["baris"]["anggaran"][0].update(nama="x" * 4001),
        lambda data: data["baris"]["anggaran"][0].update(pagu=-1),
        lambda data: data["baris"]["anggaran"][0].update(pagu=10**15 + 1),
        lambda data: data["baris"]["anggaran"][0].update(pagu=1.5),
        lambda data: data["baris"]["anggaran"][0].update(pagu=True),
        lambda data: data["baris"]["anggaran"][0].pop("nama"),
        lambda data: data["baris"]["anggaran"][0].pop("id"),
        lambda data: data["baris"]["deret_anggaran"][0].update(nilai=[1]),
        lambda data: data["baris"]["deret_anggaran"][0].update(nilai="123456789012"),
        lambda data: data["baris"]["anggaran"][0].update(induk_id="u1") or data.update(akar=["p1", "u1"]),
    ],
)
def test_a_text_that_is_not_ours_is_refused_with_a_sentence(plan, spoil):
    plan.apply(edits.set_cash(plan, plan.get(Anggaran, "u1"), 0, 5, kumulatif=True))
    data = text_of(plan, plan.get(Anggaran, "p1"))
    spoil(data)
    with pytest.raises(PlanError):
        branch_text.from_text(json.dumps(data))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "1", '{"renaksi": "cabang"}', "[" * 100_000, "x" * (16 << 20) + "x"]
)
def test_what_is_no_branch_at_all_is_refused_with_a_sentence(text):
    with pytest.raises(PlanError):
        branch_text.from_text(text)


def test_unknown_columns_strays_and_second_series_are_left_out(plan):
    plan.apply(edits.set_cash(plan, plan.get(Anggaran, "u1"), 0, 5, kumulatif=True))
    data = text_of(plan, plan.get(Anggaran, "p1"))
    data["baris"]["anggaran"][0].update(warna="merah", sisa='{"a": 1}', asal_id="a1", urutan=-5)
    data["baris"]["anggaran"].append({"id": "astray", "jenis": "kegiatan", "nama": "x", "induk_id": "nowhere"})
    data["baris"]["anggaran"].append({"id": "wrong", "jenis": "sub_kegiatan", "nama": "x", "induk_id": "p1"})
    data["baris"]["jabatan"] = [{"id": "j9", "nama": "Bupati"}]
    data["baris"]["aksi"] = [
        {"id": "x1", "anggaran_id": "u1", "uraian": "rapat", "bulan": "3,1,13,x,1"},
        {"id": "x2", "anggaran_id": "i3", "uraian": "rapat"},
    ]
    data["baris"]["deret_anggaran"].append({**data["baris"]["deret_anggaran"][0], "id": "second"})
    copied = branch_text.from_text(json.dumps(data))
    assert sorted(ids(copied.rows)) == sorted([*ids(branch_copy.take(plan, [plan.get(Anggaran, "p1")]).rows), "x1"])
    assert next(row for row in copied.rows if isinstance(row, Aksi)).bulan == "1,3"
    root = copied.root_rows()[0]
    assert (root.sisa, root.asal_id) == (None, None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80)
@given(st.data())
def test_whatever_is_changed_in_the_text_it_is_refused_or_can_be_stored(open_copy, data):
    source, _ = sample_plan("bone-2023")
    root = next(a for a in source.all(Anggaran) if a.jenis == "kegiatan")
    spoilt = text_of(source, root)
    rows = [row for table in spoilt["baris"].values() for row in table]
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.sampled_from(sorted(row)))] = data.draw(json_values | st.sampled_from(ids_of(spoilt)))
    try:
        copied = branch_text.from_text(json.dumps(spoilt))
    except PlanError:
        return
    plan, dokumen_id = sample_plan("buleleng-2022")
    parent = next(a for a in plan.all(Anggaran) if a.jenis == "program")
    try:
        changes, _ = branch_copy.paste(plan, dokumen_id, copied, parent)
    except PlanError:
        return
    plan.apply(changes)
    assert_whole(plan)
    assert all(change.before is None or change.before.id for change in changes)


def ids_of(data):
    return [row["id"] for table in data["baris"].values() for row in table]


def test_a_pasted_branch_is_stored_and_read_back(buleleng: Document, open_copy):
    with open_copy("lampung-2019") as source:
        root = next(a for a in source.plan.all(Anggaran) if a.jenis == "program")
        text = branch_text.to_text(branch_copy.take(source.plan, [root]))
    dokumen_id = buleleng.plan.all(Kinerja)[0].dokumen_id
    changes, (fresh_id,) = branch_copy.paste(buleleng.plan, dokumen_id, branch_text.from_text(text), None)
    buleleng.edit("tempel cabang", changes)
    in_file = Plan(buleleng.file.rows())
    assert described(in_file, [in_file.get(Anggaran, fresh_id)]) == described(
        buleleng.plan, [buleleng.plan.get(Anggaran, fresh_id)]
    )


# Any sequence


@settings(max_examples=40)
@given(sequences, numbers, st.sampled_from(["bone-2023", "buleleng-2022"]))
def test_any_work_on_the_trees_leaves_nothing_dangling_and_undone_no_trace(steps, pairs, name):
    plan, dokumen_id = sample_plan(name)
    before = {row.id: row for row in plan.rows()}
    done = []
    for step, (number, other) in zip([*steps, None, None, None, None], pairs, strict=False):
        if step is not None:
            changes = changes_of(plan, dokumen_id, step)
            plan.apply(changes)
            done.append(changes)
        changes = tree_step(plan, dokumen_id, number, other)
        plan.apply(changes)
        done.append(changes)
        assert_whole(plan)
        for cls in (Kinerja, Anggaran, Indikator):
            places = [row.urutan for row in plan.where(cls, "dokumen_id", dokumen_id)]
            assert len(places) == len(set(places))
    for changes in reversed(done):
        plan.apply(inverse(changes))
    assert {row.id: row for row in plan.rows()} == before


# Positions and units


def test_two_spellings_of_a_position_become_one():
    plan, dokumen_id = sample_plan("buleleng-2022")
    stays, gone = plan.all(Jabatan)[1:3]
    count = len(positions.users(plan, stays)) + len(positions.users(plan, gone))
    assert positions.use_words(plan, gone)
    changes = positions.merge(plan, gone, stays)
    plan.apply(changes)
    assert plan.find(Jabatan, gone.id) is None
    assert_whole(plan)
    assert len(positions.users(plan, plan.get(Jabatan, stays.id))) in (count, count - 1)
    assert dokumen_id == stays.dokumen_id


def test_nobody_becomes_his_own_superior_by_merging():
    rows = [
        Jabatan(id="a", dokumen_id="d", urutan=1, nama="Kabid", atasan_id="b"),
        Jabatan(id="b", dokumen_id="d", urutan=2, nama="Kepala Bidang", unit="Bidang", atasan_id="c"),
        Jabatan(id="c", dokumen_id="d", urutan=3, nama="Kepala"),
        Jabatan(id="e", dokumen_id="d", urutan=4, nama="Staf", atasan_id="b"),
    ]
    plan = Plan(rows)
    plan.apply(positions.merge(plan, rows[1], rows[0]))
    assert [(j.id, j.atasan_id, j.unit) for j in plan.all(Jabatan)] == [
        ("a", "c", "Bidang"),
        ("c", None, None),
        ("e", "a", None),
    ]
    assert not positions.may_be_over(plan, "e", plan.get(Jabatan, "a"))
    assert positions.may_be_over(plan, "c", plan.get(Jabatan, "e"))


def test_units_of_the_plan_come_first_and_none_twice():
    plan, dokumen_id = sample_plan("buleleng-2022")
    listed = units(plan, dokumen_id)
    spelt = {i.satuan for i in plan.all(Indikator) if i.satuan}
    used = {unit.casefold() for unit in spelt}
    assert {"dokumen", "Dokumen"} <= spelt
    assert {unit.casefold() for unit in listed[: len(used)]} == used
    assert "dokumen" in listed
    assert "Dokumen" not in listed
    assert len({unit.casefold() for unit in listed}) == len(listed)
    assert "Rumah tangga" in listed

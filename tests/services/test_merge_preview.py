"""A merge as the officer sees it: lines in words, branches with counts, choices that can be taken back."""

from dataclasses import replace

import pytest
from merge_copies import Office, contents

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    Dokumen,
    Indikator,
    Jabatan,
    Kinerja,
    Konflik,
    Opd,
    Pejabat,
)
from services import edits
from services.copies import send_copy
from services.document import Document
from services.merge import Merge, refusable
from services.merge_branches import touched
from services.merge_lines import OTHERS, SIGNERS, conflict_lines, incoming_lines
from services.merge_preview import Pending, is_double, pending, stored


def line(row_id, induk=None, jenis="program", **more):
    return Anggaran(
        **{"id": row_id, "dokumen_id": "d", "urutan": 1, "jenis": jenis, "induk_id": induk, "nama": row_id} | more
    )


ROWS = [
    Opd(id="o", urutan=1, nama="Dinas"),
    Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2027, ttd_nama="Ani", ttd_nip="1"),
    Jabatan(id="j1", dokumen_id="d", urutan=1, nama="Kepala"),
    Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="tujuan", nomor="1", uraian="Tujuan"),
    line("p", urutan=1),
    line("q", urutan=2),
    line("g", "p", "kegiatan"),
    line("s", "g", "sub_kegiatan", kode="1.01", pagu=100),
    Indikator(id="i", dokumen_id="d", urutan=1, anggaran_id="s", uraian="Jumlah koperasi"),
    DeretAnggaran(
        id="kas", dokumen_id="d", anggaran_id="s", jenis="kas", periode="bulan", kumulatif=1, nilai=(*[None] * 11, 100)
    ),
]


@pytest.fixture
def kita():
    return Office.begin(ROWS)


@pytest.fixture
def bidang(kita):
    return kita.send("Bidang Koperasi", bagian="p")


def put(office, cls, row_id, day=2, **values):
    row = office.plan.get(cls, row_id)
    office.edit([Change(row, replace(row, **values))], day)


def month(office, place, value):
    row = office.plan.get(DeretAnggaran, "kas")
    put(office, DeretAnggaran, "kas", nilai=(*row.nilai[:place], value, *row.nilai[place + 1 :]))


def shown(kita, *copies):
    """The merge, its lines by (place, field), and what the plan would be."""
    merge = Merge(kita.copy, [copy.copy for copy in copies])
    before, after = Plan(kita.plan.rows()), Plan(merge.after.values())
    lines = conflict_lines(after, merge.conflicts)
    lines += incoming_lines(before, after, merge.arrivals, merge.conflicts)
    return merge, {(each.place, each.field): each for each in lines}


def texts(each):
    return each.dasar, each.kita, each.mereka


def test_cells_are_told_with_their_line_and_month_and_who_and_when(kita, bidang):
    month(kita, 3, 2_000)
    month(bidang, 3, 3_000)
    month(bidang, 4, 4_000)
    put(bidang, Anggaran, "s", day=7, nama="Pelatihan")
    put(bidang, Dokumen, "d", ttd_nama="Budi", ttd_nip="2")
    put(kita, Dokumen, "d", ttd_nama="Cici")
    _, lines = shown(kita, bidang)
    april, mei = lines["Pelatihan", "Kas April"], lines["Pelatihan", "Kas Mei"]
    assert texts(april) == ("belum diisi", "2.000", "3.000")
    assert (april.konflik is not None, mei.konflik, april.number, april.kind) == (True, None, True, "angka")
    assert texts(mei) == ("belum diisi", "belum diisi", "4.000")
    assert mei.saat_mereka.startswith("2 Mar")
    assert mei.saat_mereka.endswith("08.00, Bidang Koperasi")
    assert april.saat_kita.endswith(", kita")
    assert texts(lines["Pelatihan", "Nama"]) == ("s", "s", "Pelatihan")
    signer = next(each for (_, field), each in lines.items() if field.startswith("Nama penanda tangan"))
    assert texts(signer) == ("Ani, 1", "Cici, 1", "Budi, 2")


def test_a_deleted_row_is_told_by_what_the_other_side_did_with_it(kita, bidang):
    put(kita, Anggaran, "s", pagu=5)
    bidang.edit(edits.remove(bidang.plan, bidang.plan.get(Anggaran, "s")))
    _, lines = shown(kita, bidang)
    assert texts(lines["s", "Sub kegiatan"]) == ("ada", "Pagu 5", "dihapus")
    assert set(lines) == {("s", "Sub kegiatan")}, "what belongs to it is not listed beside it"


def test_a_row_that_is_kept_keeps_what_belongs_to_it_and_goes_with_all_of_it(kita, bidang):
    put(kita, Anggaran, "s", pagu=5)
    bidang.edit(edits.remove(bidang.plan, bidang.plan.get(Anggaran, "s")))
    whole = contents(kita.plan)
    merge = Merge(kita.copy, [bidang.copy])
    for side, wanted in (("kita", whole), ("mereka", contents(bidang.plan))):
        merge.choose_all(side)
        plan = Plan(kita.plan.rows())
        plan.apply(merge.changes())
        assert contents(plan) == wanted
    back = Merge(bidang.copy, [kita.copy])
    plan = Plan(bidang.plan.rows())
    plan.apply(back.changes())
    assert contents(plan) == whole, "and the same from the other side"


def test_the_same_code_twice_may_stay_twice(kita, bidang):
    for office, name in ((kita, "a"), (bidang, "b")):
        office.edit([Change(None, line(name, "g", "sub_kegiatan", kode="1.09"))])
    merge, lines = shown(kita, bidang)
    (double,) = [each for each in lines.values() if is_double(each)]
    assert (double.field, double.kita, double.mereka) == ("Kode 1.09 ditambah di kedua berkas", "a", "b")
    merge.choose(double.konflik, "keduanya")
    plan = Plan(kita.plan.rows())
    plan.apply(merge.changes())
    assert {"a", "b"} <= {row.id for row in plan.all(Anggaran)}
    assert not plan.all(Konflik)


def test_a_moved_branch_and_new_rows_come_in_each_as_one_line(kita, bidang):
    put(bidang, Anggaran, "g", induk_id="q")
    bidang.edit(edits.add_anggaran(bidang.plan, "d", "sub_kegiatan", bidang.plan.get(Anggaran, "g")))
    new = next(row for row in bidang.plan.all(Anggaran) if row.id not in {"p", "q", "g", "s"})
    bidang.edit(edits.add_indikator(bidang.plan, new))
    _, lines = shown(kita, bidang)
    moved, added = lines["g", "Induk"], next(each for each in lines.values() if each.mereka == "ditambah")
    assert (texts(moved), moved.kind, moved.choosable) == (("p", "p", "q"), "susunan", False)
    assert (added.field, added.kind, added.choosable) == ("Sub kegiatan", "baris", False)
    others = [each for each in lines.values() if each not in (moved, added)]
    assert {(each.field, texts(each)[2]) for each in others} == {("Urutan", "dipindah")}
    assert not any(each.key[0] == "indikator" for each in others), "the indicator comes with its line"


def test_branches_count_what_is_below_them(kita, bidang):
    month(bidang, 4, 4_000)
    put(kita, Anggaran, "s", pagu=1)
    put(bidang, Anggaran, "s", pagu=2)
    put(bidang, Kinerja, "k", uraian="Tujuan baru")
    put(bidang, Jabatan, "j1", nama="Kepala Dinas")
    bidang.edit([Change(None, Pejabat(id="x", dokumen_id="d", jabatan_id="j1", nama="Ani"))])
    put(bidang, Opd, "o", singkatan="D")
    merge, lines = shown(kita, bidang)
    tree = touched(lines.values(), Plan(merge.after.values()), kita.plan)
    assert (tree.masuk, tree.bertentangan) == (5, 1)
    assert [(node.text, node.masuk, node.bertentangan) for node in tree.below.values()] == [
        ("Kinerja", 1, 0),
        ("Program & Anggaran", 1, 1),
        ("Jabatan dan penanda tangan", 2, 0),
        ("Dokumen, naskah, dan lainnya", 1, 0),
    ]
    assert list(tree.below)[2:] == [SIGNERS, OTHERS]
    (goal,) = tree.below["kinerja:d"].below.values()
    (program,) = tree.below["anggaran:d"].below.values()
    assert (goal.text, program.text, list(program.below)) == ("1 Tujuan baru", "p", ["g"])


def test_what_only_they_changed_can_be_left_out_and_taken_after_all(kita, bidang):
    put(bidang, Anggaran, "s", pagu=2, nama="Pelatihan")
    merge = Merge(kita.copy, [bidang.copy])
    merge.refuse(("anggaran", "s"), "pagu")
    plan = Plan(kita.plan.rows())
    plan.apply(merge.changes())
    assert (plan.get(Anggaran, "s").pagu, plan.get(Anggaran, "s").nama) == (100, "Pelatihan")
    merge.refuse(("anggaran", "s"), "pagu", on=False)
    plan = Plan(kita.plan.rows())
    plan.apply(merge.changes())
    assert contents(plan) == contents(bidang.plan)


@pytest.mark.parametrize(("table", "kolom"), [("anggaran", "induk_id"), ("deret_anggaran", "jenis")])
def test_what_names_another_row_cannot_be_left_out_alone(kita, table, kolom):
    assert not refusable(table, kolom)
    with pytest.raises(ValueError, match="cannot be refused"):
        Merge(kita.copy, []).refuse((table, "s"), kolom)


def test_what_stays_ours_is_counted_cell_by_cell(kita, bidang):
    put(kita, Anggaran, "s", pagu=1, nama="Kita", lokasi="Sini")
    put(bidang, Anggaran, "s", pagu=2, lokasi="Sini")
    kita.edit([Change(None, line("r"))])
    kita.edit(edits.remove(kita.plan, kita.plan.get(Anggaran, "q")))
    assert Merge(kita.copy, [bidang.copy]).kept() == 3, "the name, the new row and the deleted one"


# Through files


@pytest.fixture
def plan(open_copy):
    with open_copy("lombok-tengah-2022") as document:
        yield document


def returned(plan, folder, name="bidang.db", part=None, **values):
    path = folder / name
    send_copy(plan, "Bidang", path, part)
    with Document.open(path) as copy:
        for cls, at, field, value in values.get("edits", [(Anggaran, 0, "lokasi", "Praya")]):
            copy.edit("isi", edits.set_field(copy.plan.all(cls)[at], field, value))
        copy.file.publish()
    return path


def open_merge(plan, *paths):
    from services.merge_preview import open_copy as as_copy

    ours = as_copy(plan.file.path.name, plan.plan.rows(), plan.file.history())
    return pending(ours, paths, plan.file.path)


def test_the_open_plan_is_merged_from_memory_and_files_that_do_not_fit_are_told(plan, tmp_path, published):
    path = returned(plan, tmp_path)
    plan.edit("isi", edits.set_field(plan.plan.all(Kinerja)[0], "uraian", "Belum tertulis"))
    broken = tmp_path / "rusak.db"
    broken.write_bytes(b"SQLite format 3\0" + b"x" * 2000)
    made, refused = open_merge(plan, path, published("bone-2023"), broken, plan.file.path)
    assert isinstance(made, Pending)
    assert len(refused) == 3
    assert "bukan salinan dari rencana ini" in refused[0]
    assert "rencana ini sendiri" in refused[2]
    assert made.notes == refused
    assert [each.field for each in made.lines] == ["Lokasi"]
    assert (made.title, made.mereka, made.kept) == ("Gabung salinan Bidang", "Bidang", 1)
    assert "dasar lengkap" in made.about
    plan.edit(made.merge.label, made.merge.changes())
    assert plan.plan.all(Anggaran)[0].lokasi == "Praya"
    assert plan.plan.all(Kinerja)[0].uraian == "Belum tertulis"


def test_without_one_copy_there_is_no_merge(plan, published):
    made, refused = open_merge(plan, published("bone-2023"))
    assert made is None
    assert len(refused) == 1


def test_a_copy_that_comes_twice_holds_nothing_new(plan, tmp_path):
    path = returned(plan, tmp_path)
    made, _ = open_merge(plan, path)
    plan.edit("gabung", made.merge.changes())
    again, _ = open_merge(plan, path)
    assert again.empty
    assert again.notes == ("bidang.db: sudah digabung, tidak ada yang baru.",)


def test_without_a_base_everything_is_listed_and_nothing_taken(plan, tmp_path):
    path = returned(plan, tmp_path, edits=[(Anggaran, 0, "lokasi", "Praya"), (Anggaran, 1, "lokasi", "Jonggat")])
    from models.merging import read_copy
    from services.merge_preview import open_copy as as_copy

    copy = read_copy(path)
    torn = replace(copy, history=(copy.history[0], *copy.history[2:]))
    merge = Merge(as_copy("a.db", plan.plan.rows(), plan.file.history()), [torn])
    assert [(k.kolom, k.dasar) for k in merge.conflicts] == [("lokasi", None)] * 2
    assert not merge.arrivals[0].known
    assert merge.kept() == 0


def test_lines_outside_the_part_are_marked_disputed_or_not(plan, tmp_path):
    programs = [row for row in plan.plan.all(Anggaran) if row.induk_id is None]
    inside, other = (plan.plan.all(Anggaran).index(row) for row in programs[:2])
    made_edits = [(Anggaran, inside, "nama", "A"), (Anggaran, other, "nama", "B"), (Anggaran, other, "lokasi", "C")]
    path = returned(plan, tmp_path, part=[programs[0].id], edits=made_edits)
    plan.edit("isi", edits.set_field(plan.plan.all(Anggaran)[other], "lokasi", "D"))
    made, _ = open_merge(plan, path)
    assert {(each.mereka, each.konflik is not None, each.outside) for each in made.lines} == {
        ("A", False, False),
        ("B", False, True),
        ("C", True, True),
    }


def test_choices_are_kept_when_the_preview_is_made_again(plan, tmp_path):
    both = [(Anggaran, 0, "lokasi", "Praya"), (Kinerja, 0, "uraian", "Mereka"), (Kinerja, 1, "uraian", "Dua")]
    path = returned(plan, tmp_path, edits=both)
    plan.edit("isi", edits.set_field(plan.plan.all(Kinerja)[0], "uraian", "Kita"))
    first, _ = open_merge(plan, path)
    for each in first.lines:
        first.choose([each], "mereka" if each.konflik else "kita")
    second, _ = open_merge(plan, path)
    second.take_over(first)
    assert [second.side(each) for each in second.lines] == ["mereka", "kita", "kita"]
    second.reopen(second.lines[0])
    second.reopen(second.lines[1])
    assert [second.side(each) for each in second.lines] == [None, "mereka", "kita"]


def test_conflicts_that_wait_are_shown_with_the_value_of_now_and_solved(plan, tmp_path):
    path = returned(plan, tmp_path, edits=[(Kinerja, 0, "uraian", "Mereka"), (Kinerja, 1, "uraian", "Dua")])
    for at in (0, 1):
        plan.edit("isi", edits.set_field(plan.plan.all(Kinerja)[at], "uraian", "Kita"))
    made, _ = open_merge(plan, path)
    plan.edit("gabung", made.merge.changes())
    plan.edit("isi", edits.set_field(plan.plan.all(Kinerja)[0], "uraian", "Kita lagi"))
    waits = stored(plan.plan)
    first = next(each for each in waits.lines if each.key[1] == plan.plan.all(Kinerja)[0].id)
    assert (first.kita, first.mereka) == ("Kita lagi", "Mereka")
    assert waits.choose([first], "keduanya") == 0
    assert waits.choose([first], "mereka") == 1
    changes, left = waits.changes(plan.plan)
    plan.edit(waits.label, changes)
    assert (waits.label, left) == ("putuskan 1 pertentangan", 0)
    assert plan.plan.all(Kinerja)[0].uraian == "Mereka"
    assert len(plan.plan.all(Konflik)) == 1


def test_a_merge_that_would_delete_much_still_has_its_preview(plan, tmp_path):
    path = tmp_path / "b.db"
    send_copy(plan, "Bidang", path)
    with Document.open(path) as copy:
        for row in [row for row in copy.plan.all(Anggaran) if row.induk_id is None]:
            copy.edit("hapus", edits.remove(copy.plan, row))
        copy.file.publish()
    made, _ = open_merge(plan, path)
    assert made.merge.deletes_much
    assert not made.empty
    assert {each.mereka for each in made.lines} >= {"dihapus"}
    with pytest.raises(PlanError, match="akan menghapus"):
        made.merge.changes()

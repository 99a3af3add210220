"""Merging copies, case by case: what comes in, what is disputed, and what nobody may lose."""

import json
from dataclasses import replace

import pytest
from merge_copies import Office, contents

from models.changes import Change, inverse
from models.errors import PlanError
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Gabung,
    Indikator,
    Jabatan,
    Kinerja,
    Konflik,
    Opd,
    Pejabat,
)
from services import edits
from services.merge import Merge, of_copy
from services.merge_base import rolled_back, state_of
from services.merge_conflicts import dismiss, open_conflicts, solve, solve_all, values_of


def line(row_id, induk=None, jenis="program", **more):
    return Anggaran(
        **{"id": row_id, "dokumen_id": "d", "urutan": 1, "jenis": jenis, "induk_id": induk, "nama": row_id} | more
    )


ROWS = [
    Opd(id="o", urutan=1, nama="Dinas"),
    Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2027, ttd_nama="Ani", ttd_nip="1"),
    Jabatan(id="j1", dokumen_id="d", urutan=1, nama="Kepala"),
    Jabatan(id="j2", dokumen_id="d", urutan=2, nama="Sekretaris"),
    Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="tujuan", uraian="Tujuan"),
    line("p"),
    line("g", "p", "kegiatan"),
    line("s", "g", "sub_kegiatan", kode="1.01", pagu=100, penanggung_jawab_id="j2"),
    line("s2", "g", "sub_kegiatan", kode="1.02", pagu=200),
    Indikator(id="i", dokumen_id="d", urutan=1, anggaran_id="s", uraian="Jumlah"),
    DeretAnggaran(id="kas", dokumen_id="d", anggaran_id="s", jenis="kas", periode="bulan", kumulatif=1),
]


@pytest.fixture
def kita():
    return Office.begin(ROWS)


@pytest.fixture
def bidang(kita):
    return kita.send("Bidang Koperasi")


def put(office, cls, row_id, day=2, **values):
    row = office.plan.get(cls, row_id)
    office.edit([Change(row, replace(row, **values))], day)


def remove(office, cls, row_id):
    office.edit(edits.remove(office.plan, office.plan.get(cls, row_id)), 2)


def month(office, place, value):
    put(office, DeretAnggaran, "kas", nilai=(*[None] * place, value, *[None] * (11 - place)))


def merged(office, *copies):
    """Merge and apply, as one step."""
    merge = Merge(office.copy, [copy.copy for copy in copies])
    office.edit(merge.changes(), 9)
    return merge


def only(merge):
    (conflict,) = merge.conflicts
    return conflict


# Cells


def test_what_only_they_changed_is_taken_and_what_only_we_changed_stays(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    put(kita, Anggaran, "s", nama="Pelatihan")
    assert not merged(kita, bidang).conflicts
    assert kita.plan.get(Anggaran, "s") == replace(ROWS[7], pagu=150, nama="Pelatihan")


def test_both_changed_alike_is_no_conflict(kita, bidang):
    for office in (kita, bidang):
        put(office, Anggaran, "s", pagu=150)
    assert not merged(kita, bidang).conflicts


def test_both_changed_differently_keeps_ours_and_says_who_and_when(kita, bidang):
    put(kita, Anggaran, "s", day=3, pagu=110)
    put(bidang, Anggaran, "s", day=4, pagu=120)
    conflict = only(merged(kita, bidang))
    assert kita.plan.get(Anggaran, "s").pagu == 110
    assert (conflict.jenis, conflict.tabel, conflict.baris, conflict.kolom) == ("sel", "anggaran", "s", "pagu")
    assert [values_of(conflict, side) for side in ("dasar", "kita", "mereka")] == [{"pagu": n} for n in (100, 110, 120)]
    assert conflict.siapa_kita == "kita"
    assert of_copy(conflict.siapa_mereka or "") == ("Bidang Koperasi", "Bidang Koperasi")
    assert (conflict.waktu_kita[8:10], conflict.waktu_mereka[8:10]) == ("03", "04")
    assert open_conflicts(kita.plan) == (conflict,)


def test_months_are_cells_of_their_own(kita, bidang):
    month(kita, 0, 10)
    month(bidang, 1, 20)
    assert not merged(kita, bidang).conflicts
    assert kita.plan.get(DeretAnggaran, "kas").nilai[:3] == (10, 20, None)


def test_a_series_that_is_counted_otherwise_is_one_cell(kita, bidang):
    month(kita, 0, 10)
    put(bidang, DeretAnggaran, "kas", kumulatif=0)
    conflict = only(merged(kita, bidang))
    assert conflict.kolom.split(",")[:3] == ["periode", "kumulatif", "b01"]
    assert (kita.plan.get(DeretAnggaran, "kas").kumulatif, kita.plan.get(DeretAnggaran, "kas").nilai[0]) == (1, 10)


def test_name_and_nip_move_together(kita, bidang):
    put(kita, Dokumen, "d", ttd_nip="2")
    put(bidang, Dokumen, "d", ttd_nama="Budi")
    conflict = only(merged(kita, bidang))
    assert conflict.kolom == "ttd_nama,ttd_pangkat,ttd_nip,ttd_plt"
    assert values_of(conflict, "mereka") == {"ttd_nama": "Budi", "ttd_pangkat": None, "ttd_nip": "1", "ttd_plt": None}


# Rows


def test_what_they_added_and_deleted_is_added_and_deleted(kita, bidang):
    bidang.edit(edits.add_anggaran(bidang.plan, "d", "sub_kegiatan", bidang.plan.get(Anggaran, "g")))
    remove(bidang, Anggaran, "s2")
    assert not merged(kita, bidang).conflicts
    assert contents(kita.plan) == contents(bidang.plan)


@pytest.mark.parametrize("here", [True, False])
def test_a_row_deleted_on_one_side_and_edited_on_the_other_stays(kita, bidang, here):
    remove(kita if here else bidang, Anggaran, "s2")
    put(bidang if here else kita, Anggaran, "s2", pagu=5)
    conflict = only(merged(kita, bidang))
    assert kita.plan.get(Anggaran, "s2").pagu == 5
    assert (values_of(conflict, "kita") is None, values_of(conflict, "mereka") is None) == (here, not here)


@pytest.mark.parametrize("here", [True, False])
def test_a_parent_that_was_deleted_comes_back_for_a_kept_child(kita, bidang, here):
    one, other = (kita, bidang) if here else (bidang, kita)
    remove(one, Anggaran, "s2")
    other.edit(edits.add_indikator(other.plan, other.plan.get(Anggaran, "s2")), 3)
    conflict = only(merged(kita, bidang))
    assert (conflict.jenis, conflict.baris) == ("baris", "s2")
    assert [i.anggaran_id for i in kita.plan.all(Indikator)] == ["s", "s2"] or len(kita.plan.all(Indikator)) == 2


def test_a_position_deleted_here_and_named_there_comes_back(kita, bidang):
    remove(kita, Jabatan, "j1")
    put(bidang, Anggaran, "s2", penanggung_jawab_id="j1")
    assert only(merged(kita, bidang)).tabel == "jabatan"
    assert kita.plan.get(Jabatan, "j1") == ROWS[2]


def test_the_same_code_added_twice_stays_twice_with_a_conflict(kita, bidang):
    for office, name in ((kita, "a"), (bidang, "b")):
        office.edit([Change(None, line(name, "g", "sub_kegiatan", kode="1.09"))])
    conflict = only(merged(kita, bidang))
    assert conflict.jenis == "ganda"
    assert {"a", "b"} <= {row.id for row in kita.plan.all(Anggaran)}
    kita.edit(solve(kita.plan, conflict, "mereka"))
    assert kita.plan.find(Anggaran, "a") is None
    assert kita.plan.get(Anggaran, "b").kode == "1.09"


def test_a_series_begun_on_both_sides_is_one_series(kita, bidang):
    for office, place in ((kita, 0), (bidang, 5)):
        office.edit(edits.set_target(office.plan, office.plan.get(Indikator, "i"), place, str(place)))
    assert not merged(kita, bidang).conflicts
    (series,) = kita.plan.all(DeretIndikator)
    assert (series.nilai[0], series.nilai[5]) == ("0", "5")
    bidang.edit(edits.set_target(bidang.plan, bidang.plan.get(Indikator, "i"), 6, "6"))
    assert not merged(kita, bidang).conflicts
    assert kita.plan.get(DeretIndikator, series.id).nilai[5:7] == ("5", "6")


def test_a_series_begun_on_both_sides_disputes_the_month_that_differs(kita, bidang):
    for office, value in ((kita, "1"), (bidang, "2")):
        office.edit(edits.set_target(office.plan, office.plan.get(Indikator, "i"), 0, value))
    conflict = only(merged(kita, bidang))
    assert (conflict.kolom, values_of(conflict, "mereka")) == ("b01", {"b01": "2"})


def test_two_officials_for_one_position_are_one_disputed_cell(kita, bidang):
    for office, name in ((kita, "Ani"), (bidang, "Budi")):
        office.edit([Change(None, Pejabat(id=f"x{name}", dokumen_id="d", jabatan_id="j1", nama=name))])
    assert only(merged(kita, bidang)).kolom == "nama,pangkat,nip,plt,plh,mulai,sampai"
    assert [p.nama for p in kita.plan.all(Pejabat)] == ["Ani"]


# Trees and order


def test_a_branch_moved_there_and_filled_here_moves_with_what_was_filled(kita, bidang):
    bidang.edit([Change(None, line("p9"))])
    bidang.edit(edits.set_field(bidang.plan.get(Anggaran, "g"), "induk_id", "p9"))
    put(kita, Anggaran, "s", pagu=7)
    assert not merged(kita, bidang).conflicts
    assert (kita.plan.get(Anggaran, "g").induk_id, kita.plan.get(Anggaran, "s").pagu) == ("p9", 7)


def test_moves_that_would_close_a_circle_are_a_conflict(kita, bidang):
    put(kita, Jabatan, "j1", atasan_id="j2")
    put(bidang, Jabatan, "j2", atasan_id="j1")
    conflict = only(merged(kita, bidang))
    assert (conflict.baris, conflict.kolom) == ("j2", "atasan_id")
    assert [row.atasan_id for row in kita.plan.all(Jabatan)] == ["j2", None]
    with pytest.raises(PlanError, match="tergantung pada dirinya sendiri"):
        solve(kita.plan, conflict, "mereka")


def test_order_is_a_cell_of_its_own(kita, bidang):
    bidang.edit(edits.move(bidang.plan, bidang.plan.get(Anggaran, "s2"), -1))
    put(kita, Anggaran, "s2", pagu=9)
    assert not merged(kita, bidang).conflicts
    assert kita.plan.get(Anggaran, "s2") == replace(bidang.plan.get(Anggaran, "s2"), pagu=9)


# Bases


def test_a_copy_returned_twice_brings_nothing_the_second_time(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    merged(kita, bidang)
    again = Merge(kita.copy, [bidang.copy])
    assert again.changes() == ()
    assert again.notes == ["Bidang Koperasi.db: sudah digabung, tidak ada yang baru."]


def test_a_returned_copy_that_was_edited_further_brings_only_what_is_new(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    merged(kita, bidang)
    put(kita, Anggaran, "s", pagu=160)
    put(bidang, Anggaran, "s2", pagu=250)
    assert not merged(kita, bidang).conflicts, "without an advance of the base pagu 150 would be disputed again"
    assert [kita.plan.get(Anggaran, row_id).pagu for row_id in ("s", "s2")] == [160, 250]


def test_the_older_of_two_returns_may_come_last(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    early = bidang.twin("lama")
    put(bidang, Anggaran, "s", pagu=170)
    merged(kita, bidang)
    assert not merged(kita, early).conflicts
    assert kita.plan.get(Anggaran, "s").pagu == 170


def test_after_undo_the_same_copy_comes_in_again(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    changes = Merge(kita.copy, [bidang.copy]).changes()
    kita.edit(changes)
    kita.edit(inverse(changes))
    assert kita.plan.get(Anggaran, "s").pagu == 100
    merged(kita, bidang)
    assert kita.plan.get(Anggaran, "s").pagu == 150


def test_a_copy_of_a_copy_that_comes_back_first_brings_only_its_own_edits(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    seksi = bidang.send("Seksi")
    put(seksi, Anggaran, "s2", pagu=250)
    merge = merged(kita, seksi)
    assert [kita.plan.get(Anggaran, row_id).pagu for row_id in ("s", "s2")] == [100, 250]
    assert not merge.conflicts
    merged(bidang, seksi)
    assert not merged(kita, bidang).conflicts
    assert contents(kita.plan) == contents(bidang.plan)


def test_the_sender_is_not_skipped_because_its_copy_of_a_copy_came_first(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    seksi = bidang.send("Seksi")
    put(bidang, Anggaran, "g", nama="Kegiatan")
    merged(seksi, bidang)
    put(seksi, Anggaran, "s2", pagu=250)
    merged(kita, seksi)
    put(seksi, Anggaran, "s2", pagu=260)
    merged(kita, seksi)
    assert kita.plan.get(Anggaran, "s").pagu == 100
    merged(bidang, seksi)
    assert not merged(kita, bidang).conflicts
    assert contents(kita.plan) == contents(bidang.plan)


def test_a_copy_of_a_copy_does_not_lose_its_senders_edits_to_the_plan(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    seksi = bidang.send("Seksi")
    put(seksi, Anggaran, "s2", pagu=250)
    merged(kita, seksi)
    merge = merged(seksi, kita)
    assert seksi.plan.get(Anggaran, "s").pagu == 150
    assert [(c.baris, c.kolom) for c in merge.conflicts] == [("s", "pagu")], "without a base it is listed, not taken"


def test_a_copy_that_was_not_edited_brings_nothing(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    for copy in (bidang.send("Seksi"), kita.send("Bidang Umum")):
        assert Merge(kita.copy, [copy.copy]).changes() == ()
    merged(kita, bidang)
    assert kita.plan.get(Anggaran, "s").pagu == 150


def test_a_copy_of_a_copy_may_come_back_through_its_sender(kita, bidang):
    seksi = bidang.send("Seksi")
    put(seksi, Anggaran, "s2", pagu=250)
    merged(bidang, seksi)
    put(bidang, Anggaran, "s", pagu=150)
    merged(kita, bidang)
    assert Merge(kita.copy, [seksi.copy]).changes() == (), "its head came with the sender's"
    assert contents(kita.plan) == contents(bidang.plan)


def test_what_they_merged_of_ours_is_the_newer_base(kita, bidang):
    put(kita, Anggaran, "s", pagu=110)
    merged(bidang, kita)
    put(bidang, Anggaran, "s", pagu=120)
    put(kita, Anggaran, "s2", pagu=210)
    assert not merged(kita, bidang).conflicts
    assert [kita.plan.get(Anggaran, row_id).pagu for row_id in ("s", "s2")] == [120, 210]


def test_a_file_copied_outside_the_program_has_the_common_history_as_base(kita):
    other = kita.twin("stik")
    put(other, Anggaran, "s", pagu=150)
    put(kita, Anggaran, "s2", pagu=250)
    assert not merged(kita, other).conflicts
    assert [kita.plan.get(Anggaran, row_id).pagu for row_id in ("s", "s2")] == [150, 250]


def test_a_copy_of_another_plan_is_refused(kita):
    with pytest.raises(PlanError, match="bukan salinan dari rencana ini"):
        Merge(kita.copy, [Office.begin([replace(ROWS[0], nama="Badan"), *ROWS[1:]]).copy])


@pytest.mark.parametrize("harm", ["seal", "value", "gap"])
def test_a_history_that_does_not_lead_to_the_base_takes_nothing_and_lists_everything(kita, bidang, harm):
    put(bidang, Anggaran, "s", pagu=150)
    put(bidang, Anggaran, "s", pagu=160)
    remove(bidang, Anggaran, "s2")
    bidang.edit([Change(None, line("baru", "g", "sub_kegiatan"))])
    if harm == "gap":
        del bidang.history[2]
    else:
        at, new = (10, "0" * 64) if harm == "seal" else (6, "151")
        bidang.history[1] = (*bidang.history[1][:at], new, *bidang.history[1][at + 1 :])
    merge = merged(kita, bidang)
    assert [(c.baris, c.kolom) for c in merge.conflicts] == [("s", "pagu"), ("s2", None), ("baru", None)]
    assert kita.plan.get(Anggaran, "s").pagu == 100
    assert kita.plan.find(Anggaran, "baru") is None
    changes, left = solve_all(kita.plan, [(conflict, "mereka") for conflict in merge.conflicts])
    kita.edit(changes)
    assert not left
    assert contents(kita.plan) == contents(bidang.plan)


def test_rows_roll_back_to_what_they_were(kita):
    before = state_of(kita.plan.rows())
    at = len(kita.history)
    put(kita, Anggaran, "s", pagu=1)
    month(kita, 3, 5)
    remove(kita, Anggaran, "g")
    assert rolled_back(state_of(kita.plan.rows()), kita.history[at:]) == before


def test_a_wrong_clock_decides_nothing(kita, bidang):
    put(kita, Anggaran, "s", day=28, pagu=110)
    put(bidang, Anggaran, "s", day=1, pagu=120)
    merged(kita, bidang)
    assert kita.plan.get(Anggaran, "s").pagu == 110


# Conflicts


def test_both_heads_are_named_in_the_joined_history(kita, bidang):
    put(bidang, Anggaran, "s", pagu=150)
    head = kita.copy.head
    merged(kita, bidang)
    (join,) = kita.plan.all(Gabung)
    assert (join.kepala_kita, join.kepala_mereka) == (head, bidang.copy.head)
    (entry,) = [entry for entry in kita.history if entry[2] == "gabung"]
    assert json.loads(entry[6])["kepala_mereka"] == bidang.copy.head


def test_a_choice_in_the_preview_leaves_no_conflict_behind(kita, bidang):
    for office, pagu, nama in ((kita, 1, "A"), (bidang, 2, "B")):
        put(office, Anggaran, "s", pagu=pagu, nama=nama)
    merge = Merge(kita.copy, [bidang.copy])
    by_column = {conflict.kolom: conflict for conflict in merge.conflicts}
    merge.choose(by_column["pagu"], "mereka")
    merge.choose(by_column["nama"], "kita")
    kita.edit(merge.changes())
    assert (kita.plan.get(Anggaran, "s").pagu, kita.plan.get(Anggaran, "s").nama) == (2, "A")
    assert open_conflicts(kita.plan) == ()


def test_choosing_the_deletion_deletes_the_branch(kita, bidang):
    remove(bidang, Anggaran, "s")
    put(kita, Anggaran, "s", pagu=5)
    merge = Merge(kita.copy, [bidang.copy])
    merge.choose_all("mereka")
    kita.edit(merge.changes())
    assert contents(kita.plan) == contents(bidang.plan)


def test_ours_stays_when_the_cell_was_typed_again_since(kita, bidang):
    put(kita, Anggaran, "s", pagu=1)
    put(bidang, Anggaran, "s", pagu=2)
    conflict = only(merged(kita, bidang))
    put(kita, Anggaran, "s", pagu=3)
    assert solve(kita.plan, conflict, "kita") == dismiss(conflict)


def test_a_value_whose_row_is_gone_is_refused_with_a_sentence(kita, bidang):
    put(kita, Anggaran, "s2", penanggung_jawab_id="j1")
    put(bidang, Anggaran, "s2", penanggung_jawab_id="j2")
    conflict = only(merged(kita, bidang))
    remove(kita, Jabatan, "j2")
    with pytest.raises(PlanError, match="sudah dihapus"):
        solve(kita.plan, conflict, "mereka")


def test_their_open_conflicts_come_along_and_go_when_they_are_solved_there(kita, bidang):
    seksi = bidang.send("Seksi")
    put(bidang, Anggaran, "s", pagu=1)
    put(seksi, Anggaran, "s", pagu=2)
    conflict = only(merged(bidang, seksi))
    merged(kita, bidang)
    assert open_conflicts(kita.plan) == (conflict,)
    bidang.edit(solve(bidang.plan, conflict, "mereka"))
    merged(kita, bidang)
    assert not kita.plan.all(Konflik)
    assert kita.plan.get(Anggaran, "s").pagu == 2


def test_between_two_copies_the_dispute_names_the_first_as_ours(kita, bidang):
    umum = kita.send("Bidang Umum")
    put(bidang, Anggaran, "s", pagu=1)
    put(umum, Anggaran, "s", pagu=2)
    conflict = only(merged(kita, bidang, umum))
    assert (conflict.siapa_kita, conflict.siapa_mereka) == (
        "Bidang Koperasi (dari Bidang Koperasi)",
        "Bidang Umum (dari Bidang Umum)",
    ), "who typed it, and from which copy"
    assert (values_of(conflict, "kita"), values_of(conflict, "mereka")) == ({"pagu": 1}, {"pagu": 2})


# Preview


def test_what_comes_in_is_listed_by_branch_and_what_was_not_given_out_is_marked(kita):
    bidang = kita.send("Bidang Koperasi", bagian="s")
    put(bidang, Indikator, "i", uraian="Banyaknya")
    put(bidang, Anggaran, "s2", pagu=1)
    put(bidang, Jabatan, "j1", nama="Kepala Dinas")
    branches = Merge(kita.copy, [bidang.copy]).branches
    assert [(b.name, b.altered, len(b.outside)) for b in branches] == [("Jabatan", 1, 1), ("Program p", 2, 1)]
    assert branches[1].outside[0].row.id == "s2"


def test_a_merge_that_deletes_much_asks_first(kita, bidang):
    remove(bidang, Anggaran, "p")
    merge = Merge(kita.copy, [bidang.copy])
    assert merge.deletes_much
    with pytest.raises(PlanError, match=r"menghapus 6 dari"):
        merge.changes()
    kita.edit(merge.changes(delete_anyway=True))
    assert contents(kita.plan) == contents(bidang.plan)


def test_ten_thousand_conflicts_are_listed_and_solved_in_one_step():
    kita = Office.begin([*ROWS, *(line(f"n{i}", pagu=0) for i in range(10_000))])
    bidang = kita.send("Bidang")
    for office, pagu in ((kita, 1), (bidang, 2)):
        rows = [row for row in office.plan.all(Anggaran) if row.id.startswith("n")]
        office.edit([Change(row, replace(row, pagu=pagu)) for row in rows])
    merge = merged(kita, bidang)
    assert len(merge.conflicts) == 10_000
    changes, left = solve_all(kita.plan, [(conflict, "mereka") for conflict in open_conflicts(kita.plan)])
    kita.edit(changes)
    assert not left
    assert contents(kita.plan) == contents(bidang.plan)

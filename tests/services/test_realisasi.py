"""Entering what was reached and spent: cells, notes, counts, and periods that are closed and opened again."""

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Kinerja,
    Opd,
    TutupPeriode,
)
from services.document import Document
from services.realisasi import note_of, set_counts, set_note, set_result, set_results, set_spending, spending
from services.realisasi_tutup import (
    assert_open,
    close_period,
    closed_months,
    closed_periods,
    closings,
    reopen_period,
)
from services.samples import create_from, sample_path

INDIKATOR = Indikator(id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="Aktif", target="100")
LINE = Anggaran(id="a", dokumen_id="d", urutan=1, jenis="program", nama="Program", pagu=1000)


@pytest.fixture
def plan():
    return Plan(
        [
            Opd(id="o", urutan=1, nama="Dinas"),
            Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024),
            Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_strategis"),
            INDIKATOR,
            LINE,
        ]
    )


def cells(plan, cls=DeretIndikator, jenis="realisasi"):
    """The filled months of the only series of a kind; None where there is none."""
    rows = [row for row in plan.all(cls) if row.jenis == jenis]
    assert len(rows) < 2
    return {place: value for place, value in enumerate(rows[0].nilai) if value is not None} if rows else None


def test_a_first_value_begins_a_series_and_the_last_one_ends_it(plan):
    plan.apply(set_result(plan, INDIKATOR, 2, " 25 "))
    assert cells(plan) == {2: "25"}
    plan.apply(set_result(plan, INDIKATOR, 3, "0"))
    plan.apply(set_result(plan, INDIKATOR, 4, "-"))
    assert cells(plan) == {2: "25", 3: "0", 4: "-"}
    for place in (2, 3, 4):
        plan.apply(set_result(plan, INDIKATOR, place, "" if place == 2 else None))
    assert cells(plan) is None
    assert set_result(plan, INDIKATOR, 0, None) == ()


def test_a_series_has_the_periods_of_the_targets(plan):
    targets = DeretIndikator(
        id="t", dokumen_id="d", indikator_id="i", jenis="target", periode="triwulan", nilai=(None,) * 12
    )
    plan.apply([change(None, targets)])
    plan.apply(set_result(plan, INDIKATOR, 5, "40"))
    assert plan.one(DeretIndikator, "indikator_id", "i", "realisasi").periode == "triwulan"
    with pytest.raises(PlanError, match="per triwulan"):
        set_result(plan, INDIKATOR, 4, "30")
    plan.apply(set_counts(plan, INDIKATOR, "pembilang", {2: "4"}))
    assert plan.all(DeretRasio)[0].periode == "triwulan"


def change(before, after):
    from models.changes import Change

    return Change(before, after)


def test_the_year_is_typed_at_the_indicator(plan):
    plan.apply(set_result(plan, INDIKATOR, None, "97,5"))
    assert plan.get(Indikator, "i").realisasi == "97,5"
    plan.apply(set_result(plan, plan.get(Indikator, "i"), None, " "))
    assert plan.get(Indikator, "i").realisasi is None


def test_several_months_are_one_change(plan):
    (one,) = set_results(plan, INDIKATOR, {0: "1", 1: "2", 2: None})
    plan.apply([one])
    assert cells(plan) == {0: "1", 1: "2"}


def test_control_characters_and_long_texts_do_not_come_in(plan):
    plan.apply(set_result(plan, INDIKATOR, 0, "5\x00\x07"))
    assert cells(plan) == {0: "5"}
    with pytest.raises(PlanError, match="terlalu panjang"):
        set_result(plan, INDIKATOR, 0, "9" * 4001)


@pytest.mark.parametrize(
    ("kumulatif", "typed", "stored"),
    [
        (True, {0: 10, 2: 30}, {0: 10, 2: 30}),
        (False, {0: 10, 2: 20}, {0: 10, 2: 20}),
        (True, {0: 0}, {0: 0}),
        (True, {0: None}, None),
    ],
)
def test_spending_begins_in_the_view_that_it_is_typed_in(plan, kumulatif, typed, stored):
    plan.apply(set_spending(plan, LINE, typed, kumulatif=kumulatif))
    assert cells(plan, DeretAnggaran) == stored
    if stored:
        assert spending(plan, LINE).kumulatif == int(kumulatif)


def test_a_single_month_typed_into_running_totals_moves_the_later_ones(plan):
    plan.apply(set_spending(plan, LINE, {0: 10, 1: 20, 2: 40}, kumulatif=True))
    plan.apply(set_spending(plan, LINE, {1: 15}, kumulatif=False))
    assert cells(plan, DeretAnggaran) == {0: 10, 1: 25, 2: 45}
    with pytest.raises(PlanError, match="negatif atau terlalu besar"):
        set_spending(plan, LINE, {0: -5}, kumulatif=False)
    plan.apply(set_spending(plan, LINE, dict.fromkeys(range(12)), kumulatif=True))
    assert cells(plan, DeretAnggaran) is None


def test_notes_come_and_go_with_their_texts(plan):
    plan.apply(set_note(plan, LINE, 6, {"kendala": "Hujan", "berkas": "C:\\Data\\foto.pdf"}))
    plan.apply(set_note(plan, LINE, 6, {"solusi": " Pindah "}))
    note = note_of(plan, LINE, 6)
    assert (note.kendala, note.solusi, note.berkas) == ("Hujan", "Pindah", "foto.pdf")
    assert note_of(plan, LINE, 3) is None
    assert note_of(plan, INDIKATOR, 6) is None
    plan.apply(set_note(plan, LINE, 6, {"kendala": "", "solusi": None, "berkas": "/a/b/"}))
    assert plan.all(CatatanPeriode) == ()
    assert set_note(plan, LINE, 6, {"kendala": ""}) == ()
    with pytest.raises(ValueError, match="no such note"):
        set_note(plan, LINE, 6, {"bulan": "5"})


# Closing.


def close(plan, *months):
    for month in months:
        plan.apply(close_period(plan, "d", month, "siti"))


@pytest.mark.parametrize(
    ("closed", "opened", "periods"),
    [
        ([], [], ()),
        ([3], [], ((1, 3),)),
        ([6], [], ((1, 6),)),
        ([3, 6], [], ((1, 3), (4, 6))),
        ([6, 3], [], ((1, 3), (4, 6))),
        ([3, 6, 9], [6], ((1, 3), (7, 9))),
        ([3, 6], [3], ((4, 6),)),
        ([1, 2, 3], [2], ((1, 1), (3, 3))),
        ([12], [12], ()),
    ],
)
def test_a_closing_covers_the_months_since_the_one_before(plan, closed, opened, periods):
    close(plan, *closed)
    for month in opened:
        plan.apply(reopen_period(plan, "d", month, "salah hitung"))
    assert closed_periods(plan, "d") == periods
    assert closed_months(plan, "d") == {m for first, last in periods for m in range(first, last + 1)}


def test_who_closed_and_why_it_was_opened_stay_known(plan):
    close(plan, 3)
    (row,) = closings(plan, "d")
    assert (row.tutup, row.siapa, row.alasan) == (1, "siti", None)
    assert datetime.fromisoformat(row.waktu).tzinfo is not None
    plan.apply(reopen_period(plan, "d", 3, "  Data UKM\x07 keliru ", "budi"))
    (row,) = plan.all(TutupPeriode)
    assert (row.tutup, row.siapa, row.alasan) == (0, "budi", "Data UKM  keliru")
    close(plan, 3)
    assert closed_periods(plan, "d") == ((1, 3),)


def test_what_is_closed_twice_or_opened_without_a_reason_is_refused(plan):
    with pytest.raises(PlanError, match="tidak ditutup"):
        reopen_period(plan, "d", 3, "alasan")
    close(plan, 3)
    with pytest.raises(PlanError, match="sudah ditutup"):
        close_period(plan, "d", 3)
    with pytest.raises(PlanError, match="alasan"):
        reopen_period(plan, "d", 3, " \x00 ")


@pytest.mark.parametrize(
    "do",
    [
        lambda plan: set_result(plan, INDIKATOR, 2, "9"),
        lambda plan: set_results(plan, INDIKATOR, {2: None, 5: "9"}),
        lambda plan: set_counts(plan, INDIKATOR, "penyebut", {0: "9"}),
        lambda plan: set_spending(plan, LINE, {0: 9}, kumulatif=True),
        lambda plan: set_spending(plan, LINE, dict.fromkeys(range(12)), kumulatif=True),
        lambda plan: set_note(plan, LINE, 3, {"kendala": "Lain"}),
    ],
)
def test_a_closed_period_is_not_edited_until_it_is_opened_again(plan, do):
    plan.apply(set_results(plan, INDIKATOR, {2: "1", 5: "2"}))
    plan.apply(set_spending(plan, LINE, {0: 5, 5: 20}, kumulatif=True))
    close(plan, 3)
    with pytest.raises(
        PlanError, match=r"sudah ditutup, jadi tidak dapat diubah\. Buka kembali periodenya dengan alasan"
    ):
        do(plan)
    plan.apply(reopen_period(plan, "d", 3, "keliru"))
    assert do(plan)


def test_what_is_not_closed_is_edited_as_ever(plan):
    plan.apply(set_results(plan, INDIKATOR, {2: "1"}))
    close(plan, 3)
    plan.apply(set_result(plan, INDIKATOR, 3, "2"))
    plan.apply(set_result(plan, INDIKATOR, None, "9"))
    plan.apply(set_spending(plan, LINE, {3: 5}, kumulatif=True))
    plan.apply(set_note(plan, LINE, 6, {"kendala": "Hujan"}))
    assert set_result(plan, INDIKATOR, 2, "1") == ()
    close(plan, 12)
    with pytest.raises(PlanError, match="April"):
        set_result(plan, INDIKATOR, 3, "3")
    with pytest.raises(PlanError, match="Desember"):
        set_result(plan, plan.get(Indikator, "i"), None, "10")


def test_a_month_that_would_move_a_closed_one_is_refused(plan):
    plan.apply(set_spending(plan, LINE, {0: 10, 1: 20, 2: 40}, kumulatif=True))
    close(plan, 1, 3)
    plan.apply(reopen_period(plan, "d", 1, "keliru"))
    with pytest.raises(PlanError, match="Februari"):
        set_spending(plan, LINE, {0: 15}, kumulatif=False)
    plan.apply(set_spending(plan, LINE, {0: 15}, kumulatif=True))
    assert cells(plan, DeretAnggaran) == {0: 15, 1: 20, 2: 40}


def test_targets_and_cash_stay_open(plan):
    close(plan, 12)
    targets = DeretIndikator(
        id="t", dokumen_id="d", indikator_id="i", jenis="target", periode="bulan", nilai=("1",) * 12
    )
    cash = DeretAnggaran(
        id="c", dokumen_id="d", anggaran_id="a", jenis="kas", periode="bulan", kumulatif=1, nilai=(1,) * 12
    )
    assert len(assert_open(plan, [change(None, targets), change(None, cash)])) == 2


@given(st.dictionaries(st.integers(0, 11), st.integers(0, 9), max_size=6), st.sets(st.integers(1, 12), max_size=4))
def test_no_edit_alters_a_closed_month(typed, closed):
    plan = Plan([Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024), LINE])
    plan.apply(set_spending(plan, LINE, {place: place + 1 for place in range(12)}, kumulatif=True))
    before = spending(plan, LINE).nilai
    close(plan, *closed)
    months = closed_months(plan, "d")
    with suppress(PlanError):
        plan.apply(set_spending(plan, LINE, typed, kumulatif=False))
    after = spending(plan, LINE).nilai
    assert all(before[month - 1] == after[month - 1] for month in months)


def test_it_all_goes_into_the_file_and_comes_back_by_undo(tmp_path):
    with create_from(sample_path("bone-2023"), tmp_path / "rencana.db") as document:
        plan = document.plan
        indikator, line = plan.all(Indikator)[0], plan.all(Anggaran)[0]
        dokumen_id = plan.all(Dokumen)[0].id
        before = set(plan.rows())
        steps = [
            lambda: set_counts(plan, indikator, "pembilang", {2: "12"}),
            lambda: set_spending(plan, line, {2: 500}, kumulatif=True),
            lambda: set_note(plan, indikator, 3, {"kendala": "Hujan", "tindak_lanjut": "Rapat"}),
        ]
        for step in steps:
            document.edit("realisasi", step())
        for _ in steps:
            document.undo()
        assert set(plan.rows()) == before
        for _ in steps:
            document.redo()
        document.edit("tutup", close_period(plan, dokumen_id, 3, "siti"))
        document.edit("buka", reopen_period(plan, dokumen_id, 3, "keliru", "siti"))
        filled = set(plan.rows())
        document.file.publish()
        with Document.open(tmp_path / "rencana.db", read_only=True) as again:
            assert set(again.plan.rows()) == filled
        for _ in steps:
            document.undo()
        assert {row for row in plan.rows() if not isinstance(row, TutupPeriode)} == before

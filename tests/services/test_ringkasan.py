"""The summary of a plan: what is due and late, what is not filled in, the lowest capaian, and where each leads."""

from dataclasses import replace
from datetime import date

import pytest

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator, Kinerja, Opd
from services.checks import Checks
from services.month_grid import FIRST_MONTH, SETAHUN
from services.realisasi_tutup import close_period
from services.ringkasan import FINDINGS, HOLES, LOWEST, PERIODS, ended_quarters, summary
from services.rollup import RollUp
from services.samples import sample_plan

MAY = date(2027, 5, 10)
NOTHING = (None,) * 12


def plan_of(*rows, tahun=2027):
    opd = Opd(id="o", urutan=1, nama="Dinas")
    return Plan([opd, Dokumen(id="d", opd_id="o", urutan=1, judul="RENCANA AKSI", tahun=tahun), *rows])


def indicator(place, target="100", **values):
    return Indikator(
        id=f"i{place}",
        dokumen_id="d",
        urutan=place,
        kinerja_id="k",
        uraian=f"Indikator {place}",
        target=target,
        **values,
    )


def series(place, jenis, **months):
    nilai = tuple(months.get(f"b{month}") for month in range(1, 13))
    return DeretIndikator(
        id=f"{jenis}{place}", dokumen_id="d", indikator_id=f"i{place}", jenis=jenis, periode="triwulan", nilai=nilai
    )


NODE = Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_strategis", uraian="Sasaran")


def lines(plan, judul, today=MAY):
    return [line for line in summary(plan, "d", (), today).baris if line.judul.startswith(judul)]


@pytest.mark.parametrize(
    ("today", "count"),
    [
        (date(2026, 12, 31), 0),
        (date(2027, 3, 31), 0),
        (date(2027, 4, 1), 1),
        (date(2027, 12, 31), 3),
        (date(2028, 1, 1), 4),
    ],
)
def test_a_quarter_is_over_on_the_day_after_it(today, count):
    assert ended_quarters(2027, today) == count


def test_a_quarter_is_due_and_then_late():
    plan = plan_of(NODE, indicator(1), series(1, "target", b3="25", b6="50"))
    (due,) = lines(plan, PERIODS)
    assert due.teks == "Triwulan I jatuh tempo, belum ditutup: 1 indikator belum berisi realisasi"
    assert not due.terlambat
    assert (due.tabel, due.row_id, due.kolom, due.ke) == (Indikator, "i1", FIRST_MONTH + 2, "realisasi")
    late, due = lines(plan, PERIODS, date(2027, 7, 1))
    assert late.terlambat
    assert late.teks.startswith("Triwulan I terlambat")
    assert not due.terlambat
    assert due.kolom == FIRST_MONTH + 5


def test_what_is_reported_or_not_planned_in_the_quarter_is_not_missed():
    rows = [
        NODE,
        indicator(1),
        indicator(2),
        series(1, "target", b3="25"),
        series(1, "realisasi", b3="0"),
        series(2, "target", b6="50"),
    ]
    (due,) = lines(plan_of(*rows), PERIODS)
    assert due.teks.endswith("realisasi lengkap")
    assert due.tabel is None


def test_a_target_of_the_year_alone_is_missed_in_the_last_quarter():
    told = lines(plan_of(NODE, indicator(1)), PERIODS, date(2028, 1, 5))
    assert [line.teks.split(": ")[1] for line in told] == [
        *["realisasi lengkap"] * 3,
        "1 indikator belum berisi realisasi",
    ]
    done = lines(plan_of(NODE, indicator(1, realisasi="90")), PERIODS, date(2028, 1, 5))
    assert done[-1].teks.endswith("realisasi lengkap")


def test_money_that_was_planned_and_not_reported_is_missed_and_no_cash_is_not():
    def cash(line, amount, jenis="kas"):
        return DeretAnggaran(
            id=f"{jenis}{line}",
            dokumen_id="d",
            anggaran_id=line,
            jenis=jenis,
            periode="bulan",
            kumulatif=0,
            nilai=(amount, *NOTHING[1:]),
        )

    budget = [Anggaran(id=f"a{n}", dokumen_id="d", urutan=n, jenis="program", nama=f"P{n}", pagu=10) for n in (1, 2, 3)]
    plan = plan_of(*budget, cash("a1", 5), cash("a2", 0), cash("a3", 5), cash("a3", 0, "realisasi"))
    (due,) = lines(plan, PERIODS)
    assert due.teks.endswith(": 1 baris anggaran belum berisi realisasi")
    assert due.row_id == "a1"


def test_a_closed_quarter_is_not_asked_for():
    plan = plan_of(NODE, indicator(1), series(1, "target", b3="25"))
    plan.apply(close_period(plan, "d", 3))
    (line,) = lines(plan, PERIODS)
    assert line.teks == "Semua periode yang berakhir sudah ditutup (tahun 2027)"


def test_holes_are_counted_and_lead_to_the_first():
    plan = plan_of(
        NODE,
        indicator(1),
        indicator(2, target=None),
        Anggaran(id="a", dokumen_id="d", urutan=1, jenis="program", nama="P", pagu=None),
    )
    target, pagu = lines(plan, HOLES)
    assert (target.teks, target.row_id, target.kolom) == ("1 dari 2 target setahun belum diisi", "i2", SETAHUN)
    assert (pagu.teks, pagu.row_id) == ("1 dari 1 pagu belum diisi", "a")


def test_the_five_lowest_capaian_come_lowest_first():
    rows = [row for n in range(1, 8) for row in (indicator(n, realisasi=str(100 - 10 * n)),)]
    told = lines(plan_of(NODE, *rows), LOWEST)
    assert [line.row_id for line in told] == ["i7", "i6", "i5", "i4", "i3"]
    assert told[0].teks == "30,00 % Sangat Rendah: Indikator 7"


def test_what_reaches_its_target_is_none_of_the_lowest():
    full = lines(plan_of(NODE, indicator(1, realisasi="155"), indicator(2, realisasi="100")), LOWEST)
    assert [(line.teks, line.row_id) for line in full] == [("Tidak ada capaian di bawah 100 %", "")]
    mixed = lines(plan_of(NODE, indicator(1, realisasi="155"), indicator(2, realisasi="99,5")), LOWEST)
    assert [line.row_id for line in mixed] == ["i2"]
    none = lines(plan_of(NODE, indicator(1)), LOWEST)
    assert [line.teks for line in none] == ["Belum ada capaian yang dapat dihitung"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("buleleng-2022", "Pagu 23.178.610.798, di antaranya program 14.601.238.524"),
        ("lombok-tengah-2022", "Pagu 9.361.664.774"),
    ],
)
def test_the_curve_says_which_pagu_it_is_where_there_are_two(name, said):
    plan, dokumen_id = sample_plan(name)
    made = summary(plan, dokumen_id, (), date(2022, 8, 1))
    assert said in [label.text for label in made.kurva.labels]
    listed = [line.teks for line in made.baris if line.teks.startswith("Pagu seluruhnya")]
    assert listed == ([said.replace("Pagu ", "Pagu seluruhnya ")] if "program" in said else [])


def test_a_sample_has_a_curve_and_its_findings():
    plan, dokumen_id = sample_plan("buleleng-2022")
    checks = Checks(plan, RollUp(plan))
    kas = [row for row in plan.where(DeretAnggaran, "dokumen_id", dokumen_id) if row.jenis == "kas"]
    plan.apply(Change(None, replace(row, id=f"{row.id}r", jenis="realisasi")) for row in kas)
    made = summary(plan, dokumen_id, checks.of(dokumen_id), date(2022, 8, 1))
    assert made.kurva.shapes
    last = made.baris[-1]
    assert last.judul == FINDINGS
    assert last.ke == "temuan"
    assert "galat" in last.teks

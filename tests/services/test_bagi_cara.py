"""The ways of Bagi on real plans: what is written is what the series' own way wants, and the sum is the year's."""

from dataclasses import replace

import pytest

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import BULAN, Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator
from services import edits
from services.bagi_cara import Answer, Ask, Cara, answer, last_years, line_weights, now_texts, place_names, ways
from services.bagi_isian import Kas, Target, Teks, read_isian
from services.patterns import gaji_14
from services.rollup import RollUp
from services.samples import sample_plan
from services.series import QUARTER_ENDS, single
from services.tahap import new_stage

ALL = frozenset(range(BULAN))
ENDS = frozenset(QUARTER_ENDS)


@pytest.fixture
def plan() -> Plan:
    return sample_plan("buleleng-2022")[0]


def of_id(plan: Plan, cls: type, asal_id: str):
    return next(row for row in plan.all(cls) if row.asal_id == asal_id)


def done(plan: Plan, row: Anggaran | Indikator, found: Answer) -> tuple:
    """The months of the series after the answer."""
    assert found.fits
    plan.apply(found.changes)
    cls, field = (DeretAnggaran, "anggaran_id") if isinstance(row, Anggaran) else (DeretIndikator, "indikator_id")
    series = plan.one(cls, field, row.id, "kas" if isinstance(row, Anggaran) else "target")
    assert series is not None
    return series.nilai


def target(
    plan: Plan, text: str, akumulasi: str | None, months: tuple = (None,) * 12, periode: str = "bulan"
) -> Indikator:
    """An indicator with a target of its own making."""
    indikator = replace(of_id(plan, Indikator, "k2-01-i1"), id="i", target=text, akumulasi=akumulasi)
    changes = [Change(None, indikator)]
    if any(months) or periode == "triwulan":
        series = DeretIndikator(
            id="d", dokumen_id=indikator.dokumen_id, indikator_id="i", jenis="target", periode=periode, nilai=months
        )
        changes.append(Change(None, series))
    plan.apply(changes)
    return indikator


def test_cash_is_stored_as_running_totals_where_the_plan_keeps_those(plan: Plan) -> None:
    line = next(a for a in plan.all(Anggaran) if a.pagu == 7_065_200)
    found = answer(read_isian(plan, line), Ask(Cara.RATA, ALL - {0}))
    assert found.sentence == "Jumlah tepat sama dengan pagu. Sisa Rp 10 masuk ke Desember."
    assert found.menjadi[:2] + found.menjadi[11:] == ("0", "642.290", "642.300")
    assert found.jumlah == "7.065.200"
    months = done(plan, line, found)
    assert months[:3] == (0, 642_290, 1_284_580)
    assert months[11] == 7_065_200


def test_cash_of_quarters_is_stored_in_four_closing_months_one_by_one() -> None:
    plan = sample_plan("lombok-tengah-2022")[0]
    line = next(a for a in plan.all(Anggaran) if a.jenis == "sub_kegiatan" and (a.pagu or 0) % 4 == 1)
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    assert series is not None
    assert (series.periode, series.kumulatif) == ("triwulan", 0)
    isian = read_isian(plan, line)
    assert place_names(isian.places) == ("TW I", "TW II", "TW III", "TW IV")
    found = answer(isian, Ask(Cara.RATA, ENDS))
    assert found.sentence == "Jumlah tepat sama dengan pagu. Sisa Rp 1 masuk ke TW IV."
    part = line.pagu // 4
    assert done(plan, line, found) == (None, None, part, None, None, part, None, None, part, None, None, part + 1)


def test_a_first_plan_is_monthly_in_running_totals(plan: Plan) -> None:
    line = edits.add_anggaran(plan, plan.all(Dokumen)[0].id, "sub_kegiatan", None)[-1].row
    plan.apply([Change(None, replace(line, pagu=24))])
    found = answer(read_isian(plan, plan.get(Anggaran, line.id)), Ask(Cara.RATA, ALL))
    assert done(plan, line, found) == tuple(range(2, 26, 2))
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    assert (series.periode, series.kumulatif) == ("bulan", 1)


def test_every_line_of_every_plan_can_be_divided_exactly_in_all_ways() -> None:
    for name in ("bone-2023", "buleleng-2022", "lombok-tengah-2022", "bekasi-2024"):
        plan = sample_plan(name)[0]
        for line in plan.all(Anggaran):
            isian = read_isian(plan, line)
            if not line.pagu:
                continue
            for ask in (
                Ask(Cara.RATA, ALL),
                Ask(Cara.POLA, ALL, weights=gaji_14(3).bobot),
                Ask(Cara.SEBANDING, ALL, weights=tuple(range(12))),
            ):
                (change,) = answer(isian, ask).changes
                assert isinstance(change.after, DeretAnggaran)
                months = single(change.after.nilai, kumulatif=bool(change.after.kumulatif))
                assert sum(value or 0 for value in months) == line.pagu
                assert [place for place, value in enumerate(months) if value is not None] == list(isian.places)


def test_a_line_without_pagu_is_not_divided_but_told(plan: Plan) -> None:
    line = replace(plan.all(Anggaran)[0], pagu=None)
    plan.apply([Change(plan.all(Anggaran)[0], line)])
    with pytest.raises(PlanError, match="Pagu belum diisi"):
        answer(read_isian(plan, line), Ask(Cara.RATA, ALL))


def test_the_same_amount_fits_only_where_the_sum_does(plan: Plan) -> None:
    line = next(a for a in plan.all(Anggaran) if a.pagu == 7_065_200)
    isian = read_isian(plan, line)
    found = answer(isian, Ask(Cara.SAMA, ALL, amount="Rp 500.000"))
    assert (found.fits, found.changes) == (False, ())
    assert found.sentence == "Jumlah kurang Rp 1.065.200 dari pagu."
    assert answer(isian, Ask(Cara.SAMA, ALL, amount="600.000")).sentence == "Jumlah lebih Rp 134.800 dari pagu."
    assert answer(isian, Ask(Cara.SAMA, ENDS, amount="1.766.300")).fits
    with pytest.raises(PlanError):
        answer(isian, Ask(Cara.SAMA, ALL, amount="banyak"))


def test_another_line_gives_its_months_whichever_way_they_are_kept(plan: Plan) -> None:
    rollup = RollUp(plan)
    line, other = plan.all(Anggaran)[0], next(a for a in plan.all(Anggaran) if a.asal_id == "a3-03")
    weights = line_weights(rollup, other)
    assert weights is not None
    found = answer(read_isian(plan, line), Ask(Cara.SEBANDING, ALL, weights=weights))
    months = single(done(plan, line, found), kumulatif=True)
    share = [line.pagu * weight // sum(weights) for weight in weights]
    assert list(months[:-1]) == share[:-1]
    empty = edits.add_anggaran(plan, line.dokumen_id, "sub_kegiatan", None)[-1]
    plan.apply([empty])
    assert line_weights(rollup, empty.row) is None


def test_last_year_is_the_same_line_of_the_document_before(plan: Plan) -> None:
    line = next(a for a in plan.all(Anggaran) if a.pagu == 7_065_200)
    indikator = of_id(plan, Indikator, "k2-02-i2")
    assert last_years(plan, [line])[0] == (None, "2021 belum ada")
    changes, fresh_id = new_stage(plan, line.dokumen_id)
    plan.apply(changes)
    before = plan.get(Dokumen, line.dokumen_id)
    plan.apply([Change(before, replace(before, tahun=2021))])
    copy = next(a for a in plan.where(Anggaran, "dokumen_id", fresh_id) if a.asal_id == line.asal_id)
    weights, reason = last_years(plan, [copy])[0]
    assert (reason, weights and weights[:3]) == ("", (0, 1_177_533, 588_767))
    target_copy = next(i for i in plan.where(Indikator, "dokumen_id", fresh_id) if i.asal_id == indikator.asal_id)
    weights, _ = last_years(plan, [target_copy])[0]
    assert weights == (0, 0, 38, 0, 0, 37, 0, 0, 38, 0, 0, 37)
    fresh = edits.add_anggaran(plan, fresh_id, "sub_kegiatan", None)[-1]
    plan.apply([fresh])
    assert last_years(plan, [fresh.row])[0] == (None, "tidak ada pada 2021")


@pytest.mark.parametrize("asal_id", ["k2-01-i1", "k2-02-i1", "k2-02-i2", "k2-03-i2", "k2-05-i1"])
def test_quarters_in_percent_are_those_that_the_buleleng_form_prints(plan: Plan, asal_id: str) -> None:
    indikator = of_id(plan, Indikator, asal_id)
    printed = plan.one(DeretIndikator, "indikator_id", indikator.id, "target").nilai
    isian = read_isian(plan, indikator)
    assert Cara.PERSEN in ways(isian)
    assert done(plan, indikator, answer(isian, Ask(Cara.PERSEN, ENDS))) == printed


@pytest.mark.parametrize(
    ("text", "akumulasi", "months", "written"),
    [
        ("80%", "kumulatif", ENDS, ("20%", "40%", "60%", "80%")),
        ("100.00%", "kumulatif", ENDS, ("25.00%", "50.00%", "75.00%", "100.00%")),
        ("20 UMKM", "jumlah", ENDS, ("5 UMKM", "5 UMKM", "5 UMKM", "5 UMKM")),
        ("5", "jumlah", ENDS, ("1", "2", "1", "1")),
        ("10.000", "kumulatif", ENDS, ("2.500", "5.000", "7.500", "10.000")),
        ("10000", "kumulatif", ENDS, ("2500", "5000", "7500", "10000")),
        ("1,250.5", "kumulatif", ENDS, ("312.6", "625.3", "937.9", "1,250.5")),
        ("0", "kumulatif", ENDS, ("0", "0", "0", "0")),
    ],
)
def test_targets_keep_decimals_separators_and_unit(
    plan: Plan, text: str, akumulasi: str, months: frozenset[int], written: tuple[str, ...]
) -> None:
    indikator = target(plan, text, akumulasi)
    nilai = done(plan, indikator, answer(read_isian(plan, indikator), Ask(Cara.RATA, months)))
    assert tuple(nilai[place] for place in sorted(months)) == written
    assert {nilai[place] for place in ALL - months} == {"-"}


def test_kept_targets_keep_their_very_text_and_finer_decimals(plan: Plan) -> None:
    indikator = target(plan, "78", "kumulatif", ("-", None, "19,50 %", *(None,) * 9))
    isian = read_isian(plan, indikator)
    found = answer(isian, Ask(Cara.RATA, ENDS, keep=True))
    assert done(plan, indikator, found) == ("-", "-", "19,50 %", "-", "-", "39", "-", "-", "58,5", "-", "-", "78")


def test_a_series_of_quarters_keeps_its_four_texts() -> None:
    plan = sample_plan("bone-2023")[0]
    indikator = next(i for i in plan.all(Indikator) if i.target == "80%" and i.akumulasi == "kumulatif")
    nilai = done(plan, indikator, answer(read_isian(plan, indikator), Ask(Cara.RATA, ENDS)))
    assert nilai == (None, None, "20%", None, None, "40%", None, None, "60%", None, None, "80%")


def test_positions_and_grades_are_stated_and_not_divided(plan: Plan) -> None:
    indikator = target(plan, "WTP", "predikat", ("-", "B", *(None,) * 10))
    isian = read_isian(plan, indikator)
    assert ways(isian) == (Cara.SAMA, Cara.AKHIR, Cara.LANJUT)
    assert answer(isian, Ask(Cara.SAMA, ALL)).menjadi == ("WTP",) * 12
    assert answer(isian, Ask(Cara.SAMA, ALL, keep=True)).menjadi == ("-", "B", *("WTP",) * 10)
    assert answer(isian, Ask(Cara.AKHIR, ALL)).menjadi == (*("-",) * 11, "WTP")
    onward = answer(isian, Ask(Cara.LANJUT, ALL))
    assert onward.sentence == "10 bulan berubah."
    assert done(plan, indikator, onward) == ("-", *("B",) * 11)
    assert answer(read_isian(plan, indikator), Ask(Cara.SAMA, ENDS)).menjadi[2] == "WTP"


@pytest.mark.parametrize(
    ("text", "akumulasi", "problem"),
    [
        ("", "kumulatif", "Target setahun belum diisi"),
        ("50 orang 10 koperasi", "jumlah", "bukan satu angka"),
        ("A", "kumulatif", "bukan satu angka"),
        ("-5", "jumlah", "bukan satu angka"),
        ("8", None, "Cara hitung belum dipilih"),
    ],
)
def test_what_cannot_be_divided_says_why(plan: Plan, text: str, akumulasi: str | None, problem: str) -> None:
    isian = read_isian(plan, target(plan, text, akumulasi))
    with pytest.raises(PlanError, match=problem):
        answer(isian, Ask(Cara.RATA, ALL))


def test_the_months_of_today_are_shown_one_by_one(plan: Plan) -> None:
    isian = read_isian(plan, of_id(plan, Indikator, "k2-02-i2"))
    assert isinstance(isian, Target)
    assert now_texts(isian)[:6] == ("-", "-", "0,38", "-", "-", "0,37")
    kas = read_isian(plan, next(a for a in plan.all(Anggaran) if a.pagu == 7_065_200))
    assert isinstance(kas, Kas)
    assert now_texts(kas)[:3] == ("0", "1.177.533", "588.767")
    assert isinstance(read_isian(plan, target(plan, "A", "predikat")), Teks)


def test_going_on_fills_up_to_december_in_the_series_own_way(plan: Plan) -> None:
    added = target(plan, "48", "jumlah", ("4", "4", *(None,) * 10))
    assert done(plan, added, answer(read_isian(plan, added), Ask(Cara.LANJUT, ALL))) == ("4",) * 12


def test_an_even_choice_is_kept_as_a_pattern_of_ones(plan: Plan) -> None:
    isian = read_isian(plan, next(a for a in plan.all(Anggaran) if a.pagu == 7_065_200))
    assert answer(isian, Ask(Cara.RATA, frozenset({1, 4}))).weights == (0, 1, 0, 0, 1, *(0,) * 7)

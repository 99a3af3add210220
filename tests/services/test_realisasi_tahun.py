"""The result of the whole year of an indicator: typed in the grid, beside what its periods come to; which one wins."""

from dataclasses import replace

import pytest

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Indikator,
    Kinerja,
    Opd,
    TahunAnggaran,
    TahunIndikator,
)
from services.capaian_periode import Periods, YearResult, result_until, year_result
from services.cell_edit import editable, type_block, type_into
from services.grid_result_edit import why_not
from services.grid_results import Results
from services.month_grid import FIRST_MONTH, JUMLAH, SELISIH, Line
from services.periods import Sampai
from services.realisasi import set_counts, set_result, set_results, set_spending
from services.realisasi_tutup import close_period

JAN, DES = FIRST_MONTH, FIRST_MONTH + 11
SUMS = Indikator(
    id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="Dilatih", satuan="Orang", akumulasi="jumlah", target="40"
)
LINE = Line("target", "i", face="realisasi")
YEAR = Sampai(12, triwulan=True)


@pytest.fixture
def plan() -> Plan:
    plan = Plan(
        [
            Opd(id="o", urutan=1, nama="Dinas"),
            Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024),
            Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_strategis"),
            SUMS,
            Anggaran(id="a", dokumen_id="d", urutan=2, jenis="kegiatan", nama="Kegiatan", pagu=1000),
        ]
    )
    plan.apply(set_results(plan, SUMS, {2: "8", 5: "12"}))
    return plan


def now(plan: Plan) -> Indikator:
    return plan.get(Indikator, "i")


def year(plan: Plan) -> YearResult:
    return year_result(plan, Periods(plan, now(plan)), 2024)


def shown(plan: Plan, line: Line = LINE) -> tuple[list[str], dict[int, str], dict[int, str]]:
    texts, beside = Results(plan).cells(line, kumulatif=True)
    return ["", *texts], beside.hints, beside.remarks


def type_year(plan: Plan, text: str) -> str:
    label, changes = type_into(plan, LINE, JUMLAH, text, kumulatif=True)
    plan.apply(changes)
    return label


def test_without_a_typed_result_the_year_is_what_its_periods_come_to(plan: Plan) -> None:
    assert (year(plan).text, year(plan).typed, year(plan).differs) == ("20", "", False)
    texts, hints, remarks = shown(plan)
    assert texts[JUMLAH] == "20"
    assert hints[JUMLAH].startswith("Dari periodenya: ")
    assert not remarks


def test_the_typed_result_wins_and_both_are_said(plan: Plan) -> None:
    assert type_year(plan, "36") == "ubah realisasi setahun, Dilatih"
    assert (now(plan).realisasi, year(plan).text, year(plan).gathered) == ("36", "36", "20")
    texts, hints, remarks = shown(plan)
    assert (texts[JUMLAH], texts[SELISIH]) == ("36", "-4")
    assert hints[SELISIH] == "Setahun: realisasi 36, target 40."
    assert "tertulis 36" in remarks[JUMLAH]
    assert "20. Yang dipakai: yang tertulis." in remarks[JUMLAH]
    found = result_until(plan, Periods(plan, now(plan)), YEAR, 2024)
    assert (found.text, found.asal) == ("36", "realisasi setahun; menurut periode 20")
    assert result_until(plan, Periods(plan, now(plan)), Sampai(6, triwulan=True), 2024).text == "20"


def test_emptied_the_periods_count_again_also_where_it_stood_among_the_years(plan: Plan) -> None:
    stated = TahunIndikator(
        id="y", dokumen_id="d", indikator_id="i", urutan=1, jenis="realisasi", tahun="2024", nilai="33"
    )
    plan.apply([Change(None, stated)])
    assert shown(plan)[0][JUMLAH] == "33"
    type_year(plan, "36")
    assert year(plan).text == "36"
    type_year(plan, "")
    assert (now(plan).realisasi, year(plan).typed, year(plan).text) == (None, "", "20")


@pytest.mark.parametrize("same", ["20", "20,0", " 20 "])
def test_what_the_periods_come_to_is_not_stored_so_that_it_follows_them(plan: Plan, same: str) -> None:
    type_year(plan, same)
    assert now(plan).realisasi is None
    plan.apply(type_block(plan, [(LINE, DES, "30"), (LINE, JUMLAH, "30")], kumulatif=True))
    assert now(plan).realisasi is None
    assert year(plan).text == "30"


def test_zero_is_a_result(plan: Plan) -> None:
    type_year(plan, "0")
    assert (now(plan).realisasi, year(plan).text, year(plan).differs) == ("0", "0", True)


def test_the_year_of_a_ratio_is_that_of_its_counts(plan: Plan) -> None:
    plan.apply([Change(now(plan), replace(now(plan), satuan="%", akumulasi="posisi"))])
    plan.apply(set_counts(plan, now(plan), "pembilang", {5: "30"}))
    plan.apply(set_counts(plan, now(plan), "penyebut", {5: "75"}))
    assert year(plan).text == "40,00"
    texts, hints, _ = shown(plan)
    assert (texts[FIRST_MONTH + 5], texts[FIRST_MONTH + 2], texts[FIRST_MONTH + 13]) == ("40,00", "8", "40,00")
    assert why_not(plan, LINE, FIRST_MONTH + 5).startswith("Dihitung dari pembilang dan penyebut")
    assert editable(LINE, FIRST_MONTH + 6, plan=plan)
    assert "Menurut pembilang dan penyebut: 30 / 75 x 100 = 40,00." in hints[FIRST_MONTH + 5]
    assert "(12) tidak dipakai" in hints[FIRST_MONTH + 5]
    assert len(plan.all(DeretRasio)) == 2
    assert len(plan.all(DeretIndikator)) == 1


def test_the_year_is_closed_with_december(plan: Plan) -> None:
    plan.apply(close_period(plan, "d", 9))
    assert editable(LINE, JUMLAH, plan=plan)
    plan.apply(close_period(plan, "d", 12))
    assert not editable(LINE, JUMLAH, plan=plan)
    assert why_not(plan, LINE, JUMLAH).startswith("Desember sudah ditutup")
    with pytest.raises(PlanError, match="Realisasi Desember sudah ditutup"):
        set_result(plan, now(plan), None, "5")


def test_of_money_the_year_cannot_be_typed_and_a_stated_one_is_shown(plan: Plan) -> None:
    line = Line("kas", "a", face="realisasi")
    plan.apply(set_spending(plan, plan.get(Anggaran, "a"), {2: 300}, kumulatif=True))
    assert not editable(line, JUMLAH, plan=plan)
    assert shown(plan, line)[0][JUMLAH] == "300"
    stated = TahunAnggaran(
        id="y", dokumen_id="d", anggaran_id="a", urutan=1, jenis="realisasi", tahun="2024", nilai=380
    )
    plan.apply([Change(None, stated)])
    texts, hints, _ = shown(plan, line)
    assert texts[JUMLAH] == "380"
    assert "menurut bulannya 300" in hints[JUMLAH]

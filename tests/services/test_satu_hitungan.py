"""The result of the year and what is due: one calculation and one rule, whatever form, grid, rule or dialog asks."""

from dataclasses import replace
from datetime import date

import pytest
from plan_json import body, tables, texts

from models.changes import Change
from models.plan import Plan
from models.rows import (
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Dukungan,
    Indikator,
    Kinerja,
    Opd,
    TahunAnggaran,
    TahunIndikator,
)
from services.capaian_laporan import as_text
from services.capaian_periode import Periods, realisasi_of, result_until, year_result
from services.capaian_rencana import Reckoning
from services.capaian_tahun import indicator_through
from services.checks import Checks
from services.forms import build_form
from services.forms.e81_baris import Evaluation
from services.forms.realisasi_sampai import YEAR, set_as_of
from services.grid_reached import Reached
from services.grid_results import Results, year_words
from services.month_grid import FIRST_MONTH, JUMLAH, Line
from services.new_year import new_year
from services.periods import Sampai, read_sampai
from services.realisasi_belum import counted_words, period_until, unreported
from services.realisasi_tutup import close_period
from services.ringkasan import due, summary
from services.rollup import RollUp
from services.tahunan_isian import REALISASI, YearTable

BASE = (
    Opd(id="o", urutan=1, nama="Dinas", pemda="Kabupaten Uji"),
    Dokumen(id="d", opd_id="o", urutan=1, judul="RENCANA AKSI", tahun=2024, awal_renstra=2021, akhir_renstra=2025),
    Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_strategis", uraian="Koperasi maju"),
)


def indikator(row_id="i", **values):
    return Indikator(
        **{"id": row_id, "dokumen_id": "d", "urutan": 1, "kinerja_id": "k", "uraian": f"Indikator {row_id}"} | values
    )


def months(*values):
    return (*values, *(None,) * (12 - len(values)))


def quarters(*values):
    return tuple(v for value in (*values, *(None,) * (4 - len(values))) for v in (None, None, value))


def series(jenis, nilai, of="i", periode="triwulan", cls=DeretIndikator):
    return cls(id=f"{jenis}-{of}", dokumen_id="d", indikator_id=of, jenis=jenis, periode=periode, nilai=nilai)


def money(jenis, nilai, of="a", kumulatif=1):
    return DeretAnggaran(
        id=f"{jenis}-{of}",
        dokumen_id="d",
        anggaran_id=of,
        jenis=jenis,
        periode="bulan",
        kumulatif=kumulatif,
        nilai=nilai,
    )


def line(row_id="a", jenis="program", pagu=None, induk=None, urutan=1):
    return Anggaran(id=row_id, dokumen_id="d", urutan=urutan, jenis=jenis, nama=row_id, pagu=pagu, induk_id=induk)


def counted(above, below, periode="bulan"):
    return [
        series(jenis, nilai, periode=periode, cls=DeretRasio)
        for jenis, nilai in zip(COUNTS, (above, below), strict=True)
    ]


COUNTS = ("pembilang", "penyebut")


def plan_of(*rows):
    return Plan([*BASE, *rows])


def shown(plan, name):
    """All texts of the tables of a form."""
    return [cell for part in tables(build_form(plan, "d", name)) for row in texts(body(part), 30) for cell in row]


FOUR = quarters("10", "10", "10", "10")
PARTS = [indikator(target="40"), series("target", FOUR), series("realisasi", FOUR)]
MEAN = [
    indikator(target="30", metode="/rata"),
    series("target", quarters("30", "30", "30", "30")),
    series("realisasi", quarters("20", "30", "40", "50")),
]
HIGHEST = [
    indikator(target="30", metode="/tertinggi"),
    series("target", quarters("30", "30", "30", "30")),
    series("realisasi", quarters("20", "45", "40", "10")),
]
RATIO = [
    indikator(target="50", satuan="%", akumulasi="posisi"),
    series("target", quarters("50", "50", "50", "50")),
    *counted(quarters("10", "20", "30", "36"), quarters("80", "80", "80", "80"), "triwulan"),
]


@pytest.mark.parametrize(
    ("rows", "wanted"), [(PARTS, "40"), (MEAN, "35,00"), (HIGHEST, "45"), (RATIO, "45,00")], ids=lambda x: str(x)[:8]
)
def test_the_result_of_the_year_is_the_same_everywhere(rows, wanted):
    plan = plan_of(*rows)
    row = plan.get(Indikator, "i")
    assert realisasi_of(plan, row, 2024).text == wanted
    assert result_until(plan, Periods(plan, row), YEAR, 2024).text == wanted
    assert indicator_through(plan, row).ini.realisasi == wanted
    assert Results(plan).cells(Line("target", "i", face="realisasi"), kumulatif=True)[0][JUMLAH - 1] == wanted
    for name in ("pengukuran", "capaian-iku", "capaian-lima-tahun", "monev-triwulan"):
        assert wanted in shown(plan, name), name
    table = YearTable(plan, "d", REALISASI)
    place = next(at for at, each in enumerate(table.lines) if each.row.id == "i"), table.years.index("2024")
    assert (table.text(place), table.instead(place)) == ("", wanted)
    changes, _ = new_year(plan, "d")
    made = next(c.after for c in changes if isinstance(c.after, Indikator))
    assert made.kondisi_awal == wanted


def test_the_target_of_the_year_among_the_years_tells_that_periods_add_up():
    year = TahunIndikator(id="t", dokumen_id="d", indikator_id="i", urutan=1, jenis="target", tahun="2024", nilai="40")
    plan = plan_of(replace(PARTS[0], target=None), *PARTS[1:], year)
    assert realisasi_of(plan, plan.get(Indikator, "i"), 2024).text == "40"


def test_more_than_twice_the_target_is_odd_by_the_same_calculation():
    rows = [indikator(target="10"), series("target", quarters("1", "2", "3", "4")), series("realisasi", FOUR)]
    assert [f.pesan for f in odd(plan_of(*rows)) if f.periode is None] == [
        "Capaian setahun 40 / 10 = 400 %, lebih dari 200 %. Periksa target, realisasi dan satuannya."
    ]


def odd(plan):
    return [f for f in Checks(plan, RollUp(plan)).of("d") if f.kode == "CAPAIAN-ANEH"]


def test_a_ratio_may_be_odd_too():
    rows = [indikator(target="30", satuan="%", akumulasi="posisi"), series("target", quarters("30", "30", "30", "30"))]
    plan = plan_of(*rows, *counted(quarters("60"), quarters("80"), "triwulan"))
    assert [f.periode for f in odd(plan)] == [None, "TW1"]
    assert "75 / 30 = 250 %" in odd(plan)[1].pesan.replace(",00", "")


# A dash.


def test_a_dash_for_the_year_hides_no_period_and_both_are_said():
    plan = plan_of(replace(PARTS[0], realisasi="-"), *PARTS[1:])
    row = plan.get(Indikator, "i")
    year = year_result(plan, Periods(plan, row), 2024)
    assert (year.text, year.differs, year.wins) == ("40", True, False)
    assert realisasi_of(plan, row, 2024).text == "40"
    found = result_until(plan, Periods(plan, row), YEAR, 2024)
    assert found.text == "40"
    assert found.asal.endswith('realisasi setahun tertulis "-"')
    assert year_words(year).startswith('Realisasi setahun tertulis "-"; jumlah semua periode 40.')
    texts, beside = Results(plan).cells(Line("target", "i", face="realisasi"), kumulatif=True)
    assert texts[JUMLAH - 1] == "40"
    assert JUMLAH in beside.remarks


def test_a_dash_stands_where_no_period_is_reported():
    plan = plan_of(indikator(target="40", realisasi="-"))
    assert realisasi_of(plan, plan.get(Indikator, "i"), 2024).text == "-"
    assert not unreported(plan, plan.get(Dokumen, "d"), 10, 12)


# Counts and typed results.

MIXED = [
    indikator(target="30", satuan="%", akumulasi="posisi"),
    series("target", months("30", "30", "30"), periode="bulan"),
    series("realisasi", months(None, None, "30,25"), periode="bulan"),
    *counted(months("20"), months("80")),
]


def test_a_result_typed_after_the_last_count_counts_everywhere():
    plan = plan_of(*MIXED)
    row = plan.get(Indikator, "i")
    for sampai in ("3", "TW1"):
        assert result_until(plan, Periods(plan, row), read_sampai(sampai), 2024).text == "30,25"
    assert realisasi_of(plan, row, 2024).text == "30,25"
    texts, _ = Results(plan).cells(Line("target", "i", face="realisasi"), kumulatif=True)
    assert (texts[FIRST_MONTH - 1], texts[FIRST_MONTH + 1], texts[FIRST_MONTH + 11]) == ("25,00", "30,25", "30,25")
    reached, _ = Reached(plan).cells(Line("target", "i", face="capaian"), kumulatif=True)
    assert (reached[FIRST_MONTH - 1], reached[FIRST_MONTH + 1]) == ("83,33 %", "100,83 %")
    plan.apply(set_as_of(plan, "d", Sampai(3, triwulan=True)))
    assert "30,25" in shown(plan, "monev-triwulan")
    evaluation = Evaluation(plan, Reckoning(plan, "d", Sampai(3, triwulan=True)))
    assert evaluation.results(row).triwulan == ("30,25", None, None, None)


def test_a_month_that_is_half_counted_is_not_reported_anywhere():
    plan = plan_of(MIXED[0], MIXED[1], *counted(months("20", "30"), months("80")))
    row = plan.get(Indikator, "i")
    assert result_until(plan, Periods(plan, row), Sampai(2), 2024).alasan == "Penyebut Februari belum dilaporkan."
    texts, beside = Results(plan).cells(Line("target", "i", face="realisasi"), kumulatif=True)
    assert texts[FIRST_MONTH] == ""
    assert "Penyebut Februari belum dilaporkan" in beside.hints[FIRST_MONTH + 1]


def test_counts_and_results_have_no_sum():
    plan = plan_of(replace(MIXED[0], akumulasi="jumlah"), *MIXED[1:])
    found = result_until(plan, Periods(plan, plan.get(Indikator, "i")), Sampai(3), 2024)
    assert found.text == ""
    assert "tidak ada jumlahnya" in found.alasan


# What is due.


@pytest.mark.parametrize(
    ("rows", "first", "last", "wanted"),
    [
        ([indikator(target="40"), series("target", quarters("10", "-", "10", "20"))], 1, 3, ["i"]),
        ([indikator(target="40"), series("target", quarters("10", "-", "10", "20"))], 4, 6, []),
        ([indikator(target="40"), series("target", quarters("10", "-", "10", "-"))], 10, 12, []),
        ([indikator(target="40")], 7, 9, []),
        ([indikator(target="40")], 10, 12, ["i"]),
        ([indikator(target="-")], 10, 12, []),
        ([indikator(target="40", realisasi="39")], 10, 12, []),
        ([indikator(target="40"), series("realisasi", quarters(None, "12"))], 10, 12, []),
        ([*PARTS[:2], series("realisasi", quarters("10"))], 10, 12, ["i"]),
        ([*RATIO[:2], *counted(quarters("10"), quarters("80"), "triwulan")], 1, 3, []),
        ([line(pagu=100), money("kas", months(0, 0, 0, 50))], 1, 3, []),
        ([line(pagu=100), money("kas", months(0, 0, 0, 50))], 4, 6, ["a"]),
        ([line(pagu=100), money("kas", months(10)), line("b", "kegiatan", 9, "a"), money("realisasi", months(0), "b")],
         1, 3, []),
        ([line(pagu=100), line("b", "kegiatan", 100, "a")], 1, 3, ["a"]),
        ([line(pagu=100), money("kas", months(0, 0, 0, 50)), line("b", "kegiatan", 100, "a")], 1, 3, []),
    ],
)  # fmt: skip
def test_what_is_due_and_not_reported(rows, first, last, wanted):
    plan = plan_of(*rows)
    assert [row.id for row in unreported(plan, plan.get(Dokumen, "d"), first, last)] == wanted


def test_summary_dialog_rule_and_capaian_count_the_same():
    rows = [
        indikator("i", target="40"),
        series("target", quarters("10", "-", "10", "20")),
        indikator("j", target="40"),
        series("target", quarters("-", "10", "10", "20"), "j"),
        replace(RATIO[0], id="r"),
        replace(RATIO[1], id="t-r", indikator_id="r"),
        *(replace(row, id=f"{row.jenis}-r", indikator_id="r") for row in RATIO[2:]),
        line(pagu=100),
        line("b", "kegiatan", 100, "a", 2),
    ]
    plan = plan_of(*rows)
    today = date(2024, 4, 2)
    assert due(plan, "d", today).kalimat == (
        "Triwulan I jatuh tempo; 1 indikator dan 1 baris anggaran belum berisi realisasi."
    )
    assert (
        summary(plan, "d", (), today)
        .baris[0]
        .teks.endswith(": 1 indikator belum berisi realisasi, 1 baris anggaran belum berisi realisasi")
    )
    period = period_until(plan, "d", 3)
    assert counted_words(unreported(plan, plan.get(Dokumen, "d"), *period)) == "1 indikator dan 1 baris anggaran"
    lacking = [one for one in Reckoning(plan, "d", read_sampai("TW1")).indicators() if not one.realisasi.text]
    assert {one.indikator.id for one in lacking if one.target.text} == {"i"}
    plan.apply(close_period(plan, "d", 3))
    silent = [f.row_id for f in Checks(plan, RollUp(plan)).of("d") if f.kode == "REALISASI-KOSONG"]
    assert sorted(silent) == ["a", "i"]
    assert period_until(plan, "d", 6) == (4, 6)
    assert period_until(plan, "d", 3) == (1, 3)


# Money.

TREE = [line("p", pagu=1000), line("g", "kegiatan", 600, "p", 2), line("h", "kegiatan", 400, "p", 3)]


def test_cash_and_realisasi_are_compared_of_the_same_lines():
    rows = [*TREE, money("kas", months(120), "g"), money("realisasi", months(138), "g")]
    plan = plan_of(*rows, money("realisasi", months(92), "h"))
    for each in (Line("kas", "p", face="capaian"), Line("jumlah", "", of=("g", "h"), face="capaian")):
        cells, beside = Reached(plan).cells(each, kumulatif=True)
        assert cells[FIRST_MONTH - 1] == "115 %", each
        assert "92 pada baris yang tidak mempunyai rencana kas" in beside.hints[FIRST_MONTH]
    assert str(Reckoning(plan, "d", Sampai(1)).line(plan.get(Anggaran, "p")).terhadap_kas) == "115.00"
    plan.apply(set_as_of(plan, "d", Sampai(1)))
    assert (shown(plan, "pagu-realisasi") + _last(plan, "pagu-realisasi")).count("115,00") == 3


def test_a_line_whose_report_stopped_is_told_at_every_line_above_it():
    rows = [*TREE, money("realisasi", months(*range(1, 10)), "g"), money("realisasi", months(*range(1, 7)), "h")]
    reckoning = Reckoning(plan_of(*rows), "d", read_sampai("TW3"))
    plan = reckoning._plan
    said = "Realisasi sebagian baris anggaran terakhir dilaporkan Juni."
    assert reckoning.line(plan.get(Anggaran, "p")).catatan == reckoning.whole.catatan == said
    assert reckoning.line(plan.get(Anggaran, "h")).catatan == "Realisasi anggaran terakhir dilaporkan Juni."
    assert reckoning.line(plan.get(Anggaran, "g")).catatan == ""
    assert as_text(plan, reckoning).count("terakhir dilaporkan Juni.") == 3


def test_what_was_spent_prints_zero_and_what_is_not_reported_nothing():
    rows = [line("p", pagu=0), line("q", pagu=100, urutan=2), line("r", pagu=50, urutan=3)]
    plan = plan_of(*rows, money("realisasi", months(0), "q"), money("kas", months(0), "q"))
    plan.apply(set_as_of(plan, "d", Sampai(3, triwulan=True)))
    (table,) = tables(build_form(plan, "d", "pagu-realisasi"))[:1]
    assert [row[4] for row in texts(body(table), 9)] == ["", "0", ""]
    assert next(row[2] for row in texts(body(table), 9)) == "-"
    assert "0" in _last(plan, "pagu-realisasi")
    assert "0" in shown(plan, "pengukuran")
    row = next(row for row in texts(body(tables(build_form(plan, "d", "e81"))[0]), 25) if row[2] == "q")
    assert (row[9], row[11], row[19], row[21]) == ("100", "0", "0", "0")


def test_without_a_pagu_by_years_e81_has_no_target_of_the_renstra():
    plan = plan_of(line("p", pagu=100), line("q", pagu=100, urutan=2), money("realisasi", months(60), "p"))
    by_year = TahunAnggaran(id="y", dokumen_id="d", anggaran_id="q", urutan=1, jenis="pagu", tahun="2023", nilai=80)
    plan.apply([Change(None, by_year)])
    evaluation = Evaluation(plan, Reckoning(plan, "d", Sampai(3)))
    bare, stated = (evaluation.amount(plan.get(Anggaran, row_id)) for row_id in "pq")
    assert (bare.akhir, bare.tingkat, bare.pagu) == (None, None, 100)
    assert stated.akhir == 180


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "Tidak ada baris anggaran."),
        ([line(), Dukungan(id="u", kinerja_id="k", anggaran_id="a", dokumen_id="d", urutan=1)], "Pagu belum diisi."),
        ([line(pagu=5), Dukungan(id="u", kinerja_id="k", anggaran_id="a", dokumen_id="d", urutan=1)],
         "Realisasi anggaran belum diisi."),
        ([line(pagu=0), Dukungan(id="u", kinerja_id="k", anggaran_id="a", dokumen_id="d", urutan=1),
          money("realisasi", months(0))], "Pagu nol."),
    ],
)  # fmt: skip
def test_two_forms_give_one_reason_for_a_sasaran(rows, reason):
    plan = plan_of(indikator(target="10", realisasi="9"), *rows)
    said = {
        name: [text for text in shown(plan, name) + _last(plan, name) if reason in text]
        for name in ("capaian-sasaran", "efisiensi")
    }
    assert all(said.values()), said


def _last(plan, name):
    """The texts below the tables of a form."""
    return [cell.text for part in tables(build_form(plan, "d", name)) for row in part.total for cell in row.cells]

"""The faces Realisasi and Capaian of the grid: what they say, what may be typed, what is closed."""

from dataclasses import replace

import pytest

from models.changes import Change
from models.errors import PlanError
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
)
from services.cell_edit import editable, type_block, type_into
from services.checks import Checks
from services.grid_reached import Reached
from services.grid_result_edit import why_not
from services.grid_results import Results
from services.month_grid import FIRST_MONTH, FIRST_QUARTER, JUMLAH, SELISIH, SETAHUN, URAIAN, Line, MonthGrid, Shown
from services.realisasi import set_note, set_spending
from services.realisasi_tutup import close_period
from services.rollup import RollUp

JAN, FEB, MAR, APR = range(FIRST_MONTH, FIRST_MONTH + 4)
DES = FIRST_MONTH + 11
TW1, TW2 = FIRST_QUARTER, FIRST_QUARTER + 1
SUMS = Indikator(
    id="i", dokumen_id="d", urutan=1, kinerja_id="k", uraian="Dilatih", satuan="Orang", akumulasi="jumlah", target="40"
)
RATIO = Indikator(
    id="r",
    dokumen_id="d",
    urutan=2,
    kinerja_id="k",
    uraian="Aktif",
    satuan="%",
    akumulasi="posisi",
    target="50",
    pembilang="koperasi aktif",
    penyebut="koperasi",
)
UPPER = Anggaran(id="p", dokumen_id="d", urutan=1, jenis="program", nama="Program", pagu=2000)
LINE = Anggaran(id="a", dokumen_id="d", urutan=2, jenis="kegiatan", nama="Kegiatan", pagu=1000)
OTHER = Anggaran(id="b", dokumen_id="d", urutan=3, jenis="kegiatan", nama="Lain", pagu=1000)


def months(*values: object) -> tuple:
    return (*values, *(None,) * (12 - len(values)))


@pytest.fixture
def plan() -> Plan:
    cash = months(100, 200, 300, 400)
    return Plan(
        [
            Opd(id="o", urutan=1, nama="Dinas"),
            Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024),
            Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_strategis"),
            *(SUMS, RATIO, UPPER, LINE, OTHER),
            Dukungan(id="s1", dokumen_id="d", urutan=1, kinerja_id="k", anggaran_id="a"),
            Dukungan(id="s2", dokumen_id="d", urutan=2, kinerja_id="k", anggaran_id="b"),
            DeretIndikator(
                id="t",
                dokumen_id="d",
                indikator_id="i",
                jenis="target",
                periode="bulan",
                nilai=months("10", "10", "20"),
            ),
            *(
                DeretAnggaran(
                    id=f"c{of}",
                    dokumen_id="d",
                    anggaran_id=of,
                    jenis="kas",
                    periode="bulan",
                    kumulatif=1,
                    nilai=cash,
                )
                for of in "ab"
            ),
        ]
    )


def grid_of(plan: Plan, face: object) -> MonthGrid:
    rollup = RollUp(plan)
    grid = MonthGrid(plan, rollup, Checks(plan, rollup))
    grid.other = face  # type: ignore[assignment]
    return grid


def shown(plan: Plan, kind: str, face: type = Results, *, kumulatif: bool = True, row_id: str = "") -> Shown:
    grid = grid_of(plan, face(plan))
    grid.kumulatif = kumulatif
    lines = grid.lines(plan.get(Kinerja, "k"))
    return grid.show(next(line for line in lines if line.kind == kind and row_id in ("", line.row_id)))


def line_of(kind: str, row_id: str) -> Line:
    return Line(kind, row_id, face="realisasi")  # type: ignore[arg-type]


def enter(plan: Plan, line: Line, column: int, text: str, *, kumulatif: bool = True) -> str:
    label, changes = type_into(plan, line, column, text, kumulatif=kumulatif)
    plan.apply(changes)
    return label


def test_the_lines_are_those_of_the_plan_with_the_counts_of_a_ratio_below_it(plan: Plan) -> None:
    lines = grid_of(plan, Results(plan)).lines(plan.get(Kinerja, "k"))
    assert [(line.kind, line.row_id) for line in lines] == [
        ("target", "i"),
        ("target", "r"),
        ("pembilang", "r"),
        ("penyebut", "r"),
        ("jumlah", "k"),
        ("kas", "a"),
        ("kas", "b"),
    ]
    assert {line.face for line in lines} == {"realisasi"}
    assert shown(plan, "pembilang").texts[URAIAN] == "Pembilang: koperasi aktif"


def test_an_empty_month_is_not_reported_and_zero_is_zero(plan: Plan) -> None:
    line = line_of("target", "i")
    assert shown(plan, "target").beside.hints[JAN] == "Rencana Januari: 10. Belum dilaporkan."
    assert enter(plan, line, JAN, "0") == "ubah realisasi Januari, Dilatih"
    says = shown(plan, "target", kumulatif=False)
    assert (says.texts[JAN], says.texts[FEB], says.texts[JUMLAH]) == ("0", "", "0")
    assert says.beside.hints[JAN] == "Rencana Januari: 10."
    assert enter(plan, line, JAN, "")
    assert plan.one(DeretIndikator, "indikator_id", "i", "realisasi") is None


def test_a_result_typed_as_a_total_is_stored_as_the_month_that_it_makes(plan: Plan) -> None:
    line = line_of("target", "i")
    enter(plan, line, JAN, "8", kumulatif=False)
    enter(plan, line, FEB, "20", kumulatif=True)
    series = plan.one(DeretIndikator, "indikator_id", "i", "realisasi")
    assert series is not None
    assert series.nilai[:3] == ("8", "12", None)
    says = shown(plan, "target")
    assert says.texts[JAN : MAR + 1] == ("8", "20", "")
    assert (says.texts[TW1], says.texts[TW2], says.texts[JUMLAH], says.texts[SELISIH]) == ("20", "", "20", "0")
    assert says.beside.hints[SELISIH] == "Sampai Februari: realisasi 20, rencana 20."
    assert says.beside.hints[FEB] == "Rencana Februari: 20."


def test_money_is_compared_with_the_cash_until_the_last_report(plan: Plan) -> None:
    enter(plan, line_of("kas", "a"), FEB, "150")
    says = shown(plan, "kas", row_id="a")
    assert (says.texts[SETAHUN], says.texts[FEB], says.texts[MAR]) == ("1.000", "150", "")
    assert (says.texts[TW1], says.texts[TW2], says.texts[SELISIH]) == ("150", "", "-50")
    sums = shown(plan, "jumlah")
    assert (sums.texts[SETAHUN], sums.texts[FEB], sums.texts[MAR], sums.texts[SELISIH]) == ("2.000", "150", "", "-250")


def test_a_line_that_says_nothing_itself_is_the_sum_of_those_below_it(plan: Plan) -> None:
    plan.apply([Change(LINE, replace(LINE, induk_id="p")), Change(OTHER, replace(OTHER, induk_id="p"))])
    upper = line_of("kas", "p")
    assert editable(upper, JAN, plan=plan)
    enter(plan, line_of("kas", "a"), JAN, "50")
    enter(plan, line_of("kas", "b"), FEB, "0")
    texts, beside = Results(plan).cells(upper, kumulatif=True)
    says = ["", *texts]
    assert (says[JAN], says[FEB], says[MAR], says[TW1], says[TW2], says[JUMLAH]) == ("50", "50", "", "50", "", "50")
    assert beside.hints[JAN].startswith("Jumlah dari baris-baris di bawahnya.")
    assert not editable(upper, JAN, plan=plan)
    assert why_not(plan, upper, JAN).endswith("ubah baris-baris itu.")
    plan.apply([*enter_own(plan)])
    assert editable(upper, JAN, plan=plan)
    assert Results(plan).cells(upper, kumulatif=True)[0][JAN - 1] == "70"


def enter_own(plan: Plan) -> tuple[Change, ...]:
    return set_spending(plan, plan.get(Anggaran, "p"), {0: 70}, kumulatif=True)


def test_only_months_take_typing_and_each_other_cell_says_why(plan: Plan) -> None:
    line = line_of("kas", "a")
    assert [editable(line, column, plan=plan) for column in (URAIAN, SETAHUN, JAN, DES, TW1, JUMLAH)] == [
        *(False, False, True, True, False, False)
    ]
    assert "sisi Rencana" in why_not(plan, line, SETAHUN)
    assert "dihitung" in why_not(plan, line, TW1)
    assert why_not(plan, line, JAN) == ""
    with pytest.raises(PlanError, match="sisi Rencana"):
        type_into(plan, line, SETAHUN, "7", kumulatif=True)
    with pytest.raises(PlanError, match="bukan"):
        type_into(plan, line, JAN, "abc", kumulatif=True)


def test_a_closed_period_is_read_only_and_a_view_cannot_get_round_it(plan: Plan) -> None:
    line = line_of("kas", "a")
    enter(plan, line, JAN, "50")
    plan.apply(close_period(plan, "d", 3))
    assert not editable(line, MAR, plan=plan)
    assert editable(line, APR, plan=plan)
    assert why_not(plan, line, MAR).startswith("Maret sudah ditutup.")
    with pytest.raises(PlanError, match="sudah ditutup"):
        type_into(plan, line, FEB, "70", kumulatif=False)


def test_a_plan_by_quarters_is_reported_by_quarters(plan: Plan) -> None:
    series = plan.one(DeretIndikator, "indikator_id", "i", "target")
    assert series is not None
    quarterly = DeretIndikator(
        id="t", dokumen_id="d", indikator_id="i", jenis="target", periode="triwulan", nilai=months(None, None, "10")
    )
    plan.apply([Change(series, quarterly)])
    line = line_of("target", "i")
    assert [editable(line, column, plan=plan) for column in (JAN, FEB, MAR)] == [False, False, True]
    assert "per triwulan" in why_not(plan, line, JAN)
    enter(plan, line, MAR, "9")
    assert plan.all(DeretIndikator)[-1].periode == "triwulan"


def test_the_counts_of_a_ratio_make_its_capaian(plan: Plan) -> None:
    assert enter(plan, line_of("pembilang", "r"), JAN, "30") == "ubah pembilang Januari, Aktif"
    enter(plan, line_of("penyebut", "r"), JAN, "75")
    assert {row.jenis: row.nilai[0] for row in plan.all(DeretRasio)} == {"pembilang": "30", "penyebut": "75"}
    plan.apply(
        type_into(plan, Line("target", "r"), JAN, "50", kumulatif=True)[1]  # the target of January
    )
    says = shown(plan, "target", Reached, row_id="r")
    assert says.texts[JAN] == "80 %"
    assert says.beside.hints[JAN].startswith("Tinggi: 40,00 / 50 = 80 %")


def test_a_block_types_into_results_and_counts_of_one_indicator_together(plan: Plan) -> None:
    cells = [(line_of(kind, "r"), JAN, "4") for kind in ("target", "pembilang", "penyebut")]
    plan.apply(type_block(plan, cells, kumulatif=True))
    assert len(plan.all(DeretRasio)) == 2
    assert plan.one(DeretIndikator, "indikator_id", "r", "realisasi") is not None


def test_capaian_says_percent_colour_word_and_sum(plan: Plan) -> None:
    for column, text in ((JAN, "8"), (FEB, "8")):
        enter(plan, line_of("target", "i"), column, text, kumulatif=False)
    says = shown(plan, "target", Reached)
    assert says.texts[JAN : MAR + 1] == ("80 %", "80 %", "")
    assert says.texts[JUMLAH:] == ("80 %", "Tinggi")
    assert says.beside.grounds[FEB] == "#E2F0C9"
    assert says.beside.hints[FEB] == "Tinggi: 16 / 20 = 80 %\nSampai Februari: target 20, realisasi 16."
    assert says.beside.hints[MAR] == "Realisasi Maret belum dilaporkan."


def test_a_capaian_that_cannot_be_reckoned_is_a_dash_with_its_reason(plan: Plan) -> None:
    enter(plan, line_of("target", "i"), JAN, "banyak", kumulatif=False)
    says = shown(plan, "target", Reached)
    assert says.texts[JAN] == "-"
    assert says.beside.hints[JAN] == "Realisasi tidak terbaca sebagai satu angka."
    assert JAN not in says.beside.grounds


def test_capaian_of_money_is_of_the_cash_until_then_and_ends_with_the_reports(plan: Plan) -> None:
    enter(plan, line_of("kas", "a"), FEB, "150")
    says = shown(plan, "kas", Reached, row_id="a")
    assert (says.texts[FEB], says.texts[MAR], says.texts[DES], says.texts[TW1]) == ("75 %", "", "", "50 %")
    assert says.beside.hints[FEB] == (
        "Sedang: 150 / 200 = 75 % dari rencana kas sampai Februari.\nSerapan 150 / 1.000 = 15 % dari pagu."
    )
    assert shown(plan, "jumlah", Reached).texts[FEB] == "37,5 %"


def test_what_is_stated_for_the_year_counts_in_december(plan: Plan) -> None:
    year = TahunAnggaran(id="y", dokumen_id="d", anggaran_id="a", urutan=1, jenis="realisasi", tahun="2024", nilai=380)
    plan.apply([Change(None, year)])
    says = shown(plan, "kas", Reached, row_id="a")
    assert (says.texts[APR], says.texts[DES], says.texts[SELISIH]) == ("", "95 %", "Sangat Tinggi")


def test_a_note_marks_the_month_and_the_quarter_that_it_closes(plan: Plan) -> None:
    plan.apply(set_note(plan, SUMS, 2, {"kendala": "Hujan"}) + set_note(plan, LINE, 3, {"solusi": "Pindah"}))
    assert shown(plan, "target").beside.noted == {FEB}
    assert shown(plan, "kas", row_id="a").beside.noted == {MAR, TW1}
    assert shown(plan, "kas", Reached, row_id="a").beside.noted == {MAR, TW1}

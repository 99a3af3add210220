"""What the faces of the grid say unasked: what a sum is of, which cells take nothing, money over its plan."""

import pytest

from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Dukungan, Indikator, Kinerja, Opd
from services.cell_edit import editable
from services.checks import Checks
from services.grid_reached import OVER_KAS, OVER_PAGU, Reached
from services.grid_results import Results
from services.month_grid import FIRST_MONTH, FIRST_QUARTER, JUMLAH, SELISIH, Line, MonthGrid, Other, Shown
from services.realisasi import set_spending
from services.rollup import RollUp

MONTHS = range(FIRST_MONTH, FIRST_QUARTER)
MAR, JUN = FIRST_MONTH + 2, FIRST_MONTH + 5


def series(of: str, cls: type, periode: str, nilai: tuple, **more: object) -> object:
    jenis, field = ("kas", "anggaran_id") if cls is DeretAnggaran else ("target", "indikator_id")
    values = {"id": f"s{of}", "dokumen_id": "d", field: of, "jenis": jenis, "periode": periode, "nilai": nilai}
    return cls(**values, **more)


@pytest.fixture
def plan() -> Plan:
    """Indicator q and line q by quarters, m and m by months."""
    goals = [
        Indikator(id=name, dokumen_id="d", urutan=at, kinerja_id="k", uraian=name, target="40", pembilang=counted)
        for at, (name, counted) in enumerate([("iq", "Koperasi aktif"), ("im", None)])
    ]
    lines = [
        Anggaran(id=name, dokumen_id="d", urutan=at, jenis="program", nama=name, pagu=1000)
        for at, name in enumerate(["aq", "am"])
    ]
    links = [
        Dukungan(id=f"d{line.id}", dokumen_id="d", urutan=1, kinerja_id="k", anggaran_id=line.id) for line in lines
    ]
    quarters = (None, None, "10", None, None, "20", *(None,) * 6)
    cash = (None, None, 100, None, None, 200, *(None,) * 6)
    return Plan(
        [
            Opd(id="o", urutan=1, nama="Dinas"),
            Dokumen(id="d", opd_id="o", urutan=1, judul="R", tahun=2024),
            Kinerja(id="k", dokumen_id="d", urutan=1, tingkat="sasaran_strategis"),
            *goals,
            *lines,
            *links,
            series("iq", DeretIndikator, "triwulan", quarters),
            series("im", DeretIndikator, "bulan", ("5",) * 12),
            series("aq", DeretAnggaran, "triwulan", cash, kumulatif=1),
            series("am", DeretAnggaran, "bulan", (100,) * 12, kumulatif=0),
        ]
    )


def told(plan: Plan, other: Other | None) -> list[tuple[Line, Shown]]:
    rollup = RollUp(plan)
    grid = MonthGrid(plan, rollup, Checks(plan, rollup))
    grid.other = other
    return [(line, grid.show(line)) for line in grid.lines(plan.get(Kinerja, "k"))]


@pytest.mark.parametrize(
    ("face", "title"),
    [
        (None, "Kas · jumlah 2 program"),
        (Results, "Realisasi · jumlah 2 program"),
        (Reached, "Realisasi · jumlah 2 program"),
    ],
)
def test_a_sum_says_what_it_is_of(plan: Plan, face: type | None, title: str) -> None:
    (said,) = [shown.texts[0] for line, shown in told(plan, face(plan) if face else None) if line.kind == "jumlah"]
    assert said == title


@pytest.mark.parametrize("face", [None, Results])
def test_the_months_that_take_nothing_are_shut_and_say_why(plan: Plan, face: type | None) -> None:
    seen = set()
    for line, shown in told(plan, face(plan) if face else None):
        if line.kind == "jumlah":
            continue
        seen.add((line.kind, line.row_id))
        assert shown.beside.shut == {column for column in MONTHS if not editable(line, column, plan=plan)}
        assert all("per triwulan" in shown.beside.hints[column] for column in shown.beside.shut)
        assert (MAR in shown.beside.shut, FIRST_MONTH in shown.beside.shut) == (False, line.row_id.endswith("q"))
    assert {("target", "iq"), ("target", "im"), ("kas", "aq"), ("kas", "am")} <= seen
    assert (("pembilang", "iq") in seen) == (face is Results)


@pytest.mark.parametrize(
    ("spent", "word", "coloured"), [(100, "Sangat Tinggi", True), (115, OVER_KAS, False), (1150, OVER_PAGU, False)]
)
def test_money_over_its_plan_is_no_merit(plan: Plan, spent: int, word: str, coloured: bool) -> None:
    plan.apply(set_spending(plan, plan.get(Anggaran, "aq"), {2: spent}, kumulatif=True))
    shown = next(shown for line, shown in told(plan, Reached(plan)) if line.row_id == "aq")
    assert shown.texts[SELISIH] == word
    assert shown.beside.hints[MAR].startswith(f"{word}: ")
    assert {MAR, JUMLAH, SELISIH}.isdisjoint(shown.beside.grounds) != coloured

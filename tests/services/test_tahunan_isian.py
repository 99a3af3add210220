"""Entering the years of the Renstra: Lampung's matrix is typed into a copy without it, and prints as before."""

import pytest
from plan_json import body, tables, texts

from models.changes import Change
from models.errors import PlanError
from models.rows import Anggaran, Dokumen, Indikator, Kinerja, TahunAnggaran, TahunIndikator
from services.edits import set_field
from services.forms import build_form
from services.realisasi import set_spending
from services.realisasi_tutup import close_period
from services.samples import sample_plan
from services.tahunan_isian import BY_PERIOD, OF_SASARAN, REALISASI, RENCANA, YearTable, filled_years, set_renstra


@pytest.fixture
def lampung():
    return sample_plan("lampung-2019")


def without_years(plan):
    """The same plan with nothing by year."""
    rows = [*plan.all(TahunIndikator), *plan.all(TahunAnggaran)]
    plan.apply([Change(row, None) for row in rows])
    return plan


def line_of(table, row_id):
    return next(at for at, line in enumerate(table.lines) if line.row.id == row_id)


def cell(table, words, tahun):
    at = next(at for at, line in enumerate(table.lines) if line.nama.startswith(words))
    return at, table.years.index(tahun)


def test_typing_what_the_paper_prints_gives_the_matrix_of_the_paper(lampung):
    plan, dokumen_id = lampung
    wanted = [texts(body(part), len(part.widths)) for part in tables(build_form(plan, dokumen_id, "renstra"))]
    typed = {}
    for face in (RENCANA, REALISASI):
        table = YearTable(plan, dokumen_id, face)
        places = [(line, year) for line in range(len(table.lines)) for year in range(len(table.years))]
        typed[face] = table.years, {place: text for place in places if (text := table.text(place))}
    assert len(typed[RENCANA][1]) > 500
    empty = without_years(plan)
    for face, (years, cells) in typed.items():
        assert years == tuple(str(year) for year in range(2015, 2025))
        for year in years:
            table = YearTable(empty, dokumen_id, face)
            if year not in table.years:
                continue
            here = {(r, table.years.index(year)): text for (r, c), text in cells.items() if years[c] == year}
            empty.apply(table.typed(here)[1])
    for year in ("2015", "2016", "2017", "2018"):
        # The Renstra before this one has ended; its years come with the period that the officer sets.
        dokumen = empty.get(Dokumen, dokumen_id)
        empty.apply(set_renstra(dokumen, "2015", "2024"))
        for face, (years, cells) in typed.items():
            table = YearTable(empty, dokumen_id, face)
            here = {(r, table.years.index(year)): text for (r, c), text in cells.items() if years[c] == year}
            empty.apply(table.typed(here)[1])
        empty.apply(set_renstra(empty.get(Dokumen, dokumen_id), "2019", "2024"))
    again = [texts(body(part), len(part.widths)) for part in tables(build_form(empty, dokumen_id, "renstra"))]
    assert again == wanted


def test_each_row_is_there_with_its_indicators_below_it(lampung):
    plan, dokumen_id = lampung
    table = YearTable(plan, dokumen_id, RENCANA)
    assert sorted(line.row.id for line in table.lines if isinstance(line.row, Indikator)) == sorted(
        row.id for row in plan.all(Indikator)
    )
    assert sum(isinstance(line.row, Anggaran) for line in table.lines) == len(plan.all(Anggaran))
    at = next(at for at, line in enumerate(table.lines) if line.nama == "Penyuluhan Perkopeasian")
    below = table.lines[at + 1]
    assert (below.nama, below.satuan, below.dalam) == ("Jumlah Pra Koperasi", "Kelpmpok", table.lines[at].dalam + 1)
    assert table.text((at, table.years.index("2023"))) == "200.000.000"
    assert table.text((at + 1, table.years.index("2023"))) == "45"


@pytest.mark.parametrize(
    ("words", "text", "stored"),
    [
        ("Penyuluhan Perkopeasian", "Rp 210.000.000,-", "210.000.000"),
        ("Penyuluhan Perkopeasian", "1,5 juta", "1.500.000"),
        ("Penyuluhan Perkopeasian", "-", "0"),
        ("Penyuluhan Perkopeasian", "", ""),
        ("Jumlah Pra Koperasi", "  46 ", "46"),
        ("Jumlah Pra Koperasi", "-", "-"),
        ("Jumlah Pra Koperasi", "", ""),
    ],
)
def test_a_cell_takes_what_the_grid_takes(lampung, words, text, stored):
    plan, dokumen_id = lampung
    table = YearTable(plan, dokumen_id, RENCANA)
    place = cell(table, words, "2023")
    label, changes = table.typed({place: text})
    assert label.startswith("ubah pagu 2023, " if "Penyuluhan" in words else "ubah target 2023, ")
    plan.apply(changes)
    assert YearTable(plan, dokumen_id, RENCANA).text(place) == stored


@pytest.mark.parametrize("text", ["dua ratus", "-5", "1,25"])
def test_no_amount_is_refused_and_nothing_of_the_block_is_stored(lampung, text):
    plan, dokumen_id = lampung
    table = YearTable(plan, dokumen_id, RENCANA)
    one, two = cell(table, "Penyuluhan", "2023"), cell(table, "Penyuluhan", "2024")
    with pytest.raises(PlanError):
        table.typed({one: "5.000.000", two: text})
    assert table.text(one) == "200.000.000"


def test_the_same_text_is_no_change_and_a_sasaran_takes_none(lampung):
    plan, dokumen_id = lampung
    table = YearTable(plan, dokumen_id, RENCANA)
    place = cell(table, "Penyuluhan", "2023")
    head = next(at for at, line in enumerate(table.lines) if isinstance(line.row, Kinerja))
    assert table.why_not((head, 0)) == OF_SASARAN
    assert table.typed({place: "200.000.000", (head, 0): "7"})[1] == ()


def test_a_block_of_several_kinds_is_one_step(lampung):
    plan, dokumen_id = lampung
    table = YearTable(plan, dokumen_id, RENCANA)
    pagu, target = cell(table, "Penyuluhan", "2023"), cell(table, "Jumlah Pra Koperasi", "2024")
    label, changes = table.typed({pagu: "1.000", target: "51"})
    assert label == "ubah target dan pagu per tahun, 2 baris"
    assert len(changes) == 2


def test_where_the_year_has_nothing_the_document_shows_through(lampung):
    plan, dokumen_id = lampung
    without_years(plan)
    table = YearTable(plan, dokumen_id, RENCANA)
    place = cell(table, "Jumlah wirausaha pemula", "2019")
    assert (table.text(place), table.instead(place)) == ("", "125 orang")
    assert table.instead(cell(table, "Jumlah wirausaha pemula", "2020")) == ""
    plan.apply(table.typed({place: "130"})[1])
    table = YearTable(plan, dokumen_id, RENCANA)
    assert (table.text(place), table.instead(place)) == ("130", "")
    assert plan.all(TahunIndikator)[0].nilai == "130"


def test_the_result_of_this_year_is_that_of_all_other_forms(lampung):
    plan, dokumen_id = lampung
    table = YearTable(plan, dokumen_id, REALISASI)
    now, before = cell(table, "Jumlah wirausaha pemula", "2019"), cell(table, "Persentase pertumbuhan jumlah", "2018")
    assert (table.text(now), table.text(before)) == ("128", "81,83")
    plan.apply(table.typed({now: "131", before: "80"})[1])
    table = YearTable(plan, dokumen_id, REALISASI)
    assert (table.text(now), table.text(before)) == ("131", "80")
    for name in ("capaian-iku", "capaian-lima-tahun", "pengukuran"):
        shown = [row for part in tables(build_form(plan, dokumen_id, name)) for row in texts(body(part), 20)]
        assert any("131" in row for row in shown), name
        assert not any("128" in row for row in shown), name


def test_money_that_is_reported_by_month_is_typed_there(lampung):
    plan, dokumen_id = lampung
    line = next(row for row in plan.all(Anggaran) if row.asal_id == "p1")
    place = cell(YearTable(plan, dokumen_id, REALISASI), row_name := line.nama, "2019")
    assert YearTable(plan, dokumen_id, REALISASI).why_not(place) == "", row_name
    plan.apply(set_spending(plan, line, {2: 1000}, kumulatif=True))
    table = YearTable(plan, dokumen_id, REALISASI)
    assert table.why_not(place) == BY_PERIOD
    assert table.typed({place: "9"})[1] == ()
    assert table.why_not((place[0], table.years.index("2020"))) == ""


def test_a_closed_period_keeps_the_result_of_the_year(lampung):
    plan, dokumen_id = lampung
    plan.apply(close_period(plan, dokumen_id, 12))
    table = YearTable(plan, dokumen_id, REALISASI)
    with pytest.raises(PlanError):
        table.typed({cell(table, "Jumlah wirausaha pemula", "2019"): "131"})


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [("2020", "2024", (2020, 2024)), (" 2019 ", "2019", (2019, 2019)), ("", "", (None, None))],
)
def test_the_renstra_has_its_years(lampung, first, last, years):
    plan, dokumen_id = lampung
    plan.apply(set_renstra(plan.get(Dokumen, dokumen_id), first, last))
    dokumen = plan.get(Dokumen, dokumen_id)
    assert (dokumen.awal_renstra, dokumen.akhir_renstra) == years
    assert set_renstra(dokumen, first, last) == ()


@pytest.mark.parametrize(
    ("first", "last"), [("2020", ""), ("", "2024"), ("2024", "2020"), ("2000", "2024"), ("x", "2024"), ("20", "24")]
)
def test_years_that_are_no_renstra_are_refused(lampung, first, last):
    plan, dokumen_id = lampung
    with pytest.raises(PlanError, match="Renstra"):
        set_renstra(plan.get(Dokumen, dokumen_id), first, last)


def test_a_plan_without_renstra_begins_with_its_own_year():
    plan, dokumen_id = sample_plan()
    plan.apply(set_field(plan.get(Dokumen, dokumen_id), "awal_renstra", None))
    plan.apply(set_field(plan.get(Dokumen, dokumen_id), "akhir_renstra", None))
    table = YearTable(plan, dokumen_id, RENCANA)
    assert table.years == ("2022",)
    row = next(line.row for line in table.lines if isinstance(line.row, Indikator))
    assert filled_years(plan, row) == 0
    plan.apply(table.typed({(line_of(table, row.id), 0): "78,00"})[1])
    assert filled_years(plan, row) == 1

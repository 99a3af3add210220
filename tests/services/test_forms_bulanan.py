"""The monthly forms: what an officer would lay beside the data, cell by cell, and grids without gap or overlap."""

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plan_json import assert_covered, at, dots, opened
from random_edits import changes_of, sequences

from models.changes import Change
from models.errors import PlanError
from models.rows import (
    TABLES,
    Anggaran,
    DeretAnggaran,
    DeretIndikator,
    Dokumen,
    Dukungan,
    Indikator,
    Jabatan,
    Kinerja,
)
from services import edits
from services.angka import Style, format_angka
from services.forms import build_form
from services.forms.cells import target
from services.forms.parts import Signature, Table
from services.samples import sample_plan

ROOT = Path(__file__).resolve().parents[2]
PLACES = [ROOT / "resources" / "contoh", ROOT.parent / "shared" / "data"]
BULELENG = [path for place in PLACES if (path := place / "buleleng-2022.renaksi.json").exists()]
PLANS = [path for place in PLACES for path in sorted(place.glob("*.renaksi.json"))]

MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
]
LEVELS = {
    "bulanan-eselon-ii": (("sasaran_strategis", "sasaran_program"), "program"),
    "bulanan-eselon-iii": (("sasaran_kegiatan",), "kegiatan"),
    "bulanan-eselon-iv": (("sasaran_sub_kegiatan",), "sub_kegiatan"),
}
MONTHLY = (*LEVELS, "bulanan-staf")
BLOCKS = {"bulanan-eselon-ii": 15, "bulanan-eselon-iii": 33, "bulanan-eselon-iv": 40, "bulanan-staf": 31}
HEADERS = {
    "bulanan-eselon-ii": ("Sasaran Strategis (Program)", "Program"),
    "bulanan-eselon-iii": ("Sasaran Kegiatan", "Kegiatan"),
    "bulanan-eselon-iv": ("Sasaran Sub Kegiatan", "Sub Kegiatan"),
}


def table_of(plan, dokumen_id, name):
    form = build_form(plan, dokumen_id, name)
    (table,) = [part for part in form.parts if isinstance(part, Table)]
    return table


def paired(data, node, jenis):
    """The blocks of a sasaran: (indicator, budget line), as the data links them."""
    lines = {line["id"]: line for line in data["anggaran"]}
    indicators = node.get("indikator") or []
    links = [link for link in data["dukungan"] if link["kinerja"] == node["id"]]
    links = [link for link in links if lines[link["anggaran"]]["jenis"] == jenis]
    if any(link.get("indikator") for link in links):
        by_id = {indikator["id"]: indikator for indikator in indicators}
        pairs = [(by_id.get(link.get("indikator")), lines[link["anggaran"]]) for link in links]
        named = {link.get("indikator") for link in links}
        return pairs + [(indikator, None) for indikator in indicators if indikator["id"] not in named]
    return list(itertools.zip_longest(indicators, [lines[link["anggaran"]] for link in links])) or [(None, None)]


def target_cells(block, indikator):
    """The cells of columns 3 to 7 of a block as the data wants them, beside those that are there."""
    if indikator is None:
        return {(0, 2): ("", 5, 12)}
    months = (indikator.get("target_periode") or {"nilai": [None] * 12})["nilai"]
    wanted = {
        (0, 2): (indikator["uraian"], 1, 12),
        (0, 3): (indikator.get("satuan") or "", 1, 12),
        (0, 4): (indikator.get("target") or "", 1, 12),
    }
    for m in range(12):
        wanted |= {(m, 5): (MONTHS[m], 1, 1), (m, 6): (months[m] or "", 1, 1)}
    return wanted


def money_cells(line):
    """The same for columns 8 to 11."""
    if line is None:
        return {(0, 7): ("", 4, 12)}
    kas = line.get("kas") or {"kumulatif": True, "nilai": [None] * 12}
    assert kas["kumulatif"]
    wanted = {(0, 7): (line["nama"], 1, 12), (0, 8): (dots(line.get("pagu")), 1, 12)}
    for m in range(12):
        wanted |= {(m, 9): (MONTHS[m], 1, 1), (m, 10): (dots(kas["nilai"][m]), 1, 1)}
    return wanted


def shapes(block):
    return {place: (cell.text, cell.cols, cell.rows) for place, cell in at(block).items()}


@pytest.mark.parametrize("path", BULELENG, ids=lambda p: p.parent.name)
@pytest.mark.parametrize("name", LEVELS)
def test_every_block_of_an_eselon_says_what_the_data_says(path, name):
    data, plan, dokumen_id = opened(path)
    tingkat, jenis = LEVELS[name]
    jobs = {job["id"]: job["nama"] for job in data["jabatan"]}
    blocks = list(table_of(plan, dokumen_id, name).body)
    assert len(blocks) == BLOCKS[name]
    group = None
    for node in (k for k in data["kinerja"] if k["tingkat"] in tingkat):
        pairs = paired(data, node, jenis)
        for i, (indikator, line) in enumerate(pairs):
            block = list(blocks.pop(0))
            if i == 0 and node.get("kelompok") not in (None, group):
                assert [(c.text, c.col, c.cols, c.bold) for c in block.pop(0).cells] == [
                    (node["kelompok"], 0, 12, True)
                ]
            wanted = {}
            if i == 0:
                span = 12 * len(pairs)
                wanted |= {(0, 0): (node.get("nomor") or "", 1, span), (0, 1): (node.get("uraian") or "", 1, span)}
            wanted |= target_cells(block, indikator)
            wanted |= money_cells(line)
            job = (line or {}).get("penanggung_jawab") or node.get("penanggung_jawab")
            wanted[0, 11] = (jobs.get(job, ""), 1, 12)
            assert len(block) == 12
            assert shapes(block) == wanted
        group = node.get("kelompok")
    assert blocks == []


@pytest.mark.parametrize("path", BULELENG, ids=lambda p: p.parent.name)
def test_every_block_of_the_staff_says_what_the_data_says(path):
    data, plan, dokumen_id = opened(path)
    blocks = list(table_of(plan, dokumen_id, "bulanan-staf").body)
    assert len(blocks) == BLOCKS["bulanan-staf"]
    group = None
    for node in (k for k in data["kinerja"] if k["tingkat"] == "sasaran_individu"):
        indicators = node.get("indikator") or [None]
        for i, indikator in enumerate(indicators):
            block = list(blocks.pop(0))
            if i == 0 and node.get("kelompok") not in (None, group):
                assert [(c.text, c.col, c.cols) for c in block.pop(0).cells] == [(node["kelompok"], 0, 8)]
            wanted = {(0, 7): ("", 1, 12)}
            if i == 0:
                span = 12 * len(indicators)
                wanted |= {(0, 0): (node.get("nomor") or "", 1, span), (0, 1): (node.get("uraian") or "", 1, span)}
            assert shapes(block) == wanted | target_cells(block, indikator)
        group = node.get("kelompok")
    assert blocks == []


@pytest.mark.parametrize("path", BULELENG, ids=lambda p: p.parent.name)
def test_the_groups_of_the_paper_head_the_tables(path):
    _, plan, dokumen_id = opened(path)

    def headings(name):
        rows = [row for block in table_of(plan, dokumen_id, name).body for row in block]
        return [row.cells[0].text for row in rows if len(row.cells) == 1 and row.cells[0].cols in (8, 12)]

    assert headings("bulanan-eselon-ii")[:1] == ["BIDANG KOPERASI"]
    assert "ANALIS PERENCANAAN" in headings("bulanan-staf")
    for name in MONTHLY:
        assert all(one != other for one, other in itertools.pairwise(headings(name)))


@pytest.mark.parametrize("path", BULELENG, ids=lambda p: p.parent.name)
@pytest.mark.parametrize("name", LEVELS)
def test_the_total_is_the_sum_of_the_cells_that_it_names(path, name):
    data, plan, dokumen_id = opened(path)
    table = table_of(plan, dokumen_id, name)
    body = [row for block in table.body for row in block]
    (total,) = table.total
    label, money, rest = total.cells
    assert (label.text, label.col, label.cols) == ("TOTAL", 0, 8)
    assert (rest.text, rest.col, rest.cols) == ("", 9, 3)
    amounts = [cell.value for row in body for cell in row.cells if cell.col == 8 and cell.value is not None]
    named = [next(cell for cell in body[r].cells if cell.col == 8).value for r in money.sum_of]
    assert named == amounts
    assert money.value == sum(amounts)
    assert money.text == dots(sum(amounts))
    assert money.value == sum(line["pagu"] or 0 for line in data["anggaran"] if line["jenis"] == LEVELS[name][1])


def test_the_totals_are_those_printed_on_the_paper():
    data, plan, dokumen_id = opened(BULELENG[0])
    printed = [total["nilai"] for total in data["total_tercetak"]]
    sums = [table_of(plan, dokumen_id, name).total[0].cells[1].value for name in LEVELS]
    assert sums[:2] == printed


@pytest.mark.parametrize("name", LEVELS)
def test_the_header_of_an_eselon_is_that_of_the_paper(name):
    plan, dokumen_id = sample_plan()
    table = table_of(plan, dokumen_id, name)
    sasaran, anggaran = HEADERS[name]
    top, below, numbers = ([(c.col, c.cols, c.rows, c.text) for c in row.cells] for row in table.header)
    assert top == [
        (0, 1, 2, "No"),
        (1, 1, 2, sasaran),
        (2, 1, 2, "Indikator Kinerja"),
        (3, 1, 2, "Satuan"),
        (4, 3, 1, "Kinerja"),
        (7, 4, 1, "Anggaran (Rp)"),
        (11, 1, 2, "Penanggung jawab"),
    ]
    texts = ["Target Kinerja Tahunan", "Bulan", "Target", anggaran, "Target Anggaran Tahunan", "Bulan", "Target"]
    assert below == [(col, 1, 1, text) for col, text in enumerate(texts, 4)]
    assert numbers == [(n, 1, 1, str(n + 1)) for n in range(12)]


def test_the_header_of_the_staff_is_that_of_the_paper():
    plan, dokumen_id = sample_plan()
    top, below, numbers = (
        [(c.col, c.cols, c.rows, c.text) for c in row.cells]
        for row in table_of(plan, dokumen_id, "bulanan-staf").header
    )
    assert top == [
        (0, 1, 2, "No"),
        (1, 1, 2, "Sasaran Kerja"),
        (2, 1, 2, "Indikator Kinerja"),
        (3, 1, 2, "Satuan"),
        (4, 3, 1, "Kinerja"),
        (7, 1, 2, "Keterangan"),
    ]
    assert below == [(4, 1, 1, "Target Kinerja Tahunan"), (5, 1, 1, "Bulan"), (6, 1, 1, "Target")]
    assert [text for _, _, _, text in numbers] == ["1", "2", "3", "4", "5", "6", "7", "10"]


@pytest.mark.parametrize("name", MONTHLY)
def test_header_cells_are_centred_bold_and_shaded(name):
    plan, dokumen_id = sample_plan()
    for row in table_of(plan, dokumen_id, name).header:
        for cell in row.cells:
            assert (cell.align, cell.bold, cell.middle, cell.fill) == ("center", True, True, 0.88)


AGENCY = "DINAS PERDAGANGAN, PERINDUSTRIAN DAN KOPERASI, USAHA KECIL DAN MENENGAH KABUPATEN BULELENG"


@pytest.mark.parametrize("path", BULELENG, ids=lambda p: p.parent.name)
def test_the_title_lines_are_those_of_the_paper(path):
    _, plan, dokumen_id = opened(path)
    titles = {name: [t.text for t in table_of(plan, dokumen_id, name).title] for name in MONTHLY}
    for name, eselon in zip(LEVELS, ("II", "III", "IV"), strict=True):
        assert titles[name] == [
            "RENCANA AKSI ATAS PERJANJIAN KINERJA",
            AGENCY,
            "TAHUN 2022",
            f"ESELON {eselon}",
        ]
    assert titles["bulanan-staf"][1:] == [AGENCY, "TAHUN 2022", "Capaian Kinerja Atas Perjanjian Kinerja Staff"]


@pytest.mark.parametrize("path", PLANS, ids=lambda p: f"{p.parent.name}-{p.name}")
@pytest.mark.parametrize("name", MONTHLY)
def test_any_plan_gives_a_grid_without_gap_or_overlap(path, name):
    _, plan, dokumen_id = opened(path)
    table = table_of(plan, dokumen_id, name)
    columns = len(table.widths)
    assert columns == (8 if name == "bulanan-staf" else 12)
    assert sum(table.widths) == pytest.approx(310)
    assert_covered(table.header, columns)
    assert_covered([row for block in table.body for row in block], columns)
    assert_covered(table.total, columns)
    assert bool(table.total) == (name != "bulanan-staf")


@settings(max_examples=25)
@given(sequences)
def test_an_edited_plan_gives_a_grid_without_gap_or_overlap(steps):
    plan, dokumen_id = sample_plan()
    for step in steps:
        plan.apply(changes_of(plan, dokumen_id, step))
    for name in MONTHLY:
        table = table_of(plan, dokumen_id, name)
        assert_covered([row for block in table.body for row in block], len(table.widths))
        for row in table.total:
            (money,) = [cell for cell in row.cells if cell.sum_of is not None]
            assert money.value == sum(
                cell.value
                for row in [row for block in table.body for row in block]
                for cell in row.cells
                if cell.col == 8 and cell.value is not None
            )


def written(cell):
    """What a workbook shows for the value of a cell in its number format, in an Indonesian Excel."""
    form = cell.format.replace("[$-421]", "")
    assert form == "General" or form != cell.format
    if form == '#,##0;-#,##0;"-"':
        return dots(cell.value)
    grouped, decimals = re.fullmatch(r"(#,##)?0(?:\.(0+))?", form).groups()
    text = format_angka(Decimal(cell.value), len(decimals or ""))
    return text if grouped else text.replace(".", "")


@pytest.mark.parametrize("path", PLANS, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_number_for_a_workbook_is_shown_there_as_it_is_printed(path):
    _, plan, dokumen_id = opened(path)
    for name in MONTHLY:
        table = table_of(plan, dokumen_id, name)
        for row in itertools.chain(*table.body, table.total):
            for cell in row.cells:
                if cell.value is not None:
                    assert written(cell) == cell.text
                    assert not isinstance(cell.value, float)


@settings(max_examples=200)
@example("1.25", Style.ENGLISH)
@example("1,250", Style.ENGLISH)
@example("1.250", Style.INDONESIAN)
@given(st.text("0123456789.,- ", min_size=1, max_size=9), st.sampled_from(Style))
def test_any_target_that_is_a_number_for_a_workbook_is_shown_there_as_typed(text, style):
    cell = target(6, text, style)
    assert cell.text == text
    if cell.value is not None:
        assert written(cell) == text


def test_a_column_with_english_decimals_keeps_its_numbers():
    cells = with_indicator("1.25", {0: "0.37", 1: "1.25"})
    assert [cells[place].text for place in ((0, 4), (0, 6), (1, 6))] == ["1.25", "0.37", "1.25"]
    assert {cells[place].value for place in ((0, 4), (1, 6))} <= {None, Decimal("1.25")}
    assert cells[0, 6].value in (None, Decimal("0.37"))


def test_money_and_plain_numbers_are_numbers_and_other_targets_texts():
    plan, dokumen_id = sample_plan()
    cells = [c for block in table_of(plan, dokumen_id, "bulanan-eselon-ii").body for row in block for c in row.cells]
    money = [c for c in cells if c.col in (8, 10) and c.text]
    assert money
    assert all(isinstance(c.value, int) for c in money)
    targets = {c.text: c.value for c in cells if c.col in (4, 6)}
    assert targets["78,00"] == Decimal("78.00")
    assert targets["-"] is None


def with_indicator(target, months, satuan=None):
    """A plan with one sasaran and one indicator, typed month by month."""
    plan, dokumen_id = sample_plan("bekasi-2024")
    node = next(k for k in plan.all(Kinerja) if k.tingkat == "sasaran_kegiatan")
    old = plan.where(Indikator, "kinerja_id", node.id)[0]
    plan.apply(edits.set_field(old, "target", target))
    for place, text in months.items():
        plan.apply(edits.set_target(plan, plan.get(Indikator, old.id), place, text))
    cells = at([row for block in table_of(plan, dokumen_id, "bulanan-eselon-iii").body for row in block])
    start = next(r for (r, c), cell in cells.items() if (c, cell.text) == (2, old.uraian))
    return {(r - start, c): cell for (r, c), cell in cells.items() if c in (4, 6)}


@pytest.mark.parametrize(
    "text", ["A", "BB", "25%", "3 laporan Triwulan", "20 orang 10 koperasi", "0,37%", "007", "<b>x"]
)
def test_a_target_that_is_no_plain_number_stays_text(text):
    cells = with_indicator(text, {2: text})
    assert (cells[0, 4].text, cells[0, 4].value) == (text, None)
    assert (cells[2, 6].text, cells[2, 6].value) == (text, None)


def test_empty_dash_and_zero_are_three_things_in_a_target():
    cells = with_indicator("0", {0: "-", 1: "0"})
    assert [(cells[m, 6].text, cells[m, 6].value) for m in range(3)] == [("-", None), ("0", 0), ("", None)]
    assert (cells[0, 4].text, cells[0, 4].value) == ("0", 0)


def test_empty_and_zero_are_two_things_in_money():
    plan, dokumen_id = sample_plan()
    line = next(a for a in plan.all(Anggaran) if a.jenis == "program")
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    plan.apply(edits.set_cash(plan, line, 0, None, kumulatif=True))
    plan.apply(edits.set_cash(plan, line, 1, 0, kumulatif=True))
    plan.apply(edits.set_field(plan.get(Anggaran, line.id), "pagu", 0))
    body = [row for block in table_of(plan, dokumen_id, "bulanan-eselon-ii").body for row in block]
    start = next(r for (r, c), cell in at(body).items() if c == 7 and cell.text == line.nama)
    cells = at(body)
    assert (cells[start, 8].text, cells[start, 8].value) == ("-", 0)
    assert (cells[start, 10].text, cells[start, 10].value) == ("", None)
    assert (cells[start + 1, 10].text, cells[start + 1, 10].value) == ("-", 0)
    assert cells[start + 2, 10].text == dots(series.nilai[2])


def test_cash_typed_by_single_months_is_printed_as_running_totals():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    body = [row for block in table_of(plan, dokumen_id, "bulanan-eselon-iii").body for row in block]
    cells = at(body)
    start, line = next(
        (r, line)
        for (r, c), cell in cells.items()
        if c == 7
        for line in plan.all(Anggaran)
        if line.nama == cell.text and line.jenis == "kegiatan"
    )
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    assert (series.periode, series.kumulatif) == ("triwulan", 0)
    totals = list(itertools.accumulate(series.nilai[m] for m in (2, 5, 8, 11)))
    assert [cells[start + m, 10].value for m in (2, 5, 8, 11)] == totals
    assert [cells[start + m, 10].text for m in (0, 1, 3, 4)] == [""] * 4


def test_who_answers_for_the_budget_line_stands_before_who_answers_for_the_sasaran():
    plan, dokumen_id = sample_plan()
    plan.apply(edits.add_jabatan(plan, dokumen_id, "Bendahara"))
    treasurer = next(job for job in plan.all(Jabatan) if job.nama == "Bendahara")
    line = next(a for a in plan.all(Anggaran) if a.jenis == "kegiatan")
    plan.apply(edits.set_field(line, "penanggung_jawab_id", treasurer.id))
    cells = at([row for block in table_of(plan, dokumen_id, "bulanan-eselon-iii").body for row in block])
    starts = [r for (r, c), cell in cells.items() if c == 7 and cell.text == line.nama and cell.rows == 12]
    assert "Bendahara" in {cells[r, 11].text for r in starts}
    others = {cell.text for (r, c), cell in cells.items() if c == 11 and r not in starts}
    assert "Bendahara" not in others


def test_quarterly_targets_stand_in_the_month_that_closes_the_quarter():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    series = next(s for s in plan.all(DeretIndikator) if plan.get(Indikator, s.indikator_id).kinerja_id)
    assert series.periode == "triwulan"
    cells = at([row for block in table_of(plan, dokumen_id, "bulanan-eselon-ii").body for row in block])
    indikator = plan.get(Indikator, series.indikator_id)
    start = next(r for (r, c), cell in cells.items() if c == 2 and cell.text == indikator.uraian)
    assert [cells[start + m, 6].text for m in range(12)] == [text or "" for text in series.nilai]


@pytest.mark.parametrize("path", BULELENG, ids=lambda p: p.parent.name)
@pytest.mark.parametrize("name", MONTHLY)
def test_the_signature_stands_last_with_place_date_and_position(path, name):
    data, plan, dokumen_id = opened(path)
    signed = build_form(plan, dokumen_id, name).parts[-1]
    assert isinstance(signed, Signature)
    assert signed.tempat_tanggal == "Singaraja, 12 Oktober 2022"
    who = data["dokumen"]["penandatangan"]
    assert signed.jabatan == (who["jabatan"],)
    assert signed.nama == (who["nama"] or "")
    assert signed.nip == (who["nip"] or "")


def signed_after(**fields):
    plan, dokumen_id = sample_plan()
    for field, value in fields.items():
        plan.apply(edits.set_field(plan.get(Dokumen, dokumen_id), field, value))
    return build_form(plan, dokumen_id, "bulanan-staf").parts[-1]


def test_the_signature_groups_the_digits_of_a_nip():
    assert signed_after(ttd_nip="196707271995031006").nip == "19670727 199503 1 006"


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"tanggal": "2022-03"}, "Singaraja, Maret 2022"),
        ({"tanggal": None}, f"Singaraja, {'.' * 24} 2022"),
        ({"tempat": None}, "Singaraja, 12 Oktober 2022"),
    ],
)
def test_place_and_date_are_printed_as_far_as_they_are_known(fields, printed):
    assert signed_after(**fields).tempat_tanggal == printed


def test_an_acting_head_signs_as_one():
    assert signed_after(ttd_plt=1, ttd_jabatan="Kepala Dinas").jabatan == ("Plt. Kepala Dinas",)
    assert signed_after(ttd_plt=1, ttd_jabatan="Plt. Kepala Dinas").jabatan == ("Plt. Kepala Dinas",)


def test_a_document_without_a_signing_position_is_signed_by_the_head_of_the_agency():
    (jabatan,) = signed_after(ttd_jabatan=None).jabatan
    assert jabatan == (
        "Kepala Dinas Perdagangan, Perindustrian dan Koperasi, Usaha Kecil dan Menengah Kabupaten Buleleng"
    )


@pytest.mark.parametrize("name", MONTHLY)
def test_the_page_is_f4_landscape(name):
    plan, dokumen_id = sample_plan()
    page = build_form(plan, dokumen_id, name).page
    assert (page.paper.name, page.width, page.height) == ("F4", 330, 215)


def test_a_plan_without_rows_of_a_level_gives_an_empty_form_that_can_be_signed():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    form = build_form(plan, dokumen_id, "bulanan-staf")
    assert form.empty
    assert isinstance(form.parts[-1], Signature)
    assert not build_form(plan, dokumen_id, "bulanan-eselon-ii").empty


def test_a_form_that_does_not_exist_is_refused_with_those_that_do():
    plan, dokumen_id = sample_plan()
    with pytest.raises(PlanError, match=r"'tahunan'.*bulanan-eselon-ii.*bulanan-staf"):
        build_form(plan, dokumen_id, "tahunan")


def test_what_is_merged_over_the_months_is_printed_again_on_the_next_page_and_the_months_are_not():
    plan, dokumen_id = sample_plan()
    for name in MONTHLY:
        for block in table_of(plan, dokumen_id, name).body:
            cells = [cell for row in block[-12:] for cell in row.cells]
            assert all(cell.repeat == (cell.rows > 1) for cell in cells if cell.text)


def all_cells(plan, dokumen_id, name):
    return at([row for block in table_of(plan, dokumen_id, name).body for row in block])


def stored(plan, key):
    """The value that a key names, as text of the paper."""
    table, row_id, column = key.split("/")
    if not table.startswith("deret_"):
        value = getattr(plan.find(TABLES[table], row_id), column)
        return dots(value) if column == "pagu" else value or ""
    jenis, _, month = column.partition(".b")
    owner = "indikator_id" if table == "deret_indikator" else "anggaran_id"
    series = plan.one(TABLES[table], owner, row_id, jenis)
    value = series.nilai[int(month) - 1] if series else None
    return dots(value) if table == "deret_anggaran" else value or ""


@pytest.mark.parametrize("path", PLANS, ids=lambda p: f"{p.parent.name}-{p.name}")
@pytest.mark.parametrize("name", MONTHLY)
def test_a_key_names_the_very_value_that_its_cell_shows(path, name):
    _, plan, dokumen_id = opened(path)
    cells = all_cells(plan, dokumen_id, name)
    for cell in cells.values():
        if cell.key:
            assert cell.text == stored(plan, cell.key)
    if path.name.startswith("buleleng"):
        money, targets = (
            (10, "deret_anggaran/") if name != "bulanan-staf" else (None, ""),
            (6, "deret_indikator/"),
        )
        for col, start in (money, targets):
            assert all(cell.key.startswith(start) for (_, c), cell in cells.items() if c == col)


def test_what_is_added_up_or_turned_into_another_view_has_no_key():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    cells = all_cells(plan, dokumen_id, "bulanan-eselon-iii")
    assert not any(cell.key for (_, c), cell in cells.items() if c == 10)
    line = next(a for a in plan.all(Anggaran) if a.jenis == "program")
    plan.apply(edits.set_field(line, "pagu", None))
    cells = all_cells(plan, dokumen_id, "bulanan-eselon-ii")
    row = next(r for (r, c), cell in cells.items() if c == 7 and cell.text == line.nama)
    assert (cells[row, 8].text, cells[row, 8].key) == (dots(line.pagu), "")


def test_the_year_is_a_live_sum_only_where_its_months_add_up_to_it():
    typed = {"akumulasi": "jumlah", "target": "6"}
    assert year_cell({1: "2", 5: "-", 8: "4"}, **typed).sum_from == (6,)
    assert year_cell({1: "2", 5: "4", 8: "6"}, **typed).sum_of is None
    assert year_cell({1: "2", 8: "4"}, akumulasi="kumulatif", target="6").sum_of is None
    assert year_cell({1: "2%", 8: "4%"}, akumulasi="jumlah", target="6%").sum_of is None
    assert year_cell({1: "2,5", 8: "3,5"}, akumulasi="jumlah", target="6,0").sum_from == (6,)


def year_cell(months, **fields):
    """The annual target's cell of an indicator; where it is a sum, of the twelve months beside it."""
    plan, dokumen_id = sample_plan("bekasi-2024")
    node = [k for k in plan.all(Kinerja) if k.tingkat == "sasaran_individu"][3]
    indikator = plan.where(Indikator, "kinerja_id", node.id)[0]
    for field, value in fields.items():
        plan.apply(edits.set_field(plan.get(Indikator, indikator.id), field, value))
    for place, text in months.items():
        plan.apply(edits.set_target(plan, plan.get(Indikator, indikator.id), place, text))
    cells = all_cells(plan, dokumen_id, "bulanan-staf")
    row = next(r for (r, _), cell in cells.items() if cell.key == f"indikator/{indikator.id}/uraian")
    year = cells[row, 4]
    assert year.sum_of is None or year.sum_of == tuple(range(row, row + 12))
    assert sum(cells[r, 6].value or 0 for r in year.sum_of or ()) == (year.value if year.sum_of else 0)
    return year


def titles_of(plan, dokumen_id, name):
    return [text.plain for text in table_of(plan, dokumen_id, name).title]


def test_a_plan_by_quarters_is_told_apart_on_monthly_forms():
    said = "diisi per triwulan: nilai berdiri pada bulan penutup triwulan (Maret, Juni, September, Desember)."
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    assert titles_of(plan, dokumen_id, "bulanan-eselon-iii")[-1] == f"Target {said}"
    for name in MONTHLY:
        assert not any(said in text for text in titles_of(*sample_plan(), name))
    line = next(a for a in plan.all(Anggaran) if a.jenis == "kegiatan" and plan.where(Dukungan, "anggaran_id", a.id))
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    plan.apply([Change(before=series, after=replace(series, periode="bulan"))])
    assert titles_of(plan, dokumen_id, "bulanan-eselon-iii")[-1] == f"Sebagian target {said}"

"""The printed list of findings: every line of the checks, in bands, in order; the accepted ones at the end."""

from io import BytesIO

import pytest
from checks_plans import DOKUMEN, OPD
from openpyxl import load_workbook
from plan_json import assert_sound, body, tables, texts

from models.plan import Plan
from models.rows import Dokumen
from services.accepting import accept
from services.checks import Checks, grouped
from services.checks.rules import RULES
from services.checks.where import Places
from services.forms.daftar_temuan import build
from services.render.pdf import render_pdf
from services.render.xlsx import render_xlsx
from services.rollup import RollUp
from services.samples import sample_plan
from services.terms import LEVELS

WHEN = "2026-11-22T10:00:00+08:00"
SAMPLES = ("buleleng-2022", "lombok-tengah-2022", "bone-2023", "lampung-2019", "bekasi-2024")


def made(plan, dokumen_id):
    form = build(plan, plan.get(Dokumen, dokumen_id), "daftar-temuan")
    (table,) = tables(form)
    return form, texts(body(table), 10)


def is_band(row):
    return not any(row[1:])


@pytest.mark.parametrize("name", SAMPLES)
def test_every_line_of_the_checks_is_a_row_below_the_band_of_its_level(name):
    plan, dokumen_id = sample_plan(name)
    form, rows = made(plan, dokumen_id)
    groups = grouped(Checks(plan, RollUp(plan)).of(dokumen_id))
    assert_sound(form)
    assert form.page.landscape
    assert form.filled
    lines = [row for row in rows if not is_band(row)]
    assert [row[0] for row in lines] == [str(n) for n in range(1, len(groups) + 1)]
    assert [row[1] for row in lines] == [f"{RULES[g.first.kode]} ({g.first.kode})" for g in groups]
    places = Places(plan)
    assert [row[2] for row in lines] == [places.name(g.first.tabel, g.first.row_id) for g in groups]
    for row, group in zip(lines, groups, strict=True):
        assert row[7].startswith(group.pesan)
        assert row[9] == ""
    counts = [(level, sum(g.first.tingkat == level for g in groups)) for level in LEVELS]
    assert [row[0] for row in rows if is_band(row)] == [f"{level.capitalize()} ({n})" for level, n in counts if n]


def test_amounts_periods_and_the_one_in_charge():
    plan, dokumen_id = sample_plan("buleleng-2022")
    _, rows = made(plan, dokumen_id)
    over = next(row for row in rows if "KAS-LEBIH" in row[1])
    assert over[3:7] == ["November", "1.596.771.884", "maks. 1.587.538.237", "9.233.647"]
    assert over[7] == "Kas sampai November melebihi pagu. 2 temuan lanjutan."
    assert over[8] == "KEPALA BIDANG PUM"
    several = next(row for row in rows if row[3] == "April sampai Oktober")
    assert several[7].endswith("Angka di samping: April.")


def test_accepted_findings_stand_at_the_end_with_reason_who_and_when():
    plan, dokumen_id = sample_plan("buleleng-2022")
    group = next(g for g in grouped(Checks(plan, RollUp(plan)).of(dokumen_id)) if g.first.kode == "KAS-TURUN")
    plan.apply(accept(plan, dokumen_id, group.findings, "Sesuai dokumen", "sri", WHEN))
    _, rows = made(plan, dokumen_id)
    assert rows[0][0] == "Galat (1)"
    assert rows[-2][0] == "Diterima dengan alasan (1)"
    assert rows[-1][9] == "Sesuai dokumen (sri, 22 November 2026)"
    assert rows[-1][7] == group.pesan


def test_a_plan_without_findings_has_nothing_to_print():
    plan = Plan([OPD, DOKUMEN])
    assert list(Checks(plan, RollUp(plan)).of("d")) == []
    form, rows = made(plan, "d")
    assert rows == []
    assert form.filled is False
    assert form.empty


def test_it_becomes_a_pdf_and_a_workbook_with_amounts_as_numbers():
    plan, dokumen_id = sample_plan("buleleng-2022")
    form, rows = made(plan, dokumen_id)
    pdf, xlsx = BytesIO(), BytesIO()
    render_pdf(form, pdf)
    assert pdf.getvalue().startswith(b"%PDF")
    render_xlsx(form, xlsx)
    sheet = load_workbook(xlsx).worksheets[0]
    values = {cell.value for line in sheet.iter_rows() for cell in line}
    assert {1_596_771_884, 9_233_647, "maks. 1.587.538.237"} <= values
    assert {row[0] for row in rows if is_band(row)} <= values

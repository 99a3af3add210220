"""Semula dan menjadi: what was edited is marked and nothing else, the sums are those of the programs, and it prints."""

import io
import re
import sys
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from plan_json import assert_covered
from random_edits import changes_of, sequences

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Dokumen, Indikator, Kinerja, Opd
from services import edits
from services.export import render
from services.forms.parts import Signature, Table
from services.forms.semula_menjadi import FIRST_STAGE, ONE_STAGE, build
from services.forms.semula_sel import MARK
from services.samples import sample_plan
from services.tahap import new_stage

SAMPLES = ["bekasi-2024", "bone-2023", "buleleng-2022", "lampung-2019", "lombok-tengah-2022"]
NAMA, SEMULA, MENJADI, SELISIH, PERSEN, KETERANGAN = 2, 4, 5, 6, 7, 16


def two_stages(sample):
    """(plan, id of the first document, id of its copy)"""
    plan, first_id = sample_plan(sample)
    changes, fresh_id = new_stage(plan, first_id)
    plan.apply(changes)
    return plan, first_id, fresh_id


@pytest.fixture
def lombok():
    return two_stages("lombok-tengah-2022")


def form_of(plan, dokumen_id):
    return build(plan, plan.get(Dokumen, dokumen_id), "semula-menjadi")


def tables(plan, dokumen_id):
    return [part for part in form_of(plan, dokumen_id).parts if isinstance(part, Table)]


def body(table):
    return [row for block in table.body for row in block]


def cells(table):
    return [cell for row in body(table) for cell in row.cells]


def marks(plan, dokumen_id):
    return [cell for table in tables(plan, dokumen_id) for cell in cells(table) if cell.fill == MARK]


def row_of(table, text):
    """{column: cell} of the row that has this text."""
    (row,) = [row for row in body(table) if any(cell.text.strip() == text for cell in row.cells)]
    return {cell.col: cell for cell in row.cells}


def edit(plan, row, **values):
    plan.apply([Change(row, replace(row, **values))])


def number(text):
    """What a printed amount says, in whole units."""
    digits = int(re.sub(r"\D", "", text) or 0)
    return -digits if text.startswith("(") else digits


# One stage


def test_a_plan_of_one_stage_says_what_to_do():
    plan, dokumen_id = sample_plan()
    form = form_of(plan, dokumen_id)
    assert form.empty
    assert form.parts[-1].plain == ONE_STAGE
    assert not any(isinstance(part, Table | Signature) for part in form.parts)


def test_the_first_of_two_stages_says_that_it_is_the_first(lombok):
    plan, first_id, _ = lombok
    form = form_of(plan, first_id)
    assert form.empty
    assert form.parts[-1].plain == FIRST_STAGE


# Two stages


def test_the_titles_name_both_stages(lombok):
    plan, _, fresh_id = lombok
    form = form_of(plan, fresh_id)
    anggaran, kinerja, signed = form.parts
    assert [text.plain for text in anggaran.title] == [
        "PERUBAHAN RENCANA AKSI (SEMULA - MENJADI)",
        "DINAS KOPERASI DAN UKM KABUPATEN LOMBOK TENGAH",
        "TAHUN 2022",
        "Semula: Murni. Menjadi: Perubahan 1. Yang berubah dicetak tebal dengan latar kuning.",
        "A. ANGGARAN",
    ]
    assert [text.plain for text in kinerja.title] == ["B. KINERJA"]
    assert isinstance(signed, Signature)
    assert form.page.landscape
    assert form.page.paper.name == "F4"


@pytest.mark.parametrize("sample", SAMPLES)
def test_an_untouched_copy_has_every_line_and_no_mark(sample):
    plan, _, fresh_id = two_stages(sample)
    assert marks(plan, fresh_id) == []
    parts = tables(plan, fresh_id)
    texts = [cell.text for table in parts for cell in cells(table)]
    keys = [cell.key for table in parts for cell in cells(table) if cell.key]
    assert len(keys) == len(set(keys))
    for line in plan.where(Anggaran, "dokumen_id", fresh_id):
        assert f"anggaran/{line.id}/nama" in keys
    for indikator in plan.where(Indikator, "dokumen_id", fresh_id):
        assert f"indikator/{indikator.id}/uraian" in keys
    for node in plan.where(Kinerja, "dokumen_id", fresh_id):
        assert (node.uraian or "").strip() in texts
    letters = [table.title[-1].plain[0] for table in parts]
    assert letters == ["A", "B"][: len(parts)]
    assert len(parts) == (1 if sample == "bekasi-2024" else 2)


@settings(max_examples=25)
@given(sequences)
def test_the_grid_has_no_gap_and_no_overlap_after_any_edits(steps):
    plan, first_id, fresh_id = two_stages("lombok-tengah-2022")
    for step in steps:
        plan.apply(changes_of(plan, fresh_id, step))
    for table in tables(plan, fresh_id):
        assert_covered(table.header, len(table.widths))
        assert_covered(body(table), len(table.widths))
        assert sum(table.widths) == pytest.approx(310)
        if table.total:
            assert_covered(table.total, len(table.widths))
            assert_sums(plan, table, (first_id, fresh_id))


def assert_sums(plan, table, documents):
    """The total row holds the sums of its rows, and those of the plan's programs."""
    grid = {(r, cell.col): cell for r, row in enumerate(body(table)) for cell in row.cells}
    for cell in table.total[0].cells:
        if cell.sum_of is not None:
            assert cell.value == sum(grid[r, cell.col].value for r in cell.sum_of)
            assert number(cell.text) == cell.value
    total = {cell.col: cell.value for cell in table.total[0].cells}
    for col, dokumen_id in zip((SEMULA, MENJADI), documents, strict=True):
        programs = [a for a in plan.where(Anggaran, "dokumen_id", dokumen_id) if a.jenis == "program"]
        if all(line.pagu is not None for line in programs):
            assert (total[col] or 0) == sum(line.pagu for line in programs)
    assert (total[SELISIH] or 0) == (total[MENJADI] or 0) - (total[SEMULA] or 0)


def test_lines_are_numbered_as_they_hang_and_a_removed_one_has_no_number(lombok):
    plan, _, fresh_id = lombok
    removed = [a for a in plan.where(Anggaran, "dokumen_id", fresh_id) if a.jenis == "program"][1]
    plan.apply(edits.remove(plan, removed))
    found = [cell.text for cell in cells(tables(plan, fresh_id)[0]) if cell.col == 0]
    assert found[:10] == ["1", "1.1", "1.1.1", "", "", "", "", "2", "2.1", "2.1.1"]


def test_a_changed_pagu_is_marked_alone_and_its_difference_is_worked_out(lombok):
    plan, _, fresh_id = lombok
    line = next(a for a in plan.where(Anggaran, "dokumen_id", fresh_id) if a.jenis == "sub_kegiatan")
    edit(plan, line, pagu=line.pagu - 1_234_000)
    (cell,) = marks(plan, fresh_id)
    assert (cell.key, cell.bold, cell.value) == (f"anggaran/{line.id}/pagu", True, line.pagu - 1_234_000)
    row = row_of(tables(plan, fresh_id)[0], line.nama)
    assert (row[SEMULA].value, row[SEMULA].bold) == (line.pagu, False)
    assert (row[SELISIH].text, row[SELISIH].value) == ("(1.234.000)", -1_234_000)
    assert row[SELISIH].format == '[$-421]#,##0;[$-421](#,##0);"-"'
    share = Decimal(-1_234_000) * 100 / line.pagu
    assert row[PERSEN].value == pytest.approx(share, abs=Decimal("0.0001"))
    assert row[PERSEN].text == f"({abs(share):.2f})".replace(".", ",")
    assert row[KETERANGAN].text == ""


def test_a_rise_has_no_parentheses_and_a_pagu_from_nothing_no_share(lombok):
    plan, first_id, fresh_id = lombok
    first, second = [a for a in plan.where(Anggaran, "dokumen_id", fresh_id) if a.jenis == "sub_kegiatan"][:2]
    origin = [a for a in plan.where(Anggaran, "dokumen_id", first_id) if a.jenis == "sub_kegiatan"][1]
    edit(plan, first, pagu=first.pagu * 2)
    edit(plan, origin, pagu=0)
    table = tables(plan, fresh_id)[0]
    assert row_of(table, first.nama)[PERSEN].text == "100,00"
    assert not row_of(table, first.nama)[SELISIH].text.startswith("(")
    row = row_of(table, second.nama)
    assert (row[SEMULA].text, row[SELISIH].value, row[PERSEN].text) == ("-", second.pagu, "")


def test_cash_of_a_quarter_is_marked_in_its_quarter(lombok):
    plan, _, fresh_id = lombok
    line = next(a for a in plan.where(Anggaran, "dokumen_id", fresh_id) if a.jenis == "sub_kegiatan")
    plan.apply(edits.set_cash(plan, line, 8, 77_000, kumulatif=False))
    (cell,) = marks(plan, fresh_id)
    assert (cell.col, cell.value, cell.key) == (13, 77_000, f"deret_anggaran/{line.id}/kas.b09")
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    edit(plan, series, kumulatif=1, nilai=tuple(v and 10**9 + m for m, v in enumerate(series.nilai)))
    keys = [c.key for c in cells(tables(plan, fresh_id)[0]) if c.key.startswith(f"deret_anggaran/{line.id}/")]
    assert keys == []


def test_both_names_are_shown_where_a_name_changed(lombok):
    plan, _, fresh_id = lombok
    line = next(a for a in plan.where(Anggaran, "dokumen_id", fresh_id) if a.jenis == "kegiatan")
    edit(plan, line, nama="Kegiatan Baru", kode="2.17.01")
    name, kode, note = sorted(marks(plan, fresh_id), key=lambda cell: (cell.col != NAMA, cell.col))
    assert name.text.replace("\u00a0", "") == f"Kegiatan Baru\nSemula: {line.nama}"
    assert (name.col, name.bold, name.key) == (NAMA, True, "")
    assert re.fullmatch(r"2\.17\.01\nSemula: [0-9.]+", kode.text)
    assert note.text == "Nama berubah, kode berubah"


def test_a_new_a_removed_and_a_moved_line_say_so(lombok):
    plan, _, fresh_id = lombok
    lines = plan.where(Anggaran, "dokumen_id", fresh_id)
    programs = [a for a in lines if a.jenis == "program"]
    kegiatan = [a for a in lines if a.jenis == "kegiatan"]
    subs = [a for a in lines if a.jenis == "sub_kegiatan"]
    gone, moved = subs[3], subs[10]
    plan.apply(edits.remove(plan, gone))
    plan.apply(edits.set_field(moved, "induk_id", next(k.id for k in kegiatan if k.id != moved.induk_id)))
    fresh = replace(programs[0], id="baru", asal_id=None, kode=None, nama="PROGRAM BARU", pagu=5_000_000, urutan=10**9)
    plan.apply([Change(None, fresh)])
    table = tables(plan, fresh_id)[0]
    removed = row_of(table, gone.nama)
    assert (removed[KETERANGAN].text, removed[MENJADI].text, removed[0].text) == ("Dihapus", "", "")
    assert (removed[SELISIH].value, removed[PERSEN].text) == (-gone.pagu, "(100,00)")
    assert {cell.col for cell in removed.values() if cell.fill == MARK} >= {NAMA, MENJADI, KETERANGAN}
    assert row_of(table, moved.nama)[KETERANGAN].text == "Pindah"
    added = row_of(table, "PROGRAM BARU")
    assert (added[KETERANGAN].text, added[SEMULA].text, added[SELISIH].text) == ("Baru", "", "5.000.000")
    before, after = (next(c for c in table.total[0].cells if c.col == col) for col in (SEMULA, MENJADI))
    assert after.value == before.value + 5_000_000
    assert len(after.sum_of) == len(before.sum_of) + 1 == len(programs) + 1


def test_a_changed_target_and_the_month_that_it_stands_in(lombok):
    plan, _, fresh_id = lombok
    series = plan.where(DeretIndikator, "dokumen_id", fresh_id)[5]
    indikator = plan.get(Indikator, series.indikator_id)
    plan.apply(edits.set_target(plan, indikator, 5, "41,5"))
    edit(plan, indikator, target="99")
    target, quarter = marks(plan, fresh_id)
    assert (target.text, target.value, target.key) == ("99", 99, f"indikator/{indikator.id}/target")
    assert (quarter.text, quarter.value) == ("41,5", Decimal("41.5"))
    assert quarter.key == f"deret_indikator/{indikator.id}/target.b06"
    assert (target.col, quarter.col) == (7, 11)


def test_months_that_add_up_are_shown_as_quarters_without_a_key():
    plan, _, fresh_id = two_stages("buleleng-2022")
    series = next(
        s for s in plan.where(DeretIndikator, "dokumen_id", fresh_id) if s.jenis == "target" and s.periode == "bulan"
    )
    indikator = plan.get(Indikator, series.indikator_id)
    edit(plan, indikator, akumulasi="jumlah", target="12")
    edit(plan, series, nilai=("1",) * 12)
    anggaran, kinerja = tables(plan, fresh_id)
    assert anggaran.title[3].plain.endswith(" latar kuning. Angka triwulan dihitung dari target per bulan.")
    (row,) = [row for row in body(kinerja) if any(c.key == f"indikator/{indikator.id}/target" for c in row.cells)]
    quarters = [cell for cell in row.cells if cell.col in (9, 11, 13, 15)]
    assert [(cell.text, cell.value, cell.key) for cell in quarters] == [("3", 3, "")] * 4


def test_sasaran_and_indicators_that_changed_say_so(lombok):
    plan, first_id, fresh_id = lombok
    nodes = plan.where(Kinerja, "dokumen_id", fresh_id)
    first = next(n for n in nodes if plan.where(Indikator, "kinerja_id", n.id))
    indikator = plan.where(Indikator, "kinerja_id", first.id)[0]
    edit(plan, first, uraian="Sasaran baru dirumuskan")
    edit(plan, indikator, satuan="Paket")
    plan.apply(edits.add_indikator(plan, first))
    plan.apply(edits.remove(plan, next(n for n in nodes[1:] if plan.where(Indikator, "kinerja_id", n.id))))
    plan.apply(edits.add_kinerja(plan, fresh_id, "sasaran_kegiatan", None))
    table = tables(plan, fresh_id)[1]
    notes = [cell.text for cell in cells(table) if cell.col == KETERANGAN and cell.text]
    assert notes == ["Sasaran berubah, satuan berubah", "Indikator baru", "Sasaran dihapus", "Sasaran baru"]
    name = next(cell for cell in cells(table) if "dirumuskan" in cell.text)
    assert (name.rows, name.fill) == (2, MARK)
    was = plan.where(Kinerja, "dokumen_id", first_id)[0].uraian
    assert name.text == f"Sasaran baru dirumuskan\nSemula: {was}"
    unit = next(cell for cell in cells(table) if cell.text.startswith("Paket"))
    assert unit.text == f"Paket\nSemula: {indikator.satuan}"


# On paper and in a workbook


def changed(plan, fresh_id):
    """Some of everything that can change."""
    lines = plan.where(Anggaran, "dokumen_id", fresh_id)
    subs = [a for a in lines if a.jenis == "sub_kegiatan"]
    edit(plan, subs[0], pagu=subs[0].pagu - 1_234_000)
    edit(plan, subs[1], nama="Nama yang Baru Sekali")
    plan.apply(edits.remove(plan, subs[2]))
    return subs


def test_it_prints_with_both_names_and_amounts(lombok):
    plan, _, fresh_id = lombok
    changed(plan, fresh_id)
    out = io.BytesIO()
    render(form_of(plan, fresh_id), "pdf", out)
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
        assert all((page.get_width(), page.get_height()) == pytest.approx((935.4, 609.4), abs=0.2) for page in pdf)
        yellow = pdf[0].render(scale=1).to_pil().convert("RGB").getcolors(1 << 20)
    text = "\n".join(pages)
    for wanted in ("PERUBAHAN RENCANA AKSI", "(1.234.000)", "Nama yang Baru Sekali", "Semula: ", "Dihapus", "Jumlah"):
        assert wanted in text
    assert all("Menjadi" in page for page in pages)
    assert sum(count for count, colour in yellow if colour == (0xFD, 0xE9, 0xA9)) > 500


def test_the_workbook_marks_adds_up_and_puts_what_was_lost_in_parentheses(lombok):
    plan, _, fresh_id = lombok
    subs = changed(plan, fresh_id)
    out = io.BytesIO()
    render(form_of(plan, fresh_id), "xlsx", out)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    there = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    lost = there[-1_234_000]
    assert lost.number_format == '[$-421]#,##0;[$-421](#,##0);"-"'
    now = sheet.cell(lost.row, lost.column - 1)
    assert (now.value, now.fill.fgColor.rgb, now.font.bold) == (subs[0].pagu - 1_234_000, "FFFDE9A9", True)
    total = there["Jumlah"]
    formulas = [str(cell.value) for cell in sheet[total.row] if str(cell.value).startswith("=")]
    assert len(formulas) == 11
    assert all(formula.startswith("=SUM(") for formula in formulas)


def calls(work):
    """How many calls of functions the work makes."""
    count = 0

    def counted(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def grown(size):
    """A plan of that many budget lines with an indicator each, and a copy without every fifth line."""
    rows = [Opd(id="o", urutan=1, nama="Dinas")]
    rows.append(Dokumen(id="m", opd_id="o", urutan=1, judul="J", tahun=2024, tahap="murni"))
    for i in range(size):
        jenis, induk = ("program", None) if i % 10 == 0 else ("kegiatan", f"a{i - i % 10}")
        rows.append(
            Anggaran(id=f"a{i}", dokumen_id="m", urutan=i, jenis=jenis, induk_id=induk, nama=f"Nama {i % 7}", pagu=i)
        )
        rows.append(Indikator(id=f"i{i}", dokumen_id="m", urutan=i, anggaran_id=f"a{i}", uraian=f"U {i % 3}"))
    plan = Plan(rows)
    changes, fresh_id = new_stage(plan, "m")
    plan.apply(changes)
    for line in plan.where(Anggaran, "dokumen_id", fresh_id)[3::5]:
        plan.apply(edits.remove(plan, line))
    return plan, fresh_id


def test_the_cost_is_linear_in_the_plan():
    costs = []
    for size in (600, 1200):
        plan, fresh_id = grown(size)
        costs.append(calls(lambda plan=plan, fresh_id=fresh_id: form_of(plan, fresh_id)))
        anggaran, kinerja = tables(plan, fresh_id)
        assert len(body(anggaran)) == size
        assert len(body(kinerja)) == size + 2
        notes = [cell.text for cell in cells(anggaran) if cell.col == KETERANGAN and cell.text]
        assert notes == ["Dihapus"] * (size // 5)
    assert costs[1] < 2.2 * costs[0]

"""The quarterly form of performance and budget, beside the interchange files; nothing of the form is used for that."""

import itertools
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from plan_json import assert_covered, at, dots
from random_edits import changes_of, sequences

from models.changes import Change
from models.plan import Plan
from models.rows import TABLES, Anggaran, DeretAnggaran, Dokumen, Dukungan, Indikator, Kinerja
from services import edits
from services.export import write_form
from services.forms import build_form
from services.forms.parts import Signature, Table
from services.forms.triwulan_anggaran import build
from services.interchange import import_changes
from services.samples import sample_plan

ROOT = Path(__file__).resolve().parents[2]
PLACES = [ROOT / "resources" / "contoh", ROOT.parent / "shared" / "data"]
PLANS = [path for place in PLACES for path in sorted(place.glob("*.renaksi.json"))]
WHOLE = [path for path in PLANS if path.name.startswith(("lombok", "bone"))]
SASARAN = ("sasaran_strategis", "sasaran_program", "sasaran_kegiatan", "sasaran_sub_kegiatan")
NAME = "triwulan-anggaran"


def label(path):
    return f"{path.parent.name}-{path.name.partition('.')[0]}"


def form_of(plan, dokumen_id):
    return build(plan, plan.get(Dokumen, dokumen_id), NAME)


def opened(path):
    """(the JSON, the plan that it imports into, the form of its document)"""
    data = json.loads(path.read_text(encoding="utf-8"))
    plan = Plan()
    dokumen_id, changes = import_changes(data, plan)
    plan.apply(changes)
    return data, plan, form_of(plan, dokumen_id)


def table_of(form):
    (table,) = [part for part in form.parts if isinstance(part, Table)]
    return table


def body_of(form):
    return [row for block in table_of(form).body for row in block]


def lines_below(data, top):
    """A budget line and all below it, as the data has them one after another."""
    yield top
    for line in data["anggaran"]:
        if line.get("induk") == top["id"]:
            yield from lines_below(data, line)


def performance(indicator):
    """Columns 3 to 9 of an indicator that has quarters, or none."""
    if indicator is None:
        return ("",) * 7
    four = (indicator.get("target_periode") or {"nilai": [None] * 4})["nilai"]
    return (indicator["uraian"], indicator.get("satuan") or "", indicator["target"], *(text or "" for text in four))


def expected_rows(data):
    """Each row as the paper of Lombok Tengah sets it: (number, sasaran) where they change, columns 3 to 15, and who."""
    lines = {line["id"]: line for line in data["anggaran"]}
    nodes = {node["id"]: node for node in data["kinerja"]}
    posts = {post["id"]: post["nama"] for post in data["jabatan"]}
    beside = {link["anggaran"]: nodes[link["kinerja"]] for link in data["dukungan"]}
    made = []
    for node in (node for node in data["kinerja"] if node["tingkat"] == "sasaran_strategis"):
        for indicator in node["indikator"]:
            made.append((node, (*performance(indicator), *("",) * 6), None))
        links = [link["anggaran"] for link in data["dukungan"] if link["kinerja"] == node["id"]]
        for top in (lines[link] for link in links if lines[link]["jenis"] == "program"):
            under, stack = node, {}
            for line in lines_below(data, top):
                under = stack[line["id"]] = beside.get(line["id"]) or stack.get(line.get("induk")) or node
                four = (line.get("kas") or {"nilai": [None] * 4})["nilai"]
                name = line["nama"].upper() if line["jenis"] == "program" else line["nama"]
                money = (name, dots(line["pagu"]), *map(dots, four))
                for i, indicator in enumerate(line["indikator"] or [None]):
                    made.append((under, (*performance(indicator), *(money if i == 0 else ("",) * 6)), (top, line)))
    rows, before = [], None
    for node, columns, place in made:
        mark = (node.get("nomor") or "", node["uraian"]) if node is not before else None
        who = posts.get((place[1].get("penanggung_jawab") or place[0].get("penanggung_jawab")) if place else None, "")
        rows.append((mark, columns, who))
        before = node
    return rows


@pytest.mark.parametrize("path", WHOLE, ids=label)
def test_every_row_of_the_paper_stands_there_in_order(path):
    data, _, form = opened(path)
    rows = body_of(form)
    cells = at(rows)
    wanted = expected_rows(data)
    assert len(rows) == len(wanted)
    covering = {}
    for (r, col), cell in cells.items():
        for down in range(cell.rows):
            covering[r + down, col] = cell
    for r, (mark, columns, who) in enumerate(wanted):
        assert tuple(cells[r, col].text if (r, col) in cells else "" for col in range(2, 15)) == columns
        there = (cells[r, 0].text, cells[r, 1].text) if (r, 1) in cells else None
        assert there == mark
        assert covering[r, 15].text == who


@pytest.mark.parametrize("path", [p for p in PLANS if p.name.startswith("lombok")], ids=label)
def test_lombok_tengah_has_its_titles_blocks_totals_and_signature(path):
    data, _, form = opened(path)
    table = table_of(form)
    assert [text.plain for text in table.title] == [
        "RENCANA AKSI KINERJA DINAS KOPERASI KABUPATEN LOMBOK TENGAH",
        "TAHUN 2022",
    ]
    (total,) = table.total
    money = [cell for cell in total.cells if 10 <= cell.col <= 14]
    assert total.cells[0].text == "Jumlah"
    assert [cell.value for cell in money] == [entry["nilai"] for entry in data["total_tercetak"]]
    programs = [line for line in data["anggaran"] if line["jenis"] == "program"]
    cells = at(body_of(form))
    for cell in money:
        assert sum(cells[row, cell.col].value or 0 for row in cell.sum_of) == cell.value
        assert not cell.sum_from
    assert [cells[row, 9].text for row in money[0].sum_of] == [line["nama"] for line in programs]
    bold = [cell.text for (_, col), cell in cells.items() if col == 9 and cell.bold]
    assert bold == [line["nama"] for line in programs]
    assert all(cells[row, col].bold for row in money[0].sum_of for col in range(9, 15))

    assert len(table.body) == 14
    signed = form.parts[-1]
    assert isinstance(signed, Signature)
    assert signed.tempat_tanggal == "Praya, Maret 2022"
    assert signed.jabatan == ("Kepala Dinas Koperasi dan UKM", "Kabupaten Lombok Tengah")
    assert signed.nip == ("19670727 199503 1 006" if data["dokumen"]["penandatangan"]["nip"] else "")


def test_who_answers_is_merged_over_the_lines_of_a_program_and_so_is_what_nobody_answers_for():
    _, _, form = opened(PLACES[0] / "lombok-tengah-2022.renaksi.json")
    merged = [(cell.text[:13], cell.rows) for (_, col), cell in at(body_of(form)).items() if col == 15]
    assert merged[:4] == [("", 1), ("Kepala Bidang", 3), ("", 4), ("Kepala Bidang", 4)]
    assert merged[-1] == ("Sekretaris", 25)


def test_the_header_is_that_of_the_paper():
    _, _, form = opened(PLACES[0] / "lombok-tengah-2022.renaksi.json")
    table = table_of(form)
    assert_covered(table.header, 16)
    assert sum(table.widths) == pytest.approx(310)
    texts = [[(cell.col, cell.text, cell.cols, cell.rows) for cell in row.cells] for row in table.header]
    assert texts[0] == [
        (0, "No", 1, 3),
        (1, "Sasaran Strategis", 1, 3),
        (2, "Indikator Kinerja", 1, 3),
        (3, "Satuan", 1, 3),
        (4, "Target Kinerja", 1, 3),
        (5, "Rencana Aksi per Triwulan", 4, 2),
        (9, "Program/Kegiatan", 1, 3),
        (10, "ANGGARAN APBD", 5, 1),
        (15, "Penanggung Jawab", 1, 3),
    ]
    assert texts[1] == [(10, "(Rp)", 1, 2), (11, "Rencana Aksi per Triwulan", 4, 1)]
    assert [(col, text) for col, text, _, _ in texts[2]] == [
        *((5, "I"), (6, "II"), (7, "III"), (8, "IV"), (11, "I"), (12, "II"), (13, "III"), (14, "IV"))
    ]
    assert [text for _, text, _, _ in texts[3]] == [str(n) for n in range(1, 17)]


@pytest.mark.parametrize("path", PLANS, ids=label)
def test_nothing_of_any_plan_is_missing_or_printed_twice(path):
    data, _, form = opened(path)
    rows = body_of(form)
    assert_covered(rows, 16)
    assert_covered(table_of(form).total, 16)
    cells = at(rows)
    names = Counter(cell.text for (_, col), cell in cells.items() if col == 9 and cell.text)
    assert names == Counter(a["nama"].upper() if a["jenis"] == "program" else a["nama"] for a in data["anggaran"])
    nodes = [node for node in data["kinerja"] if node["tingkat"] in SASARAN]
    own = [indicator for row in (*nodes, *data["anggaran"]) for indicator in row.get("indikator") or []]
    shown = Counter(cell.text for (_, col), cell in cells.items() if col == 2 and cell.text)
    assert shown == Counter(indicator["uraian"] for indicator in own)
    assert {node["uraian"] for node in nodes} == {
        cell.text for (_, col), cell in cells.items() if col == 1 and cell.text
    }
    amounts = Counter(cell.text for (_, col), cell in cells.items() if col == 10 and cell.text)
    year = str(data["dokumen"]["tahun"])
    known = [
        a["pagu"] if a.get("pagu") is not None else (a.get("pagu_tahun") or {}).get(year) for a in data["anggaran"]
    ]
    assert amounts == Counter(dots(value) for value in known if value is not None)
    highest = next((j for j in ("program", "kegiatan") if any(a["jenis"] == j for a in data["anggaran"])), None)
    tops = {a["id"] for a in data["anggaran"] if a["jenis"] == highest}
    total = next(cell for cell in table_of(form).total[0].cells if cell.col == 10)
    assert (total.value or 0) == sum(
        value or 0 for a, value in zip(data["anggaran"], known, strict=True) if a["id"] in tops
    )


@pytest.mark.parametrize("path", PLANS, ids=label)
def test_an_amount_is_a_live_sum_of_its_quarters_exactly_where_it_is_their_sum(path):
    _, _, form = opened(path)
    cells = at(body_of(form))
    for (row, col), cell in cells.items():
        if col == 10 and cell.text:
            four = [cells[row, c].value for c in (11, 12, 13, 14)]
            ties = any(v is not None for v in four) and sum(v or 0 for v in four) == cell.value
            assert (cell.sum_of, cell.sum_from) == (((row,), (11, 12, 13, 14)) if ties else (None, ()))


def test_the_quarters_of_a_monthly_plan_are_its_single_months_added_up():
    data, _, form = opened(PLACES[0] / "buleleng-2022.renaksi.json")
    cells = at(body_of(form))
    by_name = Counter(line["nama"] for line in data["anggaran"])
    checked = 0
    for line in data["anggaran"]:
        months = (line.get("kas") or {}).get("nilai")
        if not months or by_name[line["nama"]] > 1 or None in months:
            continue
        text = line["nama"].upper() if line["jenis"] == "program" else line["nama"]
        row = next(r for (r, col), cell in cells.items() if col == 9 and cell.text == text)
        ends = [0, *(months[m] for m in (2, 5, 8, 11))]
        assert [cells[row, 11 + q].value for q in range(4)] == [ends[q + 1] - ends[q] for q in range(4)]
        assert not any(cells[row, 11 + q].key for q in range(4))
        checked += 1
    assert checked > 30
    assert [text.plain for text in table_of(form).title][-1] == "Angka triwulan dihitung dari target per bulan."


def test_a_line_with_several_indicators_has_a_row_for_each_and_its_name_once():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    line = next(a for a in plan.all(Anggaran) if a.jenis == "kegiatan")
    plan.apply(edits.add_indikator(plan, line))
    cells = at(body_of(form_of(plan, dokumen_id)))
    row = next(r for (r, col), cell in cells.items() if col == 9 and cell.text == line.nama)
    assert [cells[row, col].rows for col in range(9, 15)] == [2] * 6
    new = plan.where(Indikator, "anggaran_id", line.id)[1]
    assert cells[row + 1, 2].text == new.uraian
    assert (row + 1, 9) not in cells


def test_lines_that_support_no_sasaran_stand_at_the_end_and_a_sasaran_without_lines_has_its_row():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    program = next(a for a in plan.all(Anggaran) if a.jenis == "program")
    links = plan.where(Dukungan, "anggaran_id", program.id)
    plan.apply([Change(link, None) for link in links])
    added = edits.add_kinerja(plan, dokumen_id, "sasaran_strategis", None)
    plan.apply(added)
    new = next(change.after for change in added if isinstance(change.after, Kinerja))
    rows = body_of(form_of(plan, dokumen_id))
    assert_covered(rows, 16)
    cells = at(rows)
    first = next(r for (r, col), cell in cells.items() if col == 9 and cell.text == program.nama)
    below = [a for a in plan.all(Anggaran) if a.induk_id == program.id]
    count = 1 + len(below) + sum(len(plan.where(Anggaran, "induk_id", a.id)) for a in below)
    assert first == len(rows) - count
    assert (cells[first, 1].text, cells[first, 1].rows) == ("", count)
    assert (cells[first - 1, 1].text, cells[first - 1, 1].rows) == (new.uraian or "", 1)


def test_what_is_typed_has_a_key_and_what_is_computed_has_none():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    line = next(a for a in plan.all(Anggaran) if a.jenis == "sub_kegiatan")
    cells = at(body_of(form_of(plan, dokumen_id)))
    row = next(r for (r, col), cell in cells.items() if cell.key == f"anggaran/{line.id}/nama")
    assert cells[row, 10].key == f"anggaran/{line.id}/pagu"
    assert [cells[row, 11 + q].key for q in range(4)] == [
        f"deret_anggaran/{line.id}/kas.b{month}" for month in ("03", "06", "09", "12")
    ]
    (indikator,) = plan.where(Indikator, "anggaran_id", line.id)
    assert [cells[row, col].key for col in range(2, 6)] == [
        *(f"indikator/{indikator.id}/{column}" for column in ("uraian", "satuan", "target")),
        f"deret_indikator/{indikator.id}/target.b03",
    ]
    series = plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    plan.apply([Change(series, replace(series, kumulatif=1))])
    cells = at(body_of(form_of(plan, dokumen_id)))
    assert [cells[row, 11 + q].key for q in range(4)] == [""] * 4


@settings(max_examples=25)
@given(sequences)
def test_an_edited_plan_gives_a_grid_without_gap_or_overlap(steps):
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    for step in steps:
        plan.apply(changes_of(plan, dokumen_id, step))
    form = form_of(plan, dokumen_id)
    assert_covered(body_of(form), 16)
    names = Counter(cell.text for (_, col), cell in at(body_of(form)).items() if col == 9 and cell.text)
    there = Counter(a.nama.upper() if a.jenis == "program" else a.nama for a in plan.all(Anggaran) if a.nama)
    assert names == there


@pytest.mark.parametrize("path", [p for p in PLANS if p.name.startswith("lombok")], ids=label)
def test_the_pages_hold_every_row_in_its_columns_in_order(path, tmp_path):
    data, _, form = opened(path)
    write_form(form, "pdf", tmp_path / "formulir.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "formulir.pdf")
    assert len(pdf) == 5
    edges = list(itertools.accumulate(table_of(form).widths, initial=10))
    wanted = expected_rows(data)
    for col in (4, 5, 6, 7, 8, 10, 11, 12, 13, 14):
        seen = []
        for page in pdf:
            text = page.get_textpage()
            scale = 72 / 25.4
            box = (edges[col] * scale, 10 * scale, edges[col + 1] * scale, page.get_height())
            found = [line.strip() for line in re.split(r"[\r\n]+", text.get_text_bounded(*box)) if line.strip()]
            seen += found[found.index(str(col + 1)) + 1 :]
        column = [columns[col - 2] for _, columns, _ in wanted if columns[col - 2]]
        assert seen[: len(column)] == column
    there = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pdf)).replace("\ufffe", "")
    for mark, columns, who in wanted:
        for text in (*(mark or ()), *columns, who):
            assert re.sub(r"\s", "", text) in there


@pytest.mark.parametrize(
    ("sample", "title"),
    [
        ("bone-2023", "RENCANA AKSI KINERJA DINAS KOPERASI, USAHA KECIL DAN MENENGAH KABUPATEN BONE"),
        ("lampung-2019", "RENCANA AKSI KINERJA DINAS KOPERASI, USAHA KECIL DAN MENENGAH PROVINSI LAMPUNG"),
    ],
)
def test_a_plan_of_another_title_is_titled_with_its_agency(sample, title):
    assert table_of(form_of(*sample_plan(sample))).title[0].plain == title


def test_the_sum_reaches_over_programs_whose_quarter_is_still_empty():
    _, _, form = opened(PLACES[0] / "lombok-tengah-2022.renaksi.json")
    cells = at(body_of(form))
    sums = [cell for cell in table_of(form).total[0].cells if 10 <= cell.col <= 14]
    assert len({cell.sum_of for cell in sums}) == 1
    assert [cells[row, 14].value for row in sums[-1].sum_of].count(None) == 2


@pytest.mark.parametrize("path", PLANS, ids=label)
@pytest.mark.parametrize("name", [NAME, "triwulan-aksi"])
def test_a_key_names_the_very_value_that_its_cell_shows(path, name):
    _, plan, _ = opened(path)
    (dokumen,) = plan.all(Dokumen)
    cells = [cell for row in body_of(build_form(plan, dokumen.id, name)) for cell in row.cells if cell.key]
    assert len(cells) >= 3
    for cell in cells:
        table, row_id, column = cell.key.split("/")
        if table.startswith("deret_"):
            jenis, _, month = column.partition(".b")
            series = plan.one(TABLES[table], f"{table.removeprefix('deret_')}_id", row_id, jenis)
            value = series.nilai[int(month) - 1]
        elif table == "tahun_indikator":
            years = {f"{row.jenis}.{row.tahun}": row.nilai for row in plan.where(TABLES[table], "indikator_id", row_id)}
            value = years[column]
        else:
            value = getattr(plan.find(TABLES[table], row_id), column)
        money = table == "deret_anggaran" or column == "pagu"
        assert cell.text == (dots(value) if money else value or "")

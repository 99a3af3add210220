"""The quarterly form of actions and schedule, beside the interchange files; nothing of the form is used for that."""

import itertools
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from plan_json import assert_covered, at
from random_edits import changes_of, sequences

from models.changes import Change
from models.plan import Plan
from models.rows import Aksi, Anggaran, Dokumen, Indikator, Jabatan, Kinerja
from services import edits
from services.export import write_form
from services.forms.parts import Cover, Signature, Table, Text
from services.forms.triwulan_aksi import build
from services.interchange import import_changes
from services.samples import sample_plan

ROOT = Path(__file__).resolve().parents[2]
PLACES = [ROOT / "resources" / "contoh", ROOT.parent / "shared" / "data"]
PLANS = [path for place in PLACES for path in sorted(place.glob("*.renaksi.json"))]
BONE = [path for path in PLANS if path.name.startswith("bone")]
NAME = "triwulan-aksi"
TEXT_COLUMNS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 25)


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


def covering(rows):
    """(row, column) -> the cell that lies there."""
    return {
        (r + down, cell.col + right): cell
        for (r, _), cell in at(rows).items()
        for down in range(cell.rows)
        for right in range(cell.cols)
    }


def amount(value):
    return "" if value is None else f"Rp\u00a0{value:,}".replace(",", ".")


def criteria(indicator):
    four = (indicator.get("target_periode") or {"nilai": [None] * 4})["nilai"]
    named = zip(("TW 1 (B03)", "TW 2 (B06)", "TW 3 (B09)", "TW 4 (B12)"), four, strict=True)
    lines = [("Target Tahunan", indicator["target"]), *named]
    return "\n".join(f"{name} : {value}" if value else f"{name} :" for name, value in lines)


def expected_rows(data):
    """Each row of Bone's paper: (texts of the fourteen text columns, the three amounts), everywhere where they lie."""
    lines = {line["id"]: line for line in data["anggaran"]}
    nodes = {node["id"]: node for node in data["kinerja"]}
    posts = {post["id"]: post["nama"] for post in data["jabatan"]}
    for link in data["dukungan"]:
        node = nodes[link["kinerja"]]
        (own,) = [indicator for indicator in node["indikator"] if indicator["id"] == link["indikator"]]
        for sub in (line for line in data["anggaran"] if line["jenis"] == "sub_kegiatan"):
            kegiatan = lines[sub["induk"]]
            if kegiatan["induk"] != link["anggaran"]:
                continue
            left = [node["uraian"], own["uraian"], criteria(own)]
            path = (lines[link["anggaran"]], kegiatan, sub)
            for line in path:
                (indicator,) = line["indikator"]
                left += [line["nama"], indicator["uraian"], criteria(indicator)]
            amounts = [amount(line["pagu"]) for line in path]
            for action in (action for action in data["aksi"] if action["anggaran"] == sub["id"]):
                yield (*left, action["uraian"], posts[sub["penanggung_jawab"]]), amounts


@pytest.mark.parametrize("path", BONE, ids=label)
def test_every_action_stands_beside_its_line_and_all_above_it(path):
    data, _, form = opened(path)
    rows = body_of(form)
    lies = covering(rows)
    wanted = list(expected_rows(data))
    assert len(rows) == len(wanted) == len(data["aksi"])
    for r, (texts, amounts) in enumerate(wanted):
        assert tuple(lies[r, col].text for col in TEXT_COLUMNS) == texts
        assert [lies[r, col].foot for col in (3, 6, 9)] == amounts
    spans = {col: [cell.rows for (_, c), cell in at(rows).items() if c == col] for col in (0, 1, 3, 6, 9)}
    actions = Counter(action["anggaran"].split(".")[0] for action in data["aksi"])
    assert spans[0] == [actions["P1"], actions["P2"] + actions["P3"], actions["P4"]]
    assert spans[1] == spans[3] == [actions[program] for program in ("P1", "P2", "P3", "P4")]
    assert (len(spans[6]), len(spans[9])) == (6, 9)
    assert len(table_of(form).body) == 9


def test_bone_has_its_cover_its_tujuan_its_titles_and_its_signature():
    data, _, form = opened(BONE[0])
    cover = form.parts[0]
    assert isinstance(cover, Cover)
    assert [text.plain for text in (*cover.top, *cover.middle, *cover.bottom)] == [
        *("TAHUN 2023", "PEMERINTAH KABUPATEN BONE", "RENCANA AKSI", "DINAS KOPERASI, USAHA KECIL DAN MENENGAH")
    ]
    tujuan = [node["uraian"] for node in data["kinerja"] if node["tingkat"] == "tujuan"]
    texts = [part for part in form.parts if isinstance(part, Text)]
    assert [(text.label, text.plain) for text in texts] == [
        ("", "TUJUAN :"),
        *((f"{i}.", text) for i, text in enumerate(tujuan, 1)),
    ]
    assert [text.plain for text in table_of(form).title] == [
        *("RENCANA AKSI", "PERJANJIAN KINERJA DINAS KOPERASI DAN UKM KABUPATEN BONE", "TAHUN ANGGARAN 2023")
    ]
    signed = form.parts[-1]
    assert isinstance(signed, Signature)
    assert signed.tempat_tanggal == "Watampone, 31 Januari 2023"
    assert signed.jabatan == ("KEPALA DINAS KOPERASI DAN UKM", "KABUPATEN BONE")
    assert signed.pangkat.startswith("Pangkat : ")
    assert signed.nip_label == "NIP. : "


def test_the_header_is_that_of_the_paper():
    _, _, form = opened(BONE[0])
    table = table_of(form)
    assert_covered(table.header, 26)
    assert sum(table.widths) == pytest.approx(310)
    top, quarters, months, numbers = table.header
    kriteria = "KRITERIA KEBERHASILAN {} (TARGET TAHUNAN & TRIWULAN)"
    assert [cell.text.replace("\n", " ") for cell in top.cells] == [
        *("SASARAN STRATEGIS", "INDIKATOR SASARAN", kriteria.format("SASARAN")),
        *("PROGRAM & ANGGARAN", "INDIKATOR PROGRAM", kriteria.format("PROGRAM")),
        *("KEGIATAN & ANGGARAN", "INDIKATOR KEGIATAN", kriteria.format("KEGIATAN")),
        *("SUB KEGIATAN & ANGGARAN", "INDIKATOR SUB KEGIATAN", kriteria.format("SUB KEGIATAN")),
        *("AKSI YANG DIRENCANAKAN", "JADWAL KEGIATAN", "UNIT KERJA PENANGGUNG JAWAB"),
    ]
    assert [(cell.text, cell.cols, cell.turned) for cell in quarters.cells] == [
        (f"TRIWULAN {n}", 3, True) for n in (1, 2, 3, 4)
    ]
    assert [cell.text for cell in months.cells] == [str(n) for n in range(1, 13)]
    assert [cell.text for cell in numbers.cells] == [*(str(n) for n in range(1, 13)), "", "", ""]


@pytest.mark.parametrize("path", PLANS, ids=label)
def test_any_plan_gives_a_grid_with_all_its_lines_and_sasaran(path):
    data, _, form = opened(path)
    rows = body_of(form)
    assert_covered(rows, 26)
    cells = at(rows)
    for col, jenis in ((3, "program"), (6, "kegiatan"), (9, "sub_kegiatan")):
        names = Counter(cell.text for (_, c), cell in cells.items() if c == col and cell.text)
        assert names == Counter(line["nama"] for line in data["anggaran"] if line["jenis"] == jenis)
    strategis = [node for node in data["kinerja"] if node["tingkat"] == "sasaran_strategis"]
    assert Counter(cell.text for (_, c), cell in cells.items() if c == 0 and cell.text) == Counter(
        node["uraian"] for node in strategis
    )
    printed = "\n".join(cell.text for (_, c), cell in cells.items() if c in (1, 4, 7, 10))
    for row in (*strategis, *data["anggaran"]):
        assert all(indicator["uraian"] in printed for indicator in row.get("indikator") or [])
    assert not any(cell.text or cell.fill for (_, c), cell in cells.items() if 13 <= c <= 24)


def test_a_scheduled_month_is_a_filled_cell_without_a_character():
    plan, dokumen_id = sample_plan("bone-2023")
    aksi = plan.all(Aksi)[2]
    plan.apply([Change(aksi, replace(aksi, bulan="4,5,6,9"))])
    cells = at(body_of(form_of(plan, dokumen_id)))
    row = next(r for (r, _), cell in cells.items() if cell.key == f"aksi/{aksi.id}/uraian")
    filled = [(r, c - 12) for (r, c), cell in cells.items() if 13 <= c <= 24 and cell.fill is not None]
    assert filled == [(row, 4), (row, 5), (row, 6), (row, 9)]
    assert not any(cells[row, c].text for c in range(13, 25))


def test_an_action_of_somebody_else_names_him():
    plan, dokumen_id = sample_plan("bone-2023")
    aksi = plan.all(Aksi)[1]
    line = plan.get(Anggaran, aksi.anggaran_id)
    plan.apply(edits.add_jabatan(plan, dokumen_id, "Bendahara"))
    (treasurer,) = plan.where(Jabatan, "nama", "Bendahara")
    plan.apply([Change(aksi, replace(aksi, penanggung_jawab_id=treasurer.id))])
    cells = at(body_of(form_of(plan, dokumen_id)))
    row = next(r for (r, _), cell in cells.items() if cell.key == f"aksi/{aksi.id}/uraian")
    assert (cells[row, 25].text, cells[row, 25].rows) == ("Bendahara", 1)
    assert cells[row - 1, 25].text == cells[row + 1, 25].text != "Bendahara"
    assert cells[row + 1, 25].rows == len(plan.where(Aksi, "anggaran_id", line.id)) - 2


def test_several_indicators_are_numbered_with_an_empty_line_between_their_criteria():
    plan, dokumen_id = sample_plan("bone-2023")
    line = next(a for a in plan.all(Anggaran) if a.jenis == "sub_kegiatan")
    (first,) = plan.where(Indikator, "anggaran_id", line.id)
    plan.apply(edits.add_indikator(plan, line))
    second = plan.where(Indikator, "anggaran_id", line.id)[1]
    cells = at(body_of(form_of(plan, dokumen_id)))
    row = next(r for (r, _), cell in cells.items() if cell.key == f"anggaran/{line.id}/nama")
    assert cells[row, 10].text == f"1. {first.uraian}\n\n2. {second.uraian}"
    assert cells[row, 10].key == ""
    above, below = cells[row, 11].text.split("\n\n")
    assert above.startswith(f"Target Tahunan : {first.target}\nTW 1 (B03) : ")
    assert below == "Target Tahunan :\nTW 1 (B03) :\nTW 2 (B06) :\nTW 3 (B09) :\nTW 4 (B12) :"


def test_an_indicator_that_no_link_names_follows_the_lines_of_its_sasaran():
    plan, dokumen_id = sample_plan("bone-2023")
    node = next(k for k in plan.all(Kinerja) if k.tingkat == "sasaran_strategis")
    plan.apply(edits.add_indikator(plan, node))
    new = plan.where(Indikator, "kinerja_id", node.id)[1]
    cells = at(body_of(form_of(plan, dokumen_id)))
    row = next(r for (r, _), cell in cells.items() if cell.key == f"indikator/{new.id}/uraian")
    assert row == cells[0, 0].rows - 1
    assert all(cells[row, col].text == "" for col in range(3, 26))


def test_a_plan_by_months_is_told_as_quarters():
    _, _, form = opened(PLACES[0] / "buleleng-2022.renaksi.json")
    assert table_of(form).title[-1].plain == "Angka triwulan dihitung dari target per bulan."
    lies = covering(body_of(form))
    texts = {lies[r, c].text for r, c in lies if c == 2}
    assert (
        "Target Tahunan : 78,00\nTW 1 (B03) : 19,50\nTW 2 (B06) : 39,00\nTW 3 (B09) : 58,50\nTW 4 (B12) : 78,00"
        in texts
    )


@settings(max_examples=25)
@given(sequences)
def test_an_edited_plan_gives_a_grid_without_gap_or_overlap(steps):
    plan, dokumen_id = sample_plan("bone-2023")
    for step in steps:
        plan.apply(changes_of(plan, dokumen_id, step))
    form = form_of(plan, dokumen_id)
    assert_covered(body_of(form), 26)
    actions = Counter(cell.text for (_, c), cell in at(body_of(form)).items() if c == 12 and cell.text)
    assert actions == Counter(aksi.uraian for aksi in plan.all(Aksi))


@pytest.mark.parametrize("path", BONE, ids=label)
def test_the_pages_hold_every_text_of_the_data_behind_a_cover(path, tmp_path):
    data, _, form = opened(path)
    write_form(form, "pdf", tmp_path / "formulir.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "formulir.pdf")
    assert len(pdf) == 4
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert "Halaman" not in pages[0]
    assert [f"Halaman {n} dari 3" in page for n, page in enumerate(pages[1:], 1)] == [True] * 3
    there = re.sub(r"\s", "", "".join(pages)).replace("\ufffe", "")
    for texts, amounts in expected_rows(data):
        for text in (*texts, *amounts):
            assert re.sub(r"\s", "", text) in there
    edges = list(itertools.accumulate(table_of(form).widths, initial=10))
    seen = []
    for page in (pdf[1], pdf[2], pdf[3]):
        box = (edges[12] * 72 / 25.4, 10 * 72 / 25.4, edges[13] * 72 / 25.4, page.get_height())
        found = re.sub(r"\s+", "", page.get_textpage().get_text_bounded(*box))
        seen.append(found.partition("DIRENCANAKAN")[2])
    wanted = [re.sub(r"\s+", "", texts[12]) for texts, _ in expected_rows(data)]
    assert "".join(seen).startswith("".join(wanted))

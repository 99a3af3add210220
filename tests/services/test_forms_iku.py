"""The sheet of main indicators, row by row beside the interchange files."""

import pytest
from plan_json import LAMPUNG, PLANS, assert_sound, body, indicators, keys, name_of, opened, tables, texts

from models.plan import Plan
from models.rows import Dokumen, Indikator, Jabatan, Kinerja, Opd
from services import edits
from services.forms import build_form
from services.forms.parts import Signature
from services.samples import sample_plan

TITLES = [
    *("No", "Sasaran", "Indikator Kinerja Utama", "Satuan", "Penjelasan/Alasan", "Formulasi", "Sumber Data"),
    "Penanggung Jawab",
]


def wanted_rows(data):
    marked = [(node, [i for i in node.get("indikator") or [] if i.get("iku")]) for node in data["kinerja"]]
    chosen = [(node, shown) for node, shown in marked if shown]
    if not chosen:
        nodes = [node for node in data["kinerja"] if node["tingkat"] == "sasaran_strategis"]
        chosen = [(node, indicators(data, node, "program")) for node in nodes]
    jobs = {job["id"]: job["nama"] for job in data["jabatan"]}
    rows = []
    for node, shown in chosen:
        for n, i in enumerate(shown, 1):
            rows.append(
                [
                    *([node["nomor"].rstrip("."), node["uraian"]] if n == 1 else ["", ""]),
                    f"{n}. {i['uraian']}",
                    *(i.get(field) or "" for field in ("satuan", "alasan", "formula", "sumber_data")),
                    jobs.get(node.get("penanggung_jawab"), ""),
                ]
            )
    return rows


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_every_row_says_what_the_data_says(path):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, "iku")
    (table,) = tables(form)
    rows = texts(body(table), 8)
    headings = [row for row in rows if not any(row[1:])]
    wanted = wanted_rows(data)
    assert len(wanted) >= 3
    assert [row for row in rows if row not in headings] == wanted
    assert [row[0] for row in headings] == (
        ["Rencana Strategis 2015-2019", "Rencana Strategis 2019-2024"] if path in LAMPUNG else []
    )
    assert_sound(form)


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_title_header_note_and_signature(path):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, "iku")
    (table,) = tables(form)
    title = [line.plain for line in table.title]
    assert title[0] == "INDIKATOR KINERJA UTAMA (IKU)"
    assert title[2] == ("TAHUN 2019-2024" if path in LAMPUNG else f"TAHUN {data['dokumen']['tahun']}")
    marked = any(i.get("iku") for node in data["kinerja"] for i in node.get("indikator") or [])
    assert (len(title) == 3) is marked
    assert marked or "Belum ada indikator yang ditandai" in title[3]
    assert texts(table.header, 8) == [TITLES, [str(n) for n in range(1, 9)]]
    assert isinstance(form.parts[-1], Signature)
    assert form.parts[-1].nama == (data["dokumen"]["penandatangan"]["nama"] or "")
    assert (form.page.paper.name, form.page.landscape, sum(table.widths)) == ("F4", True, 310)


def test_only_marked_indicators_stand_on_the_sheet_once_one_is_marked():
    plan, dokumen_id = sample_plan()
    node = next(node for node in plan.all(Kinerja) if node.tingkat == "sasaran_kegiatan")
    chosen = plan.where(Indikator, "kinerja_id", node.id)[0]
    plan.apply(edits.set_field(chosen, "iku", 1))
    (table,) = tables(build_form(plan, dokumen_id, "iku"))
    (row,) = texts(body(table), 8)
    assert row[1:3] == [node.uraian, f"1. {chosen.uraian}"]
    assert row[7] == plan.get(Jabatan, node.penanggung_jawab_id).nama
    assert len(table.title) == 3


def test_a_marked_indicator_of_a_budget_line_stands_beside_the_sasaran_that_the_line_supports():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    chosen = next(i for i in plan.all(Indikator) if i.anggaran_id)
    plan.apply(edits.set_field(chosen, "iku", 1))
    (table,) = tables(build_form(plan, dokumen_id, "iku"))
    (row,) = texts(body(table), 8)
    assert row[0:3] == ["1", "Terwujudnya koperasi berkualitas", f"1. {chosen.uraian}"]


def test_the_cells_name_their_places():
    plan, dokumen_id = sample_plan("lampung-2019")
    found = dict(keys(build_form(plan, dokumen_id, "iku")))
    for indikator in (i for i in plan.all(Indikator) if i.iku):
        for field in ("satuan", "alasan", "formula", "sumber_data"):
            assert found[f"indikator/{indikator.id}/{field}"].text == (getattr(indikator, field) or "")
        assert found[f"indikator/{indikator.id}/uraian"].text.endswith(indikator.uraian)


def test_an_empty_plan_gives_an_empty_form():
    plan = Plan([Opd(id="o", urutan=1, nama="Dinas"), Dokumen(id="d", opd_id="o", urutan=1, judul="x", tahun=2025)])
    form = build_form(plan, "d", "iku")
    assert form.empty
    assert len(tables(form)[0].title) == 3

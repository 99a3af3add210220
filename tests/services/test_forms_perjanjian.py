"""The agreements: statement, annex and signatures, beside what the interchange files say."""

import re

import pypdfium2
import pytest
from plan_json import (
    BULELENG,
    LAMPUNG,
    PLANS,
    assert_sound,
    body,
    dots,
    indicators,
    keys,
    name_of,
    opened,
    tables,
    texts,
)

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Dukungan, Indikator, Jabatan, Kinerja, Opd
from services import edits, pejabat
from services.export import make_form, write_form
from services.forms import build_form
from services.forms.parts import Break, Signatures, Text
from services.render.layout import lay_out
from services.samples import sample_plan

ESELON_II, ESELON_III, ESELON_IV = (
    "perjanjian-kinerja",
    "perjanjian-kinerja-eselon-iii",
    "perjanjian-kinerja-eselon-iv",
)
SUPERIORS = {
    "bekasi": "Wali Kota Bekasi",
    "bone": "Bupati Bone",
    "buleleng": "Bupati Buleleng",
    "lampung": "Gubernur Lampung",
    "lombok": "Bupati Lombok Tengah",
}


def of_year(data, indikator):
    years = indikator.get("target_tahun") or {}
    return bool(indikator.get("target")) or not years or str(data["dokumen"]["tahun"]) in years


def target(data, indikator):
    """The target with its unit, as the annex has no column for the unit."""
    text = indikator.get("target") or (indikator.get("target_tahun") or {}).get(str(data["dokumen"]["tahun"])) or ""
    unit = indikator.get("satuan") or ""
    unit = "%" if unit.lower() == "persen" else unit
    return f"{text} {unit}" if unit and re.fullmatch(r"[0-9.,]+", text) else text


def sasaran_rows(data, nodes, jenis, *, anew):
    """The rows of the first table of an annex."""
    rows, last = [], 0
    for node in nodes:
        all_of_it = indicators(data, node, jenis)
        shown = [i for i in all_of_it if of_year(data, i)]
        if all_of_it and not shown:
            continue
        number = ((not anew and node.get("nomor")) or str(last + 1)).rstrip(".")
        last = int(number)
        for n, indikator in enumerate(shown or [None], 1):
            words = [f"{n}. {indikator['uraian']}", target(data, indikator)] if indikator else ["", ""]
            rows.append([*([number, node["uraian"]] if n == 1 else ["", ""]), *words])
    return rows


def pagu(data, line):
    """Of the year: its own, or what the lines below it add up to."""
    year = str(data["dokumen"]["tahun"])
    own = line.get("pagu") if line.get("pagu") is not None else (line.get("pagu_tahun") or {}).get(year)
    if own is not None:
        return own
    below = [pagu(data, child) for child in data["anggaran"] if child.get("induk") == line["id"]]
    return sum(value for value in below if value is not None) if any(value is not None for value in below) else None


def budget_rows(data, lines):
    named = {line.get("sumber_dana") for line in data["anggaran"]} - {None}
    only = named.pop() if len(named) == 1 else ""
    kept = [line for line in lines if pagu(data, line) is not None or not line.get("pagu_tahun")]
    return [
        [str(n), line["nama"], dots(pagu(data, line)), line.get("sumber_dana") or only]
        for n, line in enumerate(kept, 1)
    ]


def annex_of(form, number=0):
    """(rows of the sasaran, rows of the budget, its total) of the annex of one agreement."""
    annexes = []
    for table in tables(form):
        if table.header[0].cells[-1].text == "Target":
            annexes.append([table])
        else:
            annexes[-1].append(table)
    targets, *money = annexes[number]
    rows, total = (texts(body(money[0]), 4), texts(money[0].total, 4)) if money else ([], NO_BUDGET)
    return texts(body(targets), 4), rows, total


NO_BUDGET = [["Jumlah", "", "", ""]]
"""An annex without any budget has no table of it."""


def count_of(form):
    """How many agreements there are."""
    return len(tables(form, ruled=False)) // 2


def statement_of(form, number=0):
    """[(name, position) of the first party, the same of the second]."""
    parties = tables(form, ruled=False)[2 * number : 2 * number + 2]
    return [tuple(row.cells[3].text for row in body(party)) for party in parties]


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_the_annex_of_the_agency_says_what_the_data_says(path):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, ESELON_II)
    rows, money, total = annex_of(form)
    nodes = [node for node in data["kinerja"] if node["tingkat"] == "sasaran_strategis"]
    wanted = sasaran_rows(data, nodes, "program", anew=False)
    assert len(wanted) >= 3
    headings = [row for row in rows if row[1:] == ["", "", ""]]
    assert [row for row in rows if row not in headings] == wanted
    assert [row[0] for row in headings] == (
        ["Rencana Strategis 2015-2019", "Rencana Strategis 2019-2024"] if path in LAMPUNG else []
    )
    programs = [line for line in data["anggaran"] if line["jenis"] == "program"]
    assert money == budget_rows(data, programs)
    known = [pagu(data, line) for line in programs if pagu(data, line) is not None]
    assert total == [["Jumlah", "", dots(sum(known)) if known else "", ""]]
    assert form.filled
    assert not form.empty


@pytest.mark.parametrize("path", PLANS, ids=name_of)
@pytest.mark.parametrize("name", [ESELON_II, ESELON_III, ESELON_IV])
def test_the_tables_are_whole_grids_and_the_sums_are_live(path, name):
    _, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, name)
    assert_sound(form)
    for table in tables(form):
        assert [cell.text for cell in table.header[1].cells] == ["(1)", "(2)", "(3)", "(4)"]


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_the_head_promises_and_the_head_of_the_region_has_no_nip(path):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, ESELON_II)
    who = data["dokumen"]["penandatangan"]
    above = SUPERIORS[path.name.partition("-")[0]]
    first, second = statement_of(form)
    assert first[0] == (who["nama"] or "." * 72)
    assert second == ("." * 72, above)
    signed = [part for part in form.parts if isinstance(part, Signatures)]
    assert len(signed) == 2
    for part in signed:
        left, right = part.blocks
        assert (left.jabatan, left.nama, left.pangkat, left.nip, left.minta_nip) == (
            ("Pihak Kedua,", above),
            *("", "", "", False),
        )
        acting = "Plt. " if who.get("plt") else ""
        assert right.jabatan == ("Pihak Pertama,", acting + who["jabatan"])
        assert (right.nama, right.pangkat) == (who["nama"] or "", who["pangkat"] or "")
        assert right.nip.replace(" ", "") == (who["nip"] or "").replace(" ", "")
        assert (left.tempat_tanggal, right.minta_nip, right.align) == ("", True, "center")


def test_a_month_leaves_room_for_the_day_and_a_full_date_does_not():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    room = "\N{NO-BREAK SPACE}" * 12
    assert signed(plan, dokumen_id, ESELON_II)[0].blocks[1].tempat_tanggal == f"Praya, {room}Maret 2022"
    plan.apply(edits.set_field(plan.get(Dokumen, dokumen_id), "tanggal", "2022-03-04"))
    assert signed(plan, dokumen_id, ESELON_II)[0].blocks[1].tempat_tanggal == "Praya, 4 Maret 2022"


def signed(plan, dokumen_id, name):
    return [part for part in build_form(plan, dokumen_id, name).parts if isinstance(part, Signatures)]


def test_a_head_whose_title_names_no_agency_is_introduced_with_it():
    plan, dokumen_id = sample_plan("lampung-2019")
    plan.apply(edits.set_field(plan.get(Dokumen, dokumen_id), "ttd_jabatan", "KEPALA DINAS"))
    form = build_form(plan, dokumen_id, ESELON_II)
    assert statement_of(form)[0][1] == "Kepala Dinas Koperasi, Usaha Kecil dan Menengah Provinsi Lampung"
    assert signed(plan, dokumen_id, ESELON_II)[0].blocks[1].jabatan[1] == "KEPALA DINAS"


def test_the_statement_reads_as_the_ministry_words_it():
    plan, dokumen_id = sample_plan()
    form = build_form(plan, dokumen_id, ESELON_II)
    start = next(i for i, part in enumerate(form.parts) if isinstance(part, Break))
    words = [part.plain for part in form.parts[:start] if isinstance(part, Text) and part.plain]
    assert words[0] == "PERJANJIAN KINERJA TAHUN 2022"
    assert words[3:5] == [
        "selanjutnya disebut Pihak Pertama;",
        "selaku atasan Pihak Pertama, selanjutnya disebut Pihak Kedua.",
    ]
    bold = [
        run.text for part in form.parts if isinstance(part, Text) for run in part.text if getattr(run, "bold", False)
    ]
    assert bold == ["Pihak Pertama", "Pihak Kedua"]
    assert (form.page.landscape, form.page.left, form.page.top, form.page.bottom) == (False, 25, 25, 22)


@pytest.mark.parametrize("path", LAMPUNG, ids=name_of)
def test_the_agreement_of_2020_is_the_one_that_was_drawn(path):
    _, plan, dokumen_id = opened(path)
    plan.apply(edits.set_field(plan.get(Dokumen, dokumen_id), "tahun", 2020))
    for indikator in plan.all(Indikator):
        plan.apply(edits.set_field(indikator, "target", None))
    for line in plan.all(Anggaran):
        plan.apply(edits.set_field(line, "pagu", None))
    rows, money, total = annex_of(build_form(plan, dokumen_id, ESELON_II))
    assert [(row[0], row[3]) for row in rows[:4]] == [
        ("1", "21,76 %"),
        ("", "5,03 %"),
        ("2", "150 Orang"),
        ("", "680 UMKM"),
    ]
    assert [row[2] for row in money] == [
        *("350.000.000", "275.000.000", "250.000.000", "2.725.000.000", "400.000.000", "750.000.000"),
        *("300.000.000", "1.685.000.000", "450.000.000", "215.000.000", "600.000.000"),
    ]
    assert {row[3] for row in money} == {"APBD"}
    assert total == [["Jumlah", "", "8.000.000.000", ""]]


def agreements(data, eselon):
    """(position, its sasaran, its budget lines) of the officials whose eselon the data states, as far as it does."""
    for job in data["jabatan"]:
        if job["eselon"] == eselon:
            nodes = [node for node in data["kinerja"] if node.get("penanggung_jawab") == job["id"]]
            lines = [line for line in data["anggaran"] if line.get("penanggung_jawab") == job["id"]]
            if nodes or lines:
                yield job, nodes, lines


@pytest.mark.parametrize("path", [path for path in PLANS if path.name[:4] in ("bule", "beka")], ids=name_of)
@pytest.mark.parametrize(
    ("name", "eselon", "jenis"), [(ESELON_III, "III", "kegiatan"), (ESELON_IV, "IV", "sub_kegiatan")]
)
def test_each_official_promises_what_the_data_gives_to_the_position(path, name, eselon, jenis):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, name)
    names = {job["id"]: job["nama"] for job in data["jabatan"]}
    first = {statement_of(form, n)[0][1]: n for n in range(count_of(form))}
    found = list(agreements(data, eselon))
    assert len(found) >= 2
    for job, nodes, lines in found:
        number = first[job["nama"]]
        rows, money, _ = annex_of(form, number)
        assert rows == sasaran_rows(data, nodes, jenis, anew=True)
        wanted = budget_rows(data, lines)
        assert sorted(row[1:] for row in money) == sorted(row[1:] for row in wanted)
        above = job["atasan"]
        second = statement_of(form, number)[1]
        if data["dokumen"]["penandatangan"]["nama"] and names[above].upper() == "KEPALA DINAS":
            assert second[0] == data["dokumen"]["penandatangan"]["nama"]
        elif names[above].upper() != "KEPALA DINAS":
            assert second == ("." * 72, names[above])


@pytest.mark.parametrize("path", BULELENG, ids=name_of)
def test_functional_officials_promise_beside_eselon_iv(path):
    data, plan, dokumen_id = opened(path)
    form = build_form(plan, dokumen_id, ESELON_IV)
    promising = [statement_of(form, n)[0][1] for n in range(count_of(form))]
    answering = {each.get("penanggung_jawab") for key in ("kinerja", "anggaran") for each in data[key]}
    assert promising == [
        job["nama"] for job in data["jabatan"] if job["eselon"] in ("IV", "fungsional") and job["id"] in answering
    ]


def test_positions_without_an_eselon_promise_by_what_they_answer_for():
    plan, dokumen_id = sample_plan("bone-2023")
    assert not build_form(plan, dokumen_id, ESELON_III).filled
    form = build_form(plan, dokumen_id, ESELON_IV)
    printed = [row[1] for n in range(5) for row in annex_of(form, n)[1]]
    lines = [line for line in plan.all(Anggaran) if line.penanggung_jawab_id]
    assert sorted(printed) == sorted(line.nama for line in lines)
    for n in range(5):
        assert annex_of(form, n)[0][0][1].startswith("Meningkat")


def test_a_line_without_a_penanggung_jawab_belongs_to_the_one_above():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    form = build_form(plan, dokumen_id, ESELON_III)
    programs = {line.id for line in plan.all(Anggaran) if line.jenis == "program" and line.penanggung_jawab_id}
    wanted = [line.nama for line in plan.all(Anggaran) if line.jenis == "kegiatan" and line.induk_id in programs]
    printed = [row[1] for n in range(count_of(form)) for row in annex_of(form, n)[1]]
    assert sorted(printed) == sorted(wanted)
    shown = {key.split("/")[1] for key, _ in keys(form) if key.startswith("indikator/")}
    below = {line.id for line in plan.all(Anggaran) if line.jenis == "kegiatan" and line.induk_id in programs}
    assert {i.id for i in plan.all(Indikator) if i.anggaran_id in below} <= shown


@pytest.mark.parametrize("eselon", ["III", "III.a", "Eselon III", "eselon IIIb", "iii/a"])
def test_an_eselon_is_known_in_all_its_spellings(eselon):
    plan, dokumen_id = sample_plan()
    before = len(tables(build_form(plan, dokumen_id, ESELON_III)))
    for job in plan.all(Jabatan):
        if job.eselon == "III":
            plan.apply(edits.set_field(job, "eselon", eselon))
    assert len(tables(build_form(plan, dokumen_id, ESELON_III))) == before > 4


def test_named_officials_sign_with_rank_and_nip_in_groups():
    plan, dokumen_id = sample_plan()
    job = next(job for job in plan.all(Jabatan) if job.eselon == "III")
    plan.apply(
        pejabat.set_official(
            plan, dokumen_id, job.id, nama="Ni Made Sari, SE", pangkat="Pembina", nip="197001011995032001", plt=True
        )
    )
    form = build_form(plan, dokumen_id, ESELON_III)
    assert statement_of(form)[0] == ("Ni Made Sari, SE", f"Plt. {job.nama}")
    block = signed(plan, dokumen_id, ESELON_III)[0].blocks[1]
    assert (block.nama, block.pangkat, block.nip) == ("Ni Made Sari, SE", "Pembina", "19700101 199503 2 001")
    assert block.jabatan == ("Pihak Pertama,", f"Plt. {job.nama}")


def test_an_empty_plan_gives_a_blank_agreement():
    plan = Plan([Opd(id="o", urutan=1, nama="Dinas Sosial", pemda="Kota Palu", jenis_pemda="kota")])
    plan = Plan([*plan.rows(), Dokumen(id="d", opd_id="o", urutan=1, judul="Rencana", tahun=2025)])
    for name in (ESELON_II, ESELON_III, ESELON_IV):
        form = build_form(plan, "d", name)
        assert (form.filled, form.empty) == (False, True)
        assert len([part for part in form.parts if isinstance(part, Signatures)]) == 2
        assert_sound(form)


def test_no_other_document_of_the_file_is_printed():
    plan, dokumen_id = sample_plan()
    other, _ = sample_plan("bone-2023")
    both = Plan([*plan.rows(), *other.rows()])
    for name in (ESELON_II, ESELON_III, ESELON_IV):
        assert build_form(both, dokumen_id, name).parts == build_form(plan, dokumen_id, name).parts


def test_every_value_that_names_its_place_is_the_one_that_stands_there():
    plan, dokumen_id = sample_plan("lombok-tengah-2022")
    tables_of = {"kinerja", "indikator", "anggaran"}
    seen = set()
    for key, cell in keys(build_form(plan, dokumen_id, ESELON_II)):
        table, row_id, column = key.split("/")
        seen.add(table)
        row = next(row for row in plan.rows() if (row.TABLE, row.id) == (table, row_id))
        stated = getattr(row, column)
        assert stated == cell.value if column == "pagu" else (stated or "") in cell.text
    assert seen == tables_of


def test_the_pdf_begins_each_statement_and_annex_on_a_page_and_names_the_officials(tmp_path):
    plan, dokumen_id = sample_plan()
    write_form(make_form(plan, dokumen_id, ESELON_III), "pdf", tmp_path / "perjanjian.pdf")
    with pypdfium2.PdfDocument(tmp_path / "perjanjian.pdf") as pdf:
        pages = [pdf[n].get_textpage().get_text_range() for n in range(len(pdf))]
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    starts = [n for n, text in enumerate(pages) if "manajemen pemerintahan" in text]
    names = [statement_of(build_form(plan, dokumen_id, ESELON_III), n)[0][1] for n in range(len(starts))]
    assert marks == [("Perjanjian Kinerja Eselon III", 0), *zip(names, starts, strict=True)]
    for n in starts:
        assert all(page.startswith("PERJANJIAN KINERJA TAHUN 2022") for page in pages[n : n + 2])
        assert "Pihak Kedua akan melakukan supervisi" in " ".join(pages[n].split())
        assert "Indikator Kinerja" in pages[n + 1]


def promising(plan, dokumen_id, name):
    form = build_form(plan, dokumen_id, name)
    return [statement_of(form, n)[0][1] for n in range(count_of(form))]


def test_a_functional_official_promises_below_the_head_of_a_division_even_for_a_kegiatan():
    plan, dokumen_id = sample_plan("bekasi-2024")
    assert "ARSIPARIS AHLI MUDA" not in promising(plan, dokumen_id, ESELON_III)
    assert "ARSIPARIS AHLI MUDA" in promising(plan, dokumen_id, ESELON_IV)


@pytest.mark.parametrize("owner", [None, "other"])
def test_an_official_promises_the_indicators_that_the_own_lines_support_in_another_sasaran(owner):
    plan, dokumen_id = sample_plan()
    node = next(node for node in plan.all(Kinerja) if node.tingkat == "sasaran_kegiatan" and node.nomor == "8")
    jobs = {job.id: job for job in plan.all(Jabatan)}
    mine = jobs[node.penanggung_jawab_id]
    other = next(job for job in jobs.values() if job.eselon == "III" and job.id != mine.id)
    plan.apply(edits.set_field(node, "penanggung_jawab_id", other.id if owner else None))
    first, second = plan.where(Dukungan, "kinerja_id", node.id)
    plan.apply(edits.set_field(plan.get(Anggaran, second.anggaran_id), "penanggung_jawab_id", other.id))
    form = build_form(plan, dokumen_id, ESELON_III)
    order = promising(plan, dokumen_id, ESELON_III)
    shown = {job: [row[2][3:] for row in annex_of(form, order.index(jobs[job].nama))[0]] for job in (mine.id, other.id)}
    names = [plan.get(Indikator, link.indikator_id).uraian for link in (first, second)]
    assert [name for name in names if name in shown[mine.id]] == names[:1]
    assert [name for name in names if name in shown[other.id]] == (names if owner else names[1:])


def test_an_agreement_without_any_budget_has_no_table_of_it() -> None:
    plan, dokumen_id = sample_plan("bekasi-2024")
    for line in plan.where(Anggaran, "dokumen_id", dokumen_id):
        assert line.jenis
    bare = Plan([row for row in plan.rows() if not isinstance(row, Anggaran | Dukungan)])
    form = build_form(bare, dokumen_id, ESELON_II)
    headings = [cell.text for table in tables(form) for row in table.header for cell in row.cells]
    assert "Target" in headings
    assert "Anggaran (Rp)" not in headings


def test_both_parties_stand_on_one_line() -> None:
    form = build_form(*sample_plan("bekasi-2024"), ESELON_II)
    for sheet in lay_out(form):
        level = {text.text: text.y for text in sheet.texts if text.text in ("Pihak Kedua,", "Pihak Pertama,")}
        assert len(level) in (0, 2)
        assert len({round(y, 3) for y in level.values()}) <= 1

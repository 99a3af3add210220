"""The whole document: which parts in which order, and every text of it in the PDF."""

import base64
import re
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from models.plan import Plan
from models.rows import DeretAnggaran, DeretIndikator, Dokumen, Formulir, Kop, Narasi, Opd
from services.forms.dokumen_lengkap import build, narrative
from services.forms.parts import Break, Contents, Cover, Run, Signature, Table, Text
from services.narasi.flow import flow, nested
from services.narasi.markup import parse
from services.narasi.template import template_changes
from services.order import GAP
from services.render.pdf import render_pdf
from services.samples import sample_plan

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def told(name="bone-2023"):
    """A sample with the narrative of the template."""
    plan, dokumen_id = sample_plan(name)
    plan.apply(template_changes(plan, dokumen_id))
    return plan, plan.get(Dokumen, dokumen_id)


def small(*rows, **dokumen):
    opd = Opd(id="o", urutan=1, nama="Dinas Koperasi", pemda="Kabupaten Bone")
    values = {"judul": "RENCANA AKSI", "tahun": 2027, **dokumen}
    document = Dokumen(id="d", opd_id="o", urutan=1, **values)
    return Plan([opd, document, *rows]), document


def narasi(place, isi="", judul=None, kunci=None, tingkat=None):
    return Narasi(
        id=f"n{place}", dokumen_id="d", urutan=GAP * place, kunci=kunci, judul=judul, isi=isi, tingkat=tingkat
    )


def outline(form):
    """The kinds of the parts, headings by their words."""
    found = []
    for part in form.parts:
        if isinstance(part, Text):
            found += [part.plain.replace("\n", " ")] if part.level == 1 or part.plain == "DAFTAR ISI" else []
        elif not isinstance(part, Table):
            found.append(part.title if isinstance(part, Break) and part.title else type(part).__name__)
    return found


def test_the_parts_follow_the_paper():
    plan, dokumen = told()
    assert outline(narrative(plan, dokumen)) == [
        "Cover",
        "KATA PENGANTAR",
        "Signature",
        "Break",
        "DAFTAR ISI",
        "Contents",
        "Break",
        "BAB I PENDAHULUAN",
        "Break",
        "BAB II RENCANA AKSI ATAS PERJANJIAN KINERJA",
        "Break",
        "BAB III PENUTUP",
        "Signature",
    ]


def test_headings_have_levels_and_hanging_numbers():
    plan, dokumen = small(
        narasi(1, judul="BAB I Pendahuluan"), narasi(2, judul="1.1 Latar {tahun}"), narasi(3, judul="1.1.1 Tugas")
    )
    heads = [part for part in narrative(plan, dokumen).parts if isinstance(part, Text) and part.level]
    assert [(h.level, h.label, h.plain) for h in heads] == [
        (1, "", "BAB I\nPENDAHULUAN"),
        (2, "1.1", "Latar 2027"),
        (3, "1.1.1", "Tugas"),
    ]
    assert [(h.bold, h.italic, h.align) for h in heads] == [
        (True, False, "center"),
        (True, False, "left"),
        (True, True, "left"),
    ]


def test_paragraphs_flow_and_lists_hang():
    plan, dokumen = small()
    texts = list(flow("Tahun **{tahun}**\n\n1. satu\n\n  a) dua\n\n  lanjutan", plan, dokumen))
    assert texts[0].text == (Run("Tahun "), Run("2027", bold=True))
    assert (texts[0].align, texts[0].first, texts[0].indent) == ("justify", 10, 0)
    assert [(t.label, t.indent, t.hang, t.first) for t in texts[1:]] == [
        ("1.", 9, 9, 0),
        ("a)", 18, 9, 0),
        ("", 9, 0, 0),
    ]


def test_letters_after_a_number_go_below_it_where_nothing_is_set_in():
    def levels(isi):
        return [paragraph.level for paragraph in nested(parse(isi))]

    assert levels("1. satu\n\na. dua\n\nb. tiga\n\n2. empat\n\n- lima") == [0, 1, 1, 0, 1]
    assert levels("a. satu\n\nb. dua\n\nteks\n\n- tiga") == [0, 0, 0, 0]
    assert levels("1. satu\n\nteks\n\na. dua") == [0, 0, 0]
    assert levels("1. satu\n\na. dua\n\n    - tiga") == [0, 0, 2]


def test_lines_with_bars_become_a_table():
    plan, dokumen = small()
    table, _ = flow("No | Nama | 2026\n1 | Satu\n2 | Dua | 5", plan, dokumen)
    assert isinstance(table, Table)
    assert [cell.text for cell in table.header[0].cells] == ["No", "Nama", "2026"]
    assert [[cell.text for cell in rows[0].cells] for rows in table.body] == [["1", "Satu", ""], ["2", "Dua", "5"]]
    assert sum(table.widths) == pytest.approx(160)
    bare, _ = flow("1 | Satu\n2 | Dua", plan, dokumen)
    assert (len(bare.header), len(bare.body)) == (0, 2)


def test_the_plan_adds_its_tables():
    plan, dokumen = told()
    goals, main, programs = (part for part in narrative(plan, dokumen).parts if isinstance(part, Table))
    first = [[cell.text for cell in row.cells] for row in goals.body[1]]
    assert first[0][0] == "1"
    assert first[0][-1] == "1,25%"
    assert [rows[0].cells[0].text for rows in goals.body] == ["I", "1", "2", "II", "3"]
    assert len(main.body) == 4
    assert programs.total[0].cells[-1].text == "4.111.656.976"


def test_a_section_of_the_officer_gets_its_table_by_its_title():
    plan, dokumen = told()
    rows = [replace(row, kunci=None) if isinstance(row, Narasi) else row for row in plan.rows()]
    assert sum(isinstance(part, Table) for part in narrative(Plan(rows), dokumen).parts) == 3


def test_without_data_there_is_no_table():
    plan, dokumen = small(narasi(1, kunci="tujuan_sasaran"), narasi(2, kunci="indikator_kinerja_utama"))
    form = narrative(plan, dokumen)
    assert form.filled
    assert not any(isinstance(part, Table) for part in form.parts)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        (
            "buleleng-2022",
            [f"Lampiran {n} Rencana Aksi Bulanan {t}" for n, t in enumerate(("Eselon II", "Eselon III"), 1)],
        ),
        ("bone-2023", ["Lampiran 1 Rencana Aksi Triwulan Kinerja dan anggaran"]),
    ],
)
def test_the_forms_of_the_plan_are_annexes(name, titles):
    plan, dokumen = told(name)
    form = build(plan, dokumen)
    breaks = [part for part in form.parts if isinstance(part, Break) and part.title]
    assert [part.title for part in breaks][: len(titles)] == titles
    assert all(part.level == 1 and part.page.landscape for part in breaks)
    assert sum(isinstance(part, Cover) for part in form.parts) == 1
    assert form.parts[: len(narrative(plan, dokumen).parts)] == narrative(plan, dokumen).parts
    assert not form.page.landscape


def test_an_annex_lies_on_the_page_that_is_set_for_it():
    plan, dokumen = told("buleleng-2022")
    row = Formulir(id="f", dokumen_id=dokumen.id, nama="bulanan-eselon-ii", kertas="A3")
    form = build(Plan([*plan.rows(), row]), dokumen)
    papers = [part.page.paper.name for part in form.parts if isinstance(part, Break) and part.page]
    assert papers[:2] == ["A3", "F4"]


def test_a_plan_without_narrative_and_figures_has_nothing_to_print():
    plan, dokumen = small()
    assert not build(plan, dokumen).filled
    assert outline(build(plan, dokumen)) == ["Cover", "DAFTAR ISI", "Contents"]


def test_annexes_alone_are_enough():
    plan, dokumen_id = sample_plan("buleleng-2022")
    dokumen = plan.get(Dokumen, dokumen_id)
    assert build(plan, dokumen).filled
    assert not narrative(plan, dokumen).filled


def test_the_cover_says_whose_paper_it_is():
    kop = Kop(id="k", opd_id="o", baris="PEMERINTAH", logo=base64.b64encode(PIXEL).decode())
    plan, dokumen = small(kop, judul="Rencana Aksi Tahun 2027", tahap="perubahan", nomor_perubahan=2)
    cover = narrative(plan, dokumen).parts[0]
    assert [text.plain for text in cover.top] == ["PEMERINTAH KABUPATEN BONE"]
    assert [text.plain for text in cover.middle] == ["RENCANA AKSI", "TAHUN 2027", "PERUBAHAN KE-2"]
    assert [text.plain for text in cover.bottom] == ["DINAS KOPERASI", "KABUPATEN BONE"]
    assert cover.logo == PIXEL


def test_only_the_last_closing_chapter_is_signed():
    plan, dokumen = small(
        narasi(1, judul="BAB I"),
        narasi(2, judul="BAB II PENUTUP"),
        narasi(3, judul="V. PENUTUP"),
        narasi(4, judul="5.2 Saran"),
    )
    form = narrative(plan, dokumen)
    assert [i for i, part in enumerate(form.parts) if isinstance(part, Signature)] == [len(form.parts) - 1]


def test_sections_before_the_first_chapter_are_printed():
    plan, dokumen = small(narasi(1, "isi", judul="Catatan"), narasi(2, judul="BAB I"))
    parts = narrative(plan, dokumen).parts
    assert [part.plain for part in parts if isinstance(part, Text)][1:3] == ["Catatan", "isi"]


def squashed(text):
    """Without spaces, and without hyphens: one at the end of a line is read back as another character."""
    return re.sub("[\\s\ufffe\x02-]", "", text)


@pytest.mark.parametrize("name", ["bone-2023", "buleleng-2022"])
def test_every_text_is_in_the_pdf(name):
    form = build(*told(name))
    out = BytesIO()
    render_pdf(form, out)
    pdf = pypdfium2.PdfDocument(out)
    pages = [squashed(page.get_textpage().get_text_bounded()) for page in pdf]
    printed = "".join(re.sub(r"Halaman\d+dari\d+$", "", page) for page in pages)
    wanted = [part for part in form.parts if isinstance(part, Text)]
    assert len(wanted) > 50
    for text in wanted:
        assert squashed(f"{text.label}{text.plain}") in printed
    assert "Lampiran1RencanaAksi" in pages[2]
    pdf.close()


def test_the_years_series_decide_between_months_and_quarters():
    plan, dokumen = told("buleleng-2022")
    rows = [
        replace(row, periode="triwulan") if isinstance(row, DeretIndikator | DeretAnggaran) else row
        for row in plan.rows()
    ]
    titles = [part.title for part in build(Plan(rows), dokumen).parts if isinstance(part, Break) and part.title]
    assert titles
    assert all("Triwulan" in title for title in titles)


def test_a_contents_list_is_always_there():
    plan, dokumen = told()
    assert sum(isinstance(part, Contents) for part in build(plan, dokumen).parts) == 1

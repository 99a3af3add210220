"""The performance report: its babs, its tables and charts where the officer puts them, and the lists of them."""

import re
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from docx import Document

from models.changes import Change
from models.rows import DeretAnggaran, Dokumen, Indikator, Narasi, new_id
from services.forms import FORMS, build_form
from services.forms.heading import DOTS
from services.forms.lkip import FROM_RENCANA, FROM_TEMPLATE, build, narrative
from services.forms.parts import Break, Cell, Figure, Form, Page, Row, Signature, Table, Text
from services.forms.realisasi_sampai import set_as_of
from services.forms.settings import set_setup, setup_of
from services.narasi.flow import WIDTH, flow, heading
from services.narasi.inserts import ACROSS, FIGURE, TABLE, UPRIGHT, projected
from services.narasi.placeholders import INSERTS, chief_goals, fill, insert_of, unknown
from services.narasi.sections import LKIP, RENCANA, Section, add_section, naskah_of, sections
from services.narasi.template import template_changes, template_rows
from services.periods import Sampai
from services.render.docx import render_docx
from services.render.pdf import render_pdf
from services.samples import sample_plan
from services.tanggal import format_tanggal


def reported():
    """Buleleng, with eight tenths of the cash of nine months spent."""
    plan, dokumen_id = sample_plan("buleleng-2022")
    cash = [row for row in plan.where(DeretAnggaran, "dokumen_id", dokumen_id) if row.jenis == "kas"]
    plan.apply(
        Change(
            None,
            replace(
                row,
                id=new_id(),
                jenis="realisasi",
                nilai=tuple(None if v is None or at > 8 else v * 8 // 10 for at, v in enumerate(row.nilai)),
            ),
        )
        for row in cash
    )
    return plan, plan.get(Dokumen, dokumen_id)


def lampung():
    plan, dokumen_id = sample_plan("lampung-2019")
    return plan, plan.get(Dokumen, dokumen_id)


def captions(form, level):
    texts = [line for part in form.parts for line in (part.title if isinstance(part, Table) else (part,))]
    return [text.plain for text in texts if isinstance(text, Text) and text.level == level]


def printed(form):
    out = BytesIO()
    render_pdf(form, out)
    pdf = pypdfium2.PdfDocument(out.getvalue())
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in pdf]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("{tabel:capaian-iku}", "tabel:capaian-iku"),
        ("  {bagan:kurva-s} ", "bagan:kurva-s"),
        ("Lihat {bagan:kurva-s}", None),
        ("{tabel:lain}", None),
        ("{tahun}", None),
    ],
)
def test_a_line_that_asks_for_a_table_holds_nothing_else(line, name):
    assert insert_of(line) == name


def test_unknown_tables_are_told_with_unknown_words_in_the_order_of_the_text():
    assert unknown("{bagan:a} {salah} {tabel:iku} {tahun} {bagan:a}") == ["bagan:a", "salah"]


def test_every_insert_gives_something_to_print():
    plan, dokumen = reported()
    for name in INSERTS:
        assert list(flow(f"{{{name}}}", plan, dokumen)), name


def test_a_table_parts_the_paragraph_in_whose_midst_it_stands():
    plan, dokumen = lampung()
    parts = list(flow("Sebelum\n**tebal**\n{tabel:iku}\nSesudah", plan, dokumen))
    texts = [part.plain for part in parts if isinstance(part, Text) and part.plain]
    assert texts == ["Sebelum\ntebal", "Sesudah"]
    assert isinstance(parts[1], Table)
    assert parts[1].title[0].level == TABLE


def test_what_the_plan_has_nothing_for_is_a_sentence():
    plan, dokumen_id = sample_plan("bone-2023")
    dokumen = plan.get(Dokumen, dokumen_id)
    (text,) = flow("{tabel:capaian-iku}", plan, dokumen)
    assert text.plain == "Tabel capaian indikator kinerja utama belum dapat dimuat: realisasi belum diisi."
    plan, dokumen = lampung()
    (text,) = flow("{bagan:kurva-s}", plan, dokumen)
    assert text.plain.endswith("rencana kas dan realisasi per bulan belum diisi.")


def test_a_table_with_fewer_columns_keeps_its_merged_cells():
    head = Row((Cell(0, "A"), Cell(1, "B", cols=2), Cell(3, "D")), 5)
    numbers = Row(tuple(Cell(col, str(col + 1)) for col in range(4)), 5)
    body = ((Row((Cell(0, "a"), Cell(1, "gone"), Cell(2, "c"), Cell(3, "d")), 5),),)
    foot = (Row((Cell(0, "note", cols=4),), 5),)
    made = projected(Table((1, 1, 1, 1), (head, numbers), body, foot), {0: 1, 2: 2, 3: 1})
    assert sum(made.widths) == pytest.approx(WIDTH)
    assert [(cell.col, cell.cols, cell.text) for cell in made.header[0].cells] == [
        (0, 1, "A"),
        (1, 1, "B"),
        (2, 1, "D"),
    ]
    assert [cell.text for cell in made.header[1].cells] == ["1", "2", "3"]
    assert [(cell.col, cell.text) for cell in made.body[0][0].cells] == [(0, "a"), (1, "c"), (2, "d")]
    assert made.total[0].cells[0].cols == 3


def test_four_babs_with_numbered_tables_and_charts():
    form = build(*reported())
    assert captions(form, 1)[:2] == ["KATA PENGANTAR", "IKHTISAR EKSEKUTIF"]
    assert [text for text in captions(form, 1) if text.startswith("BAB")] == [
        "BAB I\nPENDAHULUAN",
        "BAB II\nPERENCANAAN KINERJA",
        "BAB III\nAKUNTABILITAS KINERJA",
        "BAB IV\nPENUTUP",
    ]
    numbers = [text.split()[1] for text in captions(form, TABLE)]
    assert numbers[:4] == ["2.1", "2.2", "2.3", "3.1"]
    assert numbers == sorted(numbers)
    assert captions(form, FIGURE)[-1].endswith("Kurva S Rencana Kas dan Realisasi Anggaran Tahun 2022")


def test_the_lists_name_the_pages_on_which_the_captions_are_printed():
    form = build(*lampung())
    pages = printed(form)
    listed = next(page for page in pages if "DAFTAR TABEL" in page)
    for words in (*captions(form, TABLE), *captions(form, FIGURE)):
        number = int(re.search(re.escape(words) + r" \.+ ?(\d+)", listed)[1])
        # The cover is not counted.
        assert words in pages[number], words


def test_five_years_are_printed_across_and_the_text_goes_on_upright():
    form = build(*lampung())
    breaks = [part.page for part in form.parts if isinstance(part, Break) and part.page]
    assert breaks[:2] == [replace(ACROSS, paper=UPRIGHT.paper), UPRIGHT]


def test_the_paper_that_is_set_for_the_report_holds_behind_the_page_across():
    plan, dokumen = lampung()
    page = replace(UPRIGHT, left=40, paper=replace(UPRIGHT.paper))
    plan.apply(
        set_setup(plan, dokumen.id, "lkip", UPRIGHT, replace(setup_of(plan, dokumen.id, "lkip", UPRIGHT), page=page))
    )
    breaks = [part.page for part in build(plan, dokumen).parts if isinstance(part, Break) and part.page]
    assert breaks[1].left == 40


def test_the_template_is_printed_until_the_officer_writes_their_own():
    plan, dokumen = reported()
    assert build(plan, dokumen).remark == FROM_TEMPLATE
    plan.apply(template_changes(plan, dokumen.id, LKIP))
    form = build(plan, dokumen)
    assert form.remark == ""
    assert captions(form, TABLE) == captions(build(*reported()), TABLE)


def test_there_is_nothing_to_report_before_anything_is_reported_or_written():
    plan, dokumen_id = sample_plan("bone-2023")
    dokumen = plan.get(Dokumen, dokumen_id)
    assert build(plan, dokumen).empty
    plan.apply(template_changes(plan, dokumen_id, LKIP))
    assert not build(plan, dokumen).empty


def test_the_report_is_another_narrative_than_that_of_the_plan():
    plan, dokumen = reported()
    plan.apply(template_changes(plan, dokumen.id, LKIP))
    assert sections(plan, dokumen.id) == ()
    plan.apply(template_changes(plan, dokumen.id))
    assert len(sections(plan, dokumen.id, LKIP)) == len(template_rows("d", LKIP))
    assert len(sections(plan, dokumen.id)) == len(template_rows("d"))
    last = sections(plan, dokumen.id, LKIP)[-1]
    changes, fresh = add_section(plan, dokumen.id, last.row.id, 2, "4.1 Simpulan", LKIP)
    plan.apply(changes)
    assert naskah_of(plan.get(Narasi, fresh)) == LKIP
    assert sections(plan, dokumen.id, LKIP)[-1].row.id == fresh
    assert all(naskah_of(section.row) == RENCANA for section in sections(plan, dokumen.id))
    text = "".join(printed(build_form(plan, dokumen.id, "dokumen-lengkap")))
    assert "AKUNTABILITAS KINERJA" not in text


def written(*texts):
    """Lampung with these texts as BAB III of its LKIP."""
    plan, dokumen = lampung()
    plan.apply(
        Change(
            None,
            Narasi(
                id=new_id(),
                dokumen_id=dokumen.id,
                urutan=at + 1,
                kunci="lkip.bagian",
                judul="BAB III AKUNTABILITAS KINERJA" if not at else f"3.{at} Isi",
                isi=isi,
                tingkat=1 if not at else 2,
            ),
        )
        for at, isi in enumerate(texts)
    )
    return plan, dokumen


TYPED = "Tabel {} Analisis\n\nTahun | 2018 | 2019\nAktif | 2.365 | 2.016"


def test_a_caption_that_the_officer_typed_keeps_its_number_and_no_other_gets_it():
    iku = "{tabel:iku}"
    form = build(*written(iku, TYPED.format("3.2"), iku, TYPED.format("3.7"), TYPED.format("3.3"), iku, iku))
    numbers = [text.split()[1] for text in captions(form, TABLE)]
    assert numbers == ["3.1", "3.2", "3.4", "3.7", "3.3", "3.5", "3.6"]
    pages = printed(form)
    assert sum("Tabel 3.7 Analisis" in page for page in pages) == 2, "in the list and above its table"


def test_words_before_a_table_that_are_no_caption_stay_a_paragraph():
    (text, table, _) = flow("Tabel berikut\n\nTahun | 2018\nAktif | 2.365", *lampung())
    assert (text.level, table.title) == (0, ())
    parts = list(flow("Tabel 3.1 Analisis\n\nSesudahnya.", *lampung()))
    assert [part.level for part in parts] == [0, 0]
    (table, _) = flow("grafik 3.1. Perkembangan\n\nTahun | 2018\nAktif | 2.365", *lampung())
    assert [(line.plain, line.level) for line in table.title] == [("Grafik 3.1 Perkembangan", FIGURE)]


def test_numbers_of_a_typed_table_stand_under_one_another():
    (table, _) = flow(
        "No | Uraian | 2018 | Pagu\n1 | Aktif 2 | 2.365 | Rp 6.319.911.000,-\n2 | - | 93,70 % | ada", *lampung()
    )
    aligned = [[cell.align for cell in row.cells] for (row,) in table.body]
    assert aligned == [["center", "left", "right", "right"], ["center", "left", "right", "left"]]


def test_a_report_that_was_imported_as_the_narrative_is_the_report():
    plan, dokumen = written("Isi laporan.")
    plan.apply([Change(row, replace(row, kunci="bagian")) for row in plan.where(Narasi, "dokumen_id", dokumen.id)])
    form = build(plan, dokumen)
    assert form.remark == FROM_RENCANA
    assert [text for text in captions(form, 1) if text.startswith("BAB")] == ["BAB III\nAKUNTABILITAS KINERJA"]
    plan.apply(template_changes(plan, dokumen.id, LKIP))
    assert build(plan, dokumen).remark == ""


def test_the_contents_stand_before_text_that_no_bab_holds():
    plan, dokumen = written("Isi.")
    row = plan.where(Narasi, "dokumen_id", dokumen.id)[0]
    before = [
        replace(row, id=new_id(), urutan=-2, judul="IKHTISAR EKSEKUTIF"),
        replace(row, id=new_id(), urutan=-1, judul="1.1 Latar Belakang", tingkat=2),
    ]
    plan.apply([Change(None, one) for one in before])
    texts = [part.plain for part in build(plan, dokumen).parts if isinstance(part, Text) and part.plain]
    assert texts[0] == "DAFTAR ISI"


def test_each_of_many_charts_has_a_caption_on_its_page():
    plan, dokumen = reported()
    goal = chief_goals(plan, dokumen.id)[0]
    one = plan.where(Indikator, "kinerja_id", goal.id)[0]
    for at in range(40):
        node = replace(goal, id=new_id(), urutan=goal.urutan + 1000 + at, uraian=f"Sasaran tambahan {at}")
        plan.apply(
            [
                Change(None, node),
                Change(None, replace(one, id=new_id(), kinerja_id=node.id, target="10", realisasi=str(at))),
            ]
        )
    plan.apply(set_as_of(plan, dokumen.id, Sampai(12, triwulan=True)))
    plan.apply(template_changes(plan, dokumen.id, LKIP))
    form = build(plan, dokumen)
    named = [text for text in captions(form, FIGURE) if "Menurut Sasaran" in text]
    assert [text.partition(" (")[2] for text in named] == [f"Bagian {number} dari 4)" for number in range(1, 5)]
    pages = printed(form)
    for text in named:
        (page,) = (page for page in pages if text in page and "DAFTAR GAMBAR" not in page)
        assert "garis putus-putus: 100 %" in page


def test_each_annex_says_its_number():
    plan, dokumen = reported()
    pages = printed(build(plan, dokumen))
    assert any("LAMPIRAN 1 PERJANJIAN KINERJA" in page for page in pages)
    assert any("LAMPIRAN 2 CAPAIAN INDIKATOR" in page for page in pages)


def test_no_heading_and_no_line_that_announces_a_list_ends_a_page():
    plan, dokumen = lampung()
    for above in range(150, 200, 7):
        isi = "Isi laporan. " * above + "\n\nSebagai berikut:\n1. satu\n2. dua"
        rows = [Narasi(id=new_id(), dokumen_id="d", urutan=1, judul="1.4 Isu", isi="", tingkat=2)]
        story = [*flow(isi, plan, dokumen), heading(Section(rows[0], 2, "1.4 Isu"), plan, dokumen)]
        story += flow("Isu strategis adalah sebagai berikut :\n1. satu " + "kata " * 60 + "\n2. dua", plan, dokumen)
        pages = printed(Form("uji", "Uji", tuple(story), UPRIGHT))
        assert not any(re.search(r"(berikut ?:|1\.4 Isu) Halaman", page) for page in pages)


def test_words_of_the_money_agree_with_one_another():
    plan, dokumen = reported()
    said = fill("{periode}: {realisasi} dari {pagu} = {serapan}", plan, dokumen)
    period, spent, pagu, share = re.fullmatch(r"(.*): Rp ([\d.]+) dari Rp ([\d.]+) = ([\d,]+) %", said).groups()
    assert period == "Triwulan III"
    spent, pagu = (int(number.replace(".", "")) for number in (spent, pagu))
    assert float(share.replace(",", ".")) == pytest.approx(100 * spent / pagu, abs=0.006)


def test_the_full_forms_are_annexes_of_the_pdf_and_not_of_the_text_to_be_edited():
    plan, dokumen = reported()
    titles = [part.title for part in build(plan, dokumen).parts if isinstance(part, Break) and part.title]
    assert titles[0] == "Lampiran 1 Perjanjian kinerja"
    assert "Lampiran 2 Capaian IKU" in titles
    assert not any(isinstance(part, Break) and part.title for part in narrative(plan, dokumen).parts)


def test_the_document_to_be_edited_has_headings_tables_and_pictures_of_the_charts():
    plan, dokumen = reported()
    out = BytesIO()
    form = build_form(plan, dokumen.id, "lkip", "docx")
    render_docx(form, out)
    document = Document(BytesIO(out.getvalue()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "AKUNTABILITAS KINERJA" in text
    charts = [part for part in form.parts if isinstance(part, Figure)]
    assert len(charts) >= 1
    assert len(document.inline_shapes) == len(charts)
    assert len(document.tables) >= len(captions(form, TABLE))


def test_the_form_is_offered_as_a_document():
    assert FORMS["lkip"].group == "Dokumen"
    assert FORMS["lkip"].kinds == ("pdf", "docx")
    assert isinstance(build(*lampung()).page, Page)


def blocks(form):
    return [part for part in form.parts if isinstance(part, Signature)]


def test_the_report_is_not_signed_with_the_date_of_the_plan():
    plan, dokumen_id = sample_plan("buleleng-2022")
    dokumen = plan.get(Dokumen, dokumen_id)
    assert dokumen.tanggal
    year = dokumen.tanggal[:4]
    signed = blocks(build(plan, dokumen))
    assert len(signed) == 2
    for block in signed:
        assert block.tempat_tanggal.endswith(DOTS)
        assert year not in block.tempat_tanggal
    out = BytesIO()
    render_docx(narrative(plan, dokumen), out)
    said = [paragraph.text for paragraph in Document(BytesIO(out.getvalue())).paragraphs]
    assert not any(format_tanggal(dokumen.tanggal) in line for line in said)


@pytest.mark.parametrize(
    ("line", "dated"),
    [("Singaraja, 31 Januari 2023", True), ("Februari 2023.", True), ("Target tercapai pada Januari 2023", False)],
)
def test_a_date_that_the_officer_has_typed_stands_alone(line, dated):
    plan, dokumen_id = sample_plan("buleleng-2022")
    plan.apply(template_changes(plan, dokumen_id, LKIP))
    preface = next(row for row in plan.where(Narasi, "dokumen_id", dokumen_id) if row.judul == "KATA PENGANTAR")
    plan.apply((Change(preface, replace(preface, isi=f"{preface.isi}\n\n{line}")),))
    first = blocks(build(plan, plan.get(Dokumen, dokumen_id)))[0]
    assert (first.tempat_tanggal == "") == dated

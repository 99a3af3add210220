"""Word documents, read back with python-docx: styles, lists, tables, sections, contents."""

import base64
import shutil
import subprocess
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from models.rows import Dokumen
from services.forms.dokumen_lengkap import build, narrative
from services.forms.parts import (
    PAPERS,
    Break,
    Cell,
    Contents,
    Cover,
    Form,
    Letterhead,
    Page,
    Row,
    Run,
    Signature,
    Signatures,
    Table,
    Text,
)
from services.narasi.template import template_changes
from services.render.docx import render_docx
from services.samples import sample_plan

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PORTRAIT = Page(landscape=False, top=25, right=25, bottom=25, left=30)


def written(*parts, page=PORTRAIT, **more):
    return rendered(Form("naskah", "Naskah", parts, page, **more))


def rendered(form):
    out = BytesIO()
    render_docx(form, out)
    out.seek(0)
    return Document(out)


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def numbers(document):
    """(start, format, level) of the list of each item; the same list is the same object."""
    numbering = document.part.numbering_part.element
    found = []
    for paragraph in document.paragraphs:
        properties = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if properties is None:
            continue
        num = next(n for n in numbering.num_lst if n.numId == properties.numId.val)
        level = properties.ilvl.val
        abstract = next(
            a
            for a in numbering.findall(qn("w:abstractNum"))
            if a.get(qn("w:abstractNumId")) == str(num.abstractNumId.val)
        )
        words = abstract.findall(qn("w:lvl"))[level]
        found.append((properties.numId.val, words.find(qn("w:lvlText")).get(qn("w:val")), level))
    return found


@pytest.fixture(scope="module")
def bone():
    plan, dokumen_id = sample_plan("bone-2023")
    plan.apply(template_changes(plan, dokumen_id))
    form = narrative(plan, plan.get(Dokumen, dokumen_id))
    return form, rendered(form)


def test_headings_are_headings_with_their_levels(bone):
    form, document = bone
    wanted = [
        (f"Heading {part.level}", f"{part.label}\t{part.plain}".strip())
        for part in form.parts
        if isinstance(part, Text) and part.level
    ]
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert found == wanted
    assert ("Heading 1", "BAB I\nPENDAHULUAN") in found


def test_every_paragraph_is_there_in_its_style(bone):
    form, document = bone
    flowing = [part for part in form.parts if isinstance(part, Text) and part.align == "justify"]
    found = {p.text: p for p in document.paragraphs}
    for part in flowing:
        assert found[part.plain].style.name == ("List Paragraph" if part.label else "Body Text")
    body = document.styles["Body Text"]
    assert (body.font.name, body.font.size.pt, body.paragraph_format.first_line_indent.mm) == (
        "Arial",
        11.5,
        pytest.approx(10, 0.01),
    )


def test_a_chapter_begins_a_page(bone):
    _, document = bone
    chapters = [p for p in document.paragraphs if p.text.startswith("BAB ") and p.style.name == "Heading 1"]
    assert len(chapters) == 3
    assert all(p.paragraph_format.page_break_before for p in chapters)


def test_the_contents_are_a_field_with_entries(bone):
    form, document = bone
    entries = [p for p in document.paragraphs if p.style.name.startswith("toc")]
    heads = [part for part in form.parts if isinstance(part, Text) and part.level]
    assert len(entries) == len(heads)
    shown = ["".join(node.text or "" for node in p._p.iter(qn("w:t"))) for p in entries]
    assert shown[0] == "KATA PENGANTAR1"
    assert shown[1] == "BAB I PENDAHULUAN3"
    codes = " ".join(node.text for node in document.element.iter(qn("w:instrText")))
    assert 'TOC \\o "1-3"' in codes
    marks = {node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))}
    anchors = [node.get(qn("w:anchor")) for node in document.element.iter(qn("w:hyperlink"))]
    assert len(anchors) == len(entries)
    assert set(anchors) <= marks


def test_fields_are_balanced(bone):
    _, document = bone
    kinds = [node.get(qn("w:fldCharType")) for node in document.element.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 10


def test_the_cover_is_a_section_of_its_own_without_a_number(bone):
    _, document = bone
    cover, story = document.sections
    assert cover._sectPr.find(qn("w:pgBorders")) is not None
    assert story._sectPr.find(qn("w:pgBorders")) is None
    assert cover.footer.paragraphs[0].text == ""
    assert story.footer.paragraphs[0].text.strip() == "Halaman 1 dari 8"
    assert story._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert (round(story.page_width.mm), round(story.page_height.mm)) == (215, 330)
    assert "DINAS KOPERASI, USAHA KECIL DAN MENENGAH" in document.tables[0].cell(2, 0).text


def test_the_tables_of_the_plan_can_be_read(bone):
    form, document = bone
    tables = [part for part in form.parts if isinstance(part, Table)]
    for part, table in zip(tables, document.tables[1:], strict=True):
        assert [cell.text for cell in table.rows[0].cells] == [cell.text for cell in part.header[0].cells]
        rows = [row for block in part.body for row in block]
        assert len(table.rows) == len(part.header) + len(rows) + len(part.total)


def test_the_signature_stays_together(bone):
    _, document = bone
    at = [i for i, p in enumerate(document.paragraphs) if p.text.startswith("Watampone, 31")]
    assert len(at) == 2
    block = document.paragraphs[at[0] - 1 : at[0] + 5]
    assert [p.text for p in block[1:]] == [
        "Watampone, 31 Januari 2023",
        "KEPALA DINAS KOPERASI DAN UKM KABUPATEN BONE",
        "." * 38,
        "Pembina Utama Muda",
        "NIP. " + "." * 20,
    ]
    assert [p.paragraph_format.keep_with_next for p in block] == [True, True, True, True, True, None]
    assert not block[3].runs[0].underline


def test_a_known_name_is_bold_and_underlined_and_stands_on_the_right():
    document = written(
        Text("isi", 11), Signature("Bone, 1 Mei 2027", ("Kepala",), "Sri", "Pembina", "123", width=60, gap=20)
    )
    name = next(p for p in document.paragraphs if p.text == "Sri")
    assert (name.runs[0].bold, name.runs[0].underline) == (True, True)
    assert name.paragraph_format.left_indent.mm == pytest.approx(100, 0.01)
    assert name.paragraph_format.space_before.mm == pytest.approx(20, 0.01)
    assert texts(document)[-2:] == ["Pembina", "NIP. 123"]


def test_runs_are_bold_and_italic():
    document = written(
        Text((Run("a "), Run("b", bold=True), Run("c", italic=True)), 11), Text("judul", 12, bold=True, level=1)
    )
    (plain, head) = [p for p in document.paragraphs if p.text]
    assert [(run.text, run.bold, run.italic) for run in plain.runs] == [
        ("a ", None, None),
        ("b", True, None),
        ("c", None, True),
    ]
    assert head.style.font.bold
    assert head.runs[0].bold is None


def test_labels_are_words_own_numbers():
    items = [("1.", 9), ("2.", 9), ("a)", 18), ("b)", 18), ("3.", 9), ("a)", 18), ("-", 9), ("1.", 9), ("5.", 9)]
    document = written(*(Text(label, 11, label=label, indent=indent, hang=9) for label, indent in items))
    found = numbers(document)
    assert [(text, level) for _, text, level in found] == [
        ("%1.", 0),
        ("%1.", 0),
        ("%2)", 1),
        ("%2)", 1),
        ("%1.", 0),
        ("%2)", 1),
        ("-", 0),
        ("%1.", 0),
        ("%1.", 0),
    ]
    lists = [number for number, _, _ in found]
    assert lists[0] == lists[1] == lists[4]
    assert lists[2] == lists[3] != lists[5]
    assert len({lists[0], lists[5], lists[6], lists[7], lists[8]}) == 5
    starts = document.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert [start.get(qn("w:val")) for start in starts][-1] == "5"


def test_letters_and_roman_numbers_are_told_apart():
    letters = written(*(Text(x, 11, label=f"{x}.", indent=9, hang=9) for x in "ghij"))
    roman = written(*(Text(x, 11, label=f"{x}.", indent=9, hang=9) for x in ("i", "ii", "iii", "iv")))
    for document, form in ((letters, "lowerLetter"), (roman, "lowerRoman")):
        assert len({number for number, _, _ in numbers(document)}) == 1
        assert document.part.numbering_part.element.find(f".//{qn('w:numFmt')}").get(qn("w:val")) == form


def test_a_label_that_cannot_be_counted_stays_a_text():
    document = written(Text("isi", 11, label="(x)", indent=9, hang=9))
    assert texts(document) == ["(x)\tisi"]
    assert numbers(document) == []


def test_cells_are_merged_as_on_the_form():
    head = (
        Row((Cell(0, "No", rows=2), Cell(1, "Judul", cols=2)), 5),
        Row((Cell(1, "A"), Cell(2, "B", turned=True)), 5),
    )
    block = (
        Row((Cell(0, "1", rows=3), Cell(1, "a", fill=0.95), Cell(2, "b", align="right", bold=True)), 6),
        Row((Cell(1, "c", cols=2),), 6),
    )
    later = (Row((Cell(1, "d", foot="Rp 5"),), 6),)
    total = (Row((Cell(0, "Jumlah", cols=2, fill="#FDE9A9"), Cell(2, "9")), 6),)
    document = written(Table((10, 50, 40), head, (block, later), total))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["No", "Judul", "Judul"],
        ["No", "A", "B"],
        ["1", "a", "b"],
        ["1", "c", "c"],
        ["1", "d\nRp 5", ""],
        ["Jumlah", "Jumlah", "9"],
    ]
    assert table.cell(2, 0)._tc is table.cell(4, 0)._tc
    rows = table._tbl.findall(qn("w:tr"))
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True, True, *[False] * 4]
    fills = [node.get(qn("w:fill")) for node in table._tbl.iter(qn("w:shd"))]
    assert fills == ["F2F2F2", "FDE9A9"]
    widths = [int(node.get(qn("w:w"))) for node in table._tbl.iter(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx(160 * 56.69, abs=3)
    keeps = [p.paragraph_format.keep_with_next for row in table.rows[2:] for p in row.cells[2].paragraphs]
    assert keeps == [True, None, True, None]


@pytest.mark.parametrize("stretch", [True, False])
def test_a_table_that_is_not_stretched_keeps_its_millimetres(stretch):
    page = Page(landscape=False, left=25, right=30, fit_width=stretch)
    document = written(Table((10, 30), (), ((Row((Cell(0, "a"), Cell(1, "b")), 5),),)), page=page)
    widths = [int(node.get(qn("w:w"))) for node in document.tables[0]._tbl.iter(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx((160 if stretch else 40) * 56.69, abs=3)


def test_a_break_with_a_page_begins_a_section():
    document = written(
        Text("satu", 11),
        Break(),
        Text("dua", 11),
        Break(Page(PAPERS["A4"]), "Lampiran 1", 1),
        Text("tiga", 11),
        Contents(),
    )
    first, second = document.sections
    assert (first.orientation, second.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert (round(second.page_width.mm), round(second.page_height.mm)) == (297, 210)
    assert second.footer.paragraphs[0].text.strip() == "Halaman 1 dari 3"
    two = next(p for p in document.paragraphs if p.text == "dua")
    assert two.paragraph_format.page_break_before
    codes = " ".join(node.text for node in document.element.iter(qn("w:instrText")))
    assert 'TC "Lampiran 1" \\l 1' in codes
    entry = next(p for p in document.paragraphs if p.style.name == "toc 1")
    assert "".join(node.text or "" for node in entry._p.iter(qn("w:t"))) == "Lampiran 13"


def test_blocks_side_by_side_are_a_table():
    blocks = (Signature("", ("Pihak Kedua",), "A"), Signature("Bone, 1 Mei 2027", ("Pihak Pertama",), minta_nip=False))
    document = written(Text("isi", 11), Signatures(blocks))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Pihak Kedua", "Bone, 1 Mei 2027\nPihak Pertama"]
    left, right = (cell.text for cell in table.rows[1].cells)
    assert left.startswith("A\nNIP. ...")
    assert set(right) == {"."}


def test_logos_are_pictures():
    document = written(
        Cover(middle=(Text("JUDUL", 20),), logo=PIXEL), Letterhead((Text("KOP", 12),), PIXEL), Text("isi", 11)
    )
    assert len(list(document.element.iter(qn("a:blip")))) == 2
    assert "KOP" in document.tables[1].rows[0].cells[1].text
    broken = written(Letterhead((Text("KOP", 12),), b"rusak"), Text("isi", 11))
    assert texts(broken) == ["KOP", "isi"]


def test_stamp_and_code_are_at_the_edges():
    document = written(Text("isi", 11), draft=True, code="AB12")
    (section,) = document.sections
    assert 'string="DRAF"' in section.header._element.xml
    assert section.footer.paragraphs[0].text.startswith("Kode cetakan AB12")
    assert "DRAF" not in written(Text("isi", 11)).sections[0].header._element.xml


def test_what_xml_cannot_hold_is_left_out_and_markup_is_text():
    document = written(
        Text('a\x00b\ud800 <b>&amp;\n"x"\tz', 11), Table((10,), (), ((Row((Cell(0, "<w:p/>\x07"),), 5),),))
    )
    assert texts(document) == ['ab <b>&amp;\n"x"\tz']
    assert document.tables[0].cell(0, 0).text == "<w:p/>"


A3 = Page(PAPERS["A3"])


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (Text("", 11),),
        (Cover(),),
        (Cover(), Break()),
        (Cover(), Cover()),
        (Text("a", 11), Cover()),
        (Break(),),
        (Text("a", 11), Break(A3)),
        (Break(A3), Break(PORTRAIT, "Lampiran")),
        (Contents(),),
        (Signature("", ()),),
        (Signatures(()),),
        (Table((10,), (), ()),),
    ],
)
def test_a_form_of_almost_nothing_can_be_opened(parts):
    assert len(written(*parts).sections) >= 1


def test_it_is_indonesian_and_tells_no_date(bone):
    _, document = bone
    assert document.core_properties.language == "id-ID"
    assert document.core_properties.created.year == 2000
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "id-ID"


def test_the_same_form_is_the_same_bytes(bone):
    form, _ = bone
    first, second = BytesIO(), BytesIO()
    render_docx(form, first)
    render_docx(form, second)
    assert first.getvalue() == second.getvalue()
    with ZipFile(first) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in package.namelist())


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind jc rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps noProof vanish color spacing kern sz szCs u lang",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar pgBorders pgNumType cols vAlign titlePg docGrid",
}


@pytest.mark.parametrize("name", sorted(ORDERS))
def test_properties_stand_in_the_order_that_word_insists_on(name):
    """Source: ECMA-376 part 1, the sequences CT_PPr, CT_RPr, CT_TcPr, CT_TblPr and CT_SectPr."""
    plan, dokumen_id = sample_plan("bone-2023")
    plan.apply(template_changes(plan, dokumen_id))
    document = rendered(build(plan, plan.get(Dokumen, dokumen_id)))
    order = ORDERS[name].split()
    found = list(document.element.iter(qn(f"w:{name}")))
    assert found
    for properties in found:
        places = [order.index(child.tag.partition("}")[2]) for child in properties]
        assert all(a <= b for a, b in pairwise(places))


@pytest.mark.skipif(shutil.which("lowriter") is None, reason="LibreOffice Writer is not installed")
def test_libreoffice_opens_it(bone, tmp_path):
    form, _ = bone
    path = tmp_path / "naskah.docx"
    with path.open("wb") as out:
        render_docx(form, out)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["lowriter", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        timeout=120,
        capture_output=True,
    )
    assert (tmp_path / "naskah.pdf").read_bytes().startswith(b"%PDF")

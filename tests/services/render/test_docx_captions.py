"""Captions in a Word document: counted by Word itself, listed by it, and pictures with words."""

import io
import re
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from models.rows import Dokumen
from services.forms.lkip import narrative
from services.forms.parts import Cell, Figure, Form, Row, Table, Text
from services.narasi.flow import FIGURE, TABLE
from services.narasi.sections import LKIP
from services.narasi.template import template_changes
from services.render.docx import render_docx
from services.render.docx_captions import Caption, caption_of, listed
from services.samples import sample_plan


def rendered(form):
    out = io.BytesIO()
    render_docx(form, out)
    return docx.Document(io.BytesIO(out.getvalue()))


def codes(document):
    return [one.text.strip() for one in document.element.iter(qn("w:instrText"))]


def counted(document):
    """The captions as Word counts them: (what it counts, number), by the switches of the fields."""
    found = []
    last = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) == "Heading1":
            last.clear()
        for code in paragraph.iter(qn("w:instrText")):
            seq = re.fullmatch(r"SEQ (\w+) \\\* ARABIC(?: \\s 1)?(?: \\r (\d+))?", code.text.strip())
            if seq is not None:
                last[seq[1]] = int(seq[2]) if seq[2] else last.get(seq[1], 0) + 1
                found.append((seq[1], last[seq[1]]))
    return found


@pytest.fixture(scope="module")
def report():
    plan, dokumen_id = sample_plan("lampung-2019")
    plan.apply(template_changes(plan, dokumen_id, LKIP))
    form = narrative(plan, plan.get(Dokumen, dokumen_id))
    return form, rendered(form)


def captions(form):
    lines = (line for part in form.parts for line in (part.title if isinstance(part, Table) else (part,)))
    return [line for line in lines if isinstance(line, Text) and line.level in (TABLE, FIGURE)]


def test_word_counts_as_the_pdf_does(report):
    form, document = report
    printed = [caption_of(line) for line in captions(form)]
    assert counted(document) == [(one.counted, one.number) for one in printed]
    texts = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert texts == [line.plain for line in captions(form)]


def test_the_lists_are_fields_over_the_captions_and_the_contents_leave_them_out(report):
    _, document = report
    toc = [code for code in codes(document) if code.startswith("TOC")]
    assert [code.partition("\\c ")[2] for code in toc] == ["", '"Tabel"', '"Gambar"']
    entries = [p.text for p in document.paragraphs if p.style.name == "toc 1" or p.style.name == "toc 4"]
    assert not any("Tabel" in text for text in entries)
    names = [p.text.split("\t")[0] for p in document.paragraphs if p.style.name == "table of figures"]
    assert names == sorted((p.text for p in document.paragraphs if p.style.name == "Caption"), key=is_figure)
    anchors = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    assert {found[1] for code in codes(document) if (found := re.match(r"PAGEREF (\S+)", code))} <= anchors


def is_figure(words):
    return words.startswith("Gambar")


def test_every_picture_has_a_number_of_its_own_and_its_words(report):
    form, document = report
    about = [inline._inline.docPr for inline in document.inline_shapes]
    assert len({one.get("id") for one in about}) == len(about) == sum(isinstance(p, Figure) for p in form.parts)
    assert [one.get("descr") for one in about] == [part.words for part in form.parts if isinstance(part, Figure)]


ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
        "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
        "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
        "vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "tcPr": ("cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat "
        "locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
}


@pytest.mark.parametrize("name", sorted(ORDERS))
def test_the_report_is_in_the_order_that_word_insists_on(report, name):
    """Source: ECMA-376 part 1, CT_PPr, CT_RPr, CT_TcPr, CT_TblPr, CT_SectPr and CT_Style."""
    _, document = report
    order = ORDERS[name].split()
    found = [*document.element.iter(qn(f"w:{name}")), *document.styles.element.iter(qn(f"w:{name}"))]
    assert found
    for properties in found:
        places = [order.index(child.tag.partition("}")[2]) for child in properties]
        assert all(a <= b for a, b in pairwise(places)), [child.tag for child in properties]


def test_header_rows_are_repeated_and_pages_turn(report):
    form, document = report
    ruled = [part for part in form.parts if isinstance(part, Table) and part.ruled]
    heads = [len(list(table._tbl.iter(qn("w:tblHeader")))) for table in document.tables]
    assert heads[1:] == [len(part.header) for part in ruled], "the first is the cover"
    sizes = [(section.page_width > section.page_height) for section in document.sections]
    assert sizes == [False, False, True, False]


def test_numbers_that_do_not_follow_are_told_to_word():
    parts = [Text("BAB III", 13, level=1)]
    parts += [Text(f"{words} Judul", 10, level=TABLE) for words in ("Tabel 3.1", "Tabel 3.7", "Tabel 3.8", "Tabel 3.2")]
    parts += [Text("Grafik 3.1 Judul", 10, level=FIGURE), Text("Gambar 3.2 Judul", 10, level=FIGURE)]
    document = rendered(Form("uji", "Uji", tuple(parts)))
    assert counted(document) == [
        *(("Tabel", number) for number in (1, 7, 8, 2)),
        *(("Gambar", number) for number in (1, 2)),
    ]


def test_other_headings_of_that_level_are_headings():
    assert caption_of(Text("Tabel silsilah", 10, level=TABLE)) is None
    assert caption_of(Text("Tabel 3.1 Judul", 10)) is None
    assert caption_of(Text("Tabel 3.1 Judul", 10, level=TABLE)) == Caption("Tabel", "3", 1, " Judul")
    document = rendered(Form("uji", "Uji", (Text("Tabel silsilah", 10, level=TABLE),)))
    assert [p.style.name for p in document.paragraphs if p.text] == ["Heading 4"]


def test_a_table_of_other_things_is_no_list():
    row = Row((Cell(0, "Tabel 3.1 Judul ......"), Cell(1, "7")), 5)
    plain = Table((100, 10), (), ((row,),), ruled=False)
    assert listed(plain) == [("Tabel 3.1 Judul", "7")]
    assert listed(Table((100, 10), (), ((row,),))) == []
    other = Row((Cell(0, "Lain"), Cell(1, "7")), 5)
    assert listed(Table((100, 10), (), ((row,), (other,)), ruled=False)) == []

"""A figure in every output: vectors in PDF and SVG, a picture in DOCX, a table in XLSX; the same shapes and texts."""

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import docx
import openpyxl
import pypdfium2
import pytest

from services.forms.parts import Cell, Figure, Form, Label, Page, Row, Shape, Signature, Table, Text
from services.render.docx import render_docx
from services.render.figure_image import picture_of, svg_of
from services.render.layout import lay_out, missing_glyphs
from services.render.pdf import render_pdf
from services.render.sheets import MM
from services.render.xlsx import render_xlsx

RED, BLUE = "#D03020", "#2040C0"
OUTLINE = Table((60,), (), ((Row((Cell(0, "Tujuan 1"),), 6),),))
FIGURE = Figure(
    100,
    50,
    (
        Shape(((0, 0), (40, 0), (40, 20), (0, 20)), RED, None),
        Shape(((60, 30), (100, 30), (100, 50), (60, 50)), None, BLUE, 1),
        Shape(((40, 20), (60, 30)), dashed=True),
    ),
    (Label(2, 8, "Tujuan & <sasaran>", 9, bold=True), Label(100, 40, "kanan", 8, align="right")),
    "Bagan uji",
    OUTLINE,
)
FORM = Form("uji", "Uji", (Text("Judul", 12), FIGURE))


def pdf(form: Form) -> pypdfium2.PdfDocument:
    out = io.BytesIO()
    render_pdf(form, out)
    return pypdfium2.PdfDocument(out.getvalue())


def image(document: pypdfium2.PdfDocument, page: int = 0, scale: float = 2):
    return document[page].render(scale=scale).to_pil().convert("RGB")


def near(pixel, colour: str) -> bool:
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return all(abs(one - other) < 12 for one, other in zip(pixel, wanted, strict=True))


def test_its_texts_can_be_read_and_its_areas_have_their_colours() -> None:
    with pdf(FORM) as document:
        text = document[0].get_textpage().get_text_range()
        assert "Tujuan & <sasaran>" in text
        assert "kanan" in text
        picture = image(document)
    page = Page()
    left = (page.left + (page.width - page.left - page.right - 100) / 2) * MM * 2
    (drawing,) = (d for d in lay_out(FORM)[0].drawings if d.curves)
    top = drawing.clip[1] * 2
    assert near(picture.getpixel((round(left + 5 * MM * 2), round(top + 15 * MM * 2))), RED)
    assert near(picture.getpixel((round(left + 50 * MM * 2), round(top + 5 * MM * 2))), "#FFFFFF")


def test_what_would_not_fit_is_made_smaller_as_a_whole() -> None:
    wide = replace(FIGURE, width=1000, height=500)
    (drawing,) = (d for d in lay_out(replace(FORM, parts=(wide,)))[0].drawings if d.curves)
    x, _, width, _ = drawing.clip
    page = Page()
    assert width <= (page.width - page.left - page.right) * MM + 1.1
    assert x >= page.left * MM - 1
    assert drawing.texts[0].font.size < 9


def test_a_figure_goes_to_the_next_page_with_its_signature() -> None:
    signature = Signature("Bone, 2023", ("Kepala",), "Nama")
    parts = (Text("Judul", 12, after=120), replace(FIGURE, height=90), signature)
    sheets = lay_out(replace(FORM, parts=parts))
    assert [bool([d for d in sheet.drawings if d.curves]) for sheet in sheets] == [False, True]
    assert any("Kepala" in text.text for text in sheets[1].texts)


@pytest.mark.parametrize("height", range(150, 192, 3))
def test_a_chart_and_the_signature_below_it_are_never_parted(height: int) -> None:
    signature = Signature("Bone, 2023", ("Kepala",), "Nama")
    sheets = lay_out(replace(FORM, parts=(replace(FIGURE, height=height), signature)))
    assert len(sheets) == 1
    (drawing,) = (d for d in sheets[0].drawings if d.curves)
    foot = drawing.clip[1] + drawing.clip[3]
    assert min(text.y for text in sheets[0].texts if "Bone" in text.text) > foot


@pytest.mark.parametrize("above", range(60, 150, 6))
def test_a_caption_stands_on_the_page_of_its_chart(above: int) -> None:
    caption = Text("Gambar 3.1 Capaian", 10, level=5)
    sheets = lay_out(replace(FORM, parts=(Text("Isi", 12, after=above), caption, replace(FIGURE, height=60))))
    (sheet,) = (sheet for sheet in sheets if any(d.curves for d in sheet.drawings))
    assert [mark.title for mark in sheet.marks] == ["Gambar 3.1 Capaian"]


def test_a_chart_as_high_as_the_page_is_made_smaller_below_its_caption() -> None:
    caption = Text("Gambar 3.1 Capaian", 10, level=5)
    sheets = lay_out(replace(FORM, parts=(Text("Isi", 12), caption, replace(FIGURE, height=400))))
    (sheet,) = (sheet for sheet in sheets if any(d.curves for d in sheet.drawings))
    assert [mark.title for mark in sheet.marks] == ["Gambar 3.1 Capaian"]


def test_what_lies_outside_of_its_window_is_cut_off() -> None:
    window = replace(FIGURE, origin=(0, 0), width=20, height=10)
    (drawing,) = (d for d in lay_out(replace(FORM, parts=(window,)))[0].drawings if d.curves)
    with pdf(replace(FORM, parts=(window,))) as document:
        picture = image(document)
    x, y, width, height = drawing.clip
    assert near(picture.getpixel((round((x + width / 2) * 2), round((y + height - 3) * 2))), RED)
    assert near(picture.getpixel((round((x + width + 6) * 2), round((y + 3) * 2))), "#FFFFFF")
    assert near(picture.getpixel((round((x + 3) * 2), round((y + height + 6) * 2))), "#FFFFFF")


def test_the_same_figure_gives_the_same_bytes() -> None:
    one, other = io.BytesIO(), io.BytesIO()
    render_pdf(FORM, one)
    render_pdf(FORM, other)
    assert one.getvalue() == other.getvalue()
    assert picture_of(FIGURE) == picture_of(FIGURE)


def test_a_glyph_that_the_typeface_lacks_is_named() -> None:
    odd = replace(FIGURE, labels=(Label(0, 5, "漢", 9),))
    assert missing_glyphs(replace(FORM, parts=(odd,))) == {"漢"}


def test_a_workbook_holds_its_table_or_its_words() -> None:
    for figure, expected in ((FIGURE, "Tujuan 1"), (replace(FIGURE, table=None), "Bagan uji")):
        out = io.BytesIO()
        render_xlsx(replace(FORM, parts=(Text("Judul", 12), figure)), out)
        (sheet,) = openpyxl.load_workbook(out).worksheets
        assert expected in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_word_document_holds_it_as_a_picture() -> None:
    out = io.BytesIO()
    render_docx(FORM, out)
    (shape,) = docx.Document(out).inline_shapes
    assert shape.width.mm == pytest.approx(100, abs=0.5)
    assert shape.height.mm == pytest.approx(50, abs=0.5)


def test_svg_is_well_formed_and_holds_shapes_and_texts() -> None:
    root = ET.fromstring(svg_of(FIGURE))
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert names.count("polygon") == 1
    assert names.count("polyline") == 2
    texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")]
    assert texts == ["Tujuan & <sasaran>", "kanan"]
    assert (root.get("width"), root.get("height")) == ("100.00mm", "50.00mm")

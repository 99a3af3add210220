import io
import re
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.forms.parts import PAPERS, Cell, Form, Page, Row, Signature, Table, Text
from services.render.fonts import font_file
from services.render.layout import lay_out
from services.render.pdf import render_pdf
from services.render.wrapping import clean

MM = 72 / 25.4
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November")
SIGNATURE = Signature("Singaraja, 12 Oktober 2022", ("Kepala Dinas",), "Drs. Nama", "Pembina", "19741014 199311 1 001")


def block(number: int) -> tuple[Row, ...]:
    merged = (Cell(0, f"Sasaran (ke-{number}) \\ 50%", rows=11, repeat=True), Cell(2, "78,00", rows=11, align="right"))
    return tuple(
        Row((merged[:1] if not line else ()) + (Cell(1, f"{month} {number}"),) + (merged[1:] if not line else ()), 5.9)
        for line, month in enumerate(MONTHS)
    )


def sample(blocks: int = 5, page: Page | None = None) -> Form:
    header = (Row(tuple(Cell(col, f"Kolom {col}", bold=True, middle=True, fill=0.88) for col in range(3)), 6),)
    title = (Text("RENCANA AKSI – 2022", 9.5, bold=True, align="center", after=3),)
    total = (Row((Cell(0, "TOTAL", cols=2, bold=True, fill=0.95), Cell(2, "100", bold=True, fill=0.95)), 6),)
    table = Table((110, 120, 80), header, tuple(block(number) for number in range(blocks)), total, title, True)
    return Form("uji", "Rencana Aksi – Contoh", (table, SIGNATURE), page or Page())


def rendered(form: Form) -> bytes:
    out = io.BytesIO()
    render_pdf(form, out)
    return out.getvalue()


class Character:
    """A character as pdfium reads it back, with its box in points."""

    def __init__(self, page: pypdfium2.PdfTextPage, index: int) -> None:
        self.text = chr(pypdfium2.raw.FPDFText_GetUnicode(page.raw, index))
        self.left, self.bottom, self.right, self.top = page.get_charbox(index)


def read(data: bytes) -> list[list[Character]]:
    """The characters of each page, in reading order."""
    with pypdfium2.PdfDocument(data) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append([Character(text, index) for index in range(text.count_chars())])
            text.close()
            page.close()
        return pages


def normal(text: str) -> str:
    """Without white space, and with pdfium's own changes undone: surrogates, ligatures, hyphens at line ends."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = unicodedata.normalize("NFKC", text).replace("\ufffe", "-").replace("\x02", "-")
    return "".join(text.split())


def page_text(page: list[Character]) -> str:
    return "".join(character.text for character in page)


def test_every_text_is_there_in_reading_order(tmp_path: Path) -> None:
    path = tmp_path / "uji.pdf"
    with path.open("wb") as out:
        count = render_pdf(sample(), out)
    pages = [normal(page_text(page)) for page in read(path.read_bytes())]
    assert count == len(pages) == 3
    wanted = [f"{month}{number}" for number in range(5) for month in MONTHS]
    assert re.findall(rf"(?:{'|'.join(MONTHS)})[0-9]", "".join(pages).partition("TOTAL")[0]) == wanted
    for number, page in enumerate(pages, 1):
        assert page.startswith("RENCANAAKSI–2022Kolom0Kolom1Kolom2Sasaran(ke-")
        assert page.endswith(f"Halaman{number}dari3")
    assert "TOTAL100Singaraja,12Oktober2022KepalaDinasDrs.NamaPembinaNIP.19741014" in pages[-1]


def test_nothing_is_outside_the_page() -> None:
    for character in (character for page in read(rendered(sample())) for character in page):
        assert 0 <= character.left <= character.right <= 330 * MM
        assert 0 <= character.bottom <= character.top <= 215 * MM


@pytest.mark.parametrize(
    ("page", "size"),
    [
        (Page(), (330, 215)),
        (Page(PAPERS["A4"]), (297, 210)),
        (Page(PAPERS["F4"], landscape=False), (215, 330)),
    ],
)
def test_pages_have_the_size_of_the_paper(page: Page, size: tuple[float, float]) -> None:
    with pypdfium2.PdfDocument(rendered(sample(1, page))) as document:
        width, height = document[0].get_size()
    assert (width / MM, height / MM) == pytest.approx(size, abs=0.05)


def test_the_foot_stands_five_millimetres_above_the_edge() -> None:
    page = read(rendered(sample()))[0]
    foot = page[page_text(page).rindex("Halaman") :]
    assert foot[0].bottom == pytest.approx(5 * MM, abs=0.15)
    assert (foot[0].left + foot[-1].right) / 2 == pytest.approx(165 * MM, abs=0.5)


def test_fonts_are_embedded_subsets_and_nothing_else_is_named() -> None:
    data = rendered(sample())
    assert set(re.findall(rb"/BaseFont /(\S+)", data)) == {b"AAAAAA+LiberationSans", b"AAAAAA+LiberationSans-Bold"}
    assert data.count(b"/FontFile2") == 2
    assert b"Helvetica" not in data
    assert b"/Encrypt" not in data
    assert len(data) < 80_000


def test_fonts_are_found_in_the_unpacked_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert font_file("LiberationSans-Regular").is_file()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert font_file("LiberationSans-Bold") == tmp_path / "resources" / "fonts" / "LiberationSans-Bold.ttf"


def test_the_document_names_its_language_and_title() -> None:
    data = rendered(sample())
    assert re.search(rb"/Lang \(id\)", data)
    assert re.search(rb"/DisplayDocTitle true", data)
    with pypdfium2.PdfDocument(data) as document:
        assert document.get_metadata_value("Title") == "Rencana Aksi – Contoh"
        assert [bookmark.get_title() for bookmark in document.get_toc()] == ["Rencana Aksi – Contoh"]


def test_the_same_form_gives_the_same_bytes() -> None:
    data = rendered(sample())
    assert rendered(sample()) == data
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: rendered(sample()), range(8))) == {data}
    assert rendered(sample(4)) != data


def test_another_content_is_another_document() -> None:
    other = Form("uji", "Rencana Aksi – Contoh", (Text("lain", 9),))
    found = [re.search(rb"/ID\s*\[(<[0-9a-f]+>)", rendered(form)) for form in (sample(), other)]
    assert all(found)
    assert len({match[1] for match in found if match}) == 2


def test_the_pages_that_are_laid_out_are_those_of_the_file() -> None:
    for blocks in (0, 1, 2, 7):
        assert len(lay_out(sample(blocks))) == len(read(rendered(sample(blocks))))


def test_rules_and_fills_are_drawn() -> None:
    with pypdfium2.PdfDocument(rendered(sample(1))) as document:
        image = document[0].render(scale=2).to_pil().convert("L")
    assert image.getpixel((int(12 * MM * 2), int(19 * MM * 2))) == round(0.88 * 255)
    row = [image.getpixel((int(15 * MM * 2), y)) for y in range(image.height)]
    assert sum(value < 150 for value in row) >= 3


def test_glyphs_that_the_font_lacks_can_still_be_copied() -> None:
    text = "漢字 😀 ﷼ tetap"
    found = normal("".join(page_text(page) for page in read(rendered(_one_cell(text)))))
    assert normal("漢字😀") in found
    assert "tetap" in found


def test_markup_and_operators_are_only_text() -> None:
    text = "<b>tebal</b> <img src='x'> ) Tj ET (\\) &amp; %"
    assert normal(text) in normal(page_text(read(rendered(_one_cell(text)))[0]))


def _one_cell(text: str, width: float = 200) -> Form:
    row = Row((Cell(0, "A"), Cell(1, text, repeat=True), Cell(2, "B")), 5.9)
    return Form("uji", "Uji", (Table((30, width, 20), (), ((row,),)),))


_CHARACTERS = st.characters(exclude_categories=["Cs", "Cn", "Co"]).filter(
    lambda char: unicodedata.bidirectional(char) not in ("R", "AL", "AN")
)
"""Not those written from the right, which pdfium gives back in another order than they have in the file."""


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(
        st.text(_CHARACTERS, max_size=80),
        st.text(st.sampled_from("abc -/()\\\n\t\u00a0é–<>&"), max_size=300),
        st.text(_CHARACTERS, min_size=1, max_size=4).map(lambda text: (text * 4000)[:4000]),
    ),
    st.sampled_from((9, 60, 200)),
)
@example("kata " * 800, 9)
@example("0" * 4000, 9)
def test_any_text_in_a_cell_is_whole_and_inside_it(text: str, width: float) -> None:
    scale = 310 / (50 + width)
    left, right = (10 + 30 * scale) * MM, (10 + (30 + width) * scale) * MM
    inside = []
    for page in read(rendered(_one_cell(text, width))):
        for character in page:
            assert 0 <= character.left <= character.right <= 330 * MM
            assert 0 <= character.bottom <= character.top <= 215 * MM
            if character.bottom > 11 * MM and left - 0.1 <= character.left <= character.right <= right + 0.1:
                inside.append(character.text)
    assert normal("".join(inside)) == normal(clean(text))

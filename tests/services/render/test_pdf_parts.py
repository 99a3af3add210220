"""Every kind of part in the finished file, as a reader of PDF finds it."""

import io
import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from services.forms.parts import (
    PAPERS,
    Break,
    Cell,
    Contents,
    Cover,
    Form,
    Letterhead,
    Page,
    Part,
    Row,
    Run,
    Signature,
    Signatures,
    Table,
    Text,
)
from services.render.layout import lay_out
from services.render.pdf import render_pdf
from services.render.sheets import MM, Sheet
from services.render.wrapping import clean

PORTRAIT = Page(landscape=False, top=25, right=25, bottom=22, left=25)
SIGNATURE = Signature("Praya, Maret 2022", ("Kepala Dinas",), "Nama Lengkap", "Pembina", "1974", align="center")
PROSE = "Pihak Pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini. " * 3


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (40, 60), (20, 120, 60)).save(out, kind)
    return out.getvalue()


def everything(**options: object) -> Form:
    row = Row((Cell(0, "PROGRAM", rows=2, foot="Rp\u00a01.000", repeat=True), Cell(1, "aksi", italic=True)), 6)
    band = (Row((Cell(0, "BIDANG KOPERASI", cols=2, bold=True, fill="#FDE9A9"),), 6),)
    header = (Row((Cell(0, "TRIWULAN", turned=True), Cell(1, "Aksi", bold=True, fill=0.88)), 20),)
    table = Table((60, 250), header, (band, (row, Row((Cell(1, "lagi"),), 6))))
    parts: tuple[Part, ...] = (
        Cover((Text("TAHUN 2023", 12),), (Text("RENCANA AKSI", 26, align="center"),), logo=picture("PNG")),
        Break(PORTRAIT),
        Text("DAFTAR ISI", 12, align="center"),
        Contents(),
        Break(title="Perjanjian Kinerja", level=1),
        Letterhead((Text("PEMERINTAH", 12), Text("DINAS", 14)), picture("JPEG")),
        Text("Latar", 11, level=2, label="1.1", indent=10, hang=10, before=4),
        Text(PROSE, 11, align="justify", first=10),
        Text((Run("disebut "), Run("Pihak Pertama", bold=True), Run("; mi"), Run("ring", italic=True)), 11),
        Signatures((SIGNATURE, SIGNATURE)),
        Break(Page(PAPERS["A3"]), title="Rencana Aksi", level=1),
        table,
        SIGNATURE,
    )
    return Form("uji", "Serba-serbi", parts, **options)


def rendered(form: Form) -> bytes:
    out = io.BytesIO()
    render_pdf(form, out)
    return out.getvalue()


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append(text.get_text_range())
            text.close()
            page.close()
        return found


def normal(text: str) -> str:
    """Without white space, and with pdfium's own changes undone: surrogates, ligatures, hyphens at line ends."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = unicodedata.normalize("NFKC", text).replace("\ufffe", "-").replace("\x02", "-")
    return "".join(text.split())


def test_words_read_back_with_their_spaces() -> None:
    page = " ".join(pages_of(rendered(everything()))[2].split())
    assert f"1.1 Latar {PROSE.strip()} disebut Pihak Pertama; miring" in page


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_words_read_back_with_their_spaces_in_poppler_too(tmp_path: Path) -> None:
    (tmp_path / "uji.pdf").write_bytes(rendered(everything(draft=True)))
    command = ["pdftotext", "-f", "3", "-l", "3", str(tmp_path / "uji.pdf"), "-"]
    page = " ".join(subprocess.run(command, capture_output=True, check=True).stdout.decode().split())
    assert f"1.1 Latar {PROSE.strip()} disebut Pihak Pertama; miring" in page


def test_draft_comes_first_and_changes_nothing_else() -> None:
    plain, draft = (pages_of(rendered(everything(draft=draft))) for draft in (False, True))
    assert [page.removeprefix("DRAF").lstrip() for page in draft] == plain
    assert all(page.startswith("DRAF") for page in draft)
    with pypdfium2.PdfDocument(rendered(Form("uji", "Uji", (Text("isi", 11),), draft=True))) as document:
        image = document[0].render(scale=1).to_pil().convert("L")
    shades = {count[1]: count[0] for count in image.getcolors() or ()}
    assert shades[round(0.91 * 255)] > 0.05 * image.width * image.height
    assert image.getpixel((2, 2)) == image.getpixel((image.width - 3, 2)) == 255


def test_pages_of_several_papers_in_one_file() -> None:
    data = rendered(everything())
    with pypdfium2.PdfDocument(data) as document:
        sizes = [tuple(round(length / MM) for length in page.get_size()) for page in document]
    assert sizes == [(330, 215), (215, 330), (215, 330), (420, 297)]
    assert len(lay_out(everything())) == 4
    feet = [re.findall(r"Halaman \d dari \d", page) for page in pages_of(data)]
    assert feet == [[], *([f"Halaman {number} dari 3"] for number in (1, 2, 3))]


def test_bookmarks_lead_to_what_they_name() -> None:
    with pypdfium2.PdfDocument(rendered(everything())) as document:
        found = []
        for mark in document.get_toc():
            dest = mark.get_dest()
            page = document[dest.get_index()]
            text = page.get_textpage()
            view = dest.get_view()[1]
            below = text.get_text_bounded(top=view[1]) if view else ""
            found.append((mark.level, mark.get_title(), dest.get_index(), below.strip().startswith(mark.get_title())))
            text.close()
    assert found == [
        (0, "Serba-serbi", 0, False),
        (1, "Perjanjian Kinerja", 2, False),
        (2, "1.1 Latar", 2, True),
        (1, "Rencana Aksi", 3, False),
        (2, "BIDANG KOPERASI", 3, True),
    ]


def test_levels_that_are_left_out_make_no_gap_in_the_bookmarks() -> None:
    parts = tuple(Text(f"J{level}", 11, level=level) for level in (3, 1, 4, 4, 2))
    with pypdfium2.PdfDocument(rendered(Form("uji", "Uji", parts))) as document:
        levels = [mark.level for mark in document.get_toc()]
    assert levels == sorted(levels[:2]) + levels[2:] == [0, 1, 1, 2, 3, 2]


def test_contents_can_be_clicked() -> None:
    data = rendered(everything())
    with pypdfium2.PdfDocument(data) as document:
        page = document[1]
        link = pypdfium2.raw.FPDFLink_GetLinkAtPoint(page.raw, 60 * MM, (330 - 25 - 8) * MM)
        assert link
        dest = pypdfium2.raw.FPDFLink_GetDest(document.raw, link)
        assert pypdfium2.raw.FPDFDest_GetDestPageIndex(document.raw, dest) == 2
    assert "Perjanjian Kinerja ." in pages_of(data)[1]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_printed(kind: str) -> None:
    form = Form("uji", "Uji", (Letterhead((Text("DINAS", 14),), picture(kind)),))
    with pypdfium2.PdfDocument(rendered(form)) as document:
        image = document[0].render(scale=1).to_pil().convert("RGB")
    red, green, blue = image.getpixel((int(15 * MM), int(20 * MM)))
    assert (red, green, blue) == pytest.approx((20, 120, 60), abs=4)


def test_a_logo_that_is_no_picture_is_left_out() -> None:
    parts = (Cover((), (Text("A", 11),), logo=b"bukan gambar"), Letterhead((Text("B", 14),), picture("PNG")[:90]))
    assert len(pages_of(rendered(Form("uji", "Uji", parts)))) == 2


def test_italic_faces_are_embedded() -> None:
    data = rendered(Form("uji", "Uji", (Text("a", 11, italic=True), Text("b", 11, italic=True, bold=True))))
    names = set(re.findall(rb"/BaseFont /\w+\+(\S+)", data))
    assert {b"LiberationSans-Italic", b"LiberationSans-BoldItalic"} <= names
    assert data.count(b"/FontFile2") == len(names)


def test_a_colour_is_drawn() -> None:
    row = (Row((Cell(0, "", fill="#FDE9A9"),), 50),)
    with pypdfium2.PdfDocument(rendered(Form("uji", "Uji", (Table((10,), (), (row,)),)))) as document:
        image = document[0].render(scale=1).to_pil().convert("RGB")
    assert image.getpixel((100, 100)) == (0xFD, 0xE9, 0xA9)


def test_the_same_form_gives_the_same_bytes() -> None:
    assert rendered(everything(draft=True, code="A1")) == rendered(everything(draft=True, code="A1"))
    assert rendered(everything(code="A1")) != rendered(everything(code="A2"))


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    render_pdf(everything(), io.BytesIO(), lambda done, total: told.append((done, total)))
    assert told[-4:] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert {done for done, _ in told[:-4]} == {0}


@pytest.mark.parametrize("when", [1, 6])
def test_a_cancelled_file_is_not_begun(when: int) -> None:
    calls = iter(range(100))

    def cancel(done: int, total: int) -> None:
        if next(calls) == when:
            raise InterruptedError

    out = io.BytesIO()
    with pytest.raises(InterruptedError):
        render_pdf(everything(), out, cancel)
    assert out.getvalue() == b""
    assert rendered(everything())


_CHARACTERS = st.characters(exclude_categories=["Cs", "Cn", "Co", "Mn", "Me"]).filter(
    lambda char: unicodedata.bidirectional(char) not in ("R", "AL", "AN")
)
"""Not those written from the right, which pdfium orders anew, nor accents alone, which it reads once."""
_TEXTS = st.one_of(
    st.text(_CHARACTERS, max_size=60),
    st.text(st.sampled_from("abc -/()\\\n\t\u00a0é–<>&😀\u202e\u200f"), max_size=300),
    st.text(_CHARACTERS, min_size=1, max_size=4).map(lambda text: (text * 4000)[:4000]),
)
PLACES: dict[str, Callable[[str], Part]] = {
    "cell": lambda text: _cell(Cell(0, text, hang=5)),
    "foot": lambda text: _cell(Cell(0, foot=text, repeat=True)),
    "middle": lambda text: _cell(Cell(0, text, bold=True, middle=True, align="right")),
    "turned": lambda text: _cell(Cell(0, text, turned=True)),
    "run": lambda text: Text((Run(text[::2], bold=True), Run(text[1::2])), 11, align="justify"),
    "label": lambda text: Text("", 11, label=text, indent=20, hang=10),
    "heading": lambda text: Text(text, 14, bold=True, align="center", level=1),
    "signed": lambda text: Signatures((Signature("", (text,), "A", minta_nip=False),)),
    "letterhead": lambda text: Letterhead((Text(text, 14),)),
}


def _cell(cell: Cell) -> Table:
    return Table((60, 250), (), ((Row((cell, Cell(1, "")), 6),),))


@settings(deadline=None, max_examples=120)
@given(st.sampled_from(sorted(PLACES)), _TEXTS)
@example("label", "kata " * 800)
@example("foot", "0" * 4000)
@example("heading", "<b>tebal</b> ) Tj ET (\\) &amp; %")
@example("run", "😀\u202eakhir")
@example("middle", "۰")
@example("letterhead", "0\r" * 2000)
@example("signed", "0\n" * 2000)
def test_any_text_is_whole_wherever_it_stands(place: str, text: str) -> None:
    # Of a page that is nothing but thousands of turned dashes pdfium reads none, although they are drawn.
    assume(place != "turned" or len(text) < 1000 or any(char.isalnum() for char in text))
    form = Form("uji", "Uji", (PLACES[place](text),))
    assert_sound(lay_out(form))
    read = "".join(normal(re.sub(r"Halaman [0-9]+ dari [0-9]+", "", page)) for page in pages_of(rendered(form)))
    expected = clean(text[::2]) + clean(text[1::2]) if place == "run" else clean(text)
    assert read.removesuffix("A" if place == "signed" else "") == normal(expected)


def assert_sound(sheets: list[Sheet]) -> None:
    """Every text lies on its page, and no two of them overlap."""
    for sheet in sheets:
        boxes = []
        for text in sheet.texts:
            width, cap = text.font.width(text.text.rstrip(" ")), text.font.cap
            x, y = text.x, text.y
            box = (x - cap, y - width, x, y) if text.turned else (x, y - cap, x + width, y)
            assert -0.01 <= box[0] <= box[2] <= sheet.width + 0.01, text
            assert -0.01 <= box[1] <= box[3] <= sheet.height + 0.01, text
            if text.text.strip(" "):
                boxes.append((*box, text.text))
        boxes.sort()
        for number, (_, y0, x1, y1, text) in enumerate(boxes):
            for other in boxes[number + 1 :]:
                if other[0] >= x1 - 0.05:
                    break
                assert not (other[1] < y1 - 0.05 and y0 < other[3] - 0.05), (text, other)


@settings(deadline=None, max_examples=50, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.integers(0, 10**9))
@example(577)
@example(1953)
@example(2197)
@example(3812)
@example(7965)
@example(7982)
@example(100780)
def test_any_form_is_sound(seed: int) -> None:
    """A smaller seed makes no smaller form, so that nothing is gained by shrinking."""
    form = _random_form(random.Random(seed))
    sheets = lay_out(form, few_pages)
    assert_sound(sheets)
    assert all(sheet.drawings for sheet in sheets)


def few_pages(count: int) -> None:
    """Ends a layout that gets no further."""
    assert count < 600


def _random_form(rnd: random.Random) -> Form:
    parts = tuple(_random_part(rnd) for _ in range(rnd.randint(1, 6)))
    return Form("uji", "Uji", parts, _random_page(rnd), code="A1", draft=True)


def _random_page(rnd: random.Random) -> Page:
    paper = rnd.choice(list(PAPERS.values()))
    size = rnd.choice((None, None, 6, 11))
    return Page(paper, rnd.random() < 0.5, size=size, fit_width=rnd.random() < 0.7, repeat_header=rnd.random() < 0.7)


def _random_words(rnd: random.Random) -> str:
    kind = rnd.random()
    if kind < 0.3:
        return rnd.choice(("", "Rp\u00a01.234.567.890", "W" * 400))
    words = ("kata", "ka", "katakatakata")
    return rnd.choice((" ", " ", "\n", "/")).join(rnd.choice(words) for _ in range(rnd.choice((1, 3, 20, 200))))


def _random_text(rnd: random.Random) -> Text:
    return Text(
        (Run(_random_words(rnd), bold=True), Run(_random_words(rnd), italic=True)),
        rnd.choice((8, 11, 14)),
        align=rnd.choice(("left", "center", "right", "justify")),
        before=rnd.choice((0, 4)),
        after=rnd.choice((0, 3)),
        indent=rnd.choice((0, 10, 60)),
        label=rnd.choice(("", "1.1.", _random_words(rnd))),
        hang=rnd.choice((0, 5, 30)),
        first=rnd.choice((0, 10)),
        level=rnd.choice((0, 0, 1, 2)),
    )


def _random_table(rnd: random.Random) -> Table:
    columns, count = rnd.randint(1, 5), rnd.randint(0, 20)
    taken = [[False] * columns for _ in range(count)]
    rows = []
    for row in range(count):
        cells = []
        for col in range(columns):
            if not taken[row][col]:
                span = rnd.choice((1, 1, 1, 2, 6, 20))
                span = next((n for n in range(1, span) if row + n >= count or taken[row + n][col]), span)
                for number in range(row, row + span):
                    taken[number][col] = True
                cells.append(_random_cell(rnd, col, span))
        rows.append(Row(tuple(cells), rnd.choice((0, 4.2, 5.9, 12, 40))))
    cut = rnd.randint(0, count)
    header = (Row(tuple(Cell(col, "Kepala", turned=rnd.random() < 0.3) for col in range(columns)), 5),)
    widths = tuple(rnd.choice((3, 9, 20, 60)) for _ in range(columns))
    ruled = rnd.random() < 0.7
    return Table(widths, header, (tuple(rows[:cut]), tuple(rows[cut:])), title=(_random_text(rnd),), ruled=ruled)


def _random_cell(rnd: random.Random, col: int, rows: int) -> Cell:
    return Cell(
        col,
        _random_words(rnd),
        rows=rows,
        align=rnd.choice(("left", "center", "right")),
        bold=rnd.random() < 0.3,
        middle=rnd.random() < 0.2,
        size=rnd.choice((None, None, 6, 11)),
        repeat=rnd.random() < 0.6,
        foot=rnd.choice(("", "", "Rp\u00a01.000.000", _random_words(rnd)[:60])),
        hang=rnd.choice((0, 0, 2.6, 30)),
        turned=rnd.random() < 0.07,
    )


def _random_part(rnd: random.Random) -> Part:
    signed = Signature("Praya", (_random_words(rnd),), _random_words(rnd), size=rnd.choice((8, 11)))
    makers: tuple[Callable[[], Part], ...] = (
        lambda: _random_table(rnd),
        lambda: _random_text(rnd),
        lambda: signed,
        lambda: Signatures((signed, SIGNATURE)),
        lambda: Cover((_random_text(rnd),), (_random_text(rnd),)),
        lambda: Letterhead((_random_text(rnd),)),
        lambda: Break(rnd.choice((None, _random_page(rnd))), rnd.choice(("", "Judul"))),
        lambda: Contents(),
    )
    return rnd.choices(makers, (6, 6, 1, 1, 1, 1, 2, 1))[0]()

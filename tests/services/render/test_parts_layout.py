"""Parts other than paragraphs and plain tables: where they stand on their pages."""

from dataclasses import replace
from itertools import pairwise

import pytest

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
from services.render.fonts import face
from services.render.layout import lay_out, missing_glyphs
from services.render.sheets import MM, Placed, Sheet
from services.render.sizing import sized

PORTRAIT = Page(landscape=False, top=25, right=25, bottom=22, left=25)
SIGNATURE = Signature("Praya, Maret 2022", ("Pihak Pertama,", "Kepala Dinas"), "Nama Lengkap, S.E.", "Pembina", "1974")


def laid(*parts: Part, page: Page | None = None, **options: object) -> list[Sheet]:
    return lay_out(Form("uji", "Uji", parts, page or Page(), **options))


def shown(sheet: Sheet) -> list[str]:
    return [text.text.strip() for text in sheet.texts]


def find(sheets: list[Sheet], text: str) -> Placed:
    return next(placed for sheet in sheets for placed in sheet.texts if placed.text.strip() == text)


def rows(*cells: Cell, count: int = 1, height: float = 6) -> tuple[Row, ...]:
    """A block whose first row has the cells, beside a numbered cell in each row in the last column."""
    last = max((cell.col + cell.cols for cell in cells), default=0)
    return tuple(Row((*(cells if not n else ()), Cell(last, f"baris {n}")), height) for n in range(count))


def test_an_amount_stands_at_the_foot_of_its_cell_on_the_right() -> None:
    merged = Cell(0, "PROGRAM UMKM", rows=5, foot="Rp\u00a030.000.000")
    sheets = laid(Table((60, 250), (), (rows(merged, count=5),)))
    text, foot, last = (find(sheets, name) for name in ("PROGRAM UMKM", "Rp 30.000.000", "baris 4"))
    assert foot.y == pytest.approx(last.y)
    assert foot.x + foot.font.width("Rp 30.000.000") == pytest.approx((10 + 60 - 1.3) * MM)
    assert text.y == find(sheets, "baris 0").y


@pytest.mark.parametrize("middle", [False, True])
def test_a_cell_has_room_for_its_text_and_its_foot(middle: bool) -> None:
    cell = Cell(0, "satu\ndua\ntiga", foot="Rp\u00a01", middle=middle)
    sheets = laid(Table((60, 250), (), (rows(cell),)))
    y = [find(sheets, name).y for name in ("satu", "dua", "tiga", "Rp 1")]
    assert min(after - before for before, after in pairwise(y)) >= 10 - 0.01
    assert y[-1] < max(rule.y1 for rule in sheets[0].rules)


def test_a_foot_is_printed_again_where_the_text_is() -> None:
    blocks = [rows(Cell(0, "PROGRAM", rows=40, repeat=True, foot="Rp\u00a09"), count=20), rows(count=20)]
    blocks[1] = tuple(Row((replace(row.cells[0], col=1),), row.height) for row in blocks[1])
    sheets = laid(Table((60, 250), (), tuple(blocks)))
    assert len(sheets) == 2
    for sheet, name in zip(sheets, ("PROGRAM", "PROGRAM (lanjutan)"), strict=True):
        assert name in shown(sheet)
        assert find([sheet], "Rp 9").y == pytest.approx(find([sheet], "baris 19").y)


def test_a_foot_that_is_not_repeated_stands_at_the_end() -> None:
    sheets = laid(Table((60, 250), (), (rows(Cell(0, "PROGRAM", rows=60, foot="Rp\u00a09"), count=60),)))
    assert ["Rp 9" in shown(sheet) for sheet in sheets] == [False] * (len(sheets) - 1) + [True]


def test_a_last_row_alone_on_its_page_is_high_enough_for_text_and_foot() -> None:
    for count in range(20, 36):
        block = rows(count=count)
        cells = Cell(0, "PROGRAM", rows=3, repeat=True, foot="Rp\u00a09")
        blocks = [tuple(Row((replace(row.cells[0], col=1),), 6) for row in block)]
        blocks += [(Row((cells, Cell(1, "a")), 6),), (Row((Cell(1, "b"),), 6),), (Row((Cell(1, "c"),), 6),)]
        sheets = laid(Table((60, 250), (), tuple(blocks)))
        page = next(number for number, sheet in enumerate(sheets) if "c" in shown(sheet))
        assert "Rp 9" in shown(sheets[page])
        alone = "b" not in shown(sheets[page])
        below = find([sheets[page]], "Rp 9").y - find([sheets[page]], "c").y
        assert below == pytest.approx(10 if alone else 0)


@pytest.mark.parametrize("size", [5.2, 6.5, 8, 11])
def test_descenders_stay_clear_of_the_rule_below(size: float) -> None:
    blocks = tuple(rows(Cell(0, "kegiatan\nyang panjang"), height=0) for _ in range(3))
    (sheet,) = laid(Table((100, 210), (), blocks, size=size, leading=1.15))
    level = sorted({rule.y0 for rule in sheet.rules if rule.y0 == rule.y1})
    for text in sheet.texts[:-1]:
        below = next(y for y in level if y > text.y)
        assert below - text.y >= 0.212 * size + 0.35


def test_lines_after_the_first_hang() -> None:
    cell = Cell(0, "Target Tahunan : 20 orang koperasi\nTW 1 : 4", hang=2.6)
    sheets = laid(Table((20, 290), (), (rows(cell),)))
    lines = [text for text in sheets[0].texts if text.x < 30 * MM]
    starts = [round((text.x - 11.3 * MM) / MM, 2) for text in lines]
    assert len(lines) > 3
    assert starts[0] == 0
    assert set(starts[1:-1]) == {2.6}
    assert (lines[-1].text, starts[-1]) == ("TW 1 : 4", 0)
    assert max(text.x + text.font.width(text.text) for text in lines) <= 30 * MM


@pytest.mark.parametrize("text", ["TRIWULAN 1", "TRIWULAN " * 20, "x" * 4000, "a\nb", "kata\n" * 300])
def test_a_turned_text_stays_in_its_cell(text: str) -> None:
    header = (Row((Cell(0, text, turned=True, bold=True), Cell(1, "biasa")), 8),)
    sheets = laid(Table((8, 302), header, tuple(rows(Cell(0, "1")) for _ in range(60))))
    for sheet in sheets:
        turned = [placed for placed in sheet.texts if placed.turned]
        top, bottom = 10 * MM, sorted({rule.y0 for rule in sheet.rules if rule.y0 == rule.y1})[1]
        assert "".join(placed.text for placed in turned).replace(" ", "") == "".join(text.split())
        for placed in turned:
            assert top <= placed.y - placed.font.width(placed.text) <= placed.y <= bottom
            assert 10 * MM <= placed.x - placed.font.cap <= placed.x <= 18 * MM
            assert (placed.y + placed.y - placed.font.width(placed.text)) / 2 == pytest.approx((top + bottom) / 2)
    assert bottom - top <= 60 * MM + 8 * MM


def test_a_colour_or_grey_fills_its_cell() -> None:
    sheets = laid(Table((100, 210), (), (rows(Cell(0, "a", fill="#FDE9A9")), rows(Cell(0, "b", fill=0.95)))))
    assert [fill.shade for fill in sheets[0].fills] == ["#FDE9A9", 0.95]


def test_italic_cells_are_italic() -> None:
    sheets = laid(
        Table((100, 210), (), (rows(Cell(0, "miring", italic=True), Cell(1, "dua", italic=True, bold=True)),))
    )
    assert find(sheets, "miring").font.face is face(italic=True)
    assert find(sheets, "dua").font.face is face(bold=True, italic=True)


@pytest.mark.parametrize("text", ["1.234.567.890.123", "Rp\u00a03.611.995.876", "Rp 42.051.953", "-123.456.789,50"])
def test_a_number_is_made_smaller_rather_than_broken(text: str) -> None:
    for align in ("left", "center", "right"):
        sheets = laid(Table((14, 296), (), (rows(Cell(0, text, align=align)),)))
        number = find(sheets, text.replace("\u00a0", " "))
        assert 4 <= number.font.size < 8
        assert 10 * MM < number.x < number.x + number.font.width(number.text) < 24 * MM


def test_a_word_is_made_a_little_smaller_rather_than_broken() -> None:
    width = 2 * 1.3 + face(bold=True).width("PERKOPERASIAN") * 6.5 / MM
    for least, whole in ((0.92, True), (0.75, True), (0.62, False)):
        cell = Cell(0, "PROGRAM PERKOPERASIAN", bold=True)
        page = replace(Page(), fit_width=False)
        sheets = laid(Table((width * least, 200), (), (rows(cell),), size=6.5), page=page)
        assert ("PERKOPERASIAN" in shown(sheets[0])) is whole
        if whole:
            assert 6.5 * 0.7 <= find(sheets, "PERKOPERASIAN").font.size <= 6.5


def test_a_list_without_rules() -> None:
    table = Table((30, 5, 100), (), ((Row((Cell(0, "Nama"), Cell(1, ":"), Cell(2, "A")), 5),),), ruled=False, padding=0)
    (sheet,) = laid(table)
    assert sheet.rules == []
    assert [round((find([sheet], name).x - 10 * MM) / MM, 2) for name in ("Nama", ":", "A")] == [0, 30, 35]


@pytest.mark.parametrize("fit", [True, False])
def test_columns_keep_their_millimetres_unless_fitted(fit: bool) -> None:
    page = Page(fit_width=fit)
    narrow, wide = (Table((width / 2, width / 2), (), (rows(Cell(0, "a")),)) for width in (200, 400))
    for table, width in ((narrow, 310 if fit else 200), (wide, 310)):
        (sheet,) = laid(table, page=page)
        assert min(rule.x0 for rule in sheet.rules) == pytest.approx(10 * MM)
        assert max(rule.x1 for rule in sheet.rules) == pytest.approx((10 + width) * MM)


def test_a_header_that_is_not_repeated() -> None:
    header = (Row((Cell(0, "No"), Cell(1, "Sasaran")), 8),)
    table = Table((20, 290), header, tuple(rows(Cell(0, "1"), count=10) for _ in range(12)))
    sheets = laid(table, page=Page(repeat_header=False))
    assert ["Sasaran" in shown(sheet) for sheet in sheets] == [True] + [False] * (len(sheets) - 1)
    assert len(sheets) > 2
    for sheet in sheets:
        assert min(rule.y0 for rule in sheet.rules) == pytest.approx(10 * MM)


def test_names_stand_on_one_line_and_a_date_moves_no_other_block() -> None:
    second = Signature("", ("Pihak Kedua,", "Gubernur"), "", align="center", minta_nip=False)
    (sheet,) = laid(Signatures((second, replace(SIGNATURE, align="center"))), page=PORTRAIT)
    dots = next(text for text in sheet.texts if set(text.text) == {"."})
    assert dots.y == pytest.approx(find([sheet], "Nama Lengkap, S.E.").y)
    assert find([sheet], "Gubernur").y == find([sheet], "Kepala Dinas").y
    assert find([sheet], "Pihak Kedua,").y == find([sheet], "Pihak Pertama,").y
    for text, share in (("Gubernur", 0.25), ("Kepala Dinas", 0.75), ("Nama Lengkap, S.E.", 0.75)):
        placed = find([sheet], text)
        assert placed.x + placed.font.width(text) / 2 == pytest.approx((25 + 165 * share) * MM)
    assert shown(sheet).index("Gubernur") < shown(sheet).index("Praya, Maret 2022")


def test_the_word_before_a_nip_is_the_blocks_own() -> None:
    (sheet,) = laid(replace(SIGNATURE, nip_label="NRP "))
    assert "NRP 1974" in shown(sheet)


@pytest.mark.parametrize("count", range(20, 36))
def test_blocks_side_by_side_are_never_alone_nor_torn(count: int) -> None:
    sheets = laid(Table((60, 250), (), tuple(rows(Cell(0, "x")) for _ in range(count))), Signatures((SIGNATURE,) * 2))
    assert shown(sheets[-1]).count("Praya, Maret 2022") == shown(sheets[-1]).count("NIP. 1974") == 2
    assert "x" in shown(sheets[-1])


def test_a_signature_of_any_length_stays_on_one_page() -> None:
    long = replace(SIGNATURE, jabatan=("Kepala " + "Bidang " * 600,))
    for part in (long, Signatures((SIGNATURE, long))):
        sheets = laid(Text("isi", 11), part)
        page = sheets[-1]
        assert {"Praya, Maret 2022", "Nama Lengkap, S.E."} <= set(shown(page))
        assert " ".join(shown(page)).count("Bidang") == 600
        assert max(text.y for text in page.texts[:-1]) <= (215 - 12) * MM


def cover(**options: object) -> Cover:
    lines = [Text(name, 18, bold=True, align="center", after=4) for name in ("TAHUN 2023", "RENCANA AKSI", "DINAS")]
    return Cover((lines[0],), (lines[1], lines[1]), (lines[2],), **options)


def test_a_cover_is_a_page_without_number() -> None:
    sheets = laid(cover(), Text("isi", 11), Break(), Text("lagi", 11), code="ABC")
    assert [sheet.counted for sheet in sheets] == [False, True, True]
    assert shown(sheets[0]) == ["TAHUN 2023", "RENCANA AKSI", "RENCANA AKSI", "DINAS"]
    assert shown(sheets[1]) == ["isi", "Kode cetakan ABC", "Halaman 1 dari 2"]
    assert shown(sheets[2])[-1] == "Halaman 2 dari 2"
    top, middle, _, bottom = sheets[0].texts
    assert top.y < 60 * MM < middle.y < 130 * MM < 160 * MM < bottom.y
    thick = {round(min(fill.width, fill.height), 2) for fill in sheets[0].fills}
    assert thick == {1.4, 0.4}


def test_a_cover_of_any_length_stays_in_its_frame() -> None:
    long = Text("KATA " * 800, 26, align="center")
    (sheet, *_) = laid(Cover((long,), (long,), (long,)), Text("isi", 11))
    assert sum(text.text.count("KATA") for text in sheet.texts) == 2400
    ys = [text.y for text in sheet.texts]
    assert ys == sorted(ys)
    assert 14 * MM < min(ys) < max(ys) < (215 - 14) * MM


def test_a_letterhead_has_its_lines_in_the_middle_and_two_rules_below() -> None:
    lines = (Text("PEMERINTAH KABUPATEN", 12, bold=True), Text("DINAS KOPERASI", 15, bold=True))
    (sheet,) = laid(Letterhead(lines), Text("isi", 11), page=PORTRAIT)
    name = find([sheet], "DINAS KOPERASI")
    assert name.x + name.font.width(name.text) / 2 == pytest.approx(215 / 2 * MM)
    thick, thin = sheet.fills
    assert thick.height > thin.height
    assert name.y < thick.y < thin.y < find([sheet], "isi").y
    assert (thick.x, thick.width) == pytest.approx((25 * MM, 165 * MM))


def test_breaks_change_the_paper_and_make_no_empty_page() -> None:
    a4 = Page(PAPERS["A4"])
    sheets = laid(Break(PORTRAIT), Text("a", 11), Break(a4), Break(), Text("b", 11), Break(PORTRAIT))
    assert [(round(sheet.width / MM), round(sheet.height / MM)) for sheet in sheets] == [(215, 330), (297, 210)]
    assert find(sheets, "a").x == pytest.approx(25 * MM)
    assert find(sheets, "b").x == pytest.approx(10 * MM)
    assert find(sheets, "Halaman 2 dari 2").y == pytest.approx((210 - 5) * MM)


def test_tables_are_fitted_to_the_page_they_stand_on() -> None:
    table = Table((100, 50), (), (rows(Cell(0, "a")),))
    sheets = laid(table, Break(PORTRAIT), table)
    assert [max(rule.x1 for rule in sheet.rules) for sheet in sheets] == pytest.approx([320 * MM, 190 * MM])


def test_contents_name_the_pages_that_are_printed() -> None:
    chapters: list[Part] = []
    for number in range(90):
        chapters += [Break(title=f"Bab {number}", level=1), Text("Sub", 11, label=f"{number}.1", level=2)]
        chapters += [Text("Terlalu dalam", 11, level=4), Text("isi " * 3000 if number % 3 == 0 else "isi", 11)]
    sheets = laid(cover(), Text("DAFTAR ISI", 13), Contents(11, 2), *chapters, page=PORTRAIT)
    found = {mark.title: page for page, sheet in enumerate(sheets) for mark in sheet.marks}
    listed: list[tuple[str, int]] = []
    pages = [sheet for sheet in sheets[1:] if sheet.links]
    assert len(pages) > 2
    for sheet in pages:
        words = [text for text in sheet.texts[:-1] if text.text != "DAFTAR ISI"]
        for title, dots, page in zip(words[::3], words[1::3], words[2::3], strict=True):
            assert set(dots.text.strip()) == {"."}
            assert title.x + title.font.width(title.text) < dots.x < dots.x + dots.font.width(dots.text) < page.x + 5
            assert page.x + page.font.width(page.text) == pytest.approx(190 * MM)
            listed.append((title.text.strip(), int(page.text)))
    assert listed == [(title, found[title]) for title in found if not title.startswith("Terlalu")]
    assert len(listed) == 180
    assert "Halaman 1 dari" in shown(sheets[1])[-1]


def test_headings_and_bands_are_marked_where_they_stand() -> None:
    band = (Row((Cell(0, "BIDANG\nKOPERASI", cols=2, bold=True),), 6),)
    table = Table((60, 250), (), (band, rows(Cell(0, "1"), count=28), band, rows(Cell(0, "1"), count=10)))
    sheets = laid(Text("Rencana", 11, level=1), table)
    marks = [[(mark.title, mark.level, mark.listed) for mark in sheet.marks] for sheet in sheets]
    assert marks == [[("Rencana", 1, True), ("BIDANG KOPERASI", 2, False)], [("BIDANG KOPERASI", 2, False)]]
    first = sheets[0].marks[1]
    assert first.y == pytest.approx(find(sheets, "BIDANG").y - 8 * 0.72 - 3, abs=3)


def test_the_code_is_small_at_the_foot_of_each_page() -> None:
    for code in ("A1B2", "x" * 400):
        (sheet,) = laid(Text("isi", 11), code=code)
        foot = find([sheet], f"Kode cetakan {code}")
        assert foot.font.size <= 6
        assert foot.y == pytest.approx((215 - 5) * MM)
        assert foot.x + foot.font.width(foot.text) < find([sheet], "Halaman 1 dari 1").x


def test_all_parts_together_lay_out_empty_too() -> None:
    parts = (Cover(), Letterhead(()), Contents(), Signatures(()), Table((10,), (), ()), Text("", 9), Break(title=""))
    assert lay_out(Form("uji", "Uji", parts))[0].counted is False
    for part in parts:
        assert len(laid(part)) == 1


def test_glyphs_are_missed_in_all_parts() -> None:
    parts: tuple[Part, ...] = (
        Cover((Text("丁", 9),), (), (Text("七", 9),)),
        Letterhead((Text("万", 9),)),
        Break(title="丈"),
        Text((Run("三", bold=True), Run("ok")), 9, label="上"),
        Signatures((Signature("下", ("不",), "与", "丏", "丐"),)),
        Table((10,), (), ((Row((Cell(0, "丑", foot="丒"),), 5),),), title=(Text("专", 9),)),
    )
    assert missing_glyphs(Form("uji", "Uji", parts)) == set("丁七万丈三上下不与丏丐丑丒专")


def test_a_form_is_sized_by_its_first_table() -> None:
    cell = Cell(0, "a", size=4, hang=2)
    table = Table((100, 210), (rows(Cell(0, "K"), height=8)), (rows(cell, height=10),), size=8, padding=1.2)
    form = Form("uji", "Uji", (Text("judul", 12, after=3, indent=4), table, SIGNATURE), Page(size=12))
    text, larger, signature = sized(form).parts
    assert isinstance(text, Text)
    assert isinstance(larger, Table)
    assert isinstance(signature, Signature)
    assert (text.size, text.after, text.indent) == (18, 4.5, 6)
    assert (larger.size, larger.padding, *larger.widths) == pytest.approx((12, 1.8, 100, 210))
    assert (larger.header[0].height, larger.body[0][0].height) == (12, 15)
    assert (larger.body[0][0].cells[0].size, larger.body[0][0].cells[0].hang) == (6, 3)
    assert (signature.size, signature.gap) == (12.75, 22)
    assert find(lay_out(form), "baris 0").font.size == 12
    assert sized(sized(form)) is not form
    plain = form.on(Page())
    assert sized(plain) is plain
    assert sized(Form("uji", "Uji", (Text("a", 10),), Page(size=5))).parts == (Text("a", 5),)

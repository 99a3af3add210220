import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.forms.parts import PAPERS, Cell, Form, Page, Row, Signature, Table, Text
from services.render.fonts import Font, face
from services.render.layout import lay_out, missing_glyphs
from services.render.sheets import MM, Placed, Sheet
from services.render.wrapping import wrap

ROW = 5.9
BODY_TOP = 10 * MM
BODY_BOTTOM = (215 - 12) * MM


def lines_block(name: str, rows: int = 12, text: str = "Sasaran", **options: object) -> tuple[Row, ...]:
    """A block with a cell merged over all its rows beside one line per row."""
    merged = Cell(0, f"{text} {name}", rows=rows, **options)
    return tuple(
        Row(
            ((merged,) if number == 0 else ()) + (Cell(1, f"{name}.{number}"), Cell(2, str(number), align="right")), ROW
        )
        for number in range(rows)
    )


def table(*blocks: tuple[Row, ...], **options: object) -> Table:
    header = (Row(tuple(Cell(col, f"Kepala {col}", align="center", middle=True, fill=0.88) for col in range(3)), 6),)
    return Table((100, 150, 60), header, blocks, **options)


def form(*parts: Text | Table | Signature, page: Page | None = None) -> Form:
    return Form("uji", "Formulir uji", parts, page or Page())


def shown(sheet: Sheet) -> list[str]:
    return [text.text for text in sheet.texts]


def find(sheets: list[Sheet], text: str) -> Placed:
    return next(placed for sheet in sheets for placed in sheet.texts if placed.text == text)


def page_of(sheets: list[Sheet], text: str) -> list[int]:
    return [number for number, sheet in enumerate(sheets) if text in shown(sheet)]


def assert_sound(sheets: list[Sheet]) -> None:
    """Nothing leaves the page or its cell, and no two texts overlap."""
    for sheet in sheets:
        boxes = []
        for text in sheet.texts:
            x1 = text.x + text.font.width(text.text)
            assert text.x >= 0
            assert x1 <= sheet.width + 0.01
            assert text.y - text.font.cap >= BODY_TOP - 0.02
            boxes.append((text.y - text.font.cap, text.y + 0.2 * text.font.size, text.x, x1, text.text))
        for y0, y1, x0, x1, text in boxes[:-1]:
            assert y1 <= sheet.height - 12 * MM + 0.5, text
            for rule in sheet.rules:
                level = y0 < rule.y0 < y1 - 0.3 and rule.x0 < x1 - 0.05 and rule.x1 > x0 + 0.05
                upright = x0 + 0.05 < rule.x0 < x1 - 0.05 and rule.y0 < y1 - 0.3 and rule.y1 > y0
                assert not (level if rule.y0 == rule.y1 else upright), (text, rule)
        boxes.sort()
        for number, (_, y1, x0, x1, text) in enumerate(boxes):
            for other in boxes[number + 1 :]:
                if other[0] >= y1 - 0.2 * 6:
                    break
                assert not (x0 < other[3] - 0.05 and other[2] < x1 - 0.05), (text, other)


def test_a_block_that_fits_on_a_page_is_kept_whole() -> None:
    sheets = lay_out(form(table(*(lines_block(f"b{number}") for number in range(5)))))
    assert len(sheets) == 3
    for number in range(5):
        assert len({page for line in range(12) for page in page_of(sheets, f"b{number}.{line}")}) == 1


def test_a_block_taller_than_a_page_is_split_between_rows() -> None:
    sheets = lay_out(form(table(lines_block("a", rows=80))))
    assert len(sheets) == 3
    assert [page for line in range(80) for page in page_of(sheets, f"a.{line}")] == sorted(
        page for line in range(80) for page in page_of(sheets, f"a.{line}")
    )
    assert_sound(sheets)


def test_a_row_taller_than_a_page_is_split_between_lines() -> None:
    words = [f"kata{number}" for number in range(3000)]
    row = Row((Cell(0, "1"), Cell(1, " ".join(words)), Cell(2, "x")), ROW)
    sheets = lay_out(form(table((row,))))
    assert len(sheets) > 1
    printed = [word for sheet in sheets for text in shown(sheet) for word in text.split() if word.startswith("kata")]
    assert printed == words
    assert_sound(sheets)


def test_header_is_on_each_page_and_title_where_asked() -> None:
    blocks = [lines_block(f"b{number}") for number in range(6)]
    title = (Text("JUDUL", 9.5, bold=True, align="center", after=3),)
    every = lay_out(form(table(*blocks, title=title, repeat_title=True)))
    first = lay_out(form(table(*blocks, title=title)))
    assert page_of(every, "Kepala 0") == page_of(every, "JUDUL") == list(range(len(every)))
    assert page_of(first, "Kepala 0") == list(range(len(first)))
    assert page_of(first, "JUDUL") == [0]


def test_a_long_title_leaves_no_row_hanging_over_the_foot() -> None:
    for lines in range(30, 60):
        title = (Text("\n".join(f"judul {number}" for number in range(lines)), 9),)
        sheets = lay_out(form(Table((100, 210), (), ((Row((Cell(0, "a"), Cell(1, "b")), 60),) * 3,), title=title)))
        assert_sound(sheets)
        assert max(rule.y1 for sheet in sheets for rule in sheet.rules) <= BODY_BOTTOM + 0.02


def test_a_header_that_leaves_no_room_is_printed_once_and_whole() -> None:
    words = [f"kepala{number}" for number in range(800)]
    header = (Row((Cell(0, " ".join(words), bold=True, middle=True), Cell(1, "x")), 5),)
    sheets = lay_out(form(Table((30, 280), header, (lines_block("b"),))))
    assert [word for sheet in sheets for text in shown(sheet) for word in text.split() if "kepala" in word] == words


def test_a_merged_cell_through_which_a_page_goes_is_printed_again() -> None:
    blocks = [lines_block("b0"), *(tuple(Row(row.cells[-2:], ROW) for row in lines_block("c")) for _ in range(3))]
    merged = Cell(0, "Sasaran utama", rows=48, repeat=True)
    blocks[0] = (Row((merged, *blocks[0][0].cells[1:]), ROW), *blocks[0][1:])
    sheets = lay_out(form(table(*blocks)))
    assert [text for sheet in sheets for text in shown(sheet) if "Sasaran" in text] == [
        "Sasaran utama",
        "Sasaran utama (lanjutan)",
    ]
    assert find(sheets[1:], "Sasaran utama (lanjutan)").y == find(sheets[1:], "c.0").y


def test_a_merged_cell_that_is_not_repeated_stays_empty() -> None:
    sheets = lay_out(form(table(lines_block("a", rows=50))))
    assert page_of(sheets, "Sasaran a") == [0]
    assert not any("lanjutan" in text for text in shown(sheets[1]))


def test_rows_grow_for_a_repeated_text() -> None:
    words = [f"kata{number}" for number in range(60)]
    rows = [Row((Cell(0, " ".join(words), rows=34, repeat=True), Cell(1, "b0")), ROW)]
    rows += [Row((Cell(1, f"b{number}"),), ROW) for number in range(1, 34)]
    sheets = lay_out(form(Table((40, 270), (), (tuple(rows),))))
    assert len(sheets) == 2
    for sheet, mark in zip(sheets, ([], ["(lanjutan)"]), strict=True):
        printed = [word for line in shown(sheet) for word in line.split() if word.startswith(("kata", "(lan"))]
        assert printed == words + mark
    assert_sound(sheets)


def test_a_repeated_text_of_more_than_a_third_of_a_page_is_shortened() -> None:
    text = " ".join(f"kata{number}" for number in range(150))
    rows = [Row((Cell(0, text, rows=34, repeat=True), Cell(1, "b0")), ROW)]
    rows += [Row((Cell(1, f"b{number}"),), ROW) for number in range(1, 34)]
    sheets = lay_out(form(Table((40, 270), (), (tuple(rows),))))
    assert len(sheets) == 2
    last = [line for line in shown(sheets[1]) if line.startswith(("kata", "…")) or "lanjutan" in line]
    assert last[-1].endswith("… (lanjutan)")
    assert_sound(sheets)


def test_a_column_too_narrow_for_lanjutan_repeats_the_text_alone() -> None:
    rows = [Row((Cell(0, "7", rows=50, repeat=True), Cell(1, "b")), ROW)] + [Row((Cell(1, "b"),), ROW)] * 49
    sheets = lay_out(form(Table((9, 301), (), (tuple(rows),))))
    assert page_of(sheets, "7") == [0, 1]
    assert not any("lanjutan" in text for sheet in sheets for text in shown(sheet))


def test_text_that_had_not_fitted_yet_goes_on_on_the_next_page() -> None:
    words = [f"kata{number}" for number in range(280)]
    rows = [Row((Cell(0, " ".join(words), rows=40, repeat=True), Cell(1, "b")), 5)] + [Row((Cell(1, "b"),), 5)] * 39
    sheets = lay_out(form(Table((20, 290), (), (tuple(rows),))))
    assert len(sheets) > 2
    printed = [word for sheet in sheets for text in shown(sheet) for word in text.split() if word.startswith("kata")]
    assert printed[:280] == words
    assert_sound(sheets)


def test_first_lines_agree() -> None:
    sheets = lay_out(form(table(lines_block("a", text="kata " * 40))))
    first = next(text for text in sheets[0].texts if text.text.startswith("kata"))
    assert first.y == find(sheets, "a.0").y
    top = BODY_TOP + 6 * MM
    assert first.y == pytest.approx(top + (ROW * MM + face().cap * 8) / 2)


def test_middle_cells_are_centred_upright() -> None:
    row = Row((Cell(0, "atas\nbawah"), Cell(1, "tengah", middle=True)), 20)
    sheets = lay_out(form(Table((100, 210), (), ((row,),))))
    middle = find(sheets, "tengah")
    assert middle.y - middle.font.cap / 2 == pytest.approx(BODY_TOP + 10 * MM)


def test_text_makes_its_row_taller_and_a_merged_cell_shares_its_need() -> None:
    text = "\n".join("abcdefghij")
    single = lay_out(form(Table((100, 210), (), ((Row((Cell(0, text), Cell(1, "x")), 5), Row((Cell(1, "y"),), 5)),))))
    merged = lay_out(
        form(Table((100, 210), (), ((Row((Cell(0, text, rows=2), Cell(1, "x")), 5), Row((Cell(1, "y"),), 5)),)))
    )
    need = 5 * MM + 9 * 8 * 1.25
    assert find(single, "y").y - find(single, "x").y == pytest.approx(need)
    assert find(merged, "y").y - find(merged, "x").y == pytest.approx(need / 2)


def test_alignment_keeps_to_the_padding() -> None:
    row = Row((Cell(0, "kiri"), Cell(1, "tengah", align="center"), Cell(2, "kanan", align="right")), 6)
    sheets = lay_out(form(Table((100, 100, 110), (), ((row,),))))
    left, middle, right = (find(sheets, text) for text in ("kiri", "tengah", "kanan"))
    assert left.x == pytest.approx((10 + 1.3) * MM)
    assert middle.x + middle.font.width("tengah") / 2 == pytest.approx(160 * MM)
    assert right.x + right.font.width("kanan") == pytest.approx((320 - 1.3) * MM)


def test_columns_are_scaled_to_the_paper() -> None:
    tall = Page(PAPERS["A4"], landscape=False)
    wide = Page(PAPERS["A3"])
    for page in (tall, wide):
        sheets = lay_out(form(table(lines_block("a")), page=page))
        assert max(rule.x1 for rule in sheets[0].rules) == pytest.approx((page.width - page.right) * MM)


def test_totals_follow_the_last_block() -> None:
    total = (Row((Cell(0, "TOTAL", cols=2, bold=True), Cell(2, "9")), 6),)
    for count in range(1, 7):
        sheets = lay_out(form(table(*(lines_block(f"b{number}") for number in range(count)), total=total)))
        assert page_of(sheets, "TOTAL") == page_of(sheets, f"b{count - 1}.11") == [len(sheets) - 1]


def test_a_heading_stays_with_the_block_below_it() -> None:
    heading = (Row((Cell(0, "BIDANG", cols=3, bold=True),), 6),)
    sheets = lay_out(form(table(lines_block("a", 29), heading, lines_block("b", 5))))
    assert page_of(sheets, "BIDANG") == page_of(sheets, "b.0") == [1]


SIGNATURE = Signature("Praya, Maret 2022", ("Kepala Dinas",), "Nama Lengkap, S.E.", "Pembina", "19741014 199311 1 001")


@pytest.mark.parametrize("rows", range(1, 45))
def test_the_signature_is_whole_and_never_alone(rows: int) -> None:
    total = (Row((Cell(0, "TOTAL", cols=3),), 6),)
    sheets = lay_out(form(table(lines_block("a", 12), lines_block("b", rows), total=total), SIGNATURE))
    (page,) = page_of(sheets, "Praya, Maret 2022")
    assert page_of(sheets, "NIP. 19741014 199311 1 001") == [page] == page_of(sheets, "TOTAL")
    assert page == len(sheets) - 1
    assert page_of(sheets, f"b.{rows - 1}") == [page]
    if rows <= 20:
        assert page_of(sheets, "b.0") == [page]
    assert_sound(sheets)


def test_the_signature_takes_a_tall_last_row_with_it() -> None:
    words = [f"kata{number}" for number in range(500)]
    sheets = lay_out(form(Table((40, 270), (), ((Row((Cell(0, " ".join(words)), Cell(1, "x")), 6),),)), SIGNATURE))
    (page,) = page_of(sheets, "Praya, Maret 2022")
    assert any(text.startswith("kata") for text in shown(sheets[page]))
    assert [word for sheet in sheets for text in shown(sheet) for word in text.split() if "kata" in word] == words
    assert_sound(sheets)


def test_signature_lines_and_gap() -> None:
    sheets = lay_out(form(table(lines_block("a")), SIGNATURE))
    place, role, name, nip = (
        find(sheets, text) for text in (*shown(sheets[0])[-6:-3], SIGNATURE.nip and "NIP. 19741014 199311 1 001")
    )
    assert place.x == role.x == name.x == nip.x == pytest.approx((320 - 82) * MM)
    assert role.y - place.y == pytest.approx(8.5 * 1.25)
    assert name.y - role.y == pytest.approx(22 * MM + 8.5 * 1.25)
    assert name.font.face is face(bold=True)
    underline = sheets[0].fills[-1]
    assert underline.width == pytest.approx(name.font.width(name.text))
    assert name.y < underline.y < name.y + 2


@pytest.mark.parametrize(("minta_nip", "expected"), [(True, ["NIP. " + "." * 20]), (False, [])])
def test_what_is_missing_in_a_signature_is_dotted(minta_nip: bool, expected: list[str]) -> None:
    sheets = lay_out(form(table(lines_block("a")), Signature("Praya", ("Kepala",), minta_nip=minta_nip)))
    assert shown(sheets[0])[-3 - len(expected) : -1] == ["Kepala", "." * 38, *expected]


def test_parts_come_in_any_order() -> None:
    parts = (
        Text("TUJUAN :", 9, after=2),
        table(lines_block("a", 3)),
        Text("Catatan", 8),
        table(lines_block("b", 3)),
        SIGNATURE,
    )
    sheets = lay_out(form(*parts))
    order = [text for text in shown(sheets[0]) if text in ("TUJUAN :", "a.0", "Catatan", "b.0", "Praya, Maret 2022")]
    assert order == ["TUJUAN :", "a.0", "Catatan", "b.0", "Praya, Maret 2022"]
    assert_sound(sheets)


def test_a_heading_paragraph_stays_with_its_table() -> None:
    sheets = lay_out(form(table(lines_block("a", 24)), Text("ESELON III", 9), table(lines_block("b", 12))))
    assert page_of(sheets, "ESELON III") == page_of(sheets, "b.0") == [1]


def test_a_long_paragraph_goes_over_pages() -> None:
    words = [f"kata{number}" for number in range(4000)]
    sheets = lay_out(form(Text(" ".join(words), 11), SIGNATURE))
    assert [word for sheet in sheets for text in shown(sheet) for word in text.split() if "kata" in word] == words
    assert any("kata" in text for text in shown(sheets[-1]))
    assert_sound(sheets)


def test_each_page_has_its_foot() -> None:
    sheets = lay_out(form(table(*(lines_block(f"b{number}") for number in range(5)))))
    for number, sheet in enumerate(sheets, 1):
        foot = sheet.texts[-1]
        assert foot.text == f"Halaman {number} dari 3"
        assert foot.font.size == 7
        assert foot.y == pytest.approx((215 - 5) * MM)
        assert foot.x + foot.font.width(foot.text) / 2 == pytest.approx(165 * MM)


def test_an_open_cell_is_closed_at_the_foot_and_at_the_top() -> None:
    sheets = lay_out(form(table(lines_block("a", rows=50))))
    for sheet in sheets:
        level = {round(rule.y0, 2) for rule in sheet.rules if rule.x0 == 10 * MM and rule.y0 == rule.y1}
        upright = [rule for rule in sheet.rules if rule.x0 == rule.x1 == 10 * MM]
        assert round(max(rule.y1 for rule in upright), 2) == max(level)
        assert round(min(rule.y0 for rule in upright), 2) == min(level)


def test_rules_that_touch_are_one() -> None:
    sheets = lay_out(form(table(lines_block("a", 12))))
    body = [rule for rule in sheets[0].drawings[1].rules if rule.x0 == rule.x1]
    assert len(body) == 4


def test_an_empty_form_is_one_page() -> None:
    assert len(lay_out(form())) == 1
    assert shown(lay_out(form(Table((10, 20), (), ())))[0]) == ["Halaman 1 dari 1"]


def test_missing_glyphs_are_named() -> None:
    parts = (Text("α≥😀", 9), table(lines_block("a\n\u200b漢")), SIGNATURE)
    assert missing_glyphs(form(*parts)) == {"😀", "漢"}


FONT = Font(face(), 8)


def test_a_no_break_space_never_breaks() -> None:
    width = FONT.width("Rp 30.000")
    assert FONT.width("uang Rp") < width
    assert wrap("uang Rp\u00a030.000", FONT, width) == ("uang", "Rp 30.000")


def test_a_word_too_long_breaks_after_a_slash_or_hyphen_first() -> None:
    width = FONT.width("Kabupaten/")
    assert wrap("di Kabupaten/Kota", FONT, width) == ("di", "Kabupaten/", "Kota")
    assert wrap("KSP/USP", FONT, width) == ("KSP/USP",)
    assert wrap("DPA-SKPD ya", FONT, FONT.width("DPA-SKPD")) == ("DPA-SKPD", "ya")


def test_a_word_without_breaks_is_broken_between_characters() -> None:
    lines = wrap("n" * 50, FONT, FONT.width("n" * 20))
    assert [len(line) for line in lines] == [20, 20, 10]


def test_line_ends_and_control_characters() -> None:
    assert wrap("a\r\nb\n\nc\td\x00\x07e\u202e", FONT, 100) == ("a", "b", "", "c de")
    assert wrap(" \n ", FONT, 100) == ()


def test_a_character_wider_than_its_cell_is_made_smaller() -> None:
    sheets = lay_out(form(Table((1, 309), (), ((Row((Cell(0, "WWW"), Cell(1, "x")), 5),),))))
    assert_sound(sheets)
    assert shown(sheets[0]).count("W") == 3


@given(st.text(max_size=200), st.floats(5, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = wrap(text, FONT, width)
    assert all(FONT.width(line) <= width + 0.01 or len(line) == 1 for line in lines)
    again = wrap("".join("".join(lines).split()), FONT, 10**9)
    assert "".join(again) == "".join("".join(wrap(text, FONT, 10**9)).split())


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**9))
def test_any_table_is_sound(seed: int) -> None:
    sheets = lay_out(_random_form(random.Random(seed)))
    assert_sound(sheets)


def _random_form(rnd: random.Random) -> Form:
    """A table with cells merged at random, also over blocks, and a signature."""
    columns, count = rnd.randint(1, 5), rnd.randint(1, 40)
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
                words = rnd.choice((0, 1, 1, 3, 20, 150))
                text = rnd.choice((" ", "\n", "/")).join(f"kata{number}" for number in range(words))
                cells.append(Cell(col, text, rows=span, align=rnd.choice(("left", "right")), repeat=rnd.random() < 0.7))
        rows.append(Row(tuple(cells), rnd.choice((0, 4.2, 5.9, 5.9, 12))))
    cut = rnd.randint(0, count)
    widths = tuple(rnd.choice((9, 20, 60)) for _ in range(columns))
    header = (Row(tuple(Cell(col, "K", middle=True) for col in range(columns)), 5),)
    return form(Table(widths, header, (tuple(rows[:cut]), tuple(rows[cut:]))), SIGNATURE)

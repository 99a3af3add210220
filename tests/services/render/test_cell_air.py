"""The form with the most columns: its texts keep their distance from the rules, on as many pages as before."""

import pytest

from services.forms import build_form
from services.forms.parts import PAPERS, Cell, Form, Page, Row, Table
from services.render.layout import lay_out
from services.render.sheets import MM, Placed, Sheet
from services.samples import sample_plan

AIR = 0.5 * MM - 0.02
DESCENDER = 0.212


def triwulan(sample: str) -> Form:
    return build_form(*sample_plan(sample), "triwulan-aksi")


def in_tables(sheet: Sheet) -> list[Placed]:
    return [text for drawing in sheet.drawings if drawing.rules for text in drawing.texts]


def assert_airy(sheet: Sheet) -> None:
    level = [rule for rule in sheet.rules if rule.y0 == rule.y1]
    upright = [rule for rule in sheet.rules if rule.x0 == rule.x1]
    for text in in_tables(sheet):
        if text.turned:
            continue
        x1 = text.x + text.font.width(text.text)
        top, foot = text.y - text.font.cap, text.y + DESCENDER * text.font.size
        for rule in level:
            if rule.x0 < x1 and text.x < rule.x1:
                assert not top - AIR < rule.y0 < foot + AIR, text
        for rule in upright:
            if rule.y0 < foot and top < rule.y1:
                assert not text.x - AIR < rule.x0 < x1 + AIR, text


@pytest.mark.parametrize(("sample", "pages"), [("bone-2023", 4), ("buleleng-2022", 8), ("lampung-2019", 9)])
def test_no_text_of_the_quarterly_form_touches_a_rule(sample: str, pages: int) -> None:
    form = triwulan(sample)
    sheets = lay_out(form)
    assert len(sheets) == pages
    for sheet in (*sheets, *lay_out(form.on(Page(PAPERS["A4"])))):
        assert_airy(sheet)
    assert sum(len(in_tables(sheet)) for sheet in sheets) > 200


@pytest.mark.parametrize("size", [4, 5.2, 6.5, 8, 11])
@pytest.mark.parametrize("middle", [False, True])
def test_one_line_and_several_have_air_in_rows_of_any_height(size: float, middle: bool) -> None:
    for height in (0, 2.5, 3, 3.5, 4, 6):
        rows = tuple(
            Row((Cell(0, text, middle=middle), Cell(1, "kg", size=size * 0.9), Cell(2, "g", foot="9")), height)
            for text in ("satu", "satu\ndua", "satu\ndua\ntiga")
        )
        (sheet,) = lay_out(Form("uji", "Uji", (Table((100, 110, 100), (), (rows,), size=size, leading=1.15),)))
        assert_airy(sheet)


def test_turned_heads_stand_in_their_own_size() -> None:
    sheets = lay_out(triwulan("bone-2023"))
    turned = {(text.text, text.font.size) for sheet in sheets for text in sheet.texts if text.turned}
    assert turned == {(f"TRIWULAN {number}", 5.2) for number in (1, 2, 3, 4)}


def test_a_merged_cell_that_goes_on_is_whole_on_each_page_of_the_form() -> None:
    for page in (Page(), Page(PAPERS["A4"])):
        for sample in ("bone-2023", "buleleng-2022", "lombok-tengah-2022"):
            sheets = lay_out(triwulan(sample).on(page))
            assert not [text.text for sheet in sheets for text in sheet.texts if "…" in text.text]

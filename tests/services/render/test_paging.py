"""How tables go over pages where little fits: always onwards, and with nothing over anything else."""

import gc
from dataclasses import replace

import pytest

from services.forms.parts import Break, Cell, Form, Page, Part, Row, Signature, Table
from services.render.layout import lay_out
from services.render.paging import TableFlow
from services.render.sheets import MM, Placed, Sheet

ROOM = (10 * MM, (215 - 12) * MM)
"""Top and bottom of what a page of these tests may fill, pt."""


def laid(*parts: Part, page: Page | None = None) -> list[Sheet]:
    return lay_out(Form("uji", "Uji", parts, page or Page()), few_pages)


def few_pages(count: int) -> None:
    assert count < 40


def body(sheet: Sheet) -> list[Placed]:
    return sheet.texts[:-1]


def assert_in_cells(sheets: list[Sheet]) -> None:
    """Every text stands between the rules beside it and within the margins of the page."""
    for sheet in sheets:
        upright = [rule for rule in sheet.rules if rule.x0 == rule.x1]
        for text in body(sheet):
            x1 = text.x + text.font.width(text.text)
            assert ROOM[0] <= text.y - text.font.cap <= text.y <= ROOM[1], text
            cut = [rule for rule in upright if text.x < rule.x0 < x1 - 0.05 and rule.y0 < text.y < rule.y1]
            assert not cut, text


@pytest.mark.parametrize("gap", range(158, 166))
def test_a_row_is_not_torn_for_ever_for_the_signature(gap: int) -> None:
    row = Row((Cell(0, "kata " * 80, foot="Rp\u00a01\n2\n3"), Cell(1, "x")), 6)
    sheets = laid(Table((12, 298), (), ((row,),)), Signature("Praya", ("Kepala",), "Nama", gap=gap))
    assert len(sheets) <= 5
    words = [text.text for sheet in sheets for text in body(sheet)]
    assert words.count("kata") == 80
    assert [word for word in words if word in ("3", "Praya", "Nama")] == ["3", "Praya", "Nama"]
    assert_in_cells(sheets)


def test_a_row_that_has_no_lines_left_takes_no_more_than_its_page() -> None:
    longest, long = Cell(0, "kata\n" * 600, rows=3), Cell(1, "kata\n" * 150, rows=2)
    block = (Row((longest, Cell(1, "a")), 6), Row((Cell(1, "b"),), 6), Row((long,), 6), Row((Cell(0, "akhir"),), 6))
    sheets = laid(Table((60, 250), (), (block,)))
    assert "akhir" in [text.text for text in body(sheets[-1])]
    assert_in_cells(sheets)
    for sheet in sheets:
        assert max(rule.y1 for rule in sheet.rules) <= ROOM[1] + 0.01


def test_what_hangs_is_printed_again_as_it_was_without_a_mark() -> None:
    block = tuple(Row((Cell(1, "x"),), 6) for _ in range(60))
    for text in ("perkoperasian", "Target Tahunan : 20 orang\nTW 1 : 4"):
        hanging = Cell(0, text, rows=60, repeat=True, hang=20)
        table = Table((26, 284), (), ((Row((hanging, *block[0].cells), 6), *block[1:]),), padding=0.4)
        sheets = laid(table)
        first, second = ([(line.x, line.text) for line in body(sheet) if line.text != "x"] for sheet in sheets)
        assert first == second
        assert_in_cells(sheets)


def test_a_large_foot_below_a_small_number_stays_in_its_cell() -> None:
    cell = Cell(0, "1.234.567.890.123.456", foot="Rp\nA\nB\nC")
    for row in (Row((cell,), 0), Row((replace(cell, middle=True),), 4)):
        (sheet,) = laid(Table((20,), (), ((row,),), size=14), page=Page(fit_width=False))
        assert_in_cells([sheet])
        lowest = max(text.y for text in body(sheet))
        assert lowest < max(rule.y1 for rule in sheet.rules)


def test_a_table_that_is_printed_is_let_go() -> None:
    """Else the memory of many agreements, and what it costs to look through it, grow with the whole document."""
    table = Table((100, 210), (), ((Row((Cell(0, "a"), Cell(1, "b")), 6),),))
    kept: list[int] = []

    def turned(count: int) -> None:
        if count == 30:
            gc.collect()
            kept.append(sum(isinstance(one, TableFlow) for one in gc.get_objects()))

    lay_out(Form("uji", "Uji", (table, Signature("Praya", ("Kepala",)), Break()) * 32), turned)
    assert kept == [0]


@pytest.mark.parametrize("count", [33, 40, 45, 60])
def test_a_long_block_leaves_no_page_mostly_empty_for_what_follows_it(count: int) -> None:
    merged = Cell(0, "Sasaran", rows=count)
    block = tuple(Row(((merged,) if at == 0 else ()) + (Cell(1, f"i{at}"),), 6) for at in range(count))
    total = (Row((Cell(0, "catatan " * 300, cols=2),), 6),)
    sheets = laid(Table((60, 250), (), (block,), total), Signature("Praya", ("Kepala",), "Nama"))
    assert len(sheets) == 2 + (count > 59)
    for sheet in sheets[:-1]:
        assert max(rule.y1 for rule in sheet.rules) > ROOM[0] + 0.65 * (ROOM[1] - ROOM[0])
    last = [text.text for text in body(sheets[-1])]
    assert {f"i{count - 1}", "Praya"} <= set(last)

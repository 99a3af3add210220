"""Printed pages of a workbook end between blocks, as on the paper."""

from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.forms import FORMS, build_form
from services.forms.parts import Break, Cell, Form, Page, Part, Row, Signature, Signatures, Table, Text
from services.render.layout import lay_out
from services.render.xlsx import render_xlsx
from services.render.xlsx_breaks import Head, Unit, page_breaks
from services.samples import sample_plan

ROOM = 100.0


def sheet_of(*parts: Part, page: Page | None = None) -> Any:
    out = BytesIO()
    render_xlsx(Form("uji", "Uji", parts, page or Page()), out)
    return load_workbook(out).active


def begins(sheet: Any) -> list[int]:
    """The rows that begin a page."""
    return [found.id + 1 for found in sheet.row_breaks.brk]


def block(name: str, rows: int = 12, height: float = 6) -> tuple[Row, ...]:
    first = Row((Cell(0, name, rows=rows), Cell(1, "Januari")), height)
    return (first, *(Row((Cell(1, "bulan"),), height) for _ in range(rows - 1)))


def table(*blocks: tuple[Row, ...], total: tuple[Row, ...] = (), **more: Any) -> Table:
    header = (Row((Cell(0, "Sasaran"), Cell(1, "Bulan")), 10),)
    return Table((60, 50), header, blocks, total, **more)


def sign(jabatan: str = "Camat,") -> Signature:
    return Signature("Praya, 2022", (jabatan,), "Nama", "Pembina", "19741014 199311 1 001")


def units(*sizes: int, kept: tuple[int, ...] = ()) -> list[Unit]:
    made, row = [], 1
    for number, size in enumerate(sizes):
        made.append(Unit(row, row + size, "block", keep=number in kept, lines=range(row, row + size)))
        row += size
    return made


def test_a_block_that_does_not_fit_begins_a_page() -> None:
    assert page_breaks([10.0] * 15, units(5, 6, 4), set(), ROOM) == [6]


def test_a_page_that_is_just_full_has_no_break_in_it() -> None:
    assert page_breaks([10.0] * 20, units(5, 5, 5, 5), set(), ROOM) == [11]


def test_rows_that_are_printed_again_take_room_on_later_pages() -> None:
    head = Head(1, 2)
    assert page_breaks([10.0] * 26, units(2, 8, 8, 8), set(), ROOM, head) == [11, 19]
    assert page_breaks([10.0] * 27, units(2, 8, 9, 8), set(), ROOM, head) == [11, 19, 20]


def test_a_heading_stays_with_its_block() -> None:
    assert page_breaks([10.0] * 15, units(9, 1, 5, kept=(1,)), set(), ROOM) == [10]


def test_a_block_higher_than_a_page_is_split_between_its_lines() -> None:
    assert page_breaks([10.0] * 25, units(2, 23), set(), ROOM) == [11, 21]
    wide = [Unit(1, 3, "block"), Unit(3, 15, "block", lines=(3, 7, 11))]
    assert page_breaks([10.0] * 14, wide, set(), ROOM) == [11]


def test_the_end_of_a_split_block_stays_with_totals_and_what_follows() -> None:
    split = Unit(1, 12, "block", keep=True, lines=range(1, 12), totals=1)
    assert page_breaks([10.0] * 14, [split, Unit(12, 15, "signature")], set(), ROOM) == [8]


def test_what_is_forced_begins_a_page_and_never_an_empty_one() -> None:
    assert page_breaks([10.0] * 15, units(5, 5, 5), {1, 6}, ROOM) == [6]
    assert page_breaks([10.0] * 15, units(5, 5, 5), {11}, ROOM) == [11]


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans()), max_size=30), st.integers(0, 40))
def test_no_page_is_higher_than_its_room_and_no_small_block_is_torn(shape: list[tuple[int, bool]], head: int) -> None:
    sizes = [size for size, _ in shape]
    made = units(*sizes, kept=tuple(number for number, (_, keep) in enumerate(shape[:-1]) if keep))
    heights = [9.75] * sum(sizes)
    repeated = Head(1, 1) if head and sizes else None
    places = page_breaks(heights, made, set(), ROOM, repeated)
    edges = [1, *places, sum(sizes) + 1]
    assert all(low < high for low, high in pairwise(edges)) or not sizes
    for low, high in pairwise(edges):
        again = 9.75 if repeated and low > 1 else 0
        assert sum(heights[low - 1 : high - 1]) + again <= ROOM + 0.01
    alone = [unit for number, unit in enumerate(made) if not unit.keep and not (number and made[number - 1].keep)]
    for unit in alone:
        if (unit.end - unit.first + 1) * 9.75 <= ROOM:
            assert not any(unit.first < place < unit.end for place in places)


def test_blocks_of_a_form_stay_whole_and_the_signature_with_the_last() -> None:
    sheet = sheet_of(table(*(block(f"Sasaran {n}") for n in range(6))), sign())
    starts = [1 + row for row in range(1, 73, 12)]
    assert begins(sheet) == [starts[2], starts[4], starts[5]]
    full = sheet_of(table(*(block(f"Sasaran {n}") for n in range(4))), sign())
    assert begins(full) == [starts[2], starts[3]]
    assert full.print_title_rows == "$1:$1"


def test_totals_stay_with_the_last_block() -> None:
    total = (Row((Cell(0, "TOTAL", 2),), 40),)
    assert begins(sheet_of(table(block("a"), block("b"), total=total))) == [14]


def test_a_heading_over_the_full_width_stays_with_its_block() -> None:
    band = (Row((Cell(0, "BIDANG", 2),), 10),)
    assert begins(sheet_of(table(block("a"), block("b"), band, block("c")))) == [26]


def test_titles_stay_with_their_table() -> None:
    sheet = sheet_of(Text("a", 9, after=110), Text("JUDUL", 9, after=1), table(block("a")))
    assert begins(sheet) == [2]


def test_headings_stay_with_their_paragraph_and_its_end_with_a_signature() -> None:
    prose = Text("kata " * 40, 11)
    assert begins(sheet_of(Text("a", 9, after=180), Text("BAB I", 11, level=1), prose)) == [4]
    assert begins(sheet_of(Text("a", 9, after=140), Text("kata", 11), sign())) == [2]


def test_a_break_begins_a_page_of_the_same_sheet() -> None:
    sheet = sheet_of(Text("a", 9), Break(), Text("b", 9), Break(title="Lampiran", level=1), Text("c", 9))
    assert begins(sheet) == [2, 3]
    assert [cell.value for (cell, *_) in sheet.iter_rows()] == ["a", "b", "c"]


def test_a_table_below_a_signature_begins_a_page() -> None:
    sheet = sheet_of(table(block("a", 2)), sign(), table(block("b", 2)))
    (row,) = begins(sheet)
    assert sheet.cell(row, 1).value == "Sasaran"


def test_header_is_frozen_though_it_is_not_printed_again() -> None:
    sheet = sheet_of(table(block("a")), page=Page(repeat_header=False))
    assert (sheet.print_title_rows, sheet.freeze_panes) == (None, "A2")


def test_signatures_side_by_side_are_not_torn() -> None:
    sheet = sheet_of(table(block("a"), block("b")), Signatures((sign(), sign("Bupati,"))))
    assert begins(sheet) == [14]


@pytest.mark.parametrize("name", [name for name in FORMS if name.startswith("bulanan")])
def test_forms_of_a_sample_have_as_many_pages_as_on_paper(name: str) -> None:
    plan, dokumen_id = sample_plan()
    form = build_form(plan, dokumen_id, name)
    out = BytesIO()
    render_xlsx(form, out)
    workbook = load_workbook(out)
    pages = sum(len(sheet.row_breaks.brk) + 1 for sheet in workbook.worksheets if sheet.sheet_state == "visible")
    paper = len(lay_out(form))
    assert abs(pages - paper) <= max(1, paper // 10)

"""Tables on paper narrower than they were drawn for: smaller as a whole, with no number and no header word broken."""

import re
from dataclasses import replace

import pytest

from services.forms import build_form
from services.forms.parts import PAPERS, Cell, Form, Page, Row, Table
from services.render.layout import lay_out
from services.render.narrowing import narrowed
from services.render.sheets import MM, Placed, Sheet
from services.samples import sample_plan

NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)*")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober")


def narrow(margin: float = 40) -> Page:
    return Page(PAPERS["A4"], landscape=False, top=margin, right=margin, bottom=margin, left=margin)


def table_of(form: Form) -> Table:
    return next(part for part in form.parts if isinstance(part, Table))


def texts(sheets: list[Sheet]) -> list[Placed]:
    return [text for sheet in sheets for text in sheet.texts]


def edges(table: Table, scale: float) -> list[float]:
    found = [0.0]
    for width in table.widths:
        found.append(found[-1] + width * scale * MM)
    return found


@pytest.fixture(scope="module")
def bulanan() -> Form:
    return build_form(*sample_plan(), "bulanan-eselon-ii")


@pytest.mark.parametrize("margin", [10, 25, 40])
def test_no_number_month_or_header_word_is_broken(bulanan: Form, margin: float) -> None:
    table = table_of(bulanan)
    found = texts(lay_out(bulanan.on(narrow(margin))))
    shown = {text.text for text in found}
    cells = [cell.text for block in (*table.body, table.total) for row in block for cell in row.cells]
    numbers = {text for text in cells if NUMBER.fullmatch(text)}
    assert len(numbers) > 40
    assert numbers | set(MONTHS) <= shown
    words = {word for text in shown for word in text.split()}
    assert {word for row in table.header for cell in row.cells for word in cell.text.split()} <= words


def test_all_cells_of_a_column_stand_in_one_size(bulanan: Form) -> None:
    found = texts(lay_out(bulanan.on(narrow())))
    sizes = {round(text.font.size, 3) for text in found if NUMBER.fullmatch(text.text) or text.text in MONTHS}
    own = table_of(bulanan)
    wanted = {own.size, *(cell.size for row in own.header for cell in row.cells if cell.size)}
    assert len(sizes) <= len(wanted)
    assert max(sizes) < own.size
    assert min(sizes) >= 0.5 * min(wanted)


def test_nothing_changes_on_paper_as_wide_as_the_table_was_drawn_for(bulanan: Form) -> None:
    table = table_of(bulanan)
    for scale in (1, 1.3):
        assert narrowed(table, edges(table, scale)) is table
    sizes = [narrowed(table, edges(table, scale)).size for scale in (0.9, 0.7, 0.5, 0.3)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] >= 0.9 * table.size
    assert sizes[-1] == 0.5 * table.size


def test_what_was_too_long_for_its_own_column_makes_no_table_smaller_than_its_paper() -> None:
    row = Row((Cell(0, "1.234.567.890.123.456.789"), Cell(1, "kata biasa")), 6)
    table = Table((10, 300), (), ((row,),))
    assert narrowed(table, edges(table, 0.8)).size == pytest.approx(0.8 * table.size, rel=0.1)


@pytest.mark.parametrize("width", [20, 8, 5, 3, 0.9])
@pytest.mark.parametrize(
    "text", ["14.601.238.524", "Rp\u00a014.601.238.524", "(14.601.238.524)", "senilai Rp14.601.238.524 setahun"]
)
def test_a_number_is_never_broken(width: float, text: str) -> None:
    for cell in (Cell(0, text), Cell(0, text, hang=1), Cell(0, "x", foot=text)):
        table = Table((width, 60), (), ((Row((cell, Cell(1, "x")), 6),),))
        sheets = lay_out(Form("uji", "Uji", (table,), Page(fit_width=False)))
        number = next(line for line in texts(sheets) if "14.601.238.524" in line.text)
        assert number.x >= 10 * MM
        assert number.x + number.font.width(number.text) <= (10 + width) * MM


def test_numbers_apart_stand_in_several_lines() -> None:
    table = Table((8, 60), (), ((Row((Cell(0, "2019 2020 2021 2022"), Cell(1, "x")), 6),),))
    found = texts(lay_out(Form("uji", "Uji", (table,), Page(fit_width=False))))
    assert [text.text for text in found[:4]] == ["2019", "2020", "2021", "2022"]
    assert found[0].font.size == table.size


def test_a_narrow_table_keeps_its_title(bulanan: Form) -> None:
    table = table_of(bulanan)
    small = narrowed(table, edges(table, 0.4))
    assert small.title == table.title
    assert small.widths == table.widths
    assert small.padding == pytest.approx(table.padding / 2)
    assert replace(small, title=()).header[0].height == pytest.approx(table.header[0].height / 2)

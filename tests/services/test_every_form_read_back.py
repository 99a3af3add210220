"""Every form of every sample as PDF and XLSX, read back: all that the form holds is there, in reading order.

What a form holds is compared with the interchange files by the tests of each form.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import chain
from typing import Any

import openpyxl
import pypdfium2
import pytest
from pypdfium2 import raw

from services.export import make_form, render
from services.forms import FORMS
from services.forms.parts import (
    Break,
    Contents,
    Cover,
    Figure,
    Form,
    Letterhead,
    Row,
    Signature,
    Signatures,
    Table,
    Text,
)
from services.render.wrapping import clean
from services.samples import sample_path, sample_plan

SAMPLES = sorted(path.name.removesuffix(".renaksi.json") for path in sample_path().parent.glob("*.renaksi.json"))
CASES = [(sample, name) for sample in SAMPLES for name in FORMS]


@pytest.fixture(params=CASES, ids=lambda case: "-".join(case), scope="module")
def form(request: pytest.FixtureRequest) -> Form:
    sample, name = request.param
    made = make_form(*sample_plan(sample), name, code="0123456789")
    if made.empty:
        pytest.skip("this plan has nothing for this form")
    return made


def squeezed(text: str) -> str:
    """Without the spaces and line ends that setting a text into lines moves about."""
    return re.sub(r"\s", "", clean(text)).replace("\ufffe", "")


def squeezed_words(text: str) -> list[str]:
    return [squeezed(word) for word in clean(text).split()]


def signed(block: Signature) -> Iterator[str]:
    yield from (block.tempat_tanggal, *block.jabatan, block.nama, block.pangkat, block.nip)


def rows_of(table: Table) -> Iterator[Row]:
    yield from chain(table.header, *table.body, table.total)


def texts(form: Form) -> Iterator[str]:
    """All texts of a form in reading order; blocks side by side are left to `in_blocks`."""
    for part in form.parts:
        if isinstance(part, Text):
            yield part.label
            yield part.plain
        elif isinstance(part, Table):
            yield from (title.plain for title in part.title)
            for row in rows_of(part):
                yield from (cell.text for cell in row.cells)
        elif isinstance(part, Figure):
            yield from (label.text for label in part.labels)
        elif isinstance(part, Signature):
            yield from signed(part)
        elif isinstance(part, Letterhead):
            yield from (line.plain for line in part.lines)
        elif isinstance(part, Cover):
            yield from (line.plain for line in (*part.top, *part.middle, *part.bottom))


def _unhyphened(text: str) -> str:
    """pdfium leaves out a hyphen at the end of a line, so hyphens after a letter do not count."""
    return re.sub(r"(?<=\w)-(?=\w|$)", "", text)


def pages_of(form: Form) -> list[str]:
    """The text of each page in the order in which it is written, as a reader of the file finds it."""
    out = BytesIO()
    render(form, "pdf", out)
    pages = []
    for page in pypdfium2.PdfDocument(out.getvalue()):
        text = page.get_textpage()
        written = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=text)
        pages.append("".join(_unhyphened(squeezed(one.extract())) for one in written))
    return pages


def test_the_pdf_holds_every_text_in_order_and_every_page_says_which_it_is(form: Form) -> None:
    pages = pages_of(form)
    there = "".join(pages)
    at, torn = 0, 0
    wanted = [text for text in texts(form) if squeezed(text)]
    for text in wanted:
        found = there.find(_unhyphened(squeezed(text)), at)
        if found >= 0:
            at = found
        else:
            # A cell that a page ends in, or text between whose lines a page ends.
            assert all(_unhyphened(word) in there for word in squeezed_words(text)), text
            torn += 1
    assert torn <= len(wanted) * 0.03 + 2, f"{torn} of {len(wanted)} texts are not in their place"
    counted = len(pages) - sum(isinstance(part, Cover) for part in form.parts)
    numbers = [match[1] for page in pages if (match := re.search(rf"Halaman(\d+)dari{counted}(?!\d)", page))]
    assert numbers == [str(number) for number in range(1, counted + 1)]
    assert sum("Kodecetakan0123456789" in page for page in pages) == counted
    for part in form.parts:
        for block in part.blocks if isinstance(part, Signatures) else ():
            assert all(_unhyphened(squeezed(text)) in there for text in signed(block))


def test_the_pages_of_a_table_repeat_its_column_heads(form: Form) -> None:
    tables = [part for part in form.parts if isinstance(part, Table)]
    if len(tables) != 1 or (FORMS[form.name].group == "Realisasi" and any(isinstance(p, Figure) for p in form.parts)):
        pytest.skip("the pages of several tables, or of a table and a chart, are not told apart here")
    pages = pages_of(form)
    heads = [_unhyphened(squeezed(cell.text)) for row in tables[0].header for cell in row.cells if cell.text]
    cover = sum(isinstance(part, Cover) for part in form.parts)
    for page in pages[cover:]:
        assert all(head in page for head in heads)


def printed(cell: Any) -> str:
    """What an Indonesian workbook shows for a cell."""
    value, form = cell.value, cell.number_format
    if value is None or isinstance(value, str):
        return value or ""
    if value == 0 and form.endswith('"-"'):
        return "-"
    shape = form.partition(";")[0].replace("[$-421]", "")
    shape, _, unit = shape.partition('"')
    decimals = len(shape.partition(".")[2])
    text = f"{abs(Decimal(str(value))):,.{decimals}f}"
    text = (text if "," in shape else text.replace(",", "")).translate(str.maketrans(",.", ".,"))
    if value < 0:
        return f"({text})" if "(" in form else f"-{text}"
    return text + unit.removesuffix('"')


def test_the_workbook_holds_every_cell_in_order(form: Form) -> None:
    if "xlsx" not in FORMS[form.name].kinds:
        pytest.skip("not written as a workbook")
    out = BytesIO()
    render(form, "xlsx", out)
    book = openpyxl.load_workbook(BytesIO(out.getvalue()), read_only=True, data_only=True)
    shown = [
        squeezed(printed(cell))
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows()
        for cell in row
        if getattr(cell, "value", None) is not None
    ]
    book.close()
    at = 0
    for part in form.parts:
        if isinstance(part, Break | Contents | Cover | Letterhead | Text | Signature | Signatures):
            continue
        for row in rows_of(part.table if isinstance(part, Figure) else part):
            for cell in row.cells:
                text = squeezed(cell.text)
                if not text:
                    continue
                places = (i for i in range(at, len(shown)) if shown[i] in (text, text + squeezed(cell.foot)))
                found = next(places, None)
                assert found is not None, f"{cell} is not where it should be"
                at = found + 1
    everything = "".join(shown)
    for text in texts(replace(form, parts=tuple(p for p in form.parts if not isinstance(p, Figure)))):
        assert squeezed(text) in everything

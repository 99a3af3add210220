"""Every part of a form in a workbook: sheets, covers, prose, signatures, feet, colours, live sums and keys."""

import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
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
from services.render.xlsx import render_xlsx
from services.render.xlsx_sheet import TALLEST
from services.render.xlsx_text import clean, count_lines, cut_lines, cut_runs

PORTRAIT = Page(PAPERS["A4"], landscape=False, top=20, right=20, bottom=22, left=25)


def form(*parts: Part, page: Page | None = None, **more: Any) -> Form:
    return Form("uji", "Formulir uji", parts, page or Page(fit_width=False), **more)


def written(made: Form) -> bytes:
    out = BytesIO()
    render_xlsx(made, out)
    return out.getvalue()


def book(made: Form, **how: Any) -> Any:
    return load_workbook(BytesIO(written(made)), **how)


def sheet_of(*parts: Part, **more: Any) -> Any:
    return book(form(*parts, **more)).active


def table(*rows: Row, widths: tuple[float, ...] = (40, 50, 30), **more: Any) -> Table:
    return Table(widths, header=(), body=tuple((row,) for row in rows), **more)


def texts(sheet: Any) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def areas(sheet: Any) -> set[str]:
    return {str(area) for area in sheet.merged_cells.ranges}


def rules(cell: Any) -> str:
    return "".join(
        side[0] for side in ("left", "right", "top", "bottom") if getattr(getattr(cell.border, side), "style", None)
    )


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 60), "navy").save(out, "PNG")
    return out.getvalue()


# Sheets


def test_a_change_of_page_begins_a_sheet_with_its_own_set_up() -> None:
    header = (Row((Cell(0, "Judul", 3),), 6),)
    annex = replace(table(Row((Cell(0, "a"),), 6)), header=header)
    made = form(Text("satu", 9), Break(PORTRAIT, "Lampiran: 1"), Text("dua", 9), annex)
    first, second = book(made).worksheets
    assert (first.title, second.title) == ("Formulir uji", "Lampiran 1")
    assert (first.page_setup.paperSize, first.page_setup.orientation) == (14, "landscape")
    assert (second.page_setup.paperSize, second.page_setup.orientation) == (9, "portrait")
    assert round(second.page_margins.left * 25.4) == 25
    assert (second.print_title_rows, second.freeze_panes) == ("$2:$2", "A3")
    assert second.print_area == "'Lampiran 1'!$A$1:$C$3"
    assert [texts(first), texts(second)] == [["satu"], ["dua", "Judul", "a"]]


def test_sheets_of_one_title_have_names_of_their_own() -> None:
    long = "Rencana Aksi Dinas Perdagangan dan Perindustrian"
    parts = [part for title in ("x", "X", long, long, "_renaksi") for part in (Break(Page(), title), Text("a", 9))]
    names = book(form(*parts)).sheetnames
    assert names[:2] == ["x", "X (2)"]
    assert names[2:4] == ["Rencana Aksi Dinas Perdagangan", "Rencana Aksi Dinas Perdagan (2)"]
    assert names[4] == "_renaksi (2)"
    assert len({name.casefold() for name in names}) == 5
    assert max(map(len, names)) <= 31


def test_nothing_makes_an_empty_sheet() -> None:
    made = form(Break(), Contents(), Break(PORTRAIT, "A"), Break(PORTRAIT, "B"), Text("b", 9), Break(PORTRAIT, "C"))
    assert book(made).sheetnames == ["B"]
    assert book(form(Contents())).sheetnames == ["Formulir uji"]


def test_the_list_of_contents_is_left_out_with_its_heading() -> None:
    made = form(Break(PORTRAIT, "Isi"), Text("DAFTAR ISI", 13), Contents(), Break(PORTRAIT, "B"), Text("b", 9))
    assert book(made).sheetnames == ["B"]
    sheet = sheet_of(Text("a", 9), Break(), Text("DAFTAR ISI", 13), Contents(), Break(), Text("b", 9))
    assert (texts(sheet), [found.id for found in sheet.row_breaks.brk]) == (["a", "b"], [1])


def test_a_cover_is_a_framed_sheet_of_its_own_without_a_number() -> None:
    top, title, foot = Text("TAHUN 2023", 14), Text("RENCANA AKSI", 28, True), Text("WATAMPONE", 12)
    made = form(Cover((top,), (title,), (foot,), png()), Text("isi", 9), page=Page(), code="a&b")
    workbook = book(made)
    cover, body = workbook.worksheets
    assert (workbook.sheetnames, workbook.active.title) == (["Sampul", "Formulir uji"], "Formulir uji")
    assert texts(cover) == ["TAHUN 2023", "RENCANA AKSI", "WATAMPONE"]
    assert not cover.oddFooter.center.text
    found = next(cell for row in cover.iter_rows() for cell in row if cell.value == "RENCANA AKSI")
    assert (found.alignment.horizontal, found.font.size, found.font.bold) == ("center", 28, True)
    last = cover.max_row
    assert cover["A1"].border.left.style == cover["A1"].border.top.style == "double"
    assert cover.cell(last, 4).border.right.style == cover.cell(last, 4).border.bottom.style == "double"
    height = sum(cover.row_dimensions[row].height for row in range(1, last + 1))
    assert 0.9 < height / ((215 - 22) * 72 / 25.4 * 1.025) < 1
    assert len(cover._images) == 1
    assert body.oddFooter.center.text == "Halaman &P dari 1"
    assert (body.page_setup.firstPageNumber, body.page_setup.useFirstPageNumber) == (1, True)


def test_draft_and_code_are_printed_on_every_sheet() -> None:
    made = form(Text("a", 9), Break(PORTRAIT, "B"), Text("b", 9), draft=True, code="a1&b2")
    for sheet in book(made).worksheets:
        header = sheet.oddHeader.center
        assert (header.text, header.color) == ("DRAF", "BFBFBF")
        assert header.size >= 16
        assert (sheet.oddFooter.right.text, sheet.oddFooter.right.size) == ("Kode cetakan a1&&b2", 6)
    plain = sheet_of(Text("a", 9))
    assert not plain.oddHeader.center.text
    assert not plain.oddFooter.right.text


def test_page_without_fitting_keeps_the_millimetres_at_full_scale() -> None:
    part = table(Row((Cell(0, "a"),), 6))
    kept, fitted = (sheet_of(part, page=Page(fit_width=fit)) for fit in (False, True))
    assert (kept.page_setup.scale, kept.sheet_properties.pageSetUpPr.fitToPage) == (100, None)
    assert round(kept.column_dimensions["A"].width * 7 / 96 * 25.4) == 40
    assert round(fitted.column_dimensions["A"].width * 7 / 96 * 25.4) == round(310 / 3 * 1.025)
    wide = sheet_of(table(Row((), 6), widths=(300, 320)), page=Page(fit_width=False))
    assert sum(wide.column_dimensions[letter].width * 7 for letter in "AB") <= 310 / 25.4 * 96


def test_body_size_is_the_one_that_the_page_asks_for() -> None:
    sheet = sheet_of(table(Row((Cell(0, "a"),), 6)), page=Page(size=10))
    assert sheet["A1"].font.size == 10


def test_no_column_is_wider_than_excel_allows() -> None:
    sheet = sheet_of(Text("a", 9), page=Page(PAPERS["A2"]))
    assert max(dimension.width for dimension in sheet.column_dimensions.values()) <= 255
    assert areas(sheet) == {"A1:B1"}


# Prose


def test_runs_keep_their_styles() -> None:
    runs = Run("Dalam "), Run("rangka & ", bold=True), Run("\x00"), Run(" efektif", italic=True)
    sheet = book(form(Text(runs, 11, align="justify")), rich_text=True).active
    value = sheet["A1"].value
    assert isinstance(value, CellRichText)
    assert str(value) == "Dalam rangka &  efektif"
    styles = [(run.font.b, run.font.i, run.font.sz, run.font.rFont) for run in value if isinstance(run, TextBlock)]
    assert styles == [(False, False, 11, "Arial"), (True, False, 11, "Arial"), (False, True, 11, "Arial")]
    assert sheet["A1"].alignment.horizontal == "justify"


def test_labels_stand_beside_their_text() -> None:
    sheet = sheet_of(Text("butir", 11, indent=16, hang=8, label="1."), Text("lain", 11))
    assert (sheet["B1"].value, sheet["C1"].value, sheet["A2"].value) == ("1.", "butir", "lain")
    assert areas(sheet) == {"A2:C2"}
    inline = sheet_of(Text("butir", 8, indent=5, hang=4, label="1."), table(Row((Cell(0, "a"),), 6)))
    assert (inline["A1"].value, inline["A1"].alignment.indent) == ("1. butir", 2)


def test_white_above_a_paragraph_and_its_first_line() -> None:
    sheet = sheet_of(Text("a", 10, before=9), Text("b", 10, before=9, first=10))
    assert sheet["A1"].value == "a"
    assert sheet.row_dimensions[2].height == pytest.approx(9 * 72 / 25.4, abs=0.01)
    assert sheet["A3"].value == " " * 10 + "b"


def test_a_long_paragraph_goes_on_in_further_rows_without_loss() -> None:
    words = " ".join(f"kata{number}" for number in range(700))
    sheet = sheet_of(Text(words, 11, align="justify", after=3), page=PORTRAIT)
    pieces = texts(sheet)
    assert len(pieces) > 2
    assert " ".join(pieces) == words
    assert max(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)) <= TALLEST


@given(st.text(st.sampled_from("aiWm %é漢 \n"), max_size=200), st.floats(20, 300), st.integers(1, 5))
def test_pieces_hold_the_whole_text_in_few_lines(text: str, width: float, most: int) -> None:
    cuts = cut_lines(text, 8, False, width, most)
    assert cuts[0][0] == 0
    assert cuts[-1][1] == len(text)
    wide = max(map(len, text.replace("\n", " ").split(" "))) * 8 > width
    for (_, end), (begin, _) in pairwise(cuts):
        assert (begin == end + 1 and text[end] in " \n") or (wide and begin == end)
    assert wide or all(count_lines(text[begin:end], 8, False, width) <= most for begin, end in cuts)


def test_runs_are_cut_where_their_text_is() -> None:
    runs = [Run("abc"), Run("de", bold=True), Run("f")]
    assert cut_runs(runs, 2, 5) == [Run("c"), Run("de", bold=True)]
    assert cut_runs(runs, 0, 6) == runs


def test_letterhead_has_a_double_rule_and_the_logo() -> None:
    sheet = sheet_of(Letterhead((Text("DINAS KOPERASI", 14, True, "center"),), png()), Text("a", 9), page=PORTRAIT)
    assert sheet["A1"].alignment.horizontal == "center"
    assert sheet["A2"].border.bottom.style == "double"
    assert len(sheet._images) == 1
    broken = sheet_of(Letterhead((Text("DINAS", 14),), b"bukan gambar"), Text("a", 9))
    assert not broken._images


# Cells


def test_a_foot_stands_in_the_last_row_of_its_area_without_a_rule_between() -> None:
    rows = [Row((Cell(0, "Program", rows=3, foot="Rp 5.000", key="k"), Cell(1, "a")), 6), *(Row((), 6),) * 2]
    sheet = sheet_of(table(*rows))
    assert (sheet["A1"].value, sheet["A3"].value) == ("Program", "Rp 5.000")
    assert areas(sheet) == {"A1:A2"}
    assert (rules(sheet["A1"]), rules(sheet["A3"])) == ("lrt", "lrb")
    assert (sheet["A3"].alignment.horizontal, sheet["A3"].alignment.vertical) == ("right", "bottom")


def test_a_foot_of_a_cell_of_one_row_takes_a_row_of_its_own() -> None:
    cells = Cell(0, "Program", foot="5.000", value=5000, format="#,##0"), Cell(1, "a"), Cell(2, "b", align="center")
    total = Row((Cell(0, "5.000", value=5000, sum_of=(0,)),), 6)
    sheet = sheet_of(table(Row(cells, 6), total=(total,)))
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == ("Program", 5000, "=SUM(A2)")
    assert areas(sheet) == {"B1:B2", "C1:C2"}
    assert sheet["A2"].number_format == "#,##0"


def test_italic_turned_and_coloured_cells() -> None:
    cells = Cell(0, "a", italic=True, fill="#fde9a9"), Cell(1, "TRIWULAN 1", turned=True, size=5.2), Cell(2, fill=0.5)
    sheet = sheet_of(table(Row(cells, 4)))
    assert (sheet["A1"].font.italic, sheet["A1"].fill.fgColor.rgb) == (True, "FFFDE9A9")
    assert sheet["B1"].alignment.textRotation == 90
    assert sheet["C1"].fill.fgColor.rgb == "FF808080"
    assert sheet.row_dimensions[1].height > 25


def test_a_table_without_rules_has_none() -> None:
    part = table(Row((Cell(0, "Nama"), Cell(1, ":"), Cell(2, "x", foot="y", rows=2)), 5), Row((), 5), ruled=False)
    sheet = sheet_of(part, page=PORTRAIT)
    assert {rules(cell) for row in sheet.iter_rows() for cell in row} == {""}
    assert round(sheet.column_dimensions["A"].width * 7 / 96 * 25.4) == 41


def test_a_long_word_makes_its_text_smaller_instead_of_being_broken() -> None:
    sheet = sheet_of(table(Row((Cell(0, "BIDANG KELEMBAGAAN"), Cell(1, "BIDANG KELEMBAGAAN")), 6), widths=(19, 60)))
    assert 5 <= sheet["A1"].font.size < 8
    assert sheet["B1"].font.size == 8


def test_a_text_too_high_for_one_row_is_merged_over_several() -> None:
    words = "kata " * 420
    cells = Cell(0, words), Cell(1, "a"), Cell(2, "5", value=5)
    page = replace(PORTRAIT, fit_width=False)
    sheet = sheet_of(table(Row(cells, 6), widths=(60, 9, 9)), page=page)
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert (sheet["A1"].value, sheet["C1"].value) == (words, 5)
    assert {f"{letter}1:{letter}{len(heights)}" for letter in "ABC"} == areas(sheet)
    assert sum(heights) >= count_lines(words, 8, False, 60 / 25.4 * 72) * 10 > TALLEST


def test_a_text_higher_than_a_page_is_cut_between_its_lines() -> None:
    words = " ".join(f"kata{number}" for number in range(800))
    cells = Cell(0, words[:4000]), Cell(1, "utuh " * 900, key="k"), Cell(2, "5", value=5, sum_of=())
    sheet = sheet_of(table(Row(cells, 6), widths=(40, 60, 20)))
    column = [cell.value for (cell,) in sheet.iter_rows(max_col=1) if cell.value]
    assert " ".join(column) == words[:4000]
    assert (sheet["B1"].value, sheet["C1"].value) == ("utuh " * 900, 5)
    shown = [rules(cell) for (cell,) in sheet.iter_rows(max_col=1)]
    assert (shown[0], set(shown[1:-1]), shown[-1]) == ("lrt", {"lr"}, "lrb")


# Signatures


def test_signatures_side_by_side_share_their_rows() -> None:
    left = Signature("", ("Pihak Kedua,", "Bupati"), "ARINAL", minta_nip=False, width=60, align="center")
    right = Signature("Praya, 2020", ("Pihak Pertama,", "Kepala", "Dinas"), "DEWA", "Pembina", "1965", nip_label="NIP ")
    sheet = sheet_of(Text("a", 9), Signatures((left, right)), page=PORTRAIT)
    places = {cell.value: (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value}
    assert places["ARINAL"][0] == places["DEWA"][0]
    assert places["Bupati"][0] == places["Dinas"][0]
    assert places["Pihak Kedua,"][0] == places["Kepala"][0]
    assert places["ARINAL"][1] < places["DEWA"][1]
    assert places["NIP 1965"][0] == places["DEWA"][0] + 2
    assert sheet.cell(*places["ARINAL"]).alignment.horizontal == "center"
    assert not any("NIP. " in text for text in places)


def test_signatures_below_a_table_of_few_columns_have_room() -> None:
    blocks = tuple(Signature("", (f"Pihak {number},",), f"Nama {number}", width=70) for number in range(3))
    sheet = sheet_of(table(Row((Cell(0, "a"),), 6), widths=(160,)), Signatures(blocks), page=PORTRAIT)
    names = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("Nama")]
    assert [cell.value for cell in names] == ["Nama 0", "Nama 1", "Nama 2"]
    assert len({cell.row for cell in names}) == 1


def test_what_is_signed_is_never_lost_however_long_it_is() -> None:
    words = [" ".join(f"{part}{number}" for number in range(600)) for part in ("jabatan", "nama", "pangkat", "nip")]
    long = Signature("", (words[0],), words[1], words[2], words[3])
    for part in (long, Signatures((long, Signature("", ("Bupati,",), "Nama")))):
        sheet = sheet_of(Text("a", 9), part, page=PORTRAIT)
        column = next(cell.column for row in sheet.iter_rows() for cell in row if "jabatan0 " in str(cell.value))
        pieces = [cell for (cell,) in sheet.iter_rows(min_col=column, max_col=column) if cell.value]
        assert " ".join(cell.value for cell in pieces).replace("NIP. ", "") == " ".join(["a"] * (column == 1) + words)
        assert all(shown_whole(cell) for cell in pieces)
        assert {bool(cell.font.underline) for cell in pieces if "nama" in cell.value} == {True}


def test_a_word_higher_than_a_row_is_not_lost_either() -> None:
    sheet = sheet_of(Text("a" * 9000, 11), Signature("", ("b" * 9000,)), page=PORTRAIT)
    pieces = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert "".join(cell.value for cell in pieces).startswith("a" * 9000 + "b" * 9000)
    assert all(shown_whole(cell) for cell in pieces)


def test_lines_of_a_cover_are_not_lost_either() -> None:
    words = " ".join(f"kata{number}" for number in range(600))
    cover = book(form(Cover(middle=(Text(words, 20, True),)), Text("isi", 9))).worksheets[0]
    assert " ".join(texts(cover)) == words
    assert all(shown_whole(cell) for row in cover.iter_rows() for cell in row if cell.value)


def shown_whole(cell: Any) -> bool:
    """Whether the row of a wrapped text is as high as its lines."""
    sheet = cell.parent
    area = next((found for found in sheet.merged_cells.ranges if cell.coordinate in found), None)
    last = area.max_col if area else cell.column
    width = sum(sheet.column_dimensions[get_column_letter(col)].width for col in range(cell.column, last + 1))
    room = width * 7 / 96 * 72 - 1.5 * 72 / 25.4
    lines = count_lines(cell.value, cell.font.size, bool(cell.font.bold), room)
    return bool(lines * 1.15 * cell.font.size <= sheet.row_dimensions[cell.row].height <= TALLEST)


# Live sums


def months(total: int, **more: Any) -> Row:
    cells = [Cell(col, str(col), value=col) for col in range(1, 5)]
    return Row((Cell(0, "Kegiatan"), *cells, Cell(5, str(total), value=total, **more)), 6)


def five(*rows: Row) -> Any:
    return sheet_of(table(*rows, widths=(40, 20, 20, 20, 20, 20)))


def test_a_sum_over_columns_is_one_range() -> None:
    assert five(months(10, sum_of=(0,), sum_from=(1, 2, 3, 4)))["F1"].value == "=SUM(B1:E1)"
    assert five(months(7, sum_of=(0,), sum_from=(4, 2, 1)))["F1"].value == "=SUM(B1:C1,E1)"
    assert five(months(10), months(20, sum_of=(0, 1), sum_from=(1, 2, 3, 4)))["F2"].value == "=SUM(B1:E2)"


def test_a_sum_over_the_rows_of_another_column() -> None:
    rows = [
        Row(
            (
                Cell(0, str(n), value=n),
                *((Cell(1, "10", rows=4, value=10, sum_of=(0, 1, 2, 3), sum_from=(0,)),) * (n == 1)),
            ),
            6,
        )
        for n in range(1, 5)
    ]
    assert sheet_of(table(*rows))["B1"].value == "=SUM(A1:A4)"


def test_a_sum_that_the_paper_contradicts_is_a_plain_number() -> None:
    assert five(months(11, sum_of=(0,), sum_from=(1, 2, 3, 4)))["F1"].value == 11
    assert five(months(5, sum_of=(0,)))["F1"].value == 5
    total = Row((Cell(1, "9", value=9, sum_of=(0,)),), 6)
    assert sheet_of(table(Row((Cell(1, "8", value=8),), 6), total=(total,)))["B2"].value == 9
    assert sheet_of(table(Row((Cell(1, "tidak ada", sum_of=(0,)),), 6)))["B1"].value == "tidak ada"


def test_cached_numbers_are_those_of_the_paper() -> None:
    made = form(table(months(10, sum_of=(0,), sum_from=(1, 2, 3, 4)), widths=(40, 20, 20, 20, 20, 20)))
    assert book(made, data_only=True).active["F1"].value == 10


# Keys


def keyed() -> Form:
    amount = Cell(0, "Program", rows=2, foot="Rp 5.000", value=5000, key="anggaran/1/pagu")
    rows = Row((amount, Cell(1, "=x", key="kinerja/2/uraian")), 6), Row((Cell(1, "b"),), 6)
    return form(table(*rows), Break(PORTRAIT, "Lampiran"), table(Row((Cell(2, "", key="k"),), 6)), code="c0de")


def test_keys_stand_in_a_hidden_sheet() -> None:
    workbook = book(keyed())
    sheet = workbook["_renaksi"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[:4] == [
        ["format", "renaksi-xlsx", None, None],
        ["versi", "1", None, None],
        ["formulir", "uji", None, None],
        ["kode", "c0de", None, None],
    ]
    assert rows[4:] == [
        ["lembar", "sel", "kunci", "nilai"],
        ["Formulir uji", "B1", "kinerja/2/uraian", "=x"],
        ["Formulir uji", "A2", "anggaran/1/pagu", "Rp 5.000"],
        ["Lampiran", "C1", "k", None],
    ]
    assert sheet.sheet_state == "veryHidden"
    assert not sheet.print_area
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_no_keys_no_hidden_sheet() -> None:
    assert book(form(table(Row((Cell(0, "a"),), 6)))).sheetnames == ["Formulir uji"]


# Writing


def test_the_same_form_gives_the_same_bytes() -> None:
    made = form(Cover(logo=png()), Letterhead((Text("a", 9),), png()), *keyed().parts, draft=True)
    assert written(made) == written(made)
    with zipfile.ZipFile(BytesIO(written(made))) as package:
        assert package.testzip() is None
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_elements_of_a_sheet_with_everything_stand_in_the_order_that_excel_demands() -> None:
    part = table(*(Row((Cell(0, "a", 2),), 100),) * 3)
    made = form(Letterhead((Text("a", 9),), png()), part, draft=True, page=Page())
    with zipfile.ZipFile(BytesIO(written(made))) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    order = "sheetPr sheetViews cols sheetData mergeCells printOptions pageMargins pageSetup headerFooter rowBreaks"
    places = [xml.index(f"<{name}") for name in [*order.split(), "ignoredErrors", "drawing"]]
    assert places == sorted(places)


def test_progress_grows_to_the_end_and_what_it_raises_ends_the_writing() -> None:
    made = form(table(*(Row((Cell(0, "a"),), 6),) * 600))
    told: list[tuple[int, int]] = []
    render_xlsx(made, BytesIO(), lambda done, total: told.append((done, total)))
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]

    class CancelledError(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise CancelledError

    out = BytesIO()
    with pytest.raises(CancelledError):
        render_xlsx(made, out, cancel)
    assert out.getvalue() == b""


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_comes_back_from_runs_keys_and_feet(text: str, other: str) -> None:
    made = form(
        Text((Run(text), Run(other, bold=True)), 9), table(Row((Cell(0, text, foot=other, key=text or "k"),), 6))
    )
    sheet = book(made).active

    def stored(place: str) -> str:
        return (sheet[place].value or "").replace("_x005F_", "_")

    assert stored("A1") == clean(text) + clean(other)
    assert stored("A2") == clean(text)
    assert stored("A3") == clean(other)

"""Workbooks are written for real and read back with openpyxl; nothing of a form may be lost, changed or come alive."""

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.forms.parts import PAPERS, Cell, Form, Page, Row, Signature, Table, Text
from services.render.xlsx import render_xlsx
from services.render.xlsx_formula import sum_formula, sum_terms
from services.render.xlsx_names import SheetNames
from services.render.xlsx_sheet import TALLEST
from services.render.xlsx_text import clean, count_lines, line_height, text_width

MONEY = '#,##0;-#,##0;"-"'


def written(form: Form) -> bytes:
    out = BytesIO()
    render_xlsx(form, out)
    return out.getvalue()


def reread(form: Form, tmp_path: Path, *, data_only: bool = False) -> Any:
    path = tmp_path / "form.xlsx"
    path.write_bytes(written(form))
    return load_workbook(path, data_only=data_only).active


def table(*rows: Row, widths: tuple[float, ...] = (20, 50, 30), **more: Any) -> Table:
    return Table(widths, header=(), body=tuple((row,) for row in rows), **more)


def form(*parts: Text | Table | Signature, page: Page | None = None) -> Form:
    return Form("uji", "Formulir uji", parts, page or Page(fit_width=False))


def one_cell(cell: Cell, tmp_path: Path) -> Any:
    return reread(form(table(Row((cell,), 6))), tmp_path).cell(1, cell.col + 1)


def block(number: int, pagu: int) -> tuple[Row, ...]:
    """Twelve lines of the monthly form, short of columns: no, sasaran, bulan, target, pagu."""
    rows = []
    for month in range(12):
        cells = [Cell(2, f"B{month + 1:02}"), Cell(3, "19,50", align="right", value=Decimal("19.50"), format="0.00")]
        if month == 0:
            merged = [Cell(0, str(number), rows=12, align="center"), Cell(1, f"Sasaran {number}", rows=12, repeat=True)]
            cells = [*merged, *cells, Cell(4, f"{pagu}", rows=12, align="right", value=pagu, format=MONEY)]
        rows.append(Row(tuple(cells), 5.9))
    return tuple(rows)


@pytest.fixture
def monthly() -> Form:
    shade = {"align": "center", "bold": True, "middle": True, "fill": 0.88}
    header = (
        Row((Cell(0, "No", rows=2, **shade), Cell(1, "Sasaran", rows=2, **shade), Cell(2, "Kinerja", 3, **shade)), 5.6),
        Row((Cell(2, "Bulan", **shade), Cell(3, "Target", **shade), Cell(4, "Pagu", **shade)), 10.6),
    )
    heading = (Row((Cell(0, "BIDANG KOPERASI", 5, bold=True, fill=0.95),), 6),)
    total = Row((Cell(0, "TOTAL", 4, bold=True), Cell(4, "300", bold=True, value=300, format=MONEY, sum_of=(1, 13))), 6)
    title = (Text("RENCANA AKSI", 9.5, True, "center"), Text("TAHUN 2022", 9.5, True, "center", after=3))
    body = (heading, block(1, 100), block(2, 200))
    part = Table((9, 38, 19, 19, 26), header, body, (total,), title, repeat_title=True)
    return form(
        part, Signature("Singaraja, Oktober 2022", ("Kepala Dinas,", "Kabupaten"), "Dewa", "Pembina", "19741014")
    )


def test_every_text_is_a_string_and_every_number_a_number(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(monthly, tmp_path)
    part = monthly.parts[0]
    assert isinstance(part, Table)
    rows = chain(part.header, chain.from_iterable(part.body))
    for number, row in enumerate(rows, start=3):
        for cell in row.cells:
            stored = sheet.cell(number, cell.col + 1)
            if cell.value is None:
                assert (stored.data_type, stored.value) == ("s", cell.text)
            else:
                assert (stored.data_type, Decimal(str(stored.value))) == ("n", cell.value)
                assert stored.number_format == cell.format
    assert [sheet["A1"].value, sheet["A2"].value] == ["RENCANA AKSI", "TAHUN 2022"]


def test_merged_areas_are_those_of_the_form(monthly: Form, tmp_path: Path) -> None:
    areas = {str(area) for area in reread(monthly, tmp_path).merged_cells.ranges}
    titles = {"A1:E1", "A2:E2"}
    header = {"A3:A4", "B3:B4", "C3:E3"}
    body = {"A5:E5", "A6:A17", "B6:B17", "E6:E17", "A18:A29", "B18:B29", "E18:E29"}
    assert titles | header | body | {"A30:D30"} == {area for area in areas if int(re.split(r"\D+", area)[-1]) <= 30}


def test_all_cells_of_a_merged_area_have_all_four_rules(monthly: Form, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(written(monthly))
    with zipfile.ZipFile(path) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    styles = dict(re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', xml))
    assert len({styles[f"B{row}"] for row in range(6, 18)}) == 1
    border = load_workbook(path).active["B6"].border
    assert {getattr(border, side).style for side in ("left", "right", "top", "bottom")} == {"thin"}


def test_places_without_a_cell_are_ruled_and_empty(tmp_path: Path) -> None:
    rows = Row((Cell(0, "judul", 3, fill=0.95),), 6), Row((Cell(1, "a"),), 6)
    sheet = reread(form(table(*rows)), tmp_path)
    for place in ("A2", "C2"):
        assert sheet[place].value is None
        assert sheet[place].border.left.style == "thin"
        assert sheet[place].fill.fill_type is None


def test_look_of_header_and_body(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(monthly, tmp_path)
    header, body = sheet["A3"], sheet["E6"]
    assert (header.font.name, header.font.size, header.font.bold) == ("Arial", 8, True)
    assert header.fill.fgColor.rgb == "FFE0E0E0"
    assert (header.alignment.horizontal, header.alignment.vertical) == ("center", "center")
    assert header.alignment.wrap_text
    assert (body.alignment.horizontal, body.alignment.vertical, body.alignment.shrink_to_fit) == ("right", "top", True)
    assert sheet["B6"].alignment.vertical == "top"


def test_total_is_a_live_sum_with_a_cached_number(monthly: Form, tmp_path: Path) -> None:
    assert reread(monthly, tmp_path)["E30"].value == "=SUM(E6:E18)"
    assert reread(monthly, tmp_path, data_only=True)["E30"].value == 300
    assert load_workbook(BytesIO(written(monthly))).calculation.fullCalcOnLoad


def test_sum_leaves_out_numbers_that_it_does_not_name(tmp_path: Path) -> None:
    values = [100, 60, 40, 50, 7]
    rows = [Row((Cell(1, str(value), value=value),), 6) for value in values]
    total = Row((Cell(1, "157", value=157, sum_of=(0, 3, 4)),), 6)
    assert reread(form(table(*rows, total=(total,))), tmp_path)["B6"].value == "=SUM(B1,B4:B5)"


def test_sum_can_stand_in_the_body(tmp_path: Path) -> None:
    program = Row((Cell(1, "90", value=90, sum_of=(1, 2)),), 6)
    rows = [Row((Cell(1, str(value), value=value),), 6) for value in (60, 30)]
    total = Row((Cell(1, "90", value=90, sum_of=(0,)),), 6)
    sheet = reread(form(table(program, *rows, total=(total,))), tmp_path)
    assert (sheet["B1"].value, sheet["B4"].value) == ("=SUM(B2:B3)", "=SUM(B1)")


def test_sum_of_nothing_is_the_number(tmp_path: Path) -> None:
    assert one_cell(Cell(0, "0", value=0, sum_of=()), tmp_path).value == 0


@given(st.sets(st.integers(1, 300)), st.sets(st.integers(1, 300), min_size=1))
def test_sum_covers_the_wanted_numbers_and_no_others(others: set[int], wanted: set[int]) -> None:
    numbers = others | wanted
    covered: list[int] = []
    for first, last in re.findall(r"Q(\d+)(?::Q(\d+))?", sum_formula(sum_terms("Q", "Q", wanted, sorted(numbers)))):
        covered += [row for row in range(int(first), int(last or first) + 1) if row in numbers]
    assert covered == sorted(wanted)


def test_sum_of_many_pieces_is_nested_and_too_many_are_given_up() -> None:
    nested = sum_formula(sum_terms("I", "I", range(1, 1000, 2), range(1, 1001)))
    assert nested.startswith("=") is False
    assert nested.count("SUM(") == 4
    assert max(inner.count(",") for inner in re.findall(r"SUM\(([^()]*)\)", nested)) < 255
    assert sum_formula(sum_terms("I", "I", range(1, 5000, 2), range(1, 5001))) == ""


def test_sum_that_is_too_long_is_stored_as_its_number(tmp_path: Path) -> None:
    rows = [Row((Cell(1, "1", value=1),), 6) for _ in range(5000)]
    total = Row((Cell(1, "2500", value=2500, sum_of=tuple(range(0, 5000, 2))),), 6)
    assert reread(form(table(*rows, total=(total,))), tmp_path)["B5001"].value == 2500


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "\t=1", "19741014 199311 1 001", "0012", "#N/A"],
)
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    cell = one_cell(Cell(1, text), tmp_path)
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")'])
def test_titles_and_signatures_are_never_formulas(text: str, tmp_path: Path) -> None:
    sheet = reread(form(Text(text, 9), table(Row((), 6)), Signature(text, (text,), text, text, text)), tmp_path)
    types = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert types == {"s"}


def test_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    assert one_cell(Cell(1, ""), tmp_path).value is None
    assert one_cell(Cell(1, "\x00\x1f"), tmp_path).value is None


@pytest.mark.parametrize("value", [0, -5, 10**15, Decimal("19.50"), Decimal("1E+3"), Decimal("-0.001")])
def test_numbers_keep_their_value(value: int | Decimal, tmp_path: Path) -> None:
    cell = one_cell(Cell(1, "x", value=value, format="0.00"), tmp_path)
    assert (cell.data_type, Decimal(str(cell.value))) == ("n", value)


@given(st.text(max_size=60))
@example("baris\r\nkedua\rketiga\n")
@example("_x0041_ dan _x000D_")
@example("  tepi  ")
@example("<b>&amp;]]>\ud800\ufffe\x0b")
def test_any_text_comes_back(text: str) -> None:
    part = table(Row((Cell(0, text), Cell(1, text, 2)), 6))
    sheet = load_workbook(BytesIO(written(form(Text(text, 9), part)))).active
    expected = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", re.sub("\r\n?", "\n", text)) or None
    for place in ("A1", "A2", "B2"):
        stored = sheet[place].value
        assert (stored and stored.replace("_x005F_", "_")) == expected


def test_the_longest_text_fits(tmp_path: Path) -> None:
    assert one_cell(Cell(0, "a" * 40_000, key="k"), tmp_path).value == "a" * 32_767
    sheet = reread(form(table(Row((Cell(0, "a" * 40_000),), 6))), tmp_path)
    assert "".join(cell.value or "" for (cell,) in sheet.iter_rows(max_col=1)) == "a" * 32_767


def test_page_set_up(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(monthly.on(Page()), tmp_path)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (14, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    margins = sheet.page_margins
    assert [round(x * 25.4, 1) for x in (margins.top, margins.right, margins.bottom, margins.left)] == [10, 10, 12, 10]
    assert round(margins.footer * 25.4, 1) == 5
    footer = sheet.oddFooter.center
    assert (footer.text, footer.size, footer.font) == ("Halaman &P dari &N", 7, "Arial,Regular")
    assert sheet.print_options.horizontalCentered
    assert not sheet.print_options.gridLines
    assert sheet.print_area == f"'{sheet.title}'!$A$1:$E${sheet.max_row}"


def test_other_paper(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(monthly.on(Page(PAPERS["A4"], landscape=False, top=25.4)), tmp_path)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.page_margins.top == 1
    unknown = replace(PAPERS["A4"], excel=None)
    assert reread(monthly.on(Page(unknown)), tmp_path).page_setup.paperSize is None


def test_header_is_printed_on_every_page_and_frozen(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(monthly, tmp_path)
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.freeze_panes == "A5"
    part = monthly.parts[0]
    assert isinstance(part, Table)
    sheet = reread(form(Text("TUJUAN :", 8), replace(part, repeat_title=False), part), tmp_path)
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.freeze_panes == "A6"


def test_a_header_that_would_fill_the_screen_is_not_frozen(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(form(Text("TUJUAN :", 8, after=100), *monthly.parts), tmp_path)
    assert sheet.freeze_panes is None
    assert sheet.print_title_rows == "$2:$5"


def test_column_widths_are_those_of_the_paper(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(monthly, tmp_path)
    pixels = [round(sheet.column_dimensions[letter].width * 7) for letter in "ABCDE"]
    assert [pytest.approx(mm / 25.4 * 96, abs=1) for mm in (9, 38, 19, 19, 26)] == pixels
    assert sum(pixels) <= 111 / 25.4 * 96


def test_row_heights_are_those_of_the_paper(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(monthly, tmp_path)
    assert sheet.row_dimensions[4].height == pytest.approx(10.6 / 25.4 * 72, abs=0.01)
    assert sheet.row_dimensions[9].height == pytest.approx(5.9 / 25.4 * 72, abs=0.01)


def test_row_is_as_high_as_its_text(tmp_path: Path) -> None:
    words = "Meningkatnya Koperasi yang Berkualitas " * 6
    sheet = reread(form(table(Row((Cell(0, words),), 6), Row((Cell(1, "satu\ndua\ntiga"),), 6))), tmp_path)
    assert sheet.row_dimensions[1].height >= 12 * line_height(8)
    assert sheet.row_dimensions[2].height == pytest.approx(3 * line_height(8))


def test_merged_rows_share_the_height_of_their_text(tmp_path: Path) -> None:
    text = "\n".join(["baris"] * 12)
    rows = [Row((Cell(0, text, rows=3), Cell(1, "a")), 6), Row((Cell(1, "b"),), 8), Row((Cell(1, "c"),), 6)]
    heights = [reread(form(table(*rows)), tmp_path).row_dimensions[row].height for row in (1, 2, 3)]
    assert sum(heights) == pytest.approx(12 * line_height(8), abs=0.02)
    assert heights[1] - heights[0] == pytest.approx(2 / 25.4 * 72, abs=0.02)


def test_a_word_that_its_column_would_break_is_made_smaller(tmp_path: Path) -> None:
    cells = Cell(0, "12", size=5.8, bold=True), Cell(1, "Persentase koperasi"), Cell(2, "PANJANG" * 20)
    sheet = reread(form(table(Row(cells, 4), widths=(2.8, 10, 10))), tmp_path)
    fitted = [(cell.alignment.shrink_to_fit, cell.alignment.wrap_text) for cell in sheet[1]]
    assert fitted == [(True, None), (None, True), (None, True)]


def test_no_row_is_higher_than_excel_allows(tmp_path: Path) -> None:
    sheet = reread(form(table(Row((Cell(0, "kata " * 800),), 6))), tmp_path)
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert max(heights) <= TALLEST < sum(heights)


@given(st.text(st.sampled_from("aiWm %é漢 \n"), max_size=80), st.floats(10, 300))
def test_lines_hold_the_whole_text(text: str, width: float) -> None:
    letters = sum(text_width(paragraph.replace(" ", ""), 8, False) for paragraph in text.split("\n"))
    lines = count_lines(text, 8, False, width)
    assert lines >= text.count("\n") + 1
    assert lines * width >= letters * 0.999 - 1


def test_signature_stands_on_the_right_under_the_table(monthly: Form, tmp_path: Path) -> None:
    sheet = reread(monthly, tmp_path)
    below = [(cell.value, cell.column) for row in sheet.iter_rows(min_row=31) for cell in row if cell.value]
    lines = ["Singaraja, Oktober 2022", "Kepala Dinas,", "Kabupaten", "Dewa", "Pembina", "NIP. 19741014"]
    assert [text for text, _ in below] == lines
    assert {column for _, column in below} == {3}
    name = next(cell for row in sheet.iter_rows(min_row=31) for cell in row if cell.value == "Dewa")
    assert (name.font.bold, name.font.underline, name.font.size) == (True, "single", 8.5)
    stamp = sum(sheet.row_dimensions[row].height for row in range(name.row - 4, name.row))
    assert stamp == pytest.approx(22 / 25.4 * 72, abs=0.05)
    assert any(str(area) == f"C{name.row}:E{name.row}" for area in sheet.merged_cells.ranges)


def test_signature_without_a_name_has_dotted_lines(tmp_path: Path) -> None:
    def lines(signature: Signature) -> list[str]:
        sheet = reread(form(table(Row((), 6)), signature), tmp_path)
        return [cell.value for row in sheet.iter_rows(min_row=3) for cell in row if cell.value]

    assert [re.sub(r"\.{20,}", "...", line) for line in lines(Signature("", ("Camat,",)))] == [
        "Camat,",
        "...",
        "NIP. ...",
    ]
    assert [line.strip(".") for line in lines(Signature("", ("Camat,",), minta_nip=False))] == ["Camat,", ""]


def test_signature_begins_where_its_lines_have_the_room_of_the_paper(tmp_path: Path) -> None:
    long = "Kepala Dinas Perdagangan, Perindustrian dan Koperasi,"
    part = table(Row((), 6), widths=(95, 95, 30, 80))
    assert reread(form(part, Signature("", ("Camat,",))), tmp_path)["D3"].value == "Camat,"
    assert reread(form(part, Signature("", (long,))), tmp_path)["D3"].value == long
    assert reread(form(part, Signature("", (long,), size=10, width=95)), tmp_path)["C3"].value == long


def test_tables_with_other_columns_keep_their_geometry(tmp_path: Path) -> None:
    first = table(Row((Cell(0, "a"), Cell(1, "b"), Cell(2, "5", value=5)), 6), widths=(10, 60, 30))
    total = Row((Cell(1, "7", value=7, sum_of=(0,)),), 6)
    second = table(Row((Cell(0, "c"), Cell(1, "7", value=7)), 6), widths=(40, 60.2), total=(total,))
    sheet = reread(form(first, second), tmp_path)
    assert [round(sheet.column_dimensions[letter].width * 7 / 96 * 25.4) for letter in "ABCD"] == [10, 30, 30, 30]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"B1:C1", "A3:B3", "C3:D3", "C4:D4"} - {"A4:B4"}
    assert (sheet["D1"].value, sheet["C3"].value, sheet["C4"].value) == (5, 7, "=SUM(C3)")


def test_only_tables_with_the_same_columns_share_them(tmp_path: Path) -> None:
    first, second, third = (
        table(Row((Cell(0, "a"), Cell(1, "b")), 6), widths=widths) for widths in ((10, 60), (30, 40), (10, 60))
    )
    same = reread(form(first, third), tmp_path)
    assert (same.max_column, set(same.merged_cells.ranges)) == (2, set())
    other = reread(form(first, second), tmp_path)
    assert {str(area) for area in other.merged_cells.ranges} == {"B1:C1", "A3:B3"}
    assert [round(other.column_dimensions[letter].width * 7 / 96 * 25.4) for letter in "ABC"] == [10, 20, 40]


def test_form_without_a_table(tmp_path: Path) -> None:
    sheet = reread(form(Text("KATA PENGANTAR", 12), Signature("Praya", ("Kepala",))), tmp_path)
    assert sheet["A1"].value == "KATA PENGANTAR"
    assert sheet.freeze_panes is None
    assert not sheet.print_title_rows
    assert reread(form(), tmp_path).max_row == 1


@pytest.mark.parametrize(
    "rows",
    [
        (Row((Cell(0, "a", 2), Cell(1, "b")), 6),),
        (Row((Cell(0, "a", rows=2),), 6), Row((Cell(0, "b"),), 6)),
        (Row((Cell(0, "a", rows=2),), 6),),
    ],
    ids=["beside", "below", "out of the table"],
)
def test_cells_that_overlap_are_refused(rows: tuple[Row, ...]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        written(form(table(*rows)))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bulanan Eselon II", "Bulanan Eselon II"),
        ("A/B: [x]*?\\", "A B x"),
        ("Rencana Aksi Dinas Perdagangan, Perindustrian", "Rencana Aksi Dinas Perdagangan"),
        ("'x'", "x"),
        ("History", "Formulir"),
        ("\x00", "Formulir"),
        ("\U0001f600" * 20, "\U0001f600" * 15),
    ],
)
def test_sheet_is_named_after_the_form(title: str, name: str, tmp_path: Path) -> None:
    workbook = load_workbook(BytesIO(written(replace(form(table(Row((), 6))), title=title))))
    assert workbook.sheetnames == [name]
    assert workbook.properties.title == (clean(title) or None)
    assert workbook.properties.creator == "Renaksi"


@given(st.text())
def test_any_title_gives_a_name_that_excel_takes(title: str) -> None:
    name = SheetNames("_renaksi").name(title)
    assert 0 < len(name.encode("utf-16-le")) <= 62
    assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
    assert load_workbook(BytesIO(written(Form("uji", title, (Text("a", 8),))))).sheetnames == [name]


def test_same_form_gives_the_same_bytes(monthly: Form) -> None:
    first = written(monthly)
    assert first == written(monthly)
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None


def test_a_full_disk_is_an_os_error(monthly: Form) -> None:
    class Full(BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        render_xlsx(monthly, Full())


def test_elements_of_the_sheet_stand_in_the_order_that_excel_demands(monthly: Form) -> None:
    with zipfile.ZipFile(BytesIO(written(monthly))) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    order = "sheetPr sheetViews sheetFormatPr cols sheetData mergeCells printOptions pageMargins pageSetup headerFooter"
    places = [xml.index(f"<{name}") for name in [*order.split(), "ignoredErrors"]]
    assert places == sorted(places)

"""Every page of every table has its own header: long tables have sheets of their own."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from services.forms import build_form
from services.forms.parts import Break, Cell, Cover, Form, Page, Part, Row, Signature, Table, Text
from services.render.layout import lay_out
from services.render.xlsx import render_xlsx
from services.render.xlsx_names import SheetNames
from services.samples import sample_path, sample_plan

SAMPLES = sorted(path.name.removesuffix(".renaksi.json") for path in sample_path().parent.glob("*.renaksi.json"))
SEVERAL = ("perjanjian-kinerja", "perjanjian-kinerja-eselon-iii", "perjanjian-kinerja-eselon-iv", "pengukuran")
CASES = [(sample, name) for sample in SAMPLES for name in (*SEVERAL, "triwulan-aksi")]


def book(form: Form) -> Any:
    out = BytesIO()
    render_xlsx(form, out)
    return load_workbook(out)


def sheets(*parts: Part, page: Page | None = None) -> list[Any]:
    return [sheet for sheet in book(Form("uji", "Uji", parts, page or Page())).worksheets if sheet.title != "_renaksi"]


def table(name: str, rows: int, *title: Text) -> Table:
    header = (Row((Cell(0, name), Cell(1, "Nilai")), 10),)
    cells = ((Cell(0, f"{name} {row}", key=f"{name}/{row}"), Cell(1, "1", value=1)) for row in range(rows))
    body = tuple((Row(pair, 6),) for pair in cells)
    total = Row((Cell(0, "Jumlah"), Cell(1, str(rows), value=rows, sum_of=tuple(range(rows)))), 8)
    return Table((60, 50), header, body, (total,), title)


def heading(text: str) -> Text:
    return Text(text, 9, level=1)


def statement(position: str) -> tuple[Part, ...]:
    return Text("PERJANJIAN", 13), heading(position), Text("isi", 11, after=90), Signature("", ("Pihak",), "Nama")


def annex(first: int, second: int) -> tuple[Part, ...]:
    return Break(), Text("PERJANJIAN", 13), table("Sasaran", first), Text("", 11), table("Anggaran", second)


def assert_headed(sheet: Any) -> None:
    """Each row of a table stands below the header of its table, on its own page."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first, last = map(int, sheet.print_title_rows.replace("$", "").split(":")) if sheet.print_title_rows else (0, 0)
    begins = {found.id + 1 for found in sheet.row_breaks.brk}
    head = ""
    for number, row in enumerate(rows, 1):
        if number in begins:
            head = (
                next((str(line[0]) for line in rows[first - 1 : last] if "Nilai" in line), "") if number > last else ""
            )
        if "Nilai" in row:
            head = str(row[0])
        elif row[1] == 1:
            assert str(row[0]).startswith(f"{head} "), f"{row} below {head!r} in {sheet.title}"
            assert head


def test_two_long_tables_have_a_sheet_and_a_header_each() -> None:
    first, second = sheets(
        Text("JUDUL", 10), table("Anggaran", 80, heading("A. ANGGARAN")), table("Kinerja", 80, heading("B. KINERJA"))
    )
    assert (first.title, second.title) == ("A. ANGGARAN", "B. KINERJA")
    assert (first.print_title_rows, first.freeze_panes) == ("$3:$3", "A4")
    assert (second.print_title_rows, second.freeze_panes) == ("$2:$2", "A3")
    assert [first["A1"].value, second["A1"].value] == ["JUDUL", "B. KINERJA"]
    assert second["B83"].value == "=SUM(B3:B82)"
    for sheet in (first, second):
        assert_headed(sheet)


def test_tables_without_a_heading_are_lettered() -> None:
    made = sheets(*annex(80, 80)[1:])
    assert [sheet.title for sheet in made] == ["Uji Tabel A", "Uji Tabel B"]
    assert made[1]["A1"].value == "Anggaran"


def test_tables_with_one_header_stay_in_one_sheet() -> None:
    (sheet,) = sheets(table("Sasaran", 80), Text("lagi", 9), table("Sasaran", 80))
    assert sheet.print_title_rows == "$1:$1"


def test_every_official_has_a_sheet_named_by_the_position() -> None:
    parts = [*statement("KEPALA BIDANG A"), *annex(3, 4), Break(), *statement("KEPALA BIDANG B"), *annex(2, 2), Break()]
    parts += [*statement("KEPALA BIDANG B"), *annex(90, 90)]
    made = sheets(*parts)
    names = ["KEPALA BIDANG A", "KEPALA BIDANG B", "KEPALA BIDANG B (2)"]
    assert [sheet.title for sheet in made] == [*names, "KEPALA BIDANG B Tabel A", "KEPALA BIDANG B Tabel B"]
    assert [len(sheet.row_breaks.brk) for sheet in made[:3]] == [1, 1, 0]
    assert [sheet["A2"].value for sheet in made[:3]] == ["KEPALA BIDANG A", "KEPALA BIDANG B", "KEPALA BIDANG B"]
    assert (made[3].print_title_rows, made[3].freeze_panes, made[4].freeze_panes) == ("$2:$2", "A3", "A2")
    for sheet in made:
        assert_headed(sheet)


@pytest.mark.parametrize(("first", "second"), [(20, 20), (26, 6), (6, 40), (60, 3), (24, 26), (2, 27), (28, 28)])
def test_no_page_lacks_a_header_whatever_the_lengths(first: int, second: int) -> None:
    made = sheets(*statement("KEPALA"), *annex(first, second), Break(), heading("LAIN"), table("Lain", 12))
    for sheet in made:
        assert_headed(sheet)
    there = [str(row[0].value) for sheet in made for row in sheet.iter_rows() if row[1].value == 1]
    wanted = [("Sasaran", first), ("Anggaran", second), ("Lain", 12)]
    assert there == [f"{name} {row}" for name, rows in wanted for row in range(rows)]


@pytest.mark.parametrize("above", [0, 60, 100, 140])
@pytest.mark.parametrize("rows", [(15, 40), (15, 15), (40, 15), (10, 3, 12), (3, 40, 3)])
def test_no_page_lacks_a_header_wherever_the_tables_begin(above: int, rows: tuple[int, ...]) -> None:
    tables = [table(f"Tabel{number}", count) for number, count in enumerate(rows)]
    made = sheets(Text("isi", 11, after=above), *tables, Text("penutup", 11))
    for sheet in made:
        assert_headed(sheet)
    assert sum(row[1].value == 1 for sheet in made for row in sheet.iter_rows()) == sum(rows)


def test_a_short_table_stays_below_a_long_one_where_its_page_has_room() -> None:
    high = Table((60, 50), table("Tinggi", 1).header, ((Row((Cell(0, "kata " * 2500), Cell(1, "1", value=1)), 6),),))
    first, second = sheets(table("Sasaran", 5), high, table("Anggaran", 5))
    assert (first.print_title_rows, second.print_title_rows) == ("$1:$1", "$1:$1")
    assert "Anggaran 4" in {row[0].value for row in second.iter_rows()}


def test_the_hidden_sheet_names_the_sheet_of_each_cell() -> None:
    workbook = book(Form("uji", "Uji", annex(80, 80)[1:]))
    rows = [[cell.value for cell in row] for row in workbook["_renaksi"].iter_rows(min_row=6)]
    assert {row[0] for row in rows} == {"Uji Tabel A", "Uji Tabel B"}
    for name, place, _, text in rows:
        assert workbook[name][place].value == text


def test_pages_are_numbered_by_the_program_and_by_us_behind_a_cover() -> None:
    parts = (table("Sasaran", 80), table("Anggaran", 80))
    for sheet in sheets(*parts):
        assert (sheet.oddFooter.center.text, sheet.page_setup.firstPageNumber) == ("Halaman &P dari &N", None)
    cover, first, second = sheets(Cover(middle=(Text("a", 20),)), *parts)
    assert not cover.oddFooter.center.text
    pages = [len(sheet.row_breaks.brk) + 1 for sheet in (first, second)]
    assert [sheet.oddFooter.center.text for sheet in (first, second)] == [f"Halaman &P dari {sum(pages)}"] * 2
    assert [sheet.page_setup.firstPageNumber for sheet in (first, second)] == [1, pages[0] + 1]


def test_names_are_cut_before_their_suffix_and_unlike() -> None:
    names = SheetNames("_renaksi")
    long = "KEPALA BIDANG PENGEMBANGAN PERDAGANGAN"
    assert names.name(long, " Tabel B") == "KEPALA BIDANG PENGEMBAN Tabel B"
    assert names.name(long, " Tabel B") == "KEPALA BIDANG PENGE Tabel B (2)"
    assert [names.name("a") for _ in range(3)] == ["a", "a (2)", "a (3)"]
    assert names.name("A (2)") == "A (2) (2)"


@pytest.mark.parametrize(("sample", "name"), CASES)
def test_forms_of_the_samples_have_about_as_many_pages_as_on_paper(sample: str, name: str) -> None:
    form = build_form(*sample_plan(sample), name)
    if form.empty:
        pytest.skip("this plan has nothing for this form")
    visible = [sheet for sheet in book(form).worksheets if sheet.sheet_state == "visible"]
    pages = sum(len(sheet.row_breaks.brk) + 1 for sheet in visible)
    paper = len(lay_out(form))
    assert abs(pages - paper) <= max(1, paper // 10)
    if "eselon" in name:
        officials = {text.plain for text in form.parts if isinstance(text, Text) and text.level == 1}
        assert len(visible) >= len(officials)
        assert all(sheet["A1"].value.startswith("PERJANJIAN KINERJA TAHUN") for sheet in visible)

"""Blocks of cells as text and as HTML: what spreadsheets write is read, and what is written is read back."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.paste_cells import MAX_COLUMNS, MAX_ROWS, Block, Pasted, is_missing, number_of, read_tsv, write_tsv
from services.paste_html import read_html, write_html

DATA = Path(__file__).parents[1] / "data" / "clipboard"
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\"'=+-@"), max_size=12)
words = st.text("ab1.,-=+@'\"<>&;", max_size=12)


def blocks(cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    """Rectangles of one cell or more."""
    return st.integers(1, 5).flatmap(
        lambda wide: st.lists(st.lists(cells, min_size=wide, max_size=wide), min_size=1, max_size=5)
    )


def html(name: str) -> Block:
    block = read_html((DATA / name).read_text(encoding="utf-8"))
    assert block is not None
    return block


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"satu\ndua"\t"kata ""emas"""\n', [["satu\ndua", 'kata "emas"']]),
        ('"A\t"B\n', [['"A', '"B']]),
        ('19"\tx"y"\n', [['19"', 'x"y"']]),
        ("a\n\n", [["a"], [""]]),
        ("\t\n", [["", ""]]),
        ("a\tb\nc\n", [["a", "b"], ["c", ""]]),
        ("\n", [[""]]),
        ("", []),
    ],
)
def test_tab_separated_text_is_read_as_spreadsheets_write_it(text: str, rows: list[list[str]]) -> None:
    assert read_tsv(text) == rows


@given(blocks(texts))
def test_text_written_is_read_back(block: list[list[str]]) -> None:
    assert read_tsv(write_tsv(block)) == block


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-A1", "@x", "'=1"])
def test_no_text_is_written_as_a_formula(text: str) -> None:
    assert write_tsv([[text]]) == f"'{text}\n"


@pytest.mark.parametrize("text", ["-", "-5", "-1.000,5", "+5", "- 5", "25%"])
def test_numbers_with_a_sign_are_no_formulas(text: str) -> None:
    assert write_tsv([[text]]) == f"{text}\n"


def test_a_block_beyond_the_limits_is_cut_and_says_so() -> None:
    for text in ("a\t" * MAX_COLUMNS + "z\n", "a\n" * (MAX_ROWS + 5), '"a"\n' * (MAX_ROWS + 5)):
        block = read_tsv(text)
        assert block.cut
        assert len(block) <= MAX_ROWS
        assert len(block[0]) <= MAX_COLUMNS
    for cells in (
        "<td>a" * (MAX_COLUMNS + 1),
        "<td colspan=999999999 rowspan=999999999>a",
        "<td>a<tr>" * (MAX_ROWS + 9),
    ):
        html_block = read_html(f"<table><tr>{cells}</table>")
        assert html_block is not None
        assert len(html_block) <= MAX_ROWS
        assert len(html_block[0]) <= MAX_COLUMNS
    assert not read_tsv("a\t" * (MAX_COLUMNS - 1) + "z\n").cut


@pytest.mark.parametrize("name", ["calc-id.html", "calc-en.html"])
def test_the_table_of_libreoffice_has_texts_and_numbers(name: str) -> None:
    block = html(name)
    assert block.source == "LibreOffice"
    comma = name == "calc-id.html"
    shown = ["6,75", "13,50", "27,00"] if comma else ["6.75", "13.50", "27.00"]
    assert block[1] == ["Persentase UMKM yang Formal", "-", *shown]
    assert [number_of(cell) for cell in block[1][2:]] == [Decimal("6.75"), Decimal("13.5"), Decimal(27)]
    assert block[2][0] == 'Jumlah dokumen <baru> & "lama"'
    assert number_of(block[2][4]) == 1000
    assert (block[3][1], number_of(block[3][1])) == ("1.000", None)
    assert block[4][:4] == ["Gabungan", "satu", "", "#DIV/0!"]
    assert number_of(block[4][3]) is None
    assert block[5][0] == "Dua\nbaris"
    assert number_of(block[5][3]) == -1000
    assert number_of(block[5][4]) == Decimal("12345678.5")
    assert number_of(block[6][3]) == 15000000
    assert block[6][4] == "-"


def test_the_table_of_excel_has_what_is_displayed_and_numbers_by_its_separators() -> None:
    block = html("excel-id.html")
    assert block.source == "Excel"
    assert block == [
        ["Jumlah dokumen\nyang terbit", "6,75", "1.000", "1.000", "#REF!"],
        ["Kas", "Rp 75.144.905", "Rp -", "########", "25%"],
        ["Gabungan", "", "02-Jan", "1,5E+07", ""],
        ["", "", "a < b", "=1+1", "-5"],
    ]
    assert [number_of(cell) for cell in block[0]] == [None, Decimal("6.75"), Decimal(1000), None, None]
    assert [number_of(cell) for cell in (block[1][4], block[2][3], block[3][4])] == [Decimal("0.25"), None, Decimal(-5)]


def test_numbers_of_old_excel_and_of_google_are_read() -> None:
    old = html("excel-2003.html")
    assert [number_of(cell) for cell in old[0]] == [None, Decimal("1234.5678"), Decimal(1000), Decimal("0.25"), None]
    google = html("sheets.html")
    assert [(str(cell), number_of(cell)) for cell in google[0]] == [("1.000", None), ("1.000", Decimal(1000))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "teks saja",
        "<p>Paragraf</p>",
        "<p>Kata</p><table><tr><td>a</table>",
        "<table></table>",
        "<",
        "<![",
    ],
)
def test_html_that_is_not_just_a_table_is_no_block(text: str) -> None:
    assert read_html(text) is None


def test_pictures_scripts_and_inner_tables_leave_only_their_words() -> None:
    block = read_html(
        "<table><tr><td><script>alert('x')</script>a<img src='http://x/y.png'></td>"
        "<td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>"
    )
    assert block is not None
    assert block[0][0] == "a"
    assert len(block) == 1
    assert len(block[0]) == 2


def test_cells_without_end_tags_and_merged_downwards_are_placed() -> None:
    block = read_html("<TABLE><TR><TD ROWSPAN=3>a<TD>b<TR><TD>c<TR><TD>d<TD COLSPAN=2>e</TABLE>")
    assert block == [["a", "b", "", ""], ["", "c", "", ""], ["", "d", "e", ""]]


@given(blocks(words))
def test_a_table_written_is_read_back(block: list[list[str]]) -> None:
    assert read_html(write_html(block)) == [[" ".join(text.split()) for text in row] for row in block]


@given(st.lists(st.decimals(-(10**15), 10**15, places=2, allow_nan=False), min_size=1, max_size=6))
def test_numbers_written_are_read_back(numbers: list[Decimal]) -> None:
    shown = [f"{n:,}".translate(str.maketrans(".,", ",.")) for n in numbers]
    block = read_html(write_html([shown], [[f"{n:f}" for n in numbers]]))
    assert block == [shown]
    assert [number_of(cell) for cell in block[0]] == numbers


def test_a_text_with_a_unit_is_written_as_text_even_with_a_number() -> None:
    written = write_html([["3 laporan", "25%", "=1"]], [["3", "25", "1"]])
    assert written.count("x:str") == 2
    assert 'x:num="0.25"' in written


@given(st.text(max_size=60) | st.text("<>/!-[]='\" tdrablecolspn&;0", max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for block in (read_tsv(text), read_html(text) or [], read_html(f"<table><tr><td>{text}") or []):
        assert len({len(row) for row in block}) <= 1


def test_a_pasted_cell_is_a_text_with_a_number() -> None:
    assert Pasted("1.000", Decimal(1)) == "1.000"
    assert number_of("1") is None


def test_what_shorter_rows_lack_is_told_from_empty_cells():
    block = read_tsv("a\tb\tc\n\td\n\ne\t\t\n")
    assert block == [["a", "b", "c"], ["", "d", ""], ["", "", ""], ["e", "", ""]]
    assert [[is_missing(cell) for cell in row] for row in block] == [
        [False, False, False],
        [False, False, True],
        [True, True, True],
        [False, False, False],
    ]
    assert not any(is_missing(row[0]) for row in read_tsv("a\n\nb\n"))

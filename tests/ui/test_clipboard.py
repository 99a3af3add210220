"""The clipboard's formats through real QMimeData: from LibreOffice, Excel and old programs, and back to them."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from services.paste_cells import number_of
from ui.clipboard import Pasted, read, write

DATA = Path(__file__).parents[1] / "data" / "clipboard"
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\"'=+-@"), max_size=10)


def mime(**formats: bytes | str) -> QMimeData:
    """Formats by the end of their names: html, plain, or tsvc."""
    names = {"html": "text/html", "plain": "text/plain", "tsvc": "application/x-libreoffice-tsvc"}
    made = QMimeData()
    for name, data in formats.items():
        made.setData(names[name], QByteArray(data.encode() if isinstance(data, str) else data))
    return made


def saved(name: str) -> bytes:
    return (DATA / name).read_bytes()


@pytest.mark.parametrize("name", ["calc-id", "calc-en"])
def test_libreoffice_is_read_with_its_numbers_merged_cells_and_line_breaks(name: str) -> None:
    block = read(mime(html=saved(f"{name}.html"), plain=saved(f"{name}.txt")))
    assert (len(block), len(block[0]), block.source) == (7, 5, "LibreOffice")
    assert block[5][0] == "Dua\nbaris"
    assert block[4][1:3] == ["satu", ""]
    assert number_of(block[2][4]) == 1000
    assert number_of(block[3][1]) is None


def test_libreoffice_without_html_is_read_from_its_quoted_text() -> None:
    block = read(mime(plain=saved("calc-id.txt"), tsvc=saved("calc-id.tsv")))
    assert block[5] == ["Dua\nbaris", "Rp75.144.905", " Rp75.144.905 ", "(1.000)", "12.345.678,50"]
    assert read(mime(plain=saved("calc-id.txt")))[5][0] == "Dua baris"


def test_excel_is_read_and_a_narrow_column_from_its_plain_text() -> None:
    block = read(mime(html=saved("excel-id.html"), plain=saved("excel-id.txt")))
    assert block.source == "Excel"
    assert block[1][3] == "12345678"
    assert block[0][0] == "Jumlah dokumen\nyang terbit"
    assert isinstance(block[0][2], Pasted)
    assert block[0][2].number == Decimal(1000)
    assert read(mime(html=saved("excel-id.html")))[1][3] == "########"


def test_the_header_of_windows_before_the_html_is_no_part_of_it() -> None:
    head = b"Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000002495\r\nStartFragment:0000001914\r\n\r\n"
    assert read(mime(html=head + saved("excel-id.html"))) == read(mime(html=saved("excel-id.html")))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_text_of_old_programs_in_utf_16_is_read(encoding: str) -> None:
    assert read(mime(plain="Januari\tPebruari\r\n1.000\t–\r\n".encode(encoding))) == [
        ["Januari", "Pebruari"],
        ["1.000", "–"],
    ]
    assert read(mime(html="<table><tr><td>a</td></tr></table>".encode(encoding))) == [["a"]]


def test_words_from_a_page_come_from_the_plain_text() -> None:
    assert read(mime(html="<p>satu <b>dua</b></p>", plain="satu dua")) == [["satu dua"]]
    assert read(QMimeData()) == []


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(texts, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_a_block_written_is_read_back_exactly(block: list[list[str]]) -> None:
    assert read(write(block)) == block


def test_numbers_written_are_known_when_read_back() -> None:
    block = read(write([["1.000", "1.000", "3 laporan"]], numbers=[["1000", "1", "3"]]))
    assert [number_of(cell) for cell in block[0]] == [1000, 1, None]


def test_a_block_survives_the_real_clipboard(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(write([["=1+1", "75.144.905"], ['a "b"\nc', ""]], numbers=[[None, "75144905"], [None, None]]))
    block = read(clipboard.mimeData())
    assert block == [["=1+1", "75.144.905"], ['a "b"\nc', ""]]
    assert number_of(block[0][1]) == 75144905
    clipboard.clear()


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_any_clipboard_is_read_without_an_error(html: bytes, plain: bytes) -> None:
    block = read(mime(html=html, plain=plain))
    assert len({len(row) for row in block}) <= 1

"""Workbooks from elsewhere: whatever they are, they end in rows or in one sentence."""

import random
import zipfile
from datetime import date
from pathlib import Path

import defusedxml.ElementTree
import openpyxl
import openpyxl.worksheet._reader
import pytest
from openpyxl import Workbook

from models.errors import PlanError
from services.safe_xlsx import MOST_COLUMNS, MOST_ROWS, read_sheets


def workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def repacked(source: Path, target: Path, name: str, content: bytes) -> Path:
    """The same workbook with another content of one part."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return target


def test_cells_as_one_reads_them(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [" kode ", 3, 2.0, 2.5], [], [None, date(2026, 1, 31), True, "=1+1"])
    (sheet,) = read_sheets(path)
    assert sheet.title == "Sheet"
    assert sheet.rows[0] == (1, ("kode", "3", "2", "2.5"))
    assert sheet.rows[1] == (3, ("", "2026-01-31", "True"))


def test_a_hidden_sheet_is_left_out(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["tampak"])
    book.create_sheet("Rahasia").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [sheet.title for sheet in read_sheets(tmp_path / "a.xlsx")] == ["Sheet"]


def test_a_far_cell_is_not_walked_to(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "dekat"
    book.active["XFD1048576"] = "jauh"
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    assert [(number, row[0], len(row)) for number, row in sheet.rows] == [(1, "dekat", 1)]


def test_columns_past_the_bound_are_left_out(tmp_path: Path) -> None:
    (sheet,) = read_sheets(workbook(tmp_path / "a.xlsx", list(range(1, MOST_COLUMNS + 9))))
    assert sheet.rows[0][1][-1] == str(MOST_COLUMNS)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Banyak")
    for _ in range(MOST_ROWS + 1):
        sheet.append(["x"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(PlanError, match=r"Lembar Banyak di a.xlsx lebih dari 20\.000 baris"):
        list(read_sheets(tmp_path / "a.xlsx"))


def test_a_part_that_swells_is_not_opened(tmp_path: Path) -> None:
    source = workbook(tmp_path / "a.xlsx", ["x"])
    swollen = repacked(source, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", b" " * (4 << 20))
    with pytest.raises(PlanError, match="mengembang menjadi 4 MB"):
        list(read_sheets(swollen))


def test_parts_that_only_together_are_too_much(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    block = bytes(random.Random(1).randbytes(64)) * 16384
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(301):
            archive.writestr(f"xl/{number}.xml", block)
    with pytest.raises(PlanError, match="mengembang menjadi 301 MB"):
        list(read_sheets(path))


def test_entities_do_not_expand(tmp_path: Path) -> None:
    assert openpyxl.DEFUSEDXML
    assert openpyxl.worksheet._reader.iterparse is defusedxml.ElementTree.iterparse
    source = workbook(tmp_path / "a.xlsx", ["x"])
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    content = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]><worksheet>&l9;</worksheet>'
    path = repacked(source, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", content.encode())
    with pytest.raises(PlanError, match="tidak dapat dibaca sebagai XLSX"):
        list(read_sheets(path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tidak dapat dibaca sebagai XLSX"),
        (b"bukan apa-apa", "tidak dapat dibaca sebagai XLSX"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "XLS lama atau berkata sandi"),
    ],
)
def test_no_workbook(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=words):
        list(read_sheets(path))


def test_flipped_bytes_end_in_rows_or_in_one_sentence(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", *([f"2.17.{n:02}", f"PROGRAM {n}"] for n in range(40))).read_bytes()
    chance, refused = random.Random(7), 0
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / "b.xlsx"
        path.write_bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data))])])
        try:
            list(read_sheets(path))
        except PlanError:
            refused += 1
    assert refused > 40

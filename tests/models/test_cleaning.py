"""Texts of a file that another program wrote: cut and cleaned as those that are typed, and what they were is kept."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from models.cleaning import TEXT_MAX
from models.history import CLEANED
from models.merging import chain_holds, read_copy
from models.plan_file import PlanFile
from models.reading import read_plan
from models.rows import Kinerja, Narasi, Row
from models.seal import unseal
from services.cleaned_words import cleaned_words
from services.document import Document

LONG = "x" * 40_000
CONTROL = "Meningkatnya\x00 mutu\u202e jalan\r\ndesa\x1b[31m"
CLEAN = "Meningkatnya  mutu  jalan\ndesa [31m"


@pytest.fixture
def foreign(plan: Path) -> Path:
    """A plan in which another program wrote one uraian that is too long, one with control characters, and a long
    section of the narrative."""
    unseal(plan)
    with closing(sqlite3.connect(plan, isolation_level=None)) as connection:
        (first, second) = (row[0] for row in connection.execute("SELECT id FROM kinerja ORDER BY id LIMIT 2"))
        connection.execute("UPDATE kinerja SET uraian = ? WHERE id = ?", (LONG, first))
        connection.execute("UPDATE kinerja SET uraian = CAST(? AS TEXT) WHERE id = ?", (CONTROL.encode(), second))
        connection.execute("UPDATE narasi SET isi = ?", (LONG,))
    return plan


def texts(rows: Iterable[Row]) -> list[str | None]:
    nodes = sorted((row for row in rows if isinstance(row, Kinerja)), key=lambda row: row.id)
    return [node.uraian for node in nodes[:2]]


def test_a_long_text_is_cut_and_control_characters_are_taken_out(foreign: Path) -> None:
    with PlanFile.open(foreign) as file:
        assert texts(file.rows()) == ["x" * TEXT_MAX, CLEAN]
        assert all(row.isi == LONG for row in file.rows() if isinstance(row, Narasi))
        assert sorted((each.column, each.cut) for each in file.cleaned) == [("uraian", 0), ("uraian", 36_000)]


def test_what_the_texts_were_is_in_the_history_that_goes_on_unbroken(foreign: Path) -> None:
    with PlanFile.open(foreign) as file:
        history = file.history()[::-1]
    assert chain_holds(history, "")
    made = [entry for entry in history if entry[9] == CLEANED]
    assert {json.loads(entry[5] or "") for entry in made} == {LONG, CONTROL}
    assert len({entry[1] for entry in made}) == 1


def test_the_long_text_does_not_come_back_with_undo(foreign: Path) -> None:
    with Document.open(foreign) as document:
        assert document.undo_label is None


def test_it_is_said_what_was_cut(foreign: Path) -> None:
    with PlanFile.open(foreign) as file:
        words = cleaned_words(file.cleaned)
    assert words.startswith("1 teks terlalu panjang dan dipotong menjadi 4.000 karakter: uraian ")
    assert "(36.000 karakter dipotong). 1 teks memuat karakter kendali" in words
    assert words.endswith("Teks semula ada di Riwayat.")


def test_a_copy_that_another_program_wrote_is_cleaned_the_same_way_each_time(foreign: Path) -> None:
    copy = read_copy(foreign)
    assert texts(copy.rows) == ["x" * TEXT_MAX, CLEAN]
    assert chain_holds(copy.history, "")
    assert read_copy(foreign).head == copy.head


def test_a_file_of_ours_stays_as_it_is(published: Callable[[str], Path]) -> None:
    path = published("buleleng-2022")
    with PlanFile.open(path) as file:
        assert file.cleaned == ()
        assert cleaned_words(file.cleaned) == ""
        assert all(entry[9] != CLEANED for entry in file.history())
        assert sorted(map(repr, file.rows())) == sorted(map(repr, read_plan(path)))

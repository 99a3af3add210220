"""Texts of a file that another program wrote: cut and cleaned as those that are typed, and what they were is kept."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from models.changes import Change
from models.cleaning import NARRATIVE_MAX, TEXT_MAX
from models.history import CLEANED
from models.merging import chain_holds, read_copy
from models.plan_file import PlanFile
from models.reading import read_plan
from models.rows import DeretIndikator, Dokumen, Kinerja, Narasi, Row
from models.seal import check_seal, seal_of, unseal
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


def sealed(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data + seal_of(data))


def test_a_hostile_file_that_was_sealed_again_is_cleaned_at_every_door(foreign: Path) -> None:
    sealed(foreign)
    assert check_seal(foreign)
    assert texts(read_plan(foreign)) == ["x" * TEXT_MAX, CLEAN]
    assert texts(read_copy(foreign).rows) == ["x" * TEXT_MAX, CLEAN]
    with PlanFile.open(foreign) as file:
        assert texts(file.rows()) == ["x" * TEXT_MAX, CLEAN]
        assert (file.laundered, len(file.cleaned)) == (False, 2)


def test_what_stands_behind_a_zero_is_seen(plan: Path) -> None:
    unseal(plan)
    with closing(sqlite3.connect(plan, isolation_level=None)) as connection:
        value = b"a\x00" + b"x" * 3_000_000
        sql = "UPDATE kinerja SET uraian = CAST(? AS TEXT) WHERE id = (SELECT min(id) FROM kinerja)"
        connection.execute(sql, (value,))
    sealed(plan)
    assert max(len(row.uraian) for row in read_plan(plan) if isinstance(row, Kinerja)) == TEXT_MAX


def test_a_long_series_and_a_long_narrative_are_cut(plan: Path) -> None:
    unseal(plan)
    with closing(sqlite3.connect(plan, isolation_level=None)) as connection:
        connection.execute("UPDATE deret_indikator SET b03 = ?", (LONG,))
        connection.execute("UPDATE narasi SET isi = ?", ("y" * (NARRATIVE_MAX + 1),))
    sealed(plan)
    rows = read_plan(plan)
    assert {len(row.nilai[2] or "") for row in rows if isinstance(row, DeretIndikator)} == {TEXT_MAX}
    assert all(len(row.isi or "") == NARRATIVE_MAX for row in rows if isinstance(row, Narasi))


def test_a_plan_with_a_long_source_passes_whole_through_every_door(plan: Path) -> None:
    """A real plan has 4,056 characters there."""
    source = "Perjanjian Kinerja " * 214
    for keep_seal in (True, False):
        with Document.open(plan) as document:
            dokumen = document.plan.all(Dokumen)[0]
            document.edit("isi sumber", [Change(dokumen, replace(dokumen, sumber=source))])
        if not keep_seal:
            unseal(plan)
        assert not read_copy(plan).cleaned
        with PlanFile.open(plan) as file:
            assert not file.cleaned
            assert [row.sumber for row in file.rows() if isinstance(row, Dokumen)] == [source]

"""Pieces of the history of an open plan, and the chain of its seals looked at piece by piece."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from models.changes import Change
from models.errors import PlanError
from models.history_reading import ChainCheck, HistoryReader, held_once, printed_from
from models.merging import chain_holds
from models.plan_file import PlanFile
from models.rows import ROWS, Narasi, Opd, columns
from models.seal import unseal
from services.copies import send_copy
from services.document import Document


@pytest.fixture
def path(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published(), path)
    with Document.open(path) as document:
        for text in ("satu", "dua"):
            old = document.plan.all(Opd)[0]
            document.edit(f"ubah nama {text}", [Change(old, replace(old, nama=text))])
        dokumen_id = next(row.id for row in document.plan.rows() if row.TABLE == "dokumen")
        prose = [Narasi(id=name, dokumen_id=dokumen_id, urutan=1) for name in "ab"]
        document.edit("tambah", [Change(None, row) for row in prose])
        document.edit("hapus", [Change(row, None) for row in prose])
        document.file.publish()
    return path


def broken(path, sql="UPDATE riwayat SET baru = '\"x\"' WHERE id = 40"):
    """The check of a history that another program changed, who took the seal of the file away too; and the history."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)
    unseal(path)
    with PlanFile.open(path) as file:
        check = ChainCheck(HistoryReader(file))
        while check.advance(13):
            pass
        return check.broken, HistoryReader(file).after(0)


def test_pieces_from_both_ends_are_the_whole(path):
    with PlanFile.open(path) as file:
        reader = HistoryReader(file)
        first, last = reader.ends()
        forth = reader.after(0)
        back, at = [], last + 1
        while piece := reader.before(at, 50):
            back += piece
            at = piece[-1][0]
        assert back == forth[::-1]
        assert [entry[0] for entry in forth] == list(range(first, last + 1))
        assert {entry[0] for entry in reader.numbered([first, last, last + 1])} == {first, last}


def test_a_step_is_found_from_one_of_its_entries(path):
    with PlanFile.open(path) as file:
        reader = HistoryReader(file)
        newest = reader.before(10**9, 1)[0]
        assert [entry[3] for entry in reader.step(newest[1], newest[0])] == ["b", "a"]
        assert reader.removed("narasi", "a") == reader.before(10**9, 2)[1]
        assert reader.removed("narasi", "z") is None
        assert [entry[3] for entry in reader.removals()] == ["a", "b"]
        filled = reader.step(1, 5)
        assert {entry[1] for entry in filled} == {1}
        assert filled[-1][0] == 1


def test_an_empty_plan_has_no_history(tmp_path):
    with PlanFile.create(tmp_path / "baru.db") as file:
        reader = HistoryReader(file)
        assert reader.ends() == (1, 0)
        assert reader.people() == []
        assert not ChainCheck(reader).advance()


def test_a_whole_chain_holds(path):
    found, entries = broken(path, "SELECT 1")
    assert found is None
    assert chain_holds(entries, "")


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE riwayat SET baru = '\"x\"' WHERE id = 40", 40),
        ("UPDATE riwayat SET siapa = 'orang lain' WHERE id = 1", 1),
        ("DELETE FROM riwayat WHERE id = 13", 14),
        ("UPDATE riwayat SET waktu = '2020' WHERE id = (SELECT max(id) FROM riwayat)", None),
    ],
)
def test_a_history_that_another_program_changed_is_found(path, sql, number):
    found, entries = broken(path, sql)
    assert found is not None
    assert found[0] == (entries[-1][0] if number is None else number)


def test_the_history_of_a_copy_begins_in_the_middle(path, tmp_path):
    with Document.open(path) as document:
        send_copy(document, "Bidang", tmp_path / "salinan.db")
    found, entries = broken(tmp_path / "salinan.db", "SELECT 1")
    assert entries[0][0] > 1
    assert found is None


def test_a_code_is_looked_for_in_a_file_that_is_not_open(path):
    with PlanFile.open(path) as file:
        now = HistoryReader(file).before(10**9, 1)[0]
        before = HistoryReader(file).before(now[0] - 3, 1)[0]
    assert printed_from(path, now[10][:10]) == (now[7], 0)
    assert printed_from(path, before[10][:6]) == (before[7], now[1] - before[1])
    assert printed_from(path, "0123456789") is None
    with pytest.raises(PlanError):
        printed_from(path.with_name("tidak-ada.db"), "0123456789")


def test_what_a_table_holds_once_is_read_from_its_schema():
    assert held_once("deret_anggaran") == (("anggaran_id", "jenis"),)
    assert held_once("formulir") == (("dokumen_id", "nama"),)
    assert held_once("anggaran") == ()
    for cls in ROWS:
        assert {field for fields in held_once(cls.TABLE) for field in fields} <= set(columns(cls))

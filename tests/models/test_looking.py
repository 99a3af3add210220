"""What a file is, told without touching it."""

import shutil
import sqlite3

import pytest

from models import reading
from models.errors import PlanError
from models.header import Kind
from models.looking import look
from models.reading import read_published
from models.schema import APPLICATION_ID, VERSION, statements
from models.seal import unseal


@pytest.fixture
def plan(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published(), path)
    return path


def test_a_plan_of_ours(plan, data_folder):
    before = plan.read_bytes()
    seen = look(plan)
    assert (seen.ours, seen.version, seen.current, seen.sealed, seen.problem) == (True, VERSION, True, True, None)
    assert seen.revision == read_published(plan)[1]
    assert seen.size == len(before)
    assert seen.steps == 1
    assert seen.when
    assert plan.read_bytes() == before
    assert not data_folder.exists()


def test_one_that_nobody_sealed(plan):
    unseal(plan)
    assert (look(plan).sealed, look(plan).problem) == (False, None)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"SQLite format 3\x00"])
def test_what_is_no_plan(plan, raw):
    plan.write_bytes(raw)
    seen = look(plan)
    assert (seen.ours, seen.version) == (False, None)
    assert seen.problem


def test_one_that_is_damaged(plan):
    raw = bytearray(plan.read_bytes())
    raw[-1] ^= 1
    plan.write_bytes(raw)
    seen = look(plan)
    assert (seen.ours, seen.current) == (True, True)
    assert "rusak" in seen.problem


def test_one_of_a_newer_program(plan):
    unseal(plan)
    connection = sqlite3.connect(plan)
    connection.execute(f"PRAGMA user_version = {VERSION + 3}")
    connection.close()
    seen = look(plan)
    assert (seen.ours, seen.version, seen.current) == (True, VERSION + 3, False)
    assert "lebih baru" in seen.problem


def test_one_that_is_not_there(plan):
    with pytest.raises(PlanError, match="tidak ditemukan"):
        look(plan.with_name("tidak-ada.db"))


def sql(path, *statements):
    """What another program writes into it."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def raw(path, data):
    path.write_bytes(data)


def spoiled(path):
    data = bytearray(path.read_bytes())
    data[4096:4200] = b"\xff" * 104
    path.write_bytes(data)


def older(path):
    path.unlink()
    sql(path, *statements(2), f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 2")


def newer(path, oldest=0):
    unseal(path)
    sql(path, "CREATE TABLE besok (id TEXT)", f"PRAGMA user_version = {(oldest << 16) + VERSION + 1}")


KINDS = {
    "empty": (lambda path: raw(path, b""), Kind.NO_DATABASE, False),
    "a workbook": (lambda path: raw(path, b"PK\x03\x04" + bytes(200)), Kind.NO_DATABASE, False),
    "another program's": (lambda path: sql(path, "PRAGMA application_id = 7"), Kind.OTHER_PROGRAM, False),
    "older": (older, Kind.OLDER, True),
    "newer": (newer, Kind.NEWER, False),
    "newer, to be read": (lambda path: newer(path, VERSION), Kind.NEWER, True),
    "a trigger": (
        lambda path: sql(path, "CREATE TRIGGER t AFTER UPDATE ON opd BEGIN SELECT 1; END"),
        Kind.FOREIGN_OBJECTS,
        False,
    ),
    "a view": (lambda path: sql(path, "CREATE VIEW v AS SELECT 1"), Kind.FOREIGN_OBJECTS, False),
    "a table more": (lambda path: sql(path, "CREATE TABLE lain (id TEXT)"), Kind.FOREIGN_OBJECTS, False),
    "cut off": (lambda path: raw(path, path.read_bytes()[:-4096]), Kind.BROKEN, False),
    "a page spoiled": (spoiled, Kind.BROKEN, False),
    "an amount changed": (lambda path: sql(path, "UPDATE anggaran SET pagu = 1"), Kind.ALTERED, False),
    "without a seal": (unseal, Kind.UNSEALED, True),
    "good": (lambda path: None, Kind.GOOD, True),
}


@pytest.mark.parametrize(("make", "kind", "readable"), KINDS.values(), ids=KINDS)
def test_each_kind_of_file_is_told_and_left_as_it_is(plan, data_folder, make, kind, readable):
    make(plan)
    before = plan.read_bytes()
    seen = look(plan)
    assert (seen.kind, seen.readable) == (kind, readable)
    assert (seen.problem is None) == (kind in (Kind.OLDER, Kind.UNSEALED, Kind.GOOD))
    assert plan.read_bytes() == before
    assert not data_folder.exists()
    assert not (plan.parent / f"{plan.name}-journal").exists()


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(PlanError, match="adalah folder"):
        look(tmp_path)


def test_checks_that_come_to_no_end_are_given_up_with_a_sentence(plan, monkeypatch):
    entry = "(SELECT langkah FROM riwayat), 'opd', 'x', NULL, NULL, NULL, '', '', '', ''"
    many = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
    unseal(plan)
    sql(plan, f"INSERT INTO riwayat {many} SELECT 1000000 + i, {entry} FROM n", "VACUUM")
    assert look(plan).problem is None
    monkeypatch.setattr(reading, "SECONDS", -1)
    seen = look(plan)
    assert seen.kind is Kind.TOO_LARGE
    assert "tidak selesai diperiksa" in seen.problem

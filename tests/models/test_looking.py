"""What a file is, told without touching it."""

import shutil
import sqlite3

import pytest

from models.errors import PlanError
from models.looking import look
from models.reading import read_published
from models.schema import VERSION
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

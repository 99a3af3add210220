"""What a crash left is read for a comparison without being gone on with."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from models.changes import Change
from models.errors import PlanError
from models.plan_file import PlanFile, left_overs, read_left_over
from models.reading import read_plan
from models.rows import Opd

ROOT = Path(__file__).resolve().parents[2]
CRASH = """
import os, sys
from dataclasses import replace
from pathlib import Path
from models.changes import Change
from models.plan_file import PlanFile
from models.rows import Opd

file = PlanFile.open(Path(sys.argv[1]))
old = next(row for row in file.rows() if isinstance(row, Opd))
file.apply([Change(old, replace(old, nama="Badan"))], "ubah nama")
os._exit(9)
"""


@pytest.fixture
def plan(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published(), path)
    return path


@pytest.fixture
def crashed(plan):
    assert subprocess.run([sys.executable, "-c", CRASH, plan], cwd=ROOT, check=False, timeout=60).returncode == 9
    return plan


def test_the_rows_are_those_with_which_one_would_go_on(crashed):
    before = read_plan(crashed)
    left = read_left_over(crashed)
    assert [row.nama for row in left if isinstance(row, Opd)] == ["Badan"]
    assert {row for row in left if not isinstance(row, Opd)} == {row for row in before if not isinstance(row, Opd)}
    assert read_plan(crashed) == before
    assert [path for path, _ in left_overs()] == [crashed], "it is still there"
    with PlanFile.open(crashed) as file:
        assert file.recovered
        assert set(file.rows()) == set(left)


def test_it_is_read_where_the_file_is_gone_or_broken(crashed):
    crashed.write_bytes(b"rusak")
    assert [row.nama for row in read_left_over(crashed) if isinstance(row, Opd)] == ["Badan"]
    crashed.unlink()
    assert read_left_over(crashed)


def test_of_a_plan_that_is_open_or_left_nothing_it_is_a_sentence(plan):
    with pytest.raises(PlanError, match="Tidak ada isian"):
        read_left_over(plan)
    with PlanFile.open(plan) as file:
        old = next(row for row in file.rows() if isinstance(row, Opd))
        file.apply([Change(old, replace(old, nama="Badan"))], "ubah nama")
        with pytest.raises(PlanError, match="sedang terbuka"):
            read_left_over(plan)


def test_a_damaged_one_is_a_sentence(crashed, data_folder):
    (work,) = (data_folder / "kerja").glob("*.db")
    work.write_bytes(b"rusak" * 1000)
    with pytest.raises(PlanError, match="tidak dapat dibaca"):
        read_left_over(crashed)

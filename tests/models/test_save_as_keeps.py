"""Simpan sebagai over a plan that is there: what a crash left of it, the plan itself, and who has it open."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from models import backups, workspace
from models.changes import Change
from models.errors import PlanError
from models.plan_file import PlanFile
from models.presence import Presence
from models.reading import read_plan
from models.rows import Opd

ROOT = Path(__file__).parents[2]
KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from models.changes import Change
from models.plan_file import PlanFile
from models.rows import Opd
file = PlanFile.open(Path(sys.argv[1]))
opd = next(row for row in file.rows() if isinstance(row, Opd))
file.apply([Change(opd, replace(opd, nama="Belum tertulis"))], "ubah nama")
os._exit(9)
"""


def break_off(path):
    """Type one name, and be killed before it is published."""
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False).returncode == 9


def name_of(path):
    return next(row.nama for row in read_plan(path) if isinstance(row, Opd))


@pytest.fixture
def other(published, tmp_path):
    path = tmp_path / "lain.db"
    shutil.copyfile(published("buleleng-2022"), path)
    return path


@pytest.mark.parametrize("missing", [False, True])
def test_what_a_crash_left_of_the_chosen_name_is_set_aside(plan, other, missing):
    break_off(plan)
    if missing:
        plan.unlink()
    with PlanFile.open(other) as file:
        file.save_as(plan)
        (kept,) = workspace.set_asides(plan)
        assert file.set_aside == kept
        assert name_of(kept) == "Belum tertulis"
    assert name_of(plan) == name_of(other)
    assert list(workspace.all_set_aside()) == [(plan, kept)]


def test_the_left_over_stays_where_it_was_when_the_plan_cannot_be_written_there(plan, other):
    break_off(plan)
    plan.unlink()
    plan.mkdir()
    with PlanFile.open(other) as file, pytest.raises(PlanError):
        file.save_as(plan)
    plan.rmdir()
    assert workspace.set_asides(plan) == []
    with PlanFile.open_left_over(plan) as file:
        assert "Belum tertulis" in [row.nama for row in file.rows() if isinstance(row, Opd)]


def test_a_copy_that_holds_nothing_new_is_not_set_aside(plan, other):
    with PlanFile.open(other) as file:
        file.save_as(plan)
        assert (file.set_aside, workspace.set_asides(plan)) == (None, [])


def test_the_plan_that_is_written_over_is_in_a_backup(plan, other):
    was = name_of(plan)
    with PlanFile.open(other) as file:
        file.save_as(plan)
    assert [name_of(backup.path) for backup in backups.listed(plan)][-1] == was


def test_a_broken_plan_that_is_written_over_stays_beside_it(plan, other):
    data = plan.read_bytes()[:-5000]
    plan.write_bytes(data)
    with PlanFile.open(other) as file:
        file.save_as(plan)
    assert name_of(plan) == name_of(other)
    assert [path.read_bytes() for path in plan.parent.glob("rencana.db.rusak-*")] == [data]


def test_a_plan_that_another_pc_has_open_is_not_written_over(plan, other, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("RENAKSI_DATA", str(tmp_path / "pc lain"))
        Presence(plan).beat()
    before = plan.read_bytes()
    with PlanFile.open(other) as file, pytest.raises(PlanError, match=r"sedang dibuka oleh.*nama lain"):
        file.save_as(plan)
    assert plan.read_bytes() == before


def test_a_backup_is_made_once_of_one_state(plan):
    with PlanFile.open(plan) as file:
        first = file.back_up()
        assert file.back_up() == first
        opd = next(row for row in file.rows() if isinstance(row, Opd))
        file.apply([Change(opd, replace(opd, nama="Badan"))], "ubah nama")
        second = file.back_up()
        assert second.revision != first.revision
        second.path.write_bytes(second.path.read_bytes()[:-5000])
        third = file.back_up()
        assert (third.revision, third.path != second.path) == (second.revision, True)


def test_a_plan_that_a_window_has_open_is_not_written_over(plan, other):
    before = plan.read_bytes()
    with PlanFile.open(plan), PlanFile.open(other) as file, pytest.raises(PlanError, match="pilih nama lain"):
        file.save_as(plan)
    assert plan.read_bytes() == before

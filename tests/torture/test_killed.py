"""Killed (SIGKILL) in the middle of editing, publishing, merging and exporting: nothing acknowledged is lost."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from dose import chance, dose

import main
from models.changes import Change
from models.plan_file import PlanFile
from models.rows import Anggaran, new_id

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
ROOT = Path(__file__).resolve().parents[2]
KILLING = Path(__file__).with_name("killing.py")


@pytest.fixture
def begun(published, tmp_path):
    """A plan, and a copy of it in which another office added twenty lines and published."""
    folder = tmp_path / "awal"
    folder.mkdir()
    shutil.copyfile(published("lombok-tengah-2022"), folder / "a.db")
    assert main.main(["salin", str(folder / "a.db"), "--untuk", "Bidang Koperasi", "--ke", str(folder / "b.db")]) == 0
    with PlanFile.open(folder / "b.db") as file:
        line = next(row for row in file.rows() if isinstance(row, Anggaran))
        added = [replace(line, id=new_id(), nama=f"Tambahan {number}", urutan=900 + number) for number in range(20)]
        file.apply([Change(None, row) for row in added], "tambah")
        file.publish()
    return tmp_path


def killed(flow, times, begun, seed):
    command = [sys.executable, str(KILLING), flow, str(times), str(begun), seed]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("flow", ["sunting", "terbit", "gabung", "ekspor"])
def test_a_kill_at_any_moment_loses_nothing_acknowledged(flow, begun, figures):
    times, (_, seed) = dose(100, 3_000), chance(f"bunuh {flow}")
    result = killed(flow, times, begun, seed)
    figures(
        f"killed in {flow}: {result['killed']} times ({result['ended']} had ended), {len(result['problems'])} wrong"
    )
    assert result["problems"] == [], seed
    assert result["killed"] == times


def test_a_file_written_in_place_is_found_torn(begun, figures):
    result = killed("langsung", 20, begun, "bunuh langsung")
    figures(f"control written in place: {len(result['problems'])} of {result['killed']} torn")
    assert result["problems"]

"""Six programs at one file at the same time: on one PC, and on six PCs that share a folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dose import dose

from models.reading import read_plan
from models.seal import check_seal

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = 6
MINUTES = 10

CHILD = """
import sys, time
from pathlib import Path
from models.changes import Change
from models.errors import PlanError
from models.lock import PlanOpenError
from models.plan_file import PlanFile
from models.rows import Opd

plan, me, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for n in range(rounds):
    while True:
        try:
            file = PlanFile.open(plan)
            break
        except PlanOpenError:
            time.sleep(0.002)
    with file:
        file.apply([Change(None, Opd(id=f"{me}-{n}", urutan=n, nama="x"))], "tambah")
        try:
            file.publish()
        except PlanError as error:
            # Another PC was first: what the program then offers.
            if "diganti" not in str(error):
                raise
            file.save_as(plan.with_name(f"{me}-{n}.db"))
            print("sisih", flush=True)
"""


def crowd(plan: Path, rounds: int, data: list[Path]) -> int:
    """Let them all work to the end; how often somebody was first."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, plan, str(number), str(rounds)],
            cwd=ROOT,
            env={**os.environ, "RENAKSI_DATA": str(folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for number, folder in enumerate(data)
    ]
    said = [program.communicate(timeout=MINUTES * 60)[0] for program in programs]
    assert [program.returncode for program in programs] == [0] * PROGRAMS
    return sum(text.count("sisih") for text in said)


@pytest.mark.parametrize("computers", [1, PROGRAMS])
def test_six_programs_that_open_edit_and_publish_one_file_lose_nothing(computers, published, tmp_path, figures):
    rounds = dose(20, 500)
    folder = tmp_path / "bersama"
    folder.mkdir()
    plan = folder / "rencana.db"
    shutil.copyfile(published("bone-2023"), plan)
    aside = crowd(plan, rounds, [tmp_path / f"data{number % computers}" for number in range(PROGRAMS)])
    files = list(folder.iterdir())
    assert sorted(path.name for path in files if path.suffix != ".db") == []
    assert all(check_seal(path) for path in files)
    there = {row.id for path in files for row in read_plan(path)}
    assert there >= {f"{program}-{n}" for program in range(PROGRAMS) for n in range(rounds)}
    assert len(files) == 1 + aside
    assert (aside == 0) == (computers == 1)
    figures(f"six programs on {computers} PC, {rounds} rounds each: nothing lost, {aside} saved under another name")

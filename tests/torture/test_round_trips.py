"""A plan goes out and comes back: through its file, renaksi-json, a copy for another office, and every old schema."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from dose import chance, dose
from older import as_version
from random_edits import changes_of
from test_soak import random_step

import main
from models.plan import Plan
from models.reading import read_plan
from models.rows import Dokumen
from models.schema import VERSION
from services.document import Document

STEPS = 12


def edited(path: Path, random: Random) -> Plan:
    """The plan at `path`, published after some random actions."""
    with Document.open(path) as document:
        dokumen = document.plan.all(Dokumen)[0].id
        for _ in range(STEPS):
            document.edit("acak", changes_of(document.plan, dokumen, random_step(random)))
        document.file.publish()
        return Plan(document.plan.rows())


def contents(rows: object) -> list[str]:
    return sorted(map(repr, rows))


@pytest.fixture
def path(published, tmp_path) -> Path:
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("lombok-tengah-2022"), path)
    return path


def test_through_the_file(path, figures) -> None:
    random, seed = chance("bolak-balik berkas")
    times = dose(70, 3_400)
    for number in range(times):
        plan = edited(path, random)
        assert contents(read_plan(path)) == contents(plan.rows()), f"{seed}, {number}"
    figures(f"round trips through the file: {times}, all equal")


def test_through_renaksi_json(path, tmp_path, figures) -> None:
    random, seed = chance("bolak-balik json")
    times, out, again = dose(70, 3_300), tmp_path / "a.renaksi.json", tmp_path / "b.renaksi.json"
    for number in range(times):
        edited(path, random)
        back = tmp_path / f"{number}.db"
        assert main.main(["ekspor", str(path), "--format", "json", "--ke", str(out)]) == 0
        assert main.main(["impor", str(out), "--ke", str(back)]) == 0
        assert main.main(["ekspor", str(back), "--format", "json", "--ke", str(again)]) == 0
        assert json.loads(again.read_text("utf-8")) == json.loads(out.read_text("utf-8")), f"{seed}, {number}"
        back.unlink()
    figures(f"round trips through renaksi-json: {times}, all equal")


def test_through_every_old_schema(path, tmp_path, figures) -> None:
    random, seed = chance("bolak-balik skema")
    times = dose(60, 3_300)
    for number in range(times):
        edited(path, random)
        version = 1 + number % (VERSION - 1)
        old = tmp_path / "lama.db"
        shutil.copyfile(path, old)
        as_version(old, version)
        with closing(sqlite3.connect(old)) as connection:
            (left,) = connection.execute("SELECT count(*) FROM riwayat").fetchone()
        as_read = contents(read_plan(old))
        with Document.open(old) as document:
            assert contents(document.plan.rows()) == as_read, f"{seed}, {number}"
            assert len(document.file.history()) == left
            document.edit("acak", changes_of(document.plan, document.plan.all(Dokumen)[0].id, random_step(random)))
            document.file.publish()
            wanted = contents(document.plan.rows())
        assert contents(read_plan(old)) == wanted, f"{seed}, {number}"
    figures(f"round trips through {VERSION - 1} old schemas: {times}, all equal")

"""main.py info: what a file is, said without opening it in earnest, in words and as JSON."""

import json
import shutil
import sqlite3

import pytest

import main
from models.header import Kind
from models.schema import VERSION
from models.seal import unseal


@pytest.fixture
def plan(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published(), path)
    return path


def sql(path, *statements):
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


REFUSED = {
    Kind.NO_DATABASE: lambda path: path.write_bytes(b"PK\x03\x04"),
    Kind.OTHER_PROGRAM: lambda path: sql(path, "PRAGMA application_id = 7"),
    Kind.NEWER: lambda path: (unseal(path), sql(path, f"PRAGMA user_version = {VERSION + 1}")),
    Kind.FOREIGN_OBJECTS: lambda path: sql(path, "CREATE VIEW v AS SELECT 1"),
    Kind.BROKEN: lambda path: path.write_bytes(path.read_bytes()[:-4096]),
    Kind.ALTERED: lambda path: sql(path, "UPDATE anggaran SET pagu = 1"),
}


@pytest.mark.parametrize(("kind", "make"), REFUSED.items(), ids=lambda value: str(value) if value in REFUSED else "")
def test_a_file_that_is_refused_says_what_it_is_and_why(plan, data_folder, capsys, kind, make):
    make(plan)
    before = plan.read_bytes()
    assert main.main(["info", str(plan), "--json"]) == 2
    out, err = capsys.readouterr()
    facts = json.loads(out)
    assert (facts["jenis"], facts["dapat_dibaca"], facts["ukuran"]) == (str(kind), False, len(before))
    assert facts["masalah"] == err.strip()
    assert main.main(["info", str(plan)]) == 2
    assert capsys.readouterr().out == ""
    assert plan.read_bytes() == before
    assert not data_folder.exists()


def test_a_good_file_says_so_beside_its_figures(plan, data_folder, capsys):
    assert main.main(["info", str(plan), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["jenis"], facts["format"], facts["bersegel"], facts["masalah"]) == ("rencana", VERSION, True, None)
    assert facts["dokumen"]
    assert len(facts["revisi"]) == 10
    assert main.main(["info", str(plan)]) == 0
    assert f"Berkas: rencana, format {VERSION}, 1 langkah" in capsys.readouterr().out
    assert not data_folder.exists()


def test_a_file_that_another_program_wrote_anew_is_opened_but_told(plan, capsys):
    unseal(plan)
    assert main.main(["info", str(plan)]) == 0
    assert "Tidak bersegel" in capsys.readouterr().out

"""salin, gabung and impor beside other PCs: names without a folder, and a plan that somebody has open there."""

import shutil

import pytest

import main
from models.presence import Presence
from models.reading import read_plan
from models.rows import Dokumen
from services.samples import sample_path


@pytest.fixture
def plan(published, tmp_path, monkeypatch):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("bone-2023"), path)
    monkeypatch.chdir(tmp_path)
    return path


@pytest.mark.parametrize("name", ["coba.db", "./coba.db"])
def test_a_copy_is_written_under_a_name_without_its_folder(plan, name):
    assert main.main(["salin", "rencana.db", "--untuk", "Bidang Koperasi", "--ke", name]) == 0
    assert len(read_plan(plan.with_name("coba.db"))) > 100


@pytest.mark.parametrize(
    "command",
    [
        ["salin", "rencana.db", "--untuk", "Bidang Koperasi", "--ke", "coba.db"],
        ["gabung", "rencana.db", "salinan.db"],
        ["impor", str(sample_path("bone-2023")), "--ke", "rencana.db"],
    ],
)
def test_a_plan_that_another_pc_has_open_is_not_written(plan, command, tmp_path, monkeypatch, capsys):
    assert main.main(["salin", "rencana.db", "--untuk", "Bidang", "--ke", "salinan.db"]) == 0
    with monkeypatch.context() as patch:
        patch.setenv("RENAKSI_DATA", str(tmp_path / "pc lain"))
        Presence(plan).beat()
    before = plan.read_bytes()
    capsys.readouterr()
    assert main.main(command) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("rencana.db sedang dibuka oleh")
    assert plan.read_bytes() == before
    assert main.main([*command, "--paksa"]) == 0


def test_a_new_file_is_made_whoever_has_others_open(plan):
    assert main.main(["impor", str(sample_path("buleleng-2022")), "--ke", "baru.db"]) == 0
    assert any(isinstance(row, Dokumen) for row in read_plan(plan.with_name("baru.db")))

"""`ekspor` of the chart as a picture and of forms for each position, as from a terminal."""

from pathlib import Path

import pytest
from PIL import Image

import main
from models.plan import Plan
from models.reading import read_plan
from models.rows import Jabatan
from services.samples import create_from, sample_path


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rencana") / "bekasi.db"
    create_from(sample_path("bekasi-2024"), path).file.close()
    return path


def test_the_chart_becomes_svg_by_its_ending_and_png_by_its_format(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    svg, png = tmp_path / "bagan.svg", tmp_path / "bagan.png"
    assert main.main(["ekspor", str(plan), "--formulir", "pohon-kinerja", "--ke", str(svg)]) == 0
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert main.main(["ekspor", str(plan), "--formulir", "pohon-kinerja", "--format", "png", "--ke", str(png)]) == 0
    with Image.open(png) as image:
        assert image.format == "PNG"
    assert capsys.readouterr().out.splitlines() == [str(svg), str(png)]


def test_the_remark_names_the_paper_and_on_that_paper_there_is_none(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "bagan.pdf")
    assert main.main(["ekspor", str(plan), "--formulir", "pohon-kinerja", "--ke", out]) == 0
    assert "pakai A2 mendatar" in capsys.readouterr().out
    assert main.main(["ekspor", str(plan), "--formulir", "pohon-kinerja", "--kertas", "a2", "--ke", out]) == 0
    assert capsys.readouterr().out == f"{out}\n"


@pytest.mark.parametrize("form", ["perjanjian-kinerja", "indikator-individu"])
def test_each_position_becomes_a_file_in_a_folder_that_is_made(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    folder = tmp_path / "baru" / "semua"
    assert main.main(["ekspor", str(plan), "--formulir", form, "--per-jabatan", "--ke", str(folder)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [str(path) for path in sorted(folder.iterdir())]
    assert len(said) == len(Plan(read_plan(plan)).all(Jabatan))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "perlu satu formulir"),
        (["--formulir", "iku"], "tidak dibuat per jabatan"),
        (["--formulir", "perjanjian-kinerja", "--format", "xlsx"], "jangan disertai --format"),
        (["--formulir", "perjanjian-kinerja", "--kertas", "A4"], "--kertas"),
        (["--semua"], "Pilih satu"),
    ],
    ids=str,
)
def test_what_cannot_be_written_for_each_position_is_said_and_nothing_is_made(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    folder = tmp_path / "keluaran"
    assert main.main(["ekspor", str(plan), *arguments, "--per-jabatan", "--ke", str(folder)]) == 2
    assert words in capsys.readouterr().err
    assert not folder.exists()


def test_a_form_that_is_no_drawing_is_no_picture(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.svg"
    assert main.main(["ekspor", str(plan), "--formulir", "pohon-kinerja-bidang", "--ke", str(out)]) == 2
    assert "tidak dapat ditulis sebagai svg" in capsys.readouterr().err
    assert not out.exists()

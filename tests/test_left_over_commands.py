"""Commands beside edits that a crash left, and names and files that no command takes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import main
from models import workspace
from models.plan_file import PlanFile
from models.reading import read_plan
from models.rows import Dokumen, Opd
from services.interchange import load
from services.samples import sample_path

ROOT = Path(__file__).parents[1]
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


@pytest.fixture
def plan(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("bone-2023"), path)
    return path


@pytest.fixture
def broken_off(plan):
    assert subprocess.run([sys.executable, "-c", KILLED, str(plan)], cwd=ROOT, check=False).returncode == 9
    return plan


def names(path):
    return [row.nama for row in read_plan(path) if isinstance(row, Opd)]


@pytest.mark.parametrize(
    "command",
    [
        ["info", "{}"],
        ["periksa", "{}", "--json"],
        ["ekspor", "{}", "--formulir", "pohon-kinerja", "--ke", "{}.pdf"],
        ["capaian", "{}", "--sampai", "TW1"],
    ],
)
def test_a_command_that_reads_says_that_typing_waits(broken_off, command, capsys):
    main.main([part.format(broken_off) for part in command])
    out, err = capsys.readouterr()
    (said,) = [line for line in err.splitlines() if "tidak ikut dibaca" in line]
    assert said.startswith("rencana.db: isian terakhir di komputer ini belum tertulis")
    assert "tidak ikut dibaca" not in out


def test_nothing_is_said_where_nothing_waits(plan, capsys):
    assert main.main(["info", str(plan)]) == 0
    assert capsys.readouterr().err == ""


def test_a_copy_is_sent_with_what_a_crash_left(broken_off, tmp_path, capsys):
    target = tmp_path / "salinan.db"
    assert main.main(["salin", str(broken_off), "--untuk", "Bidang", "--ke", str(target)]) == 0
    assert "dilanjutkan dan ikut ditulis" in capsys.readouterr().err
    assert names(target) == ["Belum tertulis"]


def test_what_does_not_fit_the_file_any_more_is_not_left_out_silently(broken_off, published, tmp_path, capsys):
    shutil.copyfile(published("buleleng-2022"), broken_off)
    target = tmp_path / "salinan.db"
    assert main.main(["salin", str(broken_off), "--untuk", "Bidang", "--ke", str(target)]) == 0
    assert "belum tertulis dan tidak ikut" in capsys.readouterr().err
    assert len(workspace.set_asides(broken_off)) == 1
    assert main.main(["info", str(broken_off)]) == 0
    assert "tidak ikut dibaca" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["salin", "{}", "--untuk", "Bidang", "--ke", "x.xlsx"],
        ["kompilasi", "{}", "--ke", "x.pdf"],
        ["impor", str(sample_path("bone-2023")), "--ke", "x.json"],
    ],
)
def test_a_plan_is_written_under_its_own_ending_only(plan, command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main([part.format(plan) for part in command]) == 2
    assert "tidak berakhiran .db" in capsys.readouterr().err
    assert not Path(command[-1]).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipa.db")
    for command in (["info"], ["periksa"], ["salin", "--untuk", "B", "--ke", str(tmp_path / "s.db")]):
        assert main.main([command[0], str(tmp_path / "pipa.db"), *command[1:]]) == 2
        assert "bukan berkas biasa" in capsys.readouterr().err


def test_a_plan_with_a_long_source_is_compiled_and_imported_whole(plan, tmp_path, capsys):
    """A real one has 4,056 characters."""
    data = load(sample_path("bone-2023"))
    data["sumber"] = "Perjanjian Kinerja " * 214
    source = tmp_path / "panjang.renaksi.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    assert main.main(["impor", str(source), "--ke", str(tmp_path / "a.db")]) == 0
    assert main.main(["kompilasi", str(tmp_path / "a.db"), "--ke", str(tmp_path / "semua.db")]) == 0
    assert "1 dari 1 berkas masuk seluruhnya" in capsys.readouterr().out
    assert [row.sumber for row in read_plan(tmp_path / "semua.db") if isinstance(row, Dokumen)] == [data["sumber"]]


def test_an_import_says_what_it_cuts(tmp_path, capsys):
    data = load(sample_path("bone-2023"))
    data["sumber"] = "x" * 30_000
    source = tmp_path / "panjang.renaksi.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    assert main.main(["impor", str(source), "--ke", str(tmp_path / "a.db")]) == 0
    assert "1 teks terlalu panjang dan dipotong menjadi 20.000 karakter" in capsys.readouterr().out


def test_texts_with_a_nip_are_told_and_left_out_on_demand(plan, tmp_path, capsys):
    data = load(sample_path("bone-2023"))
    data["kinerja"][0]["uraian"] = "Disusun oleh 19700101 199003 1 001"
    source, made = tmp_path / "nip.renaksi.json", tmp_path / "nip.db"
    source.write_text(json.dumps(data), encoding="utf-8")
    assert main.main(["impor", str(source), "--ke", str(made)]) == 0
    command = ["salin", str(made), "--untuk", "Bidang", "--ke"]
    assert main.main([*command, str(tmp_path / "s1.db")]) == 0
    assert "1 NIP di dalam teks" in capsys.readouterr().out
    assert main.main([*command, str(tmp_path / "s2.db"), "--tanpa-nip"]) == 0
    assert "ditulis sebagai “NIP ...”" in capsys.readouterr().out
    assert b"199003 1 001" not in (tmp_path / "s2.db").read_bytes()


def test_a_merge_that_deletes_much_names_the_option(plan, tmp_path, capsys):
    from models.rows import Anggaran, Kinerja
    from services import edits
    from services.document import Document

    copy = tmp_path / "s.db"
    assert main.main(["salin", str(plan), "--untuk", "Bidang", "--ke", str(copy)]) == 0
    with Document.open(copy) as document:
        for cls, field in ((Kinerja, "induk_id"), (Anggaran, "induk_id")):
            for row in [row for row in document.plan.all(cls) if getattr(row, field) is None]:
                document.edit("hapus", edits.remove(document.plan, row))
        document.file.publish()
    assert main.main(["gabung", str(plan), str(copy)]) == 2
    assert "--setujui-hapus" in capsys.readouterr().err


def test_a_copy_that_nobody_edited_says_that_nothing_came_in(plan, tmp_path, capsys):
    copy = tmp_path / "s.db"
    assert main.main(["salin", str(plan), "--untuk", "Bidang", "--ke", str(copy)]) == 0
    assert main.main(["gabung", str(plan), str(copy)]) == 0
    assert "s.db: belum diubah sejak dikirim, jadi tidak ada yang masuk." in capsys.readouterr().out


def test_info_tells_the_time_as_elsewhere(plan, capsys):
    assert main.main(["info", str(plan)]) == 0
    import re

    assert re.search(r"terakhir diubah \d\d-\d\d-\d{4} pukul \d\d\.\d\d oleh", capsys.readouterr().out)


@pytest.mark.parametrize(
    "command",
    [
        ["salin", "{}", "--untuk", "Bidang", "--ke", "s.db"],
        ["gabung", "{}", "lain.db"],
        ["impor", str(sample_path("bone-2023")), "--ke", "{}"],
    ],
)
def test_a_plan_that_a_window_has_open_is_said_in_words_of_the_command_line(plan, command, capsys):
    with PlanFile.open(plan):
        assert main.main([part.format(plan) for part in command]) == 2
    said = capsys.readouterr().err
    assert "Tutup dahulu jendela itu, lalu ulangi perintah ini." in said
    assert "dibaca" not in said

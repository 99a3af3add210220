"""Sending and merging without a window: a Bidang that is not there, what a file is, the words of a report."""

import json
import shutil

import pytest

import main
from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, Jabatan
from services import edits
from services.document import Document


@pytest.fixture
def plan(published, tmp_path):
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("bone-2023"), path)
    return path


@pytest.fixture
def copy(plan, tmp_path):
    path = tmp_path / "rencana Bidang UMKM.db"
    assert main.main(["salin", str(plan), "--untuk", "Bidang UMKM", "--ke", str(path)]) == 0
    return path


def put(path, cls, field, value):
    with Document.open(path) as document:
        document.edit("isi", edits.set_field(document.plan.all(cls)[0], field, value))
        document.file.publish()


def test_a_part_for_a_bidang_that_is_not_there_names_those_that_are(plan, tmp_path, capsys):
    with Document.open(plan) as document:
        position = document.plan.all(Jabatan)[0]
        document.edit("isi", edits.set_field(position, "unit", "Bidang Koperasi"))
        document.file.publish()
    command = ["salin", str(plan), "--bagian", "--ke", str(tmp_path / "s.db"), "--untuk"]
    assert main.main([*command, "Tidak ada"]) == 2
    said = capsys.readouterr().err
    assert "Tidak ada Bidang atau jabatan bernama 'Tidak ada'" in said
    assert "Bidang Koperasi" in said
    assert not (tmp_path / "s.db").exists()


def test_info_says_whose_copy_it_is_and_what_waits(plan, copy, capsys):
    put(copy, Anggaran, "pagu", 41)
    put(plan, Anggaran, "pagu", 42)
    capsys.readouterr()
    assert main.main(["info", str(copy)]) == 0
    assert "Salinan untuk Bidang UMKM, dikirim " in capsys.readouterr().out
    assert main.main(["gabung", str(plan), str(copy)]) == 1
    said = capsys.readouterr().out
    assert ", Pagu: kita 42; mereka (Bidang UMKM) 41" in said
    assert "1 pertentangan menunggu keputusan." in said
    assert "onflik" not in said
    assert main.main(["info", str(plan)]) == 0
    said = capsys.readouterr().out
    assert "1 pertentangan menunggu keputusan" in said
    assert "Salinan untuk" not in said
    assert main.main(["info", str(plan), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["salinan"], facts["pertentangan"]) == (None, 1)


def test_a_month_is_told_by_its_name(plan, tmp_path, capsys):
    with Document.open(plan) as document:
        line = document.plan.all(Anggaran)[-1]
        kas = DeretAnggaran(
            id="kas", dokumen_id=line.dokumen_id, anggaran_id=line.id, jenis="kas", periode="bulan", kumulatif=1
        )
        document.edit("isi", [Change(None, kas)])
        document.file.publish()
    copy = tmp_path / "rencana Bidang.db"
    assert main.main(["salin", str(plan), "--untuk", "Bidang", "--ke", str(copy)]) == 0
    for path, value in ((copy, 3), (plan, 4)):
        put(path, DeretAnggaran, "nilai", (None, None, None, value, *[None] * 8))
    assert main.main(["gabung", str(plan), str(copy)]) == 1
    said = capsys.readouterr().out
    assert ", Kas April: kita 4; mereka (Bidang) 3" in said


def test_the_history_tells_a_merge_without_its_seals(plan, copy):
    from services.history_view import shown, whole

    put(copy, Anggaran, "pagu", 41)
    put(plan, Anggaran, "pagu", 42)
    main.main(["gabung", str(plan), str(copy)])
    with Document.open(plan) as document:
        told = shown(document.plan, document.file.history())
        texts = {each.table: (each.where, *whole(document.plan, each)) for each in told if each.column is None}
    name = document.plan.all(Anggaran)[0].nama
    assert texts["gabung"] == ("Penggabungan rencana Bidang UMKM.db", "", "berkas salinan: rencana Bidang UMKM.db")
    where, _, new = texts["konflik"]
    assert where.startswith("Pertentangan pagu, ")
    assert name in where
    assert "kita: 42\nmereka: 41" in new
    assert texts["salinan"][2] == "untuk: Bidang UMKM"

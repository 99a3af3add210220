"""`main.py capaian`: what it prints, as JSON too, and one sentence for every bad input."""

import json
import shutil
from pathlib import Path

import pytest

import main
from models.rows import Anggaran, DeretIndikator, Dokumen, Indikator
from services.capaian_setelan import set_bounds
from services.document import Document
from services.realisasi import set_results, set_spending
from services.tahap import new_stage


@pytest.fixture
def said(capsys):
    """Runs a command: (exit status, stdout, stderr)."""

    def run(*arguments):
        status = main.main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def lampung(tmp_path, published):
    return Path(shutil.copyfile(published("lampung-2019"), tmp_path / "lampung.db"))


@pytest.fixture
def buleleng(tmp_path, published):
    """Buleleng with a result in June of the first indicator that has monthly targets, and money of the first line."""
    path = Path(shutil.copyfile(published("buleleng-2022"), tmp_path / "buleleng.db"))
    with Document.open(path) as document:
        plan = document.plan
        # Series have no order of their own, so the first one is another each time; indicators have.
        indikator, targets = next(
            (row, series)
            for row in plan.all(Indikator)
            if (series := plan.one(DeretIndikator, "indikator_id", row.id, "target")) is not None
            and all((series.nilai[month] or "").isdecimal() for month in (5, 6))
        )
        document.edit("realisasi", set_results(plan, indikator, {5: targets.nilai[5]}))
        document.edit("realisasi", set_spending(plan, plan.all(Anggaran)[0], {5: 1000}, kumulatif=True))
        document.file.publish()
    return path


def test_the_text_explains_each_number(said, lampung):
    before = lampung.read_bytes()
    status, out, err = said("capaian", lampung, "--sampai", "TW4")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "2019 Perubahan 1, sampai TW IV"
    assert "17,30 / 18,98 = 91,15 % (Sangat Tinggi)" in out
    assert "Rata-rata 2 dari 2 indikator = 151,12 % (Sangat Tinggi)" in out
    assert "pagu 6.319.911.000, realisasi 5.922.027.846 (93,7 %)" in out
    assert "Indeks Reformasi Birokrasi: Target belum diisi." in out
    assert lampung.read_bytes() == before


def test_the_json_has_numbers_reasons_and_ids_of_the_interchange_file(said, lampung):
    status, out, _ = said("capaian", lampung, "--sampai", "desember", "--json")
    data = json.loads(out)
    assert (status, data["sampai"], data["bulan"], data["tahun"]) == (0, "Desember", 12, 2019)
    indicators = {i["id"]: i for sasaran in data["sasaran"] for i in sasaran["indikator"]}
    assert indicators["iku19-2"] == {
        "id": "iku19-2",
        "uraian": "Persentase SDM Koperasi yang bersertifikasi Kompetensi",
        "satuan": "Persen",
        "target": "4,42 %",
        "realisasi": "9,33",
        "asal_target": "target setahun",
        "asal_realisasi": "realisasi setahun",
        "capaian": "211.09",
        "predikat": "Sangat Tinggi",
        "cara": "naik",
        "keterangan": "9,33 / 4,42 = 211,09 %",
    }
    (money,) = (line for line in data["anggaran"] if line["id"] == "bl-2019")
    assert (money["pagu"], money["realisasi"], money["serapan"]) == (6_319_911_000, 5_922_027_846, "93.70")
    assert money["sisa"] == 397_883_154


def test_the_period_is_the_one_that_is_picked(said, buleleng):
    _, june, _ = said("capaian", buleleng, "--sampai", "TW2")
    assert " = 100 % (Sangat Tinggi)" in june
    assert "realisasi 1.000 (" in june
    _, march, _ = said("capaian", buleleng, "--sampai", "3")
    assert "= 100 %" not in march
    assert "realisasi 1.000" not in march
    _, july, _ = said("capaian", buleleng, "--sampai", "Juli")
    assert "Realisasi Juli belum dilaporkan." in july
    assert "Realisasi anggaran terakhir dilaporkan Juni." in july


def test_settings_of_the_plan_hold_and_a_broken_one_is_said(said, lampung):
    with Document.open(lampung) as document:
        dokumen_id = document.plan.all(Dokumen)[0].id
        (change,) = set_bounds(document.plan, dokumen_id, 100, None)
        document.edit("batas", [change])
        document.file.publish()
    assert "9,33 / 4,42 = 211,09 %, dibatasi 100 %" in said("capaian", lampung, "--sampai", "TW4")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--sampai", "TW5"], "TW1 sampai TW4"),
        (["--sampai", ""], "tidak dikenal"),
        ([], "--sampai"),
        (["--sampai", "TW1", "--dokumen", "x"], "Dokumen 'x' tidak ada"),
    ],
)
def test_bad_input_is_one_sentence(said, lampung, arguments, words):
    status, out, err = said("capaian", lampung, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_a_file_that_is_no_plan_is_refused(said, tmp_path):
    (tmp_path / "x.db").write_bytes(b"bukan rencana")
    for path in (tmp_path / "x.db", tmp_path / "tidak-ada.db"):
        status, out, err = said("capaian", path, "--sampai", "TW1")
        assert (status, out, err.count("\n")) == (2, "", 1)


def test_of_several_documents_one_has_to_be_named(said, lampung):
    with Document.open(lampung) as document:
        changes, fresh_id = new_stage(document.plan, document.plan.all(Dokumen)[0].id)
        document.edit("tahap", changes)
        document.file.publish()
    assert "--dokumen" in said("capaian", lampung, "--sampai", "TW4")[2]
    assert "Perubahan 2" in said("capaian", lampung, "--sampai", "TW4", "--dokumen", fresh_id)[1]

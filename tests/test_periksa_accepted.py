"""What an officer has accepted stays in the answer of `periksa`, apart and with its reason, and is no fault now."""

import json
import shutil
from pathlib import Path

import pytest

import main
from models.rows import Dokumen
from services.accepting import accept
from services.checks import Checks
from services.document import Document
from services.rollup import RollUp

REASON = "Sesuai DPA yang ditandatangani."


@pytest.fixture
def plan(tmp_path, published):
    return Path(shutil.copyfile(published("buleleng-2022"), tmp_path / "rencana.db"))


def accepted(path, *kinds):
    """Accept all findings of these levels or rules; returns how many."""
    with Document.open(path) as document:
        dokumen = document.plan.all(Dokumen)[0].id
        checks = Checks(document.plan, RollUp(document.plan))
        findings = [f for f in checks.of(dokumen) if {f.tingkat, f.kode} & set(kinds)]
        document.edit("terima temuan", accept(document.plan, dokumen, findings, REASON, "Made", "2026-11-22T10:00"))
        document.file.publish()
    return len(findings)


def periksa(capsys, *arguments):
    capsys.readouterr()
    status = main.main(["periksa", *map(str, arguments)])
    return status, capsys.readouterr().out


def test_accepted_faults_do_not_count_in_the_status(plan, capsys):
    assert periksa(capsys, plan)[0] == 1
    accepted(plan, "KAS-TURUN")
    assert periksa(capsys, plan)[0] == 1, "one galat is left"
    accepted(plan, "galat")
    assert periksa(capsys, plan)[0] == 0


def test_the_text_lists_accepted_findings_apart_with_their_reason(plan, capsys):
    accepted(plan, "galat")
    lines = periksa(capsys, plan)[1].splitlines()
    assert lines[0].startswith("0 galat, ")
    at = lines.index("Diterima dengan alasan: 2")
    assert not [line for line in lines[:at] if line.startswith("galat ")]
    heads = [line for line in lines[at + 1 :] if not line.startswith(" ")]
    assert len(heads) == 2
    assert all(line.startswith("galat ") and line.endswith(f" Alasan: {REASON}") for line in heads)
    assert [line.split()[0] for line in lines[at + 1 :] if line.startswith(" ")] == ["KAS-TURUN"]


def test_the_json_names_the_reason_in_the_accepted_entries_alone(plan, capsys):
    count = accepted(plan, "galat")
    entries = json.loads(periksa(capsys, plan, "--json")[1])
    assert [e["diterima"] for e in entries if "diterima" in e] == [REASON] * count
    assert {e["tingkat"] for e in entries if "diterima" in e} == {"galat"}


def test_a_plan_whose_findings_are_all_accepted_has_none_left(plan, capsys):
    accepted(plan, "galat", "peringatan", "catatan")
    status, out = periksa(capsys, plan)
    assert (status, out.splitlines()[0]) == (0, "Tidak ada temuan.")

"""Which findings stand beside which form."""

import pytest
from plan_json import keys

from models.rows import Anggaran, Indikator, Kinerja
from services.checks import Checks
from services.forms import FORMS, build_form
from services.forms.printed import PRINTED, printed_rows, worst_level
from services.rollup import RollUp
from services.samples import sample_plan


def test_a_form_prints_the_indicators_and_lines_of_its_own_level() -> None:
    plan, dokumen_id = sample_plan()
    rows = printed_rows(plan, dokumen_id, "bulanan-eselon-iii")
    assert rows
    assert {plan.get(Anggaran, row_id).jenis for cls, row_id in rows if cls is Anggaran} == {"kegiatan"}
    owners = {plan.get(Indikator, row_id).kinerja_id for cls, row_id in rows if cls is Indikator}
    assert {plan.get(Kinerja, owner).tingkat for owner in owners} == {"sasaran_kegiatan"}


def test_the_staff_form_prints_no_budget() -> None:
    plan, dokumen_id = sample_plan()
    assert {cls for cls, _ in printed_rows(plan, dokumen_id, "bulanan-staf") or ()} == {Indikator}


def test_the_worst_level_of_what_is_printed_counts() -> None:
    plan, dokumen_id = sample_plan()
    findings = list(Checks(plan, RollUp(plan)).of(dokumen_id))
    levels = {name: worst_level(plan, dokumen_id, name, findings) for name in FORMS}
    assert [levels[f"bulanan-{name}"] for name in ("eselon-ii", "eselon-iii", "eselon-iv", "staf")] == [
        "peringatan",
        "galat",
        "peringatan",
        "catatan",
    ]
    assert levels["triwulan-anggaran"] == "galat", "it prints the cash of the kegiatan too"
    assert levels["dokumen-lengkap"] == "galat", "it holds all of them"


def test_a_fault_in_the_cash_is_none_of_a_form_that_prints_no_cash() -> None:
    plan, dokumen_id = sample_plan()
    findings = [f for f in Checks(plan, RollUp(plan)).of(dokumen_id) if f.tingkat == "galat"]
    assert {finding.kode for finding in findings} == {"KAS-TURUN", "KAS-LEBIH"}
    assert worst_level(plan, dokumen_id, "perjanjian-kinerja-eselon-iii", findings) is None


def test_every_form_of_which_it_is_said_what_it_prints_is_there() -> None:
    assert set(PRINTED) <= set(FORMS)


@pytest.mark.parametrize("name", sorted(PRINTED))
@pytest.mark.parametrize("sample", ["buleleng-2022", "lampung-2019", "lombok-tengah-2022"])
def test_what_a_form_shows_of_the_plan_is_among_its_rows(sample: str, name: str) -> None:
    plan, dokumen_id = sample_plan(sample)
    rows = printed_rows(plan, dokumen_id, name) or set()
    there = {f"{cls.TABLE}/{row_id}" for cls, row_id in rows}
    shown = {"/".join(key.split("/")[:2]) for key, _ in keys(build_form(plan, dokumen_id, name))}
    assert {place for place in shown if place.startswith(("indikator/", "anggaran/"))} <= there


def test_a_form_that_nobody_knows_takes_all_findings() -> None:
    plan, dokumen_id = sample_plan()
    findings = list(Checks(plan, RollUp(plan)).of(dokumen_id))
    assert worst_level(plan, dokumen_id, "formulir-baru", findings) == "galat"

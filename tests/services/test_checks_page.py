"""The page of rules names each rule once, with the levels that its findings have and the mends that there are."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from checks_plans import OPD

from services.checks import Checks, is_mendable
from services.checks.finding import plain
from services.checks.rules import RULES
from services.rollup import RollUp
from services.samples import sample_plan
from services.terms import LEVELS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "aturan.md"
ROW = re.compile(r"\| ([A-Z-]+) \| ([a-z, ]+) \|")


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


def levels_of(page):
    rows = map(ROW.match, page.split("## Mends")[0].splitlines())
    return [(row[1], row[2].split(", ")) for row in rows if row]


def test_each_rule_has_one_row_in_the_order_of_the_program(page):
    assert [kode for kode, _ in levels_of(page)] == list(RULES)
    assert f"{len(RULES)} rules" in page


def test_levels_are_those_of_the_program(page):
    assert {level for _, levels in levels_of(page) for level in levels} == set(LEVELS)


@pytest.mark.parametrize("name", ["buleleng-2022", "lombok-tengah-2022", "bone-2023", "bekasi-2024", "lampung-2019"])
def test_findings_of_the_samples_have_a_level_that_the_page_names(page, name):
    told = dict(levels_of(page))
    plan, dokumen_id = sample_plan(name)
    assert [f.key for f in Checks(plan, RollUp(plan)).of(dokumen_id) if f.tingkat not in told[f.kode]] == []


def test_the_mends_are_those_that_there_are(page):
    told = re.findall(r"^\| ([A-Z-]+(?:, [A-Z-]+)*) \| [a-z]", page.split("## Mends")[1], re.MULTILINE)
    mended = {kode for kode in RULES if is_mendable(replace(plain("X", "galat", OPD, ""), kode=kode))}
    assert {kode for row in told for kode in row.split(", ")} == mended

"""How many lines the findings of a plan are, counted without making the lines."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from models.rows import Anggaran
from services.checks import Checks, Finding, grouped
from services.checks.finding import line_counts
from services.rollup import RollUp
from services.samples import sample_plan


@pytest.mark.parametrize("name", ["bone-2023", "buleleng-2022", "lombok-tengah-2022"])
def test_as_many_lines_are_counted_as_are_made_whatever_the_order_of_the_rows(name: str) -> None:
    plan, dokumen_id = sample_plan(name)
    checks = Checks(plan, RollUp(plan))
    places = checks.places(dokumen_id)
    Random(name).shuffle(places)
    counts = line_counts(finding for place in places for finding in checks.at(*place))
    assert counts == Counter(group.first.tingkat for group in grouped(checks.of(dokumen_id)))
    assert counts


def test_what_follows_from_another_finding_is_no_line_of_its_own() -> None:
    one = Finding("SATU", "galat", Anggaran, "a", 1, None, None, "", "")
    after = replace(one, kode="DUA", row_id="b", sebab=one.key)
    alone = replace(after, row_id="c", sebab=replace(one, row_id="x").key)
    circle = [replace(one, row_id=each, sebab=replace(one, row_id=other).key) for each, other in ("pq", "qp")]
    month = replace(one, periode=2)
    found = [after, alone, *circle, one, month]
    assert line_counts(found) == {"galat": 4} == Counter(group.first.tingkat for group in grouped(found))

"""From one outline to the next: the steps lead to what a fresh outline says, and badges follow."""

import pytest
from hypothesis import given, settings
from random_edits import changes_of, sequences
from tree_edits import numbers, tree_step

from services.branches import level_of
from services.checks import Checks
from services.outline import Badges, Insertion, Outline, Removal, Reorder, places_of
from services.rollup import RollUp
from services.samples import sample_plan


def shape(outline):
    """(parent, node, place, row id) of each node from top to bottom."""
    return [(outline.parent(node), node, outline.index(node)) for node in outline.nodes()]


def walked(outline, wanted):
    """Take all steps; each step is valid where it is taken."""
    for step in outline.steps_to(wanted):
        if isinstance(step, Removal):
            there = outline.children(step.parent)
            assert 0 <= step.first <= step.last < len(there)
        elif isinstance(step, Insertion):
            assert 0 <= step.at <= len(outline.children(step.parent))
            assert not any(node in outline for node in step.nodes)
        else:
            assert isinstance(step, Reorder)
            assert all(sorted(order) == sorted(outline.children(parent)) for parent, order in step.orders.items())
        outline.apply(step, wanted)


@pytest.mark.parametrize("tree", ["kinerja", "anggaran"])
@settings(max_examples=20)
@given(sequences, numbers)
def test_the_steps_lead_to_the_outline_of_today(tree, steps, pairs):
    plan, dokumen_id = sample_plan("buleleng-2022")
    outline = Outline(plan, dokumen_id, tree)
    for step in steps:
        plan.apply(changes_of(plan, dokumen_id, step))
    for number, other in pairs:
        plan.apply(tree_step(plan, dokumen_id, number, other))
    wanted = Outline(plan, dokumen_id, tree)
    walked(outline, wanted)
    assert shape(outline) == shape(wanted)
    assert outline.differing(wanted) == []
    assert {row.id for row in outline.rows()} == {row.id for row in wanted.rows()}


def test_the_steps_lead_from_a_filtered_outline_to_another():
    plan, dokumen_id = sample_plan("buleleng-2022")
    full = Outline(plan, dokumen_id, "kinerja")
    before = shape(full)
    some = full.filtered(lambda row: level_of(row) == "sasaran_kegiatan")
    others = full.filtered(lambda row: level_of(row) == "indikator")
    assert {level_of(row) for row in some.rows()} == {"sasaran_strategis", "sasaran_kegiatan"}
    walked(some, others)
    assert shape(some) == shape(others)
    assert shape(full) == before


@pytest.mark.parametrize("tree", ["kinerja", "anggaran"])
@settings(max_examples=15)
@given(sequences, numbers)
def test_badges_that_follow_are_those_of_a_fresh_outline(tree, steps, pairs):
    plan, dokumen_id = sample_plan("buleleng-2022")
    rollup = RollUp(plan)
    checks = Checks(plan, rollup)
    badges = Badges(plan, checks, Outline(plan, dokumen_id, tree))
    everyone = list(Outline(plan, dokumen_id, tree).nodes())
    for node in everyone:
        badges.of(node)
    made = [lambda step=step: changes_of(plan, dokumen_id, step) for step in steps]
    made += [lambda n=n, o=o: tree_step(plan, dokumen_id, n, o) for n, o in pairs]
    for make in made:
        changes = make()
        plan.apply(changes)
        lines = rollup.update(changes)
        badges.forget(frozenset(checks.update(changes, lines)))
        places = {place for c in changes for row in (c.before, c.after) for place in places_of(row)}
        badges.follow(Outline(plan, dokumen_id, tree), places)
    outline = Outline(plan, dokumen_id, tree)
    fresh = Badges(plan, checks, outline)
    assert [(node, badges.of(node)) for node in outline.nodes()] == [(node, fresh.of(node)) for node in outline.nodes()]

"""The note beside a plan: another PC is told who has it open; a crash or a wrong clock does no harm."""

import json
import os
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.lock import user
from models.presence import Presence, note_path, someone_else


@pytest.fixture
def other_pc(tmp_path, monkeypatch):
    """Go to the other PC, and back."""
    here = os.environ["RENAKSI_DATA"]

    def go(*, back=False):
        monkeypatch.setenv("RENAKSI_DATA", here if back else str(tmp_path / "pc lain"))

    return go


def test_the_other_pc_is_told_who_has_it_open_until_it_is_closed(plan, other_pc):
    mine = Presence(plan)
    assert mine.beat() is None
    assert someone_else(plan) is None, "it is our own note"
    other_pc()
    seen = someone_else(plan)
    assert seen.holder.who == user()
    assert seen.holder.since.tzinfo is not None
    other_pc(back=True)
    mine.leave()
    other_pc()
    assert someone_else(plan) is None
    assert os.listdir(plan.parent) == [plan.name]


def test_a_living_note_counts_and_a_dead_one_stands_still(plan, other_pc):
    mine = Presence(plan)
    mine.beat()
    other_pc()
    first = someone_else(plan)
    assert someone_else(plan) == first
    other_pc(back=True)
    mine.beat()
    other_pc()
    assert someone_else(plan) != first
    assert someone_else(plan).token == first.token


def test_no_clock_decides(plan, other_pc):
    mine = Presence(plan)
    mine.beat()
    for moment in (0, 4_000_000_000):
        os.utime(note_path(plan), (moment, moment))
        other_pc()
        assert someone_else(plan) is not None
        other_pc(back=True)


def test_a_note_that_a_crash_of_this_pc_left_is_nobody_and_is_gone_on_with(plan):
    Presence(plan).beat()
    again = Presence(plan)
    assert someone_else(plan) is None
    assert again.beat() is None
    again.leave()
    assert not note_path(plan).exists()


def test_two_that_come_at_once_are_told_of_each_other_and_leave_each_others_note(plan, other_pc):
    theirs = Presence(plan)
    other_pc()
    theirs.beat()
    other_pc(back=True)
    mine = Presence(plan)
    assert mine.beat() is not None
    mine.leave()
    assert note_path(plan).exists()


def test_a_note_whose_program_is_dead_is_taken_over_and_its_program_is_told(plan, other_pc):
    other_pc()
    theirs = Presence(plan)
    theirs.beat()
    other_pc(back=True)
    mine = Presence(plan)
    mine.take()
    assert someone_else(plan) is None
    other_pc()
    assert theirs.beat() is not None
    assert someone_else(plan) is not None


def test_a_note_that_went_with_the_folder_comes_again(plan):
    mine = Presence(plan)
    mine.beat()
    note_path(plan).unlink()
    mine.beat()
    assert note_path(plan).exists()
    mine.leave()
    mine.beat()
    assert not note_path(plan).exists(), "what still runs after closing leaves nothing"


def test_where_nothing_can_be_written_there_is_no_note_and_no_error(plan):
    shutil.rmtree(plan.parent)
    mine = Presence(plan)
    assert mine.beat() is None
    mine.take()
    mine.leave()
    assert someone_else(plan) is None


@settings(max_examples=40)
@given(raw=st.binary(max_size=300) | st.recursive(st.integers() | st.text(max_size=9), st.lists).map(json.dumps))
def test_whatever_stands_in_a_note_is_somebody_or_nobody_and_never_an_error(tmp_path_factory, raw):
    plan = tmp_path_factory.mktemp("catatan") / "rencana.db"
    note_path(plan).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    assert someone_else(plan) is None
    Presence(plan).beat()


def test_a_note_holds_no_path_and_nothing_of_the_plan(plan, tmp_path):
    Presence(plan).beat()
    said = json.loads(note_path(plan).read_text(encoding="utf-8"))
    assert set(said) == {"tanda", "tempat", "siapa", "komputer", "sejak", "detak"}
    assert str(tmp_path) not in note_path(plan).read_text(encoding="utf-8")

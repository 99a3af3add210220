"""Backups: outside the officer's folder, checked before they count, thinned with age."""

import os
import shutil
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naming_plans import name_of, rename

from models import backups
from models.backups import ALL, DAYS, MONTHS, WEEKS, keep_file, listed, put_back, thinned
from models.errors import PlanError
from models.plan_file import PlanFile
from models.reading import read_plan, read_published

NOW = datetime(2026, 3, 1, 9, 30)
TIMES = st.lists(st.integers(-3, 600 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=150)


@given(times=TIMES)
def test_all_of_two_days_stay_and_no_more_than_so_many_of_what_is_older(times):
    kept = thinned(times, NOW)
    assert kept <= set(times)
    recent = {when for when in times if NOW - when < ALL}
    assert recent <= kept
    assert len(kept - recent) <= DAYS + WEEKS + MONTHS
    if times:
        assert max(times) in kept


@given(times=TIMES)
def test_thinning_twice_is_thinning_once(times):
    once = thinned(times, NOW)
    assert thinned(once, NOW) == once


@given(times=TIMES)
def test_what_stays_of_a_day_is_its_newest(times):
    kept = thinned(times, NOW)
    for when in kept:
        same = [other for other in times if other.date() == when.date()]
        assert when == max(same) or NOW - when < ALL


@given(times=TIMES, at=st.lists(st.integers(0, 600), max_size=6))
def test_thinning_on_the_way_keeps_the_newest_of_every_month_of_the_last_half_year(times, at):
    """Whenever it was thinned before, of each month with a backup the newest is there."""
    there: set[datetime] = set()
    moments = sorted({*(NOW - timedelta(days=day) for day in at), NOW})
    for moment, before in zip(moments, [datetime.min, *moments], strict=False):
        there |= {when for when in times if before < when <= moment}
        there = thinned(there, moment)
    made = [when for when in times if when <= NOW]
    for when in made:
        if NOW - when < timedelta(days=180):
            newest = max(other for other in made if (other.year, other.month) == (when.year, when.month))
            assert newest in there


def test_the_figures_of_a_year_of_work():
    times = [NOW - timedelta(hours=hours) for hours in range(0, 24 * 500, 6)]
    kept = sorted(thinned(times, NOW), reverse=True)
    assert [NOW - when < ALL for when in kept].count(True) == 8
    assert len(kept) == 8 + DAYS + WEEKS + MONTHS


def test_the_file_as_it_was_and_as_it_became_are_both_kept_outside_its_folder(plan, data_folder):
    before = name_of(read_plan(plan))
    with PlanFile.open(plan) as file:
        assert listed(plan) == []
        rename(file, "Badan")
        file.publish()
    assert os.listdir(plan.parent) == [plan.name]
    newest, oldest = listed(plan)
    assert (name_of(read_plan(oldest.path)), name_of(read_plan(newest.path))) == (before, "Badan")
    assert newest.revision == read_published(plan)[1]
    assert newest.size == newest.path.stat().st_size
    assert newest.path.is_relative_to(data_folder)


def test_a_plan_that_was_only_looked_at_makes_none(plan):
    PlanFile.open(plan).close()
    assert listed(plan) == []


def test_while_a_plan_is_edited_one_is_made_from_time_to_time(plan, monkeypatch):
    with PlanFile.open(plan) as file:
        for n in range(4):
            rename(file, f"Dinas {n}")
            file.publish()
        assert len(listed(plan)) == 1
        monkeypatch.setattr(backups, "EVERY", timedelta(0))
        rename(file, "Dinas 4")
        file.publish()
        assert name_of(read_plan(listed(plan)[0].path)) == "Dinas 4"


def test_edits_that_are_not_published_can_be_backed_up(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        assert name_of(read_plan(file.back_up().path)) == "Badan"
        assert not file.published
    assert name_of(read_plan(plan)) != "Badan"


def test_what_does_not_pass_the_checks_does_not_count(plan):
    raw = bytearray(plan.read_bytes())
    raw[len(raw) // 2] ^= 1
    with pytest.raises(PlanError):
        backups.keep(plan, lambda part: part.write_bytes(raw))
    assert listed(plan) == []
    assert [path.name for path in backups.folder_of(plan).iterdir()] == ["asal.json"]


def test_the_old_ones_go_when_a_new_one_is_made(plan):
    for day in range(60):
        backups.keep(plan, lambda part: shutil.copyfile(plan, part), when=NOW - timedelta(days=60 - day))
    kept = [backup.when for backup in listed(plan)]
    assert len(kept) == len(set(kept)) < 30
    assert kept == sorted(thinned(kept, NOW - timedelta(days=1)), reverse=True)


def test_a_backup_that_cannot_be_made_stops_no_publish(plan, data_folder):
    (data_folder / "cadangan").parent.mkdir(exist_ok=True)
    (data_folder / "cadangan").touch()
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.publish()
        assert file.backup_problem
    assert name_of(read_plan(plan)) == "Badan"


def test_a_broken_file_is_kept_and_the_backup_takes_its_place(plan):
    whole = keep_file(plan)
    plan.write_bytes(plan.read_bytes()[:5000])
    broken = plan.read_bytes()
    aside = put_back(whole, plan)
    assert aside is not None
    assert aside.name.startswith("rencana.db.rusak-")
    assert aside.read_bytes() == broken
    assert read_plan(plan) == read_plan(whole.path)


def test_a_file_that_is_gone_comes_back(plan):
    whole = keep_file(plan)
    plan.unlink()
    assert put_back(whole, plan) is None
    assert read_plan(plan) == read_plan(whole.path)


def test_a_damaged_backup_is_not_put_back(plan):
    whole = keep_file(plan)
    raw = bytearray(whole.path.read_bytes())
    raw[-100] ^= 1
    whole.path.write_bytes(raw)
    before = plan.read_bytes()
    with pytest.raises(PlanError):
        put_back(whole, plan)
    assert plan.read_bytes() == before
    assert os.listdir(plan.parent) == [plan.name]

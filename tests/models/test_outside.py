"""Another version in the place of an open plan: found without touching anything, and never overwritten unseen."""

import os

import pytest
from naming_plans import name_of, rename

from models.errors import PlanError
from models.plan_file import PlanFile
from models.reading import read_plan


@pytest.fixture
def elsewhere(plan, tmp_path, monkeypatch):
    """Let another PC rename the agency in the file and publish."""

    def change(text):
        with monkeypatch.context() as patch:
            patch.setenv("RENAKSI_DATA", str(tmp_path / "pc lain"))
            with PlanFile.open(plan) as file:
                rename(file, text)
                file.publish()

    return change


def test_a_file_as_we_know_it_is_nothing_to_tell(plan):
    with PlanFile.open(plan) as file:
        assert file.look_outside() is None
        rename(file, "Badan")
        file.publish()
        assert file.look_outside() is None
        plan.unlink()
        assert file.look_outside() is None


def test_what_another_pc_wrote_upon_ours_holds_all_of_ours(plan, elsewhere):
    with PlanFile.open(plan) as file:
        elsewhere("Kantor")
        found = file.look_outside()
        assert (found.readable, found.holds_ours, file.knows(found)) == (True, True, False)
        rename(file, "Badan")
        assert not file.look_outside().holds_ours
        with pytest.raises(PlanError, match="telah diganti"):
            file.publish()
        assert name_of(read_plan(plan)) == "Kantor"


def test_what_was_accepted_may_be_written_over_and_nothing_newer(plan, elsewhere):
    with PlanFile.open(plan) as file:
        elsewhere("Kantor")
        file.accept(file.look_outside())
        elsewhere("Dinas Lain")
        rename(file, "Badan")
        with pytest.raises(PlanError, match="telah diganti"):
            file.publish()
        file.accept(file.look_outside())
        file.publish()
        assert name_of(read_plan(plan)) == "Badan"


def test_an_accepted_file_is_written_over_though_nothing_was_edited(plan, elsewhere):
    with PlanFile.open(plan) as file:
        before = name_of(read_plan(plan))
        elsewhere("Kantor")
        file.accept(file.look_outside())
        assert not file.published
        file.publish()
        assert name_of(read_plan(plan)) == before


def test_an_older_state_of_ours_in_its_place_is_known(plan):
    first = plan.read_bytes()
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.publish()
        plan.write_bytes(first)
        assert file.knows(file.look_outside())


def test_rubbish_in_its_place_is_kept_aside_and_ours_is_written_again(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        plan.write_bytes(b"bukan rencana")
        found = file.look_outside()
        assert (found.readable, file.knows(found)) == (False, False)
        with pytest.raises(PlanError, match="telah diganti"):
            file.publish()
        aside = file.put_aside()
        file.publish()
        assert aside.read_bytes() == b"bukan rencana"
        assert aside.name.startswith("rencana.db.rusak-")
    assert name_of(read_plan(plan)) == "Badan"


def test_a_file_that_is_as_it_was_found_is_not_read_again(plan, elsewhere, tmp_path):
    with PlanFile.open(plan) as file:
        elsewhere("Kantor")
        found = file.look_outside()
        moment = plan.stat().st_mtime_ns
        with plan.open("rb+") as raw:
            raw.write(b"rusak")
        os.utime(plan, ns=(moment, moment))
        assert file.look_outside(found) == found
        assert not file.look_outside().readable
        rename(file, "Badan")
        assert not file.look_outside(found).holds_ours


def test_looking_leaves_no_trace(plan, elsewhere, data_folder):
    with PlanFile.open(plan) as file:
        elsewhere("Kantor")
        before = (os.listdir(plan.parent), plan.read_bytes(), sorted(p.name for p in data_folder.rglob("*")))
        file.look_outside()
        assert before == (os.listdir(plan.parent), plan.read_bytes(), sorted(p.name for p in data_folder.rglob("*")))

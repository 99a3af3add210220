"""A plan that someone has open: who and since when; read beside them, or as a copy of one's own."""

import getpass
import os
import sqlite3
from datetime import datetime, timedelta

import pytest
from naming_plans import name_of, rename

from models.errors import PlanError
from models.header import NewerError, check_header
from models.lock import PlanOpenError
from models.plan_file import PlanFile
from models.reading import read_plan
from models.schema import VERSION
from models.seal import unseal


def test_the_notice_says_who_has_it_open_and_since_when(plan):
    with PlanFile.open(plan):
        with pytest.raises(PlanOpenError, match="sedang terbuka") as said:
            PlanFile.open(plan)
        holder = said.value.holder
        assert holder is not None
        assert holder.who == getpass.getuser()
        assert abs(datetime.now().astimezone() - holder.since) < timedelta(minutes=1)
        assert f"{holder.since:%H.%M}" in str(said.value)
    PlanFile.open(plan).close()


def test_a_damaged_note_is_no_hindrance(plan, data_folder):
    with PlanFile.open(plan):
        (note,) = (data_folder / "kerja").glob("*.siapa")
        note.write_text("{", encoding="utf-8")
        with pytest.raises(PlanOpenError) as said:
            PlanFile.open(plan)
        assert said.value.holder is None


def test_the_note_goes_with_the_lock(plan, data_folder):
    PlanFile.open(plan).close()
    assert not list((data_folder / "kerja").glob("*.siapa"))


def test_a_folder_that_takes_no_lock_is_told_in_a_sentence(plan, data_folder):
    PlanFile.open(plan).close()
    (lock,) = (data_folder / "kerja").glob("*.kunci")
    lock.unlink()
    lock.mkdir()
    with pytest.raises(PlanError, match="Folder kerja") as said:
        PlanFile.open(plan)
    assert not isinstance(said.value, PlanOpenError)
    lock.rmdir()
    PlanFile.open(plan).close()


def test_a_plan_is_read_beside_the_window_that_has_it_open(plan, data_folder):
    before = plan.read_bytes()
    with PlanFile.open(plan) as mine, PlanFile.open(plan, read_only=True) as theirs:
        assert theirs.rows() == mine.rows()
        assert theirs.history() == mine.history()
        assert theirs.revision == mine.revision
        for refused in (lambda: rename(theirs, "Badan"), theirs.publish, theirs.back_up):
            with pytest.raises(PlanError, match="hanya untuk dibaca"):
                refused()
        rename(mine, "Kantor")
        mine.publish()
        assert name_of(theirs.rows()) != "Kantor", "it shows the plan as it was opened"
    assert plan.read_bytes() != before
    assert os.listdir(plan.parent) == [plan.name]


def test_closing_what_was_only_read_leaves_the_other_windows_working_copy(plan, data_folder):
    with PlanFile.open(plan) as mine:
        rename(mine, "Kantor")
        PlanFile.open(plan, read_only=True).close()
        rename(mine, "Badan")
        mine.publish()
    assert name_of(read_plan(plan)) == "Badan"


def test_what_was_only_read_goes_on_as_a_copy(plan, data_folder):
    copy = plan.with_name("salinan.db")
    with PlanFile.open(plan) as mine, PlanFile.open(plan, read_only=True) as theirs:
        theirs.save_as(copy)
        assert not theirs.read_only
        rename(theirs, "Salinan")
        theirs.publish()
        rename(mine, "Badan")
        mine.publish()
        assert theirs.history()[1:] == mine.history()[1:]
    assert not list(data_folder.rglob("*.salin"))
    assert (name_of(read_plan(copy)), name_of(read_plan(plan))) == ("Salinan", "Badan")


def test_a_file_that_cannot_be_read_is_refused_to_read_only_too(plan):
    plan.write_bytes(plan.read_bytes()[:-4096])
    with pytest.raises(PlanError, match="rusak"):
        PlanFile.open(plan, read_only=True)
    with pytest.raises(PlanError, match="tidak ditemukan"):
        PlanFile.open(plan.with_name("tidak-ada.db"), read_only=True)


def test_a_second_pc_that_published_meanwhile_is_told(plan, tmp_path, monkeypatch):
    with PlanFile.open(plan) as mine:
        assert mine.changed_outside() is None
        monkeypatch.setenv("RENAKSI_DATA", str(tmp_path / "pc lain"))
        with PlanFile.open(plan) as theirs:
            rename(theirs, "Kantor")
            theirs.publish()
        who, when = mine.changed_outside() or ("", "")
        assert who == getpass.getuser()
        assert abs(datetime.now().astimezone() - datetime.fromisoformat(when)) < timedelta(minutes=1)
        plan.write_bytes(b"rusak")
        assert mine.changed_outside() == ("", "")
        plan.unlink()
        assert mine.changed_outside() is None


def test_our_own_publish_is_no_change_of_others(plan):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        file.publish()
        os.utime(plan, (0, 0))
        assert file.changed_outside() is None


def newer(path, oldest):
    """A plan of the next version, whose programs of `oldest` on may show it."""
    unseal(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE besok (id TEXT)")
    connection.execute("ALTER TABLE opd ADD COLUMN kode TEXT")
    connection.execute(f"PRAGMA user_version = {(oldest << 16) + VERSION + 1}")
    connection.close()


@pytest.mark.parametrize("oldest", [0, VERSION + 1])
def test_a_newer_plan_is_refused_with_its_version(plan, oldest):
    newer(plan, oldest)
    for read_only in (False, True):
        with pytest.raises(NewerError, match=f"format {VERSION + 1};") as said:
            PlanFile.open(plan, read_only=read_only)
        assert not said.value.readable


def test_a_newer_plan_that_says_so_can_be_read_and_never_written(plan):
    rows = read_plan(plan)
    newer(plan, VERSION)
    before = plan.read_bytes()
    with pytest.raises(NewerError, match="hanya dapat membukanya untuk dibaca") as said:
        PlanFile.open(plan)
    assert said.value.readable
    with PlanFile.open(plan, read_only=True) as file:
        assert file.rows() == rows
        with pytest.raises(PlanError, match="lebih baru"):
            file.save_as(plan.with_name("salinan.db"))
    assert plan.read_bytes() == before
    assert os.listdir(plan.parent) == [plan.name]


def test_a_newer_plan_with_a_trigger_is_refused_to_read_only_too(plan):
    newer(plan, VERSION)
    connection = sqlite3.connect(plan, isolation_level=None)
    connection.execute("CREATE TRIGGER t AFTER UPDATE ON opd BEGIN DELETE FROM besok; END")
    connection.close()
    with pytest.raises(PlanError, match="rusak"):
        PlanFile.open(plan, read_only=True)


def test_a_file_too_large_to_be_a_plan_is_refused_before_it_is_read(plan):
    with plan.open("rb+") as file:
        file.truncate(600_000_000)
    with pytest.raises(PlanError, match="terlalu besar"):
        check_header(plan)

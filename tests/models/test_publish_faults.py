"""Whatever fails at whatever moment of a publish: a sentence, the old file whole, nothing lost, and a retry works."""

import errno
import os

import pytest
from naming_plans import name_of, rename

from models.errors import PlanError
from models.plan_file import PlanFile
from models.reading import read_plan
from models.seal import check_seal


def is_old_and_retry_works(file, plan, before, text):
    assert plan.read_bytes() == before
    assert not file.published
    file.publish()
    assert file.published
    assert name_of(read_plan(plan)) == text
    assert check_seal(plan)
    assert os.listdir(plan.parent) == [plan.name]


def test_a_disk_that_is_full_after_any_page(plan):
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with PlanFile.open(plan) as file:
        size = plan.stat().st_size
        rename(file, "awal")
        file.publish()
        for n, room in enumerate([*range(0, size, 4096), size - 1]):
            before = plan.read_bytes()
            rename(file, f"Dinas {n}")
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
            try:
                with pytest.raises(PlanError, match=r"penuh|ditulis"):
                    file.publish()
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            is_old_and_retry_works(file, plan, before, f"Dinas {n}")


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("kind", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_the_nth_call_of_the_system_fails(plan, monkeypatch, call, kind):
    real, left = getattr(os, call), [0]

    def fails(*arguments):
        left[0] -= 1
        if left[0] == 0:
            raise OSError(kind, "gagal")
        return real(*arguments)

    with PlanFile.open(plan) as file:
        rename(file, "awal")
        file.publish()
        monkeypatch.setattr(os, call, fails)
        failed = 0
        for n in range(1, 5):
            before = plan.read_bytes()
            rename(file, f"Dinas {n}")
            left[0] = n
            try:
                file.publish()
                assert name_of(read_plan(plan)) == f"Dinas {n}"
            except PlanError:
                failed += 1
                is_old_and_retry_works(file, plan, before, f"Dinas {n}")
    assert failed == 1, "the file itself; that its folder cannot be synced is no failure"


def test_a_working_copy_that_the_disk_damaged_is_not_published(plan, data_folder):
    with PlanFile.open(plan) as file:
        rename(file, "Badan")
        (work,) = (data_folder / "kerja").glob("*.db")
        before = plan.read_bytes()
        with work.open("rb+") as raw:
            raw.seek(5 * 4096)
            raw.write(b"\xff" * 4096)
        with pytest.raises(PlanError, match="Salinan kerja rusak"):
            file.publish()
        assert plan.read_bytes() == before
        assert os.listdir(plan.parent) == [plan.name]

"""A scripted user who edits, takes back, publishes, prints, closes and opens for hours: no leak, and nothing lost."""

import shutil
import sys
import time
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from dose import chance, dose, is_release
from random_edits import KINDS, Step, changes_of

from models.rows import Dokumen
from services.document import Document
from services.export import make_form, render

MOST_GROWTH = 50 * 1024 * 1024
MOST_PUBLISH = 0.5
FORMS = ("triwulan-anggaran", "iku", "perjanjian-kinerja")
TEXTS = (None, "", "-", "0", "19,50", "A", "3 laporan")


def random_step(random: Random) -> Step:
    amount = random.choice([None, 0, random.randrange(10**9)])
    return Step(random.choice(sorted(KINDS)), random.randrange(60), random.randrange(60), random.choice(TEXTS), amount)


def memory() -> int:
    """Bytes in RAM."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


class User:
    """Works on one plan; `publishes` holds the seconds that each publish took."""

    def __init__(self, path: Path, random: Random) -> None:
        self._path, self._random = path, random
        self._document = Document.open(path)
        self.publishes: list[float] = []
        self.actions = 0

    def work(self) -> None:
        """One action, and what an officer does beside it from time to time."""
        document, random = self._document, self._random
        dokumen = document.plan.all(Dokumen)[0].id
        match random.randrange(20):
            case 0 | 1:
                document.undo()
            case 2:
                document.redo()
            case 3 if random.random() < 0.2:
                render(make_form(document.plan, dokumen, random.choice(FORMS)), "pdf", BytesIO())
            case 4 if random.random() < 0.1:
                self.close()
                self._document = Document.open(self._path)
            case _:
                document.edit("acak", changes_of(document.plan, dokumen, random_step(random)))
        self.actions += 1
        if self.actions % 10 == 0:
            at = time.perf_counter()
            self._document.file.publish()
            self.publishes.append(time.perf_counter() - at)

    def close(self) -> None:
        """Publish, close, and see that the file holds what was on the screen."""
        rows = sorted(map(repr, self._document.plan.rows()))
        self._document.file.publish()
        self._document.file.close()
        with Document.open(self._path) as again:
            assert sorted(map(repr, again.plan.rows())) == rows


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the memory from /proc")
def test_a_user_who_never_stops(published, tmp_path, figures):
    random, seed = chance("tak berhenti")
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("lombok-tengah-2022"), path)
    user, seconds = User(path, random), dose(15, 8 * 3600)
    begun, until = None, time.monotonic() + seconds
    while time.monotonic() < until:
        user.work()
        if begun is None and time.monotonic() > until - seconds * 0.7:
            begun = memory()
    user.close()
    grown = memory() - (begun or 0)
    worst = sorted(user.publishes)[int(len(user.publishes) * 0.99)]
    figures(
        f"{user.actions} actions in {seconds} s: memory {grown / 1e6:+.0f} MB after the first third, "
        f"p99 of {len(user.publishes)} publishes {worst * 1000:.0f} ms"
    )
    assert grown < MOST_GROWTH, seed
    if is_release():
        assert worst < MOST_PUBLISH, seed

"""A process that shows a plan in the real window, edits cells one after another, and prints how long each took.

An edit is a text typed into a month of a sub kegiatan, as the grid's editor hands it over, until it is in the file
(fsync), the sums and findings are right, and everything that changed on the window is painted. Between two edits the
plain sqlite3 commit of the same column is timed, on a copy of the same file.
"""

import gc
import json
import shutil
import sqlite3
import sys
from pathlib import Path
from time import perf_counter, process_time

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from bench.window_base import Paints, checked, new_window, opened
from models.rows import Anggaran, DeretAnggaran
from services.month_grid import FIRST_MONTH
from services.rupiah import format_rupiah

WARM_UP = 5


class Plain:
    """The floor: UPDATE and COMMIT, with the journal and the syncing of the working copy."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = TRUNCATE")
        self._connection.execute("PRAGMA synchronous = FULL")

    def update(self, series_id: str, month: int, value: int) -> float:
        """Seconds for one value."""
        begun = perf_counter()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(f"UPDATE deret_anggaran SET b{month + 1:02} = ? WHERE id = ?", (value, series_id))
        self._connection.execute("COMMIT")
        return perf_counter() - begun


class Edits:
    """The window on a plan, with the branch of its first program in the grid."""

    def __init__(self, path: Path) -> None:
        shutil.copyfile(path, path.with_suffix(".plain"))
        self._plain = Plain(path.with_suffix(".plain"))
        self.window = new_window()
        session, self._work = opened(self.window, path)
        checked(self._work)
        self._plan = session.plan
        program = next(a for a in self._plan.all(Anggaran) if a.jenis == "program")
        self._work.show_row(program)
        self._grid = self._work.grid
        ids = [self._grid.model.line(row).row_id for row in range(self._grid.model.rowCount())]
        lines = [line for row_id in ids if (line := self._plan.find(Anggaran, row_id))]
        self._lines = list(dict.fromkeys(line for line in lines if line.jenis == "sub_kegiatan"))
        self._paints = Paints(self._grid.view.months.viewport())
        QApplication.processEvents()

    def edit(self, number: int) -> tuple[float, float, float]:
        """Seconds of the edit, those the processor worked for it, and of the plain update.

        A rupiah or more is added to a month.
        """
        line, month = self._lines[number % len(self._lines)], number % 12
        series = self._plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
        row = self._grid.model.row_of(line.id)
        if series is None or row is None:
            raise RuntimeError(f"{line.nama} has no cash in the grid")
        value = (series.nilai[month] or 0) + 1 + number % 50
        self._grid.view.go_to(row, FIRST_MONTH + month)
        QApplication.processEvents()
        seconds, worked = self._timed(row, month, format_rupiah(value))
        changed = self._plan.get(DeretAnggaran, series.id).nilai[month]
        if changed != value:
            raise RuntimeError(f"the cell holds {changed} instead of {value}")
        return seconds, worked, self._plain.update(series.id, month, value)

    def _timed(self, row: int, month: int, text: str) -> tuple[float, float]:
        painted = self._paints.count
        index = self._grid.model.index(row, FIRST_MONTH + month)
        gc.collect()
        begun, worked = perf_counter(), process_time()
        self._grid.model.setData(index, text)
        QCoreApplication.sendPostedEvents()
        seconds, worked = perf_counter() - begun, process_time() - worked
        if self._paints.count == painted:
            raise RuntimeError("the grid has not been painted")
        return seconds, worked


def run(path: Path, count: int) -> None:
    """Edit so many times and print the times in milliseconds."""
    edits = Edits(path)
    took = [edits.edit(number) for number in range(WARM_UP + count)][WARM_UP:]
    edits.window.close()
    said = zip(("ours", "worked", "plain"), zip(*took, strict=True), strict=True)
    sys.stdout.write(json.dumps({name: [each * 1000 for each in seconds] for name, seconds in said}))


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))

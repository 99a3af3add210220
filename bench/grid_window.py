"""A process that pastes 64 x 12 cells into the grid of a wide branch, or scrolls it; prints milliseconds of each."""

import json
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from bench.window_base import Paints, checked, new_window, opened, timed
from models.rows import BULAN, Anggaran, DeretAnggaran
from services.month_grid import FIRST_MONTH
from ui.grid_panel import GridPanel
from ui.session import Session

ROWS = 64
WARM_UP = 1
HEAD = 2
"""The lines above the sub kegiatan: their kegiatan, and their sum."""
FRAME = 200
"""Pixels of a step of scrolling: half of what is in sight, so that each frame brings new lines."""


def paste(session: Session, grid: GridPanel, paints: Paints, number: int) -> float:
    """Milliseconds of one paste into the first lines; it is one step, and is undone afterwards.

    Raises:
        RuntimeError: the cells do not hold what was pasted, or it was not one step.
    """
    rows = min(ROWS, grid.model.rowCount() - HEAD)
    cells = [[(number + row + 1) * 1000 * month for month in range(1, BULAN + 1)] for row in range(rows)]
    QGuiApplication.clipboard().setText("\n".join("\t".join(map(str, line)) for line in cells))
    grid.view.go_to(HEAD, FIRST_MONTH)
    QApplication.processEvents()
    steps = len(session.document.done)
    took = timed(grid.view.commands.paste, paints)
    last = session.plan.one(DeretAnggaran, "anggaran_id", grid.model.line(HEAD + rows - 1).row_id, "kas")
    if last is None or list(last.nilai) != cells[-1] or len(session.document.done) != steps + 1:
        raise RuntimeError("the paste has not arrived in one step")
    session.undo()
    QApplication.processEvents()
    return took


def scroll(grid: GridPanel, paints: Paints, frames: int) -> list[float]:
    """Milliseconds of each frame, to the end and from the top again."""
    bar = grid.view.months.verticalScrollBar()
    took = []
    for number in range(frames):
        to = number * FRAME % max(bar.maximum(), 1) or 1
        took.append(timed(lambda to=to: bar.setValue(to), paints))  # type: ignore[misc]
    return took


def run(what: str, path: Path, count: int) -> None:
    """Paste or scroll so many times and print the times."""
    window = new_window()
    session, work = opened(window, path)
    checked(work)
    kegiatan = next(line for line in session.plan.all(Anggaran) if line.jenis == "kegiatan")
    work.show_row(kegiatan)
    paints = Paints(work.grid.view.months.viewport())
    QApplication.processEvents()
    if what == "scroll":
        took = scroll(work.grid, paints, count)
    else:
        took = [paste(session, work.grid, paints, number) for number in range(count)][WARM_UP:]
    window.close()
    sys.stdout.write(json.dumps(took))


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))

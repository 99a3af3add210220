"""A process that moves the chart of a plan, and edits a statement in it; prints milliseconds of each until painted."""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bench.window_base import Paints, checked, new_window, opened, timed
from models.rows import Kinerja
from services import edits
from ui.main_window import POHON, MainWindow
from ui.pohon_view import PohonView
from ui.session import Session

STEP = 37
"""Pixels of a frame of panning."""
ZOOMS = (1.0, 0.6, 0.35)
"""Whole boxes, small ones, and those that show their first words only."""
WARM_UP = 2


def shown(window: MainWindow) -> PohonView:
    """The chart, when it is there.

    Raises:
        RuntimeError: it has no boxes.
    """
    window.show_view(POHON)
    view = window.pohon
    while view is None or view._maker.busy:
        QApplication.processEvents()
    QApplication.processEvents()
    if not view.canvas.chart.spots:
        raise RuntimeError("the chart is empty")
    return view


def panned(view: PohonView, frames: int) -> list[float]:
    """Milliseconds of each frame while the chart is moved to and fro, at each zoom."""
    canvas, took = view.canvas, []
    paints = Paints(canvas.viewport())
    for zoom in ZOOMS:
        canvas.set_zoom(zoom)
        canvas.centre(len(canvas.chart.spots) // 2)
        QApplication.processEvents()
        for number in range(frames):
            right = STEP if number // 40 % 2 else -STEP
            took.append(timed(lambda right=right, n=number: canvas.pan(right, 3 if n % 2 else -3), paints))  # type: ignore[misc]
    canvas.set_zoom(1.0)
    return took


def edited(session: Session, view: PohonView, times: int) -> list[float]:
    """Milliseconds of each edit of one statement until the chart shows it.

    Raises:
        RuntimeError: the chart does not show it.
    """
    paints, took = Paints(view.canvas.viewport()), []
    row_id = session.plan.all(Kinerja)[2].id
    view.canvas.choose(row_id)
    QApplication.processEvents()
    for number in range(times + WARM_UP):
        text = f"Meningkatnya layanan {number}" * (number % 3 + 1)
        row = session.plan.get(Kinerja, row_id)
        changes = edits.set_field(row, "uraian", text)
        took.append(timed(lambda changes=changes: session.edit("ubah uraian", changes), paints))  # type: ignore[misc]
        spot = view.canvas.chart.spot_of(row_id)
        if spot is None or view.canvas.chart.spots[spot].node.text != text:
            raise RuntimeError("the chart does not show the edit")
    return took[WARM_UP:]


def run(path: Path, count: int) -> None:
    """Move and edit so many times and print the times."""
    window = new_window()
    session, work = opened(window, path)
    checked(work)
    view = shown(window)
    said = {"frame": panned(view, count), "edit": edited(session, view, count // 5 + 1)}
    window.close()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))

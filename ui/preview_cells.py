"""From a point of the preview to the place in the plan that the cell there shows."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.rows import Aksi, Anggaran, Indikator, Kinerja
from services.cell_places import PagePlaces, Spot, cell_places, spot_of
from services.month_grid import FIRST_MONTH, SATUAN, SETAHUN
from ui.form_source import Snapshot, dress_form, snapshot
from ui.newest import Newest, Step
from ui.toolbar import SUSUN

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session

HINT = "Klik dua kali pada sel: buka di Susun"
NOT_STORED = "Bagian ini tidak berasal dari satu isian. Klik dua kali pada sel tabel, misalnya nama atau angkanya."
GONE = "Baris itu sudah tidak ada di rencana ini."

_COLUMNS = {"target": SETAHUN, "pagu": SETAHUN, "satuan": SATUAN}

Point = tuple[int, float, float]
"""A page from 0, and shares of its width and height."""


class CellFinder(QObject):
    """`found(key)` brings the key of the cell that was asked for, "" where there is none.

    The form is laid out once more, off the GUI thread, for the first cell that is asked for.
    """

    found = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pages: list[PagePlaces] | None = None
        self._point: Point = (0, 0.0, 0.0)
        self._work = Newest(self)
        self._work.finished.connect(self._on_finished)

    def forget(self) -> None:
        """Other pages are shown."""
        self._pages = None
        self._work.stop()

    def find(self, session: "Session", name: str, point: Point) -> None:
        """Look for the cell of a form at a point of its pages."""
        self._point = point
        if self._pages is not None:
            self._tell()
        else:
            self._work.start(partial(_places, snapshot(session), name))

    def _on_finished(self, pages: list[PagePlaces]) -> None:
        self._pages = pages
        self._tell()

    def _tell(self) -> None:
        page, across, down = self._point
        pages = self._pages or []
        self.found.emit(pages[page].key_at(across, down) if page < len(pages) else "")


def show_cell(window: "MainWindow", key: str) -> None:
    """Susun with the cell of a key in hand; in the status line why where there is none."""
    session = window.session
    if session is None:
        return
    spot = spot_of(session.plan, key) if key else None
    if spot is None:
        window.status.showMessage(GONE if key else NOT_STORED, 8000)
        return
    row = spot.row
    at = session.plan.find(Anggaran, row.anggaran_id) if isinstance(row, Aksi) else row
    window.show_view(SUSUN)
    if window.work is None or not isinstance(at, Kinerja | Anggaran | Indikator):
        return
    window.work.show_row(at)
    column = _column(spot)
    if isinstance(row, Aksi):
        window.work.grid.face.set_index(1)
        window.work.grid.setFocus()
    elif column is None or not window.work.grid.go_to(at.id, column):
        window.work.tree.view.setFocus()


def _column(spot: Spot) -> int | None:
    """The column of the grid that shows the value; None for what the tree and the details show."""
    return FIRST_MONTH + spot.month if spot.month is not None else _COLUMNS.get(spot.column)


def _places(of: Snapshot, name: str, step: Step) -> list[PagePlaces]:
    form = dress_form(of.plan(), of.dokumen_id, name, of.findings, of.code).form
    return cell_places(form, lambda count: step(0, count))

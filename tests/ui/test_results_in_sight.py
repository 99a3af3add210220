"""Every way to a value of what was reached or spent leads to the face Realisasi, in the cell that holds it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.plan import Plan
from models.rows import Anggaran, Indikator, TahunAnggaran, TahunIndikator, new_id
from services.edits import set_field
from services.history_view import shown
from services.month_grid import FIRST_MONTH, JUMLAH, Kind
from services.realisasi import PEMBILANG, PENYEBUT, set_counts, set_note, set_results, set_spending
from services.search import SearchIndex
from ui.faces import REALISASI, RENCANA
from ui.find_go import show_hit
from ui.history_go import go_to
from ui.history_place import show_step
from ui.main_window import MainWindow
from ui.work_page import WorkPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
CTRL = Qt.KeyboardModifier.ControlModifier
GOAL, LINE = "k2-02-i1", "a3-03"
Make = Callable[[Plan, Indikator, Anggaran], tuple[Change, ...]]


def _of_year(line: Anggaran) -> tuple[Change, ...]:
    row = TahunAnggaran(
        id=new_id(),
        dokumen_id=line.dokumen_id,
        anggaran_id=line.id,
        urutan=0,
        jenis="realisasi",
        tahun="2022",
        nilai=987123,
    )
    return (Change(None, row),)


def _of_year_reached(goal: Indikator) -> tuple[Change, ...]:
    row = TahunIndikator(
        id=new_id(),
        dokumen_id=goal.dokumen_id,
        indikator_id=goal.id,
        urutan=0,
        jenis="realisasi",
        tahun="2022",
        nilai="73,73",
    )
    return (Change(None, row),)


@dataclass(frozen=True)
class Case:
    """`words`: what is looked for; `column` of the face Realisasi; `kind` of the line."""

    make: Make
    words: str
    column: int
    kind: Kind = "target"


CASES = {
    "hasil": Case(lambda p, g, a: set_results(p, g, {2: "30,25"}), "30,25", FIRST_MONTH + 2),
    "uang": Case(lambda p, g, a: set_spending(p, a, {2: 987123}, kumulatif=False), "987123", FIRST_MONTH + 2, "kas"),
    "pembilang": Case(lambda p, g, a: set_counts(p, g, PEMBILANG, {5: "7171"}), "7171", FIRST_MONTH + 5, "pembilang"),
    "penyebut": Case(lambda p, g, a: set_counts(p, g, PENYEBUT, {5: "7272"}), "7272", FIRST_MONTH + 5, "penyebut"),
    "catatan": Case(lambda p, g, a: set_note(p, g, 6, {"kendala": "banjir bandang"}), "bandang", FIRST_MONTH + 5),
    "setahun": Case(lambda p, g, a: set_field(g, "realisasi", "71,71"), "71,71", JUMLAH),
    "setahun per tahun": Case(lambda p, g, a: _of_year_reached(g), "73,73", JUMLAH),
    "uang setahun": Case(lambda p, g, a: _of_year(a), "987123", JUMLAH, "kas"),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, window: MainWindow) -> Case:
    """The value is in the plan, and the grid shows the plan of another row."""
    made = CASES[request.param]
    session, work = window.session, window.work
    assert session is not None
    assert work is not None
    goal = next(row for row in session.plan.all(Indikator) if row.asal_id == GOAL)
    line = next(row for row in session.plan.all(Anggaran) if row.asal_id == LINE)
    assert session.edit("isi realisasi", made.make(session.plan, goal, line))
    away(work, next(row for row in session.plan.all(Anggaran) if row.asal_id == "a2-01"))
    return made


def away(work: WorkPage, line: Anggaran) -> None:
    work.show_row(line)
    work.grid.face.set_index(RENCANA)


def assert_there(work: WorkPage, case: Case) -> None:
    assert work.grid.face.index() == REALISASI
    caret = work.grid.view.grid_cursor.caret
    assert caret is not None
    line = work.grid.model.line(caret[0])
    assert (line.kind, caret[1]) == (case.kind, case.column)
    row = work.grid.model.session.plan.find(Anggaran if case.kind == "kas" else Indikator, line.row_id)
    assert getattr(row, "asal_id", None) == (LINE if case.kind == "kas" else GOAL)


def look_for(window: MainWindow, case: Case, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(window.bar.finder, case.words)
    popup = window.bar.finder.popup
    assert popup is not None
    hits = [popup.model.hit(at) for at in range(popup.model.rowCount())]
    hit = next(hit for hit in hits if hit is not None and case.words in hit.text.replace(".", ""))
    show_hit(window, hit, case.words)


def test_the_search_the_history_and_a_step_lead_there(window: MainWindow, case: Case, qtbot: QtBot) -> None:
    session, work = window.session, window.work
    assert session is not None
    assert work is not None
    elsewhere = next(row for row in session.plan.all(Anggaran) if row.asal_id == "a2-01")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    look_for(window, case, qtbot)
    assert_there(work, case)
    away(work, elsewhere)
    (entry,) = [one for one in session.document.file.history() if one[9] == "isi realisasi"]
    (happened,) = shown(session.plan, [entry])
    assert go_to(window, happened) == ""
    assert_there(work, case)
    away(work, elsewhere)
    # A step of an earlier day does not tell where it was done.
    show_step(window, replace(session.document.done[0], place=None))
    assert work.grid.face.index() == REALISASI
    grid = work.grid
    rows = [row for row in range(grid.model.rowCount()) if grid.model.line(row).kind == case.kind]
    assert any(in_sight(work, row, case.column) for row in rows)


def in_sight(work: WorkPage, row: int, column: int) -> bool:
    table = work.grid.view.months
    return table.viewport().rect().contains(table.visualRect(work.grid.model.index(row, column)).center())


def test_another_year_is_no_cell_of_this_one(window: MainWindow) -> None:
    session, work = window.session, window.work
    assert session is not None
    assert work is not None
    goal = next(row for row in session.plan.all(Indikator) if row.asal_id == GOAL)
    row = TahunIndikator(
        id=new_id(),
        dokumen_id=goal.dokumen_id,
        indikator_id=goal.id,
        urutan=0,
        jenis="realisasi",
        tahun="2019",
        nilai="73,73",
    )
    assert session.edit("isi realisasi", (Change(None, row),))
    index = SearchIndex(session.plan, session.dokumen_id)
    (found,) = index.find("73,73")
    hit = index.hit(found, "73,73")
    assert hit is not None
    show_hit(window, hit, "73,73")
    assert work.tree.current_row() == session.plan.get(Indikator, goal.id)
    assert work.tree.view.hasFocus()

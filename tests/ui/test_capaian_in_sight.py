"""The face Capaian opens on the period that the capaian is as of, not on the months before it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.rows import Indikator
from services.forms.realisasi_sampai import set_as_of
from services.month_grid import FIRST_MONTH, FIRST_QUARTER
from services.periods import Sampai
from services.realisasi import set_results
from tests.ui.grid import new_panel
from ui.faces import CAPAIAN, RENCANA
from ui.grid_panel import GridPanel
from ui.session import Session


def in_sight(panel: GridPanel, column: int) -> bool:
    table = panel.view.months
    rect = table.visualRect(panel.model.index(0, column))
    return rect.left() >= 0 and rect.right() <= table.viewport().width()


@pytest.mark.parametrize(
    ("sampai", "column"),
    [(Sampai(9, True), FIRST_QUARTER + 2), (Sampai(8), FIRST_MONTH + 7), (Sampai(1), FIRST_MONTH)],
)
def test_the_period_is_in_sight(session: Session, qtbot: QtBot, sampai: Sampai, column: int) -> None:
    goal = next(row for row in session.plan.all(Indikator) if row.asal_id == "k2-02-i1")
    assert session.edit("isi", set_results(session.plan, goal, {8: "30,25"}))
    assert session.edit("periode", set_as_of(session.plan, session.dokumen_id, sampai))
    panel = new_panel(session, qtbot, width=760)
    panel.show_branch(goal)
    panel.view.reveal((0, FIRST_MONTH if column > FIRST_QUARTER else FIRST_QUARTER + 3))
    assert not in_sight(panel, column)
    panel.face.button(CAPAIAN).click()
    assert in_sight(panel, column)
    panel.face.set_index(RENCANA)
    qtbot.keyClick(panel, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)

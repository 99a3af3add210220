"""The grid of a large branch: only what is in sight is computed, and an edit far down is right everywhere."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, new_id
from services.month_grid import FIRST_MONTH
from tests.ui.grid import new_panel
from ui.grid_panel import GridPanel
from ui.session import Session

LINES = 1000


@pytest.fixture
def large(session: Session, qtbot: QtBot) -> GridPanel:
    """A program with a thousand sub kegiatan, as many as no real one has."""
    line = next(a for a in session.plan.all(Anggaran) if a.jenis == "sub_kegiatan" and a.pagu)
    series = session.plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    assert series is not None
    program = replace(line, id=new_id(), jenis="program", induk_id=None, nama="Program besar", asal_id=None)
    changes = [Change(None, program)]
    for i in range(LINES):
        copy = replace(line, id=new_id(), induk_id=program.id, nama=f"{line.nama} nomor {i}", urutan=i, asal_id=None)
        changes += [Change(None, copy), Change(None, replace(series, id=new_id(), anggaran_id=copy.id))]
    session.edit("isi", changes)
    panel = new_panel(session, qtbot, 1038, 500)
    panel.show_branch(program)
    QApplication.processEvents()
    assert panel.model.rowCount() == LINES + 2
    return panel


def test_scrolling_computes_what_comes_in_sight(large: GridPanel) -> None:
    bar = large.view.months.verticalScrollBar()
    assert bar.maximum() > 20_000
    bar.setValue(bar.maximum() // 2)
    QApplication.processEvents()
    assert len(large.model._cache) < 120


def test_only_what_is_in_sight_is_computed(large: GridPanel) -> None:
    assert len(large.model._cache) < 60


def test_an_edit_far_down_is_right_in_its_line_and_in_the_sum(session: Session, large: GridPanel) -> None:
    """Far down, so that the sum at the top is out of sight; both are right afterwards."""
    model = large.model
    large.view.go_to(LINES - 5, FIRST_MONTH)
    sums = int(model.text(1, FIRST_MONTH + 11).replace(".", ""))
    old = int(model.text(LINES - 5, FIRST_MONTH + 11).replace(".", ""))
    index = model.index(LINES - 5, FIRST_MONTH + 11)
    assert model.setData(index, "1008")
    assert int(model.text(1, FIRST_MONTH + 11).replace(".", "")) == sums - old + 1008


def test_selecting_everything_does_not_ask_every_cell(large: GridPanel) -> None:
    large.view.grid_cursor.select_all()
    QApplication.processEvents()
    assert len(large.model._cache) < 60

"""The twelve-month grid: what it shows, and what keys do to it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.rows import Anggaran, DeretAnggaran, DeretIndikator, Indikator, Kinerja
from services import edits
from services.grid_arrange import Condition
from services.month_grid import FIRST_MONTH, JUMLAH, SELISIH, SETAHUN, URAIAN
from ui import roles
from ui.grid_model import GridModel
from ui.grid_panel import GridPanel
from ui.session import Session

MARET = FIRST_MONTH + 2


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[GridPanel]:
    panel = GridPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1030, 400)
    panel.show()
    return panel


def kas(session: Session, line: Anggaran) -> tuple[int | None, ...]:
    series = session.plan.one(DeretAnggaran, "anggaran_id", line.id, "kas")
    assert series is not None
    return series.nilai


def select(panel: GridPanel, top: int, left: int, bottom: int, right: int) -> None:
    panel.view.go_to(top, left)
    model = panel.model
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    panel.view.frozen.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_the_model_keeps_the_contract_around_edits(session: Session, by_id: Callable) -> None:
    model = GridModel(session)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    line = by_id(Anggaran, "a3-03")
    model.show_branch(line)
    session.edit("kas", edits.set_cash(session.plan, line, 3, 7, kumulatif=True))
    model.set_kumulatif(False)
    session.edit("tambah", edits.add_anggaran(session.plan, session.dokumen_id, "sub_kegiatan", line))
    session.undo()
    model.sort_by(SETAHUN, True)
    model.fold(line.id)
    assert model.rowCount() == 1
    model.filter_column(URAIAN, Condition(URAIAN, "berisi", "bahan"))
    session.edit("kas", edits.set_cash(session.plan, line, 3, 8, kumulatif=True))
    model.show_all()
    model.sort_by(SETAHUN, None)
    session.edit("hapus", edits.remove(session.plan, line))
    assert model.rowCount() == 0
    session.undo()
    assert tester


def test_a_sasaran_shows_its_indicators_the_sum_of_its_programs_and_their_lines(
    session: Session, by_id: Callable, panel: GridPanel
) -> None:
    panel.show_branch(by_id(Indikator, "k2-02-i1"))
    model = panel.model
    kinds = [model.line(row).kind for row in range(model.rowCount())]
    assert kinds == ["target", "target", "jumlah", "kas", "kas", "kas", "kas", "kas", "kas"]
    assert model.text(0, SETAHUN) == "27,00"
    assert model.text(2, URAIAN) == "Kas · jumlah 3 program"
    assert model.text(2, SETAHUN) == "10.348.836.794"
    assert model.text(2, FIRST_MONTH + 1) == "1.530.901.846"
    april = model.index(5, FIRST_MONTH + 3)
    assert (april.data(), april.data(roles.LEVEL)) == ("167.454.171", "peringatan")


def test_single_months_quarters_and_differences_are_those_of_the_drawing(
    session: Session, by_id: Callable, panel: GridPanel
) -> None:
    panel.show_branch(by_id(Anggaran, "a3-03"))
    panel.mode.set_index(1)
    model = panel.model
    assert [model.text(0, c) for c in range(FIRST_MONTH + 10, SELISIH + 1)] == [
        *("40.900.000", "1.739.884", "67.919.650", "67.919.650", "84.559.533", "51.279.767", "271.678.600", "0")
    ]
    assert model.text(1, URAIAN) == "Jumlah 6 sub kegiatan"
    assert model.text(2, FIRST_MONTH + 10) == ""


def test_typing_replaces_and_enter_commits_and_goes_down(
    session: Session, by_id: Callable, panel: GridPanel, qtbot: QtBot
) -> None:
    line = by_id(Anggaran, "a2-01")
    panel.show_branch(line)
    panel.view.go_to(0, MARET)
    table = panel.view.months
    qtbot.keyClicks(table, "1")
    editor = table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "9.000.000")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kas(session, line)[2] == 19_000_000)
    assert panel.view.current().row() == 1
    assert session.document.undo_label == "ubah kas Maret, Program Pelayanan Izin Usah..."


def test_text_in_a_rupiah_cell_is_refused_and_stays_in_the_editor(
    session: Session, by_id: Callable, panel: GridPanel, qtbot: QtBot
) -> None:
    line = by_id(Anggaran, "a2-01")
    before = kas(session, line)
    panel.show_branch(line)
    panel.view.go_to(0, MARET)
    qtbot.keyClick(panel.view.months, Qt.Key.Key_F2)
    editor = panel.view.months.findChild(QLineEdit)
    editor.setText("tiga juta")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert editor.text() == "tiga juta"
    assert kas(session, line) == before
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert kas(session, line) == before


def test_text_in_a_target_is_kept_as_typed(session: Session, by_id: Callable, panel: GridPanel) -> None:
    indikator = by_id(Indikator, "k2-01-i1")
    panel.show_branch(by_id(Kinerja, "k2-01"))
    assert panel.model.setData(panel.model.index(0, MARET), "3 laporan")
    series = session.plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    assert series is not None
    assert series.nilai[2] == "3 laporan"


def test_empty_strip_and_zero_stay_three_things(session: Session, by_id: Callable, panel: GridPanel) -> None:
    indikator, line = by_id(Indikator, "k2-01-i1"), by_id(Anggaran, "a2-01")
    panel.show_branch(by_id(Kinerja, "k2-01"))
    for place, text in enumerate(("", "-", "0")):
        panel.model.setData(panel.model.index(0, FIRST_MONTH + place), text)
    series = session.plan.one(DeretIndikator, "indikator_id", indikator.id, "target")
    assert series is not None
    assert series.nilai[:3] == (None, "-", "0")
    row = panel.model.row_of(line.id)
    assert row is not None
    for place, text in enumerate(("", "-", "0")):
        panel.model.setData(panel.model.index(row, FIRST_MONTH + place), text)
    assert kas(session, line)[:3] == (None, 0, 0)


def test_delete_empties_the_selection_as_one_undo_step(
    session: Session, by_id: Callable, panel: GridPanel, qtbot: QtBot
) -> None:
    line = by_id(Anggaran, "a3-03")
    before = kas(session, line)
    panel.show_branch(line)
    select(panel, 0, FIRST_MONTH, 0, FIRST_MONTH + 3)
    qtbot.keyClick(panel.view.months, Qt.Key.Key_Delete)
    assert kas(session, line) == (None, None, None, None, *before[4:])
    session.undo()
    assert kas(session, line) == before


def test_a_single_month_moves_the_later_totals_and_leaves_the_other_months(
    session: Session, by_id: Callable, panel: GridPanel
) -> None:
    line = by_id(Anggaran, "a2-01")
    panel.show_branch(line)
    panel.mode.set_index(1)
    months = [panel.model.text(0, FIRST_MONTH + m) for m in range(12)]
    panel.model.setData(panel.model.index(0, MARET), "7.262.080")
    after = [panel.model.text(0, FIRST_MONTH + m) for m in range(12)]
    assert after == [*months[:2], "7.262.080", *months[3:]]
    assert kas(session, line)[11] == 75_144_905 + 1_000_000
    assert panel.model.text(0, SELISIH) == "-1.000.000"
    assert panel.model.index(0, FIRST_MONTH + 11).data(roles.LEVEL) == "galat"


def test_tab_runs_over_the_seam_of_the_frozen_columns(by_id: Callable, panel: GridPanel, qtbot: QtBot) -> None:
    panel.show_branch(by_id(Anggaran, "a2-01"))
    panel.view.go_to(0, SETAHUN)
    qtbot.keyClick(panel.view.frozen, Qt.Key.Key_Tab)
    assert panel.view.current().column() == FIRST_MONTH
    qtbot.keyClick(panel.view.months, Qt.Key.Key_Left)
    assert panel.view.current().column() == SETAHUN


def test_sums_and_quarters_take_no_typing(by_id: Callable, panel: GridPanel) -> None:
    panel.show_branch(by_id(Anggaran, "a3-03"))
    model = panel.model
    for row, column in ((1, FIRST_MONTH), (1, SETAHUN), (0, JUMLAH), (0, SELISIH), (0, FIRST_MONTH + 12)):
        assert not model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable
        assert not model.setData(model.index(row, column), "5")


def test_both_halves_keep_one_height_and_scroll_together(by_id: Callable, panel: GridPanel, qtbot: QtBot) -> None:
    panel.show_branch(by_id(Kinerja, "k2-02"))
    view = panel.view
    assert all(view.frozen.rowHeight(r) == view.months.rowHeight(r) for r in range(panel.model.rowCount()))
    heights = [view.frozen.rowHeight(r) for r in range(panel.model.rowCount())]
    panel.show_branch(by_id(Anggaran, "a3-03"))
    assert [view.frozen.rowHeight(r) for r in range(8)] == [40, 24, 40, 40, 24, 40, 24, 40]
    panel.show_branch(by_id(Kinerja, "k2-02"))
    assert [view.frozen.rowHeight(r) for r in range(panel.model.rowCount())] == heights
    view.months.verticalScrollBar().setValue(40)
    assert view.frozen.verticalScrollBar().value() == 40
    qtbot.waitUntil(lambda: view.frozen.viewport().height() == view.months.viewport().height())


def test_a_figure_typed_into_a_quarter_moves_nothing(
    session: Session, by_id: Callable, panel: GridPanel, qtbot: QtBot
) -> None:
    panel.show_branch(by_id(Kinerja, "k2-02"))
    panel.view.go_to(0, FIRST_MONTH + 12)
    qtbot.keyClicks(panel.view.months, "18")
    assert (panel.view.current().row(), panel.view.current().column()) == (0, FIRST_MONTH + 12)
    assert session.document.undo_label is not None
    assert "target" not in session.document.undo_label


def test_tab_behind_december_goes_to_the_next_lines_january_and_enter_below_where_it_began(
    by_id: Callable, panel: GridPanel, qtbot: QtBot
) -> None:
    panel.show_branch(by_id(Anggaran, "a3-03"))
    months = panel.view.months
    panel.view.go_to(2, FIRST_MONTH + 10)
    for _ in range(2):
        qtbot.keyClick(months, Qt.Key.Key_Tab)
    assert (panel.view.current().row(), panel.view.current().column()) == (3, FIRST_MONTH)
    qtbot.keyClick(months, Qt.Key.Key_Return)
    assert (panel.view.current().row(), panel.view.current().column()) == (4, FIRST_MONTH + 10)

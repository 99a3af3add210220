"""Bagi over the selected rows of the grid: one dialog, one step, and what is left out is said."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.changes import Change
from models.rows import Anggaran, Indikator
from services.bagi_cara import Cara
from tests.ui.grid import ALT, CTRL, JAN, kas, new_panel, press, targets
from ui import bagi_rows
from ui.bagi_dialog import BagiDialog
from ui.bagi_rows import BARIS, HASIL, BagiRowsDialog
from ui.grid_panel import GridPanel
from ui.session import Session

Key = Qt.Key


@pytest.fixture
def panel(session: Session, qtbot: QtBot, by_id: Callable) -> GridPanel:
    """Two indicators, a sum, and the programs that support them."""
    panel = new_panel(session, qtbot)
    panel.show_branch(by_id(Indikator, "k2-02-i1"))
    return panel


def in_dialog(act: Callable[[BagiRowsDialog], object]) -> None:
    def do() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BagiRowsDialog)
        try:
            act(dialog)
        finally:
            dialog.reject()

    QTimer.singleShot(0, do)


def results(dialog: BagiRowsDialog) -> list[str]:
    items = [dialog.list.topLevelItem(i) for i in range(dialog.list.topLevelItemCount())]
    return [item.text(HASIL) for item in items if item is not None]


def test_all_selected_rows_are_spread_by_their_own_year_in_one_step(session: Session, panel: GridPanel) -> None:
    lines = [session.plan.get(Anggaran, panel.model.line(row).row_id) for row in (3, 4, 5)]
    indikator = session.plan.get(Indikator, panel.model.line(0).row_id)
    before = [kas(session, line) for line in lines], targets(session, indikator)
    panel.view.grid_cursor.put((0, JAN), (5, JAN))

    def divide(dialog: BagiRowsDialog) -> None:
        assert dialog.sentence.text() == "5 baris dibagi."
        QTest.keyClick(dialog, Key.Key_Return)

    in_dialog(divide)
    press(panel, Key.Key_B, CTRL)
    assert [kas(session, line)[11] for line in lines] == [line.pagu for line in lines]
    assert [kas(session, line)[0] for line in lines] == [(line.pagu or 0) // 12 for line in lines]
    assert targets(session, indikator)[:2] == ("2,25", "4,50")
    assert session.document.undo_label == "bagi setahun ke bulan, 5 baris"
    session.undo()
    assert ([kas(session, line) for line in lines], targets(session, indikator)) == before


def test_rows_left_out_are_listed_with_the_reason_and_keep_what_they_say(session: Session, panel: GridPanel) -> None:
    bare = session.plan.get(Anggaran, panel.model.line(4).row_id)
    session.edit("pagu", [Change(bare, replace(bare, pagu=None))])
    before = kas(session, bare)
    panel.view.grid_cursor.put((3, JAN), (5, JAN))

    def divide(dialog: BagiRowsDialog) -> None:
        assert results(dialog) == ["dibagi", "dilewati: Pagu belum diisi. Isi pagu baris ini dahulu.", "dibagi"]
        assert dialog.sentence.text() == "2 baris dibagi; 1 dilewati, isinya tetap."
        dialog.accept()

    said: list[str] = []
    session.failed.connect(said.append)
    in_dialog(divide)
    press(panel, Key.Key_B, CTRL)
    assert said[0].startswith("2 baris dibagi; 1 dilewati. Pemberdayaan Usaha Mikro")
    assert said[0].endswith("...: Pagu belum diisi. Isi pagu baris ini dahulu.")
    assert kas(session, bare) == before
    assert session.document.undo_label == "bagi pagu ke bulan, 2 baris"


def test_a_way_that_fits_no_row_cannot_be_done(session: Session, panel: GridPanel) -> None:
    panel.view.grid_cursor.put((3, JAN), (5, JAN))

    def look(dialog: BagiRowsDialog) -> None:
        dialog.ways.buttons[Cara.SEBANDING].click()
        assert not dialog.divide_button.isEnabled()
        dialog.ways.buttons[Cara.SAMA].click()
        assert dialog.sentence.text() == "Tulis jumlah untuk tiap bulan."
        QTest.keyClicks(dialog.ways.amount, "1,5 juta")
        assert dialog.sentence.text() == "Tidak ada baris yang dapat dibagi."
        step = session.document.undo_label
        dialog.accept()
        assert session.document.undo_label == step

    in_dialog(look)
    press(panel, Key.Key_B, CTRL)


def test_many_rows_are_worked_out_some_at_a_time(
    session: Session, panel: GridPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bagi_rows, "AT_A_TIME", 2)
    rows = [line for line in session.plan.all(Anggaran) if line.pagu][:7]
    dialog = BagiRowsDialog(session, rows)
    qtbot.addWidget(dialog)
    assert not dialog.divide_button.isEnabled()
    assert dialog.sentence.text() == "Menghitung, 2 dari 7 baris."
    qtbot.waitUntil(dialog.divide_button.isEnabled)
    assert results(dialog) == ["dibagi"] * 7
    assert [dialog.list.topLevelItem(i).text(BARIS) for i in (0, 6)] == [" ".join(rows[i].nama.split()) for i in (0, 6)]


def test_arrows_go_round_the_ways_and_each_has_its_letter(session: Session, panel: GridPanel, qtbot: QtBot) -> None:
    row = session.plan.get(Anggaran, panel.model.line(3).row_id)
    dialog = BagiDialog(session, row)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    first, *_, last = dialog.ways.buttons
    QTest.keyClick(dialog.ways.buttons[first], Key.Key_Up)
    assert dialog.ways.cara() is last
    assert dialog.ways.buttons[last].hasFocus()
    QTest.keyClick(dialog.ways.buttons[last], Key.Key_Down)
    assert dialog.ways.cara() is first
    QTest.keyClick(dialog.ways.buttons[first], Key.Key_Up)
    QTest.keyClick(dialog.ways.buttons[last], Key.Key_Up)
    assert dialog.ways.cara() is Cara.SAMA
    words = [*(button.text() for button in dialog.ways.buttons.values()), dialog.keep.text()]
    words += [dialog.cancel_button.text(), dialog.divide_button.text()]
    words += [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    letters = [text[text.index("&") + 1].casefold() for text in words if "&" in text]
    assert len(letters) >= len(dialog.ways.buttons) + 5
    assert len(letters) == len(set(letters))
    QTest.keyClick(dialog, Key.Key_M, ALT)
    qtbot.waitUntil(lambda: dialog.ways.cara() is Cara.POLA)

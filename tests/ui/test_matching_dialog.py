"""Cocokkan cetakan: a code that is typed or scanned, and what is answered."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from models.changes import Change
from models.rows import Anggaran
from ui.history_model import MENJADI, SEMULA, TEMPAT
from ui.main_window import MainWindow
from ui.matching_dialog import MatchingDialog, match_print


@pytest.fixture
def window(published: Callable[[str], Path], tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on one plan, with another one in the list of recent plans."""
    made = MainWindow()
    made.resize(1366, 738)
    made.show()
    for name in ("lombok-tengah-2022", "bone-2023"):
        shutil.copyfile(published(name), tmp_path / f"{name}.db")
        made.show_start()
        assert made.open_plan(tmp_path / f"{name}.db")
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[MatchingDialog]:
    match_print(window)
    (made,) = window.findChildren(MatchingDialog)
    yield made
    if isValid(made):
        made.close()


def scan(qtbot: QtBot, dialog: MatchingDialog, code: str) -> str:
    """What a scanner does: the signs, then Enter. Returns the answer."""
    qtbot.keyClicks(dialog.code, code)
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    return dialog.answer.text()


def change(window: MainWindow, pagu: int) -> Anggaran:
    assert window.session is not None
    line = window.session.plan.all(Anggaran)[0]
    window.session.edit("ubah pagu", [Change(line, replace(line, pagu=pagu))])
    return line


def test_a_paper_of_now_and_one_of_before(qtbot: QtBot, window: MainWindow, dialog: MatchingDialog) -> None:
    assert window.session is not None
    line = change(window, 5)
    code = window.session.document.file.revision
    assert "tidak ada yang berubah" in scan(qtbot, dialog, code)
    assert not dialog.view.isVisible()
    change(window, 6)
    change(window, 7)
    answer = scan(qtbot, dialog, f"{code[:5].upper()} {code[5:].replace('0', 'O').replace('1', 'l')}")
    assert "1 isian berubah dalam 2 langkah" in answer
    assert "ubah pagu" in answer
    assert dialog.model.rowCount() == 1
    assert [dialog.model.index(0, column).data() for column in (SEMULA, MENJADI)] == ["5", "7"]
    assert line.nama in dialog.model.index(0, TEMPAT).data()
    dialog.go()
    assert window.work is not None
    current = window.work.tree.current_row()
    assert current is not None
    assert current.id == line.id


def test_what_is_no_code_is_said(qtbot: QtBot, dialog: MatchingDialog) -> None:
    assert "angka 0 sampai 9" in scan(qtbot, dialog, "kertas")
    assert dialog.answer.level == "galat"
    assert "10 angka dan huruf" in scan(qtbot, dialog, "12345")


def test_another_plan_of_this_pc_is_named_and_opened(
    qtbot: QtBot, window: MainWindow, dialog: MatchingDialog, tmp_path: Path
) -> None:
    from models.history_reading import HistoryReader
    from models.plan_file import PlanFile

    other = tmp_path / "lombok-tengah-2022.db"
    with PlanFile.open(other, read_only=True) as file:
        code = HistoryReader(file).before(10**9, 1)[0][10][:10]
    answer = scan(qtbot, dialog, code)
    assert "lombok-tengah-2022.db (Dinas Koperasi dan UKM, 2022 Murni)" in answer
    assert dialog.open_button.isVisible()
    dialog.open_other()
    assert window.windows.of(other) is not None
    window.windows.of(other).close()  # type: ignore[union-attr]


def test_a_code_of_no_plan(qtbot: QtBot, dialog: MatchingDialog) -> None:
    answer = scan(qtbot, dialog, "0123456789")
    assert "bukan dari rencana ini" in answer
    assert "1 rencana lain" in answer
    assert not dialog.open_button.isVisible()


def test_without_an_open_plan_the_recent_ones_are_tried(qtbot: QtBot, window: MainWindow) -> None:
    assert window.session is not None
    code = window.session.document.file.revision
    window.show_start()
    match_print(window)
    (dialog,) = window.findChildren(MatchingDialog)
    assert "bone-2023.db" in scan(qtbot, dialog, code)
    assert "tidak ditemukan" in scan(qtbot, dialog, "0123456789")
    dialog.close()


def test_it_closes_with_its_plan(qtbot: QtBot, window: MainWindow, dialog: MatchingDialog) -> None:
    with qtbot.waitSignal(dialog.destroyed):
        window.show_start()

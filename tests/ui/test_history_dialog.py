"""The history beside the plan: listed, narrowed down, gone to, put back, exported."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from plan_window import plan_window
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from models.changes import Change
from models.rows import Anggaran, DeretAnggaran, Indikator, Kinerja
from services.edits import remove, set_cash
from services.history_view import Happened
from services.month_grid import FIRST_MONTH, SETAHUN
from ui.history_bar import WHEN
from ui.history_dialog import HistoryDialog, show_cell_history, show_history
from ui.history_model import ISIAN, MENJADI, SEMULA, TEMPAT, HistoryModel
from ui.main_window import MainWindow


def press(button: str) -> None:
    """Press a button of the question that is about to come, whenever that is."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            next(b for b in box.buttons() if b.text().replace("&", "") == button).click()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


@pytest.fixture
def window(published: Callable[[str], Path], tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on a plan that was imported once for all tests."""
    path = tmp_path / "rencana.db"
    shutil.copyfile(published("buleleng-2022"), path)
    with plan_window(path) as made:
        yield made


@pytest.fixture
def line(window: MainWindow) -> Anggaran:
    """A sub kegiatan with a cash plan, whose pagu was changed twice and its cash once."""
    session = window.session
    assert session is not None
    plan = session.plan
    found = next(
        row
        for row in plan.all(Anggaran)
        if row.jenis == "sub_kegiatan" and plan.one(DeretAnggaran, "anggaran_id", row.id, "kas")
    )
    for pagu in (111, 222):
        now = plan.get(Anggaran, found.id)
        session.edit("ubah pagu", [Change(now, replace(now, pagu=pagu))])
    session.edit("ubah kas", set_cash(plan, plan.get(Anggaran, found.id), 11, 9, kumulatif=True))
    return plan.get(Anggaran, found.id)


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, line: Anggaran) -> Iterator[HistoryDialog]:
    """The history of that plan, shown."""
    show_history(window)
    (made,) = window.findChildren(HistoryDialog)
    yield made
    if isValid(made):
        made.close()


def settle(qtbot: QtBot, dialog: HistoryDialog) -> None:
    """Until the filters have been carried out."""
    qtbot.waitUntil(lambda: not dialog.bar._soon.isActive() and not dialog.searching, timeout=20_000)


def texts(dialog: HistoryDialog, column: int, rows: int = 3) -> list[str]:
    return [dialog.model.index(row, column).data() for row in range(min(rows, dialog.model.rowCount()))]


def pagu_of(window: MainWindow, line: Anggaran) -> int | None:
    assert window.session is not None
    return window.session.plan.get(Anggaran, line.id).pagu


def test_all_changes_are_listed_at_once_the_newest_first(dialog: HistoryDialog, line: Anggaran) -> None:
    assert not dialog.searching
    assert dialog.model.rowCount() == dialog._reader.ends()[1] > 400
    assert texts(dialog, ISIAN) == ["kas Desember", "pagu", "pagu"]
    assert texts(dialog, TEMPAT)[1] == f"Sub kegiatan {line.nama}"
    assert (texts(dialog, SEMULA)[1], texts(dialog, MENJADI)[1]) == ("111", "222")
    assert dialog.count.text().endswith("perubahan")
    assert not dialog.isModal()


def test_the_window_comes_forward_instead_of_a_second_one(window: MainWindow, dialog: HistoryDialog) -> None:
    show_history(window)
    assert window.findChildren(HistoryDialog) == [dialog]


def test_words_narrow_the_list_down(qtbot: QtBot, dialog: HistoryDialog) -> None:
    qtbot.keyClicks(dialog.bar.text, "pagu 222")
    settle(qtbot, dialog)
    assert texts(dialog, MENJADI) == ["222"]
    qtbot.keyClicks(dialog.bar.text, "xyz")
    settle(qtbot, dialog)
    assert dialog.model.rowCount() == 0
    assert dialog.count.text() == "Tidak ada perubahan yang cocok dengan saringan."
    assert not dialog.restore_button.isEnabled()
    assert not dialog.go_button.isEnabled()
    assert not dialog.export_button.isEnabled()


def test_days_and_people_narrow_the_list_down(qtbot: QtBot, dialog: HistoryDialog) -> None:
    bar, every = dialog.bar, dialog.model.rowCount()
    bar.when.setCurrentIndex(WHEN.index("Hari ini"))
    bar.when.activated.emit(1)
    settle(qtbot, dialog)
    assert dialog.model.rowCount() == every
    bar.when.setCurrentIndex(WHEN.index("Pilih tanggal..."))
    bar.when.activated.emit(4)
    qtbot.keyClicks(bar.since, "32-1-2020")
    qtbot.keyClick(bar.since, Qt.Key.Key_Return)
    assert "Tanggal 32 Januari" in dialog.note.text()
    bar.since.clear()
    qtbot.keyClicks(bar.until, "Maret 2020")
    qtbot.keyClick(bar.until, Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert (dialog.model.rowCount(), dialog.note.text()) == (0, "")
    bar.when.setCurrentIndex(0)
    bar.when.activated.emit(0)
    bar.person.setCurrentIndex(1)
    bar.person.activated.emit(1)
    settle(qtbot, dialog)
    assert dialog.model.rowCount() == every


def test_a_branch_that_the_tree_stands_on_can_be_chosen(
    qtbot: QtBot, window: MainWindow, dialog: HistoryDialog, line: Anggaran
) -> None:
    assert window.work is not None
    assert window.session is not None
    above = window.session.plan.get(Anggaran, line.induk_id or "")
    window.work.show_row(above)
    place = dialog.bar.place
    assert [place.itemText(at).split(":")[0] for at in range(place.count())] == ["Seluruh rencana", "Baris", "Cabang"]
    place.setCurrentIndex(2)
    place.activated.emit(2)
    settle(qtbot, dialog)
    assert texts(dialog, ISIAN) == ["kas Desember", "pagu", "pagu"]
    window.work.show_row(line)
    assert place.currentText().startswith("Cabang: Kegiatan"), "what is chosen stays"
    assert dialog.bar.about().startswith("Cabang: Kegiatan")


def test_an_old_value_is_put_back_as_one_step_and_the_list_follows(
    qtbot: QtBot, window: MainWindow, dialog: HistoryDialog, line: Anggaran
) -> None:
    session, before = window.session, dialog.model.rowCount()
    assert session is not None
    dialog.view.selectRow(1)
    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert pagu_of(window, line) == 111
    assert session.document.undo_label == "kembalikan pagu"
    assert dialog.model.rowCount() == before + 1
    assert (texts(dialog, SEMULA)[0], texts(dialog, MENJADI)[0]) == ("222", "111")
    assert "Ctrl+Z" in dialog.note.text()
    current = dialog.current()
    assert current is not None
    assert current.new == "222", "the caret stays on the change"
    dialog.restore()
    assert dialog.note.text() == "Nilai itu yang sekarang tertulis."
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: pagu_of(window, line) == 222)
    assert dialog.model.rowCount() == before + 2


def test_a_value_of_a_deleted_row_comes_back_with_the_row_where_that_is_wanted(
    qtbot: QtBot, window: MainWindow, dialog: HistoryDialog, line: Anggaran
) -> None:
    session = window.session
    assert session is not None
    session.edit("hapus sub kegiatan", remove(session.plan, line))
    row = next(
        at for at in range(20) if (told := dialog.model.happened(at)) and told.row_id == line.id and told.old == "111"
    )
    dialog.view.selectRow(row)
    press("Batal")
    dialog.restore()
    assert session.plan.find(Anggaran, line.id) is None
    press("Kembalikan baris")
    dialog.restore()
    assert pagu_of(window, line) == 111
    assert session.plan.one(DeretAnggaran, "anggaran_id", line.id, "kas") is not None
    session.undo()
    assert session.plan.find(Anggaran, line.id) is None


def test_enter_and_a_double_click_go_to_the_place(
    qtbot: QtBot, window: MainWindow, dialog: HistoryDialog, line: Anggaran
) -> None:
    work = window.work
    assert work is not None
    dialog.view.selectRow(1)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    current = work.tree.current_row()
    assert current is not None
    assert current.id == line.id
    caret = work.grid.view.grid_cursor.caret
    assert caret is not None
    assert caret[1] == SETAHUN
    dialog.view.selectRow(0)
    dialog.view.activated.emit(dialog.view.currentIndex())
    caret = work.grid.view.grid_cursor.caret
    assert caret is not None
    assert (work.grid.model.line(caret[0]).row_id, caret[1]) == (line.id, FIRST_MONTH + 11)


def test_the_place_of_a_row_that_is_gone_is_said(window: MainWindow, dialog: HistoryDialog, line: Anggaran) -> None:
    assert window.session is not None
    window.session.edit("hapus sub kegiatan", remove(window.session.plan, line))
    dialog.view.selectRow(0)
    dialog.go()
    assert "sudah dihapus" in dialog.note.text()


def test_the_history_of_the_grids_cell(qtbot: QtBot, window: MainWindow, line: Anggaran) -> None:
    assert window.work is not None
    window.activateWindow()
    window.work.show_row(line)
    window.work.grid.go_to(line.id, FIRST_MONTH + 11)
    show_cell_history(window)
    (dialog,) = window.findChildren(HistoryDialog)
    settle(qtbot, dialog)
    assert dialog.bar.place.currentText().startswith("Sel kas Desember: Sub kegiatan")
    assert texts(dialog, MENJADI) == ["9", texts(dialog, SEMULA)[0]]
    window.activateWindow()
    window.work.grid.go_to(line.id, SETAHUN)
    show_cell_history(window)
    settle(qtbot, dialog)
    assert texts(dialog, MENJADI) == ["222", "111"]
    dialog.close()


def test_the_history_of_a_field_and_of_a_row(qtbot: QtBot, window: MainWindow, line: Anggaran) -> None:
    work = window.work
    assert work is not None
    window.activateWindow()
    work.show_row(line)
    work.details.first_field().setFocus()
    show_cell_history(window)
    (dialog,) = window.findChildren(HistoryDialog)
    settle(qtbot, dialog)
    assert dialog.bar.place.currentText().startswith("Isian")
    window.activateWindow()
    work.tree.view.setFocus()
    show_cell_history(window)
    settle(qtbot, dialog)
    assert dialog.bar.place.currentText().startswith("Baris: Sub kegiatan")
    assert texts(dialog, ISIAN) == ["kas Desember", "pagu", "pagu"]
    dialog.close()


def test_the_list_is_written_as_a_workbook(qtbot: QtBot, dialog: HistoryDialog, tmp_path: Path) -> None:
    target = tmp_path / "riwayat.xlsx"
    count = dialog.model.rowCount()
    dialog.exporting.write(dialog.model.numbers, dialog._search.words_of, "Seluruh rencana", target)
    qtbot.waitUntil(lambda: not dialog.exporting.busy, timeout=30_000)
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(target).active.rows]
    lines = [row for row in cells if row and isinstance(row[0], int)]
    assert len(lines) == count
    assert lines[0][5] == "kas Desember"
    assert (lines[1][6], lines[1][7]) == ("111", "222")


def test_it_closes_with_its_plan(qtbot: QtBot, window: MainWindow, dialog: HistoryDialog) -> None:
    with qtbot.waitSignal(dialog.destroyed):
        window.show_start()


def test_a_broken_chain_is_told(qtbot: QtBot, window: MainWindow) -> None:
    assert window.session is not None
    connection = window.session.document.file._connection
    connection.execute("UPDATE riwayat SET siapa = 'lain' WHERE id = 40")
    show_history(window)
    (dialog,) = window.findChildren(HistoryDialog)
    qtbot.waitUntil(lambda: dialog.broken.text() != "", timeout=20_000)
    assert "perubahan nomor 40" in dialog.broken.text()
    dialog.close()


def test_only_what_is_looked_at_is_put_into_words() -> None:
    asked: list[int] = []

    def words(numbers: object) -> list[Happened]:
        asked.extend(numbers)  # type: ignore[arg-type]
        return []

    model = HistoryModel(words, lambda told: "")
    model.show(range(100_000, 0, -1))
    assert model.rowCount() == 100_000
    assert asked == []
    model.index(50_000, TEMPAT).data()
    assert 50_000 in asked
    assert len(asked) < 200
    model.prepend([100_002, 100_001])
    assert isinstance(model.numbers, range)
    assert (model.numbers[0], model.numbers[-1], model.rowCount()) == (100_002, 1, 100_002)


def test_every_control_has_a_name_and_every_key_is_one_of_a_kind(dialog: HistoryDialog) -> None:
    bar = dialog.bar
    words = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    words += [button.text() for button in (dialog.restore_button, dialog.go_button, dialog.export_button)]
    words.append(dialog.close_button.text())
    keys = [key.lower() for text in words for key in re.findall("&(.)", text)]
    assert len(keys) == len(set(keys)) == len(words)
    for widget in (
        bar.text,
        bar.place,
        bar.person,
        bar.when,
        bar.since,
        bar.until,
        dialog.view,
        dialog.old,
        dialog.new,
    ):
        assert widget.accessibleName()
    assert all(button.text() for button in dialog.findChildren(QAbstractButton) if button.parent() is dialog)


def test_rows_of_every_table_can_be_gone_to_or_say_why_not(
    window: MainWindow, dialog: HistoryDialog, line: Anggaran
) -> None:
    seen = set()
    for row in range(dialog.model.rowCount()):
        told = dialog.model.happened(row)
        assert told is not None
        if told.table not in seen:
            seen.add(told.table)
            if told.table not in ("opd", "dokumen"):  # the identity is a dialog of its own
                dialog.view.selectRow(row)
                dialog.go()
    assert {Kinerja.TABLE, Anggaran.TABLE, Indikator.TABLE} <= seen

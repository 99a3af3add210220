"""Before a plan is let go whose edits could not be written, it is asked; Batal leaves everything as it was."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answers import press_each
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from shared_plan import QT_NOISE, a_window, agency, agency_in, pull_out, rename, session_of, shared_plan
from shiboken6 import isValid

from models.rows import Anggaran
from ui.fields import LineField
from ui.main_window import NASKAH, MainWindow
from ui.status import StatusLine

pytestmark = pytest.mark.qt_log_ignore(QT_NOISE)


@pytest.fixture
def plan(published: Callable[[str], Path], tmp_path: Path) -> Path:
    return shared_plan(published, tmp_path)


@pytest.fixture
def window(qtbot: QtBot, plan: Path) -> Iterator[MainWindow]:
    """The plan with an edit, and its folder pulled away."""
    with a_window() as window:
        assert window.open_plan(plan)
        pull_out(plan)
        assert rename(window, "Badan")
        yield window
        for other in window.windows.all():
            if other is not window and isValid(other):
                if other.session is not None:
                    other.session.give_up()
                other.close()


def menu(window: MainWindow, words: str) -> None:
    """A command of the menu Berkas."""
    top = window.menuBar().actions()[0]
    berkas = top.menu()
    assert isinstance(berkas, QMenu)
    next(a for a in berkas.actions() if a.text().replace("&", "") == words).trigger()


def test_tutup_rencana_asks_and_batal_leaves_everything(window: MainWindow, qtbot: QtBot) -> None:
    assert window.work is not None
    window.show_view(NASKAH)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    work, focus, steps = window.work, window.focusWidget(), session_of(window).document.done
    said = press_each("Batal")
    menu(window, "Tutup rencana")
    assert any("tetap disimpan di komputer ini" in words for words in said)
    assert (agency(window), window.work, window.bar.view()) == ("Badan", work, NASKAH)
    assert session_of(window).document.done == steps
    assert window.focusWidget() is focus
    assert rename(window, "Kantor"), "it goes on"
    said = press_each("Tutup")
    menu(window, "Tutup rencana")
    assert len([words for words in said if "tetap disimpan" in words]) == 1, "asked once"
    assert window.session is None
    assert window.start is not None


def test_what_was_saved_elsewhere_is_closed_without_another_question(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "baru.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(target), ""))
    press_each("Simpan sebagai...")
    menu(window, "Tutup rencana")
    assert window.session is None
    assert agency_in(target) == "Badan"


def test_keluar_closes_no_window_where_one_is_called_off(
    window: MainWindow, plan: Path, published: Callable[[str], Path], tmp_path: Path
) -> None:
    other_plan = tmp_path / "lain.db"
    shutil.copyfile(published("lampung-2019"), other_plan)
    assert window.open_plan(other_plan)
    other = window.windows.all()[1]
    press_each("Batal")
    menu(other, "Keluar")
    assert window.windows.all() == (window, other)
    assert other.session is not None
    assert agency(window) == "Badan"
    press_each("Tutup")
    menu(other, "Keluar")
    assert not window.isVisible()
    assert window.session is None


def test_a_text_that_was_refused_is_not_dropped_unasked(
    published: Callable[[str], Path], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "lain.db"
    shutil.copyfile(published("bone-2023"), path)
    with a_window() as window:
        assert window.open_plan(path)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        work = window.work
        assert work is not None
        line = min(session_of(window).plan.all(Anggaran), key=lambda row: row.kode or "9")
        work.show_row(line)
        fields = (f for f in work.details._fields[Anggaran] if isinstance(f, LineField))
        field = next(f for f in fields if f.accessibleName().startswith("Pagu"))
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "12x")
        said = press_each("Batal")
        menu(window, "Tutup rencana")
        assert any("belum tersimpan" in words for words in said)
        assert window.session is not None
        assert field.text() == "12x"
        QTest.keyClick(field, Qt.Key.Key_Escape)
        menu(window, "Tutup rencana")
        assert window.session is None


def test_saving_elsewhere_that_fails_gives_the_focus_back(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    session_of(window).publish()
    status: StatusLine = window.status
    qtbot.waitUntil(lambda: status.retry.isVisible())
    assert window.work is not None
    window.work.grid.view.months.setFocus()
    focus = window.focusWidget()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(tmp_path / "tidak ada" / "a.db"), ""))
    press_each("Tutup")
    QTest.mouseClick(status.save_as, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is focus
    QTest.mouseClick(status.retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session_of(window).publish_error != "" and status.retry.isVisible())
    assert window.focusWidget() is focus

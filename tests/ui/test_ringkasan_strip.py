"""What is due or late, in a line over a plan that was opened: it leads, it can be closed, it can be switched off."""

from pathlib import Path

import pytest
from plan_window import plan_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from services.document import Document
from services.edits import set_field
from services.realisasi_tutup import close_period
from ui.faces import REALISASI
from ui.main_window import MainWindow
from ui.ringkasan_dialog import SummaryDialog
from ui.ringkasan_strip import AFTER, LOW, REST, SummaryStrip, is_wanted, set_wanted

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard")
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def path(buleleng: Document) -> Path:
    """The plan of 2022, of which nothing is reported: it is late for ever."""
    buleleng.file.close()
    set_wanted(True)
    return buleleng.file.path


def settled(window: MainWindow, qtbot: QtBot) -> SummaryStrip:
    (strip,) = window.findChildren(SummaryStrip)
    qtbot.waitUntil(lambda: not strip.busy)
    return strip


def test_what_is_late_is_said_and_leads_to_the_first_line(path: Path, qtbot: QtBot) -> None:
    with plan_window(path) as window:
        strip = settled(window, qtbot)
        assert strip.isVisible()
        assert strip.words.text().startswith("Triwulan I sampai IV terlambat; 98 indikator dan ")
        QTest.mouseClick(strip.report, LEFT)
        assert window.work is not None
        assert window.work.grid.face.index() == REALISASI
        QTest.mouseClick(strip.more, LEFT)
        (dialog,) = window.findChildren(SummaryDialog)
        qtbot.waitUntil(lambda: not dialog.busy)
        QTest.mouseClick(dialog.at_opening, LEFT)
        assert not is_wanted()
    with plan_window(path) as window:
        assert not window.findChildren(SummaryStrip)


def test_closed_it_stays_away_from_that_plan_until_something_new_is_due(path: Path, qtbot: QtBot) -> None:
    with plan_window(path) as window:
        QTest.mouseClick(settled(window, qtbot).close_button, LEFT)
    with plan_window(path) as window:
        assert not settled(window, qtbot).isVisible()
        assert is_wanted()


def test_it_follows_the_plan_and_goes_when_nothing_waits(path: Path, qtbot: QtBot) -> None:
    with plan_window(path) as window:
        strip = settled(window, qtbot)
        session = window.session
        assert session is not None
        session.edit("tutup", close_period(session.plan, session.dokumen_id, 9))
        qtbot.waitUntil(lambda: strip.words.text().startswith("Triwulan IV terlambat;"))
        session.edit("tutup", close_period(session.plan, session.dokumen_id, 12))
        qtbot.waitUntil(lambda: not strip.isVisible())


def test_a_low_window_has_no_row_to_give_away(path: Path, qtbot: QtBot) -> None:
    with plan_window(path) as window:
        window.resize(910, LOW - 70)
        strip = settled(window, qtbot)
        assert not strip.isVisible()
        assert window.status.currentMessage() == "Triwulan I sampai IV terlambat. Ringkasan: F7"
        QTest.keyClick(window, Key.Key_F7)
        assert len(window.findChildren(SummaryDialog)) == 1


def test_the_first_reckoning_waits_until_the_officer_rests(path: Path, qtbot: QtBot) -> None:
    with plan_window(path) as window:
        strip = settled(window, qtbot)
        session = window.session
        assert session is not None
        strip.hide()
        strip._rest.start(AFTER)
        session.edit("ubah tempat", set_field(session.dokumen, "tempat", "Tejakula"))
        assert strip._rest.interval() == REST
        assert strip.busy

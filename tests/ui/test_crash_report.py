"""The crash report: in the log, shown once, without plan contents, and whatever is missing around it."""

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from services import log as logs
from services.log import LOGS_KEPT, log_file
from ui.crash_dialog import COPIED, SAFE, CrashDialog, show_report
from ui.crash_report import CrashReporter, install_excepthook, report_of

SECRET = "Dinas Rahasia 271.678.600"


class Shown(list[str]):
    """What was reported, instead of a dialog."""

    def __call__(self, text: str) -> None:
        self.append(text)


@pytest.fixture
def install() -> Iterator[Callable[..., CrashReporter]]:
    made: list[CrashReporter] = []

    def installed(*arguments: object) -> CrashReporter:
        made.append(install_excepthook(*arguments, version="0.1"))  # type: ignore[arg-type]
        return made[-1]

    yield installed
    for reporter in reversed(made):
        reporter.uninstall()


def crash(error: Exception) -> None:
    """Let the excepthook have an exception, as Python would."""
    try:
        raise error
    except type(error) as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def crash_elsewhere(error: Exception) -> None:
    """The same at another place."""
    try:
        raise error
    except type(error) as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def later(act: Callable[[], None]) -> None:
    """Do it in the event loop, where most of the program runs."""
    QTimer.singleShot(0, act)


def reports(qtbot: QtBot) -> list[CrashDialog]:
    """Wait for the dialog that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CrashDialog))
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]


def log() -> str:
    return log_file().read_text(encoding="utf-8")


def test_an_exception_is_logged_and_reported(qapp: QApplication, install: Callable[..., CrashReporter]) -> None:
    shown = Shown()
    install(shown)
    crash(AttributeError("'NoneType' object has no attribute 'nama'"))
    assert "AttributeError: 'NoneType' object has no attribute 'nama'" in shown[0]
    assert "test_crash_report.py" in shown[0]
    assert shown[0].startswith("Renaksi 0.1\nPython 3.")
    assert shown[0] in log()


def test_an_exception_in_a_slot_comes_to_the_dialog(qtbot: QtBot, install: Callable[..., CrashReporter]) -> None:
    install(show_report)

    def fail() -> None:
        raise LookupError(SECRET)

    later(fail)
    (dialog,) = reports(qtbot)
    assert "LookupError" in dialog.report.toPlainText()
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_neither_log_nor_report_holds_plan_contents(qapp: QApplication, install: Callable[..., CrashReporter]) -> None:
    shown = Shown()
    install(shown)
    about_code = (
        TypeError(f"{SECRET} is no number"),
        RuntimeError(SECRET),
        sqlite3.OperationalError(f'near "{SECRET}"'),
    )
    for error in (ValueError(SECRET), KeyError(SECRET), OSError(5, "Input/output error", SECRET), *about_code):
        try:
            try:
                raise ValueError(SECRET)
            except ValueError as first:
                raise error from first
        except (ValueError, LookupError, OSError, TypeError, RuntimeError, sqlite3.Error) as caught:
            sys.excepthook(type(caught), caught, caught.__traceback__)
    written = log() + "".join(shown)
    assert not [word for word in (SECRET, *SECRET.split()) if word in written]
    assert "OSError: [Errno 5] Input/output error" in log()


def test_what_led_to_the_error_stands_before_it() -> None:
    try:
        try:
            int("x")
        except ValueError as first:
            raise RuntimeError("saved nothing") from first
    except RuntimeError as error:
        text = report_of(error)
    assert text.index("ValueError") < text.index("RuntimeError: saved nothing")


def test_the_same_fault_is_shown_once_and_logged_each_time(
    qapp: QApplication, install: Callable[..., CrashReporter]
) -> None:
    shown = Shown()
    install(shown)
    for _ in range(3):
        crash(TypeError("a"))
    crash_elsewhere(TypeError("b"))
    assert len(shown) == 2
    assert log().count("TypeError") == 4


def test_what_comes_while_the_report_is_open_is_only_logged(
    qtbot: QtBot, install: Callable[..., CrashReporter]
) -> None:
    install(show_report)
    later(lambda: crash(TypeError("the first")))
    (dialog,) = reports(qtbot)
    with qtbot.waitSignal(dialog.finished):
        later(lambda: crash_elsewhere(TypeError("the second")))
        later(dialog.close_button.click)
    assert log().count("TypeError") == 2
    assert "the second" not in dialog.report.toPlainText()
    assert not isinstance(QApplication.activeModalWidget(), CrashDialog)


def test_after_it_is_closed_another_fault_is_shown(qtbot: QtBot, install: Callable[..., CrashReporter]) -> None:
    install(show_report)
    for number, act in enumerate((crash, crash_elsewhere)):
        later(lambda act=act, number=number: act(TypeError(f"value {number}")))  # type: ignore[misc]
        (dialog,) = reports(qtbot)
        assert f"value {number}" in dialog.report.toPlainText()
        with qtbot.waitSignal(dialog.finished):
            dialog.accept()


def test_a_fault_while_another_dialog_waits_is_shown_above_it(
    qtbot: QtBot, install: Callable[..., CrashReporter]
) -> None:
    install(show_report)
    waiting = QDialog()
    qtbot.addWidget(waiting)
    waiting.open()
    later(lambda: crash(TypeError("a")))
    (dialog,) = reports(qtbot)
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert waiting.isVisible()


def test_before_the_event_loop_runs_the_report_waits_for_an_answer(
    qapp: QApplication, install: Callable[..., CrashReporter]
) -> None:
    install(show_report)
    seen: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CrashDialog)
        seen.append(dialog.report.toPlainText())
        dialog.accept()

    later(answer)
    crash(TypeError("at the start"))
    assert "at the start" in seen[0]


def test_a_fault_in_a_thread_is_shown_on_the_gui_thread(qtbot: QtBot, install: Callable[..., CrashReporter]) -> None:
    threads: list[threading.Thread] = []
    install(lambda text: threads.append(threading.current_thread()))

    def fail() -> None:
        raise TypeError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]
    assert "in a thread" in log()


def test_it_works_without_stderr(
    qapp: QApplication, install: Callable[..., CrashReporter], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown()
    install(shown)
    monkeypatch.setattr(sys, "stderr", None)
    crash(TypeError("a"))
    assert len(shown) == 1
    assert "TypeError: a" in log()


def test_it_works_where_the_log_cannot_be_written(
    qapp: QApplication,
    install: Callable[..., CrashReporter],
    data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = Shown()
    install(shown)
    data_folder.write_bytes(b"")
    crash(TypeError("a"))
    assert len(shown) == 1
    data_folder.unlink()
    log_file().mkdir(parents=True)
    monkeypatch.setattr(sys, "stderr", None)
    crash_elsewhere(TypeError("b"))
    assert len(shown) == 2


def test_a_report_that_fails_itself_does_not_go_round(qtbot: QtBot, install: Callable[..., CrashReporter]) -> None:
    calls: list[str] = []

    def broken(text: str) -> None:
        calls.append(text)
        raise RuntimeError("no dialog")

    install(broken)
    later(lambda: crash(TypeError("a")))
    qtbot.waitUntil(lambda: log_file().exists() and "no dialog" in log())
    assert len(calls) <= 2


def test_interruption_at_the_terminal_is_no_fault(
    qapp: QApplication, install: Callable[..., CrashReporter], capsys: pytest.CaptureFixture[str]
) -> None:
    shown = Shown()
    install(shown)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert shown == []
    assert not log_file().exists()
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_log_does_not_grow_for_ever(
    qapp: QApplication, install: Callable[..., CrashReporter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "LOG_BYTES", 200)
    install(Shown())
    for _ in range(6):
        crash(TypeError("a"))
    files = list(log_file().parent.iterdir())
    assert len(files) == LOGS_KEPT + 1


def test_uninstalling_puts_back_what_was_there() -> None:
    before = sys.excepthook, threading.excepthook
    install_excepthook(Shown()).uninstall()
    assert (sys.excepthook, threading.excepthook) == before


def test_the_report_can_be_copied(qtbot: QtBot) -> None:
    dialog = CrashDialog("Renaksi 0.1\nTypeError: a")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Renaksi 0.1\nTypeError: a"
    assert dialog.copied.text() == COPIED
    assert "aman" in SAFE

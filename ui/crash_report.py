"""What happens when the program has a fault: a line in the log, a report that can be copied, and no data lost.

The report holds no plan contents: the places in the program's code, the kind of the error, and of its words those that
are of the code (services/fault_words.py).
"""

import sys
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot, qVersion
from PySide6.QtWidgets import QDialog

from services.fault_words import words_of
from services.log import note_fault
from ui.crash_dialog import loop_runs, show_report

OnReport = Callable[[str], QDialog | None]


def install_excepthook(on_report: OnReport = show_report, version: str = "") -> "CrashReporter":
    """Take over sys.excepthook and threading.excepthook; call it on the GUI thread, once.

    Args:
        on_report: shows a report; the dialog that it returns counts as open until it is finished.
        version: the program's, for the head of the report.
    """
    reporter = CrashReporter(on_report, version)
    sys.excepthook = reporter.caught
    threading.excepthook = reporter.caught_in_thread
    return reporter


class CrashReporter(QObject):
    """Logs every uncaught exception and reports each fault once; what comes while a report is open is only logged."""

    _reported = Signal(str)

    def __init__(self, on_report: OnReport, version: str) -> None:
        super().__init__()
        self._on_report = on_report
        self._version = version
        self._known: set[tuple[str, int, str]] = set()
        self._gui_thread = threading.get_ident()
        self._open = False
        self._dialog: QDialog | None = None
        self._before = sys.excepthook, threading.excepthook
        # Queued, so that no dialog is built in the midst of painting, nor on another thread.
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def uninstall(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook = self._before

    def caught(self, kind: type[BaseException], error: BaseException | None, tb: TracebackType | None) -> None:
        """sys.excepthook."""
        if error is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error or kind(), tb)
            return
        text = report_of(error.with_traceback(tb), self._version)
        note_fault(text)
        if sys.stderr is not None:
            sys.stderr.write(f"{text}\n")
        place = _place(error)
        if self._open or place in self._known or QCoreApplication.instance() is None:
            return
        self._known.add(place)
        if threading.get_ident() == self._gui_thread and not loop_runs():
            # Before the event loop runs, or after it: nothing queued would ever arrive.
            self._show(text)
        else:
            self._reported.emit(text)

    def caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        """threading.excepthook."""
        if args.exc_type is not SystemExit:
            self.caught(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(str)
    def _show(self, text: str) -> None:
        if self._open:
            return
        self._open = True
        try:
            self._dialog = self._on_report(text)
        finally:
            self._open = False
        if self._dialog is not None and self._dialog.isVisible():
            self._open = True
            self._dialog.finished.connect(self._on_closed)

    @Slot()
    def _on_closed(self) -> None:
        """Kept until the next report: dropping it now would delete it in the midst of its own signal."""
        self._open = False


def report_of(error: BaseException, version: str = "") -> str:
    """The text of the report: what runs where, then the traceback of the error and of those behind it, oldest first."""
    import platform

    head = (
        f"Renaksi {version}".rstrip(),
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        f"{datetime.now():%Y-%m-%d %H:%M:%S}",
    )
    return "\n".join([*head, "", *(_one(link) for link in _chain(error))])


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what led to it, oldest first."""
    links: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in links:
        links.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return links[::-1]


def _one(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    words = words_of(error)
    import traceback

    frames = [(f.filename, f.lineno or 0, f.name, f.line) for f in traceback.extract_tb(error.__traceback__)]
    return f"{''.join(traceback.StackSummary.from_list(frames).format())}{name}{f': {words}' if words else ''}\n"


def _place(error: BaseException) -> tuple[str, int, str]:
    """Where it was raised: the same fault again, such as at each painting, is the same place."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return (last.filename if last else "", last.lineno or 0 if last else 0, type(error).__qualname__)

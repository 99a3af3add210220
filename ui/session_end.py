"""The end of the program that the officer did not ask for: a signal, Ctrl+C in the terminal, the end of the session.

Nothing can be asked then. What is typed is stored, each plan is published, and its note and its lock are taken away;
what cannot be written stays in the working copy for the next start.
"""

import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

from models.errors import PlanError
from ui.messages import nobody_answers
from ui.tasks import wait_for_tasks

if TYPE_CHECKING:
    from ui.windows import Windows

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_WORK = 5_000
"""Milliseconds that running work of a plan may take to come to its end."""


class SessionEnd(QObject):
    """Listens from when it is made; `left` once the program has been told to end.

    Python runs a signal's handler only when it runs again itself, which an idle event loop does not: the byte that the
    signal writes into a socket wakes the loop.
    """

    def __init__(self, app: QApplication, windows: "Windows") -> None:
        super().__init__(app)
        self._app, self._windows = app, windows
        self.left = False
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda number, frame: None)
        app.commitDataRequest.connect(lambda manager: store(windows))
        app.aboutToQuit.connect(lambda: leave(windows))

    def _on_signal(self) -> None:
        self._here.recv(64)
        if not self.left:
            self.left = True
            leave(self._windows)
            self._app.exit(0)


def store(windows: "Windows") -> None:
    """The session is going to end, unless another program stops it: write what there is, ask nothing, and go on."""
    for window in windows.all():
        session = window.session
        if session is None:
            continue
        # What cannot be written is in the working copy.
        with nobody_answers(), suppress(PlanError):
            window.commit()
            if session.stand_still():
                session.write_out()
        session.publish()
        session.saved_changed.emit()


def leave(windows: "Windows") -> None:
    """Let go of all plans, without a question."""
    wait_for_tasks(_WORK)
    for window in windows.all():
        if window.session is not None:
            window.session.unwritten = lambda why: True
            with nobody_answers():
                window.close_plan()

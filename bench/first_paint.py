"""A window that says when it has been painted for the first time, and is closed then; for the program and its peer."""

import faulthandler
import json
import os
import sys
from collections.abc import Callable
from time import time

from PySide6.QtCore import QCoreApplication, QSettings, QTimer

_PATIENCE = 60


def prepare() -> None:
    """Settings of a measured window go below RENAKSI_DATA, also where there is a registry for them.

    A window that hangs, such as in a dialog that nobody sees, says where, and ends.
    """
    faulthandler.dump_traceback_later(_PATIENCE, exit=True)
    ini = QSettings.Format.IniFormat
    QSettings.setDefaultFormat(ini)
    QSettings.setPath(ini, QSettings.Scope.UserScope, os.environ["RENAKSI_DATA"])


class FirstPaint:
    """Call it from paintEvent: all that is on the window is painted before the next event is handled."""

    def __init__(self, close: Callable[[], object]) -> None:
        self._close = close
        self._seen = False

    def __call__(self) -> None:
        """Note a painting; only the first one counts."""
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._say)

    def _say(self) -> None:
        sys.stdout.write(json.dumps({"painted": time()}))
        self._close()
        QCoreApplication.exit(0)

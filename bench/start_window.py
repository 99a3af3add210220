"""The program as `main.py` starts it, with the same arguments; its window says when it is painted, and closes."""

import sys

from PySide6.QtGui import QPaintEvent

import main
import ui.main_window
from bench.first_paint import FirstPaint, prepare


class _Watched(ui.main_window.MainWindow):
    def __init__(self) -> None:
        super().__init__()
        self._painted = FirstPaint(self.close)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.start is not None or self.session is not None:
            self._painted()


if __name__ == "__main__":
    prepare()
    ui.main_window.MainWindow = _Watched  # type: ignore[assignment, misc]  # before ui.application takes it from there
    sys.exit(main.main(sys.argv[1:]))

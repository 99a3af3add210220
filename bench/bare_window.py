"""The peer of the program's start: the least that shows an empty window with PySide6."""

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from bench.first_paint import FirstPaint


class _Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self._painted = FirstPaint(self.close)
        self.resize(1366, 738)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._painted()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = _Window()
    window.show()
    sys.exit(app.exec())

"""The notice line of the start page: a plan of which edits are left here; go on with it, or see first what differs."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.colours import colours
from ui.marks import paint_mark
from ui.recent import clock, moment_words

HEIGHT = 40
BELOW = 12
_TWO = 1.8
"""How much wider a text may be that is broken into two lines: the first one ends with a whole word."""


class Left(Enum):
    """How edits came to be left on this PC."""

    CRASH = auto()
    CLOSED = auto()
    """The officer closed the plan; its file could not be written."""
    ASIDE = auto()
    """The file went on without them; they wait to be merged."""


LeftOver = tuple[Path, datetime, Left]
"""(officer's file, time of the last edit, how it was left)"""


class StartNotice(QWidget):
    """Tells of the newest left-over and how many more there are.

    chosen(Path): go on with that file; compare(Path): show what differs in it from the file.
    """

    chosen = Signal(object)
    compare = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._words = _CutLabel(self)
        self.button = QPushButton("&Lanjutkan", self)
        self.button.setFixedHeight(24)
        self.button.clicked.connect(lambda: self._say(self.chosen))
        self.compare_button = QPushButton("Lihat &bedanya...", self)
        self.compare_button.setFixedHeight(24)
        self.compare_button.clicked.connect(lambda: self._say(self.compare))
        self.setFixedHeight(HEIGHT + BELOW)
        box = QHBoxLayout(self)
        box.setContentsMargins(33, 0, 12, BELOW)
        box.setSpacing(8)
        box.addWidget(self._words, 1)
        box.addWidget(self.button)
        box.addWidget(self.compare_button)
        self.hide()

    def show_left_overs(self, left: Sequence[LeftOver]) -> None:
        """Show the newest one, or nothing where there is none."""
        self.setVisible(bool(left))
        if not left:
            return
        self._path, when, how = max(left, key=lambda one: one[1])
        words = sentence(self._path.stem, when, date.today(), how)
        if len(left) > 1:
            words += f" Masih ada {len(left) - 1} rencana lain seperti ini."
        self._words.setText(words)
        self._words.setToolTip(f"{words}\n{self._path}")
        for button, name in ((self.button, "Lanjutkan"), (self.compare_button, "Lihat bedanya")):
            button.setAccessibleName(name)
            button.setAccessibleDescription(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        line = self.rect().adjusted(0, 0, 0, -BELOW)
        painter.fillRect(line, c.peringatan_ground)
        painter.setPen(c.peringatan)
        painter.drawRect(line.adjusted(0, 0, -1, -1))
        paint_mark(painter, QRect(13, line.center().y() - 5, 12, 12), "peringatan")

    def _say(self, signal: SignalInstance) -> None:
        if self._path is not None:
            signal.emit(self._path)


class _CutLabel(QLabel):
    """Two lines at most, and ends in an ellipsis rather than widening the window; the tooltip has the whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = (
            self.width()
            if painter.fontMetrics().horizontalAdvance(self.text()) <= self.width()
            else _TWO * self.width()
        )
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(width))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, words)


def sentence(name: str, when: datetime, today: date, how: Left = Left.CRASH) -> str:
    """What happened, and that nothing is lost."""
    if how is Left.ASIDE:
        return f"Isian Anda di {name} {moment_words(when, today)} belum digabungkan, dan masih ada di komputer ini."
    if how is Left.CLOSED:
        until = moment_words(when, today)
        return f"Isian {name} sampai {until} belum tertulis ke berkas, dan masih ada di komputer ini."
    return f"{name} tertutup mendadak {moment_words(when, today)}. Semua isian sampai {clock(when)} masih ada."

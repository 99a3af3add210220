"""The notice that a plan is open elsewhere: who has it and since when, and what can be done meanwhile."""

import platform
from datetime import date
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.lock import Holder, user
from models.presence import SILENT, Seen, someone_else
from ui.fonts import LIST_HEADING
from ui.note_line import NoteLine, heading
from ui.recent import moment_words
from ui.tasks import Task

LOOK_EVERY = 2000
"""Milliseconds between two looks at the note of the other PC."""

WHY = (
    "Supaya isian tidak saling menindih, buka hanya untuk dibaca, atau kerjakan sebuah salinan dan gabungkan nanti "
    "(Berkas, Gabung salinan)."
)
SILENT_NOW = "Dari komputer itu tidak ada tanda lagi, mungkin Renaksi di sana tertutup mendadak. Rencana dapat dibuka."
WAITING = "Menunggu apakah masih dipakai di sana... ({done} dari paling lama {all} detik)"
ALIVE = "Renaksi di sana masih berjalan. Begitu rencana ditutup di sana, tombol Buka muncul di sini."
CLOSED_NOW = "Rencana itu sudah ditutup di sana. Sekarang dapat dibuka."


class Choice(Enum):
    """What the officer wants to do with a plan that is open elsewhere."""

    READ = auto()
    COPY = auto()
    OPEN = auto()


class LockedDialog(QDialog):
    """`choice` is None after Batal. `seen`: the note of another PC, which is watched for signs of life."""

    def __init__(
        self, path: Path, holder: Holder | None, parent: QWidget | None = None, *, seen: Seen | None = None
    ) -> None:
        super().__init__(parent)
        self.choice: Choice | None = None
        self._path, self._seen, self._still = path, seen, 0
        self._looking: Task | None = None
        self.setWindowTitle("Rencana sedang terbuka")
        self.setMinimumWidth(520)
        self.title = heading(sentence(path, holder), LIST_HEADING)
        self.title.setWordWrap(True)
        why = QLabel(WHY)
        why.setWordWrap(True)
        why.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.note = NoteLine()
        self.read_button = QPushButton("Buka hanya untuk di&baca")
        self.copy_button = QPushButton("Buka sebagai &salinan...")
        self.open_button = QPushButton("B&uka")
        self.cancel_button = QPushButton("Bata&l")
        self.open_button.hide()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        for button in (self.open_button, self.read_button, self.copy_button, self.cancel_button):
            foot.addWidget(button)
        self.read_button.setDefault(True)
        self.read_button.clicked.connect(lambda: self._choose(Choice.READ))
        self.copy_button.clicked.connect(lambda: self._choose(Choice.COPY))
        self.open_button.clicked.connect(lambda: self._choose(Choice.OPEN))
        self.cancel_button.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        for widget in (self.title, why, self.note):
            box.addWidget(widget)
        box.addLayout(foot)
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        if seen is not None:
            self._timer.start()
            self._say_waiting()
        self.finished.connect(self._timer.stop)
        self.read_button.setFocus()

    def look(self) -> None:
        """Look at the note, off the GUI thread, as the share may hang."""
        if self._looking is None:
            path = self._path
            self._looking = Task(lambda progress: someone_else(path))
            self._looking.finished.connect(self._on_looked)
            self._looking.start()

    def _on_looked(self, seen: Seen | None) -> None:
        self._looking = None
        if seen is None:
            self._offer(CLOSED_NOW)
        elif seen != self._seen:
            self._seen, self._still = seen, 0
            self.note.say(ALIVE)
        else:
            self._still += LOOK_EVERY
            if self._still >= SILENT * 1000:
                self._offer(SILENT_NOW)
            elif self.note.text() != ALIVE:
                self._say_waiting()

    def _say_waiting(self) -> None:
        self.note.say(WAITING.format(done=self._still // 1000, all=SILENT))

    def _offer(self, words: str) -> None:
        """Let it be opened after all."""
        self._timer.stop()
        self.note.say(words)
        self.open_button.show()
        self.open_button.setDefault(True)
        self.adjustSize()

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()


def sentence(path: Path, holder: Holder | None) -> str:
    """Who has it, and since when."""
    if holder is None:
        return f"{path.name} sedang terbuka di jendela Renaksi yang lain."
    if (holder.who, holder.computer) == (user(), platform.node()):
        return f"{path.name} sudah terbuka di jendela Renaksi lain di komputer ini."
    names = " di komputer ".join(name for name in (holder.who, holder.computer) if name)
    since = moment_words(holder.since.astimezone(), date.today())
    return f"{path.name} sedang dibuka oleh {names or 'orang lain'} sejak {since}."

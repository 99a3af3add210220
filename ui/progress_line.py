"""What long work says of itself in the foot of a pane: how far it is, with Batal, and at last where the files are."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.elided_label import ElidedLabel
from ui.note_line import NoteLine

_BAR = 6
SOON = 300
"""Milliseconds after which work that still runs is shown."""


class ProgressLine(QWidget):
    """Hidden while there is nothing to say; `cancelled` says that Batal was pressed."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR)
        self.bar.setAccessibleName("Kemajuan")
        self.cancel = QPushButton("Batal")
        self.cancel.clicked.connect(self._on_cancel)
        self.done = NoteLine()
        self.done.setTextFormat(Qt.TextFormat.RichText)
        self.done.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.done.linkActivated.connect(lambda link: QDesktopServices.openUrl(QUrl(link)))
        self._running = QWidget()
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        row = QHBoxLayout(self._running)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._running)
        layout.addWidget(self.done)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._show_running)
        self.end()

    def begin(self, text: str) -> None:
        """Show that work has begun, unless it ends at once."""
        self.done.say("")
        self.text.say(text)
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self.cancel.setEnabled(True)
        self.setVisible(False)
        self._soon.start()

    def show_step(self, done: int, total: int, text: str) -> None:
        """Show how far it is; `text` "" leaves the words as they are."""
        if text and self.cancel.isEnabled():
            self.text.say(text)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def end(self, sentence: str = "", folder: Path | None = None) -> None:
        """Show what came of it, with a link to the folder; without a sentence nothing is shown any more."""
        self._soon.stop()
        self._running.hide()
        text = sentence.replace("&", "&amp;").replace("<", "&lt;")
        if folder is not None:
            text += f' <a href="{QUrl.fromLocalFile(str(folder)).toString()}">Buka folder</a>'
        self.done.say(text)
        self.setVisible(bool(sentence))

    def _show_running(self) -> None:
        self._running.show()
        self.show()

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.text.say("Membatalkan...")
        self.cancelled.emit()

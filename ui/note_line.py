"""A sentence with the mark of its level before it."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.fonts import TEXT, ui_font
from ui.marks import LARGEST, paint_mark

_INDENT = 20


class NoteLine(QLabel):
    """Hidden while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None, *, size: int = TEXT, inset: int = 0) -> None:
        """`inset`: pixels of room on all sides."""
        super().__init__(parent)
        self._inset = inset
        self.setFont(ui_font(size))
        self.setWordWrap(True)
        self.level = ""
        self.hide()

    def say(self, text: str, level: str = "") -> None:
        """Show a text; the mark of a level stands before it."""
        self.level = level if text else ""
        room = self._inset
        self.setContentsMargins(room + (_INDENT if self.level else 0), room, room, room)
        self.setText(text)
        self.setVisible(bool(text))
        # QLabel repaints its text only, and the mark stands beside it.
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.text():
            # A link keeps the colour of the palette that its text was set in.
            text = self.text()
            self.clear()
            self.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.level:
            line = self.fontMetrics().height()
            painter = QPainter(self)
            paint_mark(painter, QRect(self._inset, self._inset, LARGEST, max(line, LARGEST)), self.level)


def heading(text: str, size: int) -> QLabel:
    """A heading in semibold."""
    label = QLabel(text)
    label.setFont(ui_font(size, semibold=True))
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label

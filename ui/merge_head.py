"""The head of the merge view: the way back, what is merged, and the four counts."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui.colours import colours
from ui.elided_label import ElidedLabel
from ui.fonts import DETAILS_HEADING, SMALL, ui_font
from ui.icons import icon
from ui.marks import paint_mark

HEIGHT = 56
_LEVEL_ROOM = 20


class MergeHead(QWidget):
    """`back()`: Kembali was pressed."""

    back = Signal()

    def __init__(self, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.button = QToolButton()
        self.button.setText("Kemba&li")
        self.button.setAccessibleName("Kembali")
        self.button.setToolTip("Kembali ke rencana; pratinjau ini tetap ada (Esc)")
        self.button.setIcon(icon("arrow-left"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setAutoRaise(True)
        self.button.clicked.connect(self.back)
        self.title, self.about = ElidedLabel(Qt.TextElideMode.ElideRight), ElidedLabel(Qt.TextElideMode.ElideRight)
        self.title.setFont(ui_font(DETAILS_HEADING, semibold=True))
        self.about.setFont(ui_font(SMALL))
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.title.say(title)
        self.about.say(about)
        words = QVBoxLayout()
        words.setContentsMargins(0, 8, 0, 8)
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.about)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(_Edge())
        row.addSpacing(4)
        row.addLayout(words, 1)
        row.addLayout(self._figures)

    def add_count(self, name: str, *, level: str = "") -> "Count":
        """One more count, at the right; `level`: the mark before it."""
        count = Count(name, level)
        self._figures.addWidget(_Edge())
        self._figures.addWidget(count)
        return count

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRect(0, self.height() - 1, self.width(), 1), colours().pane_edge)


class Count(QWidget):
    """A number over its name."""

    def __init__(self, name: str, level: str) -> None:
        super().__init__()
        self._level = level
        self.name, self.value = QLabel(name), QLabel()
        self.value.setFont(ui_font(DETAILS_HEADING, semibold=True))
        self.name.setFont(ui_font(SMALL))
        self.name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        for label in (self.value, self.name):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(label)

    def say(self, count: int) -> None:
        """Show a number."""
        self.value.setText(str(count))
        self.setAccessibleName(f"{count} {self.name.text()}")
        self.update()

    def text(self) -> str:
        """Both, as they are read."""
        return f"{self.value.text()} {self.name.text()}"

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._level and self.value.text() not in ("", "0"):
            width = self.value.fontMetrics().horizontalAdvance(self.value.text())
            middle = self.value.geometry().center().y()
            left = self.value.geometry().right() - width - _LEVEL_ROOM
            paint_mark(QPainter(self), QRect(left, middle - 6, 12, 12), self._level)


class _Edge(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(9)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(4, 12, 1, self.height() - 24, colours().pane_edge)

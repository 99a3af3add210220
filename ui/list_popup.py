"""A list under a field. It lies over the window and never takes the focus from the field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.list_rows import plain_list


class ListPopup(QFrame):
    """`chosen(row)`: the line that was clicked. Below the `view` stands a line of small text, `foot`."""

    chosen = Signal(int)

    def __init__(self, window: QWidget, name: str, foot: int, pad: int, edge: int) -> None:
        """`foot`: pixels of the height of the foot, `pad`: beside its text; `edge`: pixels around both."""
        super().__init__(window)
        self._over = window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view = QListView()
        plain_list(self.view, name)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.foot = QLabel()
        self.foot.setFont(ui_font(SMALL))
        self.foot.setForegroundRole(self.foot.palette().ColorRole.PlaceholderText)
        self.foot.setContentsMargins(pad, 0, pad, 0)
        self.foot.setFixedHeight(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(0)
        box.addWidget(self.view)
        box.addWidget(self.foot)
        self.hide()

    def row(self) -> int:
        """The current line, -1 where none is."""
        return self.view.currentIndex().row()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours().base)
        painter.setPen(colours().pane_edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        above = self.height() - self.foot.height() - 1
        painter.drawLine(1, above, self.width() - 2, above)

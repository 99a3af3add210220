"""The large flat buttons of the start page: icon, what it does, a line about it, and its key."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from ui.colours import colours
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.icons import LARGE, icon

HEIGHT = 56
PAD = 12

_State = QStyle.StateFlag
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class StartButton(QPushButton):
    """A push button in two lines. `key` is only shown; the menu owns it."""

    def __init__(self, name: str, title: str, about: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._icon = icon(name, accent=True)
        self._about = about
        self._key = key
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{about}, {key}" if key else about)

    def sizeHint(self) -> QSize:
        return QSize(312, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter = QPainter(self)
        self._paint_ground(painter, state)
        room = self.rect().adjusted(PAD, 0, -PAD, 0)
        c = colours()
        self._icon.paint(painter, QRect(room.x(), (HEIGHT - LARGE.height()) // 2, LARGE.width(), LARGE.height()))
        painter.setFont(ui_font(SMALL))
        painter.setPen(c.muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | _MIDDLE, self._key)
        words = room.adjusted(LARGE.width() + PAD, 0, 0, 0)
        painter.drawText(QRect(words.x(), 29, words.width(), 16), Qt.AlignmentFlag.AlignLeft | _MIDDLE, self._about)
        painter.setFont(ui_font(LIST_HEADING, semibold=True))
        painter.setPen(c.text if self.isEnabled() else c.disabled)
        painter.drawText(QRect(words.x(), 11, words.width(), 18), Qt.AlignmentFlag.AlignLeft | _MIDDLE, self.text())

    def _paint_ground(self, painter: QPainter, state: QStyle.StateFlag) -> None:
        c = colours()
        if _State.State_Sunken in state:
            painter.fillRect(self.rect(), c.selection)
        elif _State.State_MouseOver in state and self.isEnabled():
            painter.fillRect(self.rect(), c.selected_cells)
        if _State.State_HasFocus in state and _State.State_KeyboardFocusChange in state:
            painter.setPen(QPen(c.accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

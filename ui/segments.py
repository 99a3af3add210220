"""A row of buttons of which one is chosen, such as "Susun | Formulir"."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget


class Segments(QWidget):
    """Buttons that share their edges. chosen(index) is emitted when the user, or set_index, changes the choice."""

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        for index, text in enumerate(texts):
            button = QToolButton(self)
            button.setText(text)
            button.setCheckable(True)
            button.setProperty("segment", True)
            self._group.addButton(button, index)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._on_toggled)
        self._group.button(0).raise_()

    def index(self) -> int:
        """The chosen one, from 0."""
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        """Choose one; says chosen only if that is a change."""
        self._group.button(index).setChecked(True)

    def button(self, index: int) -> QToolButton:
        """One of the buttons, for its tool tip, key or enabling."""
        button = self._group.button(index)
        assert isinstance(button, QToolButton)
        return button

    def sizeHint(self) -> QSize:
        hints = [button.sizeHint() for button in self._group.buttons()]
        return QSize(sum(hint.width() - 1 for hint in hints) + 1, max(hint.height() for hint in hints))

    def resizeEvent(self, event: QResizeEvent) -> None:
        left = 0
        for button in self._group.buttons():
            width = button.sizeHint().width()
            button.setGeometry(left, 0, width, self.height())
            # One pixel of overlap: the neighbours' edge is one line, and the chosen one, on top, gives its colour.
            left += width - 1

    def _on_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self._group.button(index).raise_()
            self.chosen.emit(index)

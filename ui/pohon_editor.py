"""A statement edited in its box: Enter and leaving store it, Esc does not."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

_LEAST = (240, 72)
"""Pixels, however small the box is drawn."""


class BoxEditor(QPlainTextEdit):
    """`committed(text)` comes once; `left` when it closes, with or without, and then `given_up` after Esc."""

    committed = Signal(str)
    left = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.Box)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._before = ""
        self.hide()

    @property
    def active(self) -> bool:
        """Whether something is being edited."""
        return not self.isHidden()

    def begin(self, text: str, name: str, rect: QRectF) -> None:
        """Edit a text over a box."""
        self._before = text
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setPlainText(text)
        self.selectAll()
        self.place(rect)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self, rect: QRectF) -> None:
        """Stand over the box, inside what is in sight."""
        parent = self.parentWidget()
        room = parent.rect() if parent is not None else self.rect()
        width = min(max(round(rect.width()), _LEAST[0]), room.width() - 8)
        height = min(max(round(rect.height()), _LEAST[1]), room.height() - 8, 3 * _LEAST[1])
        left = max(4, min(round(rect.left()), room.width() - width - 4))
        top = max(4, min(round(rect.top()), room.height() - height - 4))
        self.setGeometry(left, top, width, height)

    def commit(self) -> None:
        """Store what has been typed, and close."""
        if self.active:
            text = " ".join(self.toPlainText().split("\n"))
            changed = text != " ".join(self._before.split("\n"))
            self.hide()
            if changed:
                self.committed.emit(text)
            self.left.emit()

    def cancel(self) -> None:
        """Close, and leave the plan as it is."""
        if self.active:
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.commit()

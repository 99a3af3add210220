"""Answering dialogs that are about to open: what they say is kept, and their buttons are pressed."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton


def press_each(*words: str) -> list[str]:
    """Press these buttons, one after the other, each as soon as a dialog that has it is open and lets it be pressed.

    Gives a list that fills with what the dialogs say.
    """
    left, said, before = list(words), list[str](), list[QDialog]()

    def look() -> None:
        box = QApplication.activeModalWidget()
        button = _button(box, left[0]) if isinstance(box, QDialog) else None
        # Twice the same dialog: not one that is just going away beneath another.
        if not isinstance(box, QDialog) or button is None or before[-1:] != [box]:
            before[:] = [box] if isinstance(box, QDialog) else []
            QTimer.singleShot(10, look)
            return
        left.pop(0)
        said.extend(label.text() for label in box.findChildren(QLabel) if label.text())
        before.clear()
        if left:
            QTimer.singleShot(10, look)
        button.click()

    QTimer.singleShot(10, look)
    return said


def _button(box: QDialog, words: str) -> QPushButton | None:
    found = (b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == words)
    return next((b for b in found if b.isEnabled() and b.isVisible()), None)

"""The field over a tree: what is typed filters, and the arrows lead into the tree."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_INTO_TREE = (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterField(QLineEdit):
    """`left`: Down, Enter, or Esc in the empty field; the tree is wanted. Esc empties the field first."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Saring pohon")
        self.setAccessibleName("Saring pohon")
        self.setToolTip("Semua kata yang diketik harus ada di barisnya. ↓ ke pohon, Esc mengosongkan.")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape or event.key() in _INTO_TREE:
            self.left.emit()
        else:
            super().keyPressEvent(event)

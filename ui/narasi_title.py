"""The field with the title of a section."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class TitleField(QLineEdit):
    """Undoes what is being typed; what has been stored, the window undoes."""

    def words(self) -> str:
        """The title without spaces that nobody sees."""
        return " ".join(self.text().split())

    def show_title(self, title: str) -> None:
        """Show another title, from its beginning."""
        self.setText(title)
        self.setCursorPosition(0)

    def forget(self) -> None:
        """What was typed has been stored: there is nothing to undo here any more."""
        if self.isUndoAvailable() or self.isRedoAvailable():
            caret = self.cursorPosition()
            self.setText(self.text())
            self.setCursorPosition(caret)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z in a field where nothing is being typed is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if (event.matches(keys.Undo) and not self.isUndoAvailable()) or (
                event.matches(keys.Redo) and not self.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

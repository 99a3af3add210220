"""A long text in a proper editor: plain lines, how much room is left, Ctrl+Enter stores."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.cleaning import TEXT_MAX
from ui.fonts import SMALL, ui_font
from ui.messages import confirm
from ui.note_line import NoteLine


class LongTextDialog(QDialog):
    """`text()` is what is to be stored once the dialog was accepted."""

    def __init__(self, title: str, text: str, help_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._before = text
        self.setWindowTitle(title)
        self.setSizeGripEnabled(True)
        self.resize(640, 320)
        size = QSettings().value("teks-panjang")
        if size is not None:
            self.restoreGeometry(size)
        self.edit = QPlainTextEdit(text)
        self.edit.setAccessibleName(title)
        self.edit.setTabChangesFocus(True)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.count = QLabel()
        note = QLabel(help_text)
        note.setWordWrap(True)
        for small in (note, self.count):
            small.setFont(ui_font(SMALL))
            small.setForegroundRole(small.palette().ColorRole.PlaceholderText)
        note.setVisible(bool(help_text))
        self.note = NoteLine(size=SMALL)
        buttons = QDialogButtonBox()
        self.store = buttons.addButton("Simpan (Ctrl+Enter)", QDialogButtonBox.ButtonRole.AcceptRole)
        cancel: QPushButton = buttons.addButton("Batal", QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        self.store.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (note, self.edit, self.note):
            layout.addWidget(widget)
        layout.addLayout(foot)
        self.edit.textChanged.connect(self._count)
        self._count()
        self.edit.setFocus()

    def text(self) -> str:
        """What is written, without spaces at the ends."""
        return self.edit.toPlainText().strip()

    def accept(self) -> None:
        if len(self.text()) <= TEXT_MAX:
            self._remember()
            super().accept()

    def reject(self) -> None:
        """Keep what was stored; what was typed meanwhile is given up only after asking."""
        changed = self.text() != self._before.strip()
        if not changed or confirm(self, "Tutup tanpa menyimpan perubahan teks ini?", "Tutup", "Teks yang lama tetap."):
            self._remember()
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        else:
            super().keyPressEvent(event)

    def _count(self) -> None:
        length = len(self.text())
        self.count.setText(f"{length:,} dari {TEXT_MAX:,} karakter".replace(",", "."))
        over = length - TEXT_MAX
        self.note.say(f"Terlalu panjang {over} karakter. Ringkas dahulu, lalu simpan." if over > 0 else "", "galat")
        self.store.setEnabled(over <= 0)

    def _remember(self) -> None:
        QSettings().setValue("teks-panjang", self.saveGeometry())

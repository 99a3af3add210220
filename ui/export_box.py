"""The foot of the settings: whether the plan still has faults, and the buttons that bring a form out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.note_line import NoteLine


class ExportBox(QWidget):
    """`export_wanted(kind)`, `print_wanted()`, and `findings_wanted()` for the link beside the notice."""

    export_wanted = Signal(str)
    print_wanted = Signal()
    findings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = NoteLine()
        self.notice.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.notice.linkActivated.connect(self.findings_wanted)
        self.pdf = self._button("Ekspor P&DF...", "file-output", "Simpan formulir ini sebagai PDF")
        self.pdf.setDefault(True)
        self.xlsx = self._button("&XLSX...", "file-spreadsheet", "Simpan formulir ini sebagai buku kerja Excel")
        self.print = self._button("&Cetak...", "printer", "Cetak formulir ini")
        self.pdf.clicked.connect(lambda: self.export_wanted.emit("pdf"))
        self.xlsx.clicked.connect(lambda: self.export_wanted.emit("xlsx"))
        self.print.clicked.connect(self.print_wanted)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self.xlsx)
        pair.addWidget(self.print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(self.pdf)
        layout.addLayout(pair)

    def set_faults(self, count: int) -> None:
        """Say how many galat the plan still holds."""
        text = f'Rencana ini masih memuat {count} galat. <a href="temuan">Lihat</a>' if count else ""
        self.notice.say(text, "galat")

    def set_ready(self, ready: bool) -> None:
        """Whether the buttons may be used."""
        for button in (self.pdf, self.xlsx, self.print):
            button.setEnabled(ready)

    def _button(self, text: str, name: str, tip: str) -> QPushButton:
        button = QPushButton(QIcon(icon(name)), text)
        button.setToolTip(tip)
        return button

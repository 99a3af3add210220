"""The "Terima temuan" dialog: why a finding may stay as it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.note_line import heading

HINT = "Temuan yang diterima tidak dihitung lagi dan tetap terbaca di Diterima. Ia kembali bila angkanya berubah."
_LONGEST = 500


class AcceptDialog(QDialog):
    """Asks only; accepted once there is a reason, which `reason` gives."""

    def __init__(self, fault: str, place: str, more: int, parent: QWidget | None = None) -> None:
        """`more`: how many findings that follow from it are accepted with it."""
        super().__init__(parent)
        self.setWindowTitle("Terima temuan")
        self.setMinimumWidth(520)
        title = heading(fault, LIST_HEADING)
        title.setWordWrap(True)
        where = QLabel(f"{place}. {more} temuan lanjutannya ikut diterima." if more else place)
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        label = QLabel("A&lasan (wajib)")
        self.field = QLineEdit()
        self.field.setAccessibleName("Alasan")
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText("Misalnya: sesuai dokumen yang sudah ditandatangani")
        label.setBuddy(self.field)
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton("&Terima", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self.accept_button.setEnabled(False)
        self.cancel_button = buttons.addButton("&Batal", QDialogButtonBox.ButtonRole.RejectRole)
        self.cancel_button.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text.strip())))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 16)
        box.setSpacing(8)
        for widget in (title, where, label, self.field, hint, buttons):
            box.addWidget(widget)
        self.field.setFocus()

    @property
    def reason(self) -> str:
        """As typed, without blanks around it."""
        return self.field.text().strip()

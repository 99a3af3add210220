"""The "Dokumen perubahan" dialog: which document the next stage is copied from, and whether with its results."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from models.plan import Plan
from models.rows import Dokumen
from services.naming import document_name
from services.tahap import next_stage
from ui.dialog_buttons import decision
from ui.fonts import SMALL, ui_font

HINT = "Semua isian disalin. Dokumen asal tetap utuh; tanggal dokumen baru dikosongkan."


@dataclass(frozen=True, slots=True)
class StageChoice:
    """What the officer chose: the document to copy, and whether with what has been reached."""

    dokumen_id: str
    realisasi: bool


class NewStageDialog(QDialog):
    """Asks only; the plan needs one document at least. After `accepted`, `choice` says what to do."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self.setWindowTitle("Dokumen perubahan")
        self.setMinimumWidth(460)
        self.origin = QComboBox()
        self.origin.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.origin.setMinimumContentsLength(30)
        for text, dokumen_id in _names(plan):
            self.origin.addItem(text, dokumen_id)
        self.origin.setCurrentIndex(self.origin.count() - 1)
        self.stage = QLabel()
        self.stage.setTextFormat(Qt.TextFormat.PlainText)
        self.stage.setAccessibleName("Tahap baru")
        self.realisasi = QCheckBox("Salin &realisasi")
        self.realisasi.setChecked(True)
        form = QFormLayout()
        form.addRow("Disalin &dari", self.origin)
        self.origin.setAccessibleName("Disalin dari")
        form.addRow("Tahap baru", self.stage)
        form.addRow("", self.realisasi)
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons, self.create_button, self.cancel_button = decision(self, "B&uat", "&Batal")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        self.origin.currentIndexChanged.connect(self._on_origin_changed)
        self._on_origin_changed()
        self.origin.setFocus()

    @property
    def choice(self) -> StageChoice:
        """What the fields say now."""
        return StageChoice(self.origin.currentData(), self.realisasi.isChecked())

    def _on_origin_changed(self) -> None:
        fresh = next_stage(self._plan, self._plan.get(Dokumen, self.origin.currentData()))
        self.stage.setText(document_name(fresh))
        self.origin.setToolTip(self.origin.currentText())


def _names(plan: Plan) -> list[tuple[str, str]]:
    """(what a document is called, its id), in the order of the file; documents called the same with their titles."""
    names = [(document_name(dokumen), dokumen) for dokumen in plan.all(Dokumen)]
    count = Counter(name for name, _ in names)
    return [(f"{name}, {dokumen.judul}" if count[name] > 1 else name, dokumen.id) for name, dokumen in names]

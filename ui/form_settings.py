"""The right side of the forms: period, page, signatory, and below them the buttons that bring the forms out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from services.forms import FORMS
from services.forms.realisasi_sampai import DEPENDENT
from ui.export_box import ExportBox
from ui.fonts import LIST_HEADING
from ui.note_line import heading
from ui.page_settings import PageSettings
from ui.preview_bar import HEIGHT
from ui.read_only import lock
from ui.realisasi_period import LONG_LABEL, PeriodField
from ui.session import Session
from ui.signatory import SignatoryFields

WIDTH = 312


class FormSettings(QWidget):
    """The fields scroll where the window is low; the buttons stay. `officials_wanted()`: the other signatories."""

    officials_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.page = PageSettings()
        self.period = PeriodField(session)
        self.period.setMaximumWidth(WIDTH)
        self.signatory = SignatoryFields(session)
        self.officials = QPushButton("Pihak kedua...")
        self.officials.setToolTip("Atasan kepala perangkat daerah, dan pejabat tiap jabatan")
        self.officials.clicked.connect(self.officials_wanted)
        self.export = ExportBox()
        lock(session, self.page, self.signatory, self.officials)
        signed = QHBoxLayout()
        signed.addWidget(heading("Tanda tangan", LIST_HEADING), 1)
        signed.addWidget(self.officials)
        inside = QWidget()
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(16, 10, 16, 12)
        fields.setSpacing(8)
        self._as_of = QWidget()
        as_of = QVBoxLayout(self._as_of)
        as_of.setContentsMargins(0, 0, 0, 8)
        as_of.setSpacing(4)
        as_of.addWidget(self.period.label(LONG_LABEL))
        as_of.addWidget(self.period)
        fields.addWidget(self._as_of)
        fields.addWidget(self.page)
        fields.addSpacing(8)
        fields.addLayout(signed)
        fields.addWidget(self.signatory)
        fields.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(pane_head("Halaman"))
        layout.addWidget(edge())
        layout.addWidget(scroll, 1)
        layout.addWidget(edge())
        layout.addWidget(self.export)

    def show_form(self, name: str) -> None:
        """Show what this form has besides the fields of all."""
        self._as_of.setVisible(name in DEPENDENT)
        self.officials.setVisible(FORMS[name].module in ("perjanjian", "dokumen_lengkap"))


def pane_head(text: str) -> QWidget:
    """The heading of a pane, as high as the bars beside it."""
    label = heading(text, LIST_HEADING)
    label.setFixedHeight(HEIGHT)
    label.setContentsMargins(12 if text == "Formulir" else 16, 0, 12, 0)
    return label


def edge(*, upright: bool = False) -> QFrame:
    """The line between two panes."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine if upright else QFrame.Shape.HLine)
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line

"""Paper, direction and margins of the form that is shown."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QWidget

from services.forms.parts import PAPERS, Page, Paper
from ui.quiet_fields import QuietComboBox, QuietSpinBox

LABEL_WIDTH = 112
LEAST, MOST = 5, 40
"""Bounds of a margin in mm; with these the narrowest paper keeps room for a table."""

_SIDES = {"top": "Tepi atas", "bottom": "Tepi bawah", "left": "Tepi kiri", "right": "Tepi kanan"}


def field_label(text: str, buddy: QWidget, name: str = "") -> QLabel:
    """The label of a field, with its mnemonic; the field is read out by the label's words or by `name`."""
    label = QLabel(text)
    label.setFixedWidth(LABEL_WIDTH)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    label.setBuddy(buddy)
    buddy.setAccessibleName(name or text.replace("&", ""))
    return label


def fields_layout(parent: QWidget) -> QFormLayout:
    """Labels of one width, fields beside them."""
    layout = QFormLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(0)
    layout.setVerticalSpacing(4)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return layout


class PageSettings(QWidget):
    """`page_changed(page)` brings the Page that the officer set."""

    page_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = Page()
        self.paper = QuietComboBox()
        for paper in PAPERS.values():
            self.paper.addItem(_paper_text(paper), paper.name)
        self.direction = QuietComboBox()
        self.direction.addItem("Mendatar", True)
        self.direction.addItem("Tegak", False)
        self.margins = {side: self._margin(name) for side, name in _SIDES.items()}
        layout = fields_layout(self)
        layout.addRow(field_label("&Kertas", self.paper), self.paper)
        layout.addRow(field_label("Ara&h", self.direction), self.direction)
        for label, one, other in (("&Tepi atas, bawah", "top", "bottom"), ("Tepi ki&ri, kanan", "left", "right")):
            pair = QHBoxLayout()
            pair.setSpacing(8)
            pair.addWidget(self.margins[one])
            pair.addWidget(self.margins[other])
            layout.addRow(field_label(label, self.margins[one], _SIDES[one]), pair)
        self.paper.currentIndexChanged.connect(self._on_changed)
        self.direction.currentIndexChanged.connect(self._on_changed)

    def show_page(self, page: Page) -> None:
        """Show other settings, without saying so."""
        self._page = page
        for field in (self.paper, self.direction, *self.margins.values()):
            field.blockSignals(True)
        self.paper.setCurrentIndex(self.paper.findData(page.paper.name))
        self.direction.setCurrentIndex(self.direction.findData(page.landscape))
        for side, field in self.margins.items():
            field.setValue(round(getattr(page, side)))
        for field in (self.paper, self.direction, *self.margins.values()):
            field.blockSignals(False)

    def _margin(self, name: str) -> QuietSpinBox:
        field = QuietSpinBox()
        field.setRange(LEAST, MOST)
        field.setSuffix(" mm")
        field.setAccessibleName(name)
        field.setToolTip(f"{name}, {LEAST} sampai {MOST} mm")
        field.valueChanged.connect(self._on_changed)
        return field

    def _on_changed(self) -> None:
        page = replace(
            self._page,
            paper=PAPERS[self.paper.currentData()],
            landscape=self.direction.currentData(),
            **{side: field.value() for side, field in self.margins.items()},
        )
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)


def _paper_text(paper: Paper) -> str:
    """F4 (215 × 330 mm)."""
    size = " × ".join(f"{length:g}".replace(".", ",") for length in (paper.width, paper.height))
    return f"{paper.name} ({size} mm)"

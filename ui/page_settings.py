"""How the form that is shown is printed: paper, direction, margins, size of the letters, and what stands around it."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.forms.parts import PAPERS, Page, Paper
from services.forms.settings import Setup
from ui.fonts import LIST_HEADING
from ui.note_line import heading
from ui.quiet_fields import QuietComboBox, QuietSpinBox

LABEL_WIDTH = 112
LEAST, MOST = 5, 40
"""Bounds of a margin in mm; with these the narrowest paper keeps room for a table."""
SMALLEST, LARGEST = 10, 28
"""Bounds of the size of letters in half points."""
STEPPED = 400
"""Milliseconds of rest after a margin was stepped, so that holding an arrow key makes one undo step."""

_SIDES = {"top": "Tepi atas", "bottom": "Tepi bawah", "left": "Tepi kiri", "right": "Tepi kanan"}
_STAMPS = (("Tidak", "tidak"), ("Selama ada galat", "galat"), ("Selalu", "selalu"))


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
    """`setup_changed(setup)` brings the Setup that the officer set; `letterhead_wanted()` that the kop is to be set."""

    setup_changed = Signal(object)
    letterhead_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup, self._own = Setup(Page()), Page()
        self._touched = False
        self.paper, self.direction, self.letters, self.stamp = (QuietComboBox() for _ in range(4))
        for paper in PAPERS.values():
            self.paper.addItem(_paper_text(paper), paper.name)
        self.direction.addItem("Mendatar", True)
        self.direction.addItem("Tegak", False)
        self._fill_sizes(None)
        for text, value in _STAMPS:
            self.stamp.addItem(text, value)
        self.margins = {side: self._margin(name) for side, name in _SIDES.items()}
        self.fit = QCheckBox("Muat lebar halaman")
        self.fit.setToolTip("Tabel direntangkan selebar halaman; tanpa ini lebar kolom tetap")
        self.repeat = QCheckBox("Judul k&olom di tiap halaman")
        self.kop = QCheckBox("Kop surat")
        self.kop.setToolTip("Kop perangkat daerah di atas halaman pertama")
        self.code = QCheckBox("Kode cetakan di kaki halaman")
        self.code.setToolTip("Kode isi rencana saat dicetak, agar lembar lama dan baru dapat dibedakan")
        self.set_kop = QPushButton("Atur kop...")
        self._rest = QTimer(self, singleShot=True, interval=STEPPED)
        self._lay_out()
        for box in (self.paper, self.direction, self.letters, self.stamp):
            box.currentIndexChanged.connect(self._on_changed)
        for tick in self._ticks():
            tick.toggled.connect(self._on_changed)
        for field in self.margins.values():
            field.valueChanged.connect(self._on_stepped)
            field.editingFinished.connect(self.commit)
        self._rest.timeout.connect(self.commit)
        self.set_kop.clicked.connect(self.letterhead_wanted)

    def show_setup(self, setup: Setup, own: Page, size: float | None) -> None:
        """Show other settings, without saying so.

        Args:
            own: the page that the form has by itself.
            size: of the body of its tables in points, None where it has none.
        """
        self._rest.stop()
        self._touched = False
        self._setup, self._own = setup, own
        page = setup.page
        choices = (self.paper, self.direction, self.letters, self.stamp)
        fields: tuple[QWidget, ...] = (*choices, *self._ticks(), *self.margins.values())
        for field in fields:
            field.blockSignals(True)
        self._fill_sizes(own.size or size)
        self.paper.setCurrentIndex(self.paper.findData(page.paper.name))
        self.direction.setCurrentIndex(self.direction.findData(page.landscape))
        if page.size is not None and self.letters.findData(page.size) < 0:
            self.letters.addItem(_size_text(page.size), page.size)
        self.letters.setCurrentIndex(self.letters.findData(page.size) if page.size != own.size else 0)
        self.stamp.setCurrentIndex(max(0, self.stamp.findData(setup.draf)))
        for side, field in self.margins.items():
            field.setValue(round(getattr(page, side)))
        for tick, on in zip(self._ticks(), (page.fit_width, page.repeat_header, setup.kop, setup.kode), strict=True):
            tick.setChecked(on)
        for field in fields:
            field.blockSignals(False)

    def commit(self) -> bool:
        """Tell what is set in the fields; False where that is nothing new."""
        for field in self.margins.values():
            field.interpretText()
        self._rest.stop()
        if not self._touched:
            return False
        self._touched = False
        page = self._setup.page
        margins = {s: f.value() for s, f in self.margins.items() if f.value() != round(getattr(page, s))}
        size = self.letters.currentData()
        page = replace(
            page,
            paper=PAPERS[self.paper.currentData()],
            landscape=self.direction.currentData(),
            size=self._own.size if size is None else size,
            fit_width=self.fit.isChecked(),
            repeat_header=self.repeat.isChecked(),
            **margins,
        )
        setup = Setup(page, self.kop.isChecked(), self.stamp.currentData(), self.code.isChecked())
        if setup == self._setup:
            return False
        self._setup = setup
        self.setup_changed.emit(setup)
        return True

    def _lay_out(self) -> None:
        above, below = QWidget(), QWidget()
        layout = fields_layout(above)
        layout.addRow(field_label("&Kertas", self.paper), self.paper)
        layout.addRow(field_label("Ara&h", self.direction), self.direction)
        for label, one, other in (("&Tepi atas, bawah", "top", "bottom"), ("Tepi ki&ri, kanan", "left", "right")):
            pair = QHBoxLayout()
            pair.setSpacing(8)
            pair.addWidget(self.margins[one])
            pair.addWidget(self.margins[other])
            layout.addRow(field_label(label, self.margins[one], _SIDES[one]), pair)
        layout.addRow(field_label("Ukuran huruf", self.letters), self.letters)
        kop = QHBoxLayout()
        kop.addWidget(self.kop, 1)
        kop.addWidget(self.set_kop)
        stamp = fields_layout(below)
        stamp.addRow(field_label("Cap DRAF", self.stamp), self.stamp)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(above)
        column.addWidget(self.fit)
        column.addSpacing(8)
        column.addWidget(heading("Isi", LIST_HEADING))
        column.addWidget(self.repeat)
        column.addLayout(kop)
        column.addWidget(below)
        column.addWidget(self.code)

    def _on_changed(self) -> None:
        self._touched = True
        self.commit()

    def _on_stepped(self) -> None:
        self._touched = True
        self._rest.start()

    def _ticks(self) -> tuple[QCheckBox, ...]:
        return self.fit, self.repeat, self.kop, self.code

    def _fill_sizes(self, own: float | None) -> None:
        """The sizes to choose from, the form's own first."""
        first = f"bawaan ({_size_text(own)})" if own else "bawaan"
        if self.letters.itemText(0) == first:
            return
        self.letters.clear()
        self.letters.addItem(first, None)
        for halves in range(SMALLEST, LARGEST + 1):
            self.letters.addItem(_size_text(halves / 2), halves / 2)

    def _margin(self, name: str) -> QuietSpinBox:
        field = QuietSpinBox()
        field.setRange(LEAST, MOST)
        field.setSuffix(" mm")
        field.setAccessibleName(name)
        field.setToolTip(f"{name}, {LEAST} sampai {MOST} mm")
        return field


def _size_text(size: float) -> str:
    """8,5 pt."""
    return f"{size:g} pt".replace(".", ",")


def _paper_text(paper: Paper) -> str:
    """F4 (215 × 330 mm)."""
    size = " × ".join(f"{length:g}".replace(".", ",") for length in (paper.width, paper.height))
    return f"{paper.name.partition('-')[0]} ({size} mm)"

"""The table of predicates: the bound of each step, its word and its colour."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from services.capaian_skala import YELLOW, Grade, Scale
from ui.proxy_style import plain_fusion
from ui.realisasi_words import OPEN, number_text, read_percent
from ui.tree_delegate import ROW

BATAS, PREDIKAT, WARNA = range(3)
LOWEST = "lainnya"
_SHOWN = 5
_SWATCH = 14


class ScaleTable(QWidget):
    """`edited` after a change by the officer. The lowest step has no bound: its cell cannot be typed into."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, 3)
        self.table.setStyle(plain_fusion())
        self.table.setAccessibleName("Skala predikat")
        self.table.setHorizontalHeaderLabels(["Batas (%)", "Predikat", "Warna"])
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        rows, heads = self.table.verticalHeader(), self.table.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(PREDIKAT, QHeaderView.ResizeMode.Stretch)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(BATAS, 84)
        self.table.setColumnWidth(WARNA, 104)
        self.table.setFixedHeight(ROW * (_SHOWN + 1) + 8)
        self.add, self.remove = QPushButton("Tamba&h"), QPushButton("Hap&us")
        self.colour = QPushButton("&Warna...")
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button, do in ((self.add, self._add), (self.remove, self._remove), (self.colour, self._choose_colour)):
            button.setAutoDefault(False)
            button.clicked.connect(do)
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self.setFocusProxy(self.table)
        self.table.itemChanged.connect(self._on_changed)

    def show_scale(self, scale: Scale) -> None:
        """Show the steps, the highest first."""
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for row, grade in enumerate(scale):
            self._insert(row, grade)
        self.table.blockSignals(False)
        self.table.setCurrentCell(0, PREDIKAT)

    def scale(self, *, inclusive: bool) -> Scale:
        """What the table says.

        Raises:
            PlanError: a bound that is no number.
        """
        grades = []
        for row in range(self.table.rowCount()):
            last = row == self.table.rowCount() - 1
            word = self._text(row, PREDIKAT)
            bound = OPEN if last else read_percent(self._text(row, BATAS), f"Batas {word}")
            if bound is None:
                raise PlanError(f"Batas {word or f'baris {row + 1}'} belum diisi.")
            grades.append(Grade(Decimal(bound), word, self._text(row, WARNA), inclusive))
        return tuple(grades)

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def _insert(self, row: int, grade: Grade, said: str | None = None) -> None:
        """`said`: what stands for its bound."""
        self.table.insertRow(row)
        own = number_text(grade.above) if grade.above.is_finite() else LOWEST
        bound = QTableWidgetItem(own if said is None else said)
        bound.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if not grade.above.is_finite():
            bound.setFlags(bound.flags() & ~Qt.ItemFlag.ItemIsEditable)
        self.table.setItem(row, BATAS, bound)
        self.table.setItem(row, PREDIKAT, QTableWidgetItem(grade.predikat))
        colour = QTableWidgetItem(_swatch(grade.warna), grade.warna)
        self.table.setItem(row, WARNA, colour)

    def _add(self) -> None:
        """A step above the current one."""
        row = max(self.table.currentRow(), 0)
        self.table.blockSignals(True)
        self._insert(row, Grade(Decimal(0), "", YELLOW), "")
        self.table.blockSignals(False)
        self.table.setCurrentCell(row, BATAS)
        self.table.setFocus()
        self.edited.emit()

    def _remove(self) -> None:
        """The current step, unless it is the lowest one."""
        row = self.table.currentRow()
        if 0 <= row < self.table.rowCount() - 1:
            self.table.removeRow(row)
            self.edited.emit()

    def _choose_colour(self) -> None:
        row = self.table.currentRow()
        if row < 0:
            return
        chosen = QColorDialog.getColor(QColor(self._text(row, WARNA)), self, "Warna predikat")
        item = self.table.item(row, WARNA)
        if chosen.isValid() and item is not None:
            item.setText(chosen.name().upper())

    def _on_changed(self, item: QTableWidgetItem) -> None:
        if item.column() == WARNA:
            self.table.blockSignals(True)
            item.setIcon(_swatch(item.text().strip()))
            self.table.blockSignals(False)
        self.edited.emit()


def _swatch(colour: str) -> QIcon:
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(QColor(colour) if QColor.isValidColorName(colour) else Qt.GlobalColor.transparent)
    return QIcon(picture)

"""The grid with its bar: which face, which view; and what the selection adds up to, for the status line."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.rows import Row
from services.angka import Style, format_angka, parse_angka
from services.month_grid import FIRST_MONTH
from ui.grid_model import GridModel
from ui.grid_view import GridView
from ui.segments import Segments
from ui.session import Session

BAR = 36


class GridPanel(QWidget):
    """`selection_text(str)`: how many cells are selected, and their sum where they are numbers."""

    selection_text = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GridModel(session, self)
        self.view = GridView(self.model, self)
        self.mode = Segments(["Kumulatif", "Per bulan"], name="Tampilan bulan")
        self.mode.chosen.connect(lambda index: self._on_mode(index == 0))
        self._empty = QLabel("Pilih satu baris di pohon; indikator dan kasnya tampil di sini.")
        self._empty.setForegroundRole(self._empty.palette().ColorRole.PlaceholderText)
        self._empty.setContentsMargins(16, 12, 16, 12)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 4, 12, 4)
        bar.setSpacing(8)
        bar.addWidget(QLabel("Rencana"))
        bar.addWidget(self.mode)
        bar.addStretch()
        holder = QWidget()
        holder.setLayout(bar)
        holder.setFixedHeight(BAR)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(holder)
        layout.addWidget(self._empty)
        layout.addWidget(self.view, 1)
        self.view.selection_changed.connect(self._on_selection)

    def show_branch(self, row: Row | None) -> None:
        """Show the branch of the row that the tree has chosen."""
        self.view.set_branch(row.id if row is not None else None)
        self.model.show_branch(row)
        there = self.model.rowCount() > 0
        self.view.setVisible(there)
        self._empty.setVisible(not there)
        hint = "Baris ini belum punya indikator atau anggaran. Tambahkan lewat menu Susun, atau Kaitkan di atas."
        self._empty.setText(
            hint if row is not None else "Pilih satu baris di pohon; indikator dan kasnya tampil di sini."
        )

    def go_to(self, row_id: str, column: int) -> bool:
        """Make the cell of a budget line or an indicator current; False where the branch does not hold it."""
        row = self.model.row_of(row_id)
        if row is not None:
            self.view.go_to(row, column)
        return row is not None

    def _on_mode(self, kumulatif: bool) -> None:
        self.model.set_kumulatif(kumulatif)

    def _on_selection(self) -> None:
        cells = self.view.selected()
        if len(cells) < 2:
            self.selection_text.emit("")
            return
        read = [parse_angka(c.data() or "", Style.INDONESIAN) for c in cells if c.column() >= FIRST_MONTH]
        numbers = [angka.value for angka in read if angka is not None and angka.value is not None]
        total = f"   Jumlah  {format_angka(sum(numbers, Decimal()))}" if numbers and not self.model.kumulatif else ""
        self.selection_text.emit(f"{len(cells)} sel dipilih{total}")

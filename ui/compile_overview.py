"""The agencies of the open file at a glance; a double click shows one of them in the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from services.compile_overview import Overview, overview
from services.rupiah import format_rupiah
from ui.dialog_buttons import push_button
from ui.fonts import ui_font
from ui.history_slices import Slices
from ui.list_rows import RowDelegate, plain_table

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_TITLES = ("Perangkat daerah", "Pemerintah daerah", "Dokumen", "Pagu", "Kas Desember", "Selisih", "Temuan")
_WIDTHS = (0, 144, 116, 108, 112, 104, 148)
_NUMBERS = (3, 4, 5)
_KAS, _KAS_FROM = 4, 900
"""The column of the cash plan, and the pixels of width from which it has room."""


def show_agencies(window: "MainWindow") -> None:
    """The overview beside the plan; the one that is there comes forward."""
    if window.session is None:
        return
    there = next((d for d in window.findChildren(OverviewDialog) if d.session is window.session), None)
    dialog = there or OverviewDialog(window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


class OverviewDialog(QDialog):
    """Not modal; it is made anew, a document at a time, after each edit."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        assert window.session is not None
        self._window, self.session = window, window.session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Perangkat daerah dalam berkas ini")
        self.setSizeGripEnabled(True)
        self.resize(min(980, window.width() - 40), min(460, window.height() - 60))
        self.table = QTableWidget(0, len(_TITLES))
        self.total = QLabel()
        self.open_button = QPushButton("&Tampilkan")
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(lambda: self.go())
        self._make_table()
        foot = QHBoxLayout()
        foot.addWidget(self.total, 1)
        foot.addWidget(self.open_button)
        foot.addWidget(push_button("T&utup", self.close))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self._slices = Slices(self)
        self._slices.ended.connect(self._say_total)
        self.listed: list[Overview] = []
        self.session.changed.connect(self.fill)
        self.session.destroyed.connect(self.close)
        self.fill()

    def fill(self) -> None:
        """Reckon all documents anew, one in each slice."""
        source = overview(self.session.plan, self.session.rollup, self.session.checks)
        listed: list[Overview] = []
        self.listed = listed

        def step() -> bool:
            one = next(source, None)
            if one is not None:
                listed.append(one)
                self._show(len(listed) - 1, one)
            return one is not None

        self._slices.start(step)

    def go(self) -> None:
        """Show the chosen agency's document in the window."""
        row = self.table.currentRow()
        if 0 <= row < len(self.listed):
            self._window.commit()
            self.session.show_document(self.listed[row].dokumen_id)
            self._window.bar.set_documents(self.session)

    def done(self, result: int) -> None:
        self._slices.stop()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_KAS, self.width() < _KAS_FROM)

    def _show(self, row: int, one: Overview) -> None:
        if self.table.rowCount() <= row:
            self.table.setRowCount(row + 1)
        amounts = ("" if value is None else format_rupiah(value) for value in (one.pagu, one.kas, one.selisih))
        findings = _findings(one.galat, one.peringatan)
        for column, text in enumerate((one.agency, one.pemda, one.document, *amounts, findings)):
            self._put(row, column, text)
        if row == 0 and self.table.currentRow() < 0:
            self.table.selectRow(0)

    def _put(self, row: int, column: int, text: str, *, bold: bool = False) -> None:
        item = self.table.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)
        item.setFont(ui_font(semibold=bold))
        item.setText(text)
        item.setToolTip(text)

    def _say_total(self) -> None:
        self.table.setRowCount(len(self.listed))
        # Of one agency in two stages, or of two years, nobody wants the sum.
        once = len({(one.agency, one.pemda) for one in self.listed}) == len(self.listed)
        once = once and len({one.year for one in self.listed}) == 1
        said = [f"{len(self.listed)} dokumen"]
        if once and len(self.listed) > 1:
            self._show_sums()
        if once:
            said.append(f"pagu Rp {format_rupiah(sum(one.pagu or 0 for one in self.listed))}")
        said.append(f"{sum(one.galat for one in self.listed)} galat")
        self.total.setText(", ".join(said))

    def _show_sums(self) -> None:
        """A last row with the sums of all agencies."""
        listed, row = self.listed, len(self.listed)
        pagu, kas = sum(one.pagu or 0 for one in listed), sum(one.kas or 0 for one in listed)
        found = _findings(sum(one.galat for one in listed), sum(one.peringatan for one in listed))
        self.table.setRowCount(row + 1)
        texts = ("Jumlah", "", f"{row} dokumen", *map(format_rupiah, (pagu, kas, pagu - kas)), found)
        for column, text in enumerate(texts):
            self._put(row, column, text, bold=True)

    def _make_table(self) -> None:
        table = self.table
        plain_table(table, "Perangkat daerah", RowDelegate(table))
        table.setHorizontalHeaderLabels(list(_TITLES))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(_WIDTHS):
            title = table.horizontalHeaderItem(column)
            if title is not None and column in _NUMBERS:
                title.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if width:
                table.setColumnWidth(column, width)
        table.activated.connect(lambda: self.go())


def _findings(galat: int, peringatan: int) -> str:
    counts = ((galat, "galat"), (peringatan, "peringatan"))
    return ", ".join(f"{count} {name}" for count, name in counts if count) or "tidak ada"

"""Jabatan: the positions of the document in a table; each change is one action that can be undone."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.rows import Jabatan
from services import edits, positions
from services.cell_edit import clean
from ui.fonts import SMALL
from ui.messages import confirm
from ui.note_line import NoteLine
from ui.positions_delegate import ChoicesDelegate
from ui.proxy_style import plain_fusion
from ui.session import Session

_COLUMNS = ("Nama jabatan", "Eselon", "Unit", "Atasan", "Dipakai")
_FIELDS = ("nama", "eselon", "unit", "atasan_id")
_WIDTHS = (264, 72, 168, 176)
NAMA, ESELON, UNIT, ATASAN, DIPAKAI = range(5)
ESELONS = ("I", "II", "III", "IV", "Fungsional", "Pelaksana")
NOBODY = "(tidak ada)"


class PositionsDialog(QDialog):
    """Rename, add, remove, merge; the table follows the plan, also while undo is pressed behind it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._filling = False
        self.setWindowTitle("Kelola jabatan")
        self.resize(960, 480)
        self.setSizeGripEnabled(True)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setStyle(plain_fusion())
        self.table.setAccessibleName("Jabatan")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(28)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(DIPAKAI, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.table.setItemDelegateForColumn(ESELON, ChoicesDelegate(lambda row: list(ESELONS), free=True, parent=self))
        self.table.setItemDelegateForColumn(ATASAN, ChoicesDelegate(self._superiors, free=False, parent=self))
        self.note = NoteLine(size=SMALL)
        self.add_button = self._button("&Tambah", self.add)
        self.remove_button = self._button("&Hapus...", self.remove)
        self.merge_button = self._button("&Gabungkan...", self.merge)
        self.merge_button.setToolTip(
            "Pilih dua baris (Ctrl+klik): yang terakhir diklik tetap, yang lain dilebur ke dalamnya."
        )
        self.officials_button = self._button("&Pejabat dan NIP...", self.officials)
        bar = QHBoxLayout()
        for button in (self.add_button, self.remove_button, self.merge_button):
            bar.addWidget(button)
        bar.addStretch()
        bar.addWidget(self.officials_button)
        buttons = QDialogButtonBox()
        buttons.addButton("Tutup", QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        intro = QLabel(
            "Jabatan yang dapat menjadi penanggung jawab. Nama tercetak di formulir seperti ditulis di sini."
        )
        intro.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(intro)
        layout.addWidget(self.table)
        layout.addWidget(self.note)
        layout.addLayout(bar)
        layout.addWidget(buttons)
        self.table.itemChanged.connect(self._on_item)
        self.table.itemSelectionChanged.connect(self._refresh_buttons)
        session.changed.connect(self.fill)
        self.fill()
        if self.table.rowCount():
            self.table.setCurrentCell(0, NAMA)
        self.table.setFocus()

    def fill(self) -> None:
        """Show the positions of today; the caret stays."""
        self._filling = True
        plan = self._session.plan
        rows = plan.where(Jabatan, "dokumen_id", self._session.dokumen_id)
        self.table.setRowCount(len(rows))
        for i, jabatan in enumerate(rows):
            above = plan.find(Jabatan, jabatan.atasan_id)
            used = positions.use_words(plan, jabatan)
            texts = (jabatan.nama, jabatan.eselon, jabatan.unit, above.nama if above else "", used or "belum dipakai")
            for column, text in enumerate(texts):
                item = self.table.item(i, column) or QTableWidgetItem()
                item.setData(Qt.ItemDataRole.UserRole, jabatan.id)
                item.setText(text or "")
                item.setToolTip(text or "")
                if column == DIPAKAI:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                if self.table.item(i, column) is None:
                    self.table.setItem(i, column, item)
        self._filling = False
        self._refresh_buttons()

    def add(self) -> None:
        """A new position, ready to be named."""
        plan, dokumen_id = self._session.plan, self._session.dokumen_id
        if self._session.edit("jabatan baru", edits.add_jabatan(plan, dokumen_id, "Jabatan baru")):
            last = self.table.rowCount() - 1
            self.table.setCurrentCell(last, NAMA)
            item = self.table.item(last, NAMA)
            assert item is not None
            self.table.editItem(item)

    def remove(self) -> None:
        """Take the current position away, after saying what names it."""
        jabatan = self._current()
        if jabatan is None:
            return
        used = positions.use_words(self._session.plan, jabatan)
        affected = (
            f"{used} tidak lagi punya penanggung jawab atau atasan ini." if used else "Tidak ada yang memakainya."
        )
        if confirm(self, f"Hapus jabatan “{jabatan.nama}”?", "Hapus", f"{affected} Dapat diurungkan dengan Ctrl+Z."):
            self._session.edit("hapus jabatan", edits.remove(self._session.plan, jabatan))

    def merge(self) -> None:
        """Make the two selected positions one: the current one stays."""
        stays = self._current()
        gone = [jabatan for jabatan in self._selected() if stays is not None and jabatan.id != stays.id]
        if stays is None or len(gone) != 1:
            return
        used = positions.use_words(self._session.plan, gone[0]) or "tidak ada baris"
        question = f"Gabungkan “{gone[0].nama}” ke dalam “{stays.nama}”?"
        note = f"Yang memakai nama pertama ({used}) beralih ke nama kedua. Dapat diurungkan dengan Ctrl+Z."
        if confirm(self, question, "Gabungkan", note):
            self._session.edit("gabungkan jabatan", positions.merge(self._session.plan, gone[0], stays))

    def officials(self) -> None:
        """Who holds the positions, with pangkat and NIP; the NIP is checked there."""
        from ui.officials_dialog import OfficialsDialog

        dialog = OfficialsDialog(self._session, self)
        dialog.exec()
        dialog.deleteLater()

    def _button(self, text: str, do: Any) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: do())
        return button

    def _jabatan(self, row: int) -> Jabatan | None:
        item = self.table.item(row, NAMA)
        return self._session.plan.find(Jabatan, item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def _current(self) -> Jabatan | None:
        return self._jabatan(self.table.currentRow())

    def _selected(self) -> list[Jabatan]:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [jabatan for row in rows if (jabatan := self._jabatan(row)) is not None]

    def _superiors(self, row: int) -> list[str]:
        jabatan, plan = self._jabatan(row), self._session.plan
        everyone = plan.where(Jabatan, "dokumen_id", self._session.dokumen_id)
        return [NOBODY, *(j.nama for j in everyone if jabatan and positions.may_be_over(plan, j.id, jabatan))]

    def _refresh_buttons(self) -> None:
        count = len(self._selected())
        self.remove_button.setEnabled(count == 1)
        self.merge_button.setEnabled(count == 2)

    def _on_item(self, item: QTableWidgetItem) -> None:
        jabatan = self._jabatan(item.row())
        if self._filling or jabatan is None or item.column() == DIPAKAI:
            return
        self.note.say("")
        try:
            text = clean(item.text())
        except PlanError as error:
            self.note.say(str(error), "galat")
            self.fill()
            return
        field = _FIELDS[item.column()]
        value: str | None = text or None
        if field == "atasan_id":
            everyone = self._session.plan.where(Jabatan, "dokumen_id", self._session.dokumen_id)
            value = next((j.id for j in everyone if j.nama == text), None)
        elif field == "nama":
            if not text:
                self.note.say("Nama jabatan tidak boleh kosong.", "galat")
                self.fill()
                return
            self._warn_of_twin(jabatan, text)
            value = text
        if value == (getattr(jabatan, field) or None):
            self.fill()
            return
        name = {"atasan_id": "atasan"}.get(field, field)
        self._session.edit(f"ubah {name} jabatan", edits.set_field(jabatan, field, value))

    def _warn_of_twin(self, jabatan: Jabatan, text: str) -> None:
        everyone = self._session.plan.where(Jabatan, "dokumen_id", self._session.dokumen_id)
        twin = next((j for j in everyone if j.id != jabatan.id and j.nama.casefold() == text.casefold()), None)
        if twin is not None:
            self.note.say(f"Sudah ada “{twin.nama}”. Pilih keduanya, lalu Gabungkan.", "peringatan")

"""The notes of a period beside the figures of a line: obstacle, solution, follow-up, evidence."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.rows import Anggaran, Dokumen, Indikator
from services.cell_edit import step_name
from services.grid_result_edit import periode_of
from services.month_grid import FIRST_QUARTER, JUMLAH, Line, month_of
from services.naming import row_text
from services.realisasi import NOTES, note_of, set_note
from services.realisasi_tutup import closed_months
from services.series import QUARTER_ENDS
from services.tanggal import MONTHS
from ui.elided_label import ElidedLabel
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.note_line import NoteLine
from ui.session import Session

if TYPE_CHECKING:
    from ui.grid_panel import GridPanel

WIDTH = 560
BOX = 62
"""Pixels that a text of three lines is high."""
CLOSED = "Periode ini sudah ditutup; catatannya hanya dapat dibaca."
_LABELS = {
    "kendala": "&Kendala",
    "solusi": "S&olusi",
    "tindak_lanjut": "&Tindak lanjut",
    "bukti": "B&ukti dukung",
    "berkas": "&Nama berkas bukti",
}


def closing_month(session: Session, line: Line, column: int) -> int | None:
    """The month, 1 to 12, that closes the period of a column; None where it is none."""
    if FIRST_QUARTER <= column < JUMLAH:
        return QUARTER_ENDS[column - FIRST_QUARTER] + 1
    month = month_of(column)
    if month is None:
        return None
    return (month // 3 + 1) * 3 if periode_of(session.plan, line) == "triwulan" else month + 1


def show_notes(panel: "GridPanel") -> None:
    """Open the notes of the caret's cell; say why where it has none."""
    model, caret = panel.model, panel.view.grid_cursor.caret
    if caret is None:
        return
    line, session = model.line(caret[0]), model.session
    if model.face == "rencana":
        model.remark("Catatan periode ada di sisi Realisasi dan Capaian (Ctrl+J).")
        return
    bulan = closing_month(session, line, caret[1])
    if line.kind == "jumlah" or bulan is None:
        model.remark("Catatan ada pada bulan atau triwulan dari indikator dan baris anggaran; pilih sel itu.")
        return
    plan = session.plan
    row = plan.get(Anggaran, line.row_id) if line.kind == "kas" else plan.get(Indikator, line.row_id)
    dialog = NotesDialog(session, row, bulan, panel)
    dialog.exec()
    dialog.deleteLater()


class NotesDialog(QDialog):
    """Simpan stores all texts as one step; Ctrl+Enter does, too. Of a closed period they can be read only."""

    def __init__(self, session: Session, row: Indikator | Anggaran, bulan: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._row, self._bulan = session, row, bulan
        tahun = session.plan.get(Dokumen, row.dokumen_id).tahun
        self._closed = bulan in closed_months(session.plan, row.dokumen_id)
        self.setWindowTitle(f"Catatan periode: {MONTHS[bulan - 1]} {tahun}")
        self.setMinimumWidth(WIDTH)
        heading = ElidedLabel(Qt.TextElideMode.ElideRight)
        heading.setFont(ui_font(LIST_HEADING, semibold=True))
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.say(row_text(row))
        self.texts: dict[str, QPlainTextEdit] = {}
        self.file = QLineEdit()
        self.browse = QPushButton("&Pilih...")
        self.note = NoteLine(size=SMALL)
        form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        there = note_of(session.plan, row, bulan)
        for name, words in NOTES.items():
            said = str(getattr(there, name, None) or "")
            if name != "berkas":
                box = self.texts[name] = QPlainTextEdit(said)
                box.setTabChangesFocus(True)
                box.setFixedHeight(BOX)
                box.setAccessibleName(words)
                box.setReadOnly(self._closed)
                form.addRow(_LABELS[name], box)
                continue
            self.file.setText(said)
            self.file.setAccessibleName(words)
            self.file.setReadOnly(self._closed)
            self.browse.setAutoDefault(False)
            self.browse.setEnabled(not self._closed)
            self.browse.clicked.connect(self._browse)
            files = QHBoxLayout()
            files.setSpacing(8)
            files.addWidget(self.file, 1)
            files.addWidget(self.browse)
            label = QLabel(_LABELS[name])
            label.setBuddy(self.file)
            form.addRow(label, files)
        hint = QLabel("Berkas bukti tidak disalin ke rencana; hanya namanya yang dicatat.")
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton("&Simpan", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setEnabled(not self._closed)
        self.save.setDefault(True)
        cancel = buttons.addButton("&Batal", QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self.note)
        layout.addWidget(buttons)
        if self._closed:
            self.note.say(CLOSED, "catatan")
        self.texts["kendala"].setFocus()

    def accept(self) -> None:
        """Store what is typed; what is refused stays open with its reason."""
        if self._closed:
            return
        typed = {name: box.toPlainText() for name, box in self.texts.items()} | {"berkas": self.file.text()}
        try:
            changes = set_note(self._session.plan, self._row, self._bulan, typed)
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        label = step_name(f"catatan {MONTHS[self._bulan - 1]}", [row_text(self._row)])
        if not changes or self._session.edit(label, changes):
            super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        else:
            super().keyPressEvent(event)

    def _browse(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Berkas bukti")
        if path:
            self.file.setText(path.replace("\\", "/").rpartition("/")[2])

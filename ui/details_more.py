"""Lainnya: the fields of a row that are seldom filled, in a dialog of their own."""

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from models.rows import Anggaran, Indikator, Kinerja, Row
from ui.fields import LineField, RowOf
from ui.fonts import SMALL, ui_font
from ui.isian_method import LABELS, MethodField
from ui.isian_year import HELP as YEAR_HELP
from ui.isian_year import YearField
from ui.note_line import NoteLine
from ui.read_only import REASON, lock
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Other:
    """One more column: its label with the mnemonic, and its help."""

    field: str
    label: str
    help: str


OTHERS: dict[type[Row], tuple[Other, ...]] = {
    Kinerja: (),
    Indikator: (
        Other("realisasi", "Realisasi se&tahun", YEAR_HELP),
        Other("kondisi_awal", "&Kondisi awal", "Capaian sebelum tahun pertama, dengan satuan yang sama."),
        Other("formula", "&Formula", "Cara menghitung nilai indikator, seperti di formulir IKU."),
        Other("sumber_data", "S&umber data", "Dari mana angka diambil: bidang, laporan, aplikasi atau survei."),
        Other("alasan", "&Alasan pemilihan", "Mengapa indikator ini dipakai, seperti di formulir IKU."),
        Other("pembilang", "&Pembilang", "Untuk rasio: yang dihitung di atas garis; diisi di sisi Realisasi."),
        Other("penyebut", "P&enyebut", "Untuk rasio: yang dihitung di bawah garis; diisi di sisi Realisasi."),
    ),
    Anggaran: (
        Other("lokasi", "&Lokasi", "Tempat kegiatan: kecamatan, desa atau kelurahan, kantor."),
        Other("kelompok_sasaran", "&Kelompok sasaran", "Siapa yang menerima manfaat: pelaku usaha, petani, pegawai."),
        Other("sumber_dana", "&Sumber dana", "PAD, DAU, DAK, bagi hasil atau bantuan keuangan, seperti di DPA."),
    ),
}


def more_words(row: Row) -> str:
    """The link to the dialog, with how many of its fields are filled; "" where the row has no more fields."""
    others = OTHERS[type(row)]
    filled = sum(bool(getattr(row, other.field)) for other in others)
    said = f"Lainnya ({filled} terisi)..." if filled else "Lainnya..."
    return f'<a href="lainnya" style="text-decoration:none">{said}</a>' if others else ""


class MoreDialog(QDialog):
    """Each field is stored as soon as it is left, as in the pane; Tutup only closes."""

    def __init__(self, session: Session, row: RowOf, others: tuple[Other, ...], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(640, 0)
        self.setSizeGripEnabled(True)
        self._session = session
        self.fields: dict[str, LineField] = {}
        self._help = QLabel()
        self._help.setFont(ui_font(SMALL))
        self._help.setWordWrap(True)
        self._help.setForegroundRole(self._help.palette().ColorRole.PlaceholderText)
        self.note = NoteLine(size=SMALL)
        form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        for other in others:
            if other.field == "realisasi":
                field: LineField = YearField(session, row)
            else:
                field = LineField(session, row, other.field, help_text=other.help, long=True)
            field.setAccessibleName(other.label.replace("&", ""))
            field.focused.connect(self._help.setText)
            field.refused.connect(lambda sentence: self.note.say(sentence, "galat"))
            field.show_row()
            form.addRow(other.label, field)
            form.labelForField(field).setMinimumWidth(112)
            self.fields[other.field] = field
        self.methods = [MethodField(session, row, part) for part in LABELS] if isinstance(row(), Indikator) else []
        for part, method in zip(LABELS, self.methods, strict=False):
            method.focused.connect(self._help.setText)
            method.show_row()
            form.addRow(LABELS[part], method)
        buttons = QDialogButtonBox()
        close = buttons.addButton("Tutup", QDialogButtonBox.ButtonRole.AcceptRole)
        close.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._help)
        layout.addWidget(self.note)
        layout.addWidget(buttons)
        lock(session, *self.methods)
        if session.read_only:
            self.note.say(REASON)
        session.changed.connect(self._refresh)
        next(iter(self.fields.values())).setFocus()

    def accept(self) -> None:
        """Not while a field holds what cannot be stored; Esc closes all the same."""
        for field in self.fields.values():
            field.commit()
            if field.refusal:
                field.setFocus()
                return
        super().accept()

    def done(self, result: int) -> None:
        """Also what is still being typed is stored."""
        for field in self.fields.values():
            field.commit()
        super().done(result)

    def _refresh(self) -> None:
        for field in self.fields.values():
            if not field.being_typed():
                field.show_row()
        for method in self.methods:
            method.show_row()

"""The fields of the "Rencana baru" dialog, and what they propose to each other."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QSpinBox

from services.new_plan import (
    FIRST_YEAR,
    KINDS,
    LAST_YEAR,
    SUFFIX,
    NewPlan,
    pemda_name,
    proposed_file_name,
    proposed_position,
)
from services.nip import check_nip, format_nip
from ui.choose_plan import documents_folder

LONGEST = 200
FOLDER = "Renaksi"


class NewPlanFields(QObject):
    """The widgets by name; `edited(name)`: the officer changed one; `remarked(text, level)`: about the NIP."""

    edited = Signal(str)
    remarked = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.opd_nama = _line()
        self.jenis_pemda = _choice(KINDS)
        self.pemda = _line("misalnya Buleleng")
        self.ibu_kota = _line("misalnya Singaraja")
        self.tahun = _number(FIRST_YEAR, LAST_YEAR, date.today().year)
        self.tahap = _choice({"murni": "Murni", "perubahan": "Perubahan"})
        self.nomor_perubahan = _number(1, 9, 1)
        self.jabatan = _line()
        self.plt = QCheckBox("P&lt. (pelaksana tugas)")
        self.nama = _line("dengan gelar, seperti pada dokumen")
        self.pangkat = _line("misalnya Pembina Utama Muda")
        self.nip = _line("18 angka")
        self.path = QLineEdit()
        self.browse = QPushButton("Pili&h...")
        # What the officer wrote, or picked, is no longer proposed.
        self._own_position = False
        self._own_path = False
        self.path.textChanged.connect(self.path.setToolTip)
        self._connect()
        self._propose()

    def new_plan(self) -> NewPlan:
        """What the fields say now."""
        kind = self.jenis_pemda.currentData()
        return NewPlan(
            opd_nama=self.opd_nama.text(),
            pemda=pemda_name(kind, self.pemda.text()),
            jenis_pemda=kind,
            ibu_kota=self.ibu_kota.text(),
            tahun=self.tahun.value(),
            tahap=self.tahap.currentData(),
            nomor_perubahan=self.nomor_perubahan.value(),
            jabatan=self.jabatan.text(),
            nama=self.nama.text(),
            pangkat=self.pangkat.text(),
            nip=self.nip.text(),
            plt=self.plt.isChecked(),
        )

    def target(self) -> Path | None:
        """Where the plan shall lie; None where nothing is written there. A bare name goes to the proposed folder."""
        text = self.path.text().strip().strip('"')
        if not text:
            return None
        path = _folder() / text
        return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)

    def set_target(self, path: Path) -> None:
        """Take over a place that was picked."""
        self._own_path = True
        self.path.setText(str(path))
        self.edited.emit("path")

    def _connect(self) -> None:
        self.jabatan.textEdited.connect(self._on_position_edited)
        self.path.textEdited.connect(self._on_path_edited)
        self.nip.textEdited.connect(lambda: self.remarked.emit("", ""))
        self.nip.editingFinished.connect(self._on_nip_left)
        self.opd_nama.textChanged.connect(self._propose)
        self.tahun.valueChanged.connect(self._propose)
        self.tahap.currentIndexChanged.connect(self._propose)
        self.nomor_perubahan.valueChanged.connect(self._propose)
        self.opd_nama.textEdited.connect(lambda: self.edited.emit("opd_nama"))
        self.tahun.valueChanged.connect(lambda: self.edited.emit("tahun"))

    def _propose(self) -> None:
        new = self.new_plan()
        self.nomor_perubahan.setEnabled(new.tahap == "perubahan")
        if not self._own_position:
            self.jabatan.setText(proposed_position(new.opd_nama))
            self.jabatan.setCursorPosition(0)
        if not self._own_path:
            self.path.setText(str(_folder() / proposed_file_name(new)))
            self.edited.emit("path")

    def _on_position_edited(self, text: str) -> None:
        self._own_position = bool(text)

    def _on_path_edited(self, text: str) -> None:
        self._own_path = bool(text)
        self.edited.emit("path")

    def _on_nip_left(self) -> None:
        self.nip.setText(format_nip(self.nip.text()))
        remarks = check_nip(self.nip.text(), date.today().year)
        self.remarked.emit(*(remarks[0].text, remarks[0].level) if remarks else ("", ""))


def _folder() -> Path:
    return documents_folder() / FOLDER


def _line(example: str = "") -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(LONGEST)
    field.setPlaceholderText(example)
    return field


def _choice(texts: dict[str, str]) -> QComboBox:
    field = QComboBox()
    for value, text in texts.items():
        field.addItem(text, value)
    return field


def _number(first: int, last: int, value: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(first, last)
    field.setValue(value)
    return field

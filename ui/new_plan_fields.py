"""The fields of the "Rencana baru" dialog, and what they propose to each other."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QSpinBox

from models.plan import Plan
from models.rows import Opd
from services.new_plan import (
    FIRST_YEAR,
    KINDS,
    LAST_YEAR,
    SUFFIX,
    NewPlan,
    pemda_name,
    proposed_file_name,
    proposed_position,
    proposed_superior,
)
from services.new_year import last_document
from services.nip import check_nip, format_nip
from services.pejabat import head, superior
from ui.choose_plan import documents_folder
from ui.new_plan_source import LastYear

LONGEST = 200
FOLDER = "Renaksi"


class NewPlanFields(QObject):
    """The widgets by name; `edited(name)`: the officer changed one; `remarked(name, text, level)`: about a NIP."""

    edited = Signal(str)
    remarked = Signal(str, str, str)

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
        self.atasan_jabatan = _line("misalnya Bupati Buleleng")
        self.atasan_nama = _line("dengan gelar")
        self.atasan_pangkat = _line()
        self.atasan_nip = _line("bila ada")
        self.source = LastYear()
        self.path = QLineEdit()
        self.browse = QPushButton("Pili&h...")
        # What the officer wrote, or picked, is no longer proposed.
        self._own_position = False
        self._written = ("", "")
        """The agency's name and the position as they were when that was written."""
        self._own_superior = False
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
            atasan_jabatan=self.atasan_jabatan.text(),
            atasan_nama=self.atasan_nama.text(),
            atasan_pangkat=self.atasan_pangkat.text(),
            atasan_nip=self.atasan_nip.text(),
            last_year=self.source.path(),
        )

    def fill_from(self, last: Plan) -> None:
        """Take agency and officials over from last year's plan, and turn the year."""
        dokumen = last_document(last)
        opd = last.get(Opd, dokumen.opd_id)
        chief, above = head(last, dokumen), superior(last, dokumen)
        self._own_position = self._own_superior = True
        self._written = (opd.nama, chief.jabatan)
        kind = self.jenis_pemda.findData(opd.jenis_pemda or next(iter(KINDS)))
        self.jenis_pemda.setCurrentIndex(max(kind, 0))
        name = (opd.pemda or "").split(" ", 1)
        named = name[-1] if len(name) > 1 and name[0].lower() == opd.jenis_pemda else opd.pemda or ""
        self.tahap.setCurrentIndex(0)
        self.plt.setChecked(chief.plt)
        self.tahun.setValue(dokumen.tahun + 1)
        for field, text in (
            (self.opd_nama, opd.nama),
            (self.pemda, named),
            (self.ibu_kota, opd.ibu_kota or dokumen.tempat or ""),
            *((self.jabatan, chief.jabatan), (self.nama, chief.nama), (self.pangkat, chief.pangkat)),
            *((self.nip, chief.nip), (self.atasan_jabatan, above.jabatan), (self.atasan_nama, above.nama)),
            *((self.atasan_pangkat, above.pangkat), (self.atasan_nip, above.nip)),
        ):
            field.setText(text)
            field.setCursorPosition(0)

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
        for name in ("nip", "atasan_nip"):
            field: QLineEdit = getattr(self, name)
            field.textEdited.connect(lambda _, name=name: self.remarked.emit(name, "", ""))
            field.editingFinished.connect(lambda name=name: self._on_nip_left(name))
        self.atasan_jabatan.textEdited.connect(self._on_superior_edited)
        self.pemda.textChanged.connect(self._propose)
        self.jenis_pemda.currentIndexChanged.connect(self._propose)
        self.source.loaded.connect(self.fill_from)
        self.opd_nama.textChanged.connect(self._propose)
        self.tahun.valueChanged.connect(self._propose)
        self.tahap.currentIndexChanged.connect(self._propose)
        self.nomor_perubahan.valueChanged.connect(self._propose)
        self.opd_nama.textEdited.connect(lambda: self.edited.emit("opd_nama"))
        self.tahun.valueChanged.connect(lambda: self.edited.emit("tahun"))

    def _propose(self) -> None:
        new = self.new_plan()
        self.nomor_perubahan.setEnabled(new.tahap == "perubahan")
        position = proposed_position(new.opd_nama) if not self._own_position else self._position_of(new.opd_nama)
        if position != self.jabatan.text():
            self.jabatan.setText(position)
            self.jabatan.setCursorPosition(0)
        if not self._own_superior:
            self.atasan_jabatan.setText(proposed_superior(new.pemda, new.jenis_pemda))
            self.atasan_jabatan.setCursorPosition(0)
        if not self._own_path:
            self.path.setText(str(_folder() / proposed_file_name(new)))
            self.edited.emit("path")

    def _position_of(self, agency: str) -> str:
        """The position as it was written, of the agency as it is called now."""
        named, text = self._written
        return text.replace(named, agency.strip()) if named and agency.strip() else text

    def _on_position_edited(self, text: str) -> None:
        self._own_position = bool(text)
        self._written = (self.opd_nama.text().strip(), text)

    def _on_path_edited(self, text: str) -> None:
        self._own_path = bool(text)
        self.edited.emit("path")

    def _on_superior_edited(self, text: str) -> None:
        self._own_superior = bool(text)

    def _on_nip_left(self, name: str) -> None:
        field: QLineEdit = getattr(self, name)
        field.setText(format_nip(field.text()))
        remarks = check_nip(field.text(), date.today().year)
        self.remarked.emit(name, *(remarks[0].text, remarks[0].level) if remarks else ("", ""))


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

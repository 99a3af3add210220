"""Identitas rencana: the agency and the document as they stand in every title; one action for all of it."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from models.changes import Change
from models.errors import PlanError
from models.rows import Opd
from services.cell_edit import clean
from services.new_plan import FIRST_YEAR, LAST_YEAR
from ui.dialog_buttons import decision
from ui.note_line import NoteLine
from ui.session import Session

_KINDS = (("belum ditentukan", None), ("Kabupaten", "kabupaten"), ("Kota", "kota"), ("Provinsi", "provinsi"))
_STAGES = (("belum ditentukan", None), ("Murni", "murni"), ("Perubahan", "perubahan"))


class IdentityDialog(QDialog):
    """Shows the rows of today; Simpan makes one edit of what was changed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._dokumen = session.dokumen
        self._opd = session.plan.get(Opd, self._dokumen.opd_id)
        self.setWindowTitle("Identitas rencana")
        self.setMinimumWidth(560)
        opd, dokumen = self._opd, self._dokumen
        self.nama, self.singkatan = QLineEdit(opd.nama), QLineEdit(opd.singkatan or "")
        self.pemda, self.ibu_kota = QLineEdit(opd.pemda or ""), QLineEdit(opd.ibu_kota or "")
        self.jenis_pemda = _choice(_KINDS, opd.jenis_pemda)
        self.judul = QLineEdit(dokumen.judul)
        self.tahun = _number(FIRST_YEAR, LAST_YEAR, dokumen.tahun)
        self.tahap = _choice(_STAGES, dokumen.tahap)
        self.nomor = _number(0, 9, dokumen.nomor_perubahan or 0)
        self.note = NoteLine()
        form = QFormLayout()
        for label, field in (
            ("&Perangkat daerah", self.nama),
            ("&Singkatan", self.singkatan),
            ("Peme&rintah daerah", self.pemda),
            ("&Jenis daerah", self.jenis_pemda),
            ("&Ibu kota", self.ibu_kota),
            ("Ju&dul dokumen", self.judul),
            ("&Tahun", self.tahun),
            ("T&ahap", self.tahap),
            ("&Nomor perubahan", self.nomor),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
            if isinstance(field, QLineEdit):
                field.setCursorPosition(0)
        buttons = decision(self, "Simpan")[0]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(buttons)

    def accept(self) -> None:
        """Store it; what is missing is said in place."""
        try:
            changes = self._changes()
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        if self._session.edit("ubah identitas rencana", changes):
            super().accept()

    def _changes(self) -> list[Change]:
        nama, judul = clean(self.nama.text()), clean(self.judul.text())
        if not nama or not judul:
            raise PlanError("Nama perangkat daerah dan judul dokumen wajib diisi.")
        opd = replace(
            self._opd,
            nama=nama,
            singkatan=clean(self.singkatan.text()) or None,
            pemda=clean(self.pemda.text()) or None,
            jenis_pemda=self.jenis_pemda.currentData(),
            ibu_kota=clean(self.ibu_kota.text()) or None,
        )
        nomor = self.nomor.value() if self.nomor.value() or self._dokumen.nomor_perubahan is not None else None
        dokumen = replace(
            self._dokumen,
            judul=judul,
            tahun=self.tahun.value(),
            tahap=self.tahap.currentData(),
            nomor_perubahan=nomor,
        )
        return [Change(self._opd, opd), Change(self._dokumen, dokumen)]


def _choice(choices: tuple[tuple[str, str | None], ...], value: str | None) -> QComboBox:
    """A list of values; one that it does not know is shown as it is."""
    box = QComboBox()
    known: list[tuple[str, Any]] = [*choices] if value in dict(choices).values() else [*choices, (str(value), value)]
    for text, data in known:
        box.addItem(text, data)
    box.setCurrentIndex(next(i for i, (_, data) in enumerate(known) if data == value))
    return box


def _number(least: int, most: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(min(least, value), max(most, value))
    box.setValue(value)
    return box

"""How the fields of the "Rencana baru" dialog stand: four groups, labels of one width, a note under a field."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.fonts import LIST_HEADING, SMALL
from ui.new_plan_fields import NewPlanFields
from ui.note_line import NoteLine, heading

LABEL_WIDTH = 128
FIELD_HEIGHT = 28
GAP = 8
GROUP_GAP = 16
NARROW = 120
"""Width of the first field where two stand in one line."""


class NewPlanForm(QWidget):
    """`notes` has a line for each field that can be wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = NewPlanFields(self)
        self.notes = {name: NoteLine(size=SMALL) for name in ("opd_nama", "tahun", "nip", "path")}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GROUP_GAP)
        self._lay_out()
        self.fields.edited.connect(lambda name: self.notes[name].say(""))
        self.fields.remarked.connect(self.notes["nip"].say)
        self._order()

    def say(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong under each field, and go to the first of them. The remark on the NIP stays."""
        for name, note in self.notes.items():
            if name != "nip":
                note.say(faults.get(name, ""), "galat")
                getattr(self.fields, name).setAccessibleDescription(faults.get(name, ""))
        for name in faults:
            field = getattr(self.fields, name)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()
            return

    def _lay_out(self) -> None:
        f = self.fields
        agency = _Group(self._box, "Perangkat daerah")
        agency.add("&Nama", f.opd_nama, note=self.notes["opd_nama"], name="Nama perangkat daerah")
        f.jenis_pemda.setFixedWidth(NARROW)
        f.jenis_pemda.setAccessibleName("Jenis pemerintah daerah")
        agency.add("&Pemerintah daerah", f.pemda, before=f.jenis_pemda)
        agency.add("Ibu &kota", f.ibu_kota)
        plan = _Group(self._box, "Rencana")
        f.tahun.setFixedWidth(NARROW)
        plan.add_line("&Tahun", f.tahun, _stage(f), note=self.notes["tahun"])
        signatory = _Group(self._box, "Penanda tangan")
        signatory.add("&Jabatan", f.jabatan, name="Jabatan penanda tangan")
        signatory.add("Na&ma", f.nama, name="Nama penanda tangan")
        signatory.add("Pan&gkat", f.pangkat)
        f.nip.setFixedWidth(2 * NARROW)
        signatory.add_line("N&IP", f.nip, f.plt, note=self.notes["nip"])
        file = _Group(self._box, "Berkas")
        file.add("&Simpan di", f.path, after=f.browse, note=self.notes["path"])

    def _order(self) -> None:
        """Tab goes by line; Plt. stands behind the NIP."""
        f = self.fields
        order = (
            *(f.opd_nama, f.jenis_pemda, f.pemda, f.ibu_kota, f.tahun, f.tahap, f.nomor_perubahan),
            *(f.jabatan, f.nama, f.pangkat, f.nip, f.plt, f.path, f.browse),
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)


class _Group:
    """A heading and, under it, lines of a label and fields."""

    def __init__(self, box: QVBoxLayout, title: str) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(heading(title, LIST_HEADING), 0, 0, 1, 2)
        box.addLayout(self._grid)

    def add(
        self,
        text: str,
        field: QWidget,
        *,
        before: QWidget | None = None,
        after: QWidget | None = None,
        note: QWidget | None = None,
        name: str = "",
    ) -> None:
        """A line with one field that takes the room, and what stands before or after it."""
        line = _line(*(widget for widget in (before, field, after) if widget is not None))
        line.setStretchFactor(field, 1)
        self._place(field_label(text, field, name), line, note)

    def add_line(self, text: str, field: QWidget, beside: QWidget, *, note: QWidget | None = None) -> None:
        """A line with a narrow field and something beside it."""
        line = _line(field, beside)
        line.addStretch(1)
        self._place(field_label(text, field), line, note)

    def _place(self, label: QLabel, line: QHBoxLayout, note: QWidget | None) -> None:
        row = self._grid.rowCount()
        label.setFixedHeight(FIELD_HEIGHT)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        if note is None:
            self._grid.addLayout(line, row, 1)
            return
        cell = QVBoxLayout()
        cell.setSpacing(GAP // 2)
        cell.addLayout(line)
        cell.addWidget(note)
        self._grid.addLayout(cell, row, 1)


def field_label(text: str, field: QWidget, name: str = "") -> QLabel:
    """A muted label that gives the field its key and its name."""
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setBuddy(field)
    field.setAccessibleName(name or text.replace("&", ""))
    return label


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for widget in widgets:
        line.addWidget(widget)
    return line


def _stage(fields: NewPlanFields) -> QWidget:
    """ "Tahap [Perubahan] ke [1]"."""
    stage = QWidget()
    line = QHBoxLayout(stage)
    line.setContentsMargins(GAP, 0, 0, 0)
    line.setSpacing(GAP)
    fields.tahap.setFixedWidth(NARROW)
    fields.nomor_perubahan.setFixedWidth(NARROW // 2)
    line.addWidget(field_label("T&ahap", fields.tahap))
    line.addWidget(fields.tahap)
    line.addWidget(field_label("k&e", fields.nomor_perubahan, "Nomor perubahan"))
    line.addWidget(fields.nomor_perubahan)
    return stage

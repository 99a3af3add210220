"""How the fields of the "Rencana baru" dialog stand: two pages of groups, labels of one width, notes under fields."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.fonts import LIST_HEADING, SMALL
from ui.new_plan_fields import NewPlanFields
from ui.note_line import NoteLine, heading

LABEL_WIDTH = 128
FIELD_HEIGHT = 28
GAP = 8
GROUP_GAP = 16
NARROW = 120
"""Width of the first field where two stand in one line."""


class NewPlanForm(QStackedWidget):
    """The plan on the first page, its officials on the second. `notes` has a line for each field that can be wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = NewPlanFields(self)
        names = ("source", "opd_nama", "tahun", "path", "nip", "atasan_nip")
        self.notes = {name: NoteLine(size=SMALL) for name in names}
        self._of_page: list[tuple[str, ...]] = [("source", "opd_nama", "tahun", "path"), ("nip", "atasan_nip")]
        self._lay_out(self._page(), self._page())
        self.fields.edited.connect(lambda name: self.notes[name].say(""))
        self.fields.remarked.connect(lambda name, text, level: self.notes[name].say(text, level))
        self.fields.source.failed.connect(lambda sentence: self.notes["source"].say(sentence, "galat"))
        self.fields.source.loaded.connect(lambda plan: self.notes["source"].say(""))
        self._order()

    def say(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong under each field, and go to the first of them. The remarks on NIPs stay."""
        for name, note in self.notes.items():
            if name in self._of_page[0]:
                note.say(faults.get(name, ""), "galat")
                getattr(self.fields, name).setAccessibleDescription(faults.get(name, ""))
        for name in faults:
            self.setCurrentIndex(next((i for i, names in enumerate(self._of_page) if name in names), 0))
            field = getattr(self.fields, name)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()
            return

    def first_field(self) -> QLineEdit:
        """Where a page begins."""
        return self.fields.opd_nama if self.currentIndex() == 0 else self.fields.jabatan

    def _page(self) -> QVBoxLayout:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GROUP_GAP)
        self.addWidget(page)
        return box

    def _lay_out(self, first: QVBoxLayout, second: QVBoxLayout) -> None:
        f = self.fields
        begin = _Group(first, "Mulai dari")
        begin.add("I&si", f.source, note=self.notes["source"], name="Mulai dari")
        agency = _Group(first, "Perangkat daerah")
        agency.add("&Nama", f.opd_nama, note=self.notes["opd_nama"], name="Nama perangkat daerah")
        f.jenis_pemda.setFixedWidth(NARROW)
        f.jenis_pemda.setAccessibleName("Jenis pemerintah daerah")
        agency.add("&Pemerintah daerah", f.pemda, before=f.jenis_pemda)
        agency.add("Ibu &kota", f.ibu_kota)
        plan = _Group(first, "Rencana")
        f.tahun.setFixedWidth(NARROW)
        plan.add_line("&Tahun", f.tahun, _stage(f), note=self.notes["tahun"])
        plan.add("Simpan &di", f.path, after=f.browse, note=self.notes["path"])
        first.addStretch()
        head = _Group(second, "Kepala perangkat daerah, yang menandatangani")
        head.add("&Jabatan", f.jabatan, name="Jabatan kepala")
        head.add("Na&ma", f.nama, name="Nama kepala")
        head.add("Pan&gkat", f.pangkat, name="Pangkat kepala")
        f.nip.setFixedWidth(2 * NARROW)
        head.add_line("N&IP", f.nip, f.plt, note=self.notes["nip"])
        above = _Group(second, "Atasan kepala, pihak kedua perjanjian kinerja")
        above.add("Jaba&tan", f.atasan_jabatan, name="Jabatan atasan")
        above.add("Nam&a", f.atasan_nama, name="Nama atasan")
        above.add("&Pangkat", f.atasan_pangkat, name="Pangkat atasan")
        f.atasan_nip.setFixedWidth(2 * NARROW)
        above.add_line("&NIP", f.atasan_nip, QWidget(), note=self.notes["atasan_nip"], name="NIP atasan")
        second.addStretch()

    def _order(self) -> None:
        """Tab goes by line; Plt. stands behind the NIP."""
        f = self.fields
        order = (
            *(f.source, f.opd_nama, f.jenis_pemda, f.pemda, f.ibu_kota, f.tahun, f.tahap, f.nomor_perubahan),
            *(f.path, f.browse, f.jabatan, f.nama, f.pangkat, f.nip, f.plt),
            *(f.atasan_jabatan, f.atasan_nama, f.atasan_pangkat, f.atasan_nip),
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

    def add_line(
        self, text: str, field: QWidget, beside: QWidget, *, note: QWidget | None = None, name: str = ""
    ) -> None:
        """A line with a narrow field and something beside it."""
        line = _line(field, beside)
        line.addStretch(1)
        self._place(field_label(text, field, name), line, note)

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

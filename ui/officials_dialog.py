"""Pihak kedua: the superior of the agency's head and the officials of its positions, as the agreements are signed."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.changes import Change
from models.errors import PlanError
from models.rows import Jabatan, Opd
from services.cell_edit import clean
from services.nip import check_nip, format_nip
from services.pejabat import Official, official, region_head, set_official, superior
from ui.fonts import LIST_HEADING
from ui.note_line import NoteLine, heading
from ui.session import Session

_COLUMNS = ("Jabatan", "Nama", "Pangkat", "NIP", "Plt.")
_WIDTHS = (236, 200, 140, 156)
NIP, PLT = 3, 4
_EDITABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


class OfficialsDialog(QDialog):
    """Shows the officials of today; Simpan makes one edit of those that were changed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        plan, dokumen = session.plan, session.dokumen
        self._superior = _grouped(superior(plan, dokumen))
        self._default = region_head(plan.get(Opd, dokumen.opd_id))
        self._positions = plan.where(Jabatan, "dokumen_id", dokumen.id)
        self._before = [_grouped(official(plan, dokumen, position)) for position in self._positions]
        self.setWindowTitle("Pihak kedua dan pejabat")
        self.resize(840, 520)
        self.fields = {name: QLineEdit(text) for name, text in zip(_COLUMNS[:PLT], _texts(self._superior), strict=True)}
        form = QFormLayout()
        for label in ("&Jabatan", "&Nama", "&Pangkat", "N&IP"):
            name = label.replace("&", "")
            field = self.fields[name]
            field.setAccessibleName(f"{name} pihak kedua")
            field.setCursorPosition(0)
            form.addRow(label, field)
        self._items: list[list[QTableWidgetItem]] = []
        self.table = self._table()
        self.note = NoteLine()
        buttons = QDialogButtonBox()
        buttons.addButton("Simpan", QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.addButton("Batal", QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        hint = QLabel("Atasan kepala perangkat daerah, pihak kedua pada perjanjian kinerja kepala.")
        below = QLabel(
            "Nama pejabat tiap jabatan. Pada perjanjian kinerja eselon III dan IV pihak kedua adalah atasannya."
        )
        below.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(heading("Pihak kedua", LIST_HEADING))
        layout.addWidget(hint)
        layout.addLayout(form)
        layout.addSpacing(8)
        layout.addWidget(heading("Pejabat", LIST_HEADING))
        layout.addWidget(below)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        layout.addWidget(buttons)
        self.table.itemChanged.connect(self._on_item)
        self.fields["NIP"].editingFinished.connect(self._on_nip)
        self._check()

    def accept(self) -> None:
        """Store what was changed."""
        try:
            changes = self._changes()
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        if self._session.edit("ubah pejabat penanda tangan", changes):
            super().accept()

    def _changes(self) -> list[Change]:
        jabatan, nama, pangkat, nip = (clean(self.fields[name].text()) for name in _COLUMNS[:PLT])
        signer = Official(jabatan or self._default, nama, pangkat, format_nip(nip), self._superior.plt)
        changes = self._set(None, self._default, self._superior, signer)
        for row, (position, before) in enumerate(zip(self._positions, self._before, strict=True)):
            changes += self._set(position.id, position.nama, before, self._row(row))
        return changes

    def _set(self, jabatan_id: str | None, default: str, before: Official, after: Official) -> list[Change]:
        """The changes that name an official, none where nothing was typed."""
        if after == before:
            return []
        return set_official(
            self._session.plan,
            self._session.dokumen_id,
            jabatan_id,
            jabatan=after.jabatan if after.jabatan != default else None,
            nama=after.nama,
            pangkat=after.pangkat,
            nip=after.nip,
            plt=after.plt,
        )

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._positions), len(_COLUMNS))
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setAccessibleName("Pejabat tiap jabatan")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        table.setTabKeyNavigation(True)
        table.setWordWrap(False)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setSectionResizeMode(PLT, QHeaderView.ResizeMode.Stretch)
        for row, who in enumerate(self._before):
            items = [QTableWidgetItem(text) for text in _texts(who)]
            for column, item in enumerate(items):
                item.setFlags(_EDITABLE)
                item.setToolTip(item.text())
                table.setItem(row, column, item)
            tick = QTableWidgetItem()
            tick.setFlags(_EDITABLE & ~Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
            tick.setCheckState(Qt.CheckState.Checked if who.plt else Qt.CheckState.Unchecked)
            tick.setToolTip("Pelaksana tugas")
            table.setItem(row, PLT, tick)
            self._items.append([*items, tick])
        return table

    def _row(self, row: int) -> Official:
        *texts, tick = self._items[row]
        jabatan, nama, pangkat, nip = (clean(item.text()) for item in texts)
        plt = tick.checkState() is Qt.CheckState.Checked
        return Official(jabatan or self._positions[row].nama, nama, pangkat, format_nip(nip), plt)

    def _on_item(self, item: QTableWidgetItem) -> None:
        if item.column() == NIP and item.text() != format_nip(item.text()):
            item.setText(format_nip(item.text()))
        item.setToolTip("Pelaksana tugas" if item.column() == PLT else item.text())
        self._check()

    def _on_nip(self) -> None:
        self.fields["NIP"].setText(format_nip(self.fields["NIP"].text()))
        self._check()

    def _check(self) -> None:
        """Say what is wrong with the first NIP that has something; it is stored all the same."""
        nips = [("pihak kedua", self.fields["NIP"].text())]
        nips += [(p.nama, items[NIP].text()) for p, items in zip(self._positions, self._items, strict=True)]
        for whose, nip in nips:
            for remark in check_nip(nip, date.today().year)[:1]:
                self.note.say(f"{whose}: {remark.text}", remark.level)
                return
        self.note.say("")


def _grouped(who: Official) -> Official:
    """With the NIP in its groups, as it is shown."""
    return replace(who, nip=format_nip(who.nip))


def _texts(who: Official) -> tuple[str, ...]:
    return who.jabatan, who.nama, who.pangkat, who.nip

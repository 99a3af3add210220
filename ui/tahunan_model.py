"""The table of the years: rows as they are named in the plan, a column for each year, what is typed into them."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from models.errors import PlanError
from models.rows import Anggaran, Kinerja
from services.naming import level_name
from services.tahunan_isian import RENCANA, Face, Place, YearTable
from ui.colours import colours
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_STEP = "    "
_Role = Qt.ItemDataRole


class YearsModel(QAbstractTableModel):
    """Each edit is one step of the plan's. `refused(sentence)`: why a text is not stored; "" once one is."""

    refused = Signal(str)

    def __init__(self, session: Session, face: Face, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.table = YearTable(session.plan, session.dokumen_id, face)
        session.changed.connect(self.refresh)

    def show_face(self, face: Face) -> None:
        """Plan or results."""
        self.beginResetModel()
        self.table = YearTable(self.session.plan, self.session.dokumen_id, face)
        self.endResetModel()

    def refresh(self) -> None:
        """Read the plan again; the rows that are shown stay where they are."""
        new = YearTable(self.session.plan, self.session.dokumen_id, self.table.face)
        same = new.years == self.table.years and [a.row.id for a in new.lines] == [b.row.id for b in self.table.lines]
        if not same:
            self.beginResetModel()
        self.table = new
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.endResetModel()

    def line_of(self, row_id: str) -> int:
        """The line of a row; that of its first indicator where it is a sasaran; -1 where it is not here."""
        lines = self.table.lines
        at = next((at for at, line in enumerate(lines) if line.row.id == row_id), -1)
        return at + 1 if at >= 0 and isinstance(lines[at].row, Kinerja) and at + 1 < len(lines) else at

    def type(self, texts: Mapping[Place, str]) -> bool:
        """Store what is typed or pasted into cells, (line, year) each; False where it is refused."""
        try:
            label, changes = self.table.typed(texts)
        except PlanError as error:
            self.refused.emit(str(error))
            return False
        self.refused.emit("")
        return self.session.edit(label, changes) if changes else True

    def is_head(self, row: int) -> bool:
        """Whether a line is a sasaran or a budget line, which its indicators stand below."""
        return isinstance(self.table.lines[row].row, Kinerja | Anggaran)

    def places(self, indexes: Iterable[Index]) -> list[Place]:
        """(line, year) of cells."""
        return [(index.row(), index.column()) for index in indexes]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.table.lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.table.years)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.session.read_only or self.table.why_not((index.row(), index.column())):
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return self.table.years[section]
            return _RIGHT if role == _Role.TextAlignmentRole else None
        line = self.table.lines[section]
        unit = f" ({line.satuan})" if line.satuan not in ("", "-", "Rp") else ""
        if role == _Role.DisplayRole:
            return " ".join(f"{line.nama}{unit}".split())
        return f"{level_name(line.row)}: {line.nama}{unit}" if role == _Role.ToolTipRole else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place = index.row(), index.column()
        text, instead = self.table.text(place), self.table.instead(place)
        if role == _Role.EditRole:
            return text
        if role == _Role.DisplayRole:
            return (text or instead).replace("\n", " ")
        if role == _Role.TextAlignmentRole:
            return _RIGHT
        if role == _Role.ForegroundRole and instead:
            return QApplication.palette().brush(QPalette.ColorRole.PlaceholderText)
        if role == _Role.BackgroundRole:
            return colours().rollup if self.table.why_not(place) else None
        if role == _Role.ToolTipRole:
            plan = self.table.face == RENCANA
            of_plan = "dari dokumen tahun ini, karena tahun Renstra ini belum diisi"
            source = of_plan if plan else "dari periodenya, atau dari baris di bawahnya"
            told = f"{instead}: {source}." if instead else ""
            return self.table.why_not(place) or told or text or None
        if role == _Role.AccessibleTextRole:
            line = self.table.lines[index.row()]
            return f"{line.nama}, tahun {self.table.years[place[1]]}, {text or instead or 'belum diisi'}"
        return None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        place = index.row(), index.column()
        if role != _Role.EditRole or str(value) == self.table.text(place):
            return False
        return self.type({place: str(value)})


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

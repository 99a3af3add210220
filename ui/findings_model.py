"""The findings dock's item model: one row per row and rule."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from services.checks import grouped
from services.checks.finding import Group
from services.naming import place_name
from services.rupiah import format_rupiah
from services.terms import LEVELS, Level
from ui import roles
from ui.session import Session, Update

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
HEADERS = ("", "Temuan", "Di mana", "Nilai", "Seharusnya", "Selisih", "Kode")
_NUMBERS = (3, 4, 5)
_BOUNDS = {"KAS-LEBIH": "maks. ", "TARGET-LEBIH": "maks. ", "KAS-TURUN": "min. ", "TARGET-TURUN": "min. "}


class FindingsModel(QAbstractTableModel):
    """The findings of the shown document, worst first; `shown_levels` chooses which."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shown_levels: set[Level] = set(LEVELS)
        self._all: list[Group] = []
        self._groups: list[Group] = []
        session.changed.connect(self._on_changed)
        session.switched.connect(self.rebuild)
        self.rebuild()

    def rebuild(self) -> None:
        """Read the findings again."""
        everything = grouped(self._session.checks.of(self._session.dokumen_id))
        groups = [g for g in everything if g.first.tingkat in self.shown_levels]
        if [g.key for g in everything] == [g.key for g in self._all] and len(groups) == len(self._groups):
            others = [i for i, (old, new) in enumerate(zip(self._groups, groups, strict=True)) if old != new]
            self._all, self._groups = everything, groups
            for row in others:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADERS) - 1))
            return
        self.beginResetModel()
        self._all, self._groups = everything, groups
        self.endResetModel()

    def count(self, level: Level) -> int:
        """How many lines of a level there are, shown or not."""
        return sum(group.first.tingkat == level for group in self._all)

    def group(self, row: int) -> Group:
        """The findings of a line."""
        return self._groups[row]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._groups)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft) | (
                Qt.AlignmentFlag.AlignVCenter
            )
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        group = self._groups[index.row()]
        finding = group.first
        if role == roles.LEVEL:
            return finding.tingkat
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(group, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join([self._text(group, 2), *(f.pesan for f in group.findings)])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{finding.tingkat}: {self._text(group, index.column())}"
        return None

    def _text(self, group: Group, column: int) -> str:
        finding = group.first
        if column == 1:
            return group.pesan
        if column == 2:
            return place_name(self._session.plan, finding.tabel, finding.row_id)
        if column == 3:
            return _value(finding.nilai)
        if column == 4:
            return _BOUNDS.get(finding.kode, "") + _value(finding.harusnya) if finding.harusnya is not None else ""
        if column == 5:
            return _value(finding.selisih)
        more = f" ({len(group.findings)})" if len(group.findings) > 1 else ""
        return f"{finding.kode}{more}" if column == 6 else ""

    def _on_changed(self, update: Update) -> None:
        names = any(hasattr(change.row, "nama") or hasattr(change.row, "uraian") for change in update.edit.changes)
        if update.findings or names:
            self.rebuild()


def _value(value: int | str | None) -> str:
    return format_rupiah(value) if isinstance(value, int) else value or ""

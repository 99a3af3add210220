"""The changes of a filled-in sheet as lines to tick."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from services.lembar_isian_baris import UANG
from services.lembar_isian_usulan import Proposal
from services.realisasi import NOTES
from services.rupiah import format_rupiah
from ui.marks import mark_icon

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Baris", "Uraian", "Kolom", "Di rencana", "Di lembar", "Catatan")
NAMA = 1
CLASH = "rencana berubah sejak lembar dibuat"
EMPTIED = "mengosongkan isian"
OF_PERCENT = "selnya berformat persen ({}); periksa"
NO_NUMBER = "bukan angka, padahal targetnya angka"
_NO_INDEX = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_CHECK = Qt.ItemDataRole.CheckStateRole


class Proposals(QAbstractTableModel):
    """`ticked_changed` after every tick.

    What empties a cell, meets a newer value, or is no number or a percentage where none is wanted, is not ticked.
    """

    ticked_changed = Signal()

    def __init__(self, rows: Sequence[Proposal], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Proposal] = ()
        self._ticked: set[int] = set()
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Proposal]) -> None:
        """Show other changes."""
        self.beginResetModel()
        self._rows = rows
        self._ticked = {at for at, one in enumerate(rows) if not _is_doubtful(one)}
        self.endResetModel()
        self.ticked_changed.emit()

    def chosen(self) -> list[Proposal]:
        """What is ticked, in the order of the sheet."""
        return [one for at, one in enumerate(self._rows) if at in self._ticked]

    def tick_all(self, ticked: bool) -> None:
        """Tick all, or none."""
        self._tick(range(len(self._rows)), ticked)

    def turn(self, rows: Iterable[int]) -> None:
        """Tick lines; where all of them are ticked, untick them."""
        wanted = [row for row in rows if 0 <= row < len(self._rows)]
        self._tick(wanted, not self._ticked.issuperset(wanted))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one, column = self._rows[index.row()], index.column()
        if role == _CHECK and column == 0:
            return Qt.CheckState.Checked if index.row() in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(one, column) or None
        if role == Qt.ItemDataRole.DecorationRole and column == len(COLUMNS) - 1 and self._text(one, column):
            return mark_icon("catatan" if one.kosong and not one.bentrok else "peringatan")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = column in (3, 4) and one.kolom not in NOTES.values()
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            ticked = "dicentang" if index.row() in self._ticked else "tidak dicentang"
            return ", ".join((ticked, *(self._text(one, at) or "kosong" for at in range(1, len(COLUMNS) - 1))))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != _CHECK or index.column() != 0:
            return False
        self._tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _tick(self, rows: Iterable[int], ticked: bool) -> None:
        self._ticked = self._ticked.union(rows) if ticked else self._ticked.difference(rows)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
        self.ticked_changed.emit()

    def _text(self, one: Proposal, column: int) -> str:
        said = [CLASH] if one.bentrok else []
        said += [EMPTIED] if one.kosong else []
        said += [OF_PERCENT.format(one.persen)] if one.persen else []
        said += [NO_NUMBER] if one.bukan_angka else []
        return (
            str(one.nomor),
            one.nama,
            one.kolom,
            _value(one, one.lama) or "kosong",
            _value(one, one.baru) or "kosong",
            "; ".join(said),
        )[column]


def _is_doubtful(one: Proposal) -> bool:
    return one.kosong or one.bentrok or one.bukan_angka or one.ragu


def _value(one: Proposal, text: str) -> str:
    """Rupiah with its dots."""
    money = one.kind == UANG and isinstance(one.place, int) and text.lstrip("-").isdigit()
    return format_rupiah(int(text)) if money else text

"""The list of changes as an item model: numbers of entries, put into words when they are looked at."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from services.history_view import Happened

Index = QModelIndex | QPersistentModelIndex
Words = Callable[[Sequence[int]], list[Happened]]

WAKTU, SIAPA, TINDAKAN, TEMPAT, ISIAN, SEMULA, MENJADI = range(7)
HEADERS = ("Waktu", "Siapa", "Tindakan", "Di mana", "Isian", "Semula", "Menjadi")
_PAGE, _KEPT = 64, 4_000
"""Rows put into words at once; rows whose words are kept."""
_NO_INDEX = QModelIndex()


class HistoryModel(QAbstractTableModel):
    """One row a change, the newest first. `words(numbers)` tells what is told of them, `path` where a line hangs."""

    def __init__(
        self,
        words: Words,
        path: Callable[[Happened], str],
        parent: QObject | None = None,
        *,
        headers: Sequence[str] = HEADERS,
    ) -> None:
        super().__init__(parent)
        self._words, self._path, self._headers = words, path, headers
        self._numbers: Sequence[int] = ()
        self._told: dict[int, Happened] = {}
        self._paths: dict[int, str] = {}

    @property
    def numbers(self) -> Sequence[int]:
        """The entries that are listed."""
        return self._numbers

    def show(self, numbers: Sequence[int]) -> None:
        """List these instead, the newest first; a `range` is not copied."""
        self.beginResetModel()
        self._numbers = numbers
        self.forget()
        self.endResetModel()

    def append(self, older: Sequence[int]) -> None:
        """More of them, at the end."""
        if older:
            self.beginInsertRows(_NO_INDEX, len(self._numbers), len(self._numbers) + len(older) - 1)
            if not isinstance(self._numbers, list):
                self._numbers = list(self._numbers)
            self._numbers.extend(older)
            self.endInsertRows()

    def prepend(self, newer: Sequence[int]) -> None:
        """What has happened just now, the newest first."""
        if newer:
            self.beginInsertRows(_NO_INDEX, 0, len(newer) - 1)
            old = self._numbers
            follows = isinstance(old, range) and (not old or newer[-1] == old[0] + 1)
            self._numbers = range(newer[0], old[-1] - 1 if old else newer[-1] - 1, -1) if follows else [*newer, *old]
            self.endInsertRows()

    def forget(self) -> None:
        """Tell all of it anew: names or rows have changed."""
        self._told.clear()
        self._paths.clear()
        if self._numbers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._numbers) - 1, MENJADI))

    def happened(self, row: int) -> Happened | None:
        """What is told of a row; None where the history does not hold it any more."""
        if not 0 <= row < len(self._numbers):
            return None
        number = self._numbers[row]
        if number not in self._told:
            if len(self._told) > _KEPT:
                self._told.clear()
                self._paths.clear()
            first = row - row % _PAGE
            self._told |= {each.number: each for each in self._words(self._numbers[first : first + _PAGE])}
        return self._told.get(number)

    def path(self, row: int) -> str:
        """What stands above the line of a row."""
        told = self.happened(row)
        if told is None:
            return ""
        if told.number not in self._paths:
            self._paths[told.number] = self._path(told)
        return self._paths[told.number]

    def goes_on(self, row: int) -> bool:
        """Whether a row belongs to the step of the row above it."""
        above, told = self.happened(row - 1), self.happened(row)
        return above is not None and told is not None and above.step == told.step

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        told = self.happened(index.row())
        if told is None:
            return "tidak ada lagi dalam berkas" if index.column() == TEMPAT else ""
        text = (
            f"{told.when:%d-%m-%Y %H.%M}",
            told.who,
            told.label[:1].upper() + told.label[1:],
            told.where,
            told.field,
            told.old,
            told.new,
        )[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TEMPAT:
            path = self.path(index.row())
            return f"{text} ‹ {path}" if path else text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headers[index.column()]}: {text or 'kosong'}"
        return text

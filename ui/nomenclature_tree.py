"""The nomenclature as a tree to tick: what is shown follows a filter, what is ticked stays ticked."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal

from services.nomenclature import Entry, Nomenclature, hay_of, needles_of
from services.terms import JENIS, LEVEL_NAMES
from ui.colours import colours

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("Kode", "Nama", "Satuan")
KODE, NAMA, SATUAN = range(3)
ROW = 24
"""Pixels of a line."""
_NOTHING = QModelIndex()
_Role, _Flag, _State = Qt.ItemDataRole, Qt.ItemFlag, Qt.CheckState


class NomenclatureModel(QAbstractItemModel):
    """Program, kegiatan and sub kegiatan down to a level. Only entries of that level are ticked themselves: a box above
    them stands for all that are shown under it. `ticked_changed`: after every tick.
    """

    ticked_changed = Signal()

    def __init__(self, listed: Nomenclature, there: Collection[str], parent: QObject | None = None) -> None:
        """`there`: codes that the plan has already; they cannot be ticked."""
        super().__init__(parent)
        self._listed, self._there = listed, frozenset(there)
        self._hay = {e.kode: hay_of(e) for jenis in JENIS for e in listed.entries(jenis)}
        self._level = JENIS[-1]
        self._needles: tuple[str, ...] = ()
        self._ticked: set[str] = set()
        self._show()

    def set_filter(self, text: str) -> None:
        """Show the entries that hold all words of a text, with what stands above and below them."""
        self.beginResetModel()
        self._needles = needles_of(text)
        self._show()
        self.endResetModel()

    def set_level(self, jenis: str) -> None:
        """Go down to a level only; what was ticked of another level is let go."""
        self.beginResetModel()
        self._level = jenis
        self._ticked.clear()
        self._show()
        self.endResetModel()
        self.ticked_changed.emit()

    def ticked(self) -> set[str]:
        """The codes that are ticked, shown or not."""
        return set(self._ticked)

    def shown(self) -> int:
        """How many entries that can be ticked are shown."""
        return sum(self._is_leaf(e) for entries in self._shown.values() for e in entries)

    def entry(self, index: Index) -> Entry | None:
        """The entry of a line."""
        return self._entries[index.internalId()] if index.isValid() else None

    def index_of(self, kode: str) -> QModelIndex:
        """Where an entry is shown; invalid where it is not."""
        number = self._numbers.get(kode)
        if number is None:
            return _NOTHING
        return self.createIndex(self._rows[number], 0, number)

    def index(self, row: int, column: int, parent: Index = _NOTHING) -> QModelIndex:
        entries = self._under(parent)
        if 0 <= row < len(entries) and 0 <= column < len(HEADERS):
            return self.createIndex(row, column, self._numbers[entries[row].kode])
        return _NOTHING

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        entry = self.entry(index)
        return self.index_of(entry.above) if entry is not None else _NOTHING

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return len(self._under(parent)) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return HEADERS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        entry = self.entry(index)
        if entry is None:
            return _Flag.NoItemFlags
        flags = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable
        can = index.column() == KODE and not (self._is_leaf(entry) and entry.kode in self._there)
        return flags | _Flag.ItemIsUserCheckable if can else flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        entry = self.entry(index)
        if entry is None:
            return None
        said = f"{entry.nama} (sudah ada)" if entry.kode in self._there else entry.nama
        if role == _Role.DisplayRole:
            return (entry.kode, said, entry.satuan)[index.column()]
        if role == _Role.CheckStateRole and index.column() == KODE:
            return self._state(entry)
        if role == _Role.ToolTipRole:
            return entry.nama
        if role == _Role.AccessibleTextRole and index.column() == KODE:
            return f"{LEVEL_NAMES[entry.jenis]} {entry.kode} {said}"
        if role == _Role.SizeHintRole:
            return QSize(0, ROW)
        if role == _Role.ForegroundRole and (entry.kode in self._there or index.column() == SATUAN):
            return colours().muted
        return None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        entry = self.entry(index)
        if role != _Role.CheckStateRole or entry is None:
            return False
        leaves = {e.kode for e in self._leaves(entry)}
        if _State(value) == _State.Unchecked or leaves <= self._ticked:
            self._ticked -= leaves
        else:
            self._ticked |= leaves
        self.dataChanged.emit(index, index)
        self.ticked_changed.emit()
        return True

    def _state(self, entry: Entry) -> Qt.CheckState | None:
        if self._is_leaf(entry) and entry.kode in self._there:
            return None
        leaves = self._leaves(entry)
        count = sum(e.kode in self._ticked for e in leaves)
        if count and count == len(leaves):
            return _State.Checked
        branch = f"{entry.kode}."
        some = count or (not self._is_leaf(entry) and any(kode.startswith(branch) for kode in self._ticked))
        return _State.PartiallyChecked if some else _State.Unchecked

    def _leaves(self, entry: Entry) -> list[Entry]:
        """What a box stands for: the shown entries under it, or it itself, that the plan does not have."""
        if self._is_leaf(entry):
            return [] if entry.kode in self._there else [entry]
        return [leaf for below in self._shown.get(entry.kode, ()) for leaf in self._leaves(below)]

    def _is_leaf(self, entry: Entry) -> bool:
        return entry.jenis == self._level

    def _under(self, parent: Index) -> Sequence[Entry]:
        entry = self.entry(parent)
        return self._shown.get(entry.kode if entry is not None else "", ())

    def _show(self) -> None:
        self._shown: dict[str, list[Entry]] = {}
        self._entries: list[Entry] = []
        self._numbers: dict[str, int] = {}
        self._rows: list[int] = []
        self._take("", matched=not self._needles)

    def _take(self, kode: str, *, matched: bool) -> bool:
        """Collect what is shown under an entry; False where that is nothing."""
        shown: list[Entry] = []
        for entry in self._listed.children(kode):
            hit = matched or all(needle in self._hay[entry.kode] for needle in self._needles)
            below = not self._is_leaf(entry) and self._take(entry.kode, matched=hit)
            if (hit and (self._is_leaf(entry) or not self._needles or below)) or below:
                self._numbers[entry.kode] = len(self._entries)
                self._rows.append(len(shown))
                self._entries.append(entry)
                shown.append(entry)
        if shown:
            self._shown[kode] = shown
        return bool(shown)

"""The lines of a merge as a table: place, base, ours and theirs, filtered by branch, kind and whether they dispute."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from services.merge_conflicts import Side
from services.merge_lines import Line
from services.merge_preview import Preview

Index = QModelIndex | QPersistentModelIndex
MARK, TEMPAT, DASAR, KITA, MEREKA = range(5)

KINDS = {
    "": "Semua jenis",
    "angka": "Angka",
    "teks": "Uraian dan isian",
    "susunan": "Urutan dan induk",
    "baris": "Baris ditambah atau dihapus",
    "luar": "Di luar bagian",
}
"""What the list of kinds offers; the last one only where there is such a line."""
OUTSIDE = "di luar bagiannya"
OWN = "rencana ini"

_SIDES: dict[Side | None, str] = {
    "kita": "dipilih: kita",
    "mereka": "dipilih: mereka",
    "keduanya": "dipilih: keduanya tetap",
    "dasar": "dipilih: dasar, seperti saat dikirim",
    None: "belum dipilih",
}
_ROLE = Qt.ItemDataRole


class MergeModel(QAbstractTableModel):
    """`chosen()`: a choice was made or taken back."""

    chosen = Signal()

    def __init__(self, preview: Preview, heads: tuple[str, str], parent: QObject | None = None) -> None:
        """`heads`: what the columns of ours and theirs are called."""
        super().__init__(parent)
        self.preview = preview
        self._heads = ("", "Tempat", "Dasar (saat dikirim)", *heads)
        self._branch, self._kind = "", ""
        copies = {line.dari_mereka for line in preview.lines}
        self._named = len(copies) > 1 or any(line.dari_kita for line in preview.lines)
        self.goes_back = any(line.may_go_back for line in preview.lines)
        """Whether the value of before may be chosen somewhere."""
        self._all = not any(line.konflik is not None for line in preview.lines)
        self.lines: list[Line] = []
        self.refill()

    def show_all(self, on: bool) -> None:
        """Show every change, or the disputed ones only."""
        self._all = on
        self.refill()

    def show_branch(self, name: str) -> None:
        """Show one branch; "" for the whole plan."""
        self._branch = name
        self.refill()

    def show_kind(self, kind: str) -> None:
        """Show one of KINDS."""
        self._kind = kind
        self.refill()

    def refill(self) -> None:
        """Filter again; those not chosen yet come first."""
        self.beginResetModel()
        found = [line for line in self.preview.lines if self._fits(line)]
        # Stable: within each part the order of the plan stays.
        self.lines = sorted(found, key=lambda line: (line.konflik is None, self.preview.side(line) is not None))
        self.endResetModel()

    def choose(self, row: int, side: Side) -> bool:
        """Choose for one line; False where it cannot be chosen."""
        if not self.preview.choose([self.lines[row]], side):
            return False
        self._say()
        return True

    def reopen(self, row: int) -> None:
        """Take a choice back."""
        self.preview.reopen(self.lines[row])
        self._say()

    def refusal(self, row: int, side: Side) -> str:
        """Why a side cannot be chosen, since a closed period would change; "" where it can."""
        return self.preview.refusal(self.lines[row], side)

    def refused(self, side: Side) -> int:
        """For how many of the lines shown it cannot."""
        return sum(bool(self.preview.refusal(line, side)) for line in self.lines)

    def choose_shown(self, side: Side) -> int:
        """Choose for all lines that are shown; returns how many."""
        count = self.preview.choose(self.lines, side)
        if count:
            self._say()
        return count

    def source(self, line: Line, column: int) -> str:
        """Whose value it is, where several copies are in play; "" else."""
        if not self._named:
            return ""
        if column == KITA:
            return line.dari_kita or (OWN if line.konflik is not None else "")
        return line.dari_mereka if column == MEREKA else ""

    def tied(self, row: int) -> str:
        """Of which other choice this line's is the consequence; "" where of none."""
        return self.preview.tied(self.lines[row])

    def choosable(self) -> int:
        """How many of the lines shown let themselves be chosen."""
        return sum(line.choosable for line in self.lines)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if role == _ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == _ROLE.DisplayRole:
            return ("", line.place, line.dasar, line.kita, line.mereka)[column]
        if role == _ROLE.ToolTipRole:
            return self._tip(line, column)
        if role == _ROLE.AccessibleTextRole:
            return self._spoken(line, column)
        return None

    def _fits(self, line: Line) -> bool:
        if line.konflik is None and not self._all:
            return False
        if self._branch and self._branch not in line.path:
            return False
        return not self._kind or (line.outside if self._kind == "luar" else line.kind == self._kind)

    def _tip(self, line: Line, column: int) -> str:
        if column in (MARK, TEMPAT):
            words = [line.place, line.field, *([f"Diubah {OUTSIDE}."] if line.outside else [])]
            tie = self.preview.tied(line)
            words += [f"{_upper(line.tutup)}."] if line.tutup else []
            return "\n".join([*words, _upper(_SIDES[self.preview.side(line)]), *([_upper(tie)] if tie else [])])
        text = (line.dasar, line.kita, line.mereka)[column - DASAR]
        when = {KITA: line.saat_kita, MEREKA: line.saat_mereka}.get(column, "")
        return "\n".join(word for word in (text, self.source(line, column), when) if word)

    def _spoken(self, line: Line, column: int) -> str:
        if column in (MARK, TEMPAT):
            words = [line.place, line.field, _SIDES[self.preview.side(line)], self.preview.tied(line)]
            words += [OUTSIDE] if line.outside else []
            words.append(line.tutup)
            return ", ".join(word for word in words if word)
        return f"{self._heads[column]}: {self._tip(line, column)}".replace("\n", ", ")

    def _say(self) -> None:
        """One choice may settle others too."""
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self._heads) - 1))
        self.chosen.emit()


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

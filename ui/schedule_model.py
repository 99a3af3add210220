"""The action schedule's item model: thin, over the lines of a branch; group rows per line, their actions below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.changes import Change
from models.errors import PlanError
from models.rows import BULAN, Aksi, Anggaran, Dukungan, Jabatan, Kinerja, Row
from services import aksi as actions
from services.aksi import Months, months_of
from services.cell_edit import step_name
from services.naming import row_text
from services.tanggal import MONTHS, MONTHS_SHORT
from services.terms import LEVEL_NAMES
from ui import roles
from ui.read_only import refused
from ui.session import Session, Update

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
NOMOR, URAIAN, PERSON, FIRST = range(4)
COLUMNS = FIRST + BULAN
HEADS = ("No", "Aksi", "Penanggung jawab", *MONTHS_SHORT)
NAMELESS = "(belum bernama)"


@dataclass(frozen=True, slots=True)
class Group:
    """A row that heads the actions of a budget line."""

    line_id: str


@dataclass(frozen=True, slots=True)
class Item:
    """An action; `nomor` is its place within its line, from 1."""

    aksi_id: str
    line_id: str
    nomor: int


def month_at(column: int) -> int | None:
    """The month 1 to 12 of a column, else None."""
    return column - FIRST + 1 if FIRST <= column < COLUMNS else None


class ScheduleModel(QAbstractTableModel):
    """Twelve narrow month columns behind number, text and position. The row itself is read from the plan."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._branch: Row | None = None
        self._rows: list[Group | Item] = []
        self._places: dict[str, int] = {}
        session.changed.connect(self._on_changed)

    def show_branch(self, row: Row | None) -> None:
        """Show the actions of the branch of a row."""
        self._branch = self.session.plan.find(type(row), row.id) if row is not None else None
        self._fill()

    def group(self, row: int) -> Anggaran | None:
        """The budget line that a group row heads, None for an action."""
        entry = self._rows[row]
        return self.session.plan.get(Anggaran, entry.line_id) if isinstance(entry, Group) else None

    def line(self, row: int) -> Anggaran:
        """The budget line that a row belongs to."""
        return self.session.plan.get(Anggaran, self._rows[row].line_id)

    def action(self, row: int) -> Aksi | None:
        """The action of a row, None for a group row."""
        entry = self._rows[row]
        return self.session.plan.get(Aksi, entry.aksi_id) if isinstance(entry, Item) else None

    def months(self, row: int) -> Months:
        """The marked months of an action; of a group row those of any of its actions."""
        aksi = self.action(row)
        if aksi is not None:
            return months_of(aksi)
        there = self.session.plan.where(Aksi, "anggaran_id", self._rows[row].line_id)
        return frozenset().union(*map(months_of, there))

    def key(self, row: int) -> str:
        """The id of the action or line that a row shows."""
        entry = self._rows[row]
        return entry.aksi_id if isinstance(entry, Item) else entry.line_id

    def row_of(self, key: str) -> int | None:
        """Where an action or line stands."""
        return self._places.get(key)

    def has_actions(self) -> bool:
        """Whether the branch shows any action."""
        return any(isinstance(entry, Item) for entry in self._rows)

    def person(self, row: int) -> tuple[str, bool]:
        """(who answers for a row, whether that is said of its line, or of one above, only)."""
        plan, aksi = self.session.plan, self.action(row)
        own = plan.find(Jabatan, aksi.penanggung_jawab_id) if aksi is not None else None
        if own is not None:
            return own.nama, False
        inherited = plan.find(Jabatan, actions.person_of(plan, self.line(row)))
        return (inherited.nama if inherited else ""), True

    def people(self) -> list[tuple[str, str | None]]:
        """The positions to choose from, with what stands for none of its own first."""
        there = self.session.plan.where(Jabatan, "dokumen_id", self.session.dokumen_id)
        return [("Seperti sub kegiatannya", None), *((jabatan.nama, jabatan.id) for jabatan in there)]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        month = month_at(section)
        return MONTHS[month - 1] if role == Qt.ItemDataRole.ToolTipRole and month else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = index.column() in (URAIAN, PERSON) and not self.session.read_only
        if editable and isinstance(self._rows[index.row()], Item):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            aksi = self.action(row)
            if column == PERSON:
                return aksi.penanggung_jawab_id if aksi else None
            return aksi.uraian if column == URAIAN and aksi else self.text(row, column)
        if role == roles.ROW_ID:
            return self.key(row)
        if role == roles.ROLLUP:
            return isinstance(self._rows[row], Group)
        if role == Qt.ItemDataRole.ToolTipRole and column in (URAIAN, PERSON):
            return self.text(row, column)
        return self._spoken(row, column) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        aksi = self.action(index.row())
        assert aksi is not None
        if index.column() == PERSON:
            return self.edit("ubah penanggung jawab aksi", actions.set_person(aksi, value or None), [aksi])
        try:
            return self.edit("ubah aksi", actions.rename(aksi, str(value)), [aksi])
        except PlanError as error:
            self.session.failed.emit(str(error))
            return False

    def edit(self, label: str, changes: Sequence[Change], of: Sequence[Aksi] = ()) -> bool:
        """One action of the officer; its name says `of` which planned action, or of how many."""
        if refused(self.session):
            return False
        return self.session.edit(step_name(label, [aksi.uraian or NAMELESS for aksi in of]), changes)

    def remark(self, sentence: str) -> None:
        """Say something in the status line."""
        self.session.failed.emit(sentence)

    def paste(self, row: int, text: str) -> list[str]:
        """New actions behind a row, one for each line of the text; their ids."""
        try:
            changes = actions.paste_lines(self.session.plan, self.line(row), self.action(row), text)
        except PlanError as error:
            self.session.failed.emit(str(error))
            return []
        added = [change.row.id for change in changes if change.before is None]
        return added if changes and self.edit("tempel aksi", changes) else []

    def add(self, row: int) -> str | None:
        """A new, empty action behind a row, or the first of a group; its id."""
        changes = actions.add(self.session.plan, self.line(row), self.action(row))
        return changes[-1].row.id if self.edit("tambah aksi", changes) else None

    def remove(self, rows: Sequence[int]) -> None:
        """Take away the actions of these rows."""
        gone = [aksi for row in rows if (aksi := self.action(row)) is not None]
        self.edit("hapus aksi", actions.remove(self.session.plan, gone), gone)

    def clear_people(self, rows: Sequence[int]) -> None:
        """The actions of these rows have no position of their own any more."""
        there = [aksi for row in rows if (aksi := self.action(row)) is not None]
        changes = [change for aksi in there for change in actions.set_person(aksi, None)]
        self.edit("ubah penanggung jawab aksi", changes, there)

    def move(self, row: int, step: int) -> None:
        """Move an action up or down within its line."""
        aksi = self.action(row)
        if aksi is not None:
            self.edit("pindah aksi", actions.move(self.session.plan, aksi, step), [aksi])

    def set_months(self, wanted: dict[int, Months]) -> None:
        """Mark exactly these months, by rows."""
        there = [(aksi, months) for row, months in wanted.items() if (aksi := self.action(row)) is not None]
        changes = [change for aksi, months in there for change in actions.set_months(aksi, months)]
        self.edit("ubah jadwal aksi", changes, [aksi for aksi, _ in there])

    def text(self, row: int, column: int) -> str:
        """What a cell says; "" for a month."""
        entry = self._rows[row]
        if column == NOMOR:
            return str(entry.nomor) if isinstance(entry, Item) else ""
        if column == URAIAN:
            aksi = self.action(row)
            return row_text(self.line(row)) if aksi is None else aksi.uraian or NAMELESS
        return self.person(row)[0] if column == PERSON else ""

    def _spoken(self, row: int, column: int) -> str:
        entry = self._rows[row]
        month = month_at(column)
        if isinstance(entry, Group):
            line = self.line(row)
            head = f"{LEVEL_NAMES[line.jenis]} {row_text(line)}"
            return head if month is None else f"{head}, {MONTHS[month - 1]}"
        if month is None:
            return f"Aksi {entry.nomor}, {HEADS[column]}: {self.text(row, column) or 'kosong'}"
        marked = "dijadwalkan" if month in self.months(row) else "tidak dijadwalkan"
        return f"Aksi {entry.nomor}, {MONTHS[month - 1]}, {marked}"

    def _wanted(self) -> list[Group | Item]:
        rows: list[Group | Item] = []
        for line in actions.lines_of(self.session.plan, self._branch):
            rows.append(Group(line.id))
            there = self.session.plan.where(Aksi, "anggaran_id", line.id)
            rows += [Item(aksi.id, line.id, i) for i, aksi in enumerate(there, 1)]
        return rows

    def _fill(self) -> None:
        self.beginResetModel()
        self._rows = self._wanted()
        self._places = {self.key(row): row for row in range(len(self._rows))}
        self.endResetModel()

    def _on_changed(self, update: Update) -> None:
        changes = update.edit.changes
        if any(isinstance(change.row, Anggaran | Kinerja | Dukungan) for change in changes):
            if self._branch is not None:
                self._branch = self.session.plan.find(type(self._branch), self._branch.id)
            self._fill_if_other()
        elif any(isinstance(change.row, Aksi) and _is_order(change) for change in changes):
            self._fill_if_other()
        if any(isinstance(change.row, Jabatan | Anggaran) for change in changes):
            self._say(range(len(self._rows)))
            return
        mine = [change.row for change in changes if isinstance(change.row, Aksi)]
        touched = {aksi.id for aksi in mine} | {aksi.anggaran_id for aksi in mine}
        self._say(sorted(row for key in touched if (row := self._places.get(key)) is not None))

    def _fill_if_other(self) -> None:
        if self._wanted() != self._rows:
            self._fill()

    def _say(self, rows: Sequence[int]) -> None:
        """Rows next to each other as one signal, so that only those are measured and painted again."""
        start = 0
        for i, row in enumerate(rows):
            if i + 1 == len(rows) or rows[i + 1] != row + 1:
                self.dataChanged.emit(self.index(rows[start], 0), self.index(row, COLUMNS - 1))
                start = i + 1


def _is_order(change: Change) -> bool:
    before, after = change.before, change.after
    return not (isinstance(before, Aksi) and isinstance(after, Aksi) and before.urutan == after.urutan)

"""The grid's item model: thin, over the lines of a MonthGrid; each line's cells are computed once and kept."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.changes import Change
from models.errors import PlanError
from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row
from services.cell_edit import editable, type_into
from services.month_grid import (
    COLUMN_NAMES,
    COLUMNS,
    FIRST_MONTH,
    SATUAN,
    SETAHUN,
    URAIAN,
    Line,
    MonthGrid,
    Shown,
)
from ui import roles
from ui.session import Session, Update

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class GridModel(QAbstractTableModel):
    """One row a line, one column a cell of `services.month_grid.COLUMNS`."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._grid = MonthGrid(session.plan, session.rollup, session.checks)
        self._row: Row | None = None
        self._lines: list[Line] = []
        self._shown: dict[int, Shown] = {}
        session.changed.connect(self._on_changed)

    @property
    def kumulatif(self) -> bool:
        """Running totals, or single months."""
        return self._grid.kumulatif

    def set_kumulatif(self, kumulatif: bool) -> None:
        """Choose the view."""
        self._grid.kumulatif = kumulatif
        self._shown.clear()
        self._say(0, len(self._lines) - 1)

    def show_branch(self, row: Row | None) -> None:
        """Show the lines of the branch of a row."""
        self._row = row
        self.beginResetModel()
        self._lines = self._grid.lines(row)
        self._shown.clear()
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def row_of(self, row_id: str) -> int | None:
        """Where the line of a budget line or an indicator stands."""
        return next((i for i, ln in enumerate(self._lines) if ln.row_id == row_id and ln.kind != "jumlah"), None)

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        return self.shown(row).texts[column]

    def shown(self, row: int) -> Shown:
        """What a line says, cell by cell; for painting, which asks for every cell."""
        shown = self._shown.get(row)
        if shown is None:
            shown = self._shown[row] = self._grid.show(self._lines[row])
        return shown

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "Target / pagu" if section == SETAHUN else COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section <= SATUAN else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return COLUMN_NAMES[section] if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if editable(self._lines[index.row()], index.column(), kumulatif=self.kumulatif, plan=self._session.plan):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.shown(row).texts[column]
        if role == roles.LEVEL:
            return self.shown(row).marks[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column <= SATUAN else _RIGHT
        line = self._lines[row]
        if role == roles.ROLLUP:
            return line.kind == "jumlah"
        if role == roles.DEPTH:
            return line.depth
        if role == roles.KIND:
            return line.kind
        if role == roles.ROW_ID:
            return line.row_id
        if role == Qt.ItemDataRole.ToolTipRole:
            shown = self.shown(row)
            return shown.notes.get(column) or (shown.texts[column] if column == URAIAN else None)
        return self._spoken(row, column) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        if str(value) == self.shown(index.row()).texts[index.column()]:
            return True
        try:
            label, changes = self.typed(index, str(value))
        except PlanError as error:
            self._session.failed.emit(str(error))
            return False
        return self._session.edit(label, changes)

    def typed(self, index: Index, text: str) -> tuple[str, tuple[Change, ...]]:
        """What typing a text into a cell would change.

        Raises:
            PlanError: the cell cannot take it.
        """
        line = self._lines[index.row()]
        return type_into(self._session.plan, line, index.column(), text, kumulatif=self.kumulatif)

    def remark(self, sentence: str) -> None:
        """Say something in the status line."""
        self._session.failed.emit(sentence)

    def type_block(self, label: str, cells: Sequence[tuple[Index, str]]) -> bool:
        """Type into many cells at once: all of it as one action, or nothing.

        Changes to one row follow each other, so each is read from the row as the one before leaves it.
        """
        plan, session = self._session.plan, self._session
        wanted = [
            (self._lines[i.row()], i.column(), text) for i, text in cells if i.flags() & Qt.ItemFlag.ItemIsEditable
        ]
        first: dict[str, Change] = {}
        steps: list[Change] = []
        try:
            for line, column, text in wanted:
                for change in type_into(plan, line, column, text, kumulatif=self.kumulatif)[1]:
                    known = first.get(change.row.id)
                    first[change.row.id] = Change(known.before if known else change.before, change.after)
                    plan.apply([change])
                    steps.append(change)
        except PlanError as error:
            session.failed.emit(str(error))
            return False
        finally:
            plan.apply([change.inverse() for change in reversed(steps)])
        return session.edit(label, list(first.values()))

    def _spoken(self, row: int, column: int) -> str:
        shown = self.shown(row)
        what = "Kas " if self._lines[row].kind != "target" and column >= FIRST_MONTH else ""
        note = f", {shown.marks[column]}: {shown.notes[column]}" if shown.marks[column] else ""
        return f"{what}{COLUMN_NAMES[column]}, {shown.texts[column] or 'kosong'}{note}"

    def _say(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _on_changed(self, update: Update) -> None:
        rows = [row for change in update.edit.changes for row in (change.before, change.after)]
        if any(_is_structure(change) for change in update.edit.changes):
            here = self._row
            plan = self._session.plan
            self.show_branch(plan.find(type(here), here.id) if here is not None else None)
            return
        ids = {row.id for row in rows if row is not None}
        ids |= {getattr(row, "indikator_id", None) or getattr(row, "anggaran_id", None) or "" for row in rows}
        ids |= {row_id for _, row_id in update.findings}
        touched = [i for i, ln in enumerate(self._lines) if self._grid.concerns(ln, update.lines, frozenset(ids))]
        for i in touched:
            self._shown.pop(i, None)
        if touched:
            self._say(touched[0], touched[-1])


def _is_structure(change: Change) -> bool:
    row = change.row
    if isinstance(row, Dukungan):
        return True
    if not isinstance(row, Kinerja | Anggaran | Indikator):
        return False
    if change.before is None or change.after is None:
        return True
    return any(getattr(change.before, f, None) != getattr(change.after, f, None) for f in ("induk_id", "urutan"))

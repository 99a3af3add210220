"""The findings dock's item model: a line per row and rule, and below it the lines that follow from it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QStandardItemModel

from models.changes import Change
from models.rows import Row
from services.checks import Group, is_mendable
from services.checks.belonging import branch_of, in_charge
from services.checks.finding import Key
from services.checks.rules import BOUNDS
from services.checks.where import Places
from services.naming import place_name
from services.rupiah import format_rupiah
from services.tanggal import format_tanggal
from services.terms import LEVELS, Level
from ui import roles
from ui.findings_lines import Line, Lines
from ui.session import Session, Update

Index = QModelIndex | QPersistentModelIndex
MARK, TEMUAN, PLACE, NILAI, HARUSNYA, SELISIH, ACTION, KODE, ALASAN, DITERIMA = range(10)
HEADERS = ("", "Temuan", "Di mana", "Nilai", "Seharusnya", "Selisih", "", "Kode", "Alasan", "Diterima")
_NUMBERS = (NILAI, HARUSNYA, SELISIH)
_STEPS = 9
"""Steps of reading that are taken at once: all that a plan of ordinary size needs."""
_END = object()
_MANY = 100
"""More lines than this at once are shown anew as a whole."""

PERBAIKI, TERIMA, BATALKAN = "Perbaiki...", "Terima...", "Batalkan"


@dataclass(slots=True)
class Filter:
    """Which lines are shown: of these levels, and of one rule, branch or position in charge where they are named."""

    levels: set[Level] = field(default_factory=lambda: set(LEVELS))
    kode: str | None = None
    branch: str | None = None
    position: str | None = None
    accepted: bool = False


class FindingsModel(QStandardItemModel):
    """The findings of the shown document, worst first; `filter` chooses which, `show` carries it out.

    The base class only keeps how many rows there are, so that a view of thousands is laid out without asking Python.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.filter = Filter()
        self.ready = False
        """Whether the lines are there; those of a large plan come a moment after it is shown."""
        self._lines = self._fresh = Lines(session.checks)
        self._steps: Iterator[None] = iter(())
        self._shown: list[Line] = []
        self._unmendable: set[Key] = set()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._read)
        self._reading = QTimer(self, interval=0)
        self._reading.timeout.connect(self._read_on)
        session.changed.connect(self._on_changed)
        session.checked.connect(self._read)
        session.switched.connect(self.rebuild)
        self.rebuild()

    def rebuild(self) -> None:
        """Read the findings of the document that is shown now."""
        self.ready = False
        self._lines = Lines(self._session.checks)
        self._read()
        if not self.ready:
            self.show()

    def _read(self) -> None:
        """Read all findings again; what is shown stays until all are read."""
        self._again.stop()
        self._reading.stop()
        if self._session.checks.complete:
            self._fresh = Lines(self._session.checks)
            self._steps = self._fresh.read(self._session.dokumen_id)
            self._reading.start()
            for _ in range(_STEPS):
                if self._reading.isActive():
                    self._read_on()

    def _read_on(self) -> None:
        if next(self._steps, _END) is _END:
            self._reading.stop()
            self._unmendable.clear()
            self._lines, self.ready = self._fresh, True
            self.show()

    def show(self) -> None:
        """Show the lines that pass the filter now."""
        lines = self._lines.accepted if self.filter.accepted else self._lines.open
        self.beginResetModel()
        self._shown = [line for line in lines if self._passes(line)]
        self.blockSignals(True)
        self.setRowCount(0)
        self.setColumnCount(len(HEADERS))
        self.setRowCount(len(self._shown))
        for row, line in enumerate(self._shown):
            if line.group.lanjutan:
                self._fold(row, line)
        self.blockSignals(False)
        self.endResetModel()

    def count(self, level: Level) -> int:
        """How many open lines of a level there are, shown or not."""
        return self._lines.counts[level]

    def accepted_count(self) -> int:
        """How many lines are accepted."""
        return len(self._lines.accepted)

    def rules(self) -> set[str]:
        """The codes of all lines that there are."""
        return {line.group.first.kode for line in (*self._lines.open, *self._lines.accepted)}

    def line(self, index: Index) -> Line:
        """The line of a row, or the one that a folded row stands under."""
        above = index.parent()
        return self._shown[above.row() if above.isValid() else index.row()]

    def group(self, index: Index | int) -> Group:
        """The findings of a row; a number counts the lines that are not folded."""
        if isinstance(index, int):
            return self._shown[index].group
        group = self.line(index).group
        return group.lanjutan[index.row()] if index.parent().isValid() else group

    def action(self, index: Index) -> str:
        """What its link offers: PERBAIKI, TERIMA or BATALKAN; "" on a folded row, and where the plan is only read."""
        if index.parent().isValid() or self._session.read_only:
            return ""
        if self.filter.accepted:
            return BATALKAN
        return PERBAIKI if self.may_mend(index) else TERIMA

    def may_mend(self, index: Index) -> bool:
        """Whether its rule has a mend, which was not looked for in vain."""
        first = self.group(index).first
        return is_mendable(first) and first.key not in self._unmendable

    def set_unmendable(self, index: QModelIndex) -> None:
        """Offer no mend for a line any more, until the plan is another."""
        self._unmendable.add(self.group(index).first.key)
        self.dataChanged.emit(index.siblingAtColumn(0), index.siblingAtColumn(DITERIMA))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return _side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        above = index.parent()
        if not index.isValid() or (above if above.isValid() else index).row() >= len(self._shown):
            return None
        group = self.group(index)
        if role == roles.LEVEL:
            return group.first.tingkat
        if role == roles.COUNT:
            return sum(len(each.findings) for each in group.lanjutan)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index, group)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join([self._whole_place(group), *(f.pesan for f in group.findings)])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.first.tingkat}: {self._text(index, group)}"
        return None

    def _text(self, index: Index, group: Group) -> str:
        finding, column = group.first, index.column()
        if column == TEMUAN:
            return group.pesan
        if column == PLACE:
            return self._place(group)
        if column == NILAI:
            return _value(finding.nilai)
        if column == HARUSNYA:
            return BOUNDS.get(finding.kode, "") + _value(finding.harusnya) if finding.harusnya is not None else ""
        if column == SELISIH:
            return _value(finding.selisih)
        if column == ACTION:
            return self.action(index)
        if column == KODE:
            return f"{finding.kode} ({len(group.findings)})" if len(group.findings) > 1 else finding.kode
        terima = self.line(index).terima
        if terima is None or column == MARK:
            return ""
        day = format_tanggal((terima.waktu or "")[:10])
        return terima.alasan if column == ALASAN else ", ".join(part for part in (terima.siapa, day) if part)

    def _place(self, group: Group) -> str:
        finding = group.first
        there = self._session.plan.find(finding.tabel, finding.row_id)
        return place_name(self._session.plan, finding.tabel, finding.row_id) if there is not None else ""

    def _whole_place(self, group: Group) -> str:
        """The place so that no other row has the same; found out for one line, as all would cost each edit."""
        finding = group.first
        return Places(self._session.plan).name(finding.tabel, finding.row_id) if self._place(group) else ""

    def _passes(self, line: Line) -> bool:
        wanted, plan = self.filter, self._session.plan
        first = line.group.first
        return (
            (line.terima is not None) == wanted.accepted
            and first.tingkat in wanted.levels
            and wanted.kode in (None, first.kode)
            and (wanted.branch is None or branch_of(plan, first) == wanted.branch)
            and (wanted.position is None or in_charge(plan, first) == wanted.position)
        )

    def _row(self, line: Line) -> int:
        return bisect_left(self._shown, line.at, key=attrgetter("at"))

    def _on_changed(self, update: Update) -> None:
        self._unmendable.clear()
        if self._reading.isActive():
            self._reading.stop()
            self._again.start()
        places = [place for place in update.findings if self._is_here(*place)] if self.ready else []
        went, came = self._lines.update(places) if places else ([], [])
        if len(went) + len(came) > _MANY:
            self.show()
        elif went or came:
            self._exchange(went, came)
        if any(_moves(change) for change in update.edit.changes):
            self._again.start()
        elif any(hasattr(change.row, "nama") or hasattr(change.row, "uraian") for change in update.edit.changes):
            self._changed_all()

    def _is_here(self, cls: type[Row], row_id: str) -> bool:
        """Whether a row is of the shown document, or is gone."""
        row = self._session.plan.find(cls, row_id)
        return row is None or getattr(row, "dokumen_id", row_id) == self._session.dokumen_id

    def _exchange(self, went: list[Line], came: list[Line]) -> None:
        """Row by row, so that the selection and what is unfolded stay."""
        new = {line.at: line for line in came if self._passes(line)}
        for line in went:
            row, other = self._row(line), new.get(line.at)
            if (line.terima is not None) != self.filter.accepted or not self._stands_at(row, line):
                continue
            if other is not None and _has_shape_of(line.group, other.group):
                self._put(row, new.pop(line.at))
                continue
            del self._shown[row]
            self.removeRow(row)
        for line in new.values():
            row = self._row(line)
            self._shown.insert(row, line)
            self.insertRow(row)
            self._fold(row, line)

    def _fold(self, row: int, line: Line) -> None:
        top = self.index(row, 0)
        if line.group.lanjutan and self.insertRows(0, len(line.group.lanjutan), top):
            self.insertColumns(0, len(HEADERS) - self.columnCount(top), top)

    def _stands_at(self, row: int, line: Line) -> bool:
        return row < len(self._shown) and self._shown[row].at == line.at

    def _put(self, row: int, line: Line) -> None:
        self._shown[row] = line
        self.dataChanged.emit(self.index(row, 0), self.index(row, DITERIMA))
        if line.group.lanjutan:
            top, last = self.index(row, 0), len(line.group.lanjutan) - 1
            self.dataChanged.emit(self.index(0, 0, top), self.index(last, DITERIMA, top))

    def _changed_all(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, PLACE), self.index(len(self._shown) - 1, PLACE))


def _has_shape_of(one: Group, other: Group) -> bool:
    return one.key == other.key and len(one.lanjutan) == len(other.lanjutan)


def _moves(change: Change) -> bool:
    """Whether a row stands elsewhere in the plan afterwards."""
    old, new = change.before, change.after
    if old is None or new is None:
        return False
    return any(getattr(old, f, None) != getattr(new, f, None) for f in ("urutan", "induk_id", "kinerja_id"))


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _value(value: int | str | None) -> str:
    return format_rupiah(value) if isinstance(value, int) else value or ""

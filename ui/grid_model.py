"""The grid's item model: thin, over the lines of a MonthGrid; each line's cells are computed once and kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.changes import Change
from models.errors import PlanError
from models.rows import Anggaran, DeretRasio, Dukungan, Indikator, Kinerja, Row, TutupPeriode
from services.cell_edit import editable, step_name, type_block, type_into
from services.grid_arrange import Arrangement, Condition, arranged
from services.grid_result_edit import why_not as result_why_not
from services.month_grid import (
    COLUMN_NAMES,
    COLUMNS,
    FIRST_MONTH,
    FIRST_QUARTER,
    SATUAN,
    SETAHUN,
    URAIAN,
    Face,
    Kind,
    Line,
    MonthGrid,
    Shown,
)
from services.naming import row_text
from services.values import worked_out
from ui import roles
from ui.grid_faces import SPOKEN, Heads, heads_of, locked_columns, other_of
from ui.read_only import WAY_OUT, refused
from ui.session import Session, Update

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[int, int]
"""Row and column."""

_NO_INDEX = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_SHOWN_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class GridModel(QAbstractTableModel):
    """One row a line, one column a cell of `services.month_grid.COLUMNS`."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._grid = MonthGrid(session.plan, session.rollup, session.checks)
        self._row: Row | None = None
        self._all: list[Line] = []
        self._lines: list[Line] = []
        self._places: dict[str, list[int]] = {}
        self._sums: dict[str, list[str]] = {}
        self._cache: dict[tuple[str, str], Shown] = {}
        self._year_title = "Target / pagu"
        self.arrangement = Arrangement()
        self.met = self.of = self.aside = 0
        self._context: frozenset[str] = frozenset()
        self._face: Face = "rencana"
        self._locked: frozenset[int] | None = None
        self._heads: Heads | None = None
        session.changed.connect(self._on_changed)

    @property
    def kumulatif(self) -> bool:
        """Running totals, or single months."""
        return self._grid.kumulatif

    @property
    def face(self) -> Face:
        """The plan, what was reached and spent, or how far that reaches."""
        return self._face

    def set_face(self, face: Face) -> None:
        """Show another face of the same lines, in the plan's order, unfiltered."""
        if face != self._face:
            self._face = face
            self.arrangement = Arrangement(folded=self.arrangement.folded)
            self.show_branch(self._row)

    @property
    def locked(self) -> frozenset[int]:
        """The columns of the months and quarters whose realisasi is closed; none in other faces."""
        if self._locked is None:
            session = self.session
            reports = self._face == "realisasi"
            self._locked = locked_columns(session.plan, session.dokumen_id) if reports else frozenset()
        return self._locked

    @property
    def heads(self) -> Heads:
        """The heads of the face that are not those of the plan."""
        if self._heads is None:
            self._heads = heads_of(self.session.plan, self.session.dokumen_id, self._face)
        return self._heads

    def set_kumulatif(self, kumulatif: bool) -> None:
        """Choose the view."""
        self._grid.kumulatif = kumulatif
        self._cache.clear()
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(COLUMNS) - 1))

    def show_branch(self, row: Row | None) -> None:
        """Show the lines of the branch of a row; another branch is shown in the plan's order, unfiltered."""
        if row is None or self._row is None or row.id != self._row.id:
            self.arrangement = Arrangement(folded=self.arrangement.folded)
        self.beginResetModel()
        self._row = row
        self._make_anew()
        self._all = self._grid.lines(row)
        self._sums = {}
        for line in self._all:
            for row_id in line.of:
                self._sums.setdefault(row_id, []).append(line.row_id)
        self._arrange()
        self.endResetModel()

    def arrange(self, arrangement: Arrangement) -> None:
        """Fold, sort or filter otherwise."""
        if arrangement != self.arrangement:
            self.beginResetModel()
            self.arrangement = arrangement
            self._arrange()
            self.endResetModel()

    @property
    def branch_id(self) -> str | None:
        """The row whose branch is shown."""
        return self._row.id if self._row is not None else None

    def name(self, line: Line) -> str:
        """What a line is called; cheaper than all its cells."""
        return self._grid.name(line)

    def sort_by(self, column: int, down: bool | None) -> None:
        """Sort all lines that are shown, sums and lines above them aside; None: back to the plan's order."""
        self.arrange(replace(self.arrangement, sort=None if down is None else (column, down)))

    def filter_column(self, column: int, condition: Condition | None) -> None:
        """Set the one condition of a column, or take it away."""
        others = tuple(c for c in self.arrangement.conditions if c.column != column)
        self.arrange(replace(self.arrangement, conditions=others if condition is None else (*others, condition)))

    def show_all(self) -> None:
        """Take every condition away; sorting stays."""
        self.arrange(replace(self.arrangement, conditions=()))

    def fold(self, row_id: str) -> None:
        """Hide the lines below a line, or show them again."""
        self.arrange(replace(self.arrangement, folded=self.arrangement.folded ^ {row_id}))

    def folded(self, row: int) -> bool | None:
        """Whether the lines below are hidden; None where there are none, or a filter decides."""
        line = self._lines[row]
        if not line.folds or self.arrangement.conditions:
            return None
        return line.row_id in self.arrangement.folded

    def unfold_to(self, row_id: str) -> None:
        """Make sure that a line of the branch is shown."""
        line = next((line for line in self._all if line.row_id == row_id and line.kind != "jumlah"), None)
        if line is not None and self.row_of(row_id) is None:
            self.arrange(Arrangement(folded=self.arrangement.folded.difference(line.above)))

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def row_of(self, row_id: str, *, sums: bool = False, kind: Kind | None = None) -> int | None:
        """Where the line of a budget line or an indicator stands; or the line that sums a node's lines.

        `kind`: the line of that kind, where there is one.
        """
        places = self._places.get(row_id, ())
        exact = (i for i in places if self._is_of(i, row_id) and self._lines[i].kind == kind)
        if kind is not None and (found := next(exact, None)) is not None:
            return found
        return next((i for i in places if self._is_of(i, row_id) and (self._lines[i].kind == "jumlah") == sums), None)

    def is_context(self, row: int) -> bool:
        """Whether a line stays in a filtered grid only because one below it was found."""
        return self._lines[row].row_id in self._context

    def counted(self, top: int, bottom: int) -> list[int]:
        """The rows of a block that something is done to: one alone always, of several those that a filter has found."""
        rows = range(top, bottom + 1)
        return [row for row in rows if not self.is_context(row)] if len(rows) > 1 else list(rows)

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        return self.shown(row).texts[column]

    def shown(self, row: int) -> Shown:
        """What a line says, cell by cell; for painting, which asks for every cell."""
        return self._show(self._lines[row])

    def takes_typing(self, row: int, column: int) -> bool:
        """Whether a cell can be typed into."""
        return not self.session.read_only and editable(self._lines[row], column, plan=self.session.plan)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section in self.heads:
                return self.heads[section][0]
            return self._year_title if section == SETAHUN else COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section <= SATUAN else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            name = self.heads[section][1] if section in self.heads else COLUMN_NAMES[section]
            return f"{name}{': sudah ditutup' if section in self.locked else ''}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.takes_typing(index.row(), index.column()):
            return _SHOWN_PLAIN | Qt.ItemFlag.ItemIsEditable
        return _SHOWN_PLAIN

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
            if column == URAIAN and self.arrangement.sort is not None:
                return "\n".join((shown.texts[URAIAN], *self._path(line)))
            return self._said_of(shown, column) or (shown.texts[column] if column <= SATUAN else None)
        return self._spoken(row, column) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        if str(value) == self.shown(index.row()).texts[index.column()]:
            return True
        try:
            label, changes = self.typed(index.row(), index.column(), str(value))
        except PlanError as error:
            self.session.failed.emit(str(error))
            return False
        done = self.session.edit(label, changes)
        if done:
            self.tell_reckoned(index.row(), index.column(), str(value))
        return done

    def why_not(self, row: int, column: int) -> str:
        """Why a cell takes no typing, and what to do."""
        if self.session.read_only:
            return WAY_OUT
        if self._face == "capaian":
            return "Capaian dihitung dari rencana dan realisasi; ubah realisasinya (Ctrl+J)."
        if self._face == "realisasi":
            return result_why_not(self.session.plan, self._lines[row], column)
        if self._lines[row].kind == "jumlah":
            return "Baris ini jumlah dari baris di bawahnya; ubah baris-baris itu."
        if column == SATUAN:
            return "Satuan anggaran selalu rupiah."
        if column >= FIRST_QUARTER:
            return f"Kolom {COLUMN_NAMES[column]} dihitung dari bulan-bulannya; ubah bulannya."
        return "Rencana baris ini per triwulan; isi bulan penutup triwulan."

    def typed(self, row: int, column: int, text: str) -> tuple[str, tuple[Change, ...]]:
        """What typing a text into a cell would change.

        Raises:
            PlanError: the cell cannot take it.
        """
        return type_into(self.session.plan, self._lines[row], column, text, kumulatif=self.kumulatif)

    def remark(self, sentence: str) -> None:
        """Say something in the status line."""
        self.session.failed.emit(sentence)

    def type_block(self, label: str, cells: Iterable[tuple[Cell, str]]) -> bool:
        """Type into many cells at once: all of it as one action, or nothing. Cells that take no typing are left out.

        Where none takes any, why is said.
        """
        asked = list(cells)
        if refused(self.session):
            return False
        wanted = [(self._lines[row], column, text) for (row, column), text in asked if self.takes_typing(row, column)]
        if asked and not wanted:
            self.remark(self.why_not(*asked[0][0]))
            return False
        names = [self.name(line) for line in {line.row_id: line for line, _, _ in wanted}.values()]
        try:
            changes = type_block(self.session.plan, wanted, kumulatif=self.kumulatif)
        except PlanError as error:
            self.session.failed.emit(str(error))
            return False
        done = self.session.edit(step_name(label, names), changes)
        closed = sum(1 for (_, column), _ in asked if column in self.locked) if len(wanted) < len(asked) else 0
        if done and closed:
            self.remark(f"{closed} sel dilewati: periodenya sudah ditutup.")
        return done

    def tell_reckoned(self, row: int, column: int, text: str) -> None:
        """What a sum, or an amount in words, has been taken for."""
        value = worked_out(text, money=self._lines[row].kind == "kas") if column >= SETAHUN else None
        if value is not None:
            self.remark(f"{text.strip()} dibaca {value.text}{', dibulatkan' if value.rounded else ''}.")

    def _path(self, line: Line) -> list[str]:
        """What the lines above a line are called, from the top."""
        found = next((one for one in self._all if (one.kind, one.row_id) == (line.kind, line.row_id)), line)
        plan = self.session.plan
        return [f"di bawah {row_text(plan.get(Anggaran, row_id))}" for row_id in found.above]

    def _show(self, line: Line) -> Shown:
        key = line.kind, line.row_id
        shown = self._cache.get(key)
        if shown is None:
            shown = self._cache[key] = self._grid.show(line)
        return shown

    def _arrange(self) -> None:
        found = arranged(self._all, self.arrangement, self._show, self._grid.name)
        self._lines, self.met, self.of, self.aside = found.lines, found.met, found.of, found.aside
        self._context = found.context
        kinds = {line.kind for line in self._lines}
        self._year_title = "Pagu" if "target" not in kinds else "Target" if kinds == {"target"} else "Target / pagu"
        self._places = {}
        for i, line in enumerate(self._lines):
            for row_id in {line.row_id, *line.of}:
                self._places.setdefault(row_id, []).append(i)

    def _is_of(self, place: int, row_id: str) -> bool:
        return self._lines[place].row_id == row_id

    def _spoken(self, row: int, column: int) -> str:
        shown = self.shown(row)
        what = ""
        if column >= FIRST_MONTH:
            kas = self._lines[row].kind != "target"
            what = SPOKEN[self._face] if self._face != "rencana" else "Kas " if kas else ""
        note = f", {shown.marks[column]}: {shown.notes[column]}" if shown.marks[column] else ""
        if self._face != "rencana" and (said := self._said_of(shown, column, marked=False)):
            note += f", {said}"
        name = self.heads[column][0] if self._face == "realisasi" and column in self.heads else COLUMN_NAMES[column]
        return f"{what}{name}, {shown.texts[column] or 'kosong'}{note}"

    def _said_of(self, shown: Shown, column: int, *, marked: bool = True) -> str:
        """All sentences about a cell: what was found there, what stands beside it, its note, its lock."""
        said = [shown.notes.get(column, "") if marked else "", shown.beside.hints.get(column, "")]
        said.append("Ada catatan periode (Shift+F2)." if column in shown.beside.noted else "")
        said.append("Periode sudah ditutup." if column in self.locked else "")
        return "\n".join(sentence for sentence in said if sentence)

    def _make_anew(self) -> None:
        """Nothing that was computed for this face counts any more."""
        self._cache.clear()
        self._locked = self._heads = None
        self._grid.other = other_of(self.session.plan, self._face)

    def _on_changed(self, update: Update) -> None:
        changes = update.edit.changes
        if any(_is_structure(change) for change in changes) or self._has_new_counts(changes):
            here, plan = self._row, self.session.plan
            self.show_branch(plan.find(type(here), here.id) if here is not None else None)
            return
        if self._row is not None:
            self._row = self.session.plan.find(type(self._row), self._row.id)
        if self._face != "rencana":
            # Money of a line counts in those above it, a setting in all.
            self._make_anew()
            if self._lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(COLUMNS) - 1))
            if self._face == "capaian" or any(isinstance(change.row, TutupPeriode) for change in changes):
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
            return
        rows = [row for change in changes for row in (change.before, change.after)]
        ids = {row.id for row in rows if row is not None} | update.lines
        ids |= {getattr(row, "indikator_id", None) or getattr(row, "anggaran_id", None) or "" for row in rows}
        ids |= {row_id for _, row_id in update.findings}
        self._forget(ids)
        touched = sorted({place for row_id in ids for place in self._places.get(row_id, ())})
        for first, last in _runs(touched):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _has_new_counts(self, changes: Iterable[Change]) -> bool:
        """Whether an indicator that was no ratio until now has counts, which are lines of their own."""
        fresh = any(change.before is None and isinstance(change.row, DeretRasio) for change in changes)
        return fresh and self._face == "realisasi" and len(self._grid.lines(self._row)) != len(self._all)

    def _forget(self, ids: Iterable[str]) -> None:
        """What the rows say, and the sums that they are in, are computed anew."""
        for row_id in ids:
            for kind in ("target", "kas", "jumlah"):
                self._cache.pop((kind, row_id), None)
            for node_id in self._sums.get(row_id, ()):
                self._cache.pop(("jumlah", node_id), None)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours."""
    for i, place in enumerate(places):
        if i == 0 or places[i - 1] != place - 1:
            first = place
        if i == len(places) - 1 or places[i + 1] != place + 1:
            yield first, place


_PLACES = ("induk_id", "urutan", "kinerja_id", "anggaran_id", "jenis", "tingkat", "pembilang", "penyebut")


def _is_structure(change: Change) -> bool:
    row = change.row
    if isinstance(row, Dukungan):
        return True
    if not isinstance(row, Kinerja | Anggaran | Indikator):
        return False
    if change.before is None or change.after is None:
        return True
    return any(getattr(change.before, f, None) != getattr(change.after, f, None) for f in _PLACES)

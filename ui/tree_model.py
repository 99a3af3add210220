"""The trees' item model: thin, over an Outline; an index carries a number that stands for a node."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from models.errors import PlanError
from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row
from services.cell_edit import type_field
from services.naming import level_name, row_text
from services.outline import NO_PROGRAM, Accept, Badges, Insertion, Outline, Removal, Reorder, Tree, places_of
from services.rupiah import format_rupiah
from ui import roles
from ui.session import Session, Update
from ui.tree_sums import pagu_of, selisih_of, selisih_words

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_STRUCTURE = ("induk_id", "urutan", "tingkat", "jenis", "dokumen_id", "kinerja_id", "anggaran_id")
URAIAN, PAGU, SELISIH, TEMUAN = range(4)
HEADERS = ("Uraian", "Pagu (Rp)", "Selisih", "Temuan")
ROW, LINE = 24, 16
"""Pixels of a row with one line, and of each line more."""
NUMBER_WIDTH, ICON_WIDTH = 24, 24
_PARENTS_AT_ONCE = 60
"""More parents than this with other children: the model is reset instead of told row by row."""

_Flag = Qt.ItemFlag
_ROW = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemIsDragEnabled | _Flag.ItemIsDropEnabled
_LEAF = _ROW | _Flag.ItemNeverHasChildren
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class TreeModel(QAbstractItemModel):
    """Columns: Uraian, Pagu, Selisih, Temuan. A rename is an edit of the session.

    `restructuring` and `restructured` stand around each change of what stands where, however it is told to views.
    """

    restructuring = Signal()
    restructured = Signal(object)
    """The nodes that are new, in no order; None where all indexes are."""

    def __init__(self, session: Session, tree: Tree, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = tree
        self.words: tuple[str, ...] = ()
        """What the filter looks for, in small letters; the delegate marks it."""
        self.cut: frozenset[str] = frozenset()
        """The nodes that wait to be pasted elsewhere."""
        self.filtering = False
        """While the filter is being changed: rows that go are only out of sight."""
        self._session = session
        self._accept: Accept | None = None
        self._numbers: dict[str, int] = {}
        self._nodes: list[str] = []
        self._build()
        session.changed.connect(self._on_changed)
        session.checked.connect(self._on_checked)
        session.switched.connect(self.rebuild)

    def set_filter(self, accept: Accept | None, words: tuple[str, ...] = ()) -> None:
        """Show only rows that `accept` takes, and what stands above them."""
        self._accept, self.words, self.filtering = accept, words, True
        self._reset(self._show)
        self.filtering = False

    def rebuild(self) -> None:
        """Build the outline anew; views restore what was open by id."""
        self._reset(self._build)

    @property
    def outline(self) -> Outline:
        """What stands where, as shown."""
        return self._outline

    def rows(self) -> list[Row]:
        """All rows of the tree, shown or not."""
        return list(self._full.rows())

    def node(self, index: Index) -> str | None:
        """The node of an index, None for the invisible root."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def row_of(self, index: Index) -> Row | None:
        """The row of an index, None for a heading."""
        node = self.node(index)
        return self._outline.row(node) if node is not None else None

    def index_of(self, node: str | None, column: int = 0) -> QModelIndex:
        """Where a node stands; invalid if it does not."""
        if node is None or node not in self._outline:
            return QModelIndex()
        return self.createIndex(self._outline.index(node), column, self._numbers[node])

    def measures(self, index: Index) -> tuple[str, int, int]:
        """What the height of a row depends on: text, pixels before it, how deep it stands (1 at the top)."""
        node = self._nodes[index.internalId()]
        row = self._outline.row(node)
        indent = ICON_WIDTH if isinstance(row, Indikator) else NUMBER_WIDTH if getattr(row, "nomor", None) else 0
        return row_text(row) if row is not None else "Tanpa program", indent, len(self._outline.ancestors(node)) + 1

    def rows_above(self, node: str) -> list[Row]:
        """The rows that stand before a node in the tree, nearest first."""
        nodes = list(self._outline.nodes())
        rows = (self._outline.row(other) for other in reversed(nodes[: nodes.index(node)]))
        return [row for row in rows if row is not None]

    def ancestors_of(self, node: str) -> list[Row]:
        """The rows above a node in its branch, its parent first."""
        rows = (self._outline.row(other) for other in self._outline.ancestors(node))
        return [row for row in rows if row is not None]

    def set_cut(self, nodes: frozenset[str]) -> None:
        """Show these nodes as waiting to be pasted elsewhere."""
        changed, self.cut = self.cut ^ nodes, nodes
        self._tell(changed)

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        nodes = self._outline.children(self._nodes[parent.internalId()] if parent.isValid() else None)
        if 0 <= row < len(nodes) and 0 <= column < 4 and parent.column() <= 0:
            return self.createIndex(row, column, self._numbers[nodes[row]])
        return _NO_INDEX

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = self.node(index)
        return self.index_of(self._outline.parent(node)) if node is not None and node in self._outline else _NO_INDEX

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.column() > 0 else len(self._outline.children(self.node(parent)))

    def hasChildren(self, parent: Index = _NO_INDEX) -> bool:
        return parent.column() <= 0 and bool(self._outline.children(self.node(parent)))

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return "Sasaran dan indikator" if section == URAIAN and self.tree == "kinerja" else HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section > 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        node = self._nodes[index.internalId()]
        flags = _ROW if self._outline.children(node) else _LEAF
        if index.column() == 0 and node != NO_PROGRAM and not self._session.read_only:
            flags |= _Flag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None or node not in self._outline:
            return None
        row = self._outline.row(node)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 0:
            return _RIGHT
        if role in (roles.LEVEL, roles.COUNT):
            badge = self._badges.of(node)
            return None if badge is None else badge.level if role == roles.LEVEL else badge.count
        if role == roles.ROW_ID:
            return node
        if row is None:
            return None
        return self._row_data(row, role, node, index.column())

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_of(index)
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, Kinerja | Anggaran | Indikator):
            return False
        try:
            label, changes = type_field(row, "nama" if isinstance(row, Anggaran) else "uraian", str(value))
        except PlanError as error:
            self._session.failed.emit(str(error))
            return False
        return self._session.edit(label, changes)

    def _text(self, node: str, row: Row | None, column: int) -> str:
        if column == TEMUAN:
            badge = self._badges.of(node)
            return f"{badge.count} {badge.level}" if badge else ""
        if column == URAIAN:
            return row_text(row) if row is not None else "Tanpa program"
        lines = [self._full.row(child) for child in self._full.children(node)] if row is None else []
        amount = pagu_of if column == PAGU else selisih_of
        value = amount(self._session, row, lines)
        return "" if value is None else format_rupiah(value)

    def _row_data(self, row: Row, role: int, node: str, column: int) -> Any:
        if role == Qt.ItemDataRole.EditRole:
            return row.nama if isinstance(row, Anggaran) else getattr(row, "uraian", "") or ""
        if role == Qt.ItemDataRole.ToolTipRole:
            said = selisih_words(self._session, row) if column == SELISIH else ""
            return said or f"{level_name(row)}: {row_text(row)}"
        if role == Qt.ItemDataRole.AccessibleTextRole and column in (PAGU, SELISIH):
            return f"{HEADERS[column].removesuffix(' (Rp)')} {self._text(node, row, column) or 'kosong'}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            badge = self._badges.of(node)
            found = f", {badge.count} temuan, terberat {badge.level}" if badge else ""
            return f"{level_name(row)} {row_text(row)}{found}"
        if role == roles.NUMBER:
            return row.nomor if isinstance(row, Kinerja) else None
        return type(row).TABLE if role == roles.KIND else None

    def _build(self) -> None:
        session = self._session
        self._full = Outline(session.plan, session.dokumen_id, self.tree)
        self._number(self._full)
        self._badges = Badges(session.plan, session.checks, self._full)
        self._show()

    def _show(self) -> None:
        self._outline = self._full if self._accept is None else self._full.filtered(self._accept)
        self._badges.follow(self._full, ())

    def _number(self, outline: Outline) -> None:
        numbers, nodes = self._numbers, self._nodes
        for node in outline.nodes():
            if node not in numbers:
                numbers[node] = len(nodes)
                nodes.append(node)

    def _reset(self, build: Callable[[], None]) -> None:
        self.restructuring.emit()
        self.beginResetModel()
        build()
        self.endResetModel()
        self.restructured.emit(None)

    def _on_changed(self, update: Update) -> None:
        changes = update.edit.changes
        touched = self._badges.forget(update.findings)
        if any(self._is_structure(change.before, change.after) for change in changes):
            touched |= self._restructure(
                {place for change in changes for row in (change.before, change.after) for place in places_of(row)}
            )
        for change in changes:
            if change.after is not None:
                self._full.take_over(change.after)
        touched |= {change.row.id for change in changes} | update.lines
        if not update.lines.isdisjoint(self._outline.children(NO_PROGRAM)):
            touched.add(NO_PROGRAM)
        self._tell(touched)

    def _on_checked(self) -> None:
        self._badges.clear()
        count = len(self._outline.children(None))
        if count:
            self.dataChanged.emit(self.index(0, TEMUAN), self.index(count - 1, TEMUAN))

    def _tell(self, nodes: set[str] | frozenset[str]) -> None:
        """Once for all that stand under one parent: views answer to each time."""
        outline, under = self._outline, dict[str | None, list[int]]()
        for node in nodes:
            if node in outline:
                under.setdefault(outline.parent(node), []).append(outline.index(node))
        for parent, places in under.items():
            above = self.index_of(parent)
            self.dataChanged.emit(self.index(min(places), 0, above), self.index(max(places), TEMUAN, above))

    def _restructure(self, places: set[str]) -> set[str]:
        """Follow the plan to its outline of today; returns the nodes whose badges may be others."""
        session = self._session
        full = Outline(session.plan, session.dokumen_id, self.tree)
        self._number(full)
        wanted = full if self._accept is None else full.filtered(self._accept)
        if len(self._outline.differing(wanted)) > _PARENTS_AT_ONCE:
            touched = self._badges.follow(full, places)
            self._full = full
            self._reset(self._show)
            return touched
        touched = self._badges.follow(full, places)
        self.restructuring.emit()
        fresh: list[str] = []
        for step in self._outline.steps_to(wanted):
            if isinstance(step, Removal):
                self.beginRemoveRows(self.index_of(step.parent), step.first, step.last)
                self._outline.apply(step, wanted)
                self.endRemoveRows()
            elif isinstance(step, Insertion):
                at = step.at
                self.beginInsertRows(self.index_of(step.parent), at, at + len(step.nodes) - 1)
                self._outline.apply(step, wanted)
                self.endInsertRows()
                fresh += [*step.nodes, *(below for node in step.nodes for below in wanted.below(node))]
            else:
                self._reorder(step, wanted)
        self._full, self._outline = full, wanted
        self.restructured.emit(fresh)
        return touched

    def _reorder(self, step: Reorder, wanted: Outline) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        self._outline.apply(step, wanted)
        self.changePersistentIndexList(before, [self.index_of(self.node(i), i.column()) for i in before])
        self.layoutChanged.emit()

    def _is_structure(self, before: Row | None, after: Row | None) -> bool:
        row = after or before
        if isinstance(row, Dukungan):
            return self.tree == "kinerja"
        if not isinstance(row, Kinerja | Anggaran | Indikator):
            return False
        if before is None or after is None:
            return True
        return any(getattr(before, f, None) != getattr(after, f, None) for f in _STRUCTURE)

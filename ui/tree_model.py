"""The trees' item model: thin, over an Outline; an index carries a number that stands for a node."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.errors import PlanError
from models.rows import Anggaran, Dukungan, Indikator, Kinerja, Row
from services.cell_edit import type_field
from services.naming import level_name, row_text
from services.outline import NO_PROGRAM, Accept, Badges, Outline, Tree
from services.rupiah import format_rupiah
from ui import roles
from ui.session import Session, Update

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_STRUCTURE = {"induk_id", "urutan", "tingkat", "jenis", "dokumen_id"}


class TreeModel(QAbstractItemModel):
    """Columns: Uraian, (Pagu,) Temuan. A rename is an edit of the session."""

    def __init__(self, session: Session, tree: Tree, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = tree
        self._session = session
        self._accept: Accept | None = None
        self._headers = ("Sasaran dan indikator", "Temuan") if tree == "kinerja" else ("Uraian", "Pagu (Rp)", "Temuan")
        self._numbers: dict[str, int] = {}
        self._nodes: list[str] = []
        self._build()
        session.changed.connect(self._on_changed)
        session.switched.connect(self.rebuild)

    def set_filter(self, accept: Accept | None) -> None:
        """Show only rows that `accept` takes, and what stands above them."""
        self._accept = accept
        self.rebuild()

    def rebuild(self) -> None:
        """Build the outline anew; views restore what was open by id."""
        self.beginResetModel()
        self._build()
        self.endResetModel()

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

    def rows_above(self, node: str) -> list[Row]:
        """The rows that stand before a node in the tree, nearest first."""
        nodes = list(self._outline.nodes())
        rows = (self._outline.row(other) for other in reversed(nodes[: nodes.index(node)]))
        return [row for row in rows if row is not None]

    def ancestors_of(self, node: str) -> list[Row]:
        """The rows above a node in its branch, its parent first."""
        rows = (self._outline.row(other) for other in self._outline.ancestors(node))
        return [row for row in rows if row is not None]

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        node = self._outline.children(self.node(parent))[row]
        return self.createIndex(row, column, self._numbers[node])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = self.node(index)
        return self.index_of(self._outline.parent(node)) if node is not None else QModelIndex()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.column() > 0 else len(self._outline.children(self.node(parent)))

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section > 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and self.node(index) != NO_PROGRAM:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        row = self._outline.row(node)
        last = index.column() == len(self._headers) - 1
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, row, index.column(), last)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        if role in (roles.LEVEL, roles.COUNT):
            badge = self._badges.of(node)
            return None if badge is None else badge.level if role == roles.LEVEL else badge.count
        if role == roles.ROW_ID:
            return node
        if row is None:
            return None
        return self._row_data(row, role, node)

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

    def _text(self, node: str, row: Row | None, column: int, last: bool) -> str:
        if last:
            badge = self._badges.of(node)
            return f"{badge.count} {badge.level}" if badge else ""
        if column == 0:
            return row_text(row) if row is not None else "Tanpa program"
        if isinstance(row, Anggaran):
            pagu = self._session.rollup.line(node).pagu
        elif row is None:
            lines = (self._outline.row(child) for child in self._outline.children(node))
            pagu = self._session.rollup.of(line for line in lines if isinstance(line, Anggaran)).pagu
        else:
            pagu = None
        return "" if pagu is None else format_rupiah(pagu)

    def _row_data(self, row: Row, role: int, node: str) -> Any:
        if role == Qt.ItemDataRole.EditRole:
            return row.nama if isinstance(row, Anggaran) else getattr(row, "uraian", "") or ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{level_name(row)}: {row_text(row)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            badge = self._badges.of(node)
            found = f", {badge.count} temuan, terberat {badge.level}" if badge else ""
            return f"{level_name(row)} {row_text(row)}{found}"
        if role == roles.NUMBER:
            return row.nomor if isinstance(row, Kinerja) else None
        return type(row).TABLE if role == roles.KIND else None

    def _build(self) -> None:
        session = self._session
        self._outline = Outline(session.plan, session.dokumen_id, self.tree, self._accept)
        self._badges = Badges(session.plan, session.checks, self._outline)
        for node in self._outline.nodes():
            if node not in self._numbers:
                self._numbers[node] = len(self._nodes)
                self._nodes.append(node)

    def _on_changed(self, update: Update) -> None:
        if any(self._is_structure(change.before, change.after) for change in update.edit.changes):
            self.rebuild()
            return
        touched = self._badges.forget(update.findings)
        touched |= {change.row.id for change in update.edit.changes} | update.lines
        for node in touched:
            index = self.index_of(node)
            if index.isValid():
                self.dataChanged.emit(index, index.siblingAtColumn(len(self._headers) - 1))
        if not update.lines.isdisjoint(self._outline.children(NO_PROGRAM)):
            index = self.index_of(NO_PROGRAM)
            self.dataChanged.emit(index, index.siblingAtColumn(len(self._headers) - 1))

    def _is_structure(self, before: Row | None, after: Row | None) -> bool:
        row = after or before
        if isinstance(row, Dukungan):
            return self.tree == "kinerja"
        if not isinstance(row, Kinerja | Anggaran | Indikator):
            return False
        if before is None or after is None:
            return True
        return any(getattr(before, f, None) != getattr(after, f, None) for f in _STRUCTURE)

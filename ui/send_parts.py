"""The branches of a plan with boxes to tick: the part that the office of a copy may edit."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView, QWidget

from models.plan import Plan
from models.rows import Anggaran, Dokumen, Kinerja
from services.naming import document_name, level_name, row_text
from ui import roles

_CHECK = Qt.CheckState
_TREES: tuple[tuple[type[Kinerja] | type[Anggaran], str], ...] = (
    (Kinerja, "Kinerja"),
    (Anggaran, "Program & Anggaran"),
)


class PartTree(QTreeView):
    """`ticked_changed()`. A tick counts for all below it; `part` names the topmost rows that are ticked."""

    ticked_changed = Signal()

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Bagian yang boleh diubah")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._items = QStandardItemModel(self)
        self._rows: dict[str, QStandardItem] = {}
        self._setting = False
        documents = plan.all(Dokumen)
        for dokumen in documents:
            for cls, name in _TREES:
                heads = [row for row in plan.where(cls, "induk_id", None) if row.dokumen_id == dokumen.id]
                if heads:
                    title = f"{name}, {document_name(dokumen)}" if len(documents) > 1 else name
                    head = QStandardItem(title)
                    head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                    self._items.appendRow(head)
                    for row in heads:
                        self._add(plan, head, row)
        self._items.itemChanged.connect(self._on_item)
        self.setModel(self._items)
        self.expandToDepth(0)
        self.setCurrentIndex(self._items.index(0, 0))

    def part(self) -> tuple[str, ...]:
        """The ids of the topmost rows that are ticked."""
        ticked = {name for name, item in self._rows.items() if item.checkState() is _CHECK.Checked}
        return tuple(name for name in self._rows if name in ticked and self._above(name) not in ticked)

    def tick(self, part: Collection[str]) -> None:
        """Tick these branches and no others."""
        self._setting = True
        for item in self._rows.values():
            item.setCheckState(_CHECK.Unchecked)
        for name in part:
            if name in self._rows:
                self._spread(self._rows[name], _CHECK.Checked)
        for name in part:
            if name in self._rows:
                self._show_partly(self._rows[name])
                self._open(self._rows[name])
        self._setting = False
        self.ticked_changed.emit()

    def _add(self, plan: Plan, above: QStandardItem, row: Kinerja | Anggaran) -> None:
        item = QStandardItem(row_text(row))
        item.setEditable(False)
        item.setCheckable(True)
        item.setData(row.id, roles.ROW_ID)
        item.setToolTip(f"{level_name(row)} {row_text(row)}")
        item.setData(f"{level_name(row)} {row_text(row)}", Qt.ItemDataRole.AccessibleTextRole)
        self._rows[row.id] = item
        above.appendRow(item)
        for below in plan.where(type(row), "induk_id", row.id):
            self._add(plan, item, below)

    def _above(self, name: str) -> str:
        above = self._rows[name].parent()
        return str(above.data(roles.ROW_ID) or "") if above is not None else ""

    def _on_item(self, item: QStandardItem) -> None:
        if self._setting:
            return
        self._setting = True
        self._spread(item, item.checkState())
        self._show_partly(item)
        self._setting = False
        self.ticked_changed.emit()

    def _spread(self, item: QStandardItem, state: Qt.CheckState) -> None:
        item.setCheckState(state)
        for row in range(item.rowCount()):
            self._spread(item.child(row), state)

    def _show_partly(self, item: QStandardItem) -> None:
        """A row above one that is ticked is ticked in part: that row itself may not be edited."""
        above = item.parent()
        while above is not None and above.isCheckable():
            states = {above.child(row).checkState() for row in range(above.rowCount())}
            # Ticking every child does not tick the parent: its own name and figures are more than its children.
            whole = above.checkState() is _CHECK.Checked and states == {_CHECK.Checked}
            if not whole:
                above.setCheckState(_CHECK.Unchecked if states == {_CHECK.Unchecked} else _CHECK.PartiallyChecked)
            above = above.parent()

    def _open(self, item: QStandardItem) -> None:
        above = item.parent()
        while above is not None:
            self.setExpanded(above.index(), True)
            above = above.parent()

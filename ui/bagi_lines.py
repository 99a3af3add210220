"""Which budget line Bagi takes its proportions from: a list to choose one of, filtered as one types."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.rows import Anggaran
from services.naming import row_text
from services.outline import Outline
from services.rupiah import format_rupiah
from ui.dialog_buttons import decision
from ui.proxy_style import plain_fusion
from ui.session import Session

_URAIAN, _PAGU = 0, 1
ROW = 24
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class LinePicker(QDialog):
    """The lines given, in the order of the tree; `picked()` is the id of the one chosen."""

    def __init__(self, session: Session, line_ids: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sebanding dengan baris")
        self.resize(560, 400)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Saring daftar")
        self.search.setAccessibleName("Saring daftar")
        self.search.setClearButtonEnabled(True)
        self._items: list[QTreeWidgetItem] = []
        self.list = QTreeWidget()
        self.list.setStyle(plain_fusion())
        self.list.setAccessibleName("Baris anggaran")
        self.list.setHeaderLabels(["Uraian", "Pagu (Rp)"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_URAIAN, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_PAGU, QHeaderView.ResizeMode.ResizeToContents)
        self.list.headerItem().setTextAlignment(_PAGU, _RIGHT)
        self._fill(session, set(line_ids))
        buttons, self.ok, _ = decision(self, "Pilih")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (self.search, self.list, buttons):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list.itemDoubleClicked.connect(self.accept)
        self.search.setFocus()

    def _fill(self, session: Session, wanted: set[str]) -> None:
        outline = Outline(session.plan, session.dokumen_id, "anggaran")
        for row_id in outline.nodes():
            line = outline.row(row_id)
            if isinstance(line, Anggaran) and line.id in wanted:
                depth = sum(isinstance(outline.row(above), Anggaran) for above in outline.ancestors(row_id))
                pagu = format_rupiah(session.rollup.line(line.id).pagu or 0)
                item = QTreeWidgetItem(self.list, ["    " * depth + row_text(line), pagu])
                item.setData(_URAIAN, Qt.ItemDataRole.UserRole, line.id)
                item.setToolTip(_URAIAN, row_text(line))
                item.setTextAlignment(_PAGU, _RIGHT)
                item.setSizeHint(_URAIAN, QSize(0, ROW))
                self._items.append(item)
        if self._items:
            self.list.setCurrentItem(self._items[0])

    def picked(self) -> str | None:
        """The id of the current line, None where the filter leaves none."""
        item = self.list.currentItem()
        return None if item is None or item.isHidden() else str(item.data(_URAIAN, Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the filter move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _KEYS:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        first: QTreeWidgetItem | None = None
        for item in self._items:
            item.setHidden(not all(word in item.text(_URAIAN).casefold() for word in words))
            first = item if first is None and not item.isHidden() else first
        if first is not None and self.picked() is None:
            self.list.setCurrentItem(first)
        self.ok.setEnabled(first is not None)

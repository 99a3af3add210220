"""The lines of the nomenclature under an editor."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from services.nomenclature import Entry
from ui.colours import colours
from ui.list_popup import ListPopup
from ui.list_rows import Index, write

ROW, FOOT = 24, 22
WIDTH, MARGIN, PAD = 640, 8, 8
HINT = "↓ memilih  ·  Enter mengambil  ·  Esc menutup"


class EntriesModel(QAbstractListModel):
    """A line an entry."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List other entries."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{entry.kode} {entry.nama}"
        return None


class EntryDelegate(QStyledItemDelegate):
    """Fills and draws text only: the code, and the name behind it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        c = colours()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, c.selection)
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), c.accent)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        # All codes of one list are of one level, so of one width.
        room.setLeft(room.left() + write(painter, room, entry.kode, c.muted) + 12)
        write(painter, room, entry.nama, c.text)


class NomenclaturePopup(ListPopup):
    """At first no line is current: Enter is the editor's own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Nomenklatur yang cocok", FOOT, PAD, 2)
        self.model = EntriesModel(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(EntryDelegate(self.view))
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot.setText(HINT)

    def show_entries(self, entries: Sequence[Entry], under: QWidget) -> None:
        """List entries under an editor, over it where there is no room below."""
        self.model.show_entries(entries)
        window = self._over
        height = len(entries) * ROW + FOOT + 4
        width = min(max(WIDTH, under.width()), window.width() - 2 * MARGIN)
        corner = under.mapTo(window, QPoint(0, under.height() + 1))
        left = max(MARGIN, min(corner.x(), window.width() - MARGIN - width))
        above = under.mapTo(window, QPoint(0, 0)).y() - 1 - height
        top = corner.y() if corner.y() + height <= window.height() or above < 0 else above
        self.setGeometry(QRect(left, top, width, height))
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """The next or previous line; before the first one none."""
        row = min(self.row() + by, self.model.rowCount() - 1)
        self.view.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())

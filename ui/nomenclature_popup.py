"""The lines of the nomenclature under an editor. They lie over the window and never take the focus from the editor."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from services.nomenclature import Entry
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.proxy_style import plain_fusion

ROW, FOOT = 24, 22
WIDTH, MARGIN, PAD = 640, 8, 8
HINT = "↓ memilih  ·  Enter mengambil  ·  Esc menutup"
Index = QModelIndex | QPersistentModelIndex


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
        painter.setFont(ui_font())
        metrics = painter.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        room = rect.adjusted(PAD, 0, -PAD, 0)
        painter.setPen(c.muted)
        painter.drawText(room, middle, entry.kode)
        # All codes of one list are of one level, so of one width.
        room.setLeft(room.left() + metrics.horizontalAdvance(entry.kode) + 12)
        painter.setPen(c.text)
        painter.drawText(room, middle, metrics.elidedText(entry.nama, Qt.TextElideMode.ElideRight, room.width()))


class NomenclaturePopup(QFrame):
    """`chosen(row)`: the line that was clicked. At first no line is current: Enter is the editor's own."""

    chosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over = window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = EntriesModel(self)
        self.view = QListView()
        self.view.setStyle(plain_fusion())
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName("Nomenklatur yang cocok")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setModel(self.model)
        self.view.setItemDelegate(EntryDelegate(self.view))
        for hide in (self.view.setHorizontalScrollBarPolicy, self.view.setVerticalScrollBarPolicy):
            hide(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(lambda index: self.chosen.emit(index.row()))
        foot = QLabel(HINT)
        foot.setFont(ui_font(SMALL))
        foot.setForegroundRole(foot.palette().ColorRole.PlaceholderText)
        foot.setContentsMargins(PAD, 0, PAD, 0)
        foot.setFixedHeight(FOOT)
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.setSpacing(0)
        box.addWidget(self.view)
        box.addWidget(foot)
        self.hide()

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

    def row(self) -> int:
        """The current line, -1 where none is."""
        return self.view.currentIndex().row()

    def step(self, by: int) -> None:
        """The next or previous line; before the first one none."""
        row = min(self.row() + by, self.model.rowCount() - 1)
        self.view.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours().base)
        painter.setPen(colours().pane_edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.drawLine(1, self.height() - FOOT - 1, self.width() - 2, self.height() - FOOT - 1)

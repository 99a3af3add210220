"""The results of the search as a list: headings of groups, places under them, and how many more there are."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from services.search import Found, Hit, SearchIndex
from ui.colours import colours
from ui.fonts import SMALL, ui_font
from ui.list_rows import Index, write

EACH = 6
"""Places of a group that are listed at first."""
MOST = 200
"""Places of a group that are listed when all are asked for."""
HEADING, ROW, MORE = 26, 40, 24
PAD = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (`found` None), a place, or "12 lagi" (`more` > 0)."""

    group: str
    found: Found | None = None
    more: int = 0
    count: int = 0


class HitsModel(QAbstractListModel):
    """What a place says is looked up when it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._hits: dict[int, Hit | None] = {}
        self._all: list[Found] = []
        self._open: set[str] = set()
        self._index: SearchIndex | None = None
        self._text = ""

    def show_found(self, index: SearchIndex | None, text: str) -> None:
        """Look for a text and list what is found; nothing for None."""
        self._index, self._text = index, text
        self._all = index.find(text) if index is not None else []
        self._open.clear()
        self._lay_out()

    def all(self) -> list[Found]:
        """Every place found, listed or not."""
        return self._all

    def hit(self, row: int) -> Hit | None:
        """The place of a line; None for a heading, and for what is gone."""
        found = self._lines[row].found if 0 <= row < len(self._lines) else None
        if found is None or self._index is None:
            return None
        if row not in self._hits:
            self._hits[row] = self._index.hit(found, self._text)
        return self._hits[row]

    def found(self, row: int) -> Found | None:
        """Which of `all` a line shows."""
        return self._lines[row].found if 0 <= row < len(self._lines) else None

    def open_group(self, row: int) -> bool:
        """List the rest of a group, where the line stands for it."""
        line = self._lines[row]
        if not line.more:
            return False
        self._open.add(line.group)
        self._lay_out()
        return True

    def height(self) -> int:
        """Pixels of all lines."""
        return sum(_height(line) for line in self._lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self._lines[index.row()]
        if line.found is None and not line.more:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        hit = self.hit(index.row()) if line.found is not None else None
        if role == Qt.ItemDataRole.UserRole:
            return line, hit
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(200, _height(line))
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        if line.more:
            return f"{line.more} lagi di {line.group}"
        if line.found is None:
            return f"{line.group}, {line.count} hasil"
        return ", ".join(part for part in (hit.label, hit.text, hit.path) if part) if hit is not None else ""

    def _lay_out(self) -> None:
        self.beginResetModel()
        self._hits.clear()
        self._lines = []
        groups: dict[str, list[Found]] = {}
        for found in self._all:
            groups.setdefault(found.group, []).append(found)
        for group, places in groups.items():
            shown = MOST if group in self._open else EACH
            # Never a line that stands for one place only.
            shown = len(places) if len(places) == shown + 1 else shown
            self._lines.append(Line(group, count=len(places)))
            self._lines += [Line(group, found) for found in places[:shown]]
            if len(places) > shown and group not in self._open:
                self._lines.append(Line(group, more=len(places) - shown))
        self.endResetModel()


class HitsDelegate(QStyledItemDelegate):
    """Fills and draws text only: what is found, and under it where."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size: QSize = index.data(Qt.ItemDataRole.SizeHintRole)
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        line, hit = index.data(Qt.ItemDataRole.UserRole)
        c = colours()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, c.selection)
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), c.accent)
        room = rect.adjusted(PAD, 0, -PAD, 0)
        if line.more:
            write(painter, room.adjusted(8, 0, 0, 0), f"{line.more} lagi...", c.accent)
        elif line.found is None:
            if index.row():
                painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), c.grid_line)
            write(painter, room, f"{line.group}   {line.count}", c.muted, ui_font(SMALL, semibold=True))
        elif hit is not None:
            upper = QRect(room.x() + 8, rect.y() + 4, room.width() - 8, 16)
            label = f"{hit.label}  " if hit.label else ""
            width = write(painter, upper, label, c.muted)
            write(painter, upper.adjusted(width, 0, 0, 0), hit.text, c.text)
            write(painter, upper.translated(0, 16), hit.path, c.muted, ui_font(SMALL))


def _height(line: Line) -> int:
    if line.more:
        return MORE
    return ROW if line.found is not None else HEADING

"""Which columns of the grid are shown and how wide they are, remembered for the next time."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from services.month_grid import COLUMN_NAMES, FIRST_MONTH, FIRST_QUARTER, JUMLAH, SATUAN, SELISIH, SETAHUN, URAIAN

if TYPE_CHECKING:
    from ui.grid_view import GridView

WIDTHS = {URAIAN: 248, SATUAN: 48, SETAHUN: 100, SELISIH: 112}
MONTH_WIDTH, QUARTER_WIDTH = 96, 88
NARROWEST, WIDEST = 32, 800
HIDING = range(FIRST_MONTH, SELISIH + 1)
"""Columns that can be hidden."""
QUARTERS_ONLY = frozenset(range(FIRST_QUARTER, JUMLAH))
_WIDTH, _HIDDEN = "kisi/lebar", "kisi/tersembunyi"


class GridColumns:
    """The columns of one grid. Their names, not their numbers, are stored."""

    def __init__(self, view: "GridView") -> None:
        self._view = view
        self._hidden: frozenset[int] = frozenset()

    def restore(self) -> None:
        """Widths and hidden columns as they were left."""
        settings = QSettings()
        widths: dict[str, int] = {}
        for entry in _texts(settings.value(_WIDTH)):
            name, _, width = entry.partition("=")
            if width.isdecimal():
                widths[name] = min(max(int(width), NARROWEST), WIDEST)
        for column, name in enumerate(COLUMN_NAMES):
            default = WIDTHS.get(column, MONTH_WIDTH if column < FIRST_QUARTER else QUARTER_WIDTH)
            self._view.table_of(column).setColumnWidth(column, widths.get(name, default))
        names = _texts(settings.value(_HIDDEN))
        self._hide({column for column in HIDING if COLUMN_NAMES[column] in names})

    def remember(self) -> None:
        """Store widths and hidden columns."""
        settings = QSettings()
        widths = []
        for column, name in enumerate(COLUMN_NAMES):
            width = self._view.table_of(column).columnWidth(column)
            default = WIDTHS.get(column, MONTH_WIDTH if column < FIRST_QUARTER else QUARTER_WIDTH)
            if width and width != default:
                widths.append(f"{name}={width}")
        settings.setValue(_WIDTH, widths)
        settings.setValue(_HIDDEN, [COLUMN_NAMES[column] for column in sorted(self._hidden)])

    def is_shown(self, column: int) -> bool:
        """Whether a column is shown."""
        return column not in self._hidden

    def set_shown(self, columns: Iterable[int]) -> None:
        """Show exactly these of the months, quarters and sums, and remember it; at least one of them."""
        hidden = frozenset(HIDING) - frozenset(columns)
        if len(hidden) < len(HIDING):
            self._hide(hidden)
            self.remember()

    def show(self, column: int) -> None:
        """Show one column, for now."""
        if column in self._hidden:
            self._hide(self._hidden - {column})

    def menu(self, parent: QWidget) -> QMenu:
        """The menu of the button "Kolom"; it stays open while boxes are ticked."""
        menu = _StayingMenu(parent)
        for column in HIDING:
            if column in (FIRST_QUARTER, JUMLAH):
                menu.addSeparator()
            action = menu.addAction(COLUMN_NAMES[column])
            action.setCheckable(True)
            action.setData(column)
            action.triggered.connect(lambda checked, column=column: self._tick(menu, column, checked))
        menu.addSeparator()
        menu.addAction("Hanya triwulan").triggered.connect(lambda: self._choose(menu, QUARTERS_ONLY))
        menu.addAction("Semua").triggered.connect(lambda: self._choose(menu, HIDING))
        menu.aboutToShow.connect(lambda: self._show_ticks(menu))
        return menu

    def _tick(self, menu: QMenu, column: int, checked: bool) -> None:
        shown = set(HIDING) - self._hidden
        self._choose(menu, shown | {column} if checked else shown - {column})

    def _choose(self, menu: QMenu, columns: Iterable[int]) -> None:
        self.set_shown(columns)
        self._show_ticks(menu)

    def _show_ticks(self, menu: QMenu) -> None:
        heads = self._view.model.heads
        for action in menu.actions():
            if action.isCheckable():
                column = action.data()
                action.setChecked(self.is_shown(column))
                action.setText(heads[column][0] if column in heads else COLUMN_NAMES[column])

    def _hide(self, hidden: Iterable[int]) -> None:
        view = self._view
        self._hidden = frozenset(hidden)
        for column in range(len(COLUMN_NAMES)):
            away = column in self._hidden
            view.frozen.setColumnHidden(column, column >= FIRST_MONTH or away)
            view.months.setColumnHidden(column, column < FIRST_MONTH or away)
        view.grid_cursor.columns = [column for column in range(len(COLUMN_NAMES)) if column not in self._hidden]
        view.columns_changed()


class _StayingMenu(QMenu):
    """A tick by mouse or space does not close it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


def _texts(value: object) -> list[str]:
    """A stored list; QSettings gives one entry as a text, and none as None."""
    if isinstance(value, str):
        return [value]
    return [str(entry) for entry in value] if isinstance(value, list) else []

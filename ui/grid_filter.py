"""The menu of a column head, which sorts and filters, and the note that says what it has done to the lines."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from services.grid_arrange import Condition, ConditionKind
from services.month_grid import COLUMN_NAMES, SATUAN, SETAHUN
from ui.elided_label import ElidedLabel
from ui.icons import icon
from ui.proxy_style import BAR_HEIGHT

if TYPE_CHECKING:
    from ui.grid_view import GridView

_CONDITIONS: tuple[tuple[str, ConditionKind], ...] = (
    ("Hanya yang kosong", "kosong"),
    ("Hanya yang terisi", "terisi"),
    ("Hanya yang bertemuan", "temuan"),
)


class _Field(QLineEdit):
    """Enter filters and closes; the arrows go on to the menu."""

    def __init__(self, menu: "FilterMenu") -> None:
        super().__init__(menu)
        self._menu = menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._menu.apply_text(self.text())
            event.accept()
        else:
            super().keyPressEvent(event)


class FilterMenu(QMenu):
    """Sorting and the one condition of a column."""

    def __init__(self, view: "GridView", column: int) -> None:
        super().__init__(view)
        self._view, self._column = view, column
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(f"Urutkan dan saring {COLUMN_NAMES[column]}")
        how = view.model.arrangement
        here = next((c for c in how.conditions if c.column == column), None)
        for text, down in (("Urutkan &naik", False), ("Urutkan &turun", True)):
            self._add(text, how.sort == (column, down), lambda down=down: view.model.sort_by(column, down))
        action = self._add("Urutan &rencana", False, lambda: view.model.sort_by(column, None))
        action.setEnabled(how.sort is not None)
        self.addSeparator()
        self.field = _Field(self)
        self.field.setPlaceholderText("Berisi...")
        self.field.setAccessibleName("Saring: berisi")
        self.field.setText(here.text if here is not None else "")
        self.field.setFixedWidth(200)
        held = QWidgetAction(self)
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self.field)
        held.setDefaultWidget(holder)
        self.addAction(held)
        for text, kind in _CONDITIONS:
            chosen = here is not None and here.kind == kind
            condition = None if chosen else Condition(column, kind)
            self._add(text, chosen, lambda condition=condition: self._filter(condition))
        self.addSeparator()
        action = self._add("Hapus saringan kolom ini", False, lambda: self._filter(None))
        action.setEnabled(here is not None)
        self.aboutToShow.connect(self.field.setFocus)

    def apply_text(self, text: str) -> None:
        """Filter by what the column must contain, and close."""
        text = text.strip()
        self._filter(Condition(self._column, "berisi", text) if text else None)
        self.close()

    def _filter(self, condition: Condition | None) -> None:
        self._view.model.filter_column(self._column, condition)

    def _add(self, text: str, ticked: bool, do: object) -> QAction:
        action = self.addAction(text)
        action.setCheckable(ticked)
        action.setChecked(ticked)
        action.triggered.connect(lambda: do())  # type: ignore[operator]
        return action


class FilterNote(QWidget):
    """What is otherwise than in the plan: how many lines a filter leaves, and by what the lines are sorted.

    Each has its button back; hidden where the grid is as the plan.
    """

    def __init__(self, view: "GridView") -> None:
        super().__init__()
        self._view = view
        self.label, self.order = QLabel(), ElidedLabel(Qt.TextElideMode.ElideRight)
        self.clear = self._button("Hapus saringan", self.remove)
        self.unsort = self._button("Urutan rencana", self.restore)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.clear)
        row.addWidget(self.order, 1)
        row.addWidget(self.unsort)
        row.addStretch()
        view.model.modelReset.connect(self._on_reset)
        self.hide()

    def remove(self) -> None:
        """Show all lines; sorting stays."""
        self._view.model.show_all()
        self._view.months.setFocus()

    def restore(self) -> None:
        """The plan's order again; a filter stays."""
        sort = self._view.model.arrangement.sort
        if sort is not None and self._view.commit():
            self._view.model.sort_by(sort[0], None)
        self._view.months.setFocus()

    def _button(self, text: str, do: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setIcon(icon("x"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFixedHeight(BAR_HEIGHT)
        button.setToolTip(f"{text} (Esc)")
        button.clicked.connect(lambda: do())
        return button

    def _on_reset(self) -> None:
        model = self._view.model
        how = model.arrangement
        self.label.setText(f"Disaring: {model.met} dari {model.of} baris")
        self.label.setToolTip("; ".join(_words(c) for c in how.conditions))
        for widget in (self.label, self.clear):
            widget.setVisible(bool(how.conditions))
        if how.sort is not None:
            aside = f"; {model.aside} baris kelompok dan jumlah disembunyikan" if model.aside else ""
            column, down = how.sort
            name = model.headerData(column, Qt.Orientation.Horizontal) if column == SETAHUN else COLUMN_NAMES[column]
            ways = ("A ke Z", "Z ke A") if column <= SATUAN else ("terkecil dahulu", "terbesar dahulu")
            self.order.say(f"Diurutkan menurut {name}, {ways[down]}{aside}")
        for widget in (self.order, self.unsort):
            widget.setVisible(how.sort is not None)
        self.setVisible(bool(how.conditions) or how.sort is not None)


def _words(condition: Condition) -> str:
    words = {
        "berisi": f'berisi "{condition.text}"',
        "kosong": "kosong",
        "terisi": "terisi",
        "temuan": "bertemuan",
    }
    return f"{COLUMN_NAMES[condition.column]} {words[condition.kind]}"

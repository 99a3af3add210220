"""The menu of a column head, which sorts and filters, and the note that says how many lines a filter leaves."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from services.grid_arrange import Condition, ConditionKind
from services.month_grid import COLUMN_NAMES
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
    """ "Disaring: 12 dari 64 baris", with the button that shows all of them again. Hidden without a filter."""

    def __init__(self, view: "GridView") -> None:
        super().__init__()
        self._view = view
        self.label = QLabel()
        self.clear = QToolButton()
        self.clear.setText("Hapus saringan")
        self.clear.setIcon(icon("x"))
        self.clear.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clear.setFixedHeight(BAR_HEIGHT)
        self.clear.clicked.connect(self.remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.clear)
        row.addStretch()
        view.model.modelReset.connect(self._on_reset)
        self.hide()

    def remove(self) -> None:
        """Show all lines; sorting stays."""
        self._view.model.show_all()
        self._view.months.setFocus()

    def _on_reset(self) -> None:
        model = self._view.model
        conditions = model.arrangement.conditions
        self.label.setText(f"Disaring: {model.met} dari {model.of} baris")
        self.setToolTip("; ".join(_words(c) for c in conditions))
        self.setVisible(bool(conditions))


def _words(condition: Condition) -> str:
    words = {
        "berisi": f'berisi "{condition.text}"',
        "kosong": "kosong",
        "terisi": "terisi",
        "temuan": "bertemuan",
    }
    return f"{COLUMN_NAMES[condition.column]} {words[condition.kind]}"

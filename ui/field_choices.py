"""Fields of the details that are chosen: one of a list, yes or no. What is typed is in fields."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox

from models.rows import Row
from services.cell_edit import choose_field
from services.row_words import step_of
from ui.read_only import lock
from ui.session import Session

RowOf = Callable[[], Row | None]
LIST_MAX = 640
"""Pixels that a list of choices is wide at most."""


class ChoiceField(QComboBox):
    """One of a few values, or a row that is named. `more`: last entries that store nothing but open something."""

    focused = Signal(str)
    more_chosen = Signal(str)

    def __init__(
        self, session: Session, row: RowOf, field: str, choices: Sequence[tuple[str, Any]], *, help_text: str = ""
    ) -> None:
        super().__init__()
        self._session, self._row, self._field, self._help = session, row, field, help_text
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.set_choices(choices)
        self.activated.connect(self._on_activated)
        lock(session, self)

    def set_choices(self, choices: Sequence[tuple[str, Any]], more: Sequence[str] = ()) -> None:
        """The entries: what is read, and what is stored."""
        self._more = tuple(more)
        wanted = [*(text for text, _ in choices), *more]
        there = [self.itemText(i) for i in range(self.count()) if self.itemText(i)]
        if wanted == there and [v for _, v in choices] == self._values():
            return
        self.clear()
        for text, value in choices:
            self.addItem(text, value)
        if more:
            self.insertSeparator(self.count())
        for text in more:
            self.addItem(text)

    def show_row(self) -> None:
        """Show what is stored."""
        self.setCurrentIndex(max(self._index(getattr(self._row(), self._field, None)), 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self._help)

    def showPopup(self) -> None:
        """As wide as its longest entry, however narrow the field is."""
        self.view().setMinimumWidth(list_width(self.view()))
        super().showPopup()

    def wheelEvent(self, event: Any) -> None:
        """A wheel over the page must not change a value."""
        event.ignore()

    def _values(self) -> list[Any]:
        count = self.count() - (len(self._more) + 1 if self._more else 0)
        return [self.itemData(i) for i in range(max(count, 0))]

    def _index(self, value: Any) -> int:
        return next((i for i, known in enumerate(self._values()) if known == value), -1)

    def _on_activated(self, index: int) -> None:
        row = self._row()
        if row is None:
            return
        if index >= len(self._values()):
            self.show_row()
            self.more_chosen.emit(self.itemText(index))
            return
        label, changes = choose_field(row, self._field, self.itemData(index))
        self._session.edit(step_of(label, row), changes)


class TickField(QCheckBox):
    """Yes or no."""

    def __init__(self, session: Session, row: RowOf, field: str, text: str) -> None:
        super().__init__(text)
        self._session, self._row, self._field = session, row, field
        self.clicked.connect(self._on_clicked)
        lock(session, self)

    def show_row(self) -> None:
        """Show what is stored."""
        self.setChecked(bool(getattr(self._row(), self._field, None)))

    def _on_clicked(self, on: bool) -> None:
        row = self._row()
        if row is not None:
            label, changes = choose_field(row, self._field, int(on))
            self._session.edit(step_of(label, row), changes)


def list_width(entries: QAbstractItemView) -> int:
    """What the entries of a list need with its frame and scroll bar, at most LIST_MAX."""
    return min(entries.sizeHintForColumn(0) + entries.verticalScrollBar().sizeHint().width() + 12, LIST_MAX)

"""Fields of the details: each shows one column of the current row and edits it through the session."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from models.errors import PlanError
from models.rows import Row
from services.cell_edit import choose_field, type_field
from services.rupiah import format_rupiah
from ui.session import Session

RowOf = Callable[[], Row | None]


class LineField(QLineEdit):
    """A text or amount; committed by Enter, by leaving the field, and by `commit`. Esc brings back what was stored."""

    focused = Signal(str)
    refused = Signal(str)

    def __init__(self, session: Session, row: RowOf, field: str, *, help_text: str = "") -> None:
        super().__init__()
        self._session, self._row, self._field, self._help = session, row, field, help_text
        if field in ("pagu", "target"):
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self.commit)

    def show_row(self) -> None:
        """Show what is stored."""
        value = getattr(self._row(), self._field, None)
        text = "" if value is None else format_rupiah(value) if isinstance(value, int) else str(value)
        if text != self.text() or self.isUndoAvailable():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)

    def commit(self) -> None:
        """Store what was typed; what cannot be stored stays in the field, and why is said."""
        row: Any = self._row()
        if not self.isModified() or row is None:
            return
        try:
            label, changes = type_field(row, self._field, self.text())
        except PlanError as error:
            self.refused.emit(str(error))
            return
        self.setModified(False)
        if self._session.edit(label, changes):
            self.show_row()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self._help)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z in a field where nothing is being typed is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if (event.matches(keys.Undo) and not self.isUndoAvailable()) or (
                event.matches(keys.Redo) and not self.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_row()
            self.refused.emit("")
        else:
            super().keyPressEvent(event)


class ChoiceField(QComboBox):
    """One of a few values, or a row that is named. `more`: a last entry that makes a new one."""

    focused = Signal(str)
    more_chosen = Signal()

    def __init__(
        self, session: Session, row: RowOf, field: str, choices: Sequence[tuple[str, Any]], *, help_text: str = ""
    ) -> None:
        super().__init__()
        self._session, self._row, self._field, self._help = session, row, field, help_text
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.set_choices(choices)
        self.activated.connect(self._on_activated)

    def set_choices(self, choices: Sequence[tuple[str, Any]], more: str = "") -> None:
        """The entries: what is read, and what is stored."""
        self._more = more
        wanted = [text for text, _ in choices] + ([more] if more else [])
        if wanted == [self.itemText(i) for i in range(self.count())] and [v for _, v in choices] == self._values():
            return
        self.clear()
        for text, value in choices:
            self.addItem(text, value)
        if more:
            self.addItem(more)

    def show_row(self) -> None:
        """Show what is stored."""
        self.setCurrentIndex(max(self._index(getattr(self._row(), self._field, None)), 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self._help)

    def wheelEvent(self, event: Any) -> None:
        """A wheel over the page must not change a value."""
        event.ignore()

    def _values(self) -> list[Any]:
        return [self.itemData(i) for i in range(self.count() - bool(self._more))]

    def _index(self, value: Any) -> int:
        return next((i for i, known in enumerate(self._values()) if known == value), -1)

    def _on_activated(self, index: int) -> None:
        row = self._row()
        if row is None:
            return
        if self._more and index == self.count() - 1:
            self.show_row()
            self.more_chosen.emit()
            return
        self._session.edit(*choose_field(row, self._field, self.itemData(index)))


class TickField(QCheckBox):
    """Yes or no."""

    def __init__(self, session: Session, row: RowOf, field: str, text: str) -> None:
        super().__init__(text)
        self._session, self._row, self._field = session, row, field
        self.clicked.connect(self._on_clicked)

    def show_row(self) -> None:
        """Show what is stored."""
        self.setChecked(bool(getattr(self._row(), self._field, None)))

    def _on_clicked(self, on: bool) -> None:
        row = self._row()
        if row is not None:
            self._session.edit(*choose_field(row, self._field, int(on)))


Field = LineField | ChoiceField | TickField

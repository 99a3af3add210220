"""Fields of the details: each shows one column of the current row and edits it through the session."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit

from models.errors import PlanError
from models.rows import Row
from services.cell_edit import choose_field, type_field
from services.rupiah import format_rupiah
from ui.colours import colours
from ui.drawn_icon import drawn_icon
from ui.icons import icon
from ui.session import Session

RowOf = Callable[[], Row | None]
Suggest = Callable[[], list[str]]


class LineField(QLineEdit):
    """A text or amount; committed by Enter, by leaving the field, and by `commit`. Esc brings back what was stored."""

    focused = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        session: Session,
        row: RowOf,
        field: str,
        *,
        help_text: str = "",
        long: bool = False,
        suggest: Suggest | None = None,
    ) -> None:
        """`long`: F4 and the three dots open a proper editor. `suggest`: what Alt+Down and the chevron offer."""
        super().__init__()
        self._session, self._row, self._field, self._help = session, row, field, help_text
        self._long, self._suggest = long, suggest
        if field in ("pagu", "target"):
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        if long:
            action = self.addAction(more_icon(), QLineEdit.ActionPosition.TrailingPosition)
            action.setToolTip("Buka penyunting teks (F4)")
            action.triggered.connect(self.open_editor)
        if suggest is not None:
            self._completer = QCompleter([], self)
            self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._completer.setMaxVisibleItems(10)
            self._completer.activated.connect(self._on_suggested)
            self.setCompleter(self._completer)
            action = self.addAction(icon("chevron-down", role="muted"), QLineEdit.ActionPosition.TrailingPosition)
            action.setToolTip("Pilihan (Alt+↓)")
            action.triggered.connect(self.open_list)
        self.editingFinished.connect(self.commit)

    def show_row(self) -> None:
        """Show what is stored."""
        value = getattr(self._row(), self._field, None)
        text = "" if value is None else format_rupiah(value) if isinstance(value, int) else str(value)
        if text != self.text() or self.isUndoAvailable():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)

    def being_typed(self) -> bool:
        """Whether the text is the officer's and not stored yet."""
        return self.hasFocus() and self.isModified()

    def open_editor(self) -> None:
        """The whole text in a dialog; what it stores is one edit."""
        from ui.long_text_dialog import LongTextDialog

        row: Any = self._row()
        if row is None:
            return
        # Only what was typed: an untouched field may show line breaks as spaces.
        text = self.text() if self.isModified() else getattr(row, self._field) or ""
        dialog = LongTextDialog(self.accessibleName() or "Teks", text, self._help, self)
        if dialog.exec():
            self.setText(dialog.text())
            self.setModified(True)
            self.commit()
        dialog.deleteLater()
        self.setFocus()

    def open_list(self) -> None:
        """All that is suggested, whatever is typed."""
        if self._suggest is not None:
            self._fill_list()
            self._completer.setCompletionPrefix("")
            self._completer.complete()

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
        if self._suggest is not None:
            self._fill_list()
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
        elif event.key() == Qt.Key.Key_F4 and self._long:
            self.open_editor()
        elif event.key() == Qt.Key.Key_Down and self._suggest is not None:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def _fill_list(self) -> None:
        assert self._suggest is not None
        self._completer.setModel(QStringListModel(self._suggest(), self._completer))

    def _on_suggested(self, text: str) -> None:
        self.setText(text)
        self.setModified(True)
        self.commit()


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
        self._session.edit(*choose_field(row, self._field, self.itemData(index)))


def more_icon() -> QIcon:
    """Three dots: there is more of this text."""

    def draw(painter: QPainter, rect: QRectF, _mode: QIcon.Mode) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours().muted)
        unit = rect.width() / 16
        for x in (3.0, 8.0, 13.0):
            painter.drawEllipse(
                QRectF(rect.left() + (x - 1.25) * unit, rect.center().y() - 1.25 * unit, 2.5 * unit, 2.5 * unit)
            )

    return drawn_icon("teks-panjang", draw)


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

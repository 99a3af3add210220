"""Fields of the details: each shows one column of the current row and edits it through the session.

A text that is refused stays in its field, with a mark, until it is mended or left by Esc; where the officer turns to
another row first, it waits for that row.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit
from shiboken6 import isValid

from models.errors import PlanError
from services.cell_edit import type_field
from services.row_words import step_of
from services.rupiah import format_rupiah
from ui.colours import colours
from ui.drawn_icon import drawn_icon
from ui.field_choices import ChoiceField, RowOf, TickField, list_width
from ui.icons import icon
from ui.marks import mark_icon
from ui.read_only import changing, edits_text, refused
from ui.session import Session

__all__ = ["ChoiceField", "Field", "LineField", "RowOf", "Suggest", "TickField", "more_icon"]
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ROW_KEYS = (QKeyCombination(_CTRL | _SHIFT, Qt.Key.Key_D), QKeyCombination(_CTRL, Qt.Key.Key_I))
"""What doubles and adds rows elsewhere in the window."""

Suggest = Callable[[], list[str]]


class LineField(QLineEdit):
    """A text or amount; committed by Enter, by leaving the field, and by `commit`. Esc brings back what was stored.

    `refused(sentence)`: why the text cannot be stored, once for each text; "" once it can, or has been given up.
    """

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
        self._shown = ""
        self._refusal = ""
        self._refused_text = ""
        self._waiting: dict[str, tuple[str, str]] = {}
        self.setReadOnly(session.read_only)
        self._mark = self.addAction(mark_icon("galat"), QLineEdit.ActionPosition.LeadingPosition)
        self._mark.setVisible(False)
        if field in ("pagu", "target"):
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        if long and not session.read_only:
            action = self.addAction(more_icon(), QLineEdit.ActionPosition.TrailingPosition)
            action.setToolTip("Buka penyunting teks (F4)")
            action.triggered.connect(self.open_editor)
        if suggest is not None:
            self._completer = QCompleter([], self)
            self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._completer.setMaxVisibleItems(10)
            self._completer.activated.connect(self._on_suggested)
            self.setCompleter(self._completer)
        if suggest is not None and not session.read_only:
            action = self.addAction(icon("chevron-down", role="muted"), QLineEdit.ActionPosition.TrailingPosition)
            action.setToolTip("Pilihan (Alt+↓)")
            action.triggered.connect(self.open_list)
        self.editingFinished.connect(self.commit)
        self.textEdited.connect(self._on_edited)

    @property
    def refusal(self) -> str:
        """Why the text in the field cannot be stored; "" where it can."""
        return self._refusal

    def any_refusal(self) -> str:
        """The same of any row whose text waits here to be mended."""
        return self._refusal or next((refusal for _, refusal in self._waiting.values()), "")

    def show_row(self) -> None:
        """Show what is stored, or what was refused when the row was here last."""
        row = self._row()
        if row is not None and row.id == self._shown and self._refusal:
            return
        if self._refusal:
            self._waiting[self._shown] = (self.text(), self._refusal)
        self._shown = row.id if row is not None else ""
        text, refusal = self._waiting.pop(self._shown, (self._stored(), ""))
        if text != self.text() or self.isUndoAvailable():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(bool(refusal))
        self._refused_text = text if refusal else ""
        self._show_refusal(refusal)

    def being_typed(self) -> bool:
        """Whether the text is the officer's, for the row that is shown, and not stored yet."""
        row = self._row()
        return self.isModified() and row is not None and row.id == self._shown

    @changing
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

    @changing
    def open_list(self) -> None:
        """All that is suggested, whatever is typed."""
        if self._suggest is not None:
            self._fill_list()
            self._completer.setCompletionPrefix("")
            rect = self.rect()
            rect.setWidth(max(rect.width(), list_width(self._completer.popup())))
            self._completer.complete(rect)

    def commit(self) -> None:
        """Store what was typed; what cannot be stored stays in the field, and why is said."""
        row: Any = self._row()
        if not self.being_typed():
            return
        try:
            label, changes = type_field(row, self._field, self.text())
        except PlanError as error:
            if not isValid(self._mark):
                # The last focus goes while the window is being taken down.
                return
            known = (self._refusal, self._refused_text) == (str(error), self.text())
            self._refused_text = self.text()
            self._show_refusal(str(error))
            if not known:
                self.refused.emit(str(error))
            return
        self.setModified(False)
        had = bool(self._refusal)
        self._show_refusal("")
        if self._session.edit(step_of(label, row), changes):
            self.show_row()
        if had:
            self.refused.emit("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._suggest is not None:
            self._fill_list()
        super().focusInEvent(event)
        self.focused.emit(self._help)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z in a field where nothing is being typed is the window's; a key for rows is nobody's meanwhile."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.isModified() and event.keyCombination() in _ROW_KEYS:
                event.accept()
                return True
            keys = QKeySequence.StandardKey
            if (event.matches(keys.Undo) and not self.isUndoAvailable()) or (
                event.matches(keys.Redo) and not self.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show_refusal("")
            self.setModified(False)
            self.show_row()
            self.refused.emit("")
        elif self.isReadOnly() and edits_text(event):
            refused(self._session)
        elif event.key() == Qt.Key.Key_F4 and self._long:
            self.open_editor()
        elif event.key() == Qt.Key.Key_Down and self._suggest is not None:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def _stored(self) -> str:
        value = getattr(self._row(), self._field, None)
        return "" if value is None else format_rupiah(value) if isinstance(value, int) else str(value)

    def _show_refusal(self, sentence: str) -> None:
        """The mark before the text; what is said is also its tooltip and read to those who cannot see it."""
        self._refusal = sentence
        self._mark.setVisible(bool(sentence))
        self._mark.setToolTip(sentence)
        self.setAccessibleDescription(sentence)

    def _on_edited(self, text: str) -> None:
        """A refusal is of the text that was refused: mended, or taken back by Ctrl+Z, it is one no more."""
        row: Any = self._row()
        if not self._refusal or row is None:
            return
        if text == self._stored():
            self.setModified(False)
        else:
            try:
                type_field(row, self._field, text)
            except PlanError:
                return
        self._show_refusal("")
        self.refused.emit("")

    def _fill_list(self) -> None:
        assert self._suggest is not None
        self._completer.setModel(QStringListModel(self._suggest(), self._completer))

    def _on_suggested(self, text: str) -> None:
        self.setText(text)
        self.setModified(True)
        self.commit()


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


Field = LineField | ChoiceField | TickField

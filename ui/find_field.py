"""The search field of the bar: results as one types, Enter or Down to the place, Esc back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from ui.icons import icon

if TYPE_CHECKING:
    from services.search import Found, Hit, SearchIndex
    from ui.find_popup import FindPopup
    from ui.session import Session, Update

WORDS = "Cari uraian, kode, angka"
_PIECE = 2_000
"""Rows that go into the index between two events, in less than a frame."""
_STEPS = {
    Qt.Key.Key_Down: ("step", 1),
    Qt.Key.Key_Up: ("step", -1),
    Qt.Key.Key_PageDown: ("page", 1),
    Qt.Key.Key_PageUp: ("page", -1),
}


class FindField(QLineEdit):
    """`go(Hit)`: the officer wants to see that place; `said(str)`: a word about it for the status line."""

    go = Signal(object)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(WORDS)
        self.setAccessibleName(WORDS)
        self.setToolTip("Ctrl+F; F3 hasil berikut")
        self.setFixedHeight(24)
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)
        self.addAction(icon("search", role="muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.popup: FindPopup | None = None
        self._session: Session | None = None
        self._index: SearchIndex | None = None
        self._came_from: QWidget | None = None
        self._at: Found | None = None
        self._awaited = False
        """Whether something has been looked for that the index does not hold all of yet."""
        self._building = QTimer(self, interval=0)
        self._building.timeout.connect(self._build)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(lambda text: None if text else self._hide())

    def set_session(self, session: Session | None) -> None:
        """Search in another plan, or in none."""
        self._session = session
        self._forget()
        self.clear()
        self.setEnabled(session is not None)
        if session is not None:
            session.changed.connect(self._on_changed)
            session.switched.connect(self._forget)

    def begin(self) -> None:
        """Ctrl+F: go to the field; what was looked for last is selected."""
        if not self.hasFocus():
            self._came_from = _lasting(self.window().focusWidget())
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if self.text().strip():
            self._show()

    def next(self, by: int) -> None:
        """F3 and Shift+F3: the next or previous place of what was looked for last, round and round."""
        from models.rows import Dokumen, Opd, Pejabat

        index = self._ready()
        places = [f for f in (index.find(self.text()) if index else []) if f.table not in (Dokumen, Opd, Pejabat)]
        if index is None or not places:
            self.said.emit("Tidak ada yang cocok." if self.text().strip() else "Tulis dulu yang dicari (Ctrl+F).")
            return
        at = places.index(self._at) + by if self._at in places else (0 if by > 0 else -1)
        self._visit(index.hit(places[at % len(places)], self.text()), places[at % len(places)])
        self.said.emit(f"Hasil {at % len(places) + 1} dari {len(places)}: {self.text().strip()}")

    def event(self, event: QEvent) -> bool:
        """Undo is the plan's where nothing is typed here; F3 is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
            if undo and event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self.isUndoAvailable():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self.popup
        there = popup is not None and popup.isVisible()
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if there and popup is not None:
                self._choose(popup.row())
            elif self.text().strip():
                self._show()
        elif event.key() in _STEPS and popup is not None and there:
            name, by = _STEPS[Qt.Key(event.key())]
            getattr(popup, name)(by)
        elif event.key() == Qt.Key.Key_Down and self.text().strip():
            self._show()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._index is None and self._ready() is not None:
            self._building.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hide()

    def _build(self) -> None:
        if self._index is None or not self._index.advance(_PIECE):
            self._building.stop()
            if self._awaited:
                self._show()

    def _ready(self) -> SearchIndex | None:
        from services.search import SearchIndex

        session = self._session
        if self._index is None and session is not None and session.dokumen_id:
            self._index = SearchIndex(session.plan, session.dokumen_id)
        return self._index

    def _forget(self) -> None:
        self._building.stop()
        self._index = None
        self._at = None
        self._hide()

    def _on_changed(self, update: Update) -> None:
        session = self._session
        if self._index is None or session is None:
            return
        if self._index.dokumen_id != session.dokumen_id:
            self._forget()
        else:
            self._index.update(update.edit.changes)

    def _on_edited(self, text: str) -> None:
        self._at = None
        if text.strip():
            self._show()
        else:
            self._hide()

    def _show(self) -> None:
        """The list of what is found; in a large plan that has just been opened, as soon as all of it is taken in."""
        from ui.find_popup import FindPopup

        index = self._ready()
        self._awaited = index is not None and not index.complete and index.advance(_PIECE)
        if self._awaited:
            self._building.start()
            return
        if self.popup is None:
            self.popup = FindPopup(self.window())
            self.popup.chosen.connect(self._choose)
        self.popup.show_found(index, self.text(), self)

    def _hide(self) -> None:
        self._awaited = False
        if self.popup is not None:
            self.popup.hide()

    def _choose(self, row: int) -> None:
        if self.popup is None or self.popup.open_group():
            return
        hit, found = self.popup.model.hit(row), self.popup.model.found(row)
        if found is not None:
            self._visit(hit, found)

    def _visit(self, hit: Hit | None, found: Found) -> None:
        self._at = found
        self._hide()
        if hit is not None:
            self.go.emit(hit)

    def _leave(self) -> None:
        """Esc: close the list; once more, back to where the officer was."""
        if self.popup is not None and self.popup.isVisible():
            self._hide()
        else:
            self.clear()
        back = self._came_from
        if back is not None and shiboken6.isValid(back) and back.isVisible() and back is not self:
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.window().centralWidget().setFocus(Qt.FocusReason.OtherFocusReason)  # type: ignore[attr-defined]


def _lasting(focus: QWidget | None) -> QWidget | None:
    """The widget itself, or the view around it where it is the editor of a cell, which goes as soon as it is left."""
    at = focus.parentWidget() if focus is not None else None
    while at is not None:
        if isinstance(at, QAbstractItemView):
            return at
        at = at.parentWidget()
    return focus

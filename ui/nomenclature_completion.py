"""Names and codes of the nomenclature offered under an editor as one types; who types on sees no difference.

The list and its popup are imported when something is typed: an open window has not paid for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from models.rows import Anggaran, Row
from services.naming import level_name
from ui.fields import LineField
from ui.session import Session

if TYPE_CHECKING:
    from services.nomenclature import Nomenclature
    from ui.nomenclature_popup import NomenclaturePopup

_Key, _Type = Qt.Key, QEvent.Type
_STEPS: dict[int, int] = {_Key.Key_Down: 1, _Key.Key_Up: -1}
_TAKES = (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Tab)


def attach_completion(field: LineField, session: Session, row: Callable[[], Row | None]) -> Completion:
    """Offer names and codes under a field of the details that shows a budget line."""
    completion = Completion(field, session, row, lambda: field.setModified(False))
    field.installEventFilter(completion)
    return completion


class Completion(QObject):
    """Watches one editor. Down and Up choose a line, Enter and Tab take it; without a line they are the editor's.

    Taking a line is one step of the session: name, code, and for a sub kegiatan without an indicator that of the list.
    """

    def __init__(
        self, editor: QLineEdit, session: Session, row: Callable[[], Row | None], let_go: Callable[[], object]
    ) -> None:
        """`let_go`: makes the editor forget what was typed into it, before a line is taken in its place."""
        super().__init__(editor)
        self._editor, self._session, self._row, self._let_go = editor, session, row, let_go
        self._list: Nomenclature | None = None
        self._bidang = ""
        self._is_asked = False
        self.popup: NomenclaturePopup | None = None
        editor.textEdited.connect(self._on_edited)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list, while there is one."""
        kind = event.type()
        if kind == _Type.FocusIn:
            self._is_asked = False
        elif kind in (_Type.FocusOut, _Type.Hide):
            self._hide()
        elif isinstance(event, QKeyEvent) and self.popup is not None and self.popup.isVisible():
            if kind == _Type.ShortcutOverride and event.key() in (*_STEPS, *_TAKES, _Key.Key_Escape):
                event.accept()
                return True
            if kind == _Type.KeyPress:
                return self._on_key(event, self.popup)
        return False

    def _on_key(self, event: QKeyEvent, popup: NomenclaturePopup) -> bool:
        key = event.key()
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            popup.step(_STEPS[key])
            return True
        if key in _TAKES and popup.row() >= 0:
            self._take(popup.row())
            return True
        if key == _Key.Key_Escape:
            self._hide()
            return True
        return False

    def _on_edited(self, text: str) -> None:
        line = self._row()
        if not isinstance(line, Anggaran):
            return
        if not self._is_asked:
            from services.nomenclature_add import bidang_of, list_for

            self._is_asked = True
            self._list = list_for(self._session.plan, line.dokumen_id)
            self._bidang = bidang_of(self._session.plan, line.dokumen_id)
        if self._list is None:
            return
        parent = self._session.plan.find(Anggaran, line.induk_id)
        coded = parent.kode if parent is not None else None
        found = self._list.find(text, line.jenis, coded or self._bidang)
        if not found:
            self._hide()
            return
        if self.popup is None:
            from ui.nomenclature_popup import NomenclaturePopup

            self.popup = NomenclaturePopup(self._editor.window())
            self.popup.chosen.connect(self._take)
            self._editor.destroyed.connect(self.popup.deleteLater)
        self.popup.show_entries(found, self._editor)

    def _take(self, at: int) -> None:
        from services.nomenclature_add import fill

        line = self._row()
        if self.popup is None or not isinstance(line, Anggaran):
            return
        entry = self.popup.model.entries[at]
        self._hide()
        self._let_go()
        changes = fill(self._session.plan, line, entry)
        if changes:
            self._session.edit(f"isi {level_name(line).lower()} dari nomenklatur", changes)
        if isinstance(self._editor, LineField):
            self._editor.show_row()

    def _hide(self) -> None:
        # The popup belongs to the window, and may have gone with it.
        if self.popup is not None and isValid(self.popup):
            self.popup.hide()

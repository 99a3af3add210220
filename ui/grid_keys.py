"""The keys of the grid, as in a spreadsheet: Shift+Space selects lines, Ctrl+Space columns, Ctrl+A all."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from services.month_grid import FIRST_MONTH, URAIAN

if TYPE_CHECKING:
    from ui.grid_view import GridView

_Key, _Modifier, _Standard = Qt.Key, Qt.KeyboardModifier, QKeySequence.StandardKey
_ARROWS = {_Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1), _Key.Key_Up: (-1, 0), _Key.Key_Down: (1, 0)}


class GridKeys:
    """What each key does to a grid."""

    def __init__(self, view: "GridView") -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; False where it means nothing here."""
        if self._view.grid_cursor.caret is None:
            return self._in_nothing(event)
        return self._moves(event) or self._commands(event) or self._types(event)

    def _in_nothing(self, event: QKeyEvent) -> bool:
        """No line is shown: Esc takes the filter away, and anything typed is told so."""
        if event.key() == _Key.Key_Escape:
            return self._view.plain_order()
        if self._view.model.arrangement.conditions and event.text():
            self._view.model.remark("Tidak ada baris yang tampil; Esc menghapus saringan.")
        return False

    def _moves(self, event: QKeyEvent) -> bool:
        view, cursor, key = self._view, self._view.grid_cursor, Qt.Key(event.key())
        shift = bool(event.modifiers() & _Modifier.ShiftModifier)
        control = bool(event.modifiers() & _Modifier.ControlModifier)
        alt = bool(event.modifiers() & _Modifier.AltModifier)
        at = (cursor.corner if shift else cursor.caret) or (0, 0)
        last = view.model.rowCount() - 1, cursor.columns[-1]
        if key in _ARROWS and not alt:
            to = cursor.edge(at, *_ARROWS[key]) if control else cursor.beside(at, *_ARROWS[key])
            if shift:
                view.extend_to(to, down=bool(_ARROWS[key][0]))
            else:
                view.go(to)
        elif key == _Key.Key_Home:
            first = (0, next((c for c in cursor.columns if c >= FIRST_MONTH), URAIAN))
            view.go(first if control else cursor.home(at), extend=shift)
        elif key == _Key.Key_End:
            view.go(last if control else (at[0], last[1]), extend=shift)
        elif key in (_Key.Key_PageUp, _Key.Key_PageDown) and not control:
            view.go((view.page(at[0], down=key == _Key.Key_PageDown), at[1]), extend=shift)
        elif key in (_Key.Key_Tab, _Key.Key_Backtab) and not control:
            view.step(0, -1 if shift or key == _Key.Key_Backtab else 1)
        elif key in (_Key.Key_Return, _Key.Key_Enter) and not control and not alt:
            view.step(-1 if shift else 1, 0)
        else:
            return False
        return True

    def _commands(self, event: QKeyEvent) -> bool:
        view, key = self._view, Qt.Key(event.key())
        control = event.modifiers() & ~_Modifier.KeypadModifier == _Modifier.ControlModifier
        plain = event.modifiers() & ~_Modifier.KeypadModifier == _Modifier.NoModifier
        if event.matches(_Standard.Copy):
            view.commands.copy()
        elif event.matches(_Standard.Cut):
            view.commands.cut()
        elif event.matches(_Standard.Paste):
            view.commands.paste()
        elif event.matches(_Standard.SelectAll):
            view.grid_cursor.select_all()
        elif key in (_Key.Key_Delete, _Key.Key_Backspace) and plain:
            view.commands.empty_selection()
        elif key == _Key.Key_D and control:
            view.commands.fill_down()
        elif key == _Key.Key_R and control:
            view.commands.fill_right()
        elif key == _Key.Key_H and control:
            view.find_wanted.emit()
        elif key == _Key.Key_B and control:
            view.bagi_wanted.emit()
        elif key == _Key.Key_F2 and event.modifiers() == _Modifier.ShiftModifier:
            view.notes_wanted.emit()
        elif key == _Key.Key_F2 and plain:
            view.edit_current()
        elif key == _Key.Key_Space and event.modifiers() in (_Modifier.ControlModifier, _Modifier.ShiftModifier):
            view.grid_cursor.select_lines(columns=control)
        elif key == _Key.Key_Escape:
            return view.plain_order()
        elif key == _Key.Key_Down and event.modifiers() & _Modifier.AltModifier:
            view.show_units()
        else:
            return self._folds(event)
        return True

    def _folds(self, event: QKeyEvent) -> bool:
        """Ctrl+Shift+L: the menu of the column head; Alt with Shift and an arrow folds, as a spreadsheet's outline."""
        view, key, caret = self._view, Qt.Key(event.key()), self._view.grid_cursor.caret
        assert caret is not None
        if event.modifiers() == _Modifier.ControlModifier | _Modifier.ShiftModifier and key == _Key.Key_L:
            view.show_filter(caret[1])
            return True
        if event.modifiers() != _Modifier.AltModifier | _Modifier.ShiftModifier:
            return False
        folded = view.model.folded(caret[0])
        if key not in (_Key.Key_Left, _Key.Key_Right):
            return False
        if folded is None:
            how = view.model.arrangement
            busy = how.conditions or how.sort is not None
            view.model.remark(
                "Baris tidak dapat dilipat selama disaring atau diurutkan (Esc)."
                if busy
                else "Tidak ada baris di bawah baris ini untuk dilipat."
            )
        elif folded == (key == _Key.Key_Right):
            view.fold(caret[0])
        return True

    def _types(self, event: QKeyEvent) -> bool:
        """A letter or digit begins to type over the cell."""
        held = event.modifiers() & (_Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier)
        alt_gr = held == _Modifier.ControlModifier | _Modifier.AltModifier
        if not event.text() or not event.text().isprintable() or (held and not alt_gr):
            return False
        self._view.edit_current(event.text())
        return True

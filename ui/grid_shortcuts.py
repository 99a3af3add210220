"""What the window's keys may do while something is being typed in a cell."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_Standard = QKeySequence.StandardKey
_TEXT_KEYS = (
    *(_Standard.Undo, _Standard.Redo, _Standard.Cut, _Standard.Copy, _Standard.Paste, _Standard.SelectAll),
    *(_Standard.Delete, _Standard.DeleteStartOfWord, _Standard.DeleteEndOfWord),
)
_NOT_NOW = tuple(QKeySequence(keys) for keys in ("Ctrl+Shift+D", "Ctrl+I"))
"""Commands that would change another row than the one that is typed into."""
FINISH_FIRST = "Selesaikan dahulu isian sel ini (Enter atau Esc)."


def holds_back(editor: QWidget, event: QEvent, commit: Callable[[], bool], remark: Callable[[str], None]) -> bool:
    """Whether a key of the window must not act on this event; then the event is accepted.

    Keys of the text are left to the editor. Before any other command acts the text is taken over (`commit`); one that
    would change another row does not act, nor does any where the cell refuses the text.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if any(event.matches(key) for key in _TEXT_KEYS):
        return False
    keys = QKeySequence(event.keyCombination())
    if not any(keys in action.shortcuts() for action in editor.window().findChildren(QAction)):
        return False
    if keys in _NOT_NOW:
        remark(FINISH_FIRST)
    elif commit():
        return False
    event.accept()
    return True

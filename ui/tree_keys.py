"""The keys of a tree: which command they stand for. The commands are methods of TreeCommands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_Key = Qt.Key
_Mod = Qt.KeyboardModifier
_NONE, _CTRL, _SHIFT, _ALT = _Mod.NoModifier, _Mod.ControlModifier, _Mod.ShiftModifier, _Mod.AltModifier

_COMMANDS: dict[tuple[Qt.KeyboardModifier, int], tuple[str, int]] = {
    (_NONE, _Key.Key_Insert): ("add_like_current", 0),
    (_SHIFT, _Key.Key_Insert): ("add_child", 0),
    (_CTRL, _Key.Key_Return): ("add_child", 0),
    (_CTRL, _Key.Key_Enter): ("add_child", 0),
    (_NONE, _Key.Key_Delete): ("delete_current", 0),
    (_ALT, _Key.Key_Up): ("move_current", -1),
    (_ALT, _Key.Key_Down): ("move_current", 1),
    (_ALT, _Key.Key_Left): ("shift_current", -1),
    (_ALT, _Key.Key_Right): ("shift_current", 1),
    (_CTRL, _Key.Key_C): ("copy", 0),
    (_CTRL, _Key.Key_X): ("cut", 0),
    (_CTRL, _Key.Key_V): ("paste", 0),
    (_CTRL | _SHIFT, _Key.Key_D): ("duplicate_current", 0),
    (_NONE, _Key.Key_Menu): ("menu", 0),
    (_SHIFT, _Key.Key_F10): ("menu", 0),
    (_NONE, _Key.Key_Escape): ("escape", 0),
    **{(_CTRL, _Key.Key_0 + level): ("expand_to", level) for level in range(1, 7)},
}


def command_of(event: QKeyEvent) -> tuple[str, int] | None:
    """(name of the command, its number: a step, a level, or 0), or None for a key that is none of ours."""
    return _COMMANDS.get((event.modifiers() & ~_Mod.KeypadModifier, event.key()))

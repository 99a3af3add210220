"""The keys of the chart: where an arrow leads, and which command a key stands for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from services.bagan import Chart
from ui import tree_keys

_Key = Qt.Key
_Mod = Qt.KeyboardModifier
_NONE, _CTRL, _SHIFT = _Mod.NoModifier, _Mod.ControlModifier, _Mod.ShiftModifier
_PAN = 64

_COMMANDS: dict[tuple[Qt.KeyboardModifier, int], tuple[str, int]] = {
    (_NONE, _Key.Key_F2): ("rename_current", 0),
    (_NONE, _Key.Key_Return): ("rename_current", 0),
    (_NONE, _Key.Key_Enter): ("rename_current", 0),
    (_NONE, _Key.Key_Plus): ("fold", -1),
    (_NONE, _Key.Key_Equal): ("fold", -1),
    (_SHIFT, _Key.Key_Plus): ("fold", -1),
    (_NONE, _Key.Key_Minus): ("fold", 1),
    (_NONE, _Key.Key_Backspace): ("start_above", 0),
    (_CTRL, _Key.Key_Home): ("start_here", 0),
    (_CTRL, _Key.Key_I): ("add_indicator", 0),
    (_CTRL, _Key.Key_Plus): ("zoom", 1),
    (_CTRL, _Key.Key_Equal): ("zoom", 1),
    (_CTRL | _SHIFT, _Key.Key_Plus): ("zoom", 1),
    (_CTRL, _Key.Key_Minus): ("zoom", -1),
    (_CTRL, _Key.Key_0): ("zoom", 0),
    (_CTRL, _Key.Key_9): ("fit", 0),
    (_CTRL, _Key.Key_Left): ("pan_right", _PAN),
    (_CTRL, _Key.Key_Right): ("pan_right", -_PAN),
    (_CTRL, _Key.Key_Up): ("pan_down", _PAN),
    (_CTRL, _Key.Key_Down): ("pan_down", -_PAN),
    (_NONE, _Key.Key_PageUp): ("page", 1),
    (_NONE, _Key.Key_PageDown): ("page", -1),
}
_PADS = _Mod.KeypadModifier


def command_of(event: QKeyEvent) -> tuple[str, int] | None:
    """(name of the command, its number), or None for a key that is none of ours."""
    own = _COMMANDS.get((event.modifiers() & ~_PADS, event.key()))
    return own or tree_keys.command_of(event)


def neighbour(chart: Chart, number: int | None, event: QKeyEvent) -> int | None:
    """Where an arrow, Home or End leads from a box; None for another key, and where nothing lies that way.

    Down to the children, up to the parent, left and right along the level; in a list up and down along the list.
    """
    key = event.key()
    if event.modifiers() & ~_PADS or not chart.spots:
        return None
    if key == _Key.Key_Home or (number is None and key in _ARROWS):
        return 0
    if key == _Key.Key_End:
        return len(chart.spots) - 1
    if number is None or key not in _ARROWS:
        return None
    spot = chart.spots[number]
    first = spot.children[0] if spot.children else None
    if spot.listed and spot.parent is not None:
        beside = chart.spots[spot.parent].children
        at = beside.index(number)
        if key == _Key.Key_Up:
            return beside[at - 1] if at else spot.parent
        if key == _Key.Key_Down:
            return beside[at + 1] if at + 1 < len(beside) else None
        return spot.parent if key == _Key.Key_Left else first
    if key == _Key.Key_Up:
        return spot.parent
    if key == _Key.Key_Down:
        return first
    level = [n for n, each in enumerate(chart.spots) if each.depth == spot.depth and not each.listed]
    to = level.index(number) + (1 if key == _Key.Key_Right else -1)
    return level[to] if 0 <= to < len(level) else None


_ARROWS = (_Key.Key_Up, _Key.Key_Down, _Key.Key_Left, _Key.Key_Right)

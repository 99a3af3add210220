"""A plan that is open only to be read: the one place that says what may not begin there, and why.

What changes the plan asks `refused` first, mostly as a method that is marked `changing`; buttons and fields are put out
by `lock`, commands of a menu by `put_out`. Keys that nobody takes are answered by `UntakenKeys`.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session

REASON = "Rencana ini dibuka hanya untuk dibaca."
WAY_OUT = f"{REASON} Untuk mengubahnya: Berkas, Simpan sebagai."
_EDITS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Insert)

Method = TypeVar("Method", bound=Callable[..., Any])


def refused(session: "Session") -> bool:
    """Whether no change may begin; then the status line says why."""
    if session.read_only:
        session.failed.emit(WAY_OUT)
    return session.read_only


def changing(method: Method) -> Method:
    """Mark a method as one that changes the plan of its `session`: where that is only read, it says so and ends."""

    @wraps(method)
    def asked(self: Any, *given: Any, **named: Any) -> Any:
        session = self.session if hasattr(self, "session") else self._session
        return None if session is not None and refused(session) else method(self, *given, **named)

    asked.changing = True  # type: ignore[attr-defined]
    return cast(Method, asked)


def edits_text(event: QKeyEvent) -> bool:
    """Whether a key types, takes away, or begins to edit."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    typed = event.text().isprintable() and bool(event.text().strip())
    keys = QKeySequence.StandardKey
    return (not held and (typed or event.key() in _EDITS)) or event.matches(keys.Paste) or event.matches(keys.Cut)


def is_changing(do: object) -> bool:
    """Whether a command is a method that is marked so."""
    return bool(getattr(do, "changing", False))


def put_out(action: QAction) -> None:
    """A command of a menu that cannot be done now, with the reason."""
    action.setEnabled(False)
    action.setToolTip(REASON)
    action.setStatusTip(WAY_OUT)


def bring_back(action: QAction) -> None:
    """Take that reason away again; the tip is that of its text."""
    action.setEnabled(True)
    action.setToolTip("")
    action.setStatusTip("")


def settle_menu(session: "Session", action: QAction, do: object, *, changes: bool = False) -> None:
    """In a menu that is made each time it opens: put a command out that changes the plan, where it is only read."""
    if session.read_only and (changes or is_changing(do)):
        put_out(action)


def lock(session: "Session", *widgets: QWidget) -> None:
    """Where the plan is only read: put these out for as long as they live, with the reason."""
    if session.read_only:
        for widget in widgets:
            _Lock(widget)


class _Lock(QObject):
    """Whoever switches the widget on later, it stays off."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)
        widget.setEnabled(False)
        widget.setToolTip(REASON)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget) and watched.isEnabled():
            watched.setEnabled(False)
        return False


class UntakenKeys(QObject):
    """A key that would have edited comes up to the window, as nobody has taken it; there it is answered."""

    def __init__(self, window: "MainWindow", session: "Session") -> None:
        super().__init__(session)
        self._window, self._session = window, session
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._would_edit(event):
            refused(self._session)
        return False

    def _would_edit(self, event: QKeyEvent) -> bool:
        pressed = QKeySequence(event.keyCombination())
        return edits_text(event) or any(pressed in action.shortcuts() for action in self._window.actions_.changing)

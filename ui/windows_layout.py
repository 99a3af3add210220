"""What is kept of the look of a window from one day to the next: its place and size, and how its panes are divided."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

_WINDOW = "jendela"
_PANES = "tata"


def keep_window(window: QMainWindow) -> None:
    """Store where a window is and how large."""
    QSettings().setValue(_WINDOW, window.saveGeometry())


def restore_window(window: QMainWindow) -> None:
    """Put a window where the last one was."""
    geometry = QSettings().value(_WINDOW)
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)


def keep_layout(page: QWidget | None, name: str) -> None:
    """Store how a view is divided; nothing for one that was never shown."""
    if page is None:
        return
    settings = QSettings()
    for number, splitter in enumerate(page.findChildren(QSplitter)):
        settings.setValue(f"{_PANES}/{name}/{number}.{splitter.count()}", splitter.saveState())


def restore_layout(page: QWidget, name: str) -> None:
    """Divide a view as it was; a splitter that has other parts than then stays as it is."""
    settings = QSettings()
    for number, splitter in enumerate(page.findChildren(QSplitter)):
        state = settings.value(f"{_PANES}/{name}/{number}.{splitter.count()}")
        if isinstance(state, QByteArray):
            splitter.restoreState(state)

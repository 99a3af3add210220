"""The windows of this program: one plan each, one process; the menu that lists them, and opening in the right one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from models.files import same_file

if TYPE_CHECKING:
    from ui.main_window import MainWindow

CASCADE = QPoint(28, 28)
"""How far a further window stands from the one that it was opened from."""


class Windows:
    """All open windows, in the order in which they were opened."""

    def __init__(self) -> None:
        self._all: list[MainWindow] = []

    def all(self) -> tuple["MainWindow", ...]:
        """The open windows."""
        return tuple(self._all)

    def add(self, window: "MainWindow") -> None:
        """A window has been made."""
        self._all.append(window)

    def remove(self, window: "MainWindow") -> None:
        """A window has been closed; the last one is left to whoever made it."""
        if window in self._all:
            self._all.remove(window)
            if self._all:
                window.deleteLater()

    def of(self, path: Path) -> "MainWindow | None":
        """The window in which a file is open."""
        there = (w for w in self._all if w.session is not None and same_file(w.session.document.file.path, path))
        return next(there, None)

    def room(self, asked_in: "MainWindow") -> "MainWindow":
        """A window without a plan: the one where it was asked for, else one on its start page, else a new one."""
        free = next((w for w in (asked_in, *self._all) if w.session is None), None)
        return free if free is not None else self.fresh(asked_in)

    def fresh(self, beside: "MainWindow") -> "MainWindow":
        """One more window, as large as another and a little aside, with its frame inside of the screen."""
        from ui.main_window import TITLE_BAR, MainWindow

        window = MainWindow(self)
        if beside.isMaximized():
            window.setWindowState(Qt.WindowState.WindowMaximized)
        else:
            room, frame = beside.screen().availableGeometry(), beside.frameGeometry().size() - beside.size()
            # A window system that has not put a frame round yet says that there is none.
            frame = frame.expandedTo(QSize(0, TITLE_BAR))
            window.resize(beside.width(), min(beside.height(), room.height() - frame.height()))
            whole = QRect(beside.pos() + CASCADE, window.size() + frame)
            whole.moveRight(min(whole.right(), room.right()))
            whole.moveBottom(min(whole.bottom(), room.bottom()))
            window.move(max(whole.left(), room.left()), max(whole.top(), room.top()))
        window.show()
        return window

    def forward(self, window: "MainWindow") -> None:
        """Bring a window to the front."""
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def step(self, window: "MainWindow", by: int) -> None:
        """The next or previous window."""
        if window in self._all:
            self.forward(self._all[(self._all.index(window) + by) % len(self._all)])

    def close_all(self) -> None:
        """Close one window after the other, the newest first; none of them where the officer calls one off."""
        windows = self._all[::-1]
        for number, window in enumerate(windows):
            if not window.may_close():
                for asked in windows[:number]:
                    asked.stay_open()
                self.forward(window)
                return
        for window in windows:
            window.close()


class WindowMenu:
    """The windows at the end of a menu, listed each time it opens."""

    def __init__(self, window: "MainWindow", menu: QMenu) -> None:
        self._window = window
        self._menu = menu
        self._group = QActionGroup(menu)
        self._listed: list[QAction] = []
        menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the windows of now; the one that it hangs in is marked."""
        for action in self._listed:
            self._menu.removeAction(action)
            action.deleteLater()
        self._listed = []
        windows = self._window.windows
        for number, window in enumerate(windows.all(), 1):
            title = window.windowTitle() if window.session is not None else "Halaman awal"
            name = title.removesuffix(" – Renaksi").replace("&", "&&")
            key = f"&{number} " if number < 10 else ""
            action = self._menu.addAction(f"{key}{name}")
            action.setCheckable(True)
            action.setChecked(window is self._window)
            self._group.addAction(action)
            action.triggered.connect(lambda _=False, window=window: windows.forward(window))
            self._listed.append(action)

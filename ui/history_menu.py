"""The list of steps at Urungkan and Ulangi: choosing one goes back, or forward, to there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from services.document import Edit
    from ui.main_window import MainWindow

MOST = 30


class HistoryMenu(QMenu):
    """Filled each time it opens, the nearest step first. `do(steps)` takes back, or does again, so many."""

    def __init__(
        self, window: "MainWindow", verb: str, do: Callable[[int], None], *, redo: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._verb = verb
        self._do = do
        self._redo = redo
        self._foot: QAction | None = None
        self.setAccessibleName(f"{verb} sampai")
        self.aboutToShow.connect(self.fill)
        self.hovered.connect(self._on_hovered)

    def fill(self) -> None:
        """List the steps of now."""
        self.clear()
        for number, edit in enumerate(self._steps()[:MOST], 1):
            text = edit.label[:1].upper() + edit.label[1:]
            action = self.addAction(text.replace("&", "&&"))
            action.setData(number)
            action.triggered.connect(lambda _=False, number=number: self._do(number))
        self.addSeparator()
        self._foot = self.addAction("")
        self._foot.setEnabled(False)
        self._say(1 if self._steps() else 0)

    def _steps(self) -> "tuple[Edit, ...]":
        session = self._window.session
        if session is None:
            return ()
        return session.document.undone if self._redo else session.document.done

    def _on_hovered(self, action: QAction) -> None:
        if action is not self._foot:
            self._say(int(action.data() or 0))

    def _say(self, steps: int) -> None:
        if self._foot is not None:
            self._foot.setText(f"{self._verb} {steps} langkah" if steps else "Belum ada langkah")

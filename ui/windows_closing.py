"""Closing a plan whose file could not be written: saved elsewhere, left open, or closed with the edits kept here."""

from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from models.errors import PlanError
from ui.choose_plan import FILTER
from ui.messages import tell
from ui.windows_waiting import in_background

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session

KEPT = (
    "Bila ditutup, isian tetap disimpan di komputer ini, dan dilanjutkan saat rencana ini dibuka lagi di komputer ini."
)


class Choice(Enum):
    """What is to be done with edits that could not be written."""

    SAVE_AS = auto()
    STAY = auto()
    CLOSE = auto()


class ClosingGuard(QObject):
    """Lives as long as its session. A window that is to be closed is asked about first, so that it can stay open."""

    def __init__(self, window: "MainWindow", session: "Session") -> None:
        super().__init__(session)
        self._window, self._session, self._settled = window, session, False
        session.unwritten = self._ask
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() != QEvent.Type.Close
            or watched is not self._window
            or self._window.session is not self._session
        ):
            return False
        self._window.commit()
        if self._may_close():
            return False
        event.ignore()
        return True

    def _may_close(self) -> bool:
        session = self._session
        if not session.stand_still():
            return True
        try:
            in_background(session.write_out)
        except PlanError as error:
            self._settled = self._settle(str(error), may_stay=True)
            if not self._settled:
                session.publish()
            return self._settled
        return True

    def _ask(self, why: str) -> bool:
        """True: it has been said, and settled as far as it can be."""
        if not self._settled:
            self._settle(why, may_stay=False)
        return True

    def _settle(self, why: str, *, may_stay: bool) -> bool:
        """Ask until the plan is saved elsewhere or may be closed; False where it stays open."""
        file = self._session.document.file
        while True:
            choice = _chosen(self._window, why, may_stay=may_stay)
            if choice is not Choice.SAVE_AS:
                return choice is Choice.CLOSE
            name, _ = QFileDialog.getSaveFileName(self._window, "Simpan sebagai", str(file.path), FILTER)
            if not name:
                continue
            target = Path(name if name.lower().endswith(".db") else f"{name}.db")
            try:
                in_background(lambda target=target: file.save_as(target))  # type: ignore[misc]
            except PlanError as error:
                tell(self._window, str(error))
                continue
            return True


def _chosen(window: "MainWindow", why: str, *, may_stay: bool) -> Choice:
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Isian belum tertulis", why, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(KEPT)
    role = QMessageBox.ButtonRole
    save_as = box.addButton("&Simpan sebagai...", role.AcceptRole)
    close = box.addButton("&Tutup", role.DestructiveRole)
    stay = box.addButton("&Batal", role.RejectRole) if may_stay else None
    box.setDefaultButton(save_as)
    box.setEscapeButton(stay if stay is not None else close)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    if pressed is save_as:
        return Choice.SAVE_AS
    return Choice.STAY if stay is not None and pressed is stay else Choice.CLOSE

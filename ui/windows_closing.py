"""Letting go of a plan whose file could not be written: saved elsewhere, left open, or with the edits kept here."""

from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from shiboken6 import isValid

from models.errors import PlanError
from ui.choose_plan import HIDE, PLANS
from ui.messages import tell
from ui.windows_waiting import in_background

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session

KEPT = (
    "Bila ditutup, isian tetap disimpan di komputer ini, dan dilanjutkan saat rencana ini dibuka lagi di komputer ini."
)
LOST = "Bila ditutup, teks itu hilang; isian lain sudah tersimpan."


class Choice(Enum):
    """What is to be done with edits that could not be written."""

    ANEW = auto()
    SAVE_AS = auto()
    STAY = auto()
    CLOSE = auto()


class ClosingGuard(QObject):
    """Lives as long as its session, and is asked before that is let go: `may_close`."""

    def __init__(self, window: "MainWindow", session: "Session") -> None:
        super().__init__(session)
        self._window, self._session, self._settled = window, session, False
        session.unwritten = self._ask
        session.closing = self
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() != QEvent.Type.Close
            or watched is not self._window
            or self._window.session is not self._session
            or self._session.closing is not self
        ):
            return False
        if self.may_close():
            return False
        event.ignore()
        return True

    def may_close(self) -> bool:
        """Write what is left; where that fails, ask. False where the plan shall stay open, as it was."""
        if self._settled:
            return True
        focus = self._window.focusWidget()
        self._settled = self._is_let_go()
        if not self._settled:
            self.call_off()
            if focus is not None and isValid(focus):
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._settled

    def call_off(self) -> None:
        """The plan stays open after all: it is written again by itself, and asked about again."""
        self._settled = False
        self._session.publish()

    def _is_let_go(self) -> bool:
        self._window.commit()
        refused = _refused(self._window)
        if refused and not _may_drop(self._window, refused):
            return False
        session = self._session
        if not session.stand_still():
            return True
        try:
            in_background(session.write_out)
        except PlanError as error:
            return self._settle(str(error), may_stay=True)
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
            choice = _chosen(self._window, why, may_stay=may_stay, gone=self._session.gone)
            if choice is Choice.ANEW:
                try:
                    in_background(lambda: self._session.write_out(anew=True))
                except PlanError as error:
                    tell(self._window, str(error))
                    continue
                return True
            if choice is not Choice.SAVE_AS:
                return choice is Choice.CLOSE
            name, _ = QFileDialog.getSaveFileName(self._window, "Simpan sebagai", str(file.path), PLANS, "", HIDE)
            if not name:
                continue
            target = Path(name if name.lower().endswith(".db") else f"{name}.db")
            try:
                in_background(lambda target=target: file.save_as(target))  # type: ignore[misc]
            except PlanError as error:
                tell(self._window, str(error))
                continue
            return True


def _refused(window: "MainWindow") -> str:
    """Why a text that stands in a field or cell is not stored; "" where all are."""
    work, naskah, forms = window.work, window.naskah, window.forms
    if work is None:
        return ""
    if not work.grid.commit():
        return "Isi sel yang sedang diketik belum tersimpan, karena tidak dapat dibaca."
    sentence = work.details.refused()
    sentence = sentence or (naskah.commit() if naskah is not None else "")
    sentence = sentence or (forms.commit() if forms is not None else "")
    return f"Ada teks yang belum tersimpan. {sentence}" if sentence else ""


def _may_drop(window: "MainWindow", why: str) -> bool:
    """Whether the plan may be closed although a text is in it that cannot be stored."""
    box = _box(window, why, LOST)
    stay = box.addButton("&Batal", QMessageBox.ButtonRole.RejectRole)
    close = box.addButton("&Tutup", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return pressed is close


def _chosen(window: "MainWindow", why: str, *, may_stay: bool, gone: bool) -> Choice:
    """`gone`: the file was deleted or moved, so that it may be written anew."""
    box = _box(window, why, KEPT)
    role = QMessageBox.ButtonRole
    anew = box.addButton("Tulis &kembali", role.AcceptRole) if gone else None
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
    if anew is not None and pressed is anew:
        return Choice.ANEW
    return Choice.STAY if stay is not None and pressed is stay else Choice.CLOSE


def _box(window: "MainWindow", why: str, more: str) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Isian belum tertulis", why, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    return box

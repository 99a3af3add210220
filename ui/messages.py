"""The few dialogs that ask or tell something; words and buttons in Indonesian."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

_silent: list[bool] = []


@contextmanager
def nobody_answers() -> Iterator[None]:
    """While the system ends the program: nothing is told, and each question is answered by Batal."""
    _silent.append(True)
    try:
        yield
    finally:
        _silent.pop()


def confirm(parent: QWidget, question: str, yes: str, note: str = "") -> bool:
    """Ask before something is taken away; Batal is the other button, Enter means `yes`."""
    if _silent:
        return False
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Renaksi", question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(note)
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Batal", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(go)
    box.exec()
    return box.clickedButton() is go


def tell(parent: QWidget | None, sentence: str) -> None:
    """Say what happened and what to do, once."""
    if _silent:
        return
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Renaksi", sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.addButton("Tutup", QMessageBox.ButtonRole.AcceptRole)
    box.exec()

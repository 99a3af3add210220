"""Buttons of dialogs: Enter presses the default one, wherever the focus is in a field."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton


def push_button(text: str, do: Callable[[], object], tip: str = "") -> QPushButton:
    """Pressed, it does `do()`; having the focus does not make it the default one."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setToolTip(tip)
    button.clicked.connect(lambda: do())
    return button


def decision(dialog: QDialog, do: str, leave: str = "Batal") -> tuple[QDialogButtonBox, QPushButton, QPushButton]:
    """(both in a row, the default one, which accepts the dialog, and the one that rejects it)."""
    buttons = QDialogButtonBox()
    accept = buttons.addButton(do, QDialogButtonBox.ButtonRole.AcceptRole)
    accept.setDefault(True)
    reject = buttons.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
    reject.setAutoDefault(False)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons, accept, reject

"""Edits of this PC that their plan went on without: offered until they are in it, or thrown away on purpose."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from models.backups import Backup
from models.errors import PlanError
from services import backups, outside
from services.outside import Typed
from ui.messages import tell
from ui.recent import moment_words
from ui.windows_waiting import in_background

if TYPE_CHECKING:
    from ui.main_window import MainWindow

BROKEN = (
    "Isian terakhir di komputer ini belum sempat tertulis ke {name}, dan tempatnya di komputer ini rusak (cakram?). "
    "Berkas itu sendiri utuh; yang tampil adalah isinya seperti terakhir ditulis."
)
WHERE = "Selama belum digabungkan atau dibuang, isian itu tetap ada di Berkas, Cadangan."


def offer_left_over(window: "MainWindow") -> None:
    """Ask about each that lies beside the plan just opened, the newest first, until the officer says Nanti."""
    session = window.session
    if session is None:
        return
    document = session.document
    file = document.file
    for left in backups.left_over(file.path):
        try:
            typed = in_background(lambda left=left: outside.set_aside(outside.ours_of(document), left.path))  # type: ignore[misc]
        except PlanError:
            if left.path == file.set_aside:
                tell(window, BROKEN.format(name=file.path.name))
            continue
        if typed.stranger is None and not typed.groups and not typed.disputed:
            window.guarded(lambda left=left: outside.drop(left.path))  # type: ignore[misc]
        elif not _settled(window, file.path, left, typed):
            return


def _settled(window: "MainWindow", path: Path, left: Backup, typed: Typed) -> bool:
    """Ask about one; False where it waits."""
    from ui.backups_dialog import show_backups
    from ui.windows_outside import merge_left_over

    when = moment_words(left.when, date.today())
    if typed.stranger is not None:
        why = (
            f"{path.name} sekarang memuat rencana lain. Isian di komputer ini dari {when}, yang belum tertulis, milik "
            f"rencana {typed.stranger}, jadi tidak digabungkan."
        )
    else:
        why = (
            f"{path.name} telah diubah orang lain sejak Anda mengisinya. Isian Anda sampai {when} belum ada di "
            "dalamnya, dan tersimpan di komputer ini."
        )
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Isian yang belum digabungkan", why, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(WHERE)
    role = QMessageBox.ButtonRole
    merge = box.addButton("Gabungkan sekarang", role.AcceptRole) if typed.stranger is None else None
    compare = box.addButton("Lihat di Cadangan...", role.ActionRole)
    later = box.addButton("Nanti", role.RejectRole)
    box.setDefaultButton(merge if merge is not None else later)
    box.setEscapeButton(later)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    if merge is not None and pressed is merge:
        return merge_left_over(window, left.path)
    if pressed is compare:
        show_backups(window)
    return False

"""Opening a plan file for a window, and what is to be said about it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from models.errors import PlanError
from models.files import same_file
from models.header import FileError, Kind, NewerError
from models.lock import Holder, PlanOpenError
from models.presence import Presence, Seen, someone_else
from models.workspace import set_asides
from services.document import Document
from services.log import Event, note
from ui.choose_plan import HIDE, PLANS
from ui.messages import confirm, tell
from ui.read_only import UntakenKeys
from ui.windows_waiting import in_background

if TYPE_CHECKING:
    from models.backups import Backup
    from ui.main_window import MainWindow

_BROKEN = (Kind.ABSENT, Kind.NO_DATABASE, Kind.ALTERED, Kind.BROKEN, Kind.FOREIGN_OBJECTS)
"""Kinds of which a backup may be the better one."""

FOLDER_READ_ONLY = (
    "Folder rencana ini hanya dapat dibaca: isian tersimpan di komputer ini saja. Pakai Berkas, Simpan sebagai."
)
LAUNDERED = (
    "Berkas ini pernah ditulis program lain, jadi isinya disalin ke berkas baru yang bersih. Periksalah angkanya "
    "sebelum dipakai."
)


def opened(window: "MainWindow", path: Path) -> Document | None:
    """The document of a file, or what is left of it; None where it cannot be opened, and why has been said."""
    try:
        seen, document = in_background(lambda: _open(path))
    except PlanOpenError as error:
        return _locked(window, path, error.holder)
    except NewerError as error:
        note(Event.REFUSED)
        return _newer(window, path, error)
    except PlanError as error:
        note(Event.REFUSED)
        return _refused(window, path, error)
    return document if document is not None else _locked(window, path, seen.holder if seen else None, seen)


def say_recovered(window: "MainWindow", document: Document) -> None:
    """Say what is to be said of a plan that is shown now, and watch its file from here on."""
    from ui.session_watch import OutsideWatch
    from ui.windows_closing import ClosingGuard

    file, session = document.file, window.session
    if session is not None:
        OutsideWatch(session)
        ClosingGuard(window, session)
        if session.read_only:
            UntakenKeys(window, session)
    if file.read_only:
        window.status.showMessage("Dibuka hanya untuk dibaca. Formulir dan ekspor tetap dapat dipakai.", 15000)
    elif file.recovered:
        note(Event.RECOVERED)
        window.status.showMessage("Isian yang belum sempat ditulis ke berkas telah dilanjutkan.", 15000)
    elif file.laundered:
        from services.cleaned_words import cleaned_words

        tell(window, "\n\n".join(words for words in (LAUNDERED, cleaned_words(file.cleaned)) if words))
    elif file.cleaned:
        from services.cleaned_words import cleaned_words

        tell(window, cleaned_words(file.cleaned))
    if not file.read_only and not os.access(file.path.parent, os.W_OK):
        window.status.showMessage(FOLDER_READ_ONLY, 30000)
    if not file.read_only and set_asides(file.path):
        from ui.windows_left import offer_left_over

        offer_left_over(window)


def _open(path: Path) -> tuple[Seen | None, Document | None]:
    """The document; without one, who else has the plan open."""
    seen = someone_else(path)
    return (seen, None) if seen is not None else (None, Document.open(path))


def _locked(window: "MainWindow", path: Path, holder: Holder | None, seen: Seen | None = None) -> Document | None:
    """Another person or window has it open."""
    from ui.windows_locked import Choice, LockedDialog

    dialog = LockedDialog(path, holder, window, seen=seen)
    dialog.exec()
    choice = dialog.choice
    dialog.deleteLater()
    try:
        if choice is Choice.READ:
            return in_background(lambda: Document.open(path, read_only=True))
        if choice is Choice.OPEN:
            return in_background(lambda: _open_over(path))
        return _as_copy(window, path) if choice is Choice.COPY else None
    except PlanError as error:
        tell(window, str(error))
        return None


def _open_over(path: Path) -> Document:
    """Open it although a note says that another PC has it open, and say ours in its place."""
    document = Document.open(path)
    presence = Presence(document.file.path)
    presence.take()
    presence.leave()
    return document


def _as_copy(window: "MainWindow", path: Path) -> Document | None:
    """The plan as it was last written, with what a crash left of it, gone on with under another name."""
    proposed = path.with_name(f"{path.stem} salinan.db")
    name, _ = QFileDialog.getSaveFileName(window, "Buka sebagai salinan", str(proposed), PLANS, "", HIDE)
    if not name:
        return None
    target = Path(name if name.lower().endswith(".db") else f"{name}.db")

    def copied() -> Document:
        from services.outside import recovered_into

        document = Document.open(path, read_only=True)
        try:
            document.file.save_as(target)
            document.file.recovered = recovered_into(document, path)
        except BaseException:
            document.file.close()
            raise
        return document

    return in_background(copied)


def _newer(window: "MainWindow", path: Path, error: NewerError) -> Document | None:
    """A plan of a newer program: to be read where it says so."""
    if not error.readable:
        tell(window, str(error))
        return None
    if not confirm(window, str(error), "Buka hanya untuk dibaca"):
        return None
    try:
        return in_background(lambda: Document.open(path, read_only=True))
    except PlanError as problem:
        tell(window, str(problem))
        return None


def _refused(window: "MainWindow", path: Path, error: PlanError) -> Document | None:
    """What the working copy still holds of a plan that cannot be opened, or a backup, if the officer wants one."""
    from models.plan_file import left_overs
    from services.backups import listed, newest_good

    left = any(same_file(path, target) for target, _ in left_overs())
    broken = isinstance(error, FileError) and error.kind in _BROKEN and not path.is_dir()
    good = in_background(lambda: newest_good(path)) if broken and listed(path) else None
    if not left and good is None:
        tell(window, str(error))
        return None
    go_on, put_back, choose = _ask(window, str(error), left=left, good=good)
    try:
        if go_on:
            return Document.open_left_over(path)
        if (put_back and good is not None and _put_back(window, good, path)) or (choose and _choose(window, path)):
            return in_background(lambda: Document.open(path))
    except PlanError as problem:
        tell(window, str(problem))
    return None


def _ask(window: "MainWindow", why: str, *, left: bool, good: "Backup | None") -> tuple[bool, bool, bool]:
    """Which was pressed: go on with the left-over, put the newest good backup back, choose among the backups."""
    from PySide6.QtCore import Qt

    from ui.recent import moment_words

    notes = []
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Renaksi", why, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    go_on = put_back = choose = None
    role = QMessageBox.ButtonRole
    if left:
        notes.append("Isian terakhir rencana ini masih ada di komputer ini. Setelah dibuka, simpan dengan nama lain.")
        go_on = box.addButton("Lanjutkan isian terakhir", role.AcceptRole)
    if good is not None:
        from datetime import date

        notes.append(
            f"Cadangan terbaru yang baik dibuat {moment_words(good.when, date.today())}. Berkas yang rusak tetap "
            "disimpan, dengan nama berakhiran .rusak dan waktunya."
        )
        put_back = box.addButton("Kembalikan cadangan terbaru yang baik", role.AcceptRole)
        choose = box.addButton("Pilih cadangan...", role.ActionRole)
    box.setInformativeText("\n".join(notes))
    box.addButton("Batal", role.RejectRole)
    first = go_on or put_back
    if first is not None:
        box.setDefaultButton(first)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return tuple(button is not None and pressed is button for button in (go_on, put_back, choose))  # type: ignore[return-value]


def _put_back(window: "MainWindow", backup: "Backup", path: Path) -> bool:
    from ui.backups_dialog import put_back

    return put_back(window, backup, path)


def _choose(window: "MainWindow", path: Path) -> bool:
    from ui.backups_dialog import restore_broken

    return restore_broken(window, path)

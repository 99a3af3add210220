"""Opening a plan file for a window, and what is to be said about it."""

from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import PlanError
from models.files import same_file
from services.document import Document
from ui.messages import confirm, tell

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def opened(window: "MainWindow", path: Path) -> Document | None:
    """The document of a file, or what is left of it; None where it cannot be opened, and why has been said."""
    try:
        return Document.open(path)
    except PlanError as error:
        return _left_over(window, path, str(error))


def say_recovered(window: "MainWindow", document: Document) -> None:
    """Say that edits of a crash were gone on with, or that the file is another than it was."""
    file = document.file
    if file.recovered:
        window.status.showMessage("Isian yang belum sempat ditulis ke berkas telah dilanjutkan.", 15000)
    if file.set_aside is not None:
        tell(
            window,
            f"{file.path.name} telah diganti sejak terakhir dibuka. Isian lama yang belum tertulis disimpan di "
            f"{file.set_aside}; buka berkas itu untuk membandingkan.",
        )


def _left_over(window: "MainWindow", path: Path, why: str) -> Document | None:
    """What the working copy still holds of a plan that cannot be opened, if the officer wants to go on with it."""
    from models.plan_file import left_overs

    if not any(same_file(path, target) for target, _ in left_overs()):
        tell(window, why)
        return None
    note = "Isian terakhir rencana ini masih ada di komputer ini. Setelah dibuka, simpan dengan nama lain."
    if not confirm(window, why, "Lanjutkan isian terakhir", note):
        return None
    try:
        return Document.open_left_over(path)
    except PlanError as error:
        tell(window, str(error))
        return None

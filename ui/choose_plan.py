"""Asking for a plan file: one that is there, or the name of a new one."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

FILTER = "Rencana Renaksi (*.db)"
PLANS = FILTER if sys.platform == "win32" else "Rencana Renaksi ([!~]*.db)"
"""The same without the notes `~$NAMA.db` of plans that are open. Windows hides those, and knows no such pattern."""
HIDE = QFileDialog.Option.HideNameFilterDetails
"""With `PLANS`: only its words are shown."""


def documents_folder() -> Path:
    """Where the officer keeps documents; the home folder where there is no such place."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    # A file dialog that begins in a folder that is not there takes its name for that of a file.
    return folder if folder.is_dir() else Path.home()


def local_files(data: QMimeData) -> list[Path]:
    """The files and folders among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def plans_among(paths: Sequence[Path]) -> tuple[list[Path], str]:
    """(the plan files among what has been dropped, a sentence about what is none or "")."""
    from models.notes import is_note, note_words

    folders = [path for path in paths if path.is_dir()]
    plans = [path for path in paths if path.suffix.lower() == ".db" and path not in folders]
    others = [path for path in paths if path not in plans and path not in folders]
    notes = [path for path in plans if is_note(path)]
    plans = [path for path in plans if path not in notes]
    said = []
    if folders:
        name = f"{folders[0].name} adalah folder" if len(folders) == 1 else f"{len(folders)} di antaranya folder"
        said.append(f"{name}: seret berkas rencana (.db) di dalamnya.")
    if notes:
        said.append(note_words(notes[0]))
    if others:
        alike = all(path.name.lower().endswith(".json") for path in others)
        name = others[0].name if len(others) == 1 else f"{len(others)} berkas"
        what = "memuat data rencana: pakai Berkas, Impor dokumen" if alike else "bukan berkas rencana (.db)"
        said.append(f"{name} {what}.")
    return plans, " ".join(said)


def choose_plan(parent: QWidget, title: str, start: Path, on_chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask for a file that is there, beginning in the folder `start`; Batal calls nothing."""
    dialog = QFileDialog(parent, title, str(start), PLANS)
    dialog.setOption(HIDE)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _ask(dialog, on_chosen)


def choose_new_plan(parent: QWidget, title: str, proposed: Path, on_chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask for the name of a file to be made, beginning with `proposed`; Batal calls nothing."""
    dialog = QFileDialog(parent, title, str(proposed.parent), PLANS)
    dialog.setOption(HIDE)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # A plan never takes the place of another file: making it fails with a sentence of its own.
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix("db")
    dialog.selectFile(proposed.name)
    return _ask(dialog, on_chosen)


def _ask(dialog: QFileDialog, on_chosen: Callable[[Path], None]) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.open()
    return dialog

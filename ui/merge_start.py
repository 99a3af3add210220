"""Where a merge begins: the menu, copies dropped on the window of their plan, and the start page."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.choose_plan import FILTER, documents_folder
from ui.messages import tell

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.start_page import StartPage

COPIES = "Gabung salinan: pilih salinan yang kembali (boleh beberapa)"
READ_ONLY = "Rencana ini dibuka hanya untuk dibaca. Simpan dengan nama lain (Berkas, Simpan sebagai), lalu gabungkan."
PLAN = "Gabung salinan: pilih rencana yang dikirim"


def merge_copies(window: "MainWindow") -> None:
    """A merge that was begun is gone on with; else copies are asked for. Without one, the conflicts that wait."""
    control = window.merging
    if control is None or control.running or window.session is None:
        return
    if window.session.read_only:
        tell(window, READ_ONLY)
        return
    if control.view is not None:
        control.resume()
        return
    paths = choose_copies(window, window.session.document.file.path.parent)
    if paths:
        control.start(paths)
    else:
        from services.copies import waiting

        if waiting(window.session.plan):
            control.show_conflicts()


def choose_copies(window: "MainWindow", folder: Path) -> list[Path]:
    """Ask for one or several copies; [] where the officer wants none."""
    names, _ = QFileDialog.getOpenFileNames(window, COPIES, str(folder), FILTER)
    return [Path(name) for name in names]


def merge_from_start(window: "MainWindow") -> None:
    """Ask for the plan, then for its copies, and show what a merge would bring."""
    name, _ = QFileDialog.getOpenFileName(window, PLAN, str(documents_folder()), FILTER)
    paths = choose_copies(window, Path(name).parent) if name else []
    if paths and window.open_plan(Path(name)):
        there = window.windows.of(Path(name))
        if there is not None and there.merging is not None:
            there.merging.start(paths)


def dropped(window: "MainWindow", paths: Sequence[Path]) -> list[Path]:
    """Begin a merge of those files that are copies of the open plan; returns the others, which are to be opened."""
    control, session = window.merging, window.session
    if control is None or session is None or control.running or session.read_only:
        return list(paths)
    from services.copies import is_copy_of

    copies = [path for path in paths if is_copy_of(session.document, path)]
    if copies:
        window.commit()
        control.start(copies)
    return [path for path in paths if path not in copies]


def wire_start(window: "MainWindow", start: "StartPage") -> None:
    """The button of the start page, between a new plan and the samples."""
    left = start.left
    left.merge.clicked.connect(lambda: merge_from_start(window))
    QWidget.setTabOrder(left.new, left.merge)
    QWidget.setTabOrder(left.merge, left.sample)

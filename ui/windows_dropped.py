"""What is said of dropped files that are no plans; data of a plan can be imported at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.messages import confirm, tell

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def say_others(window: "MainWindow", paths: Sequence[Path], sentence: str) -> None:
    """Say it in a dialog; of a single file with data of a plan offer the import.

    Args:
        paths: all that was dropped.
        sentence: what `plans_among` says of those that are no plans.
    """
    if len(paths) != 1 or not paths[0].name.lower().endswith(".json"):
        tell(window, sentence)
    elif confirm(window, f"{paths[0].name} memuat data rencana.", "Impor", _where(window)):
        window.files.import_file(paths[0])


def _where(window: "MainWindow") -> str:
    here = window.session is not None
    return "Dokumennya ditambahkan ke rencana ini; dapat diurungkan." if here else "Dokumennya menjadi rencana baru."

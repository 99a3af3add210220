"""What is done with the plan file as a whole: send, merge, compile, go back to a backup, look into its history."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui.read_only import changing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from ui.main_window import MainWindow
    from ui.session import Session


class PlanTools:
    """The commands for the plan file; each opens its window when it is first asked for."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    @property
    def session(self) -> "Session | None":
        """The plan of the window."""
        return self._window.session

    def send(self) -> None:
        """A copy for another office or a Bidang."""
        from ui.send_dialog import send_copy

        self._window.commit()
        send_copy(self._window)

    def merge(self) -> None:
        """Copies that come back, put into this plan."""
        from ui.merge_start import merge_copies

        self._window.commit()
        merge_copies(self._window)

    def compile(self) -> None:
        """The plans of several agencies, put into one file."""
        from ui.compile_dialog import compile_plans

        compile_plans(self._window)

    def backups(self) -> None:
        """The backups of this plan, what differs in them, and the way back."""
        from ui.backups_dialog import show_backups

        self._window.commit()
        show_backups(self._window)

    def agencies(self) -> None:
        """Pagu, cash and findings of each agency in this file."""
        from ui.compile_overview import show_agencies

        show_agencies(self._window)

    def summary(self) -> None:
        """What is due, late, not filled in and lowest in this document."""
        from ui.ringkasan_dialog import show_summary

        self._window.commit()
        show_summary(self._window)

    def history(self) -> None:
        """Who changed what, and when."""
        from ui.history_dialog import show_history

        self._window.commit()
        show_history(self._window)

    def cell_history(self) -> None:
        """The same of the cell, field or row in hand."""
        from ui.history_dialog import show_cell_history

        self._window.commit()
        show_cell_history(self._window)

    def match_print(self) -> None:
        """Whether a paper was printed from this plan, and what has changed since."""
        from ui.matching_dialog import match_print

        self._window.commit()
        match_print(self._window)

    def import_nomenclature(self) -> None:
        """The official list of program, kegiatan and sub kegiatan, put on this PC."""
        from ui.nomenclature_start import import_nomenclature

        if import_nomenclature(self._window):
            self._window.status.showMessage("Nomenklatur disimpan di komputer ini.", 8000)

    @changing
    def add_from_nomenclature(self) -> None:
        """Rows of that list, put into the plan."""
        from ui.nomenclature_start import add_from_nomenclature

        self._window.commit()
        add_from_nomenclature(self._window)

    @changing
    def close_period(self) -> None:
        """Close a period of the realisasi."""
        from ui.realisasi_close import CloseDialog

        self._ask(CloseDialog)

    @changing
    def reopen_period(self) -> None:
        """Open a closed period again, for a reason."""
        from ui.realisasi_close import ReopenDialog

        self._ask(ReopenDialog)

    def write_sheet(self) -> None:
        """A workbook that a Bidang fills in."""
        from ui.isian_sheet import SheetDialog

        self._ask(SheetDialog)

    @changing
    def read_sheet(self) -> None:
        """A filled-in workbook, with a preview of what it changes."""
        from PySide6.QtWidgets import QFileDialog

        from ui.isian_preview import PreviewDialog

        session = self._window.session
        if session is None:
            return
        folder = str(session.document.file.path.parent)
        path, _ = QFileDialog.getOpenFileName(self._window, "Baca lembar isian", folder, "Lembar isian (*.xlsx)")
        if path:
            self._ask(lambda session, window: PreviewDialog(session, Path(path), window))

    @changing
    def capaian_settings(self) -> None:
        """Predicates, cap and floor of this document."""
        from ui.realisasi_settings import CapaianSettings

        self._ask(CapaianSettings)

    def _ask(self, make: "Callable[[Session, MainWindow], QDialog]") -> None:
        """A dialog about the shown document."""
        self._window.commit()
        session = self._window.session
        if session is not None and session.dokumen_id:
            dialog = make(session, self._window)
            dialog.exec()
            dialog.deleteLater()

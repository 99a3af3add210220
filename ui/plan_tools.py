"""What is done with the plan file as a whole: send, merge, compile, go back to a backup, look into its history."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class PlanTools:
    """The commands for the plan file; each opens its window when it is first asked for."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

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

    def add_from_nomenclature(self) -> None:
        """Rows of that list, put into the plan."""
        from ui.nomenclature_start import add_from_nomenclature

        self._window.commit()
        add_from_nomenclature(self._window)

"""The dialogs about a plan as a whole: a new one, its identity, its next stage and its next year."""

from typing import TYPE_CHECKING

from ui.busy import busy
from ui.read_only import changing

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session


class PlanDialogs:
    """Each asks, and then does what was chosen."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    @property
    def session(self) -> "Session | None":
        """The plan of the window."""
        return self._window.session

    def new_plan(self) -> None:
        """Begin a plan from nothing, or from last year's."""
        from ui.new_plan_dialog import NewPlanDialog

        window = self._window
        dialog = NewPlanDialog(window)
        if dialog.exec() and dialog.path is not None:
            window.open_plan(dialog.path)
        dialog.deleteLater()

    @changing
    def edit_identity(self) -> None:
        """Agency, title, year and stage of the shown document."""
        from ui.identity_dialog import IdentityDialog

        window = self._window
        window.commit()
        session = window.session
        if session is not None and session.dokumen_id:
            dialog = IdentityDialog(session, window)
            dialog.exec()
            dialog.deleteLater()

    @changing
    def new_stage(self) -> None:
        """A revision: the document copied as the next stage of its plan, and shown."""
        from services.tahap import new_stage
        from ui.new_stage_dialog import NewStageDialog

        window = self._window
        window.commit()
        session = window.session
        if session is None or not session.dokumen_id:
            return
        dialog = NewStageDialog(session.plan, window)
        if dialog.exec():
            choice = dialog.choice
            with busy():
                changes, dokumen_id = new_stage(session.plan, choice.dokumen_id, realisasi=choice.realisasi)
                if session.edit("buat dokumen perubahan", changes):
                    session.show_document(dokumen_id)
        dialog.deleteLater()

    @changing
    def new_year(self) -> None:
        """The plan of the next year from the shown document, in this file or in a file of its own."""
        from services.new_year import LABEL, new_year
        from ui.new_year_dialog import NewYearDialog

        window = self._window
        window.commit()
        session = window.session
        if session is None or not session.dokumen_id:
            return
        dialog = NewYearDialog(session.plan, session.dokumen_id, session.document.file.path, window)
        if dialog.exec():
            if dialog.path is not None:
                window.open_plan(dialog.path)
            else:
                with busy():
                    changes, dokumen_id = new_year(session.plan, session.dokumen_id)
                    if session.edit(LABEL, changes):
                        session.show_document(dokumen_id)
        dialog.deleteLater()

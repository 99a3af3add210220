"""The main window: it only wires; what it shows and does is in the parts."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from models.errors import PlanError
from models.files import same_file
from ui.actions import Actions
from ui.file_dialogs import FileDialogs
from ui.icons import program_icon
from ui.messages import confirm, tell
from ui.status import StatusLine
from ui.toolbar import ToolBar

if TYPE_CHECKING:
    from services.document import Document
    from ui.forms_view import FormsView
    from ui.narasi_view import NarasiView
    from ui.session import Session
    from ui.start_page import StartPage
    from ui.work_page import WorkPage

VERSION = "0.1"
TITLE_BAR = 30
SUSUN, NASKAH, FORMULIR = range(3)
"""The views of an open plan, in the order of the bar."""


class MainWindow(QMainWindow):
    """Start page, or one open plan with its views: Susun, Naskah and Formulir."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Renaksi")
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        room = self.screen().availableSize()
        self.resize(min(1366, room.width()), min(738, room.height() - TITLE_BAR))
        self.session: Session | None = None
        self.work: WorkPage | None = None
        self.naskah: NarasiView | None = None
        self.forms: FormsView | None = None
        self.start: StartPage | None = None
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        self.files = FileDialogs(self)
        self.actions_ = Actions(self)
        self.bar = ToolBar(self.actions_, self)
        self.addToolBar(self.bar)
        self.bar.hide()
        self.status.hide()
        self.bar.view_chosen.connect(self.show_view)
        self.bar.document_chosen.connect(self._on_document_chosen)
        geometry = QSettings().value("jendela")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def show_start(self) -> None:
        """The start page; an open plan is closed first."""
        from ui.start_page import StartPage

        self.close_plan()
        self.start = StartPage(VERSION)
        self.start.open_requested.connect(self.open_plan)
        self.start.new_requested.connect(self.new_plan)
        self.start.sample_requested.connect(self.open_sample)
        self._pages.addWidget(self.start)
        self._pages.setCurrentWidget(self.start)
        self.bar.hide()
        self.status.hide()
        self.actions_.refresh()
        self.start.setFocus()

    def open_plan(self, path: Path) -> bool:
        """Open a plan file in this window; False where it cannot be, and why has been said."""
        from services.document import Document

        if self.session is not None and same_file(self.session.document.file.path, path):
            return True
        try:
            document = Document.open(path)
        except PlanError as error:
            left = self._left_over(path, str(error))
            if left is None:
                return False
            document = left
        self.close_plan()
        self._show(document)
        return True

    def _left_over(self, path: Path, why: str) -> "Document | None":
        """What the working copy still holds of a plan that cannot be opened, if the officer wants to go on with it."""
        from models.plan_file import left_overs
        from services.document import Document

        if not any(same_file(path, target) for target, _ in left_overs()):
            tell(self, why)
            return None
        note = "Isian terakhir rencana ini masih ada di komputer ini. Setelah dibuka, simpan dengan nama lain."
        if not confirm(self, why, "Lanjutkan isian terakhir", note):
            return None
        try:
            return Document.open_left_over(path)
        except PlanError as error:
            tell(self, str(error))
            return None

    def open_sample(self) -> None:
        """The officer's own copy of the Buleleng sample."""
        from services.samples import own_sample

        self.guarded(lambda: self.open_plan(own_sample()))

    def new_plan(self) -> None:
        """Begin a plan from nothing."""
        from ui.new_plan_dialog import NewPlanDialog

        dialog = NewPlanDialog(self)
        if dialog.exec() and dialog.path is not None:
            self.open_plan(dialog.path)
        dialog.deleteLater()

    def edit_identity(self) -> None:
        """Agency, title, year and stage of the shown document."""
        from ui.identity_dialog import IdentityDialog

        self.commit()
        if self.session is not None and self.session.dokumen_id:
            dialog = IdentityDialog(self.session, self)
            dialog.exec()
            dialog.deleteLater()

    def new_stage(self) -> None:
        """A revision: the document copied as the next stage of its plan, and shown."""
        from services.tahap import new_stage
        from ui.new_stage_dialog import NewStageDialog

        self.commit()
        if self.session is None or not self.session.dokumen_id:
            return
        dialog = NewStageDialog(self.session.plan, self)
        if dialog.exec():
            choice = dialog.choice
            changes, dokumen_id = new_stage(self.session.plan, choice.dokumen_id, realisasi=choice.realisasi)
            if self.session.edit("buat dokumen perubahan", changes):
                self.session.show_document(dokumen_id)
        dialog.deleteLater()

    def show_view(self, index: int) -> None:
        """SUSUN, NASKAH or FORMULIR."""
        self.commit()
        if self.session is None or self.work is None:
            return
        page: QWidget = self.work
        if index == NASKAH:
            page = self.naskah = self.naskah or self._new_naskah(self.session)
        elif index == FORMULIR:
            page = self.forms = self.forms or self._new_forms(self.session)
        self._pages.setCurrentWidget(page)
        self.bar.set_view(index)
        page.setFocus()

    def _new_naskah(self, session: "Session") -> "NarasiView":
        from ui.narasi_view import NarasiView

        view = NarasiView(session)
        self._pages.addWidget(view)
        return view

    def _new_forms(self, session: "Session") -> "FormsView":
        from ui.forms_view import FormsView

        view = FormsView(session)
        view.message.connect(lambda text: self.status.showMessage(text, 8000))
        view.failed.connect(lambda sentence: tell(self, sentence))
        view.findings_wanted.connect(self.show_findings)
        self._pages.addWidget(view)
        return view

    def show_form(self, name: str) -> None:
        """A form in its preview."""
        self.show_view(FORMULIR)
        if self.forms is not None:
            self.forms.show_form(name)

    def cycle_focus(self, step: int) -> None:
        """F6 and Shift+F6: the next or previous part of the view."""
        page = next((p for p in (self.work, self.naskah, self.forms) if p is self._pages.currentWidget()), None)
        if page is None:
            return
        panes = [pane for pane in page.panes() if pane.isVisible()]
        focus = self.focusWidget()
        at = next((i for i, p in enumerate(panes) if focus and (focus is p or p.isAncestorOf(focus))), -step)
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        """Store what is being typed, before anything looks at the plan as a whole."""
        for page in (self.work, self.naskah, self.forms):
            if page is not None:
                page.commit()

    def show_findings(self) -> None:
        """The findings, beside the rows that they are about."""
        self.show_view(SUSUN)
        if self.work is not None:
            self.work.findings.setVisible(True)
            self.work.findings.view.setFocus()

    def close_plan(self) -> None:
        """Publish and let go of the open plan."""
        if self.session is None:
            self._remove(self.start)
            self.start = None
            return
        self.commit()
        self._remember()
        session, self.session = self.session, None
        try:
            session.close()
        except PlanError as error:
            tell(self, f"{error} Saat rencana ini dibuka lagi, isian terakhir dilanjutkan dari komputer ini.")
        self.status.set_session(None)
        for page in (self.work, self.naskah, self.forms):
            self._remove(page)
        self.work, self.naskah, self.forms = None, None, None
        session.deleteLater()
        self.actions_.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        QSettings().setValue("jendela", self.saveGeometry())
        self.close_plan()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.toLocalFile().lower().endswith(".db") for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.open_plan(Path(event.mimeData().urls()[0].toLocalFile()))

    def _show(self, document: "Document") -> None:
        from ui.session import Session
        from ui.work_page import WorkPage

        session = self.session = Session(document, self)
        self._remember()
        self._remove(self.start)
        self.start = None
        session.failed.connect(self._on_failed)
        session.not_written.connect(lambda sentence: tell(self, sentence))
        session.changed.connect(self._on_changed)
        session.switched.connect(self.retitle)
        self.work = WorkPage(session)
        self._pages.addWidget(self.work)
        self.work.row_changed.connect(lambda row: self.actions_.refresh())
        self.work.findings.counted.connect(lambda: self.bar.show_findings(self.work))
        self.work.grid.selection_text.connect(self.status.selection.setText)
        self.status.set_session(session)
        self.bar.show()
        self.status.show()
        self.bar.set_documents(session)
        self.bar.show_findings(self.work)
        self.show_view(SUSUN)
        self.retitle()
        self.actions_.refresh()
        self.work.tree.view.setFocus()
        self._say_recovered(document)

    def _say_recovered(self, document: "Document") -> None:
        file = document.file
        if file.recovered:
            self.status.showMessage("Isian yang belum sempat ditulis ke berkas telah dilanjutkan.", 15000)
        if file.set_aside is not None:
            tell(
                self,
                f"{file.path.name} telah diganti sejak terakhir dibuka. Isian lama yang belum tertulis disimpan di "
                f"{file.set_aside}; buka berkas itu untuk membandingkan.",
            )

    def guarded(self, action: Callable[[], object]) -> bool:
        """Do something that may end in a sentence for the officer; False where it did."""
        try:
            action()
        except PlanError as error:
            tell(self, str(error))
            return False
        return True

    def _on_failed(self, sentence: str) -> None:
        self.status.showMessage(sentence, 12000)

    def _on_changed(self) -> None:
        self.actions_.refresh()
        if self.session is not None:
            self.bar.set_documents(self.session)
            self.retitle()

    def _on_document_chosen(self, dokumen_id: str) -> None:
        self.commit()
        if self.session is not None:
            self.session.show_document(dokumen_id)

    def retitle(self) -> None:
        """The file and the shown document in the window's title."""
        from services.naming import document_name

        if self.session is not None and self.session.dokumen_id:
            name = self.session.document.file.path.stem
            self.setWindowTitle(f"{name} · {document_name(self.session.dokumen)} – Renaksi")

    def _remember(self) -> None:
        from ui.recent import RecentPlans, entry_of

        session = self.session
        if session is None or not session.dokumen_id:
            return
        if self.start is not None:
            self.start.remember(entry_of(session))
        else:
            self.guarded(lambda: RecentPlans().note(entry_of(session)))

    def _remove(self, page: QWidget | None) -> None:
        if page is not None:
            self._pages.removeWidget(page)
            page.deleteLater()

"""The main window: it only wires; what it shows and does is in the parts."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from models.errors import PlanError
from ui.actions import Actions
from ui.choose_plan import local_files, plans_among
from ui.file_dialogs import FileDialogs
from ui.icons import program_icon
from ui.merge_notice import MergeNotice
from ui.messages import tell
from ui.status import StatusLine
from ui.toolbar import FORMULIR as FORMULIR
from ui.toolbar import NASKAH as NASKAH
from ui.toolbar import POHON as POHON
from ui.toolbar import SUSUN as SUSUN
from ui.toolbar import ToolBar
from ui.windows import Windows
from ui.windows_dialogs import PlanDialogs
from ui.windows_layout import keep_layout, keep_window, restore_layout, restore_window

if TYPE_CHECKING:
    from services.document import Document
    from services.search import Hit
    from ui.forms_view import FormsView
    from ui.merge_control import MergeControl
    from ui.narasi_view import NarasiView
    from ui.pohon_view import PohonView
    from ui.session import Session
    from ui.start_page import StartPage
    from ui.work_page import WorkPage

VERSION = "0.1"
TITLE_BAR = 30


class MainWindow(QMainWindow):
    """Start page, or one open plan with its views: Susun, Pohon, Naskah, Formulir.

    `page_changed()`: it shows another.
    """

    page_changed = Signal()

    def __init__(self, windows: Windows | None = None) -> None:
        super().__init__()
        self.windows = windows if windows is not None else Windows()
        self.windows.add(self)
        self.setWindowTitle("Renaksi")
        self.setWindowIcon(program_icon())
        self.setAcceptDrops(True)
        room = self.screen().availableSize()
        self.resize(min(1366, room.width()), min(738, room.height() - TITLE_BAR))
        self.session: Session | None = None
        self.work: WorkPage | None = None
        self.pohon: PohonView | None = None
        self.naskah: NarasiView | None = None
        self.forms: FormsView | None = None
        self.start: StartPage | None = None
        self.merging: MergeControl | None = None
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(self.page_changed)
        self._notice = MergeNotice()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._notice)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(whole)
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        self.files = FileDialogs(self)
        self.dialogs = PlanDialogs(self)
        self.actions_ = Actions(self)
        self.bar = ToolBar(self.actions_, self)
        self.addToolBar(self.bar)
        self.bar.hide()
        self.status.hide()
        self.bar.view_chosen.connect(self.show_view)
        self.bar.document_chosen.connect(self._on_document_chosen)
        self.bar.finder.go.connect(self._on_found)
        self.bar.finder.said.connect(lambda text: self.status.showMessage(text, 8000))
        restore_window(self)

    def show_start(self) -> None:
        """The start page; an open plan is closed first, unless the officer calls that off."""
        from ui.merge_start import wire_start
        from ui.start_page import StartPage

        if not self.may_close():
            return
        self.close_plan()
        self.start = StartPage(VERSION)
        self.start.open_requested.connect(self.open_plan)
        self.start.setAcceptDrops(False)
        self.start.new_requested.connect(self.new_plan)
        self.start.sample_requested.connect(self.open_sample)
        wire_start(self, self.start)
        self._pages.addWidget(self.start)
        self._pages.setCurrentWidget(self.start)
        self.bar.hide()
        self.status.hide()
        self.actions_.refresh()
        self.start.setFocus()

    def open_plan(self, path: Path) -> bool:
        """Open a plan file; False where it cannot be, and why has been said.

        In this window where it has no plan, else in another one; where the file is open already its window comes
        forward.
        """
        from ui.windows_opening import opened

        there = self.windows.of(path)
        if there is not None:
            self.windows.forward(there)
            return True
        document = opened(self, path)
        if document is None:
            return False
        self.setCursor(Qt.CursorShape.WaitCursor)
        room = self.windows.room(self)
        room.show_plan(document)
        self.unsetCursor()
        if room is not self:
            self.windows.forward(room)
        return True

    def open_sample(self, name: str = "") -> None:
        """The officer's own copy of a sample; of the Buleleng sample where none is named."""
        from services.resources import FIRST_SAMPLE
        from services.samples import own_sample

        self.guarded(lambda: self.open_plan(own_sample(name or FIRST_SAMPLE)))

    def new_plan(self) -> None:
        """Begin a plan from nothing, or from last year's."""
        self.dialogs.new_plan()

    def edit_identity(self) -> None:
        """Agency, title, year and stage of the shown document."""
        self.dialogs.edit_identity()

    def begin_find(self) -> None:
        """Ctrl+F: the search field of the plan, or of the start page."""
        if self.session is not None:
            self.bar.finder.begin()
        elif self.start is not None:
            self.start.focus_search()

    def show_view(self, index: int) -> None:
        """SUSUN, POHON, NASKAH or FORMULIR."""
        self.commit()
        if self.session is None or self.work is None:
            return
        page: QWidget = self.work
        if index == POHON:
            page = self.pohon = self.pohon or self._new_pohon(self.session, self.work)
        elif index == NASKAH:
            page = self.naskah = self.naskah or self._new_naskah(self.session)
        elif index == FORMULIR:
            page = self.forms = self.forms or self._new_forms(self.session)
        self._pages.setCurrentWidget(page)
        self.bar.set_view(index)
        self.status.show_view(self.forms if index == FORMULIR else None)
        self.status.show_selection(self.pohon.summary() if self.pohon is not None and index == POHON else "")
        page.setFocus()

    def current_page(self) -> QWidget | None:
        """The page that is shown."""
        return self._pages.currentWidget()

    def shows_page(self, page: QWidget | None) -> bool:
        """Whether this page is shown."""
        return page is not None and page is self.current_page()

    def show_page(self, page: QWidget) -> None:
        """Show a page that is none of the views."""
        self.commit()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def remove_page(self, page: QWidget | None) -> None:
        """Take a page out."""
        if page is not None:
            self._pages.removeWidget(page)
            page.deleteLater()

    def _new_pohon(self, session: "Session", work: "WorkPage") -> "PohonView":
        from ui.pohon_view import PohonView

        view = PohonView(session, work.tree)
        view.form_wanted.connect(self.show_form)
        view.trees_wanted.connect(lambda: self.show_view(SUSUN))
        view.positions_wanted.connect(self.actions_.edit_positions)
        view.summary_changed.connect(self._on_summary)
        self._pages.addWidget(view)
        return view

    def _new_naskah(self, session: "Session") -> "NarasiView":
        from ui.narasi_view import NarasiView

        view = NarasiView(session)
        self._pages.addWidget(view)
        restore_layout(view, "naskah")
        return view

    def _new_forms(self, session: "Session") -> "FormsView":
        from ui.forms_view import FormsView

        view = FormsView(session)
        view.message.connect(lambda text: self.status.showMessage(text, 8000))
        view.failed.connect(lambda sentence: tell(self, sentence))
        view.findings_wanted.connect(self.show_findings)
        view.cell_wanted.connect(self._on_cell_wanted)
        self._pages.addWidget(view)
        restore_layout(view, "formulir")
        return view

    def show_form(self, name: str) -> None:
        """A form in its preview."""
        self.show_view(FORMULIR)
        if self.forms is not None:
            self.forms.show_form(name)

    def cycle_focus(self, step: int) -> None:
        """F6 and Shift+F6: the next or previous part of the view."""
        merge = self.merging.view if self.merging is not None else None
        pages = (self.work, self.pohon, self.naskah, self.forms, merge)
        page = next((p for p in pages if p is self.current_page()), None)
        if page is None:
            return
        panes = [pane for pane in page.panes() if pane.isVisible() and pane.isEnabled()]
        focus = self.focusWidget()
        at = next((i for i, p in enumerate(panes) if focus and (focus is p or p.isAncestorOf(focus))), -step)
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        """Store what is being typed, before anything looks at the plan as a whole."""
        if self.work is not None:
            self.work.tree.commit()
        for page in (self.work, self.pohon, self.naskah, self.forms):
            if page is not None:
                page.commit()

    def show_findings(self) -> None:
        """The findings, beside the rows that they are about."""
        self.show_view(SUSUN)
        if self.work is not None:
            self.work.findings.setVisible(True)
            self.work.findings.view.setFocus()

    def close_plan_or_window(self) -> None:
        """Ctrl+W: the window where there are others; of the last one the start page stays."""
        if len(self.windows.all()) > 1:
            self.close()
        else:
            self.show_start()

    def may_close(self) -> bool:
        """Write the open plan, and ask where that fails; False where it shall stay open."""
        closing = self.session.closing if self.session is not None else None
        return closing is None or closing.may_close()

    def stay_open(self) -> None:
        """The plan of this window is not let go after all."""
        if self.session is not None and self.session.closing is not None:
            self.session.closing.call_off()

    def close_plan(self) -> None:
        """Publish and let go of the open plan."""
        if self.session is None:
            self.remove_page(self.start)
            self.start = None
            return
        from ui.recent_place import remember

        self.commit()
        remember(self)
        if self.merging is not None:
            self.merging.end()
            self.merging = None
        session, self.session = self.session, None
        try:
            session.close()
        except PlanError as error:
            tell(self, f"{error} Saat rencana ini dibuka lagi, isian terakhir dilanjutkan dari komputer ini.")
        self.status.set_session(None)
        self.bar.finder.set_session(None)
        for name, page in (("susun", self.work), ("naskah", self.naskah), ("formulir", self.forms)):
            keep_layout(page, name)
            self.remove_page(page)
        self.remove_page(self.pohon)
        self.work, self.pohon, self.naskah, self.forms = None, None, None, None
        session.deleteLater()
        self.setWindowTitle("Renaksi")
        self.actions_.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        keep_window(self)
        self.close_plan()
        event.accept()
        self.windows.remove(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        from ui.merge_start import dropped
        from ui.windows_dropped import say_others

        files = local_files(event.mimeData())
        paths, others = plans_among(files)
        for path in dropped(self, paths):
            self.open_plan(path)
        if others:
            # After the drop has ended: the sender waits for it.
            QTimer.singleShot(0, self, lambda: say_others(self, files, others))

    def show_plan(self, document: "Document") -> None:
        """Show a document that has just been opened; this window has no plan."""
        from ui.history_place import place_now
        from ui.merge_control import MergeControl
        from ui.recent_place import go_on, last_seen, remember
        from ui.ringkasan_strip import offer_summary
        from ui.session import Session
        from ui.windows_opening import say_recovered
        from ui.work_page import WorkPage

        self.close_plan()
        session = self.session = Session(document, self)
        session.place = lambda: place_now(self)
        last = last_seen(session)
        remember(self, last)
        self.remove_page(self.start)
        self.start = None
        session.failed.connect(self._on_failed)
        session.not_written.connect(lambda sentence: tell(self, sentence))
        session.changed.connect(self._on_changed)
        session.switched.connect(self._on_switched)
        self.work = WorkPage(session)
        self._pages.addWidget(self.work)
        self.actions_.set_work(self.work)
        self.work.row_changed.connect(lambda row: self.actions_.refresh())
        self.work.findings.counted.connect(lambda: self.bar.show_findings(self.work))
        self.work.findings.print_wanted.connect(lambda: self.show_form("daftar-temuan"))
        self.work.grid.selection_text.connect(self.status.show_selection)
        self.status.set_session(session)
        self.bar.finder.set_session(session)
        self.bar.show()
        self.status.show()
        restore_layout(self.work, "susun")
        self.show_view(SUSUN)
        self.work.tree.view.setFocus()
        go_on(self, last)
        self.bar.set_documents(session)
        self.bar.show_findings(self.work)
        self.retitle()
        self.actions_.refresh()
        self.merging = MergeControl(self, session, self._notice)
        say_recovered(self, document)
        offer_summary(self)

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
        self.status.clearMessage()
        self.actions_.refresh()
        if self.session is not None:
            self.bar.set_documents(self.session)
            self.retitle()

    def _on_summary(self, text: str) -> None:
        if self.shows_page(self.pohon):
            self.status.show_selection(text)

    def _on_document_chosen(self, dokumen_id: str) -> None:
        self.commit()
        if self.session is not None:
            self.session.show_document(dokumen_id)

    def _on_switched(self) -> None:
        if self.session is not None:
            self.bar.set_documents(self.session)
            self.retitle()

    def retitle(self) -> None:
        """The file and the shown document in the window's title."""
        from services.naming import document_name

        if self.session is not None and self.session.dokumen_id:
            name = self.session.document.file.path.stem
            if self.session.read_only:
                name += " (hanya untuk dibaca)"
            self.setWindowTitle(f"{name} · {document_name(self.session.dokumen)} – Renaksi")

    def _on_found(self, hit: "Hit") -> None:
        from ui.find_go import show_hit

        self.commit()
        row = self.session.plan.find(hit.table, hit.row_id) if self.session is not None else None
        if self.pohon is not None and self.shows_page(self.pohon) and row is not None and self.pohon.has(row):
            self.pohon.show_row(row)
        else:
            show_hit(self, hit, self.bar.finder.text())

    def _on_cell_wanted(self, key: str) -> None:
        from ui.preview_cells import show_cell

        show_cell(self, key)

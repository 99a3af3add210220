"""Formulir: the official forms of the plan that is open, as they will be printed, with their page and signatory."""

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.errors import PlanError
from services.checks import grouped
from services.export import file_name, render
from services.forms import FORMS, build_form
from services.forms.parts import Form, Page
from services.forms.printed import worst_level
from ui.form_export import FormExport, ask_path
from ui.form_list import FormList
from ui.form_settings import FormSettings, edge, pane_head
from ui.newest import Newest
from ui.page_counter import PageCounter
from ui.page_images import Pages, open_pages
from ui.page_layout import View
from ui.preview import Preview
from ui.preview_bar import PreviewBar
from ui.printing import ask_printer, printer_for
from ui.session import Session

LIST_WIDTH = 256
REST = 250
"""Milliseconds without an edit before the preview follows."""
_SLOW = 400
"""Milliseconds after which it is said that a preview is on its way."""

Subject = tuple[int, str, str]
"""What a preview shows: which session (counted), which document, which form."""


@dataclass(frozen=True, slots=True)
class _Made:
    subject: Subject
    pages: Pages
    empty: bool


class FormsView(QWidget):
    """`message` says what was done, `failed` what could not be; `findings_wanted` asks for the list of findings.

    While the view is hidden nothing is laid out; it catches up when it is shown.
    """

    message = Signal(str)
    failed = Signal(str)
    findings_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._era = 0
        self._pages: dict[str, Page] = {}
        self._stale = True
        self._shown: Subject | None = None
        self.list = FormList()
        self.preview = Preview()
        self.bar = PreviewBar(self.preview)
        self.settings = FormSettings(session)
        self.exporter = FormExport(self)
        self._maker = Newest(self)
        self._counter = PageCounter(self)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._lay_out()
        self._connect()
        self.list.select(next(iter(FORMS)))
        self._listen()

    @property
    def name(self) -> str:
        """The form that is shown."""
        return self.list.name()

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes round: list, preview, settings, Ekspor."""
        return self.list, self.preview, self.settings.page.paper, self.settings.export.pdf

    def set_session(self, session: Session) -> None:
        """Turn to another plan file. What is still being typed must have been stored before: `commit`."""
        self._session.changed.disconnect(self._on_changed)
        self._session.switched.disconnect(self._on_switched)
        self._session = session
        self._era += 1
        self._pages.clear()
        self._listen()
        self.settings.signatory.set_session(session)
        self._on_chosen(self.name)

    def show_form(self, name: str) -> None:
        """Turn to a form."""
        self.list.select(name)

    def commit(self) -> str:
        """Store what is still being typed in a field; the sentence about what cannot be stored, or ""."""
        return self.settings.signatory.commit()

    def export(self, kind: str = "pdf") -> None:
        """Ask for a file name and write the form that is shown as `pdf` or `xlsx`."""
        if self._current_form() is None:
            return
        session = self._session
        name = file_name(session.plan, session.dokumen_id, self.name, kind)
        path = ask_path(self, kind, name, session.document.file.path.parent)
        if path is not None:
            self.export_to(kind, path)

    def export_to(self, kind: str, path: Path) -> None:
        """Write the form that is shown; `message` or `failed` says how it went."""
        form = self._current_form()
        if form is not None:
            self.exporter.write(form, kind, path)

    def print(self) -> None:
        """Ask for a printer and print the form that is shown."""
        form = self._current_form()
        if form is None:
            return
        printer = printer_for(form.page, form.title)
        count = self.preview.count if self._shown == self._subject() else 0
        if ask_printer(printer, count, self):
            self.exporter.print_on(form, printer)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Lay the form out anew, from the plan as it is now."""
        self._rest.stop()
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._mark_findings()
        subject = self._subject()
        try:
            form = self._form()
        except PlanError as error:
            for name in FORMS:
                self.list.set_pages(name, 0, empty=True)
            self._on_failed(str(error))
            return
        view = self.preview.view(keep_place=subject == self._shown)
        self._maker.start(partial(_make, form, subject, view))
        self._slow.start()

    def _lay_out(self) -> None:
        left, middle = QVBoxLayout(), QVBoxLayout()
        for column, head, body in (
            (left, pane_head("Formulir"), self.list),
            (middle, self.bar, self.preview),
        ):
            column.setSpacing(0)
            column.addWidget(head)
            column.addWidget(edge())
            column.addWidget(body)
        self.list.setMinimumWidth(LIST_WIDTH // 2)
        self.list.setMaximumWidth(LIST_WIDTH - 1)
        self.setFocusProxy(self.list)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left)
        layout.addWidget(edge(upright=True))
        layout.addLayout(middle, 1)
        layout.addWidget(edge(upright=True))
        layout.addWidget(self.settings)
        for before, after in (
            (self.list, self.preview),
            (self.preview, self.bar.page),
            (self.bar.page, self.bar.zoom),
            (self.bar.zoom, self.settings.page.paper),
        ):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.settings.page.page_changed.connect(self._on_page_set)
        box = self.settings.export
        box.export_wanted.connect(self.export)
        box.print_wanted.connect(self.print)
        box.findings_wanted.connect(self.findings_wanted)
        self.exporter.message.connect(self.message)
        self.exporter.failed.connect(self.failed)
        self.exporter.busy_changed.connect(self._say_ready)
        self._maker.finished.connect(self._on_made)
        self._maker.failed.connect(self._on_failed)
        self._counter.counted.connect(self._on_counted)
        self._rest.timeout.connect(self.refresh)
        self._slow.timeout.connect(lambda: self.bar.rest.setText("Memperbarui..."))

    def _listen(self) -> None:
        self._session.changed.connect(self._on_changed)
        self._session.switched.connect(self._on_switched)

    def _subject(self) -> Subject:
        return self._era, self._session.dokumen_id, self.name

    def _form(self, name: str | None = None) -> Form:
        """A form on the paper that the officer set for it.

        Raises:
            PlanError: there is no document whose form it could be.
        """
        session, name = self._session, name or self.name
        if not session.dokumen_id:
            raise PlanError("Berkas ini belum memuat dokumen rencana. Buat dokumen lebih dahulu.")
        form = build_form(session.plan, session.dokumen_id, name)
        return form.on(self._pages.get(name, form.page))

    def _current_form(self) -> Form | None:
        """The form as it is now, with what is still being typed; None (said through `failed`) where that is no good."""
        problem = self.commit()
        if not problem:
            try:
                return self._form()
            except PlanError as error:
                problem = str(error)
        self.failed.emit(problem)
        return None

    def _mark_findings(self) -> None:
        session = self._session
        findings = list(session.checks.of(session.dokumen_id))
        for name in FORMS:
            self.list.set_level(name, worst_level(session.plan, session.dokumen_id, name, findings))
        galat = [finding for finding in findings if finding.tingkat == "galat"]
        self.settings.export.set_faults(len(grouped(galat)))

    def _say_ready(self) -> None:
        self.settings.export.set_ready(bool(self._session.dokumen_id) and not self.exporter.busy)

    def _on_chosen(self, name: str) -> None:
        self.bar.title.setText(FORMS[name].title)
        self.preview.title = FORMS[name].title
        self.settings.page.setEnabled(bool(self._session.dokumen_id))
        self._say_ready()
        if self._session.dokumen_id:
            self.settings.page.show_page(self._form().page)
        self.refresh()

    def _on_page_set(self, page: Page) -> None:
        self._pages[self.name] = page
        self.refresh()

    def _on_changed(self) -> None:
        self.settings.signatory.follow()
        self._say_ready()
        if self.isVisible():
            self._rest.start()
        else:
            self._stale = True

    def _on_switched(self) -> None:
        self.settings.signatory.set_session(self._session)
        self._on_chosen(self.name)

    def _on_made(self, made: _Made) -> None:
        if made.subject != self._subject():
            return
        self._end_wait()
        self.preview.show_pages(made.pages, keep_place=made.subject == self._shown)
        self._shown = made.subject
        self.list.set_pages(self.name, self.preview.count, empty=made.empty)
        self._counter.count([name for name in FORMS if name != self.name], self._form)

    def _on_failed(self, sentence: str) -> None:
        self._end_wait()
        self._shown = None
        self.preview.show_message(sentence)

    def _end_wait(self) -> None:
        if not self._maker.busy:
            self._slow.stop()
            self.bar.rest.clear()

    def _on_counted(self, name: str, pages: int, empty: bool) -> None:
        self.list.set_pages(name, pages, empty=empty)


def _make(form: Form, subject: Subject, view: View) -> _Made:
    """The form's PDF and the pictures that are to be seen first. Runs off the GUI thread."""
    out = BytesIO()
    render(form, "pdf", out)
    return _Made(subject, open_pages(out.getvalue(), view), form.empty)

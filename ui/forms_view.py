"""Formulir: the official forms of the plan that is open, as they will be printed, with their page and signatory."""

from pathlib import Path

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from models.errors import PlanError
from models.rows import Dokumen
from services.forms import FORMS
from services.forms.printed import worst_level
from services.forms.settings import Setup, set_setup, setup_of
from ui.form_maker import FormMaker, Made, Subject
from ui.form_source import fault_sentence, full_title, open_findings, short_title
from ui.forms_out import FormsOut
from ui.forms_panes import FormsPanes
from ui.newest import BUG
from ui.page_counter import PageCounter
from ui.page_images import Pages
from ui.per_position import PerPosition
from ui.preview_cells import HINT, CellFinder
from ui.session import Session

REST = 250
"""Milliseconds without an edit before the preview follows."""
COUNT_REST = 1200
"""Milliseconds without an edit before the pages of the other forms are counted again."""
_SLOW = 400
"""Milliseconds after which it is said that a preview is on its way."""
_THUMBS = "formulir/halaman-kecil"


class FormsView(FormsPanes):
    """`message` says what was done, `failed` what could not be; `findings_wanted` asks for the list of findings.

    `cell_wanted(key)`: the cell with this key was double-clicked, "" for a place without one.

    While the view is hidden nothing is laid out; it catches up when it is shown.
    """

    message = Signal(str)
    failed = Signal(str)
    findings_wanted = Signal()
    cell_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._session = session
        self._era = 0
        self._stale = True
        self._shown: Subject | None = None
        self._set_for: Subject = (0, "", "")
        self._uncounted = set(FORMS)
        self.out = FormsOut(self)
        self.exporter = self.out.exporter
        self.positions = PerPosition(self)
        self._maker = FormMaker(self)
        self._counter = PageCounter(self)
        self._finder = CellFinder(self)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._recount = QTimer(self, singleShot=True)
        self._connect()
        self.bar.thumbs.setChecked(QSettings().value(_THUMBS, "") == "ya")
        self.list.select(next(iter(FORMS)))
        self._listen()

    @property
    def name(self) -> str:
        """The form that is shown."""
        return self.list.name()

    @property
    def session(self) -> Session:
        """The plan whose forms they are."""
        return self._session

    def set_session(self, session: Session) -> None:
        """Turn to another plan file. What is still being typed must have been stored before: `commit`."""
        self._session.changed.disconnect(self._on_changed)
        self._session.switched.disconnect(self._on_switched)
        self._session = session
        self._era += 1
        self._listen()
        self._on_switched()

    def show_form(self, name: str) -> None:
        """Turn to a form."""
        self.list.select(name)

    def commit(self) -> str:
        """Store what is still being typed in a field; the sentence about what cannot be stored, or ""."""
        self.settings.page.commit()
        return self.settings.signatory.commit()

    def export(self, kind: str = "pdf") -> None:
        """Ask where to, and write the form that is shown, or those that are chosen for the bundle."""
        self.out.export(kind)

    def export_to(self, kind: str, path: Path) -> None:
        """Write the form that is shown; `message` or `failed` says how it went."""
        self.out.export_to(kind, path)

    def print(self) -> None:
        """Ask for a printer and print the form that is shown, or each of those that are chosen for the bundle."""
        self.out.print()

    def shown_pages(self) -> int:
        """How many pages the form that is shown has; 0 while its preview is not of today."""
        return self.preview.count if self._shown == self._subject() else 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        else:
            self._recount.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        self._recount.stop()
        self._counter.stop()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Lay the form out anew, from the plan as it is now."""
        self._rest.stop()
        self._stale = not self.isVisible()
        if self._stale or self.settings.page.commit():
            return
        self._recount.stop()
        self._counter.stop()
        self._mark_findings()
        subject = self._subject()
        try:
            self._maker.make(self._session, subject, self.preview.view(keep_place=subject == self._shown))
        except PlanError as error:
            self._show_problem(str(error))
        except Exception:
            self._on_failed(BUG)
            raise
        else:
            self._slow.start()
        self._show_setup()

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.ticks_changed.connect(self._on_ticks)
        self.settings.page.setup_changed.connect(self._on_setup)
        self.settings.page.letterhead_wanted.connect(self._edit_letterhead)
        self.settings.officials_wanted.connect(self._edit_officials)
        self.settings.export.findings_wanted.connect(self.findings_wanted)
        self.settings.export.target_changed.connect(self._mark_faults)
        self.out.message.connect(self.message)
        self.out.failed.connect(self.failed)
        self.exporter.busy_changed.connect(self._say_ready)
        self.preview.page_changed.connect(self.thumbs.mark)
        self.preview.double_clicked.connect(self._on_double_click)
        self._finder.found.connect(self.cell_wanted)
        self.thumbs.page_wanted.connect(self.preview.go_to)
        self.bar.thumbs.toggled.connect(self._on_thumbs)
        self._maker.made.connect(self._on_made)
        self._maker.failed.connect(self._on_failed)
        self._counter.counted.connect(self._on_counted)
        self._counter.failed.connect(lambda name: self._uncounted.discard(name))
        self._rest.timeout.connect(self.refresh)
        self._recount.timeout.connect(self._count)
        self._slow.timeout.connect(lambda: self.bar.rest.say("Memperbarui..."))

    def _listen(self) -> None:
        self._session.changed.connect(self._on_changed)
        self._session.switched.connect(self._on_switched)

    def _subject(self) -> Subject:
        return self._era, self._session.dokumen_id, self.name

    def _show_setup(self) -> None:
        """The page of the form that is shown, as the plan has it."""
        self._set_for, own = self._subject(), self._maker.own(self._subject())
        self.settings.page.setEnabled(own is not None)
        if own is not None:
            _, dokumen_id, name = self._set_for
            setup = setup_of(self._session.plan, dokumen_id, name, own.page)
            self.settings.page.show_setup(setup, own.page, own.size)

    def _mark_findings(self) -> None:
        session = self._session
        findings = list(open_findings(session))
        for name in FORMS:
            self.list.set_level(name, worst_level(session.plan, session.dokumen_id, name, findings))
        self._mark_faults()

    def _mark_faults(self) -> None:
        session, box = self._session, self.settings.export
        findings = open_findings(session)
        box.set_faults(fault_sentence(session.plan, session.dokumen_id, box.targets(), findings))

    def _say_ready(self) -> None:
        self.settings.export.set_ready(bool(self._session.dokumen_id) and not self.exporter.busy)

    def _on_chosen(self, name: str) -> None:
        self.settings.page.commit()
        self.bar.title.setText(short_title(name))
        self.bar.title.setToolTip(full_title(name))
        self.preview.title = full_title(name)
        self.settings.show_form(name)
        self.settings.export.progress.end()
        self._on_ticks()
        self._say_ready()
        self.refresh()

    def _on_ticks(self) -> None:
        self.summary.say(self.list.summary())
        self.settings.export.show_target(self.name, self.list.ticked())
        self._mark_faults()

    def _on_setup(self, setup: Setup) -> None:
        """Store how the form is printed whose settings are shown."""
        session, own = self._session, self._maker.own(self._set_for)
        era, dokumen_id, name = self._set_for
        if own is not None and era == self._era and session.plan.find(Dokumen, dokumen_id) is not None:
            changes = set_setup(session.plan, dokumen_id, name, own.page, setup)
            session.edit(f"ubah halaman {full_title(name)}", changes)
            self.refresh()

    def _edit_letterhead(self) -> None:
        from ui.letterhead_dialog import LetterheadDialog

        self._edit_in(LetterheadDialog)

    def _edit_officials(self) -> None:
        from ui.officials_dialog import OfficialsDialog

        self._edit_in(OfficialsDialog)

    def _edit_in(self, kind: type) -> None:
        self.commit()
        if self._session.dokumen_id:
            dialog = kind(self._session, self)
            dialog.exec()
            dialog.deleteLater()

    def _on_thumbs(self, on: bool) -> None:
        QSettings().setValue(_THUMBS, "ya" if on else "")
        self.thumbs.setVisible(on)

    def _on_changed(self) -> None:
        self.settings.signatory.follow()
        self._say_ready()
        self._uncounted = set(FORMS)
        if self.isVisible():
            self._recount.stop()
            self._counter.stop()
            self._rest.start()
        else:
            self._stale = True

    def _on_switched(self) -> None:
        self._uncounted = set(FORMS)
        self.settings.signatory.set_session(self._session)
        self.settings.period.set_session(self._session)
        self._on_chosen(self.name)

    def _on_made(self, made: Made) -> None:
        if made.subject != self._subject():
            return
        self._end_wait()
        if made.problem:
            self._show_problem(made.problem)
            return
        again = made.subject == self._shown
        self._finder.forget()
        self.preview.show_pages(made.pages, keep_place=again)
        self.thumbs.show_pages(made.pages)
        self.thumbs.mark(self.preview.page)
        self.remark.say(made.remark, "peringatan")
        self._shown = made.subject
        self._on_counted(self.name, self.preview.count, made.empty)
        self._recount.start(COUNT_REST if again else 0)

    def _show_problem(self, sentence: str) -> None:
        """Say why the form cannot be made."""
        self._on_counted(self.name, 0, empty=True)
        self._on_failed(sentence)

    def _on_failed(self, sentence: str) -> None:
        self._end_wait()
        self._shown = None
        self.preview.show_message(sentence)
        self.thumbs.show_pages(Pages())
        self.remark.say("")
        self._uncounted.discard(self.name)
        self._recount.start(0)

    def _end_wait(self) -> None:
        if not self._maker.busy:
            self._slow.stop()
            self.bar.rest.say(HINT)

    def _on_double_click(self, page: int, across: float, down: float) -> None:
        if self._shown == self._subject():
            self._finder.find(self._session, self.name, (page, across, down))

    def _count(self) -> None:
        """Count the other forms, those that take longest last."""
        session = self._session
        names = [name for name in FORMS if name in self._uncounted]
        if session.dokumen_id:
            self._counter.count(names, session.plan.rows(), session.dokumen_id)
        else:
            for name in names:
                self._on_counted(name, 0, empty=True)

    def _on_counted(self, name: str, pages: int, empty: bool) -> None:
        self._uncounted.discard(name)
        self.list.set_pages(name, pages, empty=empty)

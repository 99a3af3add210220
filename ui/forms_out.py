"""What the buttons of the forms do: ask where to, and have the forms written or printed."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.errors import PlanError
from services.export import file_name, make_form
from services.forms import FORMS
from services.forms.parts import Form
from ui.bundle import bundle_of
from ui.form_export import FormExport, Outcome, ask_folder, ask_path
from ui.form_source import NO_DOCUMENT, dressed, open_findings
from ui.messages import confirm
from ui.printing import ask_printer, printer_for, printer_like

if TYPE_CHECKING:
    from ui.forms_view import FormsView


class FormsOut(QObject):
    """`message` and `failed` say how it ended; how far it is stands in the foot of the settings."""

    message = Signal(str)
    failed = Signal(str)

    def __init__(self, view: "FormsView") -> None:
        super().__init__(view)
        self._view = view
        self.exporter = FormExport(self)
        box = view.settings.export
        self._box, self._progress = box, box.progress
        box.export_wanted.connect(self.export)
        box.all_wanted.connect(self.export_all)
        box.print_wanted.connect(self.print)
        self._progress.cancelled.connect(self.exporter.cancel)
        self.exporter.message.connect(self.message)
        self.exporter.failed.connect(self.failed)
        self.exporter.progressed.connect(self._progress.show_step)
        self.exporter.ended.connect(self._on_ended)
        self.exporter.busy_changed.connect(self._on_busy)

    def export(self, kind: str) -> None:
        """Ask for a file name, or for the folder of several files, and write what is meant."""
        if not self._ready():
            return
        targets, session = self._box.targets_for(kind), self._view.session
        if self._box.ticked.isChecked() and targets:
            self._export_bundle(targets, (kind,), f"Ekspor {kind.upper()}: pilih folder")
        elif targets:
            name = file_name(session.plan, session.dokumen_id, targets[0], kind)
            path = ask_path(self._view, kind, name, session.document.file.path.parent)
            if path is not None:
                self.export_to(kind, path)

    def export_all(self) -> None:
        """Ask for a folder and write every form that has something to print, in all its formats."""
        if self._ready():
            names = tuple(name for name in FORMS if not self._view.list.is_empty(name))
            self._export_bundle(names, None, "Ekspor semua: pilih folder")

    def export_to(self, kind: str, path: Path) -> None:
        """Write the form that is shown."""
        if self._ready():
            session, name = self._view.session, self._view.name
            findings, code = open_findings(session), session.document.file.revision
            try:
                form = make_form(session.plan, session.dokumen_id, name, kind=kind, code=code, findings=findings)
            except PlanError as error:
                self.failed.emit(str(error))
                return
            self.exporter.write(form, kind, path)

    def print(self) -> None:
        """Ask for a printer and print what is meant, each form as a job of its own."""
        if not self._ready():
            return
        try:
            forms = [dressed(self._view.session, name).form for name in self._box.targets()]
        except PlanError as error:
            self.failed.emit(str(error))
            return
        first = forms[0]
        printer = printer_for(first.page, self._job(first))
        count = self._view.shown_pages() if not self._box.ticked.isChecked() else 0
        title = f"Cetak {len(forms)} formulir" if len(forms) > 1 else f"Cetak {first.title}"
        if ask_printer(printer, count, self._view, title):
            others = [(form, printer_like(printer, first.page, form.page, self._job(form))) for form in forms[1:]]
            self.exporter.print_all([(first, printer), *others])

    def write_into(self, folder: Path, names: tuple[str, ...], kinds: tuple[str, ...] | None) -> None:
        """Write these forms into a folder; files that are there already are asked about once."""
        bundle = bundle_of(self._view.session, names, kinds, folder)
        there = sum(target.exists() for target in bundle.targets())
        if not there or confirm(self._view, f"{there} berkas sudah ada di {folder}. Timpa?", "Timpa"):
            self.exporter.write_bundle(bundle)

    def _export_bundle(self, names: tuple[str, ...], kinds: tuple[str, ...] | None, title: str) -> None:
        folder = ask_folder(self._view, title, self._view.session.document.file.path.parent)
        if folder is not None:
            self.write_into(folder, names, kinds)

    def _ready(self) -> bool:
        """Whether the plan is as it is to be printed; what is no good about it is said."""
        problem = self._view.commit()
        if not problem and not self._view.session.dokumen_id:
            problem = NO_DOCUMENT
        if problem:
            self.failed.emit(problem)
        return not problem

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self._progress.begin("Menyiapkan...")

    def _on_ended(self, outcome: Outcome) -> None:
        self._progress.end(outcome.short, outcome.folder)

    def _job(self, form: Form) -> str:
        """What a job is called, and the file that it may be printed into: as an exported one."""
        session = self._view.session
        return Path(file_name(session.plan, session.dokumen_id, form.name, "pdf")).stem

"""From forms to files or to paper, off the GUI thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from models.errors import PlanError
from services.export import print_remark, render, write_form
from services.forms.parts import Form
from ui.bundle import Bundle, Result
from ui.printing import print_pdf
from ui.tasks import Progress, Task

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.per_position import PositionBundle

_FILTERS = {
    "pdf": "PDF (*.pdf)",
    "xlsx": "Excel (*.xlsx)",
    "docx": "Word (*.docx)",
    "svg": "Gambar vektor SVG (*.svg)",
    "png": "Gambar PNG (*.png)",
}
_FOLDER = "formulir/folder"
_LONGEST = 32
"""Characters of a folder's name that are shown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: for the status line, shortly for the foot of the settings, and the folder of the files."""

    sentence: str
    short: str = ""
    folder: Path | None = None


class FormExport(QObject):
    """One export or print at a time.

    `message` and `failed` say how it ended, `ended` brings the Outcome; `progressed(done, total, text)` meanwhile.
    """

    message = Signal(str)
    failed = Signal(str)
    ended = Signal(object)
    progressed = Signal(int, int, str)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        """True while a form is being written or printed."""
        return self._task is not None

    def cancel(self) -> None:
        """Stop at the next step; a file that is not whole yet is not left behind."""
        if self._task is not None:
            self._task.cancel()

    def write(self, form: Form, kind: str, path: Path) -> None:
        """Write a form in one of its formats."""

        def work(progress: Progress) -> Outcome:
            progress(0, 1, form.title)
            write_form(form, kind, path, lambda done, total: progress(done, total, ""))
            remark = print_remark(form, kind)
            after = f". {remark}" if remark else ""
            short = f"{form.title} disimpan di {_folder_name(path.parent)}."
            return Outcome(f"{form.title} disimpan ke {path}{after}", short, path.parent)

        self._start(work, lambda: "Ekspor dibatalkan")

    def write_bundle(self, bundle: "Bundle | PositionBundle") -> None:
        """Write several forms into a folder; when it is called off, the files that are finished stay."""
        result = Result()

        def work(progress: Progress) -> Outcome:
            bundle.write(result, progress)
            if result.problems and not result.written:
                raise PlanError(result.problems[0])
            short = f"{result.sentence(_folder_name(bundle.folder))}."
            return Outcome(result.sentence(str(bundle.folder)), short, bundle.folder)

        self._start(work, lambda: f"Ekspor dibatalkan. {len(result.written)} berkas sudah disimpan di {bundle.folder}")

    def print_on(self, form: Form, printer: "QPrinter") -> None:
        """Print a form on the paper, pages and copies that the printer is set to."""
        self.print_all([(form, printer)])

    def print_all(self, jobs: "Sequence[tuple[Form, QPrinter]]") -> None:
        """Print each form as a job of its own, on its own printer."""

        def work(progress: Progress) -> Outcome:
            sheets = 0
            for number, (form, printer) in enumerate(jobs, 1):
                where = f"{number} dari {len(jobs)}: {form.title}" if len(jobs) > 1 else f"Mencetak {form.title}"
                progress(0, 1, where)
                out = BytesIO()
                render(form, "pdf", out, lambda done, total: progress(0, 1, ""))
                sheets += print_pdf(out.getvalue(), printer, progress if len(jobs) == 1 else _silent(progress))
            what = jobs[0][0].title if len(jobs) == 1 else f"{len(jobs)} formulir"
            sentence = f"{what} dikirim ke pencetak, {sheets} halaman"
            return Outcome(sentence, f"{sentence}.")

        self._start(work, lambda: "Pencetakan dibatalkan")

    def _start(self, work: Callable[[Progress], Outcome], called_off: Callable[[], str]) -> None:
        if self._task is not None:
            return
        # Without a parent: the file must be finished even if the view goes.
        task = self._task = Task(work)
        task.finished.connect(self._on_finished)
        task.failed.connect(self._on_failed)
        task.crashed.connect(self._on_crashed)
        task.cancelled.connect(lambda: self._on_finished(Outcome(called_off(), f"{called_off()}.")))
        task.progressed.connect(self.progressed)
        task.start()
        self.busy_changed.emit(True)

    def _end(self, outcome: Outcome) -> None:
        self._task = None
        self.busy_changed.emit(False)
        self.ended.emit(outcome)

    def _on_finished(self, outcome: Outcome) -> None:
        self._end(outcome)
        self.message.emit(outcome.sentence)

    def _on_failed(self, sentence: str) -> None:
        self._end(Outcome(""))
        self.failed.emit(sentence)

    def _on_crashed(self) -> None:
        self._end(Outcome(""))


def _folder_name(folder: Path) -> str:
    """The last part of a folder's address, short enough for a line of the settings."""
    name = folder.name or str(folder)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 3]}..."


def _silent(progress: Progress) -> Progress:
    """Without its words."""
    return lambda done, total, _text: progress(done, total, "")


def ask_path(parent: QWidget, kind: str, name: str, beside: Path) -> Path | None:
    """Let the officer choose where a file goes; None where that was called off.

    Begins in the folder used last, else in that of the plan (`beside`), else in Documents.
    """
    dialog = QFileDialog(parent, f"Ekspor {kind.upper()}", str(_last_folder(beside)), _FILTERS[kind])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(name)
    chosen = _ask(dialog)
    if chosen is not None:
        QSettings().setValue(_FOLDER, str(chosen.parent))
    return chosen


def ask_folder(parent: QWidget, title: str, beside: Path) -> Path | None:
    """Let the officer choose a folder for several files; None where that was called off. Begins as `ask_path` does."""
    dialog = QFileDialog(parent, title, str(_last_folder(beside)))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    chosen = _ask(dialog)
    if chosen is not None:
        QSettings().setValue(_FOLDER, str(chosen))
    return chosen


def _ask(dialog: QFileDialog) -> Path | None:
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted.value
    dialog.deleteLater()
    return Path(dialog.selectedFiles()[0]) if accepted else None


def _last_folder(beside: Path) -> Path:
    remembered = str(QSettings().value(_FOLDER, ""))
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (Path(remembered) if remembered else beside, beside, Path(documents)):
        if folder.is_dir():
            return folder
    return Path.home()

"""From the form that is shown to a file or to paper, off the GUI thread."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from services.export import glyph_remark, render, write_form
from services.forms.parts import Form
from ui.printing import print_pdf
from ui.tasks import Progress, Task

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_FILTERS = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)"}
_FOLDER = "formulir/folder"


class FormExport(QObject):
    """One export or print at a time. `message` and `failed` say how it ended."""

    message = Signal(str)
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        """True while a form is being written or printed."""
        return self._task is not None

    def write(self, form: Form, kind: str, path: Path) -> None:
        """Write a form as `pdf` or `xlsx`."""

        def work(progress: Progress) -> str:
            write_form(form, kind, path)
            remark = glyph_remark(form, kind)
            return f"{form.title} disimpan ke {path}" + (f". {remark}" if remark else "")

        self._start(work)

    def print_on(self, form: Form, printer: "QPrinter") -> None:
        """Print a form on the paper, pages and copies that the printer is set to."""

        def work(progress: Progress) -> str:
            out = BytesIO()
            render(form, "pdf", out)
            count = print_pdf(out.getvalue(), printer, progress)
            return f"{form.title} dikirim ke pencetak, {count} halaman"

        self._start(work)

    def _start(self, work: Callable[[Progress], str]) -> None:
        if self._task is not None:
            return
        # Without a parent: the file must be finished even if the view goes.
        task = self._task = Task(work)
        task.finished.connect(self._on_finished)
        task.failed.connect(self._on_failed)
        task.crashed.connect(self._on_crashed)
        task.start()
        self.busy_changed.emit(True)

    def _end(self) -> None:
        self._task = None
        self.busy_changed.emit(False)

    def _on_finished(self, sentence: str) -> None:
        self._end()
        self.message.emit(sentence)

    def _on_failed(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def _on_crashed(self) -> None:
        self._end()


def ask_path(parent: QWidget, kind: str, name: str, beside: Path) -> Path | None:
    """Let the officer choose where a file goes; None where that was called off.

    Begins in the folder used last, else in that of the plan (`beside`), else in Documents.
    """
    dialog = QFileDialog(parent, f"Ekspor {kind.upper()}", str(_last_folder(beside)), _FILTERS[kind])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(name)
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted.value
    dialog.deleteLater()
    if not accepted:
        return None
    path = Path(dialog.selectedFiles()[0])
    QSettings().setValue(_FOLDER, str(path.parent))
    return path


def _last_folder(beside: Path) -> Path:
    remembered = str(QSettings().value(_FOLDER, ""))
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (Path(remembered) if remembered else beside, beside, Path(documents)):
        if folder.is_dir():
            return folder
    return Path.home()

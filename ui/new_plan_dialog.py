"""The "Rencana baru" dialog: agency, year and stage, who signs, and where the file goes."""

from pathlib import Path

from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from services.new_plan import NewPlan, create_plan, problems
from ui.choose_plan import choose_new_plan, documents_folder
from ui.colours import colours
from ui.fonts import SMALL
from ui.new_plan_form import NewPlanForm
from ui.start_left import plain_label
from ui.tasks import Task

WIDTH = 640
BUTTON_WIDTH = 96

HINT = "Yang wajib hanya nama perangkat daerah."
NO_PATH = "Nama berkas belum diisi. Tulis namanya, atau tekan Pilih."
CRASHED = "Rencana belum dapat dibuat karena kesalahan program. Coba lagi, atau pilih tempat lain."


class NewPlanDialog(QDialog):
    """Makes the file itself. When `accepted` arrives, `path` is the new plan, published and ready to be opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._task: Task | None = None
        self._file_dialog: QFileDialog | None = None
        self.setWindowTitle("Rencana baru")
        self.form = NewPlanForm()
        self.form.setFixedWidth(WIDTH)
        self.create_button = QPushButton("B&uat")
        self.cancel_button = QPushButton("&Batal")
        self.create_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        # As high as its notes need, at any moment.
        box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 12, 16, 16)
        inner.addWidget(self.form)
        box.addLayout(inner)
        box.addWidget(_Foot(self.cancel_button, self.create_button))
        self.form.fields.browse.setAutoDefault(False)
        self.form.fields.browse.clicked.connect(self._browse)
        self.create_button.setDefault(True)
        self.form.fields.opd_nama.setFocus()

    def accept(self) -> None:
        """Make the plan; the dialog closes when the file is there, else it says under the field what is wrong."""
        if self._task is not None:
            return
        new, path = self.form.fields.new_plan(), self.form.fields.target()
        faults = problems(new) | ({} if path else {"path": NO_PATH})
        self.form.say(faults)
        if path is not None and not faults:
            self._make(path, new)

    def reject(self) -> None:
        """Close without a plan, but not while its file is being written."""
        if self._task is None:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is None:
            super().closeEvent(event)
        else:
            event.ignore()

    def _make(self, path: Path, new: NewPlan) -> None:
        # Let go of in the same thread: the file's lock belongs to the thread that took it.
        self._task = Task(lambda progress: create_plan(path, new).file.close(), self)
        self._task.finished.connect(lambda: self._on_made(path))
        self._task.failed.connect(self._on_failed)
        self._task.crashed.connect(lambda: self._on_failed(CRASHED))
        self._set_busy(True)
        self._task.start()

    def _on_made(self, path: Path) -> None:
        self._task = None
        self.path = path
        super().accept()

    def _on_failed(self, sentence: str) -> None:
        self._task = None
        self._set_busy(False)
        self.form.say({"path": sentence})

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.form, self.create_button, self.cancel_button):
            widget.setEnabled(not busy)

    def _browse(self) -> None:
        if self._file_dialog is None:
            target = self.form.fields.target() or documents_folder() / "Rencana.db"
            self._file_dialog = choose_new_plan(self, "Simpan rencana baru", target, self.form.fields.set_target)
            self._file_dialog.finished.connect(self._on_file_dialog_finished)

    def _on_file_dialog_finished(self) -> None:
        self._file_dialog = None


class _Foot(QWidget):
    """A hint and the buttons, under a line across the dialog."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(16, 13, 16, 12)
        box.setSpacing(8)
        box.addWidget(plain_label(HINT, SMALL, muted=True), 1)
        for button in buttons:
            button.setMinimumWidth(BUTTON_WIDTH)
            box.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, colours().pane_edge)

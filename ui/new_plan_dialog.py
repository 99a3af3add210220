"""The "Rencana baru" dialog in two steps: agency, year, stage and file; then the officials."""

from pathlib import Path

from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from models.errors import PlanError
from services.new_plan import NewPlan, check_target, create_plan, problems
from services.new_plan_head import LABEL, head_changes
from ui.choose_plan import choose_new_plan, documents_folder
from ui.colours import colours
from ui.fonts import SMALL
from ui.new_plan_form import NewPlanForm
from ui.start_left import plain_label
from ui.tasks import Task

WIDTH = 640
BUTTON_WIDTH = 96

HINTS = (
    "Langkah 1 dari 2. Yang wajib hanya nama perangkat daerah.",
    "Langkah 2 dari 2. Boleh dikosongkan, dan diubah kapan saja.",
)
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
        self.next_button = QPushButton("&Lanjut")
        self.back_button = QPushButton("&Kembali")
        self.create_button = QPushButton("B&uat")
        self.cancel_button = QPushButton("&Batal")
        self.next_button.clicked.connect(self.accept)
        self.back_button.clicked.connect(lambda: self._turn(0))
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
        self._foot = _Foot(self.cancel_button, self.back_button, self.next_button, self.create_button)
        box.addWidget(self._foot)
        self.form.fields.browse.setAutoDefault(False)
        self.form.fields.browse.clicked.connect(self._browse)
        # None becomes the default by the focus that it gets for a moment while another is being hidden.
        for button in (self.cancel_button, self.back_button, self.next_button, self.create_button):
            button.setAutoDefault(False)
        self._turn(0)

    def accept(self) -> None:
        """The next step; behind the last one make the plan. What is wrong is said under its field.

        The dialog closes when the file is there.
        """
        if self._task is not None:
            return
        new, path = self.form.fields.new_plan(), self.form.fields.target()
        faults = problems(new)
        try:
            check_target(path)
        except PlanError as error:
            faults["path"] = str(error)
        self.form.say(faults)
        if faults:
            self._show_step()
        elif self.form.currentIndex() == 0:
            self._turn(1)
        elif path is not None:
            self._make(path, new)

    def _turn(self, page: int) -> None:
        self.form.setCurrentIndex(page)
        self._show_step()
        self.form.first_field().setFocus()

    def _show_step(self) -> None:
        last = self.form.currentIndex() == 1
        self.next_button.setVisible(not last)
        self.back_button.setVisible(last)
        self.create_button.setVisible(last)
        for button in (self.create_button, self.next_button):
            button.setDefault(button.isVisibleTo(self))
        self._foot.hint.setText(HINTS[self.form.currentIndex()])

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
        self._task = Task(lambda progress: _create(path, new), self)
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
        self._show_step()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.form, self.create_button, self.back_button, self.cancel_button):
            widget.setEnabled(not busy)

    def _browse(self) -> None:
        if self._file_dialog is None:
            target = self.form.fields.target() or documents_folder() / "Rencana.db"
            self._file_dialog = choose_new_plan(self, "Simpan rencana baru", target, self.form.fields.set_target)
            self._file_dialog.finished.connect(self._on_file_dialog_finished)

    def _on_file_dialog_finished(self) -> None:
        self._file_dialog = None


def _create(path: Path, new: NewPlan) -> None:
    """The file with the position of the head, published and let go of."""
    with create_plan(path, new) as document:
        document.edit(LABEL, head_changes(document.plan))
        document.file.publish()


class _Foot(QWidget):
    """A hint and the buttons, under a line across the dialog."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(16, 13, 16, 12)
        box.setSpacing(8)
        self.hint = plain_label(HINTS[0], SMALL, muted=True)
        box.addWidget(self.hint, 1)
        for button in buttons:
            button.setMinimumWidth(BUTTON_WIDTH)
            box.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, colours().pane_edge)

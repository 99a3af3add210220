"""The "Tahun berikut" dialog: where the plan of the next year shall lie."""

from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.plan import Plan
from models.rows import Dokumen
from services.naming import document_name
from services.new_plan import SUFFIX, check_target
from services.new_year import create_next_year
from ui.choose_plan import choose_new_plan
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.note_line import NoteLine, heading
from ui.tasks import Task

WIDTH = 560
KEPT = (
    "Tetap: pohon kinerja dan anggaran, indikator, satuan, jabatan dan pejabat, kaitan, aksi, naskah, pengaturan "
    "halaman. Dikosongkan: target, realisasi, pagu, kas, jadwal aksi, tanggal. Realisasi tahun lalu (bila belum ada: "
    "targetnya) menjadi kondisi awal indikator."
)


class NewYearDialog(QDialog):
    """After `accepted`: `path` is the new file, published; None where the plan shall be added to the open file."""

    def __init__(self, plan: Plan, dokumen_id: str, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._plan = plan
        self._dokumen = plan.get(Dokumen, dokumen_id)
        self._task: Task | None = None
        year = self._dokumen.tahun + 1
        self.setWindowTitle("Tahun berikut")
        self.setFixedWidth(WIDTH)
        self.other_file = QRadioButton("Di &berkas baru")
        self.same_file = QRadioButton("Di berkas &ini, sebagai dokumen baru")
        self.other_file.setChecked(True)
        self.target = QLineEdit(str(path.with_name(_next_name(path.stem, self._dokumen.tahun))))
        self.target.setAccessibleName("Simpan di")
        self.browse = QPushButton("Pili&h...")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        self.note = NoteLine(size=SMALL)
        self._buttons = QDialogButtonBox()
        self.create_button = self._buttons.addButton("B&uat", QDialogButtonBox.ButtonRole.AcceptRole)
        self.create_button.setDefault(True)
        self.cancel_button = self._buttons.addButton("Bat&al", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.other_file.toggled.connect(self._on_choice)
        kept = QLabel(KEPT)
        kept.setWordWrap(True)
        kept.setFont(ui_font(SMALL))
        kept.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = QHBoxLayout()
        line.setContentsMargins(20, 0, 0, 0)
        line.addWidget(self.target, 1)
        line.addWidget(self.browse)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 16)
        box.setSpacing(8)
        box.addWidget(heading(f"Rencana {year} dari {document_name(self._dokumen)}", LIST_HEADING))
        box.addWidget(self.other_file)
        box.addLayout(line)
        box.addWidget(self.note)
        box.addWidget(self.same_file)
        box.addSpacing(4)
        box.addWidget(kept)
        box.addSpacing(4)
        box.addWidget(self._buttons)
        self.adjustSize()

    def accept(self) -> None:
        """Make the new file, off the GUI thread; or leave it to the window to add the document."""
        if self._task is not None:
            return
        if self.same_file.isChecked():
            super().accept()
            return
        text = self.target.text().strip().strip('"')
        path = Path(text if text.lower().endswith(SUFFIX) else f"{text}{SUFFIX}").absolute()
        try:
            check_target(path if text else None)
        except PlanError as error:
            self._on_failed(str(error))
            return
        rows, dokumen_id = tuple(self._plan.rows()), self._dokumen.id
        self._set_busy(True)
        self._task = Task(lambda progress: create_next_year(path, Plan(rows), dokumen_id).file.close(), self)
        self._task.finished.connect(lambda: self._on_made(path))
        self._task.failed.connect(self._on_failed)
        self._task.crashed.connect(lambda: self._on_failed("Berkas belum dapat dibuat karena kesalahan program."))
        self._task.start()

    def reject(self) -> None:
        """Close without a plan, but not while its file is being written."""
        if self._task is None:
            super().reject()

    def _on_made(self, path: Path) -> None:
        self._task = None
        self.path = path
        super().accept()

    def _on_failed(self, sentence: str) -> None:
        self._task = None
        self._set_busy(False)
        self.note.say(sentence, "galat")
        self.target.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.target, self.browse, self.other_file, self.same_file, self._buttons):
            widget.setEnabled(not busy)

    def _on_choice(self, other: bool) -> None:
        self.target.setEnabled(other)
        self.browse.setEnabled(other)
        self.note.say("")

    def _browse(self) -> None:
        choose_new_plan(self, "Simpan rencana baru", Path(self.target.text()), lambda p: self.target.setText(str(p)))


def _next_name(stem: str, tahun: int) -> str:
    """The file's name with the next year in it."""
    words = stem.replace(" Perubahan", "")
    named = words.replace(str(tahun), str(tahun + 1)) if str(tahun) in words else f"{words} {tahun + 1}"
    return f"{named}{SUFFIX}"

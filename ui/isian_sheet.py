"""The "Lembar isian" dialog: a workbook for a Bidang that fills in its realisasi without the program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from models.plan import Plan
from models.rows import BULAN, Jabatan
from services.lembar_isian import without_bidang, without_bidang_words, write_sheet, write_sheets
from services.periods import Sampai
from services.positions_tree import listed
from services.realisasi_tutup import closed_months
from services.tanggal import MONTHS, QUARTERS
from ui.fonts import SMALL, ui_font
from ui.form_export import ask_path
from ui.progress_line import ProgressLine
from ui.session import Session
from ui.tasks import Progress, Task

WIDTH = 520
EVERYONE = "Semua bidang, satu berkas"
EACH = "Tiap bidang, berkas masing-masing"
HINT = (
    "Lembar memuat indikator dan anggaran yang menjadi tanggung jawab jabatan itu dan bawahannya. Sel kuning diisi di "
    "Excel atau LibreOffice, lalu berkasnya dibaca kembali lewat Baca lembar isian."
)


def period_choices() -> list[tuple[str, Sampai]]:
    """The four quarters, then the twelve months."""
    of_quarters = [(f"Triwulan {QUARTERS[n].removeprefix('TW ')}", Sampai(3 * n + 3, True)) for n in range(4)]
    return of_quarters + [(MONTHS[month - 1], Sampai(month)) for month in range(1, BULAN + 1)]


class SheetDialog(QDialog):
    """`written`: the workbook, None while there is none. It stays open, so that the next Bidang gets its own."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.written: Path | None = None
        self._session = session
        self._task: Task | None = None
        self.setWindowTitle("Lembar isian untuk Bidang")
        self.setMinimumWidth(WIDTH)
        self.whom, self.period = QComboBox(), QComboBox()
        self.whom.addItem(EVERYONE, None)
        self.whom.addItem(EACH, EACH)
        for label, jabatan in listed(session.plan, session.dokumen_id):
            self.whom.addItem(label, jabatan.id)
        for label, sampai in period_choices():
            self.period.addItem(label, sampai)
        closed = closed_months(session.plan, session.dokumen_id)
        self.period.setCurrentIndex(next((n for n in range(4) if 3 * n + 3 not in closed), 0))
        form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        for text, box in (("&Untuk", self.whom), ("&Periode", self.period)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(30)
            box.setAccessibleName(text.replace("&", ""))
            form.addRow(text, box)
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(hint.palette().ColorRole.PlaceholderText)
        self.line = ProgressLine()
        self.line.cancel.hide()
        self.line.cancel.setAutoDefault(False)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton("&Simpan lembar...", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.setDefault(True)
        close = buttons.addButton("&Tutup", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        self.save.clicked.connect(self._ask)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self.line)
        layout.addWidget(buttons)

    def write_each(self, folder: Path) -> None:
        """Write a workbook for each Bidang into a folder, off the GUI thread."""
        dokumen_id, sampai = self._session.dokumen_id, self.period.currentData()
        rows = list(self._session.plan.rows())

        def work(progress: Progress) -> str:
            progress(0, 1, "Menulis lembar isian")
            plan = Plan(rows)
            made = write_sheets(plan, dokumen_id, sampai, folder)
            left = without_bidang_words(without_bidang(plan, dokumen_id, sampai))
            return f"{len(made)} lembar ditulis ke {folder.name}. {left}".rstrip()

        self._start(work, folder, folder)

    def write(self, target: Path) -> None:
        """Write the workbook, off the GUI thread."""
        plan, dokumen_id = self._session.plan, self._session.dokumen_id
        sampai, whom = self.period.currentData(), self.whom.currentData()
        positions = None if whom is None else [plan.get(Jabatan, whom)]
        untuk = "" if whom is None else self.whom.currentText()
        rows = list(plan.rows())

        def work(progress: Progress) -> str:
            progress(0, 1, "Menulis lembar isian")
            count = write_sheet(Plan(rows), dokumen_id, sampai, target, positions, untuk=untuk)
            return f"{count} baris ditulis ke {target.name}."

        self._start(work, target, target.parent)

    def _start(self, work: Callable[[Progress], str], written: Path, folder: Path) -> None:
        if self._task is not None:
            return
        self.save.setEnabled(False)
        self.line.begin("Menulis lembar isian")
        task = self._task = Task(work, self)
        task.progressed.connect(self.line.show_step)
        task.finished.connect(lambda said: self._end(said, written, folder))
        task.failed.connect(lambda sentence: self._end(sentence))
        task.crashed.connect(lambda _: self._end(""))
        task.start()

    def reject(self) -> None:
        """Not while the workbook is being written."""
        if self._task is None:
            super().reject()

    def _ask(self) -> None:
        sampai = self.period.currentData()
        folder = self._session.document.file.path.parent
        if self.whom.currentData() == EACH:
            chosen = QFileDialog.getExistingDirectory(self, "Folder lembar isian", str(folder))
            if chosen:
                self.write_each(Path(chosen))
            return
        whom = "" if self.whom.currentData() is None else f" {self.whom.currentText()}"
        name = "".join(c if c.isalnum() or c in " -" else " " for c in f"Isian{whom} {sampai.nama}").strip()
        target = ask_path(self, "xlsx", " ".join(name.split()), folder)
        if target is not None:
            self.write(target)

    def _end(self, sentence: str, written: Path | None = None, folder: Path | None = None) -> None:
        self._task, self.written = None, written
        self.save.setEnabled(True)
        self.line.end(sentence, folder)

"""Impor nomenklatur: which list this PC holds, and another one put in its place, with what was not readable in it."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from services.nomenclature import BOTH, KABKOT, PROV, Source, keep, source
from services.nomenclature_import import Read, read_nomenclature
from services.tanggal import format_tanggal
from services.terms import JENIS, LEVEL_NAMES
from ui.choose_plan import documents_folder
from ui.fonts import SMALL, ui_font
from ui.note_line import NoteLine
from ui.progress_line import ProgressLine
from ui.tasks import Task

WIDTH = 600
_FOLDER = "nomenklatur/folder"
TABLES = "Tabel nomenklatur (*.csv *.xlsx *.xlsm *.txt);;Semua berkas (*)"
_FOR = {PROV: "provinsi", KABKOT: "kabupaten/kota", BOTH: "semua daerah"}
_WHAT = (
    "Tabel program, kegiatan dan sub kegiatan dengan kodenya, CSV atau XLSX; urutan kolom bebas. Setelah diimpor, nama "
    "dan kode ditawarkan selagi diketik di pohon dan rincian, dan Susun, Tambah dari nomenklatur menambah banyak baris "
    "sekaligus. Daftar disimpan di komputer ini, bukan di rencana."
)


class NomenclatureImportDialog(QDialog):
    """Accepted: the list that was read is the one of this PC."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Impor nomenklatur")
        self.setFixedWidth(WIDTH)
        self._task: Task | None = None
        self._read: Read | None = None
        what, self.kept = QLabel(_WHAT), QLabel(_kept_words(source()))
        what.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        what.setFont(ui_font(SMALL))
        self.kept.setTextFormat(Qt.TextFormat.PlainText)
        for label in (what, self.kept):
            label.setWordWrap(True)
        self.note = NoteLine()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said = QPlainTextEdit()
        self.said.setReadOnly(True)
        self.said.setAccessibleName("Baris yang dilewati")
        self.said.setTabChangesFocus(True)
        self.said.setFixedHeight(160)
        self.said.hide()
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self._on_batal)
        buttons = QDialogButtonBox()
        self.choose = QPushButton("&Pilih berkas...")
        buttons.addButton(self.choose, QDialogButtonBox.ButtonRole.ActionRole)
        self.use = buttons.addButton("&Simpan", QDialogButtonBox.ButtonRole.AcceptRole)
        self.use.setEnabled(False)
        self.close_button = buttons.addButton("Batal", QDialogButtonBox.ButtonRole.RejectRole)
        self.close_button.setAutoDefault(False)
        self.choose.setDefault(True)
        self.choose.clicked.connect(self._on_choose)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(16, 16, 16, 16)
        self._box.setSpacing(12)
        for widget in (self.kept, what, self.note, self.said, self.progress, buttons):
            self._box.addWidget(widget)
        self.choose.setFocus()
        self._fit()

    def read(self, path: Path) -> None:
        """Read a table off the GUI thread; it is kept when Simpan is pressed."""
        self._read = None
        self.use.setEnabled(False)
        self.choose.setEnabled(False)
        self.said.hide()
        self.note.say("")
        self.progress.begin(f"Membaca {path.name}")
        self._task = Task(lambda progress: read_nomenclature(path, progress), self)
        self._task.progressed.connect(self.progress.show_step)
        self._task.finished.connect(self._on_read)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(lambda: self._on_failed(""))
        self._task.crashed.connect(lambda: self._on_failed("Berkas belum terbaca karena kesalahan program."))
        self._task.start()

    def accept(self) -> None:
        """Keep what was read."""
        if self._read is None:
            return
        try:
            keep(self._read.berkas, self._read.tahun, self._read.daftar)
        except PlanError as error:
            self.note.say(str(error), "galat")
            return
        super().accept()

    def reject(self) -> None:
        """Close; work that still runs is stopped and forgotten."""
        self._on_batal()
        super().reject()

    def _on_choose(self) -> None:
        folder = Path(str(QSettings().value(_FOLDER, "")) or documents_folder())
        start = folder if folder.is_dir() else documents_folder()
        path, _ = QFileDialog.getOpenFileName(self, "Impor nomenklatur", str(start), TABLES)
        if path:
            QSettings().setValue(_FOLDER, str(Path(path).parent))
            self.read(Path(path))

    def _on_batal(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_read(self, read: Read) -> None:
        self._end()
        self._read = read
        counts = ", ".join(f"{_dotted(read.count(jenis))} {LEVEL_NAMES[jenis].lower()}" for jenis in JENIS)
        self.note.say(f"Terbaca dari {read.berkas}: {counts}.", "")
        if read.said:
            self.note.say(f"Terbaca dari {read.berkas}: {counts}. Tidak semua baris terbaca:", "peringatan")
            self.said.setPlainText("\n".join(read.said))
            self.said.show()
        self.use.setEnabled(True)
        self.use.setDefault(True)
        self.use.setFocus()
        self._fit()

    def _on_failed(self, sentence: str) -> None:
        self._end()
        self.note.say(sentence, "galat")
        self.choose.setFocus()
        self._fit()

    def _fit(self) -> None:
        """As high as the wrapped texts need."""
        self._box.activate()
        self.resize(WIDTH, self._box.totalHeightForWidth(WIDTH))

    def _end(self) -> None:
        self._task = None
        self.progress.end()
        self.choose.setEnabled(True)


def _kept_words(kept: Source | None) -> str:
    if kept is None:
        return "Komputer ini belum mempunyai nomenklatur."
    counts = " dan ".join(f"{_dotted(n)} sub kegiatan {_FOR[region]}" for region, n in kept.sub_kegiatan.items())
    year = f" {kept.tahun}" if kept.tahun else ""
    holds = f": {counts}" if counts else ""
    return f"Di komputer ini: nomenklatur{year} dari {kept.berkas}, diimpor {format_tanggal(kept.diimpor)}{holds}."


def _dotted(count: int) -> str:
    return f"{count:,}".replace(",", ".")

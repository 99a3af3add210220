"""Salin dari: the organisation of another document of this file, or of another plan, taken over as one action."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QVBoxLayout, QWidget

from models.errors import PlanError
from models.plan import Plan
from models.reading import read_plan
from models.rows import Dokumen, Jabatan
from services.naming import document_name
from services.new_year import last_document
from services.positions_copy import Copy, copied
from ui.choose_plan import choose_plan, documents_folder
from ui.dialog_buttons import decision
from ui.note_line import NoteLine
from ui.session import Session
from ui.tasks import Task

OTHER = "Berkas lain..."
_SHOWN = 4


class PositionsCopyDialog(QDialog):
    """Says what would come before it comes; Salin is one edit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sources: list[tuple[Plan, str]] = []
        self._task: Task | None = None
        self._copy: Copy | None = None
        self._chosen = 0
        self.setWindowTitle("Salin organisasi")
        self.setMinimumWidth(480)
        self.source = QComboBox()
        self.source.setAccessibleName("Salin dari")
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(32)
        self.officials = QCheckBox("Juga nama, NIP dan masa jabatan &pejabat")
        self.officials.setChecked(True)
        self.note = NoteLine()
        buttons, self.copy_button, _ = decision(self, "&Salin")
        form = QFormLayout()
        form.addRow("&Dari", self.source)
        form.addRow("", self.officials)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addStretch()
        layout.addWidget(buttons)
        for dokumen in session.plan.all(Dokumen):
            if dokumen.id != session.dokumen_id:
                self._list(session.plan, dokumen, document_name(dokumen))
        self.source.addItem(OTHER)
        self.source.setCurrentIndex(self.source.count() - 2 if self._sources else -1)
        self.source.activated.connect(self._on_activated)
        self.officials.toggled.connect(self._show)
        self._show()

    def read(self, path: Path) -> None:
        """Take another plan file, read off the window's thread, as the source."""
        self.note.say("Membaca berkas...")
        self._task = Task(lambda progress: Plan(read_plan(path)), self)
        self._task.finished.connect(lambda plan: self._on_read(path, plan))
        self._task.failed.connect(self._on_failed)
        self._task.start()

    def accept(self) -> None:
        """Store it."""
        if self._copy is None or not self._copy.changes or self._session.edit("salin organisasi", self._copy.changes):
            super().accept()

    def _list(self, plan: Plan, dokumen: Dokumen, name: str) -> None:
        self.source.insertItem(len(self._sources), name)
        self._sources.append((plan, dokumen.id))

    def _on_activated(self, index: int) -> None:
        if index < len(self._sources):
            self._chosen = index
            self._show()
            return
        self.source.setCurrentIndex(self._chosen if self._sources else -1)
        choose_plan(self, "Rencana lain", documents_folder(), self.read)

    def _on_read(self, path: Path, plan: Plan) -> None:
        self._task = None
        try:
            dokumen = last_document(plan)
        except PlanError as error:
            self._on_failed(str(error))
            return
        self._list(plan, dokumen, f"{path.stem}, {document_name(dokumen)}")
        self._chosen = len(self._sources) - 1
        self.source.setCurrentIndex(self._chosen)
        self._show()

    def _on_failed(self, sentence: str) -> None:
        self._task = None
        self._show()
        self.note.say(sentence, "galat")

    def _show(self) -> None:
        """Say what would come."""
        at = self.source.currentIndex()
        self._copy = None
        self.copy_button.setEnabled(False)
        if not 0 <= at < len(self._sources):
            self.note.say("Pilih dokumen atau berkas rencana yang organisasinya disalin.")
            return
        source, dokumen_id = self._sources[at]
        if not source.where(Jabatan, "dokumen_id", dokumen_id):
            self.note.say("Di sana belum ada jabatan. Pilih dokumen lain.", "peringatan")
            return
        session = self._session
        wanted = self.officials.isChecked()
        origin = source.get(Dokumen, dokumen_id)
        self._copy = copied(session.plan, session.dokumen, source, origin, officials=wanted)
        self.copy_button.setEnabled(bool(self._copy.changes))
        self.note.say(_words(self._copy) if self._copy.changes else "Organisasi di sana sama dengan di sini.")


def _words(copy: Copy) -> str:
    said = [f"{len(copy.same)} jabatan sudah ada dan mengikuti susunan di sana."] if copy.same else []
    if copy.new:
        said.append(f"{len(copy.new)} jabatan baru: {_listed(copy.new)}.")
    if copy.kept:
        said.append(f"{len(copy.kept)} jabatan hanya ada di sini dan tetap: {_listed(copy.kept)}.")
    return " ".join(said)


def _listed(names: tuple[str, ...]) -> str:
    more = f" dan {len(names) - _SHOWN} lagi" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"

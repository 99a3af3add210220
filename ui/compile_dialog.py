"""Kompilasi rencana: the plans of several agencies put side by side into one file, for the planning board."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from models.errors import PlanError
from models.files import same_file
from services.compile import NAME, Compiled, Looked, plans_in
from services.compile import compile_plans as compiled
from services.new_plan import SUFFIX, check_target
from ui.choose_plan import FILTER, choose_new_plan, documents_folder
from ui.compile_list import CompileList
from ui.compile_overview import show_agencies
from ui.compile_reading import CompileReading
from ui.compile_report import CompileReport
from ui.dialog_buttons import decision, push_button
from ui.note_line import NoteLine
from ui.progress_line import ProgressLine
from ui.tasks import Progress, Task

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_INTRO = (
    "Rencana beberapa perangkat daerah disatukan dalam satu berkas baru, berdampingan. Berkas asalnya tidak berubah. "
    "Berkas dan folder juga dapat diseret ke sini."
)


def compile_plans(window: "MainWindow") -> None:
    """Choose files, compile them, say what stayed out, and open the result."""
    window.commit()
    if window.session is not None:
        window.session.publish()
    dialog = CompileDialog(window)
    made = dialog.exec()
    path, report = dialog.target_path, dialog.report
    dialog.deleteLater()
    if not made or path is None:
        return
    if not window.open_plan(path):
        return
    opened = window.windows.of(path)
    if opened is not None:
        show_agencies(opened)
    if all(one.complete for one in report):
        (opened or window).status.showMessage(f"{len(report)} berkas dikompilasi ke {path.name}", 12000)


class CompileDialog(QDialog):
    """After `accepted`: `target_path` is the compilation, published; `report` says what became of each file."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.target_path: Path | None = None
        self.report: tuple[Compiled, ...] = ()
        self._making: Task | None = None
        self.setWindowTitle("Kompilasi rencana")
        self.setSizeGripEnabled(True)
        self.setAcceptDrops(True)
        self.resize(min(960, window.width() - 32), min(560, window.height() - 24))
        self.list = CompileList()
        self.add_files = push_button("Tambah &berkas...", self._choose_files)
        self.add_folder = push_button("Tambah &folder...", self._choose_folder)
        self.remove = push_button("&Keluarkan", self._remove)
        self.target = QLineEdit()
        self.target.setAccessibleName("Simpan di")
        self.browse = push_button("Pili&h...", self._browse)
        self.note, self.progress = NoteLine(), ProgressLine()
        self._reading = CompileReading(self.list, self.progress, self)
        self._reading.ended.connect(self._refresh)
        self.buttons, self.make, self.cancel = decision(self, "K&ompilasi", "Bat&al")
        self.progress.cancelled.connect(self._call_off)
        self.list.itemSelectionChanged.connect(self._refresh)
        QShortcut(QKeySequence.StandardKey.Delete, self.list, self._remove, context=Qt.ShortcutContext.WidgetShortcut)
        self._lay_out()
        self._refresh()
        self.add_files.setFocus()

    @property
    def busy(self) -> bool:
        """Whether files are being read or the compilation is being made."""
        return self._reading.busy or self._making is not None

    def add(self, paths: Sequence[Path]) -> None:
        """List files, and the plans of folders; look into the new ones off the GUI thread."""
        found = [plan for path in paths for plan in (plans_in(path) if path.is_dir() else [path])]
        plans = [path.absolute() for path in found if path.suffix.lower() == SUFFIX]
        new = self.list.add([path for path in plans if not self._is_target(path)])
        if not self.target.text() and self.list.paths:
            self.target.setText(str(_proposed(self.list.paths[0].parent)))
        self.note.say("" if new else "Tidak ada berkas rencana (.db) yang baru di situ.", "" if new else "catatan")
        self._reading.go_on()
        self._refresh()

    def accept(self) -> None:
        """Make the compilation, off the GUI thread."""
        if self.busy or not self.list.paths:
            return
        text = self.target.text().strip().strip('"')
        path = Path(text if text.lower().endswith(SUFFIX) else f"{text}{SUFFIX}").absolute()
        try:
            check_target(path if text else None)
        except PlanError as error:
            self.note.say(str(error), "galat")
            self.target.setFocus()
            return
        self.note.say("")
        sources = self.list.paths

        def work(progress: Progress) -> tuple[Compiled, ...]:
            document, report = compiled(path, sources, progress)
            document.file.close()
            return report

        task = Task(work)
        self._making = task
        self.progress.begin("Mengompilasi")
        task.progressed.connect(
            lambda done, total, name: self.progress.show_step(done, total + 1, f"Mengompilasi {name}")
        )
        task.finished.connect(lambda report: self._on_made(path, report))
        task.failed.connect(self._on_failed)
        task.crashed.connect(lambda: self._on_failed("Kompilasi gagal karena kesalahan program."))
        task.cancelled.connect(
            lambda: self._on_failed("Kompilasi dibatalkan; tidak ada berkas yang dibuat.", "catatan")
        )
        task.start()
        self._refresh()

    def reject(self) -> None:
        """Close; while the compilation is being made, only stop that."""
        if self._making is not None:
            self._call_off()
            return
        self._call_off()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._making is None and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add(_dropped(event))

    def _call_off(self) -> None:
        if self._making is not None:
            self._making.cancel()
        elif self._reading.stop():
            self.note.say("Pembacaan dihentikan. Berkas yang belum dibaca tetap ikut dikompilasi.", "catatan")

    def _on_made(self, path: Path, report: tuple[Compiled, ...]) -> None:
        self._making = None
        self.progress.end()
        self.target_path, self.report = path, report
        if not all(one.complete for one in report):
            shown = CompileReport(report, path, self)
            shown.exec()
            shown.deleteLater()
        super().accept()

    def _on_failed(self, sentence: str, level: str = "galat") -> None:
        self._making = None
        self.progress.end()
        self.note.say(sentence, level)
        self._refresh()

    def _remove(self) -> None:
        self.list.remove_selected()
        self.note.say("")
        self._refresh()

    def _is_target(self, path: Path) -> bool:
        return bool(self.target.text()) and same_file(path, Path(self.target.text()))

    def _refresh(self) -> None:
        making = self._making is not None
        for widget in (self.add_files, self.add_folder, self.target, self.browse):
            widget.setEnabled(not making)
        self.remove.setEnabled(not making and bool(self.list.selectionModel().selectedRows()))
        count, wrong = len(self.list.paths), self.list.wrong()
        self.make.setEnabled(not self.busy and count > wrong_whole(self.list.looked) and count > 0)
        self.make.setDefault(self.make.isEnabled())
        says = f"{wrong} berkas memuat sesuatu yang tidak akan ikut; lihat Keterangan." if wrong else ""
        self.summary.say(says, "galat")

    def _choose_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, "Tambah berkas", str(self._folder()), FILTER)
        if paths:
            self.add([Path(path) for path in paths])

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Tambah semua rencana dari folder", str(self._folder()))
        if folder:
            self.add([Path(folder)])

    def _browse(self) -> None:
        proposed = Path(self.target.text() or str(_proposed(self._folder())))
        choose_new_plan(self, "Simpan kompilasi", proposed, lambda path: self.target.setText(str(path)))

    def _folder(self) -> Path:
        if self.list.paths:
            return self.list.paths[-1].parent
        session = self._window.session
        return session.document.file.path.parent if session is not None else documents_folder()

    def _lay_out(self) -> None:
        intro = QLabel(_INTRO)
        intro.setWordWrap(True)
        self.summary = NoteLine()
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for button in (self.add_files, self.add_folder, self.remove):
            bar.addWidget(button)
        bar.addStretch(1)
        label = QLabel("&Simpan di")
        label.setBuddy(self.target)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label)
        line.addWidget(self.target, 1)
        line.addWidget(self.browse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(intro)
        layout.addLayout(bar)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.summary)
        layout.addLayout(line)
        layout.addWidget(self.note)
        layout.addWidget(self.progress)
        layout.addWidget(self.buttons)


def wrong_whole(looked: Sequence[Looked]) -> int:
    """How many files hold nothing that can be taken."""
    return sum(not one.documents for one in looked)


def _proposed(folder: Path) -> Path:
    """A name that is free."""
    path, number = folder / f"{NAME}{SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{NAME} {number}{SUFFIX}"
    return path


def _dropped(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_dir() or path.suffix.lower() == SUFFIX]

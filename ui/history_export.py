"""The list of changes written as a workbook: put into words slice by slice, rendered off the GUI thread."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.errors import PlanError
from services.history_export import MOST, write_history
from services.history_view import Happened
from services.rupiah import format_rupiah
from ui.form_export import ask_path
from ui.history_slices import Slices
from ui.progress_line import ProgressLine
from ui.tasks import Progress, Task

_PIECE = 200


class HistoryExport(QObject):
    """One workbook at a time; `line` says how far it is, and where the file lies."""

    def __init__(self, parent: QWidget, line: ProgressLine) -> None:
        super().__init__(parent)
        self._widget, self._line = parent, line
        self._slices = Slices(self)
        self._task: Task | None = None
        self._write: Callable[[], None] = lambda: None
        self._slices.ended.connect(lambda: self._write())
        line.cancelled.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether a workbook is being written."""
        return self._slices.running or self._task is not None

    def ask(
        self,
        numbers: Sequence[int],
        words: Callable[[Sequence[int]], list[Happened]],
        about: str,
        folder: Path,
        name: str,
    ) -> None:
        """Ask where the workbook of these entries shall lie, and write it."""
        if not self.busy and (path := ask_path(self._widget, "xlsx", name, folder)) is not None:
            self.write(numbers, words, about, path)

    def write(
        self, numbers: Sequence[int], words: Callable[[Sequence[int]], list[Happened]], about: str, path: Path
    ) -> None:
        """Write the workbook of these entries, of at most `MOST`."""
        told: list[Happened] = []
        wanted = numbers[:MOST]
        more = f"; {format_rupiah(MOST)} yang terbaru" if len(numbers) > MOST else ""
        self._line.begin("Mengumpulkan perubahan")

        def gather() -> bool:
            try:
                told.extend(words(wanted[len(told) : len(told) + _PIECE]))
            except PlanError as error:
                self._line.end(str(error))
                self._write = lambda: None
                return False
            self._line.show_step(len(told), 2 * len(wanted), "")
            return len(told) < len(wanted) and bool(told)

        def work(progress: Progress) -> Path:
            count = len(told)
            progress(count, 2 * count, "Menulis buku kerja")

            def step(done: int, total: int) -> None:
                progress(count + count * done // max(total, 1), 2 * count, "")

            write_history(told, f"{about}{more}", path, step)
            return path

        self._write = lambda: self._begin(Task(work), len(wanted))
        self._slices.start(gather)

    def stop(self) -> None:
        """Give it up; no half file is left."""
        gathering, task = self._slices.running, self._task
        self._slices.stop()
        self._task = None
        if task is not None:
            task.cancel()
        if gathering or task is not None:
            self._line.end("Ekspor dibatalkan.")

    def _begin(self, task: Task, count: int) -> None:
        self._task = task
        said = f"{format_rupiah(count)} perubahan disimpan ke"
        task.progressed.connect(self._line.show_step)
        task.finished.connect(lambda path: self._end(task, f"{said} {path.name}.", path))
        task.failed.connect(lambda sentence: self._end(task, sentence))
        task.crashed.connect(lambda: self._end(task, ""))
        task.start()

    def _end(self, task: Task, sentence: str, path: Path | None = None) -> None:
        """Of a task that was given up nothing is said any more, and the line may be gone."""
        if task is self._task:
            self._task = None
            self._line.end(sentence, path.parent if path is not None else None)

"""Looking into the files of a compilation off the GUI thread; the list shows what each holds as it becomes known."""

from PySide6.QtCore import QObject, Signal

from services.compile import Looked, look
from ui.compile_list import CompileList
from ui.progress_line import ProgressLine
from ui.tasks import Progress, Task


class CompileReading(QObject):
    """One task at a time; `ended` when every file of the list was looked into, or it was stopped."""

    ended = Signal()

    def __init__(self, files: CompileList, line: ProgressLine, parent: QObject) -> None:
        super().__init__(parent)
        self._list, self._line = files, line
        self._task: Task | None = None
        self._read: list[Looked] = []

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return self._task is not None

    def go_on(self) -> None:
        """Read what was not read yet, unless that is being done."""
        paths = self._list.unread
        if self._task is not None or not paths:
            return
        self._read = read = []

        def work(progress: Progress) -> None:
            for done, path in enumerate(paths):
                progress(done, len(paths), f"Membaca {path.name}")
                read.append(look(path))

        task = self._task = Task(work)
        self._line.begin("Membaca berkas")
        task.progressed.connect(lambda *at: self._on_progress(task, *at))
        for ended in (task.finished, task.crashed, task.cancelled):
            ended.connect(lambda *_: self._on_ended(task))
        task.start()

    def stop(self) -> bool:
        """Stop reading; False where nothing was being read."""
        if self._task is None:
            return False
        self._task.cancel()
        self._task = None
        self._line.end()
        self.ended.emit()
        return True

    def _on_progress(self, task: Task, done: int, total: int, text: str) -> None:
        if task is self._task:
            self._line.show_step(done, total, text)
            self._list.take(self._read[:done])

    def _on_ended(self, task: Task) -> None:
        if task is not self._task:
            return
        self._task = None
        self._list.take(self._read)
        self._line.end()
        if self._read:
            self.go_on()
        if self._task is None:
            self.ended.emit()

"""Cocokkan cetakan: type or scan the code at the foot of a paper; whose it is, of when, and what has changed since."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from models.errors import PlanError
from models.files import same_file
from models.history import Entry
from models.history_reading import HistoryReader
from services.history_view import Happened, Names, path_text, shown
from services.matching_print import Elsewhere, Match, Matching, as_text, find_elsewhere, read_code
from ui.dialog_buttons import push_button
from ui.fonts import DETAILS_HEADING, ui_font
from ui.history_go import go_to
from ui.history_model import HEADERS, TEMPAT, HistoryModel
from ui.history_slices import Slices
from ui.history_table import HistoryTable
from ui.note_line import NoteLine
from ui.progress_line import ProgressLine
from ui.recent import RecentPlan, RecentPlans
from ui.tasks import Task

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_HEADERS = (*HEADERS[:-2], "Di kertas", "Sekarang")
_INTRO = (
    "Ketik atau pindai kode di kaki halaman formulir, misalnya 3f09c2a71b. Spasi dan huruf besar tidak berpengaruh; "
    "enam tanda pertama sudah cukup."
)
_HEIGHT, _WITH_LIST = 240, 480
_NOWHERE = "Kode {code} juga tidak ditemukan pada {count} rencana lain di daftar rencana terakhir komputer ini."
_NO_PLANS = "Kode {code} tidak ditemukan: belum ada rencana lain di daftar rencana terakhir komputer ini."


def match_print(window: "MainWindow") -> None:
    """Ask for a code, beside the plan; without an open plan it is looked for in the recent ones."""
    there = next((d for d in window.findChildren(MatchingDialog) if d.session is window.session), None)
    dialog = there or MatchingDialog(window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    dialog.code.setFocus()
    dialog.code.selectAll()


class MatchingDialog(QDialog):
    """Not modal: a difference that is double-clicked is shown in the plan behind it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self.session = window, window.session
        self._reader = HistoryReader(self.session.document.file) if self.session is not None else None
        self._since: dict[int, Entry] = {}
        self._elsewhere: Elsewhere | None = None
        self._task: Task | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Cocokkan cetakan")
        self.setSizeGripEnabled(True)
        self.code = QLineEdit()
        self.code.setFont(ui_font(DETAILS_HEADING))
        self.code.setMaxLength(64)
        self.code.setAccessibleName("Kode cetakan")
        self.match_button = QPushButton("&Cocokkan")
        self.match_button.setDefault(True)
        self.match_button.clicked.connect(self.match)
        self.answer = NoteLine()
        self.progress = ProgressLine()
        self.model = HistoryModel(self._words, self._path, self, headers=_HEADERS)
        self.view = HistoryTable(self.model, "Yang berubah sejak dicetak", actions=False)
        self.go_button = push_button("&Buka tempatnya", self.go)
        self.open_button = push_button("Buka &rencana itu", self.open_other)
        self._matching = Slices(self)
        self._matching.ended.connect(self._on_matched)
        self._found: Matching | None = None
        self.progress.cancelled.connect(self._cancel)
        self.view.activated.connect(lambda: self.go())
        self._lay_out()
        self.open_button.hide()
        if self.session is not None:
            self.session.destroyed.connect(self.close)
        self.resize(min(920, window.width() - 40), _HEIGHT)
        self._show_list(())

    @property
    def busy(self) -> bool:
        """Whether a code is still being looked for."""
        return self._matching.running or self._task is not None

    def match(self) -> None:
        """Look for what stands in the field; a code that comes while another is looked for takes its place."""
        self._cancel()
        self._show_list(())
        self.open_button.hide()
        self.code.selectAll()
        try:
            code = read_code(self.code.text())
            if self._reader is None:
                self._look_elsewhere(code, "")
                return
            self._found = Matching(self._reader, code)
        except PlanError as error:
            self.answer.say(str(error), "galat")
            return
        self.answer.say("Mencocokkan...")
        self._matching.start(self._found.advance)

    def go(self) -> None:
        """Show the place of a difference in the plan."""
        happened = self.model.happened(self.view.currentIndex().row())
        if happened is not None and (sentence := go_to(self._window, happened)):
            self._window.status.showMessage(sentence, 8000)

    def open_other(self) -> None:
        """Open the plan that the paper was printed from."""
        if self._elsewhere is not None:
            path = self._elsewhere.path
            self.close()
            self._window.open_plan(path)

    def done(self, result: int) -> None:
        self._cancel()
        super().done(result)

    def _cancel(self) -> None:
        self._matching.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.progress.end()

    def _on_matched(self) -> None:
        if self._found is None:
            return
        match: Match = self._found.match
        if not match.found:
            self._look_elsewhere(match.code, as_text(match))
            return
        level = "" if match.current or not match.since else "peringatan"
        who = f" Langkah terakhir waktu itu: {match.label}{f', oleh {match.who}' if match.who else ''}."
        self.answer.say(f"{as_text(match)}{who}", level)
        self._show_list(match.since)

    def _look_elsewhere(self, code: str, before: str) -> None:
        """Try the plans that were open on this PC lately."""
        own = self.session.document.file.path if self.session is not None else None
        plans = [plan for plan in RecentPlans().all() if own is None or not same_file(plan.path, own)]
        self.answer.say(before or "Mencari di rencana terakhir...", "peringatan" if before else "")
        task = Task(lambda progress: find_elsewhere([plan.path for plan in plans], code, progress))
        self._task = task
        self.progress.begin("Mencari di rencana lain")
        task.progressed.connect(self.progress.show_step)
        task.finished.connect(lambda found: self._on_elsewhere(task, found, plans, code, before))
        task.crashed.connect(lambda: self._on_elsewhere(task, None, plans, code, before))
        task.start()

    def _on_elsewhere(
        self, task: Task, found: Elsewhere | None, plans: Sequence[RecentPlan], code: str, before: str
    ) -> None:
        if task is not self._task:
            return
        self._task = None
        self.progress.end()
        if found is None:
            nowhere = (_NOWHERE if plans else _NO_PLANS).format(code=code, count=len(plans))
            self.answer.say(" ".join(part for part in (before, nowhere) if part), "peringatan")
            return
        plan = next(plan for plan in plans if plan.path == found.path)
        name = f"{plan.agency}, {plan.year or ''} {plan.stage}".rstrip(" ,")
        since = f"Sejak itu ada {found.steps} langkah." if found.steps else "Sejak itu tidak ada yang berubah."
        not_ours = "Bukan dari rencana yang terbuka. " if before else ""
        self.answer.say(
            f"{not_ours}Kertas ini dicetak dari {found.path.name} ({name}), dalam keadaan {found.when:%d-%m-%Y} pukul "
            f"{found.when:%H.%M}. {since} Buka rencana itu, lalu cocokkan lagi, untuk melihat isinya.",
            "peringatan" if before else "",
        )
        self._elsewhere = found
        self.open_button.show()

    def _show_list(self, since: tuple[Entry, ...]) -> None:
        self._since = {entry[0]: entry for entry in since}
        self.model.show([*self._since])
        for widget in (self.view, self.go_button):
            widget.setVisible(bool(since))
        if since:
            self.view.setCurrentIndex(self.model.index(0, TEMPAT))
        self.resize(self.width(), max(self.height(), _WITH_LIST) if since else _HEIGHT)

    def _words(self, numbers: Sequence[int]) -> list[Happened]:
        if self.session is None:
            return []
        return shown(self.session.plan, [self._since[number] for number in numbers])

    def _path(self, happened: Happened) -> str:
        return path_text(Names(self.session.plan, {}), happened) if self.session is not None else ""

    def _lay_out(self) -> None:
        intro = QLabel(_INTRO)
        intro.setWordWrap(True)
        label = QLabel("&Kode")
        label.setBuddy(self.code)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label)
        line.addWidget(self.code, 1)
        line.addWidget(self.match_button)
        line.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(self.go_button)
        foot.addWidget(push_button("&Tutup", self.close))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(intro)
        layout.addLayout(line)
        layout.addWidget(self.answer)
        layout.addWidget(self.progress)
        layout.addWidget(self.view, 1)
        layout.addStretch(0)
        layout.addLayout(foot)

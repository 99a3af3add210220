"""The start page: what can be begun on the left, the plans opened last on the right."""

import os
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from models import workspace
from models.errors import PlanError
from ui.choose_plan import choose_plan, documents_folder
from ui.fonts import DETAILS_HEADING, SMALL
from ui.icons import icon
from ui.recent import NOT_KEPT, RecentPlan, RecentPlans
from ui.recent_model import STAGE, RecentModel
from ui.recent_view import FramedView, RecentView
from ui.start_left import StartLeft, plain_label
from ui.start_notice import Left, LeftOver, StartNotice
from ui.start_samples import fill_samples
from ui.tasks import Task

SEARCH_WIDTH = 220
NARROW = 1000
"""Width of a window in which the list needs the room, as on a small screen at 150 %."""
FOOT = "Enter membuka  ·  Delete menghapus dari daftar, bukan dari komputer"
EMPTY = "Belum ada rencana yang dibuka di komputer ini. Mulailah dengan Buka contoh, atau Rencana baru."


class StartPage(QWidget):
    """open_requested(Path), new_requested() and sample_requested(name) ask; the window opens, then calls `remember`."""

    open_requested = Signal(object)
    new_requested = Signal()
    sample_requested = Signal(str)

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = RecentPlans()
        self._checking: Task | None = None
        self._dialog: QFileDialog | None = None
        self._sought: tuple[Path, Path] | None = None
        self.setAcceptDrops(True)
        self.model = RecentModel(self)
        self.view = RecentView(self.model)
        self.left = StartLeft(version)
        self.notice = StartNotice()
        self.search = _search_field()
        self._framed = FramedView(self.view)
        self._foot = plain_label(FOOT, SMALL, muted=True)
        self._empty = plain_label(EMPTY, muted=True)
        self._right = QVBoxLayout()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read the list and the left-overs again; done each time the page is shown."""
        self._foot.setText(FOOT)
        self.notice.show_left_overs(_left_overs())
        self._show_plans()
        if self._checking is None and self.model.plans:
            self._check_files()

    def remember(self, plan: RecentPlan) -> None:
        """Put a plan at the top of the list; call it when one has been opened and when it is closed."""
        instead_of = None
        if self._sought is not None and self._sought[1] == plan.path:
            instead_of = self._sought[0]
        self._sought = None
        self._guarded(lambda: self._recent.note(plan, instead_of))

    def browse(self) -> None:
        """Ask for a file, as "Buka berkas..." does; also for Berkas, Buka in the menu."""
        there = [plan.path.parent for plan in self._recent.all() if not self.model.is_lost(plan)]
        self._ask("Buka berkas", there[0] if there else documents_folder(), self.open_requested.emit)

    def focus_search(self) -> None:
        """Go to the search field, for Ctrl+F."""
        if self.search.isVisible():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()
            self._first_widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._first_widget().setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.focus_search()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.view.setFocus()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        # Never a move, after which the sender would take its file away.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.open_requested.emit(Path(url.toLocalFile()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.left.set_narrow(narrow)
        self._right.setContentsMargins(16 if narrow else 32, 44, 16 if narrow else 32, 16)
        self.view.setColumnHidden(STAGE, narrow)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        heading = plain_label("Rencana terakhir", DETAILS_HEADING, semibold=True)
        heading.setFixedHeight(24)
        heading.setBuddy(self.view)
        head.addWidget(heading, 1)
        head.addWidget(self.search)
        right = self._right
        right.setContentsMargins(32, 44, 32, 16)
        right.setSpacing(0)
        right.addLayout(head)
        right.addSpacing(16)
        right.addWidget(self.notice)
        right.addWidget(self._framed)
        right.addWidget(self._empty)
        right.addSpacing(8)
        right.addWidget(self._foot)
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.left)
        whole.addLayout(right, 1)
        notice = (self.notice.button, self.notice.compare_button)
        order = [self.view, self.left.open, self.left.new, self.left.sample, self.search, *notice]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.view.opened.connect(lambda plan: self.open_requested.emit(plan.path))
        self.view.sought.connect(self._seek)
        self.view.removed.connect(lambda plan: self._guarded(lambda: self._recent.forget(plan.path)))
        self.search.textChanged.connect(self.model.set_filter)
        self.notice.chosen.connect(self.open_requested)
        self.notice.compare.connect(self._compare)
        self.left.open.clicked.connect(self.browse)
        self.left.new.clicked.connect(self.new_requested)
        self.left.sample.clicked.connect(self._show_samples)
        fill_samples(self.left.samples, self.sample_requested.emit)

    def _compare(self, path: Path) -> None:
        from ui.start_left_over import LeftOverDialog, left_over_differences

        try:
            groups, problem = left_over_differences(path)
        except PlanError as error:
            self._foot.setText(str(error))
            self.notice.show_left_overs(_left_overs())
            return
        dialog = LeftOverDialog(path, groups, problem, self.window())
        if dialog.exec():
            self.open_requested.emit(path)
        dialog.deleteLater()

    def _show_samples(self) -> None:
        button = self.left.sample
        self.left.samples.popup(button.mapToGlobal(QPoint(44, button.height() - 4)))

    def _show_plans(self) -> None:
        had_focus = self.view.hasFocus()
        self.model.set_plans(self._recent.all())
        some = bool(self.model.plans)
        for widget in (self._framed, self._foot, self.search):
            widget.setVisible(some)
        self._empty.setText((not some and self._recent.problem()) or EMPTY)
        self._empty.setVisible(not some)
        if had_focus and not some:
            self._first_widget().setFocus()

    def _check_files(self) -> None:
        """See which files are gone, off the GUI thread: a share that does not answer takes half a minute.

        The task has no parent, as the page may be gone before it has ended.
        """
        paths = [plan.path for plan in self.model.plans]
        self._checking = Task(lambda progress: [path for path in paths if not os.path.isfile(path)])
        self._checking.finished.connect(self._on_checked)
        self._checking.start()

    def _on_checked(self, missing: list[Path]) -> None:
        self._checking = None
        self.model.set_missing(missing)

    def _seek(self, plan: RecentPlan) -> None:
        def found(path: Path) -> None:
            self._sought = (plan.path, path)
            self.open_requested.emit(path)

        self._ask(f"Cari berkas {plan.path.name}", documents_folder(), found)

    def _first_widget(self) -> QWidget:
        return self.view if self.model.plans else self.left.open

    def _ask(self, title: str, start: Path, on_chosen: Callable[[Path], None]) -> None:
        if self._dialog is None:
            self._dialog = choose_plan(self.window(), title, start, on_chosen)
            self._dialog.finished.connect(self._on_dialog_finished)

    def _on_dialog_finished(self) -> None:
        self._dialog = None

    def _guarded(self, write: Callable[[], None]) -> None:
        """Change the stored list and show it; where it cannot be written the foot line says so."""
        try:
            write()
        except PlanError:
            self._foot.setText(NOT_KEPT)
        self._show_plans()


def _left_overs() -> list[LeftOver]:
    """What is left on this PC. A note that cannot be read must not keep the program from starting."""
    found: dict[Path, LeftOver] = {}
    try:
        if any(workspace.left_overs()):
            from models.plan_file import left_overs

            for target, when in left_overs():
                found[target] = (target, when, Left.CLOSED if workspace.was_closed(target) else Left.CRASH)
        for target, kept in workspace.all_set_aside():
            when = datetime.fromtimestamp(kept.stat().st_mtime)
            known = found.get(target)
            if known is None or known[2] is not Left.ASIDE or known[1] < when:
                found[target] = (target, when, Left.ASIDE)
        return list(found.values())
    except (OSError, PlanError):
        return []


def _search_field() -> QLineEdit:
    field = QLineEdit()
    field.setFixedSize(SEARCH_WIDTH, 24)
    field.setPlaceholderText("Cari rencana")
    field.setAccessibleName("Cari rencana")
    field.setClearButtonEnabled(True)
    field.addAction(icon("search", role="muted"), QLineEdit.ActionPosition.LeadingPosition)
    # A file dropped here shall be opened, not written out as text.
    field.setAcceptDrops(False)
    return field

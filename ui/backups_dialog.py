"""Cadangan: the backups of a plan, what differs from now in the one that is chosen, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.backups import Backup
from models.errors import PlanError
from models.rows import Row
from services import backups
from services.differences import Group, differences, total
from services.log import Event, note
from services.outside import Ours, Typed, drop, ours_of, set_aside
from ui.backups_differences import DifferencesView
from ui.backups_list import DAMAGED, STRANGER, WHOLE, BackupsList
from ui.choose_plan import FILTER
from ui.fonts import LIST_HEADING, SMALL, ui_font
from ui.messages import confirm, tell
from ui.newest import Newest, Step
from ui.note_line import NoteLine, heading
from ui.tasks import Progress, Task
from ui.windows_waiting import in_background

if TYPE_CHECKING:
    from ui.main_window import MainWindow

HINT = (
    "Cadangan dibuat sendiri di komputer ini, di luar folder rencana: semua dari dua hari terakhir, lalu 12 harian, "
    "10 mingguan dan 9 bulanan."
)
LEFT, NARROW = 440, 1000
"""Least width of the list; a dialog that is narrower than that has the list above the differences."""
NONE_YET = "Rencana ini belum mempunyai cadangan di komputer ini. Cadangan pertama dibuat saat isian pertama ditulis."
READING = "Membandingkan dengan isi sekarang..."
NOTHING_TO_COMPARE = "Rencana ini tidak dapat dibuka, jadi tidak ada yang dapat dibandingkan."
RESTORE, MERGE = "&Kembalikan...", "&Gabungkan"
ALL_IN = "Semua isian ini sudah ada di rencana"
READ_ONLY = "Rencana ini dibuka hanya untuk dibaca, jadi cadangan hanya dapat dibuka sebagai salinan."


@dataclass(frozen=True, slots=True)
class _Compared:
    """A backup against now; `problem` where it is damaged, `stranger` where it is of another plan: whose. Of edits that
    were left: `typed`, what they would bring."""

    row: int
    groups: tuple[Group, ...] = ()
    problem: str = ""
    typed: Typed | None = None
    stranger: str | None = None


class BackupsDialog(QDialog):
    """Asks only. After `accepted`, `restore`, `merge`, `discard` or `copy_to` says what to do with `chosen`."""

    def __init__(
        self,
        path: Path,
        listed: Sequence[Backup],
        now: Sequence[Row] | None,
        parent: QWidget | None = None,
        *,
        read_only: bool = False,
        left: Sequence[Backup] = (),
        ours: Ours | None = None,
        own: str = "",
    ) -> None:
        """What is to be chosen from.

        Args:
            now: the rows of the plan, None where it cannot be opened.
            left: edits that were set aside, listed before the backups.
            ours: the plan, to compare these with.
            own: `backups.own_origin` of the plan; "" where it cannot be opened.
        """
        super().__init__(parent)
        self._path, self._listed, self._now, self._read_only = path, (*left, *listed), now, read_only
        self._left, self._ours, self._own = len(left), ours, own
        self.restore = self.merge = self.discard = False
        self.copy_to: Path | None = None
        self._summary = ""
        self.setWindowTitle(f"Cadangan {path.stem}")
        room = self.screen().availableSize()
        self.resize(min(1120, room.width() - 40), min(560, room.height() - 60))
        self.setSizeGripEnabled(True)
        self.list = BackupsList(self._listed, self._left)
        self.view = DifferencesView("Di cadangan", "Sekarang")
        self.differs = heading("", LIST_HEADING)
        self.note = NoteLine(size=SMALL)
        self.restore_button, self.copy_button = QPushButton(RESTORE), QPushButton("Buka sebagai &salinan...")
        self.discard_button = QPushButton("&Buang...")
        self._lay_out()
        self._comparing = Newest(self)
        self._comparing.finished.connect(self._on_compared)
        self._comparing.failed.connect(self._on_failed)
        self._checking = Task(self._check_all)
        self._checking.progressed.connect(self._on_checked)
        self.finished.connect(self._checking.cancel)
        self.finished.connect(self._comparing.stop)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.choose(0)
        self._on_chosen()
        self._checking.start()
        self.list.setFocus()

    @property
    def chosen(self) -> Backup | None:
        """The backup in hand."""
        return self.list.chosen()

    def ask_to_restore(self) -> None:
        """Kembalikan: say what will happen first."""
        backup = self.chosen
        if backup is None:
            return
        when = f"{backup.when:%d-%m-%Y} pukul {backup.when:%H.%M}"
        if self._is_left(backup):
            self.merge = True
            self.accept()
            return
        if self._now is None:
            what = (
                f"Berkas yang tidak dapat dibuka tetap disimpan, dengan nama {self._path.name}.rusak-WAKTU. "
                "Cadangan ini lalu menempati namanya."
            )
        else:
            what = (
                f"Isi rencana menjadi seperti saat itu ({self._summary}). Keadaan sekarang dicadangkan dahulu, riwayat "
                "tetap utuh, dan langkah ini dapat diurungkan (Ctrl+Z)."
            )
        if confirm(self, f"Kembalikan cadangan {when}?", "Kembalikan", what):
            self.restore = True
            self.accept()

    def ask_to_discard(self) -> None:
        """Buang: only on purpose, as nothing else holds these edits."""
        backup = self.chosen
        if backup is None:
            return
        question = f"Buang sisa isian {backup.when:%d-%m-%Y} pukul {backup.when:%H.%M}?"
        if confirm(self, question, "Buang", "Isian ini tidak ada di rencana, dan tidak dapat dikembalikan."):
            self.discard = True
            self.accept()

    def ask_for_copy(self) -> None:
        """Buka sebagai salinan: ask where it is to be."""
        backup = self.chosen
        if backup is None:
            return
        proposed = self._path.with_name(f"{self._path.stem} cadangan {backup.when:%Y-%m-%d %H.%M}.db")
        name, _ = QFileDialog.getSaveFileName(self, "Buka cadangan sebagai salinan", str(proposed), FILTER)
        if name:
            self.copy_to = Path(name if name.lower().endswith(".db") else f"{name}.db")
            self.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._panes.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _lay_out(self) -> None:
        hint = QLabel(HINT if len(self._listed) > self._left else NONE_YET)
        hint.setWordWrap(True)
        hint.setFont(ui_font(SMALL))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.differs)
        column.addWidget(self.view, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        name = heading("Cada&ngan", LIST_HEADING)
        name.setBuddy(self.list)
        column.addWidget(name)
        column.addWidget(self.list, 1)
        left.setMinimumWidth(LEFT)
        self._panes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._panes.setSpacing(16)
        self._panes.addWidget(left, 2)
        self._panes.addWidget(right, 3)
        buttons = QDialogButtonBox()
        buttons.addButton(self.restore_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.discard_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.close_button = buttons.addButton("&Tutup", QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.restore_button, self.copy_button, self.discard_button):
            button.setAutoDefault(False)
        self.close_button.setDefault(True)
        buttons.rejected.connect(self.reject)
        self.restore_button.clicked.connect(self.ask_to_restore)
        self.copy_button.clicked.connect(self.ask_for_copy)
        self.discard_button.clicked.connect(self.ask_to_discard)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(10)
        box.addLayout(self._panes, 1)
        box.addWidget(self.note)
        box.addWidget(hint)
        box.addWidget(buttons)

    def _is_left(self, backup: Backup | None) -> bool:
        return backup is not None and self._listed.index(backup) < self._left

    def _on_chosen(self) -> None:
        backup = self.chosen
        left = self._is_left(backup)
        self.restore_button.setText(MERGE if left else RESTORE)
        self.discard_button.setVisible(left)
        self.view.differences.set_names(*(("Sekarang", "Sisa isian") if left else ("Di cadangan", "Sekarang")))
        self.view.show_groups(())
        self.note.say(READ_ONLY if self._read_only and self._listed else "")
        self._set_enabled(whole=False)
        self.differs.setText(READING if backup is not None and self._now is not None else "")
        if backup is None:
            return
        row, now, ours, own = self._listed.index(backup), self._now, self._ours, self._own

        def compare(step: Step) -> _Compared:
            try:
                if left and ours is not None:
                    typed = set_aside(ours, backup.path)
                    return _Compared(row, typed.groups, typed=typed)
                kept = backups.read(backup, own)
                step(0, 1)
                if now is None or kept.stranger is not None:
                    return _Compared(row, stranger=kept.stranger)
                return _Compared(row, differences(kept.rows, now))
            except PlanError as error:
                return _Compared(row, problem=str(error))

        self._comparing.start(compare)

    def _on_compared(self, compared: _Compared) -> None:
        if self.chosen is None or self._listed[compared.row] != self.chosen:
            return
        self.list.set_checked(compared.row, whole=not compared.problem, stranger=compared.stranger)
        if compared.problem:
            if self._is_left(self.chosen):
                self.differs.setText("Sisa isian ini rusak")
                self.note.say("Sisa isian ini tidak dapat dibaca, jadi tidak dapat digabungkan.", "galat")
                return
            self.differs.setText("Cadangan ini rusak")
            self.note.say("Cadangan ini tidak lulus pemeriksaan, jadi tidak dapat dipakai. Pilih yang lain.", "galat")
            return
        if self._is_left(self.chosen):
            self._show_typed(compared)
            return
        if compared.stranger is not None:
            self.differs.setText("Cadangan rencana lain")
            self.note.say(backups.NOT_OURS.format(agency=compared.stranger), "peringatan")
            self._set_enabled(whole=True, same=True)
            return
        # The confirmation tells what restoring does, which is the other way round.
        self._summary = total([replace(g, added=g.removed, removed=g.added) for g in compared.groups])
        if self._now is None:
            self.differs.setText(NOTHING_TO_COMPARE)
        else:
            self.differs.setText(f"Sejak cadangan ini: {total(compared.groups)}")
        self.view.show_groups(compared.groups)
        self._set_enabled(whole=True, same=self._now is not None and not compared.groups)

    def _show_typed(self, compared: _Compared) -> None:
        """Edits that were left, against the plan."""
        typed = compared.typed
        if typed is None:
            self.differs.setText(NOTHING_TO_COMPARE)
            self._set_enabled(whole=True, same=True)
            return
        if typed.stranger is not None:
            self.differs.setText("Sisa isian rencana lain")
            said = f"Isian ini milik rencana {typed.stranger}, yang pernah bernama sama. Buka sebagai salinan."
            self.note.say(said, "peringatan")
        else:
            self.differs.setText(f"Isian yang belum ada di rencana: {total(typed.groups)}" if typed.groups else ALL_IN)
            if typed.disputed:
                self.note.say(f"{typed.disputed} di antaranya juga sudah diubah di berkas; pertentangannya dicatat.")
        self.view.show_groups(compared.groups)
        self._set_enabled(whole=True, same=typed.stranger is not None)

    def _on_failed(self, sentence: str) -> None:
        self.differs.setText("")
        self.note.say(sentence, "galat")

    def _set_enabled(self, *, whole: bool, same: bool = False) -> None:
        self.restore_button.setEnabled(whole and not same and not self._read_only)
        self.copy_button.setEnabled(whole)

    def _check_all(self, progress: Progress) -> None:
        """Each is opened once more, the newest first; a disk may have spoiled it since it was made."""
        for done, backup in enumerate(self._listed):
            try:
                stranger = backups.read(backup, self._own).stranger
                progress(done, len(self._listed), WHOLE if stranger is None else f"{STRANGER} {stranger}")
            except PlanError:
                progress(done, len(self._listed), DAMAGED)

    def _on_checked(self, row: int, _total: int, found: str) -> None:
        stranger = found.removeprefix(f"{STRANGER} ") if found.startswith(STRANGER) else None
        self.list.set_checked(row, whole=found != DAMAGED, stranger=stranger)


def show_backups(window: "MainWindow") -> None:
    """The backups of the open plan; what is chosen there is done."""
    session = window.session
    if session is None:
        return
    file = session.document.file
    left, own = backups.left_over(file.path), backups.own_origin(session.document)
    dialog = BackupsDialog(
        file.path,
        backups.listed(file.path),
        tuple(session.plan.rows()),
        window,
        read_only=file.read_only,
        left=left,
        ours=ours_of(session.document) if left else None,
        own=own,
    )
    accepted, backup = dialog.exec(), dialog.chosen
    restore, merge, discard, copy_to = dialog.restore, dialog.merge, dialog.discard, dialog.copy_to
    dialog.deleteLater()
    if not accepted or backup is None:
        return
    if merge:
        from ui.windows_outside import merge_left_over

        merge_left_over(window, backup.path)
    elif discard:
        if window.guarded(lambda: drop(backup.path)):
            show_backups(window)
    elif copy_to is not None:
        _open_copy(window, backup, copy_to)
    elif restore:
        try:
            in_background(file.back_up)
            changes = in_background(lambda: backups.restoring(backup, session.plan, own))
        except PlanError as error:
            tell(window, str(error))
            return
        if session.edit(backups.label(backup), changes):
            note(Event.RESTORED, changes=len(changes))
            window.status.showMessage(f"Cadangan {backup.when:%d-%m-%Y %H.%M} dikembalikan; dapat diurungkan.", 12000)


def restore_broken(window: "MainWindow", path: Path) -> bool:
    """The backups of a plan that cannot be opened; True where one of them stands in its place now."""
    dialog = BackupsDialog(path, backups.listed(path), None, window)
    accepted, backup = dialog.exec(), dialog.chosen
    restore, copy_to = dialog.restore, dialog.copy_to
    dialog.deleteLater()
    if not accepted or backup is None:
        return False
    if copy_to is not None:
        _open_copy(window, backup, copy_to)
        return False
    return restore and put_back(window, backup, path)


def put_back(window: "MainWindow", backup: Backup, path: Path) -> bool:
    """Put a backup in the place of a broken file, and say where that is kept."""
    try:
        aside = in_background(lambda: backups.put_back(backup, path))
    except PlanError as error:
        tell(window, str(error))
        return False
    note(Event.RESTORED)
    if aside is not None:
        tell(window, f"Cadangan {backup.when:%d-%m-%Y %H.%M} dikembalikan. Berkas yang rusak disimpan sebagai {aside}.")
    return True


def _open_copy(window: "MainWindow", backup: Backup, target: Path) -> None:
    if window.guarded(lambda: in_background(lambda: backups.save_as(backup, target))):
        window.open_plan(target)

"""Someone else changed the file of the open plan: what differs, and what the officer chooses. Neither side is lost."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from models.errors import PlanError
from models.outside import Outside
from services import outside
from services.differences import Group, total
from services.log import Event, note
from services.merge_outside import label_of
from ui.backups_differences import DifferencesView
from ui.fonts import LIST_HEADING
from ui.messages import confirm, tell
from ui.note_line import heading
from ui.recent import moment_words
from ui.windows_waiting import in_background

if TYPE_CHECKING:
    from ui.main_window import MainWindow

BOTH_CHANGED = (
    "Gabungkan: isian keduanya disatukan dalam satu langkah yang dapat diurungkan; yang bertentangan ditampilkan "
    "berdampingan untuk dipilih. Pakai yang di berkas: isian di sini disimpan sebagai cadangan."
)
ONLY_THEIRS = "Semua isian di sini sudah ada di dalamnya, jadi berkas itu dapat langsung dimuat."
TWO_WAYS = " (yang baru diisi di sini tampak sebagai tidak ada di berkas)"
UNREADABLE = (
    "Berkas itu bukan rencana yang utuh. Isian di sini lengkap: tulis kembali (berkas itu disimpan sebagai "
    "NAMA.rusak-WAKTU), atau simpan di tempat lain."
)


STRANGER = (
    "Itu bukan versi lain dari rencana ini, jadi tidak dapat digabungkan. Simpan rencana ini dengan nama lain, agar "
    "keduanya ada."
)
UNDER_WAY = "Selesaikan atau batalkan dahulu penggabungan yang sudah dimulai, lalu pilih lagi di baris status."


class Choice(Enum):
    """What is to be done about it."""

    MERGE = auto()
    SAVE_AS = auto()
    THEIRS = auto()
    REPLACE = auto()


class OutsideDialog(QDialog):
    """`choice` is None after Nanti. `groups`: what leads from here to there, None where theirs cannot be read."""

    def __init__(
        self,
        path: Path,
        found: Outside,
        groups: Sequence[Group] | None,
        parent: QWidget | None = None,
        *,
        read_only: bool = False,
        stranger: str | None = None,
    ) -> None:
        """`stranger`: the agency whose plan stands there now, where it is another plan."""
        super().__init__(parent)
        self.choice: Choice | None = None
        self.setWindowTitle("Berkas diganti dari luar")
        self.setMinimumWidth(600)
        if groups:
            self.resize(760, 460)
        self.title = heading(sentence(path, found), LIST_HEADING)
        self.title.setWordWrap(True)
        fast = found.holds_ours or read_only
        why = QLabel(UNREADABLE if groups is None else ONLY_THEIRS if fast else BOTH_CHANGED)
        if stranger is not None:
            self.title.setText(f"{path.name} sekarang memuat rencana lain: {stranger}.")
            why.setText(STRANGER)
        why.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(10)
        box.addWidget(self.title)
        box.addWidget(why)
        if groups:
            name = QLabel(f"Per&bedaan: {total(groups)}{'' if fast else TWO_WAYS}")
            self.view = DifferencesView("Di sini", "Di berkas")
            self.view.show_groups(groups)
            name.setBuddy(self.view)
            box.addWidget(name)
            box.addWidget(self.view, 1)
        buttons = QDialogButtonBox()
        self.buttons = {}
        for words, choice in _choices(
            readable=groups is not None, fast=fast, read_only=read_only, stranger=stranger is not None
        ):
            button = buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(lambda _=False, choice=choice: self._choose(choice))
            button.setAutoDefault(False)
            self.buttons[choice] = button
        first = next(iter(self.buttons.values()))
        first.setDefault(True)
        buttons.addButton("&Nanti", QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        first.setFocus()

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()


def _choices(*, readable: bool, fast: bool, read_only: bool, stranger: bool) -> list[tuple[str, Choice]]:
    """The first is what Enter does."""
    save_as = ("&Simpan yang di sini sebagai...", Choice.SAVE_AS)
    if not readable:
        return [save_as] if read_only else [("&Tulis kembali", Choice.REPLACE), save_as]
    if stranger:
        return [save_as, ("&Pakai yang di berkas", Choice.THEIRS)]
    if fast:
        return [("&Muat yang di berkas", Choice.THEIRS), save_as]
    return [("&Gabungkan", Choice.MERGE), save_as, ("&Pakai yang di berkas", Choice.THEIRS)]


def sentence(path: Path, found: Outside) -> str:
    """What happened: who, and when."""
    if not found.readable:
        return f"{path.name} telah diganti oleh orang atau program lain, dan tidak dapat dibaca."
    who = f" oleh {found.who}" if found.who else ""
    return f"{path.name} telah diubah{who} {_when(found.when)}, sejak dibuka di sini."


def short(found: Outside, own: str = "") -> str:
    """The same for the status line; `own`: what `Outside.origin` is of this plan, "" where that is not known."""
    if not found.readable:
        return "Berkas diganti program lain"
    if own and found.origin and found.origin != own:
        return "Berkas itu sekarang memuat rencana lain"
    return f"Berkas diubah{f' oleh {found.who}' if found.who else ''} {_when(found.when)}"


def show_outside(window: "MainWindow") -> None:
    """Ask, and do what was chosen."""
    window.commit()
    session = window.session
    if session is None or session.outside is None:
        return
    found, path = session.outside, session.document.file.path
    groups: Sequence[Group] | None = None
    stranger = None
    if found.readable:
        document = session.document

        def compare() -> tuple[Sequence[Group], str | None]:
            ours = outside.ours_of(document)
            stranger = outside.stranger_at(ours)
            return outside.differing(ours) if stranger is None else (), stranger

        try:
            groups, stranger = in_background(compare)
        except PlanError:
            groups = None
    dialog = OutsideDialog(path, found, groups, window, read_only=session.read_only, stranger=stranger)
    dialog.exec()
    choice = dialog.choice
    dialog.deleteLater()
    if choice is Choice.MERGE:
        _merge(window, found)
    elif choice is Choice.SAVE_AS:
        window.files.save_as()
    elif choice is Choice.THEIRS:
        _take_theirs(window, path)
    elif choice is Choice.REPLACE:
        _replace(window)


def merge_left_over(window: "MainWindow", left: Path) -> bool:
    """Put edits that a crash left, and that the file does not know, into the open plan; False where it did not go."""
    if _merge_file(window, left, f"gabung sisa isian {_typed_at(left)}") is None:
        return False
    window.guarded(lambda: outside.drop(left))
    return True


def _merge(window: "MainWindow", found: Outside) -> None:
    session = window.session
    if session is None:
        return
    if _merge_file(window, None, label_of(found), found) is not None and session.outside == found:
        session.accept_outside()
        session.publish()


def _merge_file(window: "MainWindow", theirs: Path | None, label: str, found: Outside | None = None) -> str | None:
    """Merge as one step; what came of it, None where nothing was done.

    Where both sides changed the same, what was `found` is shown side by side first, as copies that come back are.
    """
    session = window.session
    if session is None:
        return None
    document = session.document
    try:
        merge = in_background(lambda: outside.merged(outside.ours_of(document), theirs))
        if found is not None and merge.conflicts and window.merging is not None:
            if not window.merging.take_in(found):
                tell(window, UNDER_WAY)
            return None
        if merge.deletes_much and not confirm(
            window,
            f"Penggabungan ini menghapus {merge.deleted} baris rencana.",
            "Gabungkan",
            "Langkah ini dapat diurungkan, dan keadaan sekarang tetap ada di riwayat.",
        ):
            return None
        # What is left is the officer's own typing; of the file in our place it is the colleague's.
        changes = merge.changes(delete_anyway=True) if theirs is None else outside.taking(merge)
    except PlanError as error:
        tell(window, str(error))
        return None
    if changes and not session.edit(label, changes, whose=merge.authors):
        return None
    note(Event.MERGED, changes=len(changes), conflicts=len(merge.conflicts))
    words = outside.summary(merge)
    if merge.conflicts:
        tell(
            window,
            f"Digabungkan: {words}. Isian di komputer ini (Kita) dipakai sementara; yang di berkas (Mereka) tersimpan "
            "untuk dipilih.",
        )
    else:
        window.status.showMessage(f"Digabungkan: {words}.", 12000)
    return words


def _take_theirs(window: "MainWindow", path: Path) -> None:
    session = window.session
    if session is None:
        return
    if not session.read_only:
        try:
            in_background(session.document.file.back_up)
        except PlanError as error:
            tell(window, f"{error} Isian di sini belum dicadangkan, jadi berkas itu tidak dimuat.")
            return
        session.give_up()
    window.close_plan()
    if not window.open_plan(path):
        window.show_start()


def _replace(window: "MainWindow") -> None:
    session = window.session
    if session is None:
        return
    file = session.document.file
    if window.guarded(lambda: in_background(file.put_aside)):
        session.set_outside(None)
        session.publish()


def _typed_at(left: Path) -> str:
    return f"{datetime.fromtimestamp(left.stat().st_mtime):%d-%m-%Y %H.%M}"


def _when(iso: str) -> str:
    try:
        return moment_words(datetime.fromisoformat(iso).astimezone(), date.today())
    except ValueError:
        return ""

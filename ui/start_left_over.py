"""What a crash left of a plan, against its file: shown before one goes on with it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from models.errors import PlanError
from models.files import is_there
from models.header import FileError, Kind
from models.merging import read_copy
from models.plan_file import read_left_over_copy
from models.workspace import set_asides
from services.differences import Group, differences, total
from services.outside import agency, typed_in
from ui.backups_differences import DifferencesView
from ui.fonts import LIST_HEADING
from ui.note_line import NoteLine, heading
from ui.windows_waiting import in_background

NOT_COMPARED = "Karena itu isian tidak dapat dibandingkan; isian Anda di komputer ini utuh."
OTHER = (
    "{name} sekarang memuat rencana lain ({now}). Isian yang tertinggal milik rencana {was}, jadi tidak dapat "
    "dibandingkan."
)
GONE_ON = "{name} sudah diubah orang lain sejak itu. Yang ditampilkan hanya isian Anda yang belum ada di dalamnya."
SAME = "Tidak ada bedanya: berkas rencana sudah memuat semua isian."


def left_over_differences(path: Path) -> tuple[tuple[Group, ...] | None, str]:
    """(what the edits that are left would bring into the file, what is to be said of that file or "").

    None where the file is there and cannot be read, or holds another plan: then nothing can be compared.

    Raises:
        PlanError: the edits that are left cannot be read.
    """

    def read() -> tuple[tuple[Group, ...] | None, str]:
        asides = set_asides(path)
        left = read_copy(asides[0]) if asides else read_left_over_copy(path)
        try:
            file = read_copy(path)
        except PlanError as error:
            absent = isinstance(error, FileError) and error.kind is Kind.ABSENT
            if absent or not is_there(path):
                return differences((), left.rows), str(error)
            return None, f"{error} {NOT_COMPARED}"
        typed = typed_in(file, left)
        if typed.stranger is not None:
            return None, OTHER.format(name=path.name, now=agency(file.rows), was=typed.stranger)
        gone_on = file.head not in {entry[10] for entry in left.history}
        return typed.groups, GONE_ON.format(name=path.name) if gone_on else ""

    return in_background(read)


class LeftOverDialog(QDialog):
    """Accepted: go on with it."""

    def __init__(self, path: Path, groups: Sequence[Group] | None, problem: str, parent: QWidget | None = None) -> None:
        """`groups`: None where nothing can be compared."""
        super().__init__(parent)
        self.setWindowTitle("Isian yang belum tertulis")
        self.resize(760, 460)
        said = f"{path.stem}: isian yang belum tertulis" if groups is None else SAME
        title = heading(f"{path.stem}: {total(groups)}" if groups else said, LIST_HEADING)
        title.setWordWrap(True)
        where = QLabel(str(path))
        where.setWordWrap(True)
        note = NoteLine()
        note.say(problem, "peringatan" if problem else "")
        self.view = DifferencesView("Di berkas", "Isian terakhir")
        self.view.show_groups(groups or ())
        self.view.setVisible(groups is not None)
        buttons = QDialogButtonBox()
        self.go_on_button = buttons.addButton("&Lanjutkan", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_on_button.setDefault(True)
        buttons.addButton("&Tutup", QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(10)
        for widget in (title, where, note):
            box.addWidget(widget)
        box.addWidget(self.view, 1)
        box.addWidget(buttons)
        self.view.setFocus()

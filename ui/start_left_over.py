"""What a crash left of a plan, against its file: shown before one goes on with it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from models.errors import PlanError
from models.plan_file import read_left_over
from models.reading import read_plan
from models.rows import Row
from services.differences import Group, differences, total
from ui.backups_differences import DifferencesView
from ui.fonts import LIST_HEADING
from ui.note_line import NoteLine, heading
from ui.windows_waiting import in_background

SAME = "Tidak ada bedanya: berkas rencana sudah memuat semua isian."


def left_over_differences(path: Path) -> tuple[tuple[Group, ...], str]:
    """(what leads from the file to the edits that are left, why the file cannot be read or "").

    Raises:
        PlanError: the edits that are left cannot be read.
    """

    def read() -> tuple[tuple[Group, ...], str]:
        left, problem = read_left_over(path), ""
        published: Sequence[Row] = ()
        try:
            published = read_plan(path)
        except PlanError as error:
            problem = str(error)
        return differences(published, left), problem

    return in_background(read)


class LeftOverDialog(QDialog):
    """Accepted: go on with it."""

    def __init__(self, path: Path, groups: Sequence[Group], problem: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Isian yang belum tertulis")
        self.resize(760, 460)
        title = heading(f"{path.stem}: {total(groups)}" if groups else SAME, LIST_HEADING)
        title.setWordWrap(True)
        where = QLabel(str(path))
        where.setWordWrap(True)
        note = NoteLine()
        note.say(problem, "peringatan" if problem else "")
        self.view = DifferencesView("Di berkas", "Isian terakhir")
        self.view.show_groups(groups)
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

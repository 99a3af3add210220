"""What did not fit into a compilation, as text that can be copied or saved."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.files import write_whole
from services.compile import Compiled
from ui.dialog_buttons import push_button
from ui.fonts import LIST_HEADING
from ui.note_line import NoteLine, heading


class CompileReport(QDialog):
    """Shown where something stayed out; closing it goes on to the compilation."""

    def __init__(self, report: Sequence[Compiled], target: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._target = target
        self.setWindowTitle("Laporan kompilasi")
        self.setSizeGripEnabled(True)
        self.resize(680, 400)
        self.text = QPlainTextEdit(report_text(report, target))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Laporan")
        self.note = NoteLine()
        buttons = QDialogButtonBox()
        self.copy_button = push_button("&Salin", self._copy)
        for button in (self.copy_button, push_button("Simpan &laporan...", self._save)):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.open_button = buttons.addButton("&Buka hasilnya", QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        wrong = sum(not one.complete for one in report)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(heading(f"{wrong} dari {len(report)} berkas tidak masuk seluruhnya", LIST_HEADING))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.note)
        layout.addWidget(buttons)
        self.open_button.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.note.say("Laporan disalin ke papan klip.", "catatan")

    def _save(self) -> None:
        proposed = self._target.with_name(f"Laporan {self._target.stem}.txt")
        path, _ = QFileDialog.getSaveFileName(self, "Simpan laporan", str(proposed), "Teks (*.txt)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the report as UTF-8 with the marks by which older editors know it."""
        try:
            write_whole(path, lambda out: out.write(self.text.toPlainText().encode("utf-8-sig")))
        except (OSError, PlanError) as error:
            self.note.say(str(error), "galat")
            return
        self.note.say(f"Laporan disimpan ke {path.name}.", "catatan")


def report_text(report: Sequence[Compiled], target: Path) -> str:
    """What stayed out first, then what became of each file."""
    left = [sentence for one in report for sentence in one.left_out]
    taken = [f"{one.path.name}: {'; '.join(one.documents)}" for one in report if one.documents]
    complete = f"{sum(one.complete for one in report)} dari {len(report)} berkas masuk seluruhnya."
    return "\n".join([f"Kompilasi {target.name}", "", "Tidak masuk:", *left, "", "Masuk:", *taken, "", complete])

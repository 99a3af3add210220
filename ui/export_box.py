"""The foot of the settings: whether faults are left, which forms are meant, and the buttons that bring them out."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from services.forms import FORMS
from ui.icons import icon
from ui.note_line import NoteLine
from ui.progress_line import ProgressLine


class ExportBox(QWidget):
    """`export_wanted(kind)`, `all_wanted()`, `print_wanted()`; `findings_wanted()` for the link beside the notice.

    `positions_wanted()`: the form that is shown, as a file for each position.

    `target_changed()` says that other forms are meant. What is exported and printed is the form that is shown, or those
    that are ticked: `targets`.
    """

    export_wanted = Signal(str)
    all_wanted = Signal()
    print_wanted = Signal()
    positions_wanted = Signal()
    target_changed = Signal()
    findings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form, self._ticked, self._ready = next(iter(FORMS)), tuple[str, ...](), True
        self._pressed: QPushButton | None = None
        self.notice = NoteLine()
        self.notice.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.notice.linkActivated.connect(self.findings_wanted)
        self.this, self.ticked = QRadioButton("Formulir ini"), QRadioButton()
        self.this.setChecked(True)
        self.pdf = self._button("Ekspor P&DF...", "file-output")
        self.pdf.setDefault(True)
        self.xlsx = self._button("&XLSX...", "file-spreadsheet")
        self.docx = self._button("DOCX...", "file-down")
        self.svg = self._button("SVG...", "file-output")
        self.png = self._button("PNG...", "file-output")
        self.positions = self._button("Tiap jabatan...", "folder-open")
        self.print = self._button("&Cetak...", "printer")
        self.all = QPushButton("&Ekspor semua...")
        self.all.setToolTip("Semua formulir yang sudah berisi ke satu folder, dalam semua formatnya")
        self.progress = ProgressLine()
        for kind in ("pdf", "xlsx", "docx", "svg", "png"):
            getattr(self, kind).clicked.connect(lambda _=False, kind=kind: self.export_wanted.emit(kind))
        self.print.clicked.connect(self.print_wanted)
        self.positions.clicked.connect(self.positions_wanted)
        self.all.clicked.connect(self.all_wanted)
        self.this.toggled.connect(self._on_target)
        self._lay_out()
        self.show_target(self._form, ())

    def targets(self) -> tuple[str, ...]:
        """The names of the forms that the buttons bring out."""
        return self._ticked if self.ticked.isChecked() else (self._form,)

    def targets_for(self, kind: str) -> tuple[str, ...]:
        """Those of them that can be written in this format."""
        return tuple(name for name in self.targets() if kind in FORMS[name].kinds)

    def show_target(self, form: str, ticked: Collection[str]) -> None:
        """The form that is shown and those that are ticked; the first tick turns to them, the last untick away."""
        turned = bool(ticked) != bool(self._ticked)
        self._form, self._ticked = form, tuple(ticked)
        self.ticked.setText(f"{len(ticked)} &yang dipilih" if ticked else "&Yang dipilih")
        self.ticked.setEnabled(bool(ticked))
        if turned:
            (self.ticked if ticked else self.this).setChecked(True)
        self._show_buttons()

    def set_faults(self, sentence: str) -> None:
        """Say which galat are left."""
        self.notice.say(f'{sentence} <a href="temuan">Lihat</a>' if sentence else "", "galat")

    def set_ready(self, ready: bool) -> None:
        """Whether the buttons may be used; the one that was pressed keeps the focus until they may be again."""
        focus = self.window().focusWidget()
        if not ready and isinstance(focus, QPushButton) and self.isAncestorOf(focus):
            self._pressed = focus
        self._ready = ready
        self._show_buttons()
        if ready and self._pressed is not None:
            pressed, self._pressed = self._pressed, None
            pressed.setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        rows = (
            (self.this, self.ticked),
            (self.pdf,),
            (self.xlsx, self.print),
            (self.svg, self.png),
            (self.docx, self.positions, self.all),
        )
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(16 if row[0] is self.this else 8)
            for widget in row:
                line.addWidget(widget, 0 if row[0] is self.this else 1)
            if row[0] is self.this:
                line.addStretch()
            layout.addLayout(line)
        layout.addWidget(self.progress)

    def _show_buttons(self) -> None:
        several = self.ticked.isChecked()
        what = f"{len(self._ticked)} formulir yang dipilih" if several else "formulir ini"
        self.pdf.setToolTip(f"Simpan {what} sebagai PDF")
        self.print.setToolTip(f"Cetak {what}")
        self.docx.setToolTip(f"Simpan {what} sebagai dokumen Word")
        self.docx.setVisible(bool(self.targets_for("docx")))
        for button, kind in ((self.svg, "svg"), (self.png, "png")):
            button.setToolTip(f"Simpan {what} sebagai gambar {kind.upper()}")
            button.setVisible(bool(self.targets_for(kind)))
        self.positions.setToolTip("Simpan formulir ini sebagai satu PDF untuk tiap jabatan, ke satu folder")
        self.positions.setVisible(not several and bool(FORMS[self._form].per_position))
        for button in (self.pdf, self.print, self.docx, self.svg, self.png, self.positions, self.all):
            button.setEnabled(self._ready)
        tabular = self.targets_for("xlsx")
        self.xlsx.setEnabled(self._ready and bool(tabular))
        self.xlsx.setToolTip(f"Simpan {what} sebagai buku kerja Excel")
        if not tabular:
            self.xlsx.setToolTip("Formulir ini berupa naskah; tidak ada bentuk Excel-nya")
        elif len(tabular) < len(self.targets()):
            self.xlsx.setToolTip(f"{len(tabular)} dari {what} ada bentuk Excel-nya")

    def _on_target(self) -> None:
        self._show_buttons()
        self.target_changed.emit()

    def _button(self, text: str, name: str) -> QPushButton:
        return QPushButton(QIcon(icon(name)), text)
